//! Cards, lanes and rows: what the page shows, borrowed from what was read. What a day looks like is written once a
//! day and a department's chip once a page, so that three hundred cards cost little more than one.

use super::{
    filter::{Filter, Group, Sort},
    picture::Seen,
    store::Row,
};
use crate::{
    platform::ids::{PartId, PersonId},
    web::ui,
    work::tasks::{Status, model::deadline},
};
use jiff::civil::Date;
use std::{cmp::Reverse, collections::BTreeMap};

/// A department with its chip.
struct Department<'a> {
    id: PartId,
    name: &'a str,
    chip: String,
    may_edit: bool,
}

/// Everything that rows point to.
pub struct Lookup<'a> {
    departments: Vec<Department<'a>>,
    /// By whether it is the day on which it was done.
    days: BTreeMap<(bool, Date), String>,
    seen: &'a Seen,
    /// People whose names are not among what was seen.
    others: BTreeMap<PersonId, String>,
}

impl<'a> Lookup<'a> {
    /// For these rows.
    pub fn new(seen: &'a Seen, rows: &[Row], others: BTreeMap<PersonId, String>) -> Self {
        let t = seen.t;
        let departments = seen.parts.iter().map(|(part, may_edit)| Department {
            id: part.id,
            name: part.name(t),
            chip: ui::department(&part.chip(t)).to_string(),
            may_edit: *may_edit,
        });
        let mut lookup = Self { departments: departments.collect(), days: BTreeMap::new(), seen, others };
        for (is_done, day) in rows.iter().filter_map(|row| lookup.day_of(row)).collect::<Vec<_>>() {
            lookup.days.entry((is_done, day)).or_insert_with(|| {
                let status = if is_done { Status::Done } else { Status::Todo };
                let (tone, words) = deadline(t, status, Some(day), Some(day), seen.today);
                ui::deadline(tone, words).to_string()
            });
        }
        lookup
    }

    /// The day a row shows, and whether it is the one on which it was done.
    fn day_of(&self, row: &Row) -> Option<(bool, Date)> {
        match row.status {
            Status::Done => Some((true, row.done_at?.to_zoned(self.seen.zone.clone()).date())),
            Status::Dropped => None,
            Status::Todo | Status::Doing | Status::Blocked | Status::Review => Some((false, row.due_on?)),
        }
    }

    fn department(&self, id: PartId) -> Option<&Department<'a>> {
        self.departments.iter().find(|department| department.id == id)
    }

    fn card<'b>(&'b self, row: &'b Row) -> Card<'b> {
        let department = self.department(row.part_id);
        let due = self.day_of(row).and_then(|day| self.days.get(&day));
        let is_mine = row.assignee_id.is_some() && row.assignee_id == self.seen.own;
        Card {
            number: row.number,
            title: &row.title,
            chip: department.map_or("", |department| &department.chip),
            assignee: self.assignee(row),
            status: row.status.mark(),
            due: due.map_or("", String::as_str),
            reason: &row.blocked_reason,
            waits_for: row.waits_for.and_then(|part| self.department(part)).map(|department| department.name),
            comments: row.comments,
            stage: self.stage(row).map_or("", |(_, name)| name),
            version: row.version,
            may_move: department.is_some_and(|department| department.may_edit) || is_mine,
        }
    }

    fn assignee(&self, row: &Row) -> Option<&str> {
        let person = row.assignee_id?;
        self.seen.name(person).or_else(|| self.others.get(&person).map(String::as_str))
    }

    fn stage(&self, row: &Row) -> Option<(usize, &str)> {
        let (index, stage) =
            self.seen.around.stages.iter().enumerate().find(|(_, stage)| Some(stage.id) == row.stage_id)?;
        Some((index, self.seen.t.pair(&stage.name_en, &stage.name_zh)))
    }

    /// Where a row's group stands among the groups, and the group's heading; empty for those without.
    fn group_of<'b>(&'b self, group: Group, row: &'b Row) -> (usize, &'b str) {
        let last = (usize::MAX, "");
        match group {
            Group::None => (0, ""),
            Group::Status => Status::ALL.iter().position(|status| *status == row.status).map_or(last, |at| (at, "")),
            Group::Department => self
                .departments
                .iter()
                .enumerate()
                .find(|(_, department)| department.id == row.part_id)
                .map_or(last, |(index, department)| (index, department.name)),
            Group::Stage => self.stage(row).unwrap_or(last),
            Group::Person => self.assignee(row).map_or(last, |name| (0, name)),
        }
    }
}

