//! What a request says about the browser that sent it, and the cookies that it is given.

use super::super::session::cookie_name;
use crate::web::{AppState, flash::cookie_value};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// How long a browser is remembered as one in which a person has signed in, in seconds: 400 days, which is as long as
/// browsers keep a cookie.
const REMEMBERED: i64 = 400 * 86_400;

/// Longest kept user agent, in characters.
const LONGEST_AGENT: usize = 300;

/// The browser behind a request.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The other end of the connection, or whom a trusted proxy there heard from (`platform/proxies.rs`).
    pub address: Option<IpAddr>,
    /// As sent, cut to a sensible length.
    pub user_agent: String,
    /// The secret of the session cookie, whether it still opens anything or not.
    pub session: Option<String>,
    /// The secret by which the browser is known.
    pub browser: Option<String>,
}

impl Visit {
    /// The address as people read it; empty when there is none.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }

    /// What counts as one address: an IPv4 address, or the /64 network that one IPv6 customer is given.
    #[must_use]
    pub fn network(&self) -> String {
        match self.address {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let is_secure = state.config.is_secure();
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = peer.map(|peer| state.config.trusted_proxies.client(peer, forwarded));
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(|text| text.chars().take(LONGEST_AGENT).collect())
            .unwrap_or_default();
        let session = secret(&parts.headers, cookie_name(is_secure));
        let browser = secret(&parts.headers, browser_cookie_name(is_secure));
        Ok(Self { address, user_agent, session, browser })
    }
}

fn secret(headers: &HeaderMap, name: &str) -> Option<String> {
    cookie_value(headers, name)
        .filter(|value| value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(str::to_owned)
}

fn browser_cookie_name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-tutti_browser" } else { "tutti_browser" }
}

/// The secrets that a signed-in browser is given.
#[derive(Clone, Debug)]
pub struct Cookies {
    /// Opens the session.
    pub session: String,
    /// Marks the browser as known.
    pub browser: String,
    /// Seconds that the browser keeps the session cookie; none: until it is closed.
    pub max_age: Option<i64>,
}

impl Cookies {
    /// The answer with these cookies.
    pub fn on(&self, state: &AppState, mut response: Response) -> Response {
        let is_secure = state.config.is_secure();
        set(&mut response, cookie_name(is_secure), &self.session, self.max_age, is_secure);
        set(&mut response, browser_cookie_name(is_secure), &self.browser, Some(REMEMBERED), is_secure);
        response
    }
}

/// The answer that takes the session cookie away.
pub fn without_session(state: &AppState, mut response: Response) -> Response {
    let is_secure = state.config.is_secure();
    set(&mut response, cookie_name(is_secure), "", Some(0), is_secure);
    response
}

/// A choice that a browser keeps for itself for a year; empty takes it away.
pub(in crate::accounts) fn set_plain(response: &mut Response, state: &AppState, name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { 365 * 86_400 };
    set(response, name, value, Some(age), state.config.is_secure());
}

/// A cookie that scripts cannot read.
fn set(response: &mut Response, name: &str, value: &str, max_age: Option<i64>, is_secure: bool) {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if is_secure { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::Visit;

    #[test]
    fn one_customer_is_one_network() {
        for (address, expected) in
            [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::1", "0:0:0:0::/64")]
        {
            let visit = Visit { address: Some(address.parse().unwrap()), ..Visit::default() };
            assert_eq!(visit.network(), expected);
        }
    }
}
