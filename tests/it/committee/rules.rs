//! How a committee decides: set by the lead, kept with the decision; hidden results.

use crate::{
    decisions::recorded,
    support::{
        TestApp,
        disputes::{amended, before_committee, option, ruled, ruling, value},
        statements,
    },
};
use tutti::platform::ids::new_uuid;

const PAGE: &str = "/p/GEO/settings/committee";

#[tokio::test]
async fn the_lead_sets_the_rules() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get(PAGE)).await;
    assert_eq!(count, 3, "session, project, committee");
    let page = page.expect(200).says("After hearing the other members").says("No deputy");
    assert_eq!(page.attribute("input[name=rule][checked]", "value").as_deref(), Some("chair"));
    lead.get("/p/GEO/settings").await.expect(200).says("How the committee decides");
    let deputy = app.id_of("committee").await.to_string();
    let fields = [("version", "0"), ("rule", "consent"), ("deputy", deputy.as_str()), ("hides_results", "1")];
    let page = lead.submit(PAGE, &fields).await.expect(200).says("Saved.");
    assert_eq!(page.attribute("input[name=rule][checked]", "value").as_deref(), Some("consent"));
    assert_eq!(page.attribute("#deputy option[selected]", "value"), Some(deputy.clone()));
    assert_eq!(
        value(&app, "select after::text from events where kind = 'project.committee_changed'").await,
        r#"{"rule": "consent", "deputy": "committee", "hides_results": true}"#
    );
    lead.get("/p/GEO/history").await.expect(200).says("changed how the committee of GEO Monitor decides");
    // The same form once more changes nothing; another one from an old page is a conflict and keeps what was typed.
    lead.post(PAGE, &fields).await.expect(303);
    let page = lead.post(PAGE, &[("version", "0"), ("rule", "majority")]).await.expect(409).says("What stands now");
    assert_eq!(page.attribute("input[name=rule][checked]", "value").as_deref(), Some("majority"));
    page.says("Deputy: committee");
    assert_eq!(value(&app, "select rule || version from committee_rules").await, "consent1");
    // Mistakes.
    lead.post(PAGE, &[("version", "1")]).await.expect(422).says("Choose a rule");
    let liaison = app.id_of("liaison").await.to_string();
    let page = lead.post(PAGE, &[("version", "1"), ("rule", "chair"), ("deputy", &liaison)]).await.expect(422);
    page.says("Choose a member of the committee");
    lead.post(PAGE, &[("version", "1"), ("rule", "chair"), ("deputy", "x")]).await.expect(422);
    // A deputy who loses their seat is named as gone, and may stay named.
    sqlx::query("update seats set removed_at = now() where role = 'committee'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    lead.get(PAGE).await.expect(200).says("committee (no longer on the committee)");
    let fields = [("version", "1"), ("rule", "majority"), ("deputy", deputy.as_str())];
    lead.post(PAGE, &fields).await.expect(303);
    app.sign_in("chair").await.chinese().get(PAGE).await.expect(200).says("多数决").says("主席是否外出");
    let mut chair = app.sign_in("chair").await;
    chair.post(PAGE, &[("version", "2"), ("rule", "chair")]).await.expect(403);
    for who in ["liaison", "viewer", "colleague"] {
        app.sign_in(who).await.get(PAGE).await.expect(403);
    }
}

