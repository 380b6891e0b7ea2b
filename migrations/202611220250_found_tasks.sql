-- The tasks of a project that meet the conditions in the address: one place for the board, the list and their counts.
-- A plain SQL function without side effects, so that the planner works it into the statement that reads from it.
-- A condition that is null does not count.
create function found_tasks(of_project uuid, words text, of_number integer, of_part uuid, of_person uuid, is_unassigned boolean,
                            of_stage uuid, of_milestone uuid, due_from date, due_until date)
    returns setof tasks language sql stable as $$
    select tasks.* from tasks
    where tasks.project_id = of_project
      and (words is null or strpos(lower(tasks.title), words) > 0 or strpos(lower(tasks.title_zh), words) > 0 or tasks.number = of_number)
      and (of_part is null or tasks.part_id = of_part)
      and (of_person is null or tasks.assignee_id = of_person)
      and (not is_unassigned or tasks.assignee_id is null)
      and (of_stage is null or tasks.stage_id = of_stage)
      and (of_milestone is null or tasks.milestone_id = of_milestone)
      and (due_from is null or tasks.due_on >= due_from)
      and (due_until is null or tasks.due_on <= due_until)
$$;

-- The lane "done" shows the most recent ones first.
create index tasks_done_recently on tasks (project_id, done_at desc) where status = 'done';
