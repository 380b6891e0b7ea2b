//! `/committee`.

use super::store::{self, Recent, Waiting};
use crate::{
    decisions::escalations::{model::TimeLeft, view::Link},
    platform::working_time::Calendar,
    web::{AppState, Place, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::extract::State;

/// The routes of this part. Guests come here too: they see what was put to them.
pub fn routes() -> Routes {
    Routes::new().get(Tier::SignedIn, "/committee", show)
}

#[derive(Template)]
#[template(path = "decisions/committee.html")]
struct CommitteePage {
    shell: Shell,
    /// Waits for my vote, my decision or my advice.
    waiting: Vec<Line>,
    /// I have voted or given my view; it can be changed.
    voted: Vec<Line>,
    /// I was asked early: the committee does not have it yet.
    ahead: Vec<Line>,
    decisions: Vec<Decided>,
}

struct Line {
    href: String,
    label: String,
    question: String,
    /// Empty for who does not see the project.
    project: String,
    tone: &'static str,
    left: String,
    what: String,
    votes: String,
    button: String,
    action: String,
}

struct Decided {
    link: Link,
    project: String,
    when: String,
}

async fn show(State(state): State<AppState>, shell: Shell) -> Result {
    let shell = shell.at(Place::Committee);
    let person = shell.viewer()?.person_id;
    let mut lease = state.db.lease().await?;
    let calendar = crate::departments::calendar(&mut lease).await?;
    let all = store::waiting(&mut lease, person).await?;
    let decisions = store::recent(&mut lease, person).await?;
    let (before, ahead): (Vec<Waiting>, Vec<Waiting>) = all.into_iter().partition(|one| one.entered_at.is_some());
    let (waiting, voted): (Vec<Waiting>, Vec<Waiting>) = before.into_iter().partition(waits);
    page(&CommitteePage {
        ahead: ahead.iter().map(|one| line(&shell, &calendar, one)).collect(),
        waiting: waiting.iter().map(|one| line(&shell, &calendar, one)).collect(),
        voted: voted.iter().map(|one| line(&shell, &calendar, one)).collect(),
        decisions: decisions.iter().map(|one| decided(&shell, one)).collect(),
        shell,
    })
}

/// Waits for the person: no ballot yet, or the chair can decide.
fn waits(one: &Waiting) -> bool {
    one.voted.is_none() || one.role.as_deref() == Some("chair")
}

fn line(shell: &Shell, calendar: &Calendar, one: &Waiting) -> Line {
    let t = shell.t;
    let left = match (one.entered_at, one.due_at) {
        (Some(entered), Some(due)) => Some(TimeLeft::new(entered, due, shell.now, calendar)),
        _ => None,
    };
    let href = paths::escalation(&one.key, one.number).to_string();
    let is_chair = one.role.as_deref() == Some("chair");
    // The chair, who records it, counts as heard.
    let heard = one.votes + i64::from(is_chair && one.voted.is_none());
    let may_decide = is_chair && heard >= i64::from(one.quorum);
    let counts = matches!(one.role.as_deref(), Some("chair" | "committee"));
    let what = match (&one.voted, counts) {
        (Some(letter), true) if letter.is_empty() => t.committee_voted_none(),
        (Some(letter), true) => t.committee_voted_for(letter),
        (Some(letter), false) if letter.is_empty() => t.committee_advised_none(),
        (Some(letter), false) => t.committee_advised(letter),
        (None, true) => t.committee_your_vote(),
        (None, false) if one.entered_at.is_none() => t.committee_not_there_yet(),
        (None, false) => t.committee_your_advice(),
    };
    let (button, action) = if may_decide {
        (t.escalation_decide(), format!("{href}/decide"))
    } else if one.voted.is_some() {
        (t.committee_open(), href.clone())
    } else if counts {
        (t.escalation_vote(), format!("{href}#ballot"))
    } else if one.entered_at.is_some() {
        (t.escalation_advise(), format!("{href}#ballot"))
    } else {
        (t.committee_open(), href.clone())
    };
    Line {
        label: format!("E-{}", one.number),
        question: one.question.clone(),
        project: if one.is_insider { one.project.clone() } else { String::new() },
        tone: left.map_or("", |left| match left.tone() {
            "ok" => "",
            tone => tone,
        }),
        left: left.map(|left| left.words(t)).unwrap_or_default(),
        what,
        votes: if counts { t.committee_votes(i64::from(one.quorum), one.votes) } else { String::new() },
        button,
        action,
        href,
    }
}

fn decided(shell: &Shell, one: &Recent) -> Decided {
    let href = match (one.is_insider, one.escalation) {
        (false, Some(number)) => paths::escalation(&one.key, number).to_string(),
        _ => paths::decision(&one.key, one.number).to_string(),
    };
    Decided {
        link: Link { href, text: format!("D-{} {}", one.number, one.title) },
        project: if one.is_insider { one.project.clone() } else { String::new() },
        when: shell.moment(one.decided_at),
    }
}
