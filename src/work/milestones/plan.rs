//! The plan follows its milestones: the day of a gate is the last day of its stage, and the next stage begins after it; the
//! day of launch is the project's and the first of its stage. What has begun or is passed keeps its days.

use super::model::{Milestone, MilestoneKind};
use crate::{
    departments::calendar,
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::working_time::Calendar,
    projects::{
        Project,
        settings::store::{self as plan, DatedStage},
    },
};
use jiff::civil::Date;

/// Locks the project of a milestone that its plan hangs on, before the milestone itself: the order of everybody who moves
/// a plan.
///
/// # Errors
/// Of the database.
pub async fn lock(change: &mut Change, milestone: &Milestone) -> Result<(), sqlx::Error> {
    if milestone.kind != MilestoneKind::Own {
        plan::lock(change.conn(), milestone.project_id).await?;
    }
    Ok(())
}

/// Moves what hangs on a milestone that has just been moved to `due`.
///
/// # Errors
/// Of the database.
pub async fn follow(
    change: &mut Change,
    project: &Project,
    milestone: &Milestone,
    due: Date,
) -> Result<(), sqlx::Error> {
    if milestone.kind == MilestoneKind::Own || milestone.due_on == due || milestone.reached_at.is_some() {
        return Ok(());
    }
    let calendar = calendar(change.conn()).await?;
    let stages = plan::stages(change.conn(), project.id).await?;
    let moves = moves(&stages, milestone, due, &calendar);
    let dates: Vec<_> = moves.iter().map(|(stage, starts, ends)| (stage.id, *starts, *ends)).collect();
    plan::set_stage_dates(change.conn(), project.id, &dates).await?;
    if milestone.kind == MilestoneKind::Launch {
        plan::set_dates(change.conn(), project.id, project.starts_on, Some(due)).await?;
        let before = project.launches_on.map(|day| day.to_string());
        let subject = Subject::new(SubjectKind::Project, project.id.uuid(), &project.key, &project.name);
        let event = Event::new(Kind::ScheduleChanged, subject).of(project.id);
        change.record(event.field("launches_on", before, Some(due.to_string())));
    }
    for (stage, starts, ends) in moves {
        let subject = Subject::new(SubjectKind::Stage, stage.id.uuid(), &stage.code, &stage.name_en);
        change.record(
            Event::new(Kind::StageChanged, subject.zh(Some(stage.name_zh.clone())))
                .of(project.id)
                .field("starts_on", stage.starts_on.to_string(), starts.to_string())
                .field("ends_on", stage.ends_on.to_string(), ends.to_string()),
        );
    }
    Ok(())
}

