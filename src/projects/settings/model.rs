//! The settings of a project and their rules; pure.

use crate::projects::model::{Project, ProjectState, Visibility};

/// What the lead may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// 1 to 120 characters.
    pub name: String,
    /// At most 500 characters; may be empty.
    pub summary: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// How many voting seats must have voted before the chair decides.
    pub quorum: i16,
}

/// What is wrong with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// No name.
    NameMissing,
    /// A name that is too long.
    NameLong,
    /// A summary that is too long.
    SummaryLong,
    /// Fewer than none, or more than the committee has voting seats: it could never decide.
    Quorum {
        /// Its voting seats.
        seats: i64,
    },
}

impl Details {
    /// As they are.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self {
            name: project.name.clone(),
            summary: project.summary.clone(),
            visibility: project.visibility,
            quorum: project.quorum,
        }
    }

    /// Everything that is wrong. A quorum that stays as it was is not looked at: seats may have gone since.
    #[must_use]
    pub fn mistakes(&self, before: &Self, seats: i64) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        match self.name.chars().count() {
            0 => mistakes.push(Mistake::NameMissing),
            1..=120 => {}
            _ => mistakes.push(Mistake::NameLong),
        }
        if self.summary.chars().count() > 500 {
            mistakes.push(Mistake::SummaryLong);
        }
        let is_possible = self.quorum >= 0 && i64::from(self.quorum) <= seats;
        if self.quorum != before.quorum && !is_possible {
            mistakes.push(Mistake::Quorum { seats });
        }
        mistakes
    }
}

/// A step of a project's life that has already been taken, or cannot be from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// It stands there already.
    Already,
    /// Not from this state: a draft has nothing to archive.
    Impossible,
}

/// Ends a project: it is read from then on, not changed. Drawn at [`ProjectState`].
///
/// # Errors
/// [`NoStep`].
pub fn archive(state: ProjectState) -> Result<ProjectState, NoStep> {
    match state {
        ProjectState::Active => Ok(ProjectState::Archived),
        ProjectState::Archived => Err(NoStep::Already),
        ProjectState::Draft => Err(NoStep::Impossible),
    }
}

/// Takes it up again.
///
/// # Errors
/// [`NoStep`].
pub fn restore(state: ProjectState) -> Result<ProjectState, NoStep> {
    match state {
        ProjectState::Archived => Ok(ProjectState::Active),
        ProjectState::Active => Err(NoStep::Already),
        ProjectState::Draft => Err(NoStep::Impossible),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_checked_all_at_once() {
        let good = Details { name: "GEO".into(), summary: String::new(), visibility: Visibility::Seats, quorum: 2 };
        assert_eq!(good.mistakes(&good, 0), []);
        let cases = [
            (Details { name: String::new(), ..good.clone() }, vec![Mistake::NameMissing]),
            (Details { name: "字".repeat(121), ..good.clone() }, vec![Mistake::NameLong]),
            (
                Details { summary: "字".repeat(501), quorum: -1, ..good.clone() },
                vec![Mistake::SummaryLong, Mistake::Quorum { seats: 3 }],
            ),
            (Details { quorum: 4, ..good.clone() }, vec![Mistake::Quorum { seats: 3 }]),
            (Details { quorum: 3, ..good.clone() }, vec![]),
        ];
        for (details, expected) in cases {
            assert_eq!(details.mistakes(&good, 3), expected, "{details:?}");
        }
    }

    #[test]
    fn a_project_is_archived_and_taken_up_again() {
        use ProjectState as S;
        assert_eq!(archive(S::Active), Ok(S::Archived));
        assert_eq!(archive(S::Archived), Err(NoStep::Already));
        assert_eq!(archive(S::Draft), Err(NoStep::Impossible));
        assert_eq!(restore(S::Archived), Ok(S::Active));
        assert_eq!(restore(S::Active), Err(NoStep::Already));
        assert_eq!(restore(S::Draft), Err(NoStep::Impossible));
    }
}
