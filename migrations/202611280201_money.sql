-- The commercial plan of a project: what it sells, earns and spends by month, as planned, as it was and as it is expected.
-- Amounts are whole numbers in steps: 10 to the power of minus the decimals of the plan; units are counted in ones.

-- What the plan stands on. Append-only: the one with the highest number is in force.
create table money_plans (
    project_id uuid not null constraint money_plans_project_fkey references projects (id) on delete cascade,
    number integer not null constraint money_plans_number_positive check (number > 0),
    currency text not null constraint money_plans_currency_code check (currency ~ '^[A-Z]{3}$'),
    decimals smallint not null constraint money_plans_decimals_range check (decimals between 0 and 2),
    starts_on date not null constraint money_plans_first_of_month check (extract(day from starts_on) = 1),
    months smallint not null constraint money_plans_three_years check (months between 1 and 36),
    -- What may be spent over all months.
    envelope bigint not null constraint money_plans_envelope_range check (envelope between 0 and 1000000000000000),
    -- The day on which the running total is to be no longer negative, as somebody recorded it.
    break_even_on date,
    reason text not null default '' constraint money_plans_reason_length check (char_length(reason) <= 1000),
    decision_id uuid,
    set_by uuid not null constraint money_plans_person_fkey references people (id),
    set_at timestamptz not null,
    constraint money_plans_pkey primary key (project_id, number),
    constraint money_plans_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id),
    constraint money_plans_say_why check (number = 1 or reason <> '')
);
create trigger money_plans_append_only before update on money_plans for each row execute function refuse_change();

-- What is sold, earned and spent: at most twelve in force in a project, one of units and one of recurring revenue among them.
create table money_lines (
    project_id uuid not null constraint money_lines_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    kind text not null constraint money_lines_kind_known check (kind in ('units', 'revenue', 'cost', 'arr')),
    name text not null constraint money_lines_name_length check (char_length(name) between 1 and 80),
    -- A cost that wins customers.
    acquires boolean not null default false,
    position smallint not null constraint money_lines_at_most_twelve check (position between 1 and 12),
    dropped_at timestamptz,
    version integer not null default 1,
    constraint money_lines_pkey primary key (project_id, id),
    constraint money_lines_costs_acquire check (kind = 'cost' or not acquires)
);
create unique index money_lines_one_of_a_kind on money_lines (project_id, kind) where dropped_at is null and kind in ('units', 'arr');

-- A figure of a line in a month. Append-only: the one with the highest number stands; without an amount nothing is said any more.
create table money_figures (
    project_id uuid not null,
    line_id uuid not null,
    sort text not null constraint money_figures_sort_known check (sort in ('plan', 'actual', 'forecast')),
    month date not null constraint money_figures_first_of_month check (extract(day from month) = 1),
    number integer not null constraint money_figures_number_positive check (number > 0),
    amount bigint constraint money_figures_amount_range check (amount between -1000000000000000 and 1000000000000000),
    decision_id uuid,
    set_by uuid not null constraint money_figures_person_fkey references people (id),
    set_at timestamptz not null,
    constraint money_figures_pkey primary key (project_id, line_id, sort, month, number),
    constraint money_figures_line_fkey foreign key (project_id, line_id) references money_lines (project_id, id) on delete cascade,
    constraint money_figures_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id)
);
create trigger money_figures_append_only before update on money_figures for each row execute function refuse_change();

-- Whether anything has changed since the alarm was last looked at.
create table money_watches (
    project_id uuid constraint money_watches_pkey primary key
        constraint money_watches_project_fkey references projects (id) on delete cascade,
    is_stale boolean not null default true
);
create index money_watches_stale on money_watches (project_id) where is_stale;

-- The escalations that the alarm opened, with what it knew then; never a second while one is open.
create table money_alarms (
    project_id uuid not null,
    escalation_id uuid not null,
    -- The newest month that was reported.
    reported_on date constraint money_alarms_first_of_month check (extract(day from reported_on) = 1),
    -- The day of break-even that was expected; null for none within the plan.
    expected_on date,
    opened_at timestamptz not null,
    ended_at timestamptz,
    constraint money_alarms_pkey primary key (project_id, escalation_id),
    constraint money_alarms_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create unique index money_alarms_one_open on money_alarms (project_id) where ended_at is null;

-- The figures that stand.
create view standing_money as
    select distinct on (project_id, line_id, sort, month) * from money_figures order by project_id, line_id, sort, month, number desc;

-- What the alarm reads of others.
create view money_escalations as
    select e.project_id, e.id, e.number, e.state in ('with_liaisons', 'with_lead', 'with_committee') as is_open from escalations e;
create view money_projects as select p.id, p.state = 'active' as is_active from projects p;
create view money_speakers as
    select s.project_id, s.person_id, s.role, p.code from seats s
    left join parts p on p.project_id = s.project_id and p.id = s.part_id
    where s.removed_at is null and s.role in ('gtm_lead', 'liaison');

-- The commercial plans of many projects, with lines and figures; nothing for a project without one. A function that answers a
-- table is folded into the statement that calls it.
create function money_of(of_projects uuid[]) returns table (project_id uuid, money jsonb) language sql stable as $$
    select asked.id, jsonb_build_object('number', p.number, 'currency', p.currency, 'decimals', p.decimals, 'starts_on', p.starts_on,
        'months', p.months, 'envelope', p.envelope, 'break_even_on', p.break_even_on, 'reason', p.reason, 'since', p.set_at,
        'decision', (select d.number from goal_decisions d where d.project_id = p.project_id and d.id = p.decision_id),
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

-- The commercial plan as a field of the facts of a gate, where one of its rules asks for it by one of these words.
create function gate_money_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
              and part.said #>> '{}' = any (words))
        then coalesce((select jsonb_build_object('money', found.money) from money_of(array[of_project]) found), '{}')
        else '{}' end
$$;
