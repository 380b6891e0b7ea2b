//! SQL of `decisions` and `decision_effects`.

pub mod choices;
pub mod effects;
pub mod register;
pub mod reviews;

use super::{model::Ruling, tally::Tally};
use crate::decisions::rules::model::Deputy;
use crate::platform::ids::{DecisionId, EscalationId, OptionId, PersonId, ProjectId};
use crate::platform::locale::Bilingual;
pub use choices::{Choices, Duty, OpenMilestone, OpenTask, Person, Stage, choices};
pub use effects::{Applied, Recorded, insert_effects};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
pub use register::{Filter, Line, register};
pub use reviews::{NewReview, Review};
use serde::Deserialize;
use serde_json::Value;
use sqlx::{PgConnection, types::Json};

/// A decision as it is written, besides its ruling.
#[derive(Debug)]
pub struct Context {
    /// The escalation that it closes.
    pub escalation: Option<EscalationId>,
    /// The decision that it supersedes.
    pub supersedes: Option<DecisionId>,
    /// How it stood.
    pub tally: Value,
    /// By whom.
    pub by: PersonId,
    /// Now.
    pub at: Timestamp,
}

/// Writes a decision under the next number of its project; none when its id is already there.
///
/// # Errors
/// Of the database; `decisions_escalation_once` and `decisions_superseded_once` refuse a second one.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    ruling: &Ruling,
    context: &Context,
) -> Result<Option<i32>, sqlx::Error> {
    // The project's row is locked first, so that the same form sent twice at once waits here.
    sqlx::query_scalar!(
        r#"with next as (
               update projects set next_decision_number = next_decision_number + 1 where id = $1
               returning next_decision_number - 1 as number)
           insert into decisions (project_id, id, number, kind, title, rationale, escalation_id, option_id, owner_id, review_on,
                                  tally, decided_by, decided_at, supersedes_id)
           select $1, $2, next.number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from next
           on conflict (project_id, id) do nothing
           returning number"#,
        project.uuid(),
        ruling.id.uuid(),
        ruling.kind.as_str(),
        ruling.title,
        ruling.rationale,
        context.escalation.map(EscalationId::uuid),
        ruling.option.map(OptionId::uuid),
        ruling.owner.uuid(),
        ruling.review_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        context.tally,
        context.by.uuid(),
        context.at.to_sqlx() as jiff_sqlx::Timestamp,
        context.supersedes.map(DecisionId::uuid),
    )
    .fetch_optional(conn)
    .await
}

/// The number of a decision that is there already.
///
/// # Errors
/// Of the database.
pub async fn number_of(
    conn: &mut PgConnection,
    project: ProjectId,
    id: DecisionId,
) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from decisions where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}

/// Another decision, by number.
#[derive(Clone, Debug, Deserialize)]
pub struct Other {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The escalation that it closed; read of a superseded one only.
    #[serde(default)]
    pub escalation: Option<i32>,
}

/// A recorded decision with all that its page shows.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Its number.
    pub number: i32,
    /// What kind of question it answers.
    pub kind: String,
    /// What is decided.
    pub title: String,
    /// Why, Markdown.
    pub rationale: String,
    /// Who sees to it.
    pub owner: String,
    /// Their id.
    pub owner_id: PersonId,
    /// When to look at it again.
    pub review_on: Option<Date>,
    /// Who recorded it.
    pub decider: String,
    /// When.
    pub decided_at: Timestamp,
    /// How it stood.
    pub tally: Tally,
    /// The escalation that it closed.
    pub escalation: Option<i32>,
    /// The one it supersedes.
    pub supersedes: Option<Other>,
    /// The one that supersedes it.
    pub superseded_by: Option<Other>,
    /// What it changed.
    pub effects: Vec<Recorded>,
    /// What was said when it came back, the newest first.
    pub reviews: Vec<Review>,
    /// The department that its owner works in.
    pub owner_department: Option<Bilingual>,
    /// Who stands in for the chair.
    pub deputy: Option<Deputy>,
}

impl Decision {
    /// What it changed itself, in the order of its form.
    #[must_use]
    pub fn own_effects(&self) -> Vec<&Recorded> {
        self.effects.iter().filter(|effect| !effect.is_carried()).collect()
    }

    /// The dates that moved along; one that stayed where it was is no change.
    #[must_use]
    pub fn carried(&self) -> Vec<&Recorded> {
        self.effects.iter().filter(|effect| effect.is_carried() && effect.before_on != effect.after_on).collect()
    }

