//! A decision as a Markdown document.

use super::{NEW, alone};
use crate::support::TestApp;
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn a_decision_is_kept_as_one_document() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press *kit*", Some("liaison"), "2026-12-01").await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut fields =
        alone("record", &id, &lead, &[("effect", "move_task"), ("task1", "GEO-1"), ("due1", "2026-12-08")]);
    fields[2] = ("title", "# Launch <b>later</b>");
    fields[3] = ("rationale", "# Not a heading\n\n```\nnever closed <script>");
    let mut chair = app.sign_in("chair").await;
    let page = chair.submit(NEW, &fields).await.expect(200);
    assert!(page.attribute("a[href='/p/GEO/decisions/1/markdown'][download]", "href").is_some());
    let answer = app.sign_in("viewer").await.get("/p/GEO/decisions/1/markdown").await.expect(200);
    assert_eq!(answer.headers["content-type"], "text/markdown; charset=utf-8");
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"GEO-D-1.md\"");
    let lines: Vec<&str> = answer.body.lines().collect();
    assert_eq!(lines[0], "# D-1 # Launch \\<b>later\\</b>");
    assert!(answer.body.contains("> never closed <script>\n> ```\n"), "closed: {lines:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with('#')).count(), 3, "title, why, what happens: {lines:?}");
    assert!(lines.contains(&"> ### Not a heading") && lines.contains(&"> never closed <script>"), "{lines:?}");
    assert!(answer.body.contains("- **Owner** lead"), "{}", answer.body);
    assert!(
        answer.body.contains("GEO-1 Press \\*kit\\* (liaison): Date changed Tue 1 Dec → Tue 8 Dec"),
        "{}",
        answer.body
    );
    app.sign_in("viewer").await.chinese().get("/p/GEO/decisions/1/markdown").await.expect(200).says("责任人");
    for who in ["adviser", "guest"] {
        app.sign_in(who).await.get("/p/GEO/decisions/1/markdown").await.expect(404);
    }
    chair.get("/p/GEO/decisions/9/markdown").await.expect(404);
}
