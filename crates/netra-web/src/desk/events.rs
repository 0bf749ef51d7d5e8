//! Noting what happens to accounts, for the log that administrators read.

use netra_docket::ids::AccountId;
use netra_store::{Account, AccountEvent, AccountEventKind};

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;

/// Notes what an account did, or what happened to it without anybody's doing.
pub(super) async fn note(
    app: &App,
    account: &Account,
    kind: AccountEventKind,
    detail: impl ToString,
) -> Result<(), PageError> {
    noted(app, account, kind, None, detail.to_string()).await
}

/// Notes what an officer did to another account.
pub(super) async fn note_by(
    app: &App,
    officer: &Officer,
    account: &Account,
    kind: AccountEventKind,
    detail: impl ToString,
) -> Result<(), PageError> {
    noted(app, account, kind, Some(officer.account.id), detail.to_string()).await
}

async fn noted(
    app: &App,
    account: &Account,
    kind: AccountEventKind,
    actor: Option<AccountId>,
    detail: String,
) -> Result<(), PageError> {
    let (office, account, at) = (account.office.clone(), account.id, app.clock.now());
    app.store.note_account_event(&AccountEvent { office, account, at, kind, actor, detail }).await?;
    Ok(())
}
