-- The clock of escalations runs by itself.

alter table escalations
    -- When the clock must be looked at next; null while it stands, and when nothing is left for it to do.
    add column wake_at timestamptz,
    -- Since when it stands because the raiser owes an answer.
    add column paused_at timestamptz,
    add constraint escalations_paused_sleeps check (paused_at is null or wake_at is null);
-- What was open before is looked at once the step is over.
update escalations set wake_at = due_at where due_at is not null;
create index escalations_to_wake on escalations (wake_at, id) where wake_at is not null;

alter table escalation_steps
    -- The limit that the step began with and the working time that its clock stood; null for steps begun before.
    add column limit_minutes integer constraint escalation_steps_limit_positive check (limit_minutes > 0),
    add column paused_minutes integer not null default 0 constraint escalation_steps_paused_not_negative check (paused_minutes >= 0),
    -- The last warning that went out.
    add column warned text constraint escalation_steps_warned_known check (warned in ('half', 'quarter', 'over'));

-- What somebody wants to know from the raiser; the clock stands until it is answered or taken back.
create table escalation_questions (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    asked_by uuid not null constraint escalation_questions_asker_fkey references people (id),
    question text not null constraint escalation_questions_question_length check (char_length(question) between 1 and 2000),
    asked_at timestamptz not null,
    -- Null answer and a time: taken back, or the escalation was closed.
    answer text constraint escalation_questions_answer_length check (char_length(answer) between 1 and 5000),
    ended_by uuid constraint escalation_questions_ender_fkey references people (id),
    ended_at timestamptz,
    constraint escalation_questions_pkey primary key (project_id, id),
    constraint escalation_questions_ended_whole check ((ended_at is null) = (ended_by is null) and (answer is null or ended_at is not null)),
    constraint escalation_questions_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create unique index escalation_questions_one_open on escalation_questions (project_id, escalation_id) where ended_at is null;
create index escalation_questions_of_escalation on escalation_questions (project_id, escalation_id, id);

-- Limits of the administrator's own; a category without a row keeps those of the matrix.
create table escalation_limits (
    category text not null constraint escalation_limits_pkey primary key,
    -- {"liaisons": {"days": 2}, "lead": {"days": 2}, "committee": {"days": 5}}; liaisons may be null.
    limits jsonb not null,
    version integer not null default 1,
    changed_by uuid not null constraint escalation_limits_person_fkey references people (id),
    changed_at timestamptz not null
);
create index escalations_standing on escalations (project_id) where paused_at is not null;
