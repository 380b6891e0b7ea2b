-- The committee signs off the goals that the lead proposes. What was signed off is what a key result asks for by a decision: the
-- newest terms that name one. Everything the lead changes afterwards is held against these.

-- What the lead put before the committee. Append-only: the one with the highest number counts.
create table goal_proposals (
    project_id uuid not null constraint goal_proposals_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null constraint goal_proposals_number_positive check (number > 0),
    -- Of everything that was proposed: what differs from it later was changed.
    fingerprint text not null constraint goal_proposals_fingerprint_hex check (fingerprint ~ '^[0-9a-f]{32}$'),
    note text not null default '' constraint goal_proposals_note_length check (char_length(note) <= 1000),
    proposed_by uuid not null constraint goal_proposals_person_fkey references people (id),
    proposed_at timestamptz not null,
    constraint goal_proposals_pkey primary key (project_id, id),
    constraint goal_proposals_number_unique unique (project_id, number)
);
create trigger goal_proposals_append_only before update on goal_proposals for each row execute function refuse_change();

-- The decision that signed a proposal off. Append-only.
create table goal_sign_offs (
    project_id uuid not null,
    proposal_id uuid not null,
    decision_id uuid not null,
    signed_by uuid not null constraint goal_sign_offs_person_fkey references people (id),
    signed_at timestamptz not null,
    constraint goal_sign_offs_pkey primary key (project_id, proposal_id),
    constraint goal_sign_offs_proposal_fkey foreign key (project_id, proposal_id) references goal_proposals (project_id, id) on delete cascade,
    constraint goal_sign_offs_decision_fkey foreign key (project_id, decision_id) references decisions (project_id, id)
);
create index goal_sign_offs_of_decision on goal_sign_offs (project_id, decision_id);
create trigger goal_sign_offs_append_only before update on goal_sign_offs for each row execute function refuse_change();

-- What was signed off is also what a key result is called, and who answers for it; said only of terms that name a decision.
alter table key_result_terms
    add column signed_title text,
    add column signed_part_id uuid,
    add constraint key_result_terms_signed_part_fkey foreign key (project_id, signed_part_id) references parts (project_id, id);

-- A decision says something about a key result.
alter table decision_effects
    add column key_result_id uuid,
    drop constraint decision_effects_kind_known,
    add constraint decision_effects_kind_known check (kind in ('create_task', 'move_task', 'assign_task', 'drop_task', 'unblock_task',
        'move_milestone', 'move_launch', 'hold_gate', 'waive_gate', 'send_back', 'set_duty', 'set_budget', 'carry_stage', 'carry_task',
        'carry_milestone', 'sign_off_goals', 'set_target', 'drop_key_result')),
    add constraint decision_effects_key_result_fkey foreign key (project_id, key_result_id) references key_results (project_id, id);
create index decision_effects_of_key_result on decision_effects (project_id, key_result_id) where key_result_id is not null;

-- What was signed off last of each key result.
create view signed_key_results as
    select distinct on (project_id, key_result_id) project_id, key_result_id, number, baseline, target, starts_on, due_on, decision_id, set_at,
           signed_title, signed_part_id
    from key_result_terms where decision_id is not null order by project_id, key_result_id, number desc;
create index key_result_terms_signed on key_result_terms (project_id, key_result_id, number desc) where decision_id is not null;

-- The newest proposal of each project, with the decision that signed it off.
create view current_goal_proposals as
    select distinct on (p.project_id) p.project_id, p.id, p.number, p.fingerprint, p.note, p.proposed_at, person.name as proposed_by,
           s.signed_at, s.decision_id
    from goal_proposals p
    join person_names person on person.id = p.proposed_by
    left join goal_sign_offs s on s.project_id = p.project_id and s.proposal_id = p.id
    order by p.project_id, p.number desc;

-- What a decision reads of key results.
create view decision_key_results as
    select k.project_id, k.id, k.title, k.position, o.position as objective, k.dropped_at
    from key_results k join objectives o on o.project_id = k.project_id and o.id = k.objective_id;

