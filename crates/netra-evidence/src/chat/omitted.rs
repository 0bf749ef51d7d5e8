//! Media that the export left out: what stands in their place.

use std::borrow::Cow;

use memchr::memmem;

use super::attachment::{Media, title_and_pages};
use super::marks::{Cleaner, LEFT_TO_RIGHT};

/// Something that was sent and that the export left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omitted<'t> {
    /// What it was.
    pub media: Media,
    /// The title of a document.
    pub title: Option<Cow<'t, str>>,
    /// How many pages the message says that it has.
    pub pages: Option<u32>,
}

impl Omitted<'_> {
    /// The same, held by itself.
    pub fn into_owned(self) -> Omitted<'static> {
        Omitted { media: self.media, title: self.title.map(|t| Cow::Owned(t.into_owned())), pages: self.pages }
    }
}

/// What closes a line that stands for something left out.
const ENDINGS: [&str; 2] = [" tidak disertakan", " omitted"];

/// How sure it is that the phone wrote a line, and not a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A mark stands before it, as this phone does.
    Marked,
    /// There is none; but this phone never makes one.
    NotUsed,
    /// There is none, and this phone makes them.
    Missing,
}

/// What a first line stands for, and a caption before it. The line may hold marks, but none at its ends.
pub(crate) fn read<'t>(line: &'t [u8], sign: Sign, cleaner: &mut Cleaner) -> Option<(Omitted<'t>, Cow<'t, str>)> {
    if !(line.ends_with(b" omitted") || line.ends_with(b"disertakan") || line.ends_with(b">")) {
        return None;
    }
    let inside = memmem::rfind(line, LEFT_TO_RIGHT);
    if let Some((before, marked)) = inside.and_then(|at| line.split_at_checked(at))
        && let Some(media) = media(&cleaner.text(marked))
        && media != Media::Document
    {
        return Some((Omitted { media, title: None, pages: None }, trimmed(cleaner.text(before))));
    }
    if sign == Sign::Missing && inside.is_none() && !line.starts_with(b"<") {
        return None;
    }
    match cleaner.text(line) {
        Cow::Borrowed(text) => whole(text),
        Cow::Owned(text) => whole(&text).map(Omitted::into_owned),
    }
    .map(|omitted| (omitted, Cow::Borrowed("")))
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// A line that is nothing but the placeholder, or a document's title and the placeholder.
fn whole(line: &str) -> Option<Omitted<'_>> {
    if let Some(media) = media(line) {
        return Some(Omitted { media, title: None, pages: None });
    }
    let ending = ["dokumen tidak disertakan", "document omitted"].iter().find_map(|e| line.strip_suffix(e))?;
    let (title, pages) = title_and_pages(ending.trim().trim_end_matches('•'));
    let is_file = pages.is_some() || title.is_some_and(|title| title.contains('.') && !title.ends_with('.'));
    is_file.then_some(Omitted { media: Media::Document, title: title.map(Cow::Borrowed), pages })
}

/// What the whole of a line stands for.
fn media(line: &str) -> Option<Media> {
    let line = line.trim();
    let inner = line.strip_prefix('<').and_then(|line| line.strip_suffix('>'));
    let what = ENDINGS.iter().find_map(|ending| inner.unwrap_or(line).strip_suffix(ending))?;
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(what));
    let table: [(&[&str], Media); 7] = [
        (&["gambar", "foto", "image", "photo"], Media::Image),
        (&["video", "catatan video", "pesan video", "video note", "video message"], Media::Video),
        (&["audio", "pesan suara", "voice message", "voice note"], Media::Audio),
        (&["stiker", "sticker"], Media::Sticker),
        (&["gif"], Media::Gif),
        (&["kartu kontak", "kontak", "contact card", "contact"], Media::Contact),
        (&["dokumen", "berkas", "document", "file"], Media::Document),
    ];
    match inner {
        Some(_) if is(&["media"]) => Some(Media::Unknown),
        _ => table.iter().find(|(words, _)| is(words)).map(|(_, media)| *media),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, sign: Sign) -> Option<String> {
        let mut cleaner = Cleaner::default();
        let (found, caption) = read(line.as_bytes(), sign, &mut cleaner)?;
        Some(format!("{:?} {:?} {:?} {caption:?}", found.media, found.title.as_deref(), found.pages))
    }

    #[test]
    fn placeholders() {
        let table = [
            ("<Media tidak disertakan>", "Unknown None None \"\""),
            ("<Media omitted>", "Unknown None None \"\""),
            ("gambar tidak disertakan", "Image None None \"\""),
            ("GIF omitted", "Gif None None \"\""),
            ("Kartu kontak tidak disertakan", "Contact None None \"\""),
            ("Contact card omitted", "Contact None None \"\""),
            ("<video omitted>", "Video None None \"\""),
            ("Surat Tugas.pdf • 2 halaman dokumen tidak disertakan", "Document Some(\"Surat Tugas.pdf\") Some(2) \"\""),
            (
                "Surat Tugas.pdf • \u{200E}2 halaman \u{200E}dokumen tidak disertakan",
                "Document Some(\"Surat Tugas.pdf\") Some(2) \"\"",
            ),
            ("a.docx \u{200E}document omitted", "Document Some(\"a.docx\") None \"\""),
            ("document omitted", "Document None None \"\""),
            ("Lihat ini \u{200E}image omitted", "Image None None \"Lihat ini\""),
        ];
        for (line, expected) in table {
            assert_eq!(shown(line, Sign::Marked).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_people_write() {
        for line in [
            "Media tidak disertakan",
            "Media tidak disertakan katanya",
            "kok gambar tidak disertakan",
            "semua dokumen tidak disertakan",
            "<b>",
            "",
        ] {
            assert_eq!(shown(line, Sign::NotUsed), None, "{line}");
        }
        assert!(shown("gambar tidak disertakan", Sign::NotUsed).is_some());
        assert_eq!(shown("gambar tidak disertakan", Sign::Missing), None);
        assert!(shown("<Media tidak disertakan>", Sign::Missing).is_some());
    }
}
