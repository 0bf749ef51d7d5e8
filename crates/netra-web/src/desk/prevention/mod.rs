//! Prevention: what the office did, whom it reached before a stage, and the list of those whom it addresses.
//!
//! What was done is recorded as a step of a docket like everything else; here it is looked at. Whom it reached is computed
//! from the dockets, the list is typed.

use axum::Router;
use axum::routing::{get, post};
use netra_docket::ids::RecipientId;

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::policy::{self, Action};

mod coverage;
mod paste;
mod recipients;
mod register;
mod stages;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/pencegahan", get(register::show))
        .route("/meja/pencegahan/jangkauan", get(coverage::show))
        .route("/meja/pencegahan/penerima", get(recipients::show).post(recipients::add))
        .route("/meja/pencegahan/penerima/tempel", post(paste::take))
        .route("/meja/pencegahan/penerima/{id}/hentikan", post(recipients::retire))
}

/// Refuses whoever may not do this with prevention; it is work of supervisors.
fn allow(officer: &Officer, action: Action) -> Result<(), PageError> {
    if policy::may_as_supervisor(officer.account.role, &officer.office, action) {
        Ok(())
    } else {
        Err(PageError::Forbidden)
    }
}

/// Those who are not yet reached before the stage that the address names, and of the kind that it names; nobody if it
/// names no stage.
pub(super) async fn not_reached(app: &App, officer: &Officer, asked: &FormData) -> Result<Vec<RecipientId>, PageError> {
    if !asked.has(coverage::STAGE) {
        return Ok(Vec::new());
    }
    coverage::not_reached(app, officer, asked).await
}
