//! Public notices: what offices announced, newest first.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use netra_law::time::long_moment;
use netra_store::Notice;

use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, ok};

/// Notices on one page.
const PAGE: u32 = 20;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/pengumuman", get(notices))
}

#[derive(Template)]
#[template(path = "public/notices.html")]
struct NoticesPage {
    chrome: Chrome,
    notices: Vec<Line>,
    older: Option<i64>,
}

/// A notice as it is shown.
#[derive(Debug)]
pub struct Line {
    /// For its own address on the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Who announced it.
    pub office: String,
    /// When.
    pub when: String,
}

/// Notices as they are shown.
pub fn lines(notices: Vec<Notice>) -> Vec<Line> {
    let line = |n: Notice| Line {
        id: n.act.to_string(),
        title: n.title,
        text: n.text,
        office: n.office_name,
        when: long_moment(n.at),
    };
    notices.into_iter().map(line).collect()
}

async fn notices(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let found = app.store.notices(PAGE, query.get("sebelum").parse().ok()).await?;
    let full = u32::try_from(found.len()).is_ok_and(|n| n >= PAGE);
    let older = found.last().filter(|_| full).map(|n| n.at.instant().as_second());
    ok(&NoticesPage { chrome: Chrome::public(), notices: lines(found), older })
}
