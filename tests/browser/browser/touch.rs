//! Fingers on the glass of a phone. They stay down between two calls, so that a test can see what the page does meanwhile;
//! WebDriver's own actions of a touch end with the call.

use super::Browser;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// Where a finger is, in pixels of the window.
pub type Point = (f64, f64);

impl Browser {
    /// Where to touch an element that is in sight.
    pub async fn middle(&self, element: &WebElement) -> Point {
        let code = "const box = arguments[0].getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];";
        let middle = self.driver.execute(code, vec![element.to_json().unwrap()]).await.unwrap();
        middle.convert().unwrap()
    }

    /// Puts down fingers at these points; those that are down already are named again, first.
    pub async fn touch(&self, fingers: &[Point]) {
        self.fingers("touchStart", fingers).await;
    }

    /// Moves the fingers that are down to these points.
    pub async fn slide(&self, fingers: &[Point]) {
        self.fingers("touchMove", fingers).await;
    }

    /// Lifts every finger.
    pub async fn lift(&self) {
        self.fingers("touchEnd", &[]).await;
    }

    async fn fingers(&self, what: &str, fingers: &[Point]) {
        let points: Vec<Value> =
            fingers.iter().enumerate().map(|(id, (x, y))| json!({"id": id, "x": x, "y": y})).collect();
        let event = json!({"type": what, "touchPoints": points});
        self.driver.cdp().send_raw("Input.dispatchTouchEvent", event).await.unwrap();
    }
}
