//! A matter as an archive: its acts as recorded, their sheets, its exhibits.
//!
//! | place | what |
//! | --- | --- |
//! | `acts/0001.json` | the record of each act, byte for byte, private values sealed |
//! | `forms/0001-b-1.html` | the sheet of each act that has one |
//! | `study.html` | the study as it is to be read, once more where a receiver looks for it |
//! | `exhibits/001.jpg` | the exhibits whose bytes were given |
//! | `exhibits.json` | all exhibits: number, digest, size, type, label, place in the archive |
//! | `dossier.json`, `manifest.sha256` | written by [`netra_ledger::Dossier`] |
//!
//! Sheets are made with the matter as it stood once each act was done, and with the numbers that it
//! has now.

use std::borrow::Cow;
use std::collections::BTreeMap;

use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::{Entry, EntryError};
use netra_docket::ids::ExhibitNo;
use netra_docket::matter::{Matter, effective};
use netra_docket::steps::StepKind;
use netra_law::Law;
use netra_law::time::Moment;
use netra_ledger::Dossier;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::build::sheet_numbered;
use crate::error::FormError;
use crate::letterhead::Letterhead;
use crate::redact::Redactor;
use crate::render;
use crate::sheet::Sheet;

/// Who will read a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The office itself, or the supervisor that takes the matter on: sheets show what the entries show.
    Office,
    /// An authority, an employer, a court: reporter, witnesses and other parties stay unnamed in the
    /// sheets, also where their full name stands in a text. What an exhibit itself shows is not changed.
    Receiver,
}

impl Audience {
    /// The word in the dossier's header.
    pub fn id(self) -> &'static str {
        match self {
            Audience::Office => "office",
            Audience::Receiver => "receiver",
        }
    }
}

/// What a dossier is made from. Has no debug output: it holds everything that is private.
pub struct DossierInput<'a> {
    /// The whole docket, private values opened as far as its reader may see them.
    pub entries: &'a [Entry],
    /// For each entry the bytes that were recorded.
    pub records: &'a [Vec<u8>],
    /// The matter folded from the entries.
    pub matter: &'a Matter,
    /// The law.
    pub law: &'a Law,
    /// The office that makes the dossier.
    pub letterhead: &'a Letterhead,
    /// Exhibits to go along, with their bytes.
    pub exhibits: Vec<(Exhibit, Vec<u8>)>,
    /// Who will read it.
    pub for_receiver: Audience,
    /// Now.
    pub made: Moment,
}

/// Makes a dossier. The same input gives the same bytes. O(acts²), since each sheet sees the matter
/// of its own day.
///
/// # Errors
/// Records that are not those of the entries, or that were never sealed; an exhibit whose bytes are
/// not those that the docket names; entries that are not a docket; a failure of template or archive.
pub fn build(input: DossierInput<'_>) -> Result<Vec<u8>, FormError> {
    check_records(input.entries, input.records)?;
    let entries = readable(&input)?;
    let whole = Matter::fold(&entries, input.law)?;
    let mut dossier = Dossier::new();
    for (entry, record) in entries.iter().zip(input.records) {
        dossier.add(format!("acts/{:04}.json", entry.n).parse()?, record.clone())?;
    }
    for (place, html) in sheets(&input, &entries, &whole)? {
        dossier.add(place.parse()?, html)?;
    }
    let header = header(&input);
    add_exhibits(&mut dossier, input.exhibits, &whole)?;
    Ok(dossier.finish(&header)?)
}

fn header(input: &DossierInput<'_>) -> Value {
    let matter = input.matter;
    json!({
        "matter": matter.id.to_string(),
        "number": matter.number(),
        "office": matter.office.as_str(),
        "office_name": input.letterhead.office,
        "regime": matter.regime.id(),
        "audience": input.for_receiver.id(),
        "made_at": input.made.to_string(),
    })
}

