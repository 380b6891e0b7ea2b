//! The commercial plan: shows, saves, refuses, forbids; what was really earned, what is expected, and when it breaks even.

use crate::support::{Answer, Client, TestApp, disputes::value, statements};
use uuid::Uuid;

const MONEY: &str = "/p/GEO/goals/money";
const PLAN: &str = "/p/GEO/goals/money/plan";
const RECORD: &str = "/p/GEO/goals/money/break-even";
const FORECAST: &str = "/p/GEO/goals/money/forecast";

/// Every field of the form as the page gave it.
pub(super) fn fields(page: &Answer, action: &str) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.body);
    let parse = |selector: &str| {
        scraper::Selector::parse(&format!("form[method=post][action=\"{action}\"] {selector}")).unwrap()
    };
    let inputs = parse("input");
    let inputs =
        html.select(&inputs).filter(|one| one.attr("type") != Some("checkbox") || one.attr("checked").is_some());
    let text = |one: &scraper::ElementRef<'_>, value: &str| (one.attr("name").unwrap().to_owned(), value.to_owned());
    let mut all: Vec<(String, String)> = inputs.map(|one| text(&one, one.attr("value").unwrap_or_default())).collect();
    let areas = parse("textarea");
    all.extend(html.select(&areas).map(|one| text(&one, &one.text().collect::<String>())));
    let (selects, chosen) = (parse("select"), scraper::Selector::parse("option[selected]").unwrap());
    all.extend(html.select(&selects).map(|one| {
        let option = one.select(&chosen).next().and_then(|option| option.attr("value"));
        text(&one, option.unwrap_or_default())
    }));
    all
}

/// Sends the form as the page gave it, with other values for some of its fields.
pub(super) async fn resent(browser: &mut Client, shown: &Answer, action: &str, others: &[(&str, &str)]) -> Answer {
    let mut all = fields(shown, action);
    assert!(!all.is_empty(), "no form for {action}");
    all.retain(|(name, _)| others.iter().all(|(other, _)| other != name));
    all.extend(others.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(action, &all).await
}

pub(super) async fn sent(browser: &mut Client, page: &str, others: &[(&str, &str)]) -> Answer {
    let shown = browser.get(page).await.expect(200);
    resent(browser, &shown, page, others).await
}

/// Four months from September 2026: 300 spent and 100 earned first, then 100, 100 and 200 earned. Breaks even in December.
pub(super) async fn planned(app: &TestApp, project: Uuid) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "insert into money_plans (project_id, number, currency, decimals, starts_on, months, envelope, set_by, set_at)
           select '{project}', 1, 'USD', 0, '2026-09-01', 4, 300, id, '2026-09-01T00:00:00Z' from people where name = 'lead';
         insert into money_lines (project_id, id, kind, name, acquires, position) values
           ('{project}', gen_random_uuid(), 'units', 'Customers', false, 1), ('{project}', gen_random_uuid(), 'revenue', 'Sales', false, 2),
           ('{project}', gen_random_uuid(), 'cost', 'Selling', true, 3);
         insert into money_figures (project_id, line_id, sort, month, number, amount, set_by, set_at)
           select l.project_id, l.id, 'plan', f.month, 1, f.amount, p.id, '2026-09-01T00:00:00Z' from money_lines l
           join people p on p.name = 'lead'
           join (values ('units', '2026-09-01'::date, 2), ('units', '2026-10-01', 3), ('revenue', '2026-09-01', 100), ('revenue', '2026-10-01', 100),
                        ('revenue', '2026-11-01', 100), ('revenue', '2026-12-01', 200), ('cost', '2026-09-01', 400), ('cost', '2026-10-01', 0))
                as f (kind, month, amount) on f.kind = l.kind
           where l.project_id = '{project}';
         insert into money_watches (project_id) values ('{project}')"
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

async fn with_plan() -> (TestApp, Uuid, Client) {
    let (app, geo) = TestApp::with_project().await;
    planned(&app, geo).await;
    let lead = app.sign_in("lead").await;
    (app, geo, lead)
}

/// The name of the cell of a line in a month.
pub(super) async fn cell(app: &TestApp, line: &'static str, month: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from money_lines where name = $1 and dropped_at is null")
        .bind(line)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    format!("c-{id}-{month}")
}

/// Enters what a month really was.
pub(super) async fn actual(app: &TestApp, browser: &mut Client, month: &str, (sales, selling): (&str, &str)) -> Answer {
    let (one, other) = (cell(app, "Sales", month).await, cell(app, "Selling", month).await);
    sent(browser, &format!("{MONEY}/actual/{month}"), &[(&one, sales), (&other, selling)]).await
}

async fn events(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(kind || ' ' || n, ', ' order by kind), 'none') from (select kind, count(*) as n from events where kind like 'money.%' group by kind) counted").await
}

