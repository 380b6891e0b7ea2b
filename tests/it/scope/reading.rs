//! Where changes are read: the ledger and its filters, My work, notices.

use super::{agreed, asked, locked, part, send, sized, value};
use crate::support::statements;

#[tokio::test]
async fn the_ledger_is_filtered_and_its_sums_agree() {
    let (app, geo) = locked("10").await;
    agreed(&app, geo, "Export", "2.5").await;
    sized(&app, geo, "Import", "3").await;
    let third = asked(&app, geo, "liaison", "MKT", "Badge").await;
    send(&app, "rnd", &third, "size", &[("size", "1")]).await.expect(303);
    send(&app, "product", &third, "decline", &[("side", "product"), ("why", "No.")]).await.expect(303);
    let mut viewer = app.sign_in("viewer").await;
    let titles = |page: crate::support::Answer| page.all("#list .ttl");
    assert_eq!(titles(viewer.get("/p/GEO/scope").await.expect(200)), ["C-2 Import"]);
    assert_eq!(
        titles(viewer.get("/p/GEO/scope?show=all").await.expect(200)),
        ["C-3 Badge", "C-2 Import", "C-1 Export"]
    );
    let mkt = part(&app, geo, "MKT").await;
    assert_eq!(titles(viewer.get(&format!("/p/GEO/scope?show=all&department={mkt}")).await.expect(200)), ["C-3 Badge"]);
    viewer.get(&format!("/p/GEO/scope?department={mkt}")).await.expect(200).says("No change to show");
    let page = viewer.get("/p/GEO/scope").await.expect(200);
    assert_eq!(page.all("#contributors tbody tr"), ["MK Marketing 1 change – – 1 d", "SA Sales 2 changes 2.5 d 3 d –"]);
    assert_eq!(page.all("#contributors tfoot tr"), ["All together 3 changes 2.5 d 3 d 1 d"]);
    let (page, count) = statements::count(viewer.get("/p/GEO/ledger")).await;
    assert_eq!(count, 5, "session, project, calendar, cases, requests with changes");
    let rows = page.expect(200).all("section[aria-labelledby=h-scope] tbody tr");
    assert_eq!(
        rows,
        ["MK Marketing 1 change – – 1 d", "SA Sales 2 changes 2.5 d 3 d –", "All together 3 changes 2.5 d 3 d 1 d"]
    );
    let page = viewer.get("/ledger").await.expect(200);
    assert_eq!(page.all("section[aria-labelledby=h-scope] tbody tr").len(), 3);
}

#[tokio::test]
async fn what_waits_for_a_side_stands_on_its_work() {
    let (app, geo) = locked("10").await;
    let path = asked(&app, geo, "other", "SAL", "Export").await;
    let mut rnd = app.sign_in("rnd").await;
    let (page, count) = statements::count(rnd.get("/")).await;
    assert!(count <= 5, "{count}");
    let page = page.expect(200).says("Say how long a change takes").says("Two pilots ask for it.");
    assert_eq!(page.attribute(&format!(".items a[href='{path}']"), "href"), Some(path.clone()));
    assert!(app.sign_in("product").await.get("/").await.expect(200).all(".items .ttl").is_empty());
    let page = app.sign_in("other").await.get("/").await.expect(200).says("I wait for").says("Owes you an answer");
    assert_eq!(page.attribute("section[aria-labelledby=h-asked] .items a", "href"), Some(path.clone()));
    send(&app, "rnd", &path, "size", &[("size", "1")]).await.expect(303);
    for who in ["product", "rnd"] {
        app.sign_in(who).await.get("/").await.expect(200).says("Answer a requirement change");
        let side = if who == "rnd" { "rnd" } else { "product" };
        send(&app, who, &path, "accept", &[("side", side)]).await.expect(303);
        assert!(app.sign_in(who).await.get("/").await.expect(200).all(".items .ttl").is_empty(), "{who}");
    }
}

/// Who has been told of what, and what is wanted.
#[tokio::test]
async fn both_sides_who_asked_and_the_contributors_hear_of_it() {
    let told = "select string_agg(concat_ws(' ', people.name, notices.want), ', ' order by people.name) from notices
                join people on people.id = notices.person_id join events on events.id = notices.event_id
                where notices.read_at is null and events.kind = ";
    let (app, geo) = locked("1").await;
    tutti::notices::tell(&app.state).await.unwrap();
    let heard = async |kind: &str| -> String {
        tutti::notices::tell(&app.state).await.unwrap();
        let found: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{told}'{kind}'")))
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        found.unwrap_or_default()
    };
    assert_eq!(heard("baseline.set").await, "liaison, other, product, rnd");
    let path = asked(&app, geo, "other", "SAL", "Export").await;
    assert_eq!(heard("change.asked").await, "product, rnd size_change");
    send(&app, "rnd", &path, "size", &[("size", "2")]).await.expect(303);
    assert_eq!(heard("change.sized").await, "other, product answer_change");
    send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(303);
    assert_eq!(heard("change.accepted").await, "other, rnd");
    send(&app, "rnd", &path, "accept", &[("side", "rnd")]).await.expect(303);
    assert_eq!(heard("change.over_budget").await, "lead, other, product");
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "1");
}
