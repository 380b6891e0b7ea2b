//! The thread of a request: its moves, and how its escalations ended.

use crate::{
    decisions::escalations::{
        State as E,
        view::{Chip, Link},
    },
    platform::markdown,
    requests::{
        access::Case,
        case::{EscalationRef, Move, MoveKind as K},
        words,
    },
    web::paths,
};

/// One move of the thread.
pub struct MoveView {
    /// Whose: the asker's or the department's that was asked.
    pub side: Option<Chip>,
    /// `Sales offers another date: 27 Nov`.
    pub text: String,
    /// Who; empty when the program did it.
    pub who: String,
    /// When, on the reader's clock.
    pub when: String,
    /// When, for `datetime`.
    pub at: String,
    /// Why, as HTML.
    pub note: String,
    /// The picture beside it.
    pub icon: &'static str,
    /// `data-tone`.
    pub tone: &'static str,
    /// The escalation that it became, or the decision that ended that.
    pub links: Vec<Link>,
}

/// The moves in their order, each escalation with its end.
pub(super) fn moves(case: &Case) -> Vec<MoveView> {
    let (request, shell, t) = (case.request(), &case.shell, case.shell.t);
    let part = |id| case.part(id);
    let name = |id| part(id).map(|part| part.name(t)).unwrap_or_default();
    let view = |one: &Move| {
        let side = if one.kind.is_answer() { request.to } else { request.from };
        let (icon, tone) = match one.kind {
            K::Asked => ("ask", "info"),
            K::Accepted | K::Agreed => ("check", "ok"),
            K::Countered => ("clock", "warn"),
            K::Declined => ("x", "bad"),
            K::Insisted => ("ask", "warn"),
            K::Redated => ("time", ""),
            K::Withdrawn => ("undo", ""),
            K::Escalated => ("vote", "bad"),
        };
        MoveView {
            side: part(side).filter(|_| one.by.is_some()).map(|part| Chip::of(part, t)),
            text: words::said(t, one, name(request.from), name(request.to)),
            who: one.by.clone().unwrap_or_default(),
            when: shell.moment(one.at),
            at: one.at.to_string(),
            note: markdown::to_html(&one.note),
            icon,
            tone,
            links: one.escalation.iter().map(|escalation| escalation_link(case, escalation)).collect(),
        }
    };
    let with_end = |one: &Move| {
        std::iter::once(view(one)).chain(one.escalation.as_ref().and_then(|escalation| ended(case, escalation)))
    };
    request.moves.iter().flat_map(with_end).collect()
}

fn escalation_link(case: &Case, escalation: &EscalationRef) -> Link {
    let href = paths::escalation(&case.project.key, escalation.number).to_string();
    Link { href, text: format!("E-{}", escalation.number) }
}

/// The end of an escalation, as a step of the thread.
fn ended(case: &Case, escalation: &EscalationRef) -> Option<MoveView> {
    let (shell, t) = (&case.shell, case.shell.t);
    let at = escalation.closed_at?;
    let label = format!("E-{}", escalation.number);
    let (text, icon, tone) = match escalation.state {
        E::Decided => (t.request_said_decided(label), "done", "ok"),
        E::Withdrawn => (t.request_said_taken_back(label), "undo", ""),
        E::Settled | E::WithLiaisons | E::WithLead | E::WithCommittee => (t.request_said_settled(label), "done", "ok"),
    };
    let decision = escalation.decision.map(|number| Link {
        href: paths::decision(&case.project.key, number).to_string(),
        text: format!("D-{number} {}", escalation.decision_title.as_deref().unwrap_or_default()),
    });
    Some(MoveView {
        side: None,
        text,
        who: String::new(),
        when: shell.moment(at),
        at: at.to_string(),
        note: String::new(),
        icon,
        tone,
        links: vec![decision.unwrap_or_else(|| escalation_link(case, escalation))],
    })
}
