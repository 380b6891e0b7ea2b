//! What changes the commercial plan: right, rule, write, event, one transaction each. Everything holds the lock of the project's
//! row, so that of two at once one sees what the other wrote.

use super::{
    model::{Basis, Line, Money, Sort},
    sheet::{ReadRow, trace},
    store::{self, NewFigure, NewLine, NewTerms},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    goals::{
        access::{GoalsViewer, require},
        figures::Scale,
        key_results::actions::kept,
        months::Month,
        signing::limits::{TooLarge, break_even_too_far, envelope_too_large},
    },
    platform::{
        ids::{DecisionId, MoneyLineId, PersonId, ProjectId},
        locale::{Language, T},
    },
    projects::{Part, scope::store::lock},
    web::{AppState, Error, Result},
};
use jiff::civil::Date;

/// The department that answers for money, by its code.
pub const FINANCE: &str = "FIN";

impl GoalsViewer {
    /// The department that answers for money, where it takes part.
    #[must_use]
    pub fn finance(&self) -> Option<&Part> {
        self.departments().find(|part| part.code == FINANCE)
    }

    /// Whether the person sets the commercial plan: the lead, and the liaison of finance.
    #[must_use]
    pub fn may_set_money(&self) -> bool {
        self.may_set() || self.finance().is_some_and(|part| self.may_split(part.id))
    }

    /// Whether the person says what was earned and spent, and what is expected: the lead, and whoever is of finance.
    #[must_use]
    pub fn may_enter_money(&self) -> bool {
        self.may_set() || self.finance().is_some_and(|part| self.may_enter(part.id))
    }
}

fn about(kind: Kind, project: ProjectId) -> Event {
    let subject = Subject::new(SubjectKind::Money, project.uuid(), "", "Commercial plan");
    Event::new(kind, subject.zh(Some("商业计划".to_owned()))).of(project)
}

fn in_both(words: impl Fn(T) -> String) -> serde_json::Value {
    both(&words(T(Language::English)), &words(T(Language::Chinese)))
}

fn day_or_none(t: T, day: Option<Date>) -> String {
    day.map_or_else(|| t.goals_money_not_within(), |day| t.date(day))
}

/// What the form of the plan says.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The number of the plan that the form was made from; 0 for none.
    pub seen: i32,
    /// What it stands on; its number and the day of break-even are what they come to be.
    pub terms: NewTerms,
    /// Its months.
    pub months: Vec<Month>,
    /// Its lines, in their order.
    pub rows: Vec<ReadRow>,
}

/// What saving a plan writes.
#[derive(Debug, Default)]
struct News<'a> {
    lines: Vec<NewLine<'a>>,
    dropped: Vec<&'a ReadRow>,
    figures: Vec<NewFigure>,
}

fn news<'a>(plan: &'a Plan, stands: Option<&Money>) -> News<'a> {
    let mut news = News::default();
    for (row, position) in plan.rows.iter().filter(|row| !row.drops).zip(1..) {
        let line = stands.and_then(|money| money.lines.iter().find(|line| line.id == row.line));
        let is_same = |line: &&Line| {
            (line.name.as_str(), line.acquires, line.position) == (row.name.as_str(), row.acquires, position)
        };
        if line.as_ref().is_none_or(|line| !is_same(line)) {
            let (kind, name, acquires) = (row.kind, row.name.as_str(), row.acquires);
            news.lines.push(NewLine { id: row.line, kind, name, acquires, position });
        }
        news.figures.extend(changed(row, &plan.months, (Sort::Plan, line)));
    }
    let is_there = |row: &&ReadRow| stands.is_some_and(|money| money.lines.iter().any(|line| line.id == row.line));
    news.dropped = plan.rows.iter().filter(|row| row.drops).filter(is_there).collect();
    news
}

/// The figures of a row that differ from those that stand.
fn changed<'a>(
    row: &'a ReadRow,
    months: &'a [Month],
    (sort, line): (Sort, Option<&'a Line>),
) -> impl Iterator<Item = NewFigure> + 'a {
    months.iter().zip(&row.amounts).filter_map(move |(month, amount)| {
        let stands = line.and_then(|line| line.amount(sort, *month));
        let number = line.map_or(0, |line| line.number(sort, *month)) + 1;
        (stands != *amount).then_some(NewFigure { line: row.line, month: *month, number, amount: *amount })
    })
}

/// What came of setting a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is set.
    New,
    /// It said nothing new.
    Same,
    /// Nothing was set: this is the committee's.
    TooLarge(Vec<TooLarge>),
}

/// There is no commercial plan.
#[derive(Clone, Copy, Debug)]
pub struct NoPlan;

