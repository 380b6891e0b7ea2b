//! The result of an action on its way to the next page: in a cookie that lives for one page.

use super::shell::Flash;
use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie that keeps the language somebody chose before they signed in.
pub const LANGUAGE_COOKIE: &str = "tutti_language";

const NAME: &str = "tutti_flash";

/// The cookie that carries a flash to what stands at or below a path; none when it would be too long to carry.
#[must_use]
pub fn cookie(flash: &Flash, path: &str) -> Option<HeaderValue> {
    let json = serde_json::to_vec(flash).ok()?;
    let value = crate::platform::ids::hex(&json);
    if value.len() > 3500 {
        return None;
    }
    HeaderValue::from_str(&format!("{NAME}={value}; Path={path}; Max-Age=60; HttpOnly; SameSite=Lax")).ok()
}

/// The flash that a request brings.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<Flash> {
    let value = cookie_value(headers, NAME)?;
    let bytes: Option<Vec<u8>> = value
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok()))
        .collect();
    serde_json::from_slice(&bytes?).ok()
}

/// The cookie that ends it.
#[must_use]
pub fn spent() -> HeaderValue {
    HeaderValue::from_static("tutti_flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// As [`spent`], of one that was carried to a path only.
#[must_use]
pub fn spent_at(path: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{NAME}=; Path={path}; Max-Age=0; HttpOnly; SameSite=Lax")).ok()
}

/// The value of a cookie.
#[must_use]
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}
