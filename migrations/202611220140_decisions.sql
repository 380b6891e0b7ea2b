-- Escalations, ballots and decisions.

create table escalations (
    project_id uuid not null constraint escalations_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null,
    question text not null constraint escalations_question_length check (char_length(question) between 5 and 200),
    background text not null default '' constraint escalations_background_length check (char_length(background) <= 10000),
    -- Codes of blueprints/escalations.toml.
    kind text not null,
    category text not null,
    raised_by uuid not null constraint escalations_raiser_fkey references people (id),
    from_part_id uuid not null,
    to_part_id uuid not null,
    task_id uuid,
    state text not null constraint escalations_state_known check (state in ('with_liaisons', 'with_lead', 'with_committee', 'decided', 'settled', 'withdrawn')),
    -- Who owes the next step until when; null once closed.
    due_at timestamptz,
    recommended_option_id uuid,
    outcome text not null default '' constraint escalations_outcome_length check (char_length(outcome) <= 10000),
    closed_by uuid constraint escalations_closer_fkey references people (id),
    closed_at timestamptz,
    raised_at timestamptz not null,
    version integer not null default 1,
    constraint escalations_pkey primary key (project_id, id),
    constraint escalations_number_unique unique (project_id, number),
    constraint escalations_from_fkey foreign key (project_id, from_part_id) references parts (project_id, id),
    constraint escalations_to_fkey foreign key (project_id, to_part_id) references parts (project_id, id),
    constraint escalations_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint escalations_two_sides check (from_part_id <> to_part_id),
    constraint escalations_open_has_due check ((state in ('with_liaisons', 'with_lead', 'with_committee')) = (due_at is not null))
);
create index escalations_open on escalations (project_id, state, due_at);
create index escalations_of_task on escalations (project_id, task_id) where task_id is not null;

-- The way an escalation took; one row a step, closed when the next begins.
create table escalation_steps (
    project_id uuid not null,
    escalation_id uuid not null,
    step text not null constraint escalation_steps_step_known check (step in ('liaisons', 'lead', 'committee')),
    entered_at timestamptz not null,
    due_at timestamptz not null,
    left_at timestamptz,
    passed_on_by uuid constraint escalation_steps_person_fkey references people (id),
    note text not null default '',
    constraint escalation_steps_pkey primary key (project_id, escalation_id, step),
    constraint escalation_steps_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);

create table positions (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    part_id uuid not null,
    author_id uuid not null constraint positions_author_fkey references people (id),
    statement text not null constraint positions_statement_length check (char_length(statement) between 1 and 5000),
    wants_option_id uuid,
    written_at timestamptz not null,
    version integer not null default 1,
    constraint positions_pkey primary key (project_id, id),
    constraint positions_one_a_side unique (project_id, escalation_id, part_id),
    constraint positions_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade,
    constraint positions_part_fkey foreign key (project_id, part_id) references parts (project_id, id)
);

create table evidence (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    kind text not null constraint evidence_kind_known check (kind in ('link', 'task', 'text')),
    label text not null constraint evidence_label_length check (char_length(label) between 1 and 300),
    url text,
    task_id uuid,
    body text not null default '' constraint evidence_body_length check (char_length(body) <= 5000),
    added_by uuid not null constraint evidence_person_fkey references people (id),
    added_at timestamptz not null,
    constraint evidence_pkey primary key (project_id, id),
    constraint evidence_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade,
    constraint evidence_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint evidence_matches_kind check ((kind = 'link') = (url is not null) and (kind = 'task') = (task_id is not null))
);
create index evidence_of_escalation on evidence (project_id, escalation_id, id);

create table options (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    letter text not null constraint options_letter_form check (letter ~ '^[A-H]$'),
    title text not null constraint options_title_length check (char_length(title) between 1 and 120),
    summary text not null default '' constraint options_summary_length check (char_length(summary) <= 1000),
    proposed_by uuid not null constraint options_proposer_fkey references people (id),
    version integer not null default 1,
    constraint options_pkey primary key (project_id, id),
    constraint options_letter_unique unique (project_id, escalation_id, letter),
    constraint options_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);

create table criteria (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    position smallint not null,
    -- A known criterion (cost, margin, dates, goals, risk, undo) or null with a name of one's own.
    code text constraint criteria_code_known check (code in ('cost', 'margin', 'dates', 'goals', 'risk', 'undo')),
    name text not null default '' constraint criteria_name_length check (char_length(name) <= 80),
    constraint criteria_pkey primary key (project_id, id),
    constraint criteria_position_unique unique (project_id, escalation_id, position),
    constraint criteria_named check ((code is null) = (name <> '')),
    constraint criteria_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);

