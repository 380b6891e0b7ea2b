//! The first days: the administrator sets up the organisation, enters its holidays and invites everybody.

use super::troupe::Troupe;
use crate::{
    demo::{browser::page::Page, model::Trouble, story::people::Person},
    platform::{locale::T, working_time::Exception},
};
use jiff::civil::Time;

const MORNING: Time = Time::constant(9, 30, 0, 0);

/// Founds the company.
///
/// # Errors
/// When a step is refused, such as on an installation that is in use.
pub async fn found(troupe: &mut Troupe<'_>) -> Result<(), Trouble> {
    let day = troupe.story.company.founded;
    troupe.clock().set(troupe.days.at(day, MORNING));
    set_up(troupe).await.map_err(|trouble| trouble.during("setting up"))?;
    enter_calendar(troupe).await.map_err(|trouble| trouble.during("entering the calendar"))?;
    for person in &troupe.story.company.people {
        if person.key != troupe.story.company.administrator {
            invite(troupe, person).await.map_err(|trouble| trouble.during(format!("inviting {}", person.key)))?;
        }
    }
    name_heads(troupe).await.map_err(|trouble| trouble.during("naming the heads"))
}

async fn set_up(troupe: &mut Troupe<'_>) -> Result<(), Trouble> {
    let company = &troupe.story.company;
    let administrator = troupe.person(&company.administrator)?;
    let mut browser = troupe.fresh_browser();
    let page = browser.open(&format!("/setup?token={}", troupe.wish.token)).await?;
    let form = page
        .form("/setup")?
        .fill("organisation", company.name.in_language(troupe.language()))?
        .pick("language", troupe.language().tag())?
        .pick("time_zone", &company.time_zone)?
        .tick_only("day", |day| matches!(day, "1" | "2" | "3" | "4" | "5"))
        .fill("name", troupe.name(&administrator.key)?)?
        .fill("email", administrator.email())?
        .fill("password", &troupe.wish.password)?;
    browser.submit(&form).await?;
    troupe.seat(&administrator.key, browser);
    Ok(())
}

async fn enter_calendar(troupe: &mut Troupe<'_>) -> Result<(), Trouble> {
    let company = &troupe.story.company;
    let who = &company.administrator;
    let page = troupe.open(who, "/admin/calendar").await?;
    let hours = page.form("/admin/calendar/hours")?;
    troupe.submit(who, hours.fill("day_starts", &company.opens)?.fill("day_ends", &company.closes)?).await?;
    for run in troupe.days.runs() {
        let kind = match run.exception {
            Exception::Holiday => "holiday",
            Exception::WorkingDay => "working",
        };
        let form = page
            .form("/admin/calendar/days")?
            .pick("kind", kind)?
            .fill("from", run.from.to_string())?
            .fill("to", run.to.to_string())?
            .fill("name", &run.name)?;
        troupe.submit(who, form).await?;
    }
    Ok(())
}

/// The administrator invites; the person follows the link and joins.
async fn invite(troupe: &mut Troupe<'_>, person: &Person) -> Result<(), Trouble> {
    let who = troupe.story.company.administrator.clone();
    let language = troupe.language();
    let name = person.name.in_language(language);
    let page = troupe.open(&who, "/admin/people/new").await?;
    let mut form = page
        .form("/admin/people")?
        .fill("email", person.email())?
        .fill("name", name)?
        .fill("title", person.title.in_language(language))?
        .pick("role", if person.is_guest { "guest" } else { "member" })?;
    if let Some(department) = troupe.department(&person.department) {
        form = form.choose("department", department)?;
    }
    let page = troupe.ask(&who, &form).await?;
    let link = invitation(&page).ok_or_else(|| Trouble::new(format!("no link: {}", page.excerpt())))?;
    let mut browser = troupe.fresh_browser();
    let form = browser.open(&link).await?.form(&link)?.fill("password", &troupe.wish.password)?;
    browser.submit(&form).await?;
    troupe.seat(&person.key, browser);
    Ok(())
}

/// The administrator says who heads each department.
async fn name_heads(troupe: &mut Troupe<'_>) -> Result<(), Trouble> {
    let who = troupe.story.company.administrator.clone();
    let edit = T(troupe.language()).departments_edit_short();
    let list = troupe.open(&who, "/departments").await?;
    for person in troupe.story.company.people.iter().filter(|person| person.is_head) {
        let name = troupe.department(&person.department).unwrap_or_default();
        let path = list.link(&format!("{edit} {name}"));
        let path = path.ok_or_else(|| Trouble::new(format!("no department of {}", person.key)))?;
        let form =
            troupe.open(&who, &path).await?.form(path.trim_end_matches("/edit"))?.fill("head", person.email())?;
        troupe.submit(&who, form).await?;
    }
    Ok(())
}

/// The path of the invitation link that a page shows for copying.
fn invitation(page: &Page) -> Option<String> {
    let shown = page.attribute("value", |tag| tag.text("value").contains("/invitation/"))?;
    let at = shown.find("/invitation/")?;
    shown.get(at..).map(str::to_owned)
}
