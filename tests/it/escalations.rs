//! Escalations: raised, heard, prepared, voted on; who sees and does what.

mod ballots;
mod offers;
mod preparing;

pub use crate::support::disputes::*;
use crate::support::{Client, TestApp, statements};
use sqlx::{Connection, Executor};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

#[tokio::test]
async fn raised_on_one_page_with_a_clock_and_a_trail() {
    let (app, geo) = TestApp::with_project().await;
    let mut other = app.sign_in("other").await;
    let page = other.get("/p/GEO/escalations/new").await.expect(200);
    let mine = part(&app, geo, "SAL").await;
    assert_eq!(
        page.attribute("#from option[selected]", "value").as_deref(),
        Some(mine.as_str()),
        "mine is preselected"
    );
    let path = raised(&app, geo).await;
    assert_eq!(path, "/p/GEO/escalations/1");
    let page = other.get(&path).await.expect(200);
    let page =
        page.says("What should the Team plan cost at launch?").says("With the liaisons").says("2 working days left");
    let page = page.says("Seven of eleven lost pilots named price.").says("This department has no liaison");
    assert_eq!(
        page.all("section[aria-labelledby=h-log] .spine li").len(),
        5,
        "raised, position, evidence, two options"
    );
    assert_eq!(page.all("article.opt").len(), 2);
    assert_eq!(page.attribute("#evidence a", "href").as_deref(), Some("https://notes.example/pilots"));
    assert!(page.body.contains("only-print"), "a line for paper");
    other.get("/p/GEO/escalations").await.expect(200).says("E-1 What should").says("2 working days left");
}

#[tokio::test]
async fn the_form_says_every_mistake_and_keeps_what_was_typed() {
    let (app, geo) = TestApp::with_project().await;
    let mut member = app.sign_in("member").await;
    let page = member
        .post("/p/GEO/escalations/new", &[("act", "raise"), ("question", "Why"), ("background", "<b>kept</b>")])
        .await;
    let page = page.expect(422).says("Choose a department").says("Choose a kind").says("Write the question");
    assert!(page.body.contains("&#60;b&#62;kept"), "escaped and kept");
    assert!(page.attribute(".errors a[href='#evidence_label']", "href").is_some());
    // The kinds follow the two departments, without saving anything.
    let (mkt, sal) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let page =
        member.post("/p/GEO/escalations/new", &[("act", "kinds"), ("from", &mkt), ("to", &sal)]).await.expect(200);
    assert!(page.body.contains("value=\"lead_quality\"") && !page.body.contains("value=\"requirement_churn\""));
    // Not in the name of another department.
    let fields = [
        ("act", "raise"),
        ("from", sal.as_str()),
        ("to", &mkt),
        ("kind", "lead_quality"),
        ("question", "Who follows up?"),
    ];
    member.post("/p/GEO/escalations/new", &fields).await.expect(422).says("for your own department only");
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "0");
}

#[tokio::test]
async fn twenty_at_once_raise_one() {
    let (app, geo) = TestApp::with_project().await;
    let (from, to) = (part(&app, geo, "SAL").await, part(&app, geo, "PM").await);
    let (id, evidence) = (new_uuid().to_string(), new_uuid().to_string());
    let client = app.sign_in("other").await;
    let send = |mut client: Client| {
        let (id, evidence, from, to) = (id.clone(), evidence.clone(), from.clone(), to.clone());
        async move {
            let fields = [
                ("act", "raise"),
                ("id", id.as_str()),
                ("evidence_id", &evidence),
                ("from", &from),
                ("to", &to),
                ("kind", "discounting"),
                ("question", "May we sell below price?"),
                ("position", "We must."),
                ("evidence_body", "Two deals wait."),
            ];
            client.post("/p/GEO/escalations/new", &fields).await.expect(303).location().to_owned()
        }
    };
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..20 {
        set.spawn(send(client.clone()));
    }
    while let Some(path) = set.join_next().await {
        assert_eq!(path.unwrap(), "/p/GEO/escalations/1");
    }
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "1");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'escalation.raised'").await, "1");
    assert_eq!(value(&app, "select next_escalation_number::text from projects where key = 'GEO'").await, "2");
}

