//! Options side by side: every option answers the same rows.

use super::{super::Case, Chip, chip};

/// One option.
#[derive(Clone, Debug)]
pub struct OptionView {
    /// A to H.
    pub letter: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What deciding for it does to goals; empty when an option only says so.
    pub does: String,
    /// The rows: criterion, answer, tone; an empty answer is missing.
    pub rows: Vec<(String, String, String)>,
    /// The sides that want it.
    pub backed: Vec<Chip>,
    /// Chosen, or recommended while nothing is chosen.
    pub is_pick: bool,
    /// The word for that; empty for the others.
    pub flag: String,
    /// The icon beside the word.
    pub icon: &'static str,
}

/// All options of a case.
#[must_use]
pub fn options(case: &Case) -> Vec<OptionView> {
    let (t, dossier) = (case.shell().t, case.dossier());
    let chosen = dossier.decision.as_ref().and_then(|decision| decision.option_id);
    let is_decided = dossier.decision.is_some();
    dossier
        .options
        .iter()
        .map(|option| {
            let (is_pick, flag, icon) = match (is_decided, chosen, dossier.recommended) {
                (true, Some(id), _) if id == option.id => (true, t.escalation_option_decided(), "ok"),
                (false, _, Some(id)) if id == option.id => (true, t.escalation_option_recommended(), "flag"),
                _ => (false, String::new(), ""),
            };
            let rows = dossier.criteria.iter().map(|criterion| {
                let answer = dossier.answer(option.id, criterion.id);
                (
                    criterion.label(t),
                    answer.map(|answer| answer.answer.clone()).unwrap_or_default(),
                    answer.and_then(|answer| answer.tone.clone()).unwrap_or_default(),
                )
            });
            OptionView {
                letter: option.letter.clone(),
                title: option.title.clone(),
                summary: option.summary.clone(),
                does: dossier.does(t, &option.letter),
                rows: rows.collect(),
                backed: dossier
                    .positions
                    .iter()
                    .filter(|position| position.wants == Some(option.id))
                    .map(|position| chip(case, position.part_id))
                    .collect(),
                is_pick,
                flag,
                icon,
            }
        })
        .collect()
}
