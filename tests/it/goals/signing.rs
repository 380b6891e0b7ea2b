//! The lead proposes the goals, the committee signs them off, and then only a little of them is the lead's.

use super::{
    money,
    setting::{resent, sent, sign_ups, with, with_sign_ups},
};
use crate::support::{
    Answer, Client, TestApp,
    disputes::{before_committee, hidden, option, part, ruling, value},
    statements,
};
use tutti::platform::ids::new_uuid;

pub(super) const PROPOSE: &str = "/p/GEO/goals/propose";
pub(super) const EDIT: &str = "/p/GEO/goals/1.1/edit";
const RECORD: &str = "/p/GEO/decisions/new";
const SIGN: &str = "/p/GEO/decisions/new?about=goals";

/// Everything in one month.
pub(super) async fn split(app: &TestApp, amount: i64) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "delete from share_rows;
         insert into share_rows (project_id, key_result_id, part_id) select project_id, id, part_id from key_results where dropped_at is null;
         insert into shares (project_id, key_result_id, part_id, month, amount, set_by, set_at)
         select project_id, id, part_id, '2026-11-01', {amount}, created_by, '2026-11-01T00:00:00Z' from key_results where dropped_at is null"
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

async fn proposed() -> (TestApp, Client) {
    let (app, _, mut lead, _) = with_sign_ups().await;
    split(&app, 600).await;
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "As agreed on Monday")]).await.expect(303);
    (app, lead)
}

/// What the chair's form sends with the tick of the sign-off.
pub(super) async fn sign(chair: &mut Client, page: &Answer, owner: &str) -> Answer {
    let mut fields = hidden(page, RECORD);
    let typed = [
        ("act", "record"),
        ("on1", "1"),
        ("title", "The goals are signed off"),
        ("rationale", "They add up."),
        ("kind", "other"),
        ("owner", owner),
    ];
    fields.extend(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    chair.post(RECORD, &fields).await
}

pub(super) async fn signed() -> (TestApp, Client) {
    let (app, lead) = proposed().await;
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let page = chair.get(SIGN).await.expect(200).says("signs them off as they stand below");
    sign(&mut chair, &page, &owner).await.expect(303);
    (app, lead)
}

/// What the key result asks for, and the decision that says so.
pub(super) async fn asks(app: &TestApp) -> String {
    let sql = "select concat_ws(' ', t.target, t.due_on, coalesce('D-' || d.number, 'no decision'))
               from key_result_terms t left join decisions d on d.id = t.decision_id order by t.number desc limit 1";
    value(app, sql).await
}

#[tokio::test]
async fn goals_are_proposed_once_they_are_complete() {
    let (app, _, mut lead, _) = with_sign_ups().await;
    lead.get("/p/GEO/goals").await.expect(200).says("Not signed off yet");
    let page = lead.get(PROPOSE).await.expect(200).says("Missing before you can propose");
    assert!(
        page.all("form[action='/p/GEO/goals/propose'] button").is_empty(),
        "nothing to press while something is missing"
    );
    resent(&mut lead, &page, PROPOSE, &[("note", "Now")]).await.expect(422).says("Nothing has been proposed");
    split(&app, 600).await;
    let page = lead.get(PROPOSE).await.expect(200).says("less than 10%").says("at most 14 days");
    assert!(page.all("[aria-labelledby=h-missing]").is_empty());
    // From a draft nobody is asked.
    let state = async |set: &'static str| {
        sqlx::query(set).execute(&mut app.sql().await).await.unwrap();
    };
    state("update projects set state = 'draft', published_at = null where key = 'GEO'").await;
    let draft = lead.get(PROPOSE).await.expect(200).says("Publish the project first");
    assert!(draft.all("form[action='/p/GEO/goals/propose'] button").is_empty());
    resent(&mut lead, &page, PROPOSE, &[("note", "Now")]).await.expect(403);
    state("update projects set state = 'active', published_at = now() where key = 'GEO'").await;
    let long = "x".repeat(1001);
    let refused =
        resent(&mut lead, &page, PROPOSE, &[("note", &long)]).await.expect(422).says("Shorten this to 1000 characters");
    assert_eq!(refused.all("textarea#note"), [long], "nothing typed is lost");
    for _ in 0..2 {
        resent(&mut lead, &page, PROPOSE, &[("note", "As agreed on Monday")]).await.expect(303);
    }
    let kept = value(&app, "select string_agg(number || ' ' || note, ', ') from goal_proposals").await;
    assert_eq!(kept, "1 As agreed on Monday", "the same form twice proposes once");
    let events = value(
        &app,
        "select string_agg(kind || ' ' || (after ->> 'key_results'), ', ') from events where kind like 'goals.%'",
    )
    .await;
    assert_eq!(events, "goals.proposed 1");
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "")]).await.expect(409).says("before the committee already");
    lead.get("/p/GEO/goals")
        .await
        .expect(200)
        .says("lead put these goals before the committee")
        .says("As agreed on Monday");
    lead.clone().chinese().get("/p/GEO/goals").await.expect(200).says("已将目标提请委员会签批");
    // The committee finds it where it finds everything that waits for it.
    let page = app.sign_in("chair").await.get("/committee").await.expect(200).says("Goals to sign off");
    assert_eq!(page.attribute("#proposed a.primary", "href").as_deref(), Some(SIGN));
    let page = app.sign_in("committee").await.get("/committee").await.expect(200).says("Goals to sign off");
    assert!(page.all("#proposed a.primary").is_empty(), "only the chair records");
    for who in ["lead", "liaison", "stranger"] {
        let page = app.sign_in(who).await.get("/committee").await.expect(200);
        assert!(page.all("#proposed").is_empty(), "{who}");
    }
    for who in ["liaison", "member", "chair", "committee", "viewer", "admin"] {
        let mut client = app.sign_in(who).await;
        client.get(PROPOSE).await.expect(403);
        client.post(PROPOSE, &[("id", &new_uuid().to_string()), ("seen", "x"), ("note", "")]).await.expect(403);
    }
}

