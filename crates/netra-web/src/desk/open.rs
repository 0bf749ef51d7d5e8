//! Opening a matter for an officer: who may, and what must be taken out first.

use netra_docket::clocks::{Clocks, clocks};
use netra_docket::ids::MatterId;
use netra_law::Law;
use netra_law::time::Moment;
use netra_store::{Docket, Office, Scope};

use super::redact;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::policy::{self, Action, Relation};

/// A matter as an officer may see it.
pub struct Opened {
    /// Its docket; reporter and witnesses taken out for an office that received it.
    pub docket: Docket,
    /// How the officer's office relates to it.
    pub relation: Relation,
    /// The office that handles it: its zone and region decide the clocks.
    pub handler: Office,
}

impl Opened {
    /// The matter's clocks at a moment.
    pub fn clocks<'l>(&self, law: &'l Law, now: Moment) -> Clocks<'l> {
        clocks(&self.docket.matter, law, &self.handler.seat(), now)
    }
}

/// Opens a matter. A matter that is none of the office's business and one that does not exist give
/// the same answer, as does a text that is no id.
///
/// # Errors
/// [`PageError::Forbidden`] for roles that open no matters, [`PageError::NotFound`].
pub async fn open(app: &App, officer: &Officer, id: &str) -> Result<Opened, PageError> {
    officer.require(Action::OpenMatter)?;
    open_for(app, &officer.office, &officer.scope(), id).await
}

/// Opens a matter for an office whose eyes the scope is; whether it may be opened at all was asked before.
///
/// # Errors
/// [`PageError::NotFound`].
pub async fn open_for(app: &App, office: &Office, scope: &Scope, id: &str) -> Result<Opened, PageError> {
    let id = matter_id(id)?;
    let docket = app.store.docket(scope, id).await?.ok_or(PageError::NotFound)?;
    let docket = redact::hide_protected(docket, &app.law)?;
    let relation = policy::relation(office, &docket.matter);
    let docket = if policy::hides_reporter(relation) { redact::hide_reporter(&docket, &app.law)? } else { docket };
    let handler = app.store.office(&docket.matter.office).await?;
    let handler = handler.unwrap_or_else(|| office.clone());
    Ok(Opened { docket, relation, handler })
}

/// Reads an id in the one form in which addresses write it.
pub(super) fn matter_id(text: &str) -> Result<MatterId, PageError> {
    let id: MatterId = text.parse().map_err(|_| PageError::NotFound)?;
    if id.to_string() == text { Ok(id) } else { Err(PageError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_form() {
        assert!(matter_id("67e55044-10b1-426f-9247-bb680e5fe0c8").is_ok());
        for bad in [
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "../../etc/passwd",
            "",
        ] {
            assert!(matches!(matter_id(bad), Err(PageError::NotFound)), "{bad}");
        }
    }
}
