//! The first page of the desk: lists, comparisons, what to do next.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_law::time::{long_date, short_date};
use netra_registers::{Decided, Decisions, Verdict};
use netra_store::{AgreedPair, Content, ListId, ListRecord, Look, LookKind, NewRun, PairVerdict, RunId, RunRecord};

use super::{People, may_keep, moment, note, require, result, run};
use crate::app::App;
use crate::desk::Choice;
use crate::desk::paper::download;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy::Action;
use crate::random;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/daftar", get(show))
        .route("/meja/daftar/banding", post(compare))
        .route("/meja/daftar/keputusan.json", get(decisions))
}

#[derive(Template)]
#[template(path = "desk/registers.html")]
struct RegistersPage {
    chrome: Chrome,
    csrf: String,
    may_import: bool,
    lists: Vec<ListLine>,
    runs: Vec<RunLine>,
    candidates: Vec<Choice>,
    servants: Vec<Choice>,
    chosen: Chosen,
    problems: Problems,
}

/// A list in the table.
struct ListLine {
    link: String,
    title: String,
    kind: &'static str,
    regime: &'static str,
    dated: String,
    entries: u64,
    imported: String,
    by: String,
    /// Until when its rows are there, or since when they are gone.
    until: String,
    gone: bool,
}

/// A comparison in the table.
struct RunLine {
    link: String,
    title: String,
    state: &'static str,
    class: &'static str,
    found: String,
    started: String,
    by: String,
}

/// What was chosen in the form.
#[derive(Clone, Default)]
struct Chosen {
    candidates: String,
    servants: String,
    earlier: String,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    page_of(&app, &officer, Chosen::default(), Problems::default()).await
}

async fn page_of(app: &App, officer: &Officer, chosen: Chosen, problems: Problems) -> Result<Response, PageError> {
    let lists = app.store.register_lists(&officer.scope()).await?;
    let runs = app.store.register_runs(&officer.scope()).await?;
    let people = People::of(app, officer).await?;
    let here = |servants: bool| {
        let fits = move |list: &&ListRecord| list.content == Content::Here && is_register(list) == servants;
        lists.iter().filter(fits).map(choice).collect::<Vec<Choice>>()
    };
    let status = problems.status();
    let page = RegistersPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        may_import: may_keep(officer),
        candidates: here(false),
        servants: here(true),
        runs: runs.iter().map(|run| run_line(app, officer, &people, &lists, run)).collect(),
        lists: lists.iter().map(|list| list_line(officer, &people, list)).collect(),
        chosen,
        problems,
    };
    page::html(status, &page)
}

pub(super) fn is_register(list: &ListRecord) -> bool {
    list.kind == netra_store::ListKind::CivilServants
}

fn choice(list: &ListRecord) -> Choice {
    let label = format!("{} ({}, {} baris)", list.title, short_date(list.dated), list.entries);
    Choice::new(list.id.to_string(), label, "")
}

fn list_line(officer: &Officer, people: &People, list: &ListRecord) -> ListLine {
    let until = match list.deleted {
        Some((at, by)) => format!("dihapus {} oleh {}", moment(officer, at), people.name_or_program(by)),
        None if list.content == Content::Gone => {
            "isinya tidak ikut cadangan; impor lagi bila masih diperlukan".to_owned()
        }
        None => format!("dihapus pada {}", short_date(list.delete_on)),
    };
    ListLine {
        link: format!("/meja/daftar/isi/{}", list.id),
        title: list.title.clone(),
        kind: list.kind.indonesian(),
        regime: list.regime.indonesian(),
        dated: long_date(list.dated),
        entries: list.entries,
        imported: moment(officer, list.imported),
        by: people.name(list.account),
        until,
        gone: list.content == Content::Gone,
    }
}

