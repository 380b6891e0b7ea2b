//! The table of route × person, written down, and every route of the application in it.
//!
//! Each letter is what one person gets: `o` may (a page, a redirect onward, or a form that is sent back for its
//! mistakes), `f` 403, `n` 404, `s` is sent to the sign-in page. POSTs carry an id and a version and nothing else, so that
//! "may" changes as little as possible; those who may not come first, so that nobody's answer depends on what another one did.

mod table;

use crate::support::{Answer, Client, TestApp};
use std::collections::BTreeSet;
use table::{Fixture, Line, TABLE};
use tutti::platform::ids;

/// The columns of the table.
pub const PEOPLE: [&str; 13] = [
    "admin",
    "lead",
    "liaison",
    "other",
    "member",
    "committee",
    "chair",
    "adviser",
    "viewer",
    "colleague",
    "stranger",
    "guest",
    "signed out",
];

fn outcome(answer: &Answer) -> char {
    match answer.status.as_u16() {
        303 if answer.location().starts_with("/sign-in") => 's',
        403 => 'f',
        404 => 'n',
        200 | 303 | 409 | 422 => 'o',
        other => panic!("status {other}: {}", answer.text()),
    }
}

async fn ask(fixture: &Fixture, person: &str, line: &Line) -> Answer {
    let app: &TestApp = &fixture.app;
    let mut browser = if person == "signed out" { Client::new(app) } else { app.sign_in(person).await };
    let path = fixture.address(line.path);
    match line.method {
        "GET" => browser.get(&path).await,
        // What every form of ours carries, so that the answer is about the person and not about the form.
        _ => browser.post(&path, &[("id", &ids::new_uuid().to_string()), ("version", "1")]).await,
    }
}

