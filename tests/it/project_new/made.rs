//! What a new project says of its own.

use super::{company, fields, pairs, set};
use crate::support::Answer;

#[tokio::test]
async fn the_history_of_a_planned_task_names_its_stage() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "Halo Speaker");
    set(&mut form, "launch", "2027-06-15");
    lead.post("/projects/new", &pairs(&form)).await.expect(303);
    let stage: (String, String) = sqlx::query_as(
        "select s.name_en, s.name_zh from tasks t join projects p on p.id = t.project_id and p.key = 'HS'
         join stage_names s on s.project_id = t.project_id and s.id = t.stage_id where t.number = 1",
    )
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    let happened = |page: &Answer| page.all("#history").concat();
    let page = lead.get("/p/HS/tasks/1").await.expect(200);
    assert!(happened(&page).contains(&format!("Stage: {}", stage.0)), "{}", happened(&page));
    let page = lead.chinese().get("/p/HS/tasks/1").await.expect(200);
    assert!(happened(&page).contains(&stage.1), "{}", happened(&page));
}
