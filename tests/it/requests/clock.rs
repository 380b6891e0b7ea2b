//! What happens to a request by itself.

use super::{asked, by_themselves, ended::raise, events, moves, send, state, value};
use crate::support::TestApp;
use tutti::{
    platform::ids::{ProjectId, RequestId},
    requests::clock::{due, recalculate, run, run_due},
};

/// Runs the clock for every request that is due; how many it escalated.
async fn tick(app: &TestApp) -> usize {
    let found: Vec<(ProjectId, RequestId)> = due(&mut app.sql().await, app.state.clock.now()).await.unwrap();
    let mut done = 0;
    for (project, request) in found {
        done += usize::from(run(&app.state, project, request).await.unwrap());
    }
    done
}

#[tokio::test]
async fn silence_past_the_answer_time_offers_the_escalation_and_does_nothing_by_itself() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let mut liaison = app.sign_in("liaison").await;
    app.state.clock.set("2026-11-20T01:59:00Z".parse().unwrap());
    assert!(!liaison.get(&path).await.expect(200).text().contains("The escalation is ready"));
    app.state.clock.set("2026-11-20T02:00:00Z".parse().unwrap());
    liaison.get(&path).await.expect(200).says("The escalation is ready");
    liaison.get(&format!("{path}/escalate")).await.expect(200).says("Raise escalation");
    assert_eq!(due(&mut app.sql().await, app.state.clock.now()).await.unwrap().len(), 1);
    assert_eq!(tick(&app).await, 0, "the organisation does not want it by itself");
    assert_eq!(state(&app).await, "asked f 1");
    // An answer that comes late is still an answer.
    send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
    assert_eq!(tick(&app).await, 0);
}

#[tokio::test]
async fn what_was_typed_to_escalate_it_stays_when_somebody_is_faster() {
    const TYPED: &str = "Three hundred and nothing less";
    for meanwhile in ["accepted", "escalated"] {
        let (app, geo) = TestApp::with_project().await;
        let path = asked(&app, geo).await;
        let (url, mut liaison) = (format!("{path}/escalate"), app.sign_in("liaison").await);
        app.state.clock.set("2026-11-20T02:00:00Z".parse().unwrap());
        liaison.get(&url).await.expect(200);
        if meanwhile == "accepted" {
            send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
        } else {
            raise(&mut liaison.clone(), &path).await;
        }
        let before = state(&app).await;
        let (id, evidence) =
            (tutti::platform::ids::new_uuid().to_string(), tutti::platform::ids::new_uuid().to_string());
        let fields = [
            ("id", id.as_str()),
            ("evidence_id", &evidence),
            ("act", "raise"),
            ("question", "Who pays?"),
            ("background", TYPED),
        ];
        let page = liaison.post(&url, &fields).await.expect(409);
        let kept = page.all("#typed textarea");
        for typed in [TYPED, "Who pays?"] {
            assert!(kept.iter().any(|text| text == typed), "{meanwhile}: {kept:?}");
        }
        assert_eq!(state(&app).await, before, "{meanwhile}");
        app.sign_in("other").await.post(&url, &fields).await.expect(403);
    }
}

#[tokio::test]
async fn with_the_setting_it_opens_by_itself_once() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    by_themselves(&app).await;
    assert_eq!(tick(&app).await, 0, "not before its time");
    app.state.clock.set("2026-11-20T02:00:00Z".parse().unwrap());
    let found = due(&mut app.sql().await, app.state.clock.now()).await.unwrap();
    let [(project, request)] = found[..] else { panic!("{found:?}") };
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let state = app.state.clone();
        set.spawn(async move { run(&state, project, request).await.unwrap() });
    }
    let mut opened = 0;
    while let Some(done) = set.join_next().await {
        opened += usize::from(done.unwrap());
    }
    assert_eq!(opened, 1, "however often it runs");
    assert_eq!((state(&app).await, moves(&app).await), ("escalated f 2".to_owned(), "asked escalated".to_owned()));
    assert_eq!(events(&app).await, "request.asked request.escalated");
    let by_program = "select string_agg(kind, ' ' order by id) from events where actor_id is null and subject_kind in ('request', 'escalation')";
    assert_eq!(value(&app, by_program).await, "escalation.raised position.written evidence.added request.escalated");
    let page = app.sign_in("viewer").await.get("/p/GEO/escalations/1").await.expect(200);
    let page = page.says("Can Sales deliver “Price book for the launch” by 27 Nov 2026?").says("With the liaisons");
    let page = page.says("With the discount limits.").says("Marketing asks Sales for it by 27 Nov 2026");
    // It was put together in nobody's name.
    let page = page.says("E-1, put together by Tutti on");
    assert_eq!(page.text().matches("put together by Tutti").count(), 3, "the whole, the position, the evidence");
    app.sign_in("other").await.get(&path).await.expect(200).says("It was escalated by itself").says("E-1");
}

#[tokio::test]
async fn a_second_refusal_opens_it_by_itself() {
    for answer in ["decline", "counter"] {
        let (app, geo) = TestApp::with_project().await;
        by_themselves(&app).await;
        let path = asked(&app, geo).await;
        let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
        let no = [("why", "No."), ("day", "2026-12-04")];
        send(&mut other, &path, answer, &no).await.expect(303);
        assert_eq!(tick(&app).await, 0, "{answer}: not after the first");
        send(&mut liaison, &path, "insist", &[("why", "Yes.")]).await.expect(303);
        send(&mut other, &path, answer, &no).await.expect(303);
        assert_eq!(tick(&app).await, 1, "{answer}");
        assert_eq!(tick(&app).await, 0, "{answer}: once");
    }
}

