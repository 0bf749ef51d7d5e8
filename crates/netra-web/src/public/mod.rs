//! The public pages: what anybody can see and do without an account and without cookies.
//!
//! A reporter is led through one question per page ([`wizard`]); the answers lie in a draft on the
//! server behind an unguessable address ([`draft`]), are checked as a whole when they are sent
//! ([`submit`]) and become the first act of a matter. Afterwards the address shows the receipt
//! ([`receipt`]) and the tracking code opens the status ([`status`]) and the conversation with the office ([`messages`]).
//!
//! **Invariants.**
//! - A form that was recorded is answered with its receipt, however often it is sent.
//! - What was typed survives every mistake, reload and return.
//! - The status shows stages, decisions, dates and messages; never a name, an account of events or a file.
//! - Numbers of days come from the law packs.
//! - Statistics show nothing but what the store has published ([`statistics`]).

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::code::FormToken;
use crate::error::PageError;

mod draft;
mod evidence;
mod feed;
mod home;
mod messages;
mod notices;
mod pages;
mod people;
mod periods;
mod pieces;
mod progress;
mod receipt;
mod review;
mod statistics;
mod status;
mod steps;
mod submit;
mod wizard;

use draft::Step;

/// All public routes, style sheet and script excluded.
///
/// Answers are compressed: phones here are read at 64 kbit/s. That gives nothing away, because the
/// public has no cookies, and without the token in the address nobody can make a browser ask.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(home::routes())
        .merge(wizard::routes())
        .merge(pieces::routes())
        .merge(submit::routes())
        .merge(receipt::routes())
        .merge(status::routes())
        .merge(messages::routes())
        .merge(notices::routes())
        .merge(statistics::routes())
        .merge(feed::routes())
        .layer(CompressionLayer::new())
}

/// An entry of a list to choose from.
#[derive(Clone, Debug)]
struct Choice {
    value: String,
    label: String,
}

impl Choice {
    fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into() }
    }
}

/// The supervisors, by name.
async fn office_choices(app: &App) -> Result<Vec<Choice>, PageError> {
    let mut offices = app.store.offices().await?;
    offices.retain(|office| office.kind.is_supervisor());
    offices.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(offices.into_iter().map(|office| Choice::new(office.id.as_str(), office.name)).collect())
}

/// The address of a page of a form.
fn step_address(token: &FormToken, step: Step) -> String {
    format!("/lapor/{token}/{}", step.number())
}

/// Sends the reader to the receipt of a form.
fn to_receipt(token: &FormToken) -> Response {
    Redirect::to(&format!("/lapor/{token}/terima")).into_response()
}
