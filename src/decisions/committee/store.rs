//! The statements of the committee's page.

use crate::{
    decisions::rules::Rule,
    platform::ids::{OptionId, PersonId},
    web::shell::OrganisationRole,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

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
    /// Code of its kind in the matrix.
    pub kind: String,
    /// The two sides, the one that raised it first.
    pub sides: [Side; 2],
    /// The newest version of the pack; none before the committee has it.
    pub pack_version: Option<i32>,
    /// Options, answers or criteria have changed since the person answered.
    pub is_out_of_date: bool,
    /// How its votes are counted and shown.
    pub rules: Counting,
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
    /// The ballots that count: options, or none for none of these.
    pub ballots: Vec<Option<OptionId>>,
    /// How many people have a vote on it.
    pub members: i64,
    /// How many must vote.
    pub quorum: i16,
    /// Who asked the person; the lead of whom they advise.
    pub asked_by: Option<String>,
}

/// A side of a question.
#[derive(Debug, Deserialize)]
pub struct Side {
    /// Its English name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its tile in English.
    pub short_en: String,
    /// Its tile in Chinese.
    pub short_zh: String,
    /// 1 to 12.
    pub colour: i16,
}

/// How the votes of one question are counted and shown, and where the person stands in it.
#[derive(Debug, Default, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "one fact each")]
pub struct Counting {
    /// How the committee decides.
    pub rule: Rule,
    /// The chair has a vote on it and has cast it.
    pub has_chair_voted: bool,
    /// Results are hidden until one has voted.
    pub hides_results: bool,
    /// The person has stepped aside.
    pub is_aside: bool,
    /// The chair has stepped aside.
    pub is_chair_aside: bool,
    /// There is a deputy who has not.
    pub has_deputy: bool,
    /// The person is that deputy.
    pub is_deputy: bool,
    /// The last day on which the chair is away.
    pub away_until: Option<Date>,
}

