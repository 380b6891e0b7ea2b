//! The register of decisions.

use super::{
    model::Kind,
    store::{self, Filter},
};
use crate::{
    decisions::{
        escalations::view::{Link, printed},
        raising::model::sides,
        rules::{model::records_alone, store as rules},
    },
    platform::locale::T,
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::http::Uri;
use jiff::{Timestamp, civil::date, tz::TimeZone};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/decisions", register)
}

#[derive(Template)]
#[template(path = "decisions/register.html")]
struct RegisterPage {
    shell: Shell,
    head: ProjectHead,
    may_decide: bool,
    is_filtered: bool,
    kind: String,
    kinds: Vec<ui::Choice>,
    year: String,
    years: Vec<ui::Choice>,
    part: String,
    parts: Vec<ui::Choice>,
    text: String,
    lines: Vec<Line>,
    printed: String,
}

struct Line {
    href: String,
    label: String,
    title: String,
    kind: String,
    owner: String,
    when: String,
    review: String,
    /// Its day has come.
    is_back: bool,
    escalation: Option<Link>,
    superseded: Option<Link>,
    effects: i64,
}

async fn register(mut viewer: ProjectViewer, uri: Uri) -> Result {
    let query = Fields::of_query(&uri);
    let shell = viewer.shell().clone();
    let year: Option<i16> = query.value("year").filter(|year| (2000..=9000).contains(year));
    let filter = Filter {
        kind: Kind::parse(query.get("kind")).map_or_else(String::new, |kind| kind.as_str().to_owned()),
        since: year.and_then(|year| start_of(year, &shell.zone)),
        until: year.and_then(|year| start_of(year + 1, &shell.zone)),
        part: query.value("department"),
        text: query.get("q").to_owned(),
    };
    let (project, key, t) = (viewer.project().id, viewer.project().key.clone(), shell.t);
    let lines = store::register(viewer.conn(), project, &filter).await?;
    let may_decide = viewer.rights().may_vote() && {
        let deputy = rules::deputy(viewer.conn(), project).await?;
        records_alone(viewer.rights().may_decide(), shell.viewer()?.person_id, deputy, shell.today())
    };
    let mut kinds = vec![ui::Choice::new("", t.decisions_any_kind())];
    kinds.extend(Kind::all().into_iter().map(|kind| ui::Choice::new(kind.as_str(), kind.label(t))));
    let first = viewer.project().created_at.to_zoned(shell.zone.clone()).year();
    let mut years = vec![ui::Choice::new("", t.decisions_any_year())];
    years.extend((first..=shell.today().year()).rev().map(|year| ui::Choice::new(year, year.to_string())));
    let mut parts = vec![ui::Choice::new("", t.decisions_any_department())];
    parts.extend(sides(&viewer.standing().parts).map(|part| ui::Choice::new(part.id, part.name(t))));
    let template = RegisterPage {
        head: viewer.standing().head(Tab::Decisions),
        may_decide,
        is_filtered: uri.query().is_some_and(|query| !query.is_empty()),
        kind: filter.kind,
        kinds,
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        years,
        part: filter.part.map(|part| part.to_string()).unwrap_or_default(),
        parts,
        text: filter.text,
        lines: lines.into_iter().map(|one| line(&shell, &key, one)).collect(),
        printed: printed(&shell),
        shell,
    };
    page(&template)
}

fn start_of(year: i16, zone: &TimeZone) -> Option<Timestamp> {
    date(year, 1, 1).to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

pub(super) fn kind_label(t: T, kind: &str) -> String {
    Kind::parse(kind).map_or_else(|| kind.to_owned(), |kind| kind.label(t))
}

fn line(shell: &Shell, key: &str, one: store::Line) -> Line {
    let day = |at: Timestamp| shell.day(at.to_zoned(shell.zone.clone()).date());
    Line {
        href: paths::decision(key, one.number).to_string(),
        label: format!("D-{}", one.number),
        kind: kind_label(shell.t, &one.kind),
        when: day(one.decided_at),
        review: one.review_on.map(|review| shell.day(review)).unwrap_or_default(),
        is_back: one.superseded_by.is_none() && one.review_on.is_some_and(|day| day <= shell.today()),
        escalation: one
            .escalation
            .map(|number| Link { href: paths::escalation(key, number).to_string(), text: format!("E-{number}") }),
        superseded: one
            .superseded_by
            .map(|number| Link { href: paths::decision(key, number).to_string(), text: format!("D-{number}") }),
        effects: one.effects,
        owner: one.owner,
        title: one.title,
    }
}
