//! What the page shows, by the words on it.

use super::{Browser, PATIENCE};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

impl Browser {
    pub(super) async fn find(&self, xpath: &str, what: &str) -> WebElement {
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
}

fn section(heading: &str) -> String {
    format!("//h2[starts-with(normalize-space(.), {})]", quote(heading))
}

pub(super) fn tab(words: &str) -> String {
    format!("//nav[@id='tabs']//a[starts-with(normalize-space(.), {})]", quote(words))
}

/// A string for XPath, which has no escapes.
pub(super) fn quote(text: &str) -> String {
    if text.contains('\'') {
        let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
        return format!("concat({})", parts.join(", \"'\", "));
    }
    format!("'{text}'")
}