#[tokio::test]
async fn the_committee_signs_off_what_it_saw() {
    let (app, mut lead) = proposed().await;
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let page = chair.get(SIGN).await.expect(200).says("Sign off the goals as lead proposed them");
    let page = page.says("KR1.1 Trial sign-ups").says("a target by less than 10%");
    assert!(page.attribute("#on1", "checked").is_some(), "who came for it finds it ticked");
    assert!(chair.get(RECORD).await.expect(200).attribute("#on1", "checked").is_none());
    // Somebody changes the goals while the chair reads.
    let edit = |title: &'static str| with(sign_ups("", "600"), &[("title", title), ("reason", "Clearer")]);
    let mkt = value(&app, "select part_id::text from key_results").await;
    sent(&mut lead, EDIT, EDIT, &with(edit("Sign-ups for a trial"), &[("part", &mkt)])).await.expect(303);
    sign(&mut chair, &page, &owner).await.expect(422).says("The goals have changed since they were proposed");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    let again = chair.get(SIGN).await.expect(200).says("The goals have changed since they were proposed");
    assert!(again.all("#on1").is_empty(), "there is nothing to sign off");
    lead.get("/p/GEO/goals").await.expect(200).says("to be proposed again");
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "")]).await.expect(303);
    // A form from before shows what is proposed now, and the tick has to be set again.
    let stale = sign(&mut chair, &page, &owner).await.expect(422);
    assert!(stale.attribute("#on1", "checked").is_none(), "what is new is looked at first");
    for _ in 0..2 {
        let answer = sign(&mut chair, &stale, &owner).await.expect(303);
        assert_eq!(answer.location(), "/p/GEO/decisions/1");
    }
    assert_eq!(asks(&app).await, "600 2026-11-30 D-1");
    let all = value(&app, "select concat_ws(' ', (select count(*) from goal_sign_offs), (select count(*) from decisions), (select count(*) from shares where decision_id is not null))").await;
    assert_eq!(all, "1 1 1");
    let page = lead.get("/p/GEO/goals").await.expect(200).says("Signed off by the committee");
    assert_eq!(page.attribute("#sign-off a", "href").as_deref(), Some("/p/GEO/decisions/1"));
    lead.get("/p/GEO/goals/1.1").await.expect(200).says("Signed off").says("D-1").says("Stands since");
    chair.get("/p/GEO/decisions/1").await.expect(200).says("Signed off, one key result");
    chair.clone().chinese().get("/p/GEO/decisions/1").await.expect(200).says("已签批，共 1 项关键结果");
    // A second time there is nothing to sign off.
    sign(&mut chair, &stale, &owner).await.expect(303);
    let other = with_id(&stale, &new_uuid().to_string());
    let fields: Vec<(&str, &str)> = other.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let fields = [
        &fields[..],
        &[
            ("act", "record"),
            ("on1", "1"),
            ("title", "Again"),
            ("rationale", "Why not"),
            ("kind", "other"),
            ("owner", &owner),
        ],
    ]
    .concat();
    chair.post(RECORD, &fields).await.expect(422).says("has proposed no goals");
}

