//! The application on a port of its own, with people who can sign in.

use crate::support::TestApp;
use axum::{
    extract::Request,
    http::Method,
    middleware::{Next, from_fn},
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};

/// Everybody's password.
pub const PASSWORD: &str = "every part plays in this score";

/// A served [`TestApp`].
pub struct Site {
    pub app: TestApp,
    pub base: String,
    posts: Arc<AtomicUsize>,
    server: JoinHandle<()>,
}

impl Site {
    /// Serves an application on loopback and gives everybody in it [`PASSWORD`].
    pub async fn serve(app: TestApp) -> Self {
        let hash = app.state.hasher.hash(PASSWORD).await.unwrap();
        sqlx::query("update people set password_hash = $1").bind(hash).execute(&mut app.sql().await).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let posts = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&posts);
        let router = app.router.clone().layer(from_fn(move |request: Request, next: Next| {
            if request.method() == Method::POST {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            next.run(request)
        }));
        let server = tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
        });
        Self { app, base, posts, server }
    }

    /// How many forms have been sent since the start.
    pub fn posts(&self) -> usize {
        self.posts.load(Ordering::SeqCst)
    }

    /// Runs a statement past the application: what somebody else does meanwhile.
    pub async fn change(&self, sql: &'static str) {
        sqlx::query(sql).execute(&mut self.app.sql().await).await.unwrap();
    }

    /// One value of the database as text.
    pub async fn value(&self, sql: &'static str) -> String {
        let value: Option<String> = sqlx::query_scalar(sql).fetch_one(&mut self.app.sql().await).await.unwrap();
        value.unwrap_or_default()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}
