-- Tasks and milestones.

create table milestones (
    project_id uuid not null constraint milestones_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    stage_id uuid,
    -- title_zh stands only while the title is a blueprint's own; what people write has one side.
    title text not null constraint milestones_title_length check (char_length(title) between 1 and 200),
    title_zh text,
    baseline_on date not null,
    due_on date not null,
    reached_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    constraint milestones_pkey primary key (project_id, id),
    constraint milestones_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id)
);
create index milestones_by_date on milestones (project_id, due_on);

create table tasks (
    project_id uuid not null constraint tasks_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null,
    title text not null constraint tasks_title_length check (char_length(title) between 1 and 200),
    title_zh text,
    description text not null default '' constraint tasks_description_length check (char_length(description) <= 20000),
    part_id uuid not null,
    assignee_id uuid constraint tasks_assignee_fkey references people (id),
    status text not null default 'todo' constraint tasks_status_known check (status in ('todo', 'doing', 'review', 'blocked', 'done', 'dropped')),
    priority text not null default 'normal' constraint tasks_priority_known check (priority in ('low', 'normal', 'high', 'urgent')),
    starts_on date,
    due_on date,
    baseline_due_on date,
    stage_id uuid,
    milestone_id uuid,
    duty_id uuid,
    blocked_reason text not null default '' constraint tasks_blocked_reason_length check (char_length(blocked_reason) <= 500),
    -- For whom a blocked task waits.
    waits_for_part_id uuid,
    blocked_since timestamptz,
    comment_count integer not null default 0,
    created_by uuid not null constraint tasks_creator_fkey references people (id),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    -- When the responsible person last said that it is on track.
    reviewed_at timestamptz,
    done_at timestamptz,
    version integer not null default 1,
    constraint tasks_pkey primary key (project_id, id),
    constraint tasks_number_unique unique (project_id, number),
    constraint tasks_part_fkey foreign key (project_id, part_id) references parts (project_id, id),
    constraint tasks_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id),
    constraint tasks_milestone_fkey foreign key (project_id, milestone_id) references milestones (project_id, id),
    constraint tasks_duty_fkey foreign key (project_id, duty_id) references duties (project_id, id),
    constraint tasks_waits_for_fkey foreign key (project_id, waits_for_part_id) references parts (project_id, id),
    constraint tasks_blocked_says_why check ((status = 'blocked') = (blocked_reason <> '')),
    constraint tasks_dates_in_order check (starts_on is null or due_on is null or starts_on <= due_on)
);
create index tasks_on_board on tasks (project_id, status, due_on, number);
create index tasks_of_assignee on tasks (assignee_id, due_on) where status not in ('done', 'dropped');
create index tasks_of_duty on tasks (project_id, duty_id) where duty_id is not null;

create table task_dependencies (
    project_id uuid not null,
    task_id uuid not null,
    waits_on_id uuid not null,
    constraint task_dependencies_pkey primary key (project_id, task_id, waits_on_id),
    constraint task_dependencies_task_fkey foreign key (project_id, task_id) references tasks (project_id, id) on delete cascade,
    constraint task_dependencies_waits_on_fkey foreign key (project_id, waits_on_id) references tasks (project_id, id) on delete cascade,
    constraint task_dependencies_not_itself check (task_id <> waits_on_id)
);
create index task_dependencies_back on task_dependencies (project_id, waits_on_id);

create table task_watchers (
    project_id uuid not null,
    task_id uuid not null,
    person_id uuid not null constraint task_watchers_person_fkey references people (id),
    constraint task_watchers_pkey primary key (project_id, task_id, person_id),
    constraint task_watchers_task_fkey foreign key (project_id, task_id) references tasks (project_id, id) on delete cascade
);
create index task_watchers_of_person on task_watchers (person_id);

create table task_comments (
    project_id uuid not null,
    id uuid not null,
    task_id uuid not null,
    author_id uuid not null constraint task_comments_author_fkey references people (id),
    body text not null constraint task_comments_body_length check (char_length(body) between 1 and 10000),
    created_at timestamptz not null,
    constraint task_comments_pkey primary key (project_id, id),
    constraint task_comments_task_fkey foreign key (project_id, task_id) references tasks (project_id, id) on delete cascade
);
create index task_comments_of_task on task_comments (project_id, task_id, id);

create table task_mentions (
    project_id uuid not null,
    comment_id uuid not null,
    person_id uuid not null constraint task_mentions_person_fkey references people (id),
    -- When the person mentioned opened the task after it.
    seen_at timestamptz,
    constraint task_mentions_pkey primary key (project_id, comment_id, person_id),
    constraint task_mentions_comment_fkey foreign key (project_id, comment_id) references task_comments (project_id, id) on delete cascade
);
create index task_mentions_unseen on task_mentions (person_id, comment_id) where seen_at is null;
