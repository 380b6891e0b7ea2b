-- The playbook: what every department goes by, in numbered versions that never change, and who has read them.

create table playbook_versions (
    project_id uuid not null constraint playbook_versions_project_fkey references projects (id) on delete cascade,
    number integer not null constraint playbook_versions_number_positive check (number > 0),
    -- Made when the form is rendered.
    id uuid not null,
    -- Plain facts, no rendered words, so that it reads in both languages; see playbook/model.rs.
    content jsonb not null,
    -- One of the sections that matter differs from the version before: everybody reads it again.
    asks_again boolean not null,
    note text not null default '' constraint playbook_versions_note_length check (char_length(note) <= 400),
    published_by uuid not null constraint playbook_versions_person_fkey references people (id),
    published_at timestamptz not null,
    constraint playbook_versions_pkey primary key (project_id, number),
    constraint playbook_versions_id_unique unique (project_id, id),
    constraint playbook_versions_first_asks check (number > 1 or asks_again)
);
create trigger playbook_versions_append_only before update on playbook_versions for each row execute function refuse_change();

-- That the liaison of a department has read a version and answered its three questions. Wrong answers are kept nowhere.
create table playbook_readings (
    project_id uuid not null,
    number integer not null,
    part_id uuid not null,
    person_id uuid not null constraint playbook_readings_person_fkey references people (id),
    read_at timestamptz not null,
    constraint playbook_readings_pkey primary key (project_id, part_id, person_id, number),
    constraint playbook_readings_version_fkey foreign key (project_id, number) references playbook_versions (project_id, number) on delete cascade,
    constraint playbook_readings_part_fkey foreign key (project_id, part_id) references parts (project_id, id) on delete cascade
);
create trigger playbook_readings_append_only before update on playbook_readings for each row execute function refuse_change();

-- Every department of a project with who speaks for it, what that person has read, and what there is to read: the newest version,
-- and the newest that asked everybody. What was read from that one on holds.
create view playbook_departments as
    select parts.project_id, parts.id as part_id, parts.position, parts.name_en, parts.name_zh, parts.short_en, parts.short_zh, parts.colour,
           seats.person_id, people.name as person, newest.number, newest.asked, own.number as read, own.read_at,
           coalesce(own.number >= newest.asked, false) as has_read
    from parts
    cross join lateral (
        select max(v.number) as number, max(v.number) filter (where v.asks_again) as asked
        from playbook_versions v where v.project_id = parts.project_id) newest
    left join seats on seats.project_id = parts.project_id and seats.part_id = parts.id and seats.role = 'liaison' and seats.removed_at is null
    left join people on people.id = seats.person_id
    left join lateral (
        select r.number, r.read_at from playbook_readings r
        where r.project_id = parts.project_id and r.part_id = parts.id and r.person_id = seats.person_id
        order by r.number desc limit 1) own on true
    where parts.kind = 'department';

-- The same of one project, as pages and gates read it. A function that answers a table is folded into the statement that calls it.
create function playbook_readers_of(of_project uuid) returns table (readers jsonb) language sql stable as $$
    select jsonb_build_object(
        'number', max(d.number), 'asked', max(d.asked),
        'departments', coalesce(jsonb_agg(jsonb_build_object('part', d.part_id, 'name', jsonb_build_object('en', d.name_en, 'zh', d.name_zh),
            'short', jsonb_build_object('en', d.short_en, 'zh', d.short_zh), 'colour', d.colour,
            'person_id', d.person_id, 'person', d.person, 'read', d.read, 'read_at', d.read_at, 'has_read', d.has_read)
            order by d.position), '[]'))
    from playbook_departments d where d.project_id = of_project
$$;

-- As a field of the facts of a gate, where one of its rules asks for it by one of these words.
create function gate_playbook_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
              and part.said #>> '{}' = any (words))
        then (select jsonb_build_object('playbook', found.readers) from playbook_readers_of(of_project) found)
        else '{}' end
$$;

-- What the next version is made of besides strategy and goals: parts, stages with their gates, division of labour, limits.
create function playbook_plan_of(of_project uuid) returns table (plan jsonb) language sql stable as $$
    select jsonb_build_object(
        'parts', (select found.parts from parts_in(of_project) found),
        'launches_on', (select projects.launches_on from projects where projects.id = of_project),
        'stages', (select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'name', jsonb_build_object('en', s.name_en, 'zh', s.name_zh),
                'starts_on', s.starts_on, 'ends_on', s.ends_on, 'is_launch', s.is_launch,
                'rules', (select coalesce(jsonb_agg(jsonb_build_object('en', r.text_en, 'zh', r.text_zh) order by r.position), '[]')
                    from gate_rules r where r.project_id = s.project_id and r.stage_id = s.id)) order by s.position), '[]')
            from stages s where s.project_id = of_project),
        'duties', (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'stage', s.code,
                'title', jsonb_build_object('en', d.title_en, 'zh', d.title_zh),
                'letters', (select coalesce(jsonb_agg(jsonb_build_object('part_id', l.part_id, 'letter', l.letter)), '[]')
                    from duty_letters l where l.project_id = d.project_id and l.duty_id = d.id)) order by s.position, d.position, d.code), '[]')
            from duties d join stages s on s.project_id = d.project_id and s.id = d.stage_id
            where d.project_id = of_project),
        'limits', (select coalesce(jsonb_object_agg(e.category, e.limits), '{}') from escalation_limits e))
$$;
