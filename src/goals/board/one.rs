//! `/p/GEO/goals/1.2`: a key result, what it asked for over time, and how each department reaches its share.

use super::view::{Course, Reader, Said, share, whole};
use crate::{
    goals::{
        access::GoalsViewer,
        key_results::store::{Asked, asked},
        model::{Entry, Goals, KeyResult, Place, ShareLink, ShareRow},
        months::Month,
        split::store::{Linkable, linkable},
        store,
        view::{asked_in_words, figure, left_in_words, scale_in_words, summary_of_terms},
    },
    platform::{
        ids::{KeyResultId, PartId, ShareLinkId},
        locale::T,
    },
    projects::{Chip, ProjectHead, Tab},
    web::{
        Error, Result, Routes, Shell, Tier, page, paths,
        ui::{self, Choice},
    },
};
use askama::Template;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/{place}", show)
}

#[derive(Template)]
#[template(path = "goals/key_result.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    place: Place,
    id: KeyResultId,
    path: String,
    split_href: String,
    title: String,
    objective: String,
    owner: Option<Chip>,
    liaison: String,
    terms: String,
    /// What was signed off, with the decision; none before anything was.
    signed: Option<(String, String, String)>,
    scale: String,
    left: Said,
    course: Course,
    /// Since when it asks for this, and why.
    history: Vec<Change>,
    shares: Vec<ShareView>,
    may_set: bool,
    may_split: bool,
    may_enter: bool,
}

/// What it asked for at a time.
struct Change {
    text: String,
    reason: String,
    /// The decision that says so.
    decision: Option<(String, String)>,
    when: String,
}

/// A department with its share.
struct ShareView {
    part: PartId,
    chip: Chip,
    owes: String,
    /// Since when the share stands as it does, and by which decision.
    since: Option<(String, Option<(String, String)>)>,
    course: Course,
    links: Vec<LinkView>,
    /// What can be linked, by who may.
    choices: Vec<Choice>,
    link_id: ShareLinkId,
    thing_id: String,
    may_link: bool,
    check_ins: Vec<CheckInView>,
}

/// A task or milestone that leads to the share.
struct LinkView {
    id: ShareLinkId,
    href: String,
    text: String,
    due: String,
    is_done: bool,
}

/// What was said about a month.
struct CheckInView {
    month: String,
    figure: String,
    sure: String,
    note: String,
    by: String,
    is_correction: bool,
}

async fn show(mut viewer: GoalsViewer, place: Place) -> Result {
    let project = viewer.project().id;
    let goals: Goals = store::goals(viewer.conn(), project).await?;
    let of = goals.key_result(place).ok_or(Error::NotFound)?;
    let objective = goals.objective(place.objective).map(|one| one.title.clone()).unwrap_or_default();
    let history = asked(viewer.conn(), project, of.id).await?;
    let own: Vec<PartId> = of.rows.iter().map(|row| row.part).filter(|part| viewer.may_enter(*part)).collect();
    let things = if own.is_empty() { Vec::new() } else { linkable(viewer.conn(), project, &own).await? };
    let (shell, t) = (viewer.shell().clone(), viewer.shell().t);
    let reader = Reader { t, today: shell.today(), launch: viewer.project().launches_on, id: "whole" };
    let owner = viewer.part(of.part);
    let view = Page {
        place,
        id: of.id,
        path: viewer.path(&place.to_string()),
        split_href: viewer.path(&format!("{place}/split")),
        title: of.title.clone(),
        objective,
        liaison: owner.and_then(|part| part.liaison_name.clone()).unwrap_or_default(),
        owner: owner.map(|part| Chip::of(part, t)),
        terms: summary_of_terms(t, of),
        signed: of.signed.as_ref().map(|signed| {
            let (href, label) = decision(&viewer.project().key, signed.decision);
            (asked_in_words(t, &of.scale, (signed.baseline, signed.target, signed.due_on)), href, label)
        }),
        scale: scale_in_words(t, &of.scale),
        left: left_in_words(t, &of.scale, of.left()),
        course: whole(&reader, of),
        history: changes(&viewer, of, &history),
        shares: of.rows.iter().filter_map(|row| share_view(&viewer, &reader, of, row, &things)).collect(),
        may_set: viewer.may_set(),
        may_split: viewer.departments().any(|part| viewer.may_split(part.id)),
        may_enter: !own.is_empty(),
        head: viewer.viewer().standing().head(Tab::None),
        shell,
    };
    page(&view)
}

