//! The escalation that the alarm opens, in words, with the figures as a table.

use crate::{
    decisions::{
        hearing::model::{BODY, LABEL, NewEvidence, with_ids},
        matrix::Kind,
        options::model::{LETTERS, OptionRow},
        raising::model::Raise,
    },
    goals::money::{
        alarm::Why,
        model::{Basis, Money},
        view::{crossing_in_words, day_or_none, why_in_words},
    },
    platform::{
        ids::{EscalationId, EvidenceId, OptionId, PartId},
        locale::T,
    },
};

/// Month by month: what came in and went out, and the running total beside the planned one. Then both crossings.
fn table(t: T, money: &Money) -> String {
    let scale = money.scale();
    let head = [
        t.goals_month(),
        t.goals_money_revenue(),
        t.goals_money_cost(),
        t.money_alarm_total_now(),
        t.money_alarm_total_of(),
    ];
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut lines = vec![line(&head), "| --- | ---: | ---: | ---: | ---: |".to_owned()];
    let (plan, outlook) = (money.sums(Basis::Plan), money.sums(Basis::Outlook));
    for (plan, now) in plan.iter().zip(&outlook) {
        let (step, month) = (now.step, now.step.earned.month);
        let state = if money.is_reported(month) { t.goals_money_reported() } else { t.goals_money_outlook() };
        let amounts = [step.earned.revenue, step.earned.cost, step.total, plan.step.total];
        let amounts = amounts.map(|amount| scale.short(t, amount));
        let month = t.money_alarm_month(t.month(month.first()), state);
        lines.push(line(&std::iter::once(month).chain(amounts).collect::<Vec<_>>()));
    }
    let crossing = |basis| crossing_in_words(t, &scale, money.crossing(basis).as_ref());
    format!(
        "{}\n\n{}: {}\n\n{}: {}",
        lines.join("\n"),
        t.goals_plan(),
        crossing(Basis::Plan),
        t.goals_money_outlook(),
        crossing(Basis::Outlook)
    )
}

/// The escalation about what is wrong.
pub fn raise(t: T, money: &Money, wrong: &[Why], kind: &'static Kind, (from, to): (PartId, PartId)) -> Raise {
    let why: Vec<String> = wrong.iter().map(|why| why_in_words(t, *why)).collect();
    let why = why.join(if t.is_chinese() { "" } else { " " });
    let lowest = money.lowest(Basis::Outlook).map(|(_, total)| money.scale().full(t, total));
    let is_slip = wrong.iter().any(|why| matches!(why, Why::Slips(_)));
    let options = [t.money_alarm_option_keep(), t.money_alarm_option_change(), t.money_alarm_option_stop()];
    let option = |(title, letter)| OptionRow {
        id: OptionId::new(),
        letter,
        title,
        summary: String::new(),
        is_new: true,
        answers: Vec::new(),
    };
    let cut = |text: String, most: usize| text.chars().take(most).collect::<String>();
    let evidence = NewEvidence::Text { label: cut(t.money_alarm_evidence(), LABEL), body: cut(table(t, money), BODY) };
    Raise {
        id: EscalationId::new(),
        question: if is_slip { t.money_alarm_question() } else { t.money_alarm_question_below() },
        background: t.money_alarm_background(
            day_or_none(t, money.expected_on()),
            lowest.unwrap_or_else(|| t.goals_money_never_below()),
            day_or_none(t, money.planned_on()),
            why,
        ),
        from,
        to,
        kind,
        position: String::new(),
        evidence: with_ids(EvidenceId::new(), vec![evidence]),
        options: options.into_iter().zip(LETTERS).map(option).collect(),
        task: None,
        proposes: None,
    }
}
