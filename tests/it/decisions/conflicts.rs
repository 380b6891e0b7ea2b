//! Nothing typed is lost when somebody was faster: whatever happened meanwhile, the answer says so and carries the words.

use super::{NEW, alone, complete, recorded};
use crate::support::{
    TestApp,
    disputes::{before_committee, option, part, raised, value},
};
use std::collections::BTreeSet;
use tutti::platform::ids::new_uuid;

const TYPED: &str = "Three hundred and nothing less";

/// Forms without words, and the comment, which is saved at any time.
const NOTHING_TYPED: [&str; 6] = ["back", "comment", "confirm", "invite", "take-question-back", "uninvite"];

/// Where it is posted to, who sends it, its field of text, and what else is in it.
type Form<'a> = (&'a str, &'a str, &'a str, Vec<(&'a str, &'a str)>);

#[tokio::test]
async fn every_form_of_a_case_keeps_its_words_when_the_case_has_ended() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (sal, a, lead) = (part(&app, geo, "SAL").await, option(&app, "A").await, app.id_of("lead").await.to_string());
    let (id, version) = (new_uuid().to_string(), crate::support::disputes::version(&app).await);
    sqlx::raw_sql(
        "update escalations set state = 'withdrawn', due_at = null, wake_at = null, outcome = 'We talk', closed_at = now(), closed_by = raised_by",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut ruling = complete(&id, &a, &lead);
    ruling.retain(|(name, _)| *name != "rationale");
    let forms: Vec<Form<'_>> = vec![
        ("position", "other", "statement", vec![("side", &sal), ("version", "1")]),
        ("evidence", "other", "evidence_body", vec![("evidence_id", &id), ("evidence_label", "Calls")]),
        ("propose", "other", "settlement", vec![]),
        ("refuse", "other", "refusal", vec![("version", &version), ("comment_id", &id)]),
        ("settle", "lead", "outcome", vec![]),
        ("pass", "lead", "note", vec![("from", "lead")]),
        ("recommend", "lead", "note", vec![("recommended", &a)]),
        ("withdraw", "other", "why", vec![]),
        ("ask-raiser", "lead", "raiser_question", vec![("question_id", &id)]),
        ("answer", "other", "raiser_answer", vec![("question_id", &id)]),
        ("aside", "committee", "aside_reason", vec![]),
        ("ballot", "committee", "reason", vec![("vote", &a)]),
        ("options", "other", "title-C", vec![("version", &version), ("id-C", &id)]),
        ("criteria", "other", "own1", vec![("version", &version), ("criteria", "1")]),
        ("decide", "chair", "rationale", ruling),
    ];
    for (to, who, field, rest) in &forms {
        let fields = [rest.as_slice(), &[(*field, TYPED)]].concat();
        let page = app.sign_in(who).await.post(&format!("{path}/{to}"), &fields).await;
        assert_eq!(page.status.as_u16(), 409, "{to}: {}", page.text());
        assert!(page.all("#typed textarea").iter().any(|kept| kept == TYPED), "{to}: {}", page.text());
        assert_eq!(page.all("#meanwhile").len(), 1, "{to}: what happened");
        page.says("what you sent was not saved").says("Withdrawn");
    }
    let known: BTreeSet<&str> = forms.iter().map(|form| form.0).chain(NOTHING_TYPED).collect();
    let routes = tutti::app::routes();
    let of_case = routes.declared().iter().filter(|route| route.method == "POST");
    let of_case = of_case.filter_map(|route| route.path.strip_prefix("/p/{key}/escalations/{number}/"));
    assert_eq!(of_case.filter(|to| !known.contains(to)).collect::<Vec<_>>(), [""; 0], "a form that nobody has tried");
    let page = app.sign_in("other").await.chinese().post(&format!("{path}/propose"), &[("settlement", TYPED)]).await;
    page.expect(409).says("有人先你一步").says("你填写的内容");
}