    /// When to look at it again, after what was said last.
    #[must_use]
    pub fn returns_on(&self) -> Option<Date> {
        self.reviews.first().map_or(self.review_on, |last| last.next_on)
    }
}

/// A decision by its number.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<Decision>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select d.id as "id: DecisionId", d.number, d.kind, d.title, d.rationale, owner.name as "owner!",
                  d.owner_id as "owner_id: PersonId", d.review_on, decider.name as "decider!", d.decided_at, d.tally,
                  e.number as "escalation?",
                  (select jsonb_build_object('number', o.number, 'title', o.title, 'escalation', x.number) from decisions o
                   left join escalations x on x.project_id = o.project_id and x.id = o.escalation_id
                   where o.project_id = d.project_id and o.id = d.supersedes_id) as "supersedes: Json<Other>",
                  (select jsonb_build_object('number', o.number, 'title', o.title) from decisions o
                   where o.project_id = d.project_id and o.supersedes_id = d.id) as "superseded_by: Json<Other>",
                  (select jsonb_build_object('en', department.name_en, 'zh', department.name_zh) from decision_departments department
                   where department.person_id = d.owner_id) as "owner_department: Json<Bilingual>",
                  (select jsonb_build_object('person_id', deputy.person_id, 'away_until', deputy.chair_away_until)
                   from committee_deputies deputy where deputy.project_id = d.project_id) as "deputy: Json<Deputy>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'note', r.note, 'next_on', r.next_on, 'by', p.name, 'at', r.reviewed_at)
                              order by r.reviewed_at desc, r.id desc), '[]')
                   from decision_reviews r join decision_people p on p.id = r.reviewed_by
                   where r.project_id = d.project_id and r.decision_id = d.id) as "reviews!: Json<Vec<Review>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'before_on', f.before_on, 'after_on', f.after_on,
                              'before_text', f.before_text, 'after_text', f.after_text,
                              'number', t.number, 'title', coalesce(t.title, m.title, r.text_en, u.title_en, s.name_en, k.title),
                              'title_zh', case when t.id is not null then t.title_zh when m.id is not null then m.title_zh
                                          else coalesce(r.text_zh, u.title_zh, s.name_zh) end,
                              'stage', s.code, 'duty', u.code, 'is_rule', r.id is not null,
                              'key_result', case when k.id is not null then k.objective || '.' || k.position end,
                              'is_in_force', k.id is not null and k.dropped_at is null,
                              'part_id', t.part_id, 'status', t.status, 'assignee', p.name) order by f.position), '[]')
                   from decision_effects f
                   left join decision_tasks t on t.project_id = f.project_id and t.id = f.task_id
                   left join decision_people p on p.id = t.assignee_id
                   left join decision_milestones m on m.project_id = f.project_id and m.id = f.milestone_id
                   left join decision_stages s on s.project_id = f.project_id and s.id = f.stage_id
                   left join decision_gate_rules r on r.project_id = f.project_id and r.id = f.rule_id
                   left join decision_duties u on u.project_id = f.project_id and u.id = f.duty_id
                   left join decision_key_results k on k.project_id = f.project_id and k.id = f.key_result_id
                   where f.project_id = d.project_id and f.decision_id = d.id) as "effects!: Json<Vec<Recorded>>"
           from decisions d
           join decision_people owner on owner.id = d.owner_id
           join decision_people decider on decider.id = d.decided_by
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           where d.project_id = $1 and d.number = $2"#,
        project.uuid(),
        number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Decision {
        id: row.id,
        number: row.number,
        kind: row.kind,
        title: row.title,
        rationale: row.rationale,
        owner: row.owner,
        owner_id: row.owner_id,
        review_on: row.review_on.map(jiff_sqlx::Date::to_jiff),
        decider: row.decider,
        decided_at: row.decided_at.to_jiff(),
        tally: Tally::read(&row.tally),
        deputy: row.deputy.map(|deputy| deputy.0),
        escalation: row.escalation,
        supersedes: row.supersedes.map(|other| other.0),
        superseded_by: row.superseded_by.map(|other| other.0),
        effects: row.effects.0,
        reviews: row.reviews.0,
        owner_department: row.owner_department.map(|name| name.0),
    }))
}

/// Kind and moment of the decisions in force, newest first.
///
/// # Errors
/// Of the database.
pub async fn in_force(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<(String, Timestamp)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select d.kind, d.decided_at from decisions d
         where d.project_id = $1
           and not exists (select from decisions o where o.project_id = d.project_id and o.supersedes_id = d.id)
         order by d.decided_at desc, d.number desc",
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.decided_at.to_jiff())).collect())
}
