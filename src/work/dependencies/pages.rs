//! `POST /p/GEO/tasks/42/dependencies` and `…/dependencies/remove`.

use super::{
    actions::{self, Direction, Problem},
    model::Refusal,
};
use crate::{
    events::Change,
    web::{self, AppState, Errors, Fields, Reply, Routes, Tier, paths},
    work::tasks::{
        TaskEditor,
        actions::Outcome,
        pages::show::{self, Kept},
    },
};
use axum::{extract::State, response::IntoResponse};

/// The routes of dependencies.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/tasks/{number}/dependencies", add).post(
        Tier::Project,
        "/p/{key}/tasks/{number}/dependencies/remove",
        remove,
    )
}

/// `42` or `GEO-42`, as people write it.
fn number(text: &str, key: &str) -> Option<i32> {
    let text = text.trim_start_matches('#');
    let digits = match text.get(..key.len()) {
        Some(start) if start.eq_ignore_ascii_case(key) => text.get(key.len()..)?.trim_start_matches('-'),
        _ => text,
    };
    digits.trim().parse().ok()
}

async fn add(State(state): State<AppState>, proof: TaskEditor, fields: Fields) -> web::Result {
    let direction: Direction = fields.hidden("direction")?;
    let t = proof.shell().t;
    let refusal = match number(fields.get("other"), proof.key()) {
        None => Refusal::NoSuchTask,
        Some(number) => {
            let mut change = Change::begin(&state, proof.shell()).await?;
            match actions::add(&mut change, &proof, direction, number).await {
                Ok(outcome) => {
                    if outcome == Outcome::Changed {
                        change.commit().await?;
                    }
                    let path = paths::task(proof.key(), proof.task().number);
                    return Ok(Reply::to(path).done(t.task_dependency_added()).into_response());
                }
                Err(Problem::Refused(refusal)) => refusal,
                Err(problem) => return Err(problem.into()),
            }
        }
    };
    let kept = Kept {
        errors: Errors::none().with("other", refusal.text(t)),
        dependency: (fields.get("other").to_owned(), direction.as_str().to_owned()),
        ..Kept::default()
    };
    show::render(&state, &proof, &Fields::default(), kept).await
}

async fn remove(State(state): State<AppState>, proof: TaskEditor, fields: Fields) -> web::Result {
    let (direction, number): (Direction, i32) = (fields.hidden("direction")?, fields.hidden("other")?);
    let mut change = Change::begin(&state, proof.shell()).await?;
    if actions::remove(&mut change, &proof, direction, number).await? == Outcome::Changed {
        change.commit().await?;
    }
    let path = paths::task(proof.key(), proof.task().number);
    Ok(Reply::to(path).done(proof.shell().t.task_dependency_removed()).into_response())
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, expected) in [
            ("42", Some(42)),
            ("GEO-42", Some(42)),
            ("geo-42", Some(42)),
            ("#7", Some(7)),
            ("HAL-42", None),
            ("", None),
            ("价", None),
        ] {
            assert_eq!(number(text, "GEO"), expected, "{text}");
        }
    }
}
