//! Thanks from person to person: shown, given once, refused, forbidden, told.

use crate::support::{
    Answer, Client, TestApp,
    disputes::{hidden, value},
    statements,
};
use tutti::platform::ids::new_uuid;

const LIST: &str = "/p/GEO/thanks";
const NEW: &str = "/p/GEO/thanks/new";

async fn give(client: &mut Client, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let mut all = hidden(page, NEW);
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(NEW, &all).await
}

#[tokio::test]
async fn somebody_is_thanked_once_for_what_they_did() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", Some("liaison"), "2026-11-20").await;
    let liaison = app.id_of("liaison").await.to_string();
    let mut lead = app.sign_in("lead").await;
    lead.get(LIST).await.expect(200).says("No thanks yet").says("Nobody is counted or ranked");
    let task = lead.get("/p/GEO/tasks/1").await.expect(200);
    let href = task.attribute(".acts a[href*='/thanks/new']", "href").expect("a way to say thanks");
    assert_eq!(href, "/p/GEO/thanks/new?about=GEO-1");
    let form = lead.get(&href).await.expect(200).says("GEO-1 Publish the pricing page");
    assert_eq!(form.attribute("#to option[selected]", "value"), Some(liaison.clone()), "who has the task is proposed");
    let (note, own) = ("It was live a day early.", app.id_of("lead").await.to_string());
    let stranger = app.id_of("stranger").await.to_string();
    for (to, about, note, wrong) in [
        ("", "GEO-1", note, "Choose somebody with a seat"),
        (&*stranger, "GEO-1", note, "Choose somebody with a seat"),
        (&*own, "GEO-1", note, "Choose somebody else"),
        (&*liaison, "E-1", note, "Name a task, a request or a decision"),
        (&*liaison, "GEO-99", note, "Name a task, a request or a decision"),
        (&*liaison, "GEO-1", "", "Say what for"),
        (&*liaison, "GEO-1", &*"x".repeat(281), "280"),
    ] {
        let page =
            give(&mut lead, &form, &[("to", to), ("about", about), ("note", note)]).await.expect(422).says(wrong);
        assert_eq!(page.all("textarea#note").concat(), note, "nothing typed is lost");
    }
    let good = [("to", &*liaison), ("about", "geo-1"), ("note", "It was live <b>a day</b> early.")];
    for _ in 0..2 {
        assert_eq!(give(&mut lead, &form, &good).await.expect(303).location(), LIST);
    }
    let again = lead.get(NEW).await.expect(200);
    give(&mut lead, &again, &good).await.expect(422).says("You have thanked this person for it already");
    assert_eq!(value(&app, "select count(*)::text from thanks").await, "1");
    let page = app.sign_in("viewer").await.get(LIST).await.expect(200);
    let page = page.says("lead thanks liaison").says("It was live <b>a day</b> early.");
    assert!(page.attribute("a[href='/p/GEO/tasks/1']", "href").is_some());
    lead.clone().chinese().get(LIST).await.expect(200).says("lead 感谢 liaison");
    // The person is told, and it stands in the history.
    let told = "select string_agg(people.name, ', ') from notices join people on people.id = notices.person_id";
    tutti::notices::tell(&app.state).await.unwrap();
    assert_eq!(value(&app, told).await, "liaison");
    lead.get("/p/GEO/history").await.expect(200).says("lead thanked liaison for GEO-1");
    let (page, count) = statements::count(lead.get(LIST)).await;
    page.expect(200);
    assert_eq!(count, 3, "session, standing, list");
    let (page, count) = statements::count(lead.get(&href)).await;
    page.expect(200);
    assert_eq!(count, 4, "session, standing, people, thing");
}

#[tokio::test]
async fn a_form_thanks_once_and_loses_no_other_words() {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Publish the pricing page", "Write the letter", "Book the hall"] {
        app.task(geo, "MKT", title, Some("liaison"), "2026-11-20").await;
    }
    let liaison = app.id_of("liaison").await.to_string();
    let mut lead = app.sign_in("lead").await;
    let form = lead.get(NEW).await.expect(200);
    let said = |about: &'static str, note: &'static str| [("to", &*liaison), ("about", about), ("note", note)];
    give(&mut lead, &form, &said("GEO-1", "A day early")).await.expect(303);
    for (about, note) in [("GEO-1", "Two days early"), ("GEO-2", "Well written")] {
        let page = give(&mut lead, &form, &said(about, note)).await.expect(409).says("What you typed is kept below");
        assert_eq!(page.all("textarea#note").concat(), note);
        assert_eq!(page.attribute("#about", "value").as_deref(), Some(about));
        let expected = if about == "GEO-1" { 422 } else { 303 };
        give(&mut lead, &page, &said(about, note)).await.expect(expected);
    }
    let kept = "select string_agg(note, ', ' order by id) from thanks";
    assert_eq!(value(&app, kept).await, "A day early, Well written");
    // Twice at once.
    let (form, mut other) = (lead.get(NEW).await.expect(200), lead.clone());
    let said = said("GEO-3", "The best one in town");
    let (first, second) = tokio::join!(give(&mut lead, &form, &said), give(&mut other, &form, &said));
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 303));
    assert_eq!(value(&app, kept).await, "A day early, Well written, The best one in town");
}

#[tokio::test]
async fn guests_and_people_without_a_seat_do_not() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", Some("liaison"), "2026-11-20").await;
    let liaison = app.id_of("liaison").await.to_string();
    for (who, expected) in [("adviser", 404), ("guest", 404), ("stranger", 403), ("colleague", 403), ("admin", 403)] {
        let mut client = app.sign_in(who).await;
        client.get(NEW).await.expect(expected);
        let fields = [("id", &*new_uuid().to_string()), ("to", &*liaison), ("about", "GEO-1"), ("note", "Well done")];
        client.post(NEW, &fields).await.expect(expected);
    }
    sqlx::query("update projects set state = 'draft', published_at = null where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.sign_in("lead").await.get(NEW).await.expect(403);
    sqlx::query("update projects set state = 'active', published_at = now() where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.sign_in("lead").await.get(NEW).await.expect(200);
    sqlx::query("update projects set state = 'archived', archived_at = now() where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.sign_in("lead").await.get(NEW).await.expect(403);
    app.sign_in("lead").await.get(LIST).await.expect(200);
    assert_eq!(value(&app, "select count(*)::text from thanks").await, "0");
}
