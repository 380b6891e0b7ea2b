-- Goals: the strategy, objectives with their key results, how these are split, and the figures that say how far they are.
-- Amounts are whole numbers in steps of a series: 10 to the power of minus its decimals.

-- The strategy of a project. Append-only: the one with the highest number is in force.
create table strategies (
    project_id uuid not null constraint strategies_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null constraint strategies_number_positive check (number > 0),
    vision text not null constraint strategies_vision_length check (char_length(vision) between 1 and 400),
    -- How the vision is reached.
    strategy text not null constraint strategies_strategy_length check (char_length(strategy) between 1 and 2000),
    -- Who is it for; why would they want and buy it; what is it and why choose it; what is it worth to the company.
    audience text not null constraint strategies_audience_length check (char_length(audience) between 1 and 1000),
    need text not null constraint strategies_need_length check (char_length(need) between 1 and 1000),
    difference text not null constraint strategies_difference_length check (char_length(difference) between 1 and 1000),
    worth text not null constraint strategies_worth_length check (char_length(worth) between 1 and 1000),
    reason text not null default '' constraint strategies_reason_length check (char_length(reason) <= 1000),
    set_by uuid not null constraint strategies_person_fkey references people (id),
    set_at timestamptz not null,
    constraint strategies_pkey primary key (project_id, id),
    constraint strategies_number_unique unique (project_id, number),
    constraint strategies_say_why check (number = 1 or reason <> '')
);
create trigger strategies_append_only before update on strategies for each row execute function refuse_change();

-- At most three in force in a project: the place says so.
create table objectives (
    project_id uuid not null constraint objectives_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    position smallint not null constraint objectives_at_most_three check (position between 1 and 3),
    title text not null constraint objectives_title_length check (char_length(title) between 1 and 160),
    why text not null default '' constraint objectives_why_length check (char_length(why) <= 1000),
    created_by uuid not null constraint objectives_person_fkey references people (id),
    created_at timestamptz not null,
    dropped_at timestamptz,
    version integer not null default 1,
    constraint objectives_pkey primary key (project_id, id)
);
create unique index objectives_in_place on objectives (project_id, position) where dropped_at is null;

-- A row of figures over time: of a key result, of an indicator, or of both.
create table series (
    project_id uuid not null constraint series_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    measure text not null constraint series_measure_known check (measure in ('additive', 'ratio', 'level')),
    unit_kind text not null constraint series_unit_kind_known check (unit_kind in ('number', 'percent', 'money')),
    -- What is counted (of a ratio: above the line), or the currency.
    unit text not null default '' constraint series_unit_length check (char_length(unit) <= 40),
    -- What a ratio is counted over.
    base_unit text not null default '' constraint series_base_unit_length check (char_length(base_unit) <= 40),
    decimals smallint not null default 0 constraint series_decimals_range check (decimals between 0 and 2),
    cadence text not null default 'month' constraint series_cadence_known check (cadence in ('week', 'month', 'quarter')),
    constraint series_pkey primary key (project_id, id),
    constraint series_money_has_currency check (unit_kind <> 'money' or unit ~ '^[A-Z]{3}$'),
    constraint series_percent_is_no_sum check (unit_kind <> 'percent' or measure <> 'additive'),
    constraint series_ratio_has_base check ((measure = 'ratio') = (base_unit <> ''))
);

-- At most three in force in an objective: the place says so.
create table key_results (
    project_id uuid not null,
    id uuid not null,
    objective_id uuid not null,
    position smallint not null constraint key_results_at_most_three check (position between 1 and 3),
    title text not null constraint key_results_title_length check (char_length(title) between 1 and 160),
    series_id uuid not null,
    -- The department that answers for it.
    part_id uuid not null,
    created_by uuid not null constraint key_results_person_fkey references people (id),
    created_at timestamptz not null,
    dropped_at timestamptz,
    version integer not null default 1,
    -- Counts changes of the split, which many departments read while one edits it.
    split_version integer not null default 1,
    constraint key_results_pkey primary key (project_id, id),
    constraint key_results_objective_fkey foreign key (project_id, objective_id) references objectives (project_id, id) on delete cascade,
    constraint key_results_series_fkey foreign key (project_id, series_id) references series (project_id, id),
    constraint key_results_part_fkey foreign key (project_id, part_id) references parts (project_id, id)
);
create unique index key_results_in_place on key_results (project_id, objective_id, position) where dropped_at is null;
create unique index key_results_series_unique on key_results (project_id, series_id) where dropped_at is null;
create index key_results_of_part on key_results (project_id, part_id);

