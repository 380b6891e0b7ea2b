//! What people do about escalations, up to the committee's decision.

use super::troupe::Troupe;
use crate::{
    demo::{
        browser::{form::Form, page::Page},
        model::Trouble,
        story::{
            Text,
            acts::{Act, Choice, Decide, Effect, Evidence, Options, Raise, What},
            projects::Project,
        },
    },
    platform::locale::T,
};

const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    match &act.what {
        What::Raise(new) => raise(troupe, project, who, new).await,
        What::Options(options) => write_options(troupe, project, who, options).await,
        What::Decide(decision) => decide(troupe, project, who, decision).await,
        What::Position { case, text, wants } => {
            let (path, page) = open(troupe, project, who, case).await?;
            let mut form = page.form(&format!("{path}/position"))?.fill("statement", troupe.words(text))?;
            if let Some(letter) = wants {
                form = form.choose("wants", letter)?;
            }
            troupe.submit(who, form).await.map(drop)
        }
        What::Evidence { case, evidence } => {
            let (path, page) = open(troupe, project, who, case).await?;
            let form = fill_evidence(troupe, project, page.form(&format!("{path}/evidence"))?, evidence)?;
            troupe.submit(who, form).await.map(drop)
        }
        What::Recommend { case, option } => {
            let (path, page) = open(troupe, project, who, case).await?;
            let form = page.form(&format!("{path}/pass"))?.choose("recommended", option)?;
            troupe.submit(who, form.aimed_at(&format!("{path}/recommend"))).await.map(drop)
        }
        What::Say { case, text } => fill_one(troupe, project, who, case, ("comment", "comment", text)).await,
        What::Pass { case, note } => fill_one(troupe, project, who, case, ("pass", "note", note)).await,
        What::Propose { case, text } => fill_one(troupe, project, who, case, ("propose", "settlement", text)).await,
        What::Confirm { case } => {
            let (path, page) = open(troupe, project, who, case).await?;
            troupe.submit(who, page.form(&format!("{path}/confirm"))?).await.map(drop)
        }
        What::Vote { case, option, reason } => {
            let (path, page) = open(troupe, project, who, case).await?;
            let form = page.form(&format!("{path}/ballot"))?.choose("vote", option)?;
            troupe.submit(who, form.fill("reason", troupe.words(reason))?).await.map(drop)
        }
        _ => Err(Trouble::new("not about an escalation")),
    }
}

async fn open(troupe: &mut Troupe<'_>, project: &Project, who: &str, case: &str) -> Result<(String, Page), Trouble> {
    let path = troupe.case(project, case)?;
    let page = troupe.open(who, &path).await?;
    Ok((path, page))
}

/// A form with one text: where it is sent under the escalation's address, the field, the text.
async fn fill_one(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    case: &str,
    (to, field, text): (&str, &str, &Text),
) -> Result<(), Trouble> {
    let (path, page) = open(troupe, project, who, case).await?;
    let form = page.form(&format!("{path}/{to}"))?.fill(field, troupe.words(text))?;
    troupe.submit(who, form).await.map(drop)
}

async fn raise(troupe: &mut Troupe<'_>, project: &Project, who: &str, new: &Raise) -> Result<(), Trouble> {
    let action = format!("/p/{}/escalations/new", project.key);
    let query = match &new.task {
        Some(task) => format!("?task={}", troupe.task(project, task)?),
        None => String::new(),
    };
    let page = troupe.open(who, &format!("{action}{query}")).await?;
    let form = page.form(&action)?.choose("from", &troupe.part(project, &new.from)?)?;
    // Which kinds there are depends on the two sides.
    let form = form.choose("to", &troupe.part(project, &new.to)?)?.press("act", "kinds")?;
    let page = troupe.ask(who, &form).await?;
    let form = page
        .form(&action)?
        .pick("kind", &new.kind)?
        .fill("question", troupe.words(&new.question))?
        .fill("background", troupe.words(&new.background))?
        .fill("position", troupe.words(&new.position))?;
    let form = fill_evidence(troupe, project, form, &new.evidence)?.press("act", "raise")?;
    let path = troupe.submit(who, form).await?;
    troupe.open_case(project, &new.case, &path);
    Ok(())
}

fn fill_evidence(troupe: &Troupe<'_>, project: &Project, form: Form, what: &Evidence) -> Result<Form, Trouble> {
    let task = match &what.task {
        Some(task) => format!("{}-{}", project.key, troupe.task(project, task)?),
        None => String::new(),
    };
    form.fill("evidence_label", troupe.words(&what.label))?
        .fill("evidence_url", what.url.as_deref().unwrap_or_default())?
        .fill("evidence_task", task)?
        .fill("evidence_body", what.text.as_ref().map(|text| troupe.words(text)).unwrap_or_default())
}

