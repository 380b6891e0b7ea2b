//! The escalation that a change too large for the lead is drafted as: the page to raise one, filled in.

use super::limits::TooLarge;
use crate::{
    goals::{
        access::GoalsViewer,
        model::{KeyResult, Place, Signed},
        pace,
        split::model::Terms,
    },
    platform::locale::T,
    projects::{Part, PartKind},
    web::paths,
};
use jiff::civil::Date;
use url::form_urlencoded::Serializer;

/// The kind of escalation in the matrix.
const KIND: &str = "goal_change";
/// Longest question and longest option, in characters.
const QUESTION: usize = 200;

/// What the lead wanted, and what about it is the committee's.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// What it should ask for; none to drop it.
    pub terms: Option<&'a Terms>,
    /// Why.
    pub reason: &'a str,
    /// What is too much.
    pub too_large: &'a [TooLarge],
}

/// A refused change as the page shows it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is too much, a sentence each.
    pub why: Vec<String>,
    /// The page to raise the escalation, filled in.
    pub href: String,
}

impl Draft {
    /// Of a key result that was signed off.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, (place, of): (Place, &KeyResult), wanted: &Wanted<'_>) -> Self {
        let t = viewer.shell().t;
        let why: Vec<String> = wanted.too_large.iter().map(|one| one.words(t)).collect();
        let asked = |terms: &Terms| t.goals_asked(t.date(terms.due_on), of.scale.full(t, terms.target));
        let stands = asked(&of.signed.map_or_else(|| of.terms(), |signed| signed.terms()));
        let title = format!("KR{place} {}", of.title);
        let (question, option) = match wanted.terms {
            Some(terms) => (t.goals_draft_change(&title, asked(terms)), asked(terms)),
            None => (t.goals_draft_drop(&title), t.goals_key_result_drop()),
        };
        let (from, to) = sides(viewer, of);
        let mut query = Serializer::new(String::new());
        query
            .append_pair("kind", KIND)
            .append_pair("question", &short(&question))
            .append_pair("background", wanted.reason)
            .append_pair("evidence_label", &short(&title))
            .append_pair("evidence_body", &evidence((t, viewer.shell().today()), of, &stands, &why))
            .append_pair("option1", &short(&option))
            .append_pair("option2", &short(&t.goals_draft_stay(stands)));
        for (name, part) in [("from", from), ("to", to)] {
            if let Some(part) = part {
                query.append_pair(name, &part.id.to_string());
            }
        }
        let page = paths::project(&viewer.project().key, "escalations/new").to_string();
        Self { why, href: format!("{page}?{}", query.finish()) }
    }
}

/// The lead on one side; on the other who answers for the key result, or else who has a share in it.
fn sides<'a>(viewer: &'a GoalsViewer, of: &KeyResult) -> (Option<&'a Part>, Option<&'a Part>) {
    let lead = viewer.viewer().standing().parts.iter().find(|part| part.kind == PartKind::Lead);
    let others = std::iter::once(of.part).chain(of.rows.iter().map(|row| row.part));
    let other = others.filter_map(|id| viewer.part(id)).find(|part| lead.is_none_or(|lead| lead.id != part.id));
    (lead, other.or_else(|| viewer.departments().next()))
}

/// What everybody has to know of it: what was signed off, what it asks for now, why it is the committee's, how far it is.
fn evidence((t, today): (T, Date), of: &KeyResult, stands: &str, why: &[String]) -> String {
    let signed = |signed: Signed| t.goals_draft_signed(format!("D-{}", signed.decision), stands);
    let now = t.goals_asked(t.date(of.due_on), of.scale.full(t, of.target));
    let now = (now != stands).then(|| t.goals_draft_now(now));
    let reached = pace::whole(of, today)
        .map(|pace| t.goals_draft_reached(of.scale.full(t, pace.actual), of.scale.full(t, pace.planned)));
    let lines = of.signed.map(signed).into_iter().chain(now).chain(why.iter().cloned()).chain(reached);
    lines.map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}

fn short(text: &str) -> String {
    if text.chars().count() <= QUESTION {
        return text.to_owned();
    }
    text.chars().take(QUESTION - 1).chain(['…']).collect()
}
