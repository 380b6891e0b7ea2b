//! Figures, escalations and milestones in the reader's words.

use super::{
    model::{Dashboard, Milestone, OpenEscalation},
    score::day,
};
use crate::{
    lifecycle::gates::facts::StageState,
    platform::{
        ids::PartId,
        locale::T,
        time_left::{self, TimeLeft},
        working_time::Calendar,
    },
    playbook::readers::Readers,
    projects::{Part, Project, ProjectState},
    web::{
        Shell, paths,
        ui::{self, DepartmentChip},
    },
    work::milestones::MilestoneKind,
};
/// One figure.
#[derive(Debug)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: String,
    /// Of what, or in what.
    pub unit: String,
    /// What it means.
    pub why: String,
    /// The decision behind it: label and address.
    pub decision: Option<(String, String)>,
    /// Empty or `bad`, `warn`, `ok`.
    pub tone: &'static str,
}

/// An escalation under way.
#[derive(Debug)]
pub struct EscalationRow {
    /// Its page.
    pub href: String,
    /// `E-14`.
    pub label: String,
    /// In one sentence.
    pub question: String,
    /// Icon of its step.
    pub icon: &'static str,
    /// Its step.
    pub step: String,
    /// Both sides: short, name, colour.
    pub sides: Vec<(String, String, i16)>,
    /// Working minutes used.
    pub used: i64,
    /// Working minutes of the step.
    pub whole: i64,
    /// Empty, `warn`, `bad`.
    pub tone: &'static str,
    /// `5 working hours left`.
    pub left: String,
    /// Until when.
    pub until: String,
    /// Who is waited for.
    pub waits: String,
}

impl EscalationRow {
    /// The chips of both sides.
    pub fn chips(&self) -> Vec<DepartmentChip<'_>> {
        self.sides.iter().map(|(code, name, colour)| DepartmentChip { code, name, colour: *colour }).collect()
    }
}

/// A milestone.
#[derive(Debug)]
pub struct MilestoneRow {
    /// Its title.
    pub title: String,
    /// The page of the gate that it is.
    pub gate: Option<String>,
    /// The list of its tasks.
    pub tasks: String,
    /// How many of them are done; empty without tasks.
    pub done: String,
    /// Empty, `ok`, `bad`.
    pub tone: &'static str,
    /// Its shape.
    pub icon: &'static str,
    /// When.
    pub when: String,
    /// How late it is; empty when not.
    pub late: String,
    /// When it was to be and how far it has slipped; empty when not.
    pub slip: Vec<String>,
}

/// The figures on top.
pub fn figures(shell: &Shell, project: &Project, dashboard: &Dashboard, escalations: i64) -> Vec<Figure> {
    let t = shell.t;
    let plain = |label: String, value: i64, why: String, tone: &'static str| Figure {
        label,
        value: value.to_string(),
        unit: String::new(),
        why,
        decision: None,
        tone,
    };
    let sum = |of: fn(&super::model::Count) -> i64| dashboard.counts.iter().map(of).sum::<i64>();
    let (total, done, late, blocked) =
        (sum(|one| one.total), sum(|one| one.done), sum(|one| one.late), sum(|one| one.blocked));
    let overdue = match dashboard.counts.iter().filter_map(|one| one.oldest).min() {
        Some(oldest) => t.overview_oldest(time_left::late_by(oldest, shell.today())),
        None => t.overview_none_late(),
    };
    let waiting = if blocked > 0 { t.overview_blocked_why() } else { t.overview_none_blocked() };
    let disputes = if escalations > 0 { t.overview_escalations_why() } else { t.overview_escalations_none() };
    let open = plain(t.overview_open(), total - done, t.overview_done(done), "");
    let own = [launch(shell, project, dashboard), gate(shell, dashboard)].into_iter().flatten();
    own.chain([
        Figure { unit: t.overview_of(total), ..open },
        plain(t.overview_overdue(), late, overdue, if late > 0 { "bad" } else { "ok" }),
        plain(t.overview_blocked(), blocked, waiting, if blocked > 0 { "warn" } else { "ok" }),
        plain(t.overview_escalations(), escalations, disputes, ""),
    ])
    .collect()
}

/// How many departments have read the playbook, and which have not.
pub fn playbook(t: T, readers: &Readers) -> Option<(String, String)> {
    let done = t.overview_playbook(readers.done(), readers.number?, readers.departments.len());
    let missing: Vec<String> = readers.missing().map(|one| t.pick(&one.name).to_owned()).collect();
    let missing = if missing.is_empty() { String::new() } else { t.overview_playbook_missing(t.list(&missing)) };
    Some((done, missing))
}

/// Days to the launch, or since.
fn launch(shell: &Shell, project: &Project, dashboard: &Dashboard) -> Option<Figure> {
    let t = shell.t;
    let day = project.launches_on?;
    let days = i64::from(time_left::days_between(shell.today(), day));
    Some(Figure {
        label: if days < 0 { t.overview_launched() } else { t.overview_launch_in() },
        value: t.number(days.abs()),
        unit: if days < 0 { t.overview_days_ago(days.abs()) } else { t.overview_days(days) },
        why: ui::unbroken(shell.day(day)),
        decision: dashboard
            .launch_decision
            .map(|number| (format!("D-{number}"), paths::decision(&project.key, number).to_string())),
        tone: "",
    })
}

