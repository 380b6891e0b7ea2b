//! A change on its way: asked for, sized, accepted, declined, withdrawn.

use super::{agreed, asked, kinds, locked, part, send, sent, sized, states, value};
use crate::support::statements;
use tutti::platform::ids::new_uuid;

const EVENTS: &str = "select string_agg(kind, ' ' order by id) from events where subject_kind = 'change'";

#[tokio::test]
async fn a_change_is_asked_for_sized_and_accepted_by_both_sides() {
    let (app, geo) = locked("10").await;
    app.task(geo, "RND", "Export to CSV", None, "2026-11-27").await;
    let (id, from) = (new_uuid().to_string(), part(&app, geo, "SAL").await);
    let mut other = app.sign_in("other").await;
    let (page, count) = statements::count(other.get("/p/GEO/scope/changes/new")).await;
    page.expect(200);
    assert_eq!(count, 4, "session, project, baseline, what it can touch");
    let fields = [
        ("id", id.as_str()),
        ("from", &from),
        ("title", "Export <b>XLSX</b>"),
        ("why", "Buyers *ask* for it."),
        ("details", ""),
        ("task", "1"),
    ];
    let path = other.post("/p/GEO/scope/changes/new", &fields).await.expect(303).location().to_owned();
    assert_eq!(path, "/p/GEO/scope/changes/1");
    other.post("/p/GEO/scope/changes/new", &fields).await.expect(303);
    assert_eq!(states(&app).await, "1 asked", "the same form makes one");
    let page = other.get(&path).await.expect(200).says("Waiting for its size").says("Sales asks for it");
    assert!(page.body.contains("<em>ask</em>") && !page.body.contains("<b>XLSX"), "Markdown there, text here");
    assert!(page.attribute("form[action$='/size']", "action").is_none(), "R&D alone sizes");
    let size = [("size", "2.5"), ("task_days", "3"), ("note", "Plus the tests.")];
    send(&app, "rnd", &path, "size", &size).await.expect(303);
    let mut product = app.sign_in("product").await;
    let (page, count) = statements::count(product.get(&path)).await;
    assert_eq!(count, 5, "session, project, baseline, change, calendar");
    let page = page.expect(200).says("2.5 working days").says("R&D states 2.5 working days");
    page.says("GEO-1 Export to CSV: 27 Nov 2026 → 2 Dec 2026 (3 working days later)")
        .says("10 working days left of 10");
    send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(303);
    assert_eq!(states(&app).await, "1 sized 5");
    send(&app, "rnd", &path, "accept", &[("side", "rnd")]).await.expect(303);
    assert_eq!(states(&app).await, "1 accepted 5");
    product.get(&path).await.expect(200).says("Accepted").says("7.5 working days left of 10");
    assert_eq!(kinds(&app, EVENTS).await, "change.asked change.sized change.accepted change.accepted");
    let page = product.get("/p/GEO/history").await.expect(200);
    page.says("which now counts in the change budget").says("other asked for the change C-1");
    product.chinese().get(&path).await.expect(200).says("已接受").says("推迟 3 个工作日");
}

#[tokio::test]
async fn every_mistake_is_said_and_nothing_typed_is_lost() {
    let (app, geo) = locked("10").await;
    let (id, pm) = (new_uuid().to_string(), part(&app, geo, "PM").await);
    let mut other = app.sign_in("other").await;
    let fields = [
        ("id", id.as_str()),
        ("from", &pm),
        ("title", ""),
        ("why", ""),
        ("details", "kept"),
        ("task", "99"),
        ("milestone", "x"),
    ];
    let page = other.post("/p/GEO/scope/changes/new", &fields).await.expect(422).says("Say what is to change");
    for field in ["from", "title", "why", "task", "milestone"] {
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{field}");
    }
    assert!(page.body.contains("kept"));
    let path = asked(&app, geo, "other", "SAL", "Export").await;
    for size in ["0", "400.5", "1.25", "-1", "", "x"] {
        let page = send(&app, "rnd", &path, "size", &[("size", size)]).await.expect(422).says("from 0.5 to 400");
        assert_eq!(page.attribute("#size", "value").as_deref(), Some(size), "{size}");
    }
    send(&app, "rnd", &path, "size", &[("size", "400")]).await.expect(303);
    send(&app, "rnd", &path, "size", &[("size", "0.5")]).await.expect(303);
    let page = send(&app, "product", &path, "decline", &[("side", "product"), ("why", " ")]).await.expect(422);
    assert!(page.attribute(".errors a[href='#decline_product']", "href").is_some());
    app.sign_in("product").await.chinese().get(&path).await.expect(200).says("待双方答复");
    assert_eq!(states(&app).await, "1 sized 1");
}

