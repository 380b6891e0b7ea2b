-- What the ledger reads of the rooms below it: every disagreement between two departments once, and what became of requests.

create index escalations_raised on escalations (raised_at);
create index requests_asked_at on requests (asked_at);
create index request_moves_declined on request_moves (project_id, request_id, at) where kind = 'declined';

-- Each escalation, and each declined request that did not become one. A side is its department, or its code without one.
create view ledger_cases as
    select e.project_id, e.number, e.kind, e.raised_at as at, e.closed_at,
           coalesce(f.department_id::text, f.code) as from_side, coalesce(o.department_id::text, o.code) as to_side,
           case e.state
               when 'decided' then 'committee'
               when 'withdrawn' then 'withdrawn'
               when 'settled' then coalesce((select s.step from escalation_steps s where s.project_id = e.project_id and s.escalation_id = e.id
                                             order by array_position(array['committee', 'lead', 'liaisons'], s.step) limit 1), 'lead')
               else 'open'
           end as step,
           (select coalesce(sum(s.paused_minutes), 0) from escalation_steps s
            where s.project_id = e.project_id and s.escalation_id = e.id) as paused_minutes
    from escalations e
    join parts f on f.project_id = e.project_id and f.id = e.from_part_id
    join parts o on o.project_id = e.project_id and o.id = e.to_part_id
    union all
    select r.project_id, r.number, null, m.at, null,
           coalesce(f.department_id::text, f.code), coalesce(o.department_id::text, o.code),
           case r.state when 'withdrawn' then 'withdrawn' when 'asked' then 'open' when 'countered' then 'open' else 'liaisons' end,
           0
    from (select project_id, request_id, min(at) as at from request_moves where kind = 'declined' group by project_id, request_id) m
    join requests r on r.project_id = m.project_id and r.id = m.request_id and r.state <> 'escalated'
    join parts f on f.project_id = r.project_id and f.id = r.from_part_id
    join parts o on o.project_id = r.project_id and o.id = r.to_part_id;

-- Each request with its first answer and what became of its promise.
create view ledger_requests as
    select r.project_id, r.asked_at, r.state, r.promised_on,
           coalesce(f.department_id::text, f.code) as from_side, coalesce(o.department_id::text, o.code) as to_side,
           (select min(m.at) from request_moves m where m.project_id = r.project_id and m.request_id = r.id
              and m.kind in ('accepted', 'countered', 'declined')) as answered_at,
           case when p.status = 'done' then p.done_at end as done_at, coalesce(p.status = 'dropped', false) as is_dropped,
           case when r.promised_task_id is null then 0
                else (select count(*) from request_overruns o where o.project_id = r.project_id and o.request_id = r.id) end as overruns
    from requests r
    join parts f on f.project_id = r.project_id and f.id = r.from_part_id
    join parts o on o.project_id = r.project_id and o.id = r.to_part_id
    left join tasks p on p.project_id = r.project_id and p.id = r.promised_task_id;

-- Every side that there can be, over all projects.
create view ledger_sides as
    select id::text as side, name_en, name_zh, short_en, short_zh, colour, position from departments
    union all
    (select code, name_en, name_zh, short_en, short_zh, colour, -2 from parts where kind = 'lead' order by project_id desc limit 1)
    union all
    (select code, name_en, name_zh, short_en, short_zh, colour, -1 from parts where kind = 'committee' order by project_id desc limit 1);
