-- Browsers in which a person has signed in before: their guesses are counted apart from those of strangers, so that
-- nobody can lock a person out of their own account by guessing at it.

create table known_browsers (
    -- SHA-256 of the cookie's secret.
    token_hash bytea not null,
    person_id uuid not null constraint known_browsers_person_fkey references people (id) on delete cascade,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    constraint known_browsers_pkey primary key (token_hash, person_id)
);
create index known_browsers_person on known_browsers (person_id);
create index known_browsers_age on known_browsers (seen_at);

-- When the latest of a window's failures was: the next try waits from there.
alter table sign_in_failures add column last_at timestamptz;
create index sign_in_failures_age on sign_in_failures (window_start);
