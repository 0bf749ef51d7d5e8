//! The bundles that came from other offices: what is trusted, what was set aside and why, their bytes, what was said about
//! them in receipts, and the matters into which their acts were taken.
//!
//! A bundle is a file of strangers until somebody has looked: it is handed out as a download. Its acts are taken in only
//! when its sender is trusted and an officer says so; then its receipt says that it is acted upon.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_docket::entry::Actor;
use netra_evidence::size_text;
use netra_law::time::long_moment;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_store::{BundleStoreError, InboxItem, InboxMark, OpeningState, ReceiveError, office_key_name};

use super::paper::{download, in_pieces};
use super::session::Officer;
use crate::app::App;
use crate::error::{PageError, chain};
use crate::form::{FormData, check_text};
use crate::page::{self, Chrome, Problems};
use crate::policy::{self, Action};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/kotak-masuk", get(list))
        .route("/meja/kotak-masuk/{id}", get(give))
        .route("/meja/kotak-masuk/{id}/tanda-terima", post(answer))
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    chrome: Chrome,
    csrf: String,
    lines: Vec<LineView>,
    problems: Problems,
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
    /// What the receipts say.
    said: Vec<String>,
    /// The matter into which its acts were taken.
    matter: Option<String>,
    /// Why they could not be taken in.
    failed: Option<String>,
    /// What may still be said.
    may: May,
}

/// Which receipts may be given now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct May {
    number: bool,
    accept: bool,
    give_back: bool,
}

impl May {
    fn now(role: netra_store::Role, item: &InboxItem, mark: &InboxMark) -> May {
        let last = mark.receipts.last().map_or(0, |receipt| receipt.state.step());
        let open = policy::may(role, Action::AnswerBundle) && last < 2;
        let trusted = item.distrust.is_none();
        May { number: open && trusted && last < 1, accept: open && trusted, give_back: open }
    }

    fn anything(self) -> bool {
        self.number || self.accept || self.give_back
    }
}

async fn list(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::SeeInbox)?;
    shown(&app, &officer, Problems::default()).await
}

async fn shown(app: &App, officer: &Officer, problems: Problems) -> Result<Response, PageError> {
    let items = app.store.inbox(&officer.office.id).await?;
    let mut marks = app.store.inbox_marks(&officer.office.id).await?;
    let lines = items.into_iter().map(|item| line(item, &mut marks, officer)).collect();
    let status = problems.status();
    page::html(status, &InboxPage { chrome: officer.chrome(), csrf: officer.csrf.clone(), lines, problems })
}

