//! SQL of `sessions` and `known_browsers`.

use crate::platform::ids::{PersonId, SessionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A session about to be opened.
#[derive(Debug)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person_id: PersonId,
    /// SHA-256 of its secret.
    pub token_hash: &'a [u8],
    /// As sent by the browser.
    pub user_agent: &'a str,
    /// Where from.
    pub address: &'a str,
    /// From when.
    pub now: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

pub(in crate::accounts) async fn insert(conn: &mut PgConnection, new: &NewSession<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into sessions (id, person_id, token_hash, user_agent, address, created_at, seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
        new.id.uuid(),
        new.person_id.uuid(),
        new.token_hash,
        new.user_agent,
        new.address,
        new.now.to_sqlx(),
        new.expires_at.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the session that a secret opens, whoever's it is.
pub(in crate::accounts) async fn delete_by_token(
    conn: &mut PgConnection,
    token_hash: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where token_hash = $1", token_hash).execute(conn).await?;
    Ok(())
}

/// Notes that the session is in use; at most once in ten minutes.
pub(in crate::accounts) async fn touch(
    conn: &mut PgConnection,
    id: SessionId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sessions set seen_at = $2 where id = $1 and seen_at < $2::timestamptz - interval '10 minutes'",
        id.uuid(),
        now.to_sqlx()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A session in the list that its owner sees.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: SessionId,
    /// As sent by the browser.
    pub user_agent: String,
    /// Where from.
    pub address: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When last used, to ten minutes.
    pub seen_at: Timestamp,
}

pub(in crate::accounts) async fn of_person(
    conn: &mut PgConnection,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: SessionId", user_agent, address, created_at, seen_at from sessions
           where person_id = $1 and expires_at > $2 order by seen_at desc, id desc limit 200"#,
        person.uuid(),
        now.to_sqlx(),
    )
    .fetch_all(conn)
    .await
}

/// Ends one session of a person; its user agent and address if there was one.
pub(in crate::accounts) async fn delete_one(
    conn: &mut PgConnection,
    person: PersonId,
    id: SessionId,
) -> Result<Option<(String, String)>, sqlx::Error> {
    let gone = sqlx::query!(
        "delete from sessions where id = $1 and person_id = $2 returning user_agent, address",
        id.uuid(),
        person.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(gone.map(|row| (row.user_agent, row.address)))
}

/// Ends all sessions of a person but one; which ones.
pub(in crate::accounts) async fn delete_others(
    conn: &mut PgConnection,
    person: PersonId,
    except: Option<SessionId>,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"delete from sessions where person_id = $1 and id is distinct from $2
           returning id as "id: SessionId", user_agent, address, created_at, seen_at"#,
        person.uuid(),
        except.map(SessionId::uuid),
    )
    .fetch_all(conn)
    .await
}

/// Remembers that a person has signed in with a browser.
pub(in crate::accounts) async fn remember_browser(
    conn: &mut PgConnection,
    person: PersonId,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into known_browsers (token_hash, person_id, created_at, seen_at) values ($1, $2, $3, $3)
         on conflict (token_hash, person_id) do update set seen_at = excluded.seen_at",
        token_hash,
        person.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets all browsers of a person: after a reset password or a deactivation they are strangers again.
pub(in crate::accounts) async fn forget_browsers(conn: &mut PgConnection, person: PersonId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from known_browsers where person_id = $1", person.uuid()).execute(conn).await?;
    Ok(())
}

/// Deletes what has run out.
pub(in crate::accounts) async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where expires_at < $1", now.to_sqlx()).execute(&mut *conn).await?;
    sqlx::query!("delete from known_browsers where seen_at < $1::timestamptz - interval '400 days'", now.to_sqlx())
        .execute(conn)
        .await?;
    Ok(())
}
