//! SQL of my work: my open tasks in one statement, and all that others wait for in another.

use crate::{
    platform::ids::{PartId, ProjectId},
    web::shell::{OrganisationRole, Viewer},
    work::tasks::Status,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Nobody works through more.
const MOST_TASKS: i64 = 300;

/// An open task of mine.
#[derive(Debug)]
pub struct MyTask {
    /// In which project.
    pub project_id: ProjectId,
    /// 42 of `GEO-42`.
    pub number: i32,
    /// In the reader's language.
    pub title: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Where it stands.
    pub status: Status,
    /// By when.
    pub due_on: Option<Date>,
    /// Why it is blocked; empty unless it is.
    pub blocked_reason: String,
    /// For whom it waits.
    pub waits_for: Option<PartId>,
    /// When I last said how it stands.
    pub reviewed_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
}

/// My open tasks in active projects, by due date; those without one last.
///
/// # Errors
/// Of the database.
pub async fn tasks(conn: &mut PgConnection, me: &Viewer, in_chinese: bool) -> Result<Vec<MyTask>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select tasks.project_id as "project_id: ProjectId", tasks.number,
                  case when $2 then coalesce(tasks.title_zh, tasks.title) else tasks.title end as "title!",
                  tasks.part_id as "part_id: PartId", tasks.status as "status: Status", tasks.due_on, tasks.blocked_reason,
                  tasks.waits_for_part_id as "waits_for: PartId", tasks.reviewed_at, tasks.version
           from tasks join projects on projects.id = tasks.project_id and projects.state = 'active'
           where tasks.assignee_id = $1 and tasks.status not in ('done', 'dropped') and not $4
           order by tasks.due_on, projects.key, tasks.number
           limit $3"#,
        me.person_id.uuid(),
        in_chinese,
        MOST_TASKS,
        me.role == OrganisationRole::Guest,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MyTask {
            project_id: row.project_id,
            number: row.number,
            title: row.title,
            part_id: row.part_id,
            status: row.status,
            due_on: row.due_on.map(jiff_sqlx::Date::to_jiff),
            blocked_reason: row.blocked_reason,
            waits_for: row.waits_for,
            reviewed_at: row.reviewed_at.map(Timestamp::from),
            version: row.version,
        })
        .collect())
}

/// Something that others wait for, or a department I speak for.
#[derive(Debug)]
pub struct Waiting {
    /// `speaks`, `mention`, `blocked`, `position`, `settle`, `vote`, `decide`, `advise`; of requests `request` (to answer),
    /// `offer` (to agree to), `asked` (the other side owes an answer), `promised` (it owes the thing), `escalate` (refused twice) or
    /// `new_day` (its escalation is over); of requirement changes `size_change`, `answer_change`, `change_asked` (I asked for it) or
    /// `over_budget` (I did, and it waits for the budget); of escalations with the liaisons `confirm` or `agree`; `review` of a
    /// decision; `assign`, the first of so many tasks of a department that nobody has; `figures` of a month that is over, so many;
    /// a version of the `playbook` to read; goals to `sign_off`.
    pub kind: String,
    /// `GEO`.
    pub key: String,
    /// The project's name.
    pub project: String,
    /// Of the task, the request, the escalation, the decision or the version; how many `figures`.
    pub number: i32,
    /// In the reader's language.
    pub title: String,
    /// Who asks; empty when it is nobody in particular.
    pub who: String,
    /// What they say; empty when there is nothing to say.
    pub text: String,
    /// The department it is about, when it is about one: short name, name, colour.
    pub part_code: Option<String>,
    /// Its name.
    pub part_name: Option<String>,
    /// Its colour.
    pub part_colour: Option<i16>,
    /// Until when; of a `new_day` since when.
    pub due_at: Option<Timestamp>,
    /// The day that is promised; until when `figures` are due.
    pub promised_on: Option<Date>,
    /// How often the promise slipped, up to today; how many tasks nobody has.
    pub overruns: i64,
    /// The day that is wanted, and the other one that is on offer.
    pub days: Option<(Date, Date)>,
    /// Of what I asked for: the number of my own task that is blocked and waits for it.
    pub blocked_task: Option<i32>,
}

