//! SQL of `escalations` and `escalation_steps`, and the one statement that reads a whole dossier.

mod hands;

pub use hands::{clear_proposal, closed_by, passed_by};

use super::{
    dossier::{
        Answer, AnsweredQuestion, Aside, Ballot, Choice, Comment, Criterion, DecisionBrief, Dossier, Earlier, Evidence,
        Guest, OpenQuestion, Position, Proposal, Seat, StepTaken, TaskAbout, WaitingChange,
    },
    model::State,
};
use crate::decisions::{matrix::StepLimits, packs::model::Brief, rules::Rules};
use crate::goals::signing::proposed::{About, Proposed};
use crate::platform::ids::{EscalationId, OptionId, PartId, PersonId, ProjectId, TaskId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// An escalation by its number in its project, with all that belongs to it.
///
/// # Errors
/// Of the database.
#[expect(clippy::too_many_lines, reason = "one statement and its row")]
pub async fn dossier(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<Dossier>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select e.id as "id: EscalationId", e.number, e.question, e.background, e.kind, e.category,
                  e.raised_by as "raised_by: PersonId", raiser.name as "raiser!", e.from_part_id as "from: PartId",
                  e.to_part_id as "to: PartId", e.state as "state: State", e.due_at,
                  e.recommended_option_id as "recommended: OptionId", e.outcome, closer.name as "closer?", e.closed_at,
                  e.raised_at, e.version, e.paused_at, e.is_drafted, e.proposes as "proposes: Json<Proposed>",
                  case when e.proposes is not null then proposed_about(e.project_id, e.proposes) end as "proposed_about: Json<About>",
                  (select l.limits from escalation_limits l where l.category = e.category) as "own_limits: Json<StepLimits>",
                  (select jsonb_build_object('id', q.id, 'asked_by', q.asked_by, 'asker', p.name, 'question', q.question, 'asked_at', q.asked_at)
                   from escalation_questions q join decision_people p on p.id = q.asked_by
                   where q.project_id = e.project_id and q.escalation_id = e.id and q.ended_at is null) as "open_question: Json<OpenQuestion>",
                  (select coalesce(jsonb_agg(jsonb_build_object('asker', p.name, 'question', q.question, 'asked_at', q.asked_at,
                              'by', a.name, 'answer', q.answer, 'answered_at', q.ended_at) order by q.id), '[]')
                   from escalation_questions q join decision_people p on p.id = q.asked_by join decision_people a on a.id = q.ended_by
                   where q.project_id = e.project_id and q.escalation_id = e.id and q.answer is not null)
                      as "answered_questions!: Json<Vec<AnsweredQuestion>>",
                  e.proposal, e.proposal_part_id as "proposal_part: PartId",
                  proposer.name as "proposer?", e.proposed_at,
                  (select jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                              'part_id', t.part_id, 'is_blocked', t.status = 'blocked')
                   from decision_tasks t where t.project_id = e.project_id and t.id = e.task_id) as "task: Json<TaskAbout>",
                  (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'title', c.title, 'state', c.state, 'halves', c.halves)
                              order by c.agreed_at, c.number), '[]')
                   from decision_changes c where c.project_id = e.project_id and c.escalation_id = e.id) as "changes!: Json<Vec<WaitingChange>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'entered_at', s.entered_at, 'due_at', s.due_at,
                              'left_at', s.left_at, 'paused_minutes', s.paused_minutes, 'passed_on_by', p.name, 'note', s.note) order by s.entered_at), '[]')
                   from escalation_steps s left join decision_people p on p.id = s.passed_on_by
                   where s.project_id = e.project_id and s.escalation_id = e.id) as "steps!: Json<Vec<StepTaken>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'part_id', s.part_id, 'author', p.name, 'is_drafted', s.is_drafted,
                              'statement', s.statement, 'wants', s.wants_option_id, 'written_at', s.written_at, 'version', s.version)), '[]')
                   from positions s join decision_people p on p.id = s.author_id
                   where s.project_id = e.project_id and s.escalation_id = e.id) as "positions!: Json<Vec<Position>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'label', s.label, 'url', s.url,
                              'body', s.body, 'by', p.name, 'is_drafted', s.is_drafted, 'task', case when t.id is not null then
                              jsonb_build_object('number', t.number, 'title', t.title, 'title_zh', t.title_zh) end) order by s.id), '[]')
                   from evidence s join decision_people p on p.id = s.added_by
                   left join decision_tasks t on t.project_id = s.project_id and t.id = s.task_id
                   where s.project_id = e.project_id and s.escalation_id = e.id) as "evidence!: Json<Vec<Evidence>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'letter', o.letter, 'title', o.title,
                              'summary', o.summary, 'version', o.version) order by o.letter), '[]')
                   from options o where o.project_id = e.project_id and o.escalation_id = e.id) as "options!: Json<Vec<Choice>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name) order by c.position), '[]')
                   from criteria c where c.project_id = e.project_id and c.escalation_id = e.id) as "criteria!: Json<Vec<Criterion>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('option_id', a.option_id, 'criterion_id', a.criterion_id,
                              'answer', a.answer, 'tone', a.tone)), '[]')
                   from answers a join options o on o.project_id = a.project_id and o.id = a.option_id
                   where o.project_id = e.project_id and o.escalation_id = e.id) as "answers!: Json<Vec<Answer>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('person_id', b.person_id, 'name', p.name, 'option_id', b.option_id,
                              'reason', b.reason, 'is_advisory', b.is_advisory, 'pack_version', b.pack_version) order by b.id), '[]')
                   from ballots b join decision_people p on p.id = b.person_id
                   where b.project_id = e.project_id and b.escalation_id = e.id and b.replaced_at is null) as "ballots!: Json<Vec<Ballot>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('person_id', g.person_id, 'name', p.name, 'invited_by', g.invited_by,
                              'inviter', i.name) order by g.invited_at), '[]')
                   from escalation_guests g join decision_people p on p.id = g.person_id join decision_people i on i.id = g.invited_by
                   where g.project_id = e.project_id and g.escalation_id = e.id) as "guests!: Json<Vec<Guest>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'author_id', c.author_id, 'name', p.name,
                              'body', c.body, 'created_at', c.created_at) order by c.id), '[]')
                   from escalation_comments c join decision_people p on p.id = c.author_id
                   where c.project_id = e.project_id and c.escalation_id = e.id) as "comments!: Json<Vec<Comment>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('person_id', s.person_id, 'name', s.name, 'role', s.role,
                              'capacity', s.capacity) order by s.role = 'chair', s.created_at, s.name), '[]')
                   from decision_seats s where s.project_id = e.project_id and s.role in ('committee', 'chair', 'adviser'))
                      as "committee!: Json<Vec<Seat>>",
                  (select jsonb_build_object('id', d.id, 'number', d.number, 'title', d.title, 'rationale', d.rationale,
                              'option_id', d.option_id, 'by', p.name, 'decided_at', d.decided_at, 'tally', d.tally)
                   from decisions d join decision_people p on p.id = d.decided_by
                   where d.project_id = e.project_id and d.escalation_id = e.id) as "decision: Json<DecisionBrief>",
                  (select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'hash', v.hash, 'choices_since', v.choices_since,
                              'made_at', v.made_at, 'by', p.name, 'changes', v.changes) order by v.version), '[]')
                   from pack_versions v left join decision_people p on p.id = v.made_by
                   where v.project_id = e.project_id and v.escalation_id = e.id) as "packs!: Json<Vec<Brief>>",
                  (select jsonb_build_object('rule', r.rule, 'hides_results', r.hides_results, 'deputy_id', r.deputy_id,
                              'deputy', p.name, 'away_until', r.chair_away_until, 'version', r.version)
                   from committee_rules r left join decision_people p on p.id = r.deputy_id
                   where r.project_id = e.project_id) as "rules: Json<Rules>",
                  (select coalesce(jsonb_agg(jsonb_build_object('person_id', a.person_id, 'name', p.name, 'reason', a.reason,
                              'since', a.since) order by a.id), '[]')
                   from asides a join decision_people p on p.id = a.person_id
                   where a.project_id = e.project_id and a.escalation_id = e.id and a.came_back_at is null) as "asides!: Json<Vec<Aside>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'question', o.question, 'kind', o.kind, 'state', o.state,
                              'step', (select s.step from escalation_steps s where s.project_id = o.project_id and s.escalation_id = o.id
                                       order by s.entered_at desc limit 1),
                              'outcome', coalesce((select d.title from decisions d where d.project_id = o.project_id and d.escalation_id = o.id),
                                                  o.outcome),
                              'raised_at', o.raised_at, 'closed_at', o.closed_at) order by o.number desc), '[]')
                   from (select * from escalations o where o.project_id = e.project_id and o.number < e.number
                           and least(o.from_part_id, o.to_part_id) = least(e.from_part_id, e.to_part_id)
                           and greatest(o.from_part_id, o.to_part_id) = greatest(e.from_part_id, e.to_part_id)
                         order by o.number desc limit 10) o) as "earlier!: Json<Vec<Earlier>>"
           from escalations e
           join decision_people raiser on raiser.id = e.raised_by
           left join decision_people closer on closer.id = e.closed_by
           left join decision_people proposer on proposer.id = e.proposed_by
           where e.project_id = $1 and e.number = $2"#,
        project.uuid(),
        number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Dossier {
        id: row.id,
        number: row.number,
        question: row.question,
        background: row.background,
        kind: row.kind,
        category: row.category,
        raised_by: row.raised_by,
        raiser: row.raiser,
        is_drafted: row.is_drafted,
        proposes: row.proposes.map(|proposes| proposes.0),
        proposed_about: row.proposed_about.map(|about| about.0),
        from: row.from,
        to: row.to,
        state: row.state,
        due_at: row.due_at.map(jiff_sqlx::Timestamp::to_jiff),
        recommended: row.recommended,
        outcome: row.outcome,
        closer: row.closer,
        closed_at: row.closed_at.map(jiff_sqlx::Timestamp::to_jiff),
        raised_at: row.raised_at.to_jiff(),
        paused_at: row.paused_at.map(jiff_sqlx::Timestamp::to_jiff),
        own_limits: row.own_limits.map(|limits| limits.0),
        open_question: row.open_question.map(|question| question.0),
        answered_questions: row.answered_questions.0,
        version: row.version,
        proposal: match (row.proposal_part, row.proposer, row.proposed_at) {
            (Some(part), Some(by), Some(at)) => Some(Proposal { text: row.proposal, part, by, at: at.to_jiff() }),
            _ => None,
        },
        task: row.task.map(|task| task.0),
        changes: row.changes.0,
        steps: row.steps.0,
        positions: row.positions.0,
        evidence: row.evidence.0,
        options: row.options.0,
        criteria: row.criteria.0,
        answers: row.answers.0,
        ballots: row.ballots.0,
        guests: row.guests.0,
        comments: row.comments.0,
        committee: row.committee.0,
        decision: row.decision.map(|decision| decision.0),
        packs: row.packs.0,
        rules: row.rules.map(|rules| rules.0).unwrap_or_default(),
        asides: row.asides.0,
        earlier: row.earlier.0,
    }))
}

