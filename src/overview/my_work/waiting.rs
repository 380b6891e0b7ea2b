//! What others wait for, as it is shown: questions to answer, and what is before me to decide.

use super::{rows::RequestLine, store::Waiting};
use crate::{
    platform::{
        locale::T,
        time_left::{self, TimeLeft},
        working_time::Calendar,
    },
    requests::model::answer_due_at,
    web::{Shell, paths, ui::DepartmentChip},
};
use jiff::{Timestamp, ToSpan};
use std::cmp::Ordering;

/// Something that waits for me.
pub struct Item<'a> {
    /// Which department it is about.
    pub chip: Option<DepartmentChip<'a>>,
    /// What is asked of me.
    pub ask: String,
    /// The icon beside it.
    pub icon: &'static str,
    /// How much time is left: tone and words.
    pub due: (&'static str, String),
    /// Until when; empty when nobody set an end.
    pub until: String,
    /// The page of the task, the request or the escalation.
    pub href: String,
    /// Its title.
    pub title: &'a str,
    /// Who, and in which project.
    pub meta: String,
    /// What they say.
    pub text: &'a str,
    /// The button.
    pub button: String,
}

/// A department I speak for.
pub struct Speaks<'a> {
    /// Its chip.
    pub chip: DepartmentChip<'a>,
}

/// Everything beside the tasks.
pub struct Beside<'a> {
    /// The departments I speak for, each once.
    pub speaks: Vec<Speaks<'a>>,
    /// In how many projects.
    pub projects: usize,
    /// To answer.
    pub answers: Vec<Item<'a>>,
    /// What I asked other departments for.
    pub asked: Vec<Item<'a>>,
    /// To vote on or advise.
    pub decisions: Vec<Item<'a>>,
    /// To decide.
    pub rulings: Vec<Item<'a>>,
    /// Of those, none is a vote: each asks for the person's view only.
    pub is_advice: bool,
}

impl Beside<'_> {
    /// Whether nobody waits for me.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.decisions.is_empty() && self.rulings.is_empty()
    }

    /// Whether somebody waits, for me or I for them.
    pub fn has_lists(&self) -> bool {
        !self.is_empty() || !self.asked.is_empty()
    }
}

fn chip(row: &Waiting) -> Option<DepartmentChip<'_>> {
    Some(DepartmentChip { code: row.part_code.as_deref()?, name: row.part_name.as_deref()?, colour: row.part_colour? })
}

/// Sorts what was read into its places.
pub fn beside<'a>(shell: &Shell, calendar: &Calendar, rows: &'a [Waiting]) -> Beside<'a> {
    let mut beside = Beside {
        speaks: Vec::new(),
        projects: 0,
        answers: Vec::new(),
        asked: Vec::new(),
        decisions: Vec::new(),
        rulings: Vec::new(),
        is_advice: true,
    };
    let mut keys: Vec<&str> = Vec::new();
    for row in rows {
        match row.kind.as_str() {
            "speaks" => {
                if let Some(chip) = chip(row)
                    && !beside.speaks.iter().any(|other| other.chip.name == chip.name)
                {
                    beside.speaks.push(Speaks { chip });
                }
                if !keys.contains(&row.key.as_str()) {
                    keys.push(&row.key);
                }
            }
            "decide" => beside.rulings.push(item(shell, calendar, row)),
            "vote" | "advise" => {
                beside.is_advice &= row.kind == "advise";
                beside.decisions.push(item(shell, calendar, row));
            }
            "asked" | "promised" | "change_asked" | "over_budget" => beside.asked.push(item(shell, calendar, row)),
            _ => beside.answers.push(item(shell, calendar, row)),
        }
    }
    beside.projects = keys.len();
    beside
}

/// What is asked, the icon, the button.
fn words(t: T, kind: &str) -> (String, &'static str, String) {
    match kind {
        "mention" => (t.my_work_asked(), "talk", t.my_work_answer()),
        "assign" => (t.my_work_assign(), "people", t.my_work_open_task()),
        "blocked" => (t.my_work_blocked(), "blocked", t.my_work_open_task()),
        "position" => (t.my_work_position(), "edit", t.my_work_write_position()),
        "raiser" => (t.my_work_raiser(), "ask", t.my_work_answer()),
        "settle" => (t.my_work_settle(), "vote", t.my_work_open_escalation()),
        "review" => (t.my_work_review(), "clock", t.my_work_open_decision()),
        "vote" => (t.my_work_vote(), "vote", t.my_work_compare()),
        "request" => (t.my_work_request(), "ask", t.my_work_answer()),
        "offer" => (t.my_work_offer(), "clock", t.my_work_answer()),
        "size_change" => (t.my_work_size_change(), "edit", t.my_work_open_change()),
        "answer_change" => (t.my_work_answer_change(), "ask", t.my_work_answer()),
        "asked" => (t.my_work_owes_answer(), "ask", t.my_work_open_request()),
        "promised" => (t.my_work_promised(), "check", t.my_work_open_request()),
        "confirm" => (t.my_work_confirm_offer(), "check", t.my_work_open_escalation()),
        "agree" => (t.my_work_agree(), "talk", t.my_work_open_escalation()),
        "escalate" => (t.my_work_escalate(), "vote", t.my_work_open_request()),
        "new_day" => (t.my_work_new_day(), "clock", t.my_work_open_request()),
        "change_asked" => (t.my_work_owes_answer(), "ask", t.my_work_open_change()),
        "over_budget" => (t.my_work_over_budget(), "clock", t.my_work_open_change()),
        "decide" => (t.my_work_decide(), "vote", t.my_work_open_escalation()),
        _ => (t.my_work_advise(), "vote", t.my_work_open_escalation()),
    }
}