fn with_id(page: &Answer, id: &str) -> Vec<(String, String)> {
    hidden(page, RECORD)
        .into_iter()
        .map(|(name, value)| if name == "id" { (name, id.to_owned()) } else { (name, value) })
        .collect()
}

#[tokio::test]
async fn a_tenth_and_a_fortnight_are_the_committees() {
    let (app, mut lead) = signed().await;
    let mkt = value(&app, "select part_id::text from key_results").await;
    let asked = |target: &'static str, due: &'static str| {
        with(sign_ups("", target), &[("due_on", due), ("reason", "The market moved")])
    };
    for (target, due, expected, stands) in [
        ("659", "2026-11-30", 303, "659 2026-11-30 no decision"),
        ("660", "2026-11-30", 409, "659 2026-11-30 no decision"),
        // Held against what was signed off, not against the change before.
        ("700", "2026-11-30", 409, "659 2026-11-30 no decision"),
        ("600", "2026-12-14", 303, "600 2026-12-14 no decision"),
        ("600", "2026-12-15", 409, "600 2026-12-14 no decision"),
        ("541", "2026-11-16", 303, "541 2026-11-16 no decision"),
        ("540", "2026-11-16", 409, "541 2026-11-16 no decision"),
    ] {
        let fields = with(asked(target, due), &[("part", &mkt)]);
        sent(&mut lead, EDIT, EDIT, &fields).await.expect(expected);
        assert_eq!(asks(&app).await, stands, "{target} {due}");
    }
    lead.get("/p/GEO/goals").await.expect(200).says("a split does not add up any more");
    // Put back to what was signed off, and then called otherwise: that is a change as well.
    sent(&mut lead, EDIT, EDIT, &with(asked("600", "2026-11-30"), &[("part", &mkt)])).await.expect(303);
    let page = lead.get("/p/GEO/goals").await.expect(200).says("Signed off by the committee");
    assert!(!page.text().contains("has changed since"));
    let renamed = with(asked("600", "2026-11-30"), &[("part", &mkt), ("title", "Fifty webinars")]);
    sent(&mut lead, EDIT, EDIT, &renamed).await.expect(303);
    lead.get("/p/GEO/goals").await.expect(200).says("one key result has changed since");
    lead.get(PROPOSE).await.expect(200).says("Signed off: Trial sign-ups (600 by 30 Nov 2026)");
    sent(&mut lead, EDIT, EDIT, &with(asked("600", "2026-11-30"), &[("part", &mkt)])).await.expect(303);
    lead.get(EDIT).await.expect(200).says("Only the committee can drop what was signed off");
    let page = sent(&mut lead, EDIT, EDIT, &with(asked("900", "2027-02-28"), &[("part", &mkt)])).await.expect(409);
    let page =
        page.says("The target changes by +50%").says("The date moves 90 days later").says("dates by at most 14 days");
    let page = page.says("Nothing has been changed");
    assert_eq!(page.attribute("#target", "value").as_deref(), Some("900"), "nothing typed is lost");
    let (drop, reason) = ("/p/GEO/goals/1.1/drop", [("drop_reason", "Nobody wants it")]);
    let dropped = sent(&mut lead, EDIT, drop, &reason).await.expect(409).says("Only the committee can drop");
    assert_eq!(dropped.all("#drop_reason"), ["Nobody wants it"]);
    let (objective, drop) = ("/p/GEO/goals/objectives/1", "/p/GEO/goals/objectives/1/drop");
    sent(&mut lead, objective, drop, &[("reason", "Nobody wants it")]).await.expect(409).says("by a decision first");
    assert_eq!(value(&app, "select count(*)::text from key_results where dropped_at is null").await, "1");
    // The escalation is drafted: the form is filled in, and can be sent as it is.
    let href = page.attribute("#draft a.primary", "href").expect("a draft");
    let form = lead.get(&href).await.expect(200);
    assert_eq!(form.attribute("#question", "value").as_deref(), Some("KR1.1 Trial sign-ups: 900 by 28 Feb 2027?"));
    assert_eq!(form.attribute("#kind option[selected]", "value").as_deref(), Some("goal_change"));
    assert_eq!(form.all("#background"), ["The market moved"]);
    let evidence = form.all("#evidence_body").concat();
    assert!(evidence.contains("Signed off by D-1: 600 by 30 Nov 2026"), "{evidence}");
    assert!(evidence.contains("+50%"), "{evidence}");
    assert_eq!(form.attribute("#option1", "value").as_deref(), Some("900 by 28 Feb 2027"));
    let shown: Vec<(&str, String)> = ["question", "option1", "option2", "evidence_label"]
        .map(|field| (field, form.attribute(&format!("#{field}"), "value").unwrap_or_default()))
        .to_vec();
    let mut fields: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sides =
        ["from", "to"].map(|side| form.attribute(&format!("#{side} option[selected]"), "value").expect("a side"));
    fields.extend([
        ("act", "raise"),
        ("kind", "goal_change"),
        ("background", "The market moved"),
        ("evidence_body", &evidence),
        ("position", "We can do more."),
        ("from", &sides[0]),
        ("to", &sides[1]),
    ]);
    let answer = resent(&mut lead, &form, "/p/GEO/escalations/new", &fields).await.expect(303);
    assert_eq!(answer.location(), "/p/GEO/escalations/1");
}

