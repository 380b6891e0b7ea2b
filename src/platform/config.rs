//! Every setting, in one typed place. `tutti --help` lists them; a wrong value stops the start and names itself.

use super::{
    outgoing::{self, Networks},
    proxies::TrustedProxies,
};
use clap::Args;
use std::{borrow::Cow, fmt::Display, net::SocketAddr, path::PathBuf, time::Duration};
use url::Url;

/// How one installation runs: flags, or the environment.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// PostgreSQL to use. Without it Tutti starts its own, under the data folder.
    #[arg(long, env = "DATABASE_URL", value_name = "DATABASE_URL", value_parser = database_url, hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// Address and port to serve on.
    #[arg(long, env = "TUTTI_LISTEN", value_name = "TUTTI_LISTEN", default_value = "127.0.0.1:3000", global = true)]
    pub listen: SocketAddr,

    /// Folder for the database that Tutti starts by itself.
    #[arg(long, env = "TUTTI_DATA", value_name = "TUTTI_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,

    /// The address people type, for links in letters and for cookies: https://tutti.example.com. Default: http:// and the listening address.
    #[arg(long, env = "TUTTI_BASE_URL", value_name = "TUTTI_BASE_URL", value_parser = base_url, global = true)]
    pub base_url: Option<Url>,

    /// Mail server: smtp://user:password@host:587 or smtps://…; append ?tls=required for STARTTLS. Without it no letters are sent and links are copied by hand.
    #[arg(long, env = "TUTTI_SMTP_URL", value_name = "TUTTI_SMTP_URL", value_parser = smtp_url, hide_env_values = true, global = true)]
    pub smtp_url: Option<String>,

    /// Seconds that handing over one letter to the mail server may take.
    #[arg(long, env = "TUTTI_SMTP_TIMEOUT", value_name = "TUTTI_SMTP_TIMEOUT", default_value_t = 60.0, value_parser = smtp_timeout, global = true)]
    pub smtp_timeout: f64,

    /// Sender of letters. Default: tutti@ and the host of the base URL.
    #[arg(long, env = "TUTTI_MAIL_FROM", value_name = "TUTTI_MAIL_FROM", value_parser = mailbox, global = true)]
    pub mail_from: Option<String>,

    /// Reverse proxies whose X-Forwarded-For is believed, as addresses or networks: 127.0.0.1,10.0.0.0/8. Default: none, and the other end of the connection counts as the client.
    #[arg(
        long,
        env = "TUTTI_TRUSTED_PROXIES",
        value_name = "TUTTI_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub trusted_proxies: TrustedProxies,

    /// Networks inside that chat robots may post to, as addresses or networks: 10.0.7.0/24. Default: none, and posts go to the public internet by https only.
    #[arg(
        long,
        env = "TUTTI_OUTGOING_ALLOW",
        value_name = "TUTTI_OUTGOING_ALLOW",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub outgoing_allow: Networks,

    /// The longest time for a request to the outside; shorter in tests.
    #[arg(skip = outgoing::LIMIT)]
    pub outgoing_limit: Duration,

    /// What to log: error, warn, info, debug, trace, or filters such as tutti=debug,info.
    #[arg(long, env = "TUTTI_LOG", value_name = "TUTTI_LOG", default_value = "info", value_parser = log_filter, global = true)]
    pub log: String,
}

impl Config {
    /// The settings of a server that nobody configured, for tests and tools.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            database_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: PathBuf::from("./data"),
            base_url: None,
            smtp_url: None,
            smtp_timeout: 60.0,
            mail_from: None,
            trusted_proxies: TrustedProxies::default(),
            outgoing_allow: Networks::default(),
            outgoing_limit: outgoing::LIMIT,
            log: "info".to_owned(),
        }
    }

    /// The start of every absolute link, without a slash at its end.
    #[must_use]
    pub fn origin(&self) -> String {
        match &self.base_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// Whether nobody said where Tutti is served, so that [`Self::origin`] is only where it usually is.
    #[must_use]
    pub fn is_address_assumed(&self) -> bool {
        self.base_url.is_none() && self.listen == Self::plain().listen
    }

    /// Whether people reach Tutti over TLS, so that cookies may demand it.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.base_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// The sender of letters.
    #[must_use]
    pub fn sender(&self) -> String {
        self.mail_from.clone().unwrap_or_else(|| {
            let host = self.base_url.as_ref().and_then(|url| url.host_str()).unwrap_or("localhost");
            format!("Tutti <tutti@{host}>")
        })
    }
}

fn database_url(text: &str) -> Result<String, String> {
    let refused = |problem: &dyn Display| {
        format!("not an address of a PostgreSQL database (postgres://user:password@host/database): {problem}")
    };
    let url: Url = text.parse().map_err(|problem| refused(&problem))?;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return Err(refused(&"it does not begin with postgres://"));
    }
    text.parse::<sqlx::postgres::PgConnectOptions>().map(|_| text.to_owned()).map_err(|problem| refused(&problem))
}

fn base_url(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|problem| format!("{problem}; write it as https://tutti.example.com"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("write it as https://tutti.example.com".to_owned());
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("an address without a path: Tutti is served from the root of a host".to_owned());
    }
    Ok(url)
}

fn smtp_url(text: &str) -> Result<String, String> {
    let refused = |problem: &dyn Display| format!("{problem}; write it as smtps://user:password@host");
    let url: Url = text.parse().map_err(|problem| refused(&problem))?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(refused(&"it names no host"));
    }
    let is_known = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
        name == "tls" && matches!(value.as_ref(), "required" | "opportunistic")
    };
    if !url.query_pairs().all(is_known) {
        return Err(refused(&"after the question mark only tls=required or tls=opportunistic may stand"));
    }
    lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(text)
        .map(|_| text.to_owned())
        .map_err(|problem| refused(&problem))
}

fn smtp_timeout(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.1..=600.0).contains(&seconds) { Ok(seconds) } else { Err("between 0.1 and 600 seconds".to_owned()) }
}

fn mailbox(text: &str) -> Result<String, String> {
    text.parse::<lettre::message::Mailbox>()
        .map(|_| text.to_owned())
        .map_err(|problem| format!("{problem}; write it as Tutti <tutti@example.com>"))
}

fn log_filter(text: &str) -> Result<String, String> {
    text.parse::<tracing_subscriber::EnvFilter>().map(|_| text.to_owned()).map_err(|problem| problem.to_string())
}