fn run_line(app: &App, officer: &Officer, people: &People, lists: &[ListRecord], run: &RunRecord) -> RunLine {
    let badge = result::badge(run, app.clock.now());
    let [sure, probable, check] = run.counts.pairs;
    RunLine {
        link: format!("/meja/daftar/banding/{}", run.what.id),
        title: format!("{} dengan {}", title_of(lists, run.what.candidates), title_of(lists, run.what.servants)),
        state: badge.word,
        class: badge.class,
        found: format!("{sure} pasti, {probable} mungkin sekali, {check} perlu diperiksa"),
        started: moment(officer, run.started),
        by: people.name(run.account),
    }
}

/// What people call a list.
pub(super) fn title_of(lists: &[ListRecord], id: ListId) -> String {
    let found = lists.iter().find(|list| list.id == id);
    found.map_or_else(|| "daftar yang tidak dikenal".to_owned(), |list| list.title.clone())
}

/// Begins a comparison, which goes on by itself.
async fn compare(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let chosen =
        Chosen { candidates: form.get("candidates"), servants: form.get("servants"), earlier: form.get("earlier") };
    let lists = app.store.register_lists(&officer.scope()).await?;
    let mut problems = Problems::default();
    match read(&lists, &chosen, &mut problems) {
        Some((new, candidates)) if problems.is_empty() => {
            app.store.begin_run(&officer.scope(), officer.account.id, app.clock.now(), new).await?;
            run::start(&app, officer.scope(), new, candidates.dated);
            Ok(Redirect::to(&format!("/meja/daftar/banding/{}", new.id)).into_response())
        }
        _ => page_of(&app, &officer, chosen, problems).await,
    }
}

/// The comparison that was asked for, and the list whose day counts for ages.
fn read<'l>(lists: &'l [ListRecord], chosen: &Chosen, problems: &mut Problems) -> Option<(NewRun, &'l ListRecord)> {
    let find = |id: &str, servants: bool| {
        lists
            .iter()
            .find(|list| list.id.to_string() == id && list.content == Content::Here && is_register(list) == servants)
    };
    let candidates = find(&chosen.candidates, false);
    if candidates.is_none() {
        problems.add("candidates", "Pilih daftar calon atau anggota partai yang isinya masih ada.");
    }
    let servants = find(&chosen.servants, true);
    if servants.is_none() {
        problems.add("servants", "Pilih daftar ASN yang isinya masih ada.");
    }
    let earlier = find(&chosen.earlier, false);
    if !chosen.earlier.is_empty() && earlier.is_none() {
        problems
            .add("earlier", "Daftar sebelumnya tidak ada atau isinya sudah dihapus. Kosongkan, atau pilih yang lain.");
    }
    if earlier.is_some() && chosen.earlier == chosen.candidates {
        problems.add("earlier", "Daftar sebelumnya harus daftar lain.");
    }
    let (candidates, servants) = (candidates?, servants?);
    let id = RunId::new(random::uuid());
    let earlier = earlier.map(|list| list.id);
    Some((NewRun { id, candidates: candidates.id, servants: servants.id, earlier }, candidates))
}

/// What two people agreed on, without names, for those who measure how good the comparison is.
async fn decisions(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    note(&app, &officer, Look::at_all(LookKind::Exported)).await?;
    let agreed = app.store.agreed_pairs(&officer.scope()).await?;
    let decisions = Decisions::new(officer.now(&app).date(), agreed.into_iter().filter_map(decided).collect());
    let text = serde_json::to_string_pretty(&decisions).map_err(|error| {
        tracing::error!(%error, "decisions could not be written");
        PageError::Internal
    })?;
    download("application/json", "keputusan-pasangan.json", text)
}

fn decided(pair: AgreedPair) -> Option<Decided> {
    let verdict = match pair.verdict {
        PairVerdict::Match => Verdict::Match,
        PairVerdict::NoMatch => Verdict::NoMatch,
        PairVerdict::Unsure => return None,
    };
    let probability = f64::from(pair.probability) / 10_000.0;
    Some(Decided { verdict, probability, model: pair.model, figures: pair.figures })
}
