//! Proofs of a right over tasks (ARCHITECTURE §5). They hold no connection, so that the transaction of an action can
//! have it: a request never holds two.

use super::{TaskLabel, model::Task, store};
use crate::{
    platform::{db::Lease, ids::PartId},
    projects::{self, Part, Project, ProjectHead, ProjectState, ProjectViewer, Rights, Tab},
    web::{
        AppState, Error, Result, paths,
        shell::{Shell, Viewer},
    },
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;
use std::sync::Arc;

/// A project as somebody who may see it stands to it.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The frame of the page.
    pub shell: Shell,
    /// The project.
    pub project: Project,
    /// What the person may do.
    pub rights: Rights,
    /// Everybody who takes part.
    pub parts: Arc<[Part]>,
    /// The head of a page about one thing.
    pub head: ProjectHead,
}

impl Ground {
    /// The ground without the connection, and the connection.
    #[must_use]
    pub fn leave(viewer: ProjectViewer, tab: Tab) -> (Self, Lease) {
        let standing = viewer.into_standing();
        let head = standing.head(tab);
        let ground = Self {
            shell: standing.shell,
            project: standing.project,
            rights: standing.rights,
            parts: standing.parts.into(),
            head,
        };
        (ground, standing.lease)
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }
}

/// Somebody who may see a task, with the task.
#[derive(Clone, Debug)]
pub struct TaskViewer {
    ground: Arc<Ground>,
    task: Task,
}

impl TaskViewer {
    /// Several tasks of a project by their numbers, for those who may see the project. Numbers that do not exist are
    /// left out. The connection is given back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn several(viewer: ProjectViewer, numbers: &[i32]) -> Result<Vec<Self>> {
        let (ground, mut lease) = Ground::leave(viewer, Tab::None);
        let ground = Arc::new(ground);
        let tasks = store::find(&mut lease, ground.project.id, numbers).await?;
        Ok(tasks.into_iter().map(|task| Self { ground: Arc::clone(&ground), task }).collect())
    }

    /// The task as it was when the request came.
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The project around it.
    #[must_use]
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.ground.shell
    }

    /// `GEO`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.ground.project.key
    }

    /// Whether the person may edit it.
    #[must_use]
    pub fn may_edit(&self) -> bool {
        self.may_edit_of(self.task.part_id)
    }

    /// Whether this person may edit the tasks of some department of the project.
    #[must_use]
    pub fn may_edit_of(&self, part: PartId) -> bool {
        self.ground.rights.may_edit_tasks_of(part)
    }

    /// Whether the person may change its status.
    #[must_use]
    pub fn may_move(&self) -> bool {
        self.ground.rights.may_set_status(self.task.part_id, self.task.assignee_id)
    }

    /// Whether the person may watch it: everybody who sees it, until the project is archived.
    #[must_use]
    pub fn may_watch(&self) -> bool {
        self.ground.project.state != ProjectState::Archived
    }
}

impl FromRequestParts<AppState> for TaskViewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let number: i32 = paths::parameter(parts, "number").await?;
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        Self::several(viewer, &[number]).await?.pop().ok_or(Error::NotFound)
    }
}

/// Somebody who may edit a task: the GTM lead, or a seat of the department that owns it.
#[derive(Clone, Debug)]
pub struct TaskEditor(TaskViewer);

impl TaskEditor {
    /// The proof for a viewer who may.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn prove(viewer: TaskViewer) -> Result<Self> {
        if viewer.may_edit() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}

impl std::ops::Deref for TaskEditor {
    type Target = TaskViewer;
    fn deref(&self) -> &TaskViewer {
        &self.0
    }
}

impl FromRequestParts<AppState> for TaskEditor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        Self::prove(TaskViewer::from_request_parts(parts, state).await?)
    }
}

/// Somebody who may comment on a task.
#[derive(Clone, Debug)]
pub struct TaskCommenter(TaskViewer);

