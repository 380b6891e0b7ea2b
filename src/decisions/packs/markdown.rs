//! An escalation as one Markdown document, for those who read elsewhere. Plain values are escaped; texts that people wrote as
//! Markdown stay it, and keep to their place: nobody's words make a heading of the document, or leave its outline.

use crate::{
    decisions::{
        embedded::{address, markdown},
        escalations::{
            Case,
            view::{View, VoteRow, Votes},
        },
        plain,
    },
    platform::locale::T,
};
use std::fmt::Write;

/// The whole of it, as its reader sees it.
#[must_use]
pub fn document(case: &Case, view: &View) -> String {
    let (t, dossier) = (case.shell().t, case.dossier());
    let mut out = String::with_capacity(4096);
    heading(&mut out, 1, &line(&format!("{} {}", view.label, view.question)));
    let sides: Vec<&str> = view.sides.iter().map(|side| side.chip.name.as_str()).collect();
    paragraph(&mut out, &line(&format!("{} · {} · {}", view.state_label, sides.join(" / "), view.kind)));
    paragraph(&mut out, &line(&view.raised));
    if let Some(pack) = &view.pack {
        paragraph(&mut out, &line(&format!("{} · SHA-256 {}", t.pack_version(pack.version), pack.hash)));
    }
    if let Some(ending) = &view.ending {
        heading(&mut out, 2, &line(&ending.title));
        paragraph(&mut out, &line(&ending.line));
        paragraph(&mut out, &line(&ending.chosen));
        let text = dossier.decision.as_ref().map_or(&dossier.outcome, |decision| &decision.rationale);
        paragraph(&mut out, &markdown(text, 2));
    }
    if !dossier.background.is_empty() {
        heading(&mut out, 2, &t.decisions_background());
        paragraph(&mut out, &markdown(&dossier.background, 2));
    }
    positions(&mut out, case, view);
    options(&mut out, t, view);
    evidence(&mut out, case, view);
    if let Some(votes) = &view.votes {
        ballots(&mut out, t, votes, view.committee.as_ref().map_or("", |committee| committee.why.as_str()));
    }
    paragraph(&mut out, &line(&view.printed));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn positions(out: &mut String, case: &Case, view: &View) {
    let t = case.shell().t;
    heading(out, 2, &t.escalation_positions());
    for (side, part) in view.sides.iter().zip([case.dossier().from, case.dossier().to]) {
        heading(out, 3, &line(&side.chip.name));
        match case.dossier().position_of(part) {
            Some(position) => paragraph(out, &markdown(&position.statement, 3)),
            None => paragraph(out, &line(&side.owes)),
        }
        if !side.wants.is_empty() {
            paragraph(out, &line(&format!("{} {}", t.escalation_wants(), side.wants)));
        }
    }
}

/// A table: a row a criterion, a column an option.
fn options(out: &mut String, t: T, view: &View) {
    let Some(first) = view.options.first() else { return };
    heading(out, 2, &t.decisions_options());
    let row = |out: &mut String, label: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> =
            std::iter::once(plain::cell(label)).chain(cells.map(|cell| plain::cell(&cell))).collect();
        let _infallible = writeln!(out, "| {} |", cells.join(" | "));
    };
    row(out, "", &mut view.options.iter().map(|option| t.labelled(&option.letter, &option.title)));
    let _infallible = writeln!(out, "|{}", " --- |".repeat(view.options.len() + 1));
    if view.options.iter().any(|option| !option.flag.is_empty()) {
        row(out, "", &mut view.options.iter().map(|option| option.flag.clone()));
    }
    if view.options.iter().any(|option| !option.summary.is_empty()) {
        row(out, "", &mut view.options.iter().map(|option| option.summary.clone()));
    }
    if view.options.iter().any(|option| !option.does.is_empty()) {
        row(out, "", &mut view.options.iter().map(|option| option.does.clone()));
    }
    for (at, (label, _, _)) in first.rows.iter().enumerate() {
        let answer = |rows: &[(String, String, String)]| {
            let answer = rows.get(at).map(|row| row.1.clone()).unwrap_or_default();
            if answer.is_empty() { t.escalation_not_answered() } else { answer }
        };
        row(out, label, &mut view.options.iter().map(|option| answer(&option.rows)));
    }
    out.push('\n');
}

fn evidence(out: &mut String, case: &Case, view: &View) {
    if view.evidence.is_empty() {
        return;
    }
    heading(out, 2, &case.shell().t.decisions_evidence());
    for (piece, raw) in view.evidence.iter().zip(&case.dossier().evidence) {
        let name = &piece.link.text;
        let _infallible = match &raw.url {
            Some(url) => writeln!(out, "- [{}](<{}>)", plain::label(name), address(url)),
            // It begins the line of its item.
            None => writeln!(out, "- {}", line(name)),
        };
        if raw.body.is_empty() {
            continue;
        }
        // Below its name and part of its item; a table needs the empty line.
        out.push('\n');
        for one in markdown(&raw.body, 2).lines() {
            let _infallible = writeln!(out, "{}", format!("  {one}").trim_end());
        }
        out.push('\n');
    }
    out.push('\n');
}

fn ballots(out: &mut String, t: T, votes: &Votes, why: &str) {
    let rows = |out: &mut String, rows: &[VoteRow]| {
        for row in rows {
            let chosen = if row.letter.is_empty() { &row.word } else { &row.letter };
            let reason = if row.reason.is_empty() { String::new() } else { format!(" – {}", line(&row.reason)) };
            let old = if row.is_out_of_date { format!(" ({})", t.escalation_row_out_of_date()) } else { String::new() };
            let _infallible = writeln!(out, "- {}: {}{old}{reason}", line(&row.name), line(chosen));
        }
        out.push('\n');
    };
    heading(out, 2, &t.escalation_votes());
    if votes.hidden.is_empty() {
        paragraph(out, &line(&votes.line));
        paragraph(out, &line(why));
        rows(out, &votes.members);
    } else {
        paragraph(out, &line(&votes.hidden));
    }
    if !votes.advisers.is_empty() {
        heading(out, 2, &t.escalation_advice());
        rows(out, &votes.advisers);
    }
}

fn heading(out: &mut String, level: usize, text: &str) {
    let _infallible = writeln!(out, "{} {text}\n", "#".repeat(level));
}

fn paragraph(out: &mut String, text: &str) {
    if !text.is_empty() {
        let _infallible = writeln!(out, "{text}\n");
    }
}

/// Somebody's words on one line of their own.
#[must_use]
pub fn line(text: &str) -> String {
    plain::opening(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_words_are_markdown() {
        for (text, expected) in [
            ("plain words, 10 % off", "plain words, 10 % off"),
            ("# Not a heading", "\\# Not a heading"),
            ("- no list", "\\- no list"),
            ("3. no list", "3\\. no list"),
            ("3.7 months", "3.7 months"),
            ("a | b", "a | b"),
            ("| a | b |", "\\| a | b |"),
            ("[x](javascript:y)", "\\[x](javascript:y)"),
            ("<script>", "\\<script>"),
            ("a\n# b", "a # b"),
            ("=====", "\\====="),
        ] {
            assert_eq!(line(text), expected);
        }
    }
}
