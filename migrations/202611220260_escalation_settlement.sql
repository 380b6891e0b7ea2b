-- What one side proposes as a settlement while the liaisons have the question; the other side's liaison confirms it.
alter table escalations
    add column proposal text not null default '' constraint escalations_proposal_length check (char_length(proposal) <= 5000),
    add column proposal_part_id uuid,
    add column proposed_by uuid constraint escalations_proposer_fkey references people (id),
    add column proposed_at timestamptz,
    add constraint escalations_proposal_part_fkey foreign key (project_id, proposal_part_id) references parts (project_id, id),
    add constraint escalations_proposal_whole check ((proposal <> '') = (proposal_part_id is not null) and (proposal <> '') = (proposed_by is not null)
                                                     and (proposal <> '') = (proposed_at is not null));
-- A small guard for the committee page: what is open, and what a person voted on.
create index escalations_with_committee on escalations (due_at) where state = 'with_committee';
create index ballots_of_person on ballots (person_id, escalation_id) where replaced_at is null;

-- Cast ballots are never edited; only their closing is noted, once.
create function refuse_ballot_change() returns trigger language plpgsql as $$
begin
    if old.replaced_at is not null or (to_jsonb(new) - 'replaced_at') <> (to_jsonb(old) - 'replaced_at') then
        raise exception 'rows of ballots are never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger ballots_append_only before update on ballots for each row execute function refuse_ballot_change();

-- What the decisions room reads of other rooms, by name.
create view decision_people as select id, name, title, role, deactivated_at is null as is_active from people;
create view decision_seats as
    select seats.project_id, seats.person_id, people.name, seats.role, seats.part_id, seats.capacity, seats.created_at
    from seats join people on people.id = seats.person_id where seats.removed_at is null;
create view decision_tasks as select project_id, id, number, title, title_zh, part_id, assignee_id, status, due_on from tasks;
create view decision_milestones as select project_id, id, title, title_zh, due_on, reached_at from milestones;
create view decision_projects as select id, key, name, state, quorum from projects;

-- What the work room reads of this one: the disagreements that a task is about.
create view task_escalations as
    select project_id, task_id, id as escalation_id, number, question, state, due_at from escalations where task_id is not null;
