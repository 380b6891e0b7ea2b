//! Ending links.

use super::store;
use crate::{
    accounts::sessions::actions::Owner,
    events::{Change, Event, Kind, Subject, SubjectKind},
    web,
};

/// Ends every link of a person; how many of them would still have worked. Without any nothing is recorded.
///
/// # Errors
/// Of the database.
pub async fn end_all(change: &mut Change, owner: Owner<'_>) -> web::Result<u64> {
    let now = change.now();
    let ended = store::revoke(change.conn(), owner.id, now).await?;
    if ended > 0 {
        let subject = Subject::new(SubjectKind::Person, owner.id.uuid(), owner.email, owner.name);
        change.record(Event::new(Kind::WorkLinksEnded, subject));
    }
    Ok(ended)
}
