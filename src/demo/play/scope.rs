//! The scope baseline, and what departments want to change after it.

use super::troupe::Troupe;
use crate::demo::{
    model::Trouble,
    story::{
        acts::{Act, What},
        projects::Project,
    },
};

/// Whether an act is about the scope.
pub fn is_scope(what: &What) -> bool {
    matches!(what, What::Baseline { .. } | What::Change { .. } | What::Size { .. } | What::Answer { .. })
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    match &act.what {
        What::Baseline { text, link, budget } => {
            let path = format!("/p/{}/scope/baseline", project.key);
            let form = troupe.open(who, &path).await?.form(&path)?;
            let form = form.fill("in_scope", troupe.words(text))?.fill("link", link.as_str())?;
            troupe.submit(who, form.fill("budget", budget.as_str())?).await.map(drop)
        }
        What::Change { change, title, why, task } => {
            let path = format!("/p/{}/scope/changes/new", project.key);
            let form = troupe.open(who, &path).await?.form(&path)?;
            let mut form = form.fill("title", troupe.words(title))?.fill("why", troupe.words(why))?;
            if let Some(task) = task {
                form = form.pick("task", &troupe.task(project, task)?.to_string())?;
            }
            let path = troupe.submit(who, form).await?;
            troupe.open_case(project, change, &path);
            Ok(())
        }
        What::Size { change, size, moves, note } => {
            let path = troupe.case(project, change)?;
            let form = troupe.open(who, &path).await?.form(&format!("{path}/size"))?;
            let mut form = form.fill("size", size.as_str())?.fill("note", troupe.words(note))?;
            if let Some(days) = moves {
                form = form.fill("task_days", days.to_string())?;
            }
            troupe.submit(who, form).await.map(drop)
        }
        What::Answer { change, yes, text } => {
            let path = troupe.case(project, change)?;
            let (to, field) = if *yes { ("accept", "note") } else { ("decline", "why") };
            let form = troupe.open(who, &path).await?.form(&format!("{path}/{to}"))?;
            troupe.submit(who, form.fill(field, troupe.words(text))?).await.map(drop)
        }
        _ => Err(Trouble::new("not about the scope")),
    }
}
