-- A decision can end the block of the task that its escalation is about.
alter table decision_effects
    drop constraint decision_effects_kind_known,
    add constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'move_milestone', 'unblock_task'));

-- From which status a task was blocked, each time it was; the newest line by id says where it goes back to.
create view task_blocks as
    select id, project_id, subject_id as task_id, before ->> 'status' as status
    from events
    where kind = 'task.status_changed' and after ->> 'status' = 'blocked';

-- What the work room reads of an escalation about a task, also after it was closed: how it ended.
create or replace view task_escalations as
    select e.project_id, e.task_id, e.id as escalation_id, e.number, e.question, e.state, e.due_at, e.closed_at,
           d.number as decision_number, d.title as decision_title
    from escalations e
    left join decisions d on d.project_id = e.project_id and d.escalation_id = e.id
    where e.task_id is not null;
