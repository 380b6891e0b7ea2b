//! What enters figures: right, rule, write, event, one transaction for everything that a form says.

use super::store::{self, NewEntry, Stands};
use crate::{
    events::{Event, Kind},
    goals::{
        access::{GoalsViewer, require},
        figures::{Measure, Scale},
        key_results::{
            actions::{about, kept, name_of},
            store as key_results,
        },
        months::Month,
    },
    platform::ids::{EntryId, KeyResultId, PartId},
    web::{AppState, Error, Result},
};

/// What a form says about one key result.
#[derive(Clone, Debug)]
pub struct CheckIn {
    /// Made with the form.
    pub id: EntryId,
    /// Of which key result.
    pub key_result: KeyResultId,
    /// The figure that the form was made from.
    pub seen: Option<EntryId>,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// Of ten.
    pub confidence: Option<i16>,
    /// One sentence.
    pub note: String,
}

impl CheckIn {
    fn is(&self, stands: &Stands) -> bool {
        (self.value, self.base, self.confidence, self.note.as_str())
            == (stands.value, stands.base, stands.confidence, stands.note.as_str())
    }
}

fn amounts(scale: &Scale, value: i64, base: i64) -> String {
    let above = kept(&scale.of_amounts(), value);
    if scale.measure == Measure::Ratio { format!("{above} / {}", kept(&scale.of_bases(), base)) } else { above }
}

/// Enters the figures of a department for a month, or corrects those that stand. What says nothing new changes nothing. Answers
/// how many were entered.
///
/// # Errors
/// [`Error::Forbidden`] for another department; [`Error::Conflict`] when somebody was faster with one of them or a key result is
/// dropped; otherwise of the database.
pub async fn enter(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (part, month): (PartId, Month),
    check_ins: &[CheckIn],
) -> Result<usize> {
    require(viewer.may_enter(part))?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    let mut entered = 0;
    // In the order in which everything locks key results: places are filled anew, ids are not.
    let mut check_ins: Vec<&CheckIn> = check_ins.iter().collect();
    check_ins.sort_by_key(|one| one.key_result);
    for one in check_ins {
        let of = key_results::locked(change.conn(), project, one.key_result).await?.ok_or(Error::NotFound)?;
        let stands = store::locked(change.conn(), project, (of.series, part, month.first())).await?;
        if stands.as_ref().is_some_and(|stands| one.is(stands)) {
            continue;
        }
        // The form of a page that was gone back to, with other figures, is no second sending.
        let is_again = store::is_there(change.conn(), project, one.id).await?;
        if is_again || of.is_dropped || stands.as_ref().map(|stands| stands.id) != one.seen {
            return Err(Error::Conflict);
        }
        let new = NewEntry {
            id: one.id,
            series: of.series,
            part,
            period: month.first(),
            value: one.value,
            base: (of.scale.measure == Measure::Ratio).then_some(one.base),
            confidence: one.confidence,
            note: &one.note,
            corrects: one.seen,
        };
        store::insert(change.conn(), project, &new, (by, at)).await?;
        let kind = if one.seen.is_some() { Kind::FigureCorrected } else { Kind::FigureEntered };
        let mut event = about(kind, project, (one.key_result, of.place(), &of.title))
            .after("month", month.field())
            .after("figure", amounts(&of.scale, one.value, one.base))
            .after("department", name_of(viewer.part(part)));
        if let Some(stands) = stands {
            event = event.before("figure", amounts(&of.scale, stands.value, stands.base));
        }
        change.record(said(event, one));
        entered += 1;
    }
    if entered > 0 {
        change.commit().await?;
    }
    Ok(entered)
}

fn said(mut event: Event, one: &CheckIn) -> Event {
    if let Some(confidence) = one.confidence {
        event = event.after("confidence", confidence);
    }
    if one.note.is_empty() { event } else { event.after("note", one.note.as_str()) }
}
