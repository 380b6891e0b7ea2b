//! Changes several tasks in one transaction: rights and rules first, then two statements, however many there are.

use super::{
    model::{Edit, Planned, Refused, Why, plan},
    store,
};
use crate::{
    events::{Change, Event, Kind},
    platform::ids::PersonId,
    work::tasks::{
        Task, TaskMover,
        actions::{part_name, subject},
        model::can_be_on_track,
    },
};
use jiff::{Timestamp, civil::Date};

/// What became of a request for several tasks.
#[derive(Debug)]
pub enum Outcome {
    /// These changed, each shown as it stands now; the caller commits.
    Changed(Vec<Task>),
    /// All stood so already. There is nothing to commit.
    Already,
    /// These cannot, and so none did. The caller drops the change.
    Refused(Vec<Refused>),
}

/// Changes several tasks, each seen in the version beside it: all or none.
///
/// # Errors
/// Of the database.
pub async fn apply(change: &mut Change, wanted: &[(TaskMover, i32, Edit)]) -> Result<Outcome, sqlx::Error> {
    let (by, now) = (change.actor(), change.now());
    let refuse = |proof: &TaskMover, why| Refused { task: proof.task().clone(), key: proof.key().to_owned(), why };
    let mut refused = Vec::new();
    let mut planned = Vec::new();
    for (proof, seen, edit) in wanted {
        match plan(proof, edit, *seen, now) {
            Ok(Some(plan)) => planned.push((proof, plan)),
            Ok(None) => {}
            Err(why) => refused.push(refuse(proof, why)),
        }
    }
    if !refused.is_empty() {
        return Ok(Outcome::Refused(refused));
    }
    if planned.is_empty() {
        return Ok(Outcome::Already);
    }
    let same = store::lock(change.conn(), planned.iter().map(|(proof, _)| proof.task())).await?;
    let overtaken = planned.iter().filter(|(proof, _)| !same.contains(&proof.task().id));
    let overtaken: Vec<Refused> = overtaken.map(|(proof, _)| refuse(proof, Why::Stale)).collect();
    if !overtaken.is_empty() {
        return Ok(Outcome::Refused(overtaken));
    }
    let after: Vec<Task> = planned.iter().map(|(proof, plan)| after(proof.task(), plan, by, now)).collect();
    store::write(change.conn(), &after, now).await?;
    for ((proof, plan), after) in planned.iter().zip(&after) {
        change.record(event(proof, plan, after));
    }
    Ok(Outcome::Changed(after))
}

/// The task as it will stand. Who has a task and changes it has also said how it stands.
fn after(task: &Task, plan: &Planned, by: Option<PersonId>, now: Timestamp) -> Task {
    let mut after = task.clone();
    if let Some(moved) = &plan.moved {
        after.status = moved.status;
        after.blocked_reason.clone_from(&moved.blocked_reason);
        after.waits_for_part_id = moved.waits_for_part_id;
        after.blocked_since = moved.blocked_since;
        after.done_at = moved.done_at;
    }
    if let Some(due) = plan.due_on {
        after.due_on = due;
        // A start that would come after it moves along.
        after.starts_on = task.starts_on.map(|start| due.map_or(start, |due| start.min(due)));
    }
    if let Some(person) = &plan.assignee {
        after.assignee_id = person.as_ref().map(|(id, _)| *id);
        after.assignee_name = person.as_ref().map(|(_, name)| name.clone());
    }
    if let Some(milestone) = &plan.milestone {
        after.milestone_id = milestone.as_ref().map(|(id, _)| *id);
    }
    if by.is_some() && task.assignee_id == by {
        after.reviewed_at = Some(now);
    }
    after.changed_at = now;
    after.version += 1;
    after
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// One event for a task, of the kind of the most telling of its changes.
fn event(proof: &TaskMover, plan: &Planned, after: &Task) -> Event {
    let before = proof.task();
    let kind = match (&plan.moved, &plan.due_on, &plan.assignee) {
        (Some(_), ..) => Kind::TaskStatusChanged,
        (_, Some(_), _) => Kind::TaskMoved,
        (.., Some(_)) => Kind::TaskAssigned,
        _ => Kind::TaskChanged,
    };
    let event = Event::new(kind, subject(proof.key(), before))
        .of(before.project_id)
        .field("status", before.status.as_str(), after.status.as_str())
        .field("blocked_reason", before.blocked_reason.as_str(), after.blocked_reason.as_str())
        .field(
            "waits_for",
            part_name(proof.parts(), before.waits_for_part_id),
            part_name(proof.parts(), after.waits_for_part_id),
        )
        .field("starts_on", day(before.starts_on), day(after.starts_on))
        .field("due_on", day(before.due_on), day(after.due_on))
        .field("assignee", before.assignee_name.clone(), after.assignee_name.clone());
    match &plan.milestone {
        Some(milestone) => event.after("milestone", milestone.as_ref().map(|(_, title)| title.clone())),
        None => event,
    }
}

/// Notes that the person who has these tasks looked at them and finds them on track. Those of another version than the
/// one seen are left out: nobody confirms what they have not seen; so are those that cannot be on track. Answers how many; none: nothing to commit.
///
/// # Errors
/// Of the database.
pub async fn confirm_on_track(
    change: &mut Change,
    seen: &[(TaskMover, i32)],
    today: Date,
) -> Result<usize, sqlx::Error> {
    let now = change.now();
    let as_seen = |(proof, version): &&(TaskMover, i32)| {
        let task = proof.task();
        can_be_on_track(task.status, task.due_on, today) && task.version == *version
    };
    let fresh: Vec<&TaskMover> = seen.iter().filter(as_seen).map(|(proof, _)| proof).collect();
    if fresh.is_empty() {
        return Ok(0);
    }
    let same = store::lock(change.conn(), fresh.iter().map(|proof| proof.task())).await?;
    let fresh: Vec<&TaskMover> = fresh.into_iter().filter(|proof| same.contains(&proof.task().id)).collect();
    store::set_reviewed(change.conn(), fresh.iter().map(|proof| proof.task()), now).await?;
    for proof in &fresh {
        change.record(Event::new(Kind::TaskReviewed, subject(proof.key(), proof.task())).of(proof.task().project_id));
    }
    Ok(fresh.len())
}
