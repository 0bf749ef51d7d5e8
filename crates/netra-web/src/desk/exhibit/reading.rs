//! What an exhibit says about itself, in words: metadata, captured pages, proofs of time.

use std::io::Cursor;

use jiff::Timestamp;
use netra_evidence::MediaType;
use netra_evidence::capture::{self, Capture, ResourceState, SignatureState, Wacz, Warc};
use netra_evidence::metadata::{self, Metadata};
use netra_evidence::picture;
use netra_evidence::timestamp::{MAX_PROOF, Proof};

use super::item::{Content, Item, apart};
use crate::app::App;
use crate::error::PageError;
use crate::evidence_words as words;

/// Pages of a capture that are shown.
const SHOWN: usize = 50;
/// Letters of a saved page that are shown.
const SHOWN_WORDS: usize = 600;

/// What an exhibit says about itself.
#[derive(Default)]
pub(super) struct Reading {
    /// Labels with what the file says.
    pub(super) rows: Vec<(&'static str, String)>,
    /// What to ask about, or to beware of.
    pub(super) warnings: Vec<String>,
    /// What was captured, if it is a capture.
    pub(super) pages: Vec<PageView>,
    /// How many pages there are more.
    pub(super) more: u64,
    /// The proof of time that it is.
    pub(super) proof: Option<Proof>,
    /// Why its bytes were not read.
    pub(super) unread: &'static str,
}

/// A captured page: text only, its address leads nowhere from here.
pub(super) struct PageView {
    pub(super) address: String,
    pub(super) title: String,
    pub(super) time: String,
    pub(super) check: &'static str,
}

/// Reads an exhibit.
///
/// # Errors
/// The store fails, or reading was cut off.
pub(super) async fn read(app: &App, item: &Item) -> Result<Reading, PageError> {
    let bytes = match item.content(app).await? {
        Content::Whole(bytes) => bytes,
        Content::Unseen(unread) => return Ok(Reading { unread, ..Reading::default() }),
    };
    let (name, kind, reported) = (item.name(), item.kind(), item.matter().opened.instant());
    apart(move || look(&bytes, &name, kind, reported)).await
}

fn look(bytes: &[u8], name: &str, kind: MediaType, reported: Timestamp) -> Reading {
    let mut seen = Reading::default();
    match metadata::read(name, kind, &mut Cursor::new(bytes)) {
        Ok(mut told) => {
            told.compare_with_report(reported);
            seen.metadata(&told);
        }
        Err(error) => seen.warnings.push(error.to_string()),
    }
    if matches!(kind, MediaType::Jpeg | MediaType::Png | MediaType::Webp)
        && let Ok((width, height)) = picture::dimensions(bytes)
    {
        seen.rows.push(("Ukuran gambar", format!("{width} × {height} titik")));
    }
    if matches!(kind, MediaType::Html | MediaType::Zip | MediaType::Email | MediaType::Text | MediaType::Unknown) {
        match capture::read(&mut Cursor::new(bytes)) {
            Ok(Some(found)) => seen.capture(&found),
            Ok(None) => {}
            Err(error) => seen.warnings.push(error.to_string()),
        }
    }
    if may_be_proof(kind, bytes.len()) && Proof::may_be(bytes) {
        match Proof::read(bytes) {
            Ok(proof) => seen.proof = Some(proof),
            Err(error) => seen.warnings.push(error.to_string()),
        }
    }
    seen
}

/// Whether a file of this type and length is worth looking at as a proof of time.
pub(super) fn may_be_proof(kind: MediaType, length: usize) -> bool {
    matches!(kind, MediaType::Unknown | MediaType::Text) && length <= MAX_PROOF
}

impl Reading {
    fn add(&mut self, label: &'static str, text: impl ToString) {
        self.rows.push((label, text.to_string()));
    }

    fn metadata(&mut self, told: &Metadata) {
        let device: Vec<&str> = [&told.maker, &told.model].into_iter().filter_map(|part| part.as_deref()).collect();
        if !device.is_empty() {
            self.add("Perangkat", device.join(" "));
        }
        if let Some(title) = &told.title {
            self.add("Judul", title);
        }
        for author in &told.authors {
            self.add("Penulis", author);
        }
        for software in &told.software {
            self.add("Program", format!("{}{}", software.name, words::software(software.kind)));
        }
        for dated in &told.times {
            self.add("Waktu", format!("{}: {}", words::role(dated.role), words::time(dated.time)));
        }
        if let Some(place) = told.position {
            self.add("Posisi", format!("{:.6}, {:.6} (lintang, bujur)", place.latitude, place.longitude));
        }
        if let Some(milliseconds) = told.duration_ms {
            let seconds = milliseconds / 1000;
            self.add("Lama", format!("{}:{:02}", seconds / 60, seconds % 60));
        }
        if let Some(named) = told.named {
            self.add("Nama berkas", format!("{} ({})", words::time(named.time), words::origin(named.origin)));
        }
        self.warnings.extend(told.findings.iter().map(|finding| words::finding(*finding).to_owned()));
    }

