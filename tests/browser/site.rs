//! The application on a port of its own, with people who can sign in.

use crate::support::TestApp;
use std::net::SocketAddr;
use tokio::{net::TcpListener, task::JoinHandle};

/// Everybody's password.
pub const PASSWORD: &str = "every part plays in this score";

/// A served [`TestApp`].
pub struct Site {
    pub app: TestApp,
    pub base: String,
    server: JoinHandle<()>,
}

impl Site {
    /// Serves an application on loopback and gives everybody in it [`PASSWORD`].
    pub async fn serve(app: TestApp) -> Self {
        let hash = app.state.hasher.hash(PASSWORD).await.unwrap();
        sqlx::query("update people set password_hash = $1").bind(hash).execute(&mut app.sql().await).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = app.router.clone();
        let server = tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
        });
        Self { app, base, server }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}
