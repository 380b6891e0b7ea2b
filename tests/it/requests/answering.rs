//! Answers, and what the asker does about them.

use super::{asked, events, moves, send, state, value};
use crate::support::{TestApp, statements};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn accepted_with_a_new_task() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let mut other = app.sign_in("other").await;
    send(&mut other, &path, "accept", &[("task", "")]).await.expect(303);
    assert_eq!(state(&app).await, "accepted f 2026-11-27 2");
    assert_eq!(
        (moves(&app).await, events(&app).await),
        ("asked accepted".into(), "request.asked request.accepted".into())
    );
    let task = "select concat_ws(' | ', tasks.title, parts.code, people.name, tasks.due_on, tasks.description)
                from tasks join parts on parts.id = part_id join people on people.id = assignee_id";
    assert_eq!(
        value(&app, task).await,
        "Price book for the launch | SAL | other | 2026-11-27 | With the *discount* limits."
    );
    let page =
        other.get(&path).await.expect(200).says("Promised for Fri 27 Nov").says("GEO-1 Price book for the launch");
    page.says("due in 9 days");
    // The promise is seen from the task, too.
    let page = app.sign_in("viewer").await.get("/p/GEO/tasks/1").await.expect(200);
    page.says("R-1 Price book for the launch").says("Promised to Marketing for Fri 27 Nov");
    // Done in time, it is kept.
    other.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(303);
    let page = other.get(&path).await.expect(200).says("Kept").says("done on Wed 18 Nov");
    assert!(!page.text().contains("Slipped"));
}

#[tokio::test]
async fn accepted_with_a_task_it_has() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "SAL", "Price book", None, "2026-12-15").await;
    app.task(geo, "MKT", "Landing page", None, "2026-12-15").await;
    let path = asked(&app, geo).await;
    let mut other = app.sign_in("other").await;
    let page = other.get(&path).await.expect(200);
    assert_eq!(page.all("#accept_task option"), ["A new task: Price book for the launch", "GEO-1 Price book"]);
    for wrong in ["2", "77", "x"] {
        let page = send(&mut other, &path, "accept", &[("task", wrong)]).await.expect(422);
        let page = page.says("Choose an open task of your department");
        assert!(page.attribute(".errors a[href='#accept_task']", "href").is_some());
    }
    send(&mut other, &path, "accept", &[("task", "1")]).await.expect(303);
    assert_eq!(value(&app, "select due_on::text from tasks where number = 1").await, "2026-11-27");
    assert_eq!(value(&app, "select count(*)::text from tasks").await, "2");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'task.moved'").await, "1");
    other.get(&path).await.expect(200).says("GEO-1 Price book");
}

#[tokio::test]
async fn another_date_is_agreed_to() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let mut other = app.sign_in("other").await;
    for (day, why, says) in [
        ("2026-12-04", "", "Say why, in a sentence"),
        ("2026-11-27", "x", "other than the one that stands"),
        ("2026-11-17", "x", "today or a later date"),
        ("soon", "x", "Choose a date"),
    ] {
        let page = send(&mut other, &path, "counter", &[("day", day), ("why", why)]).await.expect(422).says(says);
        assert_eq!(page.attribute("#offered_on", "value").as_deref(), Some(day), "kept");
        assert!(page.attribute("details[open] #offered_on", "id").is_some(), "open");
    }
    let page = send(&mut other, &path, "counter", &[("day", "2026-12-04"), ("why", "The fair comes first.")]).await;
    page.expect(303);
    assert_eq!(state(&app).await, "countered f 2");
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(&path).await.expect(200).says("Another date offered").says("The fair comes first.");
    let page = page.says("Sales offers 4 Dec 2026 instead").says("Marketing owes an answer").says("Agree to Fri 4 Dec");
    assert!(page.text().contains("Insist on Fri 27 Nov"));
    send(&mut liaison, &path, "agree", &[]).await.expect(303);
    assert_eq!(state(&app).await, "accepted f 2026-12-04 3");
    let task = "select concat_ws(' ', parts.code, people.name, tasks.due_on) from tasks
                join parts on parts.id = part_id join people on people.id = assignee_id";
    assert_eq!(value(&app, task).await, "SAL other 2026-12-04");
    assert_eq!(events(&app).await, "request.asked request.countered request.agreed");
}

