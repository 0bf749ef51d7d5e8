//! The front page: what this is, how to report, how it goes, and whether the counter is open.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use netra_law::event::EventKind;
use netra_law::hours::reception;
use netra_law::pack::Regime;
use netra_law::time::Zone;
use netra_store::Office;

use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, ok};
use crate::public::notices::{Line, lines};
use crate::public::steps::supervisor;
use crate::public::{Choice, office_choices, periods};

/// Notices on the front page.
const NOTICES: u32 = 3;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    chrome: Chrome,
    offices: Vec<Choice>,
    chosen: String,
    name: String,
    address: String,
    counters: Vec<Counter>,
    filing: Vec<String>,
    study: Vec<String>,
    handling: Vec<String>,
    notices: Vec<Line>,
}

/// Whether reports are received now, for one kind of election.
#[derive(Debug)]
struct Counter {
    election: &'static str,
    open: bool,
    why: String,
}

async fn home(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let office = supervisor(&app, &query.get("kantor")).await?;
    let today = app.now(office.as_ref().map_or(Zone::Wib, |o| o.zone)).date();
    let offices = office_choices(&app).await?;
    let notices = lines(app.store.notices(NOTICES, None).await?);
    let counters = office.as_ref().map(|o| counters(&app, o)).unwrap_or_default();
    let (filing, study, handling) = procedure(&app, today);
    let (chosen, name, address) = match office {
        Some(o) => (o.id.to_string(), o.name, o.address),
        None => Default::default(),
    };
    let chrome = Chrome::public();
    ok(&HomePage { chrome, offices, chosen, name, address, counters, filing, study, handling, notices })
}

/// The periods of the three steps that have one: reporting, initial study, handling.
fn procedure(app: &App, today: Date) -> (Vec<String>, Vec<String>, Vec<String>) {
    let each = |end| periods::each(&app.law, today, end);
    (each(EventKind::Delivered), each(EventKind::InitialStudyDone), each(EventKind::Plenary))
}

/// The counter of an office, for each kind of election whose hours are known.
fn counters(app: &App, office: &Office) -> Vec<Counter> {
    let (seat, now) = (office.seat(), app.now(office.zone));
    [Regime::Pemilu, Regime::Pilkada]
        .into_iter()
        .filter_map(|regime| {
            let found = reception(&app.law, regime, &seat, now).ok()?;
            Some(Counter { election: regime.indonesian(), open: found.open, why: found.why })
        })
        .collect()
}
