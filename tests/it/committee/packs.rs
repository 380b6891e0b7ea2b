//! What the committee has in front of it: frozen, versioned, named by ballots, exported.

use crate::support::{
    TestApp,
    disputes::{amended, before_committee, hidden, names, option, part, raised, ruling, value},
    statements,
};
use sqlx::Executor;
use tutti::{decisions::packs::Content, platform::ids::new_uuid};

const VERSIONS: &str = "select string_agg(version || ':' || jsonb_array_length(changes) || ':' || choices_since, ' ' order by version) from pack_versions";

#[tokio::test]
async fn it_freezes_and_every_change_after_is_a_version() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    assert_eq!(value(&app, VERSIONS).await, "1:0:1");
    let (content, hash): (sqlx::types::Json<Content>, String) =
        sqlx::query_as("select content, hash from pack_versions").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(content.0.hash().unwrap(), hash, "the hash is of what is kept");
    let mut member = app.sign_in("committee").await;
    let page = member.get(&path).await.expect(200).says("Version 1").says(&hash[..12]);
    assert_eq!(page.attribute("#pack .ph span", "title"), Some(format!("SHA-256 {hash}")));
    assert!(page.all(".only-print").iter().any(|line| line.contains(&hash)), "the whole hash on paper");
    // A side changes its position; the same text again is no version.
    let sal = part(&app, geo, "SAL").await;
    let mut other = app.sign_in("other").await;
    let position = [("side", sal.as_str()), ("statement", "Eight of eleven."), ("version", "1")];
    other.post(&format!("{path}/position"), &position).await.expect(303);
    other.post(&format!("{path}/position"), &position).await.expect(303);
    assert_eq!(value(&app, VERSIONS).await, "1:0:1 2:1:1");
    // Evidence, an answer, the recommendation.
    let id = new_uuid().to_string();
    let evidence = [("evidence_id", id.as_str()), ("evidence_label", "Costs"), ("evidence_body", "Twelve days")];
    other.post(&format!("{path}/evidence"), &evidence).await.expect(303);
    amended(&app, &path, "lead", "B", "12").await.expect(303);
    let a = option(&app, "A").await;
    app.sign_in("lead").await.post(&format!("{path}/recommend"), &[("recommended", &a)]).await.expect(303);
    assert_eq!(value(&app, VERSIONS).await, "1:0:1 2:1:1 3:1:1 4:1:4 5:1:4");
    let page = member.get(&path).await.expect(200).says("Version 5").says("Recommended by the lead: B → A");
    assert_eq!(page.all("#pack a.lone").len(), 4, "the older ones");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'escalation.pack_kept'").await, "5");
    app.sign_in("viewer").await.get(&path).await.expect(200).says("put a version of the pack of E-1");
    // Kept as they are.
    let mut sql = app.sql().await;
    assert!(sql.execute("update pack_versions set hash = repeat('0', 64)").await.is_err());
}

#[tokio::test]
async fn only_the_lead_changes_options_before_the_committee_and_none_goes() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let url = format!("{path}/options");
    // A side is led to the case: it holds the page's link from before.
    for (who, expected) in [("other", 303), ("member", 403), ("chair", 403), ("lead", 200)] {
        app.sign_in(who).await.get(&url).await.expect(expected);
    }
    app.sign_in("other").await.post(&format!("{path}/criteria"), &[("version", "9")]).await.expect(409);
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(&url).await.expect(200).says("Options can be added, not removed");
    assert_eq!(page.all("input[name^=remove-]").len(), 0);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let sly = [("version", version.as_str()), ("remove-A", "1"), ("title-B", "399 flat")];
    lead.post(&url, &sly).await.expect(422).says("Option A stays");
    assert_eq!(value(&app, "select count(*)::text from options").await, "2");
    assert_eq!(value(&app, VERSIONS).await, "1:0:1");
    // An old page changes nothing.
    let old = [hidden(&page, &url), names(&page)].concat();
    amended(&app, &path, "lead", "A", "9").await.expect(303);
    let old: Vec<(&str, &str)> = old.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lead.post(&url, &old).await.expect(409);
}

