-- Requirement changes after the scope was agreed: the baseline with its budget, every change, and the one escalation for those
-- beyond the budget. Sizes are kept in half working days.

alter table projects add column next_change_number integer not null default 1;

-- What was agreed to be in scope. Append-only: the one with the highest number is in force.
create table scope_baselines (
    project_id uuid not null constraint scope_baselines_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null constraint scope_baselines_number_positive check (number > 0),
    in_scope text not null constraint scope_baselines_in_scope_length check (char_length(in_scope) between 1 and 10000),
    link text not null default '' constraint scope_baselines_link_length check (char_length(link) <= 2000),
    locked_on date not null,
    -- The two sides that answer changes.
    product_part_id uuid not null,
    rnd_part_id uuid not null,
    budget_halves integer not null constraint scope_baselines_budget_range check (budget_halves between 0 and 4000),
    -- Why it was set anew.
    reason text not null default '' constraint scope_baselines_reason_length check (char_length(reason) <= 2000),
    set_by uuid not null constraint scope_baselines_person_fkey references people (id),
    set_at timestamptz not null,
    constraint scope_baselines_pkey primary key (project_id, id),
    constraint scope_baselines_number_unique unique (project_id, number),
    constraint scope_baselines_product_fkey foreign key (project_id, product_part_id) references parts (project_id, id),
    constraint scope_baselines_rnd_fkey foreign key (project_id, rnd_part_id) references parts (project_id, id),
    constraint scope_baselines_two_sides check (product_part_id <> rnd_part_id),
    constraint scope_baselines_say_why check (number = 1 or reason <> '')
);
create trigger scope_baselines_append_only before update on scope_baselines for each row execute function refuse_change();

-- What decisions say the budget of a baseline is. Append-only: the newest counts.
create table scope_budgets (
    project_id uuid not null,
    id uuid not null,
    baseline_id uuid not null,
    budget_halves integer not null constraint scope_budgets_budget_range check (budget_halves between 0 and 4000),
    decision_id uuid not null,
    set_at timestamptz not null,
    constraint scope_budgets_pkey primary key (project_id, id),
    constraint scope_budgets_baseline_fkey foreign key (project_id, baseline_id) references scope_baselines (project_id, id) on delete cascade,
    constraint scope_budgets_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id)
);
create index scope_budgets_of_baseline on scope_budgets (project_id, baseline_id, set_at desc, id desc);
create trigger scope_budgets_append_only before update on scope_budgets for each row execute function refuse_change();

create table scope_changes (
    project_id uuid not null constraint scope_changes_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null,
    title text not null constraint scope_changes_title_length check (char_length(title) between 1 and 120),
    details text not null default '' constraint scope_changes_details_length check (char_length(details) <= 5000),
    why text not null constraint scope_changes_why_length check (char_length(why) between 1 and 2000),
    -- In whose name it is asked for.
    part_id uuid not null,
    asked_by uuid not null constraint scope_changes_asker_fkey references people (id),
    asked_at timestamptz not null,
    task_id uuid,
    milestone_id uuid,
    state text not null default 'asked' constraint scope_changes_state_known check (state in ('asked', 'sized', 'accepted', 'declined', 'withdrawn', 'over_budget')),
    size_halves integer constraint scope_changes_size_range check (size_halves between 1 and 800),
    -- The day that stood when its effect was stated, and by how many working days it moves.
    task_from_on date,
    task_days smallint constraint scope_changes_task_days_range check (task_days between 0 and 400),
    milestone_from_on date,
    milestone_days smallint constraint scope_changes_milestone_days_range check (milestone_days between 0 and 400),
    product_accepted_at timestamptz,
    rnd_accepted_at timestamptz,
    -- When both sides had accepted it: those that wait for the budget are taken in this order.
    agreed_at timestamptz,
    -- Whose budget it counts in, or would.
    baseline_id uuid,
    escalation_id uuid,
    version integer not null default 1,
    constraint scope_changes_pkey primary key (project_id, id),
    constraint scope_changes_number_unique unique (project_id, number),
    constraint scope_changes_part_fkey foreign key (project_id, part_id) references parts (project_id, id),
    constraint scope_changes_task_fkey foreign key (project_id, task_id) references tasks (project_id, id),
    constraint scope_changes_milestone_fkey foreign key (project_id, milestone_id) references milestones (project_id, id),
    constraint scope_changes_baseline_fkey foreign key (project_id, baseline_id) references scope_baselines (project_id, id),
    constraint scope_changes_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id),
    constraint scope_changes_sized_has_size check (state not in ('sized', 'accepted', 'over_budget') or size_halves is not null),
    constraint scope_changes_agreed_by_both check (
        state not in ('accepted', 'over_budget')
        or (product_accepted_at is not null and rnd_accepted_at is not null and agreed_at is not null and baseline_id is not null)),
    constraint scope_changes_over_budget_has_escalation check (state <> 'over_budget' or escalation_id is not null)
);
create index scope_changes_of_part on scope_changes (project_id, part_id);
create index scope_changes_of_task on scope_changes (project_id, task_id) where task_id is not null;
create index scope_changes_of_milestone on scope_changes (project_id, milestone_id) where milestone_id is not null;
create index scope_changes_open on scope_changes (project_id) where state in ('asked', 'sized', 'over_budget');

