//! An archived project is read, not changed: every write of escalations and decisions is refused.

use super::complete;
use crate::support::{
    TestApp,
    disputes::{before_committee, option, part, raised, value},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn nothing_is_written_in_an_archived_project() {
    let (app, geo) = TestApp::with_project().await;
    let late = before_committee(&app, geo).await;
    let early = raised(&app, geo).await;
    let decision = super::recorded(&app, "go", "Go").await;
    let guest = app.id_of("guest").await.to_string();
    let mut lead = app.sign_in("lead").await;
    lead.post(&format!("{early}/invite"), &[("person", &guest)]).await.expect(303);
    lead.post(&format!("{late}/invite"), &[("person", &guest)]).await.expect(303);
    let mut other = app.sign_in("other").await;
    other.post(&format!("{early}/propose"), &[("settlement", "349")]).await.expect(303);
    sqlx::query("update projects set state = 'archived' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let (a, stranger) = (option(&app, "A").await, app.id_of("stranger").await.to_string());
    let (sal, lead_id) = (part(&app, geo, "SAL").await, app.id_of("lead").await.to_string());
    let (id, comment) = (new_uuid().to_string(), new_uuid().to_string());
    let ruling = complete(&id, &a, &lead_id);
    let mut alone = ruling.clone();
    alone.push(("title", "Launch later"));
    type Write<'a> = (String, Vec<(&'a str, &'a str)>, &'a [&'a str]);
    let at = |path: &str, action: &str| format!("{path}/{action}");
    let writes: Vec<Write<'_>> = vec![
        (at(&late, "ballot"), vec![("vote", &a), ("reason", "x")], &["committee", "chair", "adviser", "guest"]),
        (
            at(&late, "comment"),
            vec![("comment", "x"), ("comment_id", &comment)],
            &["lead", "member", "adviser", "guest"],
        ),
        (at(&early, "position"), vec![("side", &sal), ("statement", "x"), ("version", "1")], &["other"]),
        (at(&early, "evidence"), vec![("evidence_id", &id), ("evidence_body", "x")], &["lead", "other"]),
        (at(&early, "options"), vec![("title-C", "x"), ("version", "3")], &["lead", "other"]),
        (at(&early, "criteria"), vec![("criterion", "cost"), ("version", "3")], &["lead", "other"]),
        (at(&early, "propose"), vec![("settlement", "x")], &["other"]),
        (at(&early, "confirm"), vec![("version", "3")], &["other", "liaison", "lead"]),
        (at(&early, "pass"), vec![("from", "liaisons")], &["lead", "other"]),
        (at(&late, "pass"), vec![("from", "lead")], &["lead"]),
        (at(&early, "settle"), vec![("outcome", "x")], &["lead"]),
        (at(&early, "recommend"), vec![("recommended", "")], &["lead"]),
        (at(&early, "withdraw"), vec![("why", "x")], &["other"]),
        (at(&early, "invite"), vec![("person", &stranger)], &["lead", "chair"]),
        (at(&early, "uninvite"), vec![("person", &guest)], &["lead"]),
        (at(&late, "decide"), ruling, &["chair"]),
        ("/p/GEO/decisions/new".to_owned(), alone.clone(), &["chair"]),
        (at(&decision, "supersede"), alone, &["chair"]),
        ("/p/GEO/escalations/new".to_owned(), vec![("act", "raise")], &["lead", "other", "chair"]),
    ];
    let count = "select concat_ws(' ', (select count(*) from events where split_part(kind, '.', 1) not in ('session', 'access')), (select count(*) from ballots), (select count(*) from escalation_comments),
                 (select count(*) from escalation_guests), (select count(*) from decisions), (select sum(version) from escalations))";
    let before = value(&app, count).await;
    for (path, fields, people) in &writes {
        for who in *people {
            let status = app.sign_in(who).await.post(path, fields).await.status.as_u16();
            assert_eq!(status, 403, "{who} {path}");
        }
    }
    assert_eq!(value(&app, count).await, before);
    // It is still read, and offers nothing that would be refused.
    for who in ["lead", "chair", "other", "adviser", "guest"] {
        let page = app.sign_in(who).await.get(&late).await.expect(200);
        assert!(page.all("main form").is_empty(), "{who} finds a form");
        assert!(page.all(".acts a, nav[aria-labelledby=h-waits]").is_empty(), "{who} is asked for something");
    }
}
