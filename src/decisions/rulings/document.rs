//! A decision as one Markdown document, to be kept or sent elsewhere. What people wrote stays inside its place: titles are
//! escaped, longer texts are quoted as the Markdown they are.

use super::{
    effect_lines::{EffectLine, effect_line},
    register::kind_label,
    store,
};
use crate::{
    decisions::{
        embedded::markdown,
        plain::{inline, opening},
    },
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

/// Markdown that people wrote, inside a quotation that it cannot leave.
fn quoted(text: &str) -> String {
    let text = markdown(text, 2);
    let lines = text.lines().map(|line| format!("> {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The document.
fn document(shell: &Shell, parts: &[Part], (key, name): (&str, &str), decision: &store::Decision) -> String {
    let t = shell.t;
    let mut lines = vec![format!("# D-{} {}", decision.number, inline(&decision.title)), String::new()];
    let mut fact = |label: String, value: String| {
        if !value.is_empty() {
            lines.push(format!("- **{}** {value}", inline(&label)));
        }
    };
    fact(t.decisions_doc_project(), format!("{key} {}", inline(name)));
    fact(t.decisions_kind_of(), inline(&kind_label(t, &decision.kind)));
    fact(t.decisions_when(), inline(&t.decisions_review_line(shell.moment(decision.decided_at), &decision.decider)));
    fact(t.decisions_doc_votes(), inline(&decision.tally.line(t, &decision.decider)));
    fact(t.decisions_owner(), inline(&decision.owner));
    fact(t.decisions_review_on(), decision.returns_on().map(|day| t.date(day)).unwrap_or_default());
    fact(t.tab_escalations(), decision.escalation.map(|number| format!("E-{number}")).unwrap_or_default());
    let other = |other: &Option<store::Other>| {
        other.as_ref().map(|other| format!("D-{} {}", other.number, inline(&other.title))).unwrap_or_default()
    };
    fact(t.decisions_supersedes(), other(&decision.supersedes));
    fact(t.decisions_superseded_by(), other(&decision.superseded_by));
    let heading = |lines: &mut Vec<String>, text: &str| {
        lines.extend([String::new(), format!("## {}", inline(text)), String::new()]);
    };
    heading(&mut lines, &t.decisions_rationale());
    lines.push(quoted(&decision.rationale));
    heading(&mut lines, &t.decisions_consequences());
    let item = |effect: &&store::Recorded| effect_item(&effect_line(shell, parts, key, effect));
    let own: Vec<String> = decision.own_effects().iter().map(item).collect();
    if own.is_empty() {
        lines.push(opening(&t.decisions_no_consequences()));
    }
    lines.extend(own);
    let carried: Vec<String> = decision.carried().iter().map(item).collect();
    if !carried.is_empty() {
        heading(&mut lines, &t.decisions_carried(carried.len()));
        lines.extend(carried);
    }
    if !decision.reviews.is_empty() {
        lines.extend([String::new(), format!("## {}", inline(&t.decisions_reviews()))]);
    }
    for review in &decision.reviews {
        let by = t.decisions_review_line(shell.moment(review.at), &review.by);
        lines.extend([String::new(), opening(&by), String::new(), quoted(&review.note)]);
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
    let who = if line.who.is_empty() { String::new() } else { format!(" ({})", inline(&line.who)) };
    format!("- {}{who}: {}{days}", opening(&line.link.text), inline(&line.what))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quotation_is_never_left() {
        assert_eq!(quoted("# Head\n\n```\nopen <!--"), "> ### Head\n>\n> ```\n> open <!--\n> ```");
        assert_eq!(quoted("| a |\n| - |\n| <b> |"), "> | a |\n> | - |\n> | \\<b> |");
        let html =
            crate::platform::markdown::to_html(&format!("{}\n\n## After", quoted("```\nnever closed\n<script>")));
        assert!(html.contains("<h") && html.rfind("After") > html.find("</blockquote>"), "{html}");
    }
}
