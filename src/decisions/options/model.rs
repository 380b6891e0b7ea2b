//! Options and criteria as their forms give them; pure.

use crate::{
    decisions::{
        escalations::{Dossier, State, dossier::Criterion},
        hearing::model::too_long,
    },
    platform::{
        ids::{CriterionId, OptionId},
        locale::T,
    },
    web::{Errors, Fields},
};

/// The letters of options.
pub const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
/// The known criteria, in their order.
pub const KNOWN: [&str; 6] = ["cost", "margin", "dates", "goals", "risk", "undo"];
/// Criteria with names of one's own.
pub const OWN: usize = 3;
/// Most criteria: a sheet of paper holds no more rows.
pub const MOST_CRITERIA: usize = 7;
/// Longest name of an option, in characters.
pub const TITLE: usize = 120;
/// Longest description of an option.
pub const SUMMARY: usize = 1000;
/// Longest answer to a criterion.
pub const ANSWER: usize = 500;
/// Longest name of a criterion of one's own.
pub const CRITERION: usize = 80;

/// A known criterion's name.
#[must_use]
pub fn known_label(t: T, code: &str) -> String {
    match code {
        "cost" => t.decisions_criterion_cost(),
        "margin" => t.decisions_criterion_margin(),
        "dates" => t.decisions_criterion_dates(),
        "goals" => t.decisions_criterion_goals(),
        "risk" => t.decisions_criterion_risk(),
        _ => t.decisions_criterion_undo(),
    }
}

/// A criterion as it is chosen: a known one, or a name of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By its code.
    Known(&'static str),
    /// By its name.
    Own(String),
}

impl Chosen {
    /// Whether it is the criterion with this code or, without one, this name.
    #[must_use]
    pub fn is(&self, code: Option<&str>, name: &str) -> bool {
        match self {
            Self::Known(known) => code == Some(*known),
            Self::Own(own) => code.is_none() && own == name,
        }
    }
}

/// Reads the fields `criterion` (codes) and `own1` to `own3`.
#[must_use]
pub fn read_criteria(t: T, fields: &Fields, errors: &mut Errors) -> Vec<Chosen> {
    let mut chosen: Vec<Chosen> =
        KNOWN.into_iter().filter(|code| fields.all("criterion").any(|sent| sent == *code)).map(Chosen::Known).collect();
    for index in 1..=OWN {
        let field = format!("own{index}");
        let name = fields.get(&field).to_owned();
        if too_long(&name, CRITERION) {
            errors.add(field, t.decisions_too_long(CRITERION));
        } else if !name.is_empty() && !chosen.contains(&Chosen::Own(name.clone())) {
            chosen.push(Chosen::Own(name));
        }
    }
    if chosen.len() > MOST_CRITERIA {
        errors.add("criterion", t.decisions_criteria_too_many(MOST_CRITERIA));
    }
    chosen
}

/// A criterion that the options of a form answer: one that stands, or one that is chosen in the same form.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As it stands, or as it will.
    pub criterion: Criterion,
    /// Ends the names of its fields: its id, or, while it does not stand, [`Asked::word`].
    pub key: String,
    /// Its code, or the field of its name; what was typed under it is read when it stands by then.
    word: String,
}

impl Asked {
    /// The fields of an option's answer and tone.
    #[must_use]
    pub fn names(&self, letter: &str) -> (String, String) {
        (format!("answer-{letter}-{}", self.key), format!("tone-{letter}-{}", self.key))
    }

    /// The fields of its answer and tone as a form sent them; none when it sent neither.
    #[must_use]
    pub fn sent(&self, letter: &str, fields: &Fields) -> Option<(String, String)> {
        [&self.key, &self.word]
            .into_iter()
            .map(|key| (format!("answer-{letter}-{key}"), format!("tone-{letter}-{key}")))
            .find(|(answer, _)| fields.has(answer))
    }
}

/// What the options of a form answer: the criteria chosen in it, those that stand first by their ids; without such a
/// choice the criteria that stand.
#[must_use]
pub fn asked(dossier: &Dossier, chosen: Option<&[Chosen]>, fields: &Fields) -> Vec<Asked> {
    let own = |name: &str| (1..=OWN).map(|index| format!("own{index}")).find(|field| fields.get(field) == name);
    let standing = |criterion: &Criterion| Asked {
        key: criterion.id.to_string(),
        word: criterion.code.clone().or_else(|| own(&criterion.name)).unwrap_or_default(),
        criterion: criterion.clone(),
    };
    let Some(chosen) = chosen else { return dossier.criteria.iter().map(standing).collect() };
    chosen
        .iter()
        .map(|one| {
            let known = dossier.criteria.iter().find(|known| one.is(known.code.as_deref(), &known.name));
            known.map_or_else(
                || {
                    let id = CriterionId::new();
                    let (code, name, word) = match one {
                        Chosen::Known(code) => (Some((*code).to_owned()), String::new(), (*code).to_owned()),
                        Chosen::Own(name) => (None, name.clone(), own(name).unwrap_or_default()),
                    };
                    Asked { criterion: Criterion { id, code, name }, key: word.clone(), word }
                },
                standing,
            )
        })
        .collect()
}

