//! Goals, money and the playbook while the database restarts: what is sent meanwhile is refused calmly and leaves nothing, and the
//! same form works afterwards, once.

use super::{money, setting};
use crate::{
    faults::Folder,
    playbook,
    support::{
        Answer, Client, TestApp,
        database::START,
        disputes::{hidden, part, value},
        statements,
    },
};
use std::time::Instant;
use tutti::{
    platform::{
        clock::Clock,
        db,
        postgres::{Cluster, Durability},
    },
    playbook::quiz::questions,
};

const SPLIT: &str = "/p/GEO/goals/1.1/split";
const KPI: &str = "/p/GEO/goals/kpis/new";
const MONEY: &str = "/p/GEO/goals/money";
const FIGURES: &str = "/p/GEO/goals/figures";
const REACHED: [(&str, &str); 3] = [("value-1.1", "112"), ("confidence-1.1", "8"), ("note-1.1", "Two fairs")];
const NEED: &str = "They cannot see it.";
const NEW_NEED: &str = "They lose customers.";

/// A form that was opened and filled in.
#[derive(Clone)]
struct Filled {
    by: Client,
    action: String,
    fields: Vec<(String, String)>,
}

impl Filled {
    fn new(by: &Client, action: &str, hidden: Vec<(String, String)>, typed: &[(&str, &str)]) -> Self {
        let mut fields = hidden;
        fields.retain(|(name, _)| typed.iter().all(|(given, _)| given != name));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Self { by: by.clone(), action: action.to_owned(), fields }
    }

    /// Of a page whose every field is typed, apart from the hidden ones.
    async fn typed(by: &mut Client, action: &str, typed: &[(&str, &str)]) -> Self {
        let page = by.get(action).await.expect(200);
        let given = hidden(&page, action);
        assert!(!given.is_empty(), "no form on {action}");
        Self::new(by, action, given, typed)
    }

    /// Of a sheet that stays as it stands apart from what is typed.
    async fn sheet(by: &mut Client, page: &str, action: &str, typed: &[(&str, &str)]) -> Self {
        let page = by.get(page).await.expect(200);
        let stands = money::fields(&page, action);
        assert!(!stands.is_empty(), "no form for {action}");
        Self::new(by, action, stands, typed)
    }

    async fn send(&self) -> Answer {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.by.clone().post(&self.action, &fields).await
    }
}

/// Sends forms at once.
async fn all_at_once(forms: &[Filled]) -> Vec<Answer> {
    let sent: Vec<_> = forms.iter().cloned().map(|form| tokio::spawn(async move { form.send().await })).collect();
    let mut answers = Vec::new();
    for one in sent {
        answers.push(one.await.unwrap());
    }
    answers
}

/// GEO on a server of its own that can be stopped: 600 sign-ups of marketing, split; a KPI; a commercial plan; the playbook in
/// its first version, and a strategy that has changed since.
async fn begun(folder: &Folder) -> (Cluster, TestApp) {
    statements::listen();
    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    let app = TestApp::attached_at(cluster.options("tutti"), Clock::held(START.parse().unwrap()));
    app.state.db.migrate().await.unwrap();
    let geo = app.found_project().await;
    let mut lead = setting::objective(&app, "Launch and win customers").await;
    let mkt = part(&app, geo, "MKT").await;
    setting::sent(&mut lead, setting::FIRST, setting::FIRST, &setting::sign_ups(&mkt, "600")).await.expect(303);
    let split = format!("a-{mkt}-2026-09");
    let split = [(split.as_str(), "600"), ("act", "save")];
    setting::sent(&mut lead, SPLIT, SPLIT, &split).await.expect(303);
    let mut liaison = app.sign_in("liaison").await;
    setting::sent(&mut liaison, KPI, KPI, &watched("Open defects", &mkt)).await.expect(303);
    money::planned(&app, geo).await;
    playbook::strategy(&app, "0", NEED).await;
    playbook::publish(&app, "").await;
    playbook::strategy(&app, "1", NEW_NEED).await;
    (cluster, app)
}

