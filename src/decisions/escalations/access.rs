//! Who sees an escalation, and who may do what with it (ARCHITECTURE §5). Project viewers see all of them. Advisers see
//! those that are or were before the committee, guests those they were asked about, and nothing else of the project.

use super::{
    dossier::{Dossier, Guest, TaskAbout},
    model::{Refusal, State},
    store,
};
use crate::{
    decisions::rules::Verdict,
    events::Change,
    platform::{
        db::Lease,
        ids::{PartId, PersonId},
    },
    projects::{Part, PartKind, Project, ProjectHead, Rights, Standing, Tab},
    web::{AppState, Error, Place, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;

/// An escalation in front of somebody who may see it.
#[derive(Debug)]
pub struct Case {
    shell: Shell,
    project: Project,
    rights: Rights,
    parts: Vec<Part>,
    head: ProjectHead,
    person: PersonId,
    dossier: Dossier,
    lease: Option<Lease>,
}

impl Case {
    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The head of the project's pages; not for outsiders.
    #[must_use]
    pub fn head(&self) -> &ProjectHead {
        &self.head
    }

    /// Everybody who takes part in the project.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// The escalation as it was when the page was asked for.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The reader.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The connection that found it; gone once a change began.
    ///
    /// # Errors
    /// When a change has begun, which is our fault.
    pub fn conn(&mut self) -> Result<&mut PgConnection> {
        self.lease.as_deref_mut().ok_or_else(|| Error::internal("the connection was given back"))
    }

    /// Gives the connection back, so that one request never holds two, and begins a change.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn change(&mut self, state: &AppState) -> Result<Change> {
        self.lease = None;
        Change::begin(state, &self.shell).await
    }

    /// Reads the escalation again on a fresh connection, to show it as it is now.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn refresh(&mut self, state: &AppState) -> Result<()> {
        self.lease = None;
        let mut lease = state.db.lease().await?;
        self.dossier =
            store::dossier(&mut lease, self.project.id, self.dossier.number).await?.ok_or(Error::NotFound)?;
        self.lease = Some(lease);
        Ok(())
    }

    /// The escalation as it is now, locked for the rest of the change.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn locked(&self, change: &mut Change) -> Result<Dossier> {
        store::locked(change.conn(), self.project.id, self.dossier.number).await?.ok_or(Error::NotFound)
    }

    /// Takes the case apart for its page.
    #[must_use]
    pub fn into_parts(self) -> (Shell, ProjectHead, Dossier) {
        (self.shell, self.head, self.dossier)
    }

    /// Sees this escalation only, not the project around it.
    #[must_use]
    pub fn is_outsider(&self) -> bool {
        !self.rights.may_see()
    }

    /// Whether the project can be changed at all.
    fn is_changeable(&self) -> bool {
        self.project.state != crate::projects::ProjectState::Archived
    }

    /// Asks for requirement changes in the name of a part.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.rights.may_ask()
    }

    /// Answers for the project.
    #[must_use]
    pub fn is_lead(&self) -> bool {
        self.is_changeable() && self.rights.is_lead()
    }

    /// Raised it.
    #[must_use]
    pub fn is_raiser(&self) -> bool {
        self.is_changeable() && self.dossier.raised_by == self.person && self.rights.may_raise()
    }

    /// Speaks for this side: its liaison, or the lead where the lead is a side.
    #[must_use]
    pub fn speaks_for(&self, part: PartId) -> bool {
        let is_leads = self.part(part).is_some_and(|part| part.kind == PartKind::Lead);
        self.is_changeable()
            && self.dossier.is_side(part)
            && (self.rights.is_liaison_of(part) || is_leads && self.rights.is_lead())
    }

    /// The sides the reader speaks for.
    #[must_use]
    pub fn own_sides(&self) -> Vec<PartId> {
        [self.dossier.from, self.dossier.to].into_iter().filter(|part| self.speaks_for(*part)).collect()
    }

    /// Speaks for either side.
    #[must_use]
    pub fn is_speaker(&self) -> bool {
        !self.own_sides().is_empty()
    }

    /// Belongs to either side, answers for the project, or raised it: adds evidence.
    #[must_use]
    pub fn may_add_evidence(&self) -> bool {
        self.is_lead()
            || self.is_raiser()
            || self.is_changeable()
                && (self.rights.belongs_to(self.dossier.from) || self.rights.belongs_to(self.dossier.to))
    }

    /// Writes options and how they compare: whoever raised it, the two liaisons, the lead.
    #[must_use]
    pub fn may_prepare(&self) -> bool {
        self.is_lead() || self.is_raiser() || self.is_speaker()
    }

    /// Chooses what options are compared on: whoever raised it and the lead.
    #[must_use]
    pub fn may_choose_criteria(&self) -> bool {
        self.is_lead() || self.is_raiser()
    }

    /// Passes it from the liaisons to the lead.
    #[must_use]
    pub fn may_pass_to_lead(&self) -> bool {
        self.is_lead() || self.is_speaker()
    }

    /// Settles at the lead's step, recommends, and passes on to the committee.
    #[must_use]
    pub fn may_settle_as_lead(&self) -> bool {
        self.rights.may_settle_as_lead()
    }

    /// Writes options, criteria and the recommendation as it stands now: before the committee has it whoever prepares it;
    /// then the lead alone, who answers for what the committee has in front of it, and every change is a new version.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right, [`Error::Conflict`] when it is too late for it.
    pub fn require_options(&self, state: State, may: bool) -> Result<()> {
        require(may)?;
        if state.is_being_prepared() || state == State::WithCommittee && self.is_lead() {
            Ok(())
        } else {
            Err(Error::Conflict)
        }
    }

    /// Holds a seat whose ballot counts, though they may have stepped aside.
    #[must_use]
    pub fn holds_vote(&self) -> bool {
        self.rights.may_vote()
    }

    /// Casts a ballot that counts.
    #[must_use]
    pub fn may_vote(&self) -> bool {
        self.rights.may_vote() && self.dossier.aside_of(self.person).is_none()
    }

    /// Casts a ballot that is shown and not counted.
    #[must_use]
    pub fn may_advise(&self) -> bool {
        self.is_changeable() && !self.holds_vote() && (self.rights.is_adviser() || self.dossier.is_guest(self.person))
    }

    /// Records the committee's decision: the chair, or the deputy where the chair cannot.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.rights.may_vote() && self.dossier.is_recorder(self.person, self.shell.today())
    }

    /// What can be recorded from the ballots in `now`.
    #[must_use]
    pub fn verdict(&self, now: &Dossier) -> Verdict {
        now.verdict(self.project.quorum, self.shell.today())
    }

    /// Sets how the committee decides.
    #[must_use]
    pub fn sets_rules(&self) -> bool {
        self.rights.may_manage()
    }

    /// Sets how the committee decides, or says that the chair is away.
    #[must_use]
    pub fn keeps_rules(&self) -> bool {
        self.rights.may_manage() || self.rights.may_decide()
    }

    /// Reads how members voted. Where results are hidden, only members who have voted do until it is closed: neither the
    /// chair before their own ballot nor anybody without a vote.
    #[must_use]
    pub fn sees_results(&self) -> bool {
        let has_voted = || self.dossier.counted().any(|ballot| ballot.person_id == self.person);
        !self.dossier.rules.hides_results || !self.dossier.state.is_open() || has_voted()
    }

    /// Asks a guest or an adviser.
    #[must_use]
    pub fn may_invite(&self) -> bool {
        self.is_lead() || self.rights.may_decide() || self.may_decide()
    }

    /// Takes an invitation back: who made it, and the lead.
    #[must_use]
    pub fn may_uninvite(&self, guest: &Guest) -> bool {
        self.is_changeable() && (self.rights.is_lead() || guest.invited_by == self.person)
    }

    /// Asks the raiser, which stops the clock: the other side's liaison, the lead, the committee; never the raising side.
    #[must_use]
    pub fn may_ask_raiser(&self) -> bool {
        let decides = self.is_lead() || self.is_changeable() && self.rights.is_on_committee();
        (self.speaks_for(self.dossier.to) || decides) && !self.may_answer_question()
    }

    /// Answers for the raising side: who raised it, and its liaison.
    #[must_use]
    pub fn may_answer_question(&self) -> bool {
        self.is_raiser() || self.speaks_for(self.dossier.from)
    }

    /// Takes the open question back: who asked it, and the lead.
    #[must_use]
    pub fn may_take_question_back(&self) -> bool {
        let asked = self.dossier.open_question.as_ref().is_some_and(|open| open.asked_by == self.person);
        self.is_lead() || self.is_changeable() && asked
    }

    /// Ends the block of the task it is about by a settlement: the lead of any, a side's liaison of either side's.
    #[must_use]
    pub fn may_unblock(&self, task: &TaskAbout) -> bool {
        self.is_lead() || self.is_speaker() && self.dossier.is_side(task.part_id)
    }

    /// Comments; advisers and guests on what they see.
    #[must_use]
    pub fn may_comment(&self) -> bool {
        self.rights.may_comment() || self.may_advise()
    }

    /// The proof for one reader.
    ///
    /// # Errors
    /// [`Error::NotFound`]: who may not see it may not know that it exists.
    pub fn prove(standing: Standing, person: PersonId, dossier: Dossier) -> Result<Self> {
        let head = standing.head(Tab::None);
        let Standing { shell, project, rights, parts, lease, .. } = standing;
        let is_advisers = rights.is_adviser() && dossier.was_before_committee();
        if !rights.may_see() && !is_advisers && !dossier.is_guest(person) {
            return Err(Error::NotFound);
        }
        let shell = if rights.may_see() { shell } else { shell.at(Place::Committee) };
        Ok(Self { shell, project, rights, parts, head, person, dossier, lease: Some(lease) })
    }
}

impl FromRequestParts<AppState> for Case {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let number: i32 = paths::parameter(parts, "number").await?;
        let mut standing = Standing::load(parts, state).await?;
        let person = standing.shell.viewer()?.person_id;
        let dossier = store::dossier(&mut standing.lease, standing.project.id, number).await?.ok_or(Error::NotFound)?;
        Self::prove(standing, person, dossier)
    }
}

/// Proof of a right that the case holds.
///
/// # Errors
/// [`Error::Forbidden`] without it.
pub fn require(right: bool) -> Result<()> {
    if right { Ok(()) } else { Err(Error::Forbidden) }
}

impl From<Refusal> for Error {
    /// Somebody was faster: the page that offered the action no longer stands.
    fn from(_: Refusal) -> Self {
        Self::Conflict
    }
}

/// Only while it is open.
///
/// # Errors
/// [`Error::Conflict`].
pub fn still_open(state: State) -> Result<()> {
    if state.is_open() { Ok(()) } else { Err(Error::Conflict) }
}
