//! The requirement changes that wait for an escalation, or waited.

use super::{
    super::{Case, dossier::WaitingChange},
    Link,
};
use crate::web::paths;

/// A requirement change that waits for the escalation, or waited.
#[derive(Debug)]
pub struct ChangeView {
    /// The change.
    pub link: Link,
    /// How it stands.
    pub state: String,
    /// Where it is asked for again, once it has fallen out; empty otherwise.
    pub again: String,
}

/// Those of a case.
pub(super) fn changes(case: &Case) -> Vec<ChangeView> {
    if case.is_outsider() {
        return Vec::new();
    }
    let (t, key) = (case.shell().t, case.project().key.as_str());
    let view = |change: &WaitingChange| ChangeView {
        link: Link { href: paths::scope_change(key, change.number).to_string(), text: change.words(t) },
        state: match change.state.as_str() {
            "accepted" => t.scope_state_accepted(),
            "declined" => t.scope_state_left_out(),
            "withdrawn" => t.scope_state_withdrawn(),
            _ => t.scope_state_over_budget(),
        },
        again: if change.state == "declined" && case.may_ask() {
            format!("{}?again={}", paths::project(key, "scope/changes/new"), change.number)
        } else {
            String::new()
        },
    };
    case.dossier().changes.iter().map(view).collect()
}
