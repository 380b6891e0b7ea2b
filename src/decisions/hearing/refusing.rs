//! The other side's liaison refuses a settlement on offer: it goes, and why stays as a comment that quotes it.

use super::store;
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            actions::event,
            model::Refusal,
            pages::{back, refuse, stale},
            store as escalations,
        },
        hearing::model::too_long,
    },
    events::Kind,
    platform::ids::CommentId,
    web::{AppState, Error, Errors, Fields, Result, Routes, Tier},
};
use axum::extract::State;

/// Longest reason, in characters.
const REASON: usize = 2000;
/// So much of what was offered is quoted, in characters.
const QUOTE: usize = 300;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/escalations/{number}/refuse", refuse_offer)
}

async fn refuse_offer(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_speaker())?;
    let t = case.shell().t;
    let (version, id) = (fields.hidden("version")?, fields.hidden("comment_id")?);
    let why = fields.text("refusal");
    let wrong = match why.chars().count() {
        0 => Some(t.escalation_refuse_missing()),
        _ if too_long(&why, REASON) => Some(t.decisions_too_long(REASON)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return refuse(&state, case, "refuse", fields, Errors::none().with("refusal", wrong)).await;
    }
    match write(&state, &mut case, version, id, &why).await {
        Ok(()) => Ok(back(&case, t.escalation_refused_done())),
        Err(Error::Conflict) => stale(&state, case, "refuse", fields).await,
        Err(other) => Err(other),
    }
}

/// Takes the offer away and says why; the same form sent again changes nothing.
async fn write(state: &AppState, case: &mut Case, version: i32, id: CommentId, why: &str) -> Result<()> {
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    if now.comments.iter().any(|comment| comment.id == id) {
        return Ok(());
    }
    now.state.settle_between_liaisons()?;
    let proposal = now.proposal.clone().ok_or(Refusal::NothingToConfirm)?;
    require(case.speaks_for(if proposal.part == now.from { now.to } else { now.from }))?;
    if now.version != version {
        return Err(Error::Conflict);
    }
    let (project, by, at) = (case.project().id, case.person(), change.now());
    let body = format!("{}\n\n{why}", quote(&proposal.text));
    if !store::add_comment(change.conn(), project, now.id, id, &body, by, at).await? {
        return Ok(());
    }
    escalations::clear_proposal(change.conn(), project, now.id).await?;
    change.record(event(Kind::EscalationChanged, case, &now).before("outcome", proposal.text.as_str()));
    change.record(event(Kind::EscalationCommented, case, &now).after("comment", why));
    change.commit().await?;
    Ok(())
}

/// Its beginning as a quotation in Markdown.
fn quote(text: &str) -> String {
    let mut cut: String = text.chars().take(QUOTE).collect();
    if text.chars().count() > QUOTE {
        cut.push('…');
    }
    cut.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_offered_is_quoted_shortly() {
        for (text, expected) in [
            ("60 and up", "> 60 and up".to_owned()),
            ("a\n\nb", "> a\n> \n> b".to_owned()),
            (&"x".repeat(301), format!("> {}…", "x".repeat(300))),
        ] {
            assert_eq!(quote(text), expected);
        }
    }
}
