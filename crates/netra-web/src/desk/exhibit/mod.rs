//! The page of an exhibit: what it is, how it came in, what it says about itself, what looks like it, who touched it.
//!
//! **Invariants.**
//! - Opening the page is a touch and is noted before anything is read.
//! - Nothing of the sender's bytes reaches the page but text and a small picture that this program wrote.
//! - What a file says about itself is shown as its words, with what to ask about them, never as a finding of fact.

mod cover;
mod item;
mod picture;
mod proofs;
mod reading;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_docket::steps::StepKind;
use netra_evidence::{MediaType, size_text};
use netra_law::time::long_moment;
use netra_store::{CustodyKind, Similar, Touch};

use super::custody::{self, LineView, Log};
use super::session::Officer;
use super::steps;
use super::timeline::Names;
use crate::app::App;
use crate::error::PageError;
use crate::form::{self, FormData};
use crate::page::{self, Chrome, Problems};
use crate::policy::{self, Action};

use self::item::Item;
use self::proofs::ProofView;
use self::reading::Reading;

/// Entries of the log that the page shows; paper has all.
const SHOWN: usize = 30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/perkara/{id}/bukti/{no}/lihat", get(show))
        .route("/meja/perkara/{id}/bukti/{no}/catatan", post(note_by_hand))
        .merge(picture::routes())
        .merge(cover::routes())
}

