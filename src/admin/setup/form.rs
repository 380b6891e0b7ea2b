//! The set-up form: what was typed, and what it means.

use crate::{
    accounts::{
        organisation::{NewOrganisation, model::LONGEST_NAME, zones},
        passwords,
        people::{Email, model::check_name},
    },
    platform::locale::{Language, T},
    web::{Errors, Fields, ui::Choice},
};
use jiff::civil::Weekday;

/// A day of the week in the form.
#[derive(Clone, Debug)]
pub struct DayChoice {
    /// Monday is 1.
    pub number: i8,
    /// In the reader's language.
    pub name: String,
    /// Whether people work on it.
    pub is_chosen: bool,
}

/// What was typed; never the password.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The token of the address.
    pub token: String,
    /// The organisation's name.
    pub organisation: String,
    /// `en` or `zh-CN`.
    pub language: String,
    /// An IANA name.
    pub time_zone: String,
    /// The week.
    pub days: Vec<DayChoice>,
    /// The administrator's name.
    pub name: String,
    /// The administrator's address.
    pub email: String,
}

/// A form without mistakes.
#[derive(Debug)]
pub struct Valid {
    /// What to create.
    pub organisation: NewOrganisation,
    /// The administrator's address.
    pub email: Email,
    /// The administrator's name.
    pub name: String,
    /// Checked, not hashed yet.
    pub password: String,
}

impl Typed {
    /// The form as it is first shown.
    #[must_use]
    pub fn fresh(t: T, token: &str) -> Self {
        let time_zone = if t.is_chinese() { "Asia/Shanghai" } else { "UTC" };
        Self {
            token: token.to_owned(),
            organisation: String::new(),
            language: t.language().tag().to_owned(),
            time_zone: time_zone.to_owned(),
            days: days(t, |day| NewOrganisation::usual_week().contains(&day)),
            name: String::new(),
            email: String::new(),
        }
    }

    /// The form as it came back.
    #[must_use]
    pub fn of(t: T, fields: &Fields) -> Self {
        let chosen: Vec<&str> = fields.all("day").collect();
        Self {
            token: fields.get("token").to_owned(),
            organisation: fields.get("organisation").to_owned(),
            language: fields.get("language").to_owned(),
            time_zone: fields.get("time_zone").to_owned(),
            days: days(t, |day| chosen.contains(&day.to_monday_one_offset().to_string().as_str())),
            name: fields.get("name").to_owned(),
            email: fields.get("email").to_owned(),
        }
    }

    /// What the form means.
    ///
    /// # Errors
    /// All mistakes at once.
    pub fn check(&self, t: T, password: &str) -> Result<Valid, Errors> {
        let mut errors = Errors::none();
        let organisation = self.organisation.split_whitespace().collect::<Vec<_>>().join(" ");
        match organisation.chars().count() {
            0 => errors.add("organisation", t.setup_organisation_missing()),
            1..=LONGEST_NAME => {}
            _ => errors.add("organisation", t.accounts_too_long(LONGEST_NAME)),
        }
        let language = self.language.parse::<Language>();
        if language.is_err() {
            errors.add("language", t.accounts_language_unknown());
        }
        if zones::find(&self.time_zone).is_none() {
            errors.add("time_zone", t.accounts_zone_unknown());
        }
        let working_days: Vec<Weekday> = self.days.iter().filter(|day| day.is_chosen).filter_map(weekday).collect();
        if working_days.is_empty() {
            errors.add("days", t.setup_days_missing());
        }
        let name = check_name(&self.name).map_err(|problem| errors.add("name", problem.text(t)));
        let email = self.email.parse::<Email>().map_err(|_| errors.add("email", t.accounts_email_bad()));
        if let Some(complaint) = passwords::complaint(t, password) {
            errors.add("password", complaint);
        }
        let (Ok(language), Ok(name), Ok(email), true) = (language, name, email, errors.is_empty()) else {
            return Err(errors);
        };
        let time_zone = self.time_zone.clone();
        let organisation = NewOrganisation { name: organisation, language, time_zone, working_days };
        Ok(Valid { organisation, email, name, password: password.to_owned() })
    }
}

fn weekday(day: &DayChoice) -> Option<Weekday> {
    Weekday::from_monday_one_offset(day.number).ok()
}

fn days(t: T, is_chosen: impl Fn(Weekday) -> bool) -> Vec<DayChoice> {
    [
        (Weekday::Monday, t.setup_monday()),
        (Weekday::Tuesday, t.setup_tuesday()),
        (Weekday::Wednesday, t.setup_wednesday()),
        (Weekday::Thursday, t.setup_thursday()),
        (Weekday::Friday, t.setup_friday()),
        (Weekday::Saturday, t.setup_saturday()),
        (Weekday::Sunday, t.setup_sunday()),
    ]
    .into_iter()
    .map(|(day, name)| DayChoice { number: day.to_monday_one_offset(), name, is_chosen: is_chosen(day) })
    .collect()
}

/// Both languages, by their own names.
#[must_use]
pub fn languages() -> Vec<Choice> {
    Language::ALL.into_iter().map(|language| Choice::new(language, language.name())).collect()
}

/// Every time zone.
#[must_use]
pub fn time_zones() -> Vec<Choice> {
    zones::names().iter().map(|name| Choice::new(name, name.replace('_', " "))).collect()
}
