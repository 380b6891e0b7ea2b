//! `/admin/escalations`.

use super::*;

/// The whole form as the page shows it, with some fields changed.
async fn form(app: &TestApp, changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = app.sign_in("admin").await.get("/admin/escalations").await.expect(200);
    let html = scraper::Html::parse_document(&page.body);
    let mut all = Vec::new();
    for input in html.select(&scraper::Selector::parse("form input[name]").unwrap()) {
        all.push((input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or("").to_owned()));
    }
    for select in html.select(&scraper::Selector::parse("form select").unwrap()) {
        let chosen = select.select(&scraper::Selector::parse("option[selected]").unwrap()).next().unwrap();
        all.push((select.attr("name").unwrap().to_owned(), chosen.attr("value").unwrap().to_owned()));
    }
    for (name, value) in changed {
        let field = all.iter_mut().find(|(other, _)| other == name).unwrap_or_else(|| panic!("no {name}"));
        (*value).clone_into(&mut field.1);
    }
    all
}

async fn send(app: &TestApp, form: &[(String, String)]) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.sign_in("admin").await.post("/admin/escalations", &fields).await
}

#[tokio::test]
async fn the_administrator_sets_limits_for_the_steps_that_begin_from_now_on() {
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    let set = form(&app, &[("price_liaisons", "4"), ("price_liaisons_unit", "hours"), ("price_lead", "1")]).await;
    send(&app, &set).await.expect(303);
    app.sign_in("admin")
        .await
        .get("/admin/escalations")
        .await
        .expect(200)
        .says("As delivered: 2 working days · 2 working days · 5 working days");
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-20 10:00"], "what runs keeps its time");
    let second = raised(&app, geo).await;
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-18 14:00"]);
    app.sign_in("other").await.get(&second).await.expect(200).says("4 working hours left");
    app.at("2026-11-18T14:00").await;
    assert_eq!(app.steps().await[1], "lead 11-18 14:00 due 11-19 14:00");
    let events = value(&app, "select count(*)::text from events where kind = 'escalation_limits.changed'").await;
    assert_eq!(events, "1", "one for what changed, none for the others");
    // The same again changes nothing.
    send(&app, &form(&app, &[]).await).await.expect(303);
    assert_eq!(value(&app, "select max(version)::text from escalation_limits").await, "1");
}

#[tokio::test]
async fn a_kind_can_start_with_the_lead() {
    let (app, geo) = TestApp::with_project().await;
    send(&app, &form(&app, &[("price_liaisons", "")]).await).await.expect(303);
    let path = raised(&app, geo).await;
    assert_eq!(app.steps().await, ["lead 11-18 10:00 due 11-20 10:00"]);
    app.sign_in("other").await.get(&path).await.expect(200).says("With the GTM lead");
}

#[tokio::test]
async fn mistakes_stand_at_their_fields_and_nobody_overwrites_anybody() {
    let (app, _) = TestApp::with_project().await;
    let wrong = send(&app, &form(&app, &[("price_lead", "0"), ("budget_committee", "soon")]).await).await.expect(422);
    assert!(wrong.attribute("#price_lead", "aria-invalid").is_some());
    assert_eq!(wrong.attribute("#budget_committee", "value").as_deref(), Some("soon"));
    let early = form(&app, &[("price_lead", "9")]).await;
    send(&app, &form(&app, &[("price_lead", "3")]).await).await.expect(303);
    let stale = send(&app, &early)
        .await
        .expect(409)
        .says("Somebody changed limits")
        .says("Saved now: 2 working days · 3 working days · 5 working days");
    assert_eq!(stale.attribute("#price_lead", "value").as_deref(), Some("9"));
    assert_eq!(value(&app, "select limits->'lead'->>'days' from escalation_limits").await, "3");
    for person in ["lead", "chair", "viewer"] {
        app.sign_in(person).await.get("/admin/escalations").await.expect(403);
    }
}

#[tokio::test]
async fn the_page_reads_its_limits_in_one_statement() {
    let (app, _) = TestApp::with_project().await;
    let mut admin = app.sign_in("admin").await;
    let (_, count) = statements::count(admin.get("/admin/escalations")).await;
    assert_eq!(count, 2);
}
