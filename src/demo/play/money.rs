//! The commercial plan: its lines, what was really earned and spent, and what is expected.

use super::{goals::month, troupe::Troupe};
use crate::demo::{
    model::Trouble,
    story::{
        Text,
        acts::{Act, What},
        goals::MoneyLine,
        projects::Project,
    },
};

/// Whether an act is about the commercial plan.
pub fn is_money(what: &What) -> bool {
    matches!(what, What::MoneyPlan { .. } | What::BreakEven | What::MoneyActual { .. } | What::MoneyForecast { .. })
}

/// Does it.
///
/// # Errors
/// When it is refused.
pub async fn act(troupe: &mut Troupe<'_>, project: &Project, act: &Act) -> Result<(), Trouble> {
    let who = act.who.as_str();
    let money = format!("/p/{}/goals/money", project.key);
    match &act.what {
        What::MoneyPlan { currency, first, months, envelope, lines } => {
            let begins = month(troupe, *first).field();
            let fields = [
                ("currency", currency.clone()),
                ("starts", begins),
                ("months", months.to_string()),
                ("envelope", envelope.clone()),
            ];
            plan(troupe, who, &format!("{money}/plan"), &fields, lines).await
        }
        What::BreakEven => {
            let path = format!("{money}/break-even");
            let form = troupe.open(who, &money).await?.form(&path)?;
            troupe.submit(who, form).await.map(drop)
        }
        What::MoneyActual { month: from_now, figures } => {
            let path = format!("{money}/actual/{}", month(troupe, *from_now).field());
            let mut form = troupe.open(who, &path).await?.form(&path)?;
            for (name, figure) in form.names_starting_with("c-").iter().zip(figures) {
                form = form.fill(name, figure)?;
            }
            troupe.submit(who, form).await.map(drop)
        }
        What::MoneyForecast { rows } => {
            let path = format!("{money}/forecast");
            let pasted = rows.iter().map(|row| line(troupe, &row.name, &row.amounts)).collect::<String>();
            let form = troupe.open(who, &path).await?.form(&path)?.fill("pasted", pasted)?.press("act", "paste")?;
            let form = troupe.ask(who, &form).await?.form(&path)?.fill("pasted", "")?;
            troupe.submit(who, form.press("act", "save")?).await.map(drop)
        }
        _ => Err(Trouble::new("not about money")),
    }
}

/// A line as a spreadsheet copies it.
fn line(troupe: &Troupe<'_>, name: &Text, amounts: &[String]) -> String {
    format!("{}\t{}\n", troupe.words(name), amounts.join("\t"))
}

/// As people do it: lines are named and chosen, figures come from a spreadsheet, and all of it is looked over and saved.
async fn plan(
    troupe: &mut Troupe<'_>,
    who: &str,
    path: &str,
    fields: &[(&str, String)],
    lines: &[MoneyLine],
) -> Result<(), Trouble> {
    let mut form = troupe.open(who, path).await?.form(path)?;
    for (field, value) in fields {
        form = form.fill(field, value)?;
    }
    while form.names_starting_with("name-").len() < lines.len() {
        form = troupe.ask(who, &form.press("act", "line")?).await?.form(path)?;
    }
    for (name, one) in form.names_starting_with("name-").iter().zip(lines) {
        let id = name.trim_start_matches("name-");
        form = form.fill(name, troupe.words(&one.name))?.pick(&format!("kind-{id}"), &one.kind)?;
        let wins = format!("wins-{id}");
        if form.has(&wins) {
            form = form.tick(&wins, "1", one.wins)?;
        } else if one.wins {
            return Err(Trouble::new(format!("{path} does not ask whether {} wins customers", one.kind)));
        }
    }
    let pasted = lines.iter().map(|one| line(troupe, &one.name, &one.amounts)).collect::<String>();
    let form = form.fill("pasted", pasted)?.press("act", "paste")?;
    let form = troupe.ask(who, &form).await?.form(path)?.fill("pasted", "")?.press("act", "save")?;
    troupe.submit(who, form).await.map(drop)
}