#[tokio::test]
async fn a_decision_changes_a_target_however_far() {
    let (app, mut lead) = signed().await;
    let geo = value(&app, "select id::text from projects where key = 'GEO'").await.parse().unwrap();
    let path = before_committee(&app, geo).await;
    let sql = "update escalations set kind = 'goal_change', category = 'goal_change', question = 'KR1.1 Trial sign-ups: 900?'";
    sqlx::query(sql).execute(&mut app.sql().await).await.unwrap();
    let (mut chair, url) = (app.sign_in("chair").await, format!("{path}/decide"));
    let page = chair.get(&url).await.expect(200).says("Change a target or its date");
    let result = value(&app, "select id::text from key_results").await;
    let offered = page.all("input[name=effect]").len();
    assert_eq!(page.attribute(&format!("#key_result{} option[selected]", offered - 1), "value"), Some(result.clone()));
    let (id, a, owner) = (new_uuid().to_string(), option(&app, "A").await, app.id_of("lead").await.to_string());
    let given = |more: &[(&'static str, &'static str)]| {
        let mut fields = ruling(&id, &a, &owner);
        fields.extend([("effect", "set_target"), ("key_result1", result.as_str())]);
        fields.extend(more);
        fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
    };
    for (more, wrong) in [
        (vec![("target1", "many")], "Enter a number"),
        (vec![("target1", "0")], "a target lies beyond its start"),
        (vec![("target1", "900"), ("due1", "2031-01-01")], "within three years"),
        (vec![("target1", "600")], "asks for that already"),
        (vec![("target1", "900"), ("effect", "drop_key_result")], "Choose a key result"),
    ] {
        let fields = given(&more);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        chair.post(&url, &fields).await.expect(422).says(wrong);
    }
    assert_eq!(asks(&app).await, "600 2026-11-30 D-1");
    let fields = given(&[("target1", "900"), ("due1", "2027-02-28")]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let look: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != "act").collect();
    let shown = chair.post(&url, &look).await.expect(200);
    shown.says("KR1.1 Trial sign-ups: 900 by 28 Feb 2027, was 600 by 30 Nov 2026");
    chair.post(&url, &fields).await.expect(303);
    assert_eq!(asks(&app).await, "900 2027-02-28 D-2");
    let event = value(&app, "select concat_ws(' ', before ->> 'target', after ->> 'target', after ->> 'because') from events where kind = 'key_result.changed' order by id desc limit 1").await;
    assert_eq!(event, "600 sign-ups 900 sign-ups D-2");
    chair.get("/p/GEO/decisions/2").await.expect(200).says("Now 900 sign-ups. Was 600 sign-ups").says("KR1.1");
    lead.get("/p/GEO/goals/1.1").await.expect(200).says("900 by 28 Feb 2027").says("D-2");
    // From here the lead is held against the decision.
    let mkt = part(&app, geo, "MKT").await;
    for (target, expected) in [("810", 409), ("811", 303)] {
        let fields = with(sign_ups(&mkt, target), &[("due_on", "2027-02-28"), ("reason", "Summer")]);
        sent(&mut lead, EDIT, EDIT, &fields).await.expect(expected);
    }
    for path in [SIGN, "/committee", "/p/GEO/decisions/2"] {
        let (page, count) = statements::count(chair.get(path)).await;
        page.expect(200);
        assert!(count <= 5, "{path}: {count}");
    }
}

