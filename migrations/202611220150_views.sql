-- What the frame of every page shows a person: computed by the database so that it costs no extra statement.

-- A project's health in one word, from its own dates and tasks.
create function project_health(of_project projects, today date) returns text language sql stable as $$
    select case
        when of_project.state = 'draft' then 'not_started'
        when exists (select from stages where project_id = of_project.id and state = 'current' and ends_on < today) then 'off_track'
        when exists (select from tasks where project_id = of_project.id and status in ('todo', 'doing', 'review', 'blocked') and due_on < today) then 'at_risk'
        when exists (select from tasks where project_id = of_project.id and status = 'blocked') then 'at_risk'
        else 'on_track'
    end
$$;

create function navigation_of(of_person uuid, today date) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'my_work', (select count(*) from tasks
                    join projects on projects.id = tasks.project_id and projects.state = 'active'
                    where tasks.assignee_id = of_person and tasks.status not in ('done', 'dropped') and tasks.due_on <= today),
        'to_decide', (select count(*) from seats
                      join projects on projects.id = seats.project_id and projects.state <> 'archived'
                      join escalations on escalations.project_id = seats.project_id and escalations.state = 'with_committee'
                      where seats.person_id = of_person and seats.removed_at is null and seats.role in ('committee', 'chair')
                        and (seats.role = 'chair' or not exists (
                            select from ballots where ballots.project_id = escalations.project_id
                              and ballots.escalation_id = escalations.id and ballots.person_id = of_person and ballots.replaced_at is null))),
        'sits_on_committee', exists (select from seats where person_id = of_person and removed_at is null and role in ('committee', 'chair', 'adviser'))
                          or exists (select from escalation_guests where person_id = of_person),
        'projects', (select coalesce(jsonb_agg(jsonb_build_object('key', p.key, 'name', p.name, 'health', project_health(p, today)) order by p.name), '[]')
                     from (select projects.* from projects
                           where projects.state <> 'archived' and exists (
                               select from seats where seats.project_id = projects.id and seats.person_id = of_person
                                 and seats.removed_at is null and seats.role <> 'adviser'
                                 and (projects.state <> 'draft' or seats.role = 'gtm_lead'))
                           order by projects.created_at desc limit 8) p))
$$;

-- Every part of a project with its chip and who speaks for it, in the order of the division of labour.
create function parts_of(of_project uuid) returns jsonb language sql stable as $$
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
