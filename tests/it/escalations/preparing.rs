//! What the lead recommends, and criteria and options, which stand in one form.

use super::*;

#[tokio::test]
async fn passing_on_records_the_recommendation_of_the_same_form() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    let recommended = "select o.letter from escalations e join options o on o.id = e.recommended_option_id";
    // Not yet complete: nothing is recorded, and the choice is kept.
    lead.post(&format!("{path}/pass"), &[("from", "liaisons"), ("recommended", &a)]).await.expect(303);
    assert_eq!(value(&app, recommended).await, "A");
    let fields = [("from", "lead"), ("recommended", b.as_str()), ("note", "Both tried.")];
    let page = lead.post(&format!("{path}/pass"), &fields).await.expect(422);
    assert!(!page.all("#main .errors[tabindex='-1'] li").is_empty(), "what is missing is said where the focus goes");
    assert_eq!(page.attribute("#recommended option[selected]", "value"), Some(b.clone()));
    assert_eq!(value(&app, recommended).await, "A");
    // Saved alone, with the note kept.
    let page = lead.post(&format!("{path}/recommend"), &fields).await.expect(200).says("Recommendation saved.");
    assert_eq!(page.attribute("#note", "value").as_deref(), Some("Both tried."));
    lead.post(&format!("{path}/recommend"), &[("recommended", "")]).await.expect(303);
    assert_eq!(value(&app, recommended).await, "");
    prepared(&app, &path).await;
    lead.submit(&format!("{path}/pass"), &fields).await.says("With the committee").says("Lead recommends");
    assert_eq!(value(&app, recommended).await, "B");
    let last = "select string_agg(kind, ',' order by id) from (select kind, id from events order by id desc limit 3) e";
    assert_eq!(value(&app, last).await, "option.recommended,escalation.passed_on,escalation.pack_kept");
    // A liaison, who passes it to the lead, recommends nothing.
    let path = raised(&app, geo).await;
    let sly = [("from", "liaisons"), ("recommended", b.as_str())];
    app.sign_in("other").await.post(&format!("{path}/pass"), &sly).await.expect(403);
}

#[tokio::test]
async fn criteria_and_options_stand_in_one_form() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let (page_url, mut other) = (format!("{path}/options"), app.sign_in("other").await);
    let page = other.get(&page_url).await.expect(200);
    assert_eq!(page.all(&format!("form[action='{page_url}'] button[formaction='{path}/criteria']")), ["Save criteria"]);
    let (first, third) = (version(&app).await, new_uuid().to_string());
    let typed = [
        ("criteria", "1"),
        ("title-A", "299 flat"),
        ("title-B", "399 flat, billed yearly"),
        ("id-C", third.as_str()),
        ("title-C", "Usage based"),
        ("summary-C", "Per prompt"),
    ];
    // The criteria are saved; what was typed below them is kept, and saved by the other button.
    let sent = [&[("version", first.as_str()), ("criterion", "cost"), ("own1", "Trust")], &typed[..]].concat();
    let page = other.post(&format!("{path}/criteria"), &sent).await.expect(200).says("not saved yet");
    for (field, kept) in
        [("title-B", "399 flat, billed yearly"), ("title-C", "Usage based"), ("summary-C", "Per prompt")]
    {
        assert_eq!(page.attribute(&format!("#{field}"), "value").as_deref(), Some(kept));
    }
    assert_eq!(
        value(&app, "select string_agg(coalesce(code, name), ',' order by position) from criteria").await,
        "cost,Trust"
    );
    assert_eq!(value(&app, "select count(*)::text from options").await, "2");
    let second = page.attribute("input[name=version]", "value").unwrap();
    assert_ne!(second, first);
    // The other button saves both: options, and criteria that changed meanwhile.
    let cost = value(&app, "select id::text from criteria where code = 'cost'").await;
    let answer = format!("answer-A-{cost}");
    let sent = [&[("version", second.as_str()), ("criterion", "risk"), (answer.as_str(), "Low")], &typed[..]].concat();
    other.post(&page_url, &[&sent[..], &[("criterion", "cost")]].concat()).await.expect(303);
    assert_eq!(value(&app, "select string_agg(code, ',' order by position) from criteria").await, "cost,risk");
    assert_eq!(
        value(&app, "select string_agg(title, '|' order by letter) from options").await,
        "299 flat|399 flat, billed yearly|Usage based"
    );
    assert_eq!(value(&app, "select answer from answers").await, "Low");
    // A criterion that goes takes its answers along; an old page changes nothing.
    other.post(&page_url, &sent).await.expect(409).says("Usage based");
    let third = version(&app).await;
    let sent = [&[("version", third.as_str()), ("criterion", "risk"), (answer.as_str(), "Low")], &typed[..]].concat();
    other.post(&page_url, &sent).await.expect(303);
    assert_eq!(value(&app, "select string_agg(code, ',') from criteria").await, "risk");
    assert_eq!(value(&app, "select count(*)::text from answers").await, "0");
    assert_eq!(
        value(&app, "select count(*)::text from events where kind = 'option.changed'").await,
        "2",
        "B, then A's answer"
    );
}

