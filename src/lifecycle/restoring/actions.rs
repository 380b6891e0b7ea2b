//! Taking an archived project up again.

use crate::{
    decisions::clock,
    events::Change,
    projects::settings::{ProjectKeeper, actions as settings},
    web::Result,
};

/// Makes an archived project active and its clocks go on from where they stood. Commits; active already is done.
///
/// # Errors
/// [`crate::web::Error::Conflict`] for a draft; the database's.
pub async fn restore(mut change: Change, keeper: &ProjectKeeper) -> Result<()> {
    if let Some(since) = settings::restore(&mut change, keeper).await? {
        clock::rest(&mut change, keeper.project().id, since).await?;
        change.commit().await?;
    }
    Ok(())
}
