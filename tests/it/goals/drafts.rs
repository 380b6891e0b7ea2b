//! The escalation that a change too large for the lead is drafted as: which key result it names, and an address that gets through.

use super::{
    money,
    setting::{FIRST, objective, sent, sign_ups, with},
    signing::{sign, split},
};
use crate::support::{
    Answer, Client, TestApp,
    disputes::{before_committee, part, value},
};
use uuid::Uuid;

const PROPOSE: &str = "/p/GEO/goals/propose";
const SIGN: &str = "/p/GEO/decisions/new?about=goals";
/// What a proxy with its usual settings takes as the first line of a request.
const LINE: usize = 8_000;

/// GEO with these key results of marketing, so much in each, signed off.
async fn signed(results: &[&[(&str, &str)]], amount: i64) -> (TestApp, Uuid, Client) {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = objective(&app, "Launch and win customers").await;
    let mkt = part(&app, geo, "MKT").await;
    for one in results {
        sent(&mut lead, FIRST, FIRST, &with(sign_ups(&mkt, "600"), one)).await.expect(303);
    }
    split(&app, amount).await;
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "")]).await.expect(303);
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let page = chair.get(SIGN).await.expect(200);
    sign(&mut chair, &page, &owner).await.expect(303);
    (app, geo, lead)
}

/// Where the draft of a change leads that is refused with it.
async fn drafted(lead: &mut Client, place: &str, fields: &[(&str, &str)]) -> String {
    let edit = format!("/p/GEO/goals/{place}/edit");
    let page = sent(lead, &edit, &edit, fields).await.expect(409);
    page.attribute("#draft a.primary", "href").expect("a draft")
}

/// The key result that the chair is offered first in a decision on this question.
async fn offered(app: &TestApp, path: &str, question: &str) -> String {
    sqlx::query("update escalations set kind = 'goal_change', category = 'goal_change', question = $1")
        .bind(question)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = app.sign_in("chair").await.get(&format!("{path}/decide")).await.expect(200);
    page.attribute("[name^=key_result] option[selected]", "value").unwrap_or_default()
}

#[tokio::test]
async fn a_draft_names_first_what_it_is_about_whatever_its_title_names() {
    let long = "“KR1.1” ".repeat(20);
    let titles = ["Trial sign-ups", "Twice KR1.1, half of KR1.3", long.trim()];
    let [one, two, three] = titles.map(|title| [("title", title)]);
    let (app, geo, lead) = signed(&[&one, &two, &three], 600).await;
    let path = before_committee(&app, geo).await;
    let mkt = part(&app, geo, "MKT").await;
    let ids = value(&app, "select string_agg(id::text, ' ' order by position) from key_results").await;
    for mut lead in [lead.clone(), lead.chinese()] {
        for ((place, title), id) in ["1.1", "1.2", "1.3"].into_iter().zip(titles).zip(ids.split(' ')) {
            let wanted = with(sign_ups(&mkt, "900"), &[("title", title), ("reason", "Instead of KR1.1")]);
            let href = drafted(&mut lead, place, &wanted).await;
            let question = lead.get(&href).await.expect(200).attribute("#question", "value").unwrap();
            assert!(question.starts_with(&format!("KR{place} ")), "{question}");
            assert_eq!(offered(&app, &path, &question).await, id, "{question}");
        }
    }
}

#[tokio::test]
async fn the_address_of_a_draft_gets_through_however_much_was_typed() {
    let (title, unit) = ("标题很长的关键结果，".repeat(16), "单位".repeat(20));
    let reason = "市场变化超出预期。\n".repeat(100);
    let begun = [("title", title.as_str()), ("unit", &unit), ("baseline", "100,000"), ("target", "900,000,000")];
    let (app, geo, lead) = signed(&[&begun], 899_900_000).await;
    let (mkt, mut lead) = (part(&app, geo, "MKT").await, lead.chinese());
    let stands = |more: &[(&'static str, &'static str)]| with(with(sign_ups(&mkt, ""), &begun), more);
    // A little is the lead's: what it asks for now is said beside what was signed off.
    let little = stands(&[("target", "901,000,000"), ("reason", "More")]);
    sent(&mut lead, "/p/GEO/goals/1.1/edit", "/p/GEO/goals/1.1/edit", &little).await.expect(303);
    let wanted = stands(&[
        ("baseline", "800,000,000"),
        ("target", "12,345,678,901"),
        ("starts", "2026-10"),
        ("due_on", "2028-02-28"),
        ("drops_shares", "1"),
    ]);
    let href = drafted(&mut lead, "1.1", &with(wanted, &[("reason", reason.trim())])).await;
    assert!(href.len() < LINE, "{} bytes", href.len());
    let form = lead.get(&href).await.expect(200);
    let evidence = form.all("#evidence_body").concat();
    for said in ["D-1 签批", "901,000,000", "+1271.7%", "+88.9%", "+1183%", "30 天", "455 天", "目前已达到"] {
        assert!(evidence.contains(said), "{said} in {evidence}");
    }
    let question = form.attribute("#question", "value").unwrap();
    assert_eq!((question.chars().count(), question.starts_with("KR1.1 标题很长")), (200, true), "{question}");
    let background = form.all("#background").concat();
    assert!(background.starts_with("市场变化超出预期。") && background.ends_with('…'), "{background}");
    raised(&mut lead, &form).await;
    assert_eq!(value(&app, "select question from escalations").await, question);
}

/// The form as it was filled in is accepted; only the lead's own view is typed.
async fn raised(lead: &mut Client, form: &Answer) {
    let position = [("position", "目标可以提高。"), ("act", "raise")];
    money::resent(lead, form, "/p/GEO/escalations/new", &position).await.expect(303);
}
