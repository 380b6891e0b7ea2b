//! Who records a decision, with which quorum, and what the form refuses.

use super::{complete, recorded};
use crate::support::{
    Client, TestApp,
    disputes::{before_committee, option, value},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn who_records() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let decision = recorded(&app, "go", "Go").await;
    for who in ["lead", "liaison", "other", "member", "committee", "viewer", "colleague", "admin"] {
        let mut client = app.sign_in(who).await;
        for url in [format!("{path}/decide"), "/p/GEO/decisions/new".to_owned(), format!("{decision}/supersede")] {
            client.get(&url).await.expect(403);
            client.post(&url, &[("act", "record")]).await.expect(403);
        }
        client.get(&decision).await.expect(200);
        client.get("/p/GEO/decisions").await.expect(200);
    }
    let mut adviser = app.sign_in("adviser").await;
    adviser.get(&format!("{path}/decide")).await.expect(403);
    for who in ["adviser", "guest", "stranger"] {
        let mut client = app.sign_in(who).await;
        let expected = if who == "stranger" { 200 } else { 404 };
        client.get(&decision).await.expect(expected);
        client.get("/p/GEO/decisions").await.expect(expected);
        client.get("/p/GEO/decisions/new").await.expect(if who == "stranger" { 403 } else { 404 });
    }
    app.sign_in("chair").await.get("/p/GEO/decisions/99").await.expect(404);
    Client::new(&app).get(&decision).await.expect(303);
}

#[tokio::test]
async fn the_quorum_counts_the_chair() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    sqlx::query("update projects set quorum = 2 where key = 'GEO'").execute(&mut app.sql().await).await.unwrap();
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.post(&url, &complete(&id, &a, &lead)).await.expect(422);
    // The same words on the record form, beside the count on the pack, and in Markdown: the chair's own voice is the record.
    let why = "The chair decides after hearing the others: one more member has to vote before it can be recorded; whoever records it need not vote as well.";
    page.says(why).says("Not voted yet: committee.");
    chair.get(&url).await.expect(200).says(why);
    app.sign_in("viewer").await.get(&path).await.expect(200).says("0 of 2 have voted, quorum 2").says(why);
    app.sign_in("viewer").await.get(&format!("{path}/markdown")).await.expect(200).says(why);
    chair.clone().chinese().get(&path).await.expect(200).says("还需 1 名成员投票才能记录决议");
    let page = chair.get(&path).await.expect(200).says("Not to be recorded yet.").says(why);
    assert!(page.all(&format!("a[href='{url}']")).is_empty(), "not offered before it is possible");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    // Advice does not count; a member's vote does, and the chair is heard by recording.
    let guest = app.id_of("adviser").await;
    app.sign_in("adviser").await.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Yes")]).await.expect(303);
    assert!(!guest.is_nil());
    chair.post(&url, &complete(&id, &a, &lead)).await.expect(422);
    app.sign_in("committee")
        .await
        .post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Yes")])
        .await
        .expect(303);
    chair.post(&url, &complete(&id, &a, &lead)).await.expect(303);
    let page = chair.get("/p/GEO/decisions/1").await.expect(200);
    let heard = "1 of 2 have voted, chair was heard by recording it, quorum 2";
    page.says(&format!("A 1, B 0; {heard}; by rule: The chair decides")).says(&format!("Votes {heard}"));
    for at in ["/p/GEO/decisions/1/markdown".to_owned(), format!("{path}/markdown"), path] {
        chair.get(&at).await.expect(200).says(heard);
    }
    chair.chinese().get("/p/GEO/decisions/1").await.expect(200).says("chair 在记录决议时已表明意见");
    app.sign_in("lead")
        .await
        .get("/p/GEO/settings/committee")
        .await
        .expect(200)
        .says("whoever records it counts as heard");
}

#[tokio::test]
async fn the_form_says_every_mistake() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.post(&url, &[("act", "record"), ("review_on", "2026-11-18")]).await.expect(422);
    page.says("Choose what is decided")
        .says("Say why")
        .says("Choose a kind of decision")
        .says("Choose an owner")
        .says("Choose a day after today");
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    chair.post(&url, &complete(&id, "none", &lead)).await.expect(422).says("Write what is decided in one sentence");
    let page = chair.post(&url, &[("act", "more_move_milestone"), ("effect", "create_task")]).await.expect(200);
    assert_eq!(page.all("#effects fieldset").len(), 2);
    let stranger = app.id_of("stranger").await.to_string();
    chair.post(&url, &complete(&id, &option(&app, "A").await, &stranger)).await.expect(422).says("Choose an owner");
}

#[tokio::test]
async fn twenty_at_once_record_one() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, lead) = (option(&app, "A").await, app.id_of("lead").await.to_string());
    let (id, other) = (new_uuid().to_string(), new_uuid().to_string());
    let client = app.sign_in("chair").await;
    let mut set = tokio::task::JoinSet::new();
    for index in 0..20 {
        let (mut client, a, lead) = (client.clone(), a.clone(), lead.clone());
        // Half of them about the escalation, half of them a decision of its own.
        let (url, id) = if index % 2 == 0 {
            (format!("{path}/decide"), id.clone())
        } else {
            ("/p/GEO/decisions/new".to_owned(), other.clone())
        };
        set.spawn(async move {
            let mut fields = complete(&id, &a, &lead);
            fields.push(("title", "Decided"));
            client.post(&url, &fields).await.expect(303).status
        });
    }
    while let Some(status) = set.join_next().await {
        status.unwrap();
    }
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "2");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'decision.recorded'").await, "2");
    assert_eq!(value(&app, "select next_decision_number::text from projects where key = 'GEO'").await, "3");
}
