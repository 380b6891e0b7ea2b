//! Outside advisers and seed users: they see the question put to them, and nothing else anywhere.

use crate::support::{
    Client, TestApp,
    disputes::{before_committee, option, value},
};
use tutti::platform::ids::new_uuid;

/// The guest asked about the second of two questions between the same departments; the first is before the committee too.
async fn asked() -> (TestApp, String, String, Client) {
    let (app, geo) = TestApp::with_project().await;
    let first = before_committee(&app, geo).await;
    sqlx::query("update escalations set question = 'Quokka question' where number = 1")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let second = before_committee(&app, geo).await;
    let guest = app.id_of("guest").await.to_string();
    app.sign_in("lead").await.post(&format!("{second}/invite"), &[("person", &guest)]).await.expect(303);
    let a = option(&app, "A").await;
    let vote = [("vote", a.as_str()), ("reason", "Zebra margin")];
    app.sign_in("committee").await.post(&format!("{second}/ballot"), &vote).await.expect(303);
    let client = app.sign_in("guest").await;
    (app, first, second, client)
}

#[tokio::test]
async fn a_guest_reads_one_question_and_nothing_else() {
    let (app, first, second, mut guest) = asked().await;
    assert_eq!(guest.get("/").await.expect(303).location(), "/committee", "their home");
    let pages = ["/committee".to_owned(), second.clone(), format!("{second}/packs/1"), format!("{second}/markdown")];
    for page in &pages {
        let answer = guest.get(page).await.expect(200);
        for hidden in [
            "Quokka",
            "Zebra",
            "GEO Monitor",
            "Halo",
            "HAL",
            "1 of 2",
            "voted",
            "quorum",
            "Trail",
            "lead passed",
            "raised by lead",
            "committee acts",
            "/p/GEO/work",
            "/p/GEO/decisions",
            "/projects",
            "/departments",
            "/people",
        ] {
            let text = &answer.body;
            assert!(!text.contains(hidden), "{page} tells a guest {hidden:?}");
        }
    }
    let page = guest.get("/committee").await.expect(200);
    assert_eq!(page.all("section[aria-labelledby=h-waiting] li").len(), 1);
    for path in [
        first.as_str(),
        &format!("{first}/packs/1"),
        &format!("{first}/markdown"),
        "/p/GEO",
        "/p/GEO/work",
        "/p/GEO/team",
        "/p/GEO/escalations",
        "/p/GEO/decisions",
        "/p/GEO/history",
        "/p/GEO/matrix",
        "/p/GEO/settings",
        "/p/GEO/settings/committee",
        "/p/HAL",
        "/projects",
        "/people",
        "/departments",
        "/admin/people",
    ] {
        guest.get(path).await.expect(404);
    }
    // What they may not do with the one question.
    for action in ["options", "decide"] {
        guest.get(&format!("{second}/{action}")).await.expect(403);
    }
    for action in ["aside", "back", "position", "evidence", "pass", "settle", "withdraw", "invite"] {
        guest.post(&format!("{second}/{action}"), &[]).await.expect(403);
    }
    // Their view stands in its own column and counts for nothing.
    let b = option(&app, "B").await;
    guest.post(&format!("{second}/ballot"), &[("vote", &b), ("pack_version", "1")]).await.expect(303);
    let page = app.sign_in("chair").await.get(&second).await.expect(200).says("1 of 2 have voted");
    assert_eq!(page.all("section.advice li").iter().filter(|line| line.contains("guest")).count(), 1);
    let page = guest.get("/committee").await.expect(200).says("Your view: B").says("You have answered");
    assert!(!page.text().contains("Your vote"));
    // Taken back: nothing is left.
    let id = app.id_of("guest").await.to_string();
    app.sign_in("lead").await.post(&format!("{second}/uninvite"), &[("person", &id)]).await.expect(303);
    for page in &pages[1..] {
        guest.get(page).await.expect(404);
    }
    assert!(!guest.get("/committee").await.expect(200).text().contains("E-2"));
}

#[tokio::test]
async fn a_decision_tells_a_guest_what_was_decided_and_not_who_voted_how() {
    let (app, _, second, mut guest) = asked().await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let fields = crate::support::disputes::ruling(&id, &a, &lead);
    app.sign_in("chair").await.post(&format!("{second}/decide"), &fields).await.expect(303);
    for page in [second.clone(), format!("{second}/markdown"), "/committee".to_owned()] {
        let answer = guest.get(&page).await.expect(200).says("Decided");
        for hidden in ["Zebra", "1 of 2", "Quokka", "GEO Monitor", "/p/GEO/decisions"] {
            assert!(!answer.body.contains(hidden), "{page} tells a guest {hidden:?}");
        }
    }
}

#[tokio::test]
async fn a_member_made_a_guest_is_a_guest_on_the_committees_page_too() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut member = app.sign_in("committee").await;
    member.get("/committee").await.expect(200).says("E-1").says("GEO Monitor");
    sqlx::query("update people set role = 'guest' where name = 'committee'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = member.get("/committee").await.expect(200);
    assert!(!page.text().contains("E-1") && !page.text().contains("GEO Monitor"));
    member.get(&path).await.expect(404);
}

#[tokio::test]
async fn whom_one_can_ask_is_nobody_who_is_in_it_already() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let url = format!("{path}/invite");
    let mut chair = app.sign_in("chair").await;
    let page = chair.get(&url).await.expect(200);
    let names = page.all("#people li").join("|");
    for (name, is_offered) in [
        ("guest", true),
        ("stranger", true),
        ("liaison", true),
        ("lead", false),
        ("other", false),
        ("committee", false),
        ("chair", false),
        ("adviser", false),
    ] {
        assert_eq!(names.split('|').any(|line| line.contains(&format!("Ask {name}"))), is_offered, "{name} in {names}");
        if !is_offered && name != "adviser" {
            let id = app.id_of(name).await.to_string();
            chair.post(&url, &[("person", &id)]).await.expect(422);
        }
    }
    assert_eq!(value(&app, "select count(*)::text from escalation_guests").await, "0");
}
