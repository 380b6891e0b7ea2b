//! The application on a port of its own, with people who can sign in.

use crate::support::TestApp;
use axum::{
    extract::Request,
    http::Method,
    middleware::{Next, from_fn},
};
use sqlx::ConnectOptions;
use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
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

/// The program itself on the database of a [`TestApp`], on a port that stays the same when it is started again.
pub struct Program {
    pub base: String,
    url: String,
    process: Option<Child>,
}

impl Program {
    /// Starts it and waits until it is ready.
    pub async fn serve(app: &TestApp) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let url = app.options().to_url_lossy().to_string();
        let mut program = Self { base: format!("http://127.0.0.1:{port}"), url, process: None };
        program.start().await;
        program
    }

    /// Starts it again.
    pub async fn start(&mut self) {
        let listen = self.base.trim_start_matches("http://");
        let process = Command::new(env!("CARGO_BIN_EXE_tutti"))
            .arg("serve")
            .envs([("DATABASE_URL", self.url.as_str()), ("TUTTI_LISTEN", listen), ("TUTTI_LOG", "error")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.process = Some(process);
        let began = Instant::now();
        while !reqwest::get(format!("{}/readyz", self.base)).await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(began.elapsed() < Duration::from_secs(30), "not ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ended = process.kill();
            let _reaped = process.wait();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}
