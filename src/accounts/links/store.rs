//! SQL of `one_time_links`.

use super::model::{Bearer, Purpose};
use crate::{
    platform::ids::{LinkId, PersonId},
    web::shell::OrganisationRole,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A link about to be made.
pub(super) struct NewLink<'a> {
    pub person: PersonId,
    pub purpose: Purpose,
    pub token_hash: &'a [u8],
    pub created_by: Option<PersonId>,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Makes a link; older ones of its kind end.
pub(super) async fn insert(conn: &mut PgConnection, link: &NewLink<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update one_time_links set expires_at = $3
         where person_id = $1 and purpose = $2 and used_at is null and expires_at > $3",
        link.person.uuid(),
        link.purpose as Purpose,
        link.now.to_sqlx(),
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into one_time_links (id, person_id, purpose, token_hash, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        LinkId::new().uuid(),
        link.person.uuid(),
        link.purpose as Purpose,
        link.token_hash,
        link.created_by.map(PersonId::uuid),
        link.now.to_sqlx(),
        link.expires_at.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The person behind a link that still works.
pub(super) async fn bearer(
    conn: &mut PgConnection,
    purpose: Purpose,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Bearer>, sqlx::Error> {
    sqlx::query_as!(
        Bearer,
        r#"select people.id as "id: PersonId", people.email, people.name, people.role as "role: OrganisationRole",
                  people.language
           from one_time_links join people on people.id = one_time_links.person_id and people.deactivated_at is null
           where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3"#,
        token_hash,
        purpose as Purpose,
        now.to_sqlx(),
    )
    .fetch_optional(conn)
    .await
}

/// Uses a link up; false when it does not work any more. Of those who try at once, one gets true.
pub(super) async fn spend(
    conn: &mut PgConnection,
    purpose: Purpose,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update one_time_links set used_at = $3
         where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3",
        token_hash,
        purpose as Purpose,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every link of a person; how many of them would still have worked.
pub(in crate::accounts) async fn end_all(
    conn: &mut PgConnection,
    person: PersonId,
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "update one_time_links set expires_at = $2 where person_id = $1 and used_at is null and expires_at > $2",
        person.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Deletes links that ended a month ago.
pub(in crate::accounts) async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from one_time_links where expires_at < $1::timestamptz - interval '30 days'", now.to_sqlx())
        .execute(conn)
        .await?;
    Ok(())
}
