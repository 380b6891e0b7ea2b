//! What a decision does to goals: it signs them off, or changes or drops a key result of them.

use super::{access::Ground, effects::Impossible, model::Effect, store::Applied};
use crate::{
    events::Change,
    goals::{
        key_results::actions::kept,
        money::actions as money,
        signing::actions::{self, NotChanged, NotSigned},
    },
    platform::ids::DecisionId,
    web::Result,
};
use serde_json::{Value, json};

/// Makes an effect on goals happen.
pub(super) async fn apply(
    change: &mut Change,
    ground: &Ground,
    decision: DecisionId,
    effect: &Effect,
) -> Result<std::result::Result<Vec<Applied>, Impossible>> {
    let project = ground.project.id;
    let (by, applied) = ((decision, ground.person), Applied::of(effect.kind()));
    let done = match effect {
        Effect::SignOffGoals { seen } => match actions::sign_off(change, project, by, seen).await? {
            Ok(count) => Ok(Applied { after_text: Some(json!(count.to_string())), ..applied }),
            Err(NotSigned::NothingProposed) => Err(Impossible::NothingProposed),
            Err(NotSigned::Changed) => Err(Impossible::GoalsChanged),
        },
        Effect::SetTarget { key_result, target, due } => {
            match actions::change_target(change, project, by, (*key_result, *target, *due)).await? {
                Ok(decided) => {
                    let (was, is) = (decided.was, decided.is);
                    let said = |amount| (was.target != is.target).then(|| Value::from(kept(&decided.scale, amount)));
                    let day = |day| (was.due_on != is.due_on).then_some(day);
                    Ok(Applied {
                        key_result: Some(*key_result),
                        before: day(was.due_on),
                        after: day(is.due_on),
                        before_text: said(was.target),
                        after_text: said(is.target),
                        ..applied
                    })
                }
                Err(NotChanged::NoSuchKeyResult) => Err(Impossible::NoSuchKeyResult),
                Err(NotChanged::Same) => Err(Impossible::SameTarget),
                Err(NotChanged::Impossible) => Err(Impossible::ImpossibleTarget),
            }
        }
        Effect::DropKeyResult { key_result } => match actions::drop(change, project, *key_result).await? {
            Some(_) => Ok(Applied { key_result: Some(*key_result), ..applied }),
            None => Err(Impossible::NoSuchKeyResult),
        },
        Effect::SetEnvelope { to } => match money::decide_envelope(change, project, by, *to).await? {
            Ok((scale, was)) if was != *to => Ok(Applied {
                before_text: Some(kept(&scale, was).into()),
                after_text: Some(kept(&scale, *to).into()),
                ..applied
            }),
            Ok(_) => Err(Impossible::SameTarget),
            Err(money::NoPlan) => Err(Impossible::NoMoney),
        },
        _ => Err(Impossible::Refused),
    };
    Ok(done.map(|one| vec![one]))
}
