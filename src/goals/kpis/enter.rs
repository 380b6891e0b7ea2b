//! `/p/GEO/goals/kpis/…/enter?period=2026-11`: the figure of one period, or its correction.

use super::{
    actions::{self, Figure},
    form::cadence,
    model::{Kpi, SHOWN},
    pages::missing,
    setting::found,
};
use crate::{
    goals::{
        access::{GoalsViewer, KpiInAddress, require},
        checkins::pages::NOTE,
        figures::{Measure, Scale, UnitKind},
        periods::Period,
    },
    projects::{Chip, ProjectHead, Tab},
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
    let path = "/p/{key}/goals/kpis/{id}/enter";
    Routes::new().get(Tier::Project, path, show).post(Tier::Project, path, enter)
}

/// How many figures are read to be corrected: all that anybody has.
pub(super) const ALL: i64 = 1_000;

#[derive(Template)]
#[template(path = "goals/kpi_enter.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    back: String,
    action: String,
    paste_href: String,
    chip: Option<Chip>,
    title: String,
    cadence: String,
    period: String,
    period_name: String,
    periods: Vec<Choice>,
    missing: String,
    /// A figure stands: who entered it, and when.
    stands: String,
    value_label: String,
    /// What a ratio is counted over; empty of others.
    base_label: String,
    typed: Typed,
    note: Option<String>,
    errors: Errors,
}

/// What was typed.
#[derive(Clone, Debug)]
struct Typed {
    /// The figure that the form was made from.
    seen: String,
    value: String,
    base: String,
    note: String,
}

impl Typed {
    fn stands(kpi: &Kpi, period: Period) -> Self {
        let (scale, entry) = (&kpi.scale, kpi.entry(period));
        let base = entry.filter(|_| scale.measure == Measure::Ratio);
        Self {
            seen: entry.map(|entry| entry.id.to_string()).unwrap_or_default(),
            value: entry.map(|entry| scale.of_amounts().field(entry.value)).unwrap_or_default(),
            base: base.map(|entry| scale.of_bases().field(entry.base)).unwrap_or_default(),
            note: entry.map(|entry| entry.note.clone()).unwrap_or_default(),
        }
    }

    fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self { seen: get("seen"), value: get("value"), base: get("base"), note: get("note") }
    }

    fn read(&self, viewer: &GoalsViewer, kpi: &Kpi, period: Period) -> std::result::Result<Figure, Errors> {
        let (t, mut errors) = (viewer.shell().t, Errors::none());
        let mut figure = |scale: &Scale, field: &str, text: &str| {
            scale.parse(text).map_err(|wrong| errors.add(field, wrong.text(t))).ok()
        };
        let value = figure(&kpi.scale.of_amounts(), "value", &self.value);
        let is_ratio = kpi.scale.measure == Measure::Ratio;
        let base = if is_ratio { figure(&kpi.scale.of_bases(), "base", &self.base) } else { Some(0) };
        if is_ratio && base.is_some_and(|base| base <= 0) {
            errors.add("base", t.goals_kpi_base_missing());
        }
        if self.note.chars().count() > NOTE {
            errors.add("note", t.decisions_too_long(NOTE));
        }
        match (value, base) {
            (Some(value), Some(base)) if errors.is_empty() => {
                Ok(Figure { period, seen: self.seen.parse().ok(), value, base, note: Some(self.note.clone()) })
            }
            _ => Err(errors),
        }
    }
}

fn render(
    viewer: &GoalsViewer,
    (kpi, period): (&Kpi, Period),
    typed: Typed,
    (note, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let (shell, t, today) = (viewer.shell(), viewer.shell().t, viewer.shell().today());
    let path = |page: &str| viewer.path(&format!("kpis/{}/{page}", kpi.id));
    let mut can = Period::up_to(kpi.cadence, today, SHOWN * 2);
    if !can.contains(&period) {
        can.insert(0, period);
    }
    let amounts = kpi.scale.of_amounts();
    let page = Page {
        back: viewer.path("kpis"),
        action: path("enter"),
        paste_href: path("paste"),
        chip: viewer.part(kpi.part).map(|part| Chip::of(part, t)),
        title: kpi.title.clone(),
        cadence: cadence(t, kpi.cadence),
        period: period.field(),
        period_name: period.name(t),
        periods: can.iter().rev().map(|one| Choice::new(one.field(), one.name(t))).collect(),
        missing: missing(t, kpi, today),
        stands: kpi
            .entry(period)
            .map(|entry| t.goals_entered_by(&entry.by, shell.moment(entry.at)))
            .unwrap_or_default(),
        value_label: match amounts.unit_kind {
            UnitKind::Percent => t.goals_kpi_figure_in("%"),
            UnitKind::Number | UnitKind::Money => t.goals_kpi_figure_in(&amounts.unit),
        },
        base_label: if kpi.scale.measure == Measure::Ratio {
            t.goals_out_of(&kpi.scale.base_unit)
        } else {
            String::new()
        },
        head: viewer.viewer().standing().head(Tab::None),
        shell,
        typed,
        note,
        errors,
    };
    page_with(status, &page)
}

async fn show(mut viewer: GoalsViewer, KpiInAddress(id): KpiInAddress, uri: Uri) -> Result {
    let kpi = found(&mut viewer, id, ALL).await?;
    require(viewer.may_enter(kpi.part))?;
    let (query, today) = (Fields::of_query(&uri), viewer.shell().today());
    let asked = Period::parse(kpi.cadence, query.get("period")).filter(|period| period.has_begun(today));
    let present = Period::of(kpi.cadence, today);
    let usual = || {
        kpi.missing(today).into_iter().next().unwrap_or_else(|| match kpi.entry(present.before()) {
            Some(_) => present,
            None => present.before(),
        })
    };
    let period = asked.unwrap_or_else(usual);
    render(&viewer, (&kpi, period), Typed::stands(&kpi, period), (None, Errors::none()), StatusCode::OK)
}

async fn enter(
    State(state): State<AppState>,
    mut viewer: GoalsViewer,
    KpiInAddress(id): KpiInAddress,
    fields: Fields,
) -> Result {
    let kpi = found(&mut viewer, id, ALL).await?;
    require(viewer.may_enter(kpi.part))?;
    let (t, today) = (viewer.shell().t, viewer.shell().today());
    let period = Period::parse(kpi.cadence, fields.get("period")).filter(|period| period.has_begun(today));
    let (period, typed) = (period.ok_or(Error::Unprocessable)?, Typed::of(&fields));
    let figure = match typed.read(&viewer, &kpi, period) {
        Ok(figure) => figure,
        Err(errors) => {
            return render(&viewer, (&kpi, period), typed, (None, errors), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match actions::enter(&state, &mut viewer, id, &[figure]).await {
        Ok(0) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_nothing_entered()).into_response()),
        Ok(entered) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_entered(entered)).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let kpi = found(&mut viewer, id, ALL).await?;
            let seen = Typed::stands(&kpi, period).seen;
            let note = Some(t.decisions_stale());
            let typed = Typed { seen, ..typed };
            render(&viewer, (&kpi, period), typed, (note, Errors::none()), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
