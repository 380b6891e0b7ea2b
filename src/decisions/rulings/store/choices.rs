//! What the chair chooses from.

use crate::{
    decisions::rules::model::Deputy,
    goals::{model::Goals, money::model::Money, signing::model::Proposal},
    platform::{
        ids::{DutyId, GateRuleId, MilestoneId, PartId, PersonId, ProjectId, StageId, TaskId},
        locale::{Bilingual, T},
    },
    projects::{
        blueprints::Check,
        duties::model::Letters,
        scope::{Budget, Days},
    },
    work::{milestones::MilestoneKind, tasks::Status},
};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// Somebody with a seat.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Can have tasks.
    pub is_taker: bool,
    /// The departments that they belong to.
    pub part_ids: Vec<PartId>,
    /// From outside: advises, and owns no decision.
    pub is_guest: bool,
}

/// A task that can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenTask {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// Its stage.
    pub stage_id: Option<StageId>,
    /// It waits for something.
    pub is_blocked: bool,
    /// Why.
    pub blocked_reason: String,
    /// For which part, while it waits.
    pub waits_for: Option<PartId>,
    /// The status it was blocked in, while it is.
    pub was: Option<String>,
}

impl OpenTask {
    /// Where it goes once it is unblocked.
    #[must_use]
    pub fn unblocked(&self) -> Status {
        Status::after_block(self.was.as_deref().and_then(|was| was.parse().ok()))
    }
}

/// A milestone whose date can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenMilestone {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Date,
    /// What hangs on it.
    pub kind: MilestoneKind,
}

/// A rule of a gate.
#[derive(Clone, Debug, Deserialize)]
pub struct GateRule {
    /// Its id.
    pub id: GateRuleId,
    /// In English.
    pub text_en: String,
    /// In Chinese.
    pub text_zh: String,
    /// What it asks for.
    pub check: Check,
}

impl GateRule {
    /// In both languages.
    #[must_use]
    pub fn text(&self) -> Bilingual {
        Bilingual { en: self.text_en.clone(), zh: self.text_zh.clone() }
    }
}

/// A stage with the rules of its gate.
#[derive(Clone, Debug, Deserialize)]
pub struct Stage {
    /// Its id.
    pub id: StageId,
    /// `A3`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// `ahead`, `current`, `passed`.
    pub state: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// The rules of its gate, in order.
    pub rules: Vec<GateRule>,
}

impl Stage {
    /// `A3 Launch`.
    #[must_use]
    pub fn title(&self, t: T) -> String {
        t.gate_stage(&self.code, t.pair(&self.name_en, &self.name_zh))
    }
}

/// An item of the division of labour.
#[derive(Clone, Debug, Deserialize)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// `a3_price`.
    pub code: String,
    /// English title.
    pub title_en: String,
    /// Chinese title.
    pub title_zh: String,
    /// The code of its stage.
    pub stage: String,
    /// Who does what.
    pub letters: Letters,
}

/// What the chair chooses from.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Everybody with a seat.
    pub people: Vec<Person>,
    /// Open tasks, by number.
    pub tasks: Vec<OpenTask>,
    /// Milestones that are not reached, by date.
    pub milestones: Vec<OpenMilestone>,
    /// Every stage, in order.
    pub stages: Vec<Stage>,
    /// The division of labour, in order.
    pub duties: Vec<Duty>,
    /// Who stands in for the chair.
    pub deputy: Option<Deputy>,
    /// How much may change after the scope baseline, and how much has; none without one.
    pub budget: Option<Budget>,
    /// Objectives with their key results.
    pub goals: Goals,
    /// What the lead put before the committee last.
    pub proposal: Option<Proposal>,
    /// The commercial plan.
    pub money: Option<Money>,
}

impl Choices {
    /// Who can own a decision: everybody with a seat but guests.
    pub fn owners(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| !person.is_guest)
    }

    /// The name of somebody with a seat.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> Option<&str> {
        self.people.iter().find(|known| known.id == person).map(|known| known.name.as_str())
    }
}

