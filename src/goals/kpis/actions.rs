//! What changes indicators and enters their figures: right, rule, write, event, one transaction each.

use super::{
    answers::Asked,
    form::{Read, Source},
    model::Thresholds,
    store::{self, Locked, New, NewFigure, Stands},
};
use crate::{
    events::{Event, Kind, Subject, SubjectKind, both},
    goals::{
        access::{GoalsViewer, require},
        figures::{Cadence, Measure, Scale},
        key_results::actions::{kept, name_of},
        periods::Period,
    },
    platform::{
        ids::{EntryId, KpiId, ProjectId, SeriesId},
        locale::{Language, T},
    },
    projects::scope::store::lock,
    web::{AppState, Error, Result},
};
use sqlx::PgConnection;

fn about(kind: Kind, project: ProjectId, id: KpiId, title: &str) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Kpi, id.uuid(), "", title)).of(project)
}

fn in_both(words: impl Fn(T) -> String) -> serde_json::Value {
    both(&words(T(Language::English)), &words(T(Language::Chinese)))
}

/// What became of the wish for a new indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is there.
    There,
    /// The department has three already.
    Full,
    /// The department has no share of that key result any more, or it was dropped.
    NoShare,
    /// Another one answers that figure of a gate by now.
    Answered,
}

/// Adds an indicator: the lead for any department, a liaison for their own. The same form sent twice adds one.
///
/// # Errors
/// [`Error::Forbidden`] for another department, and for a liaison who wants it to answer a gate; [`Error::Conflict`] when the form
/// has added another one already; [`Error::Unprocessable`] with figures of something else; otherwise of the database.
pub async fn create(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (id, series): (KpiId, SeriesId),
    read: &Read,
) -> Result<Created> {
    require(viewer.may_set_kpis(read.part) && (read.metric.is_none() || viewer.may_set()))?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    lock(change.conn(), project).await?;
    if let Some(stands) = store::locked(change.conn(), project, id).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        let is_same = is_said(change.conn(), project, (&stands, series), read).await?;
        return if is_same { Ok(Created::There) } else { Err(Error::Conflict) };
    }
    let answers = match free(change.conn(), project, (id, read.metric.as_deref())).await? {
        Ok(answers) => answers,
        Err(Taken) => return Ok(Created::Answered),
    };
    let (series, scale) = match &read.source {
        Source::Own(scale, cadence) => {
            own_series(change.conn(), project, (series, scale, *cadence)).await?;
            (series, scale)
        }
        Source::KeyResult(key_result, scale) => {
            match store::series_of(change.conn(), project, (*key_result, read.part)).await? {
                Some(series) => (series, scale),
                None => return Ok(Created::NoShare),
            }
        }
    };
    let new = New {
        id,
        series,
        part: read.part,
        title: &read.title,
        thresholds: read.thresholds,
        metric: read.metric.as_deref(),
    };
    if !store::insert(change.conn(), project, &new, (by, at)).await? {
        return Ok(Created::Full);
    }
    let event = about(Kind::KpiCreated, project, id, &read.title);
    let event = event.after("department", name_of(viewer.part(read.part)));
    let better = in_both(|t| read.thresholds.better.name(t));
    let event = answers.iter().fold(event, |event, asked| event.after("answers", in_both(|t| asked.in_words(t))));
    change.record(limits(&read.thresholds).fold(event.after("better", better), |event, (field, amount)| {
        if let Some(amount) = amount { event.after(field, kept(scale, amount)) } else { event }
    }));
    change.commit().await?;
    Ok(Created::There)
}

/// Whether an indicator is what a form of a new one says.
async fn is_said(
    conn: &mut PgConnection,
    project: ProjectId,
    (stands, series): (&Locked, SeriesId),
    read: &Read,
) -> Result<bool> {
    let is_same_source = match &read.source {
        Source::Own(scale, cadence) => (stands.series, &stands.scale, stands.cadence) == (series, scale, *cadence),
        Source::KeyResult(of, _) => store::series_of(conn, project, (*of, read.part)).await? == Some(stands.series),
    };
    let is_same = stands.title == read.title && stands.part == read.part && stands.thresholds == read.thresholds;
    Ok(is_same && stands.metric == read.metric && is_same_source)
}

