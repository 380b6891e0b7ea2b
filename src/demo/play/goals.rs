//! Strategy, objectives, key results, their split, and what was reached.

use super::troupe::Troupe;
use crate::{
    demo::{
        model::Trouble,
        story::{
            acts::{Act, What},
            goals::{Figure, KeyResult, Share, Strategy},
            projects::Project,
        },
    },
    goals::months::Month,
    platform::locale::T,
};
use jiff::ToSpan;

/// Whether an act is about goals.
pub fn is_goals(what: &What) -> bool {
    matches!(
        what,
        What::Strategy(_)
            | What::Objective { .. }
            | What::KeyResult(_)
            | What::Split { .. }
            | What::LinkWork { .. }
            | What::CheckIn { .. }
            | What::PublishPlaybook { .. }
            | What::ReadPlaybook {}
            | What::ProposeGoals { .. }
            | What::SignOffGoals { .. }
            | What::BonusPool { .. }
            | What::Thank { .. }
    )
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    let goals = format!("/p/{}/goals", project.key);
    match &act.what {
        What::Strategy(said) => strategy(troupe, who, &goals, said).await,
        What::Objective { title, why } => {
            let path = format!("{goals}/objectives/new");
            let form = troupe.open(who, &path).await?.form(&path)?.fill("title", troupe.words(title))?;
            troupe.submit(who, form.fill("why", troupe.words(why))?).await.map(drop)
        }
        What::KeyResult(wanted) => key_result(troupe, project, who, (&goals, wanted)).await,
        What::Split { key_result, shares } => split(troupe, project, who, (&goals, key_result, shares)).await,
        What::LinkWork { key_result, part, task } => {
            let label = format!("{}-{} ", project.key, troupe.task(project, task)?);
            let path = format!("{goals}/{key_result}");
            let part = troupe.part(project, part)?;
            let page = troupe.open(who, &path).await?;
            let links = format!("{path}/links");
            let mut forms = page.forms().filter(|form| form.leads_to(&links));
            let form = forms.find_map(|form| form.choose("thing", &label).ok());
            let form = form.ok_or_else(|| Trouble::new(format!("{part} has no {label} to link")))?;
            troupe.submit(who, form).await.map(drop)
        }
        What::CheckIn { part, month, figures } => check_in(troupe, project, who, (&goals, part, *month, figures)).await,
        What::PublishPlaybook { note } => {
            let path = format!("/p/{}/playbook/draft", project.key);
            let form = troupe.open(who, &path).await?.form(&path)?.fill("note", troupe.words(note))?;
            troupe.submit(who, form).await.map(drop)
        }
        What::ReadPlaybook {} => read_playbook(troupe, project, act).await,
        What::BonusPool { currency, amount } => {
            let path = format!("{goals}/pool/edit");
            let form = troupe.open(who, &path).await?.form(&path)?.fill("amount", amount)?;
            troupe.submit(who, form.pick("currency", currency)?).await.map(drop)
        }
        What::Thank { to, task, note } => {
            let path = format!("/p/{}/thanks/new", project.key);
            let label = format!("{}-{}", project.key, troupe.task(project, task)?);
            let form = troupe.open(who, &format!("{path}?about={label}")).await?.form(&path)?;
            let form = form.choose("to", troupe.name(to)?)?.fill("note", troupe.words(note))?;
            troupe.submit(who, form).await.map(drop)
        }
        What::ProposeGoals { note } => {
            let path = format!("{goals}/propose");
            let form = troupe.open(who, &path).await?.form(&path)?.fill("note", troupe.words(note))?;
            troupe.submit(who, form).await.map(drop)
        }
        What::SignOffGoals { why, owner, review } => {
            let path = format!("/p/{}/decisions/new", project.key);
            let form = troupe.open(who, &format!("{path}?about=goals")).await?.form(&path)?;
            let form = form.fill("rationale", troupe.words(why))?.choose("owner", troupe.name(owner)?)?;
            let form = form.fill("review_on", troupe.days.date(*review).to_string())?;
            troupe.submit(who, form.press("act", "record")?).await.map(drop)
        }
        _ => Err(Trouble::new("not about goals")),
    }
}

async fn strategy(troupe: &mut Troupe<'_>, who: &str, goals: &str, said: &Strategy) -> Result<(), Trouble> {
    let path = format!("{goals}/strategy/edit");
    let mut form = troupe.open(who, &path).await?.form(&path)?;
    for (field, text) in [
        ("vision", &said.vision),
        ("strategy", &said.strategy),
        ("audience", &said.audience),
        ("need", &said.need),
        ("difference", &said.difference),
        ("worth", &said.worth),
    ] {
        form = form.fill(field, troupe.words(text))?;
    }
    if let Some(reason) = &said.reason {
        form = form.fill("reason", troupe.words(reason))?;
    }
    troupe.submit(who, form).await.map(drop)
}

