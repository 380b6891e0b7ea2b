//! What the board is measured against: the least that axum, sqlx and askama can do for the same rows.

#![allow(clippy::disallowed_types, reason = "the bare page uses what axum gives")]

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Html,
    routing::get,
};
use sqlx::{PgPool, Row, postgres::PgPoolOptions};
use tower_http::compression::{CompressionLayer, CompressionLevel};

struct Row_ {
    number: i32,
    title: String,
    status: String,
    due: Option<String>,
    assignee: Option<String>,
    comments: i32,
}

#[derive(Template)]
#[template(
    source = "<!doctype html><html lang=en><title>{{ project }}</title><h1>{{ project }}</h1><p>{{ person }}</p><ul>{% for r in rows %}<li class=card id=t{{ r.number }}><p class=meta><span class=dept>{{ r.status }}</span></p><p><a class=ttl href=/p/GEO/tasks/{{ r.number }}>{{ r.title }}</a></p><div class=meta>{% if let Some(d) = r.due %}<span>{{ d }}</span>{% endif %}{% if let Some(a) = r.assignee %}<span>{{ a }}</span>{% endif %}{% if r.comments > 0 %}<span>{{ r.comments }}</span>{% endif %}</div></li>{% endfor %}</ul></html>",
    ext = "html"
)]
struct Page {
    project: String,
    person: String,
    rows: Vec<Row_>,
}

/// Serves the page until killed.
pub async fn serve(url: &str, port: u16) {
    let pool = PgPoolOptions::new().max_connections(20).test_before_acquire(false).connect(url).await.unwrap();
    let app = Router::new()
        .route("/p/{key}/work", get(page))
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest))
        .route("/healthz", get(async || "alive"))
        .with_state(pool);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

async fn page(State(pool): State<PgPool>, Path(key): Path<String>, headers: HeaderMap) -> Html<String> {
    let secret = headers
        .get("cookie")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("tutti="))
        .unwrap_or("");
    let hash = tutti::accounts::session::token_hash(secret);
    let session = sqlx::query(
        "select people.id, people.name from sessions join people on people.id = sessions.person_id where token_hash = $1 and expires_at > now()",
    )
    .bind(hash)
    .fetch_one(&pool)
    .await
    .unwrap();
    let person: uuid::Uuid = session.get(0);
    let membership = sqlx::query(
        "select projects.id, projects.name from projects join seats on seats.project_id = projects.id
         where projects.key = $1 and seats.person_id = $2 and seats.removed_at is null",
    )
    .bind(&key)
    .bind(person)
    .fetch_one(&pool)
    .await
    .unwrap();
    let project: uuid::Uuid = membership.get(0);
    let rows = sqlx::query(
        "select tasks.number, tasks.title, tasks.status, tasks.due_on::text, people.name, tasks.comment_count from tasks left join people on people.id = tasks.assignee_id
         where project_id = $1 order by status, due_on, number",
    )
    .bind(project)
    .fetch_all(&pool)
    .await
    .unwrap()
    .into_iter()
    .map(|row| Row_ {
        number: row.get(0),
        title: row.get(1),
        status: row.get(2),
        due: row.get(3),
        assignee: row.get(4),
        comments: row.get(5),
    })
    .collect();
    Html(Page { project: membership.get(1), person: session.get(1), rows }.render().unwrap())
}
