-- What the committee has in front of it, version by version: frozen when the committee gets it, and once more with every
-- change since. A ballot names the version it was cast on; those of before have none and count as cast on the first.
create table pack_versions (
    project_id uuid not null,
    escalation_id uuid not null,
    version integer not null constraint pack_versions_counts check (version > 0),
    content jsonb not null,
    -- SHA-256 of the content's canonical form, in hexadecimal.
    hash text not null constraint pack_versions_hash_form check (hash ~ '^[0-9a-f]{64}$'),
    -- What it has that the version before had not.
    changes jsonb not null default '[]',
    -- The newest version in which options, answers or criteria changed: ballots cast on older ones are out of date.
    choices_since integer not null constraint pack_versions_choices_known check (choices_since between 1 and version),
    -- Nobody where the clock passed it on.
    made_by uuid constraint pack_versions_person_fkey references people (id),
    made_at timestamptz not null,
    constraint pack_versions_pkey primary key (project_id, escalation_id, version),
    constraint pack_versions_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create trigger pack_versions_append_only before update on pack_versions for each row execute function refuse_change();

alter table ballots add column pack_version integer constraint ballots_pack_version_counts check (pack_version > 0);

-- The earlier disagreements of the same two departments, A×B as B×A.
create index escalations_of_pair on escalations (project_id, least(from_part_id, to_part_id), greatest(from_part_id, to_part_id), number);
