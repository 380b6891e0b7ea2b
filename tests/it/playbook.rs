//! The playbook: shows, publishes, refuses, forbids; who reads it, is asked again, and what the gate waits for.

use crate::support::{
    Answer, Client, TestApp,
    disputes::{hidden, value},
    statements,
};
use tutti::{
    goals::strategy::Texts,
    notices,
    platform::ids::new_uuid,
    playbook::quiz::{Question, questions},
};
use uuid::Uuid;

const PAGE: &str = "/p/GEO/playbook";
const DRAFT: &str = "/p/GEO/playbook/draft";
const READ: &str = "/p/GEO/playbook/read";

pub(crate) fn texts(need: &str) -> Texts {
    Texts {
        vision: "Every brand knows what AI says about it.".to_owned(),
        strategy: "Start with brands that sell overseas.".to_owned(),
        audience: "Marketing teams of 20 to 500 people.".to_owned(),
        need: need.to_owned(),
        difference: "We track answers, not links.".to_owned(),
        worth: "3,000 business customers and an NPS of 40.".to_owned(),
    }
}

/// The strategy with this need; `seen` is the number of the one before.
pub(crate) async fn strategy(app: &TestApp, seen: &str, need: &str) {
    let (said, id) = (texts(need), new_uuid().to_string());
    let reason = if seen == "0" { "" } else { "Sales learned more" };
    let form = [
        ("id", id.as_str()),
        ("seen", seen),
        ("vision", &said.vision),
        ("strategy", &said.strategy),
        ("audience", &said.audience),
        ("need", &said.need),
        ("difference", &said.difference),
        ("worth", &said.worth),
        ("reason", reason),
    ];
    app.sign_in("lead").await.post("/p/GEO/goals/strategy/edit", &form).await.expect(303);
}

/// Sends the form of a draft that was opened before, with a note.
async fn sent(browser: &mut Client, draft: &Answer, note: &str) -> Answer {
    let mut form = hidden(draft, DRAFT);
    form.push(("note".to_owned(), note.to_owned()));
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(DRAFT, &form).await
}

pub(crate) async fn publish(app: &TestApp, note: &str) {
    let mut lead = app.sign_in("lead").await;
    let draft = lead.get(DRAFT).await.expect(200);
    assert_eq!(sent(&mut lead, &draft, note).await.expect(303).location(), PAGE);
}

/// GEO with a strategy and version 1 of the playbook.
async fn published() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    strategy(&app, "0", "They cannot see it.").await;
    publish(&app, "").await;
    (app, geo)
}

/// The choices that are right, or with the first one wrong.
pub(crate) fn answers<'a>(number: &'a str, asked: &'a [Question], is_right: bool) -> Vec<(&'a str, &'a str)> {
    let choose = |(place, question): (usize, &'a Question)| {
        let wanted = is_right || place > 0;
        let choice = question.choices.iter().find(|choice| question.is_right(&choice.mark) == wanted).unwrap();
        (question.field.as_str(), choice.mark.as_str())
    };
    asked.iter().enumerate().map(choose).chain([("number", number)]).collect()
}

async fn reads(app: &TestApp, who: &str, number: i32, need: &str) -> Answer {
    let asked = questions(number, &texts(need), &[]);
    app.sign_in(who).await.post(READ, &answers(&number.to_string(), &asked, true)).await
}

async fn readings(app: &TestApp) -> String {
    value(
        app,
        "select coalesce(string_agg(number || ' ' || parts.code, ', ' order by number, parts.code), 'none')
         from playbook_readings r join parts on parts.project_id = r.project_id and parts.id = r.part_id",
    )
    .await
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&mut app.sql().await).await.unwrap();
}

