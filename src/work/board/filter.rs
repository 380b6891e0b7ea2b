//! What the address says about which tasks are shown and how; pure.

use crate::{
    platform::ids::{MilestoneId, PersonId, StageId},
    web::Fields,
    work::tasks::Status,
};
use std::fmt::Write;

/// Lanes or rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// A lane for each status.
    #[default]
    Board,
    /// A table, for changing several at once.
    List,
}

/// What stands together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Group {
    /// Lanes are statuses already; a list is in one piece.
    #[default]
    None,
    /// By status.
    Status,
    /// By department.
    Department,
    /// By stage.
    Stage,
    /// By the person who does it.
    Person,
}

/// The order within a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// The earliest due date first; without one last.
    #[default]
    Due,
    /// The most urgent first.
    Priority,
    /// In the order in which they were made.
    Number,
}

/// When tasks are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Due {
    /// Any time, or never.
    #[default]
    Any,
    /// Open, and before today.
    Overdue,
    /// From Monday to Sunday of this week.
    Week,
}

/// Whose tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// Everybody's.
    #[default]
    Anybody,
    /// Nobody's yet.
    Nobody,
    /// The reader's.
    Mine,
    /// This person's.
    Of(PersonId),
}

/// The whole address: `?view=list&q=price&department=MKT&person=me&stage=…&milestone=…&due=week&status=doing&group=stage&sort=number`.
/// What cannot be read counts as not given: an old link still shows the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Lanes or rows.
    pub view: View,
    /// Part of a title, or a number.
    pub words: String,
    /// The code of a part, as the address gives it.
    pub department: String,
    /// Whose.
    pub person: Whose,
    /// Of this stage.
    pub stage: Option<StageId>,
    /// Leading to this milestone.
    pub milestone: Option<MilestoneId>,
    /// Due when.
    pub due: Due,
    /// Only these.
    pub status: Option<Status>,
    /// What stands together.
    pub group: Group,
    /// The order.
    pub sort: Sort,
}

impl Filter {
    /// Reads the query.
    #[must_use]
    pub fn parse(fields: &Fields) -> Self {
        Self {
            view: if fields.get("view") == "list" { View::List } else { View::Board },
            words: fields.get("q").chars().take(200).collect(),
            department: fields.get("department").chars().take(40).collect(),
            person: match fields.get("person") {
                "" => Whose::Anybody,
                "me" => Whose::Mine,
                "none" => Whose::Nobody,
                id => id.parse().map_or(Whose::Anybody, Whose::Of),
            },
            stage: fields.value("stage"),
            milestone: fields.value("milestone"),
            due: match fields.get("due") {
                "overdue" => Due::Overdue,
                "week" => Due::Week,
                _ => Due::Any,
            },
            status: fields.value("status"),
            group: match fields.get("group") {
                "status" => Group::Status,
                "department" => Group::Department,
                "stage" => Group::Stage,
                "person" => Group::Person,
                _ => Group::None,
            },
            sort: match fields.get("sort") {
                "priority" => Sort::Priority,
                "number" => Sort::Number,
                _ => Sort::Due,
            },
        }
    }

    /// The query of a link to the same tasks, `?` included; empty when there is nothing to say.
    #[must_use]
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (name, value) in [
            ("view", self.view_code()),
            ("q", self.words.as_str()),
            ("department", self.department.as_str()),
            ("person", &self.person_code()),
            ("stage", &self.stage_code()),
            ("milestone", &self.milestone_code()),
            ("due", self.due_code()),
            ("status", self.status_code()),
            ("group", self.group_code()),
            ("sort", self.sort_code()),
        ] {
            if !value.is_empty() {
                let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                // Writing to a String cannot fail.
                let _ = write!(out, "{}{name}={value}", if out.is_empty() { '?' } else { '&' });
            }
        }
        out
    }

    /// Whether any condition narrows what is shown.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.words.is_empty()
            || !self.department.is_empty()
            || self.person != Whose::Anybody
            || self.stage.is_some()
            || self.milestone.is_some()
            || self.due != Due::Any
            || self.status.is_some()
    }

    /// Seen the other way.
    #[must_use]
    pub fn viewed(&self, view: View) -> Self {
        Self { view, ..self.clone() }
    }

    /// Everything that is done, as a list.
    #[must_use]
    pub fn all_done(&self) -> Self {
        Self { view: View::List, status: Some(Status::Done), ..self.clone() }
    }

    /// Nothing narrowed, seen the same way.
    #[must_use]
    pub fn widest(&self) -> Self {
        Self { view: self.view, group: self.group, sort: self.sort, ..Self::default() }
    }

    /// The number in `GEO-42` or `42`, when that is what is looked for.
    #[must_use]
    pub fn number(&self) -> Option<i32> {
        self.words.rsplit('-').next()?.trim().parse().ok()
    }

    fn view_code(&self) -> &'static str {
        match self.view {
            View::Board => "",
            View::List => "list",
        }
    }

    /// As in the address.
    #[must_use]
    pub fn person_code(&self) -> String {
        match self.person {
            Whose::Anybody => String::new(),
            Whose::Nobody => "none".to_owned(),
            Whose::Mine => "me".to_owned(),
            Whose::Of(person) => person.to_string(),
        }
    }

    /// As in the address.
    #[must_use]
    pub fn stage_code(&self) -> String {
        self.stage.map(|stage| stage.to_string()).unwrap_or_default()
    }

    /// As in the address.
    #[must_use]
    pub fn milestone_code(&self) -> String {
        self.milestone.map(|milestone| milestone.to_string()).unwrap_or_default()
    }

    /// As in the address.
    #[must_use]
    pub fn due_code(&self) -> &'static str {
        match self.due {
            Due::Any => "",
            Due::Overdue => "overdue",
            Due::Week => "week",
        }
    }

    /// As in the address.
    #[must_use]
    pub fn status_code(&self) -> &'static str {
        self.status.map_or("", Status::as_str)
    }

    /// As in the address.
    #[must_use]
    pub fn group_code(&self) -> &'static str {
        match self.group {
            Group::None => "",
            Group::Status => "status",
            Group::Department => "department",
            Group::Stage => "stage",
            Group::Person => "person",
        }
    }

    /// As in the address.
    #[must_use]
    pub fn sort_code(&self) -> &'static str {
        match self.sort {
            Sort::Due => "",
            Sort::Priority => "priority",
            Sort::Number => "number",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_same_again() {
        for query in [
            "",
            "?view=list",
            "?q=price+%26+book",
            "?view=list&department=MKT&person=me&due=overdue&status=blocked&group=stage&sort=priority",
            "?person=none&stage=01930000-0000-7000-8000-000000000001&due=week&group=person&sort=number",
        ] {
            assert_eq!(Filter::parse(&Fields::parse(query.trim_start_matches('?'))).query(), query);
        }
    }

    #[test]
    fn what_cannot_be_read_does_not_count() {
        let filter = Filter::parse(&Fields::parse("view=x&person=nobody&stage=1&due=never&status=open&group=x&sort=y"));
        assert_eq!(filter, Filter::default());
        assert!(!filter.narrows());
    }

    #[test]
    fn a_number_is_found_with_and_without_its_key() {
        for (words, number) in [("GEO-42", Some(42)), ("42", Some(42)), ("price", None), ("", None), ("GEO-", None)] {
            let filter = Filter { words: words.to_owned(), ..Filter::default() };
            assert_eq!(filter.number(), number, "{words}");
        }
    }
}
