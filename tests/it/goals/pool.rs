//! The bonus pool: set by the lead, read by everybody, shared by what is reached.

use super::{
    money::{resent, sent},
    setting::{with, with_sign_ups},
};
use crate::support::{
    disputes::{part, value},
    statements,
};

const POOL: &str = "/p/GEO/goals/pool";
const EDIT: &str = "/p/GEO/goals/pool/edit";

#[tokio::test]
async fn it_is_shared_by_what_is_reached() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let result = value(&app, "select id::text from key_results").await;
    let (ours, theirs) = (format!("w-{mkt}-{result}"), format!("w-{sal}-{result}"));
    app.sign_in("viewer").await.get(POOL).await.expect(200).says("No bonus pool");
    let first = lead.get(EDIT).await.expect(200);
    for (fields, wrong) in [
        (vec![("amount", "a lot"), (&*ours, "1")], "Enter a number"),
        (vec![("amount", "-5"), (&*ours, "1")], "cannot be less than zero"),
        (vec![("amount", "9000"), (&*ours, "half")], "whole number from 0 to 1000"),
        (vec![("amount", "9000"), (&*ours, "1001")], "whole number from 0 to 1000"),
        (vec![("amount", "9000"), ("currency", "USD"), (&*ours, ""), (&*theirs, "")], "at least one department"),
        (vec![("amount", "9000"), (&*ours, "1"), ("currency", "SHELLS")], "Choose a currency"),
    ] {
        let page = resent(&mut lead, &first, EDIT, &fields).await.expect(422).says(wrong);
        assert_eq!(page.attribute("#amount", "value").as_deref(), Some(fields[0].1), "nothing typed is lost");
    }
    let good = [("amount", "$9,000"), ("currency", "USD"), (&*ours, "2"), (&*theirs, "1")];
    for _ in 0..2 {
        resent(&mut lead, &first, EDIT, &good).await.expect(303);
    }
    lead.get("/p/GEO/history").await.expect(200).says("MKT KR1.1 2, SAL KR1.1 1");
    // The same form with other words is no second sending.
    for other in [("amount", "9500"), ("currency", "EUR"), (&*ours, "3"), (&*theirs, "")] {
        let fields = with(good.to_vec(), &[other]);
        let page = resent(&mut lead, &first, EDIT, &fields).await.expect(409).says("Now stands: $9,000");
        let typed = fields.iter().find(|(name, _)| *name == "amount").map(|(_, amount)| *amount);
        assert_eq!(page.attribute("#amount", "value").as_deref(), typed, "{}", other.0);
    }
    assert_eq!(value(&app, "select string_agg(number || ' ' || amount, ', ') from bonus_pools").await, "1 9000");
    let page = app.sign_in("viewer").await.get(POOL).await.expect(200).says("$9,000");
    assert!(page.all(".acts a").is_empty(), "only the lead sets it");
    assert_eq!(page.all("tbody tr td b").concat(), "$0$0", "nothing is reached yet");
    // A quarter of six hundred.
    sqlx::query(
        "insert into entries (project_id, id, series_id, part_id, period, value, entered_by, entered_at)
         select project_id, gen_random_uuid(), series_id, part_id, '2026-09-01', 150, created_by, now() from key_results",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let page = lead.get(POOL).await.expect(200).says("25%").says("$6,750");
    assert_eq!(page.all("tbody tr td b").concat(), "$1,500$750");
    let weights = page.all("td[data-th='KR1.1 weight']");
    assert_eq!(weights, ["2", "1"], "on a phone a weight says that it is one");
    let words = lead.clone().chinese().get(POOL).await.expect(200);
    words.says("奖金池").says("从不给个人排名");
    let (page, count) = statements::count(lead.get(POOL)).await;
    page.expect(200);
    assert!(count <= 5, "{count}");
    // Another one needs its reason, and whoever was slower sees what stands.
    let old = lead.get(EDIT).await.expect(200);
    resent(&mut lead, &old, EDIT, &[("amount", "12000")]).await.expect(422).says("Say why");
    sent(&mut lead, EDIT, &[("amount", "12000"), ("reason", "Half a year more")]).await.expect(303);
    let page = resent(&mut lead, &old, EDIT, &[("amount", "1"), ("reason", "No")]).await.expect(409);
    let page = page.says("Now stands: $12,000, set by lead");
    assert_eq!(page.attribute("#amount", "value").as_deref(), Some("1"));
    sent(&mut lead, EDIT, &[("amount", "0"), ("reason", "The year is over")]).await.expect(303);
    let page = app.sign_in("viewer").await.get(POOL).await.expect(200);
    page.says("No bonus pool").says("Ended").says("Half a year more").says("The year is over");
    assert!(sqlx::query("update bonus_weights set weight = 9").execute(&mut app.sql().await).await.is_err());
    let told = value(
        &app,
        "select string_agg(kind || ' ' || (after ->> 'amount'), ', ' order by id) from events where kind like 'bonus%'",
    )
    .await;
    assert_eq!(told, "bonus_pool.set $9,000, bonus_pool.set $12,000, bonus_pool.set $0");
    for who in ["liaison", "chair", "viewer", "admin"] {
        app.sign_in(who).await.get(EDIT).await.expect(403);
    }
}

#[tokio::test]
async fn what_was_typed_for_what_has_left_is_not_said_to_be_saved() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let (sal, split) = (part(&app, geo, "SAL").await, "/p/GEO/goals/1.1/split");
    let result = value(&app, "select id::text from key_results").await;
    let (pool, sheet) = (lead.get(EDIT).await.expect(200), lead.get(split).await.expect(200));
    lead.post(&format!("/p/GEO/parts/{sal}/remove"), &[]).await.expect(303);
    let (ours, theirs) = (format!("w-{mkt}-{result}"), format!("w-{sal}-{result}"));
    let weights = [("amount", "9000"), ("currency", "USD"), (&*ours, "2"), (&*theirs, "44")];
    let page = resent(&mut lead, &pool, EDIT, &weights).await.expect(409).says("has left the project meanwhile: 44");
    assert_eq!(page.attribute("#amount", "value").as_deref(), Some("9000"), "the rest is kept");
    resent(&mut lead, &page, EDIT, &weights[..3]).await.expect(303);
    let (ours, theirs, owes) = (format!("a-{mkt}-2026-09"), format!("a-{sal}-2026-09"), format!("owes-{sal}"));
    let cells = [("act", "save"), (&*ours, "100"), (&*theirs, "777"), (&*owes, "late words")];
    let page = resent(&mut lead, &sheet, split, &cells).await.expect(409).says("777").says("late words");
    assert_eq!(page.attribute(&format!("[name='{ours}']"), "value").as_deref(), Some("100"), "the rest is kept");
    assert_eq!(value(&app, "select count(*)::text from shares").await, "0");
    resent(&mut lead, &page, split, &cells[..2]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from shares where amount = 100").await, "1");
}