#[tokio::test]
async fn before_the_first_version_it_says_what_it_will_be_and_who_publishes_it() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get(PAGE)).await;
    assert_eq!(count, 3, "session, project, versions");
    let page = page.expect(200).says("No playbook yet");
    assert!(page.attribute(&format!(".empty a[href='{DRAFT}']"), "href").is_some());
    let page = app.sign_in("viewer").await.get(PAGE).await.expect(200).says("The GTM lead publishes it");
    assert!(page.attribute(&format!("a[href='{DRAFT}']"), "href").is_none(), "the lead's alone");
    let draft = lead.get(DRAFT).await.expect(200).says("there is none yet");
    assert!(draft.all("form[action$=draft]").is_empty(), "nothing to ask about, nothing to publish");
    let form = [("id", &*new_uuid().to_string()), ("seen", "0"), ("shown", "x"), ("note", "")];
    lead.post(DRAFT, &form).await.expect(422).says("made from the strategy");
    assert_eq!(value(&app, "select count(*)::text from playbook_versions").await, "0");
    lead.get("/p/GEO/playbook/export.md").await.expect(404);
    app.sign_in("liaison").await.get(READ).await.expect(303);
}

#[tokio::test]
async fn the_lead_publishes_what_stands_and_every_reader_finds_all_of_it() {
    let (app, _) = TestApp::with_project().await;
    strategy(&app, "0", "They cannot see it.").await;
    let mut lead = app.sign_in("lead").await;
    let (draft, count) = statements::count(lead.get(DRAFT)).await;
    assert_eq!(count, 5, "session, project, strategy, goals, plan with the newest version");
    let draft = draft.expect(200).says("Publish version 1").says("Every liaison is asked to read");
    sent(&mut lead, &draft, &"x".repeat(401)).await.expect(422);
    sent(&mut lead, &draft, "Five minutes").await.expect(303);
    // The same form again publishes nothing more.
    sent(&mut lead, &draft, "Five minutes").await.expect(303);
    let other = sent(&mut lead, &draft, "Ten minutes").await.expect(409).says("check it against what is saved now");
    other.says("What you wrote: Ten minutes");
    assert_eq!(
        value(&app, "select string_agg(number || ' ' || note, ', ') from playbook_versions").await,
        "1 Five minutes"
    );
    assert_eq!(
        value(&app, "select string_agg(kind, ', ') from events where kind like 'playbook.%'").await,
        "playbook.published"
    );
    let (page, count) = statements::count(app.sign_in("viewer").await.get(PAGE)).await;
    assert_eq!(count, 5, "session, project, versions, readers, contents");
    let page = page.expect(200).says("Version 1, published on 18 Nov 2026 by lead").says("Five minutes");
    let page = page
        .says("Every brand knows what AI says about it.")
        .says("They cannot see it.")
        .says("3,000 business customers");
    assert_eq!(page.all("section[id^=s-]").len(), 10);
    assert_eq!(page.all("nav ol.readers li").len(), 10, "a table of contents");
    let page = page.says("0 of 4 departments").says("The launch is planned for 12 Jan 2027").says("Agile team update");
    let words = page.all("#s-10 dt");
    assert!(["GTM", "OKR", "NPS"].iter().all(|word| words.contains(&(*word).to_owned())), "{words:?}");
    assert!(!words.contains(&"CAC".to_owned()), "only what occurs");
    let page = app
        .sign_in("viewer")
        .await
        .chinese()
        .get(PAGE)
        .await
        .expect(200)
        .says("4 个部门中已有 0 个阅读")
        .says("敏捷小组进展会");
    assert!(page.text().contains("净推荐值"));
    // Nothing changed, nothing to publish.
    let page = lead.get(DRAFT).await.expect(200).says("Nothing has changed since version 1");
    assert!(page.all("form[action$=draft]").is_empty());
    let form = [("id", &*new_uuid().to_string()), ("seen", "1"), ("shown", "x"), ("note", "")];
    lead.post(DRAFT, &form).await.expect(422).says("Nothing has changed");
    for who in ["liaison", "member", "committee", "viewer"] {
        app.sign_in(who).await.get(DRAFT).await.expect(403);
    }
    for path in [PAGE, "/p/GEO/playbook/export.html"] {
        app.sign_in("adviser").await.get(path).await.expect(404);
    }
    lead.get("/p/GEO/playbook?version=2").await.expect(404);
    lead.get("/p/GEO/playbook?version=x").await.expect(404);
}

