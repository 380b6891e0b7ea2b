//! Setting how the committee decides, and whether the chair is away.

use super::{
    access::Keeper,
    model::{Rule, Rules},
    store,
};
use crate::{
    decisions::{
        escalations::{State, store::locked},
        listing::store::{Filter, list},
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::PersonId,
    web::{Error, Result},
};
use jiff::civil::Date;

/// What the lead sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How it decides.
    pub rule: Rule,
    /// A member sees how the others voted once they have voted.
    pub hides_results: bool,
    /// Who acts for the chair.
    pub deputy: Option<PersonId>,
}

/// How a change ended.
#[derive(Debug)]
pub enum Outcome {
    /// As asked.
    Done,
    /// Somebody was faster; what stands now.
    Stale(Box<Rules>),
    /// The deputy is no member of the committee (any more).
    NoMember,
    /// Results stay hidden: on these questions there are votes already, cast while they were.
    Voted(Vec<String>),
}

/// Sets rule, deputy and whether results are hidden.
///
/// # Errors
/// [`Error::Forbidden`] for the chair, who is no lead; the database's.
pub async fn set_rules(mut change: Change, keeper: &Keeper, settings: &Settings, version: i32) -> Result<Outcome> {
    if !keeper.may_set_rules() {
        return Err(Error::Forbidden);
    }
    let committee = store::lock(change.conn(), keeper.project().id).await?;
    let before = &committee.rules;
    let now = Settings { rule: before.rule, hides_results: before.hides_results, deputy: before.deputy_id };
    if now == *settings {
        return Ok(Outcome::Done);
    }
    if before.version != version {
        return Ok(Outcome::Stale(Box::new(committee.rules)));
    }
    let deputy = committee.members.iter().find(|member| Some(member.id) == settings.deputy);
    // A deputy who stays is not looked at: their seat may have gone since.
    if settings.deputy.is_some() && deputy.is_none() && settings.deputy != before.deputy_id {
        return Ok(Outcome::NoMember);
    }
    if before.hides_results && !settings.hides_results {
        let voted = voted_on(&mut change, keeper).await?;
        if !voted.is_empty() {
            return Ok(Outcome::Voted(voted));
        }
    }
    let after = Rules {
        rule: settings.rule,
        hides_results: settings.hides_results,
        deputy_id: settings.deputy,
        ..before.clone()
    };
    store::write(change.conn(), keeper.project().id, &after).await?;
    let name = if settings.deputy == before.deputy_id {
        before.deputy.clone()
    } else {
        deputy.map(|member| member.name.clone())
    };
    change.record(
        event(keeper)
            .field("rule", before.rule.as_str(), after.rule.as_str())
            .field("hides_results", before.hides_results, after.hides_results)
            .field("deputy", before.deputy.clone(), name),
    );
    change.commit().await?;
    Ok(Outcome::Done)
}

/// The questions with the committee that have ballots. Each is locked, so that a ballot that is being cast is seen.
async fn voted_on(change: &mut Change, keeper: &Keeper) -> Result<Vec<String>> {
    let project = keeper.project().id;
    let filter = Filter { state: "with_committee".to_owned(), ..Filter::default() };
    let mut numbers: Vec<i32> =
        list(change.conn(), project, &filter).await?.into_iter().map(|listed| listed.number).collect();
    numbers.sort_unstable();
    let mut voted = Vec::new();
    for number in numbers {
        let Some(case) = locked(change.conn(), project, number).await? else { continue };
        if case.state == State::WithCommittee && case.ballots.iter().any(|ballot| !ballot.is_advisory) {
            voted.push(case.label());
        }
    }
    Ok(voted)
}

/// Says until when the chair is away; none when they are here.
///
/// # Errors
/// The database's.
pub async fn set_away(mut change: Change, keeper: &Keeper, until: Option<Date>, version: i32) -> Result<Outcome> {
    let committee = store::lock(change.conn(), keeper.project().id).await?;
    let before = committee.rules;
    if before.away_until == until {
        return Ok(Outcome::Done);
    }
    if before.version != version {
        return Ok(Outcome::Stale(Box::new(before)));
    }
    let after = Rules { away_until: until, ..before.clone() };
    store::write(change.conn(), keeper.project().id, &after).await?;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    change.record(event(keeper).field("away_until", day(before.away_until), day(until)));
    change.commit().await?;
    Ok(Outcome::Done)
}

fn event(keeper: &Keeper) -> Event {
    let project = keeper.project();
    let subject = Subject::new(SubjectKind::Project, project.id.uuid(), project.key.clone(), project.name.clone());
    Event::new(Kind::CommitteeChanged, subject).of(project.id)
}
