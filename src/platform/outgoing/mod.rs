//! Requests to addresses that people typed in, such as webhooks. They go to the public internet only: the name is resolved
//! here, every address that it has is checked, and the connection is made to a checked one, so that a name which changes its
//! mind in between leads nowhere else. Redirects are answers, not followed. Everything together has ten seconds, and of
//! an answer only its beginning is read (ARCHITECTURE §8).

mod addresses;
mod networks;

pub use addresses::is_public;
pub use networks::Networks;

use axum::body::Body;
use hyper::{Request, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Host, Url};

/// Longest time for name, connection, request and answer together.
pub const LIMIT: Duration = Duration::from_secs(10);
/// Longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Requests that people wait for, in one process: each keeps a request of theirs open for as long as somebody else likes.
const WAITED_FOR: usize = 3;

/// Sends requests out.
#[derive(Clone)]
pub struct Outgoing {
    /// None when the provider of cryptography knows no version of TLS: then nobody can prove their name.
    tls: Option<TlsConnector>,
    allowed: Networks,
    limit: Duration,
    waited_for: Arc<Semaphore>,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("allowed", &self.allowed).field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; of the three hundreds too.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// For how many seconds it asks not to be asked again.
    pub retry_after: Option<u64>,
}

/// Why nothing came back. The texts are for the log; they hold no address, which may be a secret itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// Not https, or with a user name in it, or without a host.
    #[error("not an https address that can be asked")]
    Address,
    /// The name is unknown.
    #[error("the name of the host is not known")]
    Unknown,
    /// The host, or one of its addresses, is not on the public internet.
    #[error("the host is not on the public internet")]
    NotPublic,
    /// Nobody answers there, or the connection broke.
    #[error("the host cannot be reached")]
    Unreachable,
    /// Somebody answers, but not with a certificate of that name.
    #[error("the host cannot prove its name")]
    Certificate,
    /// What came back is no answer, or longer than any that is read.
    #[error("the answer cannot be read")]
    Answer,
    /// Not within [`LIMIT`].
    #[error("no answer in time")]
    TooSlow,
}

impl Failed {
    /// Whether the same request may work at another time.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Unknown | Self::Unreachable | Self::TooSlow | Self::Answer)
    }
}

impl Outgoing {
    /// To the public internet over https. What is in the networks `allowed` may be reached as well, and by http: a chat
    /// server of one's own, or the receiver of a test.
    #[must_use]
    pub fn new(allowed: Networks) -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|config| config.with_root_certificates(roots).with_no_client_auth());
        let tls = config.ok().map(|config| TlsConnector::from(Arc::new(config)));
        Self { tls, allowed, limit: LIMIT, waited_for: Arc::new(Semaphore::new(WAITED_FOR)) }
    }

    /// With another limit for everything together.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// The longest time for one of them.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// A turn for a request whose answer somebody waits for on a page; none while a few wait already.
    #[must_use]
    pub fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.waited_for).try_acquire_owned().ok()
    }

    /// Sends a body and reads the answer. `key` is the same when the same is sent again, so that the other side can drop doubles.
    ///
    /// # Errors
    /// See [`Failed`].
    pub async fn post(
        &self,
        address: &Url,
        content_type: &'static str,
        key: &str,
        body: String,
    ) -> Result<Answer, Failed> {
        let sending = self.send(address, content_type, key, body);
        tokio::time::timeout(self.limit, sending).await.unwrap_or(Err(Failed::TooSlow))
    }

    async fn send(&self, address: &Url, content_type: &'static str, key: &str, body: String) -> Result<Answer, Failed> {
        let target = self.target(address).await?;
        let stream = connect(&target.checked).await?;
        let target_path = match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        };
        let request = Request::post(target_path)
            .header(header::HOST, target.authority)
            .header(header::USER_AGENT, "Tutti")
            .header(header::CONTENT_TYPE, content_type)
            .header("idempotency-key", key)
            .body(Body::from(body))
            .map_err(|_| Failed::Address)?;
        match target.name {
            None => exchange(stream, request).await,
            Some(name) => {
                let tls = self.tls.as_ref().ok_or(Failed::Certificate)?;
                let stream = tls.connect(name, stream).await.map_err(|_| Failed::Certificate)?;
                exchange(stream, request).await
            }
        }
    }

    /// Looks an address up and lets it pass only if all of what it stands for may be asked.
    async fn target(&self, address: &Url) -> Result<Target, Failed> {
        let is_secure = match address.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(Failed::Address),
        };
        if !address.username().is_empty() || address.password().is_some() {
            return Err(Failed::Address);
        }
        let host = address.host().ok_or(Failed::Address)?;
        let port = address.port_or_known_default().ok_or(Failed::Address)?;
        let (checked, name) = match host {
            Host::Domain(domain) => {
                let found = tokio::net::lookup_host((domain, port)).await.map_err(|_| Failed::Unknown)?;
                (found.collect(), ServerName::try_from(domain.to_owned()).map_err(|_| Failed::Address)?)
            }
            Host::Ipv4(ip) => (vec![SocketAddr::from((ip, port))], ServerName::from(std::net::IpAddr::from(ip))),
            Host::Ipv6(ip) => (vec![SocketAddr::from((ip, port))], ServerName::from(std::net::IpAddr::from(ip))),
        };
        if checked.is_empty() {
            return Err(Failed::Unknown);
        }
        if !checked.iter().all(|one| self.allowed.contain(one.ip())) {
            if !is_secure {
                return Err(Failed::Address);
            }
            if !checked.iter().all(|one| is_public(one.ip()) || self.allowed.contain(one.ip())) {
                return Err(Failed::NotPublic);
            }
        }
        let host = address.host_str().unwrap_or_default();
        let authority = address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Target { checked, name: is_secure.then_some(name), authority })
    }
}

/// Where a request goes.
struct Target {
    checked: Vec<SocketAddr>,
    /// The name that the certificate must prove; none without TLS.
    name: Option<ServerName<'static>>,
    /// As the `Host` header says it.
    authority: String,
}

async fn connect(checked: &[SocketAddr]) -> Result<TcpStream, Failed> {
    for address in checked {
        if let Ok(stream) = TcpStream::connect(address).await {
            return Ok(stream);
        }
    }
    Err(Failed::Unreachable)
}

/// One request over a fresh connection, which ends with it.
async fn exchange<S>(stream: S, request: Request<Body>) -> Result<Answer, Failed>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Failed::Unreachable)?;
    let exchange = async move {
        let response = sender.send_request(request).await.map_err(|_| Failed::Unreachable)?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let body = axum::body::to_bytes(Body::new(response.into_body()), LONGEST_ANSWER).await;
        let body = body.map_err(|_| Failed::Answer)?;
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned(), retry_after })
    };
    let carry = async move {
        let _ended = connection.await;
        std::future::pending().await // what it has read is still to be taken
    };
    tokio::select! {
        answer = exchange => answer,
        answer = carry => answer,
    }
}
