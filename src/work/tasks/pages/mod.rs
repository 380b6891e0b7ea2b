//! The pages of a task and their actions.

mod answers;
mod form;
pub mod show;
mod status;

use crate::{
    platform::{ids::PartId, locale::T},
    projects::{Part, PartKind},
    web::{Routes, Tier, ui::Choice},
};

/// The routes of tasks.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/tasks/new", form::new)
        .post(Tier::Project, "/p/{key}/tasks", form::create)
        .get(Tier::Project, "/p/{key}/tasks/{number}", show::show)
        .get(Tier::Project, "/p/{key}/tasks/{number}/edit", form::edit)
        .post(Tier::Project, "/p/{key}/tasks/{number}/edit", form::save)
        .post(Tier::Project, "/p/{key}/tasks/{number}/status", status::set)
        .post(Tier::Project, "/p/{key}/tasks/{number}/assign", status::assign)
        .post(Tier::Project, "/p/{key}/tasks/{number}/watch", status::watch)
        .post(Tier::Project, "/p/{key}/tasks/{number}/unwatch", status::unwatch)
}

/// For whom a blocked task can wait: everybody who takes part but its own department; the codes are the values, so
/// that one form can serve tasks of several projects. The first choice is somebody outside.
#[must_use]
pub fn waits_for_choices(t: T, parts: &[Part], own: Option<PartId>) -> Vec<Choice> {
    let others = parts.iter().filter(|part| Some(part.id) != own);
    let outside = Choice::new("", t.task_waits_for_outside());
    std::iter::once(outside).chain(others.map(|part| Choice::new(&part.code, part.name(t)))).collect()
}

/// Departments to choose as the owner of a task.
fn part_choices<'a>(t: T, parts: impl Iterator<Item = &'a Part>) -> Vec<Choice> {
    parts.filter(|part| part.kind != PartKind::Committee).map(|part| Choice::new(part.id, part.name(t))).collect()
}
