-- An indicator may answer a figure that gates ask for, instead of a person's word.

alter table kpis add column metric text constraint kpis_metric_length check (char_length(metric) between 1 and 80);
create unique index kpis_one_answers on kpis (project_id, metric) where metric is not null and retired_at is null;

-- The figures that gates ask a person for, each once: of the first stage ahead that asks for it, else of the first of all.
create view asked_figures as
    select distinct on (gate_rules.project_id, part.said ->> 'metric')
           gate_rules.project_id, part.said ->> 'metric' as metric, part.said - 'kind' as figure, stages.code as stage, stages.position,
           stages.state = 'passed' as is_over
    from gate_rules
    join stages on stages.project_id = gate_rules.project_id and stages.id = gate_rules.stage_id
    cross join lateral jsonb_path_query(gate_rules.checks, '$.** ? (@.kind == "attested")') as part (said)
    order by gate_rules.project_id, part.said ->> 'metric', stages.state = 'passed', stages.position, gate_rules.position;

-- The indicators that answer one, with their newest figures; as a field of the facts of a gate.
create function gate_measured_of(of_project uuid) returns jsonb language sql stable as $$
    select jsonb_build_object('measured', coalesce(jsonb_agg(jsonb_build_object('metric', k.metric, 'kpi', k.id, 'title', k.title,
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

-- Everything that the gate of a stage stands on at a moment; with the words by which checks ask for goals, money and the playbook.
create function gate_stands_on(of_project uuid, of_stage text, moment timestamptz, goals text[], money text[], playbook text[])
    returns jsonb language sql stable as $$
    select gate_facts(of_project, of_stage) || gate_rulings_of(of_project, of_stage, moment) || gate_carried_of(of_project, of_stage, moment)
        || gate_goals_of(of_project, of_stage, goals) || gate_money_of(of_project, of_stage, money)
        || gate_playbook_of(of_project, of_stage, playbook) || gate_measured_of(of_project)
$$;
