-- Projects, their stages and gates, who takes part, who does what.
-- Every row that a project owns begins its key with project_id.

create table projects (
    id uuid constraint projects_pkey primary key,
    key text not null constraint projects_key_unique unique constraint projects_key_form check (key ~ '^[A-Z][A-Z0-9]{1,5}$'),
    name text not null constraint projects_name_length check (char_length(name) between 1 and 120),
    summary text not null default '' constraint projects_summary_length check (char_length(summary) <= 500),
    blueprint text not null,
    tier smallint not null constraint projects_tier_known check (tier between 1 and 3),
    visibility text not null default 'organisation' constraint projects_visibility_known check (visibility in ('organisation', 'seats')),
    state text not null default 'draft' constraint projects_state_known check (state in ('draft', 'active', 'archived')),
    starts_on date not null,
    launches_on date,
    quorum smallint not null default 1 constraint projects_quorum_positive check (quorum >= 0),
    next_task_number integer not null default 1,
    next_escalation_number integer not null default 1,
    next_decision_number integer not null default 1,
    created_by uuid not null constraint projects_creator_fkey references people (id),
    created_at timestamptz not null,
    published_at timestamptz,
    archived_at timestamptz,
    version integer not null default 1
);
create index projects_state on projects (state);

create table stages (
    project_id uuid not null constraint stages_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    position smallint not null,
    code text not null,
    name_en text not null,
    name_zh text not null,
    days integer not null constraint stages_days_positive check (days > 0),
    is_launch boolean not null default false,
    state text not null default 'ahead' constraint stages_state_known check (state in ('ahead', 'current', 'passed')),
    baseline_starts_on date not null,
    baseline_ends_on date not null,
    starts_on date not null,
    ends_on date not null,
    started_at timestamptz,
    passed_at timestamptz,
    version integer not null default 1,
    constraint stages_pkey primary key (project_id, id),
    constraint stages_position_unique unique (project_id, position),
    constraint stages_in_order check (starts_on <= ends_on)
);
create unique index stages_one_current on stages (project_id) where state = 'current';
create unique index stages_one_launch on stages (project_id) where is_launch;

create table gate_rules (
    project_id uuid not null,
    id uuid not null,
    stage_id uuid not null,
    position smallint not null,
    text_en text not null,
    text_zh text not null,
    -- The expression as people read it, and as the program checks it.
    expression text not null,
    checks jsonb not null,
    is_blocking boolean not null,
    constraint gate_rules_pkey primary key (project_id, id),
    constraint gate_rules_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id) on delete cascade
);
create index gate_rules_of_stage on gate_rules (project_id, stage_id, position);

-- What the lead attests where the data cannot answer yet. Append-only: the newest counts.
create table attestations (
    project_id uuid not null,
    id uuid not null,
    rule_id uuid not null,
    value text not null constraint attestations_value_length check (char_length(value) between 1 and 500),
    evidence_url text not null,
    holds boolean not null,
    attested_by uuid not null constraint attestations_person_fkey references people (id),
    attested_at timestamptz not null,
    constraint attestations_pkey primary key (project_id, id),
    constraint attestations_rule_fkey foreign key (project_id, rule_id) references gate_rules (project_id, id) on delete cascade
);
create index attestations_of_rule on attestations (project_id, rule_id, id desc);
create trigger attestations_append_only before update on attestations for each row execute function refuse_change();

-- A department's part in a project; the lead and the committee take part under the codes LEAD and COM.
create table parts (
    project_id uuid not null constraint parts_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    code text not null,
    kind text not null constraint parts_kind_known check (kind in ('lead', 'committee', 'department')),
    department_id uuid constraint parts_department_fkey references departments (id),
    name_en text not null,
    name_zh text not null,
    short_en text not null,
    short_zh text not null,
    colour smallint not null,
    position smallint not null,
    constraint parts_pkey primary key (project_id, id),
    constraint parts_code_unique unique (project_id, code),
    constraint parts_department_unique unique (project_id, department_id),
    constraint parts_department_present check ((kind = 'department') = (department_id is not null))
);
create index parts_of_department on parts (department_id);

create table seats (
    project_id uuid not null constraint seats_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    person_id uuid not null constraint seats_person_fkey references people (id),
    role text not null constraint seats_role_known check (role in ('gtm_lead', 'liaison', 'member', 'committee', 'chair', 'adviser', 'viewer')),
    part_id uuid,
    -- On the committee: CEO, CFO, board member, outside expert, seed user; in the holder's project's words.
    capacity text not null default '' constraint seats_capacity_length check (char_length(capacity) <= 80),
    created_at timestamptz not null,
    removed_at timestamptz,
    constraint seats_pkey primary key (project_id, id),
    constraint seats_part_fkey foreign key (project_id, part_id) references parts (project_id, id),
    constraint seats_part_present check ((role in ('liaison', 'member')) = (part_id is not null))
);
create unique index seats_one_lead on seats (project_id) where role = 'gtm_lead' and removed_at is null;
create unique index seats_one_chair on seats (project_id) where role = 'chair' and removed_at is null;
create unique index seats_one_liaison on seats (project_id, part_id) where role = 'liaison' and removed_at is null;
create unique index seats_once on seats (project_id, person_id, role, coalesce(part_id, '00000000-0000-0000-0000-000000000000')) where removed_at is null;
create index seats_of_person on seats (person_id) where removed_at is null;

create table duties (
    project_id uuid not null,
    id uuid not null,
    stage_id uuid not null,
    position smallint not null,
    code text not null,
    title_en text not null,
    title_zh text not null,
    due_day integer not null,
    is_evidence boolean not null,
    version integer not null default 1,
    constraint duties_pkey primary key (project_id, id),
    constraint duties_code_unique unique (project_id, code),
    constraint duties_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id) on delete cascade
);
create index duties_of_stage on duties (project_id, stage_id, position);

create table duty_letters (
    project_id uuid not null,
    duty_id uuid not null,
    part_id uuid not null,
    letter text not null constraint duty_letters_letter_known check (letter in ('R', 'A', 'C', 'I')),
    constraint duty_letters_pkey primary key (project_id, duty_id, part_id, letter),
    constraint duty_letters_duty_fkey foreign key (project_id, duty_id) references duties (project_id, id) on delete cascade,
    constraint duty_letters_part_fkey foreign key (project_id, part_id) references parts (project_id, id)
);
create unique index duty_letters_one_answers on duty_letters (project_id, duty_id) where letter = 'A';

-- At the end of every transaction each duty has exactly one A and at least one R.
create function check_duty_letters() returns trigger language plpgsql as $$
declare
    of_project uuid := coalesce(new.project_id, old.project_id);
    of_duty uuid := case when tg_table_name = 'duties' then (to_jsonb(coalesce(new, old)) ->> 'id')::uuid
                         else (to_jsonb(coalesce(new, old)) ->> 'duty_id')::uuid end;
begin
    if exists (select from duties where project_id = of_project and id = of_duty)
       and (select count(*) filter (where letter = 'A') <> 1 or count(*) filter (where letter = 'R') < 1
            from duty_letters where project_id = of_project and duty_id = of_duty) then
        raise exception 'a duty needs exactly one A and at least one R'
            using errcode = 'check_violation', constraint = 'duty_letters_one_a_some_r';
    end if;
    return null;
end $$;
create constraint trigger duties_have_letters after insert or update on duties
    deferrable initially deferred for each row execute function check_duty_letters();
create constraint trigger duty_letters_complete after insert or update or delete on duty_letters
    deferrable initially deferred for each row execute function check_duty_letters();