#[tokio::test]
async fn an_id_of_two_rows_or_of_another_case_is_refused() {
    let (app, geo) = TestApp::with_project().await;
    let first = raised(&app, geo).await;
    let taken = value(&app, "select id::text from options where letter = 'A'").await;
    let path = raised(&app, geo).await;
    let (url, mut other) = (format!("{path}/options"), app.sign_in("other").await);
    let form = {
        let page = other.get(&url).await.expect(200);
        [hidden(&page, &url), names(&page)].concat()
    };
    let with = |changes: &[(&str, &str)]| -> Vec<(String, String)> {
        let kept = form.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).cloned();
        kept.chain(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    };
    let a = form.iter().find(|(name, _)| name == "id-A").unwrap().1.clone();
    let new = new_uuid().to_string();
    for forged in [
        vec![("id-B", a.as_str())],
        vec![("id-C", new.as_str()), ("title-C", "By seat"), ("id-D", new.as_str()), ("title-D", "Per prompt")],
        vec![("id-A", taken.as_str())],
        vec![("id-C", taken.as_str()), ("title-C", "By seat")],
    ] {
        other.post(&url, &pairs(&with(&forged))).await.expect(422);
    }
    let options = "select string_agg(letter || ' ' || title, ', ' order by escalation_id, letter) from options";
    assert_eq!(value(&app, options).await, "A 299 flat, B 399 flat, A 299 flat, B 399 flat");
    other.post(&url, &pairs(&with(&[("title-C", "By seat")]))).await.expect(303);
    assert_ne!(first, path);
}

#[tokio::test]
async fn two_people_add_an_option_at_once_and_both_are_kept() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let url = format!("{path}/options");
    let (mut other, mut lead) = (app.sign_in("other").await, app.sign_in("lead").await);
    // Both have the form open before either saves it.
    let form = |page: &crate::support::Answer| -> Vec<(String, String)> { [hidden(page, &url), names(page)].concat() };
    let (first, second) = (form(&other.get(&url).await.expect(200)), form(&lead.get(&url).await.expect(200)));
    let with = |form: &[(String, String)], changes: &[(&str, &str)]| -> Vec<(String, String)> {
        let kept = form.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).cloned();
        kept.chain(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    };
    let sent = with(&first, &[("title-C", "Usage based"), ("summary-C", "Per prompt")]);
    other.post(&url, &pairs(&sent)).await.expect(303);
    let sent = with(&second, &[("title-C", "Free for a year"), ("summary-C", "Then 399")]);
    lead.post(&url, &pairs(&sent)).await.expect(303);
    let options = "select string_agg(letter || ' ' || title || '|' || summary, ', ' order by letter) from options";
    let both = "A 299 flat|, B 399 flat|, C Usage based|Per prompt, D Free for a year|Then 399";
    assert_eq!(value(&app, options).await, both);
    // The same form again adds nothing.
    lead.post(&url, &pairs(&sent)).await.expect(303);
    assert_eq!(value(&app, options).await, both);
    // Together with a change of what somebody else has changed too it is a conflict; what was typed moves to a letter of its own.
    let sent = with(&first, &[("title-A", "279 flat"), ("id-C", &new_uuid().to_string()), ("title-C", "By seat")]);
    let page = other.post(&url, &pairs(&sent)).await.expect(409);
    for (field, kept) in [
        ("#title-A", "279 flat"),
        ("#title-C", "Usage based"),
        ("#title-D", "Free for a year"),
        ("#title-E", "By seat"),
    ] {
        assert_eq!(page.attribute(field, "value").as_deref(), Some(kept), "{field}");
    }
    assert_eq!(value(&app, options).await, both);
    // An old form brings nothing back that was removed.
    let page = lead.get(&url).await.expect(200);
    let sent = with(&form(&page), &[("remove-D", "1")]);
    lead.post(&url, &pairs(&sent)).await.expect(303);
    let sent = with(&form(&page), &[("title-E", "By seat")]);
    lead.post(&url, &pairs(&sent)).await.expect(409);
    assert_eq!(value(&app, "select count(*)::text from options").await, "3");
}

#[tokio::test]
async fn a_row_left_empty_makes_no_gap_and_advice_fits_the_row() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let url = format!("{path}/options");
    let mut other = app.sign_in("other").await;
    let page = other.get(&url).await.expect(200).says("New. Leave it empty to leave it out.");
    let form = [hidden(&page, &url), names(&page)].concat();
    let with = |changes: &[(&str, &str)]| -> Vec<(String, String)> {
        let kept = form.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).cloned();
        kept.chain(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    };
    // What an option lacks is said as it can be mended: a new one has no tick to remove it.
    let page = other.post(&url, &pairs(&with(&[("summary-C", "Per prompt")]))).await.expect(422);
    let page = page.says("Give option C a name. To leave it out, empty its other fields too.");
    assert!(!page.text().contains("tick"), "there is none");
    let page = other.post(&url, &pairs(&with(&[("title-A", "")]))).await.expect(422);
    page.says("Give option A a name, or tick “Remove this option”");
    // The row C stays empty, D and F are filled: the letters follow each other.
    let (d, e, f) = (new_uuid().to_string(), new_uuid().to_string(), new_uuid().to_string());
    let rows = [
        ("id-D", d.as_str()),
        ("new-D", "1"),
        ("title-D", "Usage based"),
        ("id-E", &e),
        ("new-E", "1"),
        ("title-E", " "),
        ("id-F", &f),
        ("new-F", "1"),
        ("title-F", "By seat"),
    ];
    let sent = with(&rows);
    for _ in 0..2 {
        other.post(&url, &pairs(&sent)).await.expect(303);
        let options = "select string_agg(letter || ' ' || title, ', ' order by letter) from options";
        assert_eq!(value(&app, options).await, "A 299 flat, B 399 flat, C Usage based, D By seat");
    }
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
