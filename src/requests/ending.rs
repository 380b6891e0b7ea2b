//! How the escalation that a request became has ended, as the request's page says it.

use super::{access::Case, case::Request, named};
use crate::{
    decisions::escalations::{State, view::Link},
    platform::markdown,
    web::paths,
};
use jiff::civil::Date;

/// How it ended.
#[derive(Debug)]
pub struct EndingView {
    /// `Settled on …`, in a sentence.
    pub line: String,
    /// What was settled, or why it was taken back, as HTML.
    pub outcome: String,
    /// The decision.
    pub decision: Option<Link>,
}

/// Of a request whose escalation is no longer open.
pub(super) fn ending(case: &Case) -> Option<EndingView> {
    let (shell, t, key) = (&case.shell, case.shell.t, case.project.key.as_str());
    let escalation = case.request().escalation.as_ref()?;
    let day = shell.day(escalation.closed_at?.to_zoned(shell.zone.clone()).date());
    let line = match escalation.state {
        State::Decided => t.request_ended_decided(day),
        State::Withdrawn => t.request_ended_withdrawn(day),
        State::Settled | State::WithLiaisons | State::WithLead | State::WithCommittee => t.request_ended_settled(day),
    };
    let decision = escalation.decision.map(|number| Link {
        href: paths::decision(key, number).to_string(),
        text: format!("D-{number} {}", escalation.decision_title.as_deref().unwrap_or_default()),
    });
    let outcome = if escalation.outcome.is_empty() { String::new() } else { markdown::to_html(&escalation.outcome) };
    Some(EndingView { line, outcome, decision })
}

/// The day that the escalation came to, as far as its words say.
pub(super) fn agreed(request: &Request, today: Date) -> Option<Date> {
    let escalation = request.escalation.as_ref()?;
    let title = || escalation.decision_title.as_deref().and_then(|title| named::day(title, today));
    named::day(&escalation.outcome, today).filter(|_| escalation.state != State::Withdrawn).or_else(title)
}
