-- Steps of requests that are owed though no answer time runs: to escalate what was refused twice, and to agree on a day again
-- once its escalation is over. For lists over all projects.
create view request_steps_owed as
    select r.project_id, r.number, r.title, owed.what, owed.part_id, owing.kind as part_kind, owed.other_part_id,
           coalesce(e.closed_at, r.asked_at) as since
    from requests r
    left join escalations e on e.project_id = r.project_id and e.id = r.escalation_id
    cross join lateral (values
        (r.from_part_id, r.to_part_id, 'escalate', r.state = 'declined' and r.is_insisted),
        (r.from_part_id, r.to_part_id, 'new_day', r.state = 'escalated' and e.closed_at is not null),
        (r.to_part_id, r.from_part_id, 'new_day', r.state = 'escalated' and e.closed_at is not null))
        as owed (part_id, other_part_id, what, is_owed)
    join parts owing on owing.project_id = r.project_id and owing.id = owed.part_id
    where owed.is_owed and r.state in ('declined', 'escalated');

-- Steps of escalations that are with the liaisons: to confirm what the other side offers, and, once both sides have written
-- their position, to agree or to pass it on.
create view escalation_steps_owed as
    select e.project_id, e.number, e.question, e.due_at, e.paused_at, owing.id as part_id, owing.kind as part_kind,
           case when e.proposal_part_id is null then 'agree' else 'confirm' end as what
    from escalations e
    join parts owing on owing.project_id = e.project_id and owing.id in (e.from_part_id, e.to_part_id)
    where e.state = 'with_liaisons'
      and case when e.proposal_part_id is not null then e.proposal_part_id <> owing.id
               else 2 = (select count(distinct positions.part_id) from positions where positions.project_id = e.project_id
                           and positions.escalation_id = e.id and positions.part_id in (e.from_part_id, e.to_part_id)) end;

-- Requirement changes that somebody waits for, with who asked and the side whose answer is missing: one row a change. Without
-- a side it is the budget that is missing.
create view awaited_changes as
    select c.project_id, c.number, c.title, c.part_id, asking.kind as part_kind, c.asked_by, c.asked_at, owed.waits_for_part_id
    from scope_changes c
    join parts asking on asking.project_id = c.project_id and asking.id = c.part_id
    left join lateral (select open.waits_for_part_id from open_changes open
                       where open.project_id = c.project_id and open.number = c.number and open.waits_for_part_id <> c.part_id
                       order by open.what desc, open.waits_for_part_id limit 1) owed on true
    where c.state = 'over_budget' or c.state in ('asked', 'sized') and owed.waits_for_part_id is not null;
