//! `/committee`.

use super::store::{self, Recent, Waiting};
use crate::{
    decisions::{
        escalations::view::{Chip, Link, invitation},
        matrix,
        rules::{
            Recorder,
            model::{Poll, recorder, verdict},
        },
    },
    platform::{locale::T, time_left::TimeLeft, working_time::Calendar},
    projects::health::model::{DAYS_APART, on_the_list_since},
    web::{AppState, Place, Result, Routes, Shell, Tier, page, paths, shell::Health, ui},
};
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;

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
    /// Where the chair is away and nobody stands in.
    unattended: Vec<Warning>,
    /// Where the lead's word and the computed health have differed for long.
    differing: Vec<Differs>,
    /// Goals that wait to be signed off.
    proposed: Vec<Asked>,
}

struct Asked {
    href: String,
    project: String,
    by: String,
    note: String,
    /// Where the chair signs them off; empty for the others.
    decide: String,
}

struct Differs {
    href: String,
    project: String,
    computed: Health,
    declared: Health,
    note: String,
    /// Who declares it and since when they differ.
    by: String,
}

struct Warning {
    project: String,
    text: String,
    href: String,
    label: String,
}

struct Line {
    href: String,
    label: String,
    question: String,
    /// Empty for who does not see the project.
    project: String,
    /// Who asks for the view of somebody who does not, and until when.
    invited: String,
    tone: &'static str,
    left: String,
    /// Until when.
    until: String,
    what: String,
    /// The options have changed since the person answered.
    is_out_of_date: bool,
    kind: String,
    sides: Vec<Chip>,
    /// The version of the pack; empty before there is one.
    pack: String,
    votes: String,
    button: String,
    action: String,
}

struct Decided {
    link: Link,
    project: String,
    when: String,
    /// What the reader had voted or advised; may be empty.
    mine: String,
}

async fn show(State(state): State<AppState>, shell: Shell) -> Result {
    let shell = shell.at(Place::Committee);
    let person = shell.viewer()?.person_id;
    let mut lease = state.db.lease().await?;
    let calendar = crate::departments::calendar(&mut lease).await?;
    let all = store::waiting(&mut lease, person, shell.is_guest()).await?;
    let decisions = store::recent(&mut lease, person, shell.viewer()?.role).await?;
    let today = shell.today();
    let since = (today, on_the_list_since(shell.now));
    let warned = store::warned(&mut lease, person, shell.viewer()?.role, since).await?;
    let (before, ahead): (Vec<Waiting>, Vec<Waiting>) = all.into_iter().partition(|one| one.entered_at.is_some());
    let (waiting, voted): (Vec<Waiting>, Vec<Waiting>) = before.into_iter().partition(|one| waits(one, today));
    page(&CommitteePage {
        ahead: ahead.iter().map(|one| line(&shell, &calendar, one)).collect(),
        waiting: waiting.iter().map(|one| line(&shell, &calendar, one)).collect(),
        voted: voted.iter().map(|one| line(&shell, &calendar, one)).collect(),
        unattended: warned.unattended.iter().map(|one| warning(&shell, one)).collect(),
        differing: warned.differing.iter().map(|one| differing(&shell, one)).collect(),
        proposed: warned.proposed.iter().map(|one| asked(&shell, one)).collect(),
        decisions: decisions.iter().map(|one| decided(&shell, one)).collect(),
        shell,
    })
}

fn warning(shell: &Shell, one: &store::Unattended) -> Warning {
    let t = shell.t;
    Warning {
        project: one.project.clone(),
        text: t.rules_unattended(one.questions, shell.day(one.until)),
        href: paths::project(&one.key, "settings/committee").to_string(),
        label: if one.may_name { t.escalation_wait_deputy() } else { t.rules_deputy_by_lead() },
    }
}

fn asked(shell: &Shell, one: &store::Proposed) -> Asked {
    let decide = paths::project(&one.key, "decisions/new").to_string();
    Asked {
        href: paths::project(&one.key, "goals").to_string(),
        project: one.project.clone(),
        by: shell.t.goals_proposed_by(&one.by, shell.moment(one.at)),
        note: one.note.clone(),
        decide: if one.chairs { format!("{decide}?about=goals") } else { String::new() },
    }
}

fn differing(shell: &Shell, one: &store::Differing) -> Differs {
    Differs {
        href: format!("{}#project-health", paths::project(&one.key, "")),
        project: one.project.clone(),
        computed: Health::parse(&one.computed),
        declared: Health::parse(&one.declared),
        note: one.declared_note.clone(),
        by: shell
            .t
            .health_differs_by(&one.declared_by, shell.day(one.differs_since.to_zoned(shell.zone.clone()).date())),
    }
}

fn recorder_of(one: &Waiting, today: Date) -> Recorder {
    let rules = &one.rules;
    let is_away = rules.away_until.is_some_and(|until| today <= until);
    recorder(rules.is_chair_aside, is_away, rules.has_deputy)
}

