//! Before the committee every option answers every criterion, whoever adds or changes which; what the clock brings may not.

use crate::support::{
    Answer, TestApp,
    disputes::{before_committee, hidden, names, option, raised, value},
};
use tutti::platform::ids::new_uuid;

const OPTIONS: &str = "select string_agg(letter || ' ' || title, ', ' order by letter) from options";
const CRITERIA: &str = "select string_agg(coalesce(code, name), ',' order by position) from criteria";

/// The form of options as the page has it, without the row of a new one.
fn form(page: &Answer, url: &str) -> Vec<(String, String)> {
    let all = [hidden(page, url), names(page)].concat();
    all.into_iter().filter(|(name, _)| !name.contains("-C")).collect()
}

/// With these fields added, or in place of those of the same name.
fn with<'a>(form: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect()
}

async fn criterion(app: &TestApp, code: &'static str) -> String {
    sqlx::query_scalar("select id::text from criteria where code = $1")
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_option_that_is_added_answers_every_criterion() {
    let (app, geo) = TestApp::with_project().await;
    let url = format!("{}/options", before_committee(&app, geo).await);
    let (cost, risk) = (criterion(&app, "cost").await, criterion(&app, "risk").await);
    let (cost, risk) = (format!("answer-C-{cost}"), format!("answer-C-{risk}"));
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(&url).await.expect(200);
    let (first, second) = (form(&page, &url), form(&lead.get(&url).await, &url));
    let (id, other) = (new_uuid().to_string(), new_uuid().to_string());
    let new = [("id-C", id.as_str()), ("new-C", "1"), ("title-C", "Usage based"), (cost.as_str(), "9 days")];
    let page = lead.post(&url, &with(&first, &new)).await.expect(422).says("Option C does not answer “Main risk”");
    assert_eq!(page.attribute(&format!("[id='{risk}']"), "aria-invalid").as_deref(), Some("true"));
    for (field, kept) in [("title-C", "Usage based"), (cost.as_str(), "9 days")] {
        assert_eq!(page.attribute(&format!("[id='{field}']"), "value").as_deref(), Some(kept));
    }
    assert_eq!(page.all("[aria-invalid=true]").len(), 1, "what is answered is not asked for");
    assert_eq!(value(&app, OPTIONS).await, "A 299 flat, B 399 flat");
    let emptied = first.iter().find(|(name, _)| name.starts_with("answer-A-")).unwrap().0.clone();
    lead.post(&url, &with(&first, &[(emptied.as_str(), " ")]))
        .await
        .expect(422)
        .says("Option A does not answer “Cost”");
    // Two are added at once: both are kept, each with its answers.
    lead.post(&url, &with(&first, &[&new[..], &[(risk.as_str(), "Low")]].concat())).await.expect(303);
    let late = [("id-C", other.as_str()), ("new-C", "1"), ("title-C", "By seat"), (cost.as_str(), "4 days")];
    let page = lead.post(&url, &with(&second, &late)).await.expect(422).says("Option D does not answer “Main risk”");
    assert_eq!(page.attribute("#title-D", "value").as_deref(), Some("By seat"));
    lead.post(&url, &with(&second, &[&late[..], &[(risk.as_str(), "High")]].concat())).await.expect(303);
    assert_eq!(value(&app, OPTIONS).await, "A 299 flat, B 399 flat, C Usage based, D By seat");
    assert_eq!(value(&app, "select count(*)::text from answers").await, "8");
}

#[tokio::test]
async fn a_criterion_that_is_added_is_answered_in_the_same_form() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let url = format!("{path}/options");
    let mut lead = app.sign_in("lead").await;
    let sent = form(&lead.get(&url).await.expect(200), &url);
    let chosen = [("criterion", "cost"), ("criterion", "risk"), ("criterion", "margin"), ("own1", "Trust")];
    let sent = with(&sent, &chosen);
    // By either button, and by a form of criteria alone.
    let alone: Vec<(&str, &str)> =
        sent.iter().copied().filter(|(name, _)| !name.contains("-A") && !name.contains("-B")).collect();
    for (to, form) in [("options", &sent), ("criteria", &sent), ("criteria", &alone)] {
        let page = lead.post(&format!("{path}/{to}"), form).await.expect(422);
        for field in ["answer-A-margin", "answer-B-margin", "answer-A-own1", "answer-B-own1"] {
            assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid").as_deref(), Some("true"), "{to}: {field}");
        }
        assert_eq!(page.all("[aria-invalid=true]").len(), 4, "{to}");
        assert_eq!(page.attribute("#own1", "value").as_deref(), Some("Trust"));
        assert_eq!(value(&app, CRITERIA).await, "cost,risk");
    }
    let half =
        [&sent[..], &[("answer-A-margin", "61 %"), ("tone-A-margin", "ok"), ("answer-B-margin", "70 %")]].concat();
    let page = lead.post(&url, &half).await.expect(422);
    assert_eq!(page.attribute("#answer-A-margin", "value").as_deref(), Some("61 %"));
    let whole = [&half[..], &[("answer-A-own1", "Low"), ("answer-B-own1", "High")]].concat();
    lead.post(&format!("{path}/criteria"), &whole).await.expect(303);
    assert_eq!(value(&app, CRITERIA).await, "cost,margin,risk,Trust");
    assert_eq!(value(&app, "select count(*)::text from answers").await, "8");
    assert_eq!(value(&app, "select max(version)::text from pack_versions").await, "2", "one version for all of it");
    let page = app.sign_in("committee").await.get(&path).await.expect(200).says("New criterion: Margin").says("70 %");
    assert!(!page.text().contains("not answered"));
    // A criterion may go alone.
    let page = lead.get(&url).await.expect(200);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fewer = [("version", version.as_str()), ("criteria", "1"), ("criterion", "cost")];
    lead.post(&format!("{path}/criteria"), &fewer).await.expect(303);
    assert_eq!(value(&app, CRITERIA).await, "cost");
}

#[tokio::test]
async fn what_the_clock_brings_unanswered_says_so() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let mut other = app.sign_in("other").await;
    let version = crate::support::disputes::version(&app).await;
    let fields = [("version", version.as_str()), ("criteria", "1"), ("criterion", "cost")];
    other.post(&format!("{path}/criteria"), &fields).await.expect(303);
    let page = other.get(&path).await.expect(200).says("not answered yet");
    assert!(!page.text().contains("E-1 with the committee"));
    for moment in ["2026-11-20T10:00", "2026-12-20T10:00"] {
        app.at(moment).await;
    }
    assert_eq!(value(&app, "select state from escalations").await, "with_committee");
    let mut member = app.sign_in("committee").await;
    for page in [path.clone(), format!("{path}/packs/1"), format!("{path}/markdown")] {
        let page = member.get(&page).await.expect(200).says("not answered");
        assert!(!page.text().contains("not answered yet"), "nobody is about to");
    }
    // Whoever changes anything of it then answers.
    let (url, mut lead) = (format!("{path}/options"), app.sign_in("lead").await);
    let sent = form(&lead.get(&url).await.expect(200), &url);
    let page = lead.post(&url, &with(&sent, &[("title-A", "289 flat")])).await.expect(422);
    assert_eq!(page.all("[aria-invalid=true]").len(), 2);
    assert_eq!(page.attribute("#title-A", "value").as_deref(), Some("289 flat"));
    assert!(!option(&app, "A").await.is_empty());
}
