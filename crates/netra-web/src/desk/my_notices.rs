//! "Pemberitahuan saya": where mails to an officer go, and of what the officer wants to hear how.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_store::{BadMailAddress, NoticeDelivery, NoticeKind, NoticeSettings};

use super::session::Officer;
use super::{Choice, query};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy;

/// The page's address.
const PAGE: &str = "/meja/pemberitahuan";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/pemberitahuan", get(show).post(save))
}

#[derive(Template)]
#[template(path = "desk/my_notices.html")]
struct MyNoticesPage {
    chrome: Chrome,
    csrf: String,
    saved: bool,
    problems: Problems,
    address: String,
    kinds: Vec<KindView>,
}

/// Something of which one can be told.
struct KindView {
    field: String,
    title: &'static str,
    deliveries: Vec<Choice>,
}

impl MyNoticesPage {
    fn new(officer: &Officer, address: String, chosen: impl Fn(NoticeKind) -> NoticeDelivery) -> MyNoticesPage {
        let kinds = kinds(officer).map(|kind| KindView {
            field: field(kind),
            title: kind.indonesian(),
            deliveries: deliveries(chosen(kind)),
        });
        MyNoticesPage {
            chrome: officer.chrome(),
            csrf: officer.csrf.clone(),
            saved: false,
            problems: Problems::default(),
            address,
            kinds: kinds.collect(),
        }
    }
}

/// Of what an officer can be told.
fn kinds(officer: &Officer) -> impl Iterator<Item = NoticeKind> {
    let role = officer.account.role;
    NoticeKind::ALL.iter().copied().filter(move |kind| kind.is_chosen() && policy::may_hear(role, *kind))
}

fn field(kind: NoticeKind) -> String {
    format!("cara-{}", kind.id())
}

fn deliveries(chosen: NoticeDelivery) -> Vec<Choice> {
    NoticeDelivery::ALL.into_iter().map(|d| Choice::new(d.id(), d.indonesian(), chosen.id())).collect()
}

async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    let settings = app.store.notice_settings(officer.account.id).await?;
    let address = settings.address.as_ref().map(|a| a.as_str().to_owned()).unwrap_or_default();
    let mut page = MyNoticesPage::new(&officer, address, |kind| settings.delivery(kind));
    page.saved = query(raw).get("tersimpan") == "ya";
    page::ok(&page)
}

async fn save(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let (settings, problems) = read(&officer, &form);
    if !problems.is_empty() {
        let mut page = MyNoticesPage::new(&officer, form.get("alamat"), |kind| settings.delivery(kind));
        page.problems = problems;
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    app.store.set_notice_settings(officer.account.id, &settings).await?;
    Ok(Redirect::to(&format!("{PAGE}?tersimpan=ya")).into_response())
}

fn read(officer: &Officer, form: &FormData) -> (NoticeSettings, Problems) {
    let mut problems = Problems::default();
    let typed = form.get("alamat");
    if !form.has("alamat") {
        problems.add("alamat", "Isi alamat surel, atau kosongkan bila tidak ingin menerima surel.");
    }
    let address = match typed.as_str() {
        "" => None,
        text => match text.parse() {
            Ok(address) => Some(address),
            Err(error) => {
                problems.add("alamat", BadMailAddress::to_string(&error));
                None
            }
        },
    };
    let mut choices = BTreeMap::new();
    for kind in kinds(officer) {
        // What is as usual is not kept: it follows the program.
        let chosen = NoticeDelivery::from_id(&form.get(&field(kind))).filter(|delivery| *delivery != kind.usual());
        choices.extend(chosen.map(|delivery| (kind, delivery)));
    }
    (NoticeSettings { address, choices }, problems)
}