#[tokio::test]
async fn the_chair_is_away_and_the_deputy_acts() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{PAGE}/away");
    for (day, words) in [("2026-11-17", "Choose today or a later day"), ("soon", "a date")] {
        let page = chair.post(&url, &[("version", "0"), ("away_until", day)]).await.expect(422);
        assert_eq!(page.attribute("#away_until", "value").as_deref(), Some(day), "{words}");
    }
    let warning = "no deputy can stand in: on 1 question only the chair can record the decision";
    let saved = chair.submit(&url, &[("version", "0"), ("away_until", "2026-11-20")]).await.says("Saved.");
    saved.says(warning).says("The lead can name a deputy");
    chair.get("/committee").await.expect(200).says("GEO Monitor").says(warning);
    app.sign_in("admin").await.get("/committee").await.expect(200).says(warning).says("Name a deputy for the chair");
    for (who, expected) in [("chair", true), ("lead", true), ("admin", true), ("committee", false), ("viewer", false)] {
        let page = app.sign_in(who).await.get(&path).await.expect(200);
        assert_eq!(page.text().contains("only the chair can record this decision"), expected, "{who}");
    }
    assert!(!app.sign_in("committee").await.get("/committee").await.expect(200).text().contains("stand in"));
    chair.post(&url, &[("version", "0"), ("away_until", "2026-11-21")]).await.expect(409).says("away until");
    // Nobody stands in: the chair can still record it.
    chair.get(&format!("{path}/decide")).await.expect(200);
    let deputy = app.id_of("committee").await.to_string();
    let mut lead = app.sign_in("lead").await;
    lead.post(PAGE, &[("version", "1"), ("rule", "chair"), ("deputy", &deputy)]).await.expect(303);
    chair.get(&format!("{path}/decide")).await.expect(403);
    for page in ["/committee", PAGE, path.as_str()] {
        assert!(!lead.get(page).await.expect(200).text().contains("stand in"), "{page}: the deputy acts");
    }
    let mut member = app.sign_in("committee").await;
    member.post(&format!("{path}/aside"), &[("aside_reason", "My own budget")]).await.expect(303);
    lead.get("/committee").await.expect(200).says(warning);
    lead.get(PAGE).await.expect(200).says(warning);
    member.post(&format!("{path}/back"), &[]).await.expect(303);
    member.get(&path).await.expect(200).says("committee acts for the chair").says("Record decision");
    member.get("/committee").await.expect(200).says("Record decision");
    member.get(&format!("{path}/decide")).await.expect(200);
    assert!(!chair.get("/committee").await.expect(200).text().contains("Record decision"));
    // The chair is not waited for, unless they have voted.
    ruled_by(&app, "majority", 2).await;
    let a = option(&app, "A").await;
    member
        .get(&path)
        .await
        .expect(200)
        .says("0 of 2 have voted, quorum 1")
        .says("Majority: one more member has to vote before it can be recorded.");
    member.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Cheaper")]).await.expect(303);
    member.get("/committee").await.expect(200).says("Record decision").says("1 voted, quorum 1");
    chair.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Cheaper")]).await.expect(303);
    member.get(&path).await.expect(200).says("2 of 2 have voted, quorum 2");
    // Back early.
    lead.post(&url, &[("version", "2"), ("away_until", "")]).await.expect(303);
    member.get(&format!("{path}/decide")).await.expect(403);
    chair.get(&format!("{path}/decide")).await.expect(200);
}

/// Another rule and quorum for a committee that has rules.
async fn ruled_by(app: &TestApp, rule: &str, quorum: i16) {
    for (sql, value) in [
        ("update committee_rules set rule = $1", rule),
        ("update projects set quorum = $1::smallint", &quorum.to_string()),
    ] {
        sqlx::query(sql).bind(value).execute(&mut app.sql().await).await.unwrap();
    }
}

#[tokio::test]
async fn a_deputy_does_what_the_chair_may_while_the_chair_is_away() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (b, lead_id) = (option(&app, "B").await, app.id_of("lead").await.to_string());
    let old = recorded(&app, "price", "349 a month").await;
    let deputy = app.id_of("committee").await.to_string();
    let mut lead = app.sign_in("lead").await;
    lead.post(PAGE, &[("version", "0"), ("rule", "chair"), ("deputy", &deputy)]).await.expect(303);
    let (mut member, mut chair) = (app.sign_in("committee").await, app.sign_in("chair").await);
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    let badge = "nav a[href='/committee'] .n";
    let pages = ["/p/GEO/decisions/new".to_owned(), format!("{old}/supersede")];
    for page in &pages {
        member.get(page).await.expect(403);
        chair.get(page).await.expect(200);
    }
    assert!(member.get("/committee").await.all(badge).is_empty(), "the chair is here, and they have voted");
    assert_eq!(chair.get("/committee").await.all(badge).len(), 1);
    lead.post(&format!("{PAGE}/away"), &[("version", "1"), ("away_until", "2026-11-20")]).await.expect(303);
    for page in &pages {
        let (found, count) = statements::count(member.get(page)).await;
        found.expect(200);
        assert!(count <= 5, "{page}: {count}");
        chair.get(page).await.expect(403);
    }
    assert_eq!(member.get("/committee").await.all(badge).len(), 1, "it waits for whoever records it");
    chair.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    assert!(chair.get("/committee").await.all(badge).is_empty(), "voted, and not theirs to record");
    // My work says the same.
    member.get("/").await.expect(200).says("Ready for your decision").says("What should the Team plan cost");
    chair.get("/").await.expect(200).says("Nobody is waiting for you");
    for who in ["viewer", "lead"] {
        let page = app.sign_in(who).await.get(&format!("{path}/decide")).await.expect(403);
        page.says("The chair is away until Fri 20 Nov. committee stands in and records the decision.");
    }
    member.get("/p/GEO/decisions").await.expect(200).says("Record decision");
    member.get(&old).await.expect(200).says("Supersede").says("Still stands");
    for who in ["liaison", "viewer"] {
        assert!(!app.sign_in(who).await.get("/p/GEO/decisions").await.text().contains("Record decision"));
    }
    let (first, second) = (new_uuid().to_string(), new_uuid().to_string());
    member.post(&pages[0], &ruling(&first, "", &lead_id)).await.expect(303);
    member.post(&pages[1], &ruling(&second, "", &lead_id)).await.expect(303);
    let by = "select string_agg(people.name, ' ' order by number) from decisions join people on people.id = decided_by";
    assert_eq!(value(&app, by).await, "chair committee committee");
    // Back again: only the chair.
    app.state.clock.set("2026-11-21T02:00:00Z".parse().unwrap());
    member.get(&pages[0]).await.expect(403);
    chair.get(&pages[0]).await.expect(200);
    assert!(member.get("/committee").await.all(badge).is_empty());
}