/// Where a decision is, and its name.
fn decision(key: &str, number: i32) -> (String, String) {
    (paths::decision(key, number).to_string(), format!("D-{number}"))
}

fn changes(viewer: &GoalsViewer, of: &KeyResult, history: &[Asked]) -> Vec<Change> {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let key = &viewer.project().key;
    let change = |one: &Asked| Change {
        text: asked_in_words(t, &of.scale, (one.baseline, one.target, one.due_on)),
        reason: one.reason.clone(),
        decision: one.decision.map(|number| decision(key, number)),
        when: t.goals_asked_by(&one.by, shell.moment(one.at)),
    };
    history.iter().map(change).collect()
}

fn share_view(
    viewer: &GoalsViewer,
    reader: &Reader<'_>,
    of: &KeyResult,
    row: &ShareRow,
    things: &[Linkable],
) -> Option<ShareView> {
    let (t, part) = (reader.t, viewer.part(row.part)?);
    let id = format!("share-{}-chart", row.part);
    let is_free = |thing: &&Linkable| {
        thing.part.is_none_or(|part| part == row.part)
            && row.links.iter().all(|link| (link.task, link.milestone) != (thing.task, thing.milestone))
    };
    Some(ShareView {
        part: row.part,
        chip: Chip::of(part, t),
        owes: row.owes.clone(),
        since: row.since.as_ref().map(|since| {
            let said = t.goals_share_since(&since.by, viewer.shell().moment(since.at));
            (said, since.decision.map(|number| decision(&viewer.project().key, number)))
        }),
        course: share(&reader.with(&id), of, (row.part, part.name(t))),
        links: row.links.iter().map(|link| link_view(viewer, link)).collect(),
        choices: std::iter::once(Choice::new("", t.goals_link_choose()))
            .chain(things.iter().filter(is_free).map(|thing| choice(viewer, thing)))
            .collect(),
        link_id: ShareLinkId::new(),
        thing_id: format!("thing-{}", row.part),
        may_link: viewer.may_enter(row.part),
        check_ins: of
            .entries
            .iter()
            .rev()
            .filter(|entry| entry.part == row.part)
            .map(|entry| check_in(t, of, entry))
            .collect(),
    })
}

fn choice(viewer: &GoalsViewer, thing: &Linkable) -> Choice {
    let title = viewer.shell().t.title(&thing.title, thing.title_zh.as_deref());
    let named =
        thing.number.map_or_else(|| title.to_owned(), |number| format!("{}-{number} {title}", viewer.project().key));
    match (thing.task, thing.milestone) {
        (Some(task), _) => Choice::new(format!("task:{task}"), named),
        (None, milestone) => {
            let id = milestone.map(|id| id.to_string()).unwrap_or_default();
            Choice::new(format!("milestone:{id}"), viewer.shell().t.goals_milestone_named(named))
        }
    }
}

fn link_view(viewer: &GoalsViewer, link: &ShareLink) -> LinkView {
    let (t, key) = (viewer.shell().t, &viewer.project().key);
    let title = t.title(&link.title, link.title_zh.as_deref());
    LinkView {
        id: link.id,
        href: match link.number {
            Some(number) => paths::task(key, number).to_string(),
            None => paths::project(key, "milestones").to_string(),
        },
        text: link.number.map_or_else(|| title.to_owned(), |number| format!("{key}-{number} {title}")),
        due: link.due_on.map(|day| t.short_day(day)).unwrap_or_default(),
        is_done: link.is_done,
    }
}

fn check_in(t: T, of: &KeyResult, entry: &Entry) -> CheckInView {
    CheckInView {
        month: t.month(Month::of(entry.period).first()),
        figure: figure(t, of, entry),
        sure: entry.confidence.map(|sure| t.goals_sure(i64::from(sure))).unwrap_or_default(),
        note: entry.note.clone(),
        by: entry.by.clone(),
        is_correction: entry.is_correction,
    }
}
