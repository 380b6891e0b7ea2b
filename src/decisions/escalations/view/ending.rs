//! How an escalation ended.

use super::{super::State, Case, Link, html, name_for};
use crate::web::paths;

/// How it ended.
#[derive(Clone, Debug)]
pub struct Ending {
    /// `Settled on …`.
    pub line: String,
    /// The heading: the decision's title, or the word for what happened.
    pub title: String,
    /// The option that was chosen, in a sentence; may be empty.
    pub chosen: String,
    /// Why, as HTML.
    pub text: String,
    /// `data-tone`.
    pub tone: &'static str,
    /// The decision's page, for those who may open it.
    pub decision: Option<Link>,
}

/// How it ended; none while it is open.
pub(super) fn ending(case: &Case) -> Option<Ending> {
    let (shell, dossier) = (case.shell(), case.dossier());
    let t = shell.t;
    let is_outsider = case.is_outsider();
    let when = shell.moment(dossier.closed_at?);
    let who = name_for(case, dossier.closer.as_deref().unwrap_or_default(), is_outsider);
    let (line, title, text) = match (dossier.state, &dossier.decision) {
        (State::Decided, Some(decision)) => {
            (t.escalation_decided_line(when, who), decision.title.clone(), html(&decision.rationale))
        }
        (State::Withdrawn, _) => {
            (t.escalation_withdrawn_line(when, who), t.escalation_withdrawn(), html(&dossier.outcome))
        }
        _ => (t.escalation_settled_line(when, who), t.escalation_settled(), html(&dossier.outcome)),
    };
    let decision = dossier.decision.as_ref().map(|decision| Link {
        href: if is_outsider {
            String::new()
        } else {
            paths::decision(&case.project().key, decision.number).to_string()
        },
        text: t.escalation_open_decision(decision.number),
    });
    let option = dossier.decision.as_ref().and_then(|decision| decision.option_id).and_then(|id| dossier.option(id));
    let chosen = option.map(|option| t.escalation_chosen(&option.letter)).unwrap_or_default();
    let tone = if dossier.state == State::Withdrawn { "info" } else { "ok" };
    Some(Ending { line, title, chosen, text, tone, decision })
}
