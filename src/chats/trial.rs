//! A message to see whether a robot works: sent while somebody waits, and nothing is kept of it.

use super::{
    access::RobotKeeper,
    model::{Pause, service_name},
    posts::{
        actions::say,
        model::{About, Trouble, Verdict},
    },
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
    let service = service_name(t, robot.service);
    Ok(match verdict {
        Verdict::Sent => flash("ok", t.chats_test_sent(&robot.name)),
        Verdict::Later(Trouble::Busy, _) => flash("warn", t.chats_test_busy(service)),
        Verdict::Later(Trouble::Unknown, _) => flash("bad", t.chats_test_unknown()),
        Verdict::Later(Trouble::Unreachable, _) => flash("bad", t.chats_test_unreachable()),
        Verdict::Later(Trouble::TooSlow, _) => flash(
            "bad",
            t.chats_test_too_slow(i64::try_from(state.outgoing.limit().as_secs()).unwrap_or(i64::MAX).max(1)),
        ),
        Verdict::Later(Trouble::Unreadable, _) => flash("bad", t.chats_test_unreadable()),
        Verdict::Never(Pause::NotAllowed, _) => flash("bad", t.chats_test_not_allowed()),
        Verdict::Never(Pause::Certificate, _) => flash("bad", t.chats_test_certificate()),
        Verdict::Never(Pause::Refused | Pause::ByHand | Pause::Silent, code) => {
            flash("bad", t.chats_test_refused(code.unwrap_or_default(), service))
        }
    })
}

fn flash(tone: &'static str, text: String) -> Flash {
    Flash { tone, text, undo: None }
}