#[tokio::test]
async fn an_offered_task_that_is_no_longer_open_and_theirs_is_left_alone() {
    for (meanwhile, tasks) in [
        ("update tasks set title = title", "1 SAL todo 2026-12-10"),
        (
            "update tasks set part_id = p.id from parts p where p.project_id = tasks.project_id and p.code = 'RND'",
            "1 RND todo 2026-12-15, 2 SAL todo 2026-12-10",
        ),
        ("update tasks set status = 'dropped'", "1 SAL dropped 2026-12-15, 2 SAL todo 2026-12-10"),
        ("update tasks set status = 'done', done_at = now()", "1 SAL done 2026-12-15, 2 SAL todo 2026-12-10"),
    ] {
        let (app, geo) = TestApp::with_project().await;
        app.task(geo, "SAL", "Price book", None, "2026-12-15").await;
        let path = asked(&app, geo).await;
        let offer = [("day", "2026-12-10"), ("why", "The fair."), ("task", "1")];
        send(&mut app.sign_in("other").await, &path, "counter", &offer).await.expect(303);
        sqlx::query(meanwhile).execute(&mut app.sql().await).await.unwrap();
        let mut liaison = app.sign_in("liaison").await;
        send(&mut liaison, &path, "agree", &[]).await.expect(303);
        assert_eq!(state(&app).await, "accepted f 2026-12-10 3", "{meanwhile}");
        let found =
            "select string_agg(concat_ws(' ', tasks.number, parts.code, status, due_on), ', ' order by tasks.number)
                     from tasks join parts on parts.id = part_id";
        assert_eq!(value(&app, found).await, tasks, "{meanwhile}");
        let promised =
            "select count(*)::text from requests join tasks on tasks.id = promised_task_id and tasks.status = 'todo'
                        join parts on parts.id = tasks.part_id and parts.code = 'SAL'";
        assert_eq!(value(&app, promised).await, "1", "{meanwhile}");
    }
}

#[tokio::test]
async fn declined_insisted_on_and_declined_again_offers_the_escalation() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", None, "2026-11-30").await;
    let path = asked(&app, geo).await;
    sqlx::query("update requests set task_id = (select id from tasks where number = 1)")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    send(&mut other, &path, "decline", &[("why", "")]).await.expect(422).says("Say why, in a sentence");
    send(&mut other, &path, "decline", &[("why", "Nobody is free.")]).await.expect(303);
    assert_eq!(state(&app).await, "declined f 2");
    let page = liaison.get(&path).await.expect(200).says("Declined").says("Nobody is free.");
    assert!(!page.text().contains("Raise escalation"), "not after the first");
    assert_eq!(liaison.get(&format!("{path}/escalate")).await.expect(303).location(), path);
    send(&mut liaison, &path, "insist", &[("why", "")]).await.expect(422);
    send(&mut liaison, &path, "insist", &[("why", "Launch hangs on it.")]).await.expect(303);
    assert_eq!(state(&app).await, "asked t 3");
    send(&mut other, &path, "decline", &[("why", "Still nobody.")]).await.expect(303);
    liaison.get("/").await.expect(200).says("They did not agree twice: escalate it").says("Price book for the launch");
    assert!(!other.get("/").await.expect(200).text().contains("Price book"), "the other side has answered");
    let page = liaison.get(&path).await.expect(200).says("It was refused twice. The escalation is ready");
    assert!(!page.text().contains("Insist on"), "the asker insists once");
    assert_eq!(page.all("#next .pf a"), ["Raise escalation"], "there is something under the heading");
    let insisted = "select string_agg(coalesce(after ->> 'insisted', '-'), ' ' order by id) from events where kind = 'request.declined'";
    assert_eq!(value(&app, insisted).await, "- true", "what is left to do follows from it");
    let page = liaison.get(&format!("{path}/escalate")).await.expect(200);
    let question = "Can Sales deliver “Price book for the launch” by 27 Nov 2026?";
    assert_eq!(page.attribute("#question", "value").as_deref(), Some(question));
    assert_eq!(page.all("#position"), ["Launch hangs on it."]);
    assert_eq!(page.attribute("#kind option[selected]", "value").as_deref(), Some("resource_shortage"));
    assert_eq!(page.all("#from option[selected]"), ["Marketing"]);
    assert_eq!(page.all("#to option[selected]"), ["Sales"]);
    assert_eq!(page.all("#to option").len(), 3, "no other side can be chosen");
    let thread = page.all("#evidence_body").concat();
    for line in ["Marketing asks Sales for it", "Nobody is free.", "insists on", "Still nobody."] {
        assert!(thread.contains(line), "{line}: {thread}");
    }
    // As it stands, it is raised.
    let value_of = |name: &str| {
        let typed = page.attribute(&format!("#raise input[name={name}]"), "value");
        typed.or_else(|| page.attribute(&format!("#{name} option[selected]"), "value")).unwrap_or_default()
    };
    let area = |name: &str| page.all(&format!("#{name}")).concat();
    let mut fields: Vec<(&str, String)> =
        ["id", "evidence_id", "task", "from", "to", "kind", "question", "evidence_label", "evidence_task"]
            .map(|name| (name, value_of(name)))
            .into();
    fields.extend(["background", "position", "evidence_body"].map(|name| (name, area(name))));
    fields.push(("act", "raise".to_owned()));
    // A task is evidence, too.
    fields.retain(|(name, _)| *name != "evidence_task");
    fields.push(("evidence_task", "GEO-1".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = liaison.submit(&format!("{path}/escalate"), &fields).await.expect(200);
    page.says(question).says("With the liaisons").says("GEO-1 Pricing page").says("Still nobody.");
    let labels = "select string_agg(concat_ws(': ', kind, label), ', ' order by kind) from evidence";
    assert_eq!(value(&app, labels).await, "task: Pricing page, text: Request R-1: the thread");
    assert_eq!(state(&app).await, "escalated t 5");
    assert_eq!(moves(&app).await, "asked declined insisted declined escalated");
    let page = other.get(&path).await.expect(200).says("Escalated").says("E-1");
    assert_eq!(page.attribute("#request .note a", "href").as_deref(), Some("/p/GEO/escalations/1"));
    // The same form again, or the page of it, leads to what it became.
    let again = liaison.post(&format!("{path}/escalate"), &fields).await.expect(303);
    assert_eq!(again.location(), "/p/GEO/escalations/1");
    assert_eq!(value(&app, "select category from escalations").await, "resources");
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "1");
}

