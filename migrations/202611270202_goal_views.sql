-- What the room of goals reads of others.
create view goal_tasks as
    select t.project_id, t.id, t.number, t.title, t.title_zh, t.part_id, t.status, t.due_on from tasks t;
create view goal_milestones as select m.project_id, m.id, m.title, m.title_zh, m.due_on, m.reached_at from milestones m;
create view goal_decisions as select d.project_id, d.id, d.number from decisions d;
create view goal_parts as select p.project_id, p.id, p.position from parts p;