#[tokio::test]
async fn an_archived_project_rests() {
    let (app, geo) = TestApp::with_project().await;
    by_themselves(&app).await;
    asked(&app, geo).await;
    app.state.clock.set("2026-11-24T02:00:00Z".parse().unwrap());
    let found = due(&mut app.sql().await, app.state.clock.now()).await.unwrap();
    sqlx::query("update projects set state = 'archived'").execute(&mut app.sql().await).await.unwrap();
    assert_eq!(tick(&app).await, 0);
    for (project, request) in found {
        assert!(!run(&app.state, project, request).await.unwrap());
    }
    assert_eq!(state(&app).await, "asked f 1");
}

#[tokio::test]
async fn the_organisation_says_whether() {
    let app = TestApp::organisation().await;
    let mut admin = app.sign_in("admin").await;
    let page = admin.get("/admin/organisation").await.expect(200);
    assert!(page.attribute("#requests_escalate_by_themselves[checked]", "id").is_none(), "not unless somebody says so");
    let fields = [("version", "1"), ("name", "Qiming"), ("language", "en"), ("time_zone", "Asia/Shanghai")];
    let on = [fields.as_slice(), &[("requests_escalate_by_themselves", "1")]].concat();
    let page = admin.submit("/admin/organisation", &on).await.expect(200);
    assert!(page.attribute("#requests_escalate_by_themselves[checked]", "id").is_some());
    assert_eq!(value(&app, "select requests_escalate_by_themselves::text from organisations").await, "true");
    admin.get("/admin/audit").await.expect(200).says("Requests escalate by themselves");
}

#[tokio::test]
async fn a_job_waits_for_the_end_of_the_answer_time() {
    let (app, geo) = TestApp::with_project().await;
    let jobs = "select string_agg(to_char(j.run_at at time zone 'UTC', 'MM-DD HH24:MI'), ', ' order by j.id)
                from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'requests.due'";
    let path = asked(&app, geo).await;
    assert_eq!(value(&app, jobs).await, "11-20 02:00");
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    app.state.clock.set("2026-11-19T02:00:00Z".parse().unwrap());
    send(&mut liaison, &path, "insist", &[("why", "Yes.")]).await.expect(303);
    assert_eq!(value(&app, jobs).await, "11-20 02:00, 11-23 02:00", "the first refusal waits for nothing");
    by_themselves(&app).await;
    assert_eq!(run_due(&app.state).await.unwrap(), 0);
    app.state.clock.set("2026-11-23T02:00:00Z".parse().unwrap());
    assert_eq!(run_due(&app.state).await.unwrap(), 1);
    assert_eq!(run_due(&app.state).await.unwrap(), 0);
    assert_eq!(state(&app).await, "escalated t 4");
}

#[tokio::test]
async fn a_holiday_moves_the_end_of_the_answer_time_and_the_calendar_says_so() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    crate::support::disputes::raised(&app, geo).await;
    let day = [("kind", "holiday"), ("from", "2026-11-19"), ("to", ""), ("name", "Founding day")];
    let page = app.sign_in("admin").await.submit("/admin/calendar/days", &day).await.expect(200);
    let page = page.says("These run over the days you changed").says("1 escalation").says("1 request");
    assert_eq!(page.attribute("#clocks a[href$=requests]", "href").as_deref(), Some("/p/GEO/requests"));
    assert_eq!(page.attribute("#clocks a[href$=escalations]", "href").as_deref(), Some("/p/GEO/escalations"));
    for _ in 0..2 {
        recalculate(&app.state).await.unwrap();
    }
    let due = "select to_char(answer_due_at at time zone 'UTC', 'MM-DD HH24:MI') from requests";
    assert_eq!(value(&app, due).await, "11-23 02:00");
    app.sign_in("other").await.get(&path).await.expect(200).says("owes an answer until Mon 23 Nov, 10:00");
    // One look more, at the new end; and whoever had the form open can send it.
    by_themselves(&app).await;
    app.state.clock.set("2026-11-20T02:00:00Z".parse().unwrap());
    assert_eq!(run_due(&app.state).await.unwrap(), 0);
    app.state.clock.set("2026-11-23T02:00:00Z".parse().unwrap());
    assert_eq!(run_due(&app.state).await.unwrap(), 1);
    let far = [("kind", "holiday"), ("from", "2027-11-19"), ("to", ""), ("name", "Later")];
    let page = app.sign_in("admin").await.submit("/admin/calendar/days", &far).await.expect(200);
    page.says("No escalation and no request runs over the days you changed");
}

#[tokio::test]
async fn who_is_asked_has_the_whole_time_again_when_the_project_was_archived() {
    let (app, geo) = TestApp::with_project().await;
    asked(&app, geo).await;
    let due = "select to_char(answer_due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from requests";
    assert_eq!(value(&app, due).await, "11-20 10:00");
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/settings/archive", &[]).await.expect(303);
    app.state.clock.set("2026-11-25T12:00:00+08:00".parse().unwrap());
    lead.post("/p/GEO/settings/restore", &[]).await.expect(303);
    assert_eq!(value(&app, due).await, "11-27 12:00");
    // The calendar's own recalculation starts from the same moment.
    recalculate(&app.state).await.unwrap();
    assert_eq!(value(&app, due).await, "11-27 12:00");
}
