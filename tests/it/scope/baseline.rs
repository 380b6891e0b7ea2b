//! The baseline: shows, saves, refuses, forbids.

use super::{agreed, asked, baseline, company, kinds, locked, part, value};
use crate::support::statements;
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn the_lead_locks_the_baseline_and_everybody_reads_it() {
    let (app, geo) = company().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/scope").await.expect(200).says("Lock the scope baseline first");
    assert!(page.attribute("a[href='/p/GEO/scope/baseline']", "href").is_some());
    let page = app.sign_in("other").await.get("/p/GEO/scope").await.expect(200);
    assert!(page.attribute("a[href='/p/GEO/scope/baseline']", "href").is_none(), "the lead's alone");
    app.sign_in("other").await.get("/p/GEO/scope/changes/new").await.expect(303);
    let (page, count) = statements::count(lead.get("/p/GEO/scope/baseline")).await;
    let page = page.expect(200);
    assert_eq!(count, 4, "session, project, baseline, who answers for it");
    let chosen = |field: &str| page.attribute(&format!("#{field} option[selected]"), "value");
    assert_eq!(chosen("product"), Some(part(&app, geo, "PM").await), "product management is suggested");
    assert_eq!(chosen("rnd"), Some(part(&app, geo, "RND").await));
    baseline(&app, geo, "0", "12.5").await.expect(303);
    let (page, count) = statements::count(app.sign_in("viewer").await.get("/p/GEO/scope")).await;
    assert_eq!(count, 5, "session, project, baseline, changes, calendar");
    let page = page.expect(200).says("Baseline 1, locked on").says("by lead").says("No change so far");
    assert_eq!(page.all("#sums dd"), ["12.5", "0", "12.5", "0"]);
    assert!(page.body.contains("<em>MVP list</em>"), "Markdown");
    app.sign_in("viewer").await.chinese().get("/p/GEO/scope").await.expect(200).says("变更台账").says("第 1 版基线");
    let events = "select string_agg(kind, ' ') from events where subject_kind = 'baseline'";
    assert_eq!(kinds(&app, events).await, "baseline.set");
    app.sign_in("viewer").await.get("/p/GEO/history").await.expect(200).says("lead locked Scope baseline 1");
}

#[tokio::test]
async fn every_mistake_is_said_and_nothing_typed_is_lost() {
    let (app, geo) = company().await;
    let (product, mkt) = (part(&app, geo, "PM").await, part(&app, geo, "COM").await);
    let id = new_uuid().to_string();
    let fields = [
        ("id", id.as_str()),
        ("seen", "0"),
        ("in_scope", ""),
        ("link", "javascript:alert(1)"),
        ("locked_on", "2026-11-19"),
        ("product", &product),
        ("rnd", &mkt),
        ("budget", "3.25"),
    ];
    let mut lead = app.sign_in("lead").await;
    let page = lead.post("/p/GEO/scope/baseline", &fields).await.expect(422);
    for field in ["in_scope", "link", "locked_on", "rnd", "budget"] {
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{field}");
    }
    assert_eq!(page.attribute("#budget", "value").as_deref(), Some("3.25"));
    let same: Vec<_> = fields
        .iter()
        .map(|(name, value)| if *name == "rnd" { ("rnd", product.as_str()) } else { (*name, *value) })
        .collect();
    lead.post("/p/GEO/scope/baseline", &same).await.expect(422).says("Choose a department other than the product side");
    lead.chinese().post("/p/GEO/scope/baseline", &fields).await.expect(422).says("请说明范围内容");
    assert_eq!(value(&app, "select count(*)::text from scope_baselines").await, "0");
}

/// A baseline is set anew with a reason, a version is kept, and it is no way to a higher budget.
#[tokio::test]
async fn setting_it_anew_raises_no_budget_once_changes_were_counted() {
    let (app, geo) = locked("5").await;
    baseline(&app, geo, "1", "8").await.expect(303);
    assert_eq!(
        value(&app, "select string_agg(budget_halves::text, ' ' order by number) from scope_baselines").await,
        "10 16"
    );
    agreed(&app, geo, "Export", "3").await;
    let page = baseline(&app, geo, "2", "8").await.expect(422).says("Of the budget 5 working days can still be used");
    assert_eq!(page.attribute("#budget", "value").as_deref(), Some("8"));
    baseline(&app, geo, "1", "5").await.expect(409).says("Somebody changed this");
    baseline(&app, geo, "2", "5").await.expect(303);
    let page =
        app.sign_in("viewer").await.get("/p/GEO/scope").await.expect(200).says("Set anew because: A new quarter");
    assert_eq!(page.all("#sums dd"), ["5", "0", "5", "0"], "what the earlier one counted is in scope now");
    // Nor over two of them: the chain keeps the total.
    baseline(&app, geo, "3", "1").await.expect(303);
    baseline(&app, geo, "4", "500").await.expect(422).says("Of the budget 1 working day can still be used");
    let form = app.sign_in("lead").await.get("/p/GEO/scope/baseline").await.expect(200);
    assert_eq!(form.attribute("#budget", "value").as_deref(), Some("1"), "filled with the most that it may be");
    let update = sqlx::query("update scope_baselines set budget_halves = 900").execute(&mut app.sql().await).await;
    assert!(update.is_err(), "append-only");
}