/// A task as a card or a row.
pub struct Card<'a> {
    /// 42 of `GEO-42`.
    pub number: i32,
    /// In the reader's language.
    pub title: &'a str,
    /// The chip of the department that owns it, as HTML.
    pub chip: &'a str,
    /// Who does it.
    pub assignee: Option<&'a str>,
    /// Where it stands.
    pub status: ui::Status,
    /// By when, or when it was done, as HTML.
    pub due: &'a str,
    /// Why it is blocked; empty unless it is.
    pub reason: &'a str,
    /// For which department it waits.
    pub waits_for: Option<&'a str>,
    /// How many.
    pub comments: i32,
    /// The stage's name.
    pub stage: &'a str,
    /// Counts changes.
    pub version: i32,
    /// Whether the reader may change its status.
    pub may_move: bool,
}

/// A lane of the board.
pub struct Lane<'a> {
    /// Its status.
    pub status: ui::Status,
    /// How many tasks there are, also those not shown.
    pub count: usize,
    /// The cards.
    pub cards: Vec<Card<'a>>,
}

/// The tasks of one group: a board below the others, or a part of the list.
pub struct Band<'a> {
    /// Counts from 1, for the ids of the page.
    pub index: usize,
    /// Empty when there is one only, and for those that belong to no group.
    pub heading: &'a str,
    /// When the group is a status.
    pub status: Option<ui::Status>,
    rows: Vec<&'a Row>,
}

impl<'a> Band<'a> {
    /// The lanes of this band's board. Dropped tasks have a lane only when they were asked for; `done` is how many
    /// are done in all, where the lane shows the most recent ones only.
    pub fn lanes(&self, lookup: &'a Lookup<'a>, filter: &Filter, done: Option<usize>) -> Vec<Lane<'a>> {
        let wanted = |status: &Status| *status != Status::Dropped || filter.status == Some(Status::Dropped);
        let lane = |status: Status| {
            let mut rows: Vec<&Row> = self.rows.iter().copied().filter(|row| row.status == status).collect();
            if status == Status::Done {
                rows.sort_by_key(|row| Reverse(row.done_at));
            }
            Lane {
                status: status.mark(),
                count: done.filter(|_| status == Status::Done).unwrap_or(rows.len()),
                cards: rows.into_iter().map(|row| lookup.card(row)).collect(),
            }
        };
        Status::ALL.into_iter().filter(wanted).map(lane).collect()
    }

    /// The rows of this part of the list.
    pub fn cards(&self, lookup: &'a Lookup<'a>) -> Vec<Card<'a>> {
        self.rows.iter().map(|row| lookup.card(row)).collect()
    }
}

/// Sorts the rows as the address says and puts together what stands together. Never empty.
pub fn bands<'a>(rows: &'a [Row], lookup: &'a Lookup<'a>, group: Group, sort: Sort) -> Vec<Band<'a>> {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    // What is done comes last: nobody waits for it.
    let due = |row: &Row| (row.status == Status::Done, row.due_on.is_none(), row.due_on, row.number);
    match sort {
        Sort::Due => sorted.sort_by_key(|row| due(row)),
        Sort::Priority => sorted.sort_by_key(|row| (Reverse(row.priority), due(row))),
        Sort::Number => sorted.sort_by_key(|row| row.number),
    }
    let mut groups: BTreeMap<(usize, &str), Vec<&Row>> = BTreeMap::new();
    if group == Group::None || sorted.is_empty() {
        groups.insert((0, ""), sorted);
    } else {
        for row in sorted {
            groups.entry(lookup.group_of(group, row)).or_default().push(row);
        }
    }
    let band = |(index, ((_, heading), rows)): (usize, ((usize, &'a str), Vec<&'a Row>))| Band {
        index: index + 1,
        heading,
        status: rows.first().filter(|_| group == Group::Status).map(|row| row.status.mark()),
        rows,
    };
    groups.into_iter().enumerate().map(band).collect()
}