/// The entries as this reader may see them.
fn readable<'a>(input: &DossierInput<'a>) -> Result<Cow<'a, [Entry]>, FormError> {
    match input.for_receiver {
        Audience::Office => Ok(Cow::Borrowed(input.entries)),
        Audience::Receiver => {
            let redactor = Redactor::new(input.entries, input.matter)?;
            let entries = input.entries.iter().map(|e| redactor.apply(e));
            Ok(Cow::Owned(entries.collect::<Result<Vec<Entry>, FormError>>()?))
        }
    }
}

/// What a matter holds besides its records and the bytes of its exhibits, for whoever packs it in another way.
pub struct Papers {
    /// The sheets: a place such as `0001-b-1.html`, and the page.
    pub sheets: Vec<(String, String)>,
    /// The list of all exhibits as JSON, with the places of those that go along.
    pub exhibits: Vec<u8>,
}

/// Makes the papers of a matter. Of the exhibits only the numbers are looked at: `sent` go along.
///
/// # Errors
/// As [`build`], but for exhibits and archive.
pub fn papers(input: &DossierInput<'_>, sent: &[ExhibitNo]) -> Result<Papers, FormError> {
    check_records(input.entries, input.records)?;
    let entries = readable(input)?;
    let whole = Matter::fold(&entries, input.law)?;
    let mut places = BTreeMap::new();
    for exhibit in whole.exhibits.iter().filter(|exhibit| sent.contains(&exhibit.no)) {
        places.insert(exhibit.no, exhibit_place(exhibit));
    }
    let made = sheets(input, &entries, &whole)?;
    let bare = |(place, html): (String, String)| (place.strip_prefix(FORMS).unwrap_or(&place).to_owned(), html);
    Ok(Papers { sheets: made.into_iter().map(bare).collect(), exhibits: exhibit_list(&whole, &places)? })
}

/// The place of an exhibit's bytes.
pub fn exhibit_place(exhibit: &Exhibit) -> String {
    format!("exhibits/{:03}.{}", exhibit.no.0, extension(&exhibit.media_type))
}

/// The folder of the sheets in a dossier.
const FORMS: &str = "forms/";

/// The sheets with their places in a dossier.
fn sheets(input: &DossierInput<'_>, entries: &[Entry], whole: &Matter) -> Result<Vec<(String, String)>, FormError> {
    let mut sheets = Vec::new();
    for entry in entries {
        let then = until(entries, entry.n, input.law)?;
        let made = sheet_numbered(entry, entries, &then, whole, input.law, input.letterhead);
        let Some(sheet) = made else { continue };
        let place = format!("{FORMS}{:04}-{}.html", entry.n, slug(&sheet, entry));
        sheets.push((place, render::document(&sheet)?));
    }
    let readings = effective(entries)?;
    let study = readings.into_iter().rev().find(|(_, what, _)| matches!(what, Act::StudyFinished(_)));
    if let Some((entry, what, at)) = study {
        let then = until(entries, entry.n, input.law)?;
        let read = Entry { what: what.clone(), at, ..entry.clone() };
        let made = sheet_numbered(&read, &[], &then, whole, input.law, input.letterhead);
        if let Some(sheet) = made {
            sheets.push(("study.html".to_owned(), render::document(&sheet)?));
        }
    }
    Ok(sheets)
}

/// The matter as it stood once act `n` was done.
fn until(entries: &[Entry], n: u32, law: &Law) -> Result<Matter, FormError> {
    let end = usize::try_from(n).unwrap_or(usize::MAX).min(entries.len());
    Ok(Matter::fold(entries.get(..end).unwrap_or(entries), law)?)
}

/// Form code, or step where there is none, as a part of a file name.
fn slug(sheet: &Sheet, entry: &Entry) -> String {
    let code = ascii(sheet.code.as_deref().unwrap_or_default());
    if code.is_empty() { StepKind::of(&entry.what).id().to_owned() } else { code }
}

