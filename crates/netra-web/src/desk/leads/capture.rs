//! Bringing news in: a text that is pasted, files that are sent, the address and day that the officer knows.
//!
//! What can be read is kept, also where other files of the same form can't be. Sending a form again changes nothing.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::civil::Date;
use netra_evidence::{MediaType, size_text, take_in};
use netra_store::{LeadId, LeadSource, NewLead};
use netra_watch::{Fingerprint, LARGEST, PageError as Unread, Record, Watch};

use super::list::{RowView, row_view};
use crate::app::App;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::{self, FormData};
use crate::page::{self, Chrome, Problems};
use crate::random;
use crate::scan;

/// The fields of the form.
const TEXT: &str = "text";
const FILES: &str = "berkas";
const ADDRESS: &str = "alamat";
const DAY: &str = "terbit";
/// What a pasted text is called.
const PASTED: &str = "Teks yang ditempel";
/// Entries of one feed that are taken in.
const ENTRIES: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sorotan/baru", get(show).post(take))
}

#[derive(Template)]
#[template(path = "desk/lead_new.html")]
struct NewPage {
    chrome: Chrome,
    csrf: String,
    problems: Problems,
    text: String,
    address: String,
    day: String,
    /// What was taken in, if more than one lead came of it.
    taken: Vec<TakenView>,
    /// What could not be, in words.
    refused: Vec<String>,
}

/// A file with what was read in it.
struct TakenView {
    name: String,
    rows: Vec<RowView>,
    /// Entries of the feed beyond those that are taken in.
    left_out: usize,
}

/// What an officer knows of a text.
struct Known {
    address: Option<String>,
    day: Option<Date>,
}

/// Bytes that came with the form.
struct Item {
    field: &'static str,
    name: String,
    source: LeadSource,
    media_type: MediaType,
    bytes: Bytes,
}

/// An item that can't be taken in.
struct Refused {
    field: &'static str,
    words: String,
}

/// What was read in the texts of an item.
struct Texts {
    read: Vec<(Record, Fingerprint)>,
    is_feed: bool,
    left_out: usize,
}

/// An item whose bytes have been kept.
struct Taken {
    name: String,
    left_out: usize,
    leads: Vec<NewLead>,
}

async fn show(officer: Officer) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    page::ok(&new_page(&officer, &FormData::default()))
}

async fn take(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let (mut problems, mut refused) = (Problems::default(), Vec::new());
    let items = items(&app, &form, &mut problems, &mut refused);
    let known = known(&app, &officer, &form, items.len(), &mut problems);
    if items.is_empty() && refused.is_empty() {
        problems.add(TEXT, "Tempel teks berita, atau pilih sekurang-kurangnya satu berkas.");
    }
    let mut taken = Vec::new();
    if problems.is_empty() {
        for item in items {
            match take_item(&app, item, &known).await? {
                Ok(kept) => taken.push(kept),
                Err(why) => refused.push(why),
            }
        }
    }
    if taken.is_empty() {
        return refuse(&officer, &form, problems, refused);
    }
    let counts: Vec<(String, usize, usize)> =
        taken.iter().map(|kept| (kept.name.clone(), kept.leads.len(), kept.left_out)).collect();
    let leads = taken.into_iter().flat_map(|kept| kept.leads).collect();
    let ids = app.store.add_leads(&officer.scope(), officer.account.id, officer.now(&app), leads).await?;
    match (ids.as_slice(), refused.is_empty()) {
        ([only], true) => Ok(Redirect::to(&super::address(*only)).into_response()),
        _ => page::ok(&NewPage {
            taken: views(&app, &officer, counts, &ids).await?,
            refused: refused.into_iter().map(|why| why.words).collect(),
            ..new_page(&officer, &FormData::default())
        }),
    }
}

/// The page with what was typed; nothing was for an empty form.
fn new_page(officer: &Officer, form: &FormData) -> NewPage {
    NewPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        problems: Problems::default(),
        text: form.get(TEXT),
        address: form.get(ADDRESS),
        day: form.get(DAY),
        taken: Vec::new(),
        refused: Vec::new(),
    }
}

/// Nothing was taken in: the page says why, and keeps what was typed.
fn refuse(
    officer: &Officer,
    form: &FormData,
    mut problems: Problems,
    refused: Vec<Refused>,
) -> Result<Response, PageError> {
    for why in &refused {
        problems.add(why.field, why.words.clone());
    }
    // The first of a field stands beside it.
    let more = if refused.len() > 1 { refused } else { Vec::new() };
    let more = more.into_iter().map(|why| why.words).collect();
    let status = problems.status();
    page::html(status, &NewPage { problems, refused: more, ..new_page(officer, form) })
}

/// What came with the form.
fn items(app: &App, form: &FormData, problems: &mut Problems, refused: &mut Vec<Refused>) -> Vec<Item> {
    let mut items = Vec::new();
    let text = form.get(TEXT);
    form::check_text(&text, TEXT, app.limits.long_text, problems);
    if !text.is_empty() {
        items.push(Item {
            field: TEXT,
            name: PASTED.to_owned(),
            source: LeadSource::Typed,
            media_type: MediaType::Text,
            bytes: Bytes::from(text.into_bytes()),
        });
    }
    let files: Vec<&form::Upload> = form.files.iter().filter(|file| file.field == FILES).collect();
    if files.len() > app.limits.files {
        problems.add(FILES, format!("Paling banyak {} berkas sekali kirim.", app.limits.files));
    }
    for file in files {
        match take_in(&file.name, &file.bytes, app.limits.file) {
            Ok(taken) => items.push(Item {
                field: FILES,
                name: taken.name.to_string(),
                source: LeadSource::File,
                media_type: taken.media_type,
                bytes: file.bytes.clone(),
            }),
            Err(error) => refused.push(Refused { field: FILES, words: error.to_string() }),
        }
    }
    items
}