/// Whether the person records it.
fn records(one: &Waiting, today: Date) -> bool {
    let rules = &one.rules;
    match recorder_of(one, today) {
        Recorder::Chair => one.role.as_deref() == Some("chair"),
        Recorder::Deputy => rules.is_deputy,
        Recorder::Nobody => false,
    }
}

/// Waits for the person: no ballot yet or one that is out of date, or they record it.
fn waits(one: &Waiting, today: Date) -> bool {
    !one.rules.is_aside && (one.voted.is_none() || one.is_out_of_date || records(one, today))
}

/// The ballots as they stand.
fn poll(one: &Waiting, today: Date) -> Poll {
    let is_chair_out = recorder_of(one, today) == Recorder::Deputy && !one.rules.is_chair_aside;
    Poll {
        ballots: one.ballots.clone(),
        members: usize::try_from(one.members).unwrap_or(0),
        absent: usize::from(is_chair_out && !one.rules.has_chair_voted),
        quorum: one.quorum,
        is_recorder_unheard: records(one, today) && one.voted.is_none(),
    }
}

/// Whether the votes allow the person to record it, as its own page says; where results are hidden they vote first.
fn may_decide(one: &Waiting, today: Date) -> bool {
    let sees_results = one.voted.is_some() || !one.rules.hides_results;
    records(one, today) && sees_results && verdict(one.rules.rule, &poll(one, today)).allows_something()
}

/// What the person did or has to do.
fn what(t: T, one: &Waiting, counts: bool) -> String {
    match (&one.voted, counts) {
        _ if one.rules.is_aside => t.committee_aside(),
        (Some(letter), true) if letter.is_empty() => t.committee_voted_none(),
        (Some(letter), true) => t.committee_voted_for(letter),
        (Some(letter), false) if letter.is_empty() => t.committee_advised_none(),
        (Some(letter), false) => t.committee_advised(letter),
        (None, true) => t.committee_your_vote(),
        (None, false) if one.entered_at.is_none() => t.committee_not_there_yet(),
        (None, false) => t.committee_your_advice(),
    }
}

fn line(shell: &Shell, calendar: &Calendar, one: &Waiting) -> Line {
    let t = shell.t;
    let left = match (one.entered_at, one.due_at) {
        (Some(entered), Some(due)) => Some(TimeLeft::new(entered, due, shell.now, calendar)),
        _ => None,
    };
    let href = paths::escalation(&one.key, one.number).to_string();
    let counts = matches!(one.role.as_deref(), Some("chair" | "committee"));
    let shows_votes = counts && (!one.rules.hides_results || one.voted.is_some());
    let (button, action) = if may_decide(one, shell.today()) {
        (t.escalation_decide(), format!("{href}/decide"))
    } else if one.is_out_of_date && !one.rules.is_aside {
        (t.escalation_confirm_or_change(), format!("{href}#ballot"))
    } else if one.voted.is_some() || one.rules.is_aside {
        (t.committee_open(), href.clone())
    } else if counts {
        (t.escalation_vote(), format!("{href}#ballot"))
    } else if one.entered_at.is_some() {
        (t.escalation_advise(), format!("{href}#ballot"))
    } else {
        (t.committee_open(), href.clone())
    };
    let kind = matrix::matrix().ok().and_then(|matrix| matrix.kind(&one.kind));
    let chip = |side: &store::Side| Chip {
        code: t.pair(&side.short_en, &side.short_zh).to_owned(),
        name: t.pair(&side.name_en, &side.name_zh).to_owned(),
        colour: side.colour,
    };
    Line {
        label: format!("E-{}", one.number),
        question: one.question.clone(),
        project: if one.is_insider { one.project.clone() } else { String::new() },
        invited: match &one.asked_by {
            Some(who) if !one.is_insider && one.voted.is_none() => {
                invitation(shell, who, one.due_at.filter(|_| one.entered_at.is_some()))
            }
            Some(_) | None => String::new(),
        },
        tone: left.map_or("", TimeLeft::alarm),
        until: one.due_at.filter(|_| left.is_some()).map(|at| t.time_until(shell.moment(at))).unwrap_or_default(),
        left: left.map(|left| left.words(t)).unwrap_or_default(),
        what: if one.voted.is_none() && may_decide(one, shell.today()) {
            t.committee_may_record()
        } else {
            what(t, one, counts)
        },
        is_out_of_date: one.is_out_of_date,
        kind: kind.map_or_else(|| one.kind.clone(), |kind| t.pair(&kind.name.en, &kind.name.zh).to_owned()),
        sides: one.sides.iter().map(chip).collect(),
        pack: one.pack_version.map(|version| t.pack_version(version)).unwrap_or_default(),
        votes: if shows_votes {
            t.committee_votes(poll(one, shell.today()).needed(), one.ballots.len())
        } else {
            String::new()
        },
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
        mine: match (&one.voted, one.counted) {
            (None, _) => String::new(),
            (Some(letter), true) if letter.is_empty() => shell.t.committee_voted_none(),
            (Some(letter), true) => shell.t.committee_voted_for(letter),
            (Some(letter), false) if letter.is_empty() => shell.t.committee_advised_none(),
            (Some(letter), false) => shell.t.committee_advised(letter),
        },
    }
}
