-- What the change is about that an escalation carries to the chair: a key result in force, or the commercial plan; and whether the
-- committee has signed it off.
create function proposed_about(of_project uuid, proposes jsonb) returns jsonb language sql stable as $$
    select case when proposes ? 'key_result' then (
        select jsonb_build_object('name', 'KR' || o.position || '.' || k.position || ' ' || k.title,
               'scale', jsonb_build_object('measure', k.measure, 'unit_kind', k.unit_kind, 'unit', k.unit, 'base_unit', k.base_unit,
                   'decimals', k.decimals),
               'baseline', k.baseline, 'starts_on', k.starts_on,
               'is_signed', exists (select from signed_key_results s where s.project_id = k.project_id and s.key_result_id = k.id))
        from current_key_results k join objectives o on o.project_id = k.project_id and o.id = k.objective_id
        where k.project_id = of_project and k.id::text = proposes ->> 'key_result')
    else (
        select jsonb_build_object('scale', jsonb_build_object('measure', 'additive', 'unit_kind', 'money', 'unit', m.currency,
                   'base_unit', '', 'decimals', m.decimals),
               'is_signed', exists (select from money_plans s where s.project_id = m.project_id and s.decision_id is not null))
        from money_plans m where m.project_id = of_project order by m.number desc limit 1) end
$$;
