//! A message to see whether a robot works: sent while somebody waits. Of it is kept only how it failed, until one gets through.

use super::{
    access::RobotKeeper,
    model::{Failure, Pause},
    posts::{
        actions::say,
        model::{About, Trouble, Verdict},
    },
    store,
};
use crate::{
    platform::{
        chat::{Post, Span},
        ids::ChatPostId,
        locale::{Language, T},
    },
    web::{AppState, Result, paths, shell::Flash},
};

/// Sends it, and says what became of it.
///
/// # Errors
/// When it cannot be put together, which is our fault.
pub async fn send(state: &AppState, keeper: &RobotKeeper) -> Result<Flash> {
    let t = keeper.shell().t;
    let Some(_turn) = state.outgoing.turn() else {
        return Ok(flash("warn", t.chats_test_wait()));
    };
    let robot = keeper.robot();
    let project = keeper.project();
    let origin = state.config.origin();
    let about = About { origin: &origin, key: &project.key, project: &project.name, language: robot.language };
    let own = T(robot.language);
    let page = about.link(&paths::project(&project.key, "").to_string());
    let post = Post {
        title: project.name.clone(),
        lines: vec![vec![Span::text(own.chats_test_text(&robot.name))]],
        more: String::new(),
        link: page.map(|page| (own.chats_post_open(), page)),
        is_chinese: robot.language == Language::Chinese,
    };
    let key = ChatPostId::new().to_string();
    let verdict = say(&state.outgoing, robot, &post, &key, state.clock.now()).await?;
    let failed = failure(verdict);
    let kept = failed.as_ref().map(|(failure, code)| (*failure, code.as_deref()));
    store::tested(&mut *state.db.lease().await?, project.id, robot, kept, state.clock.now()).await?;
    Ok(match failed {
        None => flash("ok", t.chats_test_sent(&robot.name)),
        Some((failure, code)) => {
            let tone = if failure == Failure::Busy { "warn" } else { "bad" };
            flash(tone, failure.text(t, robot.service, code.as_deref(), state.outgoing.limit()))
        }
    })
}

/// How it failed, with what the service calls the reason; none when it did not.
fn failure(verdict: Verdict) -> Option<(Failure, Option<String>)> {
    let failure = match verdict {
        Verdict::Sent => return None,
        Verdict::Later(Trouble::Busy, _) => Failure::Busy,
        Verdict::Later(Trouble::Unknown, _) => Failure::Unknown,
        Verdict::Later(Trouble::Unreachable, _) => Failure::Unreachable,
        Verdict::Later(Trouble::TooSlow, _) => Failure::TooSlow,
        Verdict::Later(Trouble::Unreadable, _) => Failure::Unreadable,
        Verdict::Never(Pause::NotAllowed, _) => Failure::NotAllowed,
        Verdict::Never(Pause::Certificate, _) => Failure::Certificate,
        Verdict::Never(Pause::Refused | Pause::ByHand | Pause::Silent, code) => return Some((Failure::Refused, code)),
    };
    Some((failure, None))
}

fn flash(tone: &'static str, text: String) -> Flash {
    Flash { tone, text, undo: None }
}