async fn write_options(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    options: &Options,
) -> Result<(), Trouble> {
    let path = troupe.case(project, &options.case)?;
    let page = troupe.open(who, &format!("{path}/options")).await?;
    let form = page.form(&format!("{path}/options"))?.aimed_at(&format!("{path}/criteria"));
    let mut form = form.tick_only("criterion", |code| options.criteria.iter().any(|chosen| chosen == code));
    for (name, field) in options.own.iter().zip(["own1", "own2", "own3"]) {
        form = form.fill(field, troupe.words(name))?;
    }
    troupe.submit(who, form).await?;
    let mut lettered: Vec<(&Choice, &str)> = options.options.iter().zip(LETTERS).collect();
    // The page has room for a few new options at a time.
    while !lettered.is_empty() {
        let page = troupe.open(who, &format!("{path}/options")).await?;
        let mut form = page.form(&format!("{path}/options"))?;
        let room = lettered.iter().take_while(|(_, letter)| form.has(&format!("title-{letter}"))).count();
        if room == 0 {
            return Err(Trouble::new("no room for another option"));
        }
        for (option, letter) in lettered.drain(..room) {
            form = fill_option(troupe, form, option, letter)?;
        }
        troupe.submit(who, form).await?;
    }
    Ok(())
}

fn fill_option(troupe: &Troupe<'_>, form: Form, option: &Choice, letter: &str) -> Result<Form, Trouble> {
    let mut form = form
        .fill(&format!("title-{letter}"), troupe.words(&option.title))?
        .fill(&format!("summary-{letter}"), troupe.words(&option.summary))?;
    let names = form.names_starting_with(&format!("answer-{letter}-"));
    if names.len() != option.answers.len() {
        let what = format!("option {letter} has {} answers for {} criteria", option.answers.len(), names.len());
        return Err(Trouble::new(what));
    }
    for (name, answer) in names.iter().zip(&option.answers) {
        form = form.fill(name, answer.in_language(troupe.language()))?;
        form = form.pick(&name.replacen("answer-", "tone-", 1), &answer.tone)?;
    }
    Ok(form)
}

async fn decide(troupe: &mut Troupe<'_>, project: &Project, who: &str, decision: &Decide) -> Result<(), Trouble> {
    let action = format!("{}/decide", troupe.case(project, &decision.case)?);
    let page = troupe.open(who, &action).await?;
    let mut form = page
        .form(&action)?
        .choose("option", &decision.option)?
        .fill("title", troupe.words(&decision.title))?
        .fill("rationale", troupe.words(&decision.why))?
        .pick("kind", &decision.kind)?
        .choose("owner", troupe.name(&decision.owner)?)?;
    if let Some(review) = decision.review {
        form = form.fill("review_on", troupe.days.date(review).to_string())?;
    }
    for effect in &decision.effects {
        let more = match effect {
            Effect::Task { .. } => "more_create_task",
            Effect::MoveTask { .. } => "more_move_task",
            Effect::MoveMilestone { .. } => "more_move_milestone",
        };
        let page = troupe.ask(who, &form.press("act", more)?).await?;
        form = fill_effect(troupe, project, page.form(&action)?, effect)?;
    }
    troupe.submit(who, form.press("act", "record")?).await?;
    for effect in &decision.effects {
        if let Effect::Task { task, .. } = effect {
            troupe.number_task(project, task);
        }
    }
    Ok(())
}

/// Fills in the row that was just added, the last one.
fn fill_effect(troupe: &Troupe<'_>, project: &Project, form: Form, effect: &Effect) -> Result<Form, Trouble> {
    let days = form.names_starting_with("due");
    let row = days.last().and_then(|name| name.strip_prefix("due")).unwrap_or_default();
    let field = |name: &str| format!("{name}{row}");
    let (form, due) = match effect {
        Effect::Task { title, part, assignee, due, .. } => {
            let form = form.fill(&field("title"), troupe.words(title))?;
            let form = form.choose(&field("part"), &troupe.part(project, part)?)?;
            (form.choose(&field("assignee"), troupe.name(assignee)?)?, due)
        }
        Effect::MoveTask { task, due } => {
            (form.fill(&field("task"), format!("{}-{}", project.key, troupe.task(project, task)?))?, due)
        }
        Effect::MoveMilestone { stage, due } => {
            let gate = T(troupe.language()).gate_milestone(stage, "");
            (form.choose(&field("milestone"), gate.trim_end())?, due)
        }
    };
    form.fill(&field("due"), troupe.days.date(*due).to_string())
}
