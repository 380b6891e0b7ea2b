//! Every scene of the story, in the order of its days.

use crate::demo::{
    model::Trouble,
    story::{
        Story,
        acts::Act,
        plan::{Plan, PlannedItem, PlannedStage},
        projects::{Attested, Project},
    },
};
use jiff::{ToSpan, civil::Time};
use std::{collections::HashMap, fmt};

/// When a project is made.
const MADE: Time = Time::constant(10, 0, 0, 0);
/// When the lead answers for the figures of a gate, on the stage's last day.
const ATTESTED: Time = Time::constant(16, 30, 0, 0);
/// When the next stage starts, on its first day.
const PASSED: Time = Time::constant(9, 15, 0, 0);
/// Before this day nobody kept Tutti up to date every day.
const LONG_PAST: i32 = -70;
/// When people begin in the morning.
const MORNING: Time = Time::constant(9, 20, 0, 0);
/// When people finish what is due.
const AFTERNOON: Time = Time::constant(13, 40, 0, 0);

/// Something that happens at a time.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// Working days from today.
    pub day: i32,
    /// At what time.
    pub at: Time,
    /// In which project.
    pub project: &'a Project,
    /// What.
    pub beat: Beat<'a>,
}

/// What happens.
#[derive(Clone, Debug)]
pub enum Beat<'a> {
    /// The lead makes and publishes the project.
    Make,
    /// The lead answers for a figure of a gate.
    Attest(&'a str, &'a Attested),
    /// The lead opens the gate of a stage.
    Pass(&'a str),
    /// Somebody moves a task of a stage that lies behind.
    Move {
        /// Who.
        who: String,
        /// Which, by code.
        task: String,
        /// Where to.
        to: &'static str,
    },
    /// What the story tells.
    Act(&'a Act),
}

impl Scene<'_> {
    /// Who does it.
    pub fn who(&self) -> &str {
        match &self.beat {
            Beat::Make | Beat::Attest(..) | Beat::Pass(_) => &self.project.lead,
            Beat::Move { who, .. } => who,
            Beat::Act(act) => &act.who,
        }
    }
}

/// The place of the last scene that each person has.
pub fn last_of_each<'a>(scenes: &'a [Scene<'_>]) -> HashMap<&'a str, usize> {
    scenes.iter().enumerate().map(|(place, scene)| (scene.who(), place)).collect()
}

impl fmt::Display for Scene<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on day {} at {}: ", self.project.key, self.day, self.at)?;
        match &self.beat {
            Beat::Make => f.write_str("make"),
            Beat::Attest(stage, attested) => write!(f, "attest {} of {stage}", attested.metric),
            Beat::Pass(stage) => write!(f, "pass {stage}"),
            Beat::Move { who, task, to } => write!(f, "{who} moves {task} to {to}"),
            Beat::Act(act) => write!(f, "{} {:?}", act.who, act.what),
        }
    }
}

/// All of them.
///
/// # Errors
/// When a project names something that its blueprint does not have.
pub fn of(story: &Story) -> Result<Vec<Scene<'_>>, Trouble> {
    let mut scenes = Vec::new();
    for project in &story.projects {
        let plan = Plan::of(project)?;
        scenes.push(Scene { day: project.made, at: MADE, project, beat: Beat::Make });
        for passed in &project.passed {
            let Some((place, stage)) = plan.stage(&passed.stage) else {
                return Err(Trouble::new(format!("{} has no stage {}", project.key, passed.stage)));
            };
            let of_stage = plan.items.iter().filter(|item| item.stage == place);
            scenes.extend(of_stage.enumerate().flat_map(|(at, item)| routine(project, stage, item, at)));
            scenes.extend(passed.attested.iter().map(|attested| {
                let beat = Beat::Attest(&passed.stage, attested);
                Scene { day: stage.to, at: ATTESTED, project, beat }
            }));
            scenes.push(Scene { day: stage.to + 1, at: PASSED, project, beat: Beat::Pass(&passed.stage) });
        }
        let told = project.acts.iter();
        scenes.extend(told.map(|act| Scene { day: act.day, at: act.at, project, beat: Beat::Act(act) }));
    }
    scenes.sort_by_key(|scene| (scene.day, scene.at));
    Ok(scenes)
}

/// How a task of a past stage went: begun some days before it was due, and done about then, but within the stage. Every
/// third one was looked at by somebody else before. Of what is long past only the end was noted.
fn routine<'a>(project: &'a Project, stage: &PlannedStage, item: &PlannedItem, at: usize) -> Vec<Scene<'a>> {
    let place = i32::try_from(at).unwrap_or_default();
    let done = (item.due - 1 + place % 3).clamp(stage.from, stage.to);
    let begun = (item.due - 4 - place % 4).clamp(stage.from, done);
    let minutes = i64::from(place) * 17 % 105;
    let step = |day: i32, time: Time, to: &'static str| Scene {
        day,
        at: time.saturating_add(minutes.minutes()),
        project,
        beat: Beat::Move { who: item.assignee.clone(), task: item.code.clone(), to },
    };
    if done < LONG_PAST {
        return vec![step(done, AFTERNOON, "done")];
    }
    let mut steps = vec![step(begun, MORNING, "doing")];
    if place % 3 == 2 && done > begun {
        steps.push(step(done - 1, AFTERNOON, "review"));
    }
    steps.push(step(done, AFTERNOON, "done"));
    steps
}