-- Goals as everything reads them, now with what was signed off and since when a share stands as it does.
create or replace function goals_of(of_projects uuid[]) returns table (project_id uuid, goals jsonb) language sql stable as $$
    select asked.id, found.goals
    from unnest(of_projects) as asked (id)
    cross join lateral (
        select jsonb_agg(jsonb_build_object('id', o.id, 'position', o.position, 'title', o.title, 'why', o.why, 'version', o.version,
               'key_results', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'position', k.position, 'title', k.title,
                       'series_id', k.series_id, 'part', k.part_id, 'version', k.version, 'split_version', k.split_version,
                       'scale', jsonb_build_object('measure', k.measure, 'unit_kind', k.unit_kind, 'unit', k.unit, 'base_unit', k.base_unit,
                           'decimals', k.decimals),
                       'terms', k.terms, 'baseline', k.baseline, 'target', k.target, 'starts_on', k.starts_on, 'due_on', k.due_on,
                       'reason', k.reason, 'since', k.set_at,
                       'decision', (select d.number from goal_decisions d where d.project_id = k.project_id and d.id = k.decision_id),
                       'by', (select p.name from key_result_terms t join person_names p on p.id = t.set_by
                              where t.project_id = k.project_id and t.key_result_id = k.id and t.number = k.terms),
                       'signed', (select jsonb_build_object('baseline', s.baseline, 'target', s.target, 'starts_on', s.starts_on,
                               'due_on', s.due_on, 'title', s.signed_title, 'part', s.signed_part_id, 'decision', d.number, 'at', s.set_at)
                           from signed_key_results s join goal_decisions d on d.project_id = s.project_id and d.id = s.decision_id
                           where s.project_id = k.project_id and s.key_result_id = k.id),
                       'rows', (select coalesce(jsonb_agg(jsonb_build_object('part', r.part_id, 'owes', r.owes,
                               'since', (select jsonb_build_object('at', s.set_at, 'by', p.name, 'decision', d.number)
                                   from shares s join person_names p on p.id = s.set_by
                                   left join goal_decisions d on d.project_id = s.project_id and d.id = s.decision_id
                                   where s.project_id = r.project_id and s.key_result_id = r.key_result_id and s.part_id = r.part_id
                                   order by s.set_at desc, d.number nulls first limit 1),
                               'cells', (select coalesce(jsonb_agg(jsonb_build_object('month', s.month, 'amount', s.amount,
                                       'base', coalesce(s.base, 0)) order by s.month), '[]')
                                   from shares s where s.project_id = r.project_id and s.key_result_id = r.key_result_id and s.part_id = r.part_id),
                               'links', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'task', l.task_id, 'milestone', l.milestone_id,
                                       'number', t.number, 'title', coalesce(t.title, m.title), 'title_zh', coalesce(t.title_zh, m.title_zh),
                                       'due_on', coalesce(t.due_on, m.due_on),
                                       'is_done', coalesce(t.status = 'done', m.reached_at is not null)) order by coalesce(t.due_on, m.due_on), l.id), '[]')
                                   from share_links l
                                   left join goal_tasks t on t.project_id = l.project_id and t.id = l.task_id
                                   left join goal_milestones m on m.project_id = l.project_id and m.id = l.milestone_id
                                   where l.project_id = r.project_id and l.key_result_id = r.key_result_id and l.part_id = r.part_id)
                               ) order by p.position), '[]')
                           from share_rows r join goal_parts p on p.project_id = r.project_id and p.id = r.part_id
                           where r.project_id = k.project_id and r.key_result_id = k.id),
                       'entries', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'part', e.part_id, 'period', e.period, 'value', e.value,
                               'base', coalesce(e.base, 0), 'confidence', e.confidence, 'note', e.note, 'by', p.name, 'at', e.entered_at,
                               'is_correction', e.corrects_id is not null) order by e.period, e.entered_at), '[]')
                           from standing_entries e join person_names p on p.id = e.entered_by
                           where e.project_id = k.project_id and e.series_id = k.series_id)
                   ) order by k.position), '[]')
                   from current_key_results k where k.project_id = o.project_id and k.objective_id = o.id)
           ) order by o.position) as goals
           from objectives o where o.project_id = asked.id and o.dropped_at is null) found
    where found.goals is not null
$$;
