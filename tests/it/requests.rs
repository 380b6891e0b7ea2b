//! Direct requests between departments: asked, answered, promised, slipped, escalated; who sees and does what.

mod answering;
mod asking;
mod clock;
mod ended;
mod listing;
mod promises;

use crate::support::{
    Answer, Client, TestApp,
    disputes::{part, value},
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// The liaison of marketing asks sales for the price book by Friday 27 November; answers the address.
async fn asked(app: &TestApp, project: Uuid) -> String {
    asked_by(app, project, "liaison", ("MKT", "SAL")).await
}

async fn asked_by(app: &TestApp, project: Uuid, who: &str, (from, to): (&str, &str)) -> String {
    let (from, to) = (part(app, project, from).await, part(app, project, to).await);
    let id = new_uuid().to_string();
    let fields = [
        ("id", id.as_str()),
        ("from", &from),
        ("to", &to),
        ("title", "Price book for the launch"),
        ("details", "With the *discount* limits."),
        ("wanted_on", "2026-11-27"),
    ];
    app.sign_in(who).await.post("/p/GEO/requests/new", &fields).await.expect(303).location().to_owned()
}

/// Makes a move with the version and the id that the page has now.
async fn send(browser: &mut Client, path: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await.expect(200);
    let form = format!("form[action='{path}/{to}']");
    let hidden = |name: &str| page.attribute(&format!("{form} input[name={name}]"), "value");
    let step = hidden("step").unwrap_or_else(|| new_uuid().to_string());
    let version = hidden("version").unwrap_or_else(|| "1".to_owned());
    let mut sent = vec![("step", step.as_str()), ("version", &version)];
    sent.extend(fields);
    browser.post(&format!("{path}/{to}"), &sent).await
}

async fn state(app: &TestApp) -> String {
    value(
        app,
        "select concat_ws(' ', state, is_insisted, promised_on, version) from requests order by number desc limit 1",
    )
    .await
}

async fn moves(app: &TestApp) -> String {
    value(
        app,
        "select string_agg(m.kind, ' ' order by m.position) from request_moves m join requests r on r.id = m.request_id
         where r.number = (select max(number) from requests)",
    )
    .await
}

async fn events(app: &TestApp) -> String {
    value(app, "select string_agg(kind, ' ' order by id) from events where subject_kind = 'request'").await
}

/// The organisation lets requests escalate by themselves.
async fn by_themselves(app: &TestApp) {
    sqlx::query("update organisations set requests_escalate_by_themselves = true")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
}
