//! What moves a change: right, rule, write, event, one transaction each. The moves of one change are made one after another, under
//! its lock; a form sent twice makes one.

use super::{
    access::{Asker, BaselineSetter, Case, require},
    budget,
    case::{MoveKind, ScopeChange},
    model::{Budget, Side, State},
    store::{
        self, NewScopeChange,
        moves::{NewMove, Sizing},
    },
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{BaselineId, ChangeId, ChangeMoveId, PartId, ProjectId},
    projects::{
        Part,
        scope::{
            self, Baseline, Days,
            store::{NewBaseline, is_there},
        },
    },
    web::{AppState, Error, Result},
};

/// What every form of a change's page carries.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Made with the form.
    pub id: ChangeMoveId,
    /// The version that the reader saw.
    pub version: i32,
}

/// The start of an event about a change.
#[must_use]
pub fn about(kind: Kind, project: ProjectId, (id, number, title): (ChangeId, i32, &str)) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Change, id.uuid(), format!("C-{number}"), title)).of(project)
}

fn of(kind: Kind, project: ProjectId, now: &ScopeChange) -> Event {
    about(kind, project, (now.id, now.number, &now.title))
}

fn name_of(parts: &[Part], id: PartId) -> serde_json::Value {
    let part = parts.iter().find(|part| part.id == id);
    part.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh))
}

/// Why the lead's baseline does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {
    /// Changes were counted: more than is left of the budget takes a decision.
    BudgetAbove(Days),
    /// An escalation about the budget is open.
    Escalated,
    /// Somebody set another one meanwhile.
    Stale,
}

/// What the form of the baseline gives.
#[derive(Debug)]
pub struct BaselineForm<'a> {
    /// Made with the form.
    pub id: BaselineId,
    /// The number of the baseline that the form was made from; 0 for none.
    pub seen: i32,
    /// What is in scope.
    pub in_scope: &'a str,
    /// Where it is written down.
    pub link: &'a str,
    /// On which day it was agreed.
    pub locked_on: jiff::civil::Date,
    /// Product side and R&D side.
    pub sides: (PartId, PartId),
    /// How much may change.
    pub budget: Days,
    /// Why it is set anew.
    pub reason: &'a str,
}

/// The lead sets the baseline. Once changes were counted, a new one gives no more than was left: only a decision raises a budget.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the lead, or of the database.
pub async fn set_baseline(
    state: &AppState,
    setter: &mut BaselineSetter,
    form: &BaselineForm<'_>,
) -> Result<std::result::Result<(), Unset>> {
    require(setter.may_set_baseline())?;
    let mut change = setter.change(state).await?;
    let (project, by) = (setter.project().id, setter.person);
    scope::store::lock(change.conn(), project).await?;
    if is_there(change.conn(), project, form.id).await? {
        return Ok(Ok(()));
    }
    let before = scope::store::current(change.conn(), project).await?;
    if before.as_ref().map_or(0, |before| before.number) != form.seen {
        return Ok(Err(Unset::Stale));
    }
    if store::open_escalation(change.conn(), project).await?.is_some() {
        return Ok(Err(Unset::Escalated));
    }
    if let Some(before) = &before {
        let (used, has_counted) = store::used(change.conn(), project, before.id).await?;
        let most = Budget { of: before.budget, used }.most_anew(has_counted);
        if let Some(most) = most.filter(|most| form.budget > *most) {
            return Ok(Err(Unset::BudgetAbove(most)));
        }
    }
    let new = NewBaseline {
        id: form.id,
        number: form.seen + 1,
        in_scope: form.in_scope,
        link: form.link,
        locked_on: form.locked_on,
        product: form.sides.0,
        rnd: form.sides.1,
        budget: form.budget,
        reason: form.reason,
    };
    scope::actions::set(&mut change, (setter.project(), setter.parts()), &new, before.as_ref(), by).await?;
    if let Some(before) = before.filter(|before| (before.product, before.rnd) != form.sides) {
        reopen(&mut change, project, before.rnd != form.sides.1).await?;
    }
    change.commit().await?;
    Ok(Ok(()))
}

