-- How each project stands: computed by a published rule and kept, so that no page computes it; and what its lead declares
-- beside it. `health_of` stays for servers of the release before this one; a later migration drops it.

create table project_health (
    project_id uuid constraint project_health_pkey primary key
        constraint project_health_project_fkey references projects (id) on delete cascade,
    computed text not null constraint project_health_computed_known check (computed in ('not_started', 'on_track', 'at_risk', 'off_track')),
    -- What speaks against the project, the worst first, each with its number; see lifecycle/health/model.rs.
    reasons jsonb not null default '[]',
    computed_at timestamptz not null,
    -- The organisation's day on which it was computed: with another day other things are late.
    computed_on date not null,
    -- Something has happened since.
    is_stale boolean not null default true,
    -- What the lead declares; null for "as computed".
    declared text constraint project_health_declared_known check (declared in ('on_track', 'at_risk', 'off_track')),
    declared_by uuid constraint project_health_person_fkey references people (id),
    declared_note text not null default '' constraint project_health_note_length check (char_length(declared_note) <= 280),
    declared_at timestamptz,
    -- Since when the two differ; null while they agree.
    differs_since timestamptz,
    -- Counts declarations.
    version integer not null default 1,
    constraint project_health_declared_whole
        check ((declared is null) = (declared_by is null) and (declared is null) = (declared_at is null)),
    constraint project_health_difference check ((differs_since is not null) = (declared is not null and declared <> computed))
);

-- What was declared, by whom and against what. Append-only: the newest counts.
create table health_declarations (
    project_id uuid not null constraint health_declarations_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    -- Null: as computed from now on.
    declared text constraint health_declarations_declared_known check (declared in ('on_track', 'at_risk', 'off_track')),
    computed text not null constraint health_declarations_computed_known check (computed in ('not_started', 'on_track', 'at_risk', 'off_track')),
    note text not null constraint health_declarations_note_length check (char_length(note) <= 280),
    declared_by uuid not null constraint health_declarations_person_fkey references people (id),
    declared_at timestamptz not null,
    constraint health_declarations_pkey primary key (project_id, id)
);
create trigger health_declarations_append_only before update on health_declarations for each row execute function refuse_change();

-- How far the events have been looked through for projects whose health is to be computed anew: one row.
create table health_mark (
    is_only boolean not null default true constraint health_mark_pkey primary key constraint health_mark_only check (is_only),
    -- Events of earlier transactions have been looked at.
    seen_xid xid8 not null
);
insert into health_mark (seen_xid) values (pg_current_xact_id());

-- As the pages showed it until now; the first run of the job applies the new rule.
insert into project_health (project_id, computed, computed_at, computed_on)
    select projects.id, health_of.health, now(), current_date
    from projects cross join lateral health_of(projects.id, projects.state, current_date);

-- What the rule judges by, of many projects at once: evidence that is late, the gate of the current stage, escalations. A
-- function that answers a table is folded into the statement that calls it. A further fact is a further field.
create function health_facts(of_projects uuid[], today date, at timestamptz) returns table (project_id uuid, facts jsonb) language sql stable as $$
    select asked.id, jsonb_build_object(
        'evidence', (
            select jsonb_build_object('late', count(*), 'oldest', min(tasks.due_on)) from tasks
            join duties on duties.project_id = tasks.project_id and duties.id = tasks.duty_id and duties.is_evidence
            where tasks.project_id = asked.id and tasks.status in ('todo', 'doing', 'review', 'blocked') and tasks.due_on < today),
        'gate', (
            select jsonb_build_object('code', stages.code, 'ends_on', stages.ends_on) from stages
            where stages.project_id = asked.id and stages.state = 'current'),
        'escalations', (
            select jsonb_build_object(
                'with_committee', count(*) filter (where escalations.state = 'with_committee'),
                'over_with_committee', count(*) filter (where escalations.state = 'with_committee' and clock.is_over),
                'over_before', count(*) filter (where escalations.state <> 'with_committee' and clock.is_over))
            from escalations
            cross join lateral (select escalations.paused_at is null and escalations.due_at < at as is_over) clock
            where escalations.project_id = asked.id and escalations.state in ('with_liaisons', 'with_lead', 'with_committee')))
    from unnest(of_projects) as asked (id)
$$;

-- What the decisions room reads of it: where the lead's word and the rule differ.
create view decision_health as
    select health.project_id, health.computed, health.declared, health.declared_note, people.name as declared_by, health.differs_since
    from project_health health join people on people.id = health.declared_by
    where health.differs_since is not null;

-- As before, with the stored health.
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
        (select coalesce(jsonb_agg(jsonb_build_object('key', own.key, 'name', own.name,
                    'health', coalesce(kept.computed, 'not_started')) order by own.name), '[]')
         from (select held.project_id, found.key, found.name, found.state from
                   (select seats.project_id, bool_or(seats.role = 'gtm_lead') as leads from seats
                    where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
                      and seats.role <> 'adviser'
                    group by seats.project_id) held
               cross join lateral (select projects.key, projects.name, projects.state, projects.created_at from projects
                                   where projects.id = held.project_id offset 0) found
               where found.state = 'active' or found.state = 'draft' and held.leads
               order by found.created_at desc limit 8) own
         left join project_health kept on kept.project_id = own.project_id)
    from (select coalesce(bool_or(seats.role in ('committee', 'chair')), false) as decides,
                 coalesce(bool_or(seats.role = 'adviser'), false) as advises
          from seats where seats.person_id = of_person and seats.removed_at is null) sits
$$;
