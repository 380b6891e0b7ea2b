//! SQL of `committee_rules`.

use super::model::{Deputy, Rule, Rules};
use crate::platform::ids::{PersonId, ProjectId};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// A member who can stand in for the chair.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// The rules of a project's committee, and its members besides the chair. Of the database's, `for update` is left to
/// [`lock`].
#[derive(Debug)]
pub struct Committee {
    /// As they are.
    pub rules: Rules,
    /// Who can be deputy.
    pub members: Vec<Member>,
    /// Who chairs it.
    pub chair: Option<String>,
    /// How many questions it has in which no deputy could act for the chair.
    pub unattended: i64,
}

/// Reads them.
///
/// # Errors
/// Of the database.
pub async fn committee(conn: &mut PgConnection, project: ProjectId) -> Result<Committee, sqlx::Error> {
    let row = sqlx::query!(
        r#"select (select jsonb_build_object('rule', r.rule, 'hides_results', r.hides_results, 'deputy_id', r.deputy_id,
                              'deputy', p.name, 'away_until', r.chair_away_until, 'version', r.version)
                   from committee_rules r left join decision_people p on p.id = r.deputy_id where r.project_id = $1)
                      as "rules: Json<Rules>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.person_id, 'name', s.name)), '[]')
                   from decision_seats s where s.project_id = $1 and s.role = 'committee' and not exists (
                       select from decision_seats c where c.project_id = $1 and c.role = 'chair' and c.person_id = s.person_id))
                      as "members!: Json<Vec<Member>>",
                  (select min(s.name) from decision_seats s where s.project_id = $1 and s.role = 'chair') as chair,
                  (select count(*) from escalations e where e.project_id = $1 and e.state = 'with_committee' and not exists (
                       select from committee_deputies d where d.project_id = e.project_id and not exists (
                           select from asides a where a.project_id = e.project_id and a.escalation_id = e.id
                              and a.person_id = d.person_id and a.came_back_at is null))) as "unattended!""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Committee {
        rules: row.rules.map(|rules| rules.0).unwrap_or_default(),
        members: row.members.0,
        chair: row.chair,
        unattended: row.unattended,
    })
}

/// Who stands in for the chair of a project.
///
/// # Errors
/// Of the database.
pub async fn deputy(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Deputy>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select person_id as "person_id!: PersonId", chair_away_until from committee_deputies where project_id = $1"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row
        .map(|row| Deputy { person_id: row.person_id, away_until: row.chair_away_until.map(jiff_sqlx::Date::to_jiff) }))
}

/// Makes sure that there is a row, locks it, and reads the committee.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<Committee, sqlx::Error> {
    // Version 0 is what a page without a row was made from.
    sqlx::query!(
        "insert into committee_rules (project_id, version) values ($1, 0) on conflict (project_id) do nothing",
        project.uuid()
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!("select version from committee_rules where project_id = $1 for update", project.uuid())
        .fetch_one(&mut *conn)
        .await?;
    committee(conn, project).await
}

/// Writes the rules.
///
/// # Errors
/// Of the database.
pub async fn write(conn: &mut PgConnection, project: ProjectId, rules: &Rules) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update committee_rules
         set rule = $2, hides_results = $3, deputy_id = $4, chair_away_until = $5, version = version + 1
         where project_id = $1",
        project.uuid(),
        Rule::as_str(rules.rule),
        rules.hides_results,
        rules.deputy_id.map(PersonId::uuid),
        rules.away_until.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
    )
    .execute(conn)
    .await?;
    Ok(())
}
