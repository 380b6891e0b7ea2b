-- Goals as gates and health read them. The JSON of a gate's rules stays as it is: figures that the program computes now are told
-- apart when they are read, so that a server of the release before this one goes on asking for a person's word.

-- The objectives in force of many projects, with key results, shares and figures; nothing for a project without any. A function
-- that answers a table is folded into the statement that calls it.
create function goals_of(of_projects uuid[]) returns table (project_id uuid, goals jsonb) language sql stable as $$
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
                       'rows', (select coalesce(jsonb_agg(jsonb_build_object('part', r.part_id, 'owes', r.owes,
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

-- The goals of a project as a field of the facts of a gate, where one of its rules asks for them by one of these words.
create function gate_goals_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
              and part.said #>> '{}' = any (words))
        then coalesce((select jsonb_build_object('goals', found.goals) from goals_of(array[of_project]) found), '{}')
        else '{}' end
$$;
