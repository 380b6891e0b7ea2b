//! Who only advises a closed project, or was made a guest: what was put before them, nobody's name, and nothing else.

use super::{
    letters::{letters_to, with_mail},
    *,
};
use tutti::notices::letters;

/// A colleague who advises GEO, which is closed; E-1 is before the committee, E-2 is not, and they have a line of each.
async fn advised() -> (TestApp, uuid::Uuid) {
    let (app, geo) = TestApp::with_project().await;
    app.seat(geo, "colleague", "adviser", None).await;
    before_committee(&app, geo).await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&app.state).await.unwrap();
    sqlx::query(
        "insert into notices (person_id, project_id, subject_id, event_id, topic, want, at)
         select people.id, events.project_id, events.subject_id, events.id, 'escalations', 'position', events.at
         from people, events join escalations on escalations.id = events.subject_id and escalations.number = 2
         where people.name = 'colleague' and events.kind = 'escalation.raised'",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    assert_eq!(value(&app, LINES).await, "2");
    sqlx::query("update projects set visibility = 'seats' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    (app, geo)
}

const LINES: &str =
    "select count(*)::text from notices where person_id = (select id from people where name = 'colleague')";

#[tokio::test]
async fn an_adviser_reads_what_is_put_before_the_committee_and_the_badge_counts_no_more() {
    let (app, _) = advised().await;
    let inbox = app.inbox("colleague").await;
    assert!(inbox.len() == 1 && inbox[0].starts_with("E-1: What should"), "{inbox:?}");
    let page = app.sign_in("colleague").await.get("/inbox?view=all").await.expect(200);
    for secret in ["GEO Monitor", "other", "passed", "E-2"] {
        assert!(!page.text().contains(secret), "{secret}: {}", page.text());
    }
    assert_eq!(page.all("nav.primary a[href='/inbox'] .n [aria-hidden]"), ["1"]);
    // What may not be read is forgotten when somebody loses sight of the project.
    let seat = value(
        &app,
        "select seats.id::text from seats join people on people.id = person_id where people.name = 'viewer'",
    )
    .await;
    app.sign_in("lead").await.post(&format!("/p/GEO/seats/{seat}/remove"), &[]).await.expect(303);
    notices::tell(&app.state).await.unwrap();
    assert_eq!(value(&app, LINES).await, "1");
}

#[tokio::test]
async fn letters_to_an_adviser_say_no_more() {
    let (app, _) = advised().await;
    let mailing = with_mail(&app);
    notices::tell(&mailing).await.unwrap();
    let sent = letters_to(&app, "colleague").await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].0, "E-1: What should the Team plan cost at launch? (Give your view)");
    sqlx::query("update notices set mailed_at = null, want = null").execute(&mut app.sql().await).await.unwrap();
    letters::digest(&mailing).await.unwrap();
    let sent = letters_to(&app, "colleague").await;
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[1].1.contains("· E-1: What should"), "{sent:?}");
    for (_, words) in &sent {
        let words = words.replace("/p/GEO/", "");
        for secret in ["GEO Monitor", "other", "passed", "E-2"] {
            assert!(!words.contains(secret), "{secret} in {words}");
        }
    }
}

#[tokio::test]
async fn who_is_made_a_guest_keeps_no_line_of_what_they_may_not_see() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    assert_eq!(app.inbox("committee").await.len(), 1);
    let member = app.id_of("committee").await;
    let path = format!("/admin/people/{member}/role");
    app.sign_in("admin").await.post(&path, &[("role", "guest")]).await.expect(303);
    notices::tell(&app.state).await.unwrap();
    let kept = "select count(*)::text from notices where person_id = (select id from people where name = 'committee')";
    assert_eq!(value(&app, kept).await, "0");
}
