//! Differences between versions in the reader's words.

use super::{differences::Change, model::criterion_label};
use crate::{decisions::escalations::Case, platform::locale::T};

/// Longest value that a line shows, in characters.
const SHOWN: usize = 80;

/// One line a difference: `Option B, cost: 10 → 12`.
#[must_use]
pub fn lines(case: &Case, changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| line(case, change)).collect()
}

fn line(case: &Case, change: &Change) -> String {
    let t = case.shell().t;
    let side = |id: &crate::platform::ids::PartId| case.part(*id).map_or("–", |part| part.name(t)).to_owned();
    match change {
        Change::Question { before, after } => t.pack_change_question(cut(before), cut(after)),
        Change::Background => t.pack_change_background(),
        Change::Position { side: id, is_new: true } => t.pack_change_position_new(side(id)),
        Change::Position { side: id, is_new: false } => t.pack_change_position(side(id)),
        Change::Wants { side: id, before, after } => t.pack_change_wants(letter(before), side(id), letter(after)),
        Change::CriterionAdded { criterion } => t.pack_change_criterion_added(criterion_label(t, criterion)),
        Change::CriterionRemoved { criterion } => t.pack_change_criterion_removed(criterion_label(t, criterion)),
        Change::OptionAdded { letter, title } => t.pack_change_option_added(letter, title),
        Change::OptionRemoved { letter, title } => t.pack_change_option_removed(letter, title),
        Change::OptionNamed { letter, before, after } => t.pack_change_option_named(before, letter, after),
        Change::OptionDescribed { letter } => t.pack_change_option_described(letter),
        Change::Answer { letter, criterion, before, after } => {
            let empty = |text: &str| if text.is_empty() { t.pack_change_no_answer() } else { cut(text) };
            t.pack_change_answer(empty(before), criterion_label(t, criterion), letter, empty(after))
        }
        Change::Tone { letter, criterion } => t.pack_change_tone(criterion_label(t, criterion), letter),
        Change::EvidenceAdded { label } => t.pack_change_evidence_added(label),
        Change::EvidenceRemoved { label } => t.pack_change_evidence_removed(label),
        Change::EvidenceChanged { label } => t.pack_change_evidence_changed(label),
        Change::Recommended { before, after } => {
            t.pack_change_recommended(letter_or_none(t, before), letter_or_none(t, after))
        }
    }
}

fn letter(letter: &Option<String>) -> String {
    letter.clone().unwrap_or_else(|| "–".to_owned())
}

fn letter_or_none(t: T, letter: &Option<String>) -> String {
    letter.clone().unwrap_or_else(|| t.pack_change_nothing())
}

fn cut(text: &str) -> String {
    if text.chars().count() > SHOWN { text.chars().take(SHOWN).chain(['…']).collect() } else { text.to_owned() }
}
