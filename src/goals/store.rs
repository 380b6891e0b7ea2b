//! Reads everything about the goals of a project in one statement.

use super::model::Goals;
use crate::platform::ids::ProjectId;
use sqlx::{PgConnection, types::Json};

/// The objectives of a project in force, with key results, shares and figures.
///
/// # Errors
/// Of the database.
pub async fn goals(conn: &mut PgConnection, project: ProjectId) -> Result<Goals, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'position', o.position, 'title', o.title, 'why', o.why, 'version', o.version,
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
           ) order by o.position), '[]') as "goals!: Json<Goals>"
           from objectives o where o.project_id = $1 and o.dropped_at is null"#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(found.0)
}