/// Other sides answer what is not agreed by both, each for itself.
async fn reopen(change: &mut Change, project: ProjectId, is_other_rnd: bool) -> Result<()> {
    for one in store::moves::reopen(change.conn(), project, is_other_rnd).await? {
        let event = about(Kind::ChangeReopened, project, (one.id, one.number, &one.title));
        change.record(event.field("state", State::Sized.as_str(), one.state.as_str()));
    }
    Ok(())
}

/// Somebody asks for a change; the same form sent again finds it there. Answers its number.
///
/// # Errors
/// [`Error::Forbidden`] in the name of a part that they do not speak for, or of the database.
pub async fn ask(state: &AppState, asker: &mut Asker, new: &NewScopeChange<'_>) -> Result<i32> {
    require(asker.own_parts().any(|part| part.id == new.part))?;
    let (project, by) = (asker.project().id, asker.person);
    let mut change = asker.change(state).await?;
    let at = change.now();
    let Some(number) = store::insert(change.conn(), project, new, (by, at)).await? else {
        return store::number_of(change.conn(), project, new.id).await?.ok_or(Error::Conflict);
    };
    let first = NewMove {
        id: ChangeMoveId::new(),
        kind: MoveKind::Asked,
        side: None,
        part: Some(new.part),
        by: Some(by),
        size: None,
        note: new.why,
        at,
    };
    store::moves::add(change.conn(), project, new.id, &first).await?;
    change.record(
        about(Kind::ChangeAsked, project, (new.id, number, new.title))
            .after("from_part", name_of(asker.parts(), new.part))
            .after("reason", new.why),
    );
    change.commit().await?;
    Ok(number)
}

/// The part that answers for a side by the baseline in force. The project is locked, so that no other baseline comes between.
fn answers(case: &Case, baseline: &Baseline, side: Side) -> Result<PartId> {
    let part = baseline.side(side == Side::Product);
    require(case.rights().may_answer_requests_to(part))?;
    Ok(part)
}

/// As [`answers`], after locking the project.
async fn answers_now(change: &mut Change, case: &Case, side: Side) -> Result<PartId> {
    let project = case.project().id;
    scope::store::lock(change.conn(), project).await?;
    let baseline = scope::store::current(change.conn(), project).await?.ok_or(Error::Conflict)?;
    answers(case, &baseline, side)
}

/// The change as it is now, under its lock; none when this very move has been made.
async fn now(change: &mut Change, case: &Case, step: Step) -> Result<Option<ScopeChange>> {
    let now = case.locked(change).await?;
    if now.has_move(step.id) {
        return Ok(None);
    }
    if now.version != step.version { Err(Error::Conflict) } else { Ok(Some(now)) }
}

fn moved<'a>(
    change: &Change,
    step: Step,
    kind: MoveKind,
    (side, part): (Option<Side>, PartId),
    note: &'a str,
) -> NewMove<'a> {
    NewMove { id: step.id, kind, side, part: Some(part), by: change.actor(), size: None, note, at: change.now() }
}

/// R&D states how long it takes and what it does to the days.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but its liaison, [`Error::Conflict`] when somebody was faster.
pub async fn size(state: &AppState, case: &mut Case, step: Step, (sizing, note): (Sizing, &str)) -> Result<()> {
    require(case.speaks_for(Side::Rnd))?;
    let mut change = case.change(state).await?;
    let part = answers_now(&mut change, case, Side::Rnd).await?;
    let Some(now) = now(&mut change, case, step).await? else { return Ok(()) };
    now.standing.size()?;
    let project = case.project().id;
    let moved = moved(&change, step, MoveKind::Sized, (Some(Side::Rnd), part), note);
    store::moves::add(change.conn(), project, now.id, &NewMove { size: Some(sizing.size), ..moved }).await?;
    store::moves::size(change.conn(), project, now.id, &sizing).await?;
    let mut sized = of(Kind::ChangeSized, project, &now).after("size", sizing.size.value());
    if let Some(before) = now.size {
        sized = sized.before("size", before.value());
    }
    change.record(sized);
    change.commit().await?;
    Ok(())
}