/// A decision says what may be spent, however much it is. Answers in which steps, and what it was.
///
/// # Errors
/// Of the database.
pub async fn decide_envelope(
    change: &mut Change,
    project: ProjectId,
    (decision, by): (DecisionId, PersonId),
    to: i64,
) -> Result<std::result::Result<(Scale, i64), NoPlan>> {
    lock(change.conn(), project).await?;
    let Some(money) = store::money(change.conn(), project).await? else { return Ok(Err(NoPlan)) };
    let (scale, was, at) = (money.scale(), money.envelope, change.now());
    if was == to {
        return Ok(Ok((scale, was)));
    }
    store::decide_envelope(change.conn(), project, (decision, to), (by, at)).await?;
    store::touch(change.conn(), project).await?;
    let event = about(Kind::MoneyPlanChanged, project);
    change.record(event.before("envelope", kept(&scale, was)).after("envelope", kept(&scale, to)));
    Ok(Ok((scale, was)))
}

/// Sets the commercial plan: terms, lines and what each is to be in each month. What says nothing new changes nothing, so the same
/// form sent twice sets it once. Of the envelope that the committee signed off only a little changes.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster, or a line with reported figures is dropped; otherwise of the database.
pub async fn set(state: &AppState, viewer: &mut GoalsViewer, plan: &Plan) -> Result<Saved> {
    require(viewer.may_set_money())?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    lock(change.conn(), project).await?;
    let stands = store::money(change.conn(), project).await?;
    let news = news(plan, stands.as_ref());
    let mut terms = plan.terms.clone();
    if let Some(money) = &stands {
        terms.currency.clone_from(&money.currency);
        (terms.decimals, terms.break_even_on) = (money.decimals, money.break_even_on);
    }
    let are_terms_new = stands.as_ref().is_none_or(|money| {
        (money.starts_on, money.months, money.envelope) != (terms.starts_on, terms.months, terms.envelope)
    });
    if !are_terms_new && news.lines.is_empty() && news.dropped.is_empty() && news.figures.is_empty() {
        return Ok(Saved::Same);
    }
    let has_actuals = |row: &&ReadRow| {
        stands.as_ref().is_some_and(|money| money.lines.iter().any(|line| line.id == row.line && line.has_actuals()))
    };
    let number = stands.as_ref().map_or(0, |money| money.number);
    let ids: Vec<MoneyLineId> = plan.rows.iter().map(|row| row.line).collect();
    let loses_months = stands.as_ref().is_some_and(|money| money.has_reported_outside(&plan.months));
    if loses_months || store::are_dropped(change.conn(), project, &ids).await? {
        return Err(Error::Conflict);
    }
    if number != plan.seen || news.dropped.iter().any(has_actuals) {
        return Err(Error::Conflict);
    }
    if number > 0 && terms.reason.is_empty() {
        return Err(Error::Unprocessable);
    }
    let signed = stands.as_ref().and_then(|money| money.signed).filter(|_| are_terms_new);
    if let Some(too_large) = signed.and_then(|signed| envelope_too_large(signed.envelope, terms.envelope)) {
        return Ok(Saved::TooLarge(vec![too_large]));
    }
    terms.number = number + 1;
    store::insert_terms(change.conn(), project, &terms, (by, at)).await?;
    for row in &news.dropped {
        store::drop_line(change.conn(), project, row.line, at).await?;
    }
    for line in &news.lines {
        store::write_line(change.conn(), project, line).await?;
    }
    store::insert_figures(change.conn(), project, (Sort::Plan, &news.figures), (by, at)).await?;
    store::touch(change.conn(), project).await?;
    let is = store::money(change.conn(), project).await?.ok_or(Error::NotFound)?;
    change.record(plan_event(project, stands.as_ref(), &is));
    change.commit().await?;
    Ok(Saved::New)
}

fn plan_event(project: ProjectId, was: Option<&Money>, is: &Money) -> Event {
    let scale = is.scale();
    let kind = if was.is_some() { Kind::MoneyPlanChanged } else { Kind::MoneyPlanSet };
    let span = |money: &Money| {
        let last = money.months().last().unwrap_or(money.starts_on);
        format!("{} – {}", money.starts_on.field(), last.field())
    };
    let total = |money: &Money| {
        let sum = money.sums(Basis::Plan).last().map_or(0, |sum| sum.step.total);
        kept(&scale, sum)
    };
    let envelope = |money: &Money| kept(&scale, money.envelope);
    let computed = |money: &Money| {
        let on = money.crossing(Basis::Plan).map(|found| found.on);
        in_both(|t| day_or_none(t, on))
    };
    let names = |money: &Money| money.lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>();
    let mut event = about(kind, project);
    let mut say = |field: &'static str, before: Option<serde_json::Value>, after: serde_json::Value| {
        if before.as_ref() != Some(&after) {
            let said = event.clone().after(field, after);
            event = match before {
                Some(before) => said.before(field, before),
                None => said,
            };
        }
    };
    say("period", was.map(|was| span(was).into()), span(is).into());
    say("lines", was.map(|was| names(was).into()), names(is).into());
    say("envelope", was.map(|was| envelope(was).into()), envelope(is).into());
    say("result", was.map(|was| total(was).into()), total(is).into());
    say("break_even", was.map(computed), computed(is));
    if is.reason.is_empty() { event } else { event.after("reason", is.reason.as_str()) }
}

