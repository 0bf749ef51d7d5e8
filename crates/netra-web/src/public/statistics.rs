//! Public statistics: one figure a question, as a chart and as the same in words, to be taken home as files.
//!
//! Which area and which election stands in the address. Everything shown comes from what the store has published, in which
//! small counts are hidden already; there is nothing here that could show more.

mod chart;
mod download;
mod map;
mod view;

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use netra_forms::yearly::{self, Yearly};
use netra_law::time::long_moment;
use netra_statistics::{Area, Catalogue, ElectionRef, Level, ReferenceSeries, Row, Slice, Unit};
use netra_store::Published;

use crate::app::App;
use crate::error::{PageError, chain};
use crate::form::FormData;
use crate::page::{Chrome, ok};
use crate::public::Choice;
use map::{Map, Names};
use view::{FigureView, ReferenceView};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/statistik", get(show))
        .route("/statistik/data.csv", get(download::csv))
        .route("/statistik/data.json", get(download::json))
        .route("/statistik/kamus.csv", get(download::dictionary_csv))
        .route("/statistik/kamus.json", get(download::dictionary_json))
        .route("/statistik/pembanding.csv", get(download::reference_csv))
        .route("/statistik/{year}/laporan.pdf", get(report))
}

#[derive(Template)]
#[template(path = "public/statistics.html")]
struct StatisticsPage {
    chrome: Chrome,
    place: String,
    column: String,
    at: String,
    is_published: bool,
    smallest: u64,
    areas: Vec<Choice>,
    elections: Vec<Choice>,
    years: Vec<Choice>,
    chosen_area: String,
    chosen_election: String,
    chosen_year: String,
    query: String,
    map: Map,
    figures: Vec<FigureView>,
    units: Vec<(String, String)>,
    references: Vec<ReferenceView>,
    reports: Vec<(i16, String)>,
}

/// What was asked for.
struct Asked {
    area: Area,
    slice: Slice,
}

impl Asked {
    /// Reads it from an address.
    ///
    /// # Errors
    /// There is no such area or election, or both an election and a year were named.
    fn read(app: &App, query: Option<String>) -> Result<Asked, PageError> {
        let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
        let area: Area = query.get("wilayah").parse().map_err(|_| PageError::NotFound)?;
        let (election, year) = (query.get("pemilihan"), query.get("tahun"));
        let slice = match (election.as_str(), year.as_str()) {
            ("", "") => Slice::All,
            (election, "") => Slice::Election(known_election(app, election)?),
            ("", year) => Slice::Year(year.parse().map_err(|_| PageError::NotFound)?),
            _ => {
                let words = "Pilih pemilihan atau tahun, tidak keduanya sekaligus.";
                return Err(PageError::BadRequest(words.to_owned()));
            }
        };
        Ok(Asked { area, slice })
    }

    /// The same as the end of an address.
    fn query(&self) -> String {
        let (election, year) = self.words();
        let fields = [("wilayah", self.area.to_string()), ("pemilihan", election), ("tahun", year)];
        let filled: Vec<(&str, String)> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(filled).unwrap_or_default()
    }

    /// Election and year as they stand in the address.
    fn words(&self) -> (String, String) {
        match &self.slice {
            Slice::All => Default::default(),
            Slice::Election(election) => (election.id().to_owned(), String::new()),
            Slice::Year(year) => (String::new(), year.to_string()),
        }
    }
}

fn known_election(app: &App, id: &str) -> Result<ElectionRef, PageError> {
    let election = ElectionRef::from(id.to_owned());
    let is_known = match &election {
        ElectionRef::Unknown => true,
        ElectionRef::Known(id) => app.law.elections().iter().any(|known| known.id == *id),
    };
    if is_known { Ok(election) } else { Err(PageError::NotFound) }
}

/// The words of the figures; the tests read them, so that they are never missing.
fn words() -> Result<&'static Catalogue, PageError> {
    Catalogue::shipped().map_err(|fault| {
        tracing::error!(%fault, "the definitions of the statistics are broken");
        PageError::Internal
    })
}

