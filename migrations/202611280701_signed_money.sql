-- What the committee signs off holds for money, too: the newest terms of a commercial plan that name a decision.
create index money_plans_signed on money_plans (project_id, number desc) where decision_id is not null;

alter table decision_effects
    drop constraint decision_effects_kind_known,
    add constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'assign_task', 'drop_task', 'unblock_task',
        'move_milestone', 'move_launch', 'hold_gate', 'waive_gate', 'send_back', 'set_duty', 'set_budget', 'carry_stage', 'carry_task',
        'carry_milestone', 'sign_off_goals', 'set_target', 'drop_key_result', 'set_envelope'));

-- Commercial plans as everything reads them, now with what was signed off.
create or replace function money_of(of_projects uuid[]) returns table (project_id uuid, money jsonb) language sql stable as $$
    select asked.id, jsonb_build_object('number', p.number, 'currency', p.currency, 'decimals', p.decimals, 'starts_on', p.starts_on,
        'months', p.months, 'envelope', p.envelope, 'break_even_on', p.break_even_on, 'reason', p.reason, 'since', p.set_at,
        'decision', (select d.number from goal_decisions d where d.project_id = p.project_id and d.id = p.decision_id),
        'signed', (select jsonb_build_object('envelope', s.envelope, 'break_even_on', s.break_even_on, 'decision', d.number)
            from money_plans s join goal_decisions d on d.project_id = s.project_id and d.id = s.decision_id
            where s.project_id = p.project_id order by s.number desc limit 1),
        'by', (select n.name from person_names n where n.id = p.set_by),
        'by_id', p.set_by,
        'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'name', l.name, 'acquires', l.acquires,
                'position', l.position,
                'plan', (select coalesce(jsonb_agg(jsonb_build_array(f.month, f.amount, f.number) order by f.month), '[]')
                    from standing_money f where f.project_id = l.project_id and f.line_id = l.id and f.sort = 'plan'),
                'actual', (select coalesce(jsonb_agg(jsonb_build_array(f.month, f.amount, f.number) order by f.month), '[]')
                    from standing_money f where f.project_id = l.project_id and f.line_id = l.id and f.sort = 'actual'),
                'forecast', (select coalesce(jsonb_agg(jsonb_build_array(f.month, f.amount, f.number) order by f.month), '[]')
                    from standing_money f where f.project_id = l.project_id and f.line_id = l.id and f.sort = 'forecast')
                ) order by l.position, l.id), '[]')
            from money_lines l where l.project_id = p.project_id and l.dropped_at is null),
        'entered', (select coalesce(jsonb_agg(jsonb_build_object('month', newest.month, 'by', n.name, 'at', newest.set_at) order by newest.month), '[]')
            from (select distinct on (f.month) f.month, f.set_by, f.set_at from money_figures f
                  where f.project_id = p.project_id and f.sort = 'actual' order by f.month, f.set_at desc) newest
            join person_names n on n.id = newest.set_by))
    from unnest(of_projects) as asked (id)
    cross join lateral (select * from money_plans t where t.project_id = asked.id order by t.number desc limit 1) p
$$;