fn watched<'a>(title: &'a str, part: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", title),
        ("part", part),
        ("source", "own"),
        ("measure", "level"),
        ("unit_kind", "number"),
        ("unit", "defects"),
        ("decimals", "0"),
        ("cadence", "month"),
        ("better", "down"),
        ("target", "0"),
        ("warning", "3"),
        ("alarm", "5"),
    ]
}

async fn of_the_playbook(app: &TestApp) -> [Filled; 2] {
    let asked = questions(1, &playbook::texts(NEED), &[]);
    let liaison = app.sign_in("liaison").await;
    let read = Filled::new(&liaison, "/p/GEO/playbook/read", Vec::new(), &playbook::answers("1", &asked, true));
    let mut lead = app.sign_in("lead").await;
    [read, Filled::typed(&mut lead, "/p/GEO/playbook/draft", &[("note", "The need")]).await]
}

async fn of_goals(app: &TestApp) -> Vec<Filled> {
    let (mut lead, mut liaison) = (app.sign_in("lead").await, app.sign_in("liaison").await);
    let mkt = value(app, "select part_id::text from key_results").await;
    let cell = format!("a-{mkt}-2026-10");
    let kpi = value(app, "select '/p/GEO/goals/kpis/' || id || '/enter' from kpis").await;
    let text = playbook::texts("They ask others.");
    let strategy = [
        ("vision", text.vision.as_str()),
        ("strategy", &text.strategy),
        ("audience", &text.audience),
        ("need", &text.need),
        ("difference", &text.difference),
        ("worth", &text.worth),
        ("reason", "Support learned more"),
    ];
    vec![
        Filled::typed(&mut lead, setting::NEW, &[("title", "Be heard of"), ("why", "")]).await,
        Filled::typed(&mut lead, setting::FIRST, &setting::sign_ups(&mkt, "40")).await,
        Filled::typed(&mut lead, "/p/GEO/goals/strategy/edit", &strategy).await,
        Filled::sheet(&mut lead, SPLIT, SPLIT, &[(&cell, "50"), ("act", "save")]).await,
        Filled::typed(&mut liaison, FIGURES, &REACHED).await,
        Filled::typed(&mut liaison, KPI, &watched("Late tickets", &mkt)).await,
        Filled::typed(&mut liaison, &kpi, &[("value", "4"), ("note", "After the release")]).await,
    ]
}

async fn of_money(app: &TestApp) -> Vec<Filled> {
    let mut lead = app.sign_in("lead").await;
    let (record, forecast) = (format!("{MONEY}/break-even"), format!("{MONEY}/forecast"));
    let actual = format!("{MONEY}/actual/2026-09");
    let sales = money::cell(app, "Sales", "2026-09").await;
    let selling = money::cell(app, "Selling", "2026-09").await;
    let expected = money::cell(app, "Sales", "2026-12").await;
    vec![
        Filled::sheet(&mut lead, &actual, &actual, &[(&sales, "90"), (&selling, "410")]).await,
        Filled::sheet(&mut lead, &forecast, &forecast, &[(&expected, "250"), ("act", "save")]).await,
        Filled::sheet(&mut lead, MONEY, &record, &[]).await,
    ]
}

/// Before the forms of the playbook, of goals and of money are sent, and after, in this order.
const BEFORE: &str = "2 strategies, 1 objectives, 1 key results, 1 shares, 0 figures, 1 KPIs, 1 plans, 0 amounts, 1 versions, 0 readings, 7 events";
const AFTER: &str = "3 strategies, 2 objectives, 2 key results, 2 shares, 2 figures, 2 KPIs, 2 plans, 3 amounts, 2 versions, 1 readings, 19 events";

/// How many rows there are of everything that these forms write.
async fn written(app: &TestApp) -> String {
    value(
        app,
        "select concat_ws(', ', (select count(*) from strategies) || ' strategies', (select count(*) from objectives) || ' objectives',
             (select count(*) from key_results) || ' key results', (select count(*) from shares) || ' shares',
             (select count(*) from entries) || ' figures', (select count(*) from kpis) || ' KPIs',
             (select count(*) from money_plans) || ' plans', (select count(*) from money_figures where sort <> 'plan') || ' amounts',
             (select count(*) from playbook_versions) || ' versions', (select count(*) from playbook_readings) || ' readings',
             (select count(*) from events) || ' events')",
    )
    .await
}

