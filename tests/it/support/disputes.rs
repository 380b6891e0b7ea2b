//! A dispute about the price, brought up to the committee through the pages themselves.

use super::{Answer, TestApp};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// The id of a part of GEO.
pub async fn part(app: &TestApp, project: Uuid, code: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from parts where project_id = $1 and code = $2")
        .bind(project)
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    id.to_string()
}

/// One value of the database as text.
pub async fn value(app: &TestApp, sql: &'static str) -> String {
    let value: Option<String> = sqlx::query_scalar(sql).fetch_optional(&mut app.sql().await).await.unwrap();
    value.unwrap_or_default()
}

/// Raises the price question as the liaison of marketing, with two options; answers its address.
pub async fn raised(app: &TestApp, project: Uuid) -> String {
    raised_as(app, project, "price_too_high", ("SAL", "PM"), "other").await
}

/// As [`raised`], of another kind between other parts by somebody else.
pub async fn raised_as(app: &TestApp, project: Uuid, kind: &str, sides: (&str, &str), by: &str) -> String {
    let (from, to) = (part(app, project, sides.0).await, part(app, project, sides.1).await);
    let (id, evidence) = (new_uuid().to_string(), new_uuid().to_string());
    let fields = [
        ("act", "raise"),
        ("id", id.as_str()),
        ("evidence_id", &evidence),
        ("from", &from),
        ("to", &to),
        ("kind", kind),
        ("question", "What should the Team plan cost at launch?"),
        ("background", "The *nearest* rival lists at 249."),
        ("position", "Seven of eleven lost pilots named price."),
        ("evidence_label", "Lost-pilot interviews"),
        ("evidence_url", "https://notes.example/pilots"),
        ("option1", "299 flat"),
        ("option2", "399 flat"),
    ];
    let answer = app.sign_in(by).await.post("/p/GEO/escalations/new", &fields).await.expect(303);
    answer.location().to_owned()
}

/// Every option answers every criterion.
pub async fn prepared(app: &TestApp, path: &str) {
    let mut other = app.sign_in("other").await;
    let version = version(app).await;
    let fields = [("version", version.as_str()), ("criteria", "1"), ("criterion", "cost"), ("criterion", "risk")];
    other.post(&format!("{path}/criteria"), &fields).await.expect(303);
    let page = other.get(&format!("{path}/options")).await.expect(200);
    let mut sent = hidden(&page, &format!("{path}/options"));
    for (name, value) in names(&page) {
        if name.contains("-C") {
            continue;
        }
        let value = if name.starts_with("answer-") { format!("answer {name}") } else { value };
        sent.push((name, value));
    }
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    other.post(&format!("{path}/options"), &fields).await.expect(303);
}

/// The version of the escalation raised last.
pub async fn version(app: &TestApp) -> String {
    value(app, "select version::text from escalations order by number desc limit 1").await
}

/// The hidden fields and ticks of the form that posts to `action`.
pub fn hidden(page: &Answer, action: &str) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.body);
    let selector =
        scraper::Selector::parse(&format!("form[action=\"{action}\"] input:is([type=hidden], [checked])")).unwrap();
    html.select(&selector)
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or("").to_owned()))
        .collect()
}

/// Text inputs and areas of the page with their values.
pub fn names(page: &Answer) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.body);
    let selector = scraper::Selector::parse("form[method=post] input[type=text]").unwrap();
    html.select(&selector)
        .filter(|input| !input.attr("name").unwrap().starts_with("own"))
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or("").to_owned()))
        .collect()
}

/// With the committee: passed on by a liaison and by the lead, who recommends option B.
pub async fn before_committee(app: &TestApp, project: Uuid) -> String {
    let path = raised(app, project).await;
    prepared(app, &path).await;
    app.sign_in("other").await.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    let mut lead = app.sign_in("lead").await;
    let b = option(app, "B").await;
    lead.post(&format!("{path}/recommend"), &[("recommended", &b)]).await.expect(303);
    lead.post(&format!("{path}/pass"), &[("from", "lead"), ("note", "Both tried.")]).await.expect(303);
    path
}

/// The id of an option.
pub async fn option(app: &TestApp, letter: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from options where letter = $1 order by id desc limit 1")
        .bind(letter)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    id.to_string()
}

/// Marketing's task GEO-1, in progress and then blocked because it waits for the committee; the escalation raised last is
/// about it.
pub async fn blocks_a_task(app: &TestApp, project: Uuid) {
    let mut liaison = app.sign_in("liaison").await;
    let doing = [("status", "doing"), ("version", "1")];
    liaison.post("/p/GEO/tasks/1/status", &doing).await.expect(303);
    let blocked = [("status", "blocked"), ("version", "2"), ("reason", "No price yet"), ("waits_for", "COM")];
    liaison.post("/p/GEO/tasks/1/status", &blocked).await.expect(303);
    sqlx::query(
        "update escalations set task_id = (select id from tasks where project_id = $1 and number = 1)
         where id = (select id from escalations where project_id = $1 order by number desc limit 1)",
    )
    .bind(project)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

/// Changes what option `letter` answers to the first criterion, through the form that stands there for `who`.
pub async fn amended(app: &TestApp, path: &str, who: &str, letter: &str, answer: &str) -> Answer {
    let mut client = app.sign_in(who).await;
    let url = format!("{path}/options");
    let page = client.get(&url).await.expect(200);
    let mut sent = hidden(&page, &url);
    let mut is_done = false;
    for (name, value) in names(&page).into_iter().filter(|(name, _)| !name.contains("-C")) {
        let is_it = !is_done && name.starts_with(&format!("answer-{letter}-"));
        is_done |= is_it;
        sent.push((name, if is_it { answer.to_owned() } else { value }));
    }
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&url, &fields).await
}

/// Sets how the committee of GEO decides, past the pages.
pub async fn ruled(app: &TestApp, project: Uuid, rule: &str, hides_results: bool, quorum: i16) {
    sqlx::query("insert into committee_rules (project_id, rule, hides_results) values ($1, $2, $3)")
        .bind(project)
        .bind(rule)
        .bind(hides_results)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sqlx::query("update projects set quorum = $2 where id = $1")
        .bind(project)
        .bind(quorum)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
}

/// Everything that has to be right to record a decision for an option.
pub fn ruling<'a>(id: &'a str, option: &'a str, owner: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", "record"),
        ("id", id),
        ("option", option),
        ("title", "Decided"),
        ("rationale", "It keeps the margin."),
        ("kind", "price"),
        ("owner", owner),
    ]
}
