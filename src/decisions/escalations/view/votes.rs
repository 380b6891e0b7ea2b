//! The committee's votes, the advisers' beside them, and the reader's own ballot.

use super::{
    super::{Case, State, dossier::Ballot},
    Typed,
};
use crate::{
    decisions::{escalations::Dossier, rulings::tally::votes_line},
    platform::locale::{T, sort_people},
    projects::model::capacity_label,
    web::ui,
};

/// Votes as the page shows them.
#[derive(Clone, Debug)]
pub struct Votes {
    /// Letter, votes, whether it leads.
    pub tally: Vec<(String, usize, bool)>,
    /// Voting seats; at least one, for the bars.
    pub of: usize,
    /// `4 of 5, quorum 3`.
    pub line: String,
    /// A line a voting seat, by name, the chair last.
    pub members: Vec<VoteRow>,
    /// A line an adviser or a guest who was asked, by name.
    pub advisers: Vec<VoteRow>,
    /// Why there is nothing of the members' votes; empty when there is.
    pub hidden: String,
}

/// How one person voted.
#[derive(Clone, Debug)]
pub struct VoteRow {
    /// Who.
    pub name: String,
    /// In which capacity.
    pub sub: String,
    /// The letter; empty for none of these or not yet.
    pub letter: String,
    /// `none of these`, `not yet`; empty when there is a letter.
    pub word: String,
    /// Why.
    pub reason: String,
    /// The options have changed since; said to everybody who reads the ballot.
    pub is_out_of_date: bool,
    /// It is the reader's, which the page says and nothing that is passed on.
    pub is_mine: bool,
}

impl Votes {
    /// Of a case that is or was before the committee.
    #[must_use]
    pub fn of(case: &Case) -> Option<Self> {
        let (t, dossier) = (case.shell().t, case.dossier());
        if !dossier.was_before_committee() {
            return None;
        }
        if !case.sees_results() {
            let hidden = if case.may_vote() { t.escalation_results_after_vote() } else { t.escalation_results_later() };
            let advisers = advisers(case, dossier);
            return Some(Self { tally: Vec::new(), of: 1, line: String::new(), members: Vec::new(), advisers, hidden });
        }
        let leading = dossier.leading();
        let mut tally: Vec<(String, usize, bool)> = dossier
            .options
            .iter()
            .map(|option| {
                let votes = dossier.counted().filter(|ballot| ballot.option_id == Some(option.id)).count();
                (option.letter.clone(), votes, votes > 0 && leading == Some(option.id))
            })
            .collect();
        let none = dossier.counted().filter(|ballot| ballot.option_id.is_none()).count();
        if none > 0 {
            tally.push(("–".to_owned(), none, false));
        }
        Some(Self {
            tally,
            of: dossier.voters().max(1),
            line: line(case),
            members: members(case, dossier),
            advisers: advisers(case, dossier),
            hidden: String::new(),
        })
    }
}

/// How many have voted, and the quorum: as it stands, or as it was when the decision was recorded.
fn line(case: &Case) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match &dossier.decision {
        Some(decision) if decision.tally.voters > 0 => decision.tally.votes_line(t, &decision.by),
        Some(_) | None => votes_line(t, (count(dossier.votes()), count(dossier.voters())), quorum(case), None),
    }
}

/// The quorum as it stands for this question: never more than have voted or still may.
fn quorum(case: &Case) -> i64 {
    let needed = case.dossier().poll(case.project().quorum, case.shell().today()).needed();
    i64::try_from(needed).unwrap_or(i64::MAX)
}