#[tokio::test]
async fn an_older_version_is_read_with_what_changed_since() {
    let (app, geo) = TestApp::with_project().await;
    let early = raised(&app, geo).await;
    app.sign_in("lead").await.get(&format!("{early}/packs/1")).await.expect(404);
    let path = before_committee(&app, geo).await;
    amended(&app, &path, "lead", "B", "12 <b>days</b>").await.expect(303);
    let mut viewer = app.sign_in("viewer").await;
    let (page, count) = statements::count(viewer.get(&format!("{path}/packs/1"))).await;
    assert_eq!(count, 4, "session, project, dossier, versions");
    let page = page.expect(200).says("This is an older version").says("12 <b>days</b>").says("answer answer-B-");
    assert!(!page.body.contains("<b>days"), "escaped");
    assert!(page.all("form[method=post][action*=escalations]").is_empty(), "read only");
    let page = viewer.get(&format!("{path}/packs/2")).await.expect(200).says("What changed with this version");
    assert!(!page.text().contains("This is an older version"));
    for wrong in ["3", "0", "x", "-1"] {
        viewer.get(&format!("{path}/packs/{wrong}")).await.expect(404);
    }
    app.sign_in("adviser").await.get(&format!("{path}/packs/1")).await.expect(200);
    app.sign_in("guest").await.get(&format!("{path}/packs/1")).await.expect(404);
    app.sign_in("viewer").await.chinese().get(&format!("{path}/packs/1")).await.expect(200).says("这是旧版本");
}

#[tokio::test]
async fn a_ballot_names_its_version_and_is_confirmed_when_options_change() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (b, url) = (option(&app, "B").await, format!("{path}/ballot"));
    let mut member = app.sign_in("committee").await;
    let page = member.get(&path).await.expect(200);
    assert_eq!(page.attribute("#ballot input[name=pack_version]", "value").as_deref(), Some("1"));
    member.post(&url, &[("vote", &b), ("pack_version", "1")]).await.expect(303);
    // A new position makes a version, and no ballot old.
    let sal = part(&app, geo, "SAL").await;
    let position = [("side", sal.as_str()), ("statement", "Eight of eleven."), ("version", "1")];
    app.sign_in("other").await.post(&format!("{path}/position"), &position).await.expect(303);
    assert!(!member.get(&path).await.expect(200).text().contains("options have changed"));
    amended(&app, &path, "lead", "A", "12").await.expect(303);
    let page = member.get(&path).await.expect(200).says("The options have changed since you answered on version 1");
    page.says("1 of 2 have voted").says("Confirm or change");
    member.get("/committee").await.expect(200).says("The options changed since").says("Waiting for you");
    let mut chair = app.sign_in("chair").await;
    assert_eq!(chair.get(&path).await.expect(200).all("#votes [data-tone=warn]").len(), 1);
    let mut viewer = app.sign_in("viewer").await;
    assert_eq!(viewer.get(&path).await.expect(200).all("#votes [data-tone=warn]").len(), 1, "marked for everybody");
    viewer.get(&format!("{path}/markdown")).await.expect(200).says("committee: B (The options changed since)");
    // Confirmed: cast again on the version in front of them.
    member.post(&url, &[("vote", &b), ("pack_version", "3")]).await.expect(303);
    let ballots = "select string_agg(pack_version || coalesce(' ' || (replaced_at is not null)::text, ''), ',' order by id) from ballots";
    assert_eq!(value(&app, ballots).await, "1 true,3 false");
    assert!(!member.get(&path).await.expect(200).text().contains("options have changed"));
    let last = "select kind from events order by id desc limit 1";
    assert_eq!(value(&app, last).await, "ballot.confirmed");
    member.post(&url, &[("vote", &b), ("pack_version", "3")]).await.expect(303);
    assert_eq!(value(&app, ballots).await, "1 true,3 false", "what stands is not cast again");
    // Cast from a page that somebody had open before the change: out of date from the start. A version that does not
    // exist is the newest.
    chair.post(&url, &[("vote", &b), ("pack_version", "2")]).await.expect(303);
    chair.get(&path).await.expect(200).says("answered on version 2");
    chair.post(&url, &[("vote", &b), ("pack_version", "99")]).await.expect(303);
    assert!(!chair.get(&path).await.expect(200).text().contains("options have changed"));
}

