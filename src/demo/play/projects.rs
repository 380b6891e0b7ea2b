//! How projects are made, published and led through their gates.

use super::troupe::Troupe;
use crate::demo::{
    model::Trouble,
    story::{
        plan::Plan,
        projects::{Attested, Project},
    },
};

/// The lead makes the project, publishes it, and gives the teams their seats.
///
/// # Errors
/// When a step is refused.
pub async fn make(troupe: &mut Troupe<'_>, project: &Project) -> Result<(), Trouble> {
    let lead = &project.lead;
    let page = troupe.open(lead, "/projects/new").await?;
    // Another blueprint shows other departments: look at the page again with it.
    let form = page.form("/projects/new")?.pick("blueprint", &project.blueprint)?;
    let page = troupe.ask(lead, &form.aimed_at("/projects/new/preview")).await?;
    let mut form = page
        .form("/projects/new")?
        .fill("name", project.name.in_language(troupe.language()))?
        .fill("key", &project.key)?
        .fill("launch", troupe.days.date(project.launch).to_string())?
        .pick("tier", &project.tier.to_string())?
        .choose("lead", troupe.name(lead)?)?
        .tick_only("department", |code| project.liaisons.contains_key(code));
    for (code, liaison) in &project.liaisons {
        form = form.choose(&format!("liaison-{code}"), troupe.name(liaison)?)?;
    }
    for capacity in ["ceo", "cfo", "board", "expert", "seed_user"] {
        let field = format!("seat-{capacity}");
        form = match project.committee.get(capacity) {
            Some(person) => form.choose(&field, troupe.name(person)?)?,
            None => form.pick(&field, "")?,
        };
    }
    if !project.chair.is_empty() {
        form = form.pick("chair", &project.chair)?;
    }
    troupe.submit(lead, form).await?;
    let publish = format!("/p/{}/publish", project.key);
    let page = troupe.open(lead, &publish).await?;
    troupe.submit(lead, page.form(&publish)?).await?;
    let settings = format!("/p/{}/settings", project.key);
    let page = troupe.open(lead, &settings).await?;
    troupe.submit(lead, page.form(&settings)?.fill("summary", troupe.words(&project.summary))?).await?;
    for member in &project.members {
        let page = troupe.open(lead, &format!("/p/{}/seats/new", project.key)).await?;
        let form = page
            .form(&format!("/p/{}/seats", project.key))?
            .choose("person", troupe.name(&member.who)?)?
            .pick("role", "member")?
            .choose("part", &troupe.part(project, &member.part)?)?;
        troupe.submit(lead, form).await?;
    }
    let plan = Plan::of(project)?;
    troupe.learn(project, &plan);
    Ok(())
}

/// The lead answers for a figure of a gate.
///
/// # Errors
/// When it is refused, or the gate asks for no such figure.
pub async fn attest(
    troupe: &mut Troupe<'_>,
    project: &Project,
    stage: &str,
    attested: &Attested,
) -> Result<(), Trouble> {
    let page = troupe.open(&project.lead, &format!("/p/{}/gates/{stage}", project.key)).await?;
    let form = page.forms().find(|form| form.value("metric") == Some(&attested.metric));
    let form = form.ok_or_else(|| Trouble::new(format!("the gate asks for no {}", attested.metric)))?;
    let form = form.fill("value", &attested.value)?.fill("evidence", &attested.evidence)?;
    troupe.submit(&project.lead, form).await.map(drop)
}

/// The lead opens the gate of a stage.
///
/// # Errors
/// While a rule does not hold.
pub async fn pass(troupe: &mut Troupe<'_>, project: &Project, stage: &str) -> Result<(), Trouble> {
    let gate = format!("/p/{}/gates/{stage}", project.key);
    let page = troupe.open(&project.lead, &gate).await?;
    troupe.submit(&project.lead, page.form(&format!("{gate}/pass"))?).await.map(drop)
}
