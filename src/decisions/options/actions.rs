//! Choosing criteria and writing options.

use super::{
    model::{Asked, Chosen, OptionRow, known_label},
    store,
};
use crate::{
    decisions::{
        escalations::{Case, Dossier, State, access::require, actions::event, dossier::Choice},
        packs,
    },
    events::{Kind, both},
    platform::{
        ids::CriterionId,
        locale::{Language, T},
    },
    web::{AppState, Error, Result},
};
use serde_json::Value;

/// How writing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As asked.
    Done,
    /// Somebody changed options or criteria meanwhile.
    Stale,
    /// The committee has it, and an option would not answer a criterion.
    Unanswered,
}

/// Makes the criteria these.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the raiser and the lead, [`Error::Conflict`] once it is before the committee,
/// which then the lead alone changes.
pub async fn choose_criteria(
    state: &AppState,
    case: &mut Case,
    chosen: &[Chosen],
    asked: &[Asked],
    version: i32,
) -> Result<Written> {
    require(case.may_choose_criteria())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    case.require_options(now.state, case.may_choose_criteria())?;
    let Some((before, after)) = criteria_change(&now, chosen) else { return Ok(Written::Done) };
    if now.version != version {
        return Ok(Written::Stale);
    }
    let answers = |option: &Choice| asked.iter().all(|one| now.answer(option.id, one.criterion.id).is_some());
    if now.state == State::WithCommittee && !now.options.iter().all(answers) {
        return Ok(Written::Unanswered);
    }
    store::replace_criteria(change.conn(), case.project().id, now.id, chosen, &ids(asked)).await?;
    crate::decisions::escalations::store::touch(change.conn(), case.project().id, now.id).await?;
    change.record(event(Kind::CriteriaChanged, case, &now).field("criteria", before, after));
    packs::actions::keep(&mut change, case, &now).await?;
    change.commit().await?;
    Ok(Written::Done)
}

fn ids(asked: &[Asked]) -> Vec<CriterionId> {
    asked.iter().map(|one| one.criterion.id).collect()
}

/// Options as a form gives them, and what they answer.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The options.
    pub rows: Vec<OptionRow>,
    /// The criteria chosen in the same form, if it has any.
    pub chosen: Option<&'a [Chosen]>,
    /// What its options answer.
    pub asked: &'a [Asked],
    /// Of the escalation that the form was made from.
    pub version: i32,
}

/// Makes the options these, and the criteria those of the same form, if it has any. Stale when somebody changed options
/// or criteria meanwhile and the form changes any that stand; new ones are added beside. Once the committee has it every
/// option answers every criterion, whoever else wrote at this moment.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the raiser, the liaisons and the lead (criteria: the raiser and the lead),
/// [`Error::Conflict`] once it is before the committee, which then the lead alone changes; [`Error::Unprocessable`] when
/// an option goes that the committee has, or one comes that is another case's.
pub async fn write_options(state: &AppState, case: &mut Case, sheet: Sheet<'_>) -> Result<Written> {
    let Sheet { mut rows, chosen, asked, version } = sheet;
    require(case.may_prepare() && (chosen.is_none() || case.may_choose_criteria()))?;
    let mut change = case.change(state).await?;
    let mut now = case.locked(&mut change).await?;
    case.require_options(now.state, case.may_prepare())?;
    let locked = now.clone();
    let criteria = chosen.and_then(|chosen| criteria_change(&now, chosen));
    if let Some(chosen) = chosen {
        drop_criteria(&mut now, &mut rows, chosen);
    }
    let changed: Vec<(Kind, String, String)> = differences(&now, &rows);
    if changed.is_empty() && criteria.is_none() {
        return Ok(Written::Done);
    }
    // New options stand beside whatever somebody else has written meanwhile.
    let is_new = |row: &OptionRow| row.is_new || now.option(row.id).is_some();
    let only_adds =
        criteria.is_none() && changed.iter().all(|(kind, _, _)| *kind == Kind::OptionAdded) && rows.iter().all(is_new);
    if now.version != version && !only_adds {
        return Ok(Written::Stale);
    }
    let answered: Vec<CriterionId> = match &criteria {
        Some(_) => ids(asked),
        None => now.criteria.iter().map(|known| known.id).collect(),
    };
    if rows.iter().any(|row| row.answers.iter().any(|answer| !answered.contains(&answer.0))) {
        return Ok(Written::Stale);
    }
    if locked.state == State::WithCommittee && !rows.iter().all(|row| answered.iter().all(|id| row.answers_to(*id))) {
        return Ok(Written::Unanswered);
    }
    let (project, by) = (case.project().id, case.person());
    if let (Some(chosen), Some((before, after))) = (chosen, criteria) {
        store::replace_criteria(change.conn(), project, now.id, chosen, &ids(asked)).await?;
        change.record(event(Kind::CriteriaChanged, case, &now).field("criteria", before, after));
    }
    // Members may have voted for it.
    let is_kept = |option: &Choice| rows.iter().any(|row| row.id == option.id);
    if locked.state == State::WithCommittee && !locked.options.iter().all(is_kept) {
        return Err(Error::Unprocessable);
    }
    store::replace_options(change.conn(), project, now.id, &rows, by).await?;
    // An id that belongs to another case is none of a new option.
    let has = |dossier: &Dossier| rows.iter().all(|row| dossier.option(row.id).is_some());
    if !has(&now) && !has(&case.locked(&mut change).await?) {
        return Err(Error::Unprocessable);
    }
    for (kind, before, after) in changed {
        change.record(event(kind, case, &now).field("option", before, after));
    }
    packs::actions::keep(&mut change, case, &locked).await?;
    change.commit().await?;
    Ok(Written::Done)
}

