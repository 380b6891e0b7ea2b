//! Requests to addresses that people typed in: where they go, and what others can do to them.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tutti::platform::outgoing::{Answer, Failed, Outgoing};
use url::Url;

/// Somebody who answers everything with the same bytes, or never when there are none.
struct Receiver {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Receiver {
    async fn answering(answer: String) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let answer = answer.clone();
                tokio::spawn(async move {
                    let mut request = vec![0; 65_536];
                    let read = stream.read(&mut request).await.unwrap();
                    let request = String::from_utf8_lossy(&request[..read]).into_owned();
                    if answer.is_empty() {
                        std::future::pending::<()>().await;
                    }
                    let _gone = stream.write_all(answer.replace("{request}", &request).as_bytes()).await;
                });
            }
        });
        Self { address, asked }
    }

    fn url(&self) -> Url {
        format!("http://{}/hook?key=1", self.address).parse().unwrap()
    }

    fn allowed(&self) -> Outgoing {
        Outgoing::new("127.0.0.1".parse().unwrap())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn post(outgoing: &Outgoing, url: &Url) -> Result<Answer, Failed> {
    outgoing.post(url, "application/json", "key-1", "{\"a\":1}".to_owned()).await
}

#[tokio::test]
async fn an_answer_comes_back() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{request}".to_owned()).await;
    let answer = post(&receiver.allowed(), &receiver.url()).await.unwrap();
    assert_eq!(answer.status, 200);
    let request = answer.body.to_lowercase();
    assert!(request.starts_with("post /hook?key=1 http/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("host: {}\r\n", receiver.address)), "{request}");
    assert!(request.contains("idempotency-key: key-1\r\n"), "{request}");
    assert!(request.contains("content-length: 7\r\n") && request.ends_with("{\"a\":1}"), "{request}");
}

#[tokio::test]
async fn failures_are_answers_and_redirects_are_not_followed() {
    let inside = Receiver::answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_owned()).await;
    let location = format!("http://{}/", inside.address);
    for (status, answer) in [
        (500, "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".to_owned()),
        (302, format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")),
        (307, format!("HTTP/1.1 307 Again\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")),
    ] {
        let receiver = Receiver::answering(answer).await;
        assert_eq!(post(&receiver.allowed(), &receiver.url()).await.unwrap().status, status);
    }
    assert_eq!(inside.asked(), 0);
}

#[tokio::test]
async fn who_hangs_is_given_up() {
    let receiver = Receiver::answering(String::new()).await;
    let began = Instant::now();
    let outgoing = receiver.allowed().within(Duration::from_millis(300));
    assert_eq!(post(&outgoing, &receiver.url()).await, Err(Failed::TooSlow));
    // A head that comes and a body that never ends.
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok".to_owned()).await;
    let outgoing = receiver.allowed().within(Duration::from_millis(300));
    let answer = post(&outgoing, &receiver.url()).await;
    assert!(matches!(answer, Err(Failed::TooSlow | Failed::Answer)), "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn what_cannot_be_read_is_no_answer() {
    let long = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(100_000));
    let receiver = Receiver::answering(long).await;
    assert_eq!(post(&receiver.allowed(), &receiver.url()).await, Err(Failed::Answer));
    let receiver = Receiver::answering("SSH-2.0-OpenSSH\r\n".to_owned()).await;
    assert_eq!(post(&receiver.allowed(), &receiver.url()).await, Err(Failed::Unreachable));
    // TLS with somebody who does not speak it.
    let receiver = Receiver::answering("HTTP/1.1 400 Bad\r\n\r\n".to_owned()).await;
    let secure = receiver.url().as_str().replace("http:", "https:").parse().unwrap();
    assert_eq!(post(&receiver.allowed(), &secure).await, Err(Failed::Certificate));
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap().local_addr().unwrap();
    let outgoing = Outgoing::new("127.0.0.1/32".parse().unwrap());
    let url = format!("http://{nobody}/").parse().unwrap();
    assert_eq!(post(&outgoing, &url).await, Err(Failed::Unreachable));
}

/// However the inside is written, nobody there is asked.
#[tokio::test]
async fn the_inside_is_out_of_reach() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_owned()).await;
    let port = receiver.address.port();
    let outgoing = Outgoing::new("127.0.0.2,10.9.0.0/16".parse().unwrap());
    for (url, expected) in [
        (format!("https://127.0.0.1:{port}/"), Failed::NotPublic),
        (format!("https://localhost:{port}/"), Failed::NotPublic),
        (format!("https://2130706433:{port}/"), Failed::NotPublic),
        (format!("https://0x7f.1:{port}/"), Failed::NotPublic),
        (format!("https://0177.0.0.1:{port}/"), Failed::NotPublic),
        (format!("https://[::ffff:127.0.0.1]:{port}/"), Failed::NotPublic),
        (format!("https://[::1]:{port}/"), Failed::NotPublic),
        ("https://169.254.169.254/latest/meta-data".to_owned(), Failed::NotPublic),
        ("https://10.0.0.1/".to_owned(), Failed::NotPublic),
        (format!("http://127.0.0.1:{port}/"), Failed::Address),
        ("http://8.8.8.8/".to_owned(), Failed::Address),
        (format!("https://user:secret@127.0.0.1:{port}/"), Failed::Address),
        ("ftp://8.8.8.8/".to_owned(), Failed::Address),
        ("file:///etc/passwd".to_owned(), Failed::Address),
    ] {
        assert_eq!(post(&outgoing, &url.parse().unwrap()).await, Err(expected), "{url}");
    }
    assert_eq!(receiver.asked(), 0);
}