/// Writes figures of its own.
async fn own_series(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, scale, cadence): (SeriesId, &Scale, Cadence),
) -> Result<()> {
    match store::insert_series(conn, project, (id, scale, cadence)).await {
        // Figures of something else are nobody's to take.
        Err(sqlx::Error::Database(refused)) if refused.constraint() == Some("series_pkey") => Err(Error::Unprocessable),
        inserted => Ok(inserted?),
    }
}

/// Another indicator answers that figure.
struct Taken;

/// The figure that an indicator shall answer, if any, when it may. The project is locked before.
async fn free(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, metric): (KpiId, Option<&str>),
) -> Result<std::result::Result<Option<Asked>, Taken>> {
    let Some(metric) = metric else { return Ok(Ok(None)) };
    let all = store::asked(conn, project).await?;
    let found = all.into_iter().find(|one| one.figure.metric == metric && one.is_free_for(id));
    Ok(found.map(Some).ok_or(Taken))
}

fn limits(of: &Thresholds) -> impl Iterator<Item = (&'static str, Option<i64>)> {
    [("target", of.target), ("warning", of.warning), ("alarm", of.alarm)].into_iter()
}

/// Changes what an indicator is called and what it asks for. What says nothing new changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] for another department; [`Error::Conflict`] when somebody was faster or it is retired;
/// [`Error::NotFound`] when there is none; otherwise of the database.
pub async fn change(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (id, version): (KpiId, i32),
    (title, thresholds, metric): (&str, Thresholds, Option<&str>),
) -> Result<()> {
    let mut change = viewer.change(state).await?;
    let project = viewer.project().id;
    lock(change.conn(), project).await?;
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    require(viewer.may_set_kpis(stands.part))?;
    if !stands.is_retired
        && stands.title == title
        && stands.thresholds == thresholds
        && stands.metric.as_deref() == metric
    {
        return Ok(());
    }
    require(stands.metric.as_deref() == metric || viewer.may_set())?;
    if stands.is_retired || stands.version != version {
        return Err(Error::Conflict);
    }
    let is_answering = stands.metric.as_deref() != metric;
    let (mut answered, mut answers) = (None, None);
    if is_answering {
        answered = free(change.conn(), project, (id, stands.metric.as_deref())).await?.ok().flatten();
        answers = free(change.conn(), project, (id, metric)).await?.map_err(|Taken| Error::Conflict)?;
    }
    store::update(change.conn(), project, id, (title, thresholds, metric)).await?;
    let mut event = about(Kind::KpiChanged, project, id, title);
    if stands.title != title {
        event = event.before("title", stands.title.as_str()).after("title", title);
    }
    if is_answering {
        let named = |asked: &Asked| in_both(|t| asked.in_words(t));
        event = answered.iter().fold(event, |event, asked| event.before("answers", named(asked)));
        event = answers.iter().fold(event, |event, asked| event.after("answers", named(asked)));
    }
    let (was, is) = (stands.thresholds, thresholds);
    if was.better != is.better {
        event = event.before("better", in_both(|t| was.better.name(t))).after("better", in_both(|t| is.better.name(t)));
    }
    for ((field, was), (_, is)) in limits(&was).zip(limits(&is)).filter(|((_, was), (_, is))| was != is) {
        if let Some(was) = was {
            event = event.before(field, kept(&stands.scale, was));
        }
        if let Some(is) = is {
            event = event.after(field, kept(&stands.scale, is));
        }
    }
    change.record(event);
    Ok(change.commit().await?)
}