/// Runs every fourth line, so that four threads share the table.
async fn run(quarter: usize) {
    let mut wrong = Vec::new();
    // Pages change nothing and share a company; every action gets one of its own.
    let shared = Fixture::new().await;
    for line in TABLE.iter().skip(quarter).step_by(4) {
        let own = if line.method == "GET" { None } else { Some(Fixture::new().await) };
        let fixture = own.as_ref().unwrap_or(&shared);
        let expected: Vec<char> = line.expected.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(expected.len(), PEOPLE.len(), "{} {} has not one letter a person", line.method, line.path);
        let mut order: Vec<usize> = (0..PEOPLE.len()).collect();
        order.sort_by_key(|index| expected[*index] == 'o');
        let mut found = vec!['?'; PEOPLE.len()];
        for index in order {
            let mut got = outcome(&ask(fixture, PEOPLE[index], line).await);
            if got == 'n' && expected[index] == 'o' {
                // Somebody before them took it away, as they may: ask again where it still is.
                got = outcome(&ask(&Fixture::new().await, PEOPLE[index], line).await);
            }
            found[index] = got;
        }
        if found != expected {
            let found: String = found.into_iter().collect();
            wrong.push(format!("{} {}\n  expected {}\n  found    {found}", line.method, line.path, line.expected));
        }
    }
    assert!(wrong.is_empty(), "columns: {PEOPLE:?}\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn each_person_gets_what_the_table_says_1() {
    run(0).await;
}

#[tokio::test]
async fn each_person_gets_what_the_table_says_2() {
    run(1).await;
}

#[tokio::test]
async fn each_person_gets_what_the_table_says_3() {
    run(2).await;
}

#[tokio::test]
async fn each_person_gets_what_the_table_says_4() {
    run(3).await;
}

#[test]
fn every_route_is_in_the_table_and_every_line_is_a_route() {
    let routes = tutti::app::routes();
    let declared: BTreeSet<(&str, &str)> = routes.declared().iter().map(|route| (route.method, route.path)).collect();
    let written: BTreeSet<(&str, &str)> = TABLE.iter().map(|line| (line.method, line.path)).collect();
    let missing: Vec<_> = declared.difference(&written).collect();
    let gone: Vec<_> = written.difference(&declared).collect();
    assert!(missing.is_empty(), "routes without a line: {missing:#?}");
    assert!(gone.is_empty(), "lines without a route: {gone:#?}");
    assert_eq!(written.len(), TABLE.len(), "a route stands twice");
}

#[tokio::test]
async fn no_route_starts_the_next_stage_past_a_rule_that_does_not_hold() {
    let fixture = Fixture::new().await;
    let mut sql = fixture.app.sql().await;
    sqlx::query(
        r#"insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
           select stages.project_id, gen_random_uuid(), stages.id, 90, 'Split', '分解', 'split', '{"kind":"split_complete"}', true
           from stages join projects on projects.id = stages.project_id and projects.key = 'GEO' where stages.position = 1"#,
    )
    .execute(&mut sql)
    .await
    .unwrap();
    let states = "select string_agg(stages.state, ' ' order by stages.position) from stages join projects on projects.id = project_id and key = 'GEO'";
    let before: String = sqlx::query_scalar(states).fetch_one(&mut sql).await.unwrap();
    assert!(before.starts_with("current ahead"), "{before}");
    let mut people = Vec::new();
    for name in ["lead", "admin", "chair", "committee", "liaison"] {
        people.push(fixture.app.sign_in(name).await);
    }
    // What ends the project or takes its lead away comes last, so that what comes before is tried on a project under way.
    let ends = |line: &&Line| ["archive", "seats", "parts", "restore"].iter().any(|word| line.path.contains(word));
    let posts = || TABLE.iter().filter(|line| line.method == "POST" && line.path.starts_with("/p/{key}/"));
    let mut tried = 0;
    for line in posts().filter(|line| !ends(line)).chain(posts().filter(ends)) {
        let own = fixture.address(line.path);
        let paths = [own.replace("/gates/A1", "/gates/A2"), own];
        for path in if paths[0] == paths[1] { &paths[1..] } else { &paths[..] } {
            for person in &mut people {
                let id = ids::new_uuid().to_string();
                person.post(path, &[("id", &id), ("version", "1"), ("state", "passed"), ("stage", "A2")]).await;
                tried += 1;
            }
        }
        let after: String = sqlx::query_scalar(states).fetch_one(&mut sql).await.unwrap();
        assert_eq!(after, before, "{}", line.path);
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn a_stage_starts_in_two_places_only() {
    fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut all = Vec::new();
    files(std::path::Path::new("src"), &mut all);
    all.sort();
    let holding = |words: &str| -> Vec<String> {
        let of = |path: &std::path::PathBuf| {
            let count = std::fs::read_to_string(path).unwrap().matches(words).count();
            (count > 0).then(|| format!("{} {count}", path.strip_prefix("src").unwrap().display()))
        };
        all.iter().filter_map(of).collect()
    };
    // Passing the gate before it under lock, and publishing, which starts the first one only.
    assert_eq!(
        holding("begin_stage(&mut change"),
        ["lifecycle/gates/actions.rs 1", "lifecycle/publishing/actions.rs 1"]
    );
    assert_eq!(holding("records::start("), ["lifecycle/gates/actions.rs 1"]);
    // And a decision that sends back makes one current that was passed before.
    assert_eq!(holding("update stages set state = 'current'"), ["projects/gates/store.rs 2"]);
}

/// Opens an address and follows where it leads; the first answer and the last.
async fn follow(browser: &mut Client, path: &str) -> (Answer, Answer) {
    let first = browser.get(path).await;
    let mut last = browser.get(path).await;
    for _ in 0..3 {
        if last.status.as_u16() != 303 {
            break;
        }
        let to = last.location().to_owned();
        last = browser.get(&to).await;
    }
    (first, last)
}

#[tokio::test]
async fn an_address_that_takes_only_post_leads_to_the_page_of_its_form() {
    let fixture = Fixture::new().await;
    let is_page = |path: &str| TABLE.iter().any(|line| line.method == "GET" && line.path == path);
    let mut wrong = Vec::new();
    for line in TABLE.iter().filter(|line| line.method == "POST" && !is_page(line.path)) {
        let letters = line.expected.chars().filter(|c| !c.is_whitespace());
        let who = letters.zip(PEOPLE).find(|(letter, _)| *letter == 'o').map_or("admin", |(_, who)| who);
        let path = fixture.address(line.path);
        let (first, last) = follow(&mut fixture.app.sign_in(who).await, &path).await;
        if (first.status.as_u16(), last.status.as_u16()) != (303, 200) {
            wrong.push(format!("{} for {who}: {} then {}", line.path, first.status, last.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // It shows nothing to whom the page shows nothing, and what no form is posted to is not there.
    for (who, path, last) in [
        ("guest", "/p/GEO/requests/1/withdraw", 404),
        ("stranger", "/p/NONE/requests/1/withdraw", 404),
        ("lead", "/p/GEO/requests/99/withdraw", 404),
        ("liaison", "/admin/calendar/days", 403),
    ] {
        assert_eq!(follow(&mut fixture.app.sign_in(who).await, path).await.1.status.as_u16(), last, "{who} {path}");
    }
    fixture.app.sign_in("lead").await.get("/p/GEO/requests/1/nonsense").await.expect(404);
    let mut lead = fixture.app.sign_in("lead").await;
    for (path, page) in [
        ("/p/GEO/escalations/1/criteria", "/p/GEO/escalations/1/options"),
        ("/p/GEO/escalations/1/settle", "/p/GEO/escalations/1"),
        ("/p/GEO/requests/1/withdraw", "/p/GEO/requests/1"),
        ("/p/GEO/duties", "/p/GEO/duties/new"),
        ("/my-work/GEO-1", "/"),
    ] {
        assert_eq!(lead.get(path).await.expect(303).location(), page);
    }
    let out = Client::new(&fixture.app).get("/p/GEO/requests/1/withdraw").await.expect(303);
    assert_eq!(out.location(), "/sign-in?next=%2Fp%2FGEO%2Frequests%2F1%2Fwithdraw");
}