#[tokio::test]
async fn nobody_insists_on_a_day_that_has_passed_and_there_is_a_way_on() {
    let (app, geo) = TestApp::with_project().await;
    let (declined, path) = (asked(&app, geo).await, asked(&app, geo).await);
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    send(&mut other, &path, "counter", &[("day", "2026-12-04"), ("why", "The fair.")]).await.expect(303);
    app.state.clock.set("2026-11-27T02:00:00Z".parse().unwrap());
    let today = liaison.get(&path).await.expect(200);
    assert!(
        today.attribute(&format!("form[action='{path}/insist']"), "method").is_some(),
        "it still can be done today"
    );
    app.state.clock.set("2026-11-28T02:00:00Z".parse().unwrap());
    let page = liaison.get(&path).await.expect(200).says("Agree to the date on offer, or withdraw this request");
    assert!(page.all(&format!("form[action='{path}/insist']")).is_empty(), "not offered");
    let page = send(&mut liaison, &path, "insist", &[("why", "Launch hangs on it.")]).await;
    assert_eq!(page.status, 409, "another version");
    let fields = [("step", "0197a000-0000-7000-8000-000000000001"), ("version", "2"), ("why", "Launch hangs on it.")];
    let page = liaison.post(&format!("{path}/insist"), &fields).await.expect(422);
    let page = page.says("Fri 27 Nov, has passed: you cannot insist on it any more");
    page.says("What you wrote: Launch hangs on it.");
    assert_eq!(state(&app).await, "countered f 2");
    // Declined, there is nothing to withdraw: it is asked for anew, with what stands filled in, or raised.
    let path = declined;
    send(&mut other, &path, "decline", &[("why", "Nobody is free.")]).await.expect(303);
    let page = liaison.get(&path).await.expect(200).says("Ask again for another day");
    let links = ["requests/new", "escalations/new"]
        .map(|to| page.attribute(&format!("#passed a[href^='/p/GEO/{to}?']"), "href").unwrap());
    let anew = liaison.get(&links[0]).await.expect(200);
    assert_eq!(anew.attribute("#title", "value").as_deref(), Some("Price book for the launch"));
    assert_eq!(anew.all("#to option[selected]").len(), 1);
    let raise = liaison.get(&links[1]).await.expect(200);
    assert_eq!(
        (raise.all("#from option[selected]"), raise.all("#to option[selected]").len()),
        (vec!["Marketing".to_owned()], 1)
    );
    for who in ["other", "lead", "viewer"] {
        assert!(app.sign_in(who).await.get(&path).await.expect(200).all("#passed").is_empty(), "{who}");
    }
    let page = liaison.chinese().get(&path).await.expect(200);
    page.says("不能再坚持。可以换一个日期重新请求。如果仍谈不拢，可以上报。");
}

