//! `/p/GEO/goals/kpis/new`, `/p/GEO/goals/kpis/…` and the form that retires one.

use super::{
    actions::{self, Created},
    answers::{self, Asked},
    defaults,
    form::{Form, betters, cadence, cadences, departments, owners, sources},
    model::Kpi,
    store,
};
use crate::{
    goals::{
        access::{GoalsViewer, KpiInAddress, require},
        key_results::form::{currencies, decimals, measures, unit_kinds},
        model::Goals,
        view::scale_in_words,
    },
    platform::ids::{KpiId, PartId, SeriesId},
    projects::{ProjectHead, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/goals/kpis/new", blank)
        .post(Tier::Project, "/p/{key}/goals/kpis/new", create)
        .get(Tier::Project, "/p/{key}/goals/kpis/{id}", edit)
        .post(Tier::Project, "/p/{key}/goals/kpis/{id}", change)
        .post(Tier::Project, "/p/{key}/goals/kpis/{id}/retire", retire)
}

#[derive(Template)]
#[template(path = "goals/kpi_form.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    back: String,
    action: String,
    form: Form,
    is_new: bool,
    /// It exists, and the person may retire it.
    may_retire: bool,
    /// What is counted, how often and by whom cannot change; in words.
    stands: String,
    sources: Vec<Choice>,
    measures: Vec<Choice>,
    unit_kinds: Vec<Choice>,
    currencies: Vec<Choice>,
    decimals: Vec<Choice>,
    cadences: Vec<Choice>,
    betters: Vec<Choice>,
    owners: Vec<Choice>,
    /// The figures of gates that it may answer; none for who does not say so.
    answers: Vec<Choice>,
    note: Option<String>,
    errors: Errors,
}

/// What a page is about: a new one beside the key results there are, or one that exists.
enum About<'a> {
    New(&'a Goals, &'a [Asked]),
    Stands(&'a Kpi, &'a [Asked]),
}

