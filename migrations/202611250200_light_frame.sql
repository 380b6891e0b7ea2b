-- The side bar without reading every project: a person has few seats and few tasks that are due, but the planner expects
-- many and would rather read all projects once than look each up. `offset 0` keeps it from doing so.
create or replace function side_bar_of(of_person uuid, organisation_role text, today date)
    returns table (my_work bigint, to_decide bigint, sits_on_committee boolean, projects jsonb) language sql stable as $$
    select
        (select count(*) from tasks
         cross join lateral (select from projects where projects.id = tasks.project_id and projects.state = 'active' offset 0) active
         where organisation_role <> 'guest' and tasks.assignee_id = of_person
           and tasks.status not in ('done', 'dropped') and tasks.due_on <= today),
        (select count(*) from seats
         cross join lateral (select from projects where projects.id = seats.project_id and projects.state <> 'archived' offset 0) kept
         cross join lateral (select escalations.id from escalations
                             where escalations.project_id = seats.project_id and escalations.state = 'with_committee' offset 0) waiting
         where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
           and seats.role in ('committee', 'chair')
           and (seats.role = 'chair' or not exists (
               select from ballots where ballots.project_id = seats.project_id
                 and ballots.escalation_id = waiting.id and ballots.person_id = of_person and ballots.replaced_at is null))),
        exists (select from seats where seats.person_id = of_person and seats.removed_at is null
                  and (seats.role = 'adviser' or seats.role in ('committee', 'chair') and organisation_role <> 'guest'))
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
$$;

-- Everybody who has or had a seat in a project, and whether they can have a task there (as `task_takers` says).
create view seated_people as
    select seats.project_id, people.id as person_id, people.name,
           bool_or(seats.removed_at is null and seats.role not in ('adviser', 'viewer')) and people.deactivated_at is null as takes_tasks
    from seats join people on people.id = seats.person_id
    group by seats.project_id, people.id;