/// Every option answers every criterion (ARCHITECTURE §6): an error at each field that is empty.
pub fn require_answers(t: T, rows: &[OptionRow], asked: &[Asked], errors: &mut Errors) {
    for row in rows {
        for one in asked.iter().filter(|one| !row.answers_to(one.criterion.id)) {
            errors.add(one.names(row.letter).0, t.decisions_missing_answer(row.letter, one.criterion.label(t)));
        }
    }
}

/// One option as the grid gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionRow {
    /// Known, or made with the form.
    pub id: OptionId,
    /// A to H.
    pub letter: &'static str,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Its form says that it is a new one, so that it takes nothing back that somebody removed.
    pub is_new: bool,
    /// Answers to criteria: the criterion, the words, the tone.
    pub answers: Vec<(CriterionId, String, Option<&'static str>)>,
}

impl OptionRow {
    /// Whether it answers a criterion.
    #[must_use]
    pub fn answers_to(&self, criterion: CriterionId) -> bool {
        self.answers.iter().any(|answer| answer.0 == criterion)
    }
}

/// Reads the grid: `title-A`, `summary-A`, `answer-A-{criterion}`, `tone-A-{criterion}`, `remove-A`. A row without a
/// name is no option, and one that was one must be removed by its tick.
#[must_use]
pub fn read_options(t: T, dossier: &Dossier, asked: &[Asked], fields: &Fields, errors: &mut Errors) -> Vec<OptionRow> {
    let mut rows = Vec::new();
    for letter in LETTERS {
        let known = dossier.options.iter().find(|option| option.letter == letter);
        if fields.has(&format!("remove-{letter}")) {
            continue;
        }
        let title = fields.get(&format!("title-{letter}")).to_owned();
        let summary = fields.text(&format!("summary-{letter}"));
        let answers = read_answers(t, asked, letter, fields, errors);
        if title.is_empty() {
            if known.is_some() || !summary.is_empty() || !answers.is_empty() {
                errors.add(format!("title-{letter}"), needs_name(t, dossier, letter));
            }
            continue;
        }
        if too_long(&title, TITLE) {
            errors.add(format!("title-{letter}"), t.decisions_too_long(TITLE));
        }
        if too_long(&summary, SUMMARY) {
            errors.add(format!("summary-{letter}"), t.decisions_too_long(SUMMARY));
        }
        let sent = fields.value(&format!("id-{letter}"));
        let id = known.map(|option| option.id).or(sent).unwrap_or_else(OptionId::new);
        let is_new = known.is_none() && fields.has(&format!("new-{letter}"));
        rows.push(OptionRow { id, letter, title, summary, is_new, answers });
    }
    rows
}

/// What to do about a row without a name: a new one can be left empty, one that stands can be removed until the committee
/// has it.
fn needs_name(t: T, dossier: &Dossier, letter: &str) -> String {
    let is_known = dossier.options.iter().any(|option| option.letter == letter);
    match (is_known, dossier.state == State::WithCommittee) {
        (false, _) => t.decisions_new_option_needs_name(letter),
        (true, false) => t.decisions_option_needs_name(letter),
        (true, true) => t.decisions_option_keeps_name(letter),
    }
}

fn read_answers(
    t: T,
    asked: &[Asked],
    letter: &str,
    fields: &Fields,
    errors: &mut Errors,
) -> Vec<(CriterionId, String, Option<&'static str>)> {
    let mut answers = Vec::new();
    for one in asked {
        let Some((field, tone)) = one.sent(letter, fields) else { continue };
        let answer = fields.get(&field).to_owned();
        if too_long(&answer, ANSWER) {
            errors.add(one.names(letter).0, t.decisions_too_long(ANSWER));
        } else if !answer.is_empty() {
            answers.push((one.criterion.id, answer, read_tone(fields.get(&tone))));
        }
    }
    answers
}

/// `ok`, `warn`, `bad`; anything else is no tone.
#[must_use]
pub fn read_tone(text: &str) -> Option<&'static str> {
    ["ok", "warn", "bad"].into_iter().find(|tone| *tone == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;

    #[test]
    fn criteria_are_known_ones_and_names_of_ones_own() {
        let t = T(Language::English);
        let mut errors = Errors::none();
        let fields = Fields::of(&[
            ("criterion", "risk"),
            ("criterion", "cost"),
            ("criterion", "x"),
            ("own1", "Trust"),
            ("own2", "Trust"),
        ]);
        let chosen = read_criteria(t, &fields, &mut errors);
        assert_eq!(chosen, [Chosen::Known("cost"), Chosen::Known("risk"), Chosen::Own("Trust".into())]);
        assert!(errors.is_empty());
        let all: Vec<(&str, &str)> =
            KNOWN.into_iter().map(|code| ("criterion", code)).chain([("own1", "a"), ("own2", "b")]).collect();
        let _eight = read_criteria(t, &Fields::of(&all), &mut errors);
        assert!(errors.get("criterion").is_some());
    }
}