#[tokio::test]
async fn who_may_not_set_the_rules_is_not_led_there() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let page = chair.get(&path).await.expect(200);
    assert_eq!(page.all(&format!("#votes a[href='{PAGE}#away']")), ["Is the chair away?"]);
    assert!(page.all(&format!("a[href='{PAGE}']")).is_empty());
    let page = chair.get(PAGE).await.expect(200);
    assert!(page.all("#away form").len() == 1 && page.all("a[href='/p/GEO/settings']").is_empty(), "answers 403");
    chair.get("/p/GEO/settings").await.expect(403);
    let page = app.sign_in("lead").await.get(&path).await.expect(200);
    assert_eq!(page.all(&format!("#votes a[href='{PAGE}']")), ["Change"]);
}

#[tokio::test]
async fn a_majority_decides_and_the_form_offers_nothing_else() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    ruled(&app, geo, "majority", false, 2).await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    let (lead, id) = (app.id_of("lead").await.to_string(), new_uuid().to_string());
    let (ballot, url) = (format!("{path}/ballot"), format!("{path}/decide"));
    let (mut member, mut chair) = (app.sign_in("committee").await, app.sign_in("chair").await);
    // Recording it is no vote under this rule.
    chair.get(&path).await.expect(200).says("Waiting for 2 more members to vote");
    member.post(&ballot, &[("vote", &a), ("reason", "Cheaper")]).await.expect(303);
    chair.post(&url, &ruling(&id, &a, &lead)).await.expect(422).says("Majority: one more member has to vote");
    chair.post(&ballot, &[("vote", &b)]).await.expect(303);
    let page = chair.get(&url).await.expect(200).says("No option has more than half of the votes");
    assert!(page.all("button[value=record]").is_empty(), "nothing can be recorded");
    let page = chair.get(&path).await.expect(200).says("they do not decide it yet");
    page.says("Not to be recorded yet. No option has more than half of the votes");
    for at in [path.as_str(), "/committee"] {
        let page = chair.get(at).await.expect(200);
        assert!(page.all(&format!("a[href='{url}']")).is_empty(), "{at} offers what the rule refuses");
    }
    let page = chair.get(&path).await.expect(200);
    assert!(!page.text().contains("Waiting for the chair"));
    chair.post(&url, &ruling(&id, &b, &lead)).await.expect(422).says("Nothing was recorded");
    chair.post(&ballot, &[("vote", &a), ("reason", "Convinced")]).await.expect(303);
    let page = chair.get(&url).await.expect(200);
    assert_eq!(page.all("input[name=option]").len(), 1);
    assert_eq!(page.attribute("input[name=option]", "value"), Some(a.clone()));
    chair.post(&url, &ruling(&id, &b, &lead)).await.expect(422).says("another option only");
    chair.post(&url, &ruling(&id, "none", &lead)).await.expect(422);
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    chair.post(&url, &ruling(&id, &a, &lead)).await.expect(303);
    let kept = "select concat_ws(' ', tally->>'rule', tally->'votes'->>'A', tally->>'quorum', tally->'pack'->>'version') from decisions";
    assert_eq!(value(&app, kept).await, "majority 2 2 1");
    chair.get("/p/GEO/decisions/1").await.expect(200).says("by rule: Majority; version 1 of the pack");
}