-- What a key result asks for. Append-only: the one with the highest number is in force.
create table key_result_terms (
    project_id uuid not null,
    key_result_id uuid not null,
    number integer not null constraint key_result_terms_number_positive check (number > 0),
    baseline bigint not null constraint key_result_terms_baseline_range check (baseline between -1000000000000000 and 1000000000000000),
    target bigint not null constraint key_result_terms_target_range check (target between -1000000000000000 and 1000000000000000),
    -- The first month of its split, and the day on which it has to be reached.
    starts_on date not null,
    due_on date not null,
    reason text not null default '' constraint key_result_terms_reason_length check (char_length(reason) <= 1000),
    decision_id uuid,
    set_by uuid not null constraint key_result_terms_person_fkey references people (id),
    set_at timestamptz not null,
    constraint key_result_terms_pkey primary key (project_id, key_result_id, number),
    constraint key_result_terms_key_result_fkey foreign key (project_id, key_result_id) references key_results (project_id, id) on delete cascade,
    constraint key_result_terms_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id),
    constraint key_result_terms_first_of_month check (extract(day from starts_on) = 1),
    constraint key_result_terms_in_order check (due_on >= starts_on),
    constraint key_result_terms_three_years check (due_on < starts_on + interval '36 months')
);
create trigger key_result_terms_append_only before update on key_result_terms for each row execute function refuse_change();

-- The departments that a key result is split over, and what each owes to it in words.
create table share_rows (
    project_id uuid not null,
    key_result_id uuid not null,
    part_id uuid not null,
    owes text not null default '' constraint share_rows_owes_length check (char_length(owes) <= 160),
    constraint share_rows_pkey primary key (project_id, key_result_id, part_id),
    constraint share_rows_key_result_fkey foreign key (project_id, key_result_id) references key_results (project_id, id) on delete cascade,
    constraint share_rows_part_fkey foreign key (project_id, part_id) references parts (project_id, id)
);
create index share_rows_of_part on share_rows (project_id, part_id);

-- The share of one department in one month.
create table shares (
    project_id uuid not null,
    key_result_id uuid not null,
    part_id uuid not null,
    month date not null constraint shares_first_of_month check (extract(day from month) = 1),
    amount bigint not null constraint shares_amount_range check (amount between -1000000000000000 and 1000000000000000),
    -- What a ratio is counted over.
    base bigint constraint shares_base_range check (base between 0 and 1000000000000000),
    set_by uuid not null constraint shares_person_fkey references people (id),
    set_at timestamptz not null,
    decision_id uuid,
    constraint shares_pkey primary key (project_id, key_result_id, part_id, month),
    constraint shares_row_fkey foreign key (project_id, key_result_id, part_id) references share_rows (project_id, key_result_id, part_id) on delete cascade,
    constraint shares_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id)
);

-- How a department reaches its share: its own tasks and milestones.
create table share_links (
    project_id uuid not null,
    id uuid not null,
    key_result_id uuid not null,
    part_id uuid not null,
    task_id uuid,
    milestone_id uuid,
    linked_by uuid not null constraint share_links_person_fkey references people (id),
    linked_at timestamptz not null,
    constraint share_links_pkey primary key (project_id, id),
    constraint share_links_row_fkey foreign key (project_id, key_result_id, part_id) references share_rows (project_id, key_result_id, part_id) on delete cascade,
    constraint share_links_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint share_links_milestone_fkey foreign key (project_id, milestone_id) references milestones (project_id, id),
    constraint share_links_one_thing check ((task_id is null) <> (milestone_id is null))
);
create unique index share_links_once on share_links (project_id, key_result_id, part_id, coalesce(task_id, milestone_id));
create index share_links_of_task on share_links (project_id, task_id) where task_id is not null;
create index share_links_of_milestone on share_links (project_id, milestone_id) where milestone_id is not null;