/// What a person votes on or advises, by due time. Of a guest's seats only an adviser's counts.
///
/// # Errors
/// Of the database.
#[expect(clippy::too_many_lines, reason = "one statement and its row")]
pub async fn waiting(conn: &mut PgConnection, person: PersonId, is_guest: bool) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with mine as (
               select e.project_id, e.id, s.role
               from decision_seats s
               join escalations e on e.project_id = s.project_id and e.state = 'with_committee'
               where s.person_id = $1 and (s.role = 'adviser' or s.role in ('committee', 'chair') and not $2)
               union all
               select e.project_id, e.id, null from escalation_guests g
               join escalations e on e.project_id = g.project_id and e.id = g.escalation_id
               where g.person_id = $1 and e.state in ('with_liaisons', 'with_lead', 'with_committee')
           ), ranked as (
               select distinct on (project_id, id) project_id, id, role from mine
               order by project_id, id, case role when 'chair' then 1 when 'committee' then 2 when 'adviser' then 3 else 4 end
           )
           select p.key as "key!", p.name as "project!", e.number, e.question, e.kind, e.due_at, st.entered_at as "entered_at?",
                  r.role, p.quorum as "quorum!",
                  not $2 and exists (select from decision_seats s where s.project_id = e.project_id and s.person_id = $1 and s.role <> 'adviser')
                      as "is_insider!",
                  case when mine.id is not null then coalesce(chosen.letter, '') end as voted,
                  coalesce(mine.id is not null and pack.choices_since > coalesce(mine.pack_version, 1), false) as "is_out_of_date!",
                  pack.version as "pack_version?",
                  (select jsonb_build_array(to_jsonb(f), to_jsonb(t)) from decision_parts f, decision_parts t
                   where f.project_id = e.project_id and f.id = e.from_part_id and t.project_id = e.project_id and t.id = e.to_part_id)
                      as "sides!: Json<[Side; 2]>",
                  coalesce((select asker.name from escalation_guests g join decision_people asker on asker.id = g.invited_by
                            where g.project_id = e.project_id and g.escalation_id = e.id and g.person_id = $1),
                           (select s.name from decision_seats s where s.project_id = e.project_id and s.role = 'gtm_lead' limit 1)) as asked_by,
                  counted.ballots as "ballots!: Json<Vec<Option<OptionId>>>", counted.members as "members!",
                  jsonb_build_object('hides_results', coalesce(rules.hides_results, false), 'away_until', rules.chair_away_until,
                      'rule', coalesce(rules.rule, 'chair'), 'has_chair_voted', counted.has_chair_voted,
                      'is_aside', exists (select from asides a where a.project_id = e.project_id and a.escalation_id = e.id
                                            and a.person_id = $1 and a.came_back_at is null),
                      'is_chair_aside', exists (select from asides a join decision_seats s on s.project_id = a.project_id
                                                  and s.person_id = a.person_id and s.role = 'chair'
                                                where a.project_id = e.project_id and a.escalation_id = e.id and a.came_back_at is null),
                      'has_deputy', deputy.person_id is not null, 'is_deputy', coalesce(deputy.person_id = $1, false))
                      as "rules!: Json<Counting>"
           from ranked r
           join decision_projects p on p.id = r.project_id and p.state <> 'archived'
           join escalations e on e.project_id = r.project_id and e.id = r.id
           left join escalation_steps st on st.project_id = e.project_id and st.escalation_id = e.id and st.step = 'committee'
           left join committee_rules rules on rules.project_id = e.project_id
           left join lateral (select s.person_id from decision_seats s
                              where s.project_id = e.project_id and s.person_id = rules.deputy_id and s.role = 'committee'
                                and not exists (select from asides a where a.project_id = e.project_id and a.escalation_id = e.id
                                                  and a.person_id = s.person_id and a.came_back_at is null)) deputy on true
           left join lateral (select v.version, v.choices_since from pack_versions v
                              where v.project_id = e.project_id and v.escalation_id = e.id order by v.version desc limit 1) pack on true
           left join ballots mine on mine.project_id = e.project_id and mine.escalation_id = e.id and mine.person_id = $1
            and mine.replaced_at is null
           left join options chosen on chosen.project_id = mine.project_id and chosen.id = mine.option_id
           cross join lateral (
               select count(*) as members, coalesce(jsonb_agg(b.option_id) filter (where b.id is not null), '[]') as ballots,
                      coalesce(bool_or(members.is_chair and b.id is not null), false) as has_chair_voted
               from (select s.person_id, bool_or(s.role = 'chair') as is_chair from decision_seats s
                     where s.project_id = e.project_id and s.role in ('committee', 'chair')
                       and not exists (select from asides a where a.project_id = e.project_id and a.escalation_id = e.id
                                         and a.person_id = s.person_id and a.came_back_at is null)
                     group by s.person_id) members
               left join ballots b on b.project_id = e.project_id and b.escalation_id = e.id and b.person_id = members.person_id
                and b.replaced_at is null and not b.is_advisory) counted
           order by e.due_at, e.id limit 200"#,
        person.uuid(),
        is_guest,
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
            kind: row.kind,
            sides: row.sides.0,
            pack_version: row.pack_version,
            is_out_of_date: row.is_out_of_date,
            rules: row.rules.0,
            entered_at: row.entered_at.map(jiff_sqlx::Timestamp::to_jiff),
            due_at: row.due_at.map(jiff_sqlx::Timestamp::to_jiff),
            role: row.role,
            is_insider: row.is_insider,
            voted: row.voted,
            ballots: row.ballots.0,
            members: row.members,
            quorum: row.quorum,
            asked_by: row.asked_by,
        })
        .collect())
}

/// What a person is warned of.
#[derive(Debug, Default)]
pub struct Warned {
    /// By key.
    pub unattended: Vec<Unattended>,
    /// The longest difference first.
    pub differing: Vec<Differing>,
    /// The first proposed first.
    pub proposed: Vec<Proposed>,
}

/// Goals that wait for the committee, which the person sits on, to sign them off.
#[derive(Debug, Deserialize)]
pub struct Proposed {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub project: String,
    /// Who proposed them.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they say about it; may be empty.
    pub note: String,
    /// The person chairs it.
    pub chairs: bool,
}

/// A project of a committee that the person sits on, whose lead has long declared another health than is computed.
#[derive(Debug, Deserialize)]
pub struct Differing {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub project: String,
    /// Computed.
    pub computed: String,
    /// Declared.
    pub declared: String,
    /// Why.
    pub declared_note: String,
    /// Who says so.
    pub declared_by: String,
    /// Since when.
    pub differs_since: Timestamp,
}

/// A project whose chair is away while its committee has questions, and nobody stands in for them.
#[derive(Debug, Deserialize)]
pub struct Unattended {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub project: String,
    /// The last day on which the chair is away.
    pub until: Date,
    /// How many questions nobody can act on.
    pub questions: i64,
    /// The person can name a deputy.
    pub may_name: bool,
}

