//! The desk of lists: candidates or party members held against the register of civil servants, and the pairs that people
//! review.
//!
//! **Invariants.**
//! - Nothing is written of a list before somebody has seen how it was read and confirmed it.
//! - A hit is a lead and nothing more: no matter is opened unless two people said that it is one person and somebody noted
//!   what came of a clarification.
//! - Whoever has not decided a pair does not see what others said about it.
//! - Whatever is looked at is noted first. No name stands in an address; what is looked for is sent as a form.

mod confirm;
mod exhibit;
mod import;
mod list;
mod matter;
mod overview;
mod pair;
mod result;
mod run;
mod view;
pub(crate) mod waiting;

use std::collections::HashMap;

use axum::Router;
use jiff::Timestamp;
use netra_docket::ids::AccountId;
use netra_store::{ListId, ListRecord, Look, RegisterError, RunId, RunRecord};

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::policy::{self, Action};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(overview::routes())
        .merge(import::routes())
        .merge(confirm::routes())
        .merge(list::routes())
        .merge(result::routes())
        .merge(pair::routes())
        .merge(matter::routes())
}

/// Refuses whoever may not do this with lists.
fn require(officer: &Officer, action: Action) -> Result<(), PageError> {
    let may = policy::may_as_supervisor(officer.account.role, &officer.office, action);
    if may { Ok(()) } else { Err(PageError::Forbidden) }
}

/// Whether the officer may import and delete.
fn may_keep(officer: &Officer) -> bool {
    policy::may_as_supervisor(officer.account.role, &officer.office, Action::KeepLists)
}

/// Notes what an officer does. It must not be done if that fails.
async fn note(app: &App, officer: &Officer, look: Look) -> Result<(), PageError> {
    app.store.note_look(&officer.scope(), officer.account.id, app.clock.now(), look).await?;
    Ok(())
}

impl From<RegisterError> for PageError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::NotFound => PageError::NotFound,
            RegisterError::SamePerson => PageError::BadRequest(
                "Anda sudah memutus pasangan ini. Mata kedua harus orang lain: minta rekan memeriksanya.".to_owned(),
            ),
            RegisterError::NotAgreed => PageError::BadRequest(
                "Belum ada dua orang yang menyatakan keduanya orang yang sama. Tunggu pemeriksaan orang kedua."
                    .to_owned(),
            ),
            RegisterError::Moved => PageError::BadRequest(
                "Rekan lain baru saja mencatat sesuatu tentang pasangan ini. Buka lagi halamannya, lalu putuskan."
                    .to_owned(),
            ),
            RegisterError::Store(inner) => inner.into(),
        }
    }
}

/// A list of the officer's office. One that is not and one that does not exist look the same.
async fn list_of(app: &App, officer: &Officer, id: &str) -> Result<ListRecord, PageError> {
    let id: ListId = parse(id)?;
    app.store.register_list(&officer.scope(), id).await?.ok_or(PageError::NotFound)
}

/// A comparison of the officer's office.
async fn run_of(app: &App, officer: &Officer, id: &str) -> Result<RunRecord, PageError> {
    let id: RunId = parse(id)?;
    app.store.register_run(&officer.scope(), id).await?.ok_or(PageError::NotFound)
}

/// An id in the one form in which addresses write it.
fn parse<T: std::str::FromStr + ToString>(text: &str) -> Result<T, PageError> {
    let id: T = text.parse().map_err(|_| PageError::NotFound)?;
    if id.to_string() == text { Ok(id) } else { Err(PageError::NotFound) }
}

/// The names of the office's officers.
struct People(HashMap<AccountId, String>);

impl People {
    async fn of(app: &App, officer: &Officer) -> Result<People, PageError> {
        let accounts = app.store.accounts_of(&officer.office.id).await?;
        Ok(People(accounts.into_iter().map(|account| (account.id, account.name)).collect()))
    }

    fn name(&self, id: AccountId) -> String {
        self.0.get(&id).cloned().unwrap_or_else(|| "petugas yang tidak dikenal".to_owned())
    }

    /// The name, or the program itself.
    fn name_or_program(&self, id: Option<AccountId>) -> String {
        id.map_or_else(|| "program, karena tanggalnya tiba".to_owned(), |id| self.name(id))
    }
}

/// An instant on the office's clocks, in words.
fn moment(officer: &Officer, at: Timestamp) -> String {
    netra_law::time::short_moment(netra_law::time::Moment::new(at, officer.office.zone))
}

/// Work outside the threads that answer requests.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        tracing::error!("reading a list of people was cut off");
        PageError::Internal
    })
}