fn line(item: InboxItem, marks: &mut BTreeMap<Fingerprint, InboxMark>, officer: &Officer) -> LineView {
    let mark = marks.remove(&item.fingerprint).unwrap_or_default();
    let may = May::now(officer.account.role, &item, &mark);
    let (matter, failed) = match mark.opening {
        Some(OpeningState::In(matter)) => (Some(matter.to_string()), None),
        Some(OpeningState::Failed(why)) => (None, Some(why)),
        None => (None, None),
    };
    LineView {
        id: item.fingerprint.to_string(),
        sender: item.sender_name,
        code: item.sender.to_string(),
        number: item.number.unwrap_or_else(|| "belum bernomor".to_owned()),
        received: long_moment(item.received),
        size: size_text(item.size),
        why: item.distrust.map(|(_, why)| why),
        said: mark.receipts.iter().map(|receipt| receipt.state.indonesian()).collect(),
        matter,
        failed,
        may,
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

/// Says in a signed receipt what has become of a bundle; one that is acted upon is opened first.
async fn answer(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    officer.require(Action::AnswerBundle)?;
    let fingerprint: Fingerprint = id.parse().map_err(|_| PageError::NotFound)?;
    let item = app.store.inbox_item(&officer.office.id, fingerprint).await?.ok_or(PageError::NotFound)?;
    let mut problems = Problems::default();
    let Some(state) = said(&app, &form, &item, &mut problems) else { return shown(&app, &officer, problems).await };
    let mut leads = "/meja/kotak-masuk".to_owned();
    if state == ReceiptState::Accepted {
        let account = officer.account.id;
        let by = Actor::Officer { account, office: officer.office.id.clone() };
        match app.store.open_received(&officer.office.id, fingerprint, by, officer.now(&app)).await {
            Ok(opened) => leads = format!("/meja/perkara/{}", opened.matter),
            Err(error) => {
                let words = refused(&app, fingerprint, error).await?;
                problems.add("langkah", words);
                return shown(&app, &officer, problems).await;
            }
        }
    }
    match receipt(&app, &officer, &item, state).await {
        Ok(()) => Ok(Redirect::to(&leads).into_response()),
        // Said before, by this form sent twice or by a colleague.
        Err(BundleStoreError::Receipt(ReceiptFault::Second(_) | ReceiptFault::Backwards(_))) => {
            problems.add(
                "langkah",
                "Tanda terima untuk langkah ini atau sesudahnya sudah diberikan; tidak ada yang berubah.",
            );
            shown(&app, &officer, problems).await
        }
        Err(BundleStoreError::Store(error)) => Err(error.into()),
        Err(other) => {
            tracing::error!(error = %chain(&other), "a receipt could not be given");
            Err(PageError::Internal)
        }
    }
}

/// What a form says about a bundle.
fn said(app: &App, form: &FormData, item: &InboxItem, problems: &mut Problems) -> Option<ReceiptState> {
    let typed = |field: &str| form.get(field).replace('\n', " ").trim().to_owned();
    let (text, missing) = match form.get("langkah").as_str() {
        "nomor" => (typed("nomor"), "Isi nomor agendanya."),
        "kembalikan" => (typed("alasan"), "Isi alasan pengembaliannya."),
        _ => (String::new(), ""),
    };
    if text.is_empty() && !missing.is_empty() {
        problems.add("langkah", missing);
    }
    check_text(&text, "langkah", app.limits.line, problems);
    let state = match form.get("langkah").as_str() {
        "nomor" => ReceiptState::Received { number: text },
        "kembalikan" => ReceiptState::Returned { reason: text },
        "terima" => ReceiptState::Accepted,
        _ => {
            problems.add("langkah", "Pilih apa yang dilakukan dengan bundel ini.");
            return None;
        }
    };
    if item.distrust.is_some() && !matches!(state, ReceiptState::Returned { .. }) {
        problems.add("langkah", "Bundel yang disisihkan hanya dapat dikembalikan: pastikan dulu siapa pengirimnya.");
    }
    problems.is_empty().then_some(state)
}

/// Why a bundle is not opened, in words for the page; kept beside the bundle for colleagues.
async fn refused(app: &App, fingerprint: Fingerprint, error: ReceiveError) -> Result<String, PageError> {
    match error {
        ReceiveError::NotFound => Err(PageError::NotFound),
        ReceiveError::Record(error) if matches!(error, netra_store::RecordError::Store(_)) => Err(error.into()),
        ReceiveError::Record(netra_store::RecordError::Moved) => Err(PageError::Moved),
        other => {
            let words = other.to_string();
            app.store.opening_failed(fingerprint, &words).await?;
            Ok(format!("Berkas tidak dapat dibuka, {words}."))
        }
    }
}

async fn receipt(app: &App, officer: &Officer, item: &InboxItem, state: ReceiptState) -> Result<(), BundleStoreError> {
    let now = officer.now(app).instant();
    let to = office_key_name(&officer.office.id).map_err(|_| ReceiptFault::Form)?;
    let receipt = Receipt {
        bundle: item.fingerprint,
        from: item.sender.clone(),
        to,
        at: jiff::Timestamp::from_second(now.as_second()).unwrap_or(now),
        state,
    };
    let note = app.store.sign_with(&officer.office.id, |key| receipt.sign(key))??;
    app.store.give_receipt(&receipt, &note).await
}

#[cfg(test)]
mod tests {
    use netra_store::Role;

    use super::*;

    fn item(distrust: Option<(String, String)>) -> InboxItem {
        InboxItem {
            fingerprint: "ab".repeat(32).parse().unwrap(),
            office: "instansi-contoh".parse().unwrap(),
            sender: "netra/kantor-contoh".parse().unwrap(),
            sender_name: "Kantor Contoh".to_owned(),
            matter: "1".to_owned(),
            number: None,
            received: "2024-01-19T10:00:00+08:00".parse().unwrap(),
            distrust,
            blob: String::new(),
            size: 0,
            receipt: String::new(),
        }
    }

    fn mark(state: ReceiptState) -> InboxMark {
        let receipt = Receipt {
            bundle: "ab".repeat(32).parse().unwrap(),
            from: "netra/kantor-contoh".parse().unwrap(),
            to: "netra/instansi-contoh".parse().unwrap(),
            at: jiff::Timestamp::UNIX_EPOCH,
            state,
        };
        InboxMark { receipts: vec![receipt], opening: None }
    }

    #[test]
    fn what_may_be_said_follows_what_was_said() {
        let trusted = item(None);
        let aside = item(Some(("unknown".to_owned(), "tidak dikenal".to_owned())));
        let number = ReceiptState::Received { number: "B-1".to_owned() };
        let all = May { number: true, accept: true, give_back: true };
        let table = [
            (&trusted, InboxMark::default(), all),
            (&trusted, mark(ReceiptState::Delivered), all),
            (&trusted, mark(number), May { number: false, ..all }),
            (&trusted, mark(ReceiptState::Accepted), May::default()),
            (&aside, mark(ReceiptState::Delivered), May { give_back: true, ..May::default() }),
        ];
        for (item, mark, may) in table {
            assert_eq!(May::now(Role::Authority, item, &mark), may, "{mark:?}");
            assert_eq!(May::now(Role::Intake, item, &mark), May::default());
        }
    }
}