#[tokio::test]
async fn a_task_is_evidence_and_what_it_is_about() {
    let (app, geo) = TestApp::with_project().await;
    let number = app.task(geo, "PM", "Price <book>", None, "2026-11-20").await;
    let mut other = app.sign_in("other").await;
    let page = other.get(&format!("/p/GEO/escalations/new?task={number}")).await.expect(200);
    assert_eq!(page.attribute("#evidence_task", "value"), Some(format!("GEO-{number}")));
    let (from, to) = (part(&app, geo, "SAL").await, part(&app, geo, "PM").await);
    let mut fields = vec![("from", from.as_str()), ("to", &to), ("kind", "other"), ("question", "Who writes it?")];
    let (id, evidence, task) = (new_uuid().to_string(), new_uuid().to_string(), number.to_string());
    fields.extend([
        ("act", "raise"),
        ("id", id.as_str()),
        ("evidence_id", &evidence),
        ("task", &task),
        ("position", "Not us."),
    ]);
    let wrong = [fields.clone(), vec![("evidence_task", "GEO-4711")]].concat();
    other.post("/p/GEO/escalations/new", &wrong).await.expect(422).says("number of a task of this project");
    let right = [fields, vec![("evidence_task", "GEO-1")]].concat();
    let page = other.submit("/p/GEO/escalations/new", &right).await.expect(200).says("GEO-1 Price <book>");
    assert!(!page.body.contains("<book>"), "escaped");
    assert_eq!(value(&app, "select state from task_escalations").await, "with_liaisons");
}

#[tokio::test]
async fn who_sees_an_escalation() {
    let (app, geo) = TestApp::with_project().await;
    let early = raised(&app, geo).await;
    for (who, expected) in [
        ("lead", 200),
        ("liaison", 200),
        ("other", 200),
        ("member", 200),
        ("committee", 200),
        ("chair", 200),
        ("viewer", 200),
        ("colleague", 200),
        ("admin", 200),
        ("adviser", 404),
        ("guest", 404),
    ] {
        app.sign_in(who).await.get(&early).await.expect(expected);
    }
    let late = before_committee(&app, geo).await;
    app.sign_in("adviser").await.get(&late).await.expect(200).says("Your view");
    app.sign_in("guest").await.get(&late).await.expect(404);
    Client::new(&app).get(&late).await.expect(303);
    // In a project of seats only, colleagues without one see nothing.
    sqlx::query("update projects set visibility = 'seats'").execute(&mut app.sql().await).await.unwrap();
    app.sign_in("colleague").await.get(&late).await.expect(404);
    app.sign_in("viewer").await.get(&late).await.expect(200);
    app.sign_in("viewer").await.get("/p/GEO/escalations/99").await.expect(404);
}

#[tokio::test]
async fn guests_see_the_question_and_nothing_else() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let guest = app.id_of("guest").await.to_string();
    app.sign_in("other").await.post(&format!("{path}/invite"), &[("person", &guest)]).await.expect(403);
    let mut lead = app.sign_in("lead").await;
    lead.get(&format!("{path}/invite?q=gue")).await.expect(200).says("guest");
    lead.submit(&format!("{path}/invite"), &[("person", &guest)]).await.says("guest has been asked for advice");
    let a = option(&app, "A").await;
    app.sign_in("chair")
        .await
        .post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Cheaper wins")])
        .await
        .expect(303);
    let mut guest = app.sign_in("guest").await;
    let page = guest.get(&path).await.expect(200).says("What should the Team plan cost at launch?").says("Your view");
    let text = page.text();
    for hidden in ["GEO Monitor", "lead passed", "Cheaper wins", "Trail", "1 of 2"] {
        assert!(!text.contains(hidden), "a guest reads {hidden:?}: {text}");
    }
    assert!(page.all("nav.tabs").is_empty() && !page.body.contains("href=\"/p/GEO/work\""));
    assert!(!page.body.contains("GEO Monitor"), "the project's name");
    guest.get("/p/GEO").await.expect(404);
    guest.get("/p/GEO/escalations").await.expect(404);
    guest.post(&format!("{path}/ballot"), &[("vote", &a)]).await.expect(422).says("Say why you do not follow");
    guest
        .submit(&format!("{path}/ballot"), &[("vote", &a), ("reason", "We track 320 prompts")])
        .await
        .says("Your view is with the committee");
    guest
        .submit(&format!("{path}/comment"), &[("comment", "Will it stay?"), ("comment_id", &new_uuid().to_string())])
        .await
        .says("Will it stay?");
    let page = app.sign_in("committee").await.get(&path).await.expect(200);
    assert!(page.all("section.advice li").iter().any(|line| line.contains("guest") && line.contains("We track 320")));
    assert!(page.all("section#votes .ph").iter().any(|line| line.contains("1 of 2")), "advice is not counted");
}