/// The month of which figures are owed: they are due in the one after it.
fn figures(t: T, row: &Waiting) -> String {
    let month = row.promised_on.map(|day| day.first_of_month().saturating_sub(1.month()));
    t.my_work_figures(i64::from(row.number), month.map(|month| t.month(month)).unwrap_or_default())
}

/// The moment at which what is owed ends.
fn ends_at(calendar: &Calendar, row: &Waiting) -> Option<Timestamp> {
    match row.kind.as_str() {
        "new_day" => row.due_at.map(|since| answer_due_at(since, calendar)),
        _ => row.due_at,
    }
}

/// How much time is left, with its tone; of a promise that slipped, how often.
fn due(shell: &Shell, calendar: &Calendar, row: &Waiting) -> (&'static str, String) {
    let t = shell.t;
    match (ends_at(calendar, row), row.promised_on) {
        (Some(at), _) => {
            // Whether it is over counts; how much of the whole is left does not.
            let left = TimeLeft::new(shell.now, at, shell.now, calendar);
            (if left.is_over { "bad" } else { "" }, left.words(t))
        }
        (None, Some(_)) if row.overruns > 0 => ("bad", t.request_slips(row.overruns)),
        (None, Some(day)) => {
            let today = shell.today();
            let tone = match day.cmp(&today) {
                Ordering::Less => "bad",
                Ordering::Equal => "warn",
                Ordering::Greater => "",
            };
            (tone, time_left::of_day(t, day, today))
        }
        (None, None) => ("", String::new()),
    }
}

/// Until when, on the reader's clock.
fn until(shell: &Shell, calendar: &Calendar, row: &Waiting) -> String {
    match (ends_at(calendar, row), row.promised_on) {
        (Some(at), _) => shell.t.time_until(shell.moment(at)),
        (None, Some(day)) => shell.t.time_until(shell.day(day)),
        (None, None) => String::new(),
    }
}

/// What I asked for as a line in the row of the task that waits for it.
pub fn request_line(shell: &Shell, row: &Waiting) -> RequestLine {
    RequestLine {
        label: format!("R-{}", row.number),
        href: paths::request(&row.key, row.number).to_string(),
        state: words(shell.t, &row.kind).0,
    }
}

fn item<'a>(shell: &Shell, calendar: &Calendar, row: &'a Waiting) -> Item<'a> {
    let t = shell.t;
    let (ask, icon, button) = match row.kind.as_str() {
        "assign" if row.overruns > 1 => (t.my_work_assign_several(row.overruns), "people", t.my_work_open_task()),
        "figures" => (figures(t, row), "edit", t.my_work_enter_figures()),
        "playbook" => (t.my_work_playbook(row.number), "doc", t.my_work_open_playbook()),
        "sign_off" => (t.my_work_sign_off(), "goal", t.goals_sign_off()),
        kind => words(t, kind),
    };
    let ask = match row.days {
        Some((wanted, offered)) => t.my_work_offer_of(shell.day(offered), shell.day(wanted)),
        None => ask,
    };
    let figures = paths::project(&row.key, "goals/figures").to_string();
    let href = match row.kind.as_str() {
        "figures" => figures,
        "playbook" => paths::project(&row.key, "playbook").to_string(),
        "sign_off" => format!("{}?about=goals", paths::project(&row.key, "decisions/new")),
        "mention" | "blocked" | "assign" => paths::task(&row.key, row.number).to_string(),
        "request" | "offer" | "asked" | "promised" | "escalate" | "new_day" => {
            paths::request(&row.key, row.number).to_string()
        }
        "size_change" | "answer_change" | "change_asked" | "over_budget" => {
            paths::scope_change(&row.key, row.number).to_string()
        }
        "review" => paths::decision(&row.key, row.number).to_string(),
        _ => paths::escalation(&row.key, row.number).to_string(),
    };
    let due = due(shell, calendar, row);
    Item {
        chip: chip(row),
        ask,
        icon,
        due,
        until: until(shell, calendar, row),
        href,
        title: &row.title,
        meta: match row.kind.as_str() {
            // The project is its title.
            "playbook" | "sign_off" => String::new(),
            _ if row.who.is_empty() => row.project.clone(),
            _ => t.list(&[row.who.clone(), row.project.clone()]),
        },
        text: &row.text,
        button,
    }
}