#[tokio::test]
async fn withdrawn_while_an_answer_is_owed() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let mut liaison = app.sign_in("liaison").await;
    send(&mut liaison, &path, "withdraw", &[("why", "We found one.")]).await.expect(303);
    assert_eq!(state(&app).await, "withdrawn f 2");
    liaison.get(&path).await.expect(200).says("Withdrawn").says("We found one.");
    let path = asked(&app, geo).await;
    send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
    let page = liaison.get(&path).await.expect(200);
    assert!(!page.text().contains("Withdraw"));
    let (step, form) = (new_uuid().to_string(), format!("{path}/withdraw"));
    liaison.post(&form, &[("step", &step), ("version", "2")]).await.expect(409);
    assert_eq!(state(&app).await, "accepted f 2026-11-27 2");
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_move_and_a_stale_one_none() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    let page = other.get(&path).await.expect(200);
    let step = page.attribute(&format!("form[action='{path}/accept'] input[name=step]"), "value").unwrap();
    let fields = [("step", step.as_str()), ("version", "1"), ("task", "")];
    for _ in 0..2 {
        other.post(&format!("{path}/accept"), &fields).await.expect(303);
    }
    assert_eq!(value(&app, "select count(*)::text from tasks").await, "1");
    assert_eq!(moves(&app).await, "asked accepted");
    // The asker takes it back while the other writes an answer: nothing that was written is lost.
    let path = asked(&app, geo).await;
    let page = other.get(&path).await.expect(200);
    let step = page.attribute(&format!("form[action='{path}/decline'] input[name=step]"), "value").unwrap();
    send(&mut liaison, &path, "withdraw", &[]).await.expect(303);
    let fields = [("step", step.as_str()), ("version", "1"), ("why", "Not <before> the fair")];
    let page = other.post(&format!("{path}/decline"), &fields).await.expect(409);
    let page = page.says("Somebody changed this").says("Not <before> the fair").says("Withdrawn");
    assert!(!page.body.contains("<before>"));
    assert_eq!(moves(&app).await, "asked withdrawn");
}

#[tokio::test]
async fn only_its_own_people_move_it() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let step = new_uuid().to_string();
    let fields = [("step", step.as_str()), ("version", "77"), ("day", "2026-12-04"), ("why", "x")];
    for (who, answers, asks) in [
        ("admin", 403, 403),
        ("lead", 403, 403),
        ("liaison", 403, 409),
        ("other", 409, 403),
        ("member", 403, 403),
        ("chair", 403, 403),
        ("viewer", 403, 403),
        ("guest", 404, 404),
        ("adviser", 404, 404),
    ] {
        let mut browser = app.sign_in(who).await;
        for form in ["accept", "counter", "decline"] {
            browser.post(&format!("{path}/{form}"), &fields).await.expect(answers);
        }
        for form in ["agree", "insist", "withdraw", "redate"] {
            browser.post(&format!("{path}/{form}"), &fields).await.expect(asks);
        }
        let expected = if asks == 409 { 303 } else { asks };
        browser.get(&format!("{path}/escalate")).await.expect(expected);
    }
    assert_eq!(state(&app).await, "asked f 1");
}

#[tokio::test]
async fn the_page_costs_four_statements_however_long_the_thread() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    let (page, first) = statements::count(liaison.get(&path)).await;
    page.expect(200);
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    send(&mut liaison, &path, "insist", &[("why", "Yes.")]).await.expect(303);
    send(&mut other, &path, "accept", &[]).await.expect(303);
    let (page, last) = statements::count(liaison.get(&path)).await;
    page.expect(200).says("Promised");
    assert_eq!((first, last), (4, 4));
}