/// In the short feed baselines in a row are one line; history keeps each.
#[tokio::test]
async fn baselines_in_a_row_are_one_line() {
    let (app, geo) = locked("5").await;
    baseline(&app, geo, "1", "8").await.expect(303);
    baseline(&app, geo, "2", "9").await.expect(303);
    let mut viewer = app.sign_in("viewer").await;
    let page = viewer.get("/p/GEO").await.expect(200).says("lead locked 3 baselines, the newest Scope baseline 3");
    assert!(!page.text().contains("Scope baseline 2"), "{}", page.text());
    viewer.get("/p/GEO/history").await.expect(200).says("lead locked Scope baseline 2");
}

/// A change that was left out has gone over the budget: the lead cannot make room for the next.
#[tokio::test]
async fn what_went_over_the_budget_keeps_a_new_baseline_from_raising_it() {
    let (app, geo) = locked("0").await;
    agreed(&app, geo, "Export", "1").await;
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/escalations/1/pass", &[("from", "liaisons")]).await.expect(303);
    lead.post("/p/GEO/escalations/1/settle", &[("outcome", "Leave it out.")]).await.expect(303);
    assert!(super::ended(&app, geo).await);
    baseline(&app, geo, "1", "500").await.expect(422).says("Of the budget 0 working days can still be used");
    baseline(&app, geo, "1", "0").await.expect(303);
    baseline(&app, geo, "2", "2.3").await.expect(422).says("in whole or half days only");
}

/// Product and R&D change places: nobody accepts for both, what was accepted says who it was.
#[tokio::test]
async fn other_sides_answer_open_changes_anew() {
    let (app, geo) = locked("5").await;
    let path = super::sized(&app, geo, "Export", "3").await;
    super::send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(303);
    let (product, rnd) = (part(&app, geo, "RND").await, part(&app, geo, "PM").await);
    let id = new_uuid().to_string();
    let fields = [
        ("id", id.as_str()),
        ("seen", "1"),
        ("in_scope", "Everything."),
        ("locked_on", "2026-11-16"),
        ("product", &product),
        ("rnd", &rnd),
        ("budget", "5"),
        ("reason", "They changed places"),
    ];
    app.sign_in("lead").await.post("/p/GEO/scope/baseline", &fields).await.expect(303);
    assert_eq!(super::states(&app).await, "1 asked", "sized anew by the other department");
    let reopened = "select string_agg(concat_ws(' ', subject_label, after->>'state'), ', ') from events where kind = 'change.reopened'";
    assert_eq!(kinds(&app, reopened).await, "C-1 asked");
    super::send(&app, "rnd", &path, "size", &[("size", "3")]).await.expect(403);
    super::send(&app, "product", &path, "size", &[("size", "3")]).await.expect(303);
    super::send(&app, "product", &path, "accept", &[("side", "rnd")]).await.expect(303);
    assert_eq!(super::states(&app).await, "1 sized 6", "the product side is another one and has not answered");
    let page = app.sign_in("viewer").await.get(&path).await.expect(200);
    page.says("Product accepts it").says("R&D states 3 working days").says("Product states 3 working days");
    let parts =
        "select string_agg(parts.code, ' ' order by m.position) from scope_moves m join parts on parts.id = m.part_id";
    assert_eq!(kinds(&app, parts).await, "SAL RND PM PM PM");
}

#[tokio::test]
async fn nobody_but_the_lead_sets_it() {
    let (app, geo) = locked("5").await;
    asked(&app, geo, "other", "SAL", "Export").await;
    for (who, sees, sets) in [
        ("lead", 200, 200),
        ("admin", 200, 403),
        ("product", 200, 403),
        ("member", 200, 403),
        ("chair", 200, 403),
        ("viewer", 200, 403),
        ("colleague", 200, 403),
        ("adviser", 404, 404),
        ("guest", 404, 404),
    ] {
        let mut browser = app.sign_in(who).await;
        browser.get("/p/GEO/scope").await.expect(sees);
        browser.get("/p/GEO/scope/changes/1").await.expect(sees);
        browser.get("/p/GEO/scope/baseline").await.expect(sets);
        let answer = browser.post("/p/GEO/scope/baseline", &[("id", "x")]).await;
        assert_eq!(answer.status.as_u16(), if sets == 200 { 422 } else { sets }, "{who}");
    }
    sqlx::query("update projects set state = 'archived' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.sign_in("lead").await.get("/p/GEO/scope/baseline").await.expect(403);
    app.sign_in("other").await.get("/p/GEO/scope/changes/new").await.expect(403);
}
