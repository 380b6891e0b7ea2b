//! `/p/GEO/ledger` and `/ledger`.

use super::{
    model::Period,
    store::{self, Scope},
    view::{Facts, Side, View, view},
};
use crate::{
    platform::{ids::ProjectId, working_time::Calendar},
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{self, AppState, Error, Fields, Place, Result, Routes, Shell, Tier, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::Uri};
use sqlx::PgConnection;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/ledger", of_project).get(Tier::Colleague, "/ledger", of_organisation)
}

#[derive(Template)]
#[template(path = "ledger/project.html")]
struct ProjectPage {
    shell: Shell,
    head: ProjectHead,
    view: View,
}

#[derive(Template)]
#[template(path = "ledger/organisation.html")]
struct OrganisationPage {
    shell: Shell,
    view: View,
}

async fn of_project(mut viewer: ProjectViewer, uri: Uri) -> Result {
    let t = viewer.shell().t;
    let sides = viewer.standing().parts.iter().map(|part| Side::of_part(part, t)).collect();
    let path = paths::project(&viewer.project().key, "ledger").to_string();
    let (project, shell) = (viewer.project().id, viewer.shell().clone());
    let read = Read { shell: &shell, project: Some(project), period: period(&uri) };
    let (calendar, facts) = read.facts(viewer.conn(), sides, path).await?;
    let view = view(t, &calendar, facts);
    web::page(&ProjectPage { head: viewer.standing().head(Tab::Escalations), view, shell })
}

async fn of_organisation(State(state): State<AppState>, shell: Shell, uri: Uri) -> Result {
    let t = shell.t;
    let mut lease = state.db.lease().await?;
    let sides = store::sides(&mut lease).await?.iter().map(|row| Side::of_row(row, t)).collect();
    let read = Read { shell: &shell, project: None, period: period(&uri) };
    let (calendar, facts) = read.facts(&mut lease, sides, "/ledger".to_owned()).await?;
    drop(lease);
    let view = view(t, &calendar, facts);
    web::page(&OrganisationPage { view, shell: shell.at(Place::Projects) })
}

fn period(uri: &Uri) -> Period {
    Period::parse(Fields::of_query(uri).get("period"))
}

/// What is read, and for whom.
struct Read<'a> {
    shell: &'a Shell,
    project: Option<ProjectId>,
    period: Period,
}

impl Read<'_> {
    /// Months and days are those of the organisation.
    async fn facts(&self, conn: &mut PgConnection, sides: Vec<Side>, path: String) -> Result<(Calendar, Facts)> {
        let viewer = self.shell.viewer()?;
        let calendar = crate::departments::calendar(conn).await?;
        let since = self.period.since(calendar.date_of(self.shell.now));
        let since = since.to_zoned(calendar.zone().clone()).map_err(Error::internal)?.timestamp();
        let scope = Scope { person: viewer.person_id, role: viewer.role, project: self.project, since };
        let rows = store::cases(conn, &scope, &calendar).await?;
        let (asked, changes) = store::asked(conn, &scope, &calendar, self.shell.now).await?;
        let names_projects = self.project.is_none();
        Ok((calendar, Facts { rows, asked, changes, sides, period: self.period, path, names_projects }))
    }
}
