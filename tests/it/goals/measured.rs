//! Gates whose figures an indicator answers: read from its newest figure, attested by nobody.

use super::{
    gates::{GATE, PASS, rule, stages},
    setting::{resent, sent, with},
};
use crate::support::{
    Client, TestApp,
    disputes::{part, value},
    statements,
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

const KPIS: &str = "/p/GEO/goals/kpis";
const NEW: &str = "/p/GEO/goals/kpis/new";
const FIT: &str = r#"{"kind":"all","of":[
    {"kind":"attested","metric":"pmf_vd_pct","en":"Very disappointed","zh":"非常失望占比","comparison":"at_least","threshold":40.0,"unit":"percent"},
    {"kind":"attested","metric":"agreement_signed","en":"Agreement signed","zh":"协议已签署","comparison":"is_true","threshold":1.0,"unit":"yes_no"}]}"#;
const QUIET: &str = r#"{"kind":"attested","metric":"days_without_severity_one","en":"Days without a severity-one incident","zh":"无一级事故的连续天数","comparison":"at_least","threshold":14.0,"unit":"days"}"#;
const PLAN: &str = r#"{"kind":"attested","metric":"key_results_unallocated","en":"Key results with a remainder","zh":"尚有余量的关键结果数","comparison":"exactly","threshold":0.0,"unit":"count"}"#;

/// Those who would be very disappointed, of all who answered, month by month.
fn fit<'a>(part: &'a str, answers: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "PMF score"),
        ("part", part),
        ("source", "own"),
        ("measure", "ratio"),
        ("unit_kind", "percent"),
        ("unit", "very disappointed"),
        ("base_unit", "answers"),
        ("decimals", "0"),
        ("cadence", "month"),
        ("better", "up"),
        ("target", "40"),
        ("answers", answers),
    ]
}

async fn attest(lead: &mut Client, rule: Uuid, metric: &str, said: &str) -> u16 {
    let id = new_uuid().to_string();
    let form = [("id", &*id), ("metric", metric), ("value", said), ("evidence", "https://evidence.example")];
    lead.post(&format!("{GATE}/attest/{rule}"), &form).await.status.as_u16()
}

async fn kpi(app: &TestApp) -> String {
    value(app, "select id::text from kpis where retired_at is null").await
}

#[tokio::test]
async fn a_gate_reads_the_newest_figure_of_its_indicator() {
    let (app, geo) = TestApp::with_project().await;
    let asked = rule(&app, geo, FIT).await;
    let mkt = part(&app, geo, "MKT").await;
    let mut lead = app.sign_in("lead").await;
    assert_eq!(attest(&mut lead, asked, "pmf_vd_pct", "45").await, 303);
    assert_eq!(attest(&mut lead, asked, "agreement_signed", "yes").await, 303);
    let page = lead.get(GATE).await.expect(200).says("1 of 1 rules hold");
    let href = format!("{NEW}?answers=pmf_vd_pct");
    assert_eq!(page.all(&format!(".cond a[href='{href}']")).len(), 1, "a KPI may answer it");
    assert_eq!(page.all(".cond a[href*='answers=']").len(), 1, "yes or no stays a person's word");
    let form = lead.get(&href).await.expect(200);
    assert_eq!(form.attribute("#title", "value").as_deref(), Some("Very disappointed"));
    assert_eq!(form.attribute("#answers option[selected]", "value").as_deref(), Some("pmf_vd_pct"));
    for _ in 0..2 {
        resent(&mut lead, &form, NEW, &fit(&mkt, "pmf_vd_pct")).await.expect(303);
    }
    // What was attested counts no more.
    let page = lead.get(GATE).await.expect(200).says("0 of 1 rules hold").says("Enter the first figure");
    assert!(!page.text().contains("45%"));
    lead.post(PASS, &[]).await.expect(422);
    let id = new_uuid().to_string();
    let link = ("evidence", "https://evidence.example/late");
    let late = [("id", &*id), ("metric", "pmf_vd_pct"), ("value", "46"), link];
    let refused = lead.post(&format!("{GATE}/attest/{asked}"), &late).await.expect(409);
    refused.says("so nobody attests it").says("What you wrote: 46 · https://evidence.example/late");
    assert_eq!(value(&app, "select count(*)::text from attestations").await, "2");
    let enter = format!("{KPIS}/{}/enter", kpi(&app).await);
    assert!(page.attribute(&format!(".cond a[href='{enter}']"), "href").is_some(), "where the figure is entered");
    let mut liaison = app.sign_in("liaison").await;
    sent(&mut liaison, &enter, &enter, &[("value", "396"), ("base", "1000"), ("note", "")]).await.expect(303);
    let (page, count) = statements::count(lead.get(GATE)).await;
    assert_eq!(count, 3, "session, standing, facts");
    page.expect(200).says("396 of 1,000, 39.60% in Oct 2026").says("0 of 1 rules hold").says("Enter a newer figure");
    for (who, may_enter) in [("liaison", true), ("member", true), ("other", false), ("viewer", false)] {
        let page = app.sign_in(who).await.get(GATE).await.expect(200);
        assert_eq!(page.all(&format!(".cond a[href='{enter}']")).len(), usize::from(may_enter), "{who}");
        let theirs = "Not enough. Marketing enters a newer figure";
        assert_eq!(page.text().contains(theirs), !may_enter, "{who}");
    }
    lead.post(PASS, &[]).await.expect(422);
    let october = format!("{enter}?period=2026-10");
    sent(&mut liaison, &october, &enter, &[("value", "400"), ("base", "1000"), ("note", "")]).await.expect(303);
    let page = lead.get(GATE).await.expect(200).says("1 of 1 rules hold").says("400 of 1,000, 40% in Oct 2026");
    assert_eq!(page.all(&format!(".cond a[href='{KPIS}#kpi-{}']", kpi(&app).await)), ["PMF score"]);
    lead.clone().chinese().get(GATE).await.expect(200).says("2026年10月").says("PMF score");
    let page = lead.get(KPIS).await.expect(200).says("Gate A1, Very disappointed: at least 40%");
    assert!(page.attribute(&format!("a[href='{GATE}']"), "href").is_some());
    let (_, count) = statements::count(lead.get(KPIS)).await;
    assert!(count <= 5, "{count}");
    lead.post(PASS, &[]).await.expect(303);
    assert_eq!(stages(&app).await, "passed current");
}