#[tokio::test]
async fn a_draft_that_is_not_what_was_looked_at_is_shown_again() {
    let (app, _) = published().await;
    strategy(&app, "1", "They lose customers.").await;
    let mut lead = app.sign_in("lead").await;
    let draft = lead.get(DRAFT).await.expect(200).says("What changed since version 1");
    // A gate moves after the lead has looked.
    run(&app, "update stages set ends_on = '2027-03-12' where code = 'A2'").await;
    let page = sent(&mut lead, &draft, "My note").await.expect(409).says("Something changed since this page was drawn");
    assert_eq!(page.all("textarea[name=note]"), ["My note"], "nothing typed is lost");
    sent(&mut lead, &page, "My note").await.expect(303);
    let page = sent(&mut lead, &draft, "Late").await.expect(409).says("Version 2, published on");
    let page = page.says("What you wrote: Late");
    assert!(page.text().contains("Nothing has changed since version 2"));
    assert_eq!(value(&app, "select count(*)::text from playbook_versions").await, "2");
    let old = lead.get("/p/GEO/playbook?version=1").await.expect(200).says("This is an older version.");
    assert!(old.text().contains("They cannot see it.") && !old.text().contains("They lose customers."));
}

#[tokio::test]
async fn three_right_answers_count_once_and_wrong_ones_are_kept_nowhere() {
    let (app, _) = published().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(PAGE).await.expect(200).says("Please read version 1");
    assert!(page.attribute(&format!("a.primary[href='{READ}']"), "href").is_some());
    let (page, count) = statements::count(liaison.get(READ)).await;
    assert_eq!(count, 4, "session, project, readers, answers");
    let page = page.expect(200).says("Three questions about version 1");
    assert_eq!(page.all("fieldset").len(), 3);
    assert_eq!(page.all("fieldset input[type=radio]").len(), 9);
    let asked = questions(1, &texts("They cannot see it."), &[]);
    let page = liaison.post(READ, &[("number", "1")]).await.expect(422);
    assert_eq!(page.all(".err").len(), 3, "{}", page.text());
    let wrong = answers("1", &asked, false);
    let page = liaison.post(READ, &wrong).await.expect(422).says("Read section 2 again and try once more");
    assert_eq!(page.all(".err").len(), 1);
    assert_eq!(page.all("input[type=radio][checked]").len(), 3, "what was chosen stays");
    assert_eq!(readings(&app).await, "none");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'playbook.read'").await, "0");
    for _ in 0..2 {
        assert_eq!(liaison.post(READ, &answers("1", &asked, true)).await.expect(303).location(), PAGE);
    }
    assert_eq!(readings(&app).await, "1 MKT");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'playbook.read'").await, "1");
    let page = liaison.get(PAGE).await.expect(200).says("You have read version 1").says("1 of 4 departments");
    assert!(page.attribute(&format!("a[href='{READ}']"), "href").is_none());
    liaison.get(READ).await.expect(303);
    app.sign_in("viewer").await.get("/p/GEO/history").await.expect(200).says("liaison read Playbook version 1");
    for who in ["lead", "member", "viewer"] {
        app.sign_in(who).await.post(READ, &answers("1", &asked, true)).await.expect(403);
    }
}

#[tokio::test]
async fn a_change_that_matters_asks_everybody_again_and_says_what_changed() {
    let (app, _) = published().await;
    reads(&app, "liaison", 1, "They cannot see it.").await.expect(303);
    // A date asks nobody.
    run(&app, "update stages set ends_on = '2027-03-12' where code = 'A2'").await;
    publish(&app, "").await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(PAGE).await.expect(200).says("You have read version 1; it holds.");
    let page = page
        .says("What changed since version 1")
        .says("The gate of A2 Launch is planned for 12 Mar 2027 instead of 9 Feb 2027");
    assert!(page.attribute(&format!("a[href='{READ}']"), "href").is_none());
    // Another answer asks all.
    strategy(&app, "1", "They lose customers.").await;
    publish(&app, "").await;
    assert_eq!(
        value(&app, "select string_agg(asks_again::text, ' ' order by number) from playbook_versions").await,
        "true false true"
    );
    let page = liaison.get(PAGE).await.expect(200).says("Please read version 3").says("What changed since version 1");
    assert!(
        page.text().contains("12 Mar 2027 instead of") && page.all("ins").concat().contains("lose customers"),
        "both versions"
    );
    let page = page.says("liaison read version 1, not this one yet").says("0 of 4 departments");
    assert!(page.all("h3 .pill").contains(&"everybody reads again".to_owned()));
    let page = liaison.get(READ).await.expect(200).says("They cannot see it.");
    assert_eq!(page.all("fieldset input[type=radio]").len(), 10, "the older answer is offered too");
    // A form of the version before.
    let old = questions(2, &texts("They cannot see it."), &[]);
    liaison.post(READ, &answers("2", &old, true)).await.expect(409).says("Version 3 was published meanwhile");
    assert_eq!(readings(&app).await, "1 MKT");
    let asked = questions(3, &texts("They lose customers."), &[texts("They cannot see it.")]);
    liaison.post(READ, &answers("3", &asked, true)).await.expect(303);
    assert_eq!(readings(&app).await, "1 MKT, 3 MKT");
}

