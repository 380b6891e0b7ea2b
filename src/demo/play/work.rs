//! What people do with tasks and milestones.

use super::{projects, troupe::Troupe};
use crate::demo::{
    model::Trouble,
    story::{
        Text,
        acts::{Act, NewTask, What},
        projects::Project,
    },
};

/// Where a task goes.
pub struct Move<'a> {
    task: &'a str,
    to: &'a str,
    reason: Option<&'a Text>,
    waits_for: Option<&'a str>,
}

impl<'a> Move<'a> {
    /// To a status that needs no reason.
    pub fn to(task: &'a str, to: &'a str) -> Self {
        Self { task, to, reason: None, waits_for: None }
    }
}

/// Whether an act is about work; the others are about escalations and requests.
pub fn is_work(what: &What) -> bool {
    match what {
        What::Add(_)
        | What::Status { .. }
        | What::Comment { .. }
        | What::Wait { .. }
        | What::Milestone { .. }
        | What::Attest(_) => true,
        What::Raise(_)
        | What::Position { .. }
        | What::Evidence { .. }
        | What::Options(_)
        | What::Recommend { .. }
        | What::Say { .. }
        | What::Pass { .. }
        | What::Vote { .. }
        | What::Propose { .. }
        | What::Confirm { .. }
        | What::Decide(_)
        | What::Ask(_)
        | What::Accept { .. }
        | What::Counter { .. }
        | What::Decline { .. }
        | What::Insist { .. }
        | What::Agree { .. }
        | What::Baseline { .. }
        | What::Change { .. }
        | What::Size { .. }
        | What::Answer { .. }
        | What::Strategy(_)
        | What::Objective { .. }
        | What::KeyResult(_)
        | What::Split { .. }
        | What::ProposeGoals { .. }
        | What::SignOffGoals { .. }
        | What::BonusPool { .. }
        | What::Thank { .. }
        | What::LinkWork { .. }
        | What::CheckIn { .. }
        | What::MoneyPlan { .. }
        | What::BreakEven
        | What::MoneyActual { .. }
        | What::MoneyForecast { .. }
        | What::PublishPlaybook { .. }
        | What::ReadPlaybook {}
        | What::Kpi(_)
        | What::KpiFigures { .. } => false,
    }
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    match &act.what {
        What::Add(new) => add(troupe, project, who, new).await,
        What::Status { task, to, reason, waits_for } => {
            let moved = Move { task, to, reason: reason.as_ref(), waits_for: waits_for.as_deref() };
            set_status(troupe, project, who, &moved).await
        }
        What::Comment { task, text } => comment(troupe, project, who, task, text).await,
        What::Wait { task, after } => wait(troupe, project, who, task, after).await,
        What::Milestone { title, due } => milestone(troupe, project, who, title, *due).await,
        What::Attest(attested) => {
            let stage = &troupe.current_stage(project)?;
            projects::attest(troupe, project, stage, attested).await
        }
        _ => Err(Trouble::new("not about work")),
    }
}

async fn add(troupe: &mut Troupe<'_>, project: &Project, who: &str, new: &NewTask) -> Result<(), Trouble> {
    let page = troupe.open(who, &format!("/p/{}/tasks/new", project.key)).await?;
    let mut form = page
        .form(&format!("/p/{}/tasks", project.key))?
        .fill("title", troupe.words(&new.title))?
        .choose("part", &troupe.part(project, &new.part)?)?
        .choose("assignee", troupe.name(&new.assignee)?)?
        .fill("due_on", troupe.days.date(new.due).to_string())?;
    if let Some(starts) = new.starts {
        form = form.fill("starts_on", troupe.days.date(starts).to_string())?;
    }
    if let Some(text) = &new.text {
        form = form.fill("description", troupe.words(text))?;
    }
    if let Some(priority) = &new.priority {
        form = form.pick("priority", priority)?;
    }
    if let Some(stage) = troupe.stage_of(project, new.due)? {
        form = form.choose("stage", &stage)?;
    }
    let to = troupe.submit(who, form).await?;
    troupe.number_task(project, &new.task);
    let expected = troupe.task_path(project, &new.task)?;
    if to == expected { Ok(()) } else { Err(Trouble::new(format!("the task is {to}, not {expected}"))) }
}

/// Moves a task; a blocked one is asked why, on a page of its own.
///
/// # Errors
/// When it is refused.
pub async fn set_status(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    moved: &Move<'_>,
) -> Result<(), Trouble> {
    let path = troupe.task_path(project, moved.task)?;
    let page = troupe.open(who, &path).await?;
    let form = page.form_with(&format!("{path}/status"), "status")?.press("status", moved.to)?;
    let Some(reason) = moved.reason else { return troupe.submit(who, form).await.map(drop) };
    let page = troupe.ask(who, &form).await?;
    let form = page.form_with(&format!("{path}/status"), "reason")?.fill("reason", troupe.words(reason))?;
    let form = form.pick("waits_for", moved.waits_for.unwrap_or_default())?.press("status", moved.to)?;
    troupe.submit(who, form).await.map(drop)
}

async fn comment(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    task: &str,
    text: &Text,
) -> Result<(), Trouble> {
    let path = troupe.task_path(project, task)?;
    let page = troupe.open(who, &path).await?;
    let form = page.form(&format!("{path}/comments"))?.fill("comment", troupe.words(text))?;
    troupe.submit(who, form).await.map(drop)
}

async fn wait(troupe: &mut Troupe<'_>, project: &Project, who: &str, task: &str, after: &str) -> Result<(), Trouble> {
    let path = troupe.task_path(project, task)?;
    let other = format!("{}-{}", project.key, troupe.task(project, after)?);
    let page = troupe.open(who, &path).await?;
    let form = page.form(&format!("{path}/dependencies"))?.pick("direction", "waits_on")?.fill("other", other)?;
    troupe.submit(who, form).await.map(drop)
}

async fn milestone(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    title: &Text,
    due: i32,
) -> Result<(), Trouble> {
    let path = format!("/p/{}/milestones", project.key);
    let page = troupe.open(who, &path).await?;
    let form = page.form(&path)?.fill("title", troupe.words(title))?;
    troupe.submit(who, form.fill("due_on", troupe.days.date(due).to_string())?).await.map(drop)
}
