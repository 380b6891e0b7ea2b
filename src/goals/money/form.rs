//! The form of a commercial plan besides its sheet: what was typed, and what it means.

use super::{
    model::{LineKind, MONTHS, Money, money_scale, months},
    sheet::SheetRow,
    store::NewTerms,
};
use crate::{
    goals::{access::GoalsViewer, figures::Scale, key_results::form::CURRENCIES, months::Month},
    platform::{clock::is_agreed, locale::T},
    web::{Errors, Fields, Result},
};

/// Months of a new plan.
const USUAL: i16 = 18;
/// Longest reason, in characters.
pub(super) const REASON: usize = 1000;

/// What was typed besides the sheet.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The number of the plan that the form was made from; 0 for none.
    pub seen: i32,
    pub currency: String,
    pub decimals: String,
    pub starts: String,
    pub months: String,
    pub envelope: String,
    pub reason: String,
}

impl Form {
    pub fn blank(viewer: &GoalsViewer, currency: String) -> Self {
        Self {
            seen: 0,
            currency,
            decimals: "0".to_owned(),
            starts: Month::of(viewer.shell().today()).field(),
            months: USUAL.to_string(),
            envelope: String::new(),
            reason: String::new(),
        }
    }

    pub fn stands(money: &Money) -> Self {
        Self {
            seen: money.number,
            currency: money.currency.clone(),
            decimals: money.decimals.to_string(),
            starts: money.starts_on.field(),
            months: money.months.to_string(),
            envelope: money.scale().field(money.envelope),
            reason: String::new(),
        }
    }

    pub fn of(fields: &Fields, money: Option<&Money>) -> Result<Self> {
        let get = |name: &str| fields.get(name).to_owned();
        let sent = Self {
            seen: fields.hidden("seen")?,
            currency: get("currency"),
            decimals: get("decimals"),
            starts: get("starts"),
            months: get("months"),
            envelope: get("envelope"),
            reason: fields.text("reason"),
        };
        // What figures are counted in stays once there are any.
        Ok(match money {
            Some(money) => Self { currency: money.currency.clone(), decimals: money.decimals.to_string(), ..sent },
            None => sent,
        })
    }

    pub fn scale(&self) -> Scale {
        money_scale(
            &self.currency,
            self.decimals.parse().ok().filter(|decimals| (0..=2).contains(decimals)).unwrap_or(0),
        )
    }

    fn starts_on(&self) -> Option<Month> {
        Month::parse(&self.starts).filter(|month| is_agreed(month.first()))
    }

    fn count(&self) -> Option<i16> {
        self.months.parse().ok().filter(|count| (1..=MONTHS).contains(count))
    }

    /// The months that it means; those of the plan, or none, while they cannot be read.
    pub fn months(&self, money: Option<&Money>) -> Vec<Month> {
        match (self.starts_on(), self.count()) {
            (Some(starts_on), Some(count)) => months(starts_on, count).collect(),
            _ => money.map(|money| money.months().collect()).unwrap_or_default(),
        }
    }

    pub fn read(&self, t: T, errors: &mut Errors) -> Option<NewTerms> {
        if !CURRENCIES.contains(&self.currency.as_str()) {
            errors.add("currency", t.goals_currency_missing());
        }
        let decimals: Option<i16> = self.decimals.parse().ok().filter(|decimals| (0..=2).contains(decimals));
        if decimals.is_none() {
            errors.add("decimals", t.goals_decimals_missing());
        }
        if self.starts_on().is_none() {
            errors.add("starts", t.goals_month_missing());
        }
        if self.count().is_none() {
            errors.add("months", t.goals_money_months_wrong(i64::from(MONTHS)));
        }
        let envelope = match self.scale().parse(&self.envelope) {
            Ok(amount) if amount < 0 => Err(t.goals_base_negative()),
            Ok(amount) => Ok(amount),
            Err(wrong) => Err(wrong.text(t)),
        };
        if let Err(wrong) = &envelope {
            errors.add("envelope", wrong.as_str());
        }
        if self.reason.chars().count() > REASON {
            errors.add("reason", t.decisions_too_long(REASON));
        }
        Some(NewTerms {
            number: 0,
            currency: self.currency.clone(),
            decimals: decimals?,
            starts_on: self.starts_on()?,
            months: self.count()?,
            envelope: envelope.ok()?,
            break_even_on: None,
            reason: self.reason.clone(),
        })
    }
}

/// The lines that a new plan begins with.
pub(super) fn usual(t: T, months: usize) -> Vec<SheetRow> {
    let row = |(kind, name, acquires): (LineKind, String, bool)| SheetRow {
        kind: Some(kind),
        name,
        acquires,
        ..SheetRow::blank(months)
    };
    let lines = [
        (LineKind::Units, t.goals_money_usual_units(), false),
        (LineKind::Revenue, t.goals_money_usual_revenue(), false),
        (LineKind::Cost, t.goals_money_usual_making(), false),
        (LineKind::Cost, t.goals_money_usual_selling(), true),
        (LineKind::Arr, t.goals_money_arr(), false),
    ];
    lines.map(row).into()
}

/// What a line counts, in words.
pub(super) fn kind_name(t: T, kind: LineKind) -> String {
    match kind {
        LineKind::Units => t.goals_money_units(),
        LineKind::Revenue => t.goals_money_revenue(),
        LineKind::Cost => t.goals_money_cost(),
        LineKind::Arr => t.goals_money_arr(),
    }
}