#[tokio::test]
async fn either_side_declines_and_who_asked_withdraws() {
    let (app, geo) = locked("10").await;
    let first = asked(&app, geo, "other", "SAL", "Export").await;
    let why = [("side", "product"), ("why", "Not this year.")];
    send(&app, "product", &first, "decline", &why).await.expect(303);
    app.sign_in("other").await.get(&first).await.expect(200).says("Product declines it").says("Not this year.");
    let second = sized(&app, geo, "Import", "3").await;
    send(&app, "product", &second, "accept", &[("side", "product")]).await.expect(303);
    send(&app, "rnd", &second, "size", &[("size", "9")]).await.expect(409).says("Somebody changed this");
    send(&app, "rnd", &second, "decline", &[("side", "rnd"), ("why", "No people.")]).await.expect(303);
    let third = sized(&app, geo, "Print", "3").await;
    send(&app, "product", &third, "withdraw", &[]).await.expect(403);
    send(&app, "other", &third, "withdraw", &[("why", "Solved.")]).await.expect(303);
    send(&app, "other", &third, "withdraw", &[]).await.expect(409);
    assert_eq!(states(&app).await, "1 declined, 2 declined 6, 3 withdrawn 6");
    let used = app.sign_in("viewer").await.get("/p/GEO/scope?show=all").await.expect(200);
    assert_eq!(used.all("#sums dd"), ["10", "0", "10", "0"]);
}

/// Asking is no acceptance, also not of the side that asks; nobody answers for another side, the lead for none.
#[tokio::test]
async fn only_the_two_sides_answer_each_for_itself() {
    let (app, geo) = locked("10").await;
    let path = asked(&app, geo, "product", "PM", "Rename").await;
    send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(409);
    send(&app, "rnd", &path, "size", &[("size", "1")]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from scope_changes where product_accepted_at is null").await, "1");
    for who in ["lead", "other", "admin", "member", "chair", "viewer"] {
        for (to, side) in [("accept", "product"), ("accept", "rnd"), ("decline", "rnd"), ("size", "rnd")] {
            let fields = [("side", side), ("why", "No."), ("size", "1")];
            send(&app, who, &path, to, &fields).await.expect(403);
        }
    }
    send(&app, "product", &path, "accept", &[("side", "rnd")]).await.expect(403);
    send(&app, "product", &path, "size", &[("size", "2")]).await.expect(403);
    send(&app, "product", &path, "accept", &[("side", "lead")]).await.expect(422);
    let mut adviser = app.sign_in("adviser").await;
    adviser.get(&path).await.expect(404);
    adviser.post(&format!("{path}/accept"), &[("side", "rnd")]).await.expect(404);
    // Who speaks for both answers for each.
    super::takes_over(&app, "rnd").await;
    let page = app.sign_in("rnd").await.get(&path).await.expect(200);
    assert_eq!(page.all("form[action$='/accept']").len(), 2);
    assert_eq!(states(&app).await, "1 sized 2");
}

#[tokio::test]
async fn hostile_ids_and_a_form_that_comes_twice() {
    let (app, geo) = locked("10").await;
    let path = sized(&app, geo, "Export", "3").await;
    let mut rnd = app.sign_in("rnd").await;
    for number in ["0", "2", "-1", "2147483648", "x", "%00", "1%20or%201"] {
        rnd.get(&format!("/p/GEO/scope/changes/{number}")).await.expect(404);
        rnd.get(&format!("/p/HAL/scope/changes/{number}")).await.expect(404);
    }
    rnd.get("/p/HAL/scope").await.expect(404);
    rnd.get("/p/GEO/scope?department=%00&show=x").await.expect(404);
    rnd.get("/p/GEO/scope?department=x&show=x").await.expect(200);
    for (step, version) in [("x", "1"), ("", ""), ("00000000-0000-0000-0000-000000000000", "y")] {
        let fields = [("step", step), ("version", version), ("side", "rnd")];
        rnd.post(&format!("{path}/accept"), &fields).await.expect(422);
    }
    let step = new_uuid().to_string();
    let fields = [("step", step.as_str()), ("version", "2"), ("side", "rnd")];
    rnd.post(&format!("{path}/accept"), &fields).await.expect(303);
    rnd.post(&format!("{path}/accept"), &fields).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from scope_moves where kind = 'accepted'").await, "1");
    let stale = [("version", "1"), ("side", "product"), ("note", "typed")];
    let page = sent(&mut app.sign_in("product").await, &path, "accept", &stale).await;
    page.expect(303);
    let late = sized(&app, geo, "Import", "1").await;
    let id = new_uuid().to_string();
    let fields = [("step", id.as_str()), ("version", "1"), ("side", "product"), ("why", "typed")];
    // A move of another change is none of this one.
    let taken = [("step", step.as_str()), ("version", "2"), ("side", "rnd")];
    rnd.post(&format!("{late}/accept"), &taken).await.expect(409);
    let page = app.sign_in("product").await.post(&format!("{late}/decline"), &fields).await.expect(409);
    page.says("typed");
    agreed(&app, geo, "Print", "1").await;
}
