//! What must hold on every page: nothing scrolls sideways, nothing complains, everybody can use it.

use super::Browser;
use serde_json::Value;

impl Browser {
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
        // Something that is still fading in has other colours than it will have.
        self.until("still", "document.getAnimations().every(one => one.playState !== 'running')").await;
        self.driver.execute(axe(), vec![]).await.unwrap();
        // At the top: what sticks to an edge of the window covers whatever has been scrolled under it.
        let rules = "const done = arguments[arguments.length - 1];
            scrollTo(0, 0);
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
              found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))),
              problem => done(['axe failed: ' + problem]))";
        let found = self.driver.execute_async(rules, vec![]).await.unwrap();
        assert_eq!(found.json(), &Value::Array(vec![]), "accessibility of {page}");
    }

    /// Fails if a script or the content policy has complained. Refusals by the server (409, 422) are no complaint.
    pub(super) async fn complains_of_nothing(&self) {
        let log = self.driver.get_log("browser").await.unwrap();
        let complaints: Vec<_> = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" && entry.source.as_deref() != Some("network"))
            .map(|entry| entry.message)
            .collect();
        assert!(complaints.is_empty(), "{}: {complaints:?}", self.path().await);
    }
}

fn axe() -> String {
    std::fs::read_to_string("target/browser/node_modules/axe-core/axe.min.js")
        .expect("axe-core; script/setup --browser installs it")
}
