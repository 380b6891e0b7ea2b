//! A page's end of a stream.

use crate::support::Client;
use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt;
use std::{collections::VecDeque, time::Duration};

/// How long what happens may take to arrive on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// One message with something in it.
pub struct Message {
    pub id: String,
    pub data: String,
}

impl Message {
    /// What changed, as people call it.
    pub fn labels(&self) -> Vec<String> {
        let data: serde_json::Value = serde_json::from_str(&self.data).unwrap();
        data["changed"].as_array().unwrap().iter().map(|pair| pair[1].as_str().unwrap().to_owned()).collect()
    }
}

/// An open stream.
pub struct Stream {
    body: BodyDataStream,
    text: String,
    heard: VecDeque<Message>,
    /// The transaction that the greeting named.
    pub cursor: i64,
}

impl Stream {
    pub async fn open(browser: &Client, path: &str) -> Self {
        Self::since(browser, path, "").await
    }

    /// As a page comes back that has heard everything up to `last`.
    pub async fn since(browser: &Client, path: &str, last: &str) -> Self {
        let request = browser.prepared("GET", path).header("last-event-id", last).body(Body::empty()).unwrap();
        let answer = browser.begin(request).await;
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        let body = answer.into_body().into_data_stream();
        let mut stream = Self { body, text: String::new(), heard: VecDeque::new(), cursor: 0 };
        assert!(stream.hear().await, "no greeting");
        stream
    }

    /// Whoever asks gets this status and no stream.
    pub async fn refused(browser: &Client, path: &str, status: u16) {
        let request = browser.prepared("GET", path).body(Body::empty()).unwrap();
        assert_eq!(browser.begin(request).await.status().as_u16(), status, "{path}");
    }

    /// Reads on; false at the end.
    async fn hear(&mut self) -> bool {
        let Some(bytes) = self.body.next().await else { return false };
        self.text.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
        while let Some((message, rest)) = self.text.split_once("\n\n") {
            let value = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            let (id, data) = (value("id: ").unwrap_or_default(), value("data: "));
            if let Some(cursor) = id.split('-').next().and_then(|xid| xid.parse().ok()) {
                self.cursor = cursor;
            }
            self.heard.extend(data.map(|data| Message { id, data }));
            self.text = rest.to_owned();
        }
        true
    }

    /// The next message; none at the end.
    pub async fn next(&mut self) -> Option<Message> {
        tokio::time::timeout(PATIENCE, async {
            while self.heard.is_empty() {
                if !self.hear().await {
                    return None;
                }
            }
            self.heard.pop_front()
        })
        .await
        .expect("silence")
    }

    /// The labels of the next messages until there are so many.
    pub async fn labels(&mut self, count: usize) -> Vec<String> {
        let mut labels = Vec::new();
        while labels.len() < count {
            labels.extend(self.next().await.expect("the end").labels());
        }
        labels
    }

    /// Nothing comes within two readings of the events.
    pub async fn is_silent(&mut self) {
        let heard = tokio::time::timeout(Duration::from_millis(2_000), async {
            while self.heard.is_empty() && self.hear().await {}
        });
        assert!(heard.await.is_err(), "{:?}", self.heard.front().map(Message::labels));
    }
}
