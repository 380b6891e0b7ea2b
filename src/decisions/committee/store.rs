//! The statements of the committee's page.

use crate::platform::ids::PersonId;
use jiff::Timestamp;
use sqlx::PgConnection;

/// An escalation before a committee that the person sits on, advises, or was asked by.
#[derive(Debug)]
pub struct Waiting {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub project: String,
    /// The escalation's number.
    pub number: i32,
    /// The question.
    pub question: String,
    /// When the committee got it; none while it is prepared and the person was asked early.
    pub entered_at: Option<Timestamp>,
    /// When it must be decided.
    pub due_at: Option<Timestamp>,
    /// The person's seat, or none for who was asked about this one only.
    pub role: Option<String>,
    /// Sees the project around it.
    pub is_insider: bool,
    /// The letter the person chose; empty for none of these.
    pub voted: Option<String>,
    /// How many ballots count.
    pub votes: i64,
    /// How many must.
    pub quorum: i16,
}

/// What a person votes on or advises, by due time.
///
/// # Errors
/// Of the database.
pub async fn waiting(conn: &mut PgConnection, person: PersonId) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with mine as (
               select e.project_id, e.id, s.role
               from decision_seats s
               join escalations e on e.project_id = s.project_id and e.state = 'with_committee'
               where s.person_id = $1 and s.role in ('committee', 'chair', 'adviser')
               union all
               select e.project_id, e.id, null from escalation_guests g
               join escalations e on e.project_id = g.project_id and e.id = g.escalation_id
               where g.person_id = $1 and e.state in ('with_liaisons', 'with_lead', 'with_committee')
           ), ranked as (
               select distinct on (project_id, id) project_id, id, role from mine
               order by project_id, id, case role when 'chair' then 1 when 'committee' then 2 when 'adviser' then 3 else 4 end
           )
           select p.key as "key!", p.name as "project!", e.number, e.question, e.due_at, st.entered_at as "entered_at?",
                  r.role, p.quorum as "quorum!",
                  exists (select from decision_seats s where s.project_id = e.project_id and s.person_id = $1 and s.role <> 'adviser')
                      as "is_insider!",
                  (select coalesce(o.letter, '') from ballots b
                   left join options o on o.project_id = b.project_id and o.id = b.option_id
                   where b.project_id = e.project_id and b.escalation_id = e.id and b.person_id = $1 and b.replaced_at is null) as voted,
                  (select count(*) from ballots b where b.project_id = e.project_id and b.escalation_id = e.id
                     and b.replaced_at is null and not b.is_advisory
                     and exists (select from decision_seats s where s.project_id = b.project_id and s.person_id = b.person_id
                                   and s.role in ('committee', 'chair'))) as "votes!"
           from ranked r
           join decision_projects p on p.id = r.project_id and p.state <> 'archived'
           join escalations e on e.project_id = r.project_id and e.id = r.id
           left join escalation_steps st on st.project_id = e.project_id and st.escalation_id = e.id and st.step = 'committee'
           order by e.due_at, e.id limit 200"#,
        person.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            key: row.key,
            project: row.project,
            number: row.number,
            question: row.question,
            entered_at: row.entered_at.map(jiff_sqlx::Timestamp::to_jiff),
            due_at: row.due_at.map(jiff_sqlx::Timestamp::to_jiff),
            role: row.role,
            is_insider: row.is_insider,
            voted: row.voted,
            votes: row.votes,
            quorum: row.quorum,
        })
        .collect())
}

/// A decision of a committee that the person sits on, advises, or was asked by.
#[derive(Debug)]
pub struct Recent {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub project: String,
    /// The decision's number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// When it was recorded.
    pub decided_at: Timestamp,
    /// The escalation that it closed.
    pub escalation: Option<i32>,
    /// Sees the project around it.
    pub is_insider: bool,
}

/// The last decisions, newest first; advisers and guests hear of those on questions put to them only.
///
/// # Errors
/// Of the database.
pub async fn recent(conn: &mut PgConnection, person: PersonId) -> Result<Vec<Recent>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.key as "key!", p.name as "project!", d.number, d.title, d.decided_at, e.number as "escalation?", i.is_insider as "is_insider!"
           from decisions d
           join decision_projects p on p.id = d.project_id
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           cross join lateral (
               select exists (select from decision_seats s where s.project_id = d.project_id and s.person_id = $1
                                and s.role in ('committee', 'chair')) as is_insider,
                      exists (select from decision_seats s where s.project_id = d.project_id and s.person_id = $1 and s.role = 'adviser')
                   or exists (select from escalation_guests g where g.project_id = d.project_id and g.escalation_id = d.escalation_id
                                and g.person_id = $1) as is_asked) i
           where d.project_id in (
                   select project_id from decision_seats where person_id = $1 and role in ('committee', 'chair', 'adviser')
                   union select project_id from escalation_guests where person_id = $1)
             and (i.is_insider or (i.is_asked and d.escalation_id is not null))
           order by d.decided_at desc, d.id desc limit 20"#,
        person.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Recent {
            key: row.key,
            project: row.project,
            number: row.number,
            title: row.title,
            decided_at: row.decided_at.to_jiff(),
            escalation: row.escalation,
            is_insider: row.is_insider,
        })
        .collect())
}