/// The address and the day, which are those of one text.
fn known(app: &App, officer: &Officer, form: &FormData, items: usize, problems: &mut Problems) -> Known {
    let address = form::optional_line(form, ADDRESS, &app.limits, problems);
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    if !address.is_empty() && (!is_address || address.contains(char::is_whitespace)) {
        problems.add(ADDRESS, "Tulis alamat lengkap, misalnya https://berita.example/2024/10/08/judul.");
    }
    let typed = form.get(DAY);
    let day = form::parse_date(&typed);
    if !typed.is_empty() && day.is_none() {
        problems.add(DAY, "Tulis tanggal seperti 19/1/2024.");
    }
    if day.is_some_and(|day| day > officer.now(app).date()) {
        problems.add(DAY, "Tanggal terbit ini belum tiba. Periksa tahun dan bulannya.");
    }
    if items > 1 {
        let one_only = "Hanya untuk satu berita sekali kirim. Kosongkan, atau kirim beritanya satu per satu.";
        for (field, given) in [(ADDRESS, !address.is_empty()), (DAY, !typed.is_empty())] {
            if given {
                problems.add(field, one_only);
            }
        }
    }
    Known { address: (!address.is_empty()).then_some(address), day }
}

/// Reads an item and keeps its bytes, or says in words why not.
async fn take_item(app: &App, item: Item, known: &Known) -> Result<Result<Taken, Refused>, PageError> {
    let refused = |words: String| Refused { field: item.field, words };
    if let Err(words) = scan::bytes(app, &item.bytes).await.verdict(&item.name) {
        return Ok(Err(refused(words)));
    }
    let texts = match read(app, &item, known).await? {
        Ok(texts) => texts,
        Err(why) => return Ok(Err(refused(unread(&item.name, why)))),
    };
    let sha256 = app.store.put_blob(&item.bytes).await?;
    let lead = |(entry, (record, fingerprint)): (u32, (Record, Fingerprint))| NewLead {
        id: LeadId::new(random::uuid()),
        sha256: sha256.clone(),
        size: u64::try_from(item.bytes.len()).unwrap_or(u64::MAX),
        media_type: item.media_type.essence().to_owned(),
        entry: texts.is_feed.then_some(entry),
        source: item.source,
        address: known.address.clone(),
        record,
        fingerprint,
    };
    let leads = (1..).zip(texts.read).map(lead).collect();
    Ok(Ok(Taken { name: item.name.clone(), left_out: texts.left_out, leads }))
}

/// Reads the texts of an item away from the threads that answer requests.
async fn read(app: &App, item: &Item, known: &Known) -> Result<Result<Texts, Unread>, PageError> {
    let (app, bytes) = (app.clone(), item.bytes.clone());
    let (day, address) = (known.day, known.address.clone().unwrap_or_default());
    let reading = tokio::task::spawn_blocking(move || app.watch().map(|watch| texts_of(&watch, &bytes, day, &address)));
    match reading.await {
        Ok(read) => read.ok_or(PageError::Internal),
        Err(error) => {
            tracing::error!(%error, "reading news was cut off");
            Err(PageError::Internal)
        }
    }
}

fn texts_of(watch: &Watch, bytes: &[u8], day: Option<Date>, address: &str) -> Result<Texts, Unread> {
    let pages = watch.pages(bytes)?;
    let is_feed = pages.len() > 1;
    let left_out = pages.len().saturating_sub(ENTRIES);
    // Entries of a feed have days and addresses of their own.
    let (day, address) = if is_feed { (None, "") } else { (day, address) };
    let read = pages.into_iter().take(ENTRIES).map(|page| {
        let reading = watch.read(&page.told(day, address));
        (Record::of(&reading), reading.fingerprint)
    });
    Ok(Texts { read: read.collect(), is_feed, left_out })
}

fn unread(name: &str, why: Unread) -> String {
    match why {
        Unread::Empty => format!("{name} tidak berisi teks. Kirim berita sebagai teks, HTML, MHTML, RSS, atau Atom."),
        Unread::NotText => {
            format!("{name} bukan teks. Simpan halamannya sebagai HTML atau teks, lalu kirim berkas itu.")
        }
        Unread::TooLarge => {
            let most = size_text(u64::try_from(LARGEST).unwrap_or(u64::MAX));
            format!("{name} melebihi batas {most}. Kirim satu berita atau umpan saja.")
        }
    }
}

/// What was taken in, by its file.
async fn views(
    app: &App,
    officer: &Officer,
    counts: Vec<(String, usize, usize)>,
    ids: &[LeadId],
) -> Result<Vec<TakenView>, PageError> {
    let mut rest = ids.iter();
    let mut views = Vec::with_capacity(counts.len());
    for (name, count, left_out) in counts {
        let mut rows = Vec::with_capacity(count);
        for id in rest.by_ref().take(count) {
            rows.extend(app.store.lead(&officer.scope(), *id).await?.as_ref().map(row_view));
        }
        views.push(TakenView { name, rows, left_out });
    }
    Ok(views)
}
