//! A pair: two people side by side, and what people say about them.
//!
//! Every button is a form and has a key of its own, so that the page works without script and with the keyboard alone. After a
//! decision the next pair that waits for the officer is shown.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_docket::act::CandidacyResult;
use netra_docket::ids::MatterId;
use netra_docket::steps::StepKind;
use netra_store::{ListRecord, Look, LookKind, Pair, PairClarified, PairId, PairVerdict, RegisterError, ReviewState};

use super::matter::{self, ClockNote};
use super::result::{next_for, review_badge};
use super::view::{Line, People as Two, class_words, percent};
use super::{People, moment, note, parse, require};
use crate::app::App;
use crate::desk::Choice;
use crate::desk::session::Officer;
use crate::desk::words::Badge;
use crate::error::PageError;
use crate::form::{FormData, check_text};
use crate::page::{self, Chrome, Problems};
use crate::policy::{self, Action, Relation};

/// What can come of a clarification, with its word in forms.
pub(super) const RESULTS: [(&str, CandidacyResult, &str); 5] = [
    ("anggota", CandidacyResult::NotResigned, "benar orangnya, belum mengundurkan diri"),
    ("dicatut", CandidacyResult::NameMisused, "namanya dicatut oleh partai"),
    ("keputusan", CandidacyResult::ResignedWithDecree, "sudah diberhentikan dengan keputusan"),
    ("diajukan", CandidacyResult::ResignationPending, "pengunduran diri diajukan, keputusan belum terbit"),
    ("lain", CandidacyResult::OtherPerson, "ternyata orang lain"),
];

/// The verdicts with the key of each button.
const BUTTONS: [(PairVerdict, &str); 3] =
    [(PairVerdict::Match, "1"), (PairVerdict::NoMatch, "2"), (PairVerdict::Unsure, "3")];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/daftar/pasangan/{id}", get(show))
        .route("/meja/daftar/pasangan/{id}/putusan", post(decide))
        .route("/meja/daftar/pasangan/{id}/klarifikasi", post(clarify))
}

#[derive(Template)]
#[template(path = "desk/register_pair.html")]
struct PairPage {
    chrome: Chrome,
    csrf: String,
    link: String,
    back: String,
    n: u32,
    state: Badge,
    probability: String,
    class: &'static str,
    look: &'static str,
    entry: &'static str,
    lines: Option<Vec<Line>>,
    reasons: Vec<String>,
    rarity: String,
    /// What people said; nothing while this officer has not had a say.
    said: Vec<Said>,
    hidden: usize,
    buttons: Vec<Button>,
    agreed: bool,
    results: Vec<Choice>,
    typed: Typed,
    clarified: Option<Clarified>,
    clock: Option<ClockNote>,
    may_open: bool,
    opens: &'static str,
    matter: Option<String>,
    next: Option<String>,
    problems: Problems,
}

/// What somebody said.
struct Said {
    who: String,
    what: &'static str,
    at: String,
}

/// A button with its key.
struct Button {
    value: &'static str,
    label: &'static str,
    key: &'static str,
}

/// What came of the clarification.
struct Clarified {
    result: &'static str,
    note: String,
    who: String,
    at: String,
}

/// What was typed about the clarification.
#[derive(Clone, Default)]
struct Typed {
    result: String,
    note: String,
}

/// A pair with the list that its candidate stands on.
pub(super) struct Found {
    pub(super) pair: Pair,
    pub(super) list: ListRecord,
}

impl Found {
    /// A pair of the officer's office.
    pub(super) async fn find(app: &App, officer: &Officer, id: &str) -> Result<Found, PageError> {
        let id: PairId = parse(id)?;
        let pair = app.store.register_pair(&officer.scope(), id).await?.ok_or(PageError::NotFound)?;
        let run = app.store.register_run(&officer.scope(), pair.record.run).await?.ok_or(PageError::NotFound)?;
        let list = app.store.register_list(&officer.scope(), run.what.candidates).await?;
        Ok(Found { pair, list: list.ok_or(PageError::NotFound)? })
    }

    /// Whether two people said that it is one person.
    pub(super) fn is_agreed(&self) -> bool {
        self.pair.record.state() == ReviewState::Agreed(PairVerdict::Match)
    }
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let found = Found::find(&app, &officer, &id).await?;
    note(&app, &officer, Look::at_pair(LookKind::PairSeen, found.pair.record.id)).await?;
    page_of(&app, &officer, &found, Typed::default(), Problems::default()).await
}