/// What others wait for from me, over all projects that I may see, and the departments I speak for; the most urgent
/// first.
///
/// # Errors
/// Of the database.
pub async fn waiting(
    conn: &mut PgConnection,
    me: &Viewer,
    in_chinese: bool,
    today: Date,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let role = match me.role {
        OrganisationRole::Administrator => "administrator",
        OrganisationRole::Member => "member",
        OrganisationRole::Guest => "guest",
    };
    let rows = sqlx::query!(
        r#"with own as (
               select seats.project_id, seats.role, seats.part_id, projects.key, projects.name
               from seats join projects on projects.id = seats.project_id and projects.state = 'active'
               where seats.person_id = $1 and seats.removed_at is null and (seats.role = 'adviser' or $2 <> 'guest')
           ), put_before_me as (
               select own.project_id, own.key, own.name, escalations.id, case
                          when voted.id is not null and exists (
                              select from recorders_on($4) as recorders where recorders.project_id = own.project_id
                                and recorders.escalation_id = escalations.id and recorders.person_id = $1) then 'decide'
                          when voted.id is not null then null
                          when own.role in ('chair', 'committee') then 'vote' else 'advise' end as kind
               from (select project_id, key, name, null::uuid as escalation_id,
                            case when bool_or(role = 'chair') then 'chair' when bool_or(role = 'committee') then 'committee' else 'adviser' end as role
                     from own where role in ('chair', 'committee', 'adviser') group by 1, 2, 3
                     union all
                     select guests.project_id, projects.key, projects.name, guests.escalation_id, 'guest'
                     from escalation_guests guests join projects on projects.id = guests.project_id and projects.state = 'active'
                     where guests.person_id = $1
                       and not exists (select from own where own.project_id = guests.project_id and own.role in ('chair', 'committee', 'adviser'))
                    ) as own
               join escalations on escalations.project_id = own.project_id and escalations.state = 'with_committee'
                and (own.escalation_id is null or own.escalation_id = escalations.id)
                and not exists (select from asides where asides.project_id = escalations.project_id and asides.escalation_id = escalations.id
                                  and asides.person_id = $1 and asides.came_back_at is null)
               left join ballots voted on voted.project_id = escalations.project_id and voted.escalation_id = escalations.id
                and voted.person_id = $1 and voted.replaced_at is null
           ), found as (
               select 'speaks' as kind, own.key, own.name as project, 0 as number, '' as title, '' as title_zh, '' as who, '' as text,
                      own.project_id, own.part_id, null::timestamptz as due_at, 0::bigint as rank, null::date as promised_on, 0::bigint as overruns
               from own where own.role = 'liaison'
               union all
               (select 'mention', projects.key, projects.name, tasks.number, tasks.title, tasks.title_zh, people.name, left(comments.body, 200),
                      null, null, null, extract(epoch from comments.created_at)::bigint, null, 0
               from task_mentions mentions
               join task_comments comments on comments.project_id = mentions.project_id and comments.id = mentions.comment_id
               join tasks on tasks.project_id = comments.project_id and tasks.id = comments.task_id and tasks.status not in ('done', 'dropped')
               join projects_seen_by($1, $2) as projects on projects.id = tasks.project_id and projects.state = 'active'
               join people on people.id = comments.author_id
               where mentions.person_id = $1 and mentions.seen_at is null
               order by comments.id limit 20)
               union all
               (select 'blocked', own.key, own.name, tasks.number, tasks.title, tasks.title_zh, coalesce(people.name, ''), tasks.blocked_reason,
                      tasks.project_id, tasks.part_id, null, extract(epoch from tasks.blocked_since)::bigint, null, 0
               from own
               join tasks on tasks.project_id = own.project_id and tasks.status = 'blocked' and tasks.waits_for_part_id = own.part_id
               left join people on people.id = tasks.assignee_id
               where own.role = 'liaison' and tasks.assignee_id is distinct from $1
               order by tasks.blocked_since limit 20)
               union all
               (select 'position', own.key, own.name, escalations.number, escalations.question, null, '', '',
                      own.project_id, own.part_id, case when escalations.paused_at is null then escalations.due_at end, extract(epoch from escalations.due_at)::bigint, null, 0
               from own
               join escalations on escalations.project_id = own.project_id
                and escalations.state in ('with_liaisons', 'with_lead', 'with_committee')
                and own.part_id in (escalations.from_part_id, escalations.to_part_id)
               where own.role = 'liaison' and not exists (
                   select from positions where positions.project_id = own.project_id
                     and positions.escalation_id = escalations.id and positions.part_id = own.part_id)
               order by escalations.due_at limit 20)
               union all
               (select 'settle', own.key, own.name, escalations.number, escalations.question, null, '', '',
                      null, null, case when escalations.paused_at is null then escalations.due_at end, extract(epoch from escalations.due_at)::bigint, null, 0
               from own join escalations on escalations.project_id = own.project_id and escalations.state = 'with_lead'
               where own.role = 'gtm_lead' order by escalations.due_at limit 20)
               union all
               (select 'raiser', own.key, own.name, escalations.number, escalations.question, null, people.name, left(questions.question, 200),
                      null, null, null, extract(epoch from questions.asked_at)::bigint, null, 0
               from (select project_id, key, name, array_agg(part_id) filter (where role = 'liaison') as spoken_for from own group by 1, 2, 3) as own
               join escalations on escalations.project_id = own.project_id and escalations.paused_at is not null
                and (escalations.raised_by = $1 or escalations.from_part_id = any(own.spoken_for))
               join escalation_questions questions on questions.project_id = escalations.project_id
                and questions.escalation_id = escalations.id and questions.ended_at is null
               join people on people.id = questions.asked_by
               order by questions.id limit 20)
               union all
               (select put_before_me.kind, put_before_me.key, put_before_me.name, escalations.number, escalations.question, null, '', '',
                      null, null, case when escalations.paused_at is null then escalations.due_at end, extract(epoch from escalations.due_at)::bigint, null, 0
               from put_before_me
               join escalations on escalations.project_id = put_before_me.project_id and escalations.id = put_before_me.id
               where put_before_me.kind is not null
               order by escalations.due_at limit 20)
               union all
               (select mine.kind, own.key, own.name, requests.number, requests.title, null, '', '',
                      own.project_id, mine.part_id, requests.answer_due_at,
                      extract(epoch from coalesce(requests.answer_due_at, requests.promised_on))::bigint, requests.promised_on,
                      requests.overruns + (requests.late_counts and (requests.is_dropped or requests.promised_on < $4))::int
               from own
               join open_requests requests on requests.project_id = own.project_id
               cross join lateral (
                   select 'request' as kind, requests.from_part_id as part_id
                   where own.role = 'liaison' and own.part_id = requests.to_part_id and requests.state = 'asked'
                   union all
                   select case requests.state when 'asked' then 'asked' when 'countered' then 'offer' else 'promised' end, requests.to_part_id
                   where own.role = 'liaison' and own.part_id = requests.from_part_id or own.role = 'gtm_lead' and requests.from_kind = 'lead') mine
               order by coalesce(requests.answer_due_at, requests.promised_on) limit 40)
               union all
               (select owed.what, own.key, own.name, owed.number, owed.question, null, '', '',
                      owed.project_id, owed.part_id, case when owed.paused_at is null then owed.due_at end, extract(epoch from owed.due_at)::bigint, null, 0
               from own join escalation_steps_owed owed on owed.project_id = own.project_id
               where own.role = 'liaison' and own.part_id = owed.part_id or own.role = 'gtm_lead' and owed.part_kind = 'lead'
               order by owed.due_at limit 20)
               union all
               (select owed.what, own.key, own.name, owed.number, owed.title, null, '', '',
                      owed.project_id, owed.other_part_id, case owed.what when 'new_day' then owed.since end, extract(epoch from owed.since)::bigint, null, 0
               from own join request_steps_owed owed on owed.project_id = own.project_id
               where own.role = 'liaison' and own.part_id = owed.part_id or own.role = 'gtm_lead' and owed.part_kind = 'lead'
               order by owed.since limit 20)
               union all
               (select case when changes.waits_for_part_id is null then 'over_budget' else 'change_asked' end, mine.key, mine.name,
                      changes.number, changes.title, null, '', '',
                      changes.project_id, changes.waits_for_part_id, null, extract(epoch from changes.asked_at)::bigint, null, 0
               from (select project_id, key, name, array_agg(part_id) filter (where role = 'liaison') as spoken_for,
                            bool_or(role = 'gtm_lead') as leads from own group by 1, 2, 3) as mine
               join awaited_changes changes on changes.project_id = mine.project_id
                and (changes.asked_by = $1 or changes.part_id = any(mine.spoken_for) or mine.leads and changes.part_kind = 'lead')
               order by changes.asked_at limit 40)
               union all
               (select changes.what, own.key, own.name, changes.number, changes.title, null, '', left(changes.why, 200),
                      own.project_id, changes.part_id, null, extract(epoch from changes.asked_at)::bigint, null, 0
               from own
               join open_changes changes on changes.project_id = own.project_id and changes.waits_for_part_id = own.part_id
               where own.role = 'liaison'
               order by changes.asked_at limit 40)
               union all
               (select 'assign', own.key, own.name, nobodys.number, nobodys.title, nobodys.title_zh, '', '',
                      own.project_id, own.part_id, null, coalesce(extract(epoch from nobodys.due_on)::bigint, 9000000000), null, nobodys.count
               from own
               cross join lateral (
                   select tasks.number, tasks.title, tasks.title_zh, tasks.due_on, count(*) over () as count from tasks
                   where tasks.project_id = own.project_id and tasks.part_id = own.part_id and tasks.assignee_id is null
                     and tasks.status not in ('done', 'dropped')
                   order by tasks.due_on, tasks.number limit 1) nobodys
               where own.role = 'liaison' limit 20)
               union all
               (select 'figures', own.key, own.name, owed.count::int, owed.title, null, '', '',
                      own.project_id, own.part_id, null, extract(epoch from owed.due_on)::bigint, owed.due_on, 0
               from own
               cross join lateral (
                   select count(*) over () as count, figures.title, (figures.month + interval '1 month 4 days')::date as due_on
                   from owed_figures figures
                   where figures.project_id = own.project_id and figures.part_id = own.part_id
                     and figures.month < date_trunc('month', $4::date)
                   order by figures.month, figures.objective, figures.key_result limit 1) owed
               where own.role = 'liaison' limit 20)
               union all
               (select distinct on (own.project_id) 'playbook', own.key, own.name, owed.number, own.name, null, '', '',
                      own.project_id, own.part_id, null, extract(epoch from $4::date)::bigint, null, 0
               from own
               join playbook_departments owed on owed.project_id = own.project_id and owed.part_id = own.part_id
                and owed.number is not null and not owed.has_read
               where own.role = 'liaison'
               order by own.project_id, owed.position limit 20)
               union all
               (select 'sign_off', own.key, own.name, 0, own.name, null, '', waits.note,
                      own.project_id, own.part_id, null, extract(epoch from waits.proposed_at)::bigint, null, 0
               from own
               join current_goal_proposals waits on waits.project_id = own.project_id and waits.decision_id is null
               where own.role = 'chair' limit 20)
               union all
               (select 'review', projects.key, projects.name, back.number, back.title, null, '', '',
                      null, null, null, extract(epoch from back.review_on)::bigint, null, 0
               from (select decision_returns.* from own
                     join decision_returns on decision_returns.project_id = own.project_id
                     where own.role = 'chair'
                        or own.role = 'committee' and exists (
                            select from committee_deputies deputies where deputies.project_id = own.project_id
                              and deputies.person_id = $1 and deputies.chair_away_until >= $4)
                     union
                     select decision_returns.* from decision_returns where decision_returns.owner_id = $1) as back
               join projects_seen_by($1, $2) as projects on projects.id = back.project_id and projects.state = 'active'
               where back.review_on <= $4
               order by back.review_on limit 20)
           )
           select found.kind as "kind!", found.key as "key!", found.project as "project!", found.number as "number!",
                  case when $3 then coalesce(found.title_zh, found.title) else found.title end as "title!",
                  found.who as "who!", found.text as "text!",
                  case when $3 then parts.short_zh else parts.short_en end as part_code,
                  case when $3 then parts.name_zh else parts.name_en end as part_name,
                  parts.colour as "part_colour?", found.due_at, found.promised_on, found.overruns as "overruns!",
                  offers.wanted_on as "wanted_on?", offers.offered_on as "offered_on?", held.number as "blocked_task?"
           from found left join parts on parts.project_id = found.project_id and parts.id = found.part_id
           left join open_requests offers on found.kind = 'offer' and offers.project_id = found.project_id and offers.number = found.number
           left join requests mine on found.kind in ('asked', 'promised') and mine.project_id = found.project_id and mine.number = found.number
           left join tasks held on held.project_id = mine.project_id and held.id = mine.task_id and held.assignee_id = $1
            and held.status = 'blocked' and held.waits_for_part_id = mine.to_part_id
           order by found.rank, found.key, found.number"#,
        me.person_id.uuid(),
        role,
        in_chinese,
        today.to_sqlx() as jiff_sqlx::Date,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            kind: row.kind,
            key: row.key,
            project: row.project,
            number: row.number,
            title: row.title,
            who: row.who,
            text: row.text,
            part_code: row.part_code,
            part_name: row.part_name,
            part_colour: row.part_colour,
            due_at: row.due_at.map(Timestamp::from),
            promised_on: row.promised_on.map(jiff_sqlx::Date::to_jiff),
            overruns: row.overruns,
            days: row.wanted_on.zip(row.offered_on).map(|(wanted, offered)| (wanted.to_jiff(), offered.to_jiff())),
            blocked_task: row.blocked_task,
        })
        .collect())
}