/// As [`dossier`], after locking the escalation: nobody else changes it, votes on it or decides it meanwhile.
///
/// # Errors
/// Of the database.
pub async fn locked(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<Dossier>, sqlx::Error> {
    sqlx::query_scalar!(
        "select version from escalations where project_id = $1 and number = $2 for update",
        project.uuid(),
        number
    )
    .fetch_optional(&mut *conn)
    .await?;
    dossier(conn, project, number).await
}

/// A new escalation as it is written.
#[derive(Debug)]
pub struct NewEscalation<'a> {
    /// Made with the form.
    pub id: EscalationId,
    /// In one sentence.
    pub question: &'a str,
    /// Markdown.
    pub background: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Code of its category.
    pub category: &'a str,
    /// By whom.
    pub by: PersonId,
    /// The program put it together.
    pub is_drafted: bool,
    /// The side that raises it.
    pub from: PartId,
    /// The other side.
    pub to: PartId,
    /// The task it is about.
    pub task: Option<TaskId>,
    /// What its first option would do to goals.
    pub proposes: Option<&'a Proposed>,
    /// Where it starts.
    pub state: State,
    /// When the first step must end.
    pub due: Timestamp,
    /// Now.
    pub at: Timestamp,
}

/// Writes an escalation under the next number of its project; none when the id is already there.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewEscalation<'_>,
) -> Result<Option<i32>, sqlx::Error> {
    // The project's row is locked first, so that the same form sent twice at once waits here.
    sqlx::query_scalar!(
        r#"with next as (
               update projects set next_escalation_number = next_escalation_number + 1 where id = $1
               returning next_escalation_number - 1 as number)
           insert into escalations (project_id, id, number, question, background, kind, category, raised_by, from_part_id,
                                    to_part_id, task_id, state, due_at, raised_at, is_drafted, proposes)
           select $1, $2, next.number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 from next
           on conflict (project_id, id) do nothing
           returning number"#,
        project.uuid(),
        new.id.uuid(),
        new.question,
        new.background,
        new.kind,
        new.category,
        new.by.uuid(),
        new.from.uuid(),
        new.to.uuid(),
        new.task.map(TaskId::uuid),
        new.state.as_str(),
        new.due.to_sqlx() as jiff_sqlx::Timestamp,
        new.at.to_sqlx() as jiff_sqlx::Timestamp,
        new.is_drafted,
        new.proposes.map(Json) as Option<Json<&Proposed>>,
    )
    .fetch_optional(conn)
    .await
}

/// The number of an escalation that is there already.
///
/// # Errors
/// Of the database.
pub async fn number_of(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from escalations where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}

/// Closes an escalation.
///
/// # Errors
/// Of the database.
pub async fn close(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    state: State,
    outcome: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set state = $3, due_at = null, wake_at = null, paused_at = null, outcome = $4, closed_by = $5, closed_at = $6, version = version + 1
         where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid(),
        state.as_str(),
        outcome,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a settlement on offer; the one before is gone.
///
/// # Errors
/// Of the database.
pub async fn propose(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    part: PartId,
    text: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set proposal = $4, proposal_part_id = $3, proposed_by = $5, proposed_at = $6, version = version + 1
         where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid(),
        part.uuid(),
        text,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets or clears what the lead recommends.
///
/// # Errors
/// Of the database.
pub async fn recommend(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    option: Option<OptionId>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set recommended_option_id = $3, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid(),
        option.map(OptionId::uuid),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a change of what belongs to an escalation.
///
/// # Errors
/// Of the database.
pub async fn touch(conn: &mut PgConnection, project: ProjectId, escalation: EscalationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}
