//! Offices: those that one administers, and the form of a new one. Offices are never deleted, and but
//! for their numbering not changed: matters and numbers hang on them.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::ids::OfficeId;
use netra_store::Office;

use super::accounts::administered;
use super::office_form::{OfficeForm, kind_words};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kantor", get(list).post(add))
}

#[derive(Template)]
#[template(path = "desk/offices.html")]
struct OfficesPage {
    chrome: Chrome,
    csrf: String,
    offices: Vec<OfficeView>,
    office: OfficeForm,
    problems: Problems,
}

/// A line of the list.
struct OfficeView {
    id: String,
    title: String,
    kind: &'static str,
    zone: &'static str,
    region: String,
    above: String,
    supervises: bool,
}

async fn list(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let form = OfficeForm::read(&FormData::default(), &app.law, &offices);
    page::ok(&offices_page(&officer, &offices, form, Problems::default()))
}

async fn add(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let office_form = OfficeForm::read(&form, &app.law, &offices);
    let office = office_form.check(&app.limits, &mut problems);
    if let Some(office) = &office
        && app.store.office(&office.id).await?.is_some()
    {
        problems.add("office_id", "Kode ini sudah dipakai kantor lain. Pilih kode lain.");
    }
    match office {
        Some(office) if problems.is_empty() => {
            app.store.add_office(&office).await?;
            Ok(Redirect::to("/meja/kantor").into_response())
        }
        _ => {
            let page = offices_page(&officer, &offices, office_form, problems);
            page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn offices_page(officer: &Officer, offices: &[Office], office: OfficeForm, problems: Problems) -> OfficesPage {
    let name_of =
        |id: Option<&OfficeId>| offices.iter().find(|o| Some(&o.id) == id).map(|o| o.name.clone()).unwrap_or_default();
    let view = |o: &Office| OfficeView {
        id: o.id.to_string(),
        title: o.name.clone(),
        kind: kind_words(o.kind),
        zone: o.zone.abbreviation(),
        region: o.region.clone(),
        above: name_of(o.parent.as_ref()),
        supervises: o.kind.is_supervisor(),
    };
    OfficesPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        offices: offices.iter().map(view).collect(),
        office,
        problems,
    }
}