impl std::ops::Deref for TaskCommenter {
    type Target = TaskViewer;
    fn deref(&self) -> &TaskViewer {
        &self.0
    }
}

impl FromRequestParts<AppState> for TaskCommenter {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = TaskViewer::from_request_parts(parts, state).await?;
        if viewer.ground.rights.may_comment() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}

/// Somebody who may watch a task.
#[derive(Clone, Debug)]
pub struct TaskWatcher(TaskViewer);

impl std::ops::Deref for TaskWatcher {
    type Target = TaskViewer;
    fn deref(&self) -> &TaskViewer {
        &self.0
    }
}

impl FromRequestParts<AppState> for TaskWatcher {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = TaskViewer::from_request_parts(parts, state).await?;
        if viewer.may_watch() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}

/// Somebody who may change the status of a task: those who may edit it, and its assignee.
#[derive(Clone, Debug)]
pub struct TaskMover {
    task: Task,
    key: String,
    parts: Arc<[Part]>,
    may_edit: bool,
}

impl TaskMover {
    /// The proof for a viewer who may.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn prove(viewer: &TaskViewer) -> Result<Self> {
        if !viewer.may_move() {
            return Err(Error::Forbidden);
        }
        Ok(Self {
            task: viewer.task.clone(),
            key: viewer.key().to_owned(),
            parts: Arc::clone(&viewer.ground.parts),
            may_edit: viewer.may_edit(),
        })
    }

    /// Those of these tasks, over all projects, that are this person's own and that they may move. Two statements.
    ///
    /// # Errors
    /// Of the database.
    pub async fn own(conn: &mut PgConnection, viewer: &Viewer, labels: &[TaskLabel]) -> Result<Vec<Self>> {
        let tasks = store::own(conn, viewer.person_id, labels).await?;
        let projects: Vec<_> = tasks.iter().map(|task| task.project_id).collect();
        let mut proofs = Vec::with_capacity(tasks.len());
        let held = projects::store::held(conn, viewer.person_id, &projects).await?;
        let held: Vec<_> = held
            .into_iter()
            .map(|held| {
                let is_creator = held.created_by == viewer.person_id;
                let rights =
                    Rights::new(viewer.person_id, viewer.role, held.seats, held.state, held.visibility, is_creator);
                (held.id, held.key, rights, Arc::<[Part]>::from(held.parts))
            })
            .collect();
        for task in tasks {
            let Some((_, key, rights, parts)) = held.iter().find(|(id, ..)| *id == task.project_id) else { continue };
            if rights.may_set_status(task.part_id, task.assignee_id) {
                let may_edit = rights.may_edit_tasks_of(task.part_id);
                proofs.push(Self { task, key: key.clone(), parts: Arc::clone(parts), may_edit });
            }
        }
        Ok(proofs)
    }

    /// The task as it was when the request came.
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// `GEO`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// `GEO-42`.
    #[must_use]
    pub fn label(&self) -> TaskLabel {
        TaskLabel::new(&self.key, self.task.number)
    }

    /// Who takes part in its project.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether the person may drop it, too.
    #[must_use]
    pub fn may_edit(&self) -> bool {
        self.may_edit
    }
}

impl FromRequestParts<AppState> for TaskMover {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        Self::prove(&TaskViewer::from_request_parts(parts, state).await?)
    }
}

/// Somebody who may add tasks of some department.
#[derive(Clone, Debug)]
pub struct TaskAuthor {
    ground: Ground,
}

impl TaskAuthor {
    /// The project.
    #[must_use]
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// The departments for which they may.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.ground.parts.iter().filter(|part| self.ground.rights.may_edit_tasks_of(part.id))
    }
}

impl FromRequestParts<AppState> for TaskAuthor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let (ground, _) = Ground::leave(ProjectViewer::from_request_parts(parts, state).await?, Tab::None);
        if ground.rights.may_add_tasks() { Ok(Self { ground }) } else { Err(Error::Forbidden) }
    }
}