async fn standing(app: &TestApp, sort: &'static str) -> String {
    sqlx::query_scalar(
        "select coalesce(string_agg(l.name || ' ' || to_char(f.month, 'YYYY-MM') || ' ' || coalesce(f.amount::text, '-') || ' #' || f.number, ', ' order by f.month, l.position), 'none')
         from standing_money f join money_lines l on l.id = f.line_id where f.sort = $1",
    )
    .bind(sort)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn the_lead_writes_a_plan_by_hand_and_from_a_spreadsheet() {
    let (app, _) = TestApp::with_project().await;
    app.sign_in("viewer").await.get(MONEY).await.expect(200).says("No commercial plan yet").says("finance writes it");
    let mut lead = app.sign_in("lead").await;
    lead.get(MONEY).await.expect(200).says("Write the plan");
    let page = lead.get(PLAN).await.expect(200);
    let lines: Vec<String> = page.all("tbody th select option[selected]");
    assert_eq!(lines, ["New customers", "Revenue", "Costs", "Costs", "ARR"]);
    let names = fields(&page, PLAN).into_iter().filter(|(name, _)| name.starts_with("name-")).collect::<Vec<_>>();
    let [_, revenue, cost, ..] = names.iter().map(|(name, _)| name.trim_start_matches("name-")).collect::<Vec<_>>()[..]
    else {
        panic!("{names:?}")
    };
    let text = "\t2026-11\t2026-12\t2027-01\nNew revenue\t0\t100\t300\nSales and marketing\t310\t0\t0";
    let short = [("starts", "2026-11"), ("months", "3"), ("envelope", "500")];
    let with = |more: &[(&'static str, &'static str)]| [&short[..], more].concat();
    // The months are looked at before anything is pasted into them.
    let page = resent(&mut lead, &page, PLAN, &with(&[("act", "check")])).await.expect(200);
    assert_eq!(page.all("thead th"), ["Line", "Nov 2026", "Dec 2026", "Jan 2027", "Sum"]);
    let wrong =
        resent(&mut lead, &page, PLAN, &[("pasted", "Rent\t1\nNew revenue\t1\t2\t3\t4"), ("act", "paste")]).await;
    let wrong = wrong.expect(422).says("no line is called “Rent”").says("4 figures, but there are 3 months");
    let torn = [("pasted", "New revenue,1,250"), ("act", "paste")];
    resent(&mut lead, &page, PLAN, &torn).await.expect(422).says("“1,250” could be one figure or two columns");
    let page = resent(&mut lead, &wrong, PLAN, &[("pasted", text), ("act", "paste")]).await.expect(200);
    let page =
        page.says("2 lines put into the sheet").says("Breaks even on 22 Jan 2027. Costs $310 of an envelope of $500");
    assert_eq!(page.all("tfoot tr"), ["Result −$310 $100 $300", "Running total −$310 −$210 $90"]);
    assert_eq!(value(&app, "select count(*)::text from money_lines").await, "0", "nothing is saved yet");
    let (name, figure) = (format!("name-{revenue}"), format!("c-{cost}-2026-12"));
    for (field, typed, words) in [
        ("envelope", "some", "Enter a number, such as 1,250"),
        ("months", "37", "Enter 1 to 36 months"),
        ("starts", "", "Choose a month, such as 2027-01"),
        ("currency", "XXX", "Choose a currency"),
        (&name, "", "Say what this line is called"),
        (&figure, "1.5", "Enter a whole number"),
    ] {
        let page = resent(&mut lead, &page, PLAN, &[(field, typed), ("act", "save")]).await.expect(422).says(words);
        if field != "currency" {
            let kept = page.attribute(&format!("[name='{field}']"), "value");
            assert_eq!(kept.as_deref(), Some(typed), "{field}: nothing is lost");
        }
    }
    let page = resent(&mut lead, &page, PLAN, &[("act", "line")]).await.expect(200);
    let new = fields(&page, PLAN).into_iter().rev().find(|(name, _)| name.starts_with("name-")).unwrap().0;
    let kind = new.replace("name-", "kind-");
    let twice = resent(&mut lead, &page, PLAN, &[(&new, "Also ARR"), (&kind, "arr"), ("act", "save")]).await;
    twice.expect(422).says("There is one line of this kind already");
    let rent = [(new.as_str(), "Rent"), (&kind, "cost"), ("act", "save")];
    for _ in 0..2 {
        resent(&mut lead, &page, PLAN, &rent).await.expect(303);
    }
    let kept = value(&app, "select string_agg(position || ' ' || kind || ' ' || name || case when acquires then ' wins' else '' end, ', ' order by position) from money_lines").await;
    assert_eq!(
        kept,
        "1 units New customers, 2 revenue New revenue, 3 cost Research and development, 4 cost Sales and marketing wins, 5 arr ARR, 6 cost Rent"
    );
    assert_eq!(
        value(
            &app,
            "select string_agg(number || ' ' || starts_on || ' ' || months || ' ' || envelope, ', ') from money_plans"
        )
        .await,
        "1 2026-11-01 3 500"
    );
    assert_eq!(events(&app).await, "money.plan_set 1", "sent twice, set once");
    let (page, count) = statements::count(app.sign_in("viewer").await.get(MONEY)).await;
    assert_eq!(count, 4, "session, project, plan, alarm");
    let page = page.expect(200).says("22 Jan 2027").says("62%").says("$310 of $500").says("Plan as set by lead");
    let page = page.says("expected by Jan 2027 · plan $400").says("expected by Jan 2027 · $310 of $500");
    assert_eq!(page.all(".crumbs a"), ["Projects", "GEO Monitor", "Goals"]);
    let totals = page.all("#money > section table td[data-th='Running total']");
    assert_eq!(totals, ["−$310", "−$210", "$90"], "the figures of the chart as a table");
    assert_eq!(page.attribute("svg.chart", "role").as_deref(), Some("img"));
    let page = page.says("How break-even is worked out").says("At the start of Jan 2027 the running total is −$210");
    assert!(page.attribute(&format!("a[href='{PLAN}']"), "href").is_none(), "who only reads is offered nothing");
    let chinese = app.sign_in("viewer").await.chinese().get(MONEY).await.expect(200);
    chinese.says("商业计划").says("2027年1月22日").says("累计净额").says("预算占用（预计）").says("预计至2027年1月");
    lead.get("/p/GEO/history").await.expect(200).says("lead set the Commercial plan");
    lead.get("/p/GEO/goals").await.expect(200).says("Commercial plan");
}

#[tokio::test]
async fn a_plan_is_changed_with_a_reason_by_who_saw_it() {
    let (app, _, mut lead) = with_plan().await;
    let (november, december) = (cell(&app, "Sales", "2026-11").await, cell(&app, "Sales", "2026-12").await);
    let old = lead.get(PLAN).await.expect(200).says("Counted in USD");
    let page = resent(&mut lead, &old, PLAN, &[(&november, "150"), ("act", "save")]).await.expect(422);
    assert_eq!(
        page.says("Say why it changes").attribute(&format!("[name='{november}']"), "value").as_deref(),
        Some("150")
    );
    let change = [(november.as_str(), "150"), ("reason", "A large order"), ("act", "save")];
    for _ in 0..2 {
        resent(&mut lead, &old, PLAN, &change).await.expect(303);
    }
    let page = lead.get(MONEY).await.expect(200).says("A large order").says("version 2");
    assert_eq!(page.all("#money > section table td[data-th='Revenue']")[2], "$150");
    let event = "select (before -> 'break_even' ->> 'en') || ' to ' || (after -> 'break_even' ->> 'en') || ': ' || (after ->> 'reason') from events where kind = 'money.plan_changed'";
    assert_eq!(value(&app, event).await, "16 Dec 2026 to 8 Dec 2026: A large order");
    assert_eq!(events(&app).await, "money.plan_changed 1", "sent twice, changed once");
    // From the page that was opened before: another month, and the same month with other words.
    let late = [(november.as_str(), "90"), (&december, "250"), ("reason", "A smaller one"), ("act", "save")];
    let page = resent(&mut lead, &old, PLAN, &late).await.expect(409).says("Sales");
    let page = page.says("100 · 100 · 150 · 200").says("100 · 100 · 90 · 250");
    assert_eq!(page.attribute(&format!("[name='{november}']"), "value").as_deref(), Some("90"), "nothing is lost");
    assert_eq!(value(&app, "select count(*)::text from money_plans").await, "2");
    resent(&mut lead, &page, PLAN, &[("act", "save")]).await.expect(303);
    assert_eq!(value(&app, "select string_agg(amount::text, ' ' order by month) from standing_money f join money_lines l on l.id = line_id where l.name = 'Sales'").await, "100 100 90 250");
    // Nothing new is nothing.
    sent(&mut lead, PLAN, &[("reason", "Just so"), ("act", "save")]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from money_plans").await, "3");
    // What was reported stays.
    actual(&app, &mut lead, "2026-09", ("100", "400")).await.expect(303);
    let drop = cell(&app, "Selling", "").await.replacen("c-", "drop-", 1);
    let drop = drop.trim_end_matches('-');
    let page = sent(&mut lead, PLAN, &[(drop, "1"), ("reason", "Done"), ("act", "save")]).await.expect(422);
    page.says("Figures of “Selling” were reported, so it stays");
    let units = cell(&app, "Customers", "").await.replacen("c-", "drop-", 1);
    sent(&mut lead, PLAN, &[(units.trim_end_matches('-'), "1"), ("reason", "Not counted"), ("act", "save")])
        .await
        .expect(303);
    assert_eq!(
        value(&app, "select string_agg(name, ', ' order by position) from money_lines where dropped_at is null").await,
        "Sales, Selling"
    );
}

#[tokio::test]
async fn a_month_is_reported_whole_and_corrected() {
    let (app, geo, mut lead) = with_plan().await;
    let page = lead.get(MONEY).await.expect(200).says("Enter Sep 2026");
    assert!(page.attribute(&format!(".btn[href='{MONEY}/actual/2026-09']"), "href").is_some());
    let september = format!("{MONEY}/actual/2026-09");
    let (sales, units) = (cell(&app, "Sales", "2026-09").await, cell(&app, "Customers", "2026-09").await);
    let page =
        sent(&mut lead, &september, &[(&sales, "80"), (&units, "2")]).await.expect(422).says("Enter this one too");
    assert_eq!(page.attribute(&format!("[name='{sales}']"), "value").as_deref(), Some("80"), "nothing is lost");
    sent(&mut lead, &september, &[(&sales, "eighty")]).await.expect(422).says("Enter a number");
    let old = lead.get(&september).await.expect(200);
    let selling = cell(&app, "Selling", "2026-09").await;
    let said = [(sales.as_str(), "80"), (&selling, "390"), (&units, "2")];
    for _ in 0..2 {
        resent(&mut lead, &old, &september, &said).await.expect(303);
    }
    assert_eq!(standing(&app, "actual").await, "Customers 2026-09 2 #1, Sales 2026-09 80 #1, Selling 2026-09 390 #1");
    let page = lead.get(MONEY).await.expect(200).says("Reported").says("Enter Oct 2026").says("CAC").says("$195");
    assert_eq!(page.all("#money > section table td[data-th='Running total']")[0], "−$310 plan −$300");
    // Somebody is faster.
    actual(&app, &mut app.sign_in("lead").await, "2026-09", ("85", "390")).await.expect(303);
    let late = [(sales.as_str(), "90"), (&selling, "390"), (&units, "2")];
    let page = resent(&mut lead, &old, &september, &late).await.expect(409).says("85").says("90");
    assert_eq!(page.attribute(&format!("[name='{sales}']"), "value").as_deref(), Some("90"));
    assert_eq!(standing(&app, "actual").await, "Customers 2026-09 2 #1, Sales 2026-09 85 #2, Selling 2026-09 390 #1");
    resent(&mut lead, &page, &september, &[]).await.expect(303);
    assert_eq!(events(&app).await, "money.actual_corrected 2, money.actual_entered 1");
    let all = value(&app, "select string_agg(amount::text, ' ' order by number) from money_figures f join money_lines l on l.id = f.line_id where sort = 'actual' and l.name = 'Sales'").await;
    assert_eq!(all, "80 85 90", "what stood is not lost");
    // Months that have not begun, that are not in the plan, and other projects' are not there.
    for path in ["actual/2026-12", "actual/2026-08", "actual/2026-13", "actual/2026-9"] {
        lead.get(&format!("{MONEY}/{path}")).await.expect(404);
    }
    app.seat(geo, "stranger", "viewer", None).await;
    for who in ["viewer", "liaison", "other", "member", "committee"] {
        let mut browser = app.sign_in(who).await;
        browser.get(MONEY).await.expect(200);
        for path in [PLAN, FORECAST, &september] {
            browser.get(path).await.expect(403);
            browser.post(path, &[("seen", "1")]).await.expect(403);
        }
        browser.post(RECORD, &[("seen", "1"), ("day", "2026-12-16")]).await.expect(403);
    }
    // Finance writes it too: its liaison all of it, its members what was and what is expected.
    sqlx::query("update parts set code = 'FIN' where project_id = $1 and code = 'MKT'")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut liaison = app.sign_in("liaison").await;
    liaison.get(PLAN).await.expect(200);
    actual(&app, &mut liaison, "2026-10", ("100", "0")).await.expect(303);
    let mut member = app.sign_in("member").await;
    member.get(PLAN).await.expect(403);
    member.get(FORECAST).await.expect(200);
    let (page, count) = statements::count(member.get(&format!("{MONEY}/actual/2026-10"))).await;
    assert_eq!(count, 3, "session, project, plan");
    page.expect(200).says("entered by liaison");
}

#[tokio::test]
async fn a_forecast_moves_break_even_and_the_recorded_day_stays() {
    let (app, _, mut lead) = with_plan().await;
    // 100 are missing before December, which brings 200: half of its days.
    let page = lead.get(MONEY).await.expect(200).says("The plan breaks even on 16 Dec 2026. Record it");
    let day = page.attribute(&format!("form[action='{RECORD}'] [name=day]"), "value").unwrap();
    assert_eq!(day, "2026-12-16");
    let moved = resent(&mut lead, &page, RECORD, &[("day", "2026-12-20")]).await;
    moved.expect(409);
    for _ in 0..2 {
        resent(&mut lead, &page, RECORD, &[]).await.expect(303);
    }
    assert_eq!(value(&app, "select string_agg(number || ' ' || coalesce(break_even_on::text, '-') || ' ' || reason, ', ' order by number) from money_plans").await, "1 - , 2 2026-12-16 Break-even recorded as planned");
    assert_eq!(events(&app).await, "money.break_even_recorded 1");
    let (sales, selling) = (cell(&app, "Sales", "2026-12").await, cell(&app, "Selling", "2026-10").await);
    let old = lead.get(FORECAST).await.expect(200);
    assert_eq!(old.all("thead th").len(), 5, "nothing was reported");
    assert_eq!(old.attribute(&format!("[name='{sales}']"), "placeholder").as_deref(), Some("200"), "as planned");
    resent(&mut lead, &old, FORECAST, &[(&sales, "lots")]).await.expect(422).says("Enter a number");
    for _ in 0..2 {
        resent(&mut lead, &old, FORECAST, &[(&sales, "110")]).await.expect(303);
    }
    assert_eq!(standing(&app, "forecast").await, "Sales 2026-12 110 #1");
    lead.get(MONEY).await.expect(200).says("29 Dec 2026").says("recorded 16 Dec 2026").says("13 days later");
    let page = resent(&mut lead, &old, FORECAST, &[(&sales, "120")]).await.expect(409).says("110");
    resent(&mut lead, &page, FORECAST, &[]).await.expect(303);
    // A line that nobody touched is not in the way.
    resent(&mut lead, &old, FORECAST, &[(&selling, "50")]).await.expect(303);
    let page = lead.get(MONEY).await.expect(200).says("not within the plan").says("No longer within the plan");
    page.says("Break-even is no longer expected within the plan.").says("150%").says("Over 105%");
    // Pasted, and taken back.
    let page = sent(&mut lead, FORECAST, &[("pasted", "Sales\t1\t2\nRent\t3"), ("act", "paste")]).await.expect(422);
    page.says("no line is called “Rent”");
    sent(&mut lead, FORECAST, &[(&sales, ""), (&selling, ""), ("act", "save")]).await.expect(303);
    assert_eq!(standing(&app, "forecast").await, "Selling 2026-10 - #2, Sales 2026-12 - #3");
    lead.get(MONEY).await.expect(200).says("As planned");
    // The plan comes to another day: it is recorded anew with a reason only.
    let november = cell(&app, "Sales", "2026-11").await;
    sent(&mut lead, PLAN, &[(&november, "150"), ("reason", "A large order"), ("act", "save")]).await.expect(303);
    let page = lead.get(MONEY).await.expect(200).says("breaks even on 8 Dec 2026 by now; 16 Dec 2026 is recorded");
    let page = resent(&mut lead, &page, RECORD, &[("reason", "")]).await.expect(422).says("Say why it changes");
    resent(&mut lead, &page, RECORD, &[("reason", "The order came")]).await.expect(303);
    assert_eq!(
        value(&app, "select string_agg(coalesce(break_even_on::text, '-'), ' ' order by number) from money_plans")
            .await,
        "- 2026-12-16 2026-12-16 2026-12-08"
    );
}

#[tokio::test]
async fn two_at_once_both_see_what_stands() {
    let (app, _, lead) = with_plan().await;
    let september = format!("{MONEY}/actual/2026-09");
    let shown = lead.clone().get(&september).await.expect(200);
    let (sales, selling) = (cell(&app, "Sales", "2026-09").await, cell(&app, "Selling", "2026-09").await);
    let send = async |amount: &str| {
        let mut browser = lead.clone();
        resent(&mut browser, &shown, &september, &[(&sales, amount), (&selling, "400")]).await.status.as_u16()
    };
    let mut found = [tokio::join!(send("80"), send("90"))].map(|(one, other)| [one, other])[0];
    found.sort_unstable();
    assert_eq!(found, [303, 409]);
    let rows = value(&app, "select count(*)::text from money_figures where sort = 'actual'").await;
    assert_eq!(rows, "2");
}

#[tokio::test]
async fn what_was_reported_or_dropped_is_not_written_over() {
    let (app, geo, mut lead) = with_plan().await;
    actual(&app, &mut lead, "2026-09", ("100", "400")).await.expect(303);
    let later = [("starts", "2026-10"), ("months", "3"), ("reason", "Later")];
    let page = sent(&mut lead, PLAN, &later).await.expect(422).says("Months that were reported stay in the plan");
    assert_eq!(page.attribute("#months", "value").as_deref(), Some("3"), "nothing typed is lost");
    sqlx::query("insert into money_lines (project_id, id, kind, name, position) values ($1, gen_random_uuid(), 'cost', 'Fairs', 4)")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let fairs = value(&app, "select id::text from money_lines where name = 'Fairs'").await;
    let (kind, first) = (format!("kind-{fairs}"), format!("c-{fairs}-2026-12"));
    let old = lead.get(PLAN).await.expect(200);
    sqlx::query("update money_lines set dropped_at = now() where name = 'Fairs'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    // Whatever a form from before says of the line: it is nobody's any more.
    let typed = [(kind.as_str(), "cost"), (first.as_str(), "50"), ("reason", "Fairs")];
    resent(&mut lead, &old, PLAN, &typed).await.expect(409);
    assert_eq!(
        value(
            &app,
            "select count(*)::text from money_figures f join money_lines l on l.id = f.line_id where l.name = 'Fairs'"
        )
        .await,
        "0"
    );
    // A month that a form did not have keeps what stands.
    let selling = value(&app, "select id::text from money_lines where name = 'Selling'").await;
    let mut kept = fields(&lead.get(PLAN).await.expect(200), PLAN);
    kept.retain(|(name, _)| !name.starts_with(&format!("c-{selling}-")));
    kept.retain(|(name, _)| name != "reason" && name != "envelope");
    let mut kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    kept.extend([("reason", "More"), ("envelope", "500")]);
    lead.post(PLAN, &kept).await.expect(303);
    let spent = "select string_agg(f.amount::text, ' ' order by f.month) from standing_money f join money_lines l on l.id = f.line_id where l.name = 'Selling' and f.sort = 'plan'";
    assert_eq!(value(&app, spent).await, "400 0");
}