fn render(
    viewer: &GoalsViewer,
    about: &About<'_>,
    form: Form,
    (note, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let t = viewer.shell().t;
    let (asked, scale) = match about {
        About::New(_, asked) => (asked, None),
        About::Stands(kpi, asked) => (asked, Some(&kpi.scale)),
    };
    let answers = if viewer.may_set() { answers::choices(t, asked, form.id, scale) } else { Vec::new() };
    let (action, stands, sources) = match about {
        About::New(goals, _) => (viewer.path("kpis/new"), String::new(), sources(viewer, goals)),
        About::Stands(kpi, _) => {
            let part = viewer.part(kpi.part).map(|part| part.name(t).to_owned()).unwrap_or_default();
            let words = t.goals_kpi_stands(cadence(t, kpi.cadence), part, scale_in_words(t, &kpi.scale));
            (viewer.path(&format!("kpis/{}", kpi.id)), words, Vec::new())
        }
    };
    let page = Page {
        back: viewer.path("kpis"),
        action,
        form,
        is_new: matches!(about, About::New(..)),
        may_retire: matches!(about, About::Stands(kpi, _) if kpi.metric.is_none() || viewer.may_set()),
        stands,
        sources,
        measures: measures(t),
        unit_kinds: unit_kinds(t),
        currencies: currencies(),
        decimals: decimals(),
        cadences: cadences(t),
        betters: betters(t),
        owners: owners(viewer),
        answers,
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
        note,
        errors,
    };
    page_with(status, &page)
}

fn require_any(viewer: &GoalsViewer) -> Result<()> {
    require(departments(viewer).next().is_some())
}

async fn goals(viewer: &mut GoalsViewer) -> Result<(Goals, Vec<Asked>)> {
    let project = viewer.project().id;
    Ok((crate::goals::store::goals(viewer.conn(), project).await?, asked(viewer).await?))
}

async fn asked(viewer: &mut GoalsViewer) -> Result<Vec<Asked>> {
    let project = viewer.project().id;
    Ok(store::asked(viewer.conn(), project).await?)
}

/// The indicator of an address, with so many of its newest figures; it is hidden from nobody who sees the project.
pub(super) async fn found(viewer: &mut GoalsViewer, id: KpiId, figures: i64) -> Result<Kpi> {
    let project = viewer.project().id;
    let all = store::kpis(viewer.conn(), project, (Some(id), figures)).await?;
    all.into_iter().next().ok_or(Error::NotFound)
}

async fn blank(mut viewer: GoalsViewer, uri: Uri) -> Result {
    require_any(&viewer)?;
    let (t, query) = (viewer.shell().t, Fields::of_query(&uri));
    let wanted: Option<PartId> = query.value("part");
    let only = departments(&viewer).nth(1).is_none();
    let part = departments(&viewer).find(|part| only || Some(part.id) == wanted);
    let begins = part.and_then(|part| {
        let place: usize = query.value("begin")?;
        defaults::of(&part.code).get(place.checked_sub(1)?)
    });
    let part = part.map(|part| part.id);
    let project = viewer.project().id;
    let currency = crate::goals::store::currency(viewer.conn(), project, t).await?;
    let form = Form::blank(t, part, begins, currency);
    let (goals, asked) = goals(&mut viewer).await?;
    let wanted = asked.iter().find(|one| one.figure.metric == query.get("answers"));
    let form = match wanted.filter(|one| viewer.may_set() && one.is_free_for(form.id)) {
        Some(asked) => form.answering(t, asked),
        None => form,
    };
    render(&viewer, &About::New(&goals, &asked), form, (None, Errors::none()), StatusCode::OK)
}

async fn create(State(state): State<AppState>, mut viewer: GoalsViewer, fields: Fields) -> Result {
    require_any(&viewer)?;
    let (form, t) = (Form::of(&fields)?, viewer.shell().t);
    let (goals, asked) = goals(&mut viewer).await?;
    let about = About::New(&goals, &asked);
    let read = match form.read(&viewer, (&goals, &asked)) {
        Ok(read) => read,
        Err(errors) => {
            return render(&viewer, &about, form, (None, errors), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let note = match actions::create(&state, &mut viewer, (form.id, form.series), &read).await {
        Ok(Created::There) => return Ok(Reply::to(viewer.path("kpis")).done(t.goals_kpi_created()).into_response()),
        Ok(Created::Full) => t.goals_kpis_full(),
        Ok(Created::NoShare | Created::Answered) => t.decisions_stale(),
        Err(Error::Conflict) => return another(&state, viewer, form).await,
        Err(problem) => return Err(problem),
    };
    render(&viewer, &about, form, (Some(note), Errors::none()), StatusCode::UNPROCESSABLE_ENTITY)
}

/// The form with what was typed, when it has added an indicator already: the next sending adds another one.
async fn another(state: &AppState, mut viewer: GoalsViewer, form: Form) -> Result {
    viewer.lease_again(state).await?;
    let (goals, asked) = goals(&mut viewer).await?;
    let note = Some(viewer.shell().t.decisions_stale());
    let form = Form { id: KpiId::new(), series: SeriesId::new(), ..form };
    render(&viewer, &About::New(&goals, &asked), form, (note, Errors::none()), StatusCode::CONFLICT)
}

async fn edit(mut viewer: GoalsViewer, KpiInAddress(id): KpiInAddress) -> Result {
    let (kpi, asked) = (found(&mut viewer, id, 0).await?, asked(&mut viewer).await?);
    require(viewer.may_set_kpis(kpi.part))?;
    render(&viewer, &About::Stands(&kpi, &asked), Form::stands(&kpi), (None, Errors::none()), StatusCode::OK)
}

async fn change(
    State(state): State<AppState>,
    mut viewer: GoalsViewer,
    KpiInAddress(id): KpiInAddress,
    fields: Fields,
) -> Result {
    let (kpi, asked) = (found(&mut viewer, id, 0).await?, asked(&mut viewer).await?);
    require(viewer.may_set_kpis(kpi.part))?;
    let (mut form, t) = (Form::of(&fields)?, viewer.shell().t);
    if !viewer.may_set() && form.answers.is_empty() {
        // Nobody else is asked, and what stands, stands.
        form.answers = kpi.metric.clone().unwrap_or_default();
    }
    let (thresholds, metric) = match form.read_change(t, (&kpi, &asked)) {
        Ok(read) => read,
        Err(errors) => {
            return render(
                &viewer,
                &About::Stands(&kpi, &asked),
                form,
                (None, errors),
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    match actions::change(&state, &mut viewer, (id, form.version), (&form.title, thresholds, metric.as_deref())).await {
        Ok(()) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_kpi_changed()).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let (kpi, asked) = (found(&mut viewer, id, 0).await?, self::asked(&mut viewer).await?);
            let form = Form { version: kpi.version, ..form };
            let note = Some(t.decisions_stale());
            render(&viewer, &About::Stands(&kpi, &asked), form, (note, Errors::none()), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

async fn retire(
    State(state): State<AppState>,
    mut viewer: GoalsViewer,
    KpiInAddress(id): KpiInAddress,
    fields: Fields,
) -> Result {
    require_any(&viewer)?;
    let version: std::result::Result<i32, Error> = fields.hidden("version");
    let t = viewer.shell().t;
    // Sent twice, it is gone already: the action says so by changing nothing.
    match found(&mut viewer, id, 0).await {
        Ok(kpi) => require(viewer.may_set_kpis(kpi.part))?,
        Err(Error::NotFound) => {}
        Err(problem) => return Err(problem),
    }
    match actions::retire(&state, &mut viewer, (id, version?)).await {
        Ok(()) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_kpi_retired()).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let (kpi, asked) = (found(&mut viewer, id, 0).await?, asked(&mut viewer).await?);
            let note = Some(t.decisions_stale());
            render(
                &viewer,
                &About::Stands(&kpi, &asked),
                Form::stands(&kpi),
                (note, Errors::none()),
                StatusCode::CONFLICT,
            )
        }
        Err(problem) => Err(problem),
    }
}
