//! `/p/GEO/thanks`: who thanked whom for what; and the form to thank somebody.

use super::{
    access::Thanker,
    actions::{self, Refusal},
    model::{Kind, Label, NOTE},
    store::{self, Given, Thing},
};
use crate::{
    platform::ids::{PersonId, ThanksId},
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, paths, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

/// Most thanks on a page.
const MOST: i64 = 50;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/thanks", show).get(Tier::Project, "/p/{key}/thanks/new", blank).post(
        Tier::Project,
        "/p/{key}/thanks/new",
        give,
    )
}

#[derive(Template)]
#[template(path = "recognition/list.html")]
struct ListPage {
    shell: Shell,
    head: ProjectHead,
    lines: Vec<Line>,
    may_thank: bool,
    /// Earlier ones.
    more: Option<String>,
}

struct Line {
    who: String,
    href: String,
    what: String,
    note: String,
    when: String,
}

async fn show(mut viewer: ProjectViewer, uri: Uri) -> Result {
    let project = viewer.project().id;
    let before = Fields::of_query(&uri).value("before");
    let mut given = store::given(viewer.conn(), project, before, MOST + 1).await?;
    let has_more = given.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    given.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let (shell, key) = (viewer.shell().clone(), viewer.project().key.clone());
    let list = paths::project(&key, "thanks").to_string();
    page(&ListPage {
        more: given.last().filter(|_| has_more).map(|last| format!("{list}?before={}", last.id)),
        lines: given.iter().filter_map(|one| line(&shell, &key, one)).collect(),
        may_thank: viewer.rights().may_thank(),
        head: viewer.standing().head(Tab::Team),
        shell,
    })
}

fn line(shell: &Shell, key: &str, given: &Given) -> Option<Line> {
    let t = shell.t;
    let kind = Kind::parse(&given.kind)?;
    Some(Line {
        who: t.thanks_line(&given.from, &given.to),
        href: match kind {
            Kind::Task => paths::task(key, given.number).to_string(),
            Kind::Request => paths::request(key, given.number).to_string(),
            Kind::Decision => paths::decision(key, given.number).to_string(),
        },
        what: format!("{} {}", Label::new(key, kind, given.number), t.title(&given.title, given.title_zh.as_deref())),
        note: given.note.clone(),
        when: shell.moment(given.at),
    })
}

#[derive(Template)]
#[template(path = "recognition/new.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    back: String,
    form: Form,
    people: Vec<ui::Choice>,
    /// What it is about, once it is known.
    thing: String,
    /// The form has thanked already, with other words.
    conflict: Option<String>,
    errors: Errors,
}

struct Form {
    id: ThanksId,
    to: String,
    about: String,
    note: String,
}

async fn render(
    thanker: &mut Thanker,
    form: Form,
    (conflict, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let (project, key) = (thanker.viewer().project().id, thanker.viewer().project().key.clone());
    let people = store::people(thanker.viewer_mut().conn(), project).await?;
    let thing = match Label::parse(&key, &form.about) {
        Some(label) => store::thing(thanker.viewer_mut().conn(), project, &label).await?,
        None => None,
    };
    let (viewer, own) = (thanker.viewer(), thanker.person);
    let t = viewer.shell().t;
    let guess = thing.as_ref().and_then(|thing| thing.by).filter(|by| *by != own).map(|by| by.to_string());
    let form = Form { to: if form.to.is_empty() { guess.unwrap_or_default() } else { form.to }, ..form };
    let choices = people.into_iter().filter(|(id, _)| *id != own).map(|(id, name)| ui::Choice::new(id, name));
    let named = |thing: &Thing| format!("{} {}", thing.label, t.title(&thing.title, thing.title_zh.as_deref()));
    let view = FormPage {
        shell: viewer.shell(),
        head: viewer.standing().head(Tab::None),
        action: paths::project(&key, "thanks/new").to_string(),
        back: paths::project(&key, "thanks").to_string(),
        people: std::iter::once(ui::Choice::new("", t.thanks_whom())).chain(choices).collect(),
        thing: thing.as_ref().map(named).unwrap_or_default(),
        form,
        conflict,
        errors,
    };
    page_with(status, &view)
}

async fn blank(mut thanker: Thanker, uri: Uri) -> Result {
    let about = Fields::of_query(&uri).get("about").to_owned();
    let form = Form { id: ThanksId::new(), to: String::new(), about, note: String::new() };
    render(&mut thanker, form, (None, Errors::none()), StatusCode::OK).await
}

async fn give(State(state): State<AppState>, mut thanker: Thanker, fields: Fields) -> Result {
    let form = Form {
        id: fields.hidden("id")?,
        to: fields.get("to").to_owned(),
        about: fields.get("about").to_owned(),
        note: fields.get("note").to_owned(),
    };
    let (t, key) = (thanker.viewer().shell().t, thanker.viewer().project().key.clone());
    let mut errors = Errors::none();
    let to: Option<PersonId> = form.to.parse().ok();
    if to.is_none() {
        errors.add("to", t.thanks_whom_missing());
    }
    let label = Label::parse(&key, &form.about);
    if label.is_none() {
        errors.add("about", t.thanks_about_missing(&key));
    }
    match form.note.chars().count() {
        0 => errors.add("note", t.thanks_note_missing()),
        1..=NOTE => {}
        _ => errors.add("note", t.decisions_too_long(NOTE)),
    }
    let refusal = match (to, &label) {
        (Some(to), Some(label)) if errors.is_empty() => {
            match actions::thank(&state, &mut thanker, form.id, (to, label, &form.note)).await? {
                Ok(()) => {
                    return Ok(Reply::to(paths::project(&key, "thanks")).done(t.thanks_given()).into_response());
                }
                Err(refusal) => Some(refusal),
            }
        }
        _ => None,
    };
    match refusal {
        Some(Refusal::NoSuchThing) => errors.add("about", t.thanks_about_missing(&key)),
        Some(Refusal::NotSeated) => errors.add("to", t.thanks_whom_missing()),
        Some(Refusal::Oneself) => errors.add("to", t.thanks_oneself()),
        Some(Refusal::Again) => errors.add("to", t.thanks_again()),
        Some(Refusal::Stale) | None => {}
    }
    thanker.viewer_mut().release();
    thanker.viewer_mut().lease_again(&state).await?;
    if refusal == Some(Refusal::Stale) {
        // The next sending thanks anew.
        let form = Form { id: ThanksId::new(), ..form };
        return render(&mut thanker, form, (Some(t.decisions_stale()), errors), StatusCode::CONFLICT).await;
    }
    render(&mut thanker, form, (None, errors), StatusCode::UNPROCESSABLE_ENTITY).await
}
