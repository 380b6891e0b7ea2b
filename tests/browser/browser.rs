//! A real Chromium, driven by what a person sees: labels, buttons and words.

mod accessibility;
mod controls;
mod page;
mod touch;

use crate::{site::Site, support::TestApp};
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};
use tutti::platform::locale::Language;

/// How long a page may take to show something; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many windows are open at once, whatever the number of tests: each takes about one processor.
static WINDOWS: Semaphore = Semaphore::const_new(2);

/// A browser window with its driver; both end with it.
pub struct Browser {
    pub driver: WebDriver,
    base: String,
    process: Child,
    profile: std::path::PathBuf,
    _permit: SemaphorePermit<'static>,
}

/// The window.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// 1440 by 1000 pixels, with a mouse.
    Wide,
    /// 390 by 844 pixels of glass.
    Phone,
    /// A phone that runs no script.
    PlainPhone,
}

impl Browser {
    /// Opens a window that reads `language` on the application at `base`.
    pub async fn open(base: &str, language: Language, window: Window) -> Self {
        let permit = WINDOWS.acquire().await.unwrap();
        let language = language.tag();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver; script/setup --browser installs it");
        let profile = std::env::temp_dir().join(format!("tutti-browser-{port}-{}", std::process::id()));
        let mut prefs = json!({"intl.accept_languages": language, "intl.selected_languages": language});
        if window == Window::PlainPhone {
            prefs["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut options = json!({
            "binary": chromium(),
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--window-size=1440,1000",
                     format!("--user-data-dir={}", profile.display()), format!("--lang={language}")],
            "prefs": prefs,
        });
        if window != Window::Wide {
            // A window of the desktop does not become as narrow as a phone. Without a script the driver cannot touch.
            let touch = window == Window::Phone;
            let glass = json!({"width": 390, "height": 844, "pixelRatio": 1, "touch": touch, "mobile": true});
            options["mobileEmulation"] = json!({"deviceMetrics": glass});
        }
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "chrome").unwrap();
        capabilities.set("goog:chromeOptions", options).unwrap();
        capabilities.set("goog:loggingPrefs", json!({"browser": "ALL"})).unwrap();
        let began = Instant::now();
        let driver = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
                Ok(driver) => break driver,
                Err(problem) => assert!(began.elapsed() < PATIENCE, "no browser: {problem}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        Self { driver, base: base.to_owned(), process, profile, _permit: permit }
    }

    /// Opens an address of the application.
    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path and query of the page that is open.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().as_str().trim_start_matches(&self.base).to_owned()
    }

    /// Runs a piece of script in the page and answers its value.
    pub async fn script(&self, code: &str) -> Value {
        self.driver.execute(code, vec![]).await.unwrap().json().clone()
    }

    /// Waits until a piece of script answers true.
    pub async fn until(&self, what: &str, code: &str) {
        let began = Instant::now();
        while self.script(&format!("return Boolean({code})")).await != json!(true) {
            assert!(began.elapsed() < PATIENCE, "never {what} on {}:\n{}", self.path().await, self.words().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Marks the page, so that [`Browser::is_same_page`] can tell whether it was loaded again.
    pub async fn mark(&self) {
        self.script("window.marked = true").await;
    }

    /// Fails if the page has been loaded since it was marked.
    pub async fn is_same_page(&self) {
        assert_eq!(
            self.script("return window.marked === true").await,
            json!(true),
            "{} was loaded again",
            self.path().await
        );
    }

    /// Signs out whoever is here and comes back signed in as a person of the site.
    pub async fn enter(&self, site: &Site, name: &str) {
        self.enter_as(&site.app, name).await;
    }

    /// As [`Browser::enter`], where the application is served by the program itself.
    pub async fn enter_as(&self, app: &TestApp, name: &str) {
        self.go("/healthz").await;
        self.driver.delete_all_cookies().await.unwrap();
        let secret = app.sign_in(name).await.cookie("tutti").unwrap();
        self.driver.add_cookie(Cookie::new("tutti", secret)).await.unwrap();
    }

    /// Closes the window.
    pub async fn close(self) {
        self.complains_of_nothing().await;
        let _closed = self.driver.clone().quit().await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
        let _cleaned = std::fs::remove_dir_all(&self.profile);
    }
}

fn chromium() -> String {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]
    .into_iter()
    .find(|path| Path::new(path).exists())
    .expect("Chromium; script/setup --browser installs it")
    .to_owned()
}
