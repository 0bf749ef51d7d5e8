//! How an office numbers: its own templates in the place of the packs', and when its series begin again.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_law::Law;
use netra_law::numbering::{Clash, OfficeNumbering, OfficeTemplate, Restart, Series, Template, TemplateError};
use netra_law::pack::Regime;
use netra_store::Office;

use super::Choice;
use super::accounts::administered;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kantor/{id}/nomor", get(show).post(change))
}

const REGIMES: [Regime; 2] = [Regime::Pemilu, Regime::Pilkada];

#[derive(askama::Template)]
#[template(path = "desk/numbers.html")]
struct NumbersPage {
    chrome: Chrome,
    csrf: String,
    office_id: String,
    office_name: String,
    fields: Vec<Field>,
    restarts: Vec<Choice>,
    problems: Problems,
}

/// A template as typed, with what holds where it is left empty.
struct Field {
    key: String,
    label: String,
    text: String,
    hint: String,
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    let office = office(&app, &officer, &id).await?;
    page::ok(&numbers_page(&app.law, &officer, &office, &typed_of(&office), Problems::default()))
}

async fn change(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let mut office = office(&app, &officer, &id).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let typed = Typed::read(&form);
    let mut problems = Problems::default();
    let numbering = typed.check(&app.law, &mut problems);
    if !problems.is_empty() {
        let page = numbers_page(&app.law, &officer, &office, &typed, problems);
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    office.numbering = numbering;
    app.store.add_office(&office).await?;
    Ok(Redirect::to("/meja/kantor").into_response())
}

/// The supervising office of the address, if the officer administers it.
async fn office(app: &App, officer: &Officer, id: &str) -> Result<Office, PageError> {
    let mut offices = administered(app, officer).await?.into_iter();
    offices.find(|o| o.id.as_str() == id && o.kind.is_supervisor()).ok_or(PageError::NotFound)
}

/// The fields as typed.
struct Typed {
    restart: Restart,
    texts: Vec<(Regime, Series, String)>,
}

fn typed_of(office: &Office) -> Typed {
    let text = |regime, series| office.numbering.template(regime, series).map(Template::to_string).unwrap_or_default();
    Typed { restart: office.numbering.restart, texts: all(text) }
}

fn all(text: impl Fn(Regime, Series) -> String) -> Vec<(Regime, Series, String)> {
    let pairs = REGIMES.into_iter().flat_map(|regime| Series::ALL.map(|series| (regime, series)));
    pairs.map(|(regime, series)| (regime, series, text(regime, series))).collect()
}

fn key(regime: Regime, series: Series) -> String {
    format!("{}_{}", regime.id(), series.id())
}

impl Typed {
    fn read(form: &FormData) -> Typed {
        let restart = if form.get("restart") == "never" { Restart::Never } else { Restart::Yearly };
        Typed { restart, texts: all(|regime, series| form.get(&key(regime, series))) }
    }

    /// The numbering that was typed; what is wrong with it stands beside its field.
    fn check(&self, law: &Law, problems: &mut Problems) -> OfficeNumbering {
        let mut numbering = OfficeNumbering { restart: self.restart, templates: Vec::new() };
        for (regime, series, text) in self.texts.iter().filter(|(_, _, text)| !text.is_empty()) {
            match text.parse::<Template>() {
                Ok(template) => {
                    numbering.templates.push(OfficeTemplate { regime: *regime, series: *series, template });
                }
                Err(fault) => problems.add(&key(*regime, *series), fault_words(&fault)),
            }
        }
        if problems.is_empty() {
            for clash in numbering.clashes(law) {
                let (place, words) = clash_words(clash);
                problems.add(&place, words);
            }
        }
        numbering
    }
}

fn fault_words(fault: &TemplateError) -> &'static str {
    match fault {
        TemplateError::NoRunningNumber => "Pola harus memuat {n}, nomor urutnya.",
        TemplateError::Placeholder => "Di antara kurung kurawal hanya boleh n, level, area, contest, month, atau year.",
        TemplateError::Line => "Tulis pola dalam satu baris pendek.",
    }
}

fn clash_words(clash: Clash) -> (String, &'static str) {
    match clash {
        Clash::Years(regime, series) => (
            key(regime, series),
            "Nomor urut mulai lagi setiap tahun, jadi pola harus memuat {year}: tanpa tahun, nomor akan berulang.",
        ),
        Clash::Series(regime, series) => (
            key(regime, series),
            "Pola ini sama dengan pola seri lain, jadi dua perkara dapat bernomor sama. Bedakan polanya.",
        ),
    }
}

fn numbers_page(law: &Law, officer: &Officer, office: &Office, typed: &Typed, problems: Problems) -> NumbersPage {
    let field = |(regime, series, text): &(Regime, Series, String)| {
        let pattern = law.newest_pack(*regime).and_then(|p| p.number_pattern(*series)).unwrap_or_default();
        Field {
            key: key(*regime, *series),
            label: format!("{}: {}", regime.indonesian(), series.indonesian()),
            text: text.clone(),
            hint: format!("Bila kosong: {pattern}"),
        }
    };
    let chosen = if typed.restart == Restart::Never { "never" } else { "yearly" };
    NumbersPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        office_id: office.id.to_string(),
        office_name: office.name.clone(),
        fields: typed.texts.iter().map(field).collect(),
        restarts: [("yearly", "Mulai dari 001 setiap tahun"), ("never", "Terus berlanjut melewati pergantian tahun")]
            .map(|(id, words)| Choice::new(id, words, chosen))
            .to_vec(),
        problems,
    }
}
