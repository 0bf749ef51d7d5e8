//! What leaves the screen: the form of an act, the bytes of an exhibit, the dossier.
//!
//! Exhibits come from strangers. They are handed out as downloads of an unspecified type, under a
//! name of our own, and never shown: nothing in them can run on this server's address.

use askama::Template;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use netra_docket::act::{Act, Exhibit, PreventionKind};
use netra_docket::entry::Entry;
use netra_docket::ids::ExhibitNo;
use netra_docket::matter::Matter;
use netra_evidence::size_text;
use netra_forms::dossier::Audience;
use netra_forms::paper::form_for;
use netra_law::Law;
use netra_store::{BlobReader, CustodyKind, Docket, Office, StoreError, Touch};

use super::custody;
use super::open::{Opened, open};
use super::redact;
use super::session::Officer;
use crate::app::App;
use crate::dossier::{NoDossier, letterhead, pack};
use crate::error::{PageError, chain};
use crate::page::{self, Chrome};
use crate::policy::{Action, Relation};
use crate::printer::{Job, NotPrinted};

/// No script, no frames, no loading: for bytes that strangers made.
pub(super) const NOTHING_RUNS: &str =
    "sandbox; default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

/// Endings by true type; everything else ends in `.bin`.
const ENDINGS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("image/heic", "heic"),
    ("image/heif", "heif"),
    ("image/avif", "avif"),
    ("video/mp4", "mp4"),
    ("video/3gpp", "3gp"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("video/x-matroska", "mkv"),
    ("video/x-msvideo", "avi"),
    ("audio/ogg", "ogg"),
    ("application/ogg", "ogg"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/aac", "aac"),
    ("audio/wav", "wav"),
    ("audio/amr", "amr"),
    ("application/pdf", "pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/rtf", "rtf"),
    ("application/zip", "zip"),
    ("application/vnd.rar", "rar"),
    ("application/x-7z-compressed", "7z"),
    ("message/rfc822", "eml"),
    ("text/plain", "txt"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/perkara/{id}/lembar/{n}", get(show_sheet))
        .route("/meja/perkara/{id}/lembar/{n}/pdf", get(give_sheet))
        .route("/meja/perkara/{id}/surat/{n}", get(give_letters))
        .route("/meja/perkara/{id}/bukti/{no}", get(give_exhibit))
        .route("/meja/perkara/{id}/berkas.zip", get(give_dossier))
        .route("/meja/perkara/{id}/berkas.pdf", get(give_file))
        .route("/meja/perkara/{id}/penerusan/{n}", get(give_forwarded))
}

#[derive(Template)]
#[template(path = "desk/sheet.html")]
struct SheetPage {
    chrome: Chrome,
    id: String,
    heading: String,
    n: u32,
    /// Numbers of the acts that correct it.
    corrected_by: Vec<u32>,
    /// Whether there is an official form to print it on.
    has_pdf: bool,
    sheet: String,
}

/// The act whose form is asked for, with the form as it was recorded; what was corrected later stands on the
/// correction's own form.
async fn asked_for(app: &App, opened: &Opened, n: &str) -> Result<Job, PageError> {
    let n: u32 = number(n)?;
    let entry = opened.docket.entries.iter().find(|e| e.n == n).ok_or(PageError::NotFound)?;
    let offices = app.store.offices().await?;
    form_of(app, opened, entry, &offices)?.ok_or(PageError::NotFound)
}

/// What an act's form is made from; none for acts that leave no paper.
fn form_of(app: &App, opened: &Opened, entry: &Entry, offices: &[Office]) -> Result<Option<Job>, PageError> {
    let entries = &opened.docket.entries;
    let then = as_it_stood(entries, entry.n, &app.law)?;
    let head = letterhead(maker(opened, entry, offices), offices);
    let sheet = netra_forms::sheet_in(entry, entries, &then, &app.law, &head);
    Ok(sheet.map(|sheet| Job { entry: entry.clone(), then, sheet }))
}

async fn show_sheet(
    State(app): State<App>,
    officer: Officer,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let job = asked_for(&app, &opened, &n).await?;
    let sheet = netra_forms::fragment(&job.sheet).map_err(|error| failed("a form could not be made", &error))?;
    page::ok(&SheetPage {
        chrome: officer.chrome(),
        id: opened.docket.matter.id.to_string(),
        heading: opened.docket.matter.number().unwrap_or("Perkara belum bernomor").to_owned(),
        n: job.entry.n,
        corrected_by: corrections_of(&job.entry, &opened.docket.entries),
        has_pdf: form_for(app.printer.press(), &job.entry, &job.then).is_some(),
        sheet,
    })
}

/// The same form as a PDF file.
async fn give_sheet(
    State(app): State<App>,
    officer: Officer,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let job = asked_for(&app, &opened, &n).await?;
    let address = format!("{}/meja/perkara/{}/lembar/{}", app.base_url, opened.docket.matter.id, job.entry.n);
    match app.printer.print(job, address).await {
        Ok(printed) => download("application/pdf", &printed.name, printed.bytes),
        Err(NotPrinted::NoForm) => Err(PageError::NotFound),
        Err(error) => Err(failed("a form could not be printed", &error)),
    }
}

/// Whether an act is a letter to many, one of which is printed for each.
pub(super) fn is_letter(what: &Act) -> bool {
    matches!(what, Act::PreventionRecorded(done) if done.activity == PreventionKind::AppealLetter)
}

/// The letters of an appeal, one for each of those to whom it goes, in one PDF file.
async fn give_letters(
    State(app): State<App>,
    officer: Officer,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let job = asked_for(&app, &opened, &n).await?;
    if !is_letter(&job.entry.what) {
        return Err(PageError::NotFound);
    }
    let address = format!("{}/meja/perkara/{}/lembar/{}", app.base_url, opened.docket.matter.id, job.entry.n);
    match app.printer.print_extract(job, address).await {
        Ok(printed) => download("application/pdf", &printed.name, printed.bytes),
        Err(NotPrinted::NoForm) => Err(PageError::NotFound),
        Err(error) => Err(failed("letters could not be printed", &error)),
    }
}

/// All forms of the matter in one PDF file with a table of contents.
async fn give_file(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    officer.require(Action::FetchDossier)?;
    let opened = open(&app, &officer, &id).await?;
    let offices = app.store.offices().await?;
    let mut sheets = Vec::new();
    for entry in &opened.docket.entries {
        sheets.extend(form_of(&app, &opened, entry, &offices)?.map(|job| job.sheet));
    }
    let (matter, made) = (opened.docket.matter, officer.now(&app));
    let id = matter.id;
    let printed = app.printer.print_file(matter, sheets, opened.handler.name, made).await;
    let bytes = printed.map_err(|error| failed("a file could not be printed", &error))?;
    download("application/pdf", &format!("berkas-{id}.pdf"), bytes)
}

/// The acts that have a form.
pub(super) fn acts_with_sheets(opened: &Opened, law: &Law) -> Vec<u32> {
    let head = letterhead(&opened.handler, &[]);
    let has = |entry: &&Entry| netra_forms::sheet(entry, &opened.docket.matter, law, &head).is_some();
    opened.docket.entries.iter().filter(has).map(|entry| entry.n).collect()
}

/// The matter as it stood once an act was done: a letter lists what it was sent with, not what came later.
fn as_it_stood(entries: &[Entry], n: u32, law: &Law) -> Result<Matter, PageError> {
    let until: Vec<Entry> = entries.iter().take_while(|e| e.n <= n).cloned().collect();
    Matter::fold(&until, law).map_err(|refusal| failed("a docket's beginning could not be read", &refusal))
}

fn corrections_of(entry: &Entry, entries: &[Entry]) -> Vec<u32> {
    let corrects = |later: &&Entry| matches!(&later.what, Act::Corrected(correction) if correction.of == entry.id);
    entries.iter().filter(corrects).map(|later| later.n).collect()
}

/// The office on whose letterhead an act stands.
fn maker<'a>(opened: &'a Opened, entry: &Entry, offices: &'a [Office]) -> &'a Office {
    let id = entry.by.office().unwrap_or(&entry.office);
    offices.iter().find(|office| office.id == *id).unwrap_or(&opened.handler)
}

async fn give_exhibit(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let no = ExhibitNo(number(&no)?);
    let found = app.store.exhibit_reader(&officer.scope(), opened.docket.matter.id, no).await?;
    let (exhibit, reader) = found.ok_or(PageError::NotFound)?;
    // Noted before anything leaves: a copy of which the log does not know must not exist.
    let copied = vec![Touch::new(no, CustodyKind::CopiedOut)];
    custody::note(&app, &officer, opened.docket.matter.id, copied).await?;
    let (length, body) = (reader.size(), in_pieces(reader).await?);
    let mut response = download("application/octet-stream", &exhibit_name(&exhibit), body)?;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// Bytes as they are read. The first piece is read before anything is answered: of small exhibits it is all, and
/// one that was changed is an error page then. A large one breaks off before its end, which browsers tell.
pub(super) async fn in_pieces(mut reader: BlobReader) -> Result<Body, PageError> {
    let first: Option<Bytes> = reader.next_piece().await?;
    let first = stream::iter(first.map(Ok::<Bytes, StoreError>));
    let rest = reader.into_stream().inspect_err(|error| {
        tracing::error!(error = %chain(error), "an exhibit could not be handed out to its end");
    });
    Ok(Body::from_stream(first.chain(rest)))
}

async fn give_dossier(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    officer.require(Action::FetchDossier)?;
    let opened = open(&app, &officer, &id).await?;
    let matter = opened.docket.matter.id;
    let (audience, made) = (audience(opened.relation), officer.now(&app));
    let packed = all_of(&opened.docket.matter, |no| Touch::new(no, CustodyKind::InDossier));
    let bytes =
        pack(&app, &officer.scope(), opened.docket, opened.handler, audience, made).await.map_err(no_dossier)?;
    custody::note(&app, &officer, matter, packed).await?;
    download("application/zip", &format!("berkas-{matter}.zip"), bytes)
}

/// A touch of every exhibit.
fn all_of(matter: &Matter, touch: impl Fn(ExhibitNo) -> Touch) -> Vec<Touch> {
    matter.exhibits.iter().map(|exhibit| touch(exhibit.no)).collect()
}

/// What a forwarding carries: the docket up to it, without reporter and witnesses, whoever fetches it.
async fn give_forwarded(
    State(app): State<App>,
    officer: Officer,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, PageError> {
    officer.require(Action::FetchDossier)?;
    let opened = open(&app, &officer, &id).await?;
    let n: u32 = number(&n)?;
    let entry = opened.docket.entries.iter().find(|e| e.n == n && matches!(e.what, Act::Forwarded(_)));
    let entry = entry.filter(|e| is_for(&officer, opened.relation, &e.what));
    let made = entry.ok_or(PageError::NotFound)?.recorded;
    let protected = opened.docket.protected;
    let entries: Vec<Entry> = opened.docket.entries.into_iter().take_while(|e| e.n <= n).collect();
    let matter = Matter::fold(&entries, &app.law)
        .map_err(|refusal| failed("a docket's beginning could not be read", &refusal))?;
    let docket = redact::hide_reporter(&Docket { entries, matter, protected }, &app.law)?;
    let id = docket.matter.id;
    let packed = all_of(&docket.matter, |no| Touch::new(no, CustodyKind::InForwarding).with_detail(n));
    let bytes =
        pack(&app, &officer.scope(), docket, opened.handler, Audience::Receiver, made).await.map_err(no_dossier)?;
    custody::note(&app, &officer, id, packed).await?;
    download("application/zip", &format!("penerusan-{id}-{n}.zip"), bytes)
}

/// What is too large to be packed can still be fetched, exhibit by exhibit.
fn no_dossier(error: NoDossier) -> PageError {
    match error {
        NoDossier::TooLarge { size, limit } => PageError::TooLarge(format!(
            "Barang bukti perkara ini seluruhnya {}, melebihi {} yang dapat dikemas menjadi satu berkas. Unduh barang bukti satu per satu dari halaman perkara, lalu serahkan yang besar tersendiri.",
            size_text(size),
            size_text(limit)
        )),
        other => failed("a dossier could not be made", &other),
    }
}

/// A receiver fetches what was forwarded to it, and not what went to others.
fn is_for(officer: &Officer, relation: Relation, what: &Act) -> bool {
    match what {
        Act::Forwarded(f) => relation != Relation::Received || f.to_office.as_ref() == Some(&officer.office.id),
        _ => false,
    }
}

fn audience(relation: Relation) -> Audience {
    match relation {
        Relation::Handles | Relation::GaveAway => Audience::Office,
        Relation::Received => Audience::Receiver,
    }
}

/// An answer that is saved, not shown. The name is ASCII and made here.
pub(super) fn download(kind: &'static str, name: &str, bytes: impl IntoResponse) -> Result<Response, PageError> {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let disposition = disposition.map_err(|_| PageError::Internal)?;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING_RUNS)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

fn exhibit_name(exhibit: &Exhibit) -> String {
    format!("bukti-{:03}.{}", exhibit.no.0, ending(&exhibit.media_type))
}

/// The ending of a download of this type.
pub(super) fn ending(media_type: &str) -> &'static str {
    ENDINGS.iter().find(|(kind, _)| *kind == media_type).map_or("bin", |(_, ending)| ending)
}

/// A number in an address, written in the one form in which addresses write it.
pub(super) fn number<T: std::str::FromStr + ToString>(text: &str) -> Result<T, PageError> {
    let number: T = text.parse().map_err(|_| PageError::NotFound)?;
    if number.to_string() == text { Ok(number) } else { Err(PageError::NotFound) }
}

pub(super) fn failed(what: &'static str, error: &dyn std::error::Error) -> PageError {
    tracing::error!(error = %chain(error), "{what}");
    PageError::Internal
}

#[cfg(test)]
mod tests {
    use netra_docket::act::ExhibitLabel;
    use netra_evidence::MediaType;

    use super::*;

    fn exhibit(no: u16, media_type: &str) -> Exhibit {
        let label = ExhibitLabel { file_name: "a\"\r\nb.html".to_owned(), ..ExhibitLabel::default() };
        let media_type = media_type.to_owned();
        Exhibit { no: ExhibitNo(no), sha256: String::new(), size: 1, media_type, label: label.into(), source: None }
    }

    #[test]
    fn downloads_have_names_of_our_own() {
        assert_eq!(exhibit_name(&exhibit(1, "image/jpeg")), "bukti-001.jpg");
        assert_eq!(exhibit_name(&exhibit(1234, "text/html")), "bukti-1234.bin");
        assert_eq!(exhibit_name(&exhibit(2, "image/svg+xml")), "bukti-002.bin");
    }

    #[test]
    fn endings_belong_to_types_that_do_not_run() {
        for (essence, _) in ENDINGS {
            let kind: MediaType = essence.parse().unwrap();
            assert!(!kind.is_active(), "{essence}");
        }
    }

    #[test]
    fn numbers_have_one_form() {
        assert_eq!(number::<u16>("7").ok(), Some(7));
        for bad in ["07", "+7", "7 ", "-1", "../7", "", "65536"] {
            assert!(number::<u16>(bad).is_err(), "{bad:?}");
        }
    }
}
