-- Decisions that change more of the plan: gates held and waived, stages taken back, duties given to others, the launch moved.

-- What a decision says about a gate. Append-only: the newest hold of a gate counts, and the newest waiver of a rule or of
-- the whole gate. A hold keeps the gate closed before its day; a waiver counts up to and on its day.
create table gate_rulings (
    project_id uuid not null constraint gate_rulings_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    stage_id uuid not null,
    -- The rule that is waived; null for the whole gate.
    rule_id uuid,
    kind text not null constraint gate_rulings_kind_known check (kind in ('hold', 'waiver')),
    until_on date not null,
    decision_id uuid not null,
    ruled_at timestamptz not null,
    constraint gate_rulings_pkey primary key (project_id, id),
    constraint gate_rulings_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id) on delete cascade,
    constraint gate_rulings_rule_fkey foreign key (project_id, rule_id) references gate_rules (project_id, id) on delete cascade,
    constraint gate_rulings_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id),
    constraint gate_rulings_hold_is_whole check (kind = 'waiver' or rule_id is null)
);
create index gate_rulings_of_stage on gate_rulings (project_id, stage_id, ruled_at desc, id desc);
create trigger gate_rulings_append_only before update on gate_rulings for each row execute function refuse_change();

-- Effects of more kinds. `carry_task`, `carry_milestone` and `carry_stage` are dates that moved along with another effect.
alter table decision_effects
    drop constraint decision_effects_kind_known,
    add constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'assign_task', 'drop_task', 'unblock_task',
        'move_milestone', 'hold_gate', 'waive_gate', 'send_back', 'set_duty', 'move_launch', 'carry_task', 'carry_milestone', 'carry_stage')),
    add column stage_id uuid,
    add column rule_id uuid,
    add column duty_id uuid,
    -- What it was and what it became, in words: a text, or one in each language.
    add column before_text jsonb,
    add column after_text jsonb,
    add constraint decision_effects_stage_fkey foreign key (project_id, stage_id) references stages (project_id, id),
    add constraint decision_effects_rule_fkey foreign key (project_id, rule_id) references gate_rules (project_id, id),
    add constraint decision_effects_duty_fkey foreign key (project_id, duty_id) references duties (project_id, id);
create index decision_effects_of_stage on decision_effects (project_id, stage_id) where stage_id is not null;
create index decision_effects_of_duty on decision_effects (project_id, duty_id) where duty_id is not null;

-- What the committee says when a decision comes back on its day. Append-only.
create table decision_reviews (
    project_id uuid not null,
    id uuid not null,
    decision_id uuid not null,
    note text not null constraint decision_reviews_note_length check (char_length(note) between 1 and 5000),
    -- When to look at it again; null for no more.
    next_on date,
    reviewed_by uuid not null constraint decision_reviews_person_fkey references people (id),
    reviewed_at timestamptz not null,
    constraint decision_reviews_pkey primary key (project_id, id),
    constraint decision_reviews_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id) on delete cascade
);
create index decision_reviews_of_decision on decision_reviews (project_id, decision_id, reviewed_at desc, id desc);
create trigger decision_reviews_append_only before update on decision_reviews for each row execute function refuse_change();

-- Every decision in force that is looked at again on a day: the one of its last review, else its own.
create view decision_returns as
    select decisions.project_id, decisions.id as decision_id, decisions.number, decisions.title, decisions.owner_id, due.review_on
    from decisions
    cross join lateral (
        select case when last.id is null then decisions.review_on else last.next_on end as review_on
        from (select 1) as one
        left join lateral (
            select decision_reviews.id, decision_reviews.next_on from decision_reviews
            where decision_reviews.project_id = decisions.project_id and decision_reviews.decision_id = decisions.id
            order by decision_reviews.reviewed_at desc, decision_reviews.id desc limit 1) as last on true
    ) as due
    where due.review_on is not null
      and not exists (select from decisions later where later.project_id = decisions.project_id and later.supersedes_id = decisions.id);
create index decisions_of_owner on decisions (owner_id);

-- Which decisions changed a stage or its gate, a duty, the day of launch.
create view stage_decisions as
    select effects.project_id, coalesce(effects.stage_id, milestones.stage_id) as stage_id, decisions.number, decisions.title,
           effects.kind, effects.before_on, effects.after_on
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    left join milestones on milestones.project_id = effects.project_id and milestones.id = effects.milestone_id and milestones.kind = 'gate'
    where effects.stage_id is not null or milestones.stage_id is not null;
create view duty_decisions as
    select effects.project_id, effects.duty_id, decisions.number, decisions.title
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    where effects.duty_id is not null;
-- The newest decision that the day of launch stands on, while nobody has moved it since.
create view launch_decisions as
    select distinct on (effects.project_id) effects.project_id, decisions.number, decisions.title
    from decision_effects effects
    join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
    join projects on projects.id = effects.project_id and projects.launches_on = effects.after_on
    left join milestones on milestones.project_id = effects.project_id and milestones.id = effects.milestone_id
    where effects.kind = 'move_launch' or (effects.kind = 'move_milestone' and milestones.kind = 'launch')
    order by effects.project_id, decisions.number desc;

-- Of one stage (the current one when none is named): what decisions say about its gate, the newest first, and which day it
-- is where the organisation works.
create function gate_rulings_of(of_project uuid, of_stage text, moment timestamptz) returns jsonb language sql stable as $$
    with stage as (
        select stages.id from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
        order by stages.position limit 1
    ), newest as (
        select distinct on (gate_rulings.kind, gate_rulings.rule_id) gate_rulings.*
        from gate_rulings join stage on stage.id = gate_rulings.stage_id
        where gate_rulings.project_id = of_project
        order by gate_rulings.kind, gate_rulings.rule_id, gate_rulings.ruled_at desc, gate_rulings.id desc
    )
    select jsonb_build_object(
        'today', (select (moment at time zone organisations.time_zone)::date from organisations limit 1),
        'changed_by', (select coalesce(jsonb_agg(distinct_numbers.number order by distinct_numbers.number desc), '[]') from (
                select distinct stage_decisions.number from stage_decisions join stage on stage.id = stage_decisions.stage_id
                where stage_decisions.project_id = of_project order by 1 desc limit 5) as distinct_numbers),
        'rulings', (select coalesce(jsonb_agg(jsonb_build_object('kind', newest.kind, 'rule_id', newest.rule_id, 'until_on', newest.until_on,
                'decision', decisions.number, 'is_voted', decisions.escalation_id is not null) order by newest.ruled_at desc, newest.id desc), '[]')
            from newest join decisions on decisions.project_id = newest.project_id and decisions.id = newest.decision_id))
$$;

-- What the decisions room reads of other rooms, by name.
create or replace view decision_tasks as
    select project_id, id, number, title, title_zh, part_id, assignee_id, status, due_on, stage_id from tasks;
create view decision_departments as
    select people.id as person_id, departments.name_en, departments.name_zh
    from people join departments on departments.id = people.department_id;
create view decision_stages as
    select project_id, id, position, code, name_en, name_zh, is_launch, state, starts_on, ends_on from stages;
create view decision_gate_rules as
    select project_id, id, stage_id, position, text_en, text_zh, checks from gate_rules;
create view decision_duties as
    select duties.project_id, duties.id, duties.stage_id, duties.position, duties.code, duties.title_en, duties.title_zh,
           (select coalesce(jsonb_agg(jsonb_build_object('part_id', held.part_id, 'letter', held.letter)), '[]') from duty_letters held
            where held.project_id = duties.project_id and held.duty_id = duties.id) as letters
    from duties;
