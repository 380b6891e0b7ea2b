//! The lead moves the plan: in one transaction.

use crate::{
    events::Change,
    projects::{ProjectManager, schedule::Anchor},
    web::Result,
    work::reschedule::{Apart, actions as plan},
};

pub use plan::Outcome;

/// Moves the plan and commits. `seen` is the fingerprint of what was shown.
///
/// # Errors
/// The database's.
pub async fn apply(mut change: Change, manager: &ProjectManager, anchor: Anchor, seen: &str) -> Result<Outcome> {
    let today = manager.shell().today();
    let outcome = plan::apply(&mut change, manager.project(), anchor, &Apart::default(), seen, today).await?;
    if matches!(outcome, Outcome::Done(..)) {
        change.commit().await?;
    }
    Ok(outcome)
}