    fn capture(&mut self, found: &Capture) {
        match found {
            Capture::Warc(archive) => {
                self.add("Tangkapan", "arsip web (WARC)");
                self.warc(archive);
            }
            Capture::Wacz(archive) => self.wacz(archive),
            Capture::Page(saved) => {
                self.add("Tangkapan", words::form(saved.form));
                if let Some(address) = &saved.address {
                    self.add("Alamat", address);
                }
                if let Some(time) = saved.time {
                    self.add("Disimpan", words::time(time));
                }
                if let Some(title) = &saved.title {
                    self.add("Judul halaman", title);
                }
                let start: String = saved.words.chars().take(SHOWN_WORDS).collect();
                if !start.is_empty() {
                    self.add("Awal isinya", start);
                }
            }
        }
    }

    fn warc(&mut self, archive: &Warc) {
        let shown = archive.captured.iter().take(SHOWN).map(|captured| PageView {
            address: captured.address.clone(),
            title: captured.title.clone().unwrap_or_default(),
            time: captured.time.map(|time| time.to_string()).unwrap_or_default(),
            check: words::digest(captured.digest),
        });
        self.pages.extend(shown);
        self.more = hidden(archive.captured.len(), archive.left_out);
        self.warnings.extend(words::completeness(archive.completeness).map(str::to_owned));
    }

    fn wacz(&mut self, archive: &Wacz) {
        self.add("Tangkapan", "arsip web dengan daftar isi (WACZ)");
        if let Some(title) = &archive.title {
            self.add("Judul", title);
        }
        if let Some(software) = &archive.software {
            self.add("Program penangkap", software);
        }
        if let Some(time) = archive.created {
            self.add("Dibuat", time);
        }
        self.add("Daftar isi", words::digest(archive.contents));
        self.add(
            "Tanda tangan",
            match archive.signature {
                SignatureState::Absent => "tidak ada",
                SignatureState::NotVerified => "ada, tidak diperiksa di sini",
            },
        );
        let unsound =
            archive.resources.iter().filter(|r| matches!(r.state, ResourceState::Wrong | ResourceState::Missing));
        self.warnings.extend(unsound.map(|r| format!("{} di dalam arsip: {}", r.path, words::resource(r.state))));
        let unvouched = archive
            .unlisted
            .iter()
            .map(|name| format!("{name} tidak ada dalam daftar isi; tidak ada sidik yang menjaminnya"));
        self.warnings.extend(unvouched);
        self.warnings.extend(archive.skipped.iter().map(|name| format!("{name} dilewati: menunjuk ke luar arsip")));
        if archive.pages.is_empty() {
            return self.warc(&archive.captured);
        }
        let shown = archive.pages.iter().take(SHOWN).map(|page| PageView {
            address: page.address.clone(),
            title: page.title.clone().unwrap_or_default(),
            time: page.time.map(|time| time.to_string()).unwrap_or_default(),
            check: "",
        });
        self.pages.extend(shown);
        self.more = hidden(archive.pages.len(), archive.pages_left_out);
        self.warnings.extend(words::completeness(archive.captured.completeness).map(str::to_owned));
    }
}

fn hidden(listed: usize, left_out: u64) -> u64 {
    u64::try_from(listed.saturating_sub(SHOWN)).unwrap_or(0).saturating_add(left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(name: &str, bytes: &[u8]) -> Reading {
        look(bytes, name, MediaType::detect(bytes), "2024-01-19T02:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_messengers_name_is_warned_about_and_damage_is_no_panic() {
        let seen = rows("IMG-20231230-WA0001.jpg", b"\xFF\xD8\xFF\xE0 a photograph");
        assert!(seen.rows.iter().any(|(label, text)| *label == "Nama berkas" && text.contains("WhatsApp Android")));
        assert!(seen.warnings.iter().any(|text| text.contains("aplikasi pesan")), "{:?}", seen.warnings);
        for bytes in [&b""[..], b"PK\x03\x04", b"WARC/1.0\r\n", b"<html>", b"\0OpenTimestamps\0\0Proof\0"] {
            let _ = rows("", bytes);
        }
    }

    #[test]
    fn a_saved_page_is_told_as_text() {
        let page = b"<!DOCTYPE html><html><head><title>Judul Rekaan</title></head><body><p>Isi rekaan.</p><script>x()</script></body></html>";
        let seen = rows("simpan.html", page);
        let of = |wanted: &str| seen.rows.iter().find(|(label, _)| *label == wanted).map(|(_, text)| text.as_str());
        assert_eq!(of("Judul halaman"), Some("Judul Rekaan"));
        assert!(of("Awal isinya").is_some_and(|text| text.contains("Isi rekaan.") && !text.contains("x()")));
    }
}