/// Lower-case ASCII letters and digits; whatever else stands between them becomes one hyphen.
fn ascii(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars().take(60) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn add_exhibits(dossier: &mut Dossier, given: Vec<(Exhibit, Vec<u8>)>, whole: &Matter) -> Result<(), FormError> {
    let mut places: BTreeMap<ExhibitNo, String> = BTreeMap::new();
    for (exhibit, bytes) in given {
        let known = whole.exhibit(exhibit.no).filter(|e| e.sha256 == sha256(&bytes));
        let Some(known) = known else { return Err(FormError::ExhibitChanged(exhibit.no)) };
        let place = exhibit_place(known);
        dossier.add(place.parse()?, bytes)?;
        places.insert(known.no, place);
    }
    dossier.add("exhibits.json".parse()?, exhibit_list(whole, &places)?)?;
    Ok(())
}

/// All exhibits of a matter as JSON, with the places of those whose bytes go along.
fn exhibit_list(whole: &Matter, places: &BTreeMap<ExhibitNo, String>) -> Result<Vec<u8>, FormError> {
    let list: Vec<Value> = whole
        .exhibits
        .iter()
        .map(|e| {
            json!({
                "number": e.no.0,
                "sha256": e.sha256,
                "size": e.size,
                "media_type": e.media_type,
                "label": e.label.open(),
                "file": places.get(&e.no),
            })
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&list)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The ending of an exhibit's file name. What a browser would run gets one that it shows as text.
fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "image/heif" => "heif",
        "image/avif" => "avif",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "video/quicktime" => "mov",
        "video/webm" => "webm",
        "video/x-matroska" => "mkv",
        "video/x-msvideo" => "avi",
        "audio/ogg" | "application/ogg" => "ogg",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/aac" => "aac",
        "audio/wav" => "wav",
        "audio/amr" => "amr",
        "application/pdf" => "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/vnd.oasis.opendocument.spreadsheet" => "ods",
        "application/vnd.oasis.opendocument.presentation" => "odp",
        "application/rtf" => "rtf",
        "application/zip" => "zip",
        "application/vnd.rar" => "rar",
        "application/x-7z-compressed" => "7z",
        "message/rfc822" => "eml",
        "text/plain" => "txt",
        "text/html" => "html.txt",
        "image/svg+xml" => "svg.txt",
        "application/xml" => "xml.txt",
        _ => "bin",
    }
}

/// The records are those of the entries, one for each, and hold no open private value.
fn check_records(entries: &[Entry], records: &[Vec<u8>]) -> Result<(), FormError> {
    if entries.len() != records.len() {
        return Err(FormError::Records { entries: entries.len(), records: records.len() });
    }
    for (entry, record) in entries.iter().zip(records) {
        let n = entry.n;
        let unreadable = |source| FormError::Unreadable { n, source };
        let value: Value = serde_json::from_slice(record).map_err(|e| unreadable(EntryError::Json(e)))?;
        if has_open(&value) {
            return Err(FormError::OpenRecord(n));
        }
        let recorded = Entry::from_value(value).map_err(unreadable)?;
        if recorded.id != entry.id || recorded.n != n || recorded.matter != entry.matter {
            return Err(FormError::OtherRecord(n));
        }
    }
    Ok(())
}

/// Whether a private value stands open in an act's JSON.
fn has_open(value: &Value) -> bool {
    match value {
        Value::Object(map) => (map.len() == 1 && map.contains_key("private")) || map.values().any(has_open),
        Value::Array(items) => items.iter().any(has_open),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain() {
        assert_eq!(ascii("B.3.1"), "b-3-1");
        assert_eq!(ascii("A"), "a");
        assert_eq!(ascii("../É x/"), "x");
        assert_eq!(ascii("…"), "");
    }

    #[test]
    fn what_a_browser_would_run_is_shown_as_text() {
        for kind in ["text/html", "image/svg+xml", "application/xml"] {
            assert!(extension(kind).ends_with(".txt"), "{kind}");
        }
        assert_eq!(extension("image/jpeg"), "jpg");
        assert_eq!(extension("application/x-ole-storage"), "bin");
    }

    #[test]
    fn an_open_private_value_is_found_at_any_depth() {
        assert!(has_open(&json!({"a": [{"b": {"private": "x"}}]})));
        assert!(!has_open(&json!({"a": [{"b": {"sealed": {"id": "x", "commitment": "y"}}}]})));
    }
}
