-- A gate that was passed under a waiver owes its rules: when the waiver has ended, those that it covered and that do not hold keep the
-- next gate closed.

-- Blocking rules of passed stages before the one asked for, which a decision waived when their gate was passed, with the waiver, once it
-- has ended; as a field of the facts of a gate.
create function gate_carried_of(of_project uuid, of_stage text, moment timestamptz) returns jsonb language sql stable as $$
    with stage as (
        select stages.id, stages.position from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
          and stages.state <> 'passed'
        order by stages.position limit 1
    ), zone as (
        select organisations.time_zone as name from organisations limit 1
    ), waived as (
        -- The waiver that counted when the gate was passed: the newest of the rule, else the newest of the whole gate.
        select gate_rules.*, passed.id as passed_id, passed.code, passed.position as passed_position, found.until_on, found.decision
        from stage
        cross join zone
        join stages passed on passed.project_id = of_project and passed.position < stage.position and passed.state = 'passed'
        join gate_rules on gate_rules.project_id = of_project and gate_rules.stage_id = passed.id and gate_rules.is_blocking
        cross join lateral (
            select newest.until_on, decisions.number as decision
            from (select distinct on (r.rule_id) r.rule_id, r.until_on, r.decision_id from gate_rulings r
                  where r.project_id = of_project and r.stage_id = passed.id and r.kind = 'waiver' and r.ruled_at <= passed.passed_at
                    and (r.rule_id = gate_rules.id or r.rule_id is null)
                  order by r.rule_id, r.ruled_at desc, r.id desc) newest
            join decisions on decisions.project_id = of_project and decisions.id = newest.decision_id
            where newest.until_on >= (passed.passed_at at time zone zone.name)::date
            order by newest.rule_id is null limit 1) found
    ), newest as (
        select distinct on (attestations.rule_id, attestations.metric) attestations.*
        from attestations join waived on waived.id = attestations.rule_id
        where attestations.project_id = of_project
        order by attestations.rule_id, attestations.metric, attestations.attested_at desc, attestations.id desc
    )
    select jsonb_build_object('carried', (select coalesce(jsonb_agg(jsonb_build_object(
            'stage_id', waived.passed_id, 'code', waived.code, 'until_on', waived.until_on, 'decision', waived.decision,
            'rule', jsonb_build_object('id', waived.id, 'text_en', waived.text_en, 'text_zh', waived.text_zh, 'expression', waived.expression,
                'check', waived.checks, 'is_blocking', true,
                'attested', (select coalesce(jsonb_agg(jsonb_build_object('metric', newest.metric, 'value', newest.value,
                        'evidence_url', newest.evidence_url, 'holds', newest.holds, 'by', people.name, 'at', newest.attested_at)), '[]')
                    from newest join people on people.id = newest.attested_by where newest.rule_id = waived.id))
        ) order by waived.passed_position, waived.position), '[]')
        from waived cross join zone where waived.until_on < (moment at time zone zone.name)::date))
$$;

-- Goals are read for what earlier gates owe, too.
create or replace function gate_goals_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and part.said #>> '{}' = any (words)
              and (stages.code = of_stage or (of_stage is null and stages.state = 'current')
                   or (stages.state = 'passed' and exists (
                       select from gate_rulings where gate_rulings.project_id = of_project and gate_rulings.stage_id = stages.id))))
        then coalesce((select jsonb_build_object('goals', found.goals) from goals_of(array[of_project]) found), '{}')
        else '{}' end
$$;
