//! The split: by hand, evenly, by weight, pasted; what is left; who may; and how each department gets there.

use super::setting::{FIRST, resent, sent, sign_ups, with, with_sign_ups};
use crate::support::{
    Answer, TestApp,
    disputes::{part, value},
};

const SPLIT: &str = "/p/GEO/goals/1.1/split";

async fn kept(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(code || ' ' || to_char(month, 'MM') || ' ' || amount, ', ' order by code, month), 'none')
                from shares join parts on parts.project_id = shares.project_id and parts.id = part_id").await
}

/// The amounts in the sheet's line of a department.
fn line(page: &Answer, part: &str) -> Vec<String> {
    ["2026-09", "2026-10", "2026-11"]
        .map(|month| page.attribute(&format!("[id='a-{part}-{month}']"), "value").unwrap_or_default())
        .to_vec()
}

#[tokio::test]
async fn a_split_that_does_not_add_up_says_by_how_much() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let cell = |part: &str, month: &str| format!("a-{part}-{month}");
    let (first, second, third) = (cell(&mkt, "2026-09"), cell(&mkt, "2026-11"), cell(&sal, "2026-10"));
    let page = lead.get(SPLIT).await.expect(200).says("600 sign-ups left to split");
    let typed = [(first.as_str(), "1,00"), (second.as_str(), "200"), (third.as_str(), "150"), ("act", "save")];
    let wrong = resent(&mut lead, &page, SPLIT, &typed).await.expect(422).says("Enter a number, such as 1,250");
    assert_eq!(wrong.attribute(&format!("[id='{first}']"), "value").as_deref(), Some("1,00"));
    assert_eq!(wrong.attribute(&format!("[id='{second}']"), "value").as_deref(), Some("200"));
    assert_eq!(kept(&app).await, "none");
    let typed = [(first.as_str(), "100"), (second.as_str(), "200"), (third.as_str(), "150"), ("act", "check")];
    resent(&mut lead, &page, SPLIT, &typed).await.expect(200).says("150 sign-ups left to split");
    assert_eq!(kept(&app).await, "none", "adding up saves nothing");
    let typed = with(typed.to_vec(), &[("act", "save")]);
    let answer = resent(&mut lead, &page, SPLIT, &typed).await.expect(303);
    lead.get(answer.location()).await.expect(200).says("Saved. 150 sign-ups left to split");
    assert_eq!(kept(&app).await, "MKT 09 100, MKT 11 200, SAL 10 150");
    resent(&mut lead, &page, SPLIT, &typed).await.expect(303);
    assert_eq!(
        value(&app, "select count(*)::text from events where kind = 'key_result.split'").await,
        "1",
        "sent twice, split once"
    );
    let stale = with(typed.clone(), &[(third.as_str(), "300")]);
    let stale = resent(&mut lead, &page, SPLIT, &stale).await.expect(409);
    assert_eq!(stale.attribute(&format!("[id='{third}']"), "value").as_deref(), Some("300"), "what was typed is kept");
    let whole = with(typed, &[(third.as_str(), "300")]);
    resent(&mut lead, &stale, SPLIT, &whole).await.expect(303);
    lead.get("/p/GEO/goals/1.1").await.expect(200).says("The split adds up");
    let complete = value(
        &app,
        "select count(*)::text from events where kind = 'key_result.split' and after ->> 'complete' = 'true'",
    )
    .await;
    assert_eq!(complete, "1");
}

#[tokio::test]
async fn a_line_that_was_not_touched_stays_as_somebody_else_set_it() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let (ours, theirs) = (format!("a-{mkt}-2026-09"), format!("a-{sal}-2026-09"));
    sent(&mut lead, SPLIT, SPLIT, &[(ours.as_str(), "50"), (theirs.as_str(), "50"), ("act", "save")]).await.expect(303);
    let opened = lead.get(SPLIT).await.expect(200);
    let mut other = app.sign_in("other").await;
    sent(&mut other, SPLIT, SPLIT, &[(theirs.as_str(), "40"), ("act", "save")]).await.expect(303);
    let typed = [(ours.as_str(), "60"), (theirs.as_str(), "50"), ("act", "save")];
    let stale = resent(&mut lead, &opened, SPLIT, &typed).await.expect(409).says("Somebody else changed this split");
    let cell = |name: &str| stale.attribute(&format!("[id='{name}']"), "value").unwrap_or_default();
    assert_eq!((cell(&ours), cell(&theirs)), ("60".to_owned(), "40".to_owned()), "theirs stands, ours is kept");
    // Both changed the same line: theirs is said, ours stands in the sheet.
    let both = [(ours.as_str(), "60"), (theirs.as_str(), "55"), ("act", "save")];
    let both = resent(&mut lead, &opened, SPLIT, &both).await.expect(409).says("Sales was set to 40");
    resent(&mut lead, &both, SPLIT, &[(ours.as_str(), "60"), (theirs.as_str(), "55"), ("act", "save")])
        .await
        .expect(303);
    assert_eq!(kept(&app).await, "MKT 09 60, SAL 09 55");
    // What was typed for a month that is gone is not lost either.
    let gone = format!("a-{mkt}-2027-08");
    resent(&mut lead, &both, SPLIT, &[(gone.as_str(), "7"), ("act", "save")]).await.expect(409).says("outside of them");
}

