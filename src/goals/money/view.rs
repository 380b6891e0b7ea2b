//! The commercial plan in the reader's words: figures, the course of the running total, months, and the working of break-even.

use super::{
    alarm::{Why, wrong},
    break_even::Crossing,
    model::{Basis, Money, MonthSum, OVER, SLIP, Slip, Sort, cac, units_scale},
};
use crate::{
    goals::{
        access::GoalsViewer,
        board::view::{place_of, short_month},
        figures::Scale,
        months::Month,
    },
    platform::locale::T,
    web::ui::chart::{Line as ChartLine, LineChart},
};
use jiff::civil::Date;

/// Tone, picture and words.
pub type Said = (&'static str, &'static str, String);

/// A figure of the head.
pub struct Fig {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
    /// What it stands beside.
    pub beside: String,
    /// How good it is, where that can be said.
    pub said: Option<Said>,
    /// The value is a day, which stays on one line.
    pub is_day: bool,
}

/// A month of the table.
pub struct MonthLine {
    /// `Nov 2026`.
    pub month: String,
    /// Reported, expected, or as planned.
    pub state: String,
    /// It was reported.
    pub is_reported: bool,
    /// New customers.
    pub units: String,
    /// What comes in, and what was planned.
    pub revenue: Pair,
    /// What goes out, and what was planned.
    pub cost: Pair,
    /// What is left.
    pub result: Pair,
    /// All of it up to here.
    pub total: Pair,
    /// What a new customer costs.
    pub cac: String,
    /// Recurring revenue.
    pub arr: String,
    /// Where its figures are entered; nothing where they cannot be.
    pub href: String,
}

/// What is to be reckoned with beside the plan.
pub struct Pair {
    /// By now.
    pub now: String,
    /// As planned; nothing where it is the same.
    pub planned: String,
}

/// The working of a break-even.
pub struct Working {
    /// Of what.
    pub title: String,
    /// Month, what comes in, what goes out, what is left, all of it; and whether it crosses here.
    pub rows: Vec<([String; 5], bool)>,
    /// The crossing, in words.
    pub words: String,
}

/// All of it.
pub struct View {
    /// What is wrong.
    pub wrong: Vec<String>,
    /// The head.
    pub figs: Vec<Fig>,
    /// The day of the launch, in words.
    pub launch: String,
    /// The course of the running total.
    pub chart: LineChart,
    /// Month by month.
    pub months: Vec<MonthLine>,
    /// Of the plan and of what is to be reckoned with.
    pub workings: Vec<Working>,
    /// There is a line of new customers.
    pub has_units: bool,
    /// There is a line of recurring revenue.
    pub has_arr: bool,
}

/// A day, or that there is none.
#[must_use]
pub fn day_or_none(t: T, day: Option<Date>) -> String {
    day.map_or_else(|| t.goals_money_not_within(), |day| t.date(day))
}

/// How far break-even slips, in words.
#[must_use]
pub fn slip_in_words(t: T, slip: Slip) -> Option<Said> {
    Some(match slip {
        Slip::Never => return None,
        Slip::Beyond => ("bad", "warn", t.goals_money_slip_beyond()),
        Slip::Days(0) => ("ok", "ok", t.goals_money_slip_none()),
        Slip::Days(days) if days < 0 => ("ok", "ok", t.goals_money_sooner(days.saturating_neg())),
        Slip::Days(days) if days > SLIP => ("bad", "warn", t.goals_money_later(days)),
        Slip::Days(days) => ("warn", "warn", t.goals_money_later(days)),
    })
}

/// What is wrong, in words.
#[must_use]
pub fn why_in_words(t: T, why: Why) -> String {
    match why {
        Why::BelowPlan([one, other]) => t.goals_money_wrong_below(t.month(one.first()), t.month(other.first())),
        Why::Slips(Slip::Days(days)) => t.goals_money_wrong_slip(days, SLIP),
        Why::Slips(_) => t.goals_money_wrong_beyond(),
    }
}

/// The crossing in words: what was missing, what came in, in how many days.
#[must_use]
pub fn crossing_in_words(t: T, scale: &Scale, found: Option<&Crossing>) -> String {
    match found {
        None => t.goals_money_breaks_not_even(),
        Some(found) if found.is_never_negative => {
            t.goals_money_crossing_never(t.date(found.on), t.month(found.month.first()))
        }
        Some(found) => t.goals_money_crossing(
            t.date(found.on),
            i64::from(found.month.first().days_in_month()),
            scale.full(t, found.from),
            t.month(found.month.first()),
            scale.full(t, found.to.saturating_sub(found.from)),
        ),
    }
}

