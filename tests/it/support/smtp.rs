//! A mail server on loopback that keeps what it is given, and misbehaves when it is told to.

use super::TestApp;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};
use tutti::platform::{mail::Post, outbox::Sender};

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(40);

/// What goes wrong with one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// `451` to MAIL FROM.
    RefuseSender,
    /// `450` to RCPT TO.
    RefuseReceiver,
    /// No answer to MAIL FROM.
    HangAfterSender,
    /// The whole letter is taken, and the connection ends before the answer.
    DieBeforeAnswer,
    /// The whole letter is taken, and no answer comes.
    HangBeforeAnswer,
}

/// The server.
#[derive(Clone)]
pub struct SmtpServer {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    changed: watch::Sender<u64>,
}

#[derive(Default)]
struct Inner {
    letters: Vec<String>,
    troubles: VecDeque<Option<Trouble>>,
    gone: Vec<String>,
    hanging: usize,
}

impl SmtpServer {
    /// Listens until the test ends.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = Self { url, inner: Arc::default(), changed: watch::Sender::new(0) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.serve(stream).await });
            }
        });
        server
    }

    /// The next `times` letters meet this trouble.
    pub fn trouble(&self, trouble: Trouble, times: usize) {
        self.inner.lock().unwrap().troubles.extend(std::iter::repeat_n(Some(trouble), times));
    }

    /// The next `times` letters are taken as they should be.
    pub fn pass(&self, times: usize) {
        self.inner.lock().unwrap().troubles.extend(std::iter::repeat_n(None, times));
    }

    /// Nothing goes wrong any more.
    pub fn behave(&self) {
        self.inner.lock().unwrap().troubles.clear();
    }

    /// `550` to whoever writes to this address.
    pub fn knows_nobody_called(&self, address: &str) {
        self.inner.lock().unwrap().gone.push(address.to_owned());
    }

    /// All letters that came whole, answered or not.
    pub fn letters(&self) -> Vec<String> {
        self.inner.lock().unwrap().letters.clone()
    }

    /// Their Message-IDs.
    pub fn ids(&self) -> Vec<String> {
        let id = |letter: &String| letter.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned();
        self.letters().iter().map(id).collect()
    }

    /// How many connections wait for an answer that does not come.
    pub fn hanging(&self) -> usize {
        self.inner.lock().unwrap().hanging
    }

    /// Waits until this holds.
    pub async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut changed = self.changed.subscribe();
        let waiting = async {
            while !holds(self) {
                changed.changed().await.unwrap();
            }
        };
        let came = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(came.is_ok(), "never {what}: {} letters", self.letters().len());
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        change(&mut self.inner.lock().unwrap());
        self.changed.send_modify(|turn| *turn += 1);
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        say(&mut write, "220 mail.test").await?;
        let mut trouble = None;
        loop {
            let line = lines.next_line().await.ok()??;
            let verb = line.get(..4).unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => say(&mut write, "250-mail.test\r\n250 8BITMIME").await?,
                "MAIL" => {
                    trouble = self.inner.lock().unwrap().troubles.pop_front().flatten();
                    match trouble {
                        Some(Trouble::RefuseSender) => say(&mut write, "451 later").await?,
                        Some(Trouble::HangAfterSender) => return self.hang(lines).await,
                        _ => say(&mut write, "250 ok").await?,
                    }
                }
                "RCPT" if self.inner.lock().unwrap().gone.iter().any(|gone| line.contains(gone)) => {
                    say(&mut write, "550 nobody here").await?;
                }
                "RCPT" if trouble == Some(Trouble::RefuseReceiver) => say(&mut write, "450 later").await?,
                "DATA" => {
                    say(&mut write, "354 go on").await?;
                    let letter = whole(&mut lines).await?;
                    self.change(|inner| inner.letters.push(letter));
                    match trouble {
                        Some(Trouble::DieBeforeAnswer) => return None,
                        Some(Trouble::HangBeforeAnswer) => return self.hang(lines).await,
                        _ => say(&mut write, "250 taken").await?,
                    }
                }
                "QUIT" => return say(&mut write, "221 bye").await,
                _ => say(&mut write, "250 ok").await?,
            }
        }
    }

    /// Says nothing more; until the other end gives up.
    async fn hang(&self, mut lines: Lines<BufReader<OwnedReadHalf>>) -> Option<()> {
        self.change(|inner| inner.hanging += 1);
        while let Ok(Some(_)) = lines.next_line().await {}
        self.change(|inner| inner.hanging -= 1);
        None
    }
}

/// The lines up to the single full stop.
async fn whole(lines: &mut Lines<BufReader<OwnedReadHalf>>) -> Option<String> {
    let mut letter = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(letter);
        }
        letter.push_str(&line);
        letter.push('\n');
    }
}

async fn say(write: &mut OwnedWriteHalf, words: &str) -> Option<()> {
    write.write_all(format!("{words}\r\n").as_bytes()).await.ok()
}

impl TestApp {
    /// A migrated, empty installation with a mail server, whose every step may take so many seconds.
    pub async fn with_mail(seconds: f64) -> (Self, SmtpServer) {
        let server = SmtpServer::start().await;
        let url = server.url.clone();
        let app = Self::with(|mut config| {
            config.smtp_url = Some(url);
            config.smtp_timeout = seconds;
            config.mail_from = Some("Tutti <tutti@qiming.example>".to_owned());
            config
        })
        .await;
        (app, server)
    }

    /// Tries one letter; whether there was one.
    pub async fn send_one(&self) -> bool {
        let post = Post::of(&self.state.config).unwrap();
        let sender = Sender { db: &self.state.db, clock: &self.state.clock, post };
        sender.send_one().await.unwrap()
    }
}
