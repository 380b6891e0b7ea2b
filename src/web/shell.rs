//! What surrounds every page: who reads it, in which words, and where they can go.

use crate::platform::{
    ids::{PersonId, SessionId},
    locale::{Language, T, sort_names},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A person's role in the organisation (ARCHITECTURE §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum OrganisationRole {
    /// Runs the installation; holds no seat by right.
    Administrator,
    /// Everybody else who works here.
    Member,
    /// Sees only what is put before them.
    Guest,
}

impl OrganisationRole {
    /// All, for forms and filters.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Member, Self::Guest];

    /// The text in the database, in forms and in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::Guest => "guest",
        }
    }

    /// From [`OrganisationRole::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Light or dark; absent means as the system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, of the cookie and of the column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Anything else than the two words is "as the system says".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// The signed-in person behind a request.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who.
    pub person_id: PersonId,
    /// The browser they are signed in with.
    pub session_id: SessionId,
    /// As written by themselves.
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// In the organisation; seats in projects are looked up by the projects room.
    pub role: OrganisationRole,
}

/// Health of a project in one word; drives the icon beside its name. The rule stands in the lifecycle room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Green: nothing speaks against it.
    OnTrack,
    /// Amber.
    AtRisk,
    /// Red.
    OffTrack,
    /// A draft.
    NotStarted,
}

impl Health {
    /// The text in the database, in forms and in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::NotStarted => "not_started",
        }
    }

    /// From [`Health::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "on_track" => Self::OnTrack,
            "off_track" => Self::OffTrack,
            "not_started" => Self::NotStarted,
            _ => Self::AtRisk,
        }
    }

    /// `data-tone` and icon name.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::OnTrack => "ok",
            Self::AtRisk => "warn",
            Self::OffTrack => "bad",
            Self::NotStarted => "todo",
        }
    }

    /// The word beside the icon.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::OnTrack => t.health_on_track(),
            Self::AtRisk => t.health_at_risk(),
            Self::OffTrack => t.health_off_track(),
            Self::NotStarted => t.health_not_started(),
        }
    }
}

/// A project in the side bar.
#[derive(Clone, Debug)]
pub struct NavigationProject {
    /// Its key, such as `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its health.
    pub health: Health,
}

/// What the side bar counts and lists for the viewer.
#[derive(Clone, Debug, Default)]
pub struct Navigation {
    /// Open tasks of mine that are late or due today.
    pub my_work: i64,
    /// Lines of my inbox that I have not read; a hundred stands for more.
    pub unread: i64,
    /// Escalations that wait for my vote or decision.
    pub to_decide: i64,
    /// The projects I hold a seat in, at most eight.
    pub projects: Vec<NavigationProject>,
    /// Whether the person sits on any committee or advises one.
    pub sits_on_committee: bool,
}

/// Which entry of the main navigation is the current one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// None of them.
    #[default]
    Elsewhere,
    /// `/`.
    MyWork,
    /// `/inbox`.
    Inbox,
    /// `/projects`.
    Projects,
    /// `/committee`.
    Committee,
    /// `/departments`, `/people/…`: an entry of their own for colleagues, part of the administration for who runs it.
    Departments,
    /// `/admin/…`.
    Administration,
    /// A page of the project with this key.
    Project(String),
}

/// The result of the last action, shown once on the next page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Flash {
    /// `ok`, `info`, `warn` or `bad`.
    pub tone: &'static str,
    /// One sentence in the reader's language.
    pub text: String,
    /// How to take it back, where that is possible.
    pub undo: Option<Undo>,
}

/// A form that takes the last action back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Undo {
    /// Where it is posted to; a path of ours.
    pub action: String,
    /// Its hidden fields.
    pub fields: Vec<(String, String)>,
}

impl<'de> serde::Deserialize<'de> for Flash {
    /// A cookie is the browser's to change: the tone must be one of ours and the form must stay here.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Sent {
            tone: String,
            text: String,
            undo: Option<Undo>,
        }
        let sent = Sent::deserialize(deserializer)?;
        let tone = ["ok", "info", "warn", "bad"].into_iter().find(|tone| *tone == sent.tone).unwrap_or("info");
        let undo = sent.undo.filter(|undo| super::reply::safe_path(&undo.action) == undo.action);
        Ok(Self { tone, text: sent.text, undo })
    }
}

impl Flash {
    /// Good news without a way back.
    #[must_use]
    pub fn done(text: String) -> Self {
        Self { tone: "ok", text, undo: None }
    }
}

/// Everything that a page needs besides its own content. Made once a request by the session layer.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The words.
    pub t: T,
    /// Absent when signed out.
    pub viewer: Option<Viewer>,
    /// Empty when signed out.
    pub navigation: Navigation,
    /// The organisation's name; empty before set-up.
    pub organisation: String,
    /// The reader's time zone: the person's own, else the organisation's.
    pub zone: TimeZone,
    /// When the request came in.
    pub now: Timestamp,
    /// Printed as `data-theme`.
    pub theme: Option<Theme>,
    /// Where the page stands.
    pub place: Place,
    /// Path and query of this page, for links that come back to it.
    pub path: String,
    /// Where trying again begins: this page, or the one on which the form stood that was sent.
    pub again: String,
    /// Whether the page was asked for by GET, so that loading it again changes nothing and shows the same.
    pub may_reload: bool,
    /// The last action's result.
    pub flash: Option<Flash>,
    /// For error pages and the log.
    pub request_id: String,
}

impl Shell {
    /// The language of the page.
    #[must_use]
    pub fn language(&self) -> Language {
        self.t.language()
    }

    /// Today on the reader's clock.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// The same page standing at another place of the navigation.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The projects of the side bar by name.
    #[must_use]
    pub fn own_projects(&self) -> Vec<&NavigationProject> {
        let mut projects: Vec<&NavigationProject> = self.navigation.projects.iter().collect();
        sort_names(self.t, &mut projects, |project| &project.name);
        projects
    }

    /// Whether the reader runs the installation.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role == OrganisationRole::Administrator)
    }

    /// Whether the reader is an outside guest, who sees only what is put before them.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role == OrganisationRole::Guest)
    }

    /// The shell of a page for somebody who is not signed in, or while the database is away.
    #[must_use]
    pub fn signed_out(t: T, now: Timestamp, path: String, theme: Option<Theme>, request_id: String) -> Self {
        Self {
            t,
            viewer: None,
            navigation: Navigation::default(),
            organisation: String::new(),
            zone: TimeZone::UTC,
            now,
            theme,
            place: Place::Elsewhere,
            again: path.clone(),
            path,
            may_reload: false,
            flash: None,
            request_id,
        }
    }

    /// The signed-in person; routes of every tier but the public one have one.
    ///
    /// # Errors
    /// [`super::Error::SignIn`] when there is none.
    pub fn viewer(&self) -> Result<&Viewer, super::Error> {
        self.viewer.as_ref().ok_or(super::Error::SignIn)
    }

    /// A moment on the reader's clock.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        self.t.moment(at, &self.zone, self.today())
    }

    /// A day, with its year only when that is not the current one.
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        self.t.day(date, self.today())
    }
}
