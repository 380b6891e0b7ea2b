//! `POST /p/GEO/tasks/42/comments`.

use super::actions::{self, Problem};
use crate::{
    events::Change,
    platform::ids::CommentId,
    web::{self, AppState, Errors, Fields, Reply, Routes, Tier, paths},
    work::tasks::{
        access::TaskCommenter,
        actions::Outcome,
        pages::show::{self, Kept},
    },
};
use axum::{extract::State, response::IntoResponse};

/// The routes of comments.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/tasks/{number}/comments", add)
}

async fn add(State(state): State<AppState>, proof: TaskCommenter, fields: Fields) -> web::Result {
    let id: CommentId = fields.hidden("id")?;
    let body = fields.text("comment");
    let (t, task) = (proof.shell().t, proof.task());
    let mut change = Change::begin(&state, proof.shell()).await?;
    match actions::comment(&mut change, &proof, id, &body).await {
        Ok(outcome) => {
            if outcome == Outcome::Changed {
                change.commit().await?;
            }
            let path = format!("{}#comment-{id}", paths::task(proof.key(), task.number));
            Ok(Reply::to(path).done(t.comment_added()).into_response())
        }
        Err(Problem::Database(problem)) => Err(problem.into()),
        Err(problem) => {
            drop(change);
            let errors = Errors::none().with("comment", problem.text(t).unwrap_or_default());
            let kept = Kept { errors, comment: Some((id, body)), ..Kept::default() };
            show::render(&state, &proof, &Fields::default(), kept).await
        }
    }
}