#[tokio::test]
async fn rights_of_every_action() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let sal = part(&app, geo, "SAL").await;
    let everybody = ["lead", "liaison", "other", "member", "committee", "chair", "viewer", "colleague", "admin"];
    let (nobody, long) = (Uuid::nil().to_string(), "x".repeat(501));
    type Action<'a> = (&'static str, Vec<(&'static str, &'a str)>, &'static [&'static str]);
    // With fields that are refused, so that each can be tried by everybody; who has no right hears so first.
    let actions: Vec<Action<'_>> = vec![
        ("position", vec![("side", &sal), ("statement", "")], &["other"]),
        ("evidence", vec![], &["lead", "other"]),
        ("comment", vec![], &["lead", "liaison", "other", "member", "committee", "chair"]),
        ("options", vec![("summary-C", "x"), ("version", "1")], &["lead", "other"]),
        ("criteria", vec![("own1", &long), ("version", "1")], &["lead", "other"]),
        ("pass", vec![("from", "liaisons"), ("note", &long)], &["lead", "other"]),
        ("propose", vec![], &["other"]),
        ("recommend", vec![("recommended", &nobody)], &["lead"]),
        ("settle", vec![], &["lead"]),
        ("withdraw", vec![], &["other"]),
        ("ballot", vec![], &["committee", "chair"]),
        ("invite", vec![("person", &nobody)], &["lead", "chair"]),
    ];
    for (action, fields, may) in &actions {
        for who in everybody {
            let status = app.sign_in(who).await.post(&format!("{path}/{action}"), fields).await.status.as_u16();
            assert_eq!(status, if may.contains(&who) { 422 } else { 403 }, "{who} {action}");
        }
        for who in ["adviser", "guest"] {
            app.sign_in(who).await.post(&format!("{path}/{action}"), fields).await.expect(404);
        }
    }
    for who in ["viewer", "colleague", "admin", "liaison", "committee", "chair", "member"] {
        app.sign_in(who).await.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(403);
    }
}

#[tokio::test]
async fn the_committee_gets_it_when_nothing_is_missing() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    lead.post(&format!("{path}/pass"), &[("from", "lead")]).await.expect(409);
    lead.submit(&format!("{path}/pass"), &[("from", "liaisons"), ("note", "I take it")])
        .await
        .says("With the GTM lead");
    let page = lead.post(&format!("{path}/pass"), &[("from", "lead")]).await.expect(422);
    page.says("At least one criterion to compare on").says("cannot compare the options yet");
    prepared(&app, &path).await;
    lead.submit(&format!("{path}/pass"), &[("from", "lead")])
        .await
        .says("With the committee")
        .says("5 working days left");
    app.sign_in("other").await.post(&format!("{path}/options"), &[("version", "9")]).await.expect(409);
    assert_eq!(
        value(&app, "select string_agg(step, ',' order by entered_at, due_at) from escalation_steps").await,
        "liaisons,lead,committee"
    );
}

#[tokio::test]
async fn both_liaisons_settle_it() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let mut other = app.sign_in("other").await;
    other
        .submit(&format!("{path}/propose"), &[("settlement", "Score of **60** and up.")])
        .await
        .says("Settlement on offer");
    let version = version(&app).await;
    other.post(&format!("{path}/confirm"), &[("version", &version)]).await.expect(403);
    let mut liaison = app.sign_in("liaison").await;
    liaison.post(&format!("{path}/confirm"), &[("version", "1")]).await.expect(409);
    liaison
        .submit(&format!("{path}/confirm"), &[("version", &version)])
        .await
        .says("Settled on")
        .says("Score of 60 and up.");
    other.post(&format!("{path}/propose"), &[("settlement", "Again")]).await.expect(409);
    assert_eq!(
        value(&app, "select kind from events where subject_label = 'E-1' order by id desc limit 1").await,
        "escalation.settled"
    );
}

