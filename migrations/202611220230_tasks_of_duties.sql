-- What the division of labour shows of the work made from it: the projects room reads no table of tasks.
create view tasks_of_duties as
    select tasks.project_id, tasks.duty_id, tasks.number, tasks.title, tasks.title_zh, tasks.status, tasks.part_id
    from tasks
    where tasks.duty_id is not null;
