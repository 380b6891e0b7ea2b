-- Notices: what happened, told to whom it concerns.

-- Events whose hearers have not been told yet: written with the event, taken by a job.
create table news (
    event_id uuid constraint news_pkey primary key
);

-- One line for a thing that somebody should know of; more that happens to it before it was read folds into the line.
create table notices (
    id uuid constraint notices_pkey primary key default gen_random_uuid(),
    person_id uuid not null constraint notices_person_fkey references people (id),
    project_id uuid not null constraint notices_project_fkey references projects (id) on delete cascade,
    subject_id uuid not null,
    -- The latest of them; the sentence is made from it in the reader's language.
    event_id uuid not null,
    -- What people choose letters by.
    topic text not null constraint notices_topic_known check (topic in ('tasks', 'requests', 'escalations', 'decisions', 'project')),
    -- What is wanted from the person, in a word; null when it is for their information.
    want text,
    count integer not null default 1 constraint notices_count_positive check (count > 0),
    at timestamptz not null,
    read_at timestamptz,
    -- When it went out in a letter, at once or in a digest.
    mailed_at timestamptz
);
create unique index notices_unread_once on notices (person_id, subject_id) where read_at is null;
create index notices_unread on notices (person_id, at desc, id desc) where read_at is null;
create index notices_of_person on notices (person_id, at desc, id desc);
create index notices_of_subject on notices (project_id, subject_id);

-- How many lines a person has not read; the side bar stops counting at a hundred.
create function unread_of(of_person uuid) returns table (unread bigint) language sql stable as $$
    select count(*) from (select from notices where person_id = of_person and read_at is null limit 100) as lines
$$;

-- What the notices room reads of people, seats and what was put before whom.
create view notice_seats as
    select seats.id, seats.project_id, seats.person_id, seats.role, seats.part_id
    from seats join people on people.id = seats.person_id and people.deactivated_at is null
    where seats.removed_at is null and (people.role <> 'guest' or seats.role = 'adviser');
create view notice_people as select id, role, email, name, language, time_zone from people where deactivated_at is null;
