//! The calendar: days off of the packs, what decrees have changed since, and the form of a change.
//!
//! A national change is for the national office; others may set the holidays of their own region.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_law::pack::HolidayKind;
use netra_law::time::long_date;
use netra_store::{CalendarChange, CalendarKind, Office, OfficeKind};

use super::Choice;
use super::accounts::administered;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, required_line};
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kalender", get(show).post(change))
}

#[derive(Template)]
#[template(path = "desk/calendar.html")]
struct CalendarPage {
    chrome: Chrome,
    csrf: String,
    year: i16,
    days: Vec<DayView>,
    changes: Vec<DayView>,
    kinds: Vec<Choice>,
    offices: Vec<Choice>,
    form: Typed,
    problems: Problems,
    moved: Option<u64>,
}

/// A day off, or a change of one.
struct DayView {
    date: String,
    name: String,
    kind: String,
    decree: String,
    office: String,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    date: String,
    kind: String,
    name: String,
    decree: String,
    office: String,
}

async fn show(State(app): State<App>, officer: Officer, query: axum::extract::RawQuery) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let query = FormData::parse(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    let page = calendar_page(&app, &officer, &offices, Typed::default(), Problems::default());
    page::ok(&CalendarPage { moved: query.get("dihitung").parse().ok(), ..page })
}

async fn change(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let change = read(&app, &officer, &offices, &form, &mut problems);
    match change {
        Some(change) if problems.is_empty() => {
            let now = officer.now(&app);
            let moved = app.store.change_calendar(&change, officer.account.id, now).await?;
            Ok(Redirect::to(&format!("/meja/kalender?dihitung={moved}")).into_response())
        }
        _ => {
            let get = |name: &str| form.get(name);
            let typed = Typed {
                date: get("date"),
                kind: get("kind"),
                name: get("name"),
                decree: get("decree"),
                office: get("office"),
            };
            let page = calendar_page(&app, &officer, &offices, typed, problems);
            page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn read(
    app: &App,
    officer: &Officer,
    offices: &[Office],
    form: &FormData,
    problems: &mut Problems,
) -> Option<CalendarChange> {
    let date = crate::form::parse_date(&form.get("date"));
    if date.is_none() {
        problems.add("date", "Isi tanggalnya, misalnya 19/1/2024.");
    }
    if date.is_some_and(|d| app.law.calendar().day(d, &officer.office.seat()).is_err()) {
        problems.add("date", "Hari libur tahun itu belum dimuat dalam program.");
    }
    let kind = CalendarKind::from_id(&form.get("kind"));
    let Some(kind) = kind else {
        problems.add("kind", "Pilih menjadi hari apa.");
        return None;
    };
    let name = match kind {
        CalendarKind::Lifted => String::new(),
        _ => required_line(form, "name", &app.limits, problems, "Tulis nama harinya."),
    };
    let decree = required_line(form, "decree", &app.limits, problems, "Tulis nomor dan judul keputusannya.");
    let office = form.get("office");
    let office = offices.iter().find(|o| o.id.as_str() == office).map(|o| o.id.clone());
    let is_national = matches!(kind, CalendarKind::National | CalendarKind::Joint);
    if office.is_none() && officer.office.kind != OfficeKind::National {
        problems.add("office", "Pilih kantornya. Perubahan untuk seluruh negeri dicatat kantor nasional.");
    }
    if is_national && office.is_some() {
        problems.add(
            "kind",
            "Libur nasional dan cuti bersama berlaku di seluruh negeri; untuk satu kantor pilih libur daerah.",
        );
    }
    if kind == CalendarKind::Regional && office.is_none() {
        problems.add("office", "Pilih kantor yang daerahnya libur.");
    }
    Some(CalendarChange { date: date?, kind, name, decree, office })
}

fn calendar_page(app: &App, officer: &Officer, offices: &[Office], form: Typed, problems: Problems) -> CalendarPage {
    let year = officer.now(app).date().year();
    let name_of = |id: &netra_docket::ids::OfficeId| offices.iter().find(|o| o.id == *id).map(|o| o.name.clone());
    let days = app.law.calendar().holidays().filter(|h| h.date.year() == year).map(|h| DayView {
        date: long_date(h.date),
        name: match &h.estimated {
            Some(why) => format!("{} (perkiraan: {why})", h.name),
            None => h.name.clone(),
        },
        kind: if h.kind == HolidayKind::Joint { "cuti bersama" } else { "hari libur nasional" }.to_owned(),
        decree: h.decree.clone(),
        office: String::new(),
    });
    let mut seen: Vec<&CalendarChange> = Vec::new();
    for change in offices.iter().flat_map(|o| &o.calendar) {
        if !seen.contains(&change) {
            seen.push(change);
        }
    }
    let changes = seen.into_iter().map(|c| DayView {
        date: long_date(c.date),
        name: c.name.clone(),
        kind: c.kind.indonesian().to_owned(),
        decree: c.decree.clone(),
        office: c.office.as_ref().and_then(name_of).unwrap_or_else(|| "seluruh negeri".to_owned()),
    });
    let kinds = CalendarKind::ALL.into_iter().filter(|k| {
        officer.office.kind == OfficeKind::National || !matches!(k, CalendarKind::National | CalendarKind::Joint)
    });
    let supervisors = offices.iter().filter(|o| o.kind.is_supervisor());
    CalendarPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        year,
        days: days.collect(),
        changes: changes.collect(),
        kinds: kinds.map(|k| Choice::new(k.id(), k.indonesian(), &form.kind)).collect(),
        offices: supervisors.map(|o| Choice::new(o.id.as_str(), &o.name, &form.office)).collect(),
        form,
        problems,
        moved: None,
    }
}
