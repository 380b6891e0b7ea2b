-- A decision that a later one supersedes holds no gate and waives none any more; a gate that was passed under its waiver owes
-- from then on what was waived, as after the waiver's end.
create or replace function gate_rulings_of(of_project uuid, of_stage text, moment timestamptz) returns jsonb language sql stable as $$
    with stage as (
        select stages.id from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
        order by stages.position limit 1
    ), newest as (
        select distinct on (gate_rulings.kind, gate_rulings.rule_id) gate_rulings.*
        from gate_rulings join stage on stage.id = gate_rulings.stage_id
        where gate_rulings.project_id = of_project
          and not exists (select from decisions later where later.project_id = of_project and later.supersedes_id = gate_rulings.decision_id)
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

create or replace function gate_carried_of(of_project uuid, of_stage text, moment timestamptz) returns jsonb language sql stable as $$
    with stage as (
        select stages.id, stages.position from stages
        where stages.project_id = of_project and (stages.code = of_stage or (of_stage is null and stages.state = 'current'))
          and stages.state <> 'passed'
        order by stages.position limit 1
    ), zone as (
        select organisations.time_zone as name from organisations limit 1
    ), waived as (
        -- The waiver that counted when the gate was passed: the newest of the rule, else the newest of the whole gate.
        select gate_rules.*, passed.id as passed_id, passed.code, passed.position as passed_position, found.until_on, found.decision, found.is_superseded
        from stage
        cross join zone
        join stages passed on passed.project_id = of_project and passed.position < stage.position and passed.state = 'passed'
        join gate_rules on gate_rules.project_id = of_project and gate_rules.stage_id = passed.id and gate_rules.is_blocking
        cross join lateral (
            select least(newest.until_on, (later.decided_at at time zone zone.name)::date) as until_on, decisions.number as decision,
                   later.id is not null as is_superseded
            from (select distinct on (r.rule_id) r.rule_id, r.until_on, r.decision_id from gate_rulings r
                  where r.project_id = of_project and r.stage_id = passed.id and r.kind = 'waiver' and r.ruled_at <= passed.passed_at
                    and (r.rule_id = gate_rules.id or r.rule_id is null)
                    and not exists (select from decisions earlier where earlier.project_id = of_project
                                    and earlier.supersedes_id = r.decision_id and earlier.decided_at <= passed.passed_at)
                  order by r.rule_id, r.ruled_at desc, r.id desc) newest
            join decisions on decisions.project_id = of_project and decisions.id = newest.decision_id
            left join decisions later on later.project_id = of_project and later.supersedes_id = newest.decision_id
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
        from waived cross join zone where waived.is_superseded or waived.until_on < (moment at time zone zone.name)::date))
$$;
