//! Who watches what happens in a project, in this process: one broadcast a project, bounds for each person and for the
//! process, and a way to send single watchers off. It knows nothing of events or rights; the room `live` does.

use super::{
    ids::{PersonId, ProjectId, SessionId},
    serve::Limits,
};
use axum::body::Bytes;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{
    broadcast::{self, error::RecvError},
    watch,
};

/// Streams that one person may hold in one process: as many open windows as anybody looks at.
pub const OF_PERSON: usize = 12;
/// Streams of a process, where it may open connections for so many and requests besides.
pub const OF_PROCESS: usize = 4_000;
/// Messages that a slow reader may be behind; then the stream ends and the page comes back with its cursor.
const BEHIND: usize = 8;

/// Why nobody else may watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The person holds [`OF_PERSON`] streams already.
    Person,
    /// The process holds as many streams as it may, or is about to stop.
    Process,
}

/// One watcher, as the rights of all are checked: see [`Watchers::to_check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Watcher {
    /// What they watch.
    pub project: ProjectId,
    /// The browser they are signed in with.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
}

/// Everybody who watches.
#[derive(Debug)]
pub struct Watchers {
    all: Mutex<All>,
    tail: watch::Sender<bool>,
    bound: usize,
}

#[derive(Debug, Default)]
struct All {
    projects: HashMap<ProjectId, Channel>,
    of_person: HashMap<PersonId, usize>,
    count: usize,
    last: u64,
    is_tailed: bool,
    is_closed: bool,
}

#[derive(Debug)]
struct Channel {
    sender: broadcast::Sender<Signal>,
    watchers: HashMap<u64, Seen>,
}

#[derive(Debug)]
struct Seen {
    watcher: Watcher,
    is_checked: bool,
}

#[derive(Clone, Debug)]
enum Signal {
    Text(Bytes),
    Leave(Arc<[u64]>),
}

impl Default for Watchers {
    fn default() -> Self {
        // A quarter of the connections is left to requests.
        Self::bounded(OF_PROCESS.min(Limits::default().connections / 4 * 3))
    }
}

impl Watchers {
    /// With another bound for the process.
    #[must_use]
    pub fn bounded(bound: usize) -> Self {
        Self { all: Mutex::default(), tail: watch::Sender::new(false), bound }
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more watcher. With it, whoever must read the events for all of them from now on, if nobody does.
    ///
    /// # Errors
    /// Beyond the bounds, and once closed.
    pub fn join(self: &Arc<Self>, watcher: Watcher) -> Result<(Watch, Option<Tail>), Refused> {
        let mut all = self.all();
        if all.is_closed || all.count >= self.bound {
            return Err(Refused::Process);
        }
        let of_person = all.of_person.entry(watcher.person).or_default();
        if *of_person >= OF_PERSON {
            return Err(Refused::Person);
        }
        *of_person += 1;
        all.count += 1;
        all.last += 1;
        let id = all.last;
        let channel = all
            .projects
            .entry(watcher.project)
            .or_insert_with(|| Channel { sender: broadcast::Sender::new(BEHIND), watchers: HashMap::new() });
        channel.watchers.insert(id, Seen { watcher, is_checked: false });
        let signals = channel.sender.subscribe();
        let tail = (!all.is_tailed).then(|| Tail { watchers: Arc::clone(self), is_over: false });
        if tail.is_some() {
            all.is_tailed = true;
            self.tail.send_replace(false);
        }
        Ok((Watch { id, watcher, signals, watchers: Arc::clone(self) }, tail))
    }

    fn leave(&self, id: u64, watcher: Watcher) {
        let mut all = self.all();
        all.count = all.count.saturating_sub(1);
        if let Some(held) = all.of_person.get_mut(&watcher.person) {
            *held = held.saturating_sub(1);
            if *held == 0 {
                all.of_person.remove(&watcher.person);
            }
        }
        if let Some(channel) = all.projects.get_mut(&watcher.project) {
            channel.watchers.remove(&id);
            if channel.watchers.is_empty() {
                all.projects.remove(&watcher.project);
            }
        }
    }

    /// How many streams are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.all().count
    }

    /// How many watch a project.
    #[must_use]
    pub fn of(&self, project: ProjectId) -> usize {
        self.all().projects.get(&project).map_or(0, |channel| channel.watchers.len())
    }

    /// Waits until somebody reads the events: what commits from then on reaches every watcher.
    pub async fn is_tailed(&self) {
        let mut tail = self.tail.subscribe();
        let _closed = tail.wait_for(|is_tailed| *is_tailed).await.is_err();
    }

    /// The watchers that `concerns` names, and those whose rights have not been looked at since they came; each browser
    /// once a project, however many streams it holds.
    #[must_use]
    pub fn to_check(&self, concerns: impl Fn(&Watcher) -> bool) -> Vec<Watcher> {
        let mut all = self.all();
        let mut found = Vec::new();
        for seen in all.projects.values_mut().flat_map(|channel| channel.watchers.values_mut()) {
            if !seen.is_checked || concerns(&seen.watcher) {
                seen.is_checked = true;
                found.push(seen.watcher);
            }
        }
        found.sort_unstable_by_key(|watcher| (watcher.project, watcher.session));
        found.dedup();
        found
    }

    /// As if nobody had been looked at: after a check that failed.
    pub fn check_again(&self) {
        let mut all = self.all();
        for seen in all.projects.values_mut().flat_map(|channel| channel.watchers.values_mut()) {
            seen.is_checked = false;
        }
    }

