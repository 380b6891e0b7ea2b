//! Counts the SQL statements of a piece of work. Every test runs on one thread of its own, so a counter per thread is
//! a counter per test.

use std::{cell::Cell, sync::Once};
use tracing::{Event, Metadata, Subscriber, span};

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Counter;

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {
        COUNT.with(|count| count.set(count.get() + 1));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// Starts counting for the whole run.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Counter).unwrap());
}

/// Runs `work` and says how many statements it sent.
pub async fn count<R>(work: impl Future<Output = R>) -> (R, usize) {
    let before = COUNT.with(Cell::get);
    let result = work.await;
    (result, COUNT.with(Cell::get) - before)
}
