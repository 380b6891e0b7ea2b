-- Direct requests between departments: what is asked, every move about it, and what other rooms read of them.

alter table projects add column next_request_number integer not null default 1;
alter table organisations add column requests_escalate_by_themselves boolean not null default false;

create table requests (
    project_id uuid not null constraint requests_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null,
    title text not null constraint requests_title_length check (char_length(title) between 1 and 120),
    details text not null default '' constraint requests_details_length check (char_length(details) <= 5000),
    from_part_id uuid not null,
    to_part_id uuid not null,
    -- The asker's own task or milestone that it is for.
    task_id uuid,
    milestone_id uuid,
    wanted_on date not null,
    asked_by uuid not null constraint requests_asker_fkey references people (id),
    asked_at timestamptz not null,
    state text not null default 'asked' constraint requests_state_known check (state in ('asked', 'countered', 'accepted', 'declined', 'withdrawn', 'escalated')),
    -- The asker did not take the first refusal; the next one is the second.
    is_insisted boolean not null default false,
    -- Until when whoever owes the next step has to answer.
    answer_due_at timestamptz,
    -- What the department asked offers instead, and the task it would do it with.
    offered_on date,
    offered_task_id uuid,
    -- What was agreed on last; every day that was ever agreed on stands in request_moves.
    promised_on date,
    promised_task_id uuid,
    escalation_id uuid,
    version integer not null default 1,
    constraint requests_pkey primary key (project_id, id),
    constraint requests_number_unique unique (project_id, number),
    constraint requests_from_fkey foreign key (project_id, from_part_id) references parts (project_id, id),
    constraint requests_to_fkey foreign key (project_id, to_part_id) references parts (project_id, id),
    constraint requests_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint requests_milestone_fkey foreign key (project_id, milestone_id) references milestones (project_id, id),
    constraint requests_offered_task_fkey foreign key (project_id, offered_task_id) references tasks (project_id, id),
    constraint requests_promised_task_fkey foreign key (project_id, promised_task_id) references tasks (project_id, id),
    constraint requests_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id),
    constraint requests_two_sides check (from_part_id <> to_part_id),
    constraint requests_for_one_thing check (task_id is null or milestone_id is null),
    constraint requests_open_has_due check ((state in ('asked', 'countered')) = (answer_due_at is not null)),
    constraint requests_countered_has_day check (state <> 'countered' or offered_on is not null),
    constraint requests_accepted_has_promise check ((state = 'accepted') = (promised_on is not null and promised_task_id is not null)),
    constraint requests_escalated_has_escalation check ((state = 'escalated') = (escalation_id is not null))
);
create index requests_of_from_part on requests (project_id, from_part_id);
create index requests_of_to_part on requests (project_id, to_part_id);
create index requests_of_task on requests (project_id, task_id) where task_id is not null;
create index requests_of_promised_task on requests (project_id, promised_task_id) where promised_task_id is not null;
create index requests_due on requests (answer_due_at) where state = 'asked';
create index requests_refused_twice on requests (project_id) where state in ('countered', 'declined') and is_insisted;

create table request_moves (
    project_id uuid not null,
    id uuid not null,
    request_id uuid not null,
    position smallint not null,
    kind text not null constraint request_moves_kind_known check (kind in ('asked', 'accepted', 'countered', 'declined', 'agreed', 'insisted', 'redated', 'withdrawn', 'escalated')),
    -- Null when the program itself did it.
    by_id uuid constraint request_moves_person_fkey references people (id),
    -- The day that is asked for, offered or agreed on.
    day date,
    note text not null default '' constraint request_moves_note_length check (char_length(note) <= 2000),
    at timestamptz not null,
    constraint request_moves_pkey primary key (project_id, id),
    constraint request_moves_in_order unique (project_id, request_id, position),
    constraint request_moves_request_fkey foreign key (project_id, request_id) references requests (project_id, id) on delete cascade,
    constraint request_moves_day_present check ((kind in ('asked', 'accepted', 'countered', 'agreed', 'insisted', 'redated')) = (day is not null)),
    constraint request_moves_say_why check (kind not in ('countered', 'declined', 'insisted') or note <> '')
);
create trigger request_moves_append_only before update on request_moves for each row execute function refuse_change();

-- What the requests room reads of others.
create view request_tasks as
    select project_id, id, number, title, title_zh, part_id, status, due_on, done_at, blocked_reason, waits_for_part_id from tasks;
create view request_milestones as select project_id, id, title, title_zh, due_on, reached_at from milestones;
create view request_escalations as select project_id, id, number from escalations;
create view request_projects as select id, state from projects;

-- Each time when a promised task was moved beyond the day that was agreed on at that time: one row a slip.
create view request_overruns as
    select r.project_id, r.id as request_id, e.at, (e.after ->> 'due_on')::date as due_on, promise.day as promised_on
    from requests r
    join events e on e.subject_id = r.promised_task_id and e.project_id = r.project_id and e.subject_kind = 'task' and e.after ->> 'due_on' is not null
    cross join lateral (
        select m.day from request_moves m
        where m.project_id = r.project_id and m.request_id = r.id and m.kind in ('accepted', 'agreed', 'redated') and m.at <= e.at
        order by m.position desc limit 1) promise
    where (e.after ->> 'due_on')::date > promise.day;

-- The requests that a task is the promise of, and those that are for it.
create view task_requests as
    select r.project_id, t.task_id, t.is_promise, r.number, r.title, r.state, r.from_part_id, r.to_part_id, r.answer_due_at, r.promised_on,
           (select count(*) from request_overruns o where o.project_id = r.project_id and o.request_id = r.id) as overruns,
           coalesce(p.status, '') as promised_status, p.done_at as promised_done_at
    from requests r
    cross join lateral (values (r.promised_task_id, true), (r.task_id, false)) as t (task_id, is_promise)
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id
    where t.task_id is not null;

-- The requests that somebody waits for, for lists over all projects.
create view open_requests as
    select r.project_id, r.number, r.title, r.state, r.from_part_id, r.to_part_id, asker.kind as from_kind, r.asked_at, r.answer_due_at, r.promised_on,
           (select count(*) from request_overruns o where o.project_id = r.project_id and o.request_id = r.id) as overruns,
           coalesce(p.status = 'dropped', false) as is_dropped
    from requests r
    join parts asker on asker.project_id = r.project_id and asker.id = r.from_part_id
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id
    where r.state in ('asked', 'countered') or r.state = 'accepted' and p.status <> 'done';
