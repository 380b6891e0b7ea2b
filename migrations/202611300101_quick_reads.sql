-- Goals as everything reads them, written down once: as text, a month as [month, amount, base], each part of it built a
-- single time. With nine key results over twelve departments and three years this is a fifth of the time.
create function goals_json_of(of_projects uuid[]) returns table (project_id uuid, goals json) language sql stable as $$
    select asked.id, found.goals
    from unnest(of_projects) as asked (id)
    cross join lateral (
        select json_agg(json_build_object('id', o.id, 'position', o.position, 'title', o.title, 'why', o.why, 'version', o.version,
               'key_results', (select coalesce(json_agg(json_build_object('id', k.id, 'position', k.position, 'title', k.title,
                       'series_id', k.series_id, 'part', k.part_id, 'version', k.version, 'split_version', k.split_version,
                       'scale', json_build_object('measure', k.measure, 'unit_kind', k.unit_kind, 'unit', k.unit, 'base_unit', k.base_unit,
                           'decimals', k.decimals),
                       'terms', k.terms, 'baseline', k.baseline, 'target', k.target, 'starts_on', k.starts_on, 'due_on', k.due_on,
                       'reason', k.reason, 'since', k.set_at,
                       'decision', (select d.number from goal_decisions d where d.project_id = k.project_id and d.id = k.decision_id),
                       'by', (select p.name from key_result_terms t join person_names p on p.id = t.set_by
                              where t.project_id = k.project_id and t.key_result_id = k.id and t.number = k.terms),
                       'signed', (select json_build_object('baseline', s.baseline, 'target', s.target, 'starts_on', s.starts_on,
                               'due_on', s.due_on, 'title', s.signed_title, 'part', s.signed_part_id, 'decision', d.number, 'at', s.set_at)
                           from signed_key_results s join goal_decisions d on d.project_id = s.project_id and d.id = s.decision_id
                           where s.project_id = k.project_id and s.key_result_id = k.id),
                       'rows', (select coalesce(json_agg(json_build_object('part', r.part_id, 'owes', r.owes,
                               'since', (select json_build_object('at', s.set_at, 'by', p.name, 'decision', d.number)
                                   from shares s join person_names p on p.id = s.set_by
                                   left join goal_decisions d on d.project_id = s.project_id and d.id = s.decision_id
                                   where s.project_id = r.project_id and s.key_result_id = r.key_result_id and s.part_id = r.part_id
                                   order by s.set_at desc, d.number nulls first limit 1),
                               'cells', (select coalesce(json_agg(json_build_array(s.month, s.amount, coalesce(s.base, 0)) order by s.month), '[]')
                                   from shares s where s.project_id = r.project_id and s.key_result_id = r.key_result_id and s.part_id = r.part_id),
                               'links', (select coalesce(json_agg(json_build_object('id', l.id, 'task', l.task_id, 'milestone', l.milestone_id,
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
                       'entries', (select coalesce(json_agg(json_build_object('id', e.id, 'part', e.part_id, 'period', e.period, 'value', e.value,
                               'base', coalesce(e.base, 0), 'confidence', e.confidence, 'note', e.note, 'by', p.name, 'at', e.entered_at,
                               'is_correction', e.corrects_id is not null) order by e.period, e.entered_at), '[]')
                           from standing_entries e join person_names p on p.id = e.entered_by
                           where e.project_id = k.project_id and e.series_id = k.series_id)
                   ) order by k.position), '[]')
                   from current_key_results k where k.project_id = o.project_id and k.objective_id = o.id)
           ) order by o.position)  as goals
           from objectives o where o.project_id = asked.id and o.dropped_at is null
           having count(*) > 0) found
$$;

-- The same for the facts of gates, which are one jsonb.
create or replace function goals_of(of_projects uuid[]) returns table (project_id uuid, goals jsonb) language sql stable as $$
    select project_id, goals::jsonb from goals_json_of(of_projects)
$$;

-- What surrounds the tasks of a board. It asks by the project alone, so one plan serves all of them: without the setting
-- PostgreSQL plans anew for each reading of a project that is smaller than most.
create function board_surroundings(of_project uuid) returns table (stages jsonb, milestones jsonb, people jsonb, mark bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query
    select (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name_en', name_en, 'name_zh', name_zh, 'is_current', is_current)
                       order by position), '[]')
               from stage_names where project_id = of_project),
           (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title, 'title_zh', title_zh) order by due_on, title), '[]')
               from milestones where project_id = of_project),
           (select coalesce(jsonb_agg(jsonb_build_object('id', person_id, 'name', name, 'takes', takes_tasks) order by name, person_id), '[]')
               from seated_people where project_id = of_project),
           -- Differs once any of the tasks has changed.
           (select coalesce(bit_xor(hash_record_extended(row(tasks.number, tasks.version, tasks.xmin), 0)), 0)
               from tasks where project_id = of_project);
end
$$;
