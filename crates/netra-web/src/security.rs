//! What stands around every answer: headers that keep a page from being framed, sniffed or made to
//! run foreign code, a limit for what may be sent, and a page instead of silence when a handler fails.

use std::any::Any;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::{App, Transport};
use crate::error::PageError;

/// Nothing may be loaded but this server's own style, script and pictures; forms, and pieces of large
/// files, go to this server only. There is no inline style and no inline script anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Addresses hold form tokens and tracking codes: no other site may learn them.
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// For a year, browsers come back encrypted only.
const STRICT_TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// Puts all of it around the routes; addresses that none of them knows get the page for that.
pub fn harden(routes: Router<App>, app: &App) -> Router<App> {
    let transport = app.transport;
    routes
        .fallback(|| async { PageError::NotFound })
        .layer(CatchPanicLayer::custom(failed))
        .layer(DefaultBodyLimit::max(app.limits.request))
        .layer(from_fn(move |request: Request, next: Next| headers(request, next, transport)))
}

/// Adds the headers. One that a handler has set itself stays, so that downloads can have a stricter policy.
async fn headers(request: Request, next: Next, transport: Transport) -> Response {
    let mut response = next.run(request).await;
    let strict = (transport == Transport::Https).then_some(STRICT_TRANSPORT);
    for (name, value) in HEADERS.into_iter().chain(strict) {
        let name = HeaderName::from_static(name);
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// A handler panicked. What it said may hold personal data and is not logged here; the panic hook
/// has written where it happened.
fn failed(_panic: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    PageError::Internal.into_response()
}