#[derive(Template)]
#[template(path = "desk/exhibit.html")]
struct ExhibitPage {
    chrome: Chrome,
    matter_link: String,
    heading: String,
    link: String,
    no: String,
    file: String,
    description: String,
    facts: Vec<(&'static str, String)>,
    source: Option<SourceView>,
    made_from_this: Vec<SourceView>,
    reading: Reading,
    stamp: Option<ProofView>,
    proofs: Vec<ProofView>,
    similar: Option<Vec<SimilarView>>,
    has_small: bool,
    may_have_chat: bool,
    may_carry_camera_data: bool,
    lines: Vec<LineView>,
    earlier: usize,
    log_state: String,
    log_holds: bool,
    not_scanned: bool,
    may_note: bool,
    may_copy: bool,
    may_cover: bool,
    csrf: String,
    hand: Hand,
    problems: Problems,
}

/// An exhibit that this one was made from, or that was made from it.
struct SourceView {
    link: String,
    no: String,
    how: String,
}

/// A picture that may show the same.
struct SimilarView {
    link: String,
    name: String,
    subject: String,
    distance: String,
}

/// The form for what an officer notes by hand, as typed.
#[derive(Default)]
struct Hand {
    what: String,
    whom: String,
    why: String,
}

async fn show(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let item = Item::find(&app, &officer, &id, &no).await?;
    let looked = vec![Touch::new(item.exhibit.no, CustodyKind::Viewed)];
    custody::note(&app, &officer, item.matter().id, looked).await?;
    page_of(&app, &officer, &item, Hand::default(), Problems::default()).await
}

async fn page_of(
    app: &App,
    officer: &Officer,
    item: &Item,
    hand: Hand,
    problems: Problems,
) -> Result<Response, PageError> {
    let mut reading = reading::read(app, item).await?;
    let stamp = reading.proof.take().map(|proof| proofs::own(&proof, item));
    let log = custody::log(app, officer, &item.opened, item.exhibit.no).await?;
    let similar = app.store.similar(&officer.scope(), item.matter().id, item.exhibit.no).await?;
    let names = Names::of(app, &item.opened.docket.entries, None).await?;
    let (role, relation) = (officer.account.role, item.opened.relation);
    let (status, kind) = (problems.status(), item.kind());
    let holds = log.custody.broken.is_none();
    let not_scanned = log.custody.entries.iter().any(|entry| entry.kind == CustodyKind::NotScanned);
    let (earlier, lines) = shown(&log);
    let page = ExhibitPage {
        chrome: officer.chrome(),
        matter_link: item.matter_link(),
        heading: item.matter().number().unwrap_or("Perkara belum bernomor").to_owned(),
        link: item.link(),
        no: item.exhibit.no.to_string(),
        file: item.name(),
        description: item.description(),
        facts: facts(officer, item, &names),
        source: item.exhibit.source.as_ref().map(|source| SourceView {
            link: item.link_to(source.no),
            no: source.no.to_string(),
            how: source.how.clone(),
        }),
        made_from_this: made_from(item),
        reading,
        stamp,
        proofs: proofs::attached(app, item).await?,
        similar: similar.map(|list| list.iter().map(similar_view).collect()),
        has_small: item.is_decoded(),
        may_have_chat: matches!(kind, MediaType::Text | MediaType::Zip),
        may_carry_camera_data: kind.is_image() || kind.essence().starts_with("video/"),
        lines,
        earlier,
        log_state: log_state(&log),
        log_holds: holds,
        not_scanned,
        may_note: policy::may_with_exhibit(role, relation, Action::NoteCustody),
        may_copy: item.is_decoded() && policy::may_with_exhibit(role, relation, Action::CopyForPublic),
        may_cover: item.is_decoded() && policy::may_take(role, relation, StepKind::AddExhibit),
        csrf: officer.csrf.clone(),
        hand,
        problems,
    };
    page::html(status, &page)
}

/// What is known of the exhibit from the docket.
fn facts(officer: &Officer, item: &Item, names: &Names) -> Vec<(&'static str, String)> {
    let exhibit = &item.exhibit;
    let mut list = vec![
        ("Jenis menurut isinya", item.kind().indonesian().to_owned()),
        ("Ukuran", size_text(exhibit.size)),
        ("Sidik digital (SHA-256)", exhibit.sha256.clone()),
    ];
    if let Some(entry) = custody::came_in(&item.opened.docket.entries, exhibit.no) {
        let done = StepKind::of(&entry.what).done();
        list.push(("Diterima", long_moment(entry.at)));
        list.push(("Dengan tindakan", format!("nomor {}: {done}", entry.n)));
        list.push(("Dicatat oleh", names.actor(&entry.by, &officer.office.id, item.opened.relation)));
    }
    let from = exhibit.label.open().map(|label| label.from.as_str()).filter(|from| !from.is_empty());
    list.push(("Diserahkan oleh", from.unwrap_or("tidak dicatat").to_owned()));
    list
}

/// The exhibits that were made from this one.
fn made_from(item: &Item) -> Vec<SourceView> {
    let made = item.matter().exhibits.iter().filter_map(|exhibit| {
        let source = exhibit.source.as_ref().filter(|source| source.no == item.exhibit.no)?;
        Some(SourceView { link: item.link_to(exhibit.no), no: exhibit.no.to_string(), how: source.how.clone() })
    });
    made.collect()
}

fn similar_view(similar: &Similar) -> SimilarView {
    let number = similar.number.as_deref().unwrap_or("perkara belum bernomor");
    SimilarView {
        link: format!("/meja/perkara/{}/bukti/{}/lihat", similar.matter, similar.exhibit),
        name: format!("{number}, bukti nomor {}", similar.exhibit),
        subject: similar.subject_line.clone(),
        distance: format!("beda {} dan {} dari 64", similar.distance.wave, similar.distance.rise),
    }
}

/// The newest entries, and how many there are before them.
fn shown(log: &Log) -> (usize, Vec<LineView>) {
    let earlier = log.lines.len().saturating_sub(SHOWN);
    (earlier, log.lines.iter().skip(earlier).map(LineView::of).collect())
}

fn log_state(log: &Log) -> String {
    match (log.custody.broken, log.custody.head()) {
        (Some(n), _) => format!(
            "Rantai catatan TIDAK utuh mulai nomor {n}: catatan itu berubah atau hilang di luar program. Beri tahu administrator, dan jalankan netra verify."
        ),
        (None, Some(head)) => format!("Rantai catatan utuh. Sidik catatan terakhir: {head}"),
        (None, None) => "Belum ada catatan.".to_owned(),
    }
}

/// What an officer notes: that the carrier of an exhibit was handed over, or given back.
async fn note_by_hand(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let item = Item::find(&app, &officer, &id, &no).await?;
    if !policy::may_with_exhibit(officer.account.role, item.opened.relation, Action::NoteCustody) {
        return Err(PageError::Forbidden);
    }
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let limits = &app.limits;
    let hand = Hand {
        what: form.get("peristiwa"),
        whom: form::required_line(&form, "kepada", limits, &mut problems, "Isi kepada siapa."),
        why: form::required_line(&form, "alasan", limits, &mut problems, "Isi alasan dan dasarnya."),
    };
    let kind = CustodyKind::from_id(&hand.what).filter(|kind| kind.is_by_hand());
    if kind.is_none() {
        problems.add("peristiwa", "Pilih apa yang terjadi.");
    }
    let protected = &item.opened.docket.protected;
    for (field, text) in [("kepada", &hand.whom), ("alasan", &hand.why)] {
        if protected.iter().any(|who| steps::names(who, text)) {
            problems.add(field, "Teks ini menyebut orang yang identitasnya dilindungi. Ganti dengan perannya.");
        }
    }
    let (Some(kind), true) = (kind, problems.is_empty()) else {
        return page_of(&app, &officer, &item, hand, problems).await;
    };
    let note = format!("Kepada: {}. Alasan: {}", hand.whom, hand.why);
    let touch = Touch::new(item.exhibit.no, kind).with_note(note);
    custody::note(&app, &officer, item.matter().id, vec![touch]).await?;
    Ok(Redirect::to(&format!("{}/lihat#riwayat", item.link())).into_response())
}
