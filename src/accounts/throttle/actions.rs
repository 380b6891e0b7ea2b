//! A try is counted as a failure before it is made, and taken back when it was none: guesses made at the same time
//! cannot slip past each other. The counts are no truth about the organisation and leave no event; nor does a try that
//! had to wait, or whoever hammers at the door would fill the audit.

use super::{model::Scope, store};
use crate::{
    platform::{clock::Clock, db::Database, ids::hex},
    web,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// A try that was let through and counts as a failure until it is taken back.
#[derive(Debug)]
pub struct Try {
    keys: Vec<(Scope, String)>,
    at: Timestamp,
}

/// Whether a try may be made.
#[derive(Debug)]
pub enum Turn {
    /// Now.
    Now(Try),
    /// After some seconds.
    Wait(i64),
}

/// Asks for a try; `counted` names what it is counted by. What was typed is kept as a hash only: it may be anything,
/// a password in the wrong field among them.
///
/// # Errors
/// Of the database.
pub async fn ask(db: &Database, clock: &Clock, counted: &[(Scope, &str)]) -> web::Result<Turn> {
    let at = clock.now();
    let mut named: Vec<(Scope, String)> = counted.iter().map(|(scope, who)| (*scope, key(*scope, who))).collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    let keys: Vec<String> = named.iter().map(|(_, key)| key.clone()).collect();
    let mut lease = db.begin().await?;
    store::count_ahead(&mut lease, &keys, at).await?;
    let tallies = store::tallies(&mut lease, &keys, at).await?;
    let wait = named
        .iter()
        .map(|(scope, key)| scope.wait(tallies.get(key).copied().unwrap_or_default(), at))
        .max()
        .unwrap_or_default();
    if wait > 0 {
        // Dropped without a commit: a try that was not made does not count.
        return Ok(Turn::Wait(wait));
    }
    store::stamp(&mut lease, &keys, at).await?;
    lease.commit().await?;
    Ok(Turn::Now(Try { keys: named, at }))
}

fn key(scope: Scope, who: &str) -> String {
    format!("{}:{}", scope.as_str(), hex(&Sha256::digest(who.as_bytes())))
}

impl Try {
    /// It was no failure: what only this person can have caused is forgotten, the rest is taken back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn succeeded(&self, conn: &mut PgConnection) -> web::Result<()> {
        let (own, shared): (Vec<_>, Vec<_>) = self.keys.iter().cloned().partition(|(scope, _)| match scope {
            Scope::KnownBrowser | Scope::AccountFromAddress | Scope::OldPassword => true,
            Scope::Account | Scope::Address | Scope::Letters | Scope::LettersFromAddress | Scope::WorkLinks => false,
        });
        let names = |keys: Vec<(Scope, String)>| keys.into_iter().map(|(_, key)| key).collect::<Vec<_>>();
        store::forget(conn, &names(own)).await?;
        store::take_back(conn, &names(shared), self.at).await?;
        Ok(())
    }
}
