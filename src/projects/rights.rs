//! The table of rights (ARCHITECTURE §5), in one place. Everything that asks "may they" asks here.

use super::model::{OwnSeat, PartKind, ProjectState, Role, Visibility};
use crate::{
    platform::ids::{PartId, PersonId},
    web::shell::OrganisationRole,
};

/// What one person may do in one project, from their seats as they are at this request.
#[derive(Clone, Debug)]
pub struct Rights {
    person: PersonId,
    organisation_role: OrganisationRole,
    seats: Vec<OwnSeat>,
    state: ProjectState,
    visibility: Visibility,
    is_creator: bool,
}

impl Rights {
    /// From facts.
    #[must_use]
    pub fn new(
        person: PersonId,
        organisation_role: OrganisationRole,
        seats: Vec<OwnSeat>,
        state: ProjectState,
        visibility: Visibility,
        is_creator: bool,
    ) -> Self {
        // Guests advise; any other seat that somebody held before being made a guest counts for nothing.
        let counts = |seat: &OwnSeat| organisation_role != OrganisationRole::Guest || seat.role == Role::Adviser;
        let seats = seats.into_iter().filter(counts).collect();
        Self { person, organisation_role, seats, state, visibility, is_creator }
    }

    fn holds(&self, role: Role) -> bool {
        self.seats.iter().any(|seat| seat.role == role)
    }

    fn holds_of(&self, roles: &[Role], part: PartId) -> bool {
        self.seats.iter().any(|seat| roles.contains(&seat.role) && seat.part_id == Some(part))
    }

    /// An archived project is read, not changed.
    #[must_use]
    pub fn is_changeable(&self) -> bool {
        self.state != ProjectState::Archived
    }