#[tokio::test]
async fn days_without_follow_from_weeks_without_one() {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, QUIET).await;
    let mkt = part(&app, geo, "MKT").await;
    let mut lead = app.sign_in("lead").await;
    let form = lead.get(&format!("{NEW}?answers=days_without_severity_one")).await.expect(200);
    assert_eq!(form.attribute("[name=measure][checked]", "value").as_deref(), Some("additive"));
    assert_eq!(form.attribute("#cadence option[selected]", "value").as_deref(), Some("week"));
    assert_eq!(form.attribute("[name=better][checked]", "value").as_deref(), Some("down"));
    let incidents = with(
        fit(&mkt, "days_without_severity_one"),
        &[("title", "Severity-1 incidents"), ("measure", "additive"), ("unit_kind", "number"), ("cadence", "week")],
    );
    resent(&mut lead, &form, NEW, &with(incidents.clone(), &[("measure", "level")]))
        .await
        .expect(422)
        .says("Choose numbers that add up");
    resent(&mut lead, &form, NEW, &incidents).await.expect(303);
    let enter = format!("{KPIS}/{}/enter", kpi(&app).await);
    // The 18th is a Wednesday of week 47.
    for (week, figure, words) in [
        ("2026-W45", "1", "Figure for Week 46 of 2026 missing"),
        ("2026-W46", "0", "7 days without one, up to 15 Nov 2026"),
        ("2026-W45", "0", "14 days without one, up to 15 Nov 2026"),
        ("2026-W47", "1", "0 days without one, up to 18 Nov 2026"),
        ("2026-W47", "0", "14 days without one, up to 15 Nov 2026"),
    ] {
        let form = format!("{enter}?period={week}");
        sent(&mut lead, &form, &enter, &[("value", figure), ("note", "")]).await.expect(303);
        let page = lead.get(GATE).await.expect(200).says(words);
        let holds = if words.starts_with("14") { "1 of 1 rules hold" } else { "0 of 1 rules hold" };
        page.says(holds);
    }
    lead.clone().chinese().get(GATE).await.expect(200).says("已连续 14 天未发生");
    lead.post(PASS, &[]).await.expect(303);
}

