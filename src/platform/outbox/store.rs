//! SQL of `outbox`.

use crate::platform::{
    ids::MailId,
    mail::{Letter, Waiting},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A letter as its row keeps it.
pub(super) struct Row {
    id: MailId,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    unsubscribe: Option<String>,
}

impl Row {
    /// Of a letter, with an id of its own.
    pub(super) fn new(letter: &Letter) -> Result<Self, askama::Error> {
        Ok(Self {
            id: MailId::new(),
            recipient: letter.to.clone(),
            subject: letter.subject.clone(),
            text: letter.text(),
            html: letter.html()?,
            unsubscribe: letter.unsubscribe.as_ref().map(|(address, _)| address.clone()),
        })
    }
}

pub(super) async fn insert(conn: &mut PgConnection, rows: &[Row], now: Timestamp) -> Result<(), sqlx::Error> {
    let texts = |text: fn(&Row) -> &String| -> Vec<String> { rows.iter().map(|row| text(row).clone()).collect() };
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let unsubscribe: Vec<Option<String>> = rows.iter().map(|row| row.unsubscribe.clone()).collect();
    sqlx::query!(
        "insert into outbox (id, recipient, subject, body_text, body_html, unsubscribe_url, created_at, next_try_at)
         select letters.*, $7, $7 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as letters",
        &ids,
        &texts(|row| &row.recipient),
        &texts(|row| &row.subject),
        &texts(|row| &row.text),
        &texts(|row| &row.html),
        &unsubscribe as &[Option<String>],
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A letter that this process will try to send, and which try it is.
pub(super) struct Taken {
    pub letter: Waiting,
    pub tries: i32,
}

/// Takes the letter that waits longest; other processes leave it alone until `back_at`.
pub(super) async fn take(
    conn: &mut PgConnection,
    now: Timestamp,
    back_at: Timestamp,
) -> Result<Option<Taken>, sqlx::Error> {
    let row = sqlx::query!(
        r#"update outbox set tries = tries + 1, next_try_at = $2
           where id = (select id from outbox where sent_at is null and failed_at is null and next_try_at <= $1
                       order by next_try_at, id for update skip locked limit 1)
           returning id as "id: MailId", recipient, subject, body_text, body_html, unsubscribe_url, tries"#,
        now.to_sqlx(),
        back_at.to_sqlx(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Taken {
        letter: Waiting {
            id: row.id,
            recipient: row.recipient,
            subject: row.subject,
            body_text: row.body_text,
            body_html: row.body_html,
            unsubscribe_url: row.unsubscribe_url,
        },
        tries: row.tries,
    }))
}

/// Sent: the words, which may hold a secret link, are forgotten.
pub(super) async fn sent(conn: &mut PgConnection, id: MailId, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update outbox set sent_at = $2, body_text = '', body_html = '', last_error = null where id = $1",
        id.uuid(),
        now.to_sqlx()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Tried in vain; again at `next_try_at`.
pub(super) async fn again(
    conn: &mut PgConnection,
    id: MailId,
    next_try_at: Timestamp,
    problem: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update outbox set next_try_at = $2, last_error = $3 where id = $1",
        id.uuid(),
        next_try_at.to_sqlx(),
        problem
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Given up.
pub(super) async fn failed(
    conn: &mut PgConnection,
    id: MailId,
    now: Timestamp,
    problem: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update outbox set failed_at = $2, last_error = $3, body_text = '', body_html = '' where id = $1",
        id.uuid(),
        now.to_sqlx(),
        problem
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets letters that were sent or given up a month ago.
pub(super) async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from outbox where coalesce(sent_at, failed_at) < $1::timestamptz - interval '30 days'",
        now.to_sqlx()
    )
    .execute(conn)
    .await?;
    Ok(())
}
