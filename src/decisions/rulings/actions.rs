//! Recording a decision: with it all of its effects, or nothing at all.

use super::{
    access::Ground,
    effects::{Impossible, apart, apply},
    model::Ruling,
    store::{self, Context},
    tally::{Pack, Tally},
};
use crate::{
    decisions::{
        escalations::{
            Case, Dossier,
            access::require,
            actions::{Closing, close},
        },
        rules::{Verdict, model::Poll},
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::DecisionId,
    web::{AppState, Error, Result},
};
use serde_json::{Value, json};

/// What came of it.
#[derive(Debug)]
pub enum Answer {
    /// It stands under this number.
    Recorded(i32),
    /// The votes do not allow it, under the committee's rule.
    NotAllowed(Verdict),
    /// One effect cannot be: the row of the form, and why. Nothing was recorded.
    Impossible(usize, Impossible),
}

/// The subject of a decision's events.
pub(super) fn subject(id: DecisionId, number: i32, title: &str) -> Subject {
    Subject::new(SubjectKind::Decision, id.uuid(), format!("D-{number}"), title)
}

/// The chair records what the committee decides about an escalation. The row is locked: ballots that come meanwhile wait
/// and are then refused.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the chair, [`Error::Conflict`] when the committee does not have it (any more).
pub async fn decide(state: &AppState, case: &mut Case, ground: &Ground, ruling: &Ruling) -> Result<Answer> {
    require(case.may_decide() && case.sees_results())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    if let Some(there) = &now.decision
        && there.id == ruling.id
    {
        return Ok(Answer::Recorded(there.number));
    }
    let next = now.state.decide()?;
    if let Some(option) = ruling.option {
        now.option(option).ok_or(Error::Unprocessable)?;
    }
    // Somebody may have stepped aside meanwhile, or come back.
    let today = ground.shell.today();
    require(now.is_recorder(ground.person, today))?;
    let verdict = case.verdict(&now);
    if !verdict.allows(ruling.option) {
        return Ok(Answer::NotAllowed(verdict));
    }
    let tally = serde_json::to_value(tally(&now, &now.poll(ground.project.quorum, today))).map_err(Error::internal)?;
    let written = write(&mut change, ground, ruling, Some(&now), None, tally).await?;
    if let Written::New(number) = written {
        close(&mut change, case, &now, next, &Closing::Decided(number, &ruling.title)).await?;
        change.commit().await?;
    }
    Ok(written.answer())
}

/// The chair records a decision that no escalation asked for, or one that takes the place of an earlier one.
///
/// # Errors
/// [`Error::Conflict`] when the earlier one has been superseded meanwhile.
pub async fn record(
    state: &AppState,
    ground: &Ground,
    ruling: &Ruling,
    supersedes: Option<&store::Decision>,
) -> Result<Answer> {
    let mut change = ground.change(state).await?;
    if let Some(number) = store::number_of(change.conn(), ground.project.id, ruling.id).await? {
        return Ok(Answer::Recorded(number));
    }
    if let Some(old) = supersedes {
        // Nobody says meanwhile that it still stands.
        let _last = store::reviews::lock_last(change.conn(), ground.project.id, old.id).await?;
    }
    let written = write(&mut change, ground, ruling, None, supersedes, json!({})).await?;
    if let Written::New(number) = written {
        if let Some(old) = supersedes {
            let event = Event::new(Kind::DecisionSuperseded, subject(old.id, old.number, &old.title));
            change.record(event.of(ground.project.id).after("decision", format!("D-{number}")));
        }
        change.commit().await?;
    }
    Ok(written.answer())
}

/// What was written into a change that is still open.
enum Written {
    /// All of it.
    New(i32),
    /// An earlier copy of the same form was faster; there is nothing to commit.
    There(i32),
    /// Something that must not stay.
    Impossible(usize, Impossible),
}

impl Written {
    fn answer(self) -> Answer {
        match self {
            Self::New(number) | Self::There(number) => Answer::Recorded(number),
            Self::Impossible(row, why) => Answer::Impossible(row, why),
        }
    }
}

/// How the votes stood: by letter, who could vote, who did, the quorum; under which rule, and on which version of the pack.
fn tally(now: &Dossier, poll: &Poll) -> Tally {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let votes = now.options.iter().map(|option| {
        let count = now.counted().filter(|ballot| ballot.option_id == Some(option.id)).count();
        (option.letter.clone(), number(count))
    });
    Tally {
        votes: votes.collect(),
        none: number(now.counted().filter(|ballot| ballot.option_id.is_none()).count()),
        voters: number(now.voters()),
        voted: number(now.votes()),
        quorum: number(poll.needed()),
        rule: Some(now.rules.rule.as_str().to_owned()),
        pack: now.pack().map(|pack| Pack { version: pack.version.into(), hash: pack.hash.clone() }),
        is_recorder_heard: poll.is_heard_by_recording(now.rules.rule),
        out_of_date: number(now.out_of_date().count()),
    }
}

/// Writes decision, effects and events; the caller commits, or drops everything.
async fn write(
    change: &mut Change,
    ground: &Ground,
    ruling: &Ruling,
    escalation: Option<&Dossier>,
    supersedes: Option<&store::Decision>,
    tally: Value,
) -> Result<Written> {
    let project = ground.project.id;
    let choices = store::choices(change.conn(), project).await?;
    let owner = choices.owners().find(|person| person.id == ruling.owner).ok_or(Error::Unprocessable)?;
    let context = Context {
        escalation: escalation.map(|closed| closed.id),
        supersedes: supersedes.map(|old| old.id),
        tally,
        by: ground.person,
        at: change.now(),
    };
    let number = match store::insert(change.conn(), project, ruling, &context).await {
        Ok(Some(number)) => number,
        Ok(None) => {
            let there = store::number_of(change.conn(), project, ruling.id).await?;
            return there.map(Written::There).ok_or(Error::Conflict);
        }
        Err(sqlx::Error::Database(refused))
            if matches!(refused.constraint(), Some("decisions_escalation_once" | "decisions_superseded_once")) =>
        {
            return Err(Error::Conflict);
        }
        Err(problem) => return Err(problem.into()),
    };
    let mut applied = Vec::with_capacity(ruling.effects.len());
    let apart = apart(&ruling.effects);
    change.because(Some(format!("D-{number}")));
    for (row, effect) in &ruling.effects {
        match apply(change, ground, &choices, ruling.id, &apart, effect).await? {
            Ok(all) => applied.extend(all),
            Err(impossible) => return Ok(Written::Impossible(*row, impossible)),
        }
    }
    change.because(None);
    store::insert_effects(change.conn(), project, ruling.id, &applied).await?;
    let mut event = Event::new(Kind::DecisionRecorded, subject(ruling.id, number, &ruling.title))
        .of(project)
        .after("rationale", ruling.rationale.as_str())
        .after("owner", owner.name.as_str());
    if let Some(closed) = escalation {
        event = event.after("escalation", closed.label());
    }
    if let Some(review) = ruling.review_on {
        event = event.after("review_on", review.to_string());
    }
    if !ruling.effects.is_empty() {
        event = event.after("effects", ruling.effects.len());
    }
    change.record(event);
    Ok(Written::New(number))
}
