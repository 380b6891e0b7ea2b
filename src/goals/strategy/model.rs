//! What a strategy says; pure.

use crate::platform::{ids::StrategyId, locale::T};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One of the texts of a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Where it leads, in one sentence.
    Vision,
    /// How it gets there.
    Strategy,
    /// Who is it for?
    Audience,
    /// Why would they want and buy it?
    Need,
    /// What is it, and why choose it over others?
    Difference,
    /// What is it worth to the company?
    Worth,
}

impl Field {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Vision, Self::Strategy, Self::Audience, Self::Need, Self::Difference, Self::Worth];
    /// The four questions.
    pub const QUESTIONS: [Self; 4] = [Self::Audience, Self::Need, Self::Difference, Self::Worth];

    /// Its name in forms, events and the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vision => "vision",
            Self::Strategy => "strategy",
            Self::Audience => "audience",
            Self::Need => "need",
            Self::Difference => "difference",
            Self::Worth => "worth",
        }
    }

    /// Most characters.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            Self::Vision => 400,
            Self::Strategy => 2000,
            Self::Audience | Self::Need | Self::Difference | Self::Worth => 1000,
        }
    }

    /// What it is called; of the four, the question.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Vision => t.goals_strategy_vision(),
            Self::Strategy => t.goals_strategy_way(),
            Self::Audience => t.goals_strategy_audience(),
            Self::Need => t.goals_strategy_need(),
            Self::Difference => t.goals_strategy_difference(),
            Self::Worth => t.goals_strategy_worth(),
        }
    }

    /// What a good one is like, for who writes it.
    #[must_use]
    pub fn hint(self, t: T) -> String {
        match self {
            Self::Vision => t.goals_strategy_vision_hint(),
            Self::Strategy => t.goals_strategy_way_hint(),
            Self::Audience => t.goals_strategy_audience_hint(),
            Self::Need => t.goals_strategy_need_hint(),
            Self::Difference => t.goals_strategy_difference_hint(),
            Self::Worth => t.goals_strategy_worth_hint(),
        }
    }
}

/// Most characters of a reason.
pub const REASON: usize = 1000;

/// The texts of a strategy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// See [`Field::Vision`].
    pub vision: String,
    /// See [`Field::Strategy`].
    pub strategy: String,
    /// See [`Field::Audience`].
    pub audience: String,
    /// See [`Field::Need`].
    pub need: String,
    /// See [`Field::Difference`].
    pub difference: String,
    /// See [`Field::Worth`].
    pub worth: String,
}

impl Texts {
    /// One of them.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Vision => &self.vision,
            Field::Strategy => &self.strategy,
            Field::Audience => &self.audience,
            Field::Need => &self.need,
            Field::Difference => &self.difference,
            Field::Worth => &self.worth,
        }
    }

    /// The texts as a form gives them.
    #[must_use]
    pub fn of(text: impl Fn(&str) -> String) -> Self {
        let get = |field: Field| text(field.as_str());
        Self {
            vision: get(Field::Vision),
            strategy: get(Field::Strategy),
            audience: get(Field::Audience),
            need: get(Field::Need),
            difference: get(Field::Difference),
            worth: get(Field::Worth),
        }
    }

    /// Which of them another version words in another way.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<Field> {
        Field::ALL.into_iter().filter(|field| self.get(*field) != other.get(*field)).collect()
    }

    /// Every mistake, with the field that it is made in.
    #[must_use]
    pub fn mistakes(&self) -> Vec<(Field, Mistake)> {
        let of = |field: Field| match self.get(field).chars().count() {
            0 => Some((field, Mistake::Missing)),
            length if length > field.longest() => Some((field, Mistake::TooLong(field.longest()))),
            _ => None,
        };
        Field::ALL.into_iter().filter_map(of).collect()
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is none.
    Missing,
    /// It has more than so many characters.
    TooLong(usize),
}

/// What is wrong with the reason for a version; the first needs none.
#[must_use]
pub fn reason_mistake(reason: &str, is_first: bool) -> Option<Mistake> {
    match reason.chars().count() {
        0 if !is_first => Some(Mistake::Missing),
        length if length > REASON => Some(Mistake::TooLong(REASON)),
        _ => None,
    }
}

impl Mistake {
    /// What to tell who made it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::Missing => t.goals_strategy_missing(),
            Self::TooLong(longest) => t.decisions_too_long(longest),
        }
    }
}

/// A version of the strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// Its id.
    pub id: StrategyId,
    /// From 1; the highest is in force.
    pub number: i32,
    /// What it says.
    pub texts: Texts,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(of: impl Fn(&str) -> String) -> Texts {
        Texts::of(of)
    }

    #[test]
    fn every_text_is_there_and_no_longer_than_the_table_takes() {
        let fine = texts(str::to_owned);
        assert_eq!(fine.mistakes(), []);
        for field in Field::ALL {
            assert_eq!(fine.get(field), field.as_str());
            let with = |text: String| texts(|name| if name == field.as_str() { text.clone() } else { "x".to_owned() });
            assert_eq!(with(String::new()).mistakes(), [(field, Mistake::Missing)]);
            assert_eq!(with("愿".repeat(field.longest())).mistakes(), [], "characters, not bytes");
            let long = with("愿".repeat(field.longest() + 1));
            assert_eq!(long.mistakes(), [(field, Mistake::TooLong(field.longest()))]);
            assert_eq!(with("other".to_owned()).changed(&texts(|_| "x".to_owned())), [field]);
        }
        assert_eq!(fine.changed(&fine.clone()), []);
    }

    #[test]
    fn only_the_first_needs_no_reason() {
        let long = "x".repeat(REASON + 1);
        for (reason, is_first, mistake) in [
            ("", true, None),
            ("", false, Some(Mistake::Missing)),
            ("Sales learned more", false, None),
            (long.as_str(), false, Some(Mistake::TooLong(REASON))),
            (long.as_str(), true, Some(Mistake::TooLong(REASON))),
        ] {
            assert_eq!(reason_mistake(reason, is_first), mistake);
        }
    }
}
