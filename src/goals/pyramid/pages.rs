//! `/p/GEO/goals/pyramid`.

use super::store::{self, KeyResult, KeyTask, Objective};
use crate::{
    goals::{
        access::GoalsViewer,
        model::Place,
        months::Month,
        strategy::{self, view::Summary},
    },
    projects::{ProjectHead, Tab},
    web::{
        Result, Routes, Shell, Tier, page, paths,
        ui::{self, Status},
    },
};
use askama::Template;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/pyramid", show)
}

#[derive(Template)]
#[template(path = "goals/pyramid.html")]
struct PyramidPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    goals: String,
    strategy: Summary,
    objectives: Vec<Block>,
}

/// What belongs to one objective.
struct Block {
    /// `O1`.
    label: String,
    title: String,
    href: String,
    tasks: Vec<TaskLine>,
    done: i64,
    all: i64,
    /// Tasks that are not named.
    more: i64,
    figures: Vec<Figure>,
}

struct TaskLine {
    href: String,
    label: String,
    title: String,
    status: Status,
}

struct Figure {
    /// `KR1.2`.
    label: String,
    title: String,
    href: String,
    target: String,
    entered: String,
}

async fn show(mut viewer: GoalsViewer) -> Result {
    let project = viewer.project().id;
    let current = strategy::store::current(viewer.conn(), project).await?;
    let objectives = store::objectives(viewer.conn(), project).await?;
    let tasks = store::tasks(viewer.conn(), project).await?;
    let block = |objective: Objective| {
        let own: Vec<&KeyTask> = tasks.iter().filter(|task| task.objective == objective.id).collect();
        block(&viewer, objective, &own)
    };
    let page_of = PyramidPage {
        head: viewer.viewer().standing().head(Tab::Goals),
        goals: viewer.path(""),
        strategy: Summary::of(&viewer, current.as_ref()),
        objectives: objectives.into_iter().map(block).collect(),
        shell: viewer.shell(),
    };
    page(&page_of)
}

fn block(viewer: &GoalsViewer, objective: Objective, tasks: &[&KeyTask]) -> Block {
    let (t, key) = (viewer.shell().t, &viewer.project().key);
    let (done, all) = tasks.first().map_or((0, 0), |task| (task.done, task.all));
    let line = |task: &&KeyTask| TaskLine {
        href: paths::task(key, task.number).to_string(),
        label: format!("{key}-{}", task.number),
        title: t.title(&task.title, task.title_zh.as_deref()).to_owned(),
        status: Status::ALL.into_iter().find(|status| status.code() == task.status).unwrap_or(Status::Todo),
    };
    let goals = viewer.path("");
    Block {
        label: t.goals_pyramid_objective(objective.position),
        href: format!("{goals}#o-{}", objective.position),
        tasks: tasks.iter().map(line).collect(),
        done,
        all,
        more: all - i64::try_from(tasks.len()).unwrap_or(all),
        figures: objective.results.iter().map(|result| figure(viewer, objective.position, result)).collect(),
        title: objective.title,
    }
}

fn figure(viewer: &GoalsViewer, objective: i16, result: &KeyResult) -> Figure {
    let t = viewer.shell().t;
    let place = Place { objective, key_result: result.position };
    let entered = match result.newest {
        Some(newest) => t.goals_pyramid_entered(result.entered, t.month(Month::of(newest).first())),
        None => t.goals_pyramid_none_entered(),
    };
    Figure {
        label: t.goals_pyramid_result(place.to_string()),
        title: result.title.clone(),
        href: viewer.path(&place.to_string()),
        target: t.goals_pyramid_target(result.scale.named(t, result.target), t.date(result.due_on)),
        entered,
    }
}
