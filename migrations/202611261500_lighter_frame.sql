-- The frame of every page asks what waits for a committee's decision and what stands before an outsider; most people sit on no
-- committee and see their projects whole. Both questions stand in functions that the planner does not look into, so that only
-- the people whom they concern pay for preparing and running them.
-- How many decisions wait for somebody who sits on committees.
create function to_decide_of(of_person uuid, today date) returns bigint language plpgsql stable as $$
begin
    return (
        select count(*) from seats
        cross join lateral (select from projects where projects.id = seats.project_id and projects.state <> 'archived' offset 0) kept
        cross join lateral (select escalations.id from escalations
                            where escalations.project_id = seats.project_id and escalations.state = 'with_committee'
                              and not exists (select from asides where asides.project_id = escalations.project_id
                                                and asides.escalation_id = escalations.id and asides.person_id = of_person
                                                and asides.came_back_at is null) offset 0) waiting
        left join lateral (select rules.deputy_id, coalesce(rules.chair_away_until >= today, false) as is_away from committee_rules rules
                           where rules.project_id = seats.project_id offset 0) rules on true
        where seats.person_id = of_person and seats.removed_at is null and seats.role in ('committee', 'chair')
          and case
              when seats.role = 'chair' and not coalesce(rules.is_away, false) then true
              when seats.role = 'chair' and not exists (select from committee_deputies deputies where deputies.project_id = seats.project_id) then true
              when seats.role = 'committee' and rules.deputy_id = of_person and (rules.is_away or exists (
                  select from asides join seats chairs on chairs.project_id = asides.project_id and chairs.person_id = asides.person_id
                    and chairs.role = 'chair' and chairs.removed_at is null
                  where asides.project_id = seats.project_id and asides.escalation_id = waiting.id and asides.came_back_at is null)) then true
              else not exists (
                  select from ballots where ballots.project_id = seats.project_id
                    and ballots.escalation_id = waiting.id and ballots.person_id = of_person and ballots.replaced_at is null)
              end);
end
$$;

-- How many unread lines a person has of escalations that stand before them though they do not see the project, up to a hundred.
create function unread_put_before(of_person uuid, organisation_role text) returns bigint language plpgsql stable as $$
begin
    return (select count(*) from (
        select from notices_put_before put
        cross join lateral (select from notices
                            where notices.person_id = of_person and notices.subject_id = put.escalation_id
                              and notices.read_at is null offset 0) line
        where put.person_id = of_person
          and not exists (select from projects_seen_by(of_person, organisation_role) as projects
                          where projects.id = put.project_id offset 0)
        limit 100) as lines);
end
$$;

-- As before, with one look at the person's own seats.
create or replace function side_bar_of(of_person uuid, organisation_role text, today date)
    returns table (my_work bigint, to_decide bigint, sits_on_committee boolean, projects jsonb) language sql stable as $$
    select
        (select count(*) from tasks
         cross join lateral (select from projects where projects.id = tasks.project_id and projects.state = 'active' offset 0) active
         where organisation_role <> 'guest' and tasks.assignee_id = of_person
           and tasks.status not in ('done', 'dropped') and tasks.due_on <= today),
        case when organisation_role <> 'guest' and sits.decides then to_decide_of(of_person, today) else 0 end,
        sits.advises or organisation_role <> 'guest' and sits.decides
            or exists (select from escalation_guests where escalation_guests.person_id = of_person),
        (select coalesce(jsonb_agg(jsonb_build_object('key', own.key, 'name', own.name, 'health', health_of.health) order by own.name), '[]')
         from (select held.project_id, found.key, found.name, found.state from
                   (select seats.project_id, bool_or(seats.role = 'gtm_lead') as leads from seats
                    where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
                      and seats.role <> 'adviser'
                    group by seats.project_id) held
               cross join lateral (select projects.key, projects.name, projects.state, projects.created_at from projects
                                   where projects.id = held.project_id offset 0) found
               where found.state = 'active' or found.state = 'draft' and held.leads
               order by found.created_at desc limit 8) own,
              health_of(own.project_id, own.state, today))
    from (select coalesce(bool_or(seats.role in ('committee', 'chair')), false) as decides,
                 coalesce(bool_or(seats.role = 'adviser'), false) as advises
          from seats where seats.person_id = of_person and seats.removed_at is null) sits
$$;

create or replace function unread_of(of_person uuid, organisation_role text) returns table (unread bigint) language sql stable as $$
    select least(100,
        (select count(*) from (
             select from notices
             cross join lateral (select from projects_seen_by(of_person, organisation_role) as projects
                                 where projects.id = notices.project_id offset 0) seen
             where notices.person_id = of_person and notices.read_at is null limit 100) as lines)
        + case
            when exists (select from escalation_guests where escalation_guests.person_id = of_person)
              or exists (select from seats where seats.person_id = of_person and seats.role = 'adviser' and seats.removed_at is null)
            then unread_put_before(of_person, organisation_role)
            else 0
        end)
$$;