/// How ready the gate of the current stage is.
fn gate(shell: &Shell, dashboard: &Dashboard) -> Option<Figure> {
    let (t, today) = (shell.t, shell.today());
    let stage = dashboard.gate.stage().filter(|stage| stage.state == StageState::Current)?;
    let (holding, rules) = dashboard.gate.readiness(shell.now);
    let is_late = stage.ends_on < today;
    Some(Figure {
        label: t.overview_gate(&stage.code),
        value: holding.to_string(),
        unit: t.overview_of_rules(rules),
        why: if is_late {
            time_left::of_day(t, stage.ends_on, today)
        } else {
            t.overview_gate_planned(ui::unbroken(day(shell, stage.ends_on)))
        },
        decision: None,
        tone: if is_late { "bad" } else { "" },
    })
}

/// Escalations under way with their clocks.
pub fn escalations(
    shell: &Shell,
    key: &str,
    parts: &[Part],
    dashboard: &Dashboard,
    calendar: &Calendar,
) -> Vec<EscalationRow> {
    let t = shell.t;
    let side = |id: PartId| {
        let part = parts.iter().find(|part| part.id == id)?;
        Some((part.short(t).to_owned(), part.name(t).to_owned(), part.colour))
    };
    let row = |one: &OpenEscalation| {
        let left = TimeLeft::new(one.entered_at.unwrap_or(shell.now), one.due_at, shell.now, calendar);
        let (icon, step, waits) = match one.state.as_str() {
            "with_liaisons" => ("talk", t.overview_with_liaisons(), t.overview_waits_liaisons()),
            "with_lead" => ("people", t.overview_with_lead(), t.overview_waits_lead()),
            _ => ("vote", t.overview_with_committee(), t.overview_voted(dashboard.voting_seats, one.votes)),
        };
        EscalationRow {
            href: paths::escalation(key, one.number).to_string(),
            label: format!("E-{}", one.number),
            question: one.question.clone(),
            icon,
            step,
            sides: [one.from_part_id, one.to_part_id].into_iter().filter_map(side).collect(),
            used: left.used(),
            whole: left.of,
            tone: left.alarm(),
            left: left.words(t),
            until: t.time_until(shell.moment(one.due_at)),
            waits,
        }
    };
    dashboard.escalations.iter().map(row).collect()
}

/// The last milestones reached and the next ones, with their slips.
pub fn milestones(shell: &Shell, project: &Project, dashboard: &Dashboard, calendar: &Calendar) -> Vec<MilestoneRow> {
    let (t, today, key) = (shell.t, shell.today(), &project.key);
    let gate = |one: &Milestone| {
        let mut stages = dashboard.gate.stages.iter();
        let stage = stages.find(|stage| one.kind == MilestoneKind::Gate && Some(stage.id) == one.stage_id)?;
        Some(paths::project(key, &format!("gates/{}", stage.code)).to_string())
    };
    let tasks = |one: &Milestone| match (one.kind, one.stage_id) {
        (MilestoneKind::Gate, Some(stage)) => format!("{}?view=list&stage={stage}", paths::project(key, "work")),
        _ => format!("{}?view=list&milestone={}", paths::project(key, "work"), one.id),
    };
    let row = |one: &Milestone| {
        let is_late = one.reached_at.is_none() && one.due_on < today && project.state != ProjectState::Draft;
        let slip = calendar.working_days_between(one.baseline_on, one.due_on);
        MilestoneRow {
            title: t.title(&one.title, one.title_zh.as_deref()).to_owned(),
            gate: gate(one),
            tasks: tasks(one),
            done: if one.total == 0 { String::new() } else { t.overview_milestone_tasks(one.done, one.total) },
            tone: match (one.reached_at, is_late) {
                (Some(_), _) => "ok",
                (None, true) => "bad",
                (None, false) => "",
            },
            icon: match (one.reached_at, one.kind) {
                (Some(_), _) => "passed",
                (None, MilestoneKind::Gate) => "gem",
                (None, MilestoneKind::Launch | MilestoneKind::Own) => "flag",
            },
            when: match one.reached_at {
                Some(at) => t.overview_reached(shell.day(at.to_zoned(shell.zone.clone()).date())),
                None => shell.day(one.due_on),
            },
            late: if is_late { time_left::of_day(t, one.due_on, today) } else { String::new() },
            slip: match slip {
                0 => Vec::new(),
                1.. => vec![t.overview_was(day(shell, one.baseline_on)), t.overview_slipped(i64::from(slip))],
                _ => vec![t.overview_was(day(shell, one.baseline_on)), t.overview_gained(i64::from(-slip))],
            },
        }
    };
    dashboard.milestones.iter().map(row).collect()
}