-- What was really reached in a period, as a department says. Append-only: a correction is a new row that names the old one.
create table entries (
    project_id uuid not null,
    id uuid not null,
    series_id uuid not null,
    part_id uuid not null,
    -- The first day of the week, month or quarter.
    period date not null,
    value bigint not null constraint entries_value_range check (value between -1000000000000000 and 1000000000000000),
    base bigint constraint entries_base_range check (base between 0 and 1000000000000000),
    -- How sure the department is to reach its share, of ten.
    confidence smallint constraint entries_confidence_range check (confidence between 1 and 10),
    note text not null default '' constraint entries_note_length check (char_length(note) <= 280),
    corrects_id uuid,
    entered_by uuid not null constraint entries_person_fkey references people (id),
    entered_at timestamptz not null,
    constraint entries_pkey primary key (project_id, id),
    constraint entries_series_fkey foreign key (project_id, series_id) references series (project_id, id),
    constraint entries_part_fkey foreign key (project_id, part_id) references parts (project_id, id),
    constraint entries_corrects_fkey foreign key (project_id, corrects_id) references entries (project_id, id)
);
create unique index entries_one_a_period on entries (project_id, series_id, part_id, period) where corrects_id is null;
create unique index entries_corrected_once on entries (project_id, corrects_id) where corrects_id is not null;
create trigger entries_append_only before update on entries for each row execute function refuse_change();

-- Running indicators, apart from goals: at most three in force a department.
create table kpis (
    project_id uuid not null,
    id uuid not null,
    part_id uuid not null,
    position smallint not null constraint kpis_at_most_three check (position between 1 and 3),
    title text not null constraint kpis_title_length check (char_length(title) between 1 and 120),
    series_id uuid not null,
    -- Which way is good.
    better text not null constraint kpis_better_known check (better in ('up', 'down')),
    target bigint,
    -- From here on it needs a look, and from here on it is bad.
    warning bigint,
    alarm bigint,
    created_by uuid not null constraint kpis_person_fkey references people (id),
    created_at timestamptz not null,
    retired_at timestamptz,
    version integer not null default 1,
    constraint kpis_pkey primary key (project_id, id),
    constraint kpis_part_fkey foreign key (project_id, part_id) references parts (project_id, id),
    constraint kpis_series_fkey foreign key (project_id, series_id) references series (project_id, id),
    constraint kpis_alarm_beyond_warning check (warning is null or alarm is null or (better = 'up' and alarm <= warning) or (better = 'down' and alarm >= warning))
);
create unique index kpis_in_place on kpis (project_id, part_id, position) where retired_at is null;
create index kpis_of_series on kpis (project_id, series_id);

-- The strategy in force.
create view current_strategies as
    select distinct on (project_id) * from strategies order by project_id, number desc;

-- What each key result in force asks for now.
create view current_key_results as
    select k.project_id, k.id, k.objective_id, k.position, k.title, k.series_id, k.part_id, k.version, k.split_version,
           s.measure, s.unit_kind, s.unit, s.base_unit, s.decimals,
           t.number as terms, t.baseline, t.target, t.starts_on, t.due_on, t.reason, t.decision_id, t.set_at
    from key_results k
    join series s on s.project_id = k.project_id and s.id = k.series_id
    cross join lateral (
        select * from key_result_terms t where t.project_id = k.project_id and t.key_result_id = k.id order by t.number desc limit 1) t
    where k.dropped_at is null;

-- The figures that stand: what was corrected does not.
create view standing_entries as
    select e.* from entries e
    where not exists (select from entries c where c.project_id = e.project_id and c.corrects_id = e.id);
