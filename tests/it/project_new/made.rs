//! What a new project was made from, sent again; and what its tasks say of it.

use super::{company, count, fields, pairs, set};
use crate::support::Answer;

#[tokio::test]
async fn what_was_typed_and_is_sent_again_from_a_new_page_makes_no_second_draft() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let typed = [("name", "Halo Speaker"), ("launch", "2027-06-15")];
    let mut form = fields(&lead.get("/projects/new").await);
    typed.iter().for_each(|(name, value)| set(&mut form, name, value));
    assert_eq!(lead.post("/projects/new", &pairs(&form)).await.expect(303).location(), "/p/HS");
    // Back: the page comes anew, with another id, and the browser fills in what was typed.
    let mut again = fields(&lead.get("/projects/new").await);
    typed.iter().for_each(|(name, value)| set(&mut again, name, value));
    for key in ["", "HS"] {
        set(&mut again, "key", key);
        let page = lead.submit("/projects/new", &pairs(&again)).await.expect(200);
        page.says("HS was made from this form already");
    }
    assert_eq!(count(&app, "select count(*) from projects where name = $1", "Halo Speaker").await, 1);
    // Another key is another project, and so is somebody else's.
    set(&mut again, "key", "HSB");
    assert_eq!(lead.post("/projects/new", &pairs(&again)).await.expect(303).location(), "/p/HSB");
    let mut other = app.sign_in("other").await;
    let mut theirs = fields(&other.get("/projects/new").await);
    typed.iter().for_each(|(name, value)| set(&mut theirs, name, value));
    assert_eq!(other.post("/projects/new", &pairs(&theirs)).await.expect(303).location(), "/p/HALO");
}

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
