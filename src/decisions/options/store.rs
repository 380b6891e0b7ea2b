//! SQL of `options`, `criteria` and `answers`.

use super::model::{Chosen, OptionRow};
use crate::platform::ids::{CriterionId, EscalationId, OptionId, PersonId, ProjectId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Makes the criteria these, in this order; new ones get the ids given for them. Those that stay keep their answers; those that go take theirs along.
///
/// # Errors
/// Of the database.
pub async fn replace_criteria(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    chosen: &[Chosen],
    ids: &[CriterionId],
) -> Result<(), sqlx::Error> {
    let keys: Vec<String> = chosen.iter().map(key).collect();
    sqlx::query!(
        "delete from criteria where project_id = $1 and escalation_id = $2
           and not (coalesce(code, 'own:' || name) = any ($3))",
        project.uuid(),
        escalation.uuid(),
        &keys,
    )
    .execute(&mut *conn)
    .await?;
    // Positions are unique: out of the way first, then in their order.
    sqlx::query!(
        "update criteria set position = position + 100 where project_id = $1 and escalation_id = $2",
        project.uuid(),
        escalation.uuid(),
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update criteria set position = given.position::smallint
         from unnest($3::text[]) with ordinality as given (key, position)
         where project_id = $1 and escalation_id = $2 and coalesce(code, 'own:' || name) = given.key",
        project.uuid(),
        escalation.uuid(),
        &keys,
    )
    .execute(&mut *conn)
    .await?;
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "insert into criteria (project_id, id, escalation_id, position, code, name)
         select $1, given.id, $2, given.position::smallint, case when given.key like 'own:%' then null else given.key end,
                case when given.key like 'own:%' then substr(given.key, 5) else '' end
         from unnest($3::text[], $4::uuid[]) with ordinality as given (key, id, position)
         where not exists (select from criteria c where c.project_id = $1 and c.escalation_id = $2
                             and coalesce(c.code, 'own:' || c.name) = given.key)",
        project.uuid(),
        escalation.uuid(),
        &keys,
        &ids,
    )
    .execute(conn)
    .await?;
    Ok(())
}

fn key(chosen: &Chosen) -> String {
    match chosen {
        Chosen::Known(code) => (*code).to_owned(),
        Chosen::Own(name) => format!("own:{name}"),
    }
}

/// Makes the options these, with these answers.
///
/// # Errors
/// Of the database.
pub async fn replace_options(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    rows: &[OptionRow],
    by: PersonId,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    remove_others(conn, project, escalation, &ids).await?;
    let letters: Vec<String> = rows.iter().map(|row| row.letter.to_owned()).collect();
    let titles: Vec<String> = rows.iter().map(|row| row.title.clone()).collect();
    let summaries: Vec<String> = rows.iter().map(|row| row.summary.clone()).collect();
    sqlx::query!(
        "insert into options as o (project_id, id, escalation_id, letter, title, summary, proposed_by)
         select $1, given.id, $2, given.letter, given.title, given.summary, $3
         from unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) as given (id, letter, title, summary)
         on conflict (project_id, id) do update
         set title = excluded.title, summary = excluded.summary, version = o.version + 1
         where o.escalation_id = $2 and (o.title, o.summary) <> (excluded.title, excluded.summary)",
        project.uuid(),
        escalation.uuid(),
        by.uuid(),
        &ids,
        &letters,
        &titles,
        &summaries,
    )
    .execute(&mut *conn)
    .await?;
    replace_answers(conn, project, escalation, rows).await?;
    sqlx::query!(
        "update escalations set version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn remove_others(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    kept: &[Uuid],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update positions set wants_option_id = null
         where project_id = $1 and escalation_id = $2 and wants_option_id is not null and not (wants_option_id = any ($3))",
        project.uuid(),
        escalation.uuid(),
        kept,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update escalations set recommended_option_id = null
         where project_id = $1 and id = $2 and recommended_option_id is not null and not (recommended_option_id = any ($3))",
        project.uuid(),
        escalation.uuid(),
        kept,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from options where project_id = $1 and escalation_id = $2 and not (id = any ($3))",
        project.uuid(),
        escalation.uuid(),
        kept,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn replace_answers(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    rows: &[OptionRow],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from answers where project_id = $1
           and option_id in (select id from options where project_id = $1 and escalation_id = $2)",
        project.uuid(),
        escalation.uuid(),
    )
    .execute(&mut *conn)
    .await?;
    let cells = || rows.iter().flat_map(|row| row.answers.iter().map(move |answer| (row.id, answer)));
    let of: Vec<Uuid> = cells().map(|(option, _): (OptionId, _)| option.uuid()).collect();
    let criteria: Vec<Uuid> = cells().map(|(_, answer)| answer.0.uuid()).collect();
    let texts: Vec<String> = cells().map(|(_, answer)| answer.1.clone()).collect();
    let tones: Vec<Option<String>> = cells().map(|(_, answer)| answer.2.map(str::to_owned)).collect();
    sqlx::query!(
        "insert into answers (project_id, option_id, criterion_id, answer, tone)
         select $1, given.option_id, given.criterion_id, given.answer, given.tone
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) as given (option_id, criterion_id, answer, tone)
         join options o on o.project_id = $1 and o.escalation_id = $2 and o.id = given.option_id
         join criteria c on c.project_id = $1 and c.escalation_id = $2 and c.id = given.criterion_id",
        project.uuid(),
        escalation.uuid(),
        &of,
        &criteria,
        &texts,
        &tones as &[Option<String>],
    )
    .execute(conn)
    .await?;
    Ok(())
}
