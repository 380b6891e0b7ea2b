//! The register of decisions, and the page of one.

use super::{
    model::Kind,
    store::{self, Filter, Recorded},
};
use crate::{
    decisions::{
        escalations::{
            Case, store as escalations,
            view::{Chip, Link, Typed, View, printed},
        },
        raising::model::sides,
        rules::Rule,
    },
    events::feed::Feed,
    platform::{locale::T, markdown},
    projects::{Part, ProjectHead, ProjectViewer, Tab},
    web::{Error, Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::http::Uri;
use jiff::{Timestamp, civil::date, tz::TimeZone};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/decisions", register).get(
        Tier::Project,
        "/p/{key}/decisions/{number}",
        show,
    )
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
    let mut kinds = vec![ui::Choice::new("", t.decisions_any_kind())];
    kinds.extend(Kind::all().into_iter().map(|kind| ui::Choice::new(kind.as_str(), kind.label(t))));
    let first = viewer.project().created_at.to_zoned(shell.zone.clone()).year();
    let mut years = vec![ui::Choice::new("", t.decisions_any_year())];
    years.extend((first..=shell.today().year()).rev().map(|year| ui::Choice::new(year, year.to_string())));
    let mut parts = vec![ui::Choice::new("", t.decisions_any_department())];
    parts.extend(sides(&viewer.standing().parts).map(|part| ui::Choice::new(part.id, part.name(t))));
    let template = RegisterPage {
        head: viewer.standing().head(Tab::Decisions),
        may_decide: viewer.rights().may_decide(),
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

fn kind_label(t: T, kind: &str) -> String {
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

#[derive(Template)]
#[template(path = "decisions/decision.html")]
struct DecisionPage {
    shell: Shell,
    head: ProjectHead,
    label: String,
    title: String,
    line: String,
    tally: String,
    rationale: String,
    kind: String,
    owner: String,
    review: String,
    escalation: Option<Link>,
    supersedes: Option<Link>,
    /// The escalation that the superseded one closed.
    closed_before: Option<Link>,
    superseded_by: Option<Link>,
    may_supersede: bool,
    path: String,
    effects: Vec<EffectLine>,
    /// The escalation as evidence.
    view: Option<View>,
    feed: Feed,
    printed: String,
}

/// A recorded effect as the page shows it.
pub(super) struct EffectLine {
    pub what: String,
    pub link: Link,
    part: Option<Chip>,
    who: String,
    pub before: String,
    pub after: String,
    status: Option<ui::Status>,
}

async fn show(mut viewer: ProjectViewer, number: paths::Parameter<i32>) -> Result {
    let project = viewer.project().id;
    let decision = store::find(viewer.conn(), project, number.0).await?.ok_or(Error::NotFound)?;
    let shell = viewer.shell().clone();
    let (t, key) = (shell.t, viewer.project().key.clone());
    let link = |other: &store::Other| Link {
        href: paths::decision(&key, other.number).to_string(),
        text: format!("D-{} {}", other.number, other.title),
    };
    let closed = |number: i32| Link { href: paths::escalation(&key, number).to_string(), text: format!("E-{number}") };
    let may_supersede = viewer.rights().may_decide() && decision.superseded_by.is_none();
    let head = viewer.standing().head(Tab::None);
    let parts = &viewer.standing().parts;
    let effects = decision.effects.iter().map(|effect| effect_line(&shell, parts, &key, effect)).collect();
    let (view, feed) = evidence(viewer, &decision, &shell, &key).await?;
    page(&DecisionPage {
        label: format!("D-{}", decision.number),
        line: t.escalation_decided_line(shell.moment(decision.decided_at), &decision.decider),
        tally: tally_line(t, &decision.tally),
        rationale: markdown::to_html(&decision.rationale),
        kind: kind_label(t, &decision.kind),
        owner: decision.owner.clone(),
        review: decision.review_on.map(|review| shell.day(review)).unwrap_or_default(),
        escalation: decision.escalation.map(closed),
        closed_before: decision.supersedes.as_ref().and_then(|old| old.escalation).map(closed),
        supersedes: decision.supersedes.as_ref().map(link),
        superseded_by: decision.superseded_by.as_ref().map(link),
        may_supersede,
        path: paths::decision(&key, decision.number).to_string(),
        title: decision.title,
        printed: printed(&shell),
        effects,
        view,
        feed,
        head,
        shell,
    })
}

/// The escalation behind a decision; or, when none is, what happened to the decision itself.
async fn evidence(
    mut viewer: ProjectViewer,
    decision: &store::Decision,
    shell: &Shell,
    key: &str,
) -> Result<(Option<View>, Feed)> {
    let project = viewer.project().id;
    let Some(number) = decision.escalation else {
        let filter = crate::events::store::Filter {
            project: Some(project),
            subject: Some(decision.id.uuid()),
            ..crate::events::store::Filter::default()
        };
        return Ok((None, Feed::read(viewer.conn(), shell, &filter, Some(key), 20).await?));
    };
    let dossier = escalations::dossier(viewer.conn(), project, number).await?.ok_or(Error::NotFound)?;
    let calendar = crate::departments::calendar(viewer.conn()).await?;
    let person = shell.viewer()?.person_id;
    let case = Case::prove(viewer.into_standing(), person, dossier)?;
    Ok((Some(View::new(&case, &calendar, &Typed::nothing())), Feed::default()))
}

/// How the votes stood: `A 0, B 1, C 4; 5 of 5 voted, quorum 3`. Empty without votes.
fn tally_line(t: T, tally: &serde_json::Value) -> String {
    let Some(votes) = tally.get("votes").and_then(serde_json::Value::as_object) else { return String::new() };
    let number = |name: &str| tally.get(name).and_then(serde_json::Value::as_i64).unwrap_or_default();
    let counts: Vec<String> =
        votes.iter().map(|(letter, count)| format!("{letter} {}", count.as_i64().unwrap_or_default())).collect();
    let line = t.decisions_tally(t.list(&counts), number("quorum"), number("voted"), number("voters"));
    let text = |name: &str| tally.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    // Decisions of before there were rules say nothing of them.
    let rule = Rule::parse(text("rule")).map(|rule| t.rules_decided_by(rule.label(t)));
    let pack =
        tally.pointer("/pack/version").and_then(serde_json::Value::as_i64).map(|version| t.pack_decided_on(version));
    [Some(line), rule, pack].into_iter().flatten().collect::<Vec<_>>().join(t.rules_tally_between().as_str())
}

/// A recorded effect in words.
pub(super) fn effect_line(shell: &Shell, parts: &[Part], key: &str, effect: &Recorded) -> EffectLine {
    let t = shell.t;
    let title = t.title(effect.title.as_deref().unwrap_or_default(), effect.title_zh.as_deref()).to_owned();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| shell.day(day)).unwrap_or_default();
    EffectLine {
        what: match effect.kind.as_str() {
            "create_task" => t.decisions_effect_created(),
            "unblock_task" => t.decisions_effect_unblocked(),
            _ => t.decisions_effect_moved(),
        },
        link: match effect.number {
            Some(number) => {
                Link { href: paths::task(key, number).to_string(), text: format!("{key}-{number} {title}") }
            }
            None => Link { href: String::new(), text: title },
        },
        part: effect.part_id.and_then(|id| parts.iter().find(|part| part.id == id)).map(|part| Chip::of(part, t)),
        who: effect.assignee.clone().unwrap_or_default(),
        before: day(effect.before_on),
        after: day(effect.after_on),
        status: effect.status.as_deref().and_then(|code| ui::Status::ALL.into_iter().find(|one| one.code() == code)),
    }
}
