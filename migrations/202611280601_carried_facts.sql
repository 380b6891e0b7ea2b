-- What earlier gates owe is read of the playbook and of money, too, as it is of goals.
create or replace function gate_playbook_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and part.said #>> '{}' = any (words)
              and (stages.code = of_stage or (of_stage is null and stages.state = 'current')
                   or (stages.state = 'passed' and exists (
                       select from gate_rulings where gate_rulings.project_id = of_project and gate_rulings.stage_id = stages.id))))
        then (select jsonb_build_object('playbook', found.readers) from playbook_readers_of(of_project) found)
        else '{}' end
$$;

create or replace function gate_money_of(of_project uuid, of_stage text, words text[]) returns jsonb language sql stable as $$
    select case when exists (
            select from stages
            join gate_rules on gate_rules.project_id = stages.project_id and gate_rules.stage_id = stages.id
            cross join lateral jsonb_path_query(gate_rules.checks, '$.**') as part (said)
            where stages.project_id = of_project and part.said #>> '{}' = any (words)
              and (stages.code = of_stage or (of_stage is null and stages.state = 'current')
                   or (stages.state = 'passed' and exists (
                       select from gate_rulings where gate_rulings.project_id = of_project and gate_rulings.stage_id = stages.id))))
        then coalesce((select jsonb_build_object('money', found.money) from money_of(array[of_project]) found), '{}')
        else '{}' end
$$;
