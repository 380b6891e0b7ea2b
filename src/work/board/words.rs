//! What stands on every card and in every menu, in the reader's words, made once a page.

use super::{picture::Seen, store};
use crate::{
    platform::locale::{T, sort_people},
    projects::PartKind,
    web::ui::Choice,
    work::tasks::Status,
};
use std::iter::once;

/// Stands for what a card fills in.
const MARK: &str = "\u{1}";

/// The parts of a sentence before and after what a card fills in.
pub struct Around {
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

impl Around {
    fn of(text: &str) -> Self {
        let (before, after) = text.split_once(MARK).unwrap_or((text, ""));
        Self { before: before.to_owned(), after: after.to_owned() }
    }
}

/// The words of cards and rows.
pub struct Words {
    /// The name of a card's menu, around the task's number.
    pub menu: Around,
    /// Around the department for which a task waits.
    pub waits_for: Around,
    /// The name of a row's checkbox, around the task's title.
    pub pick: Around,
    /// After the figure 1.
    pub comment: String,
    /// After any other figure.
    pub comments: String,
}

impl Words {
    /// In this language.
    pub fn of(t: T) -> Self {
        Self {
            menu: Around::of(&t.more_actions(MARK)),
            waits_for: Around::of(&t.board_waits_for(MARK)),
            pick: Around::of(&t.board_pick(MARK)),
            comment: t.board_comments(1),
            comments: t.board_comments(2),
        }
    }
}

/// What the menus offer.
pub struct Menus {
    /// Of the filter bar.
    pub departments: Vec<Choice>,
    /// Of the filter bar.
    pub people: Vec<Choice>,
    /// Of the filter bar.
    pub stages: Vec<Choice>,
    /// Of the filter bar.
    pub milestones: Vec<Choice>,
    /// Of the filter bar.
    pub dues: Vec<Choice>,
    /// Of the filter bar.
    pub statuses: Vec<Choice>,
    /// Of the filter bar.
    pub groups: Vec<Choice>,
    /// Of the filter bar.
    pub sorts: Vec<Choice>,
    /// For several tasks.
    pub new_status: Vec<Choice>,
    /// For several tasks.
    pub new_assignee: Vec<Choice>,
    /// For several tasks.
    pub new_milestone: Vec<Choice>,
    /// For several tasks: by how many days the due date moves.
    pub shifts: Vec<Choice>,
}

fn after(value: &str, label: String, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    once(Choice::new(value, label)).chain(rest).collect()
}

fn fixed<const N: usize>(choices: [(&str, String); N]) -> Vec<Choice> {
    choices.into_iter().map(|(value, label)| Choice::new(value, label)).collect()
}

/// The departments for which the reader adds tasks.
pub fn own_departments(seen: &Seen) -> Vec<Choice> {
    let own = seen.parts.iter().filter(|(part, may_edit)| *may_edit && part.kind != PartKind::Committee);
    own.map(|(part, _)| Choice::new(part.id, part.name(seen.t))).collect()
}

impl Menus {
    /// For what a reader sees.
    pub fn of(seen: &Seen) -> Self {
        let Seen { t, around, .. } = seen;
        let t = *t;
        let mut by_name: Vec<_> = around.people.iter().filter(|person| person.takes).collect();
        sort_people(t, &mut by_name, |person| &person.name);
        let people = || by_name.iter().map(|person| Choice::new(person.id, &person.name));
        let milestone =
            |one: &store::MilestoneChoice| Choice::new(one.id, t.title(&one.title, one.title_zh.as_deref()));
        let milestones = || around.milestones.iter().map(milestone);
        let statuses = || Status::ALL.into_iter().map(|status| Choice::new(status.as_str(), status.label(t)));
        let stages = around.stages.iter().map(|stage| Choice::new(stage.id, t.pair(&stage.name_en, &stage.name_zh)));
        let shift = |days: i32| Choice::new(days, if days < 0 { t.board_earlier(-days) } else { t.board_later(days) });
        let nobody = || once(Choice::new("none", t.board_nobody()));
        Self {
            departments: after(
                "",
                t.board_all_departments(),
                seen.parts.iter().map(|(part, _)| Choice::new(&part.code, part.name(t))),
            ),
            people: after(
                "",
                t.board_anybody(),
                once(Choice::new("me", t.board_mine())).chain(nobody()).chain(people()),
            ),
            stages: after("", t.board_all_stages(), stages),
            milestones: after("", t.board_all_milestones(), milestones()),
            dues: fixed([("", t.board_any_date()), ("overdue", t.board_overdue()), ("week", t.board_this_week())]),
            statuses: after("", t.board_any_status(), statuses()),
            groups: fixed([
                ("", t.board_no_groups()),
                ("status", t.board_by_status()),
                ("department", t.board_by_department()),
                ("stage", t.board_by_stage()),
                ("person", t.board_by_person()),
            ]),
            sorts: fixed([
                ("", t.board_sort_due()),
                ("priority", t.board_sort_priority()),
                ("number", t.board_sort_number()),
            ]),
            new_status: after("", t.board_same_status(), statuses()),
            new_assignee: after("", t.board_same_person(), people().chain(nobody())),
            new_milestone: after(
                "",
                t.board_same_milestone(),
                milestones().chain(once(Choice::new("none", t.board_no_milestone()))),
            ),
            shifts: after("", t.board_same_date(), [1, 7, 14, 28, -7].into_iter().map(shift)),
        }
    }
}
