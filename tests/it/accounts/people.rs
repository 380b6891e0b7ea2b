//! What administrators do with people.

use super::{PASSWORD, door::futures};
use crate::support::{Client, TestApp};
use tutti::{
    accounts::{
        Administrator,
        actions::{self, Details, NewPerson, PeopleError},
        people::{self, Filter, Standing},
    },
    platform::{ids::PersonId, locale::Language},
    web::shell::OrganisationRole,
};

async fn app() -> TestApp {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    app
}

fn proof() -> Administrator {
    Administrator::at_the_console()
}

#[tokio::test]
async fn an_address_belongs_to_one_person() {
    let app = app().await;
    let mut new = NewPerson {
        id: PersonId::new(),
        email: "ADMIN@qiming.example".parse().unwrap(),
        name: "Second".to_owned(),
        role: OrganisationRole::Guest,
        title: "Adviser".to_owned(),
        department: None,
        language: Language::English,
    };
    let mut change = app.change().await;
    assert!(matches!(actions::invite(&app.state, &mut change, &proof(), &new).await, Err(PeopleError::EmailTaken)));
    new.email = "second@qiming.example".parse().unwrap();
    let mut change = app.change().await;
    let link = actions::invite(&app.state, &mut change, &proof(), &new).await.unwrap().unwrap();
    assert!(!link.is_mailed && link.address.starts_with("http://127.0.0.1:3000/invitation/"));
    change.commit().await.unwrap();
    // The same form once more.
    let mut change = app.change().await;
    assert!(actions::invite(&app.state, &mut change, &proof(), &new).await.unwrap().is_none());
    drop(change);

    let details = Details {
        email: "Admin@qiming.example".parse().unwrap(),
        name: "Second".to_owned(),
        title: String::new(),
        department: None,
    };
    let mut change = app.change().await;
    let taken = actions::update_person(&mut change, &proof(), new.id, &details, ("", ""), 1).await;
    assert!(matches!(taken, Err(PeopleError::EmailTaken)));
    let details = Details { email: "third@qiming.example".parse().unwrap(), ..details };
    let mut change = app.change().await;
    assert!(actions::update_person(&mut change, &proof(), new.id, &details, ("", ""), 1).await.unwrap());
    change.commit().await.unwrap();
    let mut change = app.change().await;
    let stale = actions::update_person(&mut change, &proof(), new.id, &details, ("", ""), 1).await;
    assert!(matches!(stale, Err(PeopleError::Stale)));
    assert!(!actions::update_person(&mut change, &proof(), new.id, &details, ("", ""), 2).await.unwrap());
    let gone = actions::update_person(&mut change, &proof(), PersonId::new(), &details, ("", ""), 2).await;
    assert!(matches!(gone, Err(PeopleError::NotFound)));
}

#[tokio::test]
async fn somebody_is_left_to_run_the_installation() {
    let app = app().await;
    let admin = PersonId(app.id_of("admin").await);
    // Invited only, or deactivated: neither can run anything.
    app.person("invited", "administrator").await;
    app.person("left", "administrator").await;
    app.set_password("left", PASSWORD).await;
    let left = PersonId(app.id_of("left").await);
    let mut change = app.change().await;
    assert!(actions::deactivate(&mut change, &proof(), left).await.unwrap());
    change.commit().await.unwrap();

    let mut change = app.change().await;
    let refused = actions::set_role(&mut change, &proof(), admin, OrganisationRole::Member).await;
    assert!(matches!(refused, Err(PeopleError::LastAdministrator)));
    let refused = actions::deactivate(&mut change, &proof(), admin).await;
    assert!(matches!(refused, Err(PeopleError::LastAdministrator)));
    assert!(actions::reactivate(&mut change, &proof(), left).await.unwrap());
    assert!(!actions::reactivate(&mut change, &proof(), left).await.unwrap());
    assert!(actions::set_role(&mut change, &proof(), admin, OrganisationRole::Guest).await.unwrap());
    assert!(!actions::set_role(&mut change, &proof(), admin, OrganisationRole::Guest).await.unwrap());
    change.commit().await.unwrap();
    assert_eq!(app.kinds().await, ["person.deactivated", "person.reactivated", "person.role_changed"]);
}

#[tokio::test]
async fn administrators_who_demote_each_other_leave_one() {
    let app = app().await;
    let mut everybody = vec![PersonId(app.id_of("admin").await)];
    for name in ["two", "three", "four"] {
        everybody.push(PersonId(app.person(name, "administrator").await));
        app.set_password(name, PASSWORD).await;
    }
    let tries = everybody.into_iter().map(|id| {
        let state = app.state.clone();
        async move {
            let mut change = tutti::events::Change::by(&state, None, "", "").await.unwrap();
            actions::deactivate(&mut change, &Administrator::at_the_console(), id).await?;
            change.commit().await.unwrap();
            Ok::<_, PeopleError>(())
        }
    });
    let outcomes = futures(tries).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(PeopleError::LastAdministrator))));
}