#[tokio::test]
async fn it_is_filled_by_weight_and_pasted_before_it_is_saved() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let (weight, other) = (format!("w-{mkt}"), format!("w-{sal}"));
    let page = lead.get(SPLIT).await.expect(200);
    let fill =
        [(weight.as_str(), "2"), (other.as_str(), "1"), ("slope", "rising"), ("begins", "2026-10"), ("act", "fill")];
    let filled = resent(&mut lead, &page, SPLIT, &fill).await.expect(200).says("The split adds up");
    assert_eq!(line(&filled, &mkt), ["", "133", "267"]);
    assert_eq!(line(&filled, &sal), ["", "67", "133"]);
    assert_eq!(kept(&app).await, "none", "filling saves nothing");
    for (others, words) in [
        (vec![(weight.as_str(), "-1")], "Enter a whole number from 0 to 1000"),
        (vec![(weight.as_str(), ""), (other.as_str(), "")], "Give at least one department a weight"),
        (vec![("begins", "2027-10")], "Choose a month"),
    ] {
        resent(&mut lead, &page, SPLIT, &with(fill.to_vec(), &others)).await.expect(422).says(words);
    }
    let pasted = "\t2026-11\t2026-10\t2026-09\r\nMarketing\t300\t\t100\r\nSAL\t200\t\t\r\n";
    let put = resent(&mut lead, &page, SPLIT, &[("pasted", pasted), ("act", "paste")]).await.expect(200);
    let put = put.says("2 lines put into the sheet").says("The split adds up");
    assert_eq!(line(&put, &mkt), ["100", "", "300"]);
    assert_eq!(line(&put, &sal), ["", "", "200"]);
    let wrong = "Marketing\t300\nSails\t1\nSAL\tabc";
    let refused = resent(&mut lead, &page, SPLIT, &[("pasted", wrong), ("act", "paste")]).await.expect(422);
    let refused =
        refused.says("2 lines could not be read").says("Line 2: no department is called “Sails”").says("Line 3: “abc”");
    assert!(refused.body.contains(wrong), "nothing is lost");
    let torn = [("pasted", "SAL,1,250"), ("act", "paste")];
    resent(&mut lead, &page, SPLIT, &torn).await.expect(422).says("Line 1: “1,250” could be one figure or two columns");
    let whole = [("pasted", "SAL,\"1,250\",\"2,500\""), ("act", "paste")];
    let put = resent(&mut lead, &page, SPLIT, &whole).await.expect(200);
    assert_eq!(line(&put, &sal)[..2], ["1250", "2500"]);
    assert_eq!(kept(&app).await, "none");
}

