-- What the frame of every page asks, as functions that answer tables: the planner folds those into the statement that
-- calls them, so that they are planned with it once for a connection. A function that answers one value is planned anew at
-- every call, which cost more than reading the rows. `project_health`, `navigation_of`, `parts_of` and
-- `may_see_project` stay for servers of the release before this one; a later migration drops them.

-- The projects that a person may see (ARCHITECTURE §5): the rule of `projects::rights` for lists that reach over several.
create function projects_seen_by(of_person uuid, organisation_role text) returns setof projects language sql stable as $$
    select projects.* from projects
    where organisation_role <> 'guest' and (
        organisation_role = 'administrator'
        or (projects.state = 'draft' and projects.created_by = of_person)
        or (projects.state <> 'draft' and projects.visibility = 'organisation')
        or exists (select from seats where seats.project_id = projects.id and seats.person_id = of_person
                     and seats.removed_at is null and seats.role <> 'adviser'))
$$;

-- In one word how a project stands.
create function health_of(of_project uuid, in_state text, today date) returns table (health text) language sql stable as $$
    select case
        when in_state = 'draft' then 'not_started'
        when exists (select from stages where stages.project_id = of_project and stages.state = 'current' and stages.ends_on < today) then 'off_track'
        when exists (select from tasks where tasks.project_id = of_project
                       and tasks.status in ('todo', 'doing', 'review', 'blocked') and tasks.due_on < today) then 'at_risk'
        when exists (select from tasks where tasks.project_id = of_project and tasks.status = 'blocked') then 'at_risk'
        else 'on_track'
    end
$$;

-- What the side bar counts and lists; of a guest's seats only those of an adviser count. It starts from the person's own seats, so that it costs the same among a thousand projects.
create function side_bar_of(of_person uuid, organisation_role text, today date)
    returns table (my_work bigint, to_decide bigint, sits_on_committee boolean, projects jsonb) language sql stable as $$
    select
        (select count(*) from tasks
         join projects on projects.id = tasks.project_id and projects.state = 'active'
         where organisation_role <> 'guest' and tasks.assignee_id = of_person
           and tasks.status not in ('done', 'dropped') and tasks.due_on <= today),
        (select count(*) from seats
         join projects on projects.id = seats.project_id and projects.state <> 'archived'
         join escalations on escalations.project_id = seats.project_id and escalations.state = 'with_committee'
         where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
           and seats.role in ('committee', 'chair')
           and (seats.role = 'chair' or not exists (
               select from ballots where ballots.project_id = escalations.project_id
                 and ballots.escalation_id = escalations.id and ballots.person_id = of_person and ballots.replaced_at is null))),
        exists (select from seats where seats.person_id = of_person and seats.removed_at is null
                  and (seats.role = 'adviser' or seats.role in ('committee', 'chair') and organisation_role <> 'guest'))
            or exists (select from escalation_guests where escalation_guests.person_id = of_person),
        (select coalesce(jsonb_agg(jsonb_build_object('key', own.key, 'name', own.name, 'health', health_of.health) order by own.name), '[]')
         from (select projects.id, projects.key, projects.name, projects.state from
                   (select seats.project_id, bool_or(seats.role = 'gtm_lead') as leads from seats
                    where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
                      and seats.role <> 'adviser'
                    group by seats.project_id) held
               join projects on projects.id = held.project_id
               where projects.state = 'active' or projects.state = 'draft' and held.leads
               order by projects.created_at desc limit 8) own,
              health_of(own.id, own.state, today))
$$;

-- Every part of a project with its chip and who speaks for it, in the order of the division of labour.
create function parts_in(of_project uuid) returns table (parts jsonb) language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', parts.id, 'code', parts.code, 'kind', parts.kind, 'department_id', parts.department_id,
               'name_en', parts.name_en, 'name_zh', parts.name_zh, 'short_en', parts.short_en, 'short_zh', parts.short_zh,
               'colour', parts.colour, 'liaison_id', people.id, 'liaison_name', people.name) order by parts.position), '[]')
    from parts
    left join seats on seats.project_id = parts.project_id and seats.removed_at is null
         and ((parts.kind = 'department' and seats.part_id = parts.id and seats.role = 'liaison')
           or (parts.kind = 'lead' and seats.role = 'gtm_lead')
           or (parts.kind = 'committee' and seats.role = 'chair'))
    left join people on people.id = seats.person_id
    where parts.project_id = of_project
$$;

-- What the page of a new project starts from: departments with who spoke for them last, people, the last committee and
-- the keys that are taken.
create or replace function before_a_project(of_person uuid, organisation_role text, named uuid[]) returns jsonb language sql stable as $$
    with last_liaisons as (
        select distinct on (parts.department_id) parts.department_id, seats.person_id
        from seats
        join parts on parts.project_id = seats.project_id and parts.id = seats.part_id
        join people on people.id = seats.person_id and people.deactivated_at is null and people.role <> 'guest'
        where seats.role = 'liaison' and seats.removed_at is null and parts.department_id is not null
        order by parts.department_id, seats.created_at desc, seats.id desc
    ), listed as (
        select departments.id, departments.code, departments.name_en, departments.name_zh, departments.short_en, departments.short_zh,
               departments.colour, departments.position,
               coalesce(last_liaisons.person_id, heads.id, (
                   -- The only one who works there.
                   select (array_agg(people.id))[1] from people
                   where people.department_id = departments.id and people.deactivated_at is null and people.role <> 'guest'
                   having count(*) = 1)) as liaison_id
        from departments
        left join last_liaisons on last_liaisons.department_id = departments.id
        left join people heads on heads.id = departments.head_id and heads.deactivated_at is null and heads.role <> 'guest'
        where departments.retired_at is null
    ), committee as (
        select jsonb_agg(jsonb_build_object('person_id', seats.person_id, 'role', seats.role, 'capacity', seats.capacity) order by seats.id) as seats
        from seats
        join people on people.id = seats.person_id and people.deactivated_at is null
        where seats.removed_at is null and seats.role in ('committee', 'chair', 'adviser')
          and seats.project_id = (
              select projects.id from projects_seen_by(of_person, organisation_role) as projects
              where exists (select from seats where seats.project_id = projects.id and seats.role = 'chair' and seats.removed_at is null)
              order by projects.created_at desc, projects.id desc limit 1)
    )
    select jsonb_build_object(
        'departments', (select coalesce(jsonb_agg(to_jsonb(listed) order by listed.position, listed.code), '[]') from listed),
        'people', people_to_seat(named || array(select liaison_id from listed where liaison_id is not null)
                      || array(select (seat ->> 'person_id')::uuid from committee, jsonb_array_elements(committee.seats) as seat) || of_person, 200),
        'committee', coalesce((select committee.seats from committee), '[]'),
        'keys', (select coalesce(jsonb_agg(projects.key), '[]') from projects))
$$;

-- The seats that the decisions room goes by: a person who was made a guest counts as an adviser at most.
create or replace view decision_seats as
    select seats.project_id, seats.person_id, people.name, seats.role, seats.part_id, seats.capacity, seats.created_at
    from seats join people on people.id = seats.person_id
    where seats.removed_at is null and (people.role <> 'guest' or seats.role = 'adviser');
