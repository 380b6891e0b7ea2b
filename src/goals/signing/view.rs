//! Where the goals stand between lead and committee, in the words of the reader.

use super::model::{Proposal, Standing, standing};
use crate::{
    goals::{access::GoalsViewer, model::Goals},
    web::paths,
};

/// One line above the goals.
#[derive(Clone, Debug)]
pub struct Strip {
    /// How it stands: tone and picture.
    pub tone: &'static str,
    /// The picture.
    pub icon: &'static str,
    /// In a sentence.
    pub text: String,
    /// What the lead said when proposing; only while it waits.
    pub note: String,
    /// The decision that signed it off last: where, and its name.
    pub decision: Option<(String, String)>,
    /// What the reader does about it: where, and its name.
    pub act: Option<(String, String)>,
}

impl Strip {
    /// Of goals; none while there are none.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, goals: &Goals, proposal: Option<&Proposal>) -> Option<Self> {
        goals.0.first()?;
        let (shell, t, key) = (viewer.shell(), viewer.shell().t, &viewer.project().key);
        let stands = standing(goals, proposal);
        let open = proposal.filter(|proposal| proposal.decision.is_none());
        let by = open.map(|open| t.goals_proposed_by(&open.by, shell.moment(open.at))).unwrap_or_default();
        let (tone, icon, text) = match stands {
            Standing::Draft => ("", "edit", t.goals_not_signed()),
            Standing::Waits => ("info", "clock", by),
            Standing::Stale => ("warn", "warn", t.goals_changed_since_proposed(by)),
            Standing::Signed(_) if goals.key_results().any(|(_, one)| !one.left().is_complete()) => {
                ("warn", "lock", t.goals_signed_off_open())
            }
            Standing::Signed(0) => ("ok", "lock", t.goals_signed_off()),
            Standing::Signed(changed) => ("ok", "lock", t.goals_signed_off_changed(changed)),
            Standing::Reworded => ("ok", "lock", t.goals_signed_off_reworded()),
            Standing::New(new) => ("warn", "lock", t.goals_signed_off_new(new)),
        };
        let newest = goals.key_results().filter_map(|(_, one)| one.signed.as_ref()).max_by_key(|signed| signed.at);
        let is_for_chair = stands == Standing::Waits && viewer.rights().may_decide();
        let act = if is_for_chair {
            Some((format!("{}?about=goals", paths::project(key, "decisions/new")), t.goals_sign_off()))
        } else if viewer.may_set() && viewer.rights().is_running() && stands.may_be_proposed() {
            Some((viewer.path("propose"), t.goals_propose()))
        } else {
            None
        };
        Some(Self {
            tone,
            icon,
            text,
            note: open.filter(|_| stands == Standing::Waits).map(|open| open.note.clone()).unwrap_or_default(),
            decision: newest
                .map(|signed| (paths::decision(key, signed.decision).to_string(), format!("D-{}", signed.decision))),
            act,
        })
    }
}
