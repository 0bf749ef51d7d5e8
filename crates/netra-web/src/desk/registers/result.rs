//! What came of a comparison: how far it is, what was found, what changed since the list before.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use jiff::Timestamp;
use netra_docket::ids::AccountId;
use netra_registers::{Changed, Changes, Field, ListRow};
use netra_store::{Content, ListId, Look, LookKind, PairId, PairRecord, PairVerdict, ReviewState, RunRecord, RunState};

use super::overview::title_of;
use super::view::{People, class_words, percent};
use super::{moment, note, require, run_of};
use crate::app::App;
use crate::desk::query;
use crate::desk::session::Officer;
use crate::desk::words::Badge;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::Action;

/// Pairs of a page.
const LINES: u32 = 50;
/// Entries that are named of what changed.
const NAMED: usize = 200;
/// Seconds without a sign of life after which a comparison counts as cut off.
const SILENT: i64 = 60;
/// Seconds after which the page of a running comparison asks again.
const AGAIN: &str = "3";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/daftar/banding/{id}", get(show))
}

#[derive(Template)]
#[template(path = "desk/register_result.html")]
struct ResultPage {
    chrome: Chrome,
    link: String,
    candidates: String,
    servants: String,
    earlier: Option<String>,
    started: String,
    state: Badge,
    running: bool,
    permille: u16,
    cut_off: bool,
    done: bool,
    model: String,
    facts: Vec<String>,
    review: Vec<(String, usize)>,
    next: Option<String>,
    gone: bool,
    changes: Option<ChangesView>,
    lines: Vec<PairLine>,
    more: Option<u32>,
}

/// A pair in the table.
struct PairLine {
    link: String,
    n: u32,
    candidate: String,
    stands: String,
    servant: String,
    works: String,
    probability: String,
    class: &'static str,
    look: &'static str,
    entry: &'static str,
    state: Badge,
}

/// What changed since the earlier list.
struct ChangesView {
    new: Vec<String>,
    changed: Vec<String>,
    vanished: Vec<String>,
    /// How many are not named.
    left_out: usize,
}