/// The page says calmly that it is to be tried again.
#[track_caller]
fn is_calm(answer: Answer, words: &str) -> Answer {
    let answer = answer.expect(503).says(words);
    assert!(answer.headers.contains_key("retry-after"));
    answer
}

#[tokio::test]
async fn a_form_sent_while_the_database_is_away_works_afterwards_and_once() {
    let folder = Folder::new();
    let (cluster, app) = begun(&folder).await;
    let forms = [&of_the_playbook(&app).await[..], &of_goals(&app).await, &of_money(&app).await].concat();
    assert_eq!(written(&app).await, BEFORE);
    cluster.stop().await.unwrap();
    let sent = Instant::now();
    for answer in all_at_once(&forms).await {
        is_calm(answer, "Tutti is busy for a moment What you saved before is safe. Try again in a few seconds.");
    }
    assert!(sent.elapsed() < db::REQUEST, "a request hung for {:?}", sent.elapsed());
    let mut chinese = forms[0].clone();
    chinese.by = chinese.by.chinese();
    is_calm(chinese.send().await, "Tutti 暂时繁忙 之前保存的内容是安全的。请几秒后重试。");

    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    assert_eq!(written(&app).await, BEFORE, "nothing of what was refused");
    for form in &forms {
        for _ in 0..2 {
            let answer = form.send().await;
            assert_eq!(answer.status, 303, "{}: {}", form.action, answer.text());
        }
    }
    assert_eq!(written(&app).await, AFTER, "sent twice, written once");
    app.state.db.close().await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_form_that_the_restart_cuts_off_leaves_nothing_and_works_afterwards() {
    let folder = Folder::new();
    let (cluster, app) = begun(&folder).await;
    let mut lead = app.sign_in("lead").await;
    let plan = format!("{MONEY}/plan");
    let more = [("envelope", "1000"), ("reason", "More fairs"), ("act", "save")];
    let forms = [
        Filled::typed(&mut lead, "/p/GEO/playbook/draft", &[("note", "The need")]).await,
        Filled::typed(&mut app.sign_in("liaison").await, FIGURES, &REACHED).await,
        Filled::sheet(&mut lead, &plan, &plan, &more).await,
    ];
    // The event is written last: all of a change is there but for it.
    let mut held = app.sql().await;
    sqlx::raw_sql("begin; lock table events in share mode").execute(&mut held).await.unwrap();
    let sent = tokio::spawn(async move { (all_at_once(&forms).await, forms) });
    all_wait(&app, 3, || sent.is_finished()).await;
    cluster.stop().await.unwrap();
    let (answers, forms) = sent.await.unwrap();
    for (answer, typed) in answers.into_iter().zip(["The need", "Two fairs", "More fairs"]) {
        let kept = is_calm(answer, "Tutti is busy for a moment").all("textarea");
        assert!(kept.contains(&typed.to_owned()), "what was typed can be copied: {kept:?}");
    }

    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    assert_eq!(written(&app).await, BEFORE, "half of a change");
    for form in &forms {
        form.send().await.expect(303);
    }
    let counted = value(&app, "select concat_ws(' ', (select count(*) from playbook_versions), (select count(*) from entries), (select count(*) from money_plans), (select count(*) from events))").await;
    assert_eq!(counted, "2 1 2 10");
    app.state.db.close().await;
    cluster.stop().await.unwrap();
}

/// Until so many statements wait for a lock.
async fn all_wait(app: &TestApp, wanted: i64, has_ended: impl Fn() -> bool) {
    let waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    let (mut sql, began) = (app.sql().await, Instant::now());
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut sql).await.unwrap() < wanted {
        assert!(began.elapsed() < db::REQUEST && !has_ended(), "they wait for the lock");
    }
}