/// Records the day of break-even that the plan comes to. A day that is recorded already changes nothing; one too far from what the
/// committee signed off is not recorded, and the answer says so.
///
/// # Errors
/// [`Error::Conflict`] when the plan comes to another day by now; otherwise of the database.
pub async fn record(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (seen, day): (i32, Date),
    reason: &str,
) -> Result<Option<TooLarge>> {
    require(viewer.may_set_money())?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    lock(change.conn(), project).await?;
    let money = store::money(change.conn(), project).await?.ok_or(Error::NotFound)?;
    if money.break_even_on == Some(day) {
        return Ok(None);
    }
    let computed = money.crossing(Basis::Plan).map(|found| found.on);
    if money.number != seen || computed != Some(day) {
        return Err(Error::Conflict);
    }
    if let Some(too_far) = money.signed.and_then(|signed| break_even_too_far(signed.break_even_on, day)) {
        return Ok(Some(too_far));
    }
    let terms = NewTerms {
        number: money.number + 1,
        currency: money.currency.clone(),
        decimals: money.decimals,
        starts_on: money.starts_on,
        months: money.months,
        envelope: money.envelope,
        break_even_on: Some(day),
        reason: reason.to_owned(),
    };
    store::insert_terms(change.conn(), project, &terms, (by, at)).await?;
    store::touch(change.conn(), project).await?;
    let mut event = about(Kind::BreakEvenRecorded, project).after("break_even", in_both(|t| t.date(day)));
    if let Some(was) = money.break_even_on {
        event = event.before("break_even", in_both(|t| t.date(was)));
    }
    change.record(event.after("reason", reason));
    change.commit().await?;
    Ok(None)
}

/// Enters actual figures of a month, or what is expected of the months to come. Rows that were not touched are not written. Answers
/// how many figures were new.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster with one of the rows, or its line or month is not in the plan any more; otherwise of
/// the database.
pub async fn enter(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (sort, months): (Sort, &[Month]),
    rows: &[ReadRow],
) -> Result<usize> {
    require(viewer.may_enter_money() && sort != Sort::Plan)?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    lock(change.conn(), project).await?;
    let money = store::money(change.conn(), project).await?.ok_or(Error::Conflict)?;
    let mut new: Vec<NewFigure> = Vec::new();
    for row in rows.iter().filter(|row| row.is_touched) {
        let line = money.lines.iter().find(|line| line.id == row.line).ok_or(Error::Conflict)?;
        let before = new.len();
        new.extend(changed(row, months, (sort, Some(line))));
        let is_other = trace(&money.scale_of(line.kind), line, sort, months) != row.was;
        let planned: Vec<Month> = money.months().collect();
        if new.len() > before && (is_other || months.iter().any(|month| !planned.contains(month))) {
            return Err(Error::Conflict);
        }
    }
    if new.is_empty() {
        return Ok(0);
    }
    store::insert_figures(change.conn(), project, (sort, &new), (by, at)).await?;
    store::touch(change.conn(), project).await?;
    let is = store::money(change.conn(), project).await?.ok_or(Error::NotFound)?;
    record_figures(&mut change, project, (&money, &is), (sort, months));
    change.commit().await?;
    Ok(new.len())
}

fn record_figures(
    change: &mut Change,
    project: ProjectId,
    (was, is): (&Money, &Money),
    (sort, months): (Sort, &[Month]),
) {
    let expected = |money: &Money| {
        let on = money.expected_on();
        in_both(|t| day_or_none(t, on))
    };
    if sort == Sort::Forecast {
        let event = about(Kind::MoneyForecastSet, project);
        change.record(event.before("expected_on", expected(was)).after("expected_on", expected(is)));
        return;
    }
    for month in months {
        let changed = is.lines.iter().filter_map(|line| {
            let before = was.lines.iter().find(|one| one.id == line.id).and_then(|one| one.amount(sort, *month));
            let after = line.amount(sort, *month);
            (before != after).then_some((line, before, after))
        });
        let said = |line: &Line, amount: Option<i64>| {
            let amount = amount.map_or_else(|| "–".to_owned(), |amount| kept(&is.scale_of(line.kind), amount));
            format!("{}: {amount}", line.name)
        };
        let (before, after): (Vec<Option<String>>, Vec<String>) = changed
            .map(|(line, before, after)| (before.map(|before| said(line, Some(before))), said(line, after)))
            .unzip();
        let before: Vec<String> = before.into_iter().flatten().collect();
        let is_correction = !before.is_empty();
        let kind = if is_correction { Kind::MoneyActualCorrected } else { Kind::MoneyActualEntered };
        let mut event = about(kind, project).after("month", month.field()).after("figures", after);
        if is_correction {
            event = event.before("figures", before);
        }
        change.record(event.field("expected_on", expected(was), expected(is)));
    }
}