#[tokio::test]
async fn what_was_typed_while_another_passed_it_on_can_be_copied_or_sent_again() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let (mut other, mut lead) = (app.sign_in("other").await, app.sign_in("lead").await);
    lead.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    let page = other.post(&format!("{path}/propose"), &[("settlement", TYPED)]).await.expect(409);
    assert_eq!(page.all("#typed textarea"), [TYPED]);
    assert!(page.all("#meanwhile").concat().contains("lead"), "{:?}", page.all("#meanwhile"));
    // The form still stands: it has the words, and is open.
    let ask = |question: &'static str| vec![("raiser_question", question)];
    let (first, second) = (new_uuid().to_string(), new_uuid().to_string());
    let asked = [ask("Who?"), vec![("question_id", first.as_str())]].concat();
    lead.post(&format!("{path}/ask-raiser"), &asked).await.expect(303);
    let asked = [ask(TYPED), vec![("question_id", second.as_str())]].concat();
    let page = lead.post(&format!("{path}/ask-raiser"), &asked).await.expect(409);
    assert_eq!(page.all("#typed textarea"), [TYPED], "one question at a time");
    other.post(&format!("{path}/answer"), &[("question_id", &first), ("raiser_answer", "Eleven")]).await.expect(303);
    let page = other.post(&format!("{path}/answer"), &[("question_id", &first), ("raiser_answer", TYPED)]).await;
    assert_eq!(page.expect(409).all("#typed textarea"), [TYPED]);
    let page = lead.post(&format!("{path}/pass"), &[("from", "liaisons"), ("note", TYPED)]).await.expect(409);
    assert_eq!(page.attribute("#note", "value").as_deref(), Some(TYPED), "it can be sent from here");
    assert!(page.all("#typed").is_empty());
}

#[tokio::test]
async fn that_a_case_is_decided_is_said_before_what_its_form_would_have_to_mend() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", None, "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    crate::support::disputes::blocks_a_task(&app, geo).await;
    let (a, lead) = (option(&app, "A").await, app.id_of("lead").await.to_string());
    let (url, mut chair) = (format!("{path}/decide"), app.sign_in("chair").await);
    let effects = [("effect", "unblock_task"), ("task1", "GEO-1"), ("on1", "1")];
    let (first, second) = (new_uuid().to_string(), new_uuid().to_string());
    let sent = |id| [&complete(id, &a, &lead)[..], &effects].concat();
    chair.post(&url, &sent(&first)).await.expect(303);
    let mut late: Vec<(&str, &str)> = sent(&second);
    late.retain(|(name, _)| *name != "rationale");
    late.push(("rationale", TYPED));
    let page = chair.post(&url, &late).await.expect(409).says("what you sent was not saved");
    assert_eq!(page.all("#typed textarea"), [TYPED]);
    assert_eq!(page.all("#meanwhile").len(), 1);
    assert!(!page.text().contains("Untick"), "{}", page.text());
    assert_eq!(chair.post(&url, &sent(&first)).await.expect(303).location(), "/p/GEO/decisions/1");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "1");
}

#[tokio::test]
async fn a_decision_superseded_meanwhile_keeps_the_words_of_the_second() {
    let (app, _) = TestApp::with_project().await;
    let decision = recorded(&app, "go", "Go").await;
    let lead = app.id_of("lead").await.to_string();
    let mut chair = app.sign_in("chair").await;
    let url = format!("{decision}/supersede");
    for status in [303, 409] {
        let id = new_uuid().to_string();
        let mut fields = alone("record", &id, &lead, &[]);
        fields.retain(|(name, _)| *name != "rationale");
        fields.push(("rationale", TYPED));
        let page = chair.post(&url, &fields).await.expect(status);
        if status == 409 {
            assert_eq!(page.all("#rationale"), [TYPED]);
            page.says("Somebody superseded this decision");
        }
    }
    // A form without a page of its own for this: the frame keeps the words, and its button leads to where the form stood.
    let review = [("id", new_uuid().to_string()), ("note", TYPED.to_owned())];
    let review: Vec<(&str, &str)> = review.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = chair.post(&format!("{decision}/review"), &review).await.expect(409);
    assert_eq!(page.all("#typed textarea"), [TYPED]);
    let to = page.attribute("main .btn.primary", "href").unwrap();
    assert_eq!(chair.get(&to).await.expect(303).location(), decision);
    for (from, to) in [
        ("https://tutti.test/p/GEO/history?page=2", "/p/GEO/history?page=2"),
        ("https://tutti.test//evil.example", "/"),
    ] {
        let body = format!("id={}&note=Stands", new_uuid());
        let request = chair.prepared("POST", &format!("{decision}/review"));
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        let request = request.header("referer", from).body(axum::body::Body::from(body)).unwrap();
        let page = chair.send(request).await.expect(409);
        assert_eq!(page.attribute("main .btn.primary", "href").as_deref(), Some(to));
    }
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "2");
    assert!(chair.get(NEW).await.expect(200).all("#typed").is_empty());
}

#[tokio::test]
async fn the_page_of_options_leads_to_the_case_once_that_has_moved_on() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut other = app.sign_in("other").await;
    let answer = other.get(&format!("{path}/options")).await.expect(303);
    assert_eq!(answer.location(), path);
    other.get(&path).await.expect(200).says("can no longer be edited from here");
    app.sign_in("lead").await.get(&format!("{path}/options")).await.expect(200);
    app.sign_in("stranger").await.get(&format!("{path}/options")).await.expect(403);
}