async fn page_of(
    app: &App,
    officer: &Officer,
    found: &Found,
    typed: Typed,
    problems: Problems,
) -> Result<Response, PageError> {
    let record = &found.pair.record;
    let people = People::of(app, officer).await?;
    let two = found.pair.body.as_deref().map(Two::read).transpose()?;
    let all = app.store.review(&officer.scope(), record.run).await?;
    let matter = matter::opened(app, record.id).await?;
    let own = record.is_decided_by(officer.account.id);
    let open = record.state().is_open();
    let (class, look) = class_words(&record.class);
    let (status, agreed) = (problems.status(), found.is_agreed());
    // Whoever has still to decide must not be led by what others said.
    let is_told = own || !open;
    let page = PairPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        link: format!("/meja/daftar/pasangan/{}", record.id),
        back: format!("/meja/daftar/banding/{}", record.run),
        n: record.n,
        state: if is_told { review_badge(record.state()) } else { untold(record.decisions.len()) },
        probability: percent(record.probability),
        class,
        look,
        entry: record.entry.indonesian(),
        lines: two.as_ref().map(Two::lines),
        reasons: two.as_ref().map(|two| two.reasons.clone()).unwrap_or_default(),
        rarity: two.as_ref().map(Two::rarity).unwrap_or_default(),
        said: if is_told { said(officer, &people, found) } else { Vec::new() },
        hidden: if is_told { 0 } else { record.decisions.len() },
        buttons: if open && !own && two.is_some() { buttons() } else { Vec::new() },
        agreed: agreed && two.is_some(),
        results: RESULTS.iter().map(|(id, _, words)| Choice::new(*id, *words, &typed.result)).collect(),
        typed,
        clarified: found.pair.clarified.as_ref().map(|clarified| clarified_view(officer, &people, clarified)),
        clock: found
            .pair
            .clarified
            .as_ref()
            .and_then(|done| matter::clock_note(app, officer, &found.list, done.result)),
        may_open: two.is_some() && matter.is_none() && may_open(officer, found),
        opens: opens(found),
        matter: matter.map(|matter: MatterId| format!("/meja/perkara/{matter}")),
        next: next_for(&all, officer.account.id, record.n)
            .filter(|next| *next != record.id)
            .map(|next| format!("/meja/daftar/pasangan/{next}")),
        problems,
    };
    page::html(status, &page)
}

/// The badge of a pair that others have looked at, without what they said.
fn untold(decisions: usize) -> Badge {
    match decisions {
        0 => review_badge(ReviewState::First),
        _ => review_badge(ReviewState::Second),
    }
}

fn said(officer: &Officer, people: &People, found: &Found) -> Vec<Said> {
    let decisions = found.pair.record.decisions.iter();
    let said = decisions.map(|decision| Said {
        who: people.name(decision.account),
        what: decision.verdict.indonesian(),
        at: moment(officer, decision.at),
    });
    said.collect()
}

fn buttons() -> Vec<Button> {
    let button = |(verdict, key): (PairVerdict, &'static str)| {
        let label = match verdict {
            PairVerdict::Match => "Orang yang sama",
            PairVerdict::NoMatch => "Bukan orang yang sama",
            PairVerdict::Unsure => "Belum dapat dipastikan",
        };
        Button { value: verdict.id(), label, key }
    };
    BUTTONS.into_iter().map(button).collect()
}

fn clarified_view(officer: &Officer, people: &People, clarified: &PairClarified) -> Clarified {
    Clarified {
        result: result_words(clarified.result),
        note: clarified.note.clone().unwrap_or_else(|| "catatan tidak terbaca lagi".to_owned()),
        who: people.name(clarified.account),
        at: moment(officer, clarified.at),
    }
}

/// A result of a clarification in words.
pub(super) fn result_words(result: CandidacyResult) -> &'static str {
    RESULTS.iter().find(|(_, known, _)| *known == result).map_or("", |(_, _, words)| *words)
}

/// Whether the officer may open a matter from the pair now.
pub(super) fn may_open(officer: &Officer, found: &Found) -> bool {
    let may = policy::may_take(officer.account.role, Relation::Handles, StepKind::RecordInformation);
    let result = found.pair.clarified.as_ref().map(|clarified| clarified.result);
    may && found.is_agreed() && result.is_some_and(matter::leads_on)
}

/// What the button that opens a matter does.
fn opens(found: &Found) -> &'static str {
    match found.pair.clarified.as_ref().map(|clarified| clarified.result) {
        Some(CandidacyResult::NameMisused) => "Buka informasi awal dan surat saran perbaikan kepada KPU",
        _ => "Buka informasi awal dengan perbandingan ini sebagai bukti",
    }
}

async fn decide(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let found = Found::find(&app, &officer, &id).await?;
    let record = &found.pair.record;
    let Some(verdict) = PairVerdict::from_id(&form.get("putusan")) else {
        let mut problems = Problems::default();
        problems.add("putusan", "Pilih salah satu putusan.");
        return page_of(&app, &officer, &found, Typed::default(), problems).await;
    };
    if !record.state().is_open() {
        return Err(RegisterError::Moved.into());
    }
    app.store.decide_pair(&officer.scope(), record.id, officer.account.id, app.clock.now(), verdict).await?;
    let all = app.store.review(&officer.scope(), record.run).await?;
    let next = match next_for(&all, officer.account.id, record.n) {
        Some(next) => format!("/meja/daftar/pasangan/{next}"),
        None => format!("/meja/daftar/banding/{}", record.run),
    };
    Ok(Redirect::to(&next).into_response())
}

async fn clarify(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let found = Found::find(&app, &officer, &id).await?;
    let typed = Typed { result: form.get("hasil"), note: form.get("catatan") };
    let mut problems = Problems::default();
    let result = RESULTS.iter().find(|(id, ..)| *id == typed.result).map(|(_, result, _)| *result);
    if result.is_none() {
        problems.add("hasil", "Pilih hasil klarifikasinya.");
    }
    check_text(&typed.note, "catatan", app.limits.long_text, &mut problems);
    if typed.note.is_empty() {
        problems.add("catatan", "Tulis siapa yang ditanya, kapan, dan apa yang dilihat.");
    }
    let (Some(result), true) = (result, problems.is_empty()) else {
        return page_of(&app, &officer, &found, typed, problems).await;
    };
    let (scope, pair, account) = (officer.scope(), found.pair.record.id, officer.account.id);
    app.store.clarify_pair(&scope, pair, account, app.clock.now(), result, &typed.note).await?;
    Ok(Redirect::to(&format!("/meja/daftar/pasangan/{pair}")).into_response())
}
