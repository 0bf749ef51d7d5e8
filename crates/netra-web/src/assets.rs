//! The style sheet and the script: part of the program, so that a single file can be carried to a
//! machine without network.

use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use netra_evidence::Digest;
use tower_http::compression::CompressionLayer;

use crate::app::App;

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("../static/netra.css"), "text/css; charset=utf-8"));
static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("../static/netra.js"), "text/javascript; charset=utf-8"));

struct Asset {
    body: &'static str,
    kind: &'static str,
    etag: String,
}

impl Asset {
    fn new(body: &'static str, kind: &'static str) -> Asset {
        Asset { body, kind, etag: format!("\"{}\"", Digest::of(body.as_bytes())) }
    }

    /// The whole text, or a note that the browser's copy is still good.
    fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, self.kind),
            (header::CACHE_CONTROL, "public, max-age=3600"),
            (header::ETAG, self.etag.as_str()),
        ];
        if known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == self.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        (headers, self.body).into_response()
    }
}

/// `/static/netra.css` and `/static/netra.js`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/static/netra.css", get(style))
        .route("/static/netra.js", get(script))
        .layer(CompressionLayer::new())
}

async fn style(headers: HeaderMap) -> Response {
    STYLE.answer(&headers)
}

async fn script(headers: HeaderMap) -> Response {
    SCRIPT.answer(&headers)
}