/// The table and the words of one of the two.
#[must_use]
pub fn working(t: T, money: &Money, basis: Basis) -> Working {
    let (scale, found) = (money.scale(), money.crossing(basis));
    let row = |sum: MonthSum| {
        let (earned, step) = (sum.step.earned, sum.step);
        let amounts = [earned.revenue, earned.cost, step.result, step.total].map(|amount| scale.full(t, amount));
        let [revenue, cost, result, total] = amounts;
        let crosses = found.as_ref().is_some_and(|found| found.month == earned.month);
        ([t.month(earned.month.first()), revenue, cost, result, total], crosses)
    };
    Working {
        title: match basis {
            Basis::Plan => t.goals_plan(),
            Basis::Outlook => t.goals_money_outlook(),
        },
        rows: money.sums(basis).into_iter().map(row).collect(),
        words: crossing_in_words(t, &scale, found.as_ref()),
    }
}

fn sum(of: &[MonthSum], amount: impl Fn(&MonthSum) -> i64) -> i64 {
    of.iter().map(amount).fold(0, i64::saturating_add)
}

/// The time that a sum over the whole plan is of: what is expected by its last month, or was, where all of it was reported.
fn period_in_words(t: T, money: &Money) -> String {
    let Some(last) = money.months().last() else { return String::new() };
    let month = t.month(last.first());
    if money.reported() == Some(last) { t.goals_money_up_to(month) } else { t.goals_money_expected_by(month) }
}

fn figs(t: T, money: &Money, (plan, outlook): (&[MonthSum], &[MonthSum])) -> Vec<Fig> {
    let scale = money.scale();
    let short = |amount: i64| scale.short(t, amount);
    let fig = |label, value, beside, said| Fig { label, value, beside, said, is_day: false };
    let planned = |amount: i64| t.goals_money_planned(short(amount));
    let (spent, percent) = money.spent();
    let lowest = money.lowest(Basis::Outlook);
    let period = period_in_words(t, money);
    let within = |words: String| t.goals_money_within(period.as_str(), words);
    let breaks_even = Fig {
        label: t.goals_money_break_even(),
        value: day_or_none(t, money.expected_on()),
        beside: match money.break_even_on {
            Some(day) => t.goals_money_recorded_for(t.date(day)),
            None => t.goals_money_planned(day_or_none(t, money.planned_on())),
        },
        said: slip_in_words(t, money.slip()),
        is_day: money.expected_on().is_some(),
    };
    let mut figs = vec![
        breaks_even,
        fig(
            t.goals_money_revenue(),
            short(sum(outlook, |sum| sum.step.earned.revenue)),
            within(planned(sum(plan, |sum| sum.step.earned.revenue))),
            None,
        ),
        fig(t.goals_money_cost(), short(spent), within(planned(sum(plan, |sum| sum.step.earned.cost))), None),
        fig(
            t.goals_money_result(),
            short(outlook.last().map_or(0, |sum| sum.step.total)),
            within(planned(plan.last().map_or(0, |sum| sum.step.total))),
            None,
        ),
        fig(
            t.goals_money_lowest(),
            lowest.map_or_else(|| "–".to_owned(), |(_, total)| short(total)),
            lowest.map_or_else(|| t.goals_money_never_below(), |(month, _)| t.month(month.first())),
            None,
        ),
        fig(
            t.goals_money_envelope_used(),
            percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent}%")),
            within(t.goals_money_spent_of(short(money.envelope), short(spent))),
            percent.filter(|percent| *percent > OVER).map(|_| ("bad", "warn", t.goals_money_over(OVER))),
        ),
    ];
    if let Some(cost) = cac(outlook) {
        let plan = cac(plan).map(|cost| t.goals_money_planned(scale.full(t, cost)));
        let beside = plan.map_or_else(|| period.clone(), within);
        figs.push(fig(t.goals_money_cac(), scale.full(t, cost), beside, None));
    }
    let newest = |of: &[MonthSum], up_to: Option<Month>| {
        let months = of.iter().filter(|sum| up_to.is_none_or(|month| sum.step.earned.month <= month));
        months.rev().find_map(|sum| sum.arr.map(|arr| (sum.step.earned.month, arr)))
    };
    if let Some((month, arr)) = newest(outlook, money.reported()) {
        let beside = newest(plan, Some(month)).map(|(_, arr)| planned(arr)).unwrap_or_default();
        figs.push(fig(t.goals_money_arr(), short(arr), t.goals_money_within(t.month(month.first()), beside), None));
    }
    figs
}