#[tokio::test]
async fn of_two_chairs_forms_at_once_one_signs() {
    let (app, _) = proposed().await;
    let (chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let page = chair.clone().get(SIGN).await.expect(200);
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (mut chair, fields, owner) = (chair.clone(), with_id(&page, &new_uuid().to_string()), owner.clone());
        set.spawn(async move {
            let typed = [
                ("act", "record"),
                ("on1", "1"),
                ("title", "Signed"),
                ("rationale", "Yes"),
                ("kind", "other"),
                ("owner", &owner),
            ];
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(typed).collect();
            chair.post(RECORD, &fields).await.status.as_u16()
        });
    }
    let mut answers = Vec::new();
    while let Some(status) = set.join_next().await {
        answers.push(status.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422]);
    assert_eq!(value(&app, "select concat_ws(' ', (select count(*) from goal_sign_offs), (select count(*) from decisions), (select max(number) from key_result_terms))").await, "1 1 2");
}

#[tokio::test]
async fn money_is_signed_off_with_the_goals_and_held_to_the_same() {
    const PLAN: &str = "/p/GEO/goals/money/plan";
    let (app, geo, mut lead, _) = with_sign_ups().await;
    split(&app, 600).await;
    money::planned(&app, geo).await;
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "")]).await.expect(303);
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let page = chair.get(SIGN).await.expect(200).says("Budget envelope ($300)");
    // The plan changes while the chair reads: what is new is looked at first.
    money::sent(&mut lead, PLAN, &[("envelope", "1000"), ("reason", "More")]).await.expect(303);
    let page =
        sign(&mut chair, &page, &owner).await.expect(422).says("The goals have changed since they were proposed");
    sign(&mut chair, &page, &owner).await.expect(303);
    let terms = "select concat_ws(' ', m.number, m.envelope, coalesce('D-' || d.number, 'no decision'))
                 from money_plans m left join decisions d on d.id = m.decision_id order by m.number desc limit 1";
    assert_eq!(value(&app, terms).await, "3 1000 D-1");
    for (envelope, expected, stands) in [
        ("1099", 303, "4 1099 no decision"),
        ("1100", 409, "4 1099 no decision"),
        ("901", 303, "5 901 no decision"),
        ("900", 409, "5 901 no decision"),
    ] {
        money::sent(&mut lead, PLAN, &[("envelope", envelope), ("reason", "It moves")]).await.expect(expected);
        assert_eq!(value(&app, terms).await, stands, "{envelope}");
    }
    let page = money::sent(&mut lead, PLAN, &[("envelope", "1500"), ("reason", "Twice the fairs")]).await.expect(409);
    let page = page.says("The budget envelope changes by +50%").says("Nothing has been changed");
    assert_eq!(page.attribute("#envelope", "value").as_deref(), Some("1500"), "nothing typed is lost");
    let form = lead.get(&page.attribute("#draft a.primary", "href").expect("a draft")).await.expect(200);
    assert_eq!(form.attribute("#question", "value").as_deref(), Some("Budget envelope: $1,500?"));
    assert_eq!(form.attribute("#option2", "value").as_deref(), Some("As signed off: $1,000"));
    let id = new_uuid().to_string();
    let given = |id: &str, target: &str| {
        let mut fields = ruling(id, "", &owner);
        fields.retain(|(name, _)| *name != "option");
        let mut fields: Vec<(String, String)> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        fields.push(("effect".to_owned(), "set_envelope".to_owned()));
        fields.push(("target1".to_owned(), target.to_owned()));
        fields
    };
    for (target, wrong) in [("901", "asks for that already"), ("-1", "less than zero"), ("lots", "Enter a number")] {
        let fields = given(&id, target);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        chair.post(RECORD, &fields).await.expect(422).says(wrong);
    }
    let fields = given(&id, "1,500");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for _ in 0..2 {
        chair.post(RECORD, &fields).await.expect(303);
    }
    assert_eq!(value(&app, terms).await, "6 1500 D-2");
    chair.get("/p/GEO/decisions/2").await.expect(200).says("Now $1,500. Was $901").says("Budget envelope");
    lead.get("/p/GEO/goals/money").await.expect(200).says("D-2");
    // From here it is the decision that counts.
    money::sent(&mut lead, PLAN, &[("envelope", "1640"), ("reason", "A little")]).await.expect(303);
}

