//! What a person wants by mail, the link that ends a sort of letter, and the words of both letters; pure.

use crate::{
    accounts::work_links::model as work_links,
    events::{Recorded, sentences::describe},
    notices::model::{Folded, Want, guest_line},
    platform::{
        ids::{EventId, PersonId, hex},
        locale::{Language, T},
        mail::Letter,
    },
    web::{Errors, Fields},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// A sort of letter that a person can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What waits for me.
    Waits,
    /// Tasks.
    Tasks,
    /// Requests between departments.
    Requests,
    /// Escalations.
    Escalations,
    /// Decisions.
    Decisions,
    /// The project around it.
    Project,
}

impl Sort {
    /// All, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Waits, Self::Tasks, Self::Requests, Self::Escalations, Self::Decisions, Self::Project];

    /// The name of its column, its field and its place in the link.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Tasks => "tasks",
            Self::Requests => "requests",
            Self::Escalations => "escalations",
            Self::Decisions => "decisions",
            Self::Project => "project",
        }
    }

    /// From [`Sort::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Waits => t.letters_waits(),
            Self::Tasks => t.letters_tasks(),
            Self::Requests => t.letters_requests(),
            Self::Escalations => t.letters_escalations(),
            Self::Decisions => t.letters_decisions(),
            Self::Project => t.letters_project(),
        }
    }
}

/// What the link in a letter ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// A sort of letter.
    Sort(Sort),
    /// The daily letter, whatever is in it.
    Digest,
}

impl Ends {
    /// Its place in the link.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sort(sort) => sort.as_str(),
            Self::Digest => "digest",
        }
    }

    /// From [`Ends::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "digest" { Some(Self::Digest) } else { Sort::parse(text).map(Self::Sort) }
    }

    /// The question before it is ended, and what is said afterwards.
    #[must_use]
    pub fn words(self, t: T) -> (String, String) {
        match self {
            Self::Sort(sort) => (t.letters_end_ask(sort.label(t)), t.letters_ended(sort.label(t))),
            Self::Digest => (t.letters_end_digest_ask(), t.letters_digest_ended()),
        }
    }

    /// Ends it.
    pub fn end(self, choices: &mut Choices) {
        for (sort, when) in Sort::ALL.into_iter().zip(&mut choices.when) {
            let is_ended = match self {
                Self::Sort(ended) => sort == ended,
                Self::Digest => *when == When::Digest,
            };
            if is_ended {
                *when = When::Never;
            }
        }
    }
}

/// When somebody wants a sort of letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// At once, each by itself.
    AtOnce,
    /// In the daily letter.
    Digest,
    /// Not by mail.
    Never,
}

impl When {
    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Digest => "digest",
            Self::Never => "never",
        }
    }

    /// From [`When::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::AtOnce, Self::Digest, Self::Never].into_iter().find(|when| when.as_str() == text)
    }
}

/// What a person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// By sort, in the order of [`Sort::ALL`].
    pub when: [When; 6],
    /// The hour of the daily letter, on their clock.
    pub digest_hour: i16,
    /// Whether a liaison's daily letter carries a link to their tasks.
    pub work_link: bool,
}

impl Default for Choices {
    fn default() -> Self {
        let mut when = [When::Digest; 6];
        when[0] = When::AtOnce;
        Self { when, digest_hour: 8, work_link: true }
    }
}

impl Choices {
    /// What was chosen for a sort.
    #[must_use]
    pub fn of(&self, sort: Sort) -> When {
        Sort::ALL.into_iter().zip(self.when).find(|(one, _)| *one == sort).map_or(When::Digest, |(_, when)| when)
    }

    /// Reads the form.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn read(t: T, fields: &Fields) -> Result<Self, Errors> {
        let mut errors = Errors::none();
        let when = Sort::ALL.map(|sort| {
            let when = When::parse(fields.get(&format!("letters_{}", sort.as_str())));
            when.filter(|when| sort == Sort::Waits || *when != When::AtOnce).unwrap_or_else(|| {
                errors.add(format!("letters_{}", sort.as_str()), t.letters_when_wrong());
                When::Digest
            })
        });
        let hour = fields.value("digest_hour").filter(|hour| (0..=23).contains(hour));
        if hour.is_none() {
            errors.add("digest_hour", t.letters_hour_wrong());
        }
        match hour {
            Some(digest_hour) if errors.is_empty() => {
                Ok(Self { when, digest_hour, work_link: fields.has("work_link") })
            }
            _ => Err(errors),
        }
    }
}

/// What signs the link that ends letters for a person. It proves that the letter reached them, and opens nothing else.
#[must_use]
pub fn signature(secret: Uuid, ends: Ends) -> String {
    let mut hash = Sha256::new();
    hash.update(secret.as_bytes());
    hash.update(ends.as_str().as_bytes());
    hex(hash.finalize().get(..16).unwrap_or_default())
}

/// The address that ends letters with one click.
#[must_use]
pub fn unsubscribe_url(origin: &str, person: PersonId, secret: Uuid, ends: Ends) -> String {
    format!("{origin}/unsubscribe/{person}/{}/{}", ends.as_str(), signature(secret, ends))
}

/// Whoever a letter goes to.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Who.
    pub person_id: PersonId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their language.
    pub language: Language,
    /// Their clock.
    pub zone: TimeZone,
    /// What signs their links.
    pub secret: Uuid,
}

