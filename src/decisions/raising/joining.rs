//! What a room above adds to an escalation in a change of its own: a piece of evidence, the position of a side. The fact that the
//! room proves is the right; the caller commits.

use super::actions::Ground;
use crate::{
    decisions::{
        clock::store::{Which, lock},
        hearing::{
            model::EvidenceToAdd,
            store::{self as hearing, Statement},
        },
        packs,
    },
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{EscalationId, PartId, PersonId, ProjectId},
    web::Result,
};

/// An open escalation, locked.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its id.
    pub id: EscalationId,
    /// Its number in the project.
    pub number: i32,
    /// In one sentence.
    pub question: String,
}

/// Locks an escalation; none once it is closed.
///
/// # Errors
/// Of the database.
pub async fn open(change: &mut Change, project: ProjectId, id: EscalationId) -> Result<Option<Open>> {
    let found = lock(change.conn(), Which::One(project, id)).await?;
    Ok(found.map(|found| Open { id, number: found.number, question: found.question }))
}

fn event(kind: Kind, project: ProjectId, open: &Open) -> Event {
    let subject = Subject::new(SubjectKind::Escalation, open.id.uuid(), format!("E-{}", open.number), &open.question);
    Event::new(kind, subject).of(project)
}

/// Adds a piece of evidence; the committee's pack follows.
///
/// # Errors
/// Of the database.
pub async fn add_evidence(change: &mut Change, ground: &Ground<'_>, open: &Open, piece: &EvidenceToAdd) -> Result<()> {
    let at = change.now();
    let by = (ground.by, ground.is_drafted);
    if hearing::add_evidence(change.conn(), ground.project, open.id, piece, None, by, at).await? {
        let added = event(Kind::EvidenceAdded, ground.project, open).by_program(ground.is_drafted);
        change.record(added.after("evidence", piece.what.name(ground.key)));
    }
    packs::actions::freeze(change, ground.project, open.number, Some(ground.by), None).await
}

/// Writes the first position of a side from what somebody of it said elsewhere.
///
/// # Errors
/// Of the database.
pub async fn speak(
    change: &mut Change,
    ground: &Ground<'_>,
    open: &Open,
    (part, (author, name), text): (PartId, (PersonId, &str), &str),
) -> Result<()> {
    let statement = Statement { part, author, is_drafted: false, text, wants: None, at: change.now() };
    if hearing::write_position(change.conn(), ground.project, open.id, &statement, 0).await? {
        let side = ground.parts.iter().find(|known| known.id == part);
        let side = side.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh));
        let written = event(Kind::PositionWritten, ground.project, open);
        // Whoever makes the change passes on what somebody else has said.
        change.record(written.after("department", side).after("person", name).after("statement", text));
    }
    Ok(())
}