/// Takes an indicator out of sight; its figures stay. A second time changes nothing. Of one that answers a figure of a gate it is
/// the lead's, as it is theirs to say that it answers it.
///
/// # Errors
/// As [`change`].
pub async fn retire(state: &AppState, viewer: &mut GoalsViewer, (id, version): (KpiId, i32)) -> Result<()> {
    let mut change = viewer.change(state).await?;
    let (project, at) = (viewer.project().id, change.now());
    lock(change.conn(), project).await?;
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    require(viewer.may_set_kpis(stands.part) && (stands.metric.is_none() || viewer.may_set()))?;
    if stands.is_retired {
        return Ok(());
    }
    if stands.version != version {
        return Err(Error::Conflict);
    }
    let answered = free(change.conn(), project, (id, stands.metric.as_deref())).await?.ok().flatten();
    store::retire(change.conn(), project, id, at).await?;
    let event = about(Kind::KpiRetired, project, id, &stands.title);
    let event = answered.iter().fold(event, |event, asked| event.before("answers", in_both(|t| asked.in_words(t))));
    change.record(event.before("department", name_of(viewer.part(stands.part))));
    Ok(change.commit().await?)
}

/// What a form or a pasted line says about one period.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Of when.
    pub period: Period,
    /// The figure that the form was made from.
    pub seen: Option<EntryId>,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// One sentence; none keeps what stands.
    pub note: Option<String>,
}

impl Figure {
    fn is(&self, stands: &Stands) -> bool {
        (self.value, self.base) == (stands.value, stands.base)
            && self.note.as_ref().is_none_or(|note| *note == stands.note)
    }
}

/// Two amounts of a ratio as `12 / 60`, one of everything else, as events keep them.
fn amounts(scale: &Scale, value: i64, base: i64) -> String {
    let above = kept(&scale.of_amounts(), value);
    if scale.measure == Measure::Ratio { format!("{above} / {}", kept(&scale.of_bases(), base)) } else { above }
}

/// Enters figures of an indicator, or corrects those that stand: all or none. What says nothing new changes nothing, so the same
/// text sent twice is entered once. Answers how many were entered.
///
/// # Errors
/// [`Error::Forbidden`] for another department; [`Error::Conflict`] when somebody was faster with one of them or it is retired;
/// [`Error::NotFound`] when there is none; otherwise of the database.
pub async fn enter(state: &AppState, viewer: &mut GoalsViewer, id: KpiId, figures: &[Figure]) -> Result<usize> {
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    let of = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    require(viewer.may_enter(of.part))?;
    let periods: Vec<jiff::civil::Date> = figures.iter().map(|one| one.period.first()).collect();
    let standing = store::standing(change.conn(), project, (of.series, of.part), &periods).await?;
    let beside = |one: &Figure| standing.iter().find(|stands| stands.period == one.period.first());
    let news: Vec<(&Figure, Option<&Stands>)> = figures
        .iter()
        .map(|one| (one, beside(one)))
        .filter(|(one, stands)| stands.is_none_or(|stands| !one.is(stands)))
        .collect();
    if news.is_empty() {
        return Ok(0);
    }
    if of.is_retired || news.iter().any(|(one, stands)| stands.map(|stands| stands.id) != one.seen) {
        return Err(Error::Conflict);
    }
    let new: Vec<NewFigure> = news.iter().map(|(one, stands)| as_written(&of, one, *stands)).collect();
    store::insert_figures(change.conn(), project, (of.series, of.part), &new, (by, at)).await?;
    for (one, stands) in &news {
        let kind = if stands.is_some() { Kind::KpiFigureCorrected } else { Kind::KpiFigureEntered };
        let mut event = about(kind, project, id, &of.title)
            .after("period", one.period.field())
            .after("figure", amounts(&of.scale, one.value, one.base))
            .after("department", name_of(viewer.part(of.part)));
        if let Some(stands) = stands {
            event = event.before("figure", amounts(&of.scale, stands.value, stands.base));
        }
        if let Some(note) = one.note.as_deref().filter(|note| !note.is_empty()) {
            event = event.after("note", note);
        }
        change.record(event);
    }
    change.commit().await?;
    Ok(new.len())
}

fn as_written(of: &Locked, one: &Figure, stands: Option<&Stands>) -> NewFigure {
    NewFigure {
        period: one.period.first(),
        value: one.value,
        base: (of.scale.measure == Measure::Ratio).then_some(one.base),
        confidence: stands.and_then(|stands| stands.confidence),
        note: one.note.clone().or_else(|| stands.map(|stands| stands.note.clone())).unwrap_or_default(),
        corrects: stands.map(|stands| stands.id),
    }
}
