//! Figures for Prometheus: requests by route and status, how long they took, the pool.

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{Method, Response},
    middleware::Next,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{sync::OnceLock, time::Instant};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Seconds at which the histogram of request times has its steps; the budget of a page is well under a tenth.
const STEPS: [f64; 9] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 6.0];

fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER
        .get_or_init(|| {
            match PrometheusBuilder::new().set_buckets(&STEPS).and_then(PrometheusBuilder::install_recorder) {
                Ok(handle) => Some(handle),
                Err(problem) => {
                    tracing::error!(%problem, "no metrics");
                    None
                }
            }
        })
        .as_ref()
}

/// The methods that routes answer; whoever invents others must not make the page of figures grow.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Counts and times every request under its route, never under its address: addresses hold names and secrets.
pub async fn observe(request: Request, next: Next) -> Response<Body> {
    recorder();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = method_name(request.method());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("tutti_requests_total", "method" => method, "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("tutti_request_seconds", "route" => route).record(began.elapsed().as_secs_f64());
    response
}

/// The page that Prometheus reads, with the pool's size and the open streams of live pages as they are now.
#[must_use]
pub fn page(connections: u32, free: usize, streams: usize) -> String {
    metrics::gauge!("tutti_database_connections").set(f64::from(connections));
    metrics::gauge!("tutti_database_connections_free").set(f64::from(u32::try_from(free).unwrap_or(u32::MAX)));
    metrics::gauge!("tutti_live_streams").set(f64::from(u32::try_from(streams).unwrap_or(u32::MAX)));
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}
