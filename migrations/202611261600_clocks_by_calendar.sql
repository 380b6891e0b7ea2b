-- What runs in working time over a span of days, a row a project: open escalations whose step began before it ends and is due
-- after it begins, and requests that wait for an answer likewise. A change of the calendar in that span moves them.
create function clocks_over(begins timestamptz, ends timestamptz)
    returns table (key text, name text, escalations bigint, requests bigint)
    language sql stable as $$
    select projects.key, projects.name, running.escalations, waiting.requests
    from projects
    cross join lateral (
        select count(*) as escalations
        from escalations e
        join escalation_steps s on s.project_id = e.project_id and s.escalation_id = e.id and s.left_at is null
        where e.project_id = projects.id and e.due_at > begins and s.entered_at < ends) running
    cross join lateral (
        select count(*) as requests
        from requests r
        where r.project_id = projects.id and r.answer_due_at > begins
          and ends > (select max(m.at) from request_moves m where m.project_id = r.project_id and m.request_id = r.id)) waiting
    where projects.state = 'active' and (running.escalations > 0 or waiting.requests > 0)
    order by projects.key
$$;
