//! What others wait for, as it is shown: questions to answer, and what is before me to decide.

use super::store::Waiting;
use crate::{
    platform::locale::T,
    web::{Shell, paths, ui::DepartmentChip},
};

/// Something that waits for me.
pub struct Item<'a> {
    /// Which department it is about.
    pub chip: Option<DepartmentChip<'a>>,
    /// What is asked of me.
    pub ask: String,
    /// The icon beside it.
    pub icon: &'static str,
    /// Until when: tone and words.
    pub due: (&'static str, String),
    /// The task's or the escalation's page.
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
    /// To vote on, decide or advise.
    pub decisions: Vec<Item<'a>>,
    /// Of those, none is a vote: each asks for the person's view only.
    pub is_advice: bool,
}

impl Beside<'_> {
    /// Whether nobody waits for me.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.decisions.is_empty()
    }
}

fn chip(row: &Waiting) -> Option<DepartmentChip<'_>> {
    Some(DepartmentChip { code: row.part_code.as_deref()?, name: row.part_name.as_deref()?, colour: row.part_colour? })
}

/// Sorts what was read into its places.
pub fn beside<'a>(shell: &Shell, rows: &'a [Waiting]) -> Beside<'a> {
    let mut beside =
        Beside { speaks: Vec::new(), projects: 0, answers: Vec::new(), decisions: Vec::new(), is_advice: true };
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
            "vote" | "decide" | "advise" => {
                beside.is_advice &= row.kind == "advise";
                beside.decisions.push(item(shell, row));
            }
            _ => beside.answers.push(item(shell, row)),
        }
    }
    beside.projects = keys.len();
    beside
}

/// What is asked, the icon, the button.
fn words(t: T, kind: &str) -> (String, &'static str, String) {
    match kind {
        "mention" => (t.my_work_asked(), "talk", t.my_work_answer()),
        "blocked" => (t.my_work_blocked(), "blocked", t.my_work_open_task()),
        "position" => (t.my_work_position(), "edit", t.my_work_write_position()),
        "settle" => (t.my_work_settle(), "vote", t.my_work_open_escalation()),
        "review" => (t.my_work_review(), "clock", t.my_work_open_decision()),
        "vote" => (t.my_work_vote(), "vote", t.my_work_compare()),
        "decide" => (t.my_work_decide(), "vote", t.my_work_open_escalation()),
        _ => (t.my_work_advise(), "vote", t.my_work_open_escalation()),
    }
}

fn item<'a>(shell: &Shell, row: &'a Waiting) -> Item<'a> {
    let t = shell.t;
    let (ask, icon, button) = words(t, &row.kind);
    let href = match row.kind.as_str() {
        "mention" | "blocked" => paths::task(&row.key, row.number).to_string(),
        "review" => paths::decision(&row.key, row.number).to_string(),
        _ => paths::escalation(&row.key, row.number).to_string(),
    };
    let due = row.due_at.map_or(("", String::new()), |at| {
        let tone = if at < shell.now { "bad" } else { "" };
        (tone, t.my_work_until(shell.moment(at)))
    });
    Item {
        chip: chip(row),
        ask,
        icon,
        due,
        href,
        title: &row.title,
        meta: if row.who.is_empty() { row.project.clone() } else { t.list(&[row.who.clone(), row.project.clone()]) },
        text: &row.text,
        button,
    }
}
