//! SQL of `letter_settings`, and of who is written to.

use super::model::{Choices, Receiver, Told, When};
use crate::{
    notices::model::{Folded, Want},
    platform::ids::{EventId, PersonId},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A line that is to go out in a letter of its own.
#[derive(Debug)]
pub struct Pressing {
    /// To whom.
    pub to: Receiver,
    /// The line.
    pub told: Told,
    /// The project's key.
    pub key: String,
}

/// Held by whoever takes lines for letters.
const LETTERS_LOCK: i64 = 0x6c65_7474_6572_7321;

/// Lines are taken for letters by one transaction after another: letters at once lock lines before settings, daily ones settings
/// before lines.
///
/// # Errors
/// Of the database.
pub async fn one_after_another(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_xact_lock($1)", LETTERS_LOCK).execute(conn).await?;
    Ok(())
}

/// Takes some of the lines that wait for somebody who wants a letter at once, and notes that they have gone out.
///
/// # Errors
/// Of the database.
pub async fn take_pressing(conn: &mut PgConnection, now: Timestamp, most: i64) -> Result<Vec<Pressing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with taken as (
               select notices.id from notices
               join notice_people people on people.id = notices.person_id
               join lateral notices_read_by(people.id, people.role) as own on own.id = notices.id
               left join letter_settings settings on settings.person_id = notices.person_id
               where notices.want is not null and notices.mailed_at is null and notices.read_at is null
                 and coalesce(settings.waits, 'at_once') = 'at_once'
               order by notices.at limit $2 for update of notices skip locked
           ), noted as (
               update notices set mailed_at = $1 from taken where notices.id = taken.id
               returning notices.id, notices.person_id, notices.project_id, notices.event_id, notices.want, notices.count,
                         notices.told, notices.moved, notices.folded
           ), secrets as (
               insert into letter_settings (person_id) select distinct person_id from noted
               on conflict (person_id) do update set person_id = excluded.person_id returning person_id, secret
           )
           select noted.want, noted.count, noted.told as "ids: Vec<EventId>", noted.moved, noted.folded, projects.key, projects.name as project, people.id as "person_id!: PersonId", people.email as "email!",
                  people.name as "name!", coalesce(people.language, organisations.language) as "language!",
                  coalesce(people.time_zone, organisations.time_zone) as "time_zone!", secrets.secret, noted.event_id as "event_id: EventId",
                  own.is_outsider as "is_outsider!"
           from noted
           join notice_people people on people.id = noted.person_id
           join lateral notices_read_by(people.id, people.role) as own on own.id = noted.id
           join secrets on secrets.person_id = noted.person_id
           join projects on projects.id = noted.project_id
           cross join organisations"#,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Pressing {
            to: Receiver::new(row.person_id, (row.email, row.name), (&row.language, &row.time_zone), row.secret),
            key: row.key,
            told: Told {
                event_id: row.event_id,
                want: row.want.as_deref().and_then(Want::parse),
                count: row.count,
                folded: Folded { ids: row.ids, moved: row.moved, count: row.folded },
                project: row.project,
                is_outsider: row.is_outsider,
            },
        })
        .collect())
}

/// Somebody whose daily letter may be due.
#[derive(Debug)]
pub struct Candidate {
    /// Who.
    pub to: Receiver,
    /// Their hour.
    pub hour: i16,
    /// The day of their last one.
    pub digested_on: Option<Date>,
    /// Whether it carries a link to their tasks: they speak for a department in a running project, and want one.
    pub wants_work_link: bool,
}

/// People after one of them who have something unread that no letter told them.
///
/// # Errors
/// Of the database.
pub async fn candidates(
    conn: &mut PgConnection,
    after: PersonId,
    today: Date,
    most: i64,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select people.id as "id!: PersonId", people.email as "email!", people.name as "name!",
                  coalesce(people.language, organisations.language) as "language!",
                  coalesce(people.time_zone, organisations.time_zone) as "time_zone!",
                  settings.digest_hour as "digest_hour?", settings.digested_on as "digested_on?", settings.secret as "secret?",
                  coalesce(settings.work_link, true) and people.role <> 'guest' and exists (
                      select from notice_seats seats join projects on projects.id = seats.project_id and projects.state = 'active'
                      where seats.person_id = people.id and seats.role = 'liaison') as "wants_work_link!"
           from notice_people people
           left join letter_settings settings on settings.person_id = people.id
           cross join organisations
           where people.id > $1 and (settings.digested_on is null or settings.digested_on <= $2)
             and exists (select from notices where notices.person_id = people.id and notices.read_at is null and notices.mailed_at is null)
           order by people.id limit $3"#,
        after.uuid(),
        today.to_sqlx() as jiff_sqlx::Date,
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            to: Receiver::new(
                row.id,
                (row.email, row.name),
                (&row.language, &row.time_zone),
                row.secret.unwrap_or_default(),
            ),
            hour: row.digest_hour.unwrap_or(8),
            digested_on: row.digested_on.map(jiff_sqlx::Date::to_jiff),
            wants_work_link: row.wants_work_link,
        })
        .collect())
}

