//! People and how they sign in.

mod door;
mod links;
mod mail;
mod people;
mod settings;
mod setup;

use crate::support::TestApp;

/// A password that the rules accept.
pub const PASSWORD: &str = "correct horse battery staple";

impl TestApp {
    /// Gives a person added before a password.
    pub async fn set_password(&self, name: &str, password: &str) {
        let hash = self.state.hasher.hash(password).await.unwrap();
        sqlx::query("update people set password_hash = $1 where name = $2")
            .bind(hash)
            .bind(name)
            .execute(&mut self.sql().await)
            .await
            .unwrap();
    }

    /// The kinds of all events so far, oldest first.
    pub async fn kinds(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from events order by at, id").fetch_all(&mut self.sql().await).await.unwrap()
    }

    /// Moves the clock by some seconds.
    pub fn later(&self, seconds: i64) {
        let now = self.state.clock.now();
        self.state.clock.set(now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap());
    }
}
