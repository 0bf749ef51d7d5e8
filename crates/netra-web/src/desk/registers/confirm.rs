//! How a list was read, before anything is written: which column holds what, which rows are rejected.

use std::io::Cursor;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_law::time::long_date;
use netra_registers::{Field, Input, LinkError, ListRow, Mapping, Remark, Remarked, Tidied, each_row, tidy};
use netra_store::{ListId, ListKind, NewList};

use super::waiting::Waiter;
use super::{apart, require};
use crate::app::App;
use crate::desk::Choice;
use crate::desk::session::Officer;
use crate::error::{PageError, chain};
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy::Action;
use crate::random;

/// Lines of one kind of fault that are named.
const LINES_NAMED: usize = 200;
/// Rows that are shown as they were read.
const SHOWN: u64 = 5;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/daftar/impor/{token}", get(show).post(answer))
}

#[derive(Template)]
#[template(path = "desk/register_confirm.html")]
struct ConfirmPage {
    chrome: Chrome,
    csrf: String,
    action: String,
    title: String,
    kind: &'static str,
    dated: String,
    delete_on: String,
    purpose: String,
    columns: Vec<ColumnView>,
    /// What could be read; none if there is no column of names yet.
    found: Option<FoundView>,
    /// What a register should have and this one has not.
    missing: Vec<&'static str>,
    problems: Problems,
}

/// A field and the heads that it can be taken from.
struct ColumnView {
    name: String,
    label: &'static str,
    heads: Vec<Choice>,
    chosen: String,
}

/// What was read.
struct FoundView {
    rows: u64,
    rejected: usize,
    faults: Vec<FaultView>,
    fields: Vec<&'static str>,
    sample: Vec<Vec<String>>,
}

/// A fault with the lines that have it.
struct FaultView {
    text: &'static str,
    count: usize,
    lines: String,
    more: bool,
}

/// A file as it was read.
struct Reading {
    heads: Vec<String>,
    read: Result<Tidied, String>,
}

async fn show(State(app): State<App>, officer: Officer, Path(token): Path<String>) -> Result<Response, PageError> {
    require(&officer, Action::KeepLists)?;
    let waiter = waiter(&app, &officer, &token)?;
    let reading = reading(&waiter, Vec::new()).await?;
    page_of(&officer, &token, &waiter, reading, &[])
}

/// The list of the officer that waits under this token.
fn waiter(app: &App, officer: &Officer, token: &str) -> Result<Waiter, PageError> {
    app.waiting().get(officer.account.id, app.clock.now(), token).ok_or(PageError::NotFound)
}

async fn answer(
    State(app): State<App>,
    officer: Officer,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::KeepLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let waiter = waiter(&app, &officer, &token)?;
    if form.get("aksi") == "batal" {
        app.waiting().forget(officer.account.id);
        return Ok(Redirect::to("/meja/daftar").into_response());
    }
    let mappings = mappings(&form);
    let reading = reading(&waiter, mappings.clone()).await?;
    match reading.read {
        Ok(tidied) if form.get("aksi") == "simpan" => keep(&app, &officer, &waiter, tidied).await,
        read => page_of(&officer, &token, &waiter, Reading { read, ..reading }, &mappings),
    }
}

/// What the officer says about columns.
fn mappings(form: &FormData) -> Vec<Mapping> {
    let said = Field::all().map(|field| Mapping { field, head: form.get(&column_name(field)) });
    said.filter(|mapping| !mapping.head.is_empty()).collect()
}

fn column_name(field: Field) -> String {
    format!("kolom-{}", field.id())
}

/// Reads the file. A large one takes its time, so this is done apart.
async fn reading(waiter: &Waiter, mappings: Vec<Mapping>) -> Result<Reading, PageError> {
    let (name, bytes) = (waiter.name.clone(), Arc::clone(&waiter.bytes));
    apart(move || {
        let input = Input { name, reader: Box::new(Cursor::new(bytes.as_slice())) };
        match tidy(input, &mappings) {
            Ok(mut tidied) => Reading { heads: std::mem::take(&mut tidied.heads), read: Ok(tidied) },
            Err(LinkError::NoName { heads, .. }) => Reading {
                heads,
                read: Err("Kolom nama tidak dikenali. Pilih kolom mana yang memuat nama orang.".to_owned()),
            },
            Err(error) => Reading { heads: Vec::new(), read: Err(chain(&error)) },
        }
    })
    .await
}

