//! In whose name people speak where an outsider reads it, and who asked the outsider.

use super::super::{Case, State};
use crate::{
    projects::{Part, PartKind},
    web::Shell,
};
use jiff::Timestamp;

/// Who raised it and when; what the program put together stands in nobody's name.
pub(super) fn raised(case: &Case) -> String {
    let (shell, dossier) = (case.shell(), case.dossier());
    let day = shell.day(dossier.raised_at.to_zoned(shell.zone.clone()).date());
    if dossier.is_drafted {
        return shell.t.escalation_drafted_line(dossier.label(), day);
    }
    shell.t.escalation_raised_line(dossier.label(), name_for(case, &dossier.raiser, case.is_outsider()), day)
}

/// Outsiders read who somebody speaks for, not who they are.
#[must_use]
pub fn name_for(case: &Case, name: &str, is_outsider: bool) -> String {
    if is_outsider { speaker(case, name) } else { name.to_owned() }
}

/// In whose name somebody speaks, so that an outsider tells one voice from another: a department of the two sides first.
fn speaker(case: &Case, name: &str) -> String {
    let t = case.shell().t;
    let dossier = case.dossier();
    let speaks = |part: &&Part| part.liaison_name.as_deref() == Some(name);
    let sides = [dossier.from, dossier.to].into_iter().filter_map(|side| case.part(side));
    match sides.chain(case.parts()).find(speaks) {
        Some(part) if part.kind == PartKind::Lead => return t.role_gtm_lead(),
        Some(part) if part.kind == PartKind::Department => return t.escalation_liaison_of(part.name(t)),
        Some(_) | None => {}
    }
    match dossier.committee.iter().find(|seat| seat.name == name) {
        Some(seat) if seat.votes() => t.role_committee(),
        Some(_) => t.role_adviser(),
        None if dossier.guests.iter().any(|guest| guest.name == name) => t.role_adviser(),
        None => t.escalation_team(),
    }
}

/// Who asked an outsider for their view, and until when they can give it; empty for everybody else and once it is closed.
pub(super) fn invited(case: &Case) -> String {
    let (shell, dossier) = (case.shell(), case.dossier());
    let lead = || case.parts().iter().find(|part| part.kind == PartKind::Lead)?.liaison_name.clone();
    let inviter =
        dossier.guests.iter().find(|guest| guest.person_id == case.person()).map(|guest| guest.inviter.clone());
    match inviter.or_else(lead) {
        Some(who) if case.is_outsider() && dossier.state.is_open() => {
            let due = dossier.due_at.filter(|_| dossier.state == State::WithCommittee);
            invitation(shell, &who, due)
        }
        Some(_) | None => String::new(),
    }
}

/// Who asks for a view on a question, and until when.
#[must_use]
pub fn invitation(shell: &Shell, who: &str, due: Option<Timestamp>) -> String {
    match due {
        Some(due) => shell.t.escalation_your_view_wanted_until(shell.moment(due), who),
        None => shell.t.escalation_your_view_wanted(who),
    }
}
