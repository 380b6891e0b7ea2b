-- What happened: append-only, one line for each thing changed, written in the transaction of the change.

create table events (
    id uuid constraint events_pkey primary key,
    at timestamptz not null,
    project_id uuid,
    actor_id uuid,
    actor_name text not null default '',
    kind text not null,
    -- What it happened to: 'task', its id, and how people call it ('GEO-42').
    subject_kind text not null,
    subject_id uuid not null,
    subject_label text not null default '',
    subject_title text not null default '',
    subject_title_zh text,
    -- Plain values of the fields that changed.
    before jsonb not null default '{}',
    after jsonb not null default '{}',
    request_id text not null default ''
);
create index events_of_project on events (project_id, id desc);
create index events_of_subject on events (subject_id, id desc);
create index events_of_actor on events (actor_id, id desc);
create index events_of_kind on events (kind, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger events_append_only before update or delete on events for each row execute function refuse_change();
create trigger events_never_truncated before truncate on events for each statement execute function refuse_change();
