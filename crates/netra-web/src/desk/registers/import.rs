//! A list comes in: what it is, what for, until when, and the file.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::civil::Date;
use netra_evidence::size_text;
use netra_law::pack::Regime;
use netra_store::ListKind;

use super::require;
use super::waiting::About;
use crate::app::App;
use crate::desk::Choice;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::{FormData, check_text, parse_date, required_line};
use crate::page::{self, Chrome, Problems};
use crate::policy::Action;

/// The field in which the file comes.
const FILE: &str = "file";
/// The elections of which there are lists.
const REGIMES: [Regime; 2] = [Regime::Pemilu, Regime::Pilkada];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/daftar/impor", get(show).post(take))
}

#[derive(Template)]
#[template(path = "desk/register_import.html")]
struct ImportPage {
    chrome: Chrome,
    csrf: String,
    kinds: Vec<Choice>,
    regimes: Vec<Choice>,
    limit: String,
    form: Typed,
    problems: Problems,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    kind: String,
    regime: String,
    dated: String,
    title: String,
    purpose: String,
    delete_on: String,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    require(&officer, Action::KeepLists)?;
    page_of(&app, &officer, Typed::default(), Problems::default())
}

fn page_of(app: &App, officer: &Officer, form: Typed, problems: Problems) -> Result<Response, PageError> {
    let status = problems.status();
    let page = ImportPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        kinds: ListKind::ALL.iter().map(|kind| Choice::new(kind.id(), kind.indonesian(), &form.kind)).collect(),
        regimes: REGIMES.map(|regime| Choice::new(regime.id(), regime.indonesian(), &form.regime)).to_vec(),
        limit: size_text(app.limits.file),
        form,
        problems,
    };
    page::html(status, &page)
}

async fn take(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    require(&officer, Action::KeepLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let about = read(&app, &form, officer.now(&app).date(), &mut problems);
    let file = form.files.iter().find(|file| file.field == FILE);
    match file {
        None => problems.add(FILE, "Pilih berkas daftarnya."),
        Some(file) if file.bytes.is_empty() => problems.add(FILE, "Berkas ini kosong. Pilih berkas lain."),
        Some(file) if u64::try_from(file.bytes.len()).unwrap_or(u64::MAX) > app.limits.file => problems.add(
            FILE,
            format!(
                "Berkas melebihi {}. Bagi menurut kabupaten/kota, atau bandingkan di komputer kantor dengan 'netra link'.",
                size_text(app.limits.file)
            ),
        ),
        Some(_) => {}
    }
    if let (Some(about), Some(file), true) = (about, file, problems.is_empty()) {
        let (name, bytes) = (file.name.clone(), file.bytes.to_vec());
        let token = app.waiting().put(officer.account.id, app.clock.now(), about, name, bytes);
        return Ok(Redirect::to(&format!("/meja/daftar/impor/{token}")).into_response());
    }
    let get = |field: &str| form.get(field);
    let typed = Typed {
        kind: get("kind"),
        regime: get("regime"),
        dated: get("dated"),
        title: get("title"),
        purpose: get("purpose"),
        delete_on: get("delete_on"),
    };
    page_of(&app, &officer, typed, problems)
}

fn read(app: &App, form: &FormData, today: Date, problems: &mut Problems) -> Option<About> {
    let kind = ListKind::from_id(&form.get("kind"));
    if kind.is_none() {
        problems.add("kind", "Pilih ini daftar apa.");
    }
    let regime = REGIMES.into_iter().find(|regime| regime.id() == form.get("regime"));
    if regime.is_none() {
        problems.add("regime", "Pilih untuk pemilihan apa.");
    }
    let dated = parse_date(&form.get("dated")).filter(|day| *day <= today);
    if dated.is_none() {
        problems
            .add("dated", "Isi tanggal daftar ini, paling lambat tanggal sekarang. Umur dihitung pada tanggal itu.");
    }
    let title = required_line(form, "title", &app.limits, problems, "Beri nama daftar ini, tanpa nama orang.");
    let purpose = form.get("purpose");
    check_text(&purpose, "purpose", app.limits.long_text, problems);
    if purpose.is_empty() {
        problems.add("purpose", "Tulis untuk apa daftar ini dipakai dan atas dasar apa.");
    }
    let delete_on = parse_date(&form.get("delete_on")).filter(|day| *day > today);
    if delete_on.is_none() {
        problems.add("delete_on", "Isi kapan isi daftar dihapus: tanggal sesudah hari ini.");
    }
    Some(About { kind: kind?, regime: regime?, dated: dated?, title, purpose, delete_on: delete_on? })
}
