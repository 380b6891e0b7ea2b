-- Letters about what happens: what a person wants to have by mail, and when.

create table letter_settings (
    person_id uuid constraint letter_settings_pkey primary key constraint letter_settings_person_fkey references people (id) on delete cascade,
    -- What waits for the person.
    waits text not null default 'at_once' constraint letter_settings_waits_known check (waits in ('at_once', 'digest', 'never')),
    tasks text not null default 'digest' constraint letter_settings_tasks_known check (tasks in ('digest', 'never')),
    requests text not null default 'digest' constraint letter_settings_requests_known check (requests in ('digest', 'never')),
    escalations text not null default 'digest' constraint letter_settings_escalations_known check (escalations in ('digest', 'never')),
    decisions text not null default 'digest' constraint letter_settings_decisions_known check (decisions in ('digest', 'never')),
    project text not null default 'digest' constraint letter_settings_project_known check (project in ('digest', 'never')),
    -- The hour of the daily letter on the person's clock.
    digest_hour smallint not null default 8 constraint letter_settings_hour_known check (digest_hour between 0 and 23),
    -- The day, on the person's clock, of the last daily letter.
    digested_on date,
    -- What the links that end letters are signed with; it opens nothing else.
    secret uuid not null default gen_random_uuid(),
    version integer not null default 1
);

-- Letters that can be ended with one click name the address that does it.
alter table outbox add column unsubscribe_url text;
