//! A chat service of our own on loopback: it keeps what it is told, and answers as a test wants.

use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How it answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status with headers (each line ended) and a body.
    Say(u16, &'static str, &'static str),
    /// Never.
    Hang,
    /// A head at once, and a body that does not end.
    SlowBody,
    /// More than anybody reads.
    HugeBody,
    /// Elsewhere.
    Redirect(String),
}

impl Reply {
    /// As Slack says that a message stands in the chat.
    pub const OK: Self = Self::Say(200, "", "ok");
}

/// What it was told once.
#[derive(Clone, Debug)]
pub struct Told {
    /// The id of the post.
    pub key: String,
    /// The path and query.
    pub target: String,
    /// The body.
    pub body: serde_json::Value,
}

impl Told {
    /// The lines of Slack's text.
    pub fn lines(&self) -> Vec<String> {
        self.body["text"].as_str().unwrap().lines().map(str::to_owned).collect()
    }
}

/// The service.
#[derive(Clone)]
pub struct Webhook {
    address: SocketAddr,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    told: Arc<Mutex<Vec<Told>>>,
}

impl Webhook {
    /// Answers with these in turn, and with [`Reply::OK`] after them.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let webhook = Self {
            address: listener.local_addr().unwrap(),
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
            told: Arc::default(),
        };
        let own = webhook.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().hear(stream));
            }
        });
        webhook
    }

    /// Where robots reach it.
    pub fn url(&self) -> String {
        format!("http://{}/hooks/T0000/B0000/verysecrettoken0123", self.address)
    }

    /// What it was told so far, in order.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }

    async fn hear(self, mut stream: TcpStream) {
        let mut request = Vec::new();
        let (head, body) = loop {
            let mut some = [0; 8_192];
            let read = stream.read(&mut some).await.unwrap_or(0);
            if read == 0 {
                return;
            }
            request.extend_from_slice(&some[..read]);
            let text = String::from_utf8_lossy(&request).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let head = head.to_owned();
            if body.len() >= header(&head, "content-length").parse().unwrap() {
                break (head, body.to_owned());
            }
        };
        let target = head.split(' ').nth(1).unwrap().to_owned();
        let body = serde_json::from_str(&body).unwrap();
        let reply = {
            // Before it is counted, so that who waits for the count finds the reply taken.
            let reply = self.replies.lock().unwrap().pop_front().unwrap_or(Reply::OK);
            self.told.lock().unwrap().push(Told { key: header(&head, "idempotency-key"), target, body });
            reply
        };
        let answer = match reply {
            Reply::Hang => std::future::pending().await,
            Reply::Say(status, headers, body) => {
                format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
            }
            Reply::SlowBody => {
                let _gone = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\no").await;
                std::future::pending().await
            }
            Reply::HugeBody => format!("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n{}", "o".repeat(300_000)),
            Reply::Redirect(to) => format!("HTTP/1.1 307 X\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"),
        };
        let _gone = stream.write_all(answer.as_bytes()).await;
    }
}

fn header(head: &str, name: &str) -> String {
    head.lines()
        .find_map(|line| line.split_once(": ").filter(|(found, _)| found.eq_ignore_ascii_case(name)))
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default()
}
