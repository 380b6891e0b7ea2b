-- Who stands in for the chair: the deputy, while they are a member of the committee.
create view committee_deputies as
    select distinct rules.project_id, rules.deputy_id as person_id, rules.chair_away_until
    from committee_rules rules
    join decision_seats seats on seats.project_id = rules.project_id and seats.person_id = rules.deputy_id and seats.role = 'committee';

-- The side bar tells the deputy what the chair has to record while the chair is away, or has stepped aside from it; the
-- chair is then told only what still waits for their vote.
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
         left join lateral (select rules.deputy_id, coalesce(rules.chair_away_until >= today, false) as is_away from committee_rules rules
                            where rules.project_id = seats.project_id offset 0) rules on true
         where organisation_role <> 'guest' and seats.person_id = of_person and seats.removed_at is null
           and seats.role in ('committee', 'chair')
           and case
               when seats.role = 'chair' and not coalesce(rules.is_away, false) then true
               when seats.role = 'chair' and not exists (select from committee_deputies deputies where deputies.project_id = seats.project_id) then true
               when seats.role = 'committee' and rules.deputy_id = of_person and (rules.is_away or exists (
                   select from asides join seats chairs on chairs.project_id = asides.project_id and chairs.person_id = asides.person_id
                     and chairs.role = 'chair' and chairs.removed_at is null
                   where asides.project_id = seats.project_id and asides.escalation_id = waiting.id and asides.came_back_at is null)) then true
               else not exists (
                   select from ballots where ballots.project_id = seats.project_id
                     and ballots.escalation_id = waiting.id and ballots.person_id = of_person and ballots.replaced_at is null)
               end),
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

-- What the form of a decision reads of a task that waits.
create or replace view decision_tasks as
    select project_id, id, number, title, title_zh, part_id, assignee_id, status, due_on, stage_id, blocked_reason, waits_for_part_id from tasks;

-- The committee's page lists the newest decisions of all projects that a person sees.
create index decisions_by_moment on decisions (decided_at desc, id desc);

-- An escalation ends, and the request that became it goes on: it keeps the escalation until it becomes another one.
alter table requests drop constraint requests_escalated_has_escalation;
alter table requests add constraint requests_escalated_has_escalation check (state <> 'escalated' or escalation_id is not null) not valid;
alter table requests validate constraint requests_escalated_has_escalation;
create or replace view request_escalations as
    select e.project_id, e.id, e.number, e.state, e.outcome, e.closed_at, d.number as decision, d.title as decision_title
    from escalations e
    left join decisions d on d.project_id = e.project_id and d.escalation_id = e.id;