/// The stages whose first or last day changes, with both.
fn moves<'a>(
    stages: &'a [DatedStage],
    milestone: &Milestone,
    due: Date,
    calendar: &Calendar,
) -> Vec<(&'a DatedStage, Date, Date)> {
    let begins = |stage: &'a DatedStage, day: Date| (stage, day.min(stage.ends_on), stage.ends_on);
    let is_ahead = |stage: &&DatedStage| stage.state == "ahead";
    let moved = match milestone.kind {
        MilestoneKind::Own => Vec::new(),
        MilestoneKind::Launch => {
            let from = stages.iter().position(|stage| stage.is_launch).unwrap_or(stages.len());
            let own = stages.get(from).filter(is_ahead).map(|stage| (stage, due, stage.ends_on.max(due)));
            // Past its last day the stage takes the next one along, as its gate would.
            let next = own.filter(|(stage, _, ends_on)| stage.ends_on < *ends_on).and_then(|(_, _, ends_on)| {
                let next = stages.get(from.saturating_add(1)).filter(is_ahead)?;
                Some((next, calendar.next_working_day(ends_on)))
            });
            let next = next.filter(|(next, day)| next.starts_on < *day).map(|(next, day)| begins(next, day));
            own.into_iter().chain(next).collect()
        }
        MilestoneKind::Gate => {
            let from = stages.iter().position(|stage| Some(stage.id) == milestone.stage_id).unwrap_or(stages.len());
            let own = stages.get(from).filter(|stage| stage.state != "passed");
            // The launch has a day of its own.
            let next = stages.get(from.saturating_add(1)).filter(is_ahead).filter(|stage| !stage.is_launch);
            // A stage that begins on the day of launch never begins before it, whatever becomes of its gate.
            let own = own.map(|stage| match stage.is_launch {
                true => (stage, stage.starts_on, due.max(stage.starts_on)),
                false => (stage, stage.starts_on.min(due), due),
            });
            own.into_iter().chain(next.map(|stage| begins(stage, calendar.next_working_day(due)))).collect()
        }
    };
    moved.into_iter().filter(|(stage, starts, ends)| (stage.starts_on, stage.ends_on) != (*starts, *ends)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::{MilestoneId, ProjectId, StageId};
    use jiff::civil::date;

    fn stage(code: &str, state: &str, is_launch: bool, starts_on: Date, ends_on: Date) -> DatedStage {
        let name = String::new();
        let (id, code, state) = (StageId::new(), code.to_owned(), state.to_owned());
        DatedStage { id, code, name_en: name.clone(), name_zh: name, days: 5, is_launch, state, starts_on, ends_on }
    }

    fn of(kind: MilestoneKind, stage_id: Option<StageId>, due_on: Date) -> Milestone {
        let (project_id, id, title) = (ProjectId::new(), MilestoneId::new(), String::new());
        let (baseline_on, title_zh, reached_at, version) = (due_on, None, None, 1);
        Milestone { project_id, id, kind, stage_id, title, title_zh, baseline_on, due_on, reached_at, version }
    }

    #[test]
    fn stages_follow_their_gates_and_the_launch_its_day() {
        let november = |day| date(2026, 11, day);
        let stages = [
            stage("A1", "passed", false, november(2), november(6)),
            stage("A2", "current", false, november(9), november(13)),
            stage("A3", "ahead", false, november(16), november(20)),
            stage("A4", "ahead", true, november(23), november(27)),
        ];
        let calendar = Calendar::default();
        let said = |milestone: &Milestone, due| {
            let moved = moves(&stages, milestone, due, &calendar);
            moved.iter().map(|(stage, from, to)| (stage.code.clone(), from.day(), to.day())).collect::<Vec<_>>()
        };
        let gate = |at: usize| of(MilestoneKind::Gate, Some(stages[at].id), stages[at].ends_on);
        let line = |code: &str, from, to| (code.to_owned(), from, to);
        assert_eq!(said(&gate(1), november(13)), []);
        // Over a week-end: the next stage begins on Monday.
        assert_eq!(said(&gate(1), november(17)), [line("A2", 9, 17), line("A3", 18, 20)]);
        assert_eq!(said(&gate(1), november(4)), [line("A2", 4, 4), line("A3", 5, 20)]);
        // Past the end of the next one, which never ends before it begins.
        assert_eq!(said(&gate(1), november(25)), [line("A2", 9, 25), line("A3", 20, 20)]);
        assert_eq!(said(&gate(2), november(26)), [line("A3", 16, 26)], "the launch keeps its day");
        assert_eq!(said(&gate(0), november(12)), [], "what is passed stays");
        assert_eq!(said(&of(MilestoneKind::Launch, None, november(23)), november(25)), [line("A4", 25, 27)]);
        // The launch past the end of its stage, and its gate before the launch.
        let launch = of(MilestoneKind::Launch, None, november(23));
        assert_eq!(said(&launch, november(30)), [line("A4", 30, 30)]);
        assert_eq!(said(&gate(3), november(18)), [line("A4", 23, 23)], "the launch stage begins on its day");
        assert_eq!(said(&of(MilestoneKind::Own, Some(stages[1].id), november(13)), november(17)), []);
    }
}
