//! What waits for the reader, and whom they asked for advice.

use super::{
    super::{Case, State, dossier::Vacancy},
    BallotForm, Link, May, chip,
};
use crate::{platform::locale::sort_people, web::paths};

/// What the page expects of the reader, each with its place: the most pressing first.
pub(super) fn waits(case: &Case, may: &May, ballot: Option<&BallotForm>) -> Vec<Link> {
    let (t, dossier) = (case.shell().t, case.dossier());
    let path = paths::escalation(&case.project().key, dossier.number).to_string();
    let link = |href: String, text: String| Link { href, text };
    let mut waits = Vec::new();
    if !dossier.state.is_open() {
        return waits;
    }
    if dossier.open_question.is_some() && case.may_answer_question() {
        waits.push(link("#question".to_owned(), t.questions_wait()));
    }
    if may.decide {
        waits.push(link(format!("{path}/decide"), t.escalation_wait_decide()));
    }
    match ballot.filter(|ballot| !ballot.is_cast) {
        Some(ballot) if ballot.is_advisory => waits.push(link("#ballot".to_owned(), t.escalation_wait_advice())),
        Some(_) => waits.push(link("#ballot".to_owned(), t.escalation_wait_vote())),
        None => {}
    }
    if ballot.is_some_and(|ballot| !ballot.out_of_date.is_empty()) {
        waits.push(link("#ballot".to_owned(), t.escalation_wait_confirm()));
    }
    if let Some(vacancy) = dossier.vacancy(case.shell().today()).filter(|_| may.name_member) {
        waits.push(name_member(case, vacancy));
    }
    if may.name_deputy {
        waits.push(link(committee_settings(&case.project().key), t.escalation_wait_deputy()));
    }
    for side in case.own_sides().into_iter().filter(|side| dossier.position_of(*side).is_none()) {
        waits.push(link(format!("#side-{side}"), t.escalation_wait_position(chip(case, side).name)));
    }
    if may.confirm {
        waits.push(link("#offer".to_owned(), t.escalation_wait_offer()));
    } else if may.propose && dossier.proposal.is_none() {
        waits.push(link("#next".to_owned(), t.escalation_wait_liaisons()));
    }
    if may.lacks_committee {
        waits.push(link("#next".to_owned(), t.escalation_wait_settle()));
    }
    if may.pass_to_committee {
        waits.push(link("#next".to_owned(), t.escalation_wait_lead()));
        if !dossier.missing().is_empty() {
            waits.push(link(format!("{path}/options"), t.escalation_wait_options()));
        }
    }
    waits
}

/// What the page's button leads to while it is with the liaisons or wants a position; none when nothing of that is owed.
pub(super) fn owed(case: &Case, may: &May) -> Option<Link> {
    let (t, dossier) = (case.shell().t, case.dossier());
    let link = |href: String, text: String| Some(Link { href, text });
    if !dossier.state.is_open() {
        return None;
    }
    if dossier.open_question.is_some() && case.may_answer_question() {
        return link("#question".to_owned(), t.questions_send_answer());
    }
    let side = case.own_sides().into_iter().find(|side| dossier.position_of(*side).is_none());
    if may.confirm {
        link("#offer".to_owned(), t.escalation_answer_offer())
    } else if let Some(side) = side {
        link(format!("#side-{side}"), t.escalation_write_position())
    } else if may.propose && dossier.proposal.is_none() {
        link("#next".to_owned(), t.escalation_agree())
    } else {
        None
    }
}

/// Where who manages the project names who is missing on the committee.
pub(super) fn name_member(case: &Case, vacancy: Vacancy) -> Link {
    let t = case.shell().t;
    let has_chair = case.dossier().committee.iter().any(|seat| seat.role == "chair");
    let (role, text) = match vacancy {
        Vacancy::Votes if has_chair => ("committee", t.escalation_name_member()),
        Vacancy::Votes | Vacancy::Chair => ("chair", t.seat_name_chair()),
    };
    Link { href: paths::project(&case.project().key, &format!("seats/new?role={role}")).to_string(), text }
}

/// Where the lead sets how the committee decides.
pub(super) fn committee_settings(key: &str) -> String {
    paths::project(key, "settings/committee").to_string()
}

/// The tick that a settlement offers: the task it is about, while it is blocked and the reader may unblock it.
pub(super) fn unblock(case: &Case) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    let settles = matches!(dossier.state, State::WithLiaisons | State::WithLead);
    let task = dossier.task.as_ref().filter(|task| settles && task.is_blocked && case.may_unblock(task));
    task.map_or_else(String::new, |task| {
        let title = t.title(&task.title, task.title_zh.as_deref());
        t.decisions_unblock(format!("{}-{} {title}", case.project().key, task.number))
    })
}

/// Somebody who was asked for advice.
#[derive(Clone, Debug)]
pub struct GuestView {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The reader may take the invitation back.
    pub may_uninvite: bool,
}

/// Everybody who was asked, by name; outsiders do not read of each other.
pub(super) fn guests(case: &Case) -> Vec<GuestView> {
    if case.is_outsider() {
        return Vec::new();
    }
    let guests = case.dossier().guests.iter().map(|guest| GuestView {
        id: guest.person_id.to_string(),
        name: guest.name.clone(),
        may_uninvite: case.may_uninvite(guest),
    });
    let mut guests: Vec<GuestView> = guests.collect();
    sort_people(case.shell().t, &mut guests, |guest| &guest.name);
    guests
}