impl Receiver {
    /// From what the database knows of them.
    #[must_use]
    pub fn new(
        person_id: PersonId,
        (email, name): (String, String),
        (language, zone): (&str, &str),
        secret: Uuid,
    ) -> Self {
        Self {
            person_id,
            email,
            name,
            language: language.parse().unwrap_or(Language::English),
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            secret,
        }
    }
}

/// A line of a letter.
#[derive(Clone, Debug)]
pub struct Told {
    /// The event.
    pub event_id: EventId,
    /// What is wanted.
    pub want: Option<Want>,
    /// How many things it folds.
    pub count: i32,
    /// What the same decision, or the same move of the plan, did besides.
    pub folded: Folded,
    /// The project's name.
    pub project: String,
    /// Whether they do not see the project: they read of what was put before them, without names.
    pub is_outsider: bool,
}

impl Told {
    /// The events that its words are made from.
    pub fn events(&self) -> impl Iterator<Item = EventId> {
        [self.event_id].into_iter().chain(self.folded.ids.iter().copied())
    }

    /// The sentence.
    fn sentence(&self, to: &Receiver, event: &Recorded, events: &HashMap<EventId, Recorded>) -> String {
        let t = T(to.language);
        if self.is_outsider {
            return guest_line(t, event);
        }
        let sentence = self.folded.add_to(t, describe(t, &to.zone, event).text(), event, events);
        match self.folded.rest(self.count) {
            0 => sentence,
            rest => t.list(&[sentence, t.notices_more(rest)]),
        }
    }

    /// A sentence, with what is wanted.
    fn with_want(&self, t: T, sentence: String) -> String {
        match self.want {
            Some(want) => t.letters_line_want(sentence, want.label(t)),
            None => sentence,
        }
    }

    /// The sentence, with what is wanted, on one line as long as mail programs show: the sentence is cut short.
    fn subject(&self, t: T, sentence: &str) -> String {
        let sentence = on_one_line(sentence);
        let whole = self.with_want(t, sentence.clone());
        match whole.chars().count().saturating_sub(SUBJECT) {
            0 => whole,
            over => {
                let kept = sentence.chars().count().saturating_sub(over + 1);
                self.with_want(t, sentence.chars().take(kept).chain(['…']).collect())
            }
        }
    }
}

/// The letter about one thing that waits.
#[must_use]
pub fn at_once(
    origin: &str,
    to: &Receiver,
    told: &Told,
    (event, href): (&Recorded, &str),
    events: &HashMap<EventId, Recorded>,
) -> Letter {
    let t = T(to.language);
    let sentence = told.sentence(to, event, events);
    let subject = told.subject(t, &sentence);
    let text = told.with_want(t, sentence);
    let where_ = if told.is_outsider { None } else { Some(told.project.clone()) };
    Letter {
        to: to.email.clone(),
        language: to.language,
        subject,
        opening: [Some(t.accounts_letter_greeting(&to.name)), Some(text), where_].into_iter().flatten().collect(),
        links: vec![(format!("{origin}{href}"), t.letters_open())],
        closing: vec![t.letters_why(Sort::Waits.label(t))],
        unsubscribe: Some((unsubscribe_url(origin, to.person_id, to.secret, Ends::Sort(Sort::Waits)), t.letters_end())),
    }
}

/// The daily letter: so many lines, and how many more there are in the inbox. A liaison's carries the secret of a link to their
/// tasks.
#[must_use]
pub fn digest(
    origin: &str,
    to: &Receiver,
    day: Date,
    (told, events): (&[&Told], &HashMap<EventId, Recorded>),
    more: i64,
    work_link: Option<&str>,
) -> Letter {
    let t = T(to.language);
    let mut opening = vec![t.accounts_letter_greeting(&to.name)];
    let mut project = "";
    for one in told {
        let Some(event) = events.get(&one.event_id) else { continue };
        if one.project != project && !one.is_outsider {
            project = &one.project;
            opening.push(project.to_owned());
        }
        opening.push(format!("· {}", one.with_want(t, one.sentence(to, event, events))));
    }
    if more > 0 {
        opening.push(t.letters_more(more));
    }
    let work = work_link.map(|secret| (format!("{origin}{}", work_links::path(secret)), t.letters_open_tasks()));
    let warning = work_link.map(|_| t.letters_work_link_note(work_links::DAYS));
    let inbox = (format!("{origin}/inbox"), t.letters_open_inbox());
    Letter {
        to: to.email.clone(),
        language: to.language,
        subject: t.letters_digest_subject(t.date(day)),
        opening,
        links: work.into_iter().chain([inbox]).collect(),
        closing: warning.into_iter().chain([t.letters_digest_why()]).collect(),
        unsubscribe: Some((unsubscribe_url(origin, to.person_id, to.secret, Ends::Digest), t.letters_end_digest())),
    }
}

/// Longest subject that mail programs show, in characters.
const SUBJECT: usize = 120;

/// A subject is one line.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the daily letter of somebody is due: it is past their hour on a working day, and they have had none today.
#[must_use]
pub fn is_due(
    now: Timestamp,
    zone: &TimeZone,
    hour: i16,
    digested_on: Option<Date>,
    is_working_day: impl Fn(Date) -> bool,
) -> bool {
    let local = now.to_zoned(zone.clone());
    i16::from(local.hour()) >= hour && is_working_day(local.date()) && digested_on.is_none_or(|day| day < local.date())
}

#[cfg(test)]
mod tests;
