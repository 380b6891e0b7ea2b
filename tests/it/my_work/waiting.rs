//! What others wait for stands beside.

use super::tasks;
use crate::support::Answer;

/// Whether one element, by id, is read before another.
fn comes_before(page: &Answer, first: &str, second: &str) -> bool {
    let at = |id: &str| page.body.find(&format!(" id=\"{id}\"")).unwrap();
    at(first) < at(second)
}

#[tokio::test]
async fn what_others_wait_for_stands_beside() {
    let (app, geo) = tasks().await;
    sqlx::query(
        "with comment as (
             insert into task_comments (project_id, id, task_id, author_id, body, created_at)
             select $1, gen_random_uuid(), tasks.id, people.id, 'Which case studies can we show?', '2026-11-17T02:00:00Z'
             from tasks, people where tasks.project_id = $1 and tasks.number = 1 and people.name = 'other' returning id)
         insert into task_mentions (project_id, comment_id, person_id)
         select $1, comment.id, people.id from comment, people where people.name in ('liaison', 'guest')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    for (number, state, question) in [
        (1, "with_liaisons", "Which launch price?"),
        (2, "with_lead", "Which pack size?"),
        (3, "with_committee", "Wait for the fix?"),
    ] {
        sqlx::query(
            "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
             select $1, gen_random_uuid(), $2, $3, 'price', 'price', people.id, a.id, b.id, $4, '2026-11-20T02:00:00Z', '2026-11-16T02:00:00Z'
             from people, parts a, parts b
             where people.name = 'liaison' and a.project_id = $1 and a.code = 'MKT' and b.project_id = $1 and b.code = 'SAL'",
        )
        .bind(geo)
        .bind(number)
        .bind(question)
        .bind(state)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    sqlx::query(
        "insert into positions (project_id, id, escalation_id, part_id, author_id, statement, written_at)
         select $1, gen_random_uuid(), escalations.id, parts.id, people.id, 'Ours', '2026-11-17T02:00:00Z'
         from escalations, parts, people
         where escalations.project_id = $1 and escalations.number = 1 and parts.project_id = $1 and parts.code = 'MKT' and people.name = 'liaison'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let asked = |page: Answer| page.all(".items .ttl");
    let liaison = app.sign_in("liaison").await.get("/").await.expect(200);
    assert!(comes_before(&liaison, "h-answers", "mine"), "on a phone it stands above the tasks");
    assert!(liaison.body.contains("title=\"until Fri 20 Nov, 10:00\""), "the moment beside what is left");
    let nobody = app.sign_in("member").await.get("/").await.expect(200);
    assert!(comes_before(&nobody, "mine", "h-beside"), "nothing waits, so the tasks come first");
    liaison.says("other, GEO Monitor").says("Which case studies can we show?").says("2 working days left");
    let liaison = app.sign_in("liaison").await.get("/").await;
    assert_eq!(asked(liaison), ["Pricing page", "Which pack size?", "Wait for the fix?"], "own position is written");
    let other = app.sign_in("other").await.get("/").await;
    assert_eq!(asked(other), ["Which launch price?", "Which pack size?", "Wait for the fix?"]);
    for (person, expected, says) in [
        ("lead", vec!["Which pack size?"], "Escalated to you as GTM lead"),
        ("committee", vec!["Wait for the fix?"], "Compare and vote"),
        ("chair", vec!["Wait for the fix?"], "Before the committee"),
        ("member", vec![], "Nobody is waiting for you"),
    ] {
        let page = app.sign_in(person).await.get("/").await.expect(200).says(says);
        assert_eq!(asked(page), expected, "{person}");
    }
    sqlx::query(
        "insert into ballots (project_id, id, escalation_id, person_id, reason, is_advisory, cast_at)
         select $1, gen_random_uuid(), escalations.id, people.id, 'None fits', false, '2026-11-17T02:00:00Z'
         from escalations, people where escalations.project_id = $1 and number = 3 and people.name in ('committee', 'chair')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app.sign_in("committee").await.get("/").await.expect(200).says("Nobody is waiting for you");
    app.sign_in("chair")
        .await
        .get("/")
        .await
        .expect(200)
        .says("Waiting for my decision")
        .says("Ready for your decision");
    sqlx::query(
        "insert into escalation_guests (project_id, escalation_id, person_id, invited_by, invited_at)
                 select $1, escalations.id, asked.id, asked.id, '2026-11-17T02:00:00Z' from escalations, people asked
                 where escalations.project_id = $1 and number = 3 and asked.name in ('guest', 'colleague')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app.sign_in("colleague")
        .await
        .get("/")
        .await
        .expect(200)
        .says("You are asked for advice")
        .says("Wait for the fix?");
    // Guests have it on the committee's page.
    for guest in ["guest", "adviser"] {
        app.sign_in(guest).await.get("/").await.expect(303);
        app.sign_in(guest).await.get("/committee").await.expect(200).says("Wait for the fix?");
    }
}