#[tokio::test]
async fn the_lead_says_which_figure_an_indicator_answers() {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, FIT).await;
    rule(&app, geo, PLAN).await;
    let (mkt, sal) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let (mut lead, mut liaison) = (app.sign_in("lead").await, app.sign_in("liaison").await);
    let page = liaison.get(NEW).await.expect(200);
    assert!(page.all("#answers").is_empty(), "a liaison is not asked");
    resent(&mut liaison, &page, NEW, &fit(&mkt, "pmf_vd_pct")).await.expect(403);
    let page = lead.get(NEW).await.expect(200);
    assert_eq!(page.all("#answers option"), ["No", "Gate A1, Very disappointed: at least 40%"], "and nothing computed");
    for (metric, words) in [
        ("agreement_signed", "Another KPI answers this figure by now"),
        ("key_results_unallocated", "Another KPI answers this figure by now"),
        ("whatever", "Another KPI answers this figure by now"),
    ] {
        resent(&mut lead, &page, NEW, &fit(&mkt, metric)).await.expect(422).says(words);
    }
    let numbers = with(fit(&mkt, "pmf_vd_pct"), &[("measure", "level"), ("unit_kind", "number")]);
    let refused = resent(&mut lead, &page, NEW, &numbers).await.expect(422).says("The gate asks for a percentage");
    assert_eq!(refused.attribute("#answers option[selected]", "value").as_deref(), Some("pmf_vd_pct"));
    assert_eq!(value(&app, "select count(*)::text from kpis").await, "0");
    let second = lead.get(NEW).await.expect(200);
    resent(&mut lead, &page, NEW, &fit(&mkt, "pmf_vd_pct")).await.expect(303);
    resent(&mut lead, &second, NEW, &fit(&sal, "pmf_vd_pct")).await.expect(422).says("Another KPI answers this figure");
    // The liaison changes it and what it answers stands.
    let edit = format!("{KPIS}/{}", kpi(&app).await);
    let fields = [("title", "Fit"), ("better", "up"), ("target", "40")];
    sent(&mut liaison, &edit, &edit, &fields).await.expect(303);
    assert_eq!(value(&app, "select title || ' ' || metric from kpis").await, "Fit pmf_vd_pct");
    let old = lead.get(&edit).await.expect(200);
    let none = with(fields.to_vec(), &[("answers", "")]);
    for _ in 0..2 {
        resent(&mut lead, &old, &edit, &none).await.expect(303);
    }
    assert_eq!(value(&app, "select coalesce(metric, 'none') from kpis").await, "none");
    let again = with(fields.to_vec(), &[("answers", "pmf_vd_pct")]);
    resent(&mut lead, &old, &edit, &again).await.expect(409);
    sent(&mut liaison, &edit, &edit, &again).await.expect(403);
    sent(&mut lead, &edit, &edit, &again).await.expect(303);
    let said = "select string_agg(coalesce(before #>> '{answers,en}', '-') || ' > ' || coalesce(after #>> '{answers,en}', '-'), ', ' order by id)
        from events where kind = 'kpi.changed' and (before ? 'answers' or after ? 'answers')";
    let gate = "Gate A1, Very disappointed: at least 40%";
    assert_eq!(value(&app, said).await, format!("{gate} > -, - > {gate}"));
    // What the lead alone says, the lead alone takes away.
    let (retire, version) = (format!("{edit}/retire"), value(&app, "select version::text from kpis").await);
    let page = liaison.get(&edit).await.expect(200);
    assert!(page.all(&format!("form[action='{retire}']")).is_empty(), "not the liaison's");
    liaison.post(&retire, &[("version", &version)]).await.expect(403);
    // Retired, it answers nothing: the lead attests again.
    for _ in 0..2 {
        lead.post(&retire, &[("version", &version)]).await.expect(303);
    }
    let said = "select string_agg(before #>> '{answers,en}', ', ') from events where kind = 'kpi.retired'";
    assert_eq!(value(&app, said).await, gate);
    lead.get(GATE).await.expect(200).says("Let a KPI answer it");
    sent(&mut lead, NEW, NEW, &fit(&sal, "pmf_vd_pct")).await.expect(303);
}

#[tokio::test]
async fn a_figure_that_changes_meanwhile_does_not_slip_past() {
    let (app, geo) = TestApp::with_project().await;
    let asked = rule(&app, geo, FIT).await;
    let mkt = part(&app, geo, "MKT").await;
    let mut lead = app.sign_in("lead").await;
    assert_eq!(attest(&mut lead, asked, "agreement_signed", "yes").await, 303);
    sent(&mut lead, NEW, NEW, &fit(&mkt, "pmf_vd_pct")).await.expect(303);
    let enter = format!("{KPIS}/{}/enter", kpi(&app).await);
    sent(&mut lead, &enter, &enter, &[("value", "40"), ("base", "100"), ("note", "")]).await.expect(303);
    lead.get(GATE).await.expect(200).says("1 of 1 rules hold");
    let mut beside = app.sql().await;
    let change = "begin; select from kpis for no key update;
        insert into entries (project_id, id, series_id, part_id, period, value, base, note, corrects_id, entered_by, entered_at)
        select project_id, gen_random_uuid(), series_id, part_id, period, 39, base, '', id, entered_by, now() from entries";
    sqlx::raw_sql(change).execute(&mut beside).await.unwrap();
    let mut passing = lead.clone();
    let passing = tokio::spawn(async move { passing.post(PASS, &[]).await.status.as_u16() });
    app.waits_for_a_lock(|| passing.is_finished()).await;
    sqlx::raw_sql("commit").execute(&mut beside).await.unwrap();
    assert_eq!(passing.await.unwrap(), 422);
    assert_eq!(stages(&app).await, "current ahead");
}