fn members(case: &Case, dossier: &Dossier) -> Vec<VoteRow> {
    let t = case.shell().t;
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for seat in dossier.committee.iter().filter(|seat| seat.votes()).rev() {
        if seen.contains(&seat.person_id) {
            continue;
        }
        seen.push(seat.person_id);
        let role = if seat.role == "chair" { t.role_chair() } else { t.role_committee() };
        let sub = if seat.capacity.is_empty() {
            role
        } else {
            t.escalation_capacity(capacity_label(t, &seat.capacity), role)
        };
        let ballot = dossier.ballot_of(seat.person_id).filter(|ballot| !ballot.is_advisory);
        let words = match dossier.aside_of(seat.person_id) {
            Some(_) => (t.escalation_stepped_aside(), t.escalation_stepped_aside()),
            None => (t.escalation_did_not_vote(), t.escalation_not_yet()),
        };
        let mut row = row(dossier, t, &seat.name, sub, ballot, words);
        if let Some(aside) = dossier.aside_of(seat.person_id) {
            row.reason.clone_from(&aside.reason);
        }
        row.is_mine = seat.person_id == case.person();
        rows.push((seat.role == "chair", row));
    }
    sort_people(t, &mut rows, |(_, row)| &row.name);
    rows.sort_by_key(|(is_chair, _)| *is_chair);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn advisers(case: &Case, dossier: &Dossier) -> Vec<VoteRow> {
    let t = case.shell().t;
    let mut asked: Vec<(_, &str, String)> = dossier
        .committee
        .iter()
        .filter(|seat| !seat.votes())
        .map(|seat| {
            let sub = if seat.capacity.is_empty() { t.role_adviser() } else { capacity_label(t, &seat.capacity) };
            (seat.person_id, seat.name.as_str(), sub)
        })
        .collect();
    for guest in &dossier.guests {
        if asked.iter().all(|(id, _, _)| *id != guest.person_id) {
            asked.push((guest.person_id, &guest.name, t.escalation_guest()));
        }
    }
    // Whoever advised and has left since is still read.
    for ballot in dossier.ballots.iter().filter(|ballot| ballot.is_advisory) {
        if asked.iter().all(|(id, _, _)| *id != ballot.person_id) {
            asked.push((ballot.person_id, &ballot.name, t.escalation_guest()));
        }
    }
    sort_people(t, &mut asked, |(_, name, _)| name);
    asked
        .into_iter()
        .filter(|(id, _, _)| !dossier.holds_vote(*id))
        .map(|(id, name, sub)| {
            let words = (t.escalation_advice_none(), t.escalation_advice_not_yet());
            row(dossier, t, name, sub, dossier.ballot_of(id), words)
        })
        .collect()
}

/// `words` for who said nothing: once it is closed, and while it is open.
fn row(
    dossier: &Dossier,
    t: T,
    name: &str,
    sub: String,
    ballot: Option<&Ballot>,
    (never, not_yet): (String, String),
) -> VoteRow {
    let letter = ballot.and_then(|ballot| ballot.option_id).and_then(|id| dossier.option(id));
    let word = match (ballot, letter) {
        (Some(_), Some(_)) => String::new(),
        (Some(_), None) => t.escalation_vote_none(),
        (None, _) if !dossier.state.is_open() => never,
        (None, _) => not_yet,
    };
    VoteRow {
        name: name.to_owned(),
        sub,
        letter: letter.map(|option| option.letter.clone()).unwrap_or_default(),
        word,
        reason: ballot.map(|ballot| ballot.reason.clone()).unwrap_or_default(),
        is_out_of_date: ballot.is_some_and(|ballot| dossier.is_out_of_date(ballot)),
        is_mine: false,
    }
}

/// The reader's ballot.
#[derive(Clone, Debug)]
pub struct BallotForm {
    /// The options and "none of these".
    pub choices: Vec<ui::Choice>,
    /// The one chosen.
    pub selected: String,
    /// Why.
    pub reason: String,
    /// Shown, not counted.
    pub is_advisory: bool,
    /// There is one already: casting again replaces it.
    pub is_cast: bool,
    /// When a reason is asked for.
    pub hint: String,
    /// The version of the pack that it is cast on; 0 for none.
    pub pack_version: i32,
    /// What is owed, with how many options there are.
    pub jump: String,
    /// What the link to it says.
    pub jump_label: String,
    /// The options have changed since it was cast; the version it was cast on, in a sentence. Empty otherwise.
    pub out_of_date: String,
}

impl BallotForm {
    /// Of a reader who may vote or advise while the committee has it.
    #[must_use]
    pub fn of(case: &Case, typed: &Typed) -> Option<Self> {
        let (t, dossier) = (case.shell().t, case.dossier());
        if dossier.state != State::WithCommittee || !(case.may_vote() || case.may_advise()) {
            return None;
        }
        let mut choices: Vec<ui::Choice> = dossier
            .options
            .iter()
            .map(|option| {
                let hint = if dossier.recommended == Some(option.id) {
                    t.escalation_option_recommended()
                } else {
                    String::new()
                };
                ui::Choice::with_hint(option.id, t.labelled(&option.letter, &option.title), hint)
            })
            .collect();
        choices.push(ui::Choice::with_hint("none", t.escalation_none_of_these(), t.escalation_none_hint()));
        let cast = dossier.ballot_of(case.person());
        let stands = cast
            .map_or(String::new(), |ballot| ballot.option_id.map_or_else(|| "none".to_owned(), |id| id.to_string()));
        Some(Self {
            choices,
            selected: typed.or("ballot", "vote", &stands),
            reason: typed.or("ballot", "reason", cast.map_or("", |ballot| ballot.reason.as_str())),
            is_advisory: !case.may_vote(),
            is_cast: cast.is_some(),
            hint: match dossier.recommended.and_then(|id| dossier.option(id)) {
                Some(option) => t.escalation_reason_hint(&option.letter),
                None => t.escalation_reason_hint_none(),
            },
            jump: match (case.may_vote(), cast.is_some()) {
                (_, true) => t.escalation_wait_confirm(),
                (true, false) => t.escalation_jump_vote(dossier.options.len()),
                (false, false) => t.escalation_jump_advise(dossier.options.len()),
            },
            jump_label: match (case.may_vote(), cast.is_some()) {
                (_, true) => t.escalation_confirm_or_change(),
                (true, false) => t.escalation_vote(),
                (false, false) => t.escalation_advise(),
            },
            pack_version: dossier.pack().map_or(0, |pack| pack.version),
            out_of_date: match cast {
                Some(ballot) if dossier.is_out_of_date(ballot) => {
                    t.escalation_ballot_out_of_date(ballot.pack_version.unwrap_or(1))
                }
                Some(_) | None => String::new(),
            },
        })
    }
}