create table scope_moves (
    project_id uuid not null,
    id uuid not null,
    change_id uuid not null,
    position smallint not null,
    kind text not null constraint scope_moves_kind_known check (kind in ('asked', 'sized', 'accepted', 'declined', 'withdrawn', 'over_budget', 'taken_in', 'left_out')),
    -- Which side says it.
    side text constraint scope_moves_side_known check (side in ('product', 'rnd')),
    -- Null when the program itself did it.
    by_id uuid constraint scope_moves_person_fkey references people (id),
    size_halves integer,
    note text not null default '' constraint scope_moves_note_length check (char_length(note) <= 2000),
    at timestamptz not null,
    constraint scope_moves_pkey primary key (project_id, id),
    constraint scope_moves_in_order unique (project_id, change_id, position),
    constraint scope_moves_change_fkey foreign key (project_id, change_id) references scope_changes (project_id, id) on delete cascade,
    constraint scope_moves_answers_have_side check (kind not in ('sized', 'accepted', 'declined') or side is not null),
    constraint scope_moves_say_why check (kind <> 'declined' or note <> '')
);
create trigger scope_moves_append_only before update on scope_moves for each row execute function refuse_change();

-- The escalation that changes beyond the budget wait for; one at a time in a project.
create table scope_escalations (
    project_id uuid not null,
    escalation_id uuid not null,
    opened_at timestamptz not null,
    -- When what waited for it was taken in or left out.
    ended_at timestamptz,
    constraint scope_escalations_pkey primary key (project_id, escalation_id),
    constraint scope_escalations_escalation_fkey foreign key (project_id, escalation_id) references escalations (project_id, id) on delete cascade
);
create unique index scope_escalations_one_open on scope_escalations (project_id) where ended_at is null;

-- The baseline in force of each project, with the budget as it stands.
create view scope_current as
    select distinct on (b.project_id) b.project_id, b.id, b.number, b.in_scope, b.link, b.locked_on, b.product_part_id, b.rnd_part_id,
           b.reason, b.set_by, b.set_at, coalesce(raised.budget_halves, b.budget_halves) as budget_halves, raised.decision_id
    from scope_baselines b
    left join lateral (
        select s.budget_halves, s.decision_id from scope_budgets s
        where s.project_id = b.project_id and s.baseline_id = b.id order by s.set_at desc, s.id desc limit 1) raised on true
    order by b.project_id, b.number desc;

-- What the room of requirement changes reads of others.
create view scope_tasks as select project_id, id, number, title, title_zh, part_id, due_on, status from tasks;
create view scope_milestones as select project_id, id, title, title_zh, due_on, reached_at from milestones;
create view scope_escalation_ends as
    select e.project_id, e.id, e.number, e.state, d.number as decision
    from escalations e left join decisions d on d.project_id = e.project_id and d.escalation_id = e.id;

-- The changes that a side owes an answer to, for lists over all projects: its size, or whether it is taken in.
create view open_changes as
    select c.project_id, c.number, c.title, c.why, c.part_id, c.asked_at, owed.part_id as waits_for_part_id, owed.what
    from scope_changes c
    join scope_current b on b.project_id = c.project_id
    cross join lateral (values
        (b.rnd_part_id, 'size_change', c.state = 'asked'),
        (b.product_part_id, 'answer_change', c.state = 'sized' and c.product_accepted_at is null),
        (b.rnd_part_id, 'answer_change', c.state = 'sized' and c.rnd_accepted_at is null)) as owed (part_id, what, is_owed)
    where owed.is_owed and c.state in ('asked', 'sized');

-- Each change with who asked for it, for the ledger.
create view ledger_changes as
    select c.project_id, c.asked_at, c.state, coalesce(c.size_halves, 0) as halves, coalesce(p.department_id::text, p.code) as side
    from scope_changes c join parts p on p.project_id = c.project_id and p.id = c.part_id;

alter table decision_effects
    drop constraint decision_effects_kind_known,
    add constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'assign_task', 'drop_task', 'unblock_task',
        'move_milestone', 'hold_gate', 'waive_gate', 'send_back', 'set_duty', 'move_launch', 'set_budget', 'carry_task', 'carry_milestone',
        'carry_stage'));
