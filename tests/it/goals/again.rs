//! Forms of pages that were gone back to: the same words are answered as done, other words are refused and kept on the page.

use super::{
    gates::{GATE, rule},
    setting::{resent, sent, sign_ups, with, with_sign_ups},
    signing::{EDIT, PROPOSE, split},
};
use crate::support::{
    TestApp,
    disputes::{hidden, value},
};

const SCORE: &str = r#"{"kind":"attested","metric":"pmf_score","en":"PMF score","zh":"PMF 得分","comparison":"at_least","threshold":40.0,"unit":"percent"}"#;
const STALE: &str = "check it against what is saved now";

#[tokio::test]
async fn a_figure_is_attested_once_a_form() {
    let (app, geo) = TestApp::with_project().await;
    let asked = rule(&app, geo, SCORE).await;
    let mut lead = app.sign_in("lead").await;
    let action = format!("{GATE}/attest/{asked}");
    let form = lead.get(GATE).await.expect(200);
    let said = [("value", "38.5"), ("evidence", "https://evidence.example/a")];
    for _ in 0..2 {
        resent(&mut lead, &form, &action, &said).await.expect(303);
    }
    let count = "select count(*)::text from attestations";
    for other in [[("value", "43"), said[1]], [said[0], ("evidence", "https://evidence.example/b")]] {
        let page = resent(&mut lead, &form, &action, &other).await.expect(409).says(STALE);
        for (name, typed) in other {
            let kept = page.attribute(&format!("input[name={name}]"), "value");
            assert_eq!(kept.as_deref(), Some(typed), "what was typed is kept");
        }
        let before = value(&app, count).await;
        resent(&mut lead, &page, &action, &other).await.expect(303);
        assert_ne!(value(&app, count).await, before, "the next sending is another one");
    }
    assert_eq!(value(&app, count).await, "3");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'gate_rule.attested'").await, "3");
}

#[tokio::test]
async fn goals_are_proposed_once_a_form() {
    let (app, _, mut lead, mkt) = with_sign_ups().await;
    split(&app, 600).await;
    let form = lead.get(PROPOSE).await.expect(200);
    for _ in 0..2 {
        resent(&mut lead, &form, PROPOSE, &[("note", "As agreed")]).await.expect(303);
    }
    let other = [("note", "As agreed on Monday")];
    let page = resent(&mut lead, &form, PROPOSE, &other).await.expect(409).says(STALE);
    page.says("What you wrote: As agreed on Monday");
    let kept = "select string_agg(number || ' ' || note, ', ' order by number) from goal_proposals";
    assert_eq!(value(&app, kept).await, "1 As agreed");
    // Once there is something to propose again, the form is there as well.
    let clearer = with(sign_ups(&mkt, "600"), &[("title", "Sign-ups for a trial"), ("reason", "Clearer")]);
    sent(&mut lead, EDIT, EDIT, &clearer).await.expect(303);
    let page = resent(&mut lead, &form, PROPOSE, &other).await.expect(409).says(STALE);
    assert_eq!(page.all("textarea#note"), ["As agreed on Monday"]);
    assert_ne!(hidden(&page, PROPOSE).first(), hidden(&form, PROPOSE).first());
    resent(&mut lead, &page, PROPOSE, &other).await.expect(303);
    // The form of an earlier proposal.
    resent(&mut lead, &form, PROPOSE, &[("note", "As agreed")]).await.expect(303);
    resent(&mut lead, &form, PROPOSE, &[("note", "Never mind")]).await.expect(409).says(STALE);
    assert_eq!(value(&app, kept).await, "1 As agreed, 2 As agreed on Monday");
}
