-- Thanks from person to person, for a task, a request or a decision. Append-only.
create table thanks (
    project_id uuid not null constraint thanks_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    from_id uuid not null constraint thanks_from_fkey references people (id),
    to_id uuid not null constraint thanks_to_fkey references people (id),
    task_id uuid,
    request_id uuid,
    decision_id uuid,
    note text not null constraint thanks_note_length check (char_length(note) between 1 and 280),
    given_at timestamptz not null,
    constraint thanks_pkey primary key (project_id, id),
    constraint thanks_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint thanks_request_fkey foreign key (project_id, request_id) references requests (project_id, id),
    constraint thanks_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id),
    constraint thanks_for_one_thing check (num_nonnulls(task_id, request_id, decision_id) = 1),
    constraint thanks_for_others check (from_id <> to_id)
);
create index thanks_by_time on thanks (project_id, given_at desc, id desc);
-- Once a person for the same thing: more would be a count.
create unique index thanks_once on thanks (project_id, from_id, to_id, coalesce(task_id, request_id, decision_id));
create trigger thanks_append_only before update on thanks for each row execute function refuse_change();

-- What can be thanked for, with who did it where one person did.
create view thanked_things as
    select t.project_id, t.id, 'task' as kind, t.number, t.title, t.title_zh, t.assignee_id as by_id from tasks t
    union all
    select r.project_id, r.id, 'request', r.number, r.title, null, seats.person_id
    from requests r
    left join lateral (
        select s.person_id from seats s
        where s.project_id = r.project_id and s.part_id = r.to_part_id and s.role = 'liaison' and s.removed_at is null
        order by s.created_at limit 1) seats on true
    union all
    select d.project_id, d.id, 'decision', d.number, d.title, null, d.decided_by from decisions d;

-- Who can be thanked: everybody with a seat but guests.
create view thanked_people as
    select distinct seats.project_id, people.id as person_id, people.name
    from seats join people on people.id = seats.person_id
    where seats.removed_at is null and people.deactivated_at is null and people.role <> 'guest';