#[tokio::test]
async fn break_even_moves_by_a_fortnight_at_most() {
    const RECORDED: &str = "/p/GEO/goals/money/break-even";
    let (app, geo, mut lead, _) = with_sign_ups().await;
    split(&app, 600).await;
    money::planned(&app, geo).await;
    sqlx::query("insert into money_plans select project_id, 2, currency, decimals, starts_on, months, envelope, '2026-12-01', 'Signed', null, set_by, set_at from money_plans")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sent(&mut lead, PROPOSE, PROPOSE, &[("note", "")]).await.expect(303);
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let asked = chair.get("/").await.expect(200).says("Sign off the goals");
    assert!(asked.attribute(&format!("a[href='{SIGN}']"), "href").is_some(), "it waits on the chair's own page");
    let page = chair.get(SIGN).await.expect(200).says("Break-even (1 Dec 2026)");
    sign(&mut chair, &page, &owner).await.expect(303);
    assert!(!chair.get("/").await.expect(200).text().contains("Sign off the goals"));
    // The plan comes to the 16th: fifteen days later.
    let page = lead.get("/p/GEO/goals/money").await.expect(200);
    let page = money::resent(&mut lead, &page, RECORDED, &[("reason", "As planned")]).await.expect(409);
    page.says("Break-even moves 15 days later than was signed off").says("Nothing has been changed");
    let recorded = value(&app, "select break_even_on::text from money_plans order by number desc limit 1").await;
    assert_eq!(recorded, "2026-12-01");
    // A decision about the envelope signs no other day off: from the tenth it would be six days.
    sqlx::query("insert into money_plans select project_id, 4, currency, decimals, starts_on, months, envelope, '2026-12-10', 'Later', null, set_by, set_at from money_plans where number = 3")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let id = new_uuid().to_string();
    let mut fields = ruling(&id, "", &owner);
    fields.retain(|(name, _)| *name != "option");
    fields.extend([("effect", "set_envelope"), ("target1", "900")]);
    chair.post(RECORD, &fields).await.expect(303);
    let page = lead.get("/p/GEO/goals/money").await.expect(200);
    let page = money::resent(&mut lead, &page, RECORDED, &[("reason", "As planned")]).await.expect(409);
    page.says("Break-even moves 15 days later than was signed off");
}
