//! The page of a decision.

use super::{
    access::{acts_as_chair, may_review},
    effect_lines::{EffectLine, effect_line},
    register::kind_label,
    store,
};
use crate::{
    decisions::escalations::{
        Case, store as escalations,
        view::{Link, Typed, View, printed},
    },
    events::feed::Feed,
    platform::{ids::ReviewId, markdown},
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{Error, Errors, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::http::StatusCode;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/decisions/{number}", show)
}

#[derive(Template)]
#[template(path = "decisions/decision.html")]
struct DecisionPage {
    shell: Shell,
    head: ProjectHead,
    label: String,
    title: String,
    line: String,
    tally: String,
    rationale: String,
    kind: String,
    owner: String,
    owner_department: String,
    review: String,
    /// Its day has come.
    is_back: bool,
    reviews: Vec<ReviewLine>,
    review_form: Option<ReviewForm>,
    escalation: Option<Link>,
    supersedes: Option<Link>,
    /// The escalation that the superseded one closed.
    closed_before: Option<Link>,
    superseded_by: Option<Link>,
    may_supersede: bool,
    path: String,
    effects: Vec<EffectLine>,
    /// What moved along with the day of launch.
    carried: Vec<EffectLine>,
    /// The escalation as evidence.
    view: Option<View>,
    feed: Feed,
    printed: String,
}

/// A review as the page shows it.
struct ReviewLine {
    /// Who and when.
    by: String,
    /// Markdown made HTML.
    note: String,
    /// When to look at it again; empty for no more.
    next: String,
}

/// The form to say that a decision still stands.
#[derive(Debug)]
pub(super) struct ReviewForm {
    /// Made when it was first shown.
    pub id: String,
    /// The review that it was shown with.
    pub last: String,
    /// Why it still stands.
    pub note: String,
    /// When to look at it again.
    pub next_on: String,
    /// What is wrong.
    pub errors: Errors,
    /// Its day has come, or somebody has begun to write.
    pub is_open: bool,
    /// Somebody else was faster.
    pub is_stale: bool,
}

async fn show(mut viewer: ProjectViewer, number: paths::Parameter<i32>) -> Result {
    let project = viewer.project().id;
    let decision = store::find(viewer.conn(), project, number.0).await?.ok_or(Error::NotFound)?;
    page_of(viewer, decision, None, StatusCode::OK).await
}

/// The form as it is first shown, to those who look at the decision again.
fn review_form(viewer: &ProjectViewer, decision: &store::Decision) -> Result<Option<ReviewForm>> {
    let person = viewer.shell().viewer()?.person_id;
    let today = viewer.shell().today();
    let next = today.checked_add(jiff::Span::new().months(3)).map(|day| day.to_string()).unwrap_or_default();
    Ok(may_review(viewer, person, decision).then(|| ReviewForm {
        id: ReviewId::new().to_string(),
        last: decision.reviews.first().map(|last| last.id.to_string()).unwrap_or_default(),
        note: String::new(),
        next_on: next,
        errors: Errors::none(),
        is_open: decision.returns_on().is_some_and(|day| day <= today),
        is_stale: false,
    }))
}

/// The page of a decision; with a form of a review that was refused, where there is one.
pub(super) async fn page_of(
    viewer: ProjectViewer,
    decision: store::Decision,
    refused: Option<ReviewForm>,
    status: StatusCode,
) -> Result {
    let shell = viewer.shell().clone();
    let (t, key) = (shell.t, viewer.project().key.clone());
    let link = |other: &store::Other| Link {
        href: paths::decision(&key, other.number).to_string(),
        text: format!("D-{} {}", other.number, other.title),
    };
    let closed = |number: i32| Link { href: paths::escalation(&key, number).to_string(), text: format!("E-{number}") };
    let person = shell.viewer()?.person_id;
    let may_supersede = acts_as_chair(&viewer, person, &decision) && decision.superseded_by.is_none();
    let head = viewer.standing().head(Tab::None);
    let parts = &viewer.standing().parts;
    let lines = |effects: Vec<&store::Recorded>| {
        effects.into_iter().map(|effect| effect_line(&shell, parts, &key, effect)).collect::<Vec<_>>()
    };
    let (carried, effects) = (lines(decision.carried()), lines(decision.own_effects()));
    let returns = decision.returns_on();
    let first = review_form(&viewer, &decision)?;
    let review_form = match (first, refused) {
        (Some(_), Some(refused)) => Some(refused),
        (first, _) => first,
    };
    let (view, feed) = evidence(viewer, &decision, &shell, &key).await?;
    page_with(
        status,
        &DecisionPage {
            label: format!("D-{}", decision.number),
            line: t.escalation_decided_line(shell.moment(decision.decided_at), &decision.decider),
            tally: decision.tally.line(t, &decision.decider),
            rationale: markdown::to_html(&decision.rationale),
            kind: kind_label(t, &decision.kind),
            owner: decision.owner.clone(),
            owner_department: decision
                .owner_department
                .as_ref()
                .map_or_else(String::new, |name| t.pair(&name.en, &name.zh).to_owned()),
            review: returns.map(|review| shell.day(review)).unwrap_or_default(),
            is_back: decision.superseded_by.is_none() && returns.is_some_and(|day| day <= shell.today()),
            reviews: decision
                .reviews
                .iter()
                .map(|review| ReviewLine {
                    by: t.decisions_review_line(shell.moment(review.at), &review.by),
                    note: markdown::to_html(&review.note),
                    next: review.next_on.map(|day| shell.day(day)).unwrap_or_default(),
                })
                .collect(),
            review_form,
            escalation: decision.escalation.map(closed),
            closed_before: decision.supersedes.as_ref().and_then(|old| old.escalation).map(closed),
            supersedes: decision.supersedes.as_ref().map(link),
            superseded_by: decision.superseded_by.as_ref().map(link),
            may_supersede,
            path: paths::decision(&key, decision.number).to_string(),
            title: decision.title,
            printed: printed(&shell),
            effects,
            carried,
            view,
            feed,
            head,
            shell,
        },
    )
}

/// The escalation behind a decision; or, when none is, what happened to the decision itself.
async fn evidence(
    mut viewer: ProjectViewer,
    decision: &store::Decision,
    shell: &Shell,
    key: &str,
) -> Result<(Option<View>, Feed)> {
    let project = viewer.project().id;
    let Some(number) = decision.escalation else {
        let filter = crate::events::store::Filter {
            project: Some(project),
            subject: Some(decision.id.uuid()),
            ..crate::events::store::Filter::default()
        };
        return Ok((None, Feed::read(viewer.conn(), shell, &filter, Some(key), 20).await?));
    };
    let dossier = escalations::dossier(viewer.conn(), project, number).await?.ok_or(Error::NotFound)?;
    let calendar = crate::departments::calendar(viewer.conn()).await?;
    let person = shell.viewer()?.person_id;
    let case = Case::prove(viewer.into_standing(), person, dossier)?;
    Ok((Some(View::new(&case, &calendar, &Typed::nothing())), Feed::default()))
}
