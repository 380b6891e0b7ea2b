//! What one version of a pack has that another has not; pure.

use super::model::{Answered, Content, Piece, Said};
use crate::platform::ids::PartId;
use serde::{Deserialize, Serialize};

/// One difference, in no language: kept with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The question is worded in another way.
    Question {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// The background is another.
    Background,
    /// A side wrote, or changed, its position.
    Position {
        /// Which side.
        side: PartId,
        /// It had none.
        is_new: bool,
    },
    /// A side wants another option.
    Wants {
        /// Which side.
        side: PartId,
        /// The letter before.
        before: Option<String>,
        /// The letter now.
        after: Option<String>,
    },
    /// Options are compared on one more criterion.
    CriterionAdded {
        /// Its code, or `own:` and its name.
        criterion: String,
    },
    /// Options are no longer compared on this.
    CriterionRemoved {
        /// Its code, or `own:` and its name.
        criterion: String,
    },
    /// There is one more option.
    OptionAdded {
        /// Its letter.
        letter: String,
        /// Its name.
        title: String,
    },
    /// An option is gone.
    OptionRemoved {
        /// Its letter.
        letter: String,
        /// Its name.
        title: String,
    },
    /// An option has another name.
    OptionNamed {
        /// Its letter.
        letter: String,
        /// The name before.
        before: String,
        /// The name now.
        after: String,
    },
    /// An option is described in another way.
    OptionDescribed {
        /// Its letter.
        letter: String,
    },
    /// An option answers a criterion in another way; empty for no answer.
    Answer {
        /// The option's letter.
        letter: String,
        /// The criterion's code, or `own:` and its name.
        criterion: String,
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// An answer reads the same and is judged in another way.
    Tone {
        /// The option's letter.
        letter: String,
        /// The criterion's code, or `own:` and its name.
        criterion: String,
    },
    /// One more piece of evidence.
    EvidenceAdded {
        /// What it is called.
        label: String,
    },
    /// A piece of evidence is gone.
    EvidenceRemoved {
        /// What it was called.
        label: String,
    },
    /// A piece of evidence is another.
    EvidenceChanged {
        /// What it is called.
        label: String,
    },
    /// The lead recommends another option.
    Recommended {
        /// The letter before.
        before: Option<String>,
        /// The letter now.
        after: Option<String>,
    },
}

impl Change {
    /// Whether it concerns what a ballot chooses from: options, their answers, the criteria.
    #[must_use]
    pub fn is_of_choices(&self) -> bool {
        match self {
            Self::CriterionAdded { .. }
            | Self::CriterionRemoved { .. }
            | Self::OptionAdded { .. }
            | Self::OptionRemoved { .. }
            | Self::OptionNamed { .. }
            | Self::OptionDescribed { .. }
            | Self::Answer { .. }
            | Self::Tone { .. } => true,
            Self::Question { .. }
            | Self::Background
            | Self::Position { .. }
            | Self::Wants { .. }
            | Self::EvidenceAdded { .. }
            | Self::EvidenceRemoved { .. }
            | Self::EvidenceChanged { .. }
            | Self::Recommended { .. } => false,
        }
    }
}

/// Everything that `after` has and `before` has not, or has in another way; in the order of the page.
#[must_use]
pub fn differences(before: &Content, after: &Content) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.question != after.question {
        changes.push(Change::Question { before: before.question.clone(), after: after.question.clone() });
    }
    if before.background != after.background {
        changes.push(Change::Background);
    }
    for (side, said) in &after.positions {
        position(*side, before.positions.get(side), said, &mut changes);
    }
    for (id, piece) in &after.evidence {
        evidence(before.evidence.get(id), piece, &mut changes);
    }
    let gone = before.evidence.iter().filter(|(id, _)| !after.evidence.contains_key(id));
    changes.extend(gone.map(|(_, piece)| Change::EvidenceRemoved { label: piece.label.clone() }));
    let added = after.criteria.iter().filter(|one| !before.criteria.contains(one));
    changes.extend(added.map(|one| Change::CriterionAdded { criterion: one.clone() }));
    let gone = before.criteria.iter().filter(|one| !after.criteria.contains(one));
    changes.extend(gone.map(|one| Change::CriterionRemoved { criterion: one.clone() }));
    for (letter, option) in &after.options {
        match before.options.get(letter) {
            None => changes.push(Change::OptionAdded { letter: letter.clone(), title: option.title.clone() }),
            Some(old) => answers(letter, (old, before), (option, after), &mut changes),
        }
    }
    let gone = before.options.iter().filter(|(letter, _)| !after.options.contains_key(*letter));
    changes
        .extend(gone.map(|(letter, old)| Change::OptionRemoved { letter: letter.clone(), title: old.title.clone() }));
    if before.recommended != after.recommended {
        changes.push(Change::Recommended { before: before.recommended.clone(), after: after.recommended.clone() });
    }
    changes
}

fn position(side: PartId, before: Option<&Said>, after: &Said, changes: &mut Vec<Change>) {
    if before.is_none_or(|before| before.statement != after.statement) {
        changes.push(Change::Position { side, is_new: before.is_none() });
    }
    let wanted = before.and_then(|before| before.wants.clone());
    if before.is_some() && wanted != after.wants {
        changes.push(Change::Wants { side, before: wanted, after: after.wants.clone() });
    }
}

fn evidence(before: Option<&Piece>, after: &Piece, changes: &mut Vec<Change>) {
    let label = after.label.clone();
    match before {
        None => changes.push(Change::EvidenceAdded { label }),
        Some(before) if before != after => changes.push(Change::EvidenceChanged { label }),
        Some(_) => {}
    }
}

/// Answers to criteria that came or went with this version are no changes of their own, except those that were given.
fn answers(
    letter: &str,
    (old, before): (&Answered, &Content),
    (new, after): (&Answered, &Content),
    changes: &mut Vec<Change>,
) {
    let letter = letter.to_owned();
    if old.title != new.title {
        changes.push(Change::OptionNamed {
            letter: letter.clone(),
            before: old.title.clone(),
            after: new.title.clone(),
        });
    }
    if old.summary != new.summary {
        changes.push(Change::OptionDescribed { letter: letter.clone() });
    }
    for criterion in &after.criteria {
        let (was, is) = (old.answers.get(criterion), new.answers.get(criterion));
        let words =
            |answer: Option<&(String, Option<String>)>| answer.map(|answer| answer.0.clone()).unwrap_or_default();
        let (letter, criterion) = (letter.clone(), criterion.clone());
        if words(was) != words(is) {
            changes.push(Change::Answer { letter, criterion, before: words(was), after: words(is) });
        } else if was != is && before.criteria.contains(&criterion) {
            changes.push(Change::Tone { letter, criterion });
        }
    }
}
