//! News leads: what officers bring from papers and feeds, what was read in it, and the matters that come of it.
//!
//! **Invariants.**
//! - Nothing is fetched: an address is what an officer typed.
//! - A text reaches the page as text; its bytes are handed out as a download only.
//! - What is kept beside the bytes, and what is proposed for a matter, names nobody: it is made of the reader's own words.
//! - Opening a lead records initial information with the captured bytes as exhibits, as the step of that name does; doing it
//!   again leads to the same matter.

mod capture;
mod decide;
mod list;
mod marks;
mod proposal;
mod show;
mod words;

use axum::Router;
use netra_store::{Lead, LeadId};

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::policy;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(capture::routes()).merge(show::routes()).merge(decide::routes())
}

/// Refuses whoever has nothing to do with leads.
fn allowed(officer: &Officer) -> Result<(), PageError> {
    match policy::may_as_supervisor(officer.account.role, &officer.office, policy::Action::HandleLeads) {
        true => Ok(()),
        false => Err(PageError::Forbidden),
    }
}

/// The lead of an address. Another office's lead looks like none, as does a text that is no id in its one form.
async fn find(app: &App, officer: &Officer, id: &str) -> Result<Lead, PageError> {
    let lead: LeadId = id.parse().map_err(|_| PageError::NotFound)?;
    if lead.to_string() != id {
        return Err(PageError::NotFound);
    }
    app.store.lead(&officer.scope(), lead).await?.ok_or(PageError::NotFound)
}

/// The address of a lead's page.
fn address(id: LeadId) -> String {
    format!("/meja/sorotan/{id}")
}
