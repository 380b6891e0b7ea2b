//! Letters: how one is written (text and HTML of the same words) and how it is handed to a mail server.

use super::{config::Config, ids::MailId, locale::Language};
use askama::Template;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig},
};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// A letter about one thing, with few links to follow.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To whom: an address.
    pub to: String,
    /// In which language it is written.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// The first lines.
    pub opening: Vec<String>,
    /// The links and what each does, the most useful first.
    pub links: Vec<(String, String)>,
    /// The last lines.
    pub closing: Vec<String>,
    /// The address that ends letters like this one with one click, and what the link to it says.
    pub unsubscribe: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "shared/letter.html")]
struct Html<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// The words alone.
    #[must_use]
    pub fn text(&self) -> String {
        let links = self.links.iter().map(|(address, words)| format!("{words}\n{address}"));
        let end = self.unsubscribe.iter().map(|(address, words)| format!("{words}\n{address}"));
        let opening = self.opening.iter().cloned().chain(links);
        let parts: Vec<String> = opening.chain(self.closing.iter().cloned()).chain(end).collect();
        parts.join("\n\n") + "\n"
    }

    /// The same as a page.
    ///
    /// # Errors
    /// When the template fails, which is our fault.
    pub fn html(&self) -> Result<String, askama::Error> {
        Html { letter: self }.render()
    }
}

/// A letter that waits in the outbox, as its row keeps it.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The row, and the Message-ID: a receiver can drop a double.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The words alone.
    pub body_text: String,
    /// The same as a page.
    pub body_html: String,
    /// The address that ends letters like this one.
    pub unsubscribe_url: Option<String>,
}

/// Why a letter could not be handed over.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The letter itself is not one: an address that cannot be written to.
    #[error("the letter cannot be written: {0}")]
    Letter(String),
    /// The mail server refused it or was not there.
    #[error("the mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// It did not come to an end with it.
    #[error("the mail server did not answer in time")]
    Slow,
}

/// The way to the mail server.
#[derive(Clone)]
pub struct Post {
    builder: AsyncSmtpTransportBuilder,
    transport: Arc<Mutex<AsyncSmtpTransport<Tokio1Executor>>>,
    sender: Mailbox,
    host: String,
    patience: Duration,
}

impl fmt::Debug for Post {
    /// Without what it signs in with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post").field("sender", &self.sender).finish_non_exhaustive()
    }
}

impl Post {
    /// As configured; none when no mail server is.
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        let url = config.smtp_url.as_deref()?;
        let patience = Duration::from_secs_f64(config.smtp_timeout);
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .ok()?
            .timeout(Some(CONNECT.min(patience)))
            .pool_config(PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(30)));
        let transport = Arc::new(Mutex::new(builder.clone().build()));
        let sender: Mailbox = config.sender().parse().ok()?;
        let host = sender.email.domain().to_owned();
        Some(Self { builder, transport, sender, host, patience })
    }

    /// The longest that handing over one letter takes, however slow the mail server is.
    #[must_use]
    pub fn longest(&self) -> Duration {
        self.patience
    }

    fn transport(&self) -> MutexGuard<'_, AsyncSmtpTransport<Tokio1Executor>> {
        self.transport.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a letter to the mail server.
    ///
    /// # Errors
    /// When it cannot be written or is not taken.
    pub async fn send(&self, letter: &Waiting) -> Result<(), MailError> {
        let message = self.write(letter)?;
        let transport = self.transport().clone();
        // The library waits for answers without a limit.
        match tokio::time::timeout(self.patience, transport.send(message)).await {
            Ok(sent) => Ok(sent.map(drop)?),
            Err(_) => {
                // Its connections stand in the middle of a letter.
                *self.transport() = self.builder.clone().build();
                Err(MailError::Slow)
            }
        }
    }

    fn write(&self, letter: &Waiting) -> Result<Message, MailError> {
        let recipient: Mailbox = letter.recipient.parse().map_err(|problem| MailError::Letter(format!("{problem}")))?;
        let message = Message::builder()
            .from(self.sender.clone())
            .to(recipient)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            // Answering machines stay silent.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        // RFC 8058: mail programs end it with one POST.
        let message = match &letter.unsubscribe_url {
            Some(url) => message
                .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{url}>")))
                .raw_header(HeaderValue::new(
                    HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
                    "List-Unsubscribe=One-Click".to_owned(),
                )),
            None => message,
        };
        message
            .multipart(MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone()))
            .map_err(|problem| MailError::Letter(problem.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_the_same_in_both_forms() {
        let letter = Letter {
            to: "su@qiming.example".to_owned(),
            language: Language::Chinese,
            subject: "邀请".to_owned(),
            opening: vec!["苏晴邀请你加入 <启明>。".to_owned()],
            links: vec![("https://tutti.example/invitation/1".to_owned(), "接受邀请".to_owned())],
            closing: vec!["链接 7 天内有效。".to_owned()],
            unsubscribe: None,
        };
        assert_eq!(
            letter.text(),
            "苏晴邀请你加入 <启明>。\n\n接受邀请\nhttps://tutti.example/invitation/1\n\n链接 7 天内有效。\n"
        );
        let html = letter.html().unwrap();
        assert!(html.contains("lang=\"zh-CN\"") && html.contains("&#60;启明&#62;"), "{html}");
        assert!(html.contains("<a href=\"https://tutti.example/invitation/1\">接受邀请</a>"), "{html}");
    }
}
