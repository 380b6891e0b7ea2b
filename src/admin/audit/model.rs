//! What the audit is asked: pure.

use crate::{
    events::Kind,
    platform::locale::T,
    web::{Errors, Fields},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Kinds that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Signing in and out.
    SignIns,
    /// What was refused.
    Refusals,
    /// People and their accounts.
    People,
    /// The organisation, its departments and calendar.
    Organisation,
    /// Projects, stages, seats, duties.
    Projects,
    /// Tasks and milestones.
    Work,
    /// Escalations and decisions.
    Decisions,
}

impl Group {
    /// All, as the filter lists them.
    pub const ALL: [Self; 7] =
        [Self::SignIns, Self::Refusals, Self::People, Self::Organisation, Self::Projects, Self::Work, Self::Decisions];

    /// The text in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::Refusals => "refusals",
            Self::People => "people",
            Self::Organisation => "organisation",
            Self::Projects => "projects",
            Self::Work => "work",
            Self::Decisions => "decisions",
        }
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::SignIns => t.audit_sign_ins(),
            Self::Refusals => t.audit_refusals(),
            Self::People => t.audit_people(),
            Self::Organisation => t.audit_organisation(),
            Self::Projects => t.audit_projects(),
            Self::Work => t.audit_work(),
            Self::Decisions => t.audit_decisions(),
        }
    }

    /// Its kinds: the part before the point says what they are about.
    #[must_use]
    pub fn kinds(self) -> Vec<Kind> {
        let of = |subjects: &[&str]| {
            Kind::ALL
                .iter()
                .copied()
                .filter(|kind| kind.as_str().split_once('.').is_some_and(|(subject, _)| subjects.contains(&subject)))
                .collect()
        };
        match self {
            Self::SignIns => of(&["session"]),
            Self::Refusals => vec![Kind::SignInRefused, Kind::AccessRefused],
            Self::People => of(&["person"]),
            Self::Organisation => of(&["organisation", "calendar", "department", "escalation_limits"]),
            Self::Projects => of(&["project", "stage", "gate_rule", "seat", "part", "duty", "robot"]),
            Self::Work => of(&[
                "task",
                "milestone",
                "request",
                "baseline",
                "change",
                "strategy",
                "objective",
                "key_result",
                "kpi",
                "goals",
                "playbook",
                "bonus_pool",
                "money",
                "thanks",
            ]),
            Self::Decisions => of(&["escalation", "position", "evidence", "option", "criteria", "ballot", "decision"]),
        }
    }
}

impl std::str::FromStr for Group {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|group| group.as_str() == text).ok_or(())
    }
}

/// What was asked, as typed and as understood.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Part of a name or e-mail address, or a person's id.
    pub who: String,
    /// Kinds that belong together.
    pub group: Option<Group>,
    /// A project's key, capital letters.
    pub project: String,
    /// As typed.
    pub from: String,
    /// As typed.
    pub to: String,
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment: the end of the day typed.
    pub until: Option<Timestamp>,
}

impl Question {
    /// Reads a query; days are those of `zone`. What cannot be understood is left out and said.
    #[must_use]
    pub fn read(t: T, zone: &TimeZone, query: &Fields) -> (Self, Errors) {
        let mut errors = Errors::none();
        let mut midnight = |field: &str, days: i64| {
            let typed = query.get(field);
            let start = typed.parse::<Date>().ok().and_then(|day| {
                let day = day.checked_add(jiff::Span::new().days(days)).ok()?;
                Some(day.to_zoned(zone.clone()).ok()?.timestamp())
            });
            if start.is_none() && !typed.is_empty() {
                errors.add(field, t.audit_day_wrong());
            }
            start
        };
        let (since, until) = (midnight("from", 0), midnight("to", 1));
        if since.zip(until).is_some_and(|(since, until)| until <= since) {
            errors.add("to", t.audit_days_wrong());
        }
        let text = |name| query.get(name).to_owned();
        let question = Self {
            who: text("who"),
            group: query.value("group"),
            project: query.get("project").to_uppercase(),
            from: text("from"),
            to: text("to"),
            since,
            until,
        };
        (question, errors)
    }

    /// The query that asks the same, for links.
    #[must_use]
    pub fn query(&self) -> String {
        let group = self.group.map(Group::as_str).unwrap_or_default();
        let pairs = [
            ("who", self.who.as_str()),
            ("group", group),
            ("project", &self.project),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;

    #[test]
    fn every_kind_belongs_to_a_group() {
        for kind in Kind::ALL {
            assert!(Group::ALL.iter().any(|group| group.kinds().contains(kind)), "{kind:?}");
        }
    }

    #[test]
    fn days_are_whole_and_of_the_readers_zone() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let query = Fields::of(&[("from", "2026-11-18"), ("to", "2026-11-18"), ("project", "geo")]);
        let (question, errors) = Question::read(T(Language::English), &zone, &query);
        assert!(errors.is_empty());
        assert_eq!(question.since.unwrap().to_string(), "2026-11-17T16:00:00Z");
        assert_eq!(question.until.unwrap().to_string(), "2026-11-18T16:00:00Z");
        assert_eq!(question.query(), "project=GEO&from=2026-11-18&to=2026-11-18");
        let (_, errors) = Question::read(T(Language::English), &zone, &Fields::of(&[("from", "soon")]));
        assert!(errors.get("from").is_some());
        let wrong = Fields::of(&[("from", "2026-11-19"), ("to", "2026-11-18")]);
        assert!(Question::read(T(Language::English), &zone, &wrong).1.get("to").is_some());
    }
}