/// Who reads it knows the answers of the strategy that was set last.
async fn read_playbook(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let before = project.acts.iter().filter(|one| (one.day, one.at) < (act.day, act.at));
    let strategies = before.filter_map(|one| match &one.what {
        What::Strategy(said) => Some((one.day, one.at, said)),
        _ => None,
    });
    let newest = strategies.max_by_key(|(day, at, _)| (*day, *at));
    let (_, _, said) = newest.ok_or_else(|| Trouble::new(format!("{} has no strategy", project.key)))?;
    let path = format!("/p/{}/playbook/read", project.key);
    let mut form = troupe.open(&act.who, &path).await?.form(&path)?;
    for (field, text) in [("audience", &said.audience), ("need", &said.need), ("difference", &said.difference)] {
        form = form.choose(field, &troupe.words(text))?;
    }
    troupe.submit(&act.who, form).await.map(drop)
}

/// A month counted from the present one.
pub(super) fn month(troupe: &Troupe<'_>, from_now: i32) -> Month {
    Month::of(troupe.days.date(0).first_of_month().saturating_add(from_now.months()))
}

async fn key_result(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    (goals, wanted): (&str, &KeyResult),
) -> Result<(), Trouble> {
    let path = format!("{goals}/objectives/{}/new", wanted.objective);
    let (first, last) = (month(troupe, wanted.first), month(troupe, wanted.first + wanted.months - 1));
    let form = troupe.open(who, &path).await?.form(&path)?;
    let mut form = form
        .fill("title", troupe.words(&wanted.title))?
        .choose("part", &troupe.part(project, &wanted.part)?)?
        .pick("measure", &wanted.measure)?
        .pick("unit_kind", &wanted.unit_kind)?
        .pick("decimals", &wanted.decimals.to_string())?
        .fill("baseline", &wanted.baseline)?
        .fill("target", &wanted.target)?
        .fill("starts", first.field())?
        .fill("due_on", last.last().to_string())?;
    if let Some(unit) = &wanted.unit {
        form = form.fill("unit", troupe.words(unit))?;
    }
    if let Some(currency) = &wanted.currency {
        form = form.pick("currency", currency)?;
    }
    if let Some(base) = &wanted.base_unit {
        form = form.fill("base_unit", troupe.words(base))?;
    }
    troupe.submit(who, form).await.map(drop)
}

/// As people do it: lines from a spreadsheet, looked over and saved.
async fn split(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    (goals, key_result, shares): (&str, &str, &[Share]),
) -> Result<(), Trouble> {
    let path = format!("{goals}/{key_result}/split");
    let mut lines = String::new();
    for share in shares {
        let figure = |(at, amount): (usize, &String)| match share.bases.get(at) {
            Some(base) => format!("{amount}/{base}"),
            None => amount.clone(),
        };
        let figures: Vec<String> = share.amounts.iter().enumerate().map(figure).collect();
        lines = format!("{lines}{}\t{}\n", troupe.part(project, &share.part)?, figures.join("\t"));
    }
    let form = troupe.open(who, &path).await?.form(&path)?.fill("pasted", lines)?.press("act", "paste")?;
    let page = troupe.ask(who, &form).await?;
    let mut form = page.form(&path)?;
    for share in shares {
        let name = troupe.part(project, &share.part)?;
        let label = T(troupe.language()).goals_owes_of(&name);
        let field = page.attribute("name", |tag| tag.text("aria-label") == label);
        let field = field.ok_or_else(|| Trouble::new(format!("{path} has no line of {name}")))?;
        form = form.fill(field, troupe.words(&share.owes))?;
    }
    troupe.submit(who, form.fill("pasted", "")?.press("act", "save")?).await.map(drop)
}

async fn check_in(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    (goals, part, from_now, figures): (&str, &str, i32, &[Figure]),
) -> Result<(), Trouble> {
    let path = format!("{goals}/figures");
    let field = month(troupe, from_now).field();
    let name = troupe.part(project, part)?;
    let page = troupe.open(who, &format!("{path}?month={field}")).await?;
    let first = figures.first().map(|figure| format!("value-{}", figure.key_result)).unwrap_or_default();
    let mut form = page.form_with(&path, &first)?;
    if form.value("month") != Some(field.as_str()) {
        return Err(Trouble::new(format!("{name} cannot enter figures for {field}")));
    }
    for figure in figures {
        let at = |kind: &str| format!("{kind}-{}", figure.key_result);
        form = form
            .fill(&at("value"), &figure.value)?
            .pick(&at("confidence"), &figure.confidence.to_string())?
            .fill(&at("note"), troupe.words(&figure.note))?;
        if let Some(base) = &figure.base {
            form = form.fill(&at("base"), base)?;
        }
    }
    troupe.submit(who, form).await.map(drop)
}