    /// Published and not archived: only then do others work in it, and clocks run.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.state == ProjectState::Active
    }

    /// Runs the installation. Holds no seat by right, but sees every project and manages it.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.organisation_role == OrganisationRole::Administrator
    }

    /// Answers for the project.
    #[must_use]
    pub fn is_lead(&self) -> bool {
        self.holds(Role::GtmLead)
    }

    /// Speaks for some department.
    #[must_use]
    pub fn is_liaison(&self) -> bool {
        self.holds(Role::Liaison)
    }

    /// Speaks for this department.
    #[must_use]
    pub fn is_liaison_of(&self, part: PartId) -> bool {
        self.holds_of(&[Role::Liaison], part)
    }

    /// Has a seat of this department, as liaison or member.
    #[must_use]
    pub fn belongs_to(&self, part: PartId) -> bool {
        self.holds_of(&[Role::Liaison, Role::Member], part)
    }

    /// The departments for which the person has a seat.
    pub fn parts(&self) -> impl Iterator<Item = PartId> {
        self.seats.iter().filter_map(|seat| seat.part_id)
    }

    /// Votes.
    #[must_use]
    pub fn is_on_committee(&self) -> bool {
        self.holds(Role::Committee) || self.holds(Role::Chair)
    }

    /// Records the committee's decisions.
    #[must_use]
    pub fn is_chair(&self) -> bool {
        self.holds(Role::Chair)
    }

    /// Advises the committee.
    #[must_use]
    pub fn is_adviser(&self) -> bool {
        self.holds(Role::Adviser)
    }

    /// Sees the whole project. Advisers and guests do not: they see what is put before the committee.
    #[must_use]
    pub fn may_see(&self) -> bool {
        if self.organisation_role == OrganisationRole::Guest {
            return false;
        }
        self.is_administrator()
            || self.is_creator && self.state == ProjectState::Draft
            || self.seats.iter().any(|seat| seat.role != Role::Adviser)
            || (self.visibility == Visibility::Organisation && self.state != ProjectState::Draft)
    }

    /// Changes the project itself, its stages, seats and duties.
    #[must_use]
    pub fn may_manage(&self) -> bool {
        self.is_changeable() && (self.is_administrator() || self.is_lead())
    }

    /// Archives and restores it.
    #[must_use]
    pub fn may_archive(&self) -> bool {
        self.is_administrator() || self.is_lead()
    }

    /// Declares how the project stands, beside what is computed.
    #[must_use]
    pub fn may_declare_health(&self) -> bool {
        self.is_running() && self.is_lead()
    }

    /// Creates and edits tasks of some department.
    #[must_use]
    pub fn may_add_tasks(&self) -> bool {
        self.is_changeable() && (self.is_lead() || self.holds(Role::Liaison) || self.holds(Role::Member))
    }

    /// Creates and edits tasks of this department.
    #[must_use]
    pub fn may_edit_tasks_of(&self, part: PartId) -> bool {
        self.is_changeable() && (self.is_lead() || self.belongs_to(part))
    }

    /// Changes the status of a task of this department with this assignee.
    #[must_use]
    pub fn may_set_status(&self, part: PartId, assignee: Option<PersonId>) -> bool {
        self.may_edit_tasks_of(part) || (self.is_changeable() && assignee == Some(self.person) && self.may_see())
    }

    /// Edits milestones.
    #[must_use]
    pub fn may_edit_milestones(&self) -> bool {
        self.is_changeable() && self.is_lead()
    }

    /// Writes the strategy, the objectives and how they are split.
    #[must_use]
    pub fn may_set_goals(&self) -> bool {
        self.is_changeable() && self.is_lead()
    }

    /// Publishes the playbook. From a draft nobody is asked to read.
    #[must_use]
    pub fn may_publish_playbook(&self) -> bool {
        self.is_running() && self.is_lead()
    }

    /// Acknowledges the playbook for the departments they speak for.
    #[must_use]
    pub fn may_acknowledge_playbook(&self) -> bool {
        self.is_running() && self.is_liaison()
    }

    /// Enters this department's figures, and says what it does towards its share.
    #[must_use]
    pub fn may_enter_figures_of(&self, part: PartId) -> bool {
        self.is_changeable() && (self.is_lead() || self.belongs_to(part))
    }

    /// Asks another department, in the name of some department or as the lead. Nobody is asked from a draft.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.is_running() && (self.is_lead() || self.is_liaison())
    }

    /// Asks another department in the name of this part.
    #[must_use]
    pub fn may_ask_for(&self, part: PartId, kind: PartKind) -> bool {
        self.is_running()
            && match kind {
                PartKind::Lead => self.is_lead(),
                PartKind::Department => self.is_liaison_of(part),
                PartKind::Committee => false,
            }
    }

    /// Answers requests to this department.
    #[must_use]
    pub fn may_answer_requests_to(&self, part: PartId) -> bool {
        self.is_changeable() && self.is_liaison_of(part)
    }

    /// Raises an escalation. In a draft nobody could answer it, and its clock would run.
    #[must_use]
    pub fn may_raise(&self) -> bool {
        self.is_running()
            && self.seats.iter().any(|seat| {
                matches!(seat.role, Role::GtmLead | Role::Liaison | Role::Member | Role::Committee | Role::Chair)
            })
    }

    /// Settles at the lead's step and passes on to the committee.
    #[must_use]
    pub fn may_settle_as_lead(&self) -> bool {
        self.is_changeable() && self.is_lead()
    }

    /// Casts a ballot that counts.
    #[must_use]
    pub fn may_vote(&self) -> bool {
        self.is_changeable() && self.is_on_committee()
    }

    /// Records the decision.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.is_changeable() && self.is_chair()
    }

    /// Thanks somebody in a project under way: everybody with a seat but advisers, who do not see the project.
    #[must_use]
    pub fn may_thank(&self) -> bool {
        self.is_running() && self.seats.iter().any(|seat| seat.role != Role::Adviser)
    }

    /// Comments on tasks and escalations; advisers and guests do so on what they see, which the decisions room knows.
    #[must_use]
    pub fn may_comment(&self) -> bool {
        self.is_changeable() && self.seats.iter().any(|seat| !matches!(seat.role, Role::Viewer | Role::Adviser))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SeatId;

    /// Asking another department and answering a request to it, by seat: in the name of the lead, of one's own department,
    /// of another one; answering for one's own and for another one.
    #[test]
    fn liaisons_and_the_lead_ask_and_the_liaison_asked_answers() {
        use OrganisationRole::{Administrator, Guest, Member};
        use ProjectState::{Active, Archived, Draft};
        let (own, other, lead) = (PartId::new(), PartId::new(), PartId::new());
        for (organisation_role, role, state, expected) in [
            (Member, Some(Role::GtmLead), Active, [true, true, false, false, false, false]),
            (Member, Some(Role::Liaison), Active, [true, false, true, false, true, false]),
            (Member, Some(Role::Liaison), Draft, [false, false, false, false, true, false]),
            (Member, Some(Role::Liaison), Archived, [false; 6]),
            (Member, Some(Role::GtmLead), Archived, [false; 6]),
            (Administrator, Some(Role::Liaison), Active, [true, false, true, false, true, false]),
            (Member, Some(Role::Member), Active, [false; 6]),
            (Member, Some(Role::Committee), Active, [false; 6]),
            (Member, Some(Role::Chair), Active, [false; 6]),
            (Member, Some(Role::Adviser), Active, [false; 6]),
            (Member, Some(Role::Viewer), Active, [false; 6]),
            (Member, None, Active, [false; 6]),
            (Administrator, None, Active, [false; 6]),
            (Guest, Some(Role::Liaison), Active, [false; 6]),
        ] {
            let seat = role.map(|role| OwnSeat { id: SeatId::new(), role, part_id: role.has_part().then_some(own) });
            let seats: Vec<OwnSeat> = seat.into_iter().collect();
            let rights = Rights::new(PersonId::new(), organisation_role, seats, state, Visibility::Organisation, false);
            let found = [
                rights.may_ask(),
                rights.may_ask_for(lead, PartKind::Lead),
                rights.may_ask_for(own, PartKind::Department),
                rights.may_ask_for(other, PartKind::Department),
                rights.may_answer_requests_to(own),
                rights.may_answer_requests_to(other),
            ];
            assert_eq!(found, expected, "{organisation_role:?} {role:?} {state:?}");
            assert!(!rights.may_ask_for(own, PartKind::Committee));
        }
    }
}