#[tokio::test]
async fn a_demoted_or_deactivated_person_loses_it_at_the_next_request() {
    let app = app().await;
    app.person("second", "administrator").await;
    app.set_password("second", PASSWORD).await;
    let second = PersonId(app.id_of("second").await);
    let mut browser = Client::new(&app);
    browser.post("/sign-in", &[("email", "second@qiming.example"), ("password", PASSWORD)]).await.expect(303);
    browser.get("/settings").await.expect(200);
    let mut change = app.change().await;
    actions::deactivate(&mut change, &proof(), second).await.unwrap();
    change.commit().await.unwrap();
    browser.get("/settings").await.expect(303);
    // Back again: the old session stays ended, the password works.
    let mut change = app.change().await;
    actions::reactivate(&mut change, &proof(), second).await.unwrap();
    change.commit().await.unwrap();
    browser.get("/settings").await.expect(303);
    browser.post("/sign-in", &[("email", "second@qiming.example"), ("password", PASSWORD)]).await.expect(303);
}

#[tokio::test]
async fn people_are_found() {
    let app = app().await;
    app.person("苏晴", "member").await;
    app.person("wei", "guest").await;
    app.set_password("wei", PASSWORD).await;
    let mut sql = app.sql().await;
    for (filter, expected) in [
        (Filter::default(), vec!["admin", "wei", "苏晴"]),
        (Filter { text: " QIMING ".to_owned(), ..Filter::default() }, vec!["admin", "wei", "苏晴"]),
        (Filter { text: "苏".to_owned(), ..Filter::default() }, vec!["苏晴"]),
        (Filter { text: "%".to_owned(), ..Filter::default() }, vec![]),
        (Filter { role: Some(OrganisationRole::Guest), ..Filter::default() }, vec!["wei"]),
        (Filter { standing: Some(Standing::Invited), ..Filter::default() }, vec!["苏晴"]),
        (Filter { standing: Some(Standing::Active), ..Filter::default() }, vec!["admin", "wei"]),
    ] {
        let mut found = people::names(&mut sql, &filter).await.unwrap();
        found.sort();
        assert_eq!(found.iter().map(|(name, _)| name).collect::<Vec<_>>(), expected, "{filter:?}");
    }
    let all = people::names(&mut sql, &Filter::default()).await.unwrap();
    let backwards: Vec<PersonId> = all.iter().rev().map(|(_, id)| *id).collect();
    let lines = people::lines(&mut sql, &backwards).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), backwards);
}

#[tokio::test]
async fn the_console_makes_an_administrator_and_an_organisation() {
    use clap::Parser;
    use tutti::admin::setup::console::{CreateAdministrator, create_administrator};
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        given: CreateAdministrator,
    }
    let given = |line: &str| Line::try_parse_from(line.split('|')).unwrap().given;
    let app = TestApp::empty().await;
    let line = "tutti|--email|Su@Qiming.example|--name|Su Qing";
    let refused = create_administrator(&app.state, &given(line)).await.unwrap_err();
    assert!(refused.to_string().contains("--organisation"));
    let line = format!("{line}|--organisation|启明科技|--language|zh-CN|--time-zone|Asia/Shanghai");
    let password = create_administrator(&app.state, &given(&line)).await.unwrap().unwrap();
    let mut browser = Client::new(&app);
    browser.get("/sign-in").await.expect(200).says("启明科技");
    browser.post("/sign-in", &[("email", "su@qiming.example"), ("password", &password)]).await.expect(303);
    // A second one joins the organisation that is there; an address only once; a password by the same rules.
    let refused = create_administrator(&app.state, &given(&line)).await.unwrap_err();
    assert!(refused.to_string().contains("already"));
    let refused = create_administrator(&app.state, &given("tutti|--email|b@c|--name|B|--password|short")).await;
    assert!(refused.unwrap_err().to_string().contains("at least 12"));
    let line = "tutti|--email|b@c|--name|B|--password|correct horse battery staple";
    assert!(create_administrator(&app.state, &given(line)).await.unwrap().is_none());
}

#[tokio::test]
async fn only_an_administrator_gets_the_proof() {
    use axum::{extract::FromRequestParts, http::Request};
    use std::sync::Arc;
    use tutti::{
        platform::{ids::SessionId, locale::T},
        web::{Shell, Viewer},
    };
    let app = app().await;
    for (role, expected) in [
        (Some(OrganisationRole::Administrator), 200),
        (Some(OrganisationRole::Member), 403),
        (Some(OrganisationRole::Guest), 404),
        (None, 303),
    ] {
        let now = app.state.clock.now();
        let mut shell = Shell::signed_out(T(Language::English), now, "/".to_owned(), None, String::new());
        shell.viewer = role.map(|role| Viewer {
            person_id: PersonId::new(),
            session_id: SessionId::new(),
            name: String::new(),
            email: String::new(),
            role,
        });
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.extensions.insert(Arc::new(shell));
        let status = match Administrator::from_request_parts(&mut parts, &()).await {
            Ok(_) => 200,
            Err(problem) => problem.status().as_u16(),
        };
        assert_eq!(status, expected, "{role:?}");
    }
}
