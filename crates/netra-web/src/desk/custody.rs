//! Custody on the desks: noting what is done with exhibits, and the log as lines and on paper.
//!
//! What leaves or is looked at is noted before it is answered: if noting fails, nothing is handed out.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use netra_docket::act::{Act, CorrectedReading, Exhibit};
use netra_docket::entry::{Actor, Entry};
use netra_docket::history::flat;
use netra_docket::ids::{AccountId, ExhibitNo, MatterId};
use netra_forms::{CustodyLine, CustodyReport, custody_report};
use netra_law::time::{Moment, short_moment};
use netra_store::{Custody, CustodyEntry, CustodyKind, Scope, Touch};

use super::open::{Opened, open};
use super::paper;
use super::session::Officer;
use super::steps;
use super::timeline::Names;
use crate::app::App;
use crate::dossier::letterhead;
use crate::error::{PageError, chain};
use crate::page::{self, Chrome};
use crate::policy;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{id}/bukti/{no}/riwayat", get(print))
}

/// Notes what an officer does with exhibits of a matter.
///
/// # Errors
/// The store failed: what was to be done must not be done then.
pub(crate) async fn note(app: &App, officer: &Officer, matter: MatterId, touches: Vec<Touch>) -> Result<(), PageError> {
    app.store.note_custody(&officer.scope(), matter, Some(officer.account.id), officer.now(app), touches).await?;
    Ok(())
}

/// Notes that exhibits came in while the scanner did not answer. They have been recorded by then: if noting fails, that
/// goes to the server's log.
pub(crate) async fn note_unscanned(app: &App, scope: &Scope, matter: MatterId, at: Moment, exhibits: Vec<ExhibitNo>) {
    let touches = exhibits.into_iter().map(|no| Touch::new(no, CustodyKind::NotScanned)).collect();
    if let Err(error) = app.store.note_custody(scope, matter, None, at, touches).await {
        tracing::error!(error = %chain(&error), "that exhibits were not scanned could not be noted");
    }
}

/// The log of an exhibit as an officer may read it.
pub(super) struct Log {
    /// The entries and whether their chain holds.
    pub(super) custody: Custody,
    /// The entries in words, in the same order.
    pub(super) lines: Vec<CustodyLine>,
}

/// Reads the log of an exhibit.
pub(super) async fn log(app: &App, officer: &Officer, opened: &Opened, exhibit: ExhibitNo) -> Result<Log, PageError> {
    let custody = app.store.custody(&officer.scope(), opened.docket.matter.id, exhibit).await?;
    let custody = custody.ok_or(PageError::NotFound)?;
    let mut names = Names::of(app, &[], None).await?;
    let accounts: Vec<AccountId> = custody.entries.iter().filter_map(|entry| entry.account).collect();
    names.learn(app, &accounts).await?;
    let line = |entry: &CustodyEntry| {
        let by = match entry.account {
            Some(account) => Actor::Officer { account, office: entry.office.clone() },
            None => Actor::System,
        };
        CustodyLine {
            n: entry.n,
            at: Moment::new(entry.at, officer.office.zone),
            what: what(entry),
            by: names.actor(&by, &officer.office.id, opened.relation),
            note: note_text(entry, officer, opened),
            digest: entry.digest.clone(),
        }
    };
    let lines = custody.entries.iter().map(line).collect();
    Ok(Log { custody, lines })
}

/// What happened, with what it can be followed by.
fn what(entry: &CustodyEntry) -> String {
    let (words, detail) = (entry.kind.indonesian(), entry.detail.as_str());
    match entry.kind {
        CustodyKind::InForwarding => format!("{words} (tindakan nomor {detail})"),
        CustodyKind::InBundle => format!("{words} (sidik jari {detail})"),
        CustodyKind::Redacted | CustodyKind::Extracted | CustodyKind::MadeFrom => {
            format!("{words}: bukti nomor {detail}")
        }
        CustodyKind::PublicCopy => format!("{words} (SHA-256 salinan {detail})"),
        _ => words.to_owned(),
    }
}

/// What was typed, as far as this reader may know it.
fn note_text(entry: &CustodyEntry, officer: &Officer, opened: &Opened) -> String {
    let Some(note) = &entry.note else { return String::new() };
    if !policy::sees_custody_notes(opened.relation) && entry.office != officer.office.id {
        return "Catatan kantor pengirim tidak ikut.".to_owned();
    }
    match note.open() {
        Some(text) if opened.docket.protected.iter().any(|who| steps::names(who, text)) => {
            "Catatan ini menyebut orang yang identitasnya dilindungi.".to_owned()
        }
        Some(text) => text.clone(),
        None => "Catatan dirahasiakan.".to_owned(),
    }
}

/// A line of the log on the page.
pub(super) struct LineView {
    pub(super) n: u32,
    pub(super) at: String,
    pub(super) what: String,
    pub(super) by: String,
    pub(super) note: String,
}

impl LineView {
    pub(super) fn of(line: &CustodyLine) -> LineView {
        LineView {
            n: line.n,
            at: short_moment(line.at),
            what: line.what.clone(),
            by: line.by.clone(),
            note: line.note.clone(),
        }
    }
}

/// The entry of the docket with which an exhibit came in.
pub(super) fn came_in(entries: &[Entry], no: ExhibitNo) -> Option<&Entry> {
    let all = flat(entries).unwrap_or_default();
    all.into_iter().find(|entry| exhibits_of(&entry.what).iter().any(|exhibit| exhibit.no == no))
}

fn exhibits_of(act: &Act) -> &[Exhibit] {
    match act {
        Act::ReportReceived(a) => &a.exhibits,
        Act::TipReceived(a) => &a.exhibits,
        Act::InformationRecorded(a) => &a.exhibits,
        Act::RepairReceived(a) => &a.exhibits,
        Act::TracingReported(a) => &a.exhibits,
        Act::PreventionRecorded(a) => &a.exhibits,
        Act::ExhibitAdded(a) => &a.exhibits,
        Act::Corrected(correction) => match &correction.reading {
            CorrectedReading::Act { act } => exhibits_of(act),
            CorrectedReading::Void | CorrectedReading::Moment { .. } => &[],
        },
        _ => &[],
    }
}

#[derive(Template)]
#[template(path = "desk/custody.html")]
struct ReportPage {
    chrome: Chrome,
    link: String,
    no: String,
    sheet: String,
}

/// The log on paper.
async fn print(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let no = ExhibitNo(paper::number(&no)?);
    let matter = &opened.docket.matter;
    let exhibit = matter.exhibit(no).ok_or(PageError::NotFound)?;
    let Log { custody, lines } = log(&app, &officer, &opened, no).await?;
    let head = letterhead(&officer.office, &[]);
    let sheet = custody_report(&CustodyReport {
        matter,
        exhibit,
        came_in: came_in(&opened.docket.entries, no),
        lines,
        broken: custody.broken,
        maker: officer.account.name.clone(),
        made: officer.now(&app),
        letterhead: &head,
    });
    let sheet = netra_forms::fragment(&sheet)
        .map_err(|error| paper::failed("the log of an exhibit could not be printed", &error))?;
    page::ok(&ReportPage {
        chrome: officer.chrome(),
        link: format!("/meja/perkara/{}/bukti/{no}/lihat", matter.id),
        no: no.to_string(),
        sheet,
    })
}
