//! What the committee has in front of it, how it decides, and what these two departments disagreed about before.

use super::{
    super::{Case, State, Step, dossier::Vacancy, model::span},
    Link, name_for,
    waits::{committee_settings, name_member},
};
use crate::{
    decisions::{
        matrix,
        packs::{model::short, words},
        rules::{Recorder, Verdict},
    },
    platform::working_time::Calendar,
    web::paths,
};

/// The pack as the page of its escalation names it.
#[derive(Clone, Debug)]
pub struct PackView {
    /// The newest version.
    pub version: i32,
    /// The first digits of its hash.
    pub short: String,
    /// All of them.
    pub hash: String,
    /// When it was made and by whom.
    pub made: String,
    /// What it has that the version before had not.
    pub changes: Vec<String>,
    /// The versions before, newest first.
    pub older: Vec<Link>,
    /// Where the whole of it can be had as Markdown.
    pub markdown: String,
}

/// The newest version of a case that is or was before the committee.
pub(super) fn pack(case: &Case) -> Option<PackView> {
    let (shell, dossier) = (case.shell(), case.dossier());
    let pack = dossier.pack()?;
    let path = paths::escalation(&case.project().key, dossier.number).to_string();
    let who = pack.by.as_deref().map_or_else(|| "Tutti".to_owned(), |by| name_for(case, by, case.is_outsider()));
    let older = dossier.packs.iter().rev().skip(1).map(|old| Link {
        href: format!("{path}/packs/{}", old.version),
        text: shell.t.pack_version_on(old.version, shell.moment(old.made_at)),
    });
    Some(PackView {
        version: pack.version,
        short: short(&pack.hash).to_owned(),
        hash: pack.hash.clone(),
        made: shell.t.pack_made(shell.moment(pack.made_at), who),
        changes: words::lines(case, &pack.changes),
        older: older.collect(),
        markdown: format!("{path}/markdown"),
    })
}

/// How the committee decides this one.
#[derive(Clone, Debug)]
pub struct CommitteeView {
    /// The rule.
    pub rule: String,
    /// What it means.
    pub meaning: String,
    /// Who acts for the chair, or that nobody can; empty while the chair acts.
    pub recorder: String,
    /// Nobody can record it.
    pub is_stuck: bool,
    /// Where the reader can mend that, if they can.
    pub mend: Option<Link>,
    /// The chair is away and nobody stands in, for who can do something about it; empty otherwise.
    pub unattended: String,
    /// What follows from it for the reader.
    pub unattended_label: String,
    /// Where the reader sets this, or says that the chair is away; empty for who does neither.
    pub settings: String,
    /// What that link says.
    pub settings_label: String,
    /// Why the votes decide nothing yet; empty when they do, and for who does not read them.
    pub why: String,
}

/// Of a case that the committee has, for who is no outsider.
pub(super) fn committee(case: &Case) -> Option<CommitteeView> {
    let (t, dossier) = (case.shell().t, case.dossier());
    if dossier.state != State::WithCommittee || case.is_outsider() {
        return None;
    }
    let recorder = dossier.recorder(case.shell().today());
    let vacancy = dossier.vacancy(case.shell().today());
    let deputy = |_| Link { href: committee_settings(&case.project().key), text: t.escalation_wait_deputy() };
    Some(CommitteeView {
        rule: dossier.rules.rule.label(t),
        meaning: dossier.rules.rule.meaning(t),
        recorder: match (vacancy, recorder) {
            (Some(Vacancy::Votes), _) => t.escalation_nobody_decides(),
            (Some(Vacancy::Chair), _) => t.escalation_no_chair(),
            (None, Recorder::Chair) => String::new(),
            (None, Recorder::Deputy) => t.escalation_deputy_acts(dossier.rules.deputy.as_deref().unwrap_or_default()),
            (None, Recorder::Nobody) => t.escalation_deputy_needed(),
        },
        is_stuck: vacancy.is_some() || recorder == Recorder::Nobody,
        mend: match vacancy {
            Some(vacancy) => case.sets_rules().then(|| name_member(case, vacancy)),
            None => (recorder == Recorder::Nobody && case.is_lead()).then_some(()).map(deputy),
        },
        unattended: match dossier.rules.away_until.filter(|_| case.keeps_rules()) {
            Some(until) if dossier.is_unattended(case.shell().today()) => {
                t.rules_unattended_this(case.shell().day(until))
            }
            Some(_) | None => String::new(),
        },
        unattended_label: if case.sets_rules() { t.escalation_wait_deputy() } else { t.rules_deputy_by_lead() },
        settings: match (case.sets_rules(), case.keeps_rules()) {
            (true, _) => committee_settings(&case.project().key),
            (false, true) => format!("{}#away", committee_settings(&case.project().key)),
            (false, false) => String::new(),
        },
        settings_label: if case.sets_rules() { t.rules_change() } else { t.rules_away() },
        why: if case.sees_results() { undecided(case, case.verdict(dossier)) } else { String::new() },
    })
}

