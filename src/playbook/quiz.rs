//! The three questions of a version, made from its three answers; pure. Nothing of what was chosen wrongly is kept anywhere.

use crate::{
    goals::strategy::{Field, Texts},
    platform::ids::hex,
};
use sha2::{Digest, Sha256};

/// The questions, in the order of the page.
pub const ASKED: [Field; 3] = [Field::Audience, Field::Need, Field::Difference];

/// A question with what there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub field: Field,
    /// In an order that is always the same for a version.
    pub choices: Vec<Choice>,
    /// The mark of the right one.
    right: String,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub mark: String,
    /// What it says.
    pub text: String,
}

impl Question {
    /// Whether the right one was chosen.
    #[must_use]
    pub fn is_right(&self, mark: &str) -> bool {
        self.right == mark
    }
}

/// The questions of a version: its three answers, and what an older version answered where that was different; the newest of
/// these.
#[must_use]
pub fn questions(number: i32, current: &Texts, older: &[Texts]) -> Vec<Question> {
    ASKED.into_iter().map(|field| question(number, field, current, older)).collect()
}

fn question(number: i32, field: Field, current: &Texts, older: &[Texts]) -> Question {
    let answers = ASKED.map(|field| current.get(field));
    let once = older.iter().map(|texts| texts.get(field)).find(|text| !text.is_empty() && !answers.contains(text));
    let mut choices: Vec<Choice> = Vec::new();
    for text in answers.into_iter().chain(once) {
        let mark = mark(number, field, text);
        if !choices.iter().any(|one| one.mark == mark) {
            choices.push(Choice { mark, text: text.to_owned() });
        }
    }
    // Marks are as good as random, and the same every time.
    choices.sort_by(|one, other| one.mark.cmp(&other.mark));
    Question { field, choices, right: mark(number, field, current.get(field)) }
}

fn mark(number: i32, field: Field, text: &str) -> String {
    let said = format!("{number}\n{}\n{text}", field.as_str());
    hex(&Sha256::digest(said.as_bytes())).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(need: &str) -> Texts {
        Texts {
            audience: "teams".to_owned(),
            need: need.to_owned(),
            difference: "answers".to_owned(),
            ..Texts::default()
        }
    }

    fn chosen(question: &Question) -> Vec<&str> {
        let mut texts: Vec<&str> = question.choices.iter().map(|one| one.text.as_str()).collect();
        texts.sort_unstable();
        texts
    }

    #[test]
    fn each_question_offers_the_three_answers_and_one_is_right() {
        let asked = questions(1, &texts("see"), &[]);
        assert_eq!(asked.iter().map(|one| one.field).collect::<Vec<_>>(), ASKED);
        for question in &asked {
            assert_eq!(chosen(question), ["answers", "see", "teams"]);
            let right: Vec<&str> = question
                .choices
                .iter()
                .filter(|one| question.is_right(&one.mark))
                .map(|one| one.text.as_str())
                .collect();
            assert_eq!(right, [texts("see").get(question.field)]);
            assert!(!question.is_right(""));
        }
        assert_eq!(asked, questions(1, &texts("see"), &[]), "the same every time");
    }

    #[test]
    fn an_older_answer_is_offered_where_it_was_different() {
        let asked = questions(3, &texts("see"), &[texts("see"), texts("buy"), texts("dream")]);
        assert_eq!(chosen(&asked[1]), ["answers", "buy", "see", "teams"], "the newest of the different ones");
        assert_eq!(chosen(&asked[0]), ["answers", "see", "teams"]);
    }

    #[test]
    fn the_right_answer_does_not_always_stand_in_the_same_place() {
        let places: std::collections::BTreeSet<usize> = (1..20)
            .flat_map(|number| {
                questions(number, &texts("see"), &[])
                    .into_iter()
                    .filter_map(|one| one.choices.iter().position(|choice| one.is_right(&choice.mark)))
            })
            .collect();
        assert_eq!(places.len(), 3);
    }

    #[test]
    fn answers_that_are_alike_are_offered_once() {
        let alike =
            Texts { audience: "x".to_owned(), need: "x".to_owned(), difference: "x".to_owned(), ..Texts::default() };
        for question in questions(1, &alike, &[]) {
            assert_eq!(question.choices.len(), 1);
            assert!(question.is_right(&question.choices[0].mark));
        }
    }
}
