//! The profile form: what was typed, and what it means.

use crate::{
    accounts::{
        organisation::zones,
        people::{
            Person,
            model::{BadName, check_name, check_title},
        },
    },
    platform::locale::{Language, T},
    web::{Errors, Fields, shell::Theme, ui::Choice},
};

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Their name.
    pub name: String,
    /// What they do here.
    pub title: String,
    /// Empty: as the browser asks.
    pub language: String,
    /// Empty: the organisation's.
    pub time_zone: String,
    /// Empty: as the system.
    pub theme: String,
}

/// A form without mistakes.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// What they do here.
    pub title: String,
    /// None: as the browser asks.
    pub language: Option<Language>,
    /// None: the organisation's.
    pub time_zone: Option<String>,
    /// None: as the system.
    pub theme: Option<Theme>,
}

impl Typed {
    /// The form as it stands in the database.
    #[must_use]
    pub fn of_person(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            title: person.title.clone(),
            language: person.language.clone().unwrap_or_default(),
            time_zone: person.time_zone.clone().unwrap_or_default(),
            theme: person.theme.clone().unwrap_or_default(),
        }
    }

    /// The form as it came back.
    #[must_use]
    pub fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            name: get("name"),
            title: get("title"),
            language: get("language"),
            time_zone: get("time_zone"),
            theme: get("theme"),
        }
    }

    /// What the form means.
    ///
    /// # Errors
    /// All mistakes at once.
    pub fn check(&self, t: T) -> Result<Profile, Errors> {
        let mut errors = Errors::none();
        let mut add = |field: &str, problem: BadName| errors.add(field, problem.text(t));
        let name = check_name(&self.name).map_err(|problem| add("name", problem));
        let title = check_title(&self.title).map_err(|problem| add("title", problem));
        let language = some(&self.language).map(|tag| tag.parse::<Language>());
        if matches!(language, Some(Err(_))) {
            errors.add("language", t.accounts_language_unknown());
        }
        let time_zone = some(&self.time_zone).map(str::to_owned);
        if time_zone.as_deref().is_some_and(|name| zones::find(name).is_none()) {
            errors.add("time_zone", t.accounts_zone_unknown());
        }
        let (Ok(name), Ok(title), true) = (name, title, errors.is_empty()) else { return Err(errors) };
        let theme = Theme::parse(&self.theme);
        Ok(Profile { name, title, language: language.and_then(Result::ok), time_zone, theme })
    }

    /// What differs, as "label: value" in the reader's words; the values are `self`'s.
    #[must_use]
    pub fn differences(&self, other: &Self, t: T) -> Vec<String> {
        let value = |choices: &[Choice], value: &str| {
            choices.iter().find(|choice| choice.value == value).map_or_else(|| value.to_owned(), |c| c.label.clone())
        };
        [
            (t.accounts_name(), self.name.clone(), self.name == other.name),
            (t.accounts_title(), self.title.clone(), self.title == other.title),
            (t.accounts_language(), value(&languages(t), &self.language), self.language == other.language),
            (t.accounts_zone(), value(&time_zones(t), &self.time_zone), self.time_zone == other.time_zone),
            (t.theme_label(), value(&themes(t), &self.theme), self.theme == other.theme),
        ]
        .into_iter()
        .filter(|(_, _, is_same)| !is_same)
        .map(|(label, value, _)| t.accounts_saved_value(label, value))
        .collect()
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// As the browser asks, or one of ours.
#[must_use]
pub fn languages(t: T) -> Vec<Choice> {
    let own = Language::ALL.into_iter().map(|language| Choice::new(language, language.name()));
    std::iter::once(Choice::new("", t.accounts_language_of_browser())).chain(own).collect()
}

/// The organisation's, or a place's.
#[must_use]
pub fn time_zones(t: T) -> Vec<Choice> {
    let places = zones::names().iter().map(|name| Choice::new(name, name.replace('_', " ")));
    std::iter::once(Choice::new("", t.accounts_zone_of_organisation())).chain(places).collect()
}

/// As the system, or one of two.
#[must_use]
pub fn themes(t: T) -> Vec<Choice> {
    vec![
        Choice::new("", t.theme_system()),
        Choice::new(Theme::Light.as_str(), t.theme_light()),
        Choice::new(Theme::Dark.as_str(), t.theme_dark()),
    ]
}