/// Notes that people had their daily letter of this day, unless another worker was faster; who did not, with what signs their
/// links.
///
/// # Errors
/// Of the database.
pub async fn begin_digests(
    conn: &mut PgConnection,
    people: &[(PersonId, Date)],
) -> Result<Vec<(PersonId, Uuid)>, sqlx::Error> {
    let ids: Vec<Uuid> = people.iter().map(|(person, _)| person.uuid()).collect();
    let days: Vec<jiff_sqlx::Date> = people.iter().map(|(_, day)| day.to_sqlx()).collect();
    let rows = sqlx::query!(
        r#"insert into letter_settings (person_id, digested_on) select * from unnest($1::uuid[], $2::date[])
           on conflict (person_id) do update set digested_on = excluded.digested_on
           where letter_settings.digested_on is distinct from excluded.digested_on
           returning person_id as "person_id: PersonId", secret"#,
        &ids,
        &days as &[jiff_sqlx::Date],
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.secret)).collect())
}

/// A line of somebody's daily letter, and how many there are in all.
#[derive(Debug)]
pub struct DigestLine {
    /// Whose.
    pub person_id: PersonId,
    /// The line.
    pub told: Told,
    /// All of that person's.
    pub in_all: i64,
}

/// What the daily letters of some people say, by project, what waits first: at most `most` lines each. They are noted as sent.
///
/// # Errors
/// Of the database.
pub async fn digest_lines(
    conn: &mut PgConnection,
    people: &[PersonId],
    now: Timestamp,
    most: i64,
) -> Result<Vec<DigestLine>, sqlx::Error> {
    let people: Vec<Uuid> = people.iter().map(|person| person.uuid()).collect();
    let rows = sqlx::query!(
        r#"with taken as (
               update notices set mailed_at = $2 where person_id = any($1) and read_at is null and mailed_at is null
               returning id, person_id, project_id, event_id, topic, want, count, at, told, moved, folded
           ), wanted as (
               select taken.*, row_number() over (partition by taken.person_id order by projects.name, taken.want is null, taken.at desc) as place,
                      count(*) over (partition by taken.person_id) as in_all, projects.name as project, own.is_outsider
               from taken
               join letter_settings settings on settings.person_id = taken.person_id
               join projects on projects.id = taken.project_id
               join notice_people people on people.id = taken.person_id
               join lateral notices_read_by(people.id, people.role) as own on own.id = taken.id
               where case when taken.want is not null and settings.waits <> 'never' then true
                          when taken.topic = 'tasks' then settings.tasks = 'digest'
                          when taken.topic = 'requests' then settings.requests = 'digest'
                          when taken.topic = 'escalations' then settings.escalations = 'digest'
                          when taken.topic = 'decisions' then settings.decisions = 'digest'
                          else settings.project = 'digest' end
           )
           select wanted.person_id as "person_id: PersonId", wanted.want, wanted.count, wanted.project,
                  wanted.told as "ids: Vec<EventId>", wanted.moved, wanted.folded,
                  wanted.in_all as "in_all!", wanted.event_id as "event_id: EventId", wanted.is_outsider as "is_outsider!"
           from wanted
           where wanted.place <= $3 order by wanted.person_id, wanted.place"#,
        &people,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DigestLine {
            person_id: row.person_id,
            in_all: row.in_all,
            told: Told {
                event_id: row.event_id,
                want: row.want.as_deref().and_then(Want::parse),
                count: row.count,
                folded: Folded { ids: row.ids, moved: row.moved, count: row.folded },
                project: row.project,
                is_outsider: row.is_outsider,
            },
        })
        .collect())
}

/// What a person chose, with the version of it; the usual while they chose nothing.
///
/// # Errors
/// Of the database.
pub async fn choices(conn: &mut PgConnection, person: PersonId) -> Result<(Choices, i32), sqlx::Error> {
    let row = sqlx::query!(
        "select waits, tasks, requests, escalations, decisions, project, digest_hour, work_link, version from letter_settings where person_id = $1",
        person.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map_or_else(
        || (Choices::default(), 1),
        |row| {
            let when = [row.waits, row.tasks, row.requests, row.escalations, row.decisions, row.project];
            let when = when.map(|text| When::parse(&text).unwrap_or(When::Digest));
            (Choices { when, digest_hour: row.digest_hour, work_link: row.work_link }, row.version)
        },
    ))
}

/// Keeps what a person chose; false when they chose something else meanwhile in another window.
///
/// # Errors
/// Of the database.
pub async fn choose(
    conn: &mut PgConnection,
    person: PersonId,
    choices: &Choices,
    version: i32,
) -> Result<bool, sqlx::Error> {
    let [waits, tasks, requests, escalations, decisions, project] = choices.when.map(When::as_str);
    let done = sqlx::query!(
        "insert into letter_settings (person_id, waits, tasks, requests, escalations, decisions, project, digest_hour, work_link)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $10)
         on conflict (person_id) do update set waits = excluded.waits, tasks = excluded.tasks, requests = excluded.requests,
             escalations = excluded.escalations, decisions = excluded.decisions, project = excluded.project,
             digest_hour = excluded.digest_hour, work_link = excluded.work_link, version = letter_settings.version + 1
         where letter_settings.version = $9",
        person.uuid(),
        waits,
        tasks,
        requests,
        escalations,
        decisions,
        project,
        choices.digest_hour,
        version,
        choices.work_link,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What signs a person's links, with their name; none for somebody who never had a letter or has left.
///
/// # Errors
/// Of the database.
pub async fn secret(conn: &mut PgConnection, person: PersonId) -> Result<Option<(Uuid, String)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select settings.secret, people.name as "name!" from letter_settings settings
           join notice_people people on people.id = settings.person_id where settings.person_id = $1"#,
        person.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.secret, row.name)))
}
