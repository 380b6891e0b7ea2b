//! `/p/GEO/goals/figures?part=…&month=2026-11`: what a department reached in a month, for all its shares at once.

use super::{
    actions,
    sheet::{Typed, first_month, months, owed, shares, shares_in, standing},
};
use crate::{
    goals::{
        access::{GoalsViewer, require},
        figures::{Measure, UnitKind},
        model::{Goals, KeyResult, Place},
        months::Month,
        store,
        view::figure,
    },
    platform::ids::{EntryId, KeyResultId, PartId},
    projects::{Chip, Part, ProjectHead, Tab},
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
    let path = "/p/{key}/goals/figures";
    Routes::new().get(Tier::Project, path, show).post(Tier::Project, path, enter)
}

/// Longest sentence of a check-in, in characters.
pub const NOTE: usize = 280;

#[derive(Template)]
#[template(path = "goals/figures.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    chip: Chip,
    part: String,
    parts: Vec<Choice>,
    month: String,
    month_name: String,
    months: Vec<Choice>,
    /// Months that are over and still owe figures, in words.
    owed: String,
    lines: Vec<Line>,
    /// Where the shares begin later: when, and how much that is.
    first: Option<(String, String)>,
    confidences: Vec<Choice>,
    note: Option<String>,
    errors: Errors,
}

/// A key result of which the department has a share.
struct Line {
    place: Place,
    id: KeyResultId,
    href: String,
    title: String,
    owes: String,
    /// What it should reach in this month.
    planned: String,
    value_label: String,
    /// What a ratio is counted over; empty of others.
    base_label: String,
    /// A figure stands: who entered it, and when.
    stands: String,
    typed: Typed,
}

/// The department and the month that a page is about.
struct About {
    part: Part,
    month: Month,
}

/// The departments whose figures the person enters.
fn own(viewer: &GoalsViewer) -> Vec<Part> {
    viewer.departments().filter(|part| viewer.may_enter(part.id)).cloned().collect()
}

async fn goals(viewer: &mut GoalsViewer) -> Result<Goals> {
    let project = viewer.project().id;
    Ok(store::goals(viewer.conn(), project).await?)
}

async fn show(mut viewer: GoalsViewer, uri: Uri) -> Result {
    let own = own(&viewer);
    require(!own.is_empty())?;
    let (goals, query, today) = (goals(&mut viewer).await?, Fields::of_query(&uri), viewer.shell().today());
    let wanted: Option<PartId> = query.value("part");
    let with_share = own.iter().find(|part| shares(&goals, part.id).next().is_some());
    let part = match wanted {
        Some(id) => own.iter().find(|part| part.id == id).ok_or(Error::NotFound)?,
        None => with_share.or(own.first()).ok_or(Error::Forbidden)?,
    };
    let can = months(&goals, part.id, today);
    let asked = Month::parse(query.get("month")).filter(|month| can.contains(month));
    let next = owed(&goals, part.id, today).into_iter().next();
    let month = asked.or(next).or(can.last().copied()).unwrap_or_else(|| Month::of(today));
    let about = About { part: part.clone(), month };
    let typed = |(_, of): (Place, &KeyResult)| Typed::stands(of, standing(of, about.part.id, month));
    let typed = shares_in(&goals, about.part.id, month).map(typed).collect();
    render(&viewer, &goals, &about, typed, (None, Errors::none()), StatusCode::OK)
}

/// The month in which the shares of a department begin, and what is planned for it; none where it has begun or none is.
fn first(viewer: &GoalsViewer, goals: &Goals, part: PartId) -> Option<(String, String)> {
    let (t, month) = (viewer.shell().t, first_month(goals, part, viewer.shell().today())?);
    let amount = |(place, of): (Place, &KeyResult)| {
        let cell = of.row(part)?.cells.iter().find(|cell| cell.month == month)?;
        let amount = match of.scale.measure {
            Measure::Additive | Measure::Level => of.scale.named(t, cell.amount),
            Measure::Ratio => of.scale.full(t, of.scale.ratio(cell.amount, cell.base)?),
        };
        Some(t.goals_first_month_share(amount, place.to_string()))
    };
    let amounts: Vec<String> = shares(goals, part).filter_map(amount).collect();
    Some((t.goals_first_month(t.month(month.first())), t.goals_first_month_text(t.list(&amounts))))
}

/// What the department should reach in the month.
fn planned(viewer: &GoalsViewer, of: &KeyResult, about: &About) -> String {
    let (t, amounts) = (viewer.shell().t, of.scale.of_amounts());
    let row = of.row(about.part.id);
    let Some(cell) = row.and_then(|row| row.cells.iter().find(|cell| cell.month == about.month)) else {
        return t.goals_no_share_this_month();
    };
    if of.scale.measure != Measure::Ratio {
        return t.goals_planned(amounts.named(t, cell.amount));
    }
    let value = of.scale.ratio(cell.amount, cell.base).map(|value| of.scale.full(t, value)).unwrap_or_default();
    t.goals_planned_ratio(amounts.named(t, cell.amount), of.scale.of_bases().named(t, cell.base), value)
}

