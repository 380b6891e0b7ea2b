//! Indicators and their figures.

use super::troupe::Troupe;
use crate::{
    demo::{
        model::Trouble,
        story::{
            acts::{Act, What},
            goals::Kpi,
            projects::Project,
        },
    },
    goals::{figures::Cadence, periods::Period},
};

/// Whether an act is about indicators.
pub fn is_kpi(what: &What) -> bool {
    matches!(what, What::Kpi(_) | What::KpiFigures { .. })
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let kpis = format!("/p/{}/goals/kpis", project.key);
    match &act.what {
        What::Kpi(wanted) => add(troupe, project, &act.who, (&kpis, wanted)).await,
        What::KpiFigures { title, cadence, figures } => {
            let title = troupe.words(title);
            let is_paste = |(text, to): &(String, String)| text.ends_with(&title) && to.ends_with("/paste");
            let link = troupe.open(&act.who, &kpis).await?.links().into_iter().find(is_paste);
            let (_, path) = link.ok_or_else(|| Trouble::new(format!("{kpis} has no {title} to paste into")))?;
            let cadence: Cadence = cadence.parse().map_err(|()| Trouble::new(format!("nothing is {cadence}ly")))?;
            paste(troupe, &act.who, &path, &lines(troupe, cadence, figures)).await
        }
        _ => Err(Trouble::new("not about indicators")),
    }
}

async fn add(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    (kpis, wanted): (&str, &Kpi),
) -> Result<(), Trouble> {
    let path = format!("{kpis}/new");
    let form = troupe.open(who, &path).await?.form(&path)?;
    let mut form = form
        .fill("title", troupe.words(&wanted.title))?
        .choose("part", &troupe.part(project, &wanted.part)?)?
        .pick("measure", &wanted.measure)?
        .pick("unit_kind", &wanted.unit_kind)?
        .pick("cadence", &wanted.cadence)?
        .pick("better", &wanted.better)?
        .fill("target", &wanted.target)?
        .fill("warning", &wanted.warning)?
        .fill("alarm", &wanted.alarm)?;
    for (field, text) in [("unit", &wanted.unit), ("base_unit", &wanted.base_unit)] {
        if let Some(text) = text {
            form = form.fill(field, troupe.words(text))?;
        }
    }
    for (field, code) in [("currency", &wanted.currency), ("answers", &wanted.answers)] {
        if let Some(code) = code {
            form = form.pick(field, code)?;
        }
    }
    troupe.submit(who, form).await.map(drop)
}

/// A line a period: `2026-W46` and its figure.
fn lines(troupe: &Troupe<'_>, cadence: Cadence, figures: &[String]) -> String {
    let periods = Period::up_to(cadence, troupe.days.date(0), figures.len() + 1);
    let line = |(period, figure): (&Period, &String)| format!("{}\t{figure}\n", period.field());
    periods.iter().zip(figures).map(line).collect()
}

/// As people do it: pasted, looked over and saved.
async fn paste(troupe: &mut Troupe<'_>, who: &str, path: &str, lines: &str) -> Result<(), Trouble> {
    let form = troupe.open(who, path).await?.form(path)?.fill("pasted", lines)?.press("act", "preview")?;
    let form = troupe.ask(who, &form).await?.form(path)?.press("act", "save")?;
    troupe.submit(who, form).await.map(drop)
}
