//! A decision as one Markdown document, to be kept or sent elsewhere. What people wrote stays inside its place: titles are
//! escaped, longer texts are quoted.

use super::{
    effect_lines::{EffectLine, effect_line},
    register::kind_label,
    show::tally_line,
    store,
};
use crate::{
    projects::{Part, ProjectViewer},
    web::{Error, Result, Routes, Shell, Tier, paths},
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/decisions/{number}/markdown", download)
}

async fn download(mut viewer: ProjectViewer, number: paths::Parameter<i32>) -> Result {
    let project = viewer.project().id;
    let decision = store::find(viewer.conn(), project, number.0).await?.ok_or(Error::NotFound)?;
    let (key, name) = (viewer.project().key.clone(), viewer.project().name.clone());
    let text = document(viewer.shell(), &viewer.standing().parts, (&key, &name), &decision);
    let file = format!("attachment; filename=\"{key}-D-{}.md\"", decision.number);
    let kind = "text/markdown; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, file)], text).into_response() as Response)
}

/// One line in which nothing is markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | ';' | '/' | '%' | '\'' | '"' | '?' | '=') {
            out.push('\\');
        }
        out.push(c);
    }
    // A number and a point at the beginning of a line would be a list.
    match out.split_once('.') {
        Some((digits, rest)) if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{digits}\\.{rest}")
        }
        _ => out,
    }
}

/// Markdown that people wrote, inside a quotation that it cannot leave. No HTML in it.
fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| format!("> {}", line.replace('<', "&lt;")).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The document.
fn document(shell: &Shell, parts: &[Part], (key, name): (&str, &str), decision: &store::Decision) -> String {
    let t = shell.t;
    let mut lines = vec![format!("# D-{} {}", decision.number, plain(&decision.title)), String::new()];
    let mut fact = |label: String, value: String| {
        if !value.is_empty() {
            lines.push(format!("- **{}** {value}", plain(&label)));
        }
    };
    fact(t.decisions_doc_project(), format!("{key} {}", plain(name)));
    fact(t.decisions_kind_of(), plain(&kind_label(t, &decision.kind)));
    fact(t.decisions_when(), plain(&t.decisions_review_line(shell.moment(decision.decided_at), &decision.decider)));
    fact(t.decisions_doc_votes(), plain(&tally_line(t, &decision.tally)));
    fact(t.decisions_owner(), plain(&decision.owner));
    fact(t.decisions_review_on(), decision.returns_on().map(|day| t.date(day)).unwrap_or_default());
    fact(t.tab_escalations(), decision.escalation.map(|number| format!("E-{number}")).unwrap_or_default());
    let other = |other: &Option<store::Other>| {
        other.as_ref().map(|other| format!("D-{} {}", other.number, plain(&other.title))).unwrap_or_default()
    };
    fact(t.decisions_supersedes(), other(&decision.supersedes));
    fact(t.decisions_superseded_by(), other(&decision.superseded_by));
    lines.extend([String::new(), format!("## {}", plain(&t.decisions_rationale())), String::new()]);
    lines.push(quoted(&decision.rationale));
    lines.extend([String::new(), format!("## {}", plain(&t.decisions_consequences())), String::new()]);
    if decision.effects.is_empty() {
        lines.push(plain(&t.decisions_no_consequences()));
    }
    lines.extend(decision.effects.iter().map(|effect| effect_item(&effect_line(shell, parts, key, effect))));
    if !decision.reviews.is_empty() {
        lines.extend([String::new(), format!("## {}", plain(&t.decisions_reviews()))]);
    }
    for review in &decision.reviews {
        let by = t.decisions_review_line(shell.moment(review.at), &review.by);
        lines.extend([String::new(), plain(&by), String::new(), quoted(&review.note)]);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn effect_item(line: &EffectLine) -> String {
    let days = match (line.before.as_str(), line.after.as_str()) {
        (_, "") => String::new(),
        ("", after) => format!(" {after}"),
        (before, after) => format!(" {before} → {after}"),
    };
    let who = if line.who.is_empty() { String::new() } else { format!(" ({})", plain(&line.who)) };
    format!("- {}{who}: {}{days}", plain(&line.link.text), plain(&line.what))
}

#[cfg(test)]
mod tests {
    use super::{plain, quoted};

    #[test]
    fn what_people_wrote_stays_in_its_place() {
        for (text, expected) in [
            ("Price 349", "Price 349"),
            ("# Not a heading", "\\# Not a heading"),
            ("two\nlines", "two lines"),
            ("1. Not a list", "1\\. Not a list"),
            ("- no", "\\- no"),
            ("[x](https://evil.example) <b>", "\\[x\\]\\(https://evil.example\\) \\<b\\>"),
            ("*a* _b_ `c` |d|", "\\*a\\* \\_b\\_ \\`c\\` \\|d\\|"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(quoted("# Head\n\n```\nopen <!--"), "> # Head\n>\n> ```\n> open &lt;!--");
        let html =
            crate::platform::markdown::to_html(&format!("{}\n\n## After", quoted("```\nnever closed\n<script>")));
        assert!(html.contains("<h") && html.rfind("After") > html.find("</blockquote>"), "{html}");
    }
}