/// A side accepts the size. The second one makes it count in the budget, or wait for the escalation where it does not fit.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the side's liaison, [`Error::Conflict`] when somebody was faster.
pub async fn accept(state: &AppState, case: &mut Case, step: Step, (side, note): (Side, &str)) -> Result<State> {
    require(case.speaks_for(side))?;
    let project = case.project().id;
    let mut change = case.change(state).await?;
    let locked = budget::lock(&mut change, project).await?;
    let part = answers(case, &locked.baseline, side)?;
    let Some(now) = now(&mut change, case, step).await? else { return Ok(case.scope_change().standing.state) };
    let size = now.size.ok_or(Error::Conflict)?;
    let next = now.standing.accept(side, locked.budget.holds(size))?;
    let moved = moved(&change, step, MoveKind::Accepted, (Some(side), part), note);
    store::moves::add(change.conn(), project, now.id, &moved).await?;
    let mut escalation = None;
    if next.state == State::OverBudget {
        let (id, number) = budget::escalate(&mut change, case, &locked, &now, (side, size, note)).await?;
        let over =
            NewMove { id: ChangeMoveId::new(), kind: MoveKind::OverBudget, side: None, part: None, note: "", ..moved };
        store::moves::add(change.conn(), project, now.id, &over).await?;
        let event = of(Kind::ChangeOverBudget, project, &now).after("size", size.value());
        change.record(event.after("escalation", format!("E-{number}")));
        escalation = Some(id);
    } else {
        let mut event = of(Kind::ChangeAccepted, project, &now).after("state", next.state.as_str());
        if let Some(part) = case.part(part) {
            event = event.after("department", both(&part.name_en, &part.name_zh));
        }
        change.record(event.after("size", size.value()));
    }
    let at = change.now();
    store::moves::write(change.conn(), project, now.id, next, (locked.baseline.id, escalation), at).await?;
    change.commit().await?;
    Ok(next.state)
}

/// A side says no.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the side's liaison, [`Error::Conflict`] when somebody was faster.
pub async fn decline(state: &AppState, case: &mut Case, step: Step, (side, why): (Side, &str)) -> Result<()> {
    require(case.speaks_for(side))?;
    let mut change = case.change(state).await?;
    let part = answers_now(&mut change, case, side).await?;
    let Some(now) = now(&mut change, case, step).await? else { return Ok(()) };
    let next = now.standing.decline(side)?;
    let moved = moved(&change, step, MoveKind::Declined, (Some(side), part), why);
    end(&mut change, case, &now, next, moved).await?;
    let event = of(Kind::ChangeDeclined, case.project().id, &now).after("reason", why);
    change.record(event.after("department", name_of(case.parts(), part)));
    change.commit().await?;
    Ok(())
}

/// Who asked takes it back.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the part that asked, [`Error::Conflict`] when somebody was faster.
pub async fn withdraw(state: &AppState, case: &mut Case, step: Step, why: &str) -> Result<()> {
    require(case.is_asker())?;
    let mut change = case.change(state).await?;
    let Some(now) = now(&mut change, case, step).await? else { return Ok(()) };
    let next = now.standing.withdraw()?;
    let moved = moved(&change, step, MoveKind::Withdrawn, (None, now.part), why);
    end(&mut change, case, &now, next, moved).await?;
    let event = of(Kind::ChangeWithdrawn, case.project().id, &now);
    change.record(if why.is_empty() { event } else { event.after("reason", why) });
    change.commit().await?;
    Ok(())
}

/// Writes a move after which nothing is owed.
async fn end(
    change: &mut Change,
    case: &Case,
    now: &ScopeChange,
    next: super::Standing,
    moved: NewMove<'_>,
) -> Result<()> {
    let (project, at) = (case.project().id, change.now());
    let baseline = case.baseline.as_ref().ok_or(Error::Conflict)?.id;
    store::moves::add(change.conn(), project, now.id, &moved).await?;
    store::moves::write(change.conn(), project, now.id, next, (baseline, None), at).await?;
    Ok(())
}
