//! A version as one Markdown document, for those who read elsewhere. Everything is plain text: nobody's words make a heading of it.

use super::view::{Book, SharesView};
use crate::{
    decisions::plain::{cell, inline, opening},
    platform::locale::T,
};
use std::fmt::Write;

/// What stands above it.
#[derive(Clone, Debug)]
pub struct Head {
    /// `GEO Monitor: playbook`.
    pub title: String,
    /// `Version 2, published on 3 Nov 2026 by Lin Yue`.
    pub published: String,
    /// What the lead says about it; may be empty.
    pub note: String,
}

/// The whole of it.
#[must_use]
pub fn document(t: T, head: &Head, book: &Book) -> String {
    let mut out = String::with_capacity(8192);
    heading(&mut out, 1, &head.title);
    paragraph(&mut out, &head.published);
    paragraph(&mut out, &head.note);
    for section in &book.sections {
        heading(&mut out, 2, &t.playbook_numbered(section.number, &section.title));
        match section.number {
            1 => {
                paragraph(&mut out, &book.vision);
                paragraph(&mut out, &book.way);
            }
            2 => pairs(&mut out, &book.answers),
            3 => {
                paragraph(&mut out, &t.playbook_first_three());
                pairs(&mut out, book.worth.as_slice());
            }
            4 => goals(&mut out, t, book),
            5 => book.shares.iter().for_each(|one| shares(&mut out, t, one)),
            6 => division(&mut out, t, book),
            7 => stages(&mut out, t, book),
            8 => meetings(&mut out, t, book),
            9 => asking(&mut out, t, book),
            _ => words(&mut out, book),
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn heading(out: &mut String, level: usize, text: &str) {
    let _infallible = writeln!(out, "{} {}\n", "#".repeat(level), inline(text));
}

fn paragraph(out: &mut String, text: &str) {
    for part in text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
        let _infallible = writeln!(out, "{}\n", opening(part));
    }
}

fn pairs(out: &mut String, pairs: &[(String, String)]) {
    for (label, text) in pairs {
        let _infallible = writeln!(out, "**{}**\n", inline(label));
        paragraph(out, text);
    }
}

fn item(out: &mut String, text: &str) {
    let _infallible = writeln!(out, "- {}", opening(text));
}

fn table(out: &mut String, head: &[String], rows: impl Iterator<Item = Vec<String>>) {
    let line = |out: &mut String, cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        let _infallible = writeln!(out, "| {} |", cells.join(" | "));
    };
    line(out, head);
    let _infallible = writeln!(out, "|{}", " --- |".repeat(head.len()));
    for row in rows {
        line(out, &row);
    }
    out.push('\n');
}

fn goals(out: &mut String, t: T, book: &Book) {
    for one in &book.objectives {
        heading(out, 3, &t.playbook_objective(one.position, &one.title));
        paragraph(out, &one.why);
        for result in &one.key_results {
            let said = t.playbook_result(&result.place, &result.title);
            item(out, &t.clauses(&[said, result.terms.clone(), t.playbook_answers_for(&result.owner)]));
        }
        out.push('\n');
    }
}

fn shares(out: &mut String, t: T, of: &SharesView) {
    heading(out, 3, &of.party.name);
    for (place, title, owes) in &of.columns {
        let said = t.playbook_result(place, title);
        item(out, &if owes.is_empty() { said } else { t.clauses(&[said, owes.clone()]) });
    }
    out.push('\n');
    let mut head = vec![t.playbook_month()];
    head.extend(of.columns.iter().map(|(place, _, _)| format!("KR{place}")));
    let rows = of.rows.iter().map(|(month, cells)| [vec![month.clone()], cells.clone()].concat());
    let sums = of.sums.iter().map(|cells| [vec![t.playbook_sum()], cells.clone()].concat());
    table(out, &head, rows.chain(sums));
}

fn division(out: &mut String, t: T, book: &Book) {
    for (letter, meaning) in Book::letters(t) {
        item(out, &t.playbook_letter(letter, meaning));
    }
    out.push('\n');
    for stage in &book.division {
        heading(out, 3, &stage.stage);
        let mut head = vec![t.playbook_duty()];
        head.extend(book.parties.iter().map(|party| party.name.clone()));
        table(out, &head, stage.duties.iter().map(|(title, letters)| [vec![title.clone()], letters.clone()].concat()));
    }
}

fn stages(out: &mut String, t: T, book: &Book) {
    if !book.launch.is_empty() {
        paragraph(out, &t.playbook_launch_on(&book.launch));
    }
    for stage in &book.stages {
        heading(out, 3, &stage.name);
        paragraph(out, &t.playbook_gate_on(&stage.days, &stage.gate));
        if !stage.rules.is_empty() {
            paragraph(out, &t.playbook_gate_asks());
        }
        for rule in &stage.rules {
            item(out, rule);
        }
        out.push('\n');
    }
}

fn meetings(out: &mut String, t: T, book: &Book) {
    let head = [t.playbook_meeting(), t.playbook_when(), t.playbook_length(), t.playbook_who()];
    let row =
        |one: &super::view::MeetingView| vec![one.name.clone(), one.when.clone(), one.length.clone(), one.who.clone()];
    table(out, &head, book.meetings.iter().map(row));
}

fn asking(out: &mut String, t: T, book: &Book) {
    for (number, step) in
        [t.playbook_ask_direct(), t.playbook_ask_again(), t.playbook_ask_escalate()].iter().enumerate()
    {
        let _infallible = writeln!(out, "{}. {}", number + 1, opening(step));
    }
    out.push('\n');
    let head = [t.playbook_department(), t.playbook_speaker()];
    table(out, &head, book.departments().map(|one| vec![one.name.clone(), one.speaker.clone()]));
    let mut head = vec![t.playbook_category()];
    head.extend(book.steps.iter().cloned());
    let row = |(name, steps): &(String, Vec<(String, String)>)| {
        [name].into_iter().chain(steps.iter().map(|(_, limit)| limit)).cloned().collect()
    };
    table(out, &head, book.limits.iter().map(row));
}

fn words(out: &mut String, book: &Book) {
    for (term, means) in &book.words {
        let _infallible = writeln!(out, "- **{}** {}", inline(term), inline(means));
    }
}