async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let catalogue = words()?;
    let asked = Asked::read(&app, query)?;
    let names = Names::read(&app, catalogue).await?;
    let published = app.store.statistics(&asked.area).await?;
    let all = Row::Total(Unit::Matters);
    let within = app.store.statistics_within(&asked.area, &asked.slice, &all).await?;
    let (chosen_election, chosen_year) = asked.words();
    let slices = slices(&published);
    let years: Vec<i16> =
        slices.iter().filter_map(|slice| if let Slice::Year(y) = slice { Some(*y) } else { None }).collect();
    let columns: Vec<Slice> = match asked.slice {
        Slice::All => slices.into_iter().filter(|slice| matches!(slice, Slice::Election(_))).collect(),
        Slice::Election(_) | Slice::Year(_) => Vec::new(),
    };
    ok(&StatisticsPage {
        chrome: Chrome::public(),
        place: names.of(&asked.area),
        column: asked.slice.name(&app.law),
        at: published.at.map(long_moment).unwrap_or_default(),
        is_published: published.at.is_some(),
        smallest: catalogue.smallest(),
        areas: areas(catalogue, &names, &asked.area),
        elections: elections(&app),
        years: years.iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect(),
        chosen_area: asked.area.to_string(),
        chosen_election,
        chosen_year,
        query: asked.query(),
        map: Map::of(catalogue, &names, &asked.area, &within),
        figures: view::figures(catalogue, &app.law, &published.cells, &asked.slice, &columns),
        units: catalogue.units().iter().map(|unit| (unit.name.clone(), unit.definition.clone())).collect(),
        references: catalogue.reference_for(&asked.area).map(ReferenceView::of).collect(),
        reports: years.iter().map(|year| (*year, report_address(*year, &asked.area))).collect(),
    })
}

fn report_address(year: i16, area: &Area) -> String {
    match area.as_str() {
        "" => format!("/statistik/{year}/laporan.pdf"),
        code => format!("/statistik/{year}/laporan.pdf?wilayah={code}"),
    }
}

/// The columns that have something in them, in their order.
fn slices(published: &Published) -> Vec<Slice> {
    let mut found: Vec<Slice> = published.cells.iter().map(|cell| cell.slice.clone()).collect();
    found.sort();
    found.dedup();
    found
}

/// The country, all provinces, and what lies in the chosen one.
fn areas(catalogue: &Catalogue, names: &Names, chosen: &Area) -> Vec<Choice> {
    let mut list = vec![Choice::new("", names.of(&Area::nation()))];
    let province = chosen.chain().into_iter().find(|area| area.level() == Level::Province);
    let mut tiles: Vec<&netra_statistics::Tile> = catalogue.tiles().iter().collect();
    tiles.sort_by(|a, b| a.code.cmp(&b.code));
    for tile in tiles {
        list.push(Choice::new(tile.code.as_str(), tile.name.clone()));
        if province.as_ref() == Some(&tile.code) {
            let within = names.within(&tile.code);
            list.extend(within.map(|(area, name)| Choice::new(area.as_str(), format!("– {name}"))));
        }
    }
    list
}

fn elections(app: &App) -> Vec<Choice> {
    let known = app.law.elections().iter().map(|election| Choice::new(election.id.clone(), election.name.clone()));
    let none = ElectionRef::Unknown;
    known.chain([Choice::new(none.id(), none.name(&app.law))]).collect()
}

/// The yearly report as PDF/A.
async fn report(
    State(app): State<App>,
    Path(year): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let catalogue = words()?;
    let year: i16 = year.parse().map_err(|_| PageError::NotFound)?;
    let asked = Asked::read(&app, query)?;
    let names = Names::read(&app, catalogue).await?;
    let published = app.store.statistics(&asked.area).await?;
    let has_year = published.cells.iter().any(|cell| cell.slice == Slice::Year(year));
    let Some(at) = published.at.filter(|_| has_year) else { return Err(PageError::NotFound) };
    let (area, law) = (names.of(&asked.area), app.law.clone());
    let reference: Vec<ReferenceSeries> = catalogue.reference_for(&asked.area).cloned().collect();
    let cells = published.cells;
    let printed = app.printer.print_yearly(move |press| {
        let (area, cells, reference, law) = (area.as_str(), cells.as_slice(), reference.as_slice(), law.as_ref());
        yearly::print(press, &Yearly { year, area, cells, published: at, catalogue, reference, law })
    });
    let bytes = printed.await.map_err(|error| {
        tracing::error!(error = %chain(&error), "a yearly report could not be printed");
        PageError::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"laporan-statistik-{year}.pdf\"")),
    ];
    Ok((headers, bytes).into_response())
}
