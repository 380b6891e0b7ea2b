-- How a project's committee decides. A project without a row has the defaults.
create table committee_rules (
    project_id uuid not null constraint committee_rules_pkey primary key constraint committee_rules_project_fkey references projects (id) on delete cascade,
    rule text not null default 'chair' constraint committee_rules_rule_known check (rule in ('chair', 'majority', 'consent')),
    hides_results boolean not null default false,
    deputy_id uuid constraint committee_rules_deputy_fkey references people (id),
    -- The last day on which the chair is away.
    chair_away_until date,
    version integer not null default 1
);

-- Members with an interest step aside from one question, and may come back before it is decided. A row is closed once,
-- never edited.
create table asides (
    project_id uuid not null,
    id uuid not null,
    escalation_id uuid not null,
    person_id uuid not null constraint asides_person_fkey references people (id),
    reason text not null constraint asides_reason_length check (char_length(reason) between 1 and 500),
    since timestamptz not null,
    came_back_at timestamptz,
    constraint asides_pkey primary key (project_id, id),
    constraint asides_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create unique index asides_one_open on asides (project_id, escalation_id, person_id) where came_back_at is null;

create function refuse_aside_change() returns trigger language plpgsql as $$
begin
    if old.came_back_at is not null or (to_jsonb(new) - 'came_back_at') <> (to_jsonb(old) - 'came_back_at') then
        raise exception 'rows of asides are never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger asides_append_only before update on asides for each row execute function refuse_aside_change();

-- The side bar counts no question from which its reader has stepped aside.
create or replace function side_bar_of(of_person uuid, organisation_role text, today date)
    returns table (my_work bigint, to_decide bigint, sits_on_committee boolean, projects jsonb) language sql stable as $$
    select
        (select count(*) from tasks
         cross join lateral (select from projects where projects.id = tasks.project_id and projects.state = 'active' offset 0) active
         where organisation_role <> 'guest' and tasks.assignee_id = of_person
           and tasks.status not in ('done', 'dropped') and tasks.due_on <= today),
        (select count(*) from seats
         cross join lateral (select from projects where projects.id = seats.project_id and projects.state <> 'archived' offset 0) kept
         cross join lateral (select escalations.id from escalations
                             where escalations.project_id = seats.project_id and escalations.state = 'with_committee'
                               and not exists (select from asides where asides.project_id = escalations.project_id
                                                 and asides.escalation_id = escalations.id and asides.person_id = of_person
                                                 and asides.came_back_at is null) offset 0) waiting
         where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
           and seats.role in ('committee', 'chair')
           and (seats.role = 'chair' or not exists (
               select from ballots where ballots.project_id = seats.project_id
                 and ballots.escalation_id = waiting.id and ballots.person_id = of_person and ballots.replaced_at is null))),
        exists (select from seats where seats.person_id = of_person and seats.removed_at is null
                  and (seats.role = 'adviser' or seats.role in ('committee', 'chair') and organisation_role <> 'guest'))
            or exists (select from escalation_guests where escalation_guests.person_id = of_person),
        (select coalesce(jsonb_agg(jsonb_build_object('key', own.key, 'name', own.name, 'health', health_of.health) order by own.name), '[]')
         from (select held.project_id, found.key, found.name, found.state from
                   (select seats.project_id, bool_or(seats.role = 'gtm_lead') as leads from seats
                    where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
                      and seats.role <> 'adviser'
                    group by seats.project_id) held
               cross join lateral (select projects.key, projects.name, projects.state, projects.created_at from projects
                                   where projects.id = held.project_id offset 0) found
               where found.state = 'active' or found.state = 'draft' and held.leads
               order by found.created_at desc limit 8) own,
              health_of(own.project_id, own.state, today))
$$;

-- What the committee's page reads of the two sides of a question.
create view decision_parts as select project_id, id, name_en, name_zh, short_en, short_zh, colour from parts;
