-- A decision about a day says nothing about the target. What it leaves open goes on being held against what was signed off before; null
-- where the row itself says it.
alter table key_result_terms add column held_baseline bigint, add column held_target bigint, add column held_starts_on date, add column held_due_on date;
create or replace view signed_key_results as
    select distinct on (project_id, key_result_id) project_id, key_result_id, number, coalesce(held_baseline, baseline) as baseline,
           coalesce(held_target, target) as target, coalesce(held_starts_on, starts_on) as starts_on, coalesce(held_due_on, due_on) as due_on,
           decision_id, set_at, signed_title, signed_part_id
    from key_result_terms where decision_id is not null order by project_id, key_result_id, number desc;

alter table money_plans add column held_break_even_on date;

-- Objectives as they were proposed; null in proposals of an earlier release.
alter table goal_proposals add column objectives text constraint goal_proposals_objectives_hex check (objectives ~ '^[0-9a-f]{32}$');
create or replace view current_goal_proposals as
    select distinct on (p.project_id) p.project_id, p.id, p.number, p.fingerprint, p.note, p.proposed_at, person.name as proposed_by,
           s.signed_at, s.decision_id, p.objectives
    from goal_proposals p
    join person_names person on person.id = p.proposed_by
    left join goal_sign_offs s on s.project_id = p.project_id and s.proposal_id = p.id
    order by p.project_id, p.number desc;

-- Commercial plans as everything reads them, now held against the day of break-even that was signed off.
create or replace function money_of(of_projects uuid[]) returns table (project_id uuid, money jsonb) language sql stable as $$
    select asked.id, jsonb_build_object('number', p.number, 'currency', p.currency, 'decimals', p.decimals, 'starts_on', p.starts_on,
        'months', p.months, 'envelope', p.envelope, 'break_even_on', p.break_even_on, 'reason', p.reason, 'since', p.set_at,
        'decision', (select d.number from goal_decisions d where d.project_id = p.project_id and d.id = p.decision_id),
        'signed', (select jsonb_build_object('envelope', s.envelope, 'break_even_on', coalesce(s.held_break_even_on, s.break_even_on), 'decision', d.number)
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
