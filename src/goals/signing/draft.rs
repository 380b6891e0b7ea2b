//! The escalation that a change too large for the lead is drafted as: the page to raise one, filled in.

use super::{
    limits::{DAYS, PERCENT, TooLarge},
    proposed::Proposed,
};
use crate::{
    goals::{
        access::GoalsViewer,
        model::{KeyResult, Place, Signed},
        pace,
        split::model::Terms,
        view::asked_in_words,
    },
    platform::locale::T,
    projects::{Part, PartKind},
    web::paths,
};
use jiff::civil::Date;
use url::form_urlencoded::Serializer;

/// The kind of escalation in the matrix.
const KIND: &str = "goal_change";
/// Longest question, in characters.
const QUESTION: usize = 200;
/// Longest option and longest name of a piece of evidence.
const OPTION: usize = 120;
/// So much of the reason goes along: an address has to pass whatever stands before the server.
const BACKGROUND: usize = 250;

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
    /// What the lead changes alone.
    pub limits: String,
    /// The page to raise the escalation, filled in.
    pub href: String,
}

impl Draft {
    /// Of a key result that was signed off.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, (place, of): (Place, &KeyResult), wanted: &Wanted<'_>) -> Self {
        let t = viewer.shell().t;
        let why: Vec<String> = wanted.too_large.iter().map(|one| one.words(t)).collect();
        let asked = |terms: &Terms| asked_in_words(t, &of.scale, (terms.baseline, terms.target, terms.due_on));
        let stands = asked(&of.signed.as_ref().map_or_else(|| of.terms(), Signed::terms));
        let title = format!("KR{place} {}", of.title);
        let (question, option) = match wanted.terms {
            Some(terms) => (t.goals_draft_change(&title, asked(terms)), asked(terms)),
            None => (t.goals_draft_drop(&title), t.goals_key_result_drop()),
        };
        let proposes = match wanted.terms {
            Some(terms) => Proposed::SetTarget { key_result: of.id, target: terms.target, due_on: terms.due_on },
            None => Proposed::DropKeyResult { key_result: of.id },
        };
        let evidence = evidence((t, viewer.shell().today()), of, &stands, &why);
        let texts = [
            ("question", short(&question, QUESTION)),
            ("background", short(wanted.reason, BACKGROUND)),
            ("evidence_label", short(&title, OPTION)),
            ("evidence_body", evidence),
            ("option1", short(&option, OPTION)),
            ("option2", short(&t.goals_draft_stay(stands), OPTION)),
            ("proposes", proposes.field()),
        ];
        Self { href: href(viewer, &texts, sides(viewer, of)), limits: t.goals_draft_limits(DAYS, PERCENT), why }
    }
}

/// Another envelope or day of break-even than was signed off.
#[derive(Debug)]
pub struct MoneyWanted<'a> {
    /// In one sentence.
    pub question: String,
    /// What is wanted.
    pub option: String,
    /// What was signed off.
    pub stay: String,
    /// The decision that did.
    pub decision: Option<i32>,
    /// Why.
    pub reason: &'a str,
    /// What a decision for it would do; none where a decision can only say so.
    pub proposes: Option<Proposed>,
}

impl Draft {
    /// Of the commercial plan: between the lead and finance, or another department.
    #[must_use]
    pub fn of_money(viewer: &GoalsViewer, wanted: &MoneyWanted<'_>, too_large: &[TooLarge]) -> Self {
        let t = viewer.shell().t;
        let why: Vec<String> = too_large.iter().map(|one| one.words(t)).collect();
        let signed = wanted.decision.map(|number| t.goals_draft_signed(format!("D-{number}"), &wanted.stay));
        let lines = signed.into_iter().chain(why.iter().cloned()).map(|line| format!("- {line}"));
        let evidence = lines.collect::<Vec<_>>().join("\n");
        let lead = viewer.viewer().standing().parts.iter().find(|part| part.kind == PartKind::Lead);
        let other = viewer.finance().or_else(|| viewer.departments().next());
        let texts = [
            ("question", short(&wanted.question, QUESTION)),
            ("background", short(wanted.reason, BACKGROUND)),
            ("evidence_label", t.goals_money()),
            ("evidence_body", evidence),
            ("option1", short(&wanted.option, OPTION)),
            ("option2", short(&t.goals_draft_stay(&wanted.stay), OPTION)),
            ("proposes", wanted.proposes.as_ref().map(Proposed::field).unwrap_or_default()),
        ];
        Self { why, limits: t.goals_draft_limits(DAYS, PERCENT), href: href(viewer, &texts, (lead, other)) }
    }
}

/// The page to raise an escalation, filled in.
fn href(viewer: &GoalsViewer, texts: &[(&str, String)], (from, to): (Option<&Part>, Option<&Part>)) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("kind", KIND);
    for (name, text) in texts {
        query.append_pair(name, text);
    }
    for (name, part) in [("from", from), ("to", to)] {
        if let Some(part) = part {
            query.append_pair(name, &part.id.to_string());
        }
    }
    let page = paths::project(&viewer.project().key, "escalations/new").to_string();
    format!("{page}?{}", query.finish())
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
    let signed = |signed: &Signed| t.goals_draft_signed(format!("D-{}", signed.decision), stands);
    let now = asked_in_words(t, &of.scale, (of.baseline, of.target, of.due_on));
    let now = (now != stands).then(|| t.goals_draft_now(now));
    let reached = pace::whole(of, today)
        .map(|pace| t.goals_draft_reached(of.scale.full(t, pace.actual), of.scale.full(t, pace.planned)));
    let lines = of.signed.as_ref().map(signed).into_iter().chain(now).chain(why.iter().cloned()).chain(reached);
    lines.map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}

/// A text of no more than so many characters.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
