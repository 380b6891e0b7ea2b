//! Queueing the letters. Each line goes out in one letter at most: it is noted in the transaction that queues the letter.

use super::{
    model::{self, Choices, Ends, Sort},
    store,
};
use crate::{
    accounts::{
        session::token_hash,
        sessions::actions::Owner,
        work_links::{self as links, actions::end_all},
    },
    departments,
    events::{self, Change, Event, Kind, Subject, SubjectKind, feed},
    platform::{
        ids::{EventId, PersonId, new_secret},
        outbox,
    },
    web::{AppState, Error, Result},
};
use jiff::civil::Date;
use std::collections::HashMap;
use uuid::Uuid;

/// Letters that one transaction queues at once.
const BATCH: i64 = 100;
/// People whose daily letters one transaction queues.
const PEOPLE: i64 = 200;
/// How often a link is followed again when somebody was faster.
const TRIES: usize = 10;
/// Lines of a daily letter.
const LINES: i64 = 25;

/// Queues a letter for every line that waits for somebody who wants it at once; answers how many.
///
/// # Errors
/// When the database is away.
pub async fn send_at_once(state: &AppState) -> Result<usize> {
    if state.config.smtp_url.is_none() {
        return Ok(0);
    }
    let (origin, now) = (state.config.origin(), state.clock.now());
    let mut sent = 0;
    loop {
        let mut lease = state.db.begin().await?;
        store::one_after_another(&mut lease).await?;
        let pressing = store::take_pressing(&mut lease, now, BATCH).await?;
        if pressing.is_empty() {
            return Ok(sent);
        }
        let ids: Vec<EventId> = pressing.iter().flat_map(|one| one.told.events()).collect();
        let events = events::store::of_ids(&mut lease, &ids).await?;
        let mut letters = Vec::with_capacity(pressing.len());
        for one in &pressing {
            let Some(event) = events.get(&one.told.event_id) else { continue };
            let href = feed::line_href(event, &one.key).unwrap_or_else(|| "/inbox".to_owned());
            letters.push(model::at_once(&origin, &one.to, &one.told, (event, &href), &events));
        }
        outbox::queue_all(&mut lease, &state.config, now, &letters).await?;
        sent += letters.len();
        lease.commit().await?;
    }
}

/// Queues the daily letters that are due; answers how many.
///
/// # Errors
/// When the database is away.
pub async fn digest(state: &AppState) -> Result<usize> {
    if state.config.smtp_url.is_none() {
        return Ok(0);
    }
    let (origin, now) = (state.config.origin(), state.clock.now());
    let mut sent = 0;
    let mut after = PersonId(Uuid::nil());
    loop {
        let mut lease = state.db.begin().await?;
        let calendar = departments::calendar(&mut lease).await?;
        // Tomorrow somewhere: each person's own day decides.
        let latest = calendar.date_of(now).tomorrow().unwrap_or(Date::MAX);
        let candidates = store::candidates(&mut lease, after, latest, PEOPLE).await?;
        let Some(last) = candidates.last() else { return Ok(sent) };
        after = last.to.person_id;
        let due = candidates.iter().filter(|one| {
            model::is_due(now, &one.to.zone, one.hour, one.digested_on, |day| calendar.is_working_day(day))
        });
        let due: Vec<(PersonId, Date)> =
            due.map(|one| (one.to.person_id, now.to_zoned(one.to.zone.clone()).date())).collect();
        store::one_after_another(&mut lease).await?;
        let begun: HashMap<PersonId, Uuid> = store::begin_digests(&mut lease, &due).await?.into_iter().collect();
        let people: Vec<PersonId> = begun.keys().copied().collect();
        let lines = store::digest_lines(&mut lease, &people, now, LINES).await?;
        let ids: Vec<EventId> = lines.iter().flat_map(|line| line.told.events()).collect();
        let events = events::store::of_ids(&mut lease, &ids).await?;
        let (mut letters, mut work_links) = (Vec::with_capacity(begun.len()), Vec::new());
        for own in lines.chunk_by(|one, other| one.person_id == other.person_id) {
            let Some(first) = own.first() else { continue };
            let Some(candidate) = candidates.iter().find(|one| one.to.person_id == first.person_id) else { continue };
            let secret = begun.get(&first.person_id).copied().unwrap_or_default();
            let to = model::Receiver { secret, ..candidate.to.clone() };
            let told: Vec<&model::Told> = own.iter().map(|line| &line.told).collect();
            let more = first.in_all - i64::try_from(own.len()).unwrap_or(i64::MAX);
            let day = now.to_zoned(to.zone.clone()).date();
            let work_link = if candidate.wants_work_link { Some(new_secret().map_err(Error::internal)?) } else { None };
            letters.push(model::digest(&origin, &to, day, (&told, &events), more, work_link.as_deref()));
            work_links.extend(work_link.map(|secret| (to.person_id, token_hash(&secret))));
        }
        if !work_links.is_empty() {
            links::store::insert(&mut lease, &work_links, now, links::model::ends_at(now)).await?;
        }
        outbox::queue_all(&mut lease, &state.config, now, &letters).await?;
        sent += letters.len();
        lease.commit().await?;
    }
}

/// Keeps what a person chose; false when they chose something else meanwhile in another window.
///
/// # Errors
/// Of the database.
pub async fn choose(mut change: Change, owner: Owner<'_>, choices: &Choices, version: i32) -> Result<bool> {
    let (before, _) = store::choices(change.conn(), owner.id).await?;
    if before == *choices {
        return Ok(true);
    }
    if !store::choose(change.conn(), owner.id, choices, version).await? {
        return Ok(false);
    }
    let mut event = Event::new(Kind::SettingsChanged, subject(owner));
    for sort in Sort::ALL {
        event = event.field(&format!("letters_{}", sort.as_str()), before.of(sort).as_str(), choices.of(sort).as_str());
    }
    event = event.field("digest_hour", before.digest_hour, choices.digest_hour);
    change.record(event.field("work_link", before.work_link, choices.work_link));
    if !choices.work_link {
        end_all(&mut change, owner).await?;
    }
    change.commit().await?;
    Ok(true)
}

/// Ends letters for whoever a link was written to; false when the link is not one of ours. Again it changes nothing.
///
/// # Errors
/// [`Error::Conflict`] when the choices change faster than they can be read; otherwise of the database.
pub async fn end(state: &AppState, person: PersonId, ends: Ends, signature: &str) -> Result<bool> {
    for _ in 0..TRIES {
        let mut change = Change::by(state, Some(person), "", "unsubscribe").await?;
        let Some((secret, name)) = store::secret(change.conn(), person).await? else { return Ok(false) };
        if model::signature(secret, ends) != signature {
            return Ok(false);
        }
        let (mut choices, version) = store::choices(change.conn(), person).await?;
        ends.end(&mut choices);
        let owner = Owner { id: person, email: "", name: &name };
        if choose(change.named(&name), owner, &choices, version).await? {
            return Ok(true);
        }
        // Somebody was faster, such as the same click sent twice: read again what stands now.
    }
    Err(Error::Conflict)
}

/// Ends the links to a person's tasks in all letters so far.
///
/// # Errors
/// Of the database.
pub async fn end_work_links(mut change: Change, owner: Owner<'_>) -> Result<()> {
    if end_all(&mut change, owner).await? > 0 {
        change.commit().await?;
    }
    Ok(())
}

fn subject(owner: Owner<'_>) -> Subject {
    Subject::new(SubjectKind::Person, owner.id.uuid(), "", owner.name)
}
