//! What was too large for the lead reaches the chair filled in: as the effect of a decision for the first option.

use super::{
    money,
    setting::{resent, sent, sign_ups, with},
    signing::{EDIT, asks, signed},
};
use crate::support::{
    Answer, Client, TestApp,
    disputes::{hidden, option, ruling, value},
};
use tutti::platform::ids::new_uuid;

const RAISE: &str = "/p/GEO/escalations/new";
const PLAN: &str = "/p/GEO/goals/money/plan";

/// Raised as the page that refused it drafted it.
async fn raised(lead: &mut Client, refused: &Answer) {
    let form = lead.get(&refused.attribute("#draft a.primary", "href").expect("a draft")).await.expect(200);
    let mut fields: Vec<(&str, String)> = ["question", "option1", "option2", "evidence_label"]
        .map(|field| (field, form.attribute(&format!("#{field}"), "value").unwrap_or_default()))
        .to_vec();
    for side in ["from", "to", "kind"] {
        fields.push((side, form.attribute(&format!("#{side} option[selected]"), "value").expect("a choice")));
    }
    fields.push(("evidence_body", form.all("#evidence_body").concat()));
    fields.extend([("act", "raise".to_owned()), ("position", "We can do more.".to_owned())]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // With a mistake the draft is not lost.
    let form = resent(lead, &form, RAISE, &with(fields.clone(), &[("question", "")])).await.expect(422);
    resent(lead, &form, RAISE, &fields).await.expect(303);
}

#[tokio::test]
async fn nobody_settles_what_a_decision_changes() {
    let (app, mut lead) = signed().await;
    let part = owner(&app).await;
    let refused = sent(&mut lead, EDIT, EDIT, &with(more("900", "2026-11-30"), &[("part", &part)])).await.expect(409);
    raised(&mut lead, &refused).await;
    let path = "/p/GEO/escalations/1";
    let page = lead.get(path).await.expect(200).says("What the committee signed off changes by its decision only");
    assert!(page.all("form[action$='/settle']").is_empty());
    lead.post(&format!("{path}/settle"), &[("outcome", "It is 900 now")]).await.expect(403);
    sqlx::raw_sql("update escalations set state = 'with_liaisons'").execute(&mut app.sql().await).await.unwrap();
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(path).await.expect(200);
    assert!(page.all("form[action$='/propose']").is_empty());
    liaison.post(&format!("{path}/propose"), &[("settlement", "It is 900 now")]).await.expect(403);
    assert_eq!(value(&app, "select state from escalations").await, "with_liaisons");
}

#[tokio::test]
async fn an_objective_that_was_worded_anew_says_so() {
    let (app, mut lead) = signed().await;
    let (goals, edit) = ("/p/GEO/goals", "/p/GEO/goals/objectives/1");
    assert!(!lead.get(goals).await.expect(200).text().contains("an objective has been changed since"));
    sent(&mut lead, edit, edit, &[("title", "Win ten customers"), ("why", "")]).await.expect(303);
    let page =
        lead.get(goals).await.expect(200).says("Signed off by the committee; an objective has been changed since");
    assert!(page.attribute("a[href='/p/GEO/goals/propose']", "href").is_some(), "it may be proposed again");
    app.sign_in("lead").await.chinese().get(goals).await.expect(200).says("此后有目标作过修改");
}

/// What a decision leaves open goes on being held against what was signed off.
#[tokio::test]
async fn a_decision_about_a_day_signs_no_drift_off() {
    let (app, mut lead) = signed().await;
    let part = owner(&app).await;
    let to = |target, due_on| with(more(target, due_on), &[("part", part.as_str())]);
    sent(&mut lead, EDIT, EDIT, &to("541", "2026-11-30")).await.expect(303);
    let result = value(&app, "select id::text from key_results").await;
    let decision = new_uuid().to_string();
    let mut chair = app.sign_in("chair").await;
    let owner = app.id_of("lead").await.to_string();
    let mut fields = ruling(&decision, "", &owner);
    fields.retain(|(name, _)| *name != "option");
    fields.extend([("effect", "set_target"), ("key_result1", result.as_str()), ("due1", "2026-12-01")]);
    chair.post("/p/GEO/decisions/new", &fields).await.expect(303);
    assert_eq!(asks(&app).await, "541 2026-12-01 D-2");
    lead.get("/p/GEO/goals/1.1").await.expect(200).says("600 by 1 Dec 2026");
    // Of 541 this would be little, of 600 it is more than a tenth.
    sent(&mut lead, EDIT, EDIT, &to("540", "2026-12-01")).await.expect(409);
    sent(&mut lead, EDIT, EDIT, &to("659", "2026-12-01")).await.expect(303);
    sent(&mut lead, EDIT, EDIT, &to("659", "2026-12-15")).await.expect(303);
    sent(&mut lead, EDIT, EDIT, &to("659", "2026-12-16")).await.expect(409);
}

/// The one raised last is before the committee, where nobody has voted yet; the address of the chair's form.
async fn passed_on(app: &TestApp) -> String {
    let sql = "update escalations set state = 'with_committee'";
    sqlx::raw_sql(sql).execute(&mut app.sql().await).await.unwrap();
    format!("/p/GEO/escalations/{}/decide", value(app, "select max(number)::text from escalations").await)
}

/// The chair's form as it stands, for one of the options.
async fn decided(app: &TestApp, url: &str, letter: &str, more: &[(&str, &str)]) -> Answer {
    let mut chair = app.sign_in("chair").await;
    let page = chair.get(url).await.expect(200);
    let mut fields = hidden(&page, url);
    for place in 1..=page.all("input[name=effect]").len() {
        for field in ["target", "due"] {
            if let Some(text) = page.attribute(&format!("#{field}{place}"), "value") {
                fields.push((format!("{field}{place}"), text));
            }
        }
        if let Some(of) = page.attribute(&format!("#key_result{place} option[selected]"), "value") {
            fields.push((format!("key_result{place}"), of));
        }
    }
    let (option, owner) = (option(app, letter).await, app.id_of("lead").await.to_string());
    let typed = [
        ("act", "record"),
        ("option", option.as_str()),
        ("title", "Decided"),
        ("rationale", "The market moved."),
        ("kind", "change"),
        ("owner", owner.as_str()),
    ];
    let typed: Vec<_> = typed.into_iter().filter(|(name, _)| more.iter().all(|(given, _)| given != name)).collect();
    fields.retain(|(name, _)| typed.iter().chain(more).all(|(given, _)| given != name));
    fields.extend(typed.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    chair.post(url, &fields).await
}

fn more(target: &'static str, due_on: &'static str) -> Vec<(&'static str, &'static str)> {
    let wanted = [("target", target), ("due_on", due_on), ("reason", "The market moved")];
    with(sign_ups("", ""), &wanted).into_iter().filter(|(name, _)| *name != "part").collect()
}

async fn owner(app: &TestApp) -> String {
    value(app, "select part_id::text from key_results").await
}

#[tokio::test]
async fn another_target_is_recorded_as_it_was_drafted() {
    let (app, mut lead) = signed().await;
    let part = owner(&app).await;
    let fields = with(more("900", "2027-02-28"), &[("part", &part)]);
    let refused = sent(&mut lead, EDIT, EDIT, &fields).await.expect(409);
    raised(&mut lead, &refused).await;
    let url = passed_on(&app).await;
    let page = app.sign_in("chair").await.get(&url).await.expect(200);
    assert_eq!(page.attribute("#target1", "value").as_deref(), Some("900"));
    assert_eq!(page.attribute("#due1", "value").as_deref(), Some("2027-02-28"));
    page.says("KR1.1 Trial sign-ups: 900 by 28 Feb 2027, was 600 by 30 Nov 2026");
    // Whoever decides that it stays cannot change it by the row that was filled in, and sees so before.
    let other = "This is what the first option proposes";
    decided(&app, &url, "B", &[("act", "list")]).await.expect(200).says(other);
    assert!(!decided(&app, &url, "A", &[("act", "list")]).await.expect(200).text().contains(other));
    decided(&app, &url, "B", &[]).await.expect(422).says("This is what the first option proposes");
    assert_eq!(asks(&app).await, "600 2026-11-30 D-1");
    decided(&app, &url, "A", &[]).await.expect(303);
    assert_eq!(asks(&app).await, "900 2027-02-28 D-2");
}

#[tokio::test]
async fn that_it_stays_is_recorded_without_the_effect() {
    let (app, mut lead) = signed().await;
    let part = owner(&app).await;
    let refused = sent(&mut lead, EDIT, EDIT, &with(more("900", "2026-11-30"), &[("part", &part)])).await.expect(409);
    raised(&mut lead, &refused).await;
    let url = passed_on(&app).await;
    decided(&app, &url, "B", &[("target1", ""), ("due1", "")]).await.expect(303);
    assert_eq!(asks(&app).await, "600 2026-11-30 D-1");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "2");
}

#[tokio::test]
async fn a_key_result_is_dropped_as_it_was_drafted_and_none_in_its_place() {
    let (app, mut lead) = signed().await;
    let drop = "/p/GEO/goals/1.1/drop";
    let refused = sent(&mut lead, EDIT, drop, &[("drop_reason", "Nobody wants it")]).await.expect(409);
    raised(&mut lead, &refused).await;
    raised(&mut lead, &refused).await;
    let second = passed_on(&app).await;
    let page = app.sign_in("chair").await.get(&second).await.expect(200);
    assert_eq!(page.attribute("input[name=effect]", "value").as_deref(), Some("drop_key_result"));
    decided(&app, &second, "A", &[]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from key_results where dropped_at is null").await, "0");
    // Another one stands in its place by now; the older draft was about the first.
    let part = owner(&app).await;
    let new = "/p/GEO/goals/objectives/1/new";
    sent(&mut lead, new, new, &sign_ups(&part, "80")).await.expect(303);
    let page = app.sign_in("chair").await.get("/p/GEO/escalations/1/decide").await.expect(200);
    assert!(page.all("input[name=effect][value=drop_key_result]").is_empty());
    assert!(page.all("input[name=effect][value=set_target]").is_empty());
}

#[tokio::test]
async fn an_envelope_is_recorded_as_it_was_drafted() {
    let (app, mut lead) = signed().await;
    let geo = value(&app, "select id::text from projects where key = 'GEO'").await.parse().unwrap();
    money::planned(&app, geo).await;
    sqlx::raw_sql(
        "alter table money_plans disable trigger all; update money_plans set decision_id = (select id from decisions limit 1)",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let refused =
        money::sent(&mut lead, PLAN, &[("envelope", "1500"), ("reason", "Twice the fairs")]).await.expect(409);
    raised(&mut lead, &refused).await;
    let path = passed_on(&app).await;
    let page = app.sign_in("chair").await.get(&path).await.expect(200);
    assert_eq!(page.attribute("#target1", "value").as_deref(), Some("1500"));
    decided(&app, &path, "A", &[]).await.expect(303);
    let envelope = "select envelope::text from money_plans order by number desc limit 1";
    assert_eq!(value(&app, envelope).await, "1500");
}

/// A change of goals that comes along with another question is seen before it is raised, and by everybody who votes.
#[tokio::test]
async fn what_a_draft_changes_is_said_before_it_is_decided() {
    let (app, mut lead) = signed().await;
    let part = owner(&app).await;
    let refused = sent(&mut lead, EDIT, EDIT, &with(more("900", "2026-11-30"), &[("part", &part)])).await.expect(409);
    let says = "When the first option is decided, this changes. KR1.1 Trial sign-ups";
    lead.get(&refused.attribute("#draft a.primary", "href").expect("a draft")).await.expect(200).says(says);
    raised(&mut lead, &refused).await;
    for name in ["chair", "liaison"] {
        let page = app.sign_in(name).await.get("/p/GEO/escalations/1").await.expect(200);
        assert!(page.all(".opt").first().is_some_and(|first| first.contains(says)), "{name}: {}", page.text());
        assert_eq!(page.text().matches(says).count(), 1, "of the first option alone");
    }
    let file = lead.get("/p/GEO/escalations/1/markdown").await;
    assert!(file.body.contains("When the first option is decided, this changes"), "{}", file.body);
    let url = passed_on(&app).await;
    decided(&app, &url, "A", &[]).await.expect(303);
    let page = lead.get("/p/GEO/escalations/1").await.expect(200);
    assert!(!page.text().contains(says), "what has been decided is no announcement");
}

#[tokio::test]
async fn only_who_could_change_goals_puts_a_change_before_the_chair() {
    let (app, mut lead) = signed().await;
    let id = value(&app, "select id::text from key_results where dropped_at is null").await;
    let drop = format!(r#"{{"effect":"drop_key_result","key_result":"{id}"}}"#);
    let far = format!(r#"{{"effect":"set_target","key_result":"{id}","target":900,"due_on":"9999-12-31"}}"#);
    let below = format!(r#"{{"effect":"set_target","key_result":"{id}","target":-5,"due_on":"2026-11-30"}}"#);
    let stranger = format!(r#"{{"effect":"drop_key_result","key_result":"{}"}}"#, new_uuid());
    let envelope = r#"{"effect":"set_envelope","to":5}"#.to_owned();
    let address = |proposes: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("proposes", proposes).finish();
        format!("{RAISE}?{query}")
    };
    let mut liaison = app.sign_in("liaison").await;
    for (browser, proposes) in [
        (&mut liaison, &drop),
        (&mut lead.clone(), &far),
        (&mut lead.clone(), &below),
        (&mut lead.clone(), &stranger),
        (&mut lead.clone(), &envelope),
    ] {
        let form = browser.get(&address(proposes)).await.expect(200);
        assert!(form.all("input[name=proposes]").is_empty(), "{proposes}");
        let fields =
            [("act", "raise"), ("question", "May we name the customer?"), ("option1", "Yes"), ("proposes", proposes)];
        let page = resent(browser, &form, RAISE, &fields).await.expect(422);
        let page = page.says("What the first option would change is no longer as it was");
        assert_eq!(page.attribute("#option1", "value").as_deref(), Some("Yes"), "what was typed is kept");
        assert!(page.all("input[name=proposes]").is_empty());
    }
    let form = lead.get(&address(&drop)).await.expect(200).says("is dropped");
    assert_eq!(form.all("input[name=proposes]").len(), 1, "{}", form.text());
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "0");
}

#[tokio::test]
async fn what_no_page_of_ours_sends_is_not_kept() {
    let (app, mut lead) = signed().await;
    for wrong in ["{}", "set_target", r#"{"effect":"sign_off_goals"}"#] {
        let address = format!("{RAISE}?kind=goal_change&proposes={wrong}");
        let form = lead.get(&address.replace(['{', '}', '"'], "%22")).await.expect(200);
        assert!(form.all("input[name=proposes]").is_empty(), "{wrong}");
    }
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "0");
}
