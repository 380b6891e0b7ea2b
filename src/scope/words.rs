//! Changes in words: what a move says, what is asked of liaisons, lead and committee when the budget does not hold a change. Pure.

use super::{
    case::{EscalationEnd, Move, MoveKind, ScopeChange},
    model::{Budget, Sums},
    store::lists::Listed,
};
use crate::{
    decisions::{
        hearing::model::{BODY, EvidenceToAdd, LABEL, NewEvidence, STATEMENT, with_ids},
        matrix::Kind,
        options::model::{LETTERS, OptionRow, TITLE},
        plain::cell,
        raising::model::{BACKGROUND, QUESTION, Raise},
    },
    platform::{
        ids::{EscalationId, EvidenceId, OptionId, PartId},
        locale::T,
    },
    projects::{Part, scope::Days},
};

/// What a move of a part says, such as `R&D states 3 working days`.
#[must_use]
pub fn said(t: T, one: &Move, name: &str, escalation: Option<&EscalationEnd>) -> String {
    let size = one.halves.map(|halves| Days::of_halves(halves).words(t)).unwrap_or_default();
    let by = escalation.and_then(|end| end.by(t)).unwrap_or_default();
    match one.kind {
        MoveKind::Asked => t.scope_said_asked(name),
        MoveKind::Sized => t.scope_said_sized(name, size),
        MoveKind::Accepted => t.scope_said_accepted(name),
        MoveKind::Declined => t.scope_said_declined(name),
        MoveKind::Withdrawn => t.scope_said_withdrawn(name),
        MoveKind::OverBudget => t.scope_said_over_budget(),
        MoveKind::TakenIn => t.scope_said_taken_in(by),
        MoveKind::LeftOut => t.scope_said_left_out(by),
    }
}

/// What stands in the ledger when the budget is used up.
#[derive(Debug)]
pub struct Ledger {
    /// Every change of the baseline, newest first.
    pub lines: Vec<Listed>,
    /// All together.
    pub total: Sums,
    /// By the part that asked.
    pub each: Vec<(PartId, Sums)>,
    /// The change that the budget does not hold.
    pub about: i32,
}

/// What the escalation is made from.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The language of whoever accepted.
    pub t: T,
    /// Everybody who takes part.
    pub parts: &'a [Part],
    /// The change.
    pub now: &'a ScopeChange,
    /// Its size.
    pub size: Days,
    /// The budget before it.
    pub budget: Budget,
    /// The changes so far.
    pub ledger: &'a Ledger,
    /// The kind of disagreement.
    pub kind: &'static Kind,
    /// The side that accepted last, and the other one.
    pub sides: (PartId, PartId),
    /// What the first of them said.
    pub position: &'a str,
}

impl Facts<'_> {
    fn name(&self, id: PartId) -> &str {
        self.parts.iter().find(|part| part.id == id).map_or("–", |part| part.name(self.t))
    }

    /// `Sales 5 working days, Product 2.5 working days`, the most first; with what this change adds.
    fn contributors(&self) -> String {
        let of = |(id, sums): &(PartId, Sums)| {
            let days = if *id == self.now.part { sums.accepted + self.size } else { sums.accepted };
            (*id, days)
        };
        let mut each: Vec<(PartId, Days)> =
            self.ledger.each.iter().map(of).filter(|(_, days)| *days > Days::default()).collect();
        each.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        let t = self.t;
        let named: Vec<String> =
            each.iter().map(|(id, days)| t.scope_contributes(days.words(t), self.name(*id))).collect();
        t.list(&named)
    }

    /// The table of changes that count, and of this one.
    fn table(&self) -> String {
        let t = self.t;
        let mut rows = vec![
            format!("| {} | {} | {} |", t.scope_change(), t.scope_asks(), t.scope_size()),
            "| --- | --- | --- |".to_owned(),
        ];
        for line in self.ledger.lines.iter().rev() {
            let is_it = line.number == self.ledger.about;
            let Some(size) = line.size.filter(|_| is_it || line.standing.state == super::State::Accepted) else {
                continue;
            };
            let title = format!("C-{} {}", line.number, line.title);
            let title = if is_it { t.scope_this_one(cell(&title)) } else { cell(&title) };
            rows.push(format!("| {title} | {} | {} |", cell(self.name(line.part)), size.words(t)));
        }
        rows.join("\n")
    }
}

/// The escalation for a change that the budget does not hold.
#[must_use]
pub fn raise(facts: &Facts<'_>) -> Raise {
    let Facts { t, now, size, budget, .. } = *facts;
    let label = now.label();
    let question = t.scope_question(label.as_str(), now.title.as_str());
    let intro = t.scope_background(budget.of.words(t), label.as_str(), size.words(t), budget.used.words(t));
    let who = t.scope_contributors_line(facts.contributors());
    let why = t.scope_why_line(now.why.as_str());
    let table = facts.table();
    let options = [t.scope_option_raise(), t.scope_option_leave()];
    let options = options.into_iter().zip(LETTERS).map(|(title, letter)| OptionRow {
        id: OptionId::new(),
        letter,
        title: cut(&title, TITLE),
        summary: String::new(),
        is_new: true,
        answers: Vec::new(),
    });
    let evidence = NewEvidence::Text { label: cut(&t.scope_evidence(), LABEL), body: cut_lines(&table, BODY) };
    Raise {
        id: EscalationId::new(),
        question: cut(&question, QUESTION),
        background: cut_lines(&format!("{intro}\n\n{who}\n\n{why}"), BACKGROUND),
        from: facts.sides.0,
        to: facts.sides.1,
        kind: facts.kind,
        position: cut(facts.position, STATEMENT),
        evidence: with_ids(EvidenceId::new(), vec![evidence]),
        options: options.collect(),
        task: None,
        proposes: None,
    }
}

/// The evidence by which a further change joins the open escalation.
#[must_use]
pub fn joins(t: T, now: &ScopeChange, size: Days, asker: &str) -> EvidenceToAdd {
    let label = t.scope_joins(asker, now.label(), size.words(t), now.title.as_str());
    let body = cut(&now.why, BODY);
    EvidenceToAdd { id: EvidenceId::new(), what: NewEvidence::Text { label: cut(&label, LABEL), body } }
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Whole lines of at most so many characters, so that a table stays one.
fn cut_lines(text: &str, most: usize) -> String {
    let mut left = most;
    let fits = |line: &&str| {
        let length = line.chars().count() + 1;
        left.checked_sub(length).map(|rest| left = rest).is_some()
    };
    text.lines().take_while(fits).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A title is plain text: in the table it makes neither link nor bold nor cells.
    #[test]
    fn a_title_in_the_table_stays_plain_text() {
        let row = format!("| a |\n| --- |\n| {} |", cell("**Bold** [a](https://example.com) | _b_ `c`"));
        let html = crate::platform::markdown::to_html(&row);
        assert!(html.contains("**Bold** [a](https://example.com) | _b_ `c`</td>"), "{html}");
    }

    #[test]
    fn a_long_table_loses_whole_lines_only() {
        let table = "| a | b |\n| --- | --- |\n| one | two |\n| three | four |";
        assert_eq!(cut_lines(table, table.len() + 1), table);
        assert_eq!(cut_lines(table, table.len() - 1), "| a | b |\n| --- | --- |\n| one | two |");
        assert_eq!((cut("short", 5).as_str(), cut("longer", 5).as_str()), ("short", "long…"));
    }
}