    /// Ends the streams of these; nothing that is told afterwards reaches them.
    pub fn send_off(&self, gone: &[Watcher]) {
        let all = self.all();
        for channel in all.projects.values() {
            let ids: Arc<[u64]> =
                channel.watchers.iter().filter(|(_, seen)| gone.contains(&seen.watcher)).map(|(id, _)| *id).collect();
            if !ids.is_empty() {
                let _nobody_left = channel.sender.send(Signal::Leave(ids));
            }
        }
    }

    /// Says something to everybody who watches a project.
    pub fn tell(&self, project: ProjectId, text: Bytes) {
        if let Some(channel) = self.all().projects.get(&project) {
            let _nobody_left = channel.sender.send(Signal::Text(text));
        }
    }

    /// Ends all streams, and lets nobody in any more: the process stops.
    pub fn close(&self) {
        let mut all = self.all();
        all.is_closed = true;
        all.projects.clear(); // with its sender gone, a stream ends
    }
}

/// One open stream. Dropped, the watcher is gone.
#[derive(Debug)]
pub struct Watch {
    id: u64,
    watcher: Watcher,
    signals: broadcast::Receiver<Signal>,
    watchers: Arc<Watchers>,
}

impl Watch {
    /// What is said next; nothing more when the stream is to end.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            match self.signals.recv().await {
                Ok(Signal::Text(text)) => return Some(text),
                Ok(Signal::Leave(ids)) if ids.contains(&self.id) => return None,
                Ok(Signal::Leave(_)) => {}
                // Who missed something may have missed being sent off.
                Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watchers.leave(self.id, self.watcher);
    }
}

/// The duty to read the events for all watchers. There is one at a time; dropped early, the next watcher gets it.
#[derive(Debug)]
pub struct Tail {
    watchers: Arc<Watchers>,
    is_over: bool,
}

impl Tail {
    /// From now on nothing that commits is missed.
    pub fn has_begun(&self) {
        self.watchers.tail.send_replace(true);
    }

    /// Ends the duty if nobody watches.
    pub fn may_rest(&mut self) -> bool {
        let mut all = self.watchers.all();
        if all.count == 0 || all.is_closed {
            all.is_tailed = false;
            self.is_over = true;
        }
        self.is_over
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        if !self.is_over {
            self.watchers.all().is_tailed = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::new_uuid;

    fn watcher() -> Watcher {
        Watcher { project: new_uuid().into(), session: new_uuid().into(), person: new_uuid().into() }
    }

    #[tokio::test]
    async fn everybody_hears_and_those_sent_off_hear_nothing_more() {
        let watchers = Arc::new(Watchers::default());
        let (one, other) = (watcher(), watcher());
        let other = Watcher { project: one.project, ..other };
        let (mut stays, tail) = watchers.join(one).unwrap();
        assert!(tail.is_some(), "the first one reads");
        let (mut goes, second) = watchers.join(other).unwrap();
        assert!(second.is_none(), "one reads for all");
        watchers.tell(one.project, Bytes::from_static(b"a"));
        watchers.send_off(&[other]);
        watchers.tell(one.project, Bytes::from_static(b"b"));
        assert_eq!(stays.next().await.unwrap(), "a");
        assert_eq!(stays.next().await.unwrap(), "b");
        assert_eq!(goes.next().await.unwrap(), "a");
        assert_eq!(goes.next().await, None);
        watchers.close();
        assert_eq!(stays.next().await, None);
        assert_eq!(watchers.join(one).err(), Some(Refused::Process));
    }

    #[tokio::test]
    async fn who_falls_behind_is_let_go() {
        let watchers = Arc::new(Watchers::default());
        let slow = watcher();
        let (mut watch, _tail) = watchers.join(slow).unwrap();
        for _ in 0..=BEHIND {
            watchers.tell(slow.project, Bytes::from_static(b"a"));
        }
        assert_eq!(watch.next().await, None);
    }

    #[test]
    fn bounds_of_a_person_and_of_the_process() {
        let watchers = Arc::new(Watchers::bounded(OF_PERSON + 1));
        let busy = watcher();
        let mut held: Vec<_> = (0..OF_PERSON).map(|_| watchers.join(busy).unwrap().0).collect();
        assert_eq!(watchers.join(busy).err(), Some(Refused::Person));
        let (_other, _) = watchers.join(watcher()).unwrap();
        assert_eq!(watchers.join(watcher()).err(), Some(Refused::Process));
        held.pop();
        assert_eq!(watchers.open(), OF_PERSON);
        assert!(watchers.join(busy).is_ok());
    }

    #[test]
    fn the_duty_to_read_is_passed_on() {
        let watchers = Arc::new(Watchers::default());
        let (watch, tail) = watchers.join(watcher()).unwrap();
        let mut tail = tail.unwrap();
        assert!(!tail.may_rest(), "somebody watches");
        drop(watch);
        assert!(tail.may_rest());
        let (_watch, next) = watchers.join(watcher()).unwrap();
        assert!(next.is_some());
        drop(tail);
        assert!(watchers.join(watcher()).unwrap().1.is_none(), "the old one took nothing from the new one");
        drop(next);
        assert!(watchers.join(watcher()).unwrap().1.is_some(), "one that failed is replaced");
    }

    #[test]
    fn newcomers_are_checked_once_and_the_others_when_it_concerns_them() {
        let watchers = Arc::new(Watchers::default());
        let one = watcher();
        let (_first, _tail) = watchers.join(one).unwrap();
        let (_second, _) = watchers.join(one).unwrap();
        assert_eq!(watchers.to_check(|_| false), [one], "once, though it holds two streams");
        assert_eq!(watchers.to_check(|_| false), []);
        assert_eq!(watchers.to_check(|watcher| watcher.project == one.project), [one]);
        watchers.check_again();
        assert_eq!(watchers.to_check(|_| false), [one]);
    }
}