#[tokio::test]
async fn votes_on_older_options_are_warned_of_where_it_is_recorded_and_marked_for_good() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (b, lead, id) = (option(&app, "B").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    app.sign_in("committee").await.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    let warning = "1 vote was cast before the options changed and has not been confirmed since: committee.";
    let url = format!("{path}/decide");
    assert!(!chair.get(&url).await.expect(200).text().contains("before the options changed"));
    amended(&app, &path, "lead", "A", "12").await.expect(303);
    chair.get(&url).await.expect(200).says(warning);
    chair.clone().chinese().get(&url).await.expect(200).says("有 1 票尚未确认：committee");
    chair.post(&url, &ruling(&id, &b, &lead)).await.expect(303);
    let mut viewer = app.sign_in("viewer").await;
    for page in ["/p/GEO/decisions/1", path.as_str()] {
        let page = viewer.get(page).await.expect(200);
        assert_eq!(page.all("#votes [data-tone=warn]").len(), 1, "the mark stays");
    }
    viewer.get("/p/GEO/decisions/1").await.says("1 vote cast on older options");
    viewer.get("/p/GEO/decisions/1/markdown").await.says("1 vote cast on older options");
    viewer.get(&format!("{path}/markdown")).await.says("committee: B (The options changed since)");
}

#[tokio::test]
async fn the_name_of_evidence_makes_no_heading() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    for (name, url) in [("# Board decision: go", ""), ("- [x] approved", ""), ("# Linked", "https://notes.example/a")] {
        let id = new_uuid().to_string();
        let evidence =
            [("evidence_id", id.as_str()), ("evidence_label", name), ("evidence_url", url), ("evidence_body", "So")];
        lead.post(&format!("{path}/evidence"), &evidence).await.expect(303);
    }
    let body = app.sign_in("viewer").await.get(&format!("{path}/markdown")).await.expect(200).body;
    assert!(body.contains("\n- \\# Board decision: go\n"), "{body}");
    assert!(body.contains("\n- \\- \\[x] approved\n"), "{body}");
    assert!(body.contains("\n- [# Linked](<https://notes.example/a>)\n"), "{body}");
}

#[tokio::test]
async fn the_whole_of_it_as_markdown() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let sal = part(&app, geo, "SAL").await;
    let hostile = "# Not of the document\n- [x](javascript:alert)\n<script>alert(1)</script>\n\n| a | b |\n| --- | --- |\n| **1** | 2 |\n\n```\nnever closed";
    let position = [("side", sal.as_str()), ("statement", hostile), ("version", "1")];
    app.sign_in("other").await.post(&format!("{path}/position"), &position).await.expect(303);
    let url = format!("{path}/markdown");
    let mut viewer = app.sign_in("viewer").await;
    let (text, count) = statements::count(viewer.get(&url)).await;
    assert_eq!(count, 4, "session, project, dossier, calendar");
    let text = text.expect(200);
    assert_eq!(text.headers["content-type"], "text/markdown; charset=utf-8");
    assert_eq!(text.headers["content-disposition"], "attachment; filename=\"GEO-E-1.md\"");
    let body = text.body;
    assert!(body.starts_with("# E-1 What should the Team plan cost at launch?\n"), "{body}");
    assert!(body.contains("Version 2 · SHA-256 ") && body.contains("| Cost | answer answer-A-"), "{body}");
    assert!(body.contains("\n#### Not of the document\n- \\[x](") && body.contains("\\<script>"), "{body}");
    assert!(body.contains("\n| a | b |\n| --- | --- |\n| **1** | 2 |\n\n```\nnever closed\n```\n"), "{body}");
    assert_eq!(body.lines().filter(|line| line.starts_with("# ")).count(), 1);
    assert!(body.contains("- [Lost-pilot interviews](<https://notes.example/pilots>)"), "{body}");
    assert!(viewer.get(&path).await.expect(200).body.contains(&format!("href=\"{url}\"")), "linked");
    assert!(
        app.sign_in("viewer").await.chinese().get(&url).await.expect(200).body.contains("## 对比方案")
            || app.sign_in("viewer").await.chinese().get(&url).await.body.contains("第 2 版")
    );
    let mut member = app.sign_in("committee").await;
    let screen = member.get(&path).await.expect(200);
    assert_eq!(screen.all("#votes .no-print"), ["(you)"]);
    let file = member.get(&url).await.expect(200).body;
    assert!(file.contains("not yet") && !file.contains("(you)"), "it is passed on: {file}");
    app.sign_in("guest").await.get(&url).await.expect(404);
}

#[tokio::test]
async fn what_the_clock_brings_before_the_committee_freezes_too() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    for moment in ["2026-11-20T10:00", "2026-12-20T10:00"] {
        app.at(moment).await;
    }
    assert_eq!(value(&app, "select state from escalations").await, "with_committee");
    assert_eq!(value(&app, VERSIONS).await, "1:0:1");
    assert_eq!(value(&app, "select coalesce(made_by::text, 'nobody') from pack_versions").await, "nobody");
    app.sign_in("committee").await.get(&path).await.expect(200).says("Version 1").says("Tutti");
}
