//! SQL of `news` and `notices`, and the one statement that finds who hears of what.

pub mod inbox;

use super::model::Telling;
use crate::platform::ids::{EventId, ProjectId};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// An event that nobody has been told of.
#[derive(Clone, Debug)]
pub struct News {
    /// Which.
    pub event_id: EventId,
    /// Its kind.
    pub kind: String,
    /// In which project.
    pub project_id: Option<ProjectId>,
    /// To what it happened.
    pub subject_id: Uuid,
    /// Its fields after it.
    pub after: Value,
}

/// Takes some of the news, the oldest first; other workers leave them alone, and they are gone once this transaction commits.
///
/// # Errors
/// Of the database.
pub async fn take(conn: &mut PgConnection, most: i64) -> Result<Vec<News>, sqlx::Error> {
    sqlx::query_as!(
        News,
        r#"with taken as (
               delete from news where event_id in (select event_id from news order by event_id for update skip locked limit $1)
               returning event_id)
           select events.id as "event_id: EventId", events.kind, events.project_id as "project_id: ProjectId", events.subject_id,
                  events.after
           from taken join events on events.id = taken.event_id
           order by events.id"#,
        most,
    )
    .fetch_all(conn)
    .await
}

/// Tells everybody whom it concerns: a line each, folded into one that they have not read yet. What a decision did, or a move of
/// the plan, is told in the line of that decision or move. Who did it is not told, nor who may not see the project; guests hear of what was put before them only. A decision goes out by mail also to whom a letter asked for
/// their vote or view. Answers how many were told.
///
/// # Errors
/// Of the database.
pub async fn tell(conn: &mut PgConnection, tellings: &[(EventId, Telling)]) -> Result<u64, sqlx::Error> {
    let rows: Vec<(Uuid, &str, &str, Option<&str>)> = tellings
        .iter()
        .flat_map(|(event, telling)| {
            telling.hearers.iter().map(move |(hearer, want)| {
                (event.uuid(), telling.topic.as_str(), hearer.as_str(), want.map(super::model::Want::as_str))
            })
        })
        .collect();
    let events: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let topics: Vec<String> = rows.iter().map(|row| row.1.to_owned()).collect();
    let hearers: Vec<String> = rows.iter().map(|row| row.2.to_owned()).collect();
    let wants: Vec<Option<String>> = rows.iter().map(|row| row.3.map(str::to_owned)).collect();
    let order: Vec<i32> = (0..).take(rows.len()).collect();
    let weights: Vec<i16> =
        tellings.iter().flat_map(|(_, telling)| telling.hearers.iter().map(|_| telling.weight)).collect();
    let done = sqlx::query!(
        r#"with told as (
               select events.id, events.at, events.project_id, events.subject_id, events.actor_id, given.topic, given.hearer, given.want, given.place, given.weight,
                      head.id as head_id, head.kind as head_kind, events.kind in ('task.moved', 'milestone.moved') as is_date,
                      case head.kind when 'decision.recorded' then head.subject_id when 'project.schedule_changed' then head.id
                                     else events.subject_id end as line_id
               from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::smallint[]) as given (event_id, topic, hearer, want, place, weight)
               join events on events.id = given.event_id
               left join lateral (
                   select heads.id, heads.kind, heads.subject_id from events heads
                   where heads.xid = events.xid and heads.project_id = events.project_id
                     and (heads.kind = 'decision.recorded'
                          and events.subject_kind in ('task', 'milestone', 'stage', 'gate_rule', 'duty', 'project', 'baseline', 'key_result', 'goal_proposal')
                          or heads.kind = 'project.schedule_changed' and events.subject_kind in ('task', 'milestone', 'project'))
                   order by heads.kind, heads.id limit 1) head on true
               where events.project_id is not null
           ), heard as (
               select told.*, found.person_id from told cross join lateral (
                   select tasks.assignee_id as person_id from tasks
                   where told.hearer = 'assignee' and tasks.project_id = told.project_id and tasks.id = told.subject_id
                   union all
                   select watchers.person_id from task_watchers watchers
                   where told.hearer = 'watchers' and watchers.project_id = told.project_id and watchers.task_id = told.subject_id
                   union all
                   select mentions.person_id from task_comments comments
                   join task_mentions mentions on mentions.project_id = comments.project_id and mentions.comment_id = comments.id
                   where told.hearer = 'mentioned' and comments.project_id = told.project_id and comments.task_id = told.subject_id
                     and comments.created_at = told.at and comments.author_id = told.actor_id
                   union all
                   select seats.person_id from tasks
                   join notice_seats seats on seats.project_id = tasks.project_id and seats.part_id = tasks.waits_for_part_id and seats.role = 'liaison'
                   where told.hearer = 'waited_for' and tasks.project_id = told.project_id and tasks.id = told.subject_id
                   union all
                   select seats.person_id from escalations
                   join parts on parts.project_id = escalations.project_id and parts.id in (escalations.from_part_id, escalations.to_part_id)
                   join notice_seats seats on seats.project_id = escalations.project_id
                    and (seats.role = 'liaison' and seats.part_id = parts.id or seats.role = 'gtm_lead' and parts.kind = 'lead')
                   where told.hearer in ('sides', 'silent_sides') and escalations.project_id = told.project_id and escalations.id = told.subject_id
                     and (told.hearer = 'sides' or not exists (
                         select from positions where positions.project_id = escalations.project_id
                           and positions.escalation_id = escalations.id and positions.part_id = parts.id))
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer = 'lead' and seats.project_id = told.project_id and seats.role = 'gtm_lead'
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer in ('committee', 'not_voted', 'not_reminded') and seats.project_id = told.project_id
                     and seats.role in ('committee', 'chair')
                     and (told.hearer = 'committee'
                          or not exists (
                              select from ballots where ballots.project_id = told.project_id and ballots.escalation_id = told.subject_id
                                and ballots.person_id = seats.person_id and ballots.replaced_at is null)
                          and not exists (
                              select from asides where asides.project_id = told.project_id and asides.escalation_id = told.subject_id
                                and asides.person_id = seats.person_id and asides.came_back_at is null))
                     and (told.hearer <> 'not_reminded' or not exists (
                         select from events warned where warned.project_id = told.project_id and warned.subject_id = told.subject_id and warned.kind = 'escalation.time_runs_out'
                           and warned.after->>'state' = 'with_committee' and warned.id < told.id))
                   union all
                   select seats.person_id from notice_seats seats
                   left join committee_rules rules on rules.project_id = seats.project_id
                   cross join lateral (
                       select coalesce(rules.chair_away_until >= (told.at at time zone organisations.time_zone)::date, false)
                           or exists (select from notice_seats chairs
                                      join asides on asides.project_id = chairs.project_id and asides.person_id = chairs.person_id
                                       and asides.escalation_id = told.subject_id and asides.came_back_at is null
                                      where chairs.project_id = seats.project_id and chairs.role = 'chair') as is_out
                       from organisations) chair
                   cross join lateral (
                       select exists (select from notice_seats deputies
                                      where deputies.project_id = seats.project_id and deputies.role = 'committee' and deputies.person_id = rules.deputy_id
                                        and not exists (
                                            select from asides where asides.project_id = told.project_id and asides.escalation_id = told.subject_id
                                              and asides.person_id = deputies.person_id and asides.came_back_at is null)) as acts) deputy
                   where told.hearer = 'recorder' and seats.project_id = told.project_id
                     and (seats.role = 'chair' and not (chair.is_out and deputy.acts)
                          or seats.role = 'committee' and seats.person_id = rules.deputy_id and chair.is_out)
                     and not exists (
                         select from asides where asides.project_id = told.project_id and asides.escalation_id = told.subject_id
                           and asides.person_id = seats.person_id and asides.came_back_at is null)
                   union all
                   select escalations.raised_by from escalations
                   where told.hearer = 'raiser' and escalations.project_id = told.project_id and escalations.id = told.subject_id
                   union all
                   select seats.person_id from escalations
                   join notice_seats seats on seats.project_id = escalations.project_id and seats.role = 'liaison' and seats.part_id = escalations.from_part_id
                   where told.hearer = 'raiser' and escalations.project_id = told.project_id and escalations.id = told.subject_id
                   union all
                   select questions.asked_by from escalation_questions questions
                   where told.hearer = 'asker' and questions.project_id = told.project_id and questions.escalation_id = told.subject_id
                     and questions.ended_at = told.at
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer = 'advisers' and seats.project_id = told.project_id and seats.role = 'adviser'
                   union all
                   select guests.person_id from escalation_guests guests
                   where told.hearer in ('advisers', 'guest') and guests.project_id = told.project_id and guests.escalation_id = told.subject_id
                     and (told.hearer = 'advisers' or guests.invited_at = told.at)
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer = 'seated' and seats.project_id = told.project_id and seats.id = told.subject_id
                   union all
                   select decisions.owner_id from decisions
                   where told.hearer = 'owner' and decisions.project_id = told.project_id and decisions.id = told.subject_id
                   union all
                   select seats.person_id from requests
                   join parts on parts.project_id = requests.project_id
                    and parts.id = case told.hearer when 'asked' then requests.to_part_id else requests.from_part_id end
                   join notice_seats seats on seats.project_id = requests.project_id
                    and (seats.role = 'liaison' and seats.part_id = parts.id or seats.role = 'gtm_lead' and parts.kind = 'lead')
                   where told.hearer in ('asked', 'asking') and requests.project_id = told.project_id and requests.id = told.subject_id
                   union all
                   select requests.asked_by from requests
                   where told.hearer = 'asking' and requests.project_id = told.project_id and requests.id = told.subject_id
                   union all
                   select seats.person_id from scope_current baseline
                   join notice_seats seats on seats.project_id = baseline.project_id and seats.role = 'liaison'
                    and seats.part_id = case told.hearer when 'change_product' then baseline.product_part_id else baseline.rnd_part_id end
                   where told.hearer in ('change_product', 'change_rnd') and baseline.project_id = told.project_id
                   union all
                   select seats.person_id from scope_changes changes
                   join parts on parts.project_id = changes.project_id and parts.id = changes.part_id
                   join notice_seats seats on seats.project_id = changes.project_id
                    and (seats.role = 'liaison' and seats.part_id = parts.id or seats.role = 'gtm_lead' and parts.kind = 'lead')
                   where told.hearer in ('change_asking', 'contributors') and changes.project_id = told.project_id
                     and (told.hearer = 'change_asking' and changes.id = told.subject_id
                          or told.hearer = 'contributors' and changes.state in ('accepted', 'over_budget'))
                   union all
                   select changes.asked_by from scope_changes changes
                   where told.hearer = 'change_asking' and changes.project_id = told.project_id and changes.id = told.subject_id
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer = 'liaisons' and seats.project_id = told.project_id and seats.role = 'liaison'
                   union all
                   select seats.person_id from tasks
                   join parts on parts.project_id = tasks.project_id and parts.id = tasks.part_id
                   join notice_seats seats on seats.project_id = tasks.project_id
                    and (seats.role = 'liaison' and seats.part_id = parts.id or seats.role = 'gtm_lead' and parts.kind = 'lead')
                   where told.hearer = 'owning' and tasks.project_id = told.project_id and tasks.id = told.subject_id
                     and tasks.assignee_id is null and tasks.status not in ('done', 'dropped')
                   union all
                   select seats.person_id from events duty
                   join notice_seats seats on seats.project_id = duty.project_id and seats.role = 'liaison'
                    and duty.after->'touched'->'parts' ? seats.part_id::text
                   where told.hearer = 'touched' and duty.id = told.id
                   union all
                   select (thanks.after->>'thanked_id')::uuid from events thanks
                   where told.hearer = 'thanked' and thanks.id = told.id
                   union all
                   select heads.person_id from requests
                   join parts on parts.project_id = requests.project_id and parts.id in (requests.from_part_id, requests.to_part_id)
                   join notice_heads heads on heads.department_id = parts.department_id
                   where told.hearer = 'managers' and requests.project_id = told.project_id and requests.id = told.subject_id
                   union all
                   select seats.person_id from notice_seats seats
                   where told.hearer = 'everyone' and seats.project_id = told.project_id and seats.role <> 'adviser'
               ) found
           ), allowed as (
               select distinct on (heard.id, heard.person_id) heard.id, heard.at, heard.project_id, heard.line_id as subject_id, heard.want, heard.weight,
                      heard.person_id, heard.head_id, heard.is_date, heard.head_id is not null and heard.head_id <> heard.id as is_folded,
                      heard.want is not null and heard.want <> 'task' as waits,
                      case heard.head_kind when 'decision.recorded' then 'decisions' when 'project.schedule_changed' then 'project' else heard.topic end as topic
               from heard
               join notice_people people on people.id = heard.person_id
               where heard.person_id is distinct from heard.actor_id
                 and (heard.hearer in ('advisers', 'guest')
                      or exists (select from projects_seen_by(people.id, people.role) as seen
                                 where seen.id = heard.project_id and seen.state <> 'draft'
                                   and (seen.published_at is null or heard.at >= seen.published_at)))
               order by heard.id, heard.person_id, heard.want is null, heard.place
           ), lines as (
               select project_id, subject_id, person_id, count(*)::int as count, max(at) as at,
                      count(*) filter (where is_folded)::int as folded, (count(*) filter (where is_folded and is_date))::int as moved,
                      coalesce((array_agg(id order by is_date, id) filter (where is_folded))[1:12], '{}') as told,
                      (array_agg(want order by waits desc, id desc) filter (where want is not null))[1] as want
               from allowed group by project_id, subject_id, person_id
           ), latest as (
               select distinct on (project_id, subject_id, person_id) coalesce(head_id, id) as event_id, project_id, subject_id, person_id, topic, weight
               from allowed
               order by project_id, subject_id, person_id, is_folded, waits desc, weight >= $7 desc, at desc, weight desc, id desc
           )
           insert into notices (person_id, project_id, subject_id, event_id, topic, want, weight, count, at, told, moved, folded)
           select person_id, project_id, subject_id, latest.event_id, latest.topic, lines.want, latest.weight, lines.count, lines.at,
                  lines.told, lines.moved, lines.folded
           from lines join latest using (project_id, subject_id, person_id)
           on conflict (person_id, project_id, subject_id) where read_at is null do update
           set (event_id, topic, weight) = (
                   select given.event_id, given.topic, given.weight
                   from (values (notices.event_id, notices.topic, notices.weight, false), (excluded.event_id, excluded.topic, excluded.weight, true))
                       as given (event_id, topic, weight, is_new)
                   order by given.is_new = (coalesce(excluded.want, 'task') <> 'task'
                                            or coalesce(notices.want, 'task') = 'task' and (excluded.weight >= $7 or notices.weight < $7)
                                                and (excluded.at > notices.at or excluded.weight >= notices.weight)) desc
                   limit 1),
               want = coalesce(excluded.want, notices.want),
               count = notices.count + excluded.count, at = excluded.at,
               told = (notices.told || excluded.told)[1:24], moved = notices.moved + excluded.moved, folded = notices.folded + excluded.folded,
               mailed_at = case when excluded.want is null and not exists (
                   select from events where events.id = excluded.event_id and events.kind = 'escalation.decided') then notices.mailed_at end"#,
        &events,
        &topics,
        &hearers,
        &wants as &[Option<String>],
        &order,
        &weights,
        super::model::ENDS,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Tells advisers who were given their seat just now of each case that the committee has: it stands before them from this moment.