/// Why nothing can be recorded from the votes as they stand; empty when something can. For who reads the results.
fn undecided(case: &Case, verdict: Verdict) -> String {
    case.dossier().undecided(case.shell().t, case.project().quorum, case.shell().today(), verdict)
}

/// Why whoever records the decision cannot do so yet, in a sentence; empty when they can, and for everybody else.
pub(super) fn unrecordable(case: &Case) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    if dossier.state != State::WithCommittee || !case.may_decide() {
        String::new()
    } else if !case.sees_results() {
        t.rules_vote_first()
    } else if case.verdict(dossier).allows_something() {
        String::new()
    } else {
        undecided(case, case.verdict(dossier))
    }
}

/// Whom it waits for.
pub(super) fn next_line(case: &Case) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    if dossier.open_question.is_some() {
        return t.questions_stands();
    }
    match dossier.state {
        State::WithLiaisons => t.escalation_next_liaisons(),
        State::WithLead if dossier.vacancy(case.shell().today()) == Some(Vacancy::Votes) => {
            t.escalation_next_lead_alone()
        }
        State::WithLead => t.escalation_next_lead(),
        State::WithCommittee if !case.is_outsider() && dossier.vacancy(case.shell().today()).is_some() => {
            t.escalation_next_vacant()
        }
        State::WithCommittee if case.is_outsider() || !case.sees_results() => t.escalation_next_votes(),
        State::WithCommittee => match (dossier.recorder(case.shell().today()), case.verdict(dossier)) {
            (Recorder::Nobody, _) => t.escalation_next_deputy(),
            (_, Verdict::Missing(missing)) => t.escalation_next_missing(missing),
            (_, Verdict::Open(_)) => t.escalation_next_open(),
            (Recorder::Deputy, _) => t.escalation_next_acting(dossier.rules.deputy.as_deref().unwrap_or_default()),
            (Recorder::Chair, _) => t.escalation_next_committee(),
        },
        State::Decided | State::Settled | State::Withdrawn => String::new(),
    }
}

/// An earlier disagreement of the two departments.
#[derive(Clone, Debug)]
pub struct EarlierView {
    /// `E-3 What should …`.
    pub link: Link,
    /// Its kind.
    pub kind: String,
    /// Where it was settled, after how long; or where it is.
    pub how: String,
    /// What came of it; may be empty.
    pub outcome: String,
}

/// Those that the reader may see: outsiders see none of them.
pub(super) fn earlier(case: &Case, calendar: &Calendar) -> Vec<EarlierView> {
    if case.is_outsider() {
        return Vec::new();
    }
    let t = case.shell().t;
    let day = calendar.minutes_per_day().max(1);
    let of = |one: &super::super::dossier::Earlier| {
        let kind = matrix::matrix().ok().and_then(|matrix| matrix.kind(&one.kind));
        let took = one.closed_at.map(|closed| {
            let minutes = calendar.working_minutes_between(one.raised_at, closed).max(0);
            span(t, minutes, day)
        });
        let how = match (one.state, one.step, took) {
            (State::Decided, _, Some(took)) => t.earlier_decided(took),
            (State::Withdrawn, _, Some(took)) => t.earlier_withdrawn(took),
            (State::Settled, Some(Step::Lead), Some(took)) => t.earlier_settled_lead(took),
            (State::Settled, _, Some(took)) => t.earlier_settled_liaisons(took),
            (state, _, _) => state.label(t),
        };
        EarlierView {
            link: Link {
                href: paths::escalation(&case.project().key, one.number).to_string(),
                text: format!("E-{} {}", one.number, one.question),
            },
            kind: kind.map_or_else(|| one.kind.clone(), |kind| t.pair(&kind.name.en, &kind.name.zh).to_owned()),
            how,
            outcome: one.outcome.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect(),
        }
    };
    case.dossier().earlier.iter().map(of).collect()
}

/// Who will read it once the committee has it: how many members, and how many outsiders.
pub(super) fn readers(case: &Case) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    let mut members: Vec<_> = dossier.committee.iter().filter(|seat| seat.votes()).map(|seat| seat.person_id).collect();
    let advisers = dossier.committee.iter().filter(|seat| !seat.votes()).map(|seat| seat.person_id);
    let asked = dossier.guests.iter().map(|guest| guest.person_id);
    members.sort();
    members.dedup();
    let mut outsiders: Vec<_> = advisers.chain(asked).filter(|person| !members.contains(person)).collect();
    outsiders.sort();
    outsiders.dedup();
    let number = |people: usize| i64::try_from(people).unwrap_or(i64::MAX);
    match outsiders.len() {
        0 => t.escalation_readers(number(members.len())),
        outside => t.escalation_readers_outside(number(members.len()), number(outside)),
    }
}