/// What the person is warned of. Unattended are projects that they chair, lead or administer, with questions on none of which a
/// deputy could act today. Of differing health the members of the project's committee read, once it has lasted since `long_ago`;
/// and of goals that wait to be signed off.
///
/// # Errors
/// Of the database.
pub async fn warned(
    conn: &mut PgConnection,
    person: PersonId,
    role: OrganisationRole,
    (today, long_ago): (Date, Timestamp),
) -> Result<Warned, sqlx::Error> {
    let row = sqlx::query!(
        r#"with unattended as (
           select p.key, p.name as project, rules.chair_away_until as until, waiting.questions, mine.leads as may_name
           from committee_rules rules
           join decision_projects p on p.id = rules.project_id and p.state <> 'archived'
           cross join lateral (
               select count(*) as questions from escalations e where e.project_id = p.id and e.state = 'with_committee'
                 and not exists (
                     select from committee_deputies d where d.project_id = e.project_id and not exists (
                         select from asides a where a.project_id = e.project_id and a.escalation_id = e.id
                            and a.person_id = d.person_id and a.came_back_at is null))) waiting
           cross join lateral (
               select $2 = 'administrator' or coalesce(bool_or(s.role = 'gtm_lead'), false) as leads,
                      coalesce(bool_or(s.role = 'chair'), false) as chairs
               from decision_seats s where s.project_id = p.id and s.person_id = $1) mine
           where rules.chair_away_until >= $3 and waiting.questions > 0 and (mine.leads or mine.chairs)
           ), differing as (
           select p.key, p.name as project, health.computed, health.declared, health.declared_note, health.declared_by,
                  health.differs_since
           from decision_health health
           join decision_projects p on p.id = health.project_id and p.state = 'active'
           where health.differs_since <= $4
             and exists (select from decision_seats s where s.project_id = health.project_id and s.person_id = $1
                           and s.role in ('committee', 'chair')))
           , proposed as (
           select p.key, p.name as project, g.proposed_by as by, g.proposed_at as at, g.note, mine.chairs
           from current_goal_proposals g
           join decision_projects p on p.id = g.project_id and p.state = 'active'
           cross join lateral (
               select bool_or(s.role = 'chair') as chairs from decision_seats s
               where s.project_id = g.project_id and s.person_id = $1 and s.role in ('committee', 'chair')) mine
           where g.decision_id is null and mine.chairs is not null)
           select (select coalesce(jsonb_agg(to_jsonb(unattended) order by key), '[]') from unattended) as "unattended!: Json<Vec<Unattended>>",
                  (select coalesce(jsonb_agg(to_jsonb(differing) order by differs_since, key), '[]') from differing)
                      as "differing!: Json<Vec<Differing>>",
                  (select coalesce(jsonb_agg(to_jsonb(proposed) order by at, key), '[]') from proposed)
                      as "proposed!: Json<Vec<Proposed>>""#,
        person.uuid(),
        role.as_str(),
        today.to_sqlx() as jiff_sqlx::Date,
        long_ago.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_one(conn)
    .await?;
    Ok(Warned { unattended: row.unattended.0, differing: row.differing.0, proposed: row.proposed.0 })
}

/// A decision of a project that the person sees, or on a question that was put to them.
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
    /// The letter the person chose; empty for none of these.
    pub voted: Option<String>,
    /// Their ballot counted.
    pub counted: bool,
}

/// The last decisions of the projects that the person sees, newest first; advisers and guests hear of those on questions
/// put to them only.
///
/// # Errors
/// Of the database.
pub async fn recent(
    conn: &mut PgConnection,
    person: PersonId,
    role: OrganisationRole,
) -> Result<Vec<Recent>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.key as "key!", p.name as "project!", d.number, d.title, d.decided_at, e.number as "escalation?", i.is_insider as "is_insider!",
                  case when b.id is not null then coalesce(o.letter, '') end as voted, coalesce(not b.is_advisory, false) as "counted!"
           from decisions d
           join decision_projects p on p.id = d.project_id
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           left join ballots b on b.project_id = e.project_id and b.escalation_id = e.id and b.person_id = $1 and b.replaced_at is null
           left join options o on o.project_id = b.project_id and o.id = b.option_id
           cross join lateral (
               select exists (select from projects_seen_by($1, $2) seen where seen.id = d.project_id) as is_insider,
                      exists (select from decision_seats s where s.project_id = d.project_id and s.person_id = $1 and s.role = 'adviser')
                   or exists (select from escalation_guests g where g.project_id = d.project_id and g.escalation_id = d.escalation_id
                                and g.person_id = $1) as is_asked) i
           where i.is_insider or (i.is_asked and d.escalation_id is not null)
           order by d.decided_at desc, d.id desc limit 20"#,
        person.uuid(),
        role.as_str(),
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
            voted: row.voted,
            counted: row.counted,
        })
        .collect())
}
