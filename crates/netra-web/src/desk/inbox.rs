//! The bundles that came from other offices: what is trusted, what was set aside and why, and their bytes.
//!
//! A bundle is a file of strangers until somebody has looked: it is handed out as a download and never opened here.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use netra_evidence::size_text;
use netra_law::time::long_moment;
use netra_ledger::bundle::Fingerprint;
use netra_store::InboxItem;

use super::paper::{download, in_pieces};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::Action;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kotak-masuk", get(list)).route("/meja/kotak-masuk/{id}", get(give))
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    chrome: Chrome,
    lines: Vec<LineView>,
}

/// A bundle.
struct LineView {
    id: String,
    sender: String,
    /// The code of the sender, which the signature proves; the name is only what the bundle says.
    code: String,
    number: String,
    received: String,
    size: String,
    /// Why it was set aside; nothing if it is trusted.
    why: Option<String>,
}

async fn list(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::SeeInbox)?;
    let items = app.store.inbox(&officer.office.id).await?;
    page::ok(&InboxPage { chrome: officer.chrome(), lines: items.into_iter().map(line).collect() })
}

fn line(item: InboxItem) -> LineView {
    LineView {
        id: item.fingerprint.to_string(),
        sender: item.sender_name,
        code: item.sender.to_string(),
        number: item.number.unwrap_or_else(|| "belum bernomor".to_owned()),
        received: long_moment(item.received),
        size: size_text(item.size),
        why: item.distrust.map(|(_, why)| why),
    }
}

async fn give(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    officer.require(Action::SeeInbox)?;
    let fingerprint: Fingerprint = id.parse().map_err(|_| PageError::NotFound)?;
    let reader = app.store.inbox_reader(&officer.office.id, fingerprint).await?.ok_or(PageError::NotFound)?;
    let (length, body) = (reader.size(), in_pieces(reader).await?);
    let name: String = id.chars().take(16).collect();
    let mut response = download("application/octet-stream", &format!("bundel-{name}.zip"), body)?;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}
