-- The organisation, its people, how they sign in, its departments and its calendar.

create table organisations (
    id uuid constraint organisations_pkey primary key,
    only_one boolean not null default true constraint organisations_only_one unique constraint organisations_is_one check (only_one),
    name text not null constraint organisations_name_length check (char_length(name) between 1 and 120),
    language text not null constraint organisations_language_known check (language in ('en', 'zh-CN')),
    time_zone text not null,
    -- ISO weekdays, Monday is 1.
    working_days smallint[] not null constraint organisations_working_days_some check (cardinality(working_days) between 1 and 7),
    day_starts time not null default '09:00',
    day_ends time not null default '17:00',
    created_at timestamptz not null,
    version integer not null default 1,
    constraint organisations_day_in_order check (day_starts < day_ends)
);

create table calendar_days (
    day date constraint calendar_days_pkey primary key,
    kind text not null constraint calendar_days_kind_known check (kind in ('holiday', 'working')),
    name text not null default ''
);

create table people (
    id uuid constraint people_pkey primary key,
    email text not null constraint people_email_unique unique constraint people_email_lower check (email = lower(email) and char_length(email) between 3 and 254),
    name text not null constraint people_name_length check (char_length(name) between 1 and 80),
    password_hash text,
    role text not null constraint people_role_known check (role in ('administrator', 'member', 'guest')),
    -- What the person does here, in their own words: "Marketing manager".
    title text not null default '' constraint people_title_length check (char_length(title) <= 120),
    department_id uuid,
    language text constraint people_language_known check (language in ('en', 'zh-CN')),
    time_zone text,
    theme text constraint people_theme_known check (theme in ('light', 'dark')),
    deactivated_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1
);
create index people_department on people (department_id);

create table departments (
    id uuid constraint departments_pkey primary key,
    code text not null constraint departments_code_unique unique constraint departments_code_form check (code ~ '^[A-Z][A-Z0-9]{1,7}$'),
    name_en text not null constraint departments_name_en_length check (char_length(name_en) between 1 and 80),
    name_zh text not null constraint departments_name_zh_length check (char_length(name_zh) between 1 and 80),
    -- The tile: two letters in English, one character in Chinese.
    short_en text not null constraint departments_short_en_length check (char_length(short_en) between 1 and 3),
    short_zh text not null constraint departments_short_zh_length check (char_length(short_zh) between 1 and 2),
    colour smallint not null constraint departments_colour_known check (colour between 1 and 12),
    head_id uuid constraint departments_head_fkey references people (id),
    position integer not null default 0,
    retired_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1
);
create index departments_head on departments (head_id);
alter table people add constraint people_department_fkey foreign key (department_id) references departments (id);

create table sessions (
    id uuid constraint sessions_pkey primary key,
    person_id uuid not null constraint sessions_person_fkey references people (id) on delete cascade,
    -- SHA-256 of the cookie's secret: a copy of the table signs nobody in.
    token_hash bytea not null constraint sessions_token_unique unique,
    user_agent text not null default '',
    address text not null default '',
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create index sessions_expiry on sessions (expires_at);

create table one_time_links (
    id uuid constraint one_time_links_pkey primary key,
    person_id uuid not null constraint one_time_links_person_fkey references people (id) on delete cascade,
    purpose text not null constraint one_time_links_purpose_known check (purpose in ('invitation', 'password_reset')),
    token_hash bytea not null constraint one_time_links_token_unique unique,
    created_by uuid constraint one_time_links_creator_fkey references people (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index one_time_links_person on one_time_links (person_id);

-- Failed sign-ins, counted in windows; a row a key (account or address) and window.
create table sign_in_failures (
    key text not null,
    window_start timestamptz not null,
    count integer not null,
    constraint sign_in_failures_pkey primary key (key, window_start)
);

-- Letters on their way. Sent at least once; the id is the Message-ID, so that doubles can be dropped.
create table outbox (
    id uuid constraint outbox_pkey primary key,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    created_at timestamptz not null,
    next_try_at timestamptz not null,
    tries integer not null default 0,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text
);
create index outbox_waiting on outbox (next_try_at) where sent_at is null and failed_at is null;

-- While the installation is empty, each server process prints a token that opens the set-up page.
create table setup_tokens (
    token_hash bytea constraint setup_tokens_pkey primary key,
    created_at timestamptz not null
);
