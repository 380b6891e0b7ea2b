-- Who records the decision of each escalation that a committee has: the chair; the deputy while the chair has stepped aside from
-- it, or is away and a deputy is named who has not. For lists over all projects.
create function recorders_on(today date) returns table (project_id uuid, escalation_id uuid, person_id uuid) language sql stable as $$
    select seats.project_id, escalations.id, seats.person_id
    from seats
    join escalations on escalations.project_id = seats.project_id and escalations.state = 'with_committee'
    left join committee_rules rules on rules.project_id = seats.project_id
    cross join lateral (
        select coalesce(rules.chair_away_until >= today, false)
            or exists (select from seats chairs
                       join asides on asides.project_id = chairs.project_id and asides.person_id = chairs.person_id
                        and asides.escalation_id = escalations.id and asides.came_back_at is null
                       where chairs.project_id = seats.project_id and chairs.role = 'chair' and chairs.removed_at is null) as is_out
        offset 0) chair
    where seats.removed_at is null
      and (seats.role = 'chair' and not (chair.is_out and exists (
               select from committee_deputies deputies
               where deputies.project_id = seats.project_id
                 and not exists (select from asides where asides.project_id = seats.project_id and asides.escalation_id = escalations.id
                                   and asides.person_id = deputies.person_id and asides.came_back_at is null)))
           or seats.role = 'committee' and seats.person_id = rules.deputy_id and chair.is_out)
      and not exists (select from asides where asides.project_id = seats.project_id and asides.escalation_id = escalations.id
                        and asides.person_id = seats.person_id and asides.came_back_at is null)
$$;
