//! The gate that waits for the playbook: shut while one department of eight has not read it, open once the last one has. In both
//! languages, on a wide screen and on a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::{
    goals::strategy::Texts,
    platform::{
        ids::new_uuid,
        locale::{Language, T},
    },
    playbook::quiz::questions,
};
use uuid::Uuid;

const GATE: &str = "/p/GEO/gates/A1";
const STAGES: &str = "select string_agg(s.state, ' ' order by s.position) from stages s join projects p on p.id = s.project_id where p.key = 'GEO'";
/// Who speaks for the departments that read by requests.
const EARLY: [(&str, &str); 6] =
    [("pm", "PM"), ("rnd", "RND"), ("fin", "FIN"), ("ops", "OPS"), ("leg", "LEG"), ("sup", "SUP")];

fn texts() -> Texts {
    Texts {
        vision: "Every brand knows".to_owned(),
        strategy: "Start small".to_owned(),
        audience: "Brands that sell overseas".to_owned(),
        need: "They cannot see it".to_owned(),
        difference: "Answers, not links".to_owned(),
        worth: "3,000 customers".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gate_waits_for_the_last_of_eight_departments() {
    for (language, window) in [(Language::English, Window::Wide), (Language::Chinese, Window::Phone)] {
        let t = T(language);
        let site = Site::serve(eight().await).await;
        let browser = Browser::open(&site.base, language, window).await;
        browser.enter(&site, "lead").await;
        published(&browser, t).await;
        for (who, _) in EARLY {
            reads_by_request(&site.app, who).await;
        }
        reads(&browser, &site, t, "liaison").await;
        browser.enter(&site, "lead").await;
        stays_shut(&browser, &site, t).await;
        reads(&browser, &site, t, "other").await;
        browser.enter(&site, "lead").await;
        opens(&browser, &site, t).await;
        browser.close().await;
    }
}

/// GEO with eight departments, each with a liaison, a strategy, and the playbook as the one rule of its first gate.
async fn eight() -> TestApp {
    let (app, geo) = TestApp::with_project().await;
    more_departments(&app, geo).await;
    for (who, code) in EARLY {
        app.person(who, "member").await;
        app.seat(geo, who, "liaison", Some(code)).await;
    }
    rule(&app, geo).await;
    let (said, id) = (texts(), new_uuid().to_string());
    let form = [
        ("id", id.as_str()),
        ("seen", "0"),
        ("vision", &said.vision),
        ("strategy", &said.strategy),
        ("audience", &said.audience),
        ("need", &said.need),
        ("difference", &said.difference),
        ("worth", &said.worth),
    ];
    app.sign_in("lead").await.post("/p/GEO/goals/strategy/edit", &form).await.expect(303);
    app
}

/// Four departments beside the four that every test has.
async fn more_departments(app: &TestApp, project: Uuid) {
    sqlx::query(
        "with made as (
             insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
             select gen_random_uuid(), code, en, zh, left(code, 2), left(zh, 1), place, place, '2026-01-01T00:00:00Z'
             from (values ('FIN', 'Finance', '财务', 5), ('OPS', 'Operations', '运营', 6), ('LEG', 'Legal', '法务', 7),
                          ('SUP', 'Support', '客服', 8)) as new (code, en, zh, place)
             returning *)
         insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
         select $1, gen_random_uuid(), code, 'department', id, name_en, name_zh, short_en, short_zh, colour, position + 1 from made",
    )
    .bind(project)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

/// The rule of blueprints about the playbook, at the first gate.
async fn rule(app: &TestApp, project: Uuid) {
    sqlx::query(
        r#"insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
           select $1, gen_random_uuid(), id, 1, 'Every department has read the playbook', '各部门均已阅读手册', 'rule',
                  '{"kind": "playbook_acknowledged"}', true from stages where project_id = $1 and code = 'A1'"#,
    )
    .bind(project)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

async fn published(browser: &Browser, t: T) {
    browser.go(GATE).await;
    browser.sees(&t.gate_playbook_none()).await;
    browser.go("/p/GEO/playbook/draft").await;
    browser.send(&t.playbook_publish_number(1)).await;
    browser.sees(&t.playbook_done(0, 8)).await;
    browser.is_accessible().await;
}

async fn reads_by_request(app: &TestApp, who: &str) {
    let asked = questions(1, &texts(), &[]);
    let right = asked.iter().map(|question| {
        let choice = question.choices.iter().find(|choice| question.is_right(&choice.mark)).unwrap();
        (question.field.as_str(), choice.mark.as_str())
    });
    let form: Vec<(&str, &str)> = right.chain([("number", "1")]).collect();
    app.sign_in(who).await.post("/p/GEO/playbook/read", &form).await.expect(303);
}

async fn reads(browser: &Browser, site: &Site, t: T, who: &str) {
    browser.enter(site, who).await;
    browser.go("/p/GEO/playbook").await;
    browser.press_link(&t.playbook_acknowledge()).await;
    browser.is_on(&t.playbook_three(1)).await;
    browser.is_accessible().await;
    let said = texts();
    for (legend, answer) in [
        (t.goals_strategy_audience(), said.audience),
        (t.goals_strategy_need(), said.need),
        (t.goals_strategy_difference(), said.difference),
    ] {
        browser.pick_in(&legend, &answer).await;
    }
    browser.send(&t.playbook_answer()).await;
    browser.sees(&t.playbook_read_done(1)).await;
    browser.is_accessible().await;
}

/// Seven of eight: it says who is missing, the button cannot be pressed, and the form sent past the button is refused.
async fn stays_shut(browser: &Browser, site: &Site, t: T) {
    let (sales, marketing) = if t.is_chinese() { ("销售", "市场") } else { ("Sales", "Marketing") };
    let is_shut = async || {
        browser.sees(&t.gate_playbook_read(7, 1, 8)).await;
        browser.sees(&t.gate_closed_by(1)).await;
        browser.sees(&t.gate_playbook_missing(sales)).await;
        browser.sees(&t.gate_refused_closed(1)).await;
        browser.until("a button that cannot be pressed", "document.getElementById('pass').disabled").await;
        browser.is_accessible().await;
    };
    browser.go(GATE).await;
    is_shut().await;
    browser.sees_no(&t.gate_playbook_missing(marketing)).await;
    browser.script("document.getElementById('pass').form.submit()").await;
    browser.sees(&t.errors_title(1_usize)).await;
    is_shut().await;
    assert_eq!(site.value(STAGES).await, "current ahead");
}

/// Eight of eight: the rule holds, the button is pressed, the next stage is current.
async fn opens(browser: &Browser, site: &Site, t: T) {
    let next = if t.is_chinese() { "上市" } else { "Launch" };
    browser.go(GATE).await;
    browser.sees(&t.gate_playbook_read(8, 1, 8)).await;
    browser.sees(&t.gate_rules_hold(1, 1)).await;
    browser.sees(&t.gate_open()).await;
    browser.sees(&t.gate_pass_text(t.gate_stage("A2", next))).await;
    browser.is_accessible().await;
    browser.send(&t.gate_pass()).await;
    browser.sees(&t.gate_passed_next("A1", next)).await;
    browser.is_accessible().await;
    assert_eq!(site.value(STAGES).await, "passed current");
    browser.go("/p/GEO/gates/A2").await;
    browser.is_on(&t.gate_milestone("A2", next)).await;
    browser.sees(&t.gate_stage_current()).await;
    browser.is_accessible().await;
}