/// Writes the list: from here on it is in the store.
async fn keep(app: &App, officer: &Officer, waiter: &Waiter, tidied: Tidied) -> Result<Response, PageError> {
    let about = &waiter.about;
    let id = ListId::new(random::uuid());
    let rejected = rejected(&tidied.remarks);
    let new = NewList {
        id,
        kind: about.kind,
        regime: about.regime,
        dated: about.dated,
        title: about.title.clone(),
        purpose: about.purpose.clone(),
        entries: tidied.rows,
        rejected: u64::try_from(rejected).unwrap_or(u64::MAX),
        delete_on: about.delete_on,
        rows: tidied.csv,
    };
    app.store.import_list(&officer.scope(), officer.account.id, app.clock.now(), new).await?;
    app.waiting().forget(officer.account.id);
    Ok(Redirect::to(&format!("/meja/daftar/isi/{id}")).into_response())
}

fn rejected(remarks: &[Remarked]) -> usize {
    remarks.iter().filter(|remarked| remarked.remark.is_rejection()).count()
}

fn page_of(
    officer: &Officer,
    token: &str,
    waiter: &Waiter,
    reading: Reading,
    mappings: &[Mapping],
) -> Result<Response, PageError> {
    let about = &waiter.about;
    let mut problems = Problems::default();
    let (known, found) = match &reading.read {
        Ok(tidied) => (tidied.columns.clone(), Some(found(tidied)?)),
        Err(problem) => {
            problems.add(&column_name(Field::Name), problem.clone());
            (Vec::new(), None)
        }
    };
    let said = |field: Field| mappings.iter().find(|mapping| mapping.field == field).map(|m| m.head.clone());
    let of = |field: Field| known.iter().find(|(known, _)| *known == field).map(|(_, head)| head.clone());
    let columns = Field::all().map(|field| {
        let chosen = said(field).or_else(|| of(field)).unwrap_or_default();
        let heads = reading.heads.iter().filter(|head| !head.is_empty());
        ColumnView {
            name: column_name(field),
            label: field.indonesian(),
            heads: heads.map(|head| Choice::new(head, head, &chosen)).collect(),
            chosen,
        }
    });
    let page = ConfirmPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        action: format!("/meja/daftar/impor/{token}"),
        title: about.title.clone(),
        kind: about.kind.indonesian(),
        dated: long_date(about.dated),
        delete_on: long_date(about.delete_on),
        purpose: about.purpose.clone(),
        columns: columns.collect(),
        missing: if found.is_some() { missing(about.kind, &known) } else { Vec::new() },
        found,
        problems,
    };
    page::html(page.problems.status(), &page)
}

fn found(tidied: &Tidied) -> Result<FoundView, PageError> {
    let mut rows: Vec<ListRow> = Vec::new();
    let read = each_row(&tidied.csv, |row| {
        if row.no <= SHOWN {
            rows.push(row);
        }
    });
    read.map_err(|_| PageError::Internal)?;
    let cells = |row: &ListRow| tidied.columns.iter().map(|(field, _)| row.get(*field).to_owned()).collect();
    let faults = Remark::ALL.into_iter().filter_map(|remark| {
        let lines: Vec<String> = tidied
            .remarks
            .iter()
            .filter(|remarked| remarked.remark == remark)
            .map(|remarked| remarked.line.to_string())
            .collect();
        let named = lines.get(..LINES_NAMED).unwrap_or(&lines).join(", ");
        let (count, more) = (lines.len(), lines.len() > LINES_NAMED);
        (count > 0).then(|| FaultView { text: remark.indonesian(), count, lines: named, more })
    });
    Ok(FoundView {
        rows: tidied.rows,
        rejected: rejected(&tidied.remarks),
        faults: faults.collect(),
        fields: tidied.columns.iter().map(|(field, _)| field.indonesian()).collect(),
        sample: rows.iter().map(cells).collect(),
    })
}

/// What the comparison misses most in a list.
fn missing(kind: ListKind, known: &[(Field, String)]) -> Vec<&'static str> {
    let has = |field: Field| known.iter().any(|(known, _)| *known == field);
    let proofs = [Field::BirthDate, Field::BirthPlaceAndDate, Field::Nik, Field::Nip, Field::Age];
    let mut list = Vec::new();
    if !proofs.into_iter().any(has) {
        list.push("Tanpa tanggal lahir, umur, NIK, atau NIP, nama dan wilayah saja tidak dapat memastikan siapa pun.");
    }
    if !has(Field::Region) {
        list.push("Tanpa kabupaten/kota, nama yang umum tidak dapat dibedakan.");
    }
    if kind == ListKind::CivilServants && !has(Field::Nip) {
        list.push("Tanpa NIP, orang dalam daftar ASN sulit dipastikan sesudah cocok.");
    }
    list
}
