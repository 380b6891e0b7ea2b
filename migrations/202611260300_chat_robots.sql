-- The robots of group chats that a project tells what happens, and what they were told.

create table chat_robots (
    project_id uuid not null constraint chat_robots_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    name text not null constraint chat_robots_name_length check (char_length(name) between 1 and 60),
    service text not null constraint chat_robots_service_known check (service in ('slack', 'feishu', 'dingtalk', 'wecom')),
    -- Both are secrets: no page, no export, no event and no line of the log shows them.
    address text not null constraint chat_robots_address_length check (char_length(address) between 1 and 1000),
    secret text constraint chat_robots_secret_length check (char_length(secret) between 1 and 200),
    language text not null constraint chat_robots_language_known check (language in ('en', 'zh-CN')),
    topics text[] not null constraint chat_robots_topics_known
        check (topics <@ array['escalations', 'requests', 'gates', 'dates', 'blocked'] and cardinality(topics) > 0),
    -- Why nothing is posted; null while it is.
    pause text constraint chat_robots_pause_known check (pause in ('by_hand', 'refused', 'not_allowed', 'certificate', 'silent')),
    -- What the service called the reason.
    pause_code text,
    -- Events of earlier transactions have been looked at.
    seen_xid xid8 not null default pg_current_xact_id(),
    created_at timestamptz not null,
    version integer not null default 1,
    constraint chat_robots_pkey primary key (project_id, id)
);

-- What waits to be posted, and what was: at most one waits for a robot, so that its chat reads everything in order.
create table chat_posts (
    project_id uuid not null,
    id uuid not null,
    robot_id uuid not null,
    -- What it tells, in order; its words are made from the events when it is sent.
    event_ids uuid[] not null constraint chat_posts_tell_something check (cardinality(event_ids) > 0),
    state text not null default 'waiting' constraint chat_posts_state_known check (state in ('waiting', 'sent', 'given_up', 'dropped')),
    tries integer not null default 0,
    created_at timestamptz not null,
    next_try_at timestamptz not null,
    ended_at timestamptz,
    trouble text constraint chat_posts_trouble_known check (trouble in ('busy', 'unknown', 'unreachable', 'too_slow', 'unreadable')),
    constraint chat_posts_pkey primary key (project_id, id),
    constraint chat_posts_robot_fkey foreign key (project_id, robot_id) references chat_robots (project_id, id) on delete cascade,
    constraint chat_posts_ended_when_over check ((state = 'waiting') = (ended_at is null))
);
create unique index chat_posts_one_waiting on chat_posts (project_id, robot_id) where state = 'waiting';
create index chat_posts_due on chat_posts (next_try_at) where state = 'waiting';
create index chat_posts_of_robot on chat_posts (project_id, robot_id, ended_at desc) where state = 'sent';
create index chat_posts_over on chat_posts (ended_at) where state <> 'waiting';

-- What the chats room reads of requests: when a promised task was moved beyond its day.
create view promise_slips as
    select requests.project_id, requests.promised_task_id as task_id, request_overruns.at
    from requests
    join request_overruns on request_overruns.project_id = requests.project_id and request_overruns.request_id = requests.id;
