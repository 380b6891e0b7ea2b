-- What the life of a project reads from several rooms at once, in one statement each; and attestations by figure.

-- A rule may ask for several figures; each is attested by itself.
alter table attestations add column metric text not null default '';
create index attestations_newest on attestations (project_id, rule_id, metric, attested_at desc, id desc);

-- Who sees a whole project: the same answer as rights.rs gives, for lists.
create function may_see_project(of_project projects, of_person uuid, organisation_role text) returns boolean language sql stable as $$
    select organisation_role <> 'guest' and (
        organisation_role = 'administrator'
        or (of_project.state = 'draft' and of_project.created_by = of_person)
        or (of_project.state <> 'draft' and of_project.visibility = 'organisation')
        or exists (select from seats where seats.project_id = of_project.id and seats.person_id = of_person
                     and seats.removed_at is null and seats.role <> 'adviser'))
$$;

-- Whom a new project may seat: those named first, then those who hold seats, then by name.
create function people_to_seat(named uuid[], at_most integer) returns jsonb language sql stable as $$
    with seated as (
        select seats.person_id, count(distinct seats.project_id) filter (where seats.role = 'liaison') as liaison_in
        from seats join projects on projects.id = seats.project_id and projects.state = 'active'
        where seats.removed_at is null group by seats.person_id
    ), chosen as (
        select people.id, people.name, people.title, people.department_id, people.role = 'guest' as is_guest,
               coalesce(seated.liaison_in, 0) as liaison_in
        from people left join seated on seated.person_id = people.id
        where people.deactivated_at is null
        order by people.id = any (named) desc, seated.person_id is not null desc, people.name
        limit at_most
    )
    select coalesce(jsonb_agg(to_jsonb(chosen) order by chosen.name, chosen.id), '[]') from chosen
$$;

-- What the page of a new project starts from: departments with who spoke for them last, people, the last committee and
-- the keys that are taken.
create function before_a_project(of_person uuid, organisation_role text, named uuid[]) returns jsonb language sql stable as $$
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
              select projects.id from projects
              where may_see_project(projects, of_person, organisation_role)
                and exists (select from seats where seats.project_id = projects.id and seats.role = 'chair' and seats.removed_at is null)
              order by projects.created_at desc, projects.id desc limit 1)
    )
    select jsonb_build_object(
        'departments', (select coalesce(jsonb_agg(to_jsonb(listed) order by listed.position, listed.code), '[]') from listed),
        'people', people_to_seat(named || array(select liaison_id from listed where liaison_id is not null)
                      || array(select (seat ->> 'person_id')::uuid from committee, jsonb_array_elements(committee.seats) as seat) || of_person, 200),
        'committee', coalesce((select committee.seats from committee), '[]'),
        'keys', (select coalesce(jsonb_agg(projects.key), '[]') from projects))
$$;

-- The gate of one stage (the current one when none is named): every stage, the rules with what was attested last, the
-- items of the division of labour with their tasks, and the decisions in force.
create function gate_facts(of_project uuid, of_stage text) returns jsonb language sql stable as $$
    with stage as (
        select stages.id from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
        order by stages.position limit 1
    ), newest as (
        select distinct on (attestations.rule_id, attestations.metric) attestations.*
        from attestations
        join gate_rules on gate_rules.project_id = attestations.project_id and gate_rules.id = attestations.rule_id
        join stage on stage.id = gate_rules.stage_id
        where attestations.project_id = of_project
        order by attestations.rule_id, attestations.metric, attestations.attested_at desc, attestations.id desc
    )
    select jsonb_build_object(
        'stage_id', (select stage.id from stage),
        'stages', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', stages.id, 'position', stages.position, 'code', stages.code, 'name_en', stages.name_en, 'name_zh', stages.name_zh,
                'is_launch', stages.is_launch, 'state', stages.state, 'starts_on', stages.starts_on, 'ends_on', stages.ends_on,
                'baseline_ends_on', stages.baseline_ends_on, 'started_at', stages.started_at, 'passed_at', stages.passed_at,
                'rules', (select count(*) from gate_rules where gate_rules.project_id = of_project and gate_rules.stage_id = stages.id)
            ) order by stages.position), '[]') from stages where stages.project_id = of_project),
        'rules', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', gate_rules.id, 'text_en', gate_rules.text_en, 'text_zh', gate_rules.text_zh, 'expression', gate_rules.expression,
                'check', gate_rules.checks, 'is_blocking', gate_rules.is_blocking,
                'attested', (select coalesce(jsonb_agg(jsonb_build_object('metric', newest.metric, 'value', newest.value,
                        'evidence_url', newest.evidence_url, 'holds', newest.holds, 'by', people.name, 'at', newest.attested_at)), '[]')
                    from newest join people on people.id = newest.attested_by where newest.rule_id = gate_rules.id)
            ) order by gate_rules.position), '[]')
            from gate_rules join stage on stage.id = gate_rules.stage_id where gate_rules.project_id = of_project),
        'items', (select coalesce(jsonb_agg(jsonb_build_object(
                'code', duties.code, 'stage_id', duties.stage_id, 'is_evidence', duties.is_evidence,
                'title', duties.title_en, 'title_zh', duties.title_zh,
                'tasks', (select coalesce(jsonb_agg(jsonb_build_object('number', tasks.number, 'status', tasks.status, 'due_on', tasks.due_on)
                              order by tasks.number), '[]')
                          from tasks where tasks.project_id = of_project and tasks.duty_id = duties.id)
            ) order by duties.position), '[]') from duties where duties.project_id = of_project),
        'departments', (select count(*) from parts where parts.project_id = of_project and parts.kind = 'department'),
        'without_liaison', (select coalesce(jsonb_agg(jsonb_build_object('name_en', parts.name_en, 'name_zh', parts.name_zh) order by parts.position), '[]')
            from parts where parts.project_id = of_project and parts.kind = 'department' and not exists (
                select from seats where seats.project_id = of_project and seats.part_id = parts.id and seats.role = 'liaison'
                  and seats.removed_at is null)),
        'decisions', (select coalesce(jsonb_agg(jsonb_build_object('number', decisions.number, 'kind', decisions.kind, 'title', decisions.title,
                'at', decisions.decided_at) order by decisions.number), '[]')
            from decisions where decisions.project_id = of_project and not exists (
                select from decisions later where later.project_id = of_project and later.supersedes_id = decisions.id)))
$$;
