//! The office's list of those whom prevention addresses: added by hand or pasted, retired, never renamed.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use netra_docket::act::RecipientKind;
use netra_docket::ids::RecipientId;
use netra_store::{Listed, Recipient, RecipientError};

use super::allow;
use super::paste::{PastedView, Row};
use crate::app::App;
use crate::desk::Choice;
use crate::desk::regions::Regions;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::{FormData, optional_line, required_line};
use crate::page::{self, Chrome, Problems};
use crate::policy::{self, Action};
use crate::random;

/// The page's address.
pub(super) const PAGE: &str = "/meja/pencegahan/penerima";

#[derive(Template)]
#[template(path = "desk/prevention/recipients.html")]
struct RecipientsPage {
    chrome: Chrome,
    csrf: String,
    may_change: bool,
    groups: Vec<GroupView>,
    retired: Vec<LineView>,
    typed: Typed,
    kinds: Vec<Choice>,
    regions: Vec<Choice>,
    table: String,
    pasted: Option<PastedView>,
    problems: Problems,
}

/// The entries of a kind.
struct GroupView {
    kind: &'static str,
    lines: Vec<LineView>,
}

/// An entry.
struct LineView {
    id: String,
    title: String,
    kind: &'static str,
    region: String,
    address: String,
}

/// The form of a new entry as typed.
#[derive(Default)]
pub(super) struct Typed {
    kind: String,
    title: String,
    region: String,
    address: String,
}

/// What a page shows besides the list.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) typed: Typed,
    /// The pasted table.
    pub(super) table: String,
    /// What was read of it.
    pub(super) pasted: Option<PastedView>,
    pub(super) problems: Problems,
}

pub(super) async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    allow(&officer, Action::SeePrevention)?;
    answer(&app, &officer, Sent::default(), StatusCode::OK).await
}

pub(super) async fn add(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    allow(&officer, Action::KeepRecipients)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let typed = Typed {
        kind: form.get("kind"),
        title: required_line(&form, "title", &app.limits, &mut problems, "Tulis nama instansi atau jabatannya."),
        region: form.get("region"),
        address: optional_line(&form, "address", &app.limits, &mut problems),
    };
    let regions = Regions::of(&officer.office);
    let kind = RecipientKind::from_id(&typed.kind);
    if kind.is_none() {
        problems.add("kind", "Pilih jenis penerimanya.");
    }
    if !typed.region.is_empty() && !regions.has(&typed.region) {
        problems.add("region", "Wilayah ini di luar wilayah kantor Anda. Pilih dari daftar.");
    }
    let row = kind.map(|kind| Row {
        kind,
        name: typed.title.clone(),
        region: typed.region.clone(),
        address: typed.address.clone(),
    });
    match row {
        Some(row) if problems.is_empty() => match keep(&app, &officer, vec![row]).await {
            Ok(1) => return Ok(Redirect::to(PAGE).into_response()),
            Ok(_) => problems.add("title", "Penerima ini sudah ada dalam daftar."),
            Err(NotKept::TooMany(text)) => problems.add("title", text),
            Err(NotKept::Page(error)) => return Err(error),
        },
        _ => {}
    }
    let sent = Sent { typed, problems, ..Sent::default() };
    answer(&app, &officer, sent, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn retire(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    allow(&officer, Action::KeepRecipients)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let id: RecipientId = id.parse().map_err(|_| PageError::NotFound)?;
    let now = officer.now(&app);
    match app.store.retire_recipient(&officer.scope(), id, officer.account.id, now).await? {
        true => Ok(Redirect::to(PAGE).into_response()),
        false => Err(PageError::NotFound),
    }
}

/// Why nothing was added.
pub(super) enum NotKept {
    /// The list would become too long; the text says so.
    TooMany(String),
    /// The page can't be shown.
    Page(PageError),
}

/// Adds rows to the list; tells how many are new.
pub(super) async fn keep(app: &App, officer: &Officer, rows: Vec<Row>) -> Result<u64, NotKept> {
    let recipient = |row: Row| Recipient {
        id: RecipientId::new(random::uuid()),
        kind: row.kind,
        name: row.name,
        region: row.region,
        address: row.address,
        retired: None,
    };
    let recipients: Vec<Recipient> = rows.into_iter().map(recipient).collect();
    let (scope, now) = (officer.scope(), officer.now(app));
    let added = app.store.add_recipients(&scope, &recipients, officer.account.id, now).await;
    added.map_err(|error| match error {
        RecipientError::TooMany => NotKept::TooMany(format!("Tidak ditambahkan: {error}.")),
        RecipientError::Store(error) => NotKept::Page(error.into()),
    })
}

/// The page with the list.
pub(super) async fn answer(
    app: &App,
    officer: &Officer,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, PageError> {
    let list = app.store.recipients(&officer.scope(), Listed::Ever).await?;
    let regions = Regions::of(&officer.office);
    let line = |r: &Recipient| LineView {
        id: r.id.to_string(),
        title: r.name.clone(),
        kind: r.kind.indonesian(),
        region: if r.region.is_empty() { String::new() } else { regions.title(&r.region) },
        address: r.address.clone(),
    };
    let group = |kind: &RecipientKind| {
        let of_kind = list.iter().filter(|r| r.kind == *kind && r.retired.is_none());
        GroupView { kind: kind.indonesian(), lines: of_kind.map(line).collect() }
    };
    let Sent { typed, table, pasted, problems } = sent;
    let kinds = RecipientKind::ALL.iter().map(|k| Choice::new(k.id(), k.indonesian(), &typed.kind)).collect();
    let near = regions.near().map(|region| Choice::new(region.code, region.title.as_str(), &typed.region));
    let page = RecipientsPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        may_change: policy::may_as_supervisor(officer.account.role, &officer.office, Action::KeepRecipients),
        groups: RecipientKind::ALL.iter().map(group).filter(|group| !group.lines.is_empty()).collect(),
        retired: list.iter().filter(|r| r.retired.is_some()).map(line).collect(),
        kinds,
        regions: near.collect(),
        typed,
        table,
        pasted,
        problems,
    };
    page::html(status, &page)
}
