//! The outbox of an office, for its administrators: what was told to whom, what became of it, and sending it again. Kinds, times
//! and reasons; which matter it was about stays with those who may open matters.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use netra_docket::ids::AccountId;
use netra_law::time::{Moment, short_moment};
use netra_store::{NoticeCounts, NoticeId, NoticeRow, NoticeState};

use super::session::Officer;
use super::{Choice, query};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::Action;

/// The page's address.
const PAGE: &str = "/meja/kotak-keluar";
/// Lines of a page.
const LINES: u32 = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kotak-keluar", get(show)).route("/meja/kotak-keluar/{id}/kirim-lagi", post(send_again))
}

#[derive(Template)]
#[template(path = "desk/outbox.html")]
struct OutboxPage {
    chrome: Chrome,
    csrf: String,
    counts: NoticeCounts,
    states: Vec<Choice>,
    filtered: bool,
    lines: Vec<LineView>,
    /// Query of the next page.
    next: Option<String>,
}

/// A notice as a line.
struct LineView {
    id: String,
    made: String,
    what: &'static str,
    whom: String,
    state: &'static str,
    class: &'static str,
    /// Why, or when next.
    because: String,
    tries: u32,
    again: bool,
}

async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    officer.require(Action::Administer)?;
    let asked = query(raw);
    let state = NoticeState::from_id(&asked.get("keadaan"));
    let office = &officer.office.id;
    let rows = app.store.notices_of(office, state, place(&asked.get("sebelum")), LINES).await?;
    let accounts = app.store.accounts_of(office).await?;
    let names: HashMap<AccountId, String> = accounts.into_iter().map(|account| (account.id, account.name)).collect();
    let full = u32::try_from(rows.len()).is_ok_and(|n| n >= LINES);
    let next = rows.last().filter(|_| full).map(|row| next_query(state, row));
    page::ok(&OutboxPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        counts: app.store.notice_counts(office).await?,
        states: states(state),
        filtered: state.is_some(),
        lines: rows.iter().map(|row| line(row, &names, &officer)).collect(),
        next,
    })
}

async fn send_again(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    officer.require(Action::Administer)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let id: NoticeId = id.parse().map_err(|_| PageError::NotFound)?;
    match app.store.send_notice_again(&officer.office.id, id, app.clock.now().as_second()).await? {
        true => Ok(Redirect::to(PAGE).into_response()),
        false => Err(PageError::NotFound),
    }
}

/// The place in the list that an address names: a time and an id.
fn place(text: &str) -> Option<(i64, NoticeId)> {
    let (made, id) = text.split_once('.')?;
    Some((made.parse().ok()?, id.parse().ok()?))
}

fn next_query(state: Option<NoticeState>, last: &NoticeRow) -> String {
    let mut pairs = Vec::new();
    pairs.extend(state.map(|state| ("keadaan", state.id().to_owned())));
    pairs.push(("sebelum", format!("{}.{}", last.made, last.id)));
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

fn states(chosen: Option<NoticeState>) -> Vec<Choice> {
    let chosen = chosen.map_or("", NoticeState::id);
    NoticeState::ALL.into_iter().map(|state| Choice::new(state.id(), state.indonesian(), chosen)).collect()
}

fn line(row: &NoticeRow, names: &HashMap<AccountId, String>, officer: &Officer) -> LineView {
    let when = |second: i64| {
        Timestamp::from_second(second)
            .map_or_else(|_| "tidak diketahui".to_owned(), |at| short_moment(Moment::new(at, officer.office.zone)))
    };
    let because = match (row.reason, row.state) {
        (Some(reason), _) => reason.indonesian(),
        (None, NoticeState::Waiting) => format!("berikutnya {}", when(row.due)),
        (None, NoticeState::Sent) => row.ended.map(when).unwrap_or_default(),
        (None, _) => String::new(),
    };
    LineView {
        id: row.id.to_string(),
        made: when(row.made),
        what: row.kind.indonesian(),
        whom: row.account.map_or_else(
            || "tidak ada penerima".to_owned(),
            |id| names.get(&id).cloned().unwrap_or_else(|| "petugas".to_owned()),
        ),
        state: row.state.indonesian(),
        class: match row.state {
            NoticeState::Sent => "good",
            NoticeState::Failed => "bad",
            NoticeState::Waiting | NoticeState::Sending | NoticeState::Suppressed => "plain",
        },
        because,
        tries: row.tries,
        again: row.account.is_some() && matches!(row.state, NoticeState::Failed | NoticeState::Suppressed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_list_are_read_back() {
        let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        assert_eq!(place(&format!("1705629600.{id}")), Some((1_705_629_600, id.parse().unwrap())));
        for bad in ["", "1705629600", "x.67e55044-10b1-426f-9247-bb680e5fe0c8", "1.x"] {
            assert_eq!(place(bad), None, "{bad}");
        }
    }
}