#[tokio::test]
async fn a_ratio_is_split_with_what_it_is_counted_over() {
    let (app, _, mut lead, mkt) = with_sign_ups().await;
    let ratio = with(
        sign_ups(&mkt, "20%"),
        &[
            ("measure", "ratio"),
            ("unit_kind", "percent"),
            ("unit", "customers"),
            ("base_unit", "trials"),
            ("decimals", "1"),
            ("baseline", "8"),
        ],
    );
    sent(&mut lead, FIRST, FIRST, &ratio).await.expect(303);
    let split = "/p/GEO/goals/1.2/split";
    let page = lead.get(split).await.expect(200).says("Nothing is counted over yet");
    let weight = format!("w-{mkt}");
    let fill = [(weight.as_str(), "1"), ("slope", "even"), ("begins", "2026-09"), ("base", "150"), ("act", "fill")];
    let filled = resent(&mut lead, &page, split, &fill).await.expect(200).says("The split adds up");
    assert_eq!(line(&filled, &mkt), ["18", "24", "30"], "12, 16 and 20 % of 150");
    assert_eq!(filled.attribute(&format!("[id='b-{mkt}-2026-11']"), "value").as_deref(), Some("150"));
    resent(&mut lead, &page, split, &with(fill.to_vec(), &[("base", "")])).await.expect(422);
    let (above, below) = (format!("a-{mkt}-2026-11"), format!("b-{mkt}-2026-11"));
    let short = [(above.as_str(), "29"), (below.as_str(), "150"), ("act", "save")];
    resent(&mut lead, &page, split, &short).await.expect(303);
    lead.get("/p/GEO/goals/1.2").await.expect(200).says("1 customers left to split");
    assert_eq!(value(&app, "select amount || '/' || base from shares").await, "29/150");
}

#[tokio::test]
async fn a_liaison_fills_their_own_line_and_no_other() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(SPLIT).await.expect(200);
    let (own, others) = (format!("a-{mkt}-2026-09"), format!("a-{sal}-2026-09"));
    let owes = format!("owes-{mkt}");
    assert!(page.attribute(&format!("[id='{own}']"), "name").is_some());
    assert!(page.attribute(&format!("[id='{others}']"), "name").is_none(), "other lines are text");
    let typed = [(own.as_str(), "250"), (others.as_str(), "99"), (owes.as_str(), "From campaigns"), ("act", "save")];
    resent(&mut liaison, &page, SPLIT, &typed).await.expect(303);
    assert_eq!(kept(&app).await, "MKT 09 250", "the line of sales stays as it stands");
    resent(&mut liaison, &page, SPLIT, &[("act", "fill")]).await.expect(403);
    let page = lead.get("/p/GEO/goals/1.1").await.expect(200).says("From campaigns");
    page.says("350 sign-ups left to split");
    app.sign_in("member").await.get(SPLIT).await.expect(403);
    app.sign_in("committee").await.get(SPLIT).await.expect(403);
}

#[tokio::test]
async fn a_department_links_its_own_work_to_its_share() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let own = app.task(geo, "MKT", "Pricing page", None, "2026-11-20").await;
    let others = app.task(geo, "SAL", "Sales kit", None, "2026-11-20").await;
    let cell = format!("a-{mkt}-2026-09");
    sent(&mut lead, SPLIT, SPLIT, &[(cell.as_str(), "600"), ("act", "save")]).await.expect(303);
    let (page, links) = ("/p/GEO/goals/1.1", "/p/GEO/goals/1.1/links");
    let mut member = app.sign_in("member").await;
    let shown = member.get(page).await.expect(200).says(&format!("GEO-{own} Pricing page"));
    assert!(!shown.text().contains("Sales kit"), "only what is its own");
    let id = async |number: i32| {
        let id: uuid::Uuid = sqlx::query_scalar("select id from tasks where number = $1")
            .bind(number)
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        format!("task:{id}")
    };
    let (own_id, others_id) = (id(own).await, id(others).await);
    resent(&mut member, &shown, links, &[("thing", &others_id)]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from share_links").await, "0", "no other department's");
    for _ in 0..2 {
        resent(&mut member, &shown, links, &[("thing", &own_id)]).await.expect(303);
    }
    assert_eq!(value(&app, "select count(*)::text from share_links").await, "1");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'key_result.share_linked'").await, "1");
    let shown = app.sign_in("viewer").await.get(page).await.expect(200).says("Pricing page");
    assert!(shown.attribute(&format!("form[action='{links}']"), "action").is_none(), "who only reads links nothing");
    let mut other = app.sign_in("other").await;
    let fields = resent(&mut member, &shown, links, &[]).await;
    assert_eq!(fields.status.as_u16(), 422);
    let stolen = [
        ("id", value(&app, "select id::text from key_results").await),
        ("part", mkt.clone()),
        ("link_id", value(&app, "select id::text from share_links").await),
    ];
    let stolen: Vec<(&str, &str)> = stolen.iter().map(|(name, value)| (*name, value.as_str())).collect();
    other.post(&format!("{links}/remove"), &stolen).await.expect(403);
    sent(&mut member, page, &format!("{links}/remove"), &[]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from share_links").await, "0");
}
