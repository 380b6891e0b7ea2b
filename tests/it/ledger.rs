//! The ledger: every disagreement once, all sums alike, who reads of which project.

use crate::support::{
    Answer, TestApp,
    disputes::{raised_as, value},
    statements,
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// A request of GEO between two parts, asked and moved as said: kind and moment of each move. Answers its id.
async fn request(app: &TestApp, project: Uuid, sides: (&str, &str), state: &str, moves: &[(&str, &str)]) -> Uuid {
    let id = new_uuid();
    let mut sql = app.sql().await;
    sqlx::query(
        "with next as (update projects set next_request_number = next_request_number + 1 where id = $1 returning next_request_number - 1 as number)
         insert into requests (project_id, id, number, title, from_part_id, to_part_id, wanted_on, asked_by, asked_at, state, answer_due_at)
         select $1, $2, next.number, 'Price book', f.id, o.id, '2026-12-01', people.id, $5::timestamptz, $6,
                case when $6 = 'asked' then '2026-11-20T02:00:00Z'::timestamptz end
         from next, people, parts f, parts o
         where people.name = 'liaison' and f.project_id = $1 and f.code = $3 and o.project_id = $1 and o.code = $4",
    )
    .bind(project)
    .bind(id)
    .bind(sides.0)
    .bind(sides.1)
    .bind(moves[0].1)
    .bind(state)
    .execute(&mut sql)
    .await
    .unwrap();
    for (position, (kind, at)) in moves.iter().enumerate() {
        sqlx::query(
            "insert into request_moves (project_id, id, request_id, position, kind, by_id, day, note, at)
             select $1, $2, $3, $4, $5, id, case when $5 in ('asked', 'insisted', 'accepted') then '2026-12-01'::date end, 'Because', $6::timestamptz
             from people where name = 'liaison'",
        )
        .bind(project)
        .bind(new_uuid())
        .bind(id)
        .bind(i16::try_from(position).unwrap() + 1)
        .bind(kind)
        .bind(at)
        .execute(&mut sql)
        .await
        .unwrap();
    }
    id
}

async fn run(app: &TestApp, statement: &'static str) {
    sqlx::query(statement).execute(&mut app.sql().await).await.unwrap();
}

/// E-1 of sales and product settled by the lead, E-2 of the same two the other way round withdrawn, E-3 of sales and marketing
/// open; R-1 declined twice, R-2 declined and escalated as E-3, R-3 only asked.
async fn seeded(app: &TestApp, geo: Uuid) {
    let (mut lead, mut other) = (app.sign_in("lead").await, app.sign_in("other").await);
    let first = raised_as(app, geo, "price_too_high", ("SAL", "PM"), "other").await;
    lead.post(&format!("{first}/pass"), &[("from", "liaisons")]).await.expect(303);
    app.state.clock.set("2026-11-18T05:00:00Z".parse().unwrap());
    lead.post(&format!("{first}/settle"), &[("outcome", "299 until March.")]).await.expect(303);
    run(app, "update escalation_steps set paused_minutes = 60 where step = 'lead'").await;
    let second = raised_as(app, geo, "price_too_high", ("SAL", "PM"), "other").await;
    other.post(&format!("{second}/withdraw"), &[("why", "Answered")]).await.expect(303);
    run(app, "update escalations set from_part_id = to_part_id, to_part_id = from_part_id where number = 2").await;
    raised_as(app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let (asked, no, again, twice) =
        ("2026-11-16T02:00:00Z", "2026-11-17T02:00:00Z", "2026-11-17T03:00:00Z", "2026-11-17T04:00:00Z");
    let moves = [("asked", asked), ("declined", no), ("insisted", again), ("declined", twice)];
    request(app, geo, ("MKT", "SAL"), "declined", &moves).await;
    request(app, geo, ("LEAD", "MKT"), "declined", &moves).await;
    run(app, "update requests set state = 'escalated', escalation_id = (select id from escalations where number = 3) where number = 2").await;
    request(app, geo, ("LEAD", "MKT"), "asked", &moves[..1]).await;
}

fn rows(page: &Answer, section: &str) -> Vec<String> {
    page.all(&format!("section[aria-labelledby={section}] tbody tr"))
}

/// The figures of a column, as they stand in the rows.
fn sum(page: &Answer, cells: &str) -> i64 {
    page.all(cells).iter().map(|figure| figure.parse::<i64>().unwrap()).sum()
}

#[tokio::test]
async fn every_disagreement_counts_once_and_all_sums_agree() {
    let (app, geo) = TestApp::with_project().await;
    let mut viewer = app.sign_in("viewer").await;
    viewer.get("/p/GEO/ledger").await.expect(200).says("Nothing in this period");
    seeded(&app, geo).await;
    let counted = value(
        &app,
        "select ((select count(*) from escalations)
               + (select count(distinct m.request_id) from request_moves m join requests r on r.id = m.request_id
                  where m.kind = 'declined' and r.state <> 'escalated'))::text",
    )
    .await;
    let page = viewer.get("/p/GEO/ledger").await.expect(200);
    let all: i64 = counted.parse().unwrap();
    assert_eq!(all, 4);
    let figures = page.all("#sums dd");
    assert_eq!(
        figures,
        ["4", "1", "1", "0", "1", "1", "2 h"],
        "all, liaisons, lead, committee, withdrawn, open, median"
    );
    for cells in ["h-pairs] td:nth-of-type(1)", "h-kinds] td:nth-of-type(2)", "h-months] .count b"] {
        assert_eq!(sum(&page, &format!("section[aria-labelledby={cells}")), all, "{cells}");
    }
    let steps: i64 =
        (2..=6).map(|column| sum(&page, &format!("section[aria-labelledby=h-pairs] td:nth-of-type({column})"))).sum();
    assert_eq!(steps, all);
    assert_eq!(rows(&page, "h-pairs"), ["PD Product SA Sales 2 0 1 0 1 0 2 h", "MK Marketing SA Sales 2 1 0 0 0 1 –"]);
    assert_eq!(
        rows(&page, "h-kinds"),
        [
            "PD Product SA Sales Price is too high 2 2 h E-2 E-1",
            "MK Marketing SA Sales Declined request 1 – R-1",
            "MK Marketing SA Sales Lead quality 1 – E-3",
        ]
    );
    assert_eq!(rows(&page, "h-months"), ["Nov 2026 3 1 4"]);
    let page = page.says("A working day has 8 hours.");
    for label in ["E-2", "E-1", "R-1", "E-3"] {
        let collection = if label.starts_with('E') { "escalations" } else { "requests" };
        let href = format!("/p/GEO/{collection}/{}", &label[2..]);
        assert!(page.all(&format!("#ledger a[href='{href}']")).contains(&label.to_owned()), "{label}");
        viewer.get(&href).await.expect(200);
    }
    viewer.chinese().get("/p/GEO/ledger").await.expect(200).says("分歧账本").says("被拒绝的请求").says("2026年11月");
}

#[tokio::test]
async fn the_map_says_who_asks_whom_and_what_became_of_it() {
    let (app, geo) = TestApp::with_project().await;
    seeded(&app, geo).await;
    app.task(geo, "SAL", "Price book", Some("other"), "2026-11-10").await;
    // In time, and slipped because its day has passed; another was answered after its two working days.
    request(
        &app,
        geo,
        ("MKT", "SAL"),
        "asked",
        &[("asked", "2026-11-02T02:00:00Z"), ("accepted", "2026-11-03T02:00:00Z")],
    )
    .await;
    run(
        &app,
        "update requests set state = 'accepted', answer_due_at = null, promised_on = '2026-11-10',
                promised_task_id = (select id from tasks where title = 'Price book') where number = 4",
    )
    .await;
    request(
        &app,
        geo,
        ("MKT", "SAL"),
        "declined",
        &[("asked", "2026-11-02T02:00:00Z"), ("declined", "2026-11-06T02:00:00Z")],
    )
    .await;
    let page = app.sign_in("lead").await.get("/p/GEO/ledger").await.expect(200);
    assert_eq!(page.all("#map thead th"), ["Asks", "MK Marketing", "SA Sales"]);
    assert_eq!(
        page.all("#map tbody tr"),
        [
            "GL GTM lead 2 asked 1 unanswered: Marketing owes the answer 1 escalated 1 first answered in time – Nothing asked",
            "MK Marketing – Nothing asked 3 asked 1 agreed 2 declined 2 first answered in time 1 slipped",
        ]
    );
    let asked: i64 =
        page.all("#map td b").iter().map(|text| text.split(' ').next().unwrap().parse::<i64>().unwrap()).sum();
    assert_eq!(asked.to_string(), value(&app, "select count(*)::text from requests").await);
}

#[tokio::test]
async fn a_period_begins_in_the_zone_of_the_organisation() {
    let (app, geo) = TestApp::with_project().await;
    seeded(&app, geo).await;
    // The first hour of November in Shanghai, and the last one of October, and long ago.
    run(&app, "update escalations set raised_at = '2026-10-31T16:30:00Z' where number = 1").await;
    run(&app, "update escalations set raised_at = '2026-10-31T15:30:00Z' where number = 2").await;
    run(&app, "update escalations set raised_at = '2024-11-30T12:00:00Z' where number = 3").await;
    let mut viewer = app.sign_in("viewer").await;
    for (query, cases, months) in [
        ("", "3", vec!["Oct 2026 1 0 1", "Nov 2026 1 1 2"]),
        ("?period=year", "3", vec!["Oct 2026 1 0 1", "Nov 2026 1 1 2"]),
        ("?period=quarter", "3", vec!["Oct 2026 1 0 1", "Nov 2026 1 1 2"]),
        ("?period=month", "2", vec!["Nov 2026 1 1 2"]),
        ("?period=nonsense", "3", vec!["Oct 2026 1 0 1", "Nov 2026 1 1 2"]),
    ] {
        let page = viewer.get(&format!("/p/GEO/ledger{query}")).await.expect(200);
        assert_eq!(
            (page.all("#sums dd")[0].as_str(), rows(&page, "h-months")),
            (cases, months.iter().map(|text| (*text).to_owned()).collect()),
            "{query}"
        );
    }
    let page = viewer.get("/p/GEO/ledger?period=month").await.expect(200);
    assert!(page.all(".tabs.inset a[aria-current]").contains(&"This month".to_owned()));
}

#[tokio::test]
async fn over_all_projects_only_those_that_the_reader_sees() {
    let (app, geo) = TestApp::with_project().await;
    seeded(&app, geo).await;
    run(
        &app,
        "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
         select projects.id, gen_random_uuid(), 9, 'What should it cost?', 'price_too_high', 'price', people.id, pm.id, sal.id,
                'with_lead', '2026-11-20T00:00:00Z', '2026-11-17T00:00:00Z'
         from projects, people, parts pm, parts sal where projects.key = 'HAL' and people.name = 'stranger'
           and pm.project_id = projects.id and pm.code = 'PM' and sal.project_id = projects.id and sal.code = 'SAL'",
    )
    .await;
    for (who, cases) in [("colleague", "4"), ("lead", "4"), ("stranger", "5"), ("admin", "5")] {
        let page = app.sign_in(who).await.get("/ledger").await.expect(200).says("GEO E-1");
        assert_eq!(page.all("#sums dd")[0], cases, "{who}");
        assert_eq!(page.text().contains("HAL"), cases == "5", "{who}");
        let first = &rows(&page, "h-pairs")[0];
        assert!(
            first.starts_with(if cases == "5" { "PD Product SA Sales 3" } else { "PD Product SA Sales 2" }),
            "{first}"
        );
    }
    for who in ["adviser", "guest"] {
        let mut guest = app.sign_in(who).await;
        guest.get("/ledger").await.expect(404);
        guest.get("/p/GEO/ledger").await.expect(404);
    }
    app.sign_in("colleague").await.get("/p/HAL/ledger").await.expect(404);
    for (page, href) in
        [("/p/GEO/escalations", "/p/GEO/ledger"), ("/p/GEO/requests", "/p/GEO/ledger"), ("/projects", "/ledger")]
    {
        let page = app.sign_in("viewer").await.get(page).await.expect(200);
        assert_eq!(page.all(&format!(".acts a[href='{href}']")), ["Disagreements ledger"]);
    }
}

#[tokio::test]
async fn a_ledger_costs_five_statements() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let mut counts = Vec::new();
    for is_full in [false, true] {
        if is_full {
            seeded(&app, geo).await;
            // Hours have passed: the session notes that first.
            lead.get("/projects").await.expect(200);
        }
        for path in ["/p/GEO/ledger", "/ledger"] {
            let (page, sent) = statements::count(lead.get(path)).await;
            page.expect(200);
            counts.push(sent);
        }
    }
    assert_eq!(counts, [5, 5, 5, 5]);
}