/// The criteria before and after, in both languages; none when they stay as they are.
fn criteria_change(now: &Dossier, chosen: &[Chosen]) -> Option<(Vec<Value>, Vec<Value>)> {
    let in_both = |name: &dyn Fn(T) -> String| both(&name(T(Language::English)), &name(T(Language::Chinese)));
    let before: Vec<Value> = now.criteria.iter().map(|criterion| in_both(&|t| criterion.label(t))).collect();
    let after: Vec<Value> = chosen
        .iter()
        .map(|chosen| match chosen {
            Chosen::Known(code) => in_both(&|t| known_label(t, code)),
            Chosen::Own(name) => name.as_str().into(),
        })
        .collect();
    (before != after).then_some((before, after))
}

/// A criterion that goes takes its answers along: they are no change of an option.
fn drop_criteria(now: &mut Dossier, rows: &mut [OptionRow], chosen: &[Chosen]) {
    let gone: Vec<CriterionId> = now
        .criteria
        .iter()
        .filter(|criterion| !chosen.iter().any(|chosen| chosen.is(criterion.code.as_deref(), &criterion.name)))
        .map(|criterion| criterion.id)
        .collect();
    now.criteria.retain(|criterion| !gone.contains(&criterion.id));
    for row in rows {
        row.answers.retain(|answer| !gone.contains(&answer.0));
    }
}

/// One line an option that is new, other than before, or gone.
pub fn differences(now: &Dossier, rows: &[OptionRow]) -> Vec<(Kind, String, String)> {
    let mut lines = Vec::new();
    for row in rows {
        let after = format!("{}: {}", row.letter, row.title);
        match now.option(row.id) {
            None => lines.push((Kind::OptionAdded, String::new(), after)),
            Some(option) => {
                let same_answers = now.criteria.iter().all(|criterion| {
                    let old = now.answer(row.id, criterion.id).map(|old| (old.answer.as_str(), old.tone.as_deref()));
                    let new = row.answers.iter().find(|new| new.0 == criterion.id).map(|new| (new.1.as_str(), new.2));
                    old == new
                });
                if option.title != row.title || option.summary != row.summary || !same_answers {
                    let before = format!("{}: {}", option.letter, option.title);
                    let before = if before == after { String::new() } else { before };
                    lines.push((Kind::OptionChanged, before, after));
                }
            }
        }
    }
    for option in &now.options {
        if rows.iter().all(|row| row.id != option.id) {
            lines.push((Kind::OptionChanged, format!("{}: {}", option.letter, option.title), String::new()));
        }
    }
    lines
}
