//! A version to take away: one HTML file that needs nothing else, and Markdown.

use super::{
    access::PlaybookViewer,
    markdown::{self, Head},
    pages::published,
    store::{self, Kept},
    view::Book,
};
use crate::web::{Error, Fields, Result, Routes, Shell, Tier, ui};
use askama::Template;
use axum::{
    http::{HeaderValue, Uri, header},
    response::IntoResponse,
};

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/playbook/export.html", html).get(
        Tier::Project,
        "/p/{key}/playbook/export.md",
        text,
    )
}

#[derive(Template)]
#[template(path = "playbook/export.html")]
struct ExportPage<'a> {
    shell: &'a Shell,
    title: String,
    published: String,
    note: String,
    book: Book,
    /// What is folded on the page is open here.
    unfolded: bool,
}

/// The version that the address names, or the newest.
async fn kept(viewer: &mut PlaybookViewer, uri: &Uri) -> Result<Kept> {
    let query = Fields::of_query(uri);
    let number: Option<i32> = match query.has("version") {
        true => Some(query.value("version").ok_or(Error::NotFound)?),
        false => None,
    };
    let project = viewer.project().id;
    store::kept(viewer.conn(), project, number).await?.ok_or(Error::NotFound)
}

fn file(viewer: &PlaybookViewer, kept: &Kept, kind: &'static str, ending: &str, text: String) -> Result {
    let name = format!("attachment; filename=\"{}-playbook-v{}.{ending}\"", viewer.project().key, kept.version.number);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?),
    ];
    Ok((headers, text).into_response())
}

fn title(viewer: &PlaybookViewer) -> String {
    viewer.shell().t.playbook_of_project(&viewer.project().name)
}

async fn html(mut viewer: PlaybookViewer, uri: Uri) -> Result {
    let kept = kept(&mut viewer, &uri).await?;
    let shell = viewer.shell();
    let page = ExportPage {
        title: title(&viewer),
        published: published(shell, &kept.version),
        note: kept.version.note.clone(),
        book: Book::of(shell.t, &kept.content, &viewer.own()),
        unfolded: true,
        shell,
    };
    let text = page.render().map_err(Error::internal)?;
    file(&viewer, &kept, "text/html; charset=utf-8", "html", text)
}

async fn text(mut viewer: PlaybookViewer, uri: Uri) -> Result {
    let kept = kept(&mut viewer, &uri).await?;
    let shell = viewer.shell();
    let head =
        Head { title: title(&viewer), published: published(shell, &kept.version), note: kept.version.note.clone() };
    let text = markdown::document(shell.t, &head, &Book::of(shell.t, &kept.content, &viewer.own()));
    file(&viewer, &kept, "text/markdown; charset=utf-8", "md", text)
}