#[tokio::test]
async fn a_case_may_start_with_the_lead_who_settles_it_or_the_raiser_withdraws() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised_as(&app, geo, "launch_too_late", ("SAL", "PM"), "other").await;
    let mut lead = app.sign_in("lead").await;
    lead.get(&path).await.expect(200).says("With the GTM lead").says("Cases of this kind start with the lead");
    lead.post(&format!("{path}/settle"), &[("outcome", " ")]).await.expect(422).says("Write what is settled");
    lead.submit(&format!("{path}/settle"), &[("outcome", "12 January stands.")]).await.says("12 January stands.");
    let path = raised(&app, geo).await;
    app.sign_in("other")
        .await
        .submit(&format!("{path}/withdraw"), &[("why", "Answered by phone")])
        .await
        .says("Answered by phone");
    lead.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(409);
}

#[tokio::test]
async fn positions_keep_their_versions() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let mkt = part(&app, geo, "MKT").await;
    let mut liaison = app.sign_in("liaison").await;
    liaison.get(&path).await.says("liaison still has to write a position");
    let fields = |statement, version| [("side", mkt.as_str()), ("statement", statement), ("version", version)];
    let script = "**We** want it <script>alert(1)</script>";
    let page = liaison.submit(&format!("{path}/position"), &fields(script, "0")).await.says("We want it");
    assert!(!page.body.contains("<script>alert"));
    let page = liaison.post(&format!("{path}/position"), &fields("From an old page", "0")).await.expect(409);
    page.says("From an old page").says("We want it").says("Somebody changed this while you were writing");
    liaison.submit(&format!("{path}/position"), &fields("Newer", "1")).await.says("Newer");
    assert_eq!(value(&app, "select version::text from positions where statement = 'Newer'").await, "2");
}

#[tokio::test]
async fn pages_cost_a_fixed_number_of_statements() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    let cost = async |client: &mut Client, path: &str| {
        let (answer, count) = statements::count(client.get(path)).await;
        answer.expect(200);
        count
    };
    // Session, project, dossier, calendar, trail.
    assert_eq!(cost(&mut lead, &path).await, 5);
    assert_eq!(cost(&mut lead, "/p/GEO/escalations").await, 4);
    assert_eq!(cost(&mut lead, "/p/GEO/escalations/new").await, 2);
    assert_eq!(cost(&mut lead, &format!("{path}/invite")).await, 4);
    let _second = raised(&app, geo).await;
    for index in 0..5 {
        let body = format!("Comment {index}");
        lead.post(&format!("{path}/comment"), &[("comment", &body), ("comment_id", &new_uuid().to_string())])
            .await
            .expect(303);
    }
    assert_eq!(cost(&mut lead, &path).await, 5);
    assert_eq!(cost(&mut lead, "/p/GEO/escalations").await, 4);
}

#[tokio::test]
async fn in_chinese_and_filtered() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut lead = app.sign_in("lead").await.chinese();
    lead.get(&path).await.expect(200).says("委员会审议中").says("负责人建议").says("还剩 5 个工作日").says("上报时限");
    lead.get("/p/GEO/escalations/new").await.expect(200).says("发起上报");
    lead.get(&format!("{path}/invite")).await.expect(200).says("邀请顾问");
    for (filter, found) in [
        ("state=open", true),
        ("state=with_committee", true),
        ("state=closed", false),
        ("kind=price_too_high", true),
        ("kind=other", false),
        ("state=nonsense", true),
    ] {
        let page = lead.get(&format!("/p/GEO/escalations?{filter}")).await.expect(200);
        assert_eq!(page.text().contains("E-1"), found, "{filter}");
    }
    let (pm, mkt) = (part(&app, geo, "PM").await, part(&app, geo, "MKT").await);
    assert!(lead.get(&format!("/p/GEO/escalations?department={pm}")).await.text().contains("E-1"));
    assert!(!lead.get(&format!("/p/GEO/escalations?department={mkt}")).await.text().contains("E-1"));
}
