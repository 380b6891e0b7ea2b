//! Fields, buttons, links and menus, found by their names and used as a person would.

use super::{
    Browser, PATIENCE,
    page::{quote, tab},
};
use serde_json::json;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

impl Browser {
    /// Clicks what is found, scrolled to where nothing covers it; again while it is moved or replaced.
    pub(super) async fn click(&self, xpath: &str, what: &str) {
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
        if field.attr("type").await.unwrap().is_some_and(|kind| kind == "date" || kind == "month") {
            // The keys of such a field depend on the browser's language: set it as its picker would.
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

    /// Gives the field with this label a file.
    pub async fn attach(&self, label: &str, path: &str) {
        self.field(label).await.send_keys(path).await.unwrap();
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

    /// Picks the choice with this label in the group whose legend begins with these words.
    pub async fn pick_in(&self, legend: &str, label: &str) {
        let xpath = format!(
            "//fieldset[legend[starts-with(normalize-space(.), {})]]//label[normalize-space(.)={}]",
            quote(legend),
            quote(label)
        );
        self.click(&xpath, &format!("choice {label:?} in {legend:?}")).await;
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

    /// Presses the button (not the link) with these words as a hand does: down, and up again a moment later.
    pub async fn send_by_hand(&self, words: &str) {
        let text = quote(words);
        let button = self.find(&format!("//button[normalize-space(.)={text}]"), &format!("button {words:?}")).await;
        self.driver.action_chain().click_and_hold_element(&button).perform().await.unwrap();
        // Whatever the page does about the press is under way.
        let _seen = self.driver.source().await.unwrap();
        self.driver.action_chain().release().perform().await.unwrap();
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
        let xpath = format!(
            "//li[.//*[self::a or self::b][normalize-space(.)={title}]]//*[@class='state']//option[normalize-space(.)={word}]"
        );
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
}
