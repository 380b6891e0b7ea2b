-- A project that was sent back passes its gates anew: what was attested for that stage and later ones before the decision counts
-- no more, and stays to be read.

create or replace function gate_facts(of_project uuid, of_stage text) returns jsonb language sql stable as $$
    with stage as (
        select stages.id, stages.position from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
        order by stages.position limit 1
    ), newest as (
        select distinct on (attestations.rule_id, attestations.metric) attestations.*
        from attestations
        join gate_rules on gate_rules.project_id = attestations.project_id and gate_rules.id = attestations.rule_id
        join stage on stage.id = gate_rules.stage_id
        where attestations.project_id = of_project
          and attestations.attested_at > coalesce((
              select max(decisions.decided_at) from decision_effects effects
              join decisions on decisions.project_id = effects.project_id and decisions.id = effects.decision_id
              join stages target on target.project_id = effects.project_id and target.id = effects.stage_id
              where effects.project_id = of_project and effects.kind = 'send_back' and target.position <= stage.position), '-infinity')
        order by attestations.rule_id, attestations.metric, attestations.attested_at desc, attestations.id desc
    )
    select jsonb_build_object(
        'stage_id', (select stage.id from stage),
        'stages', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', stages.id, 'position', stages.position, 'code', stages.code, 'name_en', stages.name_en, 'name_zh', stages.name_zh,
                'is_launch', stages.is_launch, 'state', stages.state, 'starts_on', stages.starts_on, 'ends_on', stages.ends_on,
                'baseline_ends_on', stages.baseline_ends_on, 'started_at', stages.started_at, 'passed_at', stages.passed_at,
                'rules', (select count(*) from gate_rules where gate_rules.project_id = of_project and gate_rules.stage_id = stages.id)
            ) order by stages.position), '[]') from stages where stages.project_id = of_project),
        'rules', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', gate_rules.id, 'text_en', gate_rules.text_en, 'text_zh', gate_rules.text_zh, 'expression', gate_rules.expression,
                'check', gate_rules.checks, 'is_blocking', gate_rules.is_blocking,
                'attested', (select coalesce(jsonb_agg(jsonb_build_object('metric', newest.metric, 'value', newest.value,
                        'evidence_url', newest.evidence_url, 'holds', newest.holds, 'by', people.name, 'at', newest.attested_at)), '[]')
                    from newest join people on people.id = newest.attested_by where newest.rule_id = gate_rules.id)
            ) order by gate_rules.position), '[]')
            from gate_rules join stage on stage.id = gate_rules.stage_id where gate_rules.project_id = of_project),
        'items', (select coalesce(jsonb_agg(jsonb_build_object(
                'code', duties.code, 'stage_id', duties.stage_id, 'is_evidence', duties.is_evidence,
                'title', duties.title_en, 'title_zh', duties.title_zh,
                'tasks', (select coalesce(jsonb_agg(jsonb_build_object('number', tasks.number, 'status', tasks.status, 'due_on', tasks.due_on)
                              order by tasks.number), '[]')
                          from tasks where tasks.project_id = of_project and tasks.duty_id = duties.id)
            ) order by duties.position), '[]') from duties where duties.project_id = of_project),
        'departments', (select count(*) from parts where parts.project_id = of_project and parts.kind = 'department'),
        'without_liaison', (select coalesce(jsonb_agg(jsonb_build_object('name_en', parts.name_en, 'name_zh', parts.name_zh) order by parts.position), '[]')
            from parts where parts.project_id = of_project and parts.kind = 'department' and not exists (
                select from seats where seats.project_id = of_project and seats.part_id = parts.id and seats.role = 'liaison'
                  and seats.removed_at is null)),
        'decisions', (select coalesce(jsonb_agg(jsonb_build_object('number', decisions.number, 'kind', decisions.kind, 'title', decisions.title,
                'at', decisions.decided_at, 'is_voted', decisions.escalation_id is not null) order by decisions.number), '[]')
            from decisions where decisions.project_id = of_project and not exists (
                select from decisions later where later.project_id = of_project and later.supersedes_id = decisions.id)))
$$;
