//! A real Chromium, driven by what a person sees: labels, buttons and words.

use crate::site::Site;
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
    Wide,
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
        let size = match window {
            Window::Wide => "--window-size=1440,1000",
            Window::Phone | Window::PlainPhone => "--window-size=390,844",
        };
        let mut prefs = json!({"intl.accept_languages": language, "intl.selected_languages": language});
        if window == Window::PlainPhone {
            prefs["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({
            "binary": chromium(),
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync", size,
                     format!("--user-data-dir={}", profile.display()), format!("--lang={language}")],
            "prefs": prefs,
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

    /// Clicks what is found, scrolled to where nothing covers it; again while it is moved or replaced.
    async fn click(&self, xpath: &str, what: &str) {
        let began = Instant::now();
        loop {
            let element = self.find(xpath, what).await;
            let _replaced_meanwhile = element.scroll_into_view().await;
            match element.click().await {
                Ok(()) => return,
                Err(problem) => assert!(began.elapsed() < PATIENCE, "{what} cannot be pressed: {problem}"),
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

    /// Types into the field with this label in the group with this legend.
    pub async fn fill_in(&self, legend: &str, label: &str, value: &str) {
        let xpath = format!(
            "//fieldset[legend[normalize-space(.)={}]]//*[@id=//fieldset[legend[normalize-space(.)={}]]//label[normalize-space(.)={}]/@for]",
            quote(legend),
            quote(legend),
            quote(label)
        );
        let field = self.find(&xpath, &format!("field {label:?} in {legend:?}")).await;
        self.put(&field, value).await;
    }

    /// Types into the field with this label, replacing what is there.
    pub async fn fill(&self, label: &str, value: &str) {
        let field = self.field(label).await;
        self.put(&field, value).await;
    }

    async fn put(&self, field: &WebElement, value: &str) {
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
        self.click(&inside, &format!("choice {label:?}")).await;
    }

    /// Presses the button or follows the link with these words (or this name for screen readers).
    pub async fn press(&self, words: &str) {
        let text = quote(words);
        let xpath = format!(
            "//button[(normalize-space(.)={text} or @aria-label={text}) and not(@aria-hidden)] | //a[normalize-space(.)={text} or @aria-label={text}] | //summary[normalize-space(.)={text}]"
        );
        self.click(&xpath, &format!("button or link {words:?}")).await;
    }

    /// Presses the button (not the link) with these words.
    pub async fn send(&self, words: &str) {
        let text = quote(words);
        let xpath = format!("//button[(normalize-space(.)={text} or @aria-label={text}) and not(@aria-hidden)]");
        self.click(&xpath, &format!("button {words:?}")).await;
    }

    /// Presses the button with these words twice, as quickly as a mouse can.
    pub async fn send_twice(&self, words: &str) {
        let text = quote(words);
        let button = self.find(&format!("//button[normalize-space(.)={text}]"), &format!("button {words:?}")).await;
        self.driver.action_chain().double_click_element(&button).perform().await.unwrap();
    }

    /// Follows the link with these words; one in the navigation may carry a number.
    pub async fn press_link(&self, words: &str) {
        let text = quote(words);
        let xpath = format!("//a[normalize-space(.)={text}] | //nav//a[span[normalize-space(.)={text}]]");
        self.click(&xpath, &format!("link {words:?}")).await;
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Ticks or unticks a department in the form of a new project.
    pub async fn tick_department(&self, name: &str) {
        let xpath = format!("//label[contains(@class, 'check') and contains(normalize-space(.), {})]", quote(name));
        self.click(&xpath, &format!("department {name:?}")).await;
    }

    /// Presses the button with these words in the group with this name.
    pub async fn press_in(&self, group: &str, words: &str) {
        let (name, text) = (quote(group), quote(words));
        let xpath = format!(
            "//*[(@role='group' or self::form) and @aria-label={name}]//button[normalize-space(.)={text} or @aria-label={text}]"
        );
        self.click(&xpath, &format!("button {words:?} in {group:?}")).await;
    }

    /// Chooses a status in the row of the task with this title.
    pub async fn set_status(&self, task: &str, status: &str) {
        let (title, word) = (quote(task), quote(status));
        let xpath = format!("//li[.//a[normalize-space(.)={title}]]//input[@type='radio' and @aria-label={word}]");
        self.click(&xpath, &format!("status {status:?} of {task:?}")).await;
    }

    /// Opens the menu whose name contains these words.
    pub async fn open_menu(&self, words: &str) {
        let xpath = format!("//summary[contains(normalize-space(.), {})]", quote(words));
        self.click(&xpath, &format!("menu {words:?}")).await;
    }

    /// Opens a page of the project by its tab, which may carry a number.
    pub async fn tab(&self, words: &str) {
        self.click(&tab(words), &format!("tab {words:?}")).await;
        self.is_on_tab(words).await;
    }

    /// Waits until the page under this tab is open.
    pub async fn is_on_tab(&self, words: &str) {
        self.find(&format!("{}[@aria-current='page']", tab(words)), &format!("page {words:?}")).await;
    }

    /// The heading of the page, once it is this one.
    pub async fn is_on(&self, heading: &str) {
        let xpath = format!("//h1[contains(normalize-space(.), {})]", quote(heading));
        self.find(&xpath, &format!("heading {heading:?}")).await;
    }

    /// Waits until the page has a section with this heading, which may carry a number.
    pub async fn has_section(&self, heading: &str) {
        self.find(&section(heading), &format!("section {heading:?}")).await;
    }

    /// Waits until the page has no section with this heading.
    pub async fn has_no_section(&self, heading: &str) {
        let began = Instant::now();
        while !self.driver.find_all(By::XPath(section(heading))).await.unwrap().is_empty() {
            assert!(began.elapsed() < PATIENCE, "still the section {heading:?} on {}", self.path().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// The card of the board with this title, in the lane with this name.
    pub async fn card(&self, lane: &str, title: &str) -> WebElement {
        let xpath = format!("//section[@aria-label={}]//li//a[normalize-space(.)={}]", quote(lane), quote(title));
        self.find(&xpath, &format!("card {title:?} in {lane:?}")).await
    }

    /// The column of the board with this name.
    pub async fn lane(&self, name: &str) -> WebElement {
        self.find(&format!("//section[@aria-label={}]//h2", quote(name)), &format!("lane {name:?}")).await
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

    /// Signs out whoever is here and comes back signed in as a person of the site.
    pub async fn enter(&self, site: &Site, name: &str) {
        self.go("/healthz").await;
        self.driver.delete_all_cookies().await.unwrap();
        let secret = site.app.sign_in(name).await.cookie("tutti").unwrap();
        self.driver.add_cookie(Cookie::new("tutti", secret)).await.unwrap();
    }

    /// Fails if the page scrolls sideways, logs an error, or breaks a rule of accessibility (WCAG 2.2 AA).
    pub async fn is_accessible(&self) {
        let page = self.path().await;
        self.complains_of_nothing().await;
        let sideways = self
            .driver
            .execute("return document.documentElement.scrollWidth - document.documentElement.clientWidth", vec![])
            .await
            .unwrap();
        assert!(sideways.json().as_i64().unwrap() <= 0, "{page} scrolls sideways by {}", sideways.json());
        // What a scrolled page has under the bar on top cannot be hit, but would be measured.
        self.script("scrollTo(0, 0)").await;
        // Something that is still fading in has other colours than it will have.
        self.until("still", "document.getAnimations().every(one => one.playState !== 'running')").await;
        self.driver.execute(axe(), vec![]).await.unwrap();
        let rules = "const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
              found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))),
              problem => done(['axe failed: ' + problem]))";
        let found = self.driver.execute_async(rules, vec![]).await.unwrap();
        assert_eq!(found.json(), &Value::Array(vec![]), "accessibility of {page}");
    }

    /// Fails if a script or the content policy has complained. Refusals by the server (409, 422) are no complaint.
    async fn complains_of_nothing(&self) {
        let log = self.driver.get_log("browser").await.unwrap();
        let complaints: Vec<_> = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" && entry.source.as_deref() != Some("network"))
            .map(|entry| entry.message)
            .collect();
        assert!(complaints.is_empty(), "{}: {complaints:?}", self.path().await);
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

fn axe() -> String {
    std::fs::read_to_string("target/browser/node_modules/axe-core/axe.min.js")
        .expect("axe-core; script/setup --browser installs it")
}

fn section(heading: &str) -> String {
    format!("//h2[starts-with(normalize-space(.), {})]", quote(heading))
}

fn tab(words: &str) -> String {
    format!("//nav[@id='tabs']//a[starts-with(normalize-space(.), {})]", quote(words))
}

/// A string for XPath, which has no escapes.
fn quote(text: &str) -> String {
    if text.contains('\'') {
        let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
        return format!("concat({})", parts.join(", \"'\", "));
    }
    format!("'{text}'")
}