async fn show(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let run = run_of(&app, &officer, &id).await?;
    let from: u32 = query(raw).get("dari").parse().unwrap_or(1).max(1);
    let lists = app.store.register_lists(&officer.scope()).await?;
    let is_gone = |id: ListId| lists.iter().all(|list| list.id != id || list.content == Content::Gone);
    let running = run.state == RunState::Running;
    let cut_off = running && is_silent(&run, app.clock.now());
    let mut page = ResultPage {
        chrome: officer.chrome(),
        link: format!("/meja/daftar/banding/{}", run.what.id),
        candidates: title_of(&lists, run.what.candidates),
        servants: title_of(&lists, run.what.servants),
        earlier: run.what.earlier.map(|list| title_of(&lists, list)),
        started: moment(&officer, run.started),
        state: badge(&run, app.clock.now()),
        running: running && !cut_off,
        permille: run.permille,
        cut_off,
        done: run.state == RunState::Done,
        model: run.model.clone(),
        facts: facts(&run),
        review: Vec::new(),
        next: None,
        gone: is_gone(run.what.candidates) || is_gone(run.what.servants),
        changes: None,
        lines: Vec::new(),
        more: None,
    };
    if page.done {
        note(&app, &officer, Look::at_run(LookKind::ResultSeen, run.what.id)).await?;
        fill(&app, &officer, &run, from, &mut page).await?;
    }
    let mut response = page::ok(&page)?;
    if page.running {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

/// Puts what was found into the page.
async fn fill(
    app: &App,
    officer: &Officer,
    run: &RunRecord,
    from: u32,
    page: &mut ResultPage,
) -> Result<(), PageError> {
    let scope = officer.scope();
    let pairs = app.store.review(&scope, run.what.id).await?;
    let to = from.saturating_add(LINES - 1);
    let bodies = app.store.pair_bodies(&scope, run.what.id, from, to).await?;
    let changes = app.store.run_changes(&scope, run).await?;
    page.changes = changes.map(|bytes| changes_view(&bytes)).transpose()?;
    page.review = counts(&pairs);
    page.next = next_for(&pairs, officer.account.id, 0).map(|pair| format!("/meja/daftar/pasangan/{pair}"));
    let shown = pairs.iter().filter(|pair| (from..=to).contains(&pair.n));
    page.lines = shown.map(|pair| line(pair, &bodies)).collect::<Result<_, _>>()?;
    page.more = pairs.iter().any(|pair| pair.n > to).then(|| to.saturating_add(1));
    Ok(())
}

fn line(pair: &PairRecord, bodies: &BTreeMap<PairId, Vec<u8>>) -> Result<PairLine, PageError> {
    let people = bodies.get(&pair.id).map(|body| People::read(body)).transpose()?;
    let name = |row: &ListRow| row.get(Field::Name).to_owned();
    let (candidate, servant) = match &people {
        Some(people) => (name(&people.candidate), name(&people.servant)),
        None => ("isi dihapus".to_owned(), "isi dihapus".to_owned()),
    };
    let told = |row: &ListRow, fields: &[Field]| {
        let texts = fields.iter().map(|field| row.get(*field)).filter(|text| !text.is_empty());
        texts.collect::<Vec<&str>>().join(", ")
    };
    let stands = people.as_ref().map(|p| told(&p.candidate, &[Field::Party, Field::Constituency, Field::Region]));
    let works = people.as_ref().map(|p| told(&p.servant, &[Field::Post, Field::Agency, Field::Region]));
    let (class, look) = class_words(&pair.class);
    Ok(PairLine {
        link: format!("/meja/daftar/pasangan/{}", pair.id),
        n: pair.n,
        candidate,
        stands: stands.unwrap_or_default(),
        servant,
        works: works.unwrap_or_default(),
        probability: percent(pair.probability),
        class,
        look,
        entry: pair.entry.indonesian(),
        state: review_badge(pair.state()),
    })
}

/// Where the review of a pair stands, as a badge.
pub(super) fn review_badge(state: ReviewState) -> Badge {
    let (word, class) = match state {
        ReviewState::First => ("belum diperiksa", "plain"),
        ReviewState::Second => ("menunggu orang kedua", "info"),
        ReviewState::Disputed => ("berbeda pendapat", "warn"),
        ReviewState::Agreed(PairVerdict::Match) => ("orang yang sama menurut dua orang", "bad"),
        ReviewState::Agreed(_) => ("bukan orang yang sama menurut dua orang", "good"),
    };
    Badge { word, class }
}

fn counts(pairs: &[PairRecord]) -> Vec<(String, usize)> {
    let states = [
        ReviewState::First,
        ReviewState::Second,
        ReviewState::Disputed,
        ReviewState::Agreed(PairVerdict::Match),
        ReviewState::Agreed(PairVerdict::NoMatch),
    ];
    let count = |state: ReviewState| pairs.iter().filter(|pair| pair.state() == state).count();
    states.into_iter().map(|state| (review_badge(state).word.to_owned(), count(state))).collect()
}

/// The next pair that waits for this officer, after a place, then from the beginning.
pub(super) fn next_for(pairs: &[PairRecord], account: AccountId, after: u32) -> Option<PairId> {
    let waits = |pair: &&PairRecord| pair.state().is_open() && !pair.is_decided_by(account);
    let later = pairs.iter().filter(waits).find(|pair| pair.n > after);
    later.or_else(|| pairs.iter().find(waits)).map(|pair| pair.id)
}

fn facts(run: &RunRecord) -> Vec<String> {
    let counts = &run.counts;
    let [sure, probable, check] = counts.pairs;
    let mut facts = vec![
        format!("{} calon atau anggota dibandingkan dengan {} ASN.", counts.candidates, counts.servants),
        format!(
            "Ada pasangan untuk {} di antaranya: {sure} pasti, {probable} mungkin sekali, {check} perlu diperiksa.",
            counts.proposed
        ),
    ];
    if counts.undated > 0 {
        facts.push(format!(
            "{} tanpa tanggal lahir dan umur: nama dan wilayah saja tidak dapat memastikan. Minta tanggal lahirnya.",
            counts.undated
        ));
    }
    if counts.passed_by_cap > 0 {
        facts.push(format!("{} pasangan dilewati karena namanya terlalu umum.", counts.passed_by_cap));
    }
    facts
}

fn is_silent(run: &RunRecord, now: Timestamp) -> bool {
    now.as_second().saturating_sub(run.beat.as_second()) > SILENT
}

/// How far a comparison is, as a badge.
pub(super) fn badge(run: &RunRecord, now: Timestamp) -> Badge {
    match run.state {
        RunState::Running if is_silent(run, now) => Badge { word: "terputus", class: "bad" },
        RunState::Running => Badge { word: "berjalan", class: "info" },
        RunState::Done => Badge { word: "selesai", class: "good" },
        RunState::Failed => Badge { word: "gagal", class: "bad" },
    }
}

fn changes_view(bytes: &[u8]) -> Result<ChangesView, PageError> {
    let changes: Changes = serde_json::from_slice(bytes).map_err(|_| {
        tracing::error!("what changed on a list is not of its form");
        PageError::Internal
    })?;
    let over = |count: usize| count.saturating_sub(NAMED);
    Ok(ChangesView {
        left_out: over(changes.new.len()) + over(changes.changed.len()) + over(changes.vanished.len()),
        new: changes.new.iter().take(NAMED).map(entry_words).collect(),
        changed: changes.changed.iter().take(NAMED).map(changed_words).collect(),
        vanished: changes.vanished.iter().take(NAMED).map(entry_words).collect(),
    })
}

fn entry_words(row: &ListRow) -> String {
    let fields = [Field::Name, Field::Party, Field::Constituency];
    let texts = fields.iter().map(|field| row.get(*field)).filter(|text| !text.is_empty());
    texts.collect::<Vec<&str>>().join(", ")
}

fn changed_words(changed: &Changed) -> String {
    let part = |field: &Field| {
        let (was, is) = (changed.was.get(*field), changed.is.get(*field));
        let shown = |text: &str| if text.is_empty() { "kosong".to_owned() } else { text.to_owned() };
        format!("{}: {} menjadi {}", field.indonesian().to_lowercase(), shown(was), shown(is))
    };
    let parts: Vec<String> = changed.fields.iter().map(part).collect();
    format!("{} ({})", entry_words(&changed.is), parts.join("; "))
}
