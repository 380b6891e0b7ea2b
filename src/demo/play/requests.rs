//! What departments ask each other for, and what they answer.

use super::troupe::Troupe;
use crate::demo::{
    browser::form::Form,
    model::Trouble,
    story::{
        Text,
        acts::{Act, Ask, What},
        projects::Project,
    },
};

/// Whether an act is about a request.
pub fn is_request(what: &What) -> bool {
    matches!(
        what,
        What::Ask(_)
            | What::Accept { .. }
            | What::Counter { .. }
            | What::Decline { .. }
            | What::Insist { .. }
            | What::Agree { .. }
    )
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    match &act.what {
        What::Ask(new) => ask(troupe, project, who, new).await,
        What::Accept { request, task } => {
            let number = match task {
                Some(task) => troupe.task(project, task)?.to_string(),
                None => String::new(),
            };
            let form = form(troupe, project, who, request, "accept").await?.pick("task", &number)?;
            troupe.submit(who, form).await?;
            // A promise without a task of its own has a new one.
            if task.is_none() {
                troupe.number_task(project, request);
            }
            Ok(())
        }
        What::Counter { request, day_offered, why } => {
            let form = form(troupe, project, who, request, "counter").await?;
            let form = form.fill("day", troupe.days.date(*day_offered).to_string())?.fill("why", troupe.words(why))?;
            troupe.submit(who, form).await.map(drop)
        }
        What::Decline { request, why } => say(troupe, project, who, (request, "decline", why)).await,
        What::Insist { request, why } => say(troupe, project, who, (request, "insist", why)).await,
        What::Agree { request } => {
            let form = form(troupe, project, who, request, "agree").await?;
            troupe.submit(who, form).await?;
            troupe.number_task(project, request);
            Ok(())
        }
        _ => Err(Trouble::new("not about a request")),
    }
}

/// A form of a request's page.
async fn form(troupe: &mut Troupe<'_>, project: &Project, who: &str, request: &str, to: &str) -> Result<Form, Trouble> {
    let path = troupe.case(project, request)?;
    troupe.open(who, &path).await?.form(&format!("{path}/{to}"))
}

/// A form that asks for a reason only.
async fn say(
    troupe: &mut Troupe<'_>,
    project: &Project,
    who: &str,
    (request, to, why): (&str, &str, &Text),
) -> Result<(), Trouble> {
    let form = form(troupe, project, who, request, to).await?.fill("why", troupe.words(why))?;
    troupe.submit(who, form).await.map(drop)
}

async fn ask(troupe: &mut Troupe<'_>, project: &Project, who: &str, new: &Ask) -> Result<(), Trouble> {
    let action = format!("/p/{}/requests/new", project.key);
    let query = match &new.task {
        Some(task) => format!("?to={}&task={}", new.to, troupe.task(project, task)?),
        None => format!("?to={}", new.to),
    };
    let page = troupe.open(who, &format!("{action}{query}")).await?;
    let form = page
        .form(&action)?
        .fill("title", troupe.words(&new.title))?
        .fill("details", troupe.words(&new.text))?
        .fill("wanted_on", troupe.days.date(new.due).to_string())?;
    let path = troupe.submit(who, form).await?;
    troupe.open_case(project, &new.request, &path);
    Ok(())
}