#[tokio::test]
async fn liaisons_are_told_and_my_work_and_the_overview_say_who_is_missing() {
    let (app, _) = published().await;
    notices::tell(&app.state).await.unwrap();
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get("/inbox").await.expect(200).says("lead published Playbook version 1");
    assert!(page.text().contains("Read it and answer three questions"));
    assert!(!page.all(".notice form").is_empty());
    let line = value(&app, "select notices.id::text from notices join events on events.id = notices.event_id join people on people.id = notices.person_id where events.kind = 'playbook.published' and people.name = 'liaison'").await;
    assert_eq!(liaison.post(&format!("/inbox/{line}"), &[]).await.expect(303).location(), PAGE);
    let (page, count) = statements::count(liaison.get("/")).await;
    assert!(count <= 5, "{count}");
    let page = page.expect(200).says("Read version 1 of the playbook");
    assert!(page.attribute(&format!("a[href='{PAGE}']"), "href").is_some());
    for who in ["member", "lead"] {
        assert!(
            !app.sign_in(who).await.get("/").await.expect(200).text().contains("of the playbook"),
            "{who} owes none"
        );
    }
    reads(&app, "liaison", 1, "They cannot see it.").await.expect(303);
    assert!(!liaison.get("/").await.expect(200).text().contains("of the playbook"));
    let (page, count) = statements::count(app.sign_in("lead").await.get("/p/GEO")).await;
    assert_eq!(count, 5);
    let page = page.expect(200).says("Playbook v1: 1 of 4 departments have read it.");
    assert!(page.text().contains("Missing: Product, R&D, Sales"), "{}", page.text());
}

/// The rule of blueprints about the playbook at the first gate, as an earlier release stored it.
async fn gate(app: &TestApp, project: Uuid) {
    let check = r#"{"kind":"all","of":[
        {"kind":"attested","metric":"playbook_acknowledged","en":"Acknowledged","zh":"已确认","comparison":"exactly","threshold":100.0,"unit":"percent"},
        {"kind":"attested","metric":"playbook_check_passed","en":"Passed","zh":"已通过","comparison":"exactly","threshold":100.0,"unit":"percent"}]}"#;
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, 1, 'Everybody has read', '均已阅读', 'rule', $3::jsonb, true from stages where project_id = $1 and code = 'A1'",
    )
    .bind(project)
    .bind(new_uuid())
    .bind(check)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn the_gate_waits_for_every_department_and_opens_with_the_last() {
    let (app, geo) = TestApp::with_project().await;
    gate(&app, geo).await;
    for (who, code) in [("member", "PM"), ("viewer", "RND")] {
        app.seat(geo, who, "liaison", Some(code)).await;
    }
    let mut lead = app.sign_in("lead").await;
    let page =
        lead.get("/p/GEO/gates/A1").await.expect(200).says("No version is published yet").says("0 of 1 rules hold");
    assert!(page.all("form[action*=attest]").is_empty(), "nobody attests what is computed");
    strategy(&app, "0", "They cannot see it.").await;
    publish(&app, "").await;
    for who in ["liaison", "member", "viewer"] {
        reads(&app, who, 1, "They cannot see it.").await.expect(303);
    }
    let (page, count) = statements::count(lead.get("/p/GEO/gates/A1")).await;
    assert_eq!(count, 3, "session, standing, facts");
    let page = page.expect(200).says("3 of 4 departments have read version 1").says("Sales has not read it");
    assert!(page.attribute(&format!(".cond a[href='{PAGE}']"), "href").is_some());
    lead.post("/p/GEO/gates/A1/pass", &[]).await.expect(422);
    reads(&app, "other", 1, "They cannot see it.").await.expect(303);
    lead.get("/p/GEO/gates/A1").await.expect(200).says("4 of 4 departments").says("1 of 1 rules hold");
    // A department that joins has not read.
    lead.clone().chinese().get("/p/GEO/gates/A1").await.expect(200).says("4 个部门中已有 4 个阅读第 1 版");
    lead.post("/p/GEO/gates/A1/pass", &[]).await.expect(303);
    let stages = "select string_agg(s.state, ' ' order by s.position) from stages s join projects p on p.id = s.project_id and p.key = 'GEO' where s.position <= 2";
    assert_eq!(value(&app, stages).await, "passed current");
}

