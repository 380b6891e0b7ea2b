//! The form of a pool: what was typed, and what it means.

use super::model::{HEAVIEST, LARGEST, Pool, Weight};
use crate::{
    goals::{
        access::GoalsSetter,
        figures::{Measure, Scale, UnitKind},
        key_results::form::CURRENCIES,
        model::{Goals, WHY},
    },
    platform::ids::{BonusPoolId, KeyResultId, PartId},
    web::{Errors, Fields, Result},
};

/// What was typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// Made with the form.
    pub id: BonusPoolId,
    /// The number of the pool that it was made from; 0 for none.
    pub seen: i32,
    /// How much.
    pub amount: String,
    /// Which money.
    pub currency: String,
    /// Why it changes.
    pub reason: String,
    /// For each department and key result.
    pub weights: Vec<(PartId, Vec<(KeyResultId, String)>)>,
}

/// The name and id of a weight.
#[must_use]
pub fn field(part: PartId, key_result: KeyResultId) -> String {
    format!("w-{part}-{key_result}")
}

/// Money without parts of a unit.
#[must_use]
pub fn scale(currency: &str) -> Scale {
    Scale {
        measure: Measure::Additive,
        unit_kind: UnitKind::Money,
        unit: currency.to_owned(),
        base_unit: String::new(),
        decimals: 0,
    }
}

fn weights(
    setter: &GoalsSetter,
    goals: &Goals,
    text: impl Fn(PartId, KeyResultId) -> String,
) -> Vec<(PartId, Vec<(KeyResultId, String)>)> {
    let of = |part: PartId| goals.key_results().map(|(_, one)| (one.id, text(part, one.id))).collect();
    setter.departments().map(|part| (part.id, of(part.id))).collect()
}

/// A form without a mistake.
#[derive(Clone, Debug)]
pub struct Read {
    /// In whole units.
    pub amount: i64,
    /// Who gets how much for what.
    pub weights: Vec<Weight>,
}

impl Form {
    /// As it was sent.
    ///
    /// # Errors
    /// When what only our pages send is missing.
    pub fn of(setter: &GoalsSetter, goals: &Goals, fields: &Fields) -> Result<Self> {
        Ok(Self {
            id: fields.hidden("id")?,
            seen: fields.hidden("seen")?,
            amount: fields.get("amount").to_owned(),
            currency: fields.get("currency").to_owned(),
            reason: fields.text("reason"),
            weights: weights(setter, goals, |part, one| fields.get(&field(part, one)).to_owned()),
        })
    }

    /// Weights that were typed for a department or a key result that has left the project meanwhile.
    #[must_use]
    pub fn gone(&self, fields: &Fields) -> Vec<String> {
        let known = self.weights.iter().flat_map(|(part, of)| of.iter().map(|(one, _)| field(*part, *one)));
        let known: Vec<String> = known.collect();
        let typed = fields.pairs().iter().filter(|(name, value)| name.starts_with("w-") && !value.trim().is_empty());
        typed.filter(|(name, _)| !known.contains(name)).map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// As it stands; before there is one, whoever has a share weighs one.
    #[must_use]
    pub fn stands(setter: &GoalsSetter, goals: &Goals, pool: Option<&Pool>, currency: String) -> Self {
        let usual = |part: PartId, id: KeyResultId| {
            let has = goals.key_results().any(|(_, one)| one.id == id && one.row(part).is_some());
            if has { "1".to_owned() } else { String::new() }
        };
        let stands = |pool: &Pool, part: PartId, id: KeyResultId| {
            let found = pool.weights.iter().find(|one| one.part == part && one.key_result == id);
            found.map(|one| one.weight.to_string()).unwrap_or_default()
        };
        Self {
            id: BonusPoolId::new(),
            seen: pool.map_or(0, |pool| pool.number),
            amount: pool.map(|pool| pool.amount.to_string()).unwrap_or_default(),
            currency: pool.map_or(currency, |pool| pool.currency.clone()),
            reason: String::new(),
            weights: weights(setter, goals, |part, id| {
                pool.map_or_else(|| usual(part, id), |pool| stands(pool, part, id))
            }),
        }
    }

    /// What it means. An amount of nothing ends the pool and needs no weights.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, setter: &GoalsSetter) -> std::result::Result<Read, Errors> {
        let t = setter.shell().t;
        let mut errors = Errors::none();
        if !CURRENCIES.contains(&self.currency.as_str()) {
            errors.add("currency", t.goals_currency_missing());
        }
        let amount = match scale(&self.currency).parse(&self.amount) {
            Ok(amount) if (0..=LARGEST).contains(&amount) => Some(amount),
            Ok(amount) if amount < 0 => {
                errors.add("amount", t.goals_base_negative());
                None
            }
            Ok(_) => {
                errors.add("amount", t.goals_amount_too_large());
                None
            }
            Err(wrong) => {
                errors.add("amount", wrong.text(t));
                None
            }
        };
        let mut found = Vec::new();
        for (part, of) in &self.weights {
            for (key_result, text) in of {
                match text.as_str() {
                    "" | "0" => {}
                    text => match text.parse() {
                        Ok(weight @ 1..=HEAVIEST) => {
                            found.push(Weight { key_result: *key_result, part: *part, weight });
                        }
                        Ok(_) | Err(_) => {
                            errors.add(field(*part, *key_result), t.goals_weight_wrong(i64::from(HEAVIEST)))
                        }
                    },
                }
            }
        }
        if found.is_empty() && errors.is_empty() && amount != Some(0) {
            errors.add("amount", t.goals_pool_weights_missing());
        }
        match self.reason.chars().count() {
            0 if self.seen > 0 => errors.add("reason", t.goals_reason_missing()),
            0..=WHY => {}
            _ => errors.add("reason", t.decisions_too_long(WHY)),
        }
        match amount {
            Some(amount) if errors.is_empty() => Ok(Read { amount, weights: found }),
            _ => Err(errors),
        }
    }
}
