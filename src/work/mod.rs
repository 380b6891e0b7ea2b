//! Work: tasks and milestones, what they wait for and what people say about them. Owns `milestones`, `tasks`,
//! `task_dependencies`, `task_watchers`, `task_comments` and `task_mentions`. It never opens a stage and never decides a
//! disagreement; of escalations and decisions it reads what the views `task_escalations`, `task_decisions` and
//! `milestone_decisions` show.

pub mod board;
pub mod comments;
pub mod dependencies;
pub mod handover;
pub mod milestones;
pub mod planned;
pub mod reschedule;
pub mod several;
pub mod tasks;

use crate::web::Routes;

/// Every route of this room.
#[must_use]
pub fn routes() -> Routes {
    board::routes()
        .and(tasks::pages::routes())
        .and(comments::pages::routes())
        .and(dependencies::pages::routes())
        .and(milestones::pages::routes())
}
