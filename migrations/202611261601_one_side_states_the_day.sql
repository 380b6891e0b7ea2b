-- Once the escalation of a request is over, the side that asked states the day; only then is it the other side's turn.
create or replace view request_steps_owed as
    select r.project_id, r.number, r.title, owed.what, r.from_part_id as part_id, owing.kind as part_kind, r.to_part_id as other_part_id,
           coalesce(e.closed_at, r.asked_at) as since
    from requests r
    left join escalations e on e.project_id = r.project_id and e.id = r.escalation_id
    cross join lateral (values
        ('escalate', r.state = 'declined' and r.is_insisted),
        ('new_day', r.state = 'escalated' and e.closed_at is not null))
        as owed (what, is_owed)
    join parts owing on owing.project_id = r.project_id and owing.id = r.from_part_id
    where owed.is_owed and r.state in ('declined', 'escalated');
