//! Questions to the raiser, and the clock that stands meanwhile.

use super::*;

async fn ask(app: &TestApp, path: &str, who: &str) -> crate::support::Answer {
    let id = new_uuid().to_string();
    let fields = [("question_id", id.as_str()), ("raiser_question", "Which **pilots** did you ask?")];
    app.sign_in(who).await.post(&format!("{path}/ask-raiser"), &fields).await
}

async fn open(app: &TestApp) -> String {
    value(app, "select id::text from escalation_questions where ended_at is null").await
}

#[tokio::test]
async fn the_clock_stands_until_the_raiser_answers() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    app.at("2026-11-18T12:00").await;
    ask(&app, &path, "lead").await.expect(303);
    assert_eq!(app.at("2026-11-30T12:00").await, 0, "it stands");
    let page = app.sign_in("other").await.get(&path).await.expect(200);
    let page =
        page.says("lead is waiting for an answer from other").says("1 working day left").says("The clock stands since");
    assert!(page.body.contains("<strong>pilots</strong>"));
    app.sign_in("other").await.get("/").await.expect(200).says("Answer the question");
    // A second question has to wait; the same form sent twice has been heard.
    ask(&app, &path, "lead").await.expect(409);
    let id = open(&app).await;
    let fields = [("question_id", id.as_str()), ("raiser_answer", "")];
    app.sign_in("other").await.post(&format!("{path}/answer"), &fields).await.expect(422).says("Write an answer first");
    let fields = [("question_id", id.as_str()), ("raiser_answer", "All eleven.")];
    app.sign_in("other").await.post(&format!("{path}/answer"), &fields).await.expect(303);
    app.sign_in("other").await.post(&format!("{path}/answer"), &fields).await.expect(409);
    // Wednesday 12:00 to Monday the 30th 12:00: eight working days stood; 14 hours are left.
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 12-02 10:00"]);
    let page = app.sign_in("lead").await.get(&path).await.expect(200);
    page.says("Questions to the raiser").says("All eleven.").says("1 working day left");
    assert_eq!(app.at("2026-12-02T10:00").await, 2);
    assert_eq!(app.steps().await[1], "lead 12-02 10:00 due 12-04 10:00");
}

#[tokio::test]
async fn a_question_can_be_taken_back_and_ends_with_the_case() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    ask(&app, &path, "chair").await.expect(303);
    let id = open(&app).await;
    let fields = [("question_id", id.as_str())];
    app.sign_in("committee").await.post(&format!("{path}/take-question-back"), &fields).await.expect(403);
    app.sign_in("chair").await.post(&format!("{path}/take-question-back"), &fields).await.expect(303);
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-20 10:00"]);
    ask(&app, &path, "lead").await.expect(303);
    app.sign_in("other").await.post(&format!("{path}/withdraw"), &[("why", "Solved.")]).await.expect(303);
    assert_eq!(open(&app).await, "");
    ask(&app, &path, "lead").await.expect(409);
}

#[tokio::test]
async fn the_clock_keeps_standing_when_somebody_passes_the_case_on() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    ask(&app, &path, "lead").await.expect(303);
    app.sign_in("other").await.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    assert_eq!(app.at("2026-12-18T10:00").await, 0);
    let fields = [("question_id", open(&app).await), ("raiser_answer", "All.".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.sign_in("other").await.post(&format!("{path}/answer"), &fields).await.expect(303);
    assert_eq!(app.steps().await[1], "lead 11-18 10:00 due 12-22 10:00");
}

#[tokio::test]
async fn a_step_that_was_over_is_passed_on_before_the_clock_stands() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    // Nobody looked since it ended on Friday at 10:00.
    app.state.clock.set("2026-11-20T04:00:00Z".parse().unwrap());
    ask(&app, &path, "lead").await.expect(303);
    assert_eq!(app.ticks().await, ["E-1 with_lead"]);
    assert_eq!(value(&app, "select state from escalations").await, "with_lead");
    // The raising side asks nobody but itself; others have no voice here.
    for (person, status) in [("other", 403), ("member", 403), ("viewer", 403), ("guest", 404), ("stranger", 403)] {
        assert_eq!(ask(&app, &path, person).await.status, status, "{person}");
    }
}