fn line(viewer: &GoalsViewer, about: &About, (place, of): (Place, &KeyResult), typed: Typed) -> Line {
    let (shell, t, amounts) = (viewer.shell(), viewer.shell().t, of.scale.of_amounts());
    let entry = standing(of, about.part.id, about.month);
    let is_ratio = of.scale.measure == Measure::Ratio;
    Line {
        place,
        id: of.id,
        href: viewer.path(&place.to_string()),
        title: of.title.clone(),
        owes: of.row(about.part.id).map(|row| row.owes.clone()).unwrap_or_default(),
        planned: planned(viewer, of, about),
        value_label: match amounts.unit_kind {
            UnitKind::Percent => t.goals_reached_in("%"),
            UnitKind::Number | UnitKind::Money => t.goals_reached_in(&amounts.unit),
        },
        base_label: if is_ratio { t.goals_out_of(&of.scale.base_unit) } else { String::new() },
        stands: entry.map(|entry| t.goals_entered_by(&entry.by, shell.moment(entry.at))).unwrap_or_default(),
        typed,
    }
}

fn render(
    viewer: &GoalsViewer,
    goals: &Goals,
    about: &About,
    typed: Vec<Typed>,
    (note, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let (t, today, part) = (viewer.shell().t, viewer.shell().today(), about.part.id);
    let mut can = months(goals, part, today);
    if !can.contains(&about.month) {
        can.push(about.month);
    }
    let owed: Vec<String> = owed(goals, part, today).into_iter().map(|month| t.month(month.first())).collect();
    let confidences = std::iter::once(Choice::new("", t.goals_confidence_none()))
        .chain((1..=10).map(|one| Choice::new(one, t.goals_confidence_of(one))));
    let page = Page {
        action: viewer.path("figures"),
        chip: Chip::of(&about.part, t),
        part: part.to_string(),
        parts: own(viewer).iter().map(|part| Choice::new(part.id, part.name(t))).collect(),
        month: about.month.field(),
        month_name: t.month(about.month.first()),
        months: can.iter().rev().map(|month| Choice::new(month.field(), t.month(month.first()))).collect(),
        owed: if owed.is_empty() { String::new() } else { t.goals_owed(t.list(&owed)) },
        lines: shares_in(goals, part, about.month)
            .zip(typed)
            .map(|(of, typed)| line(viewer, about, of, typed))
            .collect(),
        first: first(viewer, goals, part),
        confidences: confidences.collect(),
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
        note,
        errors,
    };
    page_with(status, &page)
}

/// What somebody else entered meanwhile, a few words each.
fn theirs(viewer: &GoalsViewer, goals: &Goals, about: &About, typed: &[Typed]) -> Vec<String> {
    let t = viewer.shell().t;
    let changed = shares_in(goals, about.part.id, about.month).zip(typed).filter_map(|((place, of), typed)| {
        let entry = standing(of, about.part.id, about.month).filter(|entry| entry.id.to_string() != typed.seen)?;
        Some(t.goals_figure_theirs(figure(t, of, entry), &entry.by, place.to_string()))
    });
    changed.collect()
}

async fn enter(State(state): State<AppState>, mut viewer: GoalsViewer, fields: Fields) -> Result {
    require(!own(&viewer).is_empty())?;
    let part: PartId = fields.hidden("part")?;
    let part = own(&viewer).into_iter().find(|one| one.id == part).ok_or(Error::Forbidden)?;
    let month = Month::parse(fields.get("month")).ok_or(Error::Unprocessable)?;
    let (t, today) = (viewer.shell().t, viewer.shell().today());
    let goals_now = goals(&mut viewer).await?;
    if !months(&goals_now, part.id, today).contains(&month) {
        return Err(Error::Unprocessable);
    }
    let about = About { part, month };
    let mut errors = Errors::none();
    let (mut typed, mut check_ins, mut found) = (Vec::new(), Vec::new(), 0);
    for (place, of) in shares_in(&goals_now, about.part.id, month) {
        // A share that was added meanwhile was not on the form.
        let Some(one) = Typed::of((place, of), &fields) else {
            typed.push(Typed::stands(of, standing(of, about.part.id, month)));
            continue;
        };
        check_ins.extend(one.read(t, (place, of), &mut errors));
        typed.push(one);
        found += 1;
    }
    // A key result that was on the form is gone: what was typed for it is shown, not lost.
    if fields.pairs().iter().filter(|(name, _)| name.starts_with("of-")).count() > found {
        return Err(Error::Conflict);
    }
    if !errors.is_empty() {
        return render(&viewer, &goals_now, &about, typed, (None, errors), StatusCode::UNPROCESSABLE_ENTITY);
    }
    match actions::enter(&state, &mut viewer, (about.part.id, month), &check_ins).await {
        Ok(0) => Ok(Reply::to(viewer.path("")).done(t.goals_nothing_entered()).into_response()),
        Ok(entered) => Ok(Reply::to(viewer.path("")).done(t.goals_entered(entered)).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let goals = goals(&mut viewer).await?;
            let theirs = theirs(&viewer, &goals, &about, &typed);
            let fresh = |((_, of), typed): ((Place, &KeyResult), Typed)| {
                let seen = standing(of, about.part.id, month).map(|entry| entry.id.to_string()).unwrap_or_default();
                Typed { seen, id: EntryId::new(), ..typed }
            };
            let typed = shares_in(&goals, about.part.id, month).zip(typed).map(fresh).collect();
            let note = Some(t.goals_stale_with(t.decisions_stale(), t.list(&theirs)));
            render(&viewer, &goals, &about, typed, (note, Errors::none()), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
