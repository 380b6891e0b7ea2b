-- The decisions that moved a task or a milestone say when they were made.
create or replace view task_decisions as
    select effects.project_id, effects.task_id, decisions.number, decisions.title, effects.kind, effects.before_on, effects.after_on,
           later.number as superseded_by, decisions.decided_at
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    left join decisions later on later.project_id = decisions.project_id and later.supersedes_id = decisions.id
    where effects.task_id is not null;
create or replace view milestone_decisions as
    select effects.project_id, effects.milestone_id, decisions.number, decisions.title, effects.before_on, effects.after_on,
           decisions.decided_at
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    where effects.milestone_id is not null;
