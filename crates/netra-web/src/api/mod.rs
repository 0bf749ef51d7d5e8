//! JSON for other programs of an office: what the desks do, below `/api/v1`.
//!
//! **Purpose.** A program reads matters and clocks and takes steps for an office, with a token that an administrator made
//! ([`caller`]). Everybody reads notices and the clocks of the law ([`public`]).
//!
//! **Invariants.**
//! - Every handler asks the policy table; what a token sees is bounded by a store scope, as for officers.
//! - Personal values are answered only with a scope of their own, and never those that the office itself does not get:
//!   matters are opened as the desks open them, with the same taking out of reporters and protected persons.
//! - A step goes the way of the desk's forms ([`acts`]): the same questions, refusals and record.
//! - What is recorded is recorded once per key, and only on top of the docket that the caller read.
//! - Routes and description come from one table ([`operations`]); a problem is told as RFC 9457 says ([`problem`]).
//!
//! **May not know** SQL, pages, sessions of officers.

use axum::Router;
use axum::handler::HandlerWithoutStateExt;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;

mod acts;
mod answers;
mod asked;
pub(crate) mod caller;
mod describe;
mod document;
mod matters;
mod one;
mod operations;
mod problem;
mod public;
mod rates;
mod reply;

pub use document::openapi;
pub use rates::{ApiRates, Buckets, Rate};

use problem::{Kind, Problem};

/// All routes below `/api`.
pub fn routes() -> Router<App> {
    let described = operations::OPERATIONS
        .iter()
        .fold(Router::new(), |router, operation| router.route(operation.path, (operation.route)()));
    described
        .route("/api/v1/openapi.json", get(public::description))
        .method_not_allowed_fallback(|| async { Problem::new(Kind::Method) })
        .route_service("/api/{*rest}", missing.into_service())
        .layer(CatchPanicLayer::custom(failed))
        .layer(from_fn(problem::in_language))
}

/// An address below `/api` that there is not.
async fn missing() -> Problem {
    Problem::new(Kind::NotFound)
}

/// A handler panicked. What it said may hold personal data and is not logged; the panic hook has written where it
/// happened.
fn failed(_panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::new(Kind::Internal).into_response()
}
