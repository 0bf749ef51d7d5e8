//! What becomes of a lead: it is set aside with a reason, or a matter of initial information is opened from it.
//!
//! The reasons are a list, so that nobody is named in them by the way; a short note may follow.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, ExhibitNo, MatterId};
use netra_law::time::Moment;
use netra_store::{Lead, LeadId, LeadOpening, LeadState, NewAct, Recording};

use super::proposal;
use super::show::{Forms, render};
use crate::app::App;
use crate::desk::asker::Asker;
use crate::desk::session::Officer;
use crate::desk::{custody, steps};
use crate::error::PageError;
use crate::form::{self, FormData};
use crate::page::Problems;
use crate::policy;
use crate::random;
use crate::scan::{self, Scanned};

/// Why a lead is set aside.
pub(super) struct Reason {
    /// In the form.
    pub(super) id: &'static str,
    /// On the page and in the store.
    pub(super) words: &'static str,
}

/// All reasons; the last one needs a note.
pub(super) static REASONS: [Reason; 6] = [
    Reason { id: "bukan-netralitas", words: "Bukan soal netralitas" },
    Reason { id: "bukan-peristiwa", words: "Bukan peristiwa tertentu" },
    Reason { id: "luar-wilayah", words: "Di luar wilayah kerja kantor" },
    Reason { id: "sudah-ditangani", words: "Sudah ditangani" },
    Reason { id: "keterangan-kurang", words: "Keterangannya terlalu sedikit" },
    Reason { id: OTHER, words: "Alasan lain" },
];
const OTHER: &str = "lain";

/// The fields of the forms.
const REASON: &str = "alasan";
const NOTE: &str = "catatan";
const SOURCES: &str = "sumber";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sorotan/{id}/sisihkan", post(set_aside)).route("/meja/sorotan/{id}/buka", post(open))
}

async fn set_aside(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let lead = super::find(&app, &officer, &id).await?;
    let mut problems = Problems::default();
    let note = form::optional_line(&form, NOTE, &app.limits, &mut problems);
    let chosen = form.get(REASON);
    let reason = REASONS.iter().find(|reason| reason.id == chosen);
    if reason.is_none() {
        problems.add(REASON, "Pilih alasan menyisihkan berita ini.");
    }
    if chosen == OTHER && note.is_empty() {
        problems.add(NOTE, "Tulis alasannya, tanpa nama orang.");
    }
    let (Some(reason), true) = (reason, problems.is_empty()) else {
        let story = app.store.story(&officer.scope(), lead.story).await?;
        let forms = Forms { reason: chosen, note, problems, ..Forms::proposed(&app, &officer, &lead, &story) };
        return render(&app, &officer, &lead, &story, forms).await;
    };
    let words = if note.is_empty() { reason.words.to_owned() } else { format!("{}: {note}", reason.words) };
    let (account, now) = (officer.account.id, officer.now(&app));
    let state = app.store.set_lead_aside(&officer.scope(), lead.id, account, now, &words).await?;
    match state.ok_or(PageError::NotFound)? {
        // Somebody was quicker: the page tells what has become of it.
        LeadState::Opened { .. } => Ok(Redirect::to(&super::address(lead.id)).into_response()),
        LeadState::New | LeadState::Aside { .. } => Ok(Redirect::to("/meja/sorotan").into_response()),
    }
}

async fn open(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    if !policy::opens_leads(officer.account.role, &officer.office) {
        return Err(PageError::Forbidden);
    }
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let lead = super::find(&app, &officer, &id).await?;
    if let LeadState::Opened { matter } = lead.state {
        return Ok(to_matter(matter));
    }
    let story = app.store.story(&officer.scope(), lead.story).await?;
    let ticked: BTreeSet<String> = form.all(SOURCES).into_iter().collect();
    let also: Vec<&Lead> = story.iter().filter(|other| goes_along(other, &lead, &ticked)).collect();
    let leads: Vec<&Lead> = std::iter::once(&lead).chain(also.iter().copied()).collect();
    let exhibits = proposal::exhibits(&leads);
    let now = officer.now(&app);
    let mut asker = Asker::new(Some(&form), app.limits, officer.office.zone);
    let act = steps::record_news(&mut asker, now.date(), &exhibits, &proposal::proposed(&lead));
    require_law(&app, &officer, act.as_ref(), now, &mut asker.problems);
    let unscanned = scanned(&app, &exhibits, &mut asker.problems).await?;
    let (Some(act), true) = (act, asker.problems.is_empty()) else {
        let chosen = ticked.into_iter().collect();
        let (fields, problems) = (asker.fields, asker.problems);
        let forms = Forms { fields, chosen, reason: String::new(), note: String::new(), problems };
        return render(&app, &officer, &lead, &story, forms).await;
    };
    let also: Vec<LeadId> = also.iter().map(|other| other.id).collect();
    let recording = recording(&officer, act, now);
    let opened = app.store.open_lead(&officer.scope(), lead.id, also, officer.account.id, recording).await?;
    let opening = opened.ok_or(PageError::NotFound)?;
    if let LeadOpening::First(matter) = opening {
        custody::note_unscanned(&app, &officer.scope(), matter, now, unscanned).await;
    }
    Ok(to_matter(opening.matter()))
}

/// Whether another lead of the story goes into the matter: it was ticked and has none.
fn goes_along(other: &Lead, lead: &Lead, ticked: &BTreeSet<String>) -> bool {
    let is_free = !matches!(other.state, LeadState::Opened { .. });
    other.id != lead.id && is_free && ticked.contains(&other.id.to_string())
}

fn to_matter(matter: MatterId) -> Response {
    Redirect::to(&format!("/meja/perkara/{matter}")).into_response()
}

fn recording(officer: &Officer, act: Act, now: Moment) -> Recording {
    Recording {
        matter: MatterId::new(random::uuid()),
        home: officer.office.id.clone(),
        expected: 0,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
        recorded: now,
        acts: vec![NewAct { id: ActId::new(random::uuid()), at: now, what: act }],
        receipt: None,
    }
}

/// A docket that begins outside all packs could never go on.
fn require_law(app: &App, officer: &Officer, act: Option<&Act>, now: Moment, problems: &mut Problems) {
    let Some(Act::InformationRecorded(information)) = act else { return };
    let has_pack = app.law.pack_for(information.regime, now.date()).is_ok();
    let has_days = app.law.calendar().day(now.date(), &officer.office.seat()).is_ok();
    if !has_pack || !has_days {
        problems.add("contest", "Hukum atau hari libur untuk hari ini tidak ada dalam program. Perbarui programnya.");
    }
}

/// Has what becomes an exhibit scanned; tells of those that the scanner has not seen although it should.
async fn scanned(app: &App, exhibits: &[Exhibit], problems: &mut Problems) -> Result<Vec<ExhibitNo>, PageError> {
    let mut missed = Vec::new();
    for exhibit in exhibits {
        let name = format!("bukti nomor {}", exhibit.no.0);
        match scan::blob(app, &exhibit.sha256, exhibit.size).await?.verdict(&name) {
            Ok(Scanned::AsWanted) => {}
            Ok(Scanned::Missed) => missed.push(exhibit.no),
            Err(words) => problems.add(SOURCES, words),
        }
    }
    Ok(missed)
}
