//! Who sets up robots: whoever sets up the project.

use super::{model::Robot, store};
use crate::{
    events::{
        Kind,
        store::{Filter, read},
    },
    platform::ids::RobotId,
    projects::ProjectManager,
    web::{AppState, Error, Result, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody who may change the robot that `{id}` in the address names, of the project that it names.
#[derive(Debug)]
pub struct RobotKeeper {
    manager: ProjectManager,
    robot: Robot,
}

impl RobotKeeper {
    /// The robot.
    #[must_use]
    pub fn robot(&self) -> &Robot {
        &self.robot
    }
}

impl std::ops::Deref for RobotKeeper {
    type Target = ProjectManager;
    fn deref(&self) -> &ProjectManager {
        &self.manager
    }
}

impl std::ops::DerefMut for RobotKeeper {
    fn deref_mut(&mut self) -> &mut ProjectManager {
        &mut self.manager
    }
}

impl FromRequestParts<AppState> for RobotKeeper {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let id: RobotId = paths::parameter(parts, "id").await?;
        let mut manager = ProjectManager::from_request_parts(parts, state).await?;
        let project = manager.project().id;
        let robot = store::find(manager.conn(), project, id).await?.ok_or(Error::NotFound)?;
        Ok(Self { manager, robot })
    }
}

/// What somebody finds who removes a robot: it, or that it is gone already.
#[derive(Debug)]
pub enum Removal {
    /// It is there.
    Standing(RobotKeeper),
    /// It was removed before, under this name: the form was sent twice.
    Gone(ProjectManager, String),
}

impl FromRequestParts<AppState> for Removal {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let id: RobotId = paths::parameter(parts, "id").await?;
        let mut manager = ProjectManager::from_request_parts(parts, state).await?;
        let project = manager.project().id;
        if let Some(robot) = store::find(manager.conn(), project, id).await? {
            return Ok(Self::Standing(RobotKeeper { manager, robot }));
        }
        let about = Filter { project: Some(project), subject: Some(id.uuid()), ..Filter::default() };
        let last = read(manager.conn(), &about, 1).await?.pop().ok_or(Error::NotFound)?;
        if Kind::parse(&last.kind) != Some(Kind::RobotRemoved) {
            return Err(Error::NotFound);
        }
        Ok(Self::Gone(manager, last.subject_title))
    }
}