#[tokio::test]
async fn consent_is_that_nobody_objects() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    ruled(&app, geo, "consent", false, 1).await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    let (lead, id) = (app.id_of("lead").await.to_string(), new_uuid().to_string());
    let (ballot, url) = (format!("{path}/ballot"), format!("{path}/decide"));
    let (mut member, mut chair) = (app.sign_in("committee").await, app.sign_in("chair").await);
    chair.post(&ballot, &[("vote", &b)]).await.expect(303);
    member.post(&ballot, &[("vote", "none"), ("reason", "Neither")]).await.expect(303);
    chair.get(&url).await.expect(200).says("Not everybody is for the same option");
    let page = chair.get("/committee").await.expect(200);
    assert!(!page.text().contains("Record decision"), "somebody objects");
    chair.post(&url, &ruling(&id, &b, &lead)).await.expect(422);
    member.post(&ballot, &[("vote", &b)]).await.expect(303);
    chair.post(&url, &ruling(&id, &a, &lead)).await.expect(422);
    chair.post(&url, &ruling(&id, &b, &lead)).await.expect(303);
}

#[tokio::test]
async fn votes_that_were_cast_hidden_stay_hidden_until_the_decision() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, mut lead) = (option(&app, "A").await, app.sign_in("lead").await);
    let hides = [("version", "0"), ("rule", "chair"), ("hides_results", "1")];
    lead.post(PAGE, &hides).await.expect(303);
    // Nobody has voted: it can be changed, there and back. Advice is shown at all times.
    lead.post(PAGE, &[("version", "1"), ("rule", "chair")]).await.expect(303);
    let mut member = app.sign_in("committee").await;
    app.sign_in("adviser").await.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Mind")]).await.expect(303);
    lead.post(PAGE, &[("version", "2"), ("rule", "chair"), ("hides_results", "1")]).await.expect(303);
    lead.post(PAGE, &[("version", "3"), ("rule", "chair")]).await.expect(303);
    lead.post(PAGE, &[("version", "4"), ("rule", "chair"), ("hides_results", "1")]).await.expect(303);
    member.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Zebra margin")]).await.expect(303);
    let deputy = app.id_of("committee").await.to_string();
    let opens = [("version", "5"), ("rule", "majority"), ("deputy", deputy.as_str())];
    let page = lead.post(PAGE, &opens).await.expect(422).says("There are votes on E-1 already");
    assert_eq!(page.all(".errors a[href='#hides_results']").len(), 1);
    assert_eq!(page.attribute("input[name=rule][checked]", "value").as_deref(), Some("majority"), "nothing is lost");
    assert_eq!(page.attribute("#deputy option[selected]", "value"), Some(deputy.clone()));
    assert!(page.all("#hides_results[checked]").is_empty());
    lead.clone().chinese().post(PAGE, &opens).await.expect(422).says("E-1 已有成员投票");
    assert_eq!(value(&app, "select rule || hides_results || version from committee_rules").await, "chairtrue5");
    for page in [path.clone(), format!("{path}/markdown")] {
        assert!(!lead.get(&page).await.expect(200).body.contains("Zebra"), "{page}");
    }
    // The rest can be changed, and once it is decided this too.
    let rest = [&opens[..], &[("hides_results", "1")]].concat();
    lead.post(PAGE, &rest).await.expect(303);
    lead.post(PAGE, &[("version", "6"), ("rule", "chair"), ("hides_results", "1")]).await.expect(303);
    let mut chair = app.sign_in("chair").await;
    chair.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Agreed")]).await.expect(303);
    let (id, owner) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    chair.post(&format!("{path}/decide"), &ruling(&id, &a, &owner)).await.expect(303);
    lead.post(PAGE, &[("version", "7"), ("rule", "chair")]).await.expect(303);
    assert_eq!(value(&app, "select hides_results::text from committee_rules").await, "false");
}

