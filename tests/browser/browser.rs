//! A real Chromium, driven by what a person sees: labels, buttons and words.

use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use thirtyfour::prelude::*;

/// How long a page may take to show something; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(15);

/// A browser window with its driver; both end with it.
pub struct Browser {
    pub driver: WebDriver,
    base: String,
    process: Child,
    profile: std::path::PathBuf,
}

/// The window.
#[derive(Clone, Copy)]
pub enum Window {
    Wide,
    Phone,
}

impl Browser {
    /// Opens a window that reads `language` on the application at `base`.
    pub async fn open(base: &str, language: &str, window: Window) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver; script/setup --browser installs it");
        let profile = std::env::temp_dir().join(format!("tutti-browser-{port}-{}", std::process::id()));
        let size = match window {
            Window::Wide => "--window-size=1440,1000",
            Window::Phone => "--window-size=390,844",
        };
        let options = json!({
            "binary": chromium(),
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync", size,
                     format!("--user-data-dir={}", profile.display()), format!("--lang={language}")],
            "prefs": {"intl.accept_languages": language, "intl.selected_languages": language},
        });
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
        Self { driver, base: base.to_owned(), process, profile }
    }

    /// Opens an address of the application.
    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path and query of the page that is open.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().as_str().trim_start_matches(&self.base).to_owned()
    }

    async fn find(&self, xpath: &str, what: &str) -> WebElement {
        let began = Instant::now();
        loop {
            for element in self.driver.find_all(By::XPath(xpath)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            if began.elapsed() > PATIENCE {
                panic!("no {what} on {}:\n{}", self.path().await, self.words().await);
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// The field with this label (visible or for screen readers).
    pub async fn field(&self, label: &str) -> WebElement {
        let text = quote(label);
        let by_label =
            format!("//*[@id=//label[normalize-space(.)={text} or starts-with(normalize-space(.), {text})]/@for]");
        let inside = format!("//label[normalize-space(.)={text}]//input");
        let named = format!("//*[(self::input or self::select or self::textarea) and @aria-label={text}]");
        self.find(&format!("{by_label} | {inside} | {named}"), &format!("field {label:?}")).await
    }

    /// Types into the field with this label, replacing what is there.
    pub async fn fill(&self, label: &str, value: &str) {
        let field = self.field(label).await;
        if field.attr("type").await.unwrap().is_some_and(|kind| kind == "date") {
            // The keys of a date field depend on the browser's language: set it as its picker would.
            self.driver
                .execute(
                    "arguments[0].value = arguments[1]; for (const e of ['input', 'change']) arguments[0].dispatchEvent(new Event(e, {bubbles: true}));",
                    vec![field.to_json().unwrap(), json!(value)],
                )
                .await
                .unwrap();
            return;
        }
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Chooses the option with these words in the field with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let field = self.field(label).await;
        let began = Instant::now();
        loop {
            for found in field.find_all(By::Tag("option")).await.unwrap() {
                if found.text().await.unwrap().trim() == option
                    || found.prop("label").await.unwrap().is_some_and(|words| words.trim() == option)
                {
                    found.click().await.unwrap();
                    return;
                }
            }
            assert!(began.elapsed() < PATIENCE, "no option {option:?} in {label:?}");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Ticks or picks the checkbox or radio whose label begins with these words.
    pub async fn tick(&self, label: &str) {
        let text = quote(label);
        let inside = format!("//label[starts-with(normalize-space(.), {text})]");
        self.find(&inside, &format!("choice {label:?}")).await.click().await.unwrap();
    }

    /// Presses the button or follows the link with these words (or this name for screen readers).
    pub async fn press(&self, words: &str) {
        let text = quote(words);
        let xpath = format!(
            "//button[normalize-space(.)={text} or @aria-label={text}] | //a[normalize-space(.)={text} or @aria-label={text}] | //summary[normalize-space(.)={text}]"
        );
        let began = Instant::now();
        loop {
            let element = self.find(&xpath, &format!("button or link {words:?}")).await;
            match element.click().await {
                Ok(()) => return,
                // Moved or covered for a moment, by a menu or a page that is being replaced.
                Err(problem) => assert!(began.elapsed() < PATIENCE, "{words:?} cannot be pressed: {problem}"),
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Waits until the page says this.
    pub async fn sees(&self, words: &str) {
        let began = Instant::now();
        while !self.words().await.contains(words) {
            assert!(began.elapsed() < PATIENCE, "no {words:?} on {}:\n{}", self.path().await, self.words().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Waits until the page no longer says this.
    pub async fn sees_no(&self, words: &str) {
        let began = Instant::now();
        while self.words().await.contains(words) {
            assert!(began.elapsed() < PATIENCE, "still {words:?} on {}", self.path().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// The words on the page, spaces folded.
    pub async fn words(&self) -> String {
        let text = self.driver.execute("return document.body ? document.body.innerText : ''", vec![]).await;
        text.ok()
            .and_then(|value| value.json().as_str().map(str::to_owned))
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Signs in on the sign-in page, in either language.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.go("/sign-in").await;
        self.driver.find(By::Name("email")).await.unwrap().send_keys(email).await.unwrap();
        let field = self.driver.find(By::Name("password")).await.unwrap();
        field.send_keys(password).await.unwrap();
        field.send_keys(Key::Enter + "").await.unwrap();
        let began = Instant::now();
        while self.path().await.starts_with("/sign-in") {
            assert!(began.elapsed() < PATIENCE, "not signed in: {}", self.words().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Fails if the page scrolls sideways, logs an error, or breaks a rule of accessibility (WCAG 2.2 AA).
    pub async fn is_accessible(&self) {
        let page = self.path().await;
        let sideways = self
            .driver
            .execute("return document.documentElement.scrollWidth - document.documentElement.clientWidth", vec![])
            .await
            .unwrap();
        assert!(sideways.json().as_i64().unwrap() <= 0, "{page} scrolls sideways by {}", sideways.json());
        self.driver.execute(axe(), vec![]).await.unwrap();
        let rules = "const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
              found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))),
              problem => done(['axe failed: ' + problem]))";
        let found = self.driver.execute_async(rules, vec![]).await.unwrap();
        assert_eq!(found.json(), &Value::Array(vec![]), "accessibility of {page}");
    }

    /// Closes the window.
    pub async fn close(self) {
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

fn axe() -> String {
    std::fs::read_to_string("target/browser/node_modules/axe-core/axe.min.js")
        .expect("axe-core; script/setup --browser installs it")
}

/// A string for XPath, which has no escapes.
fn quote(text: &str) -> String {
    if text.contains('\'') {
        let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
        return format!("concat({})", parts.join(", \"'\", "));
    }
    format!("'{text}'")
}