fn chart(t: T, money: &Money, (plan, outlook): (&[MonthSum], &[MonthSum]), launch: Option<Date>) -> LineChart {
    let scale = money.scale();
    let months: Vec<Month> = money.months().collect();
    let reported = money.reported();
    let of = |sums: &[MonthSum], counts: &dyn Fn(Month) -> bool| {
        let total = |sum: &MonthSum| counts(sum.step.earned.month).then_some(sum.step.total);
        sums.iter().map(total).collect::<Vec<_>>()
    };
    let lowest = money.lowest(Basis::Outlook);
    let described = t.goals_money_chart(
        day_or_none(t, money.expected_on()),
        lowest.map_or_else(|| t.goals_money_never_below(), |(_, total)| scale.full(t, total)),
        day_or_none(t, money.planned_on()),
    );
    let mark = money.expected_on().and_then(|day| Some((place_of(day, &months)?, t.goals_money_break_even())));
    let launch = launch.and_then(|day| Some((place_of(day, &months)?, t.goals_launch())));
    let short = months.iter().map(|month| short_month(t, *month)).collect();
    ChartLine::new("money", t.goals_money_course(), described, short, launch)
        .plan(of(plan, &|_| true))
        .actual(of(outlook, &|month| Some(month) <= reported))
        .outlook(of(outlook, &|month| Some(month) >= reported))
        .target(Some(0))
        .mark(mark)
        .drawn(&|amount| scale.short(t, amount))
}

fn month_line(
    viewer: &GoalsViewer,
    money: &Money,
    (plan, now): (&MonthSum, &MonthSum),
    up_to_now: &[MonthSum],
) -> MonthLine {
    let (t, today, scale) = (viewer.shell().t, viewer.shell().today(), money.scale());
    let month = now.step.earned.month;
    let short = |amount: i64| scale.short(t, amount);
    let pair = |amount: &dyn Fn(&MonthSum) -> i64| {
        let (now, planned) = (amount(now), amount(plan));
        Pair { now: short(now), planned: if now == planned { String::new() } else { short(planned) } }
    };
    let is_reported = money.is_reported(month);
    let has = |sort: Sort| money.lines.iter().any(|line| line.amount(sort, month).is_some());
    let may = viewer.may_enter_money() && month.first() <= today;
    MonthLine {
        month: t.month(month.first()),
        state: if is_reported {
            t.goals_money_reported()
        } else if has(Sort::Actual) {
            t.goals_money_partly()
        } else if has(Sort::Forecast) {
            t.goals_money_forecast()
        } else {
            t.goals_plan()
        },
        is_reported,
        units: units_scale().full(t, now.units),
        revenue: pair(&|sum| sum.step.earned.revenue),
        cost: pair(&|sum| sum.step.earned.cost),
        result: pair(&|sum| sum.step.result),
        total: pair(&|sum| sum.step.total),
        cac: match (cac(std::slice::from_ref(now)), cac(up_to_now)) {
            (Some(own), Some(all)) => t.goals_money_cac_both(scale.full(t, all), scale.full(t, own)),
            (None, Some(all)) => t.goals_money_cac_both(scale.full(t, all), "–"),
            _ => "–".to_owned(),
        },
        arr: now.arr.map_or_else(|| "–".to_owned(), short),
        href: if may { viewer.path(&format!("money/actual/{}", month.field())) } else { String::new() },
    }
}

impl View {
    /// Of a plan, as a viewer reads it.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, money: &Money) -> Self {
        let (t, launch) = (viewer.shell().t, viewer.project().launches_on);
        let (plan, outlook) = (money.sums(Basis::Plan), money.sums(Basis::Outlook));
        let both = (plan.as_slice(), outlook.as_slice());
        let lines = plan.iter().zip(&outlook).enumerate();
        Self {
            wrong: wrong(money).into_iter().map(|why| why_in_words(t, why)).collect(),
            figs: figs(t, money, both),
            launch: launch.map(|day| t.goals_money_launches(t.date(day))).unwrap_or_default(),
            chart: chart(t, money, both, launch),
            months: lines
                .map(|(at, of)| month_line(viewer, money, of, outlook.get(..=at).unwrap_or_default()))
                .collect(),
            workings: [Basis::Plan, Basis::Outlook].map(|basis| working(t, money, basis)).into(),
            has_units: money.lines.iter().any(|line| line.kind == super::model::LineKind::Units),
            has_arr: money.lines.iter().any(|line| line.kind == super::model::LineKind::Arr),
        }
    }
}