/// Everybody with a seat, open tasks and milestones, stages and duties, and who may record it, in one statement.
///
/// # Errors
/// Of the database.
pub async fn choices(conn: &mut PgConnection, project: ProjectId) -> Result<Choices, sqlx::Error> {
    let row = sqlx::query!(
        r#"select
             (select coalesce(jsonb_agg(jsonb_build_object('id', s.person_id, 'name', s.name, 'is_guest', p.role = 'guest',
                         'is_taker', k.person_id is not null, 'part_ids', coalesce(k.part_ids, '{}')) order by s.person_id), '[]')
              from (select distinct person_id, name from decision_seats where project_id = $1) s
              join decision_people p on p.id = s.person_id
              left join task_takers k on k.project_id = $1 and k.person_id = s.person_id) as "people!: Json<Vec<Person>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                         'due_on', t.due_on, 'part_id', t.part_id, 'assignee_id', t.assignee_id, 'stage_id', t.stage_id, 'is_blocked', t.status = 'blocked', 'blocked_reason', t.blocked_reason, 'waits_for', t.waits_for_part_id, 'was', case when t.status = 'blocked' then
                           (select b.status from task_blocks b where b.task_id = t.id and b.project_id = $1 order by b.id desc limit 1) end)
                         order by t.number), '[]')
              from decision_tasks t where t.project_id = $1 and t.status not in ('done', 'dropped')) as "tasks!: Json<Vec<OpenTask>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on, 'kind', m.kind)
                         order by m.due_on, m.title), '[]')
              from decision_milestones m where m.project_id = $1 and m.reached_at is null) as "milestones!: Json<Vec<OpenMilestone>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'name_en', s.name_en, 'name_zh', s.name_zh, 'state', s.state,
                         'starts_on', s.starts_on, 'ends_on', s.ends_on, 'rules', (
                           select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'text_en', r.text_en, 'text_zh', r.text_zh, 'check', r.checks)
                                     order by r.position), '[]') from decision_gate_rules r where r.project_id = $1 and r.stage_id = s.id))
                         order by s.position), '[]')
              from decision_stages s where s.project_id = $1) as "stages!: Json<Vec<Stage>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'code', u.code, 'title_en', u.title_en, 'title_zh', u.title_zh,
                         'stage', s.code, 'letters', u.letters) order by s.position, u.position, u.code), '[]')
              from decision_duties u join decision_stages s on s.project_id = u.project_id and s.id = u.stage_id
              where u.project_id = $1) as "duties!: Json<Vec<Duty>>",
             (select jsonb_build_object('person_id', deputy.person_id, 'away_until', deputy.chair_away_until)
              from committee_deputies deputy where deputy.project_id = $1) as "deputy: Json<Deputy>",
             (select b.budget_halves from decision_budgets b where b.project_id = $1) as budget,
             (select b.used_halves from decision_budgets b where b.project_id = $1) as used,
             (select found.goals from goals_json_of(array[$1]) found) as "goals: Json<Goals>",
             (select jsonb_build_object('id', g.id, 'number', g.number, 'fingerprint', g.fingerprint, 'objectives', g.objectives, 'note', g.note, 'by', g.proposed_by,
                         'at', g.proposed_at, 'signed_at', g.signed_at, 'decision', d.number)
              from current_goal_proposals g left join decisions d on d.project_id = g.project_id and d.id = g.decision_id
              where g.project_id = $1) as "proposal: Json<Proposal>",
             (select found.money from money_of(array[$1]) found) as "money: Json<Money>""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Choices {
        people: row.people.0,
        tasks: row.tasks.0,
        milestones: row.milestones.0,
        stages: row.stages.0,
        duties: row.duties.0,
        deputy: row.deputy.map(|deputy| deputy.0),
        budget: row
            .budget
            .map(|of| Budget { of: Days::of_halves(of), used: Days::of_halves(row.used.unwrap_or_default()) }),
        goals: row.goals.map(|goals| goals.0).unwrap_or_default(),
        proposal: row.proposal.map(|proposal| proposal.0),
        money: row.money.map(|money| money.0),
    })
}