#[tokio::test]
async fn a_decision_keeps_its_words_when_results_are_hidden_meanwhile() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, owner, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let member = [("vote", a.as_str()), ("reason", "Zebra margin")];
    app.sign_in("committee").await.post(&format!("{path}/ballot"), &member).await.expect(303);
    let (url, mut chair) = (format!("{path}/decide"), app.sign_in("chair").await);
    chair.get(&url).await.expect(200).says("Votes: 1");
    let hides = [("version", "0"), ("rule", "chair"), ("hides_results", "1")];
    app.sign_in("lead").await.post(PAGE, &hides).await.expect(303);
    let mkt = crate::support::disputes::part(&app, geo, "MKT").await;
    let effects =
        [("effect", "create_task"), ("title1", "Meter prompts"), ("part1", mkt.as_str()), ("due1", "2026-12-01")];
    let sent = [&ruling(&id, &a, &owner)[..], &effects].concat();
    let page = chair.post(&url, &sent).await.expect(409).says("results are hidden until you have voted");
    for (field, kept) in [("#title", "Decided"), ("#title1", "Meter prompts"), ("#due1", "2026-12-01")] {
        assert_eq!(page.attribute(field, "value").as_deref(), Some(kept), "{field}");
    }
    assert_eq!(page.all("#rationale"), ["It keeps the margin."]);
    assert_eq!(page.attribute("input[name=option][checked]", "value"), Some(a.clone()));
    let text = page.text();
    assert!(!text.contains("Votes:") && !text.contains("Zebra") && !text.contains("1 vote"), "{text}");
    chair.clone().chinese().post(&url, &sent).await.expect(409).says("投票后才能看到结果");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    // From there it is recorded once the chair has voted.
    chair.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Agreed")]).await.expect(303);
    chair.post(&url, &sent).await.expect(303);
    assert_eq!(value(&app, "select title from decisions").await, "Decided");
}

#[tokio::test]
async fn hidden_results_stay_hidden_until_one_has_voted() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    ruled(&app, geo, "chair", true, 1).await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut member = app.sign_in("committee").await;
    member.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Zebra margin")]).await.expect(303);
    member.get(&path).await.expect(200).says("Zebra margin").says("1 of 2 have voted");
    let pages = [path.clone(), format!("{path}/markdown"), format!("{path}/packs/1"), "/committee".to_owned()];
    let more = ["/p/GEO/history", "/p/GEO", "/p/GEO/escalations", "/", "/projects"].map(str::to_owned);
    for who in ["chair", "lead", "viewer", "admin", "adviser"] {
        let mut client = app.sign_in(who).await;
        for page in pages.iter().chain(&more) {
            let text = client.get(page).await.text();
            for hidden in ["Zebra", "1 of 2 have voted", "1 voted", "voted for A", "Votes: 1"] {
                assert!(!text.contains(hidden), "{who} reads {hidden:?} on {page}: {text}");
            }
        }
    }
    let mut chair = app.sign_in("chair").await;
    let page = chair.get(&path).await.expect(200).says("Votes and reasons show once you have voted");
    assert!(page.says("Not to be recorded yet. Vote first").all(&format!("a[href='{path}/decide']")).is_empty());
    assert!(!chair.get(&path).await.text().contains("Not voted yet"), "names are results too");
    app.sign_in("viewer").await.get(&path).await.expect(200).says("show after the decision");
    // The chair votes before reading, and reads before recording.
    let answer = chair.get(&format!("{path}/decide")).await.expect(303);
    assert_eq!(answer.location(), format!("{path}#ballot"));
    let page = chair.post(&format!("{path}/decide"), &ruling(&id, &a, &lead)).await.expect(409);
    let text = page.says("results are hidden until you have voted").text();
    assert!(!text.contains("Votes:"), "{text}");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    chair.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Agreed")]).await.expect(303);
    chair.get(&format!("{path}/decide")).await.expect(200).says("Votes: 2");
    chair.get(&format!("{path}/markdown")).await.expect(200).says("Zebra margin");
    // A change of the options does not hide them again.
    amended(&app, &path, "lead", "B", "12").await.expect(303);
    chair.get(&path).await.expect(200).says("Zebra margin");
    chair.post(&format!("{path}/decide"), &ruling(&id, &a, &lead)).await.expect(303);
    app.sign_in("viewer").await.get(&path).await.expect(200).says("Zebra margin");
}
