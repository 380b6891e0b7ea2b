//! A load of its own: HTTP/1.1 over kept-alive connections, each asking again as soon as it was answered.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What to ask, and from how many connections.
#[derive(Clone)]
pub struct Load {
    pub port: u16,
    pub path: String,
    pub cookie: String,
    pub connections: usize,
}

/// One answer.
pub struct Answer {
    pub head: String,
    pub body_length: usize,
}

/// What a run found.
pub struct Found {
    pub per_second: f64,
    pub median: Duration,
    pub slow: Duration,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0}/s, p50 {:.1} ms, p99 {:.1} ms", self.per_second, ms(self.median), ms(self.slow))
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

impl Load {
    /// One request on a connection of its own.
    pub async fn once(&self) -> Answer {
        self.try_once().await.expect("an answer")
    }

    /// As [`Load::once`], or nothing while nobody listens.
    pub async fn try_once(&self) -> Option<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        let mut buffer = Vec::new();
        ask(&mut stream, &self.request(), &mut buffer).await
    }

    fn request(&self) -> String {
        format!(
            "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Encoding: gzip\r\nAccept-Language: en\r\nCookie: tutti={}\r\n\r\n",
            self.path, self.port, self.cookie
        )
    }

    /// Asks from every connection for as long as given.
    pub async fn run(&self, time: Duration) -> Found {
        let stop = Arc::new(AtomicBool::new(false));
        let began = Instant::now();
        let workers: Vec<_> = (0..self.connections)
            .map(|_| {
                let (load, stop) = (self.clone(), Arc::clone(&stop));
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(("127.0.0.1", load.port)).await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    let request = load.request();
                    let mut buffer = Vec::new();
                    let mut times = Vec::new();
                    while !stop.load(Ordering::Relaxed) {
                        let asked = Instant::now();
                        let answer = ask(&mut stream, &request, &mut buffer).await.expect("an answer");
                        assert!(answer.head.contains(" 200 "), "{}", answer.head);
                        times.push(asked.elapsed());
                    }
                    times
                })
            })
            .collect();
        tokio::time::sleep(time).await;
        stop.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        for worker in workers {
            times.extend(worker.await.unwrap());
        }
        let per_second = times.len() as f64 / began.elapsed().as_secs_f64();
        times.sort();
        Found { per_second, median: times[times.len() / 2], slow: times[times.len() * 99 / 100] }
    }
}

/// Sends a request and reads the whole answer, by its length or in chunks.
async fn ask(stream: &mut TcpStream, request: &str, buffer: &mut Vec<u8>) -> Option<Answer> {
    stream.write_all(request.as_bytes()).await.ok()?;
    buffer.clear();
    let end_of_head = loop {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = find(buffer, b"\r\n\r\n", 0) {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end_of_head]).to_lowercase();
    if head.contains("transfer-encoding: chunked") {
        let mut at = end_of_head;
        let mut length = 0;
        loop {
            let line_end = loop {
                if let Some(end) = find(buffer, b"\r\n", at) {
                    break end;
                }
                stream.read_buf(buffer).await.ok().filter(|read| *read > 0)?;
            };
            let size =
                usize::from_str_radix(std::str::from_utf8(&buffer[at..line_end]).ok()?.split(';').next()?, 16).ok()?;
            at = line_end + 2 + size + 2;
            while buffer.len() < at {
                stream.read_buf(buffer).await.ok().filter(|read| *read > 0)?;
            }
            length += size;
            if size == 0 {
                return Some(Answer { head, body_length: length });
            }
        }
    }
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.trim().parse().ok())
        .unwrap_or(0);
    while buffer.len() < end_of_head + length {
        stream.read_buf(buffer).await.ok().filter(|read| *read > 0)?;
    }
    Some(Answer { head, body_length: length })
}

fn find(buffer: &[u8], what: &[u8], from: usize) -> Option<usize> {
    buffer.get(from..)?.windows(what.len()).position(|window| window == what).map(|index| index + from)
}
