//! What the form of a decision is about, and its page: for a case, for nothing but itself, or in place of another decision.

use super::{
    access::Ground,
    effect_lines::{EffectLine, effect_line},
    form::{About, Form},
    outlook::Outlook,
    store,
};
use crate::{
    decisions::rules::Verdict,
    projects::ProjectHead,
    web::{Errors, Fields, Result, Shell, page_with, paths, ui},
};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "decisions/decide.html")]
struct DecidePage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    /// Where it is posted to.
    action: String,
    /// Where it comes from: label and address.
    from: (String, String),
    heading: String,
    sub: String,
    errors: Errors,
    note: Option<String>,
    form: Form,
    /// What the decision to be superseded changed.
    stands: Vec<EffectLine>,
}

/// Which of the three forms it is.
struct Frame {
    action: String,
    from: (String, String),
    heading: String,
    sub: String,
}

fn render(
    ground: &Ground,
    about: &About<'_>,
    fields: &Fields,
    errors: Errors,
    note: Option<String>,
    status: StatusCode,
) -> Result {
    let form = about.form(fields);
    let signs_off = form.rows.iter().any(|row| row.kind == "sign_off_goals" && row.is_on);
    let Frame { action, from, heading, sub } = frame(ground, about, signs_off);
    let template = DecidePage {
        shell: &ground.shell,
        head: ground.head.clone(),
        action,
        from,
        heading,
        sub,
        errors,
        note,
        form,
        stands: stands(ground, about),
    };
    page_with(status, &template)
}

/// What a superseded decision changed: superseding it does not take that back.
fn stands(ground: &Ground, about: &About<'_>) -> Vec<EffectLine> {
    let effects = about.supersedes.map_or(&[][..], |old| old.effects.as_slice());
    effects
        .iter()
        .filter(|effect| !effect.is_carried())
        .map(|effect| effect_line(&ground.shell, &ground.parts, &ground.project.key, effect))
        .collect()
}

fn frame(ground: &Ground, about: &About<'_>, signs_off: bool) -> Frame {
    let (t, key) = (ground.shell.t, ground.project.key.as_str());
    match (about.dossier, about.supersedes) {
        (Some(dossier), _) => {
            let path = paths::escalation(key, dossier.number).to_string();
            Frame {
                action: format!("{path}/decide"),
                from: (dossier.label(), path),
                heading: t.decisions_decide_title(),
                sub: dossier.question.clone(),
            }
        }
        (None, Some(old)) => {
            let path = paths::decision(key, old.number).to_string();
            Frame {
                action: format!("{path}/supersede"),
                from: (format!("D-{}", old.number), path),
                heading: t.decisions_supersede_title(old.number),
                sub: old.title.clone(),
            }
        }
        (None, None) => {
            let path = paths::project(key, "decisions").to_string();
            Frame {
                action: format!("{path}/new"),
                from: (t.tab_decisions(), path),
                heading: t.decisions_new_title(),
                sub: if signs_off { t.decisions_new_sub_goals() } else { t.decisions_new_sub() },
            }
        }
    }
}

/// What the form is about, and everything that the chair chooses from.
pub(super) struct Matter {
    pub(super) ground: Ground,
    pub(super) choices: store::Choices,
    pub(super) outlook: Outlook,
    pub(super) dossier: Option<crate::decisions::escalations::Dossier>,
    pub(super) supersedes: Option<store::Decision>,
    /// The reader may not see how members voted.
    hides_votes: bool,
}

impl Matter {
    pub(super) async fn read(
        conn: &mut sqlx::PgConnection,
        ground: Ground,
        choices: store::Choices,
        fields: &Fields,
    ) -> Result<Self> {
        let outlook = Outlook::read(conn, &ground.project, fields, ground.shell.today()).await?;
        Ok(Self { ground, choices, outlook, dossier: None, supersedes: None, hides_votes: false })
    }

    pub(super) fn about(&self) -> About<'_> {
        About {
            shell: &self.ground.shell,
            key: &self.ground.project.key,
            parts: &self.ground.parts,
            quorum: self.ground.project.quorum,
            choices: &self.choices,
            outlook: &self.outlook,
            launches_on: self.ground.project.launches_on,
            dossier: self.dossier.as_ref(),
            supersedes: self.supersedes.as_ref(),
            hides_votes: self.hides_votes,
        }
    }

    /// Shows no votes any more: results were hidden meanwhile.
    pub(super) fn hide_votes(&mut self) {
        if let Some(dossier) = &mut self.dossier {
            dossier.ballots.clear();
        }
        self.hides_votes = true;
    }

    /// Why nothing can be recorded yet; none without an escalation.
    pub(super) fn undecided(&self, verdict: Verdict) -> Option<String> {
        let (shell, quorum) = (&self.ground.shell, self.ground.project.quorum);
        Some(self.dossier.as_ref()?.undecided(shell.t, quorum, shell.today(), verdict))
    }

    pub(super) fn render(&self, fields: &Fields, errors: Errors, note: Option<String>, status: StatusCode) -> Result {
        render(&self.ground, &self.about(), fields, errors, note, status)
    }
}
