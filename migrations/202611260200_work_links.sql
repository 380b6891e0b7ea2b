-- Links in daily letters: each opens the form of My work of one person without a password, for some days, and nothing else.

create table work_links (
    -- SHA-256 of the secret in the letter; the secret itself is kept nowhere.
    token_hash bytea constraint work_links_pkey primary key,
    person_id uuid not null constraint work_links_person_fkey references people (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint work_links_end_later check (expires_at > created_at)
);
create index work_links_open on work_links (person_id) where revoked_at is null;
create index work_links_by_end on work_links (expires_at);

-- Whether a person wants such links at all.
alter table letter_settings add column work_link boolean not null default true;
