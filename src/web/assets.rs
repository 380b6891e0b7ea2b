//! Our style sheet, scripts and pictures: in the program, compressed, under names that change with their content.

use axum::Router;
use memory_serve::{CacheControl, MemoryServe};
use std::sync::LazyLock;

static NAMES: LazyLock<memory_serve::Manifest> = LazyLock::new(|| files().manifest());

#[allow(unused_qualifications, reason = "in code that the library generates")]
fn files() -> MemoryServe {
    memory_serve::load!()
        .index_file(None)
        .enable_gzip(true)
        .enable_brotli(true)
        .enable_hashed_routes(true)
        .cache_control(CacheControl::Medium)
}

/// The address of a file of `static/` given as `/static/tutti.css`, with its content's hash, to be kept for ever.
#[must_use]
pub fn asset(path: &'static str) -> String {
    let name = path.strip_prefix("/static").unwrap_or(path);
    format!("/static{}", NAMES.get(name).unwrap_or(name))
}

/// Serves the files under `/static`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().nest("/static", files().into_router())
}
