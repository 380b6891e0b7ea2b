-- The indicators that answer a figure of a gate say which department enters them, so that others are not led to its form.
create or replace function gate_measured_of(of_project uuid) returns jsonb language sql stable as $$
    select jsonb_build_object('measured', coalesce(jsonb_agg(jsonb_build_object('metric', k.metric, 'kpi', k.id, 'part', k.part_id, 'title', k.title,
        'cadence', s.cadence,
        'scale', jsonb_build_object('measure', s.measure, 'unit_kind', s.unit_kind, 'unit', s.unit, 'base_unit', s.base_unit,
            'decimals', s.decimals),
        'readings', (select coalesce(jsonb_agg(jsonb_build_object('period', e.period, 'value', e.value, 'base', coalesce(e.base, 0))
                order by e.period), '[]')
            from (select f.period, f.value, f.base from standing_entries f
                  where f.project_id = k.project_id and f.series_id = k.series_id and f.part_id = k.part_id
                  order by f.period desc limit 60) e)
        ) order by k.metric), '[]'))
    from kpis k join series s on s.project_id = k.project_id and s.id = k.series_id
    where k.project_id = of_project and k.metric is not null and k.retired_at is null
$$;
