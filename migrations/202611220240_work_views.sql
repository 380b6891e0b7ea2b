-- What the work room reads of other rooms.

-- Whose name stands beside a task or a comment.
create view person_names as
    select id, name, deactivated_at is null as is_active from people;

-- Who can have a task: everybody with a seat that takes part (advisers and viewers do not).
create view task_takers as
    select seats.project_id, people.id as person_id, people.name,
           coalesce(array_agg(distinct seats.part_id) filter (where seats.part_id is not null), '{}') as part_ids
    from seats
    join people on people.id = seats.person_id and people.deactivated_at is null
    where seats.removed_at is null and seats.role not in ('adviser', 'viewer')
    group by seats.project_id, people.id, people.name;

-- The decisions that made a task or moved it, newest first by number.
create view task_decisions as
    select effects.project_id, effects.task_id, decisions.number, decisions.title, effects.kind, effects.before_on, effects.after_on
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    where effects.task_id is not null;

-- The decisions that moved a milestone.
create view milestone_decisions as
    select effects.project_id, effects.milestone_id, decisions.number, decisions.title, effects.before_on, effects.after_on
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    where effects.milestone_id is not null;
create index decision_effects_of_milestone on decision_effects (project_id, milestone_id) where milestone_id is not null;
create index tasks_of_milestone on tasks (project_id, milestone_id) where milestone_id is not null;

-- The stages of a project by name, in their order.
create view stage_names as
    select project_id, id, position, name_en, name_zh, state = 'current' as is_current from stages;

-- Every task by its number and title, for sentences about it.
create view task_names as
    select project_id, id, number, title, title_zh from tasks;

-- Whom a comment can mention: everybody with a seat who sees the whole project.
create view task_mentionables as
    select distinct seats.project_id, people.id as person_id, people.name
    from seats
    join people on people.id = seats.person_id and people.deactivated_at is null and people.role <> 'guest'
    where seats.removed_at is null and seats.role <> 'adviser';

-- The division of labour behind a task.
create view task_letters as
    select project_id, duty_id, part_id, letter from duty_letters;
