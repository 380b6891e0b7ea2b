//! What the form to raise an escalation asks for; pure.

use crate::{
    decisions::{
        hearing::model::{EvidenceToAdd, STATEMENT, read_evidence, too_long, with_ids},
        matrix::{EscalationMatrix, Kind},
        options::model::{LETTERS, OptionRow, TITLE},
    },
    goals::signing::proposed::Proposed,
    platform::{
        ids::{EscalationId, EvidenceId, OptionId, PartId},
        locale::T,
    },
    projects::{Part, PartKind, Rights},
    web::{Errors, Fields},
};

/// Longest question, in characters.
pub const QUESTION: usize = 200;
/// Longest background.
pub const BACKGROUND: usize = 10_000;
/// How many options the form has room for; more are added later.
pub const OPTIONS: usize = 3;

/// An escalation ready to be written.
#[derive(Debug)]
pub struct Raise {
    /// Made with the form.
    pub id: EscalationId,
    /// In one sentence.
    pub question: String,
    /// Markdown.
    pub background: String,
    /// The side that raises it.
    pub from: PartId,
    /// The other side.
    pub to: PartId,
    /// Its kind in the matrix.
    pub kind: &'static Kind,
    /// What the raising side says; empty when the raiser does not belong to it.
    pub position: String,
    /// The first evidence, a piece or more.
    pub evidence: Vec<EvidenceToAdd>,
    /// Options, if any yet.
    pub options: Vec<OptionRow>,
    /// The number of the task it is about.
    pub task: Option<i32>,
    /// What the first option would do to goals, where a page of goals drafted it.
    pub proposes: Option<Proposed>,
}

/// Who can be one of the two sides: departments and the lead.
pub fn sides(parts: &[Part]) -> impl Iterator<Item = &Part> {
    parts.iter().filter(|part| matches!(part.kind, PartKind::Department | PartKind::Lead))
}

/// Whether the person may raise in the name of a part: of their own department; the lead, the committee and its chair
/// between any two.
#[must_use]
pub fn may_raise_for(rights: &Rights, part: PartId) -> bool {
    rights.may_raise() && (rights.belongs_to(part) || rights.is_lead() || rights.is_on_committee())
}

/// The kinds that fit the two sides that the form names; those of any pair while it names none.
#[must_use]
pub fn kinds(matrix: &'static EscalationMatrix, parts: &[Part], from: &str, to: &str) -> Vec<&'static Kind> {
    let code = |id: &str| {
        let id: Option<PartId> = id.parse().ok();
        sides(parts).find(|part| Some(part.id) == id).map_or("", |part| part.code.as_str())
    };
    matrix.kinds_for((code(from), code(to)))
}

/// Reads the form; every mistake at once.
///
/// # Errors
/// The mistakes.
pub fn read(
    t: T,
    matrix: &'static EscalationMatrix,
    key: &str,
    parts: &[Part],
    rights: &Rights,
    fields: &Fields,
) -> Result<Raise, Errors> {
    let mut errors = Errors::none();
    let sides = read_sides(t, parts, rights, fields, &mut errors);
    let kind = kinds(matrix, parts, fields.get("from"), fields.get("to"))
        .into_iter()
        .find(|kind| kind.code == fields.get("kind"));
    if kind.is_none() {
        errors.add("kind", t.decisions_kind_missing());
    }
    let question = fields.get("question").to_owned();
    match question.chars().count() {
        5..=QUESTION => {}
        0..5 => errors.add("question", t.decisions_question_missing()),
        _ => errors.add("question", t.decisions_too_long(QUESTION)),
    }
    let background = fields.text("background");
    if too_long(&background, BACKGROUND) {
        errors.add("background", t.decisions_too_long(BACKGROUND));
    }
    let position = fields.text("position");
    let belongs = sides.is_some_and(|(from, _)| rights.belongs_to(from));
    if position.is_empty() && belongs {
        errors.add("position", t.decisions_position_missing());
    } else if too_long(&position, STATEMENT) {
        errors.add("position", t.decisions_too_long(STATEMENT));
    }
    let evidence = read_evidence(t, key, fields, &mut errors);
    if evidence.is_empty() && errors.get("evidence_task").is_none() {
        errors.add("evidence_label", t.decisions_evidence_missing());
    }
    let options = read_options(t, fields, &mut errors);
    match (sides, kind, fields.value("id"), fields.value("evidence_id")) {
        (Some((from, to)), Some(kind), Some(id), Some(evidence_id)) if errors.is_empty() => {
            let evidence = with_ids(EvidenceId(evidence_id), evidence);
            let (id, task) = (EscalationId(id), fields.value("task"));
            Ok(Raise { id, question, background, from, to, kind, position, evidence, options, task, proposes: None })
        }
        _ => Err(errors),
    }
}

fn read_sides(t: T, parts: &[Part], rights: &Rights, fields: &Fields, errors: &mut Errors) -> Option<(PartId, PartId)> {
    let read = |name: &str| {
        let id: Option<PartId> = fields.value(name);
        sides(parts).map(|part| part.id).find(|part| Some(*part) == id)
    };
    let (from, to) = (read("from"), read("to"));
    match (from, to) {
        (None, _) => errors.add("from", t.decisions_side_missing()),
        (Some(from), _) if !may_raise_for(rights, from) => errors.add("from", t.decisions_side_not_yours()),
        (Some(from), Some(to)) if from == to => errors.add("to", t.decisions_sides_equal()),
        (Some(_), _) => {}
    }
    if to.is_none() {
        errors.add("to", t.decisions_side_missing());
    }
    Some((from?, to?))
}

fn read_options(t: T, fields: &Fields, errors: &mut Errors) -> Vec<OptionRow> {
    let mut rows: Vec<OptionRow> = Vec::new();
    for index in 1..=OPTIONS {
        let field = format!("option{index}");
        let title = fields.get(&field).to_owned();
        if too_long(&title, TITLE) {
            errors.add(field, t.decisions_too_long(TITLE));
        } else if !title.is_empty()
            && let Some(letter) = LETTERS.get(rows.len())
        {
            let id = OptionId::new();
            rows.push(OptionRow { id, letter, title, summary: String::new(), is_new: true, answers: Vec::new() });
        }
    }
    rows
}
