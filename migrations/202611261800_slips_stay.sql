-- What counts as a slip of a promise: a move of its task further out than it has been since the promise, while the task
-- belongs to the department that promised; and a day that passed without such a move, also once another one is agreed on.

-- Each such move, with the place of the promise that stood.
create view request_moves_beyond as
    select r.project_id, r.id as request_id, e.at, (e.after ->> 'due_on')::date as due_on, promise.day as promised_on, promise.position
    from requests r
    join parts asked on asked.project_id = r.project_id and asked.id = r.to_part_id
    join tasks t on t.project_id = r.project_id and t.id = r.promised_task_id
    join events e on e.subject_id = r.promised_task_id and e.project_id = r.project_id and e.subject_kind = 'task' and e.after ->> 'due_on' is not null
    cross join lateral (
        select m.day, m.position from request_moves m
        where m.project_id = r.project_id and m.request_id = r.id and m.kind in ('accepted', 'agreed', 'redated') and m.at <= e.at
        order by m.position desc limit 1) promise
    where (e.after ->> 'due_on')::date > promise.day
      and not exists (
          select from events f
          where f.subject_id = e.subject_id and f.project_id = e.project_id and f.subject_kind = 'task' and f.id < e.id
            and f.after ->> 'due_on' is not null and (f.after ->> 'due_on')::date >= (e.after ->> 'due_on')::date
            and f.at >= (select min(m.at) from request_moves m
                         where m.project_id = r.project_id and m.request_id = r.id and m.kind in ('accepted', 'agreed')))
      -- Whose task it was then: the next hand-over says it, else it is theirs who have it now.
      and coalesce((
          select f.before -> 'department' in (to_jsonb(asked.name_en), jsonb_build_object('en', asked.name_en, 'zh', asked.name_zh))
          from events f
          where f.subject_id = e.subject_id and f.project_id = e.project_id and f.subject_kind = 'task' and f.id > e.id and f.before ? 'department'
          order by f.id limit 1), t.part_id = r.to_part_id);

-- One row a slip that stays: those moves, and each day that passed before another one was agreed on.
create or replace view request_overruns as
    select project_id, request_id, at, due_on, promised_on from request_moves_beyond
    union all
    select r.project_id, r.id, next.at, null, m.day
    from requests r
    join parts asked on asked.project_id = r.project_id and asked.id = r.to_part_id
    join tasks t on t.project_id = r.project_id and t.id = r.promised_task_id
    join request_moves m on m.project_id = r.project_id and m.request_id = r.id and m.kind in ('accepted', 'agreed', 'redated')
    cross join lateral (
        select n.at from request_moves n
        where n.project_id = r.project_id and n.request_id = r.id and n.kind = 'redated' and n.position > m.position
        order by n.position limit 1) next
    where m.day < (next.at at time zone (select time_zone from organisations limit 1))::date
      and not exists (select from request_moves_beyond b where b.project_id = r.project_id and b.request_id = r.id and b.position = m.position)
      and coalesce((
          select f.before -> 'department' in (to_jsonb(asked.name_en), jsonb_build_object('en', asked.name_en, 'zh', asked.name_zh))
          from events f
          where f.subject_id = r.promised_task_id and f.project_id = r.project_id and f.subject_kind = 'task' and f.at > next.at and f.before ? 'department'
          order by f.id limit 1), t.part_id = r.to_part_id);

-- Of each request: the slips that stay, and whether the day that stands now adds one once it has passed.
create view request_slips as
    select r.project_id, r.id as request_id,
           (select count(*) from request_overruns o where o.project_id = r.project_id and o.request_id = r.id) as overruns,
           coalesce(t.part_id = r.to_part_id, false) and not exists (
               select from request_moves_beyond b
               where b.project_id = r.project_id and b.request_id = r.id
                 and b.position = (select max(m.position) from request_moves m
                                   where m.project_id = r.project_id and m.request_id = r.id and m.kind in ('accepted', 'agreed', 'redated'))) as late_counts
    from requests r
    left join tasks t on t.project_id = r.project_id and t.id = r.promised_task_id;

create or replace view task_requests as
    select r.project_id, t.task_id, t.is_promise, r.number, r.title, r.state, r.from_part_id, r.to_part_id, r.answer_due_at, r.promised_on,
           s.overruns, coalesce(p.status, '') as promised_status, p.done_at as promised_done_at, s.late_counts
    from requests r
    cross join lateral (values (r.promised_task_id, true), (r.task_id, false)) as t (task_id, is_promise)
    join request_slips s on s.project_id = r.project_id and s.request_id = r.id
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id
    where t.task_id is not null;

create or replace view open_requests as
    select r.project_id, r.number, r.title, r.state, r.from_part_id, r.to_part_id, asker.kind as from_kind, r.asked_at, r.answer_due_at, r.promised_on,
           s.overruns, coalesce(p.status = 'dropped', false) as is_dropped, s.late_counts, r.wanted_on, r.offered_on
    from requests r
    join parts asker on asker.project_id = r.project_id and asker.id = r.from_part_id
    join request_slips s on s.project_id = r.project_id and s.request_id = r.id
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id
    where r.state in ('asked', 'countered') or r.state = 'accepted' and p.status <> 'done';

create or replace view ledger_requests as
    select r.project_id, r.asked_at, r.state, r.promised_on,
           coalesce(f.department_id::text, f.code) as from_side, coalesce(o.department_id::text, o.code) as to_side,
           (select min(m.at) from request_moves m where m.project_id = r.project_id and m.request_id = r.id
              and m.kind in ('accepted', 'countered', 'declined')) as answered_at,
           case when p.status = 'done' then p.done_at end as done_at, coalesce(p.status = 'dropped', false) as is_dropped,
           case when r.promised_task_id is null then 0 else s.overruns end as overruns, s.late_counts
    from requests r
    join parts f on f.project_id = r.project_id and f.id = r.from_part_id
    join parts o on o.project_id = r.project_id and o.id = r.to_part_id
    join request_slips s on s.project_id = r.project_id and s.request_id = r.id
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id;