///
/// # Errors
/// Of the database.
pub async fn put_before(conn: &mut PgConnection, events: &[EventId]) -> Result<(), sqlx::Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.uuid()).collect();
    sqlx::query!(
        "insert into notices (person_id, project_id, subject_id, event_id, topic, want, weight, count, at)
         select distinct on (seats.person_id, open.id) seats.person_id, open.project_id, open.id, known.id, 'escalations', 'advise', 1, 1, given.at
         from events given
         join notice_seats seats on seats.project_id = given.project_id and seats.id = given.subject_id and seats.role = 'adviser'
         join escalations open on open.project_id = given.project_id and open.state = 'with_committee'
         join lateral (select id from events where project_id = open.project_id and subject_id = open.id and kind in ('escalation.passed_on', 'escalation.time_over', 'escalation.raised')
                       order by id desc limit 1) known on known.id < given.id
         where given.id = any($1) and given.kind in ('seat.given', 'seat.handed_over')
           and not exists (select from ballots where ballots.project_id = open.project_id and ballots.escalation_id = open.id
                             and ballots.person_id = seats.person_id and ballots.replaced_at is null)
         on conflict (person_id, project_id, subject_id) where read_at is null do nothing",
        &events,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Who acted on a thing has seen what was told of it until then, and has answered what was wanted.
///
/// # Errors
/// Of the database.
pub async fn read_by_acting(conn: &mut PgConnection, events: &[EventId]) -> Result<(), sqlx::Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.uuid()).collect();
    sqlx::query!(
        "update notices set read_at = events.at from events
         where events.id = any($1) and events.actor_id = notices.person_id and events.project_id = notices.project_id
           and events.subject_id = notices.subject_id
           and notices.read_at is null and notices.at <= events.at",
        &events,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was wanted before these events is wanted no more; the lines stay. A task that goes to somebody ends only that it was to be
/// given or done.
///
/// # Errors
/// Of the database.
pub async fn end_wants(conn: &mut PgConnection, events: &[EventId]) -> Result<(), sqlx::Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.uuid()).collect();
    sqlx::query!(
        "update notices set want = null from events
         where events.id = any($1) and events.subject_id = notices.subject_id and events.project_id = notices.project_id
           and notices.want is not null and notices.at <= events.at
           and (events.kind <> 'task.assigned' or notices.want in ('task', 'assign'))",
        &events,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the unread lines that people may not read any more: of these projects, or of whom these events are about.
///
/// # Errors
/// Of the database.
pub async fn forget_unseen(conn: &mut PgConnection, events: &[EventId]) -> Result<(), sqlx::Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.uuid()).collect();
    sqlx::query!(
        "delete from notices using events, people
         where events.id = any($1) and notices.read_at is null and people.id = notices.person_id
           and (notices.project_id = events.project_id or events.subject_kind = 'person' and notices.person_id = events.subject_id)
           and not exists (select from notices_read_by(people.id, people.role) as own where own.id = notices.id)",
        &events,
    )
    .execute(conn)
    .await?;
    Ok(())
}
