//! Everything that makes an empty installation usable, in one transaction.

use super::form::Valid;
use crate::{
    accounts::{
        organisation::actions::{FirstAdministrator, SetupToken, add_administrator, create},
        sessions::{self, Visit, visit::Cookies},
    },
    departments,
    events::Change,
    web::{AppState, Error, Result, Shell},
};
use std::sync::atomic::Ordering;

/// Makes the organisation, its usual departments and its administrator, and signs the administrator in. None when
/// somebody was faster.
///
/// # Errors
/// Of the database or the hasher.
pub async fn set_up(
    state: &AppState,
    shell: &Shell,
    proof: &SetupToken,
    visit: &Visit,
    valid: Valid,
) -> Result<Option<Cookies>> {
    let password_hash = state.hasher.hash(&valid.password).await.map_err(Error::internal)?;
    let administrator = FirstAdministrator { email: valid.email, name: valid.name, password_hash };
    let mut change = Change::by(state, None, &administrator.name, &shell.request_id).await?;
    if !create(&mut change, proof, &valid.organisation).await? {
        return Ok(None);
    }
    departments::actions::create_defaults(&mut change).await?;
    let Some(id) = add_administrator(&mut change, proof, &administrator).await? else { return Ok(None) };
    let cookies = sessions::actions::open(&mut change, visit, administrator.owner(id), true).await?;
    change.commit().await?;
    state.is_set_up.store(true, Ordering::Relaxed);
    Ok(Some(cookies))
}
