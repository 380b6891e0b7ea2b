//! The health of a project in the reader's words: computed, why, declared; and the form of the lead.

use super::model;
use crate::{
    lifecycle::health::{model::Reason, words},
    platform::ids::HealthDeclarationId,
    projects::{
        ProjectState, ProjectViewer,
        health::model::{DAYS_APART, LONGEST_NOTE, on_the_list_since},
    },
    web::{Errors, Fields, Shell, paths, shell::Health, ui::Choice},
};
use jiff::{SignedDuration, Timestamp};

/// What stands beside the figures of a project under way.
#[derive(Debug)]
pub struct HealthPanel {
    /// By the rule.
    pub computed: Health,
    /// When.
    pub when: String,
    /// What speaks against it: tone, words, where to look.
    pub reasons: Vec<(&'static str, String, String)>,
    /// The lead's word.
    pub declared: Option<Said>,
    /// Since when the two differ, and when the committee sees it; empty while they agree.
    pub difference: String,
    /// The rule, a sentence a line.
    pub rule: Vec<String>,
    /// The form, for whoever may declare.
    pub form: Option<Form>,
}

/// What the lead declared.
#[derive(Debug)]
pub struct Said {
    /// How they see it.
    pub health: Health,
    /// Why; may be empty.
    pub note: String,
    /// Who and when.
    pub by: String,
}

/// The form.
#[derive(Debug)]
pub struct Form {
    /// Where it is posted to.
    pub action: String,
    /// Makes it one declaration however often it is sent.
    pub id: HealthDeclarationId,
    /// Over which declaration.
    pub version: i32,
    /// What can be said.
    pub choices: Vec<Choice>,
    /// What was typed, or what stands.
    pub typed: Typed,
    /// Longest sentence.
    pub most: u32,
    /// The same in words.
    pub hint: String,
}

/// What was sent, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Typed {
    /// `computed` or a colour.
    pub declared: String,
    /// The sentence.
    pub note: String,
    /// What is wrong.
    pub errors: Errors,
    /// Somebody was faster.
    pub is_stale: bool,
    /// The form stands open.
    pub is_open: bool,
}

impl Typed {
    /// As it was sent.
    pub fn from(fields: &Fields) -> Self {
        Self {
            declared: fields.get("declared").to_owned(),
            note: fields.text("health_note"),
            is_open: true,
            ..Self::default()
        }
    }

    fn standing(health: &model::Health) -> Self {
        Self {
            declared: health.declared.clone().unwrap_or_else(|| "computed".to_owned()),
            note: health.declared_note.clone(),
            ..Self::default()
        }
    }
}

/// The panel; none for a draft, which has not begun, and for what is over.
pub fn panel(viewer: &ProjectViewer, health: Option<&model::Health>, typed: Option<Typed>) -> Option<HealthPanel> {
    let (shell, project) = (viewer.shell(), viewer.project());
    let health = health.filter(|_| project.state == ProjectState::Active)?;
    let t = shell.t;
    let computed = Health::parse(&health.computed);
    let reasons = Reason::read(&health.reasons);
    let declared = health.declared.as_deref().map(|declared| Said {
        health: Health::parse(declared),
        note: health.declared_note.clone(),
        by: t.health_said_by(
            health.declared_at.map_or_else(String::new, |at| shell.moment(at)),
            health.declared_by.as_deref().unwrap_or_default(),
        ),
    });
    let form = viewer.rights().may_declare_health().then(|| Form {
        action: paths::project(&project.key, "health").to_string(),
        id: HealthDeclarationId::new(),
        version: health.version,
        choices: std::iter::once(Choice::new("computed", t.health_as_computed(computed.label(t))))
            .chain(
                [Health::OnTrack, Health::AtRisk, Health::OffTrack].map(|one| Choice::new(one.as_str(), one.label(t))),
            )
            .collect(),
        typed: typed.unwrap_or_else(|| Typed::standing(health)),
        most: u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX),
        hint: t.health_note_hint(LONGEST_NOTE),
    });
    let tone = |reason: &Reason| (reason.health().tone(), reason.words(t), reason.href(&project.key));
    Some(HealthPanel {
        computed,
        when: t.health_computed_at(shell.moment(health.computed_at)),
        reasons: reasons.iter().map(tone).collect(),
        declared,
        difference: health.differs_since.map_or_else(String::new, |since| difference(shell, since)),
        rule: words::rule(t),
        form,
    })
}

/// Since when the two differ, and what becomes of it.
fn difference(shell: &Shell, since: Timestamp) -> String {
    let (t, day) = (shell.t, |at: Timestamp| shell.day(at.to_zoned(shell.zone.clone()).date()));
    if since <= on_the_list_since(shell.now) {
        return t.health_with_committee(day(since));
    }
    let listed = since.checked_add(SignedDuration::from_hours(24 * DAYS_APART)).unwrap_or(since);
    t.health_differs(day(listed), day(since))
}