create table answers (
    project_id uuid not null,
    option_id uuid not null,
    criterion_id uuid not null,
    answer text not null constraint answers_length check (char_length(answer) between 1 and 500),
    tone text constraint answers_tone_known check (tone in ('ok', 'warn', 'bad')),
    constraint answers_pkey primary key (project_id, option_id, criterion_id),
    constraint answers_option_fkey foreign key (project_id, option_id) references options (project_id, id) on delete cascade,
    constraint answers_criterion_fkey foreign key (project_id, criterion_id) references criteria (project_id, id) on delete cascade
);

-- Guests and advisers who were asked about this escalation; guests see nothing else.
create table escalation_guests (
    project_id uuid not null,
    escalation_id uuid not null,
    person_id uuid not null constraint escalation_guests_person_fkey references people (id),
    invited_by uuid not null constraint escalation_guests_inviter_fkey references people (id),
    invited_at timestamptz not null,
    constraint escalation_guests_pkey primary key (project_id, escalation_id, person_id),
    constraint escalation_guests_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create index escalation_guests_of_person on escalation_guests (person_id);

create table escalation_comments (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    author_id uuid not null constraint escalation_comments_author_fkey references people (id),
    body text not null constraint escalation_comments_body_length check (char_length(body) between 1 and 10000),
    created_at timestamptz not null,
    constraint escalation_comments_pkey primary key (project_id, id),
    constraint escalation_comments_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create index escalation_comments_of_escalation on escalation_comments (project_id, escalation_id, id);

-- Cast votes. A changed mind is a new row; the old one is closed, never edited.
create table ballots (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    person_id uuid not null constraint ballots_person_fkey references people (id),
    -- Null is "none of these".
    option_id uuid,
    reason text not null default '' constraint ballots_reason_length check (char_length(reason) <= 2000),
    is_advisory boolean not null,
    cast_at timestamptz not null,
    replaced_at timestamptz,
    constraint ballots_pkey primary key (project_id, id),
    constraint ballots_none_says_why check (option_id is not null or reason <> ''),
    constraint ballots_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade,
    constraint ballots_option_fkey foreign key (project_id, option_id) references options (project_id, id)
);
create unique index ballots_one_open on ballots (project_id, escalation_id, person_id) where replaced_at is null;

create table decisions (
    project_id uuid not null constraint decisions_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null,
    -- What kind of question it answers, for gate rules that ask for a recorded decision ('go', 'price', 'quarter_review') and for filters.
    kind text not null,
    title text not null constraint decisions_title_length check (char_length(title) between 1 and 200),
    rationale text not null constraint decisions_rationale_length check (char_length(rationale) between 1 and 10000),
    escalation_id uuid,
    option_id uuid,
    owner_id uuid not null constraint decisions_owner_fkey references people (id),
    review_on date,
    -- How it stood when it was recorded: votes by option, voters, quorum.
    tally jsonb not null default '{}',
    decided_by uuid not null constraint decisions_decider_fkey references people (id),
    decided_at timestamptz not null,
    supersedes_id uuid,
    constraint decisions_pkey primary key (project_id, id),
    constraint decisions_number_unique unique (project_id, number),
    constraint decisions_escalation_once unique (project_id, escalation_id),
    constraint decisions_superseded_once unique (project_id, supersedes_id),
    constraint decisions_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id),
    constraint decisions_option_fkey foreign key (project_id, option_id) references options (project_id, id),
    constraint decisions_supersedes_fkey foreign key (project_id, supersedes_id) references decisions (project_id, id)
);
create trigger decisions_append_only before update on decisions for each row execute function refuse_change();

create table decision_effects (
    project_id uuid not null,
    id uuid not null,
    decision_id uuid not null,
    position smallint not null,
    kind text not null constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'move_milestone')),
    task_id uuid,
    milestone_id uuid,
    before_on date,
    after_on date,
    constraint decision_effects_pkey primary key (project_id, id),
    constraint decision_effects_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id),
    constraint decision_effects_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint decision_effects_milestone_fkey foreign key (project_id, milestone_id) references milestones (project_id, id)
);
create index decision_effects_of_decision on decision_effects (project_id, decision_id, position);
create index decision_effects_of_task on decision_effects (project_id, task_id) where task_id is not null;
create trigger decision_effects_append_only before update on decision_effects for each row execute function refuse_change();
