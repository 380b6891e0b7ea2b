//! Votes: one a member, replaced and never edited.

use super::*;

#[tokio::test]
async fn twenty_ballots_of_one_member_count_once() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    let client = app.sign_in("committee").await;
    let mut set = tokio::task::JoinSet::new();
    for index in 0..20 {
        let (mut client, path) = (client.clone(), format!("{path}/ballot"));
        let option = if index % 2 == 0 { a.clone() } else { b.clone() };
        set.spawn(
            async move { client.post(&path, &[("vote", &option), ("reason", "Because")]).await.expect(303).status },
        );
    }
    while set.join_next().await.is_some() {}
    assert_eq!(value(&app, "select count(*)::text from ballots where replaced_at is null").await, "1");
    let page = app.sign_in("chair").await.get(&path).await.expect(200).says("1 of 2 have voted");
    assert_eq!(page.all("#votes .tally b").iter().filter(|count| *count == "1").count(), 1);
}

#[tokio::test]
async fn a_ballot_dissents_with_a_reason_and_is_replaced_not_edited() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    let mut member = app.sign_in("committee").await;
    let page = member.get(&path).await.expect(200).says("Lead recommends");
    assert_eq!(page.all("article.opt.pick .key"), ["B"]);
    let url = format!("{path}/ballot");
    member.post(&url, &[]).await.expect(422).says("Choose an option");
    let page =
        member.post(&url, &[("vote", &a)]).await.expect(422).says("Say why you do not follow the recommendation");
    assert_eq!(page.attribute("#ballot input[checked]", "value"), Some(a.clone()), "the choice is kept");
    member.post(&url, &[("vote", "none")]).await.expect(422);
    member.submit(&url, &[("vote", &b)]).await.says("Your vote is cast");
    member.submit(&url, &[("vote", "none"), ("reason", "Neither <i>works</i>")]).await.says("Neither <i>works</i>");
    assert_eq!(
        value(&app, "select count(*) || '/' || count(*) filter (where replaced_at is null) from ballots").await,
        "2/1"
    );
    let mut sql = app.sql().await;
    for statement in [
        "update ballots set reason = 'x'",
        "update ballots set option_id = null, reason = 'x' where replaced_at is null",
    ] {
        assert!(sql.execute(statement).await.is_err(), "{statement}");
    }
    sql.close().await.unwrap();
    app.sign_in("other").await.post(&url, &[("vote", &b)]).await.expect(403);
}
