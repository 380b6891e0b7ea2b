//! Accepts connections and serves them, within limits that nobody can wait out: who sends the head of a request too slowly
//! is cut off, and no more connections are open than the process has room for.

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::Service;

/// How long and how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest that the head of a request may take to arrive, counted from when it can; so also the longest that an idle
    /// connection is kept.
    pub head: Duration,
    /// Connections open at once. Whoever comes later waits in the system's queue.
    pub connections: usize,
}

impl Default for Limits {
    /// Half of the files that the process may open, and never more than ten thousand: the rest is for the database, the
    /// mail server and files.
    fn default() -> Self {
        let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX);
        let connections = usize::try_from(files / 2).unwrap_or(usize::MAX).clamp(16, 10_000);
        Self { head: Duration::from_secs(30), connections }
    }
}

/// Serves until `stop`, then lets the requests under way end. No failure of a connection ends it: what the system refuses is
/// logged and tried again, and a client that goes away is expected.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, place) = tokio::select! {
            accepted = accept(&listener, &room) => match accepted {
                Ok(accepted) => accepted,
                Err(problem) => {
                    pause_after(&problem).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // Ends with an error when the client goes away or is cut off: nothing that anybody could mend.
            if let Err(problem) = connection.await {
                tracing::debug!(%problem, %peer, "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Answers go out whole; waiting for more to send only delays them.
    stream.set_nodelay(true)?;
    Ok((stream, peer, place))
}

/// A connection that broke before it was accepted costs nothing; without files or memory the next try would fail as well.
async fn pause_after(problem: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, InvalidInput};
    if !matches!(problem.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | InvalidInput) {
        tracing::error!(%problem, "cannot accept connections");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
