//! Positions, evidence and comments as the page shows them.

use super::{super::Case, Chip, Link, Typed, chip, html, name_for};
use crate::web::{paths, ui};

/// One side with its statement, and its form for whoever speaks for it.
#[derive(Clone, Debug)]
pub struct SideView {
    /// The part's id.
    pub id: String,
    /// Its tile and name.
    pub chip: Chip,
    /// Who wrote it, or who owes it.
    pub who: String,
    /// Nobody wrote it for this: the program took it from what they said elsewhere.
    pub is_drafted: bool,
    /// As HTML; empty while it is owed.
    pub statement: String,
    /// The letter of the option it wants; may be empty.
    pub wants: String,
    /// When it was written; empty while it is owed.
    pub when: String,
    /// Who still has to write; empty when nobody does.
    pub owes: String,
    /// The reader writes it.
    pub may_write: bool,
    /// Its text as typed.
    pub typed: String,
    /// The option chosen as typed.
    pub typed_wants: String,
    /// The options to choose from.
    pub choices: Vec<ui::Choice>,
    /// The version read.
    pub version: i32,
    /// The id of its text field.
    pub field: String,
}

/// Both sides, the one that raised it first.
pub(super) fn sides(case: &Case, typed: &Typed) -> Vec<SideView> {
    let (shell, dossier) = (case.shell(), case.dossier());
    let t = shell.t;
    let is_outsider = case.is_outsider();
    let mut choices = vec![ui::Choice::new("", t.escalation_wants_open())];
    choices.extend(
        dossier.options.iter().map(|option| ui::Choice::new(option.id, format!("{}: {}", option.letter, option.title))),
    );
    [dossier.from, dossier.to]
        .into_iter()
        .map(|part| {
            let position = dossier.position_of(part);
            let liaison = case.part(part).and_then(|part| part.liaison_name.clone());
            let is_typed = typed.form == "position" && typed.fields.get("side") == part.to_string();
            let text = position.map(|position| position.statement.clone()).unwrap_or_default();
            let wants = position.and_then(|position| position.wants);
            let owes = match (position, dossier.state.is_open(), liaison) {
                (Some(_), _, _) => String::new(),
                (None, false, _) => t.escalation_no_position(),
                (None, true, Some(name)) => t.escalation_owes(name_for(case, &name, is_outsider)),
                (None, true, None) => t.escalation_owes_nobody(),
            };
            SideView {
                id: part.to_string(),
                chip: chip(case, part),
                who: match position {
                    Some(position) if position.is_drafted => t.escalation_evidence_drafted(),
                    Some(position) => name_for(case, &position.author, is_outsider),
                    None => String::new(),
                },
                is_drafted: position.is_some_and(|position| position.is_drafted),
                statement: html(&text),
                wants: wants.and_then(|id| dossier.option(id)).map(|option| option.letter.clone()).unwrap_or_default(),
                when: position.map(|position| shell.moment(position.written_at)).unwrap_or_default(),
                owes,
                may_write: dossier.state.is_open() && case.speaks_for(part),
                typed: if is_typed { typed.fields.text("statement") } else { text },
                typed_wants: if is_typed {
                    typed.fields.get("wants").to_owned()
                } else {
                    wants.map(|id| id.to_string()).unwrap_or_default()
                },
                choices: choices.clone(),
                version: position.map_or(0, |position| position.version),
                field: if is_typed { "statement".to_owned() } else { format!("statement-{part}") },
            }
        })
        .collect()
}

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct EvidenceView {
    /// Its picture.
    pub icon: &'static str,
    /// What it is called, with its address where the reader may open it.
    pub link: Link,
    /// Opens elsewhere.
    pub is_elsewhere: bool,
    /// What it says, as HTML; may be empty.
    pub body: String,
    /// Who added it.
    pub by: String,
}

/// All of it.
pub(super) fn evidence(case: &Case) -> Vec<EvidenceView> {
    let key = &case.project().key;
    let is_outsider = case.is_outsider();
    let t = case.shell().t;
    case.dossier()
        .evidence
        .iter()
        .map(|evidence| {
            let task = evidence.task.as_ref();
            let text = match task {
                Some(task) => {
                    let title = t.title(&task.title, task.title_zh.as_deref());
                    if evidence.label == task.title {
                        format!("{key}-{} {title}", task.number)
                    } else {
                        format!("{} ({key}-{})", evidence.label, task.number)
                    }
                }
                None => evidence.label.clone(),
            };
            let href = match (&evidence.url, task) {
                (Some(url), _) => url.clone(),
                (None, Some(task)) if !is_outsider => paths::task(key, task.number).to_string(),
                (None, _) => String::new(),
            };
            EvidenceView {
                icon: match evidence.kind.as_str() {
                    "link" => "link",
                    "task" => "list",
                    _ => "doc",
                },
                link: Link { href, text },
                is_elsewhere: evidence.url.is_some(),
                body: html(&evidence.body),
                by: if evidence.is_drafted {
                    t.escalation_evidence_drafted()
                } else {
                    t.escalation_evidence_by(name_for(case, &evidence.by, is_outsider))
                },
            }
        })
        .collect()
}

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentView {
    /// For the page's anchors.
    pub id: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub when: String,
    /// As HTML.
    pub body: String,
}

/// All of them, oldest first.
pub(super) fn comments(case: &Case) -> Vec<CommentView> {
    case.dossier()
        .comments
        .iter()
        .map(|comment| {
            let hidden = case.is_outsider() && comment.author_id != case.person();
            CommentView {
                id: comment.id.to_string(),
                who: name_for(case, &comment.name, hidden),
                when: case.shell().moment(comment.created_at),
                body: html(&comment.body),
            }
        })
        .collect()
}