#[tokio::test]
async fn who_speaks_for_a_department_now_has_to_have_read_it() {
    let (app, geo) = published().await;
    reads(&app, "liaison", 1, "They cannot see it.").await.expect(303);
    run(&app, "update seats set removed_at = now() where role = 'liaison' and person_id = (select id from people where name = 'liaison')").await;
    app.seat(geo, "member", "liaison", Some("MKT")).await;
    app.sign_in("member").await.get(PAGE).await.expect(200).says("0 of 4 departments").says("Please read version 1");
}

#[tokio::test]
async fn nothing_published_or_read_is_ever_changed() {
    let (app, _) = published().await;
    reads(&app, "liaison", 1, "They cannot see it.").await.expect(303);
    for sql in ["update playbook_versions set note = 'x'", "update playbook_readings set read_at = now()"] {
        assert!(sqlx::raw_sql(sql).execute(&mut app.sql().await).await.is_err(), "{sql}");
    }
    // A project that is over is read, not acknowledged.
    run(&app, "update projects set state = 'archived' where key = 'GEO'").await;
    app.sign_in("other").await.get(READ).await.expect(403);
    app.sign_in("lead").await.get(DRAFT).await.expect(403);
    app.sign_in("other").await.get(PAGE).await.expect(200).says("Every brand knows");
}

#[tokio::test]
async fn it_is_taken_away_as_one_file() {
    let (app, _) = TestApp::with_project().await;
    strategy(&app, "0", "# They <b>cannot</b> see it.").await;
    publish(&app, "").await;
    let mut viewer = app.sign_in("viewer").await;
    let (page, count) = statements::count(viewer.get("/p/GEO/playbook/export.html")).await;
    assert_eq!(count, 3, "session, project, version");
    let page = page.expect(200);
    let disposition = |page: &Answer| page.headers.get("content-disposition").unwrap().to_str().unwrap().to_owned();
    assert_eq!(disposition(&page), "attachment; filename=\"GEO-playbook-v1.html\"");
    for outside in ["<script", "<link", "<img", "src=", "url(", "/static/", "href=\"/"] {
        assert!(!page.body.contains(outside), "needs nothing else, but has {outside}");
    }
    assert!(
        page.body.contains("&#60;b&#62;cannot") || page.body.contains("&lt;b&gt;cannot"),
        "nobody's words are HTML"
    );
    assert_eq!(page.all("details:not([open])").len(), 0, "everything is in sight");
    let text = viewer.get("/p/GEO/playbook/export.md?version=1").await.expect(200);
    assert_eq!(disposition(&text), "attachment; filename=\"GEO-playbook-v1.md\"");
    let headings: Vec<&str> =
        text.body.lines().filter(|line| line.starts_with("## ") || line.starts_with("# ")).collect();
    assert_eq!(headings.len(), 11, "the title and ten sections: {headings:?}");
    assert!(text.body.contains("| Agile team update | Every Monday afternoon | 30 min |"), "{}", text.body);
    viewer.get("/p/GEO/playbook/export.md?version=9").await.expect(404);
    let text = viewer.clone().chinese().get("/p/GEO/playbook/export.md").await.expect(200);
    assert!(text.body.contains("## 1. 一段话使命"), "{}", text.body);
}
