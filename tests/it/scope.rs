//! Requirement changes after the scope baseline: set, asked for, sized, accepted, over the budget; who sees and does what.

mod baseline;
mod budget;
mod changes;
mod reading;

use crate::support::{
    Answer, Client, TestApp,
    disputes::{part, value},
};
use tutti::platform::ids::{EscalationId, ProjectId, new_uuid};
use uuid::Uuid;

/// GEO with liaisons for both sides: `product` of product, `rnd` of R&D.
async fn company() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    for (name, code) in [("product", "PM"), ("rnd", "RND")] {
        app.person(name, "member").await;
        app.seat(geo, name, "liaison", Some(code)).await;
    }
    (app, geo)
}

/// The form of a baseline with this budget.
async fn baseline(app: &TestApp, geo: Uuid, seen: &str, budget: &str) -> Answer {
    let (product, rnd) = (part(app, geo, "PM").await, part(app, geo, "RND").await);
    let id = new_uuid().to_string();
    let fields = [
        ("id", id.as_str()),
        ("seen", seen),
        ("in_scope", "Everything in the *MVP list*."),
        ("link", "https://docs.example/mvp"),
        ("locked_on", "2026-11-16"),
        ("product", &product),
        ("rnd", &rnd),
        ("budget", budget),
        ("reason", "A new quarter"),
    ];
    app.sign_in("lead").await.post("/p/GEO/scope/baseline", &fields).await
}

/// GEO with a locked baseline of so many working days.
async fn locked(budget: &str) -> (TestApp, Uuid) {
    let (app, geo) = company().await;
    baseline(&app, geo, "0", budget).await.expect(303);
    (app, geo)
}

/// Somebody asks for a change; answers its address.
async fn asked(app: &TestApp, geo: Uuid, who: &str, code: &str, title: &str) -> String {
    let (id, from) = (new_uuid().to_string(), part(app, geo, code).await);
    let fields =
        [("id", id.as_str()), ("from", &from), ("title", title), ("why", "Two pilots ask for it."), ("details", "")];
    app.sign_in(who).await.post("/p/GEO/scope/changes/new", &fields).await.expect(303).location().to_owned()
}

/// Makes a move with the version that the page has now.
async fn send(app: &TestApp, who: &str, path: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let mut browser = app.sign_in(who).await;
    sent(&mut browser, path, to, fields).await
}

async fn sent(browser: &mut Client, path: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await.expect(200);
    let version = page.attribute("#next input[name=version]", "value").unwrap_or_else(|| "1".to_owned());
    let step = new_uuid().to_string();
    let mut all = vec![("step", step.as_str()), ("version", &version)];
    all.extend(fields);
    browser.post(&format!("{path}/{to}"), &all).await
}

/// A change of sales, sized.
async fn sized(app: &TestApp, geo: Uuid, title: &str, size: &str) -> String {
    let path = asked(app, geo, "other", "SAL", title).await;
    send(app, "rnd", &path, "size", &[("size", size)]).await.expect(303);
    path
}

/// A change of sales that both sides accept.
async fn agreed(app: &TestApp, geo: Uuid, title: &str, size: &str) -> String {
    let path = sized(app, geo, title, size).await;
    let product = [("side", "product"), ("note", "It wins the pilot.")];
    send(app, "product", &path, "accept", &product).await.expect(303);
    send(app, "rnd", &path, "accept", &[("side", "rnd"), ("note", "We have the people.")]).await.expect(303);
    path
}

/// Number, state and size of every change, in order.
async fn states(app: &TestApp) -> String {
    value(app, "select string_agg(concat_ws(' ', number, state, size_halves), ', ' order by number) from scope_changes")
        .await
}

async fn kinds(app: &TestApp, of: &'static str) -> String {
    value(app, of).await
}

/// What the queue does once the escalation raised last was closed.
async fn ended(app: &TestApp, geo: Uuid) -> bool {
    let id: Uuid = value(app, "select id::text from escalations order by number desc limit 1").await.parse().unwrap();
    tutti::scope::ending::run(&app.state, ProjectId(geo), EscalationId(id)).await.unwrap()
}

/// The product side has another liaison.
async fn takes_over(app: &TestApp, name: &str) {
    sqlx::query(
        "update seats set person_id = (select id from people where name = $1)
         where role = 'liaison' and part_id = (select parts.id from parts join projects on projects.id = project_id where code = 'PM' and key = 'GEO')",
    )
    .bind(name)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}
