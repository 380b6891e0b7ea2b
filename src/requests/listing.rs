//! `/p/GEO/requests`.

use super::{
    model::Shown,
    store::lists::{Filter, Listed, list},
};
use crate::{
    decisions::escalations::view::Chip,
    platform::{
        ids::PartId,
        time_left::{self, TimeLeft},
        working_time::Calendar,
    },
    projects::{PartKind, ProjectHead, ProjectViewer, Tab},
    web::{Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::http::Uri;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/requests", show)
}

#[derive(Template)]
#[template(path = "requests/list.html")]
struct ListPage {
    shell: Shell,
    head: ProjectHead,
    may_ask: bool,
    is_filtered: bool,
    which: &'static str,
    whiches: Vec<ui::Choice>,
    part: String,
    parts: Vec<ui::Choice>,
    open: Vec<Line>,
    closed: Vec<Line>,
}

/// One line.
struct Line {
    href: String,
    label: String,
    title: String,
    from: Chip,
    to: Chip,
    day: String,
    shown: Shown,
    state_label: String,
    tone: &'static str,
    /// Time left in words; what slipped.
    when: String,
    /// Until when there is time to answer.
    until: String,
}

async fn show(mut viewer: ProjectViewer, uri: Uri) -> Result {
    let query = Fields::of_query(&uri);
    let which = match query.get("which") {
        "to" => "to",
        "from" => "from",
        _ => "",
    };
    let project = viewer.project().id;
    let is_lead = viewer.rights().is_lead();
    let mut own: Vec<PartId> = viewer.rights().parts().collect();
    own.extend(
        viewer.standing().parts.iter().filter(|part| is_lead && part.kind == PartKind::Lead).map(|part| part.id),
    );
    let filter = Filter { which, own: &own, part: query.value("department") };
    let calendar = crate::departments::calendar(viewer.conn()).await?;
    let listed = list(viewer.conn(), project, &filter).await?;
    let t = viewer.shell().t;
    let lines = listed.into_iter().filter_map(|one| line(&viewer, &calendar, one));
    let (open, closed) = lines.partition(|line: &Line| line.shown.is_open());
    let mut parts = vec![ui::Choice::new("", t.decisions_any_department())];
    let asks = |kind| matches!(kind, PartKind::Department | PartKind::Lead);
    let asking = viewer.standing().parts.iter().filter(|part| asks(part.kind));
    parts.extend(asking.map(|part| ui::Choice::new(part.id, part.name(t))));
    let template = ListPage {
        head: viewer.standing().head(Tab::Requests),
        may_ask: viewer.rights().may_ask(),
        is_filtered: !which.is_empty() || filter.part.is_some(),
        which,
        whiches: vec![
            ui::Choice::new("", t.request_all()),
            ui::Choice::new("to", t.request_asked_of_us()),
            ui::Choice::new("from", t.request_we_ask()),
        ],
        part: filter.part.map(|part| part.to_string()).unwrap_or_default(),
        parts,
        open,
        closed,
        shell: viewer.shell().clone(),
    };
    page(&template)
}

fn line(viewer: &ProjectViewer, calendar: &Calendar, one: Listed) -> Option<Line> {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let promise = one.promise(&shell.zone);
    let shown = Shown::new(one.standing(), promise.as_ref(), shell.today());
    let slips = promise.map_or(0, |promise| promise.slips(shell.today()));
    let left = one.answer_due_at.map(|due| TimeLeft::new(one.moved_at, due, shell.now, calendar));
    let chip = |id| viewer.standing().part(id).map(|part| Chip::of(part, t));
    let day = one.promised_on.unwrap_or(one.wanted_on);
    let (tone, when) = match left {
        Some(left) => (left.alarm(), t.request_answer_left(left.words(t))),
        None if slips > 0 && shown == Shown::Slipped && day < shell.today() => {
            ("bad", format!("{} · {}", time_left::of_day(t, day, shell.today()), t.request_slips(slips)))
        }
        None if slips > 0 => ("bad", t.request_slips(slips)),
        None if shown == Shown::Promised => ("", time_left::of_day(t, day, shell.today())),
        None => ("", shell.moment(one.moved_at)),
    };
    Some(Line {
        href: paths::request(&viewer.project().key, one.number).to_string(),
        label: format!("R-{}", one.number),
        title: one.title,
        from: chip(one.from)?,
        to: chip(one.to)?,
        day: shell.day(day),
        shown,
        state_label: shown.label(t),
        tone,
        when,
        until: one.answer_due_at.map(|at| t.time_until(shell.moment(at))).unwrap_or_default(),
    })
}
