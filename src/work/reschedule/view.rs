//! What a new plan moves, in the reader's words.

use super::{
    Thing,
    model::{Moves, Refusal},
};
use crate::{
    platform::locale::T,
    web::{Shell, paths},
};
use jiff::civil::Date;

/// What would move.
#[derive(Debug)]
pub struct Preview {
    /// The fingerprint of exactly these moves.
    pub seen: String,
    /// The plan would have begun before today.
    pub starts_in_past: Option<String>,
    /// Stages.
    pub stages: Vec<StageRow>,
    /// Tasks and milestones.
    pub dates: Vec<DateRow>,
    /// Milestones that keep their day.
    pub stays: Vec<String>,
    /// Nothing moves but the date itself.
    pub is_nothing: bool,
}

/// A stage that moves.
#[derive(Debug)]
pub struct StageRow {
    /// Code and name.
    pub name: String,
    /// Its days now.
    pub before: String,
    /// Its days then.
    pub after: String,
    /// By how much.
    pub shift: String,
}

/// A task or milestone that moves.
#[derive(Debug)]
pub struct DateRow {
    /// `GEO-42`, or what it is.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The task's page.
    pub href: Option<String>,
    /// Its day now.
    pub before: String,
    /// Its day then.
    pub after: String,
}

impl Preview {
    /// Of a new plan. `says_start` asks for a word when the plan would have begun already.
    #[must_use]
    pub fn of(shell: &Shell, key: &str, planned: &Moves, says_start: bool) -> Self {
        let t = shell.t;
        let span = |from: Date, to: Date| t.dates_span(t.date(from), t.date(to));
        let starts_in_past = says_start && planned.starts_on < shell.today();
        Self {
            seen: planned.fingerprint(),
            starts_in_past: starts_in_past.then(|| t.dates_starts_in_past(t.date(planned.starts_on))),
            stages: planned
                .stages
                .iter()
                .map(|one| StageRow {
                    name: format!("{} {}", one.stage.code, t.pair(&one.stage.name_en, &one.stage.name_zh)),
                    before: span(one.stage.starts_on, one.stage.ends_on),
                    after: span(one.after.starts_on, one.after.ends_on),
                    shift: if one.shift < 0 { t.dates_earlier(-one.shift) } else { t.dates_later(one.shift) },
                })
                .collect(),
            dates: planned
                .due()
                .map(|one| DateRow {
                    label: match one.dated.thing {
                        Thing::Task(number) => format!("{key}-{number}"),
                        Thing::Milestone(_) => t.dates_milestone(),
                    },
                    title: t.title(&one.dated.title, one.dated.title_zh.as_deref()).to_owned(),
                    href: match one.dated.thing {
                        Thing::Task(number) => Some(paths::task(key, number).to_string()),
                        Thing::Milestone(_) => None,
                    },
                    before: t.date(one.dated.due_on),
                    after: t.date(one.due_on),
                })
                .collect(),
            stays: planned
                .stays
                .iter()
                .map(|one| t.dates_keeps(t.date(one.due_on), t.title(&one.title, one.title_zh.as_deref())))
                .collect(),
            is_nothing: planned.is_empty(),
        }
    }
}

/// Why a plan cannot be laid out like that.
#[must_use]
pub fn refusal_text(t: T, refusal: Refusal) -> String {
    match refusal {
        Refusal::LaunchHasBegun => t.dates_error_launch_has_begun(),
        Refusal::HasBegun => t.dates_error_has_begun(),
        Refusal::TooEarly(earliest) => t.dates_error_too_early(t.date(earliest)),
        Refusal::TooFar(latest) => t.project_new_date_far(t.date(latest)),
        Refusal::TooLongAgo(earliest) => t.project_new_start_past(t.date(earliest)),
    }
}
