//! SQL of `work_links`.

use super::model::Found;
use crate::{platform::ids::PersonId, web::shell::OrganisationRole};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps links of several people, each as the hash of its secret.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    links: &[(PersonId, Vec<u8>)],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    let people: Vec<Uuid> = links.iter().map(|(person, _)| person.uuid()).collect();
    let hashes: Vec<Vec<u8>> = links.iter().map(|(_, hash)| hash.clone()).collect();
    sqlx::query!(
        "insert into work_links (person_id, token_hash, created_at, expires_at)
         select person_id, token_hash, $3, $4 from unnest($1::uuid[], $2::bytea[]) as made (person_id, token_hash)",
        &people,
        &hashes,
        now.to_sqlx(),
        expires_at.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The link with this hash, whatever has become of it.
pub(super) async fn find(conn: &mut PgConnection, token_hash: &[u8]) -> Result<Option<Found>, sqlx::Error> {
    sqlx::query_as!(
        Found,
        r#"select people.id as "person_id: PersonId", people.name, people.email, people.role as "role: OrganisationRole",
                  coalesce(people.language, organisations.language) as "language!",
                  coalesce(people.time_zone, organisations.time_zone) as "time_zone!", people.theme, organisations.name as organisation,
                  links.expires_at, links.revoked_at is not null or people.deactivated_at is not null as "is_dead!"
           from work_links links
           join people on people.id = links.person_id
           cross join organisations
           where links.token_hash = $1"#,
        token_hash,
    )
    .fetch_optional(conn)
    .await
}

/// Revokes every link of a person that was not; how many of them would still have worked.
pub(super) async fn revoke(conn: &mut PgConnection, person: PersonId, now: Timestamp) -> Result<u64, sqlx::Error> {
    let open = sqlx::query_scalar!(
        r#"with revoked as (
               update work_links set revoked_at = $2 where person_id = $1 and revoked_at is null returning expires_at)
           select count(*) as "open!" from revoked where expires_at > $2"#,
        person.uuid(),
        now.to_sqlx(),
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(open).unwrap_or_default())
}

/// Deletes links that ended a month ago.
pub(in crate::accounts) async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from work_links where expires_at < $1::timestamptz - interval '30 days'", now.to_sqlx())
        .execute(conn)
        .await?;
    Ok(())
}
