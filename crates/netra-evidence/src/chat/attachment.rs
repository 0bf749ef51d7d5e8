//! Attached files: how a message names them, what they are by their names, and the day in the names.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use crate::Digest;

/// What sort of thing was sent, as far as the export tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Media {
    /// A photo or picture.
    Image,
    /// A film.
    Video,
    /// A voice message or other sound.
    Audio,
    /// A sticker.
    Sticker,
    /// A short film without sound.
    Gif,
    /// A contact card.
    Contact,
    /// Any other file.
    Document,
    /// The export does not say.
    Unknown,
}

/// A file that a message brings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "lampiran")]
pub struct Attachment<'t> {
    /// Its name.
    pub name: Cow<'t, str>,
    /// What it is by its name.
    pub media: Media,
    /// The title that stands before it.
    pub title: Option<Cow<'t, str>>,
    /// How many pages the message says that it has.
    pub pages: Option<u32>,
    /// Whether the file came with the export.
    pub stored: Stored,
}

impl Attachment<'_> {
    /// The same, held by itself.
    pub fn into_owned(self) -> Attachment<'static> {
        Attachment {
            name: Cow::Owned(self.name.into_owned()),
            media: self.media,
            title: self.title.map(|title| Cow::Owned(title.into_owned())),
            pages: self.pages,
            stored: self.stored,
        }
    }
}

/// Whether an attached file came with the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// The export is a text alone.
    NotAsked,
    /// The export is an archive without that file.
    Absent,
    /// The export has it.
    Here {
        /// Number of bytes.
        size: u64,
        /// What identifies them; none if the archive was only glanced at.
        digest: Option<Digest>,
        /// Its place in the archive, from 0.
        place: usize,
    },
}

const BEHIND_THE_NAME: [&str; 3] = ["(file terlampir)", "(berkas terlampir)", "(file attached)"];
const BEFORE_THE_NAME: [&str; 2] = ["<terlampir: ", "<attached: "];
const OLD_BEHIND_THE_NAME: [&str; 2] = ["<terlampir>", "<attached>"];

/// Whether a line's end allows it to name an attachment.
#[inline]
pub(crate) fn may_end(line: &[u8]) -> bool {
    matches!(line.last(), Some(b')' | b'>'))
}

/// The attachment that a line names, and a caption that stands before it; the line has no marks any more.
pub(crate) fn named<'t>(line: &'t str) -> Option<(Attachment<'t>, &'t str)> {
    let line = line.trim();
    if let Some(name) = before_label(line, &BEHIND_THE_NAME).filter(|name| is_file_name(name)) {
        return Some((attachment(name, None, None), ""));
    }
    if let Some(name) = before_label(line, &OLD_BEHIND_THE_NAME) {
        return Some((attachment(name, None, None), ""));
    }
    let inner = line.strip_suffix('>')?;
    let (before, name) = BEFORE_THE_NAME.iter().find_map(|label| inner.rsplit_once(label))?;
    let (before, name) = (before.trim(), name.trim());
    let (title, pages) = title_and_pages(before);
    if name.is_empty() {
        None
    } else if pages.is_some() || title.is_some_and(|title| name.ends_with(title)) {
        Some((attachment(name, title, pages), ""))
    } else {
        Some((attachment(name, None, None), before))
    }
}

fn before_label<'t>(line: &'t str, labels: &[&str]) -> Option<&'t str> {
    let name = labels.iter().find_map(|label| line.strip_suffix(label))?.trim_end();
    (!name.is_empty()).then_some(name)
}

fn attachment<'t>(name: &'t str, title: Option<&'t str>, pages: Option<u32>) -> Attachment<'t> {
    let title = title.map(Cow::Borrowed);
    Attachment { name: Cow::Borrowed(name), media: media(name), title, pages, stored: Stored::NotAsked }
}

/// A name with an ending, or one that the phone made without: `DOC-20231230-WA0009.`.
fn is_file_name(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is_ending = (1..=10).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    !stem.is_empty() && (is_ending || ending.is_empty() && stem.contains("-WA"))
}

/// `Surat.pdf • 2 halaman`, as it stands before a document.
pub(crate) fn title_and_pages(text: &str) -> (Option<&str>, Option<u32>) {
    let mut parts = text.split('•').map(str::trim);
    let title = parts.next().filter(|title| !title.is_empty());
    (title, parts.find_map(pages))
}

fn pages(part: &str) -> Option<u32> {
    let (number, word) = part.split_once([' ', '\u{A0}', '\u{202F}'])?;
    let is_pages = matches!(word.trim(), "halaman" | "hal" | "hlm" | "page" | "pages");
    number.parse().ok().filter(|_| is_pages)
}

/// What a file is by its name.
pub(crate) fn media(name: &str) -> Media {
    let starts = |prefix: &str| name.starts_with(prefix);
    let holds = |part: &str| name.contains(part);
    if starts("STK-") || holds("-STICKER-") {
        return Media::Sticker;
    }
    if starts("PTT-") || starts("AUD-") || holds("-AUDIO-") {
        return Media::Audio;
    }
    if starts("DOC-") {
        return Media::Document;
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "heic" | "heif" | "webp" | "gif" | "bmp" | "tif" | "tiff" | "avif" => Media::Image,
        "mp4" | "mov" | "3gp" | "3gpp" | "avi" | "mkv" | "webm" | "m4v" => Media::Video,
        "opus" | "ogg" | "m4a" | "mp3" | "aac" | "wav" | "amr" => Media::Audio,
        "vcf" => Media::Contact,
        _ if starts("IMG-") || holds("-PHOTO-") => Media::Image,
        _ if starts("VID-") || holds("-VIDEO-") || holds("-GIF-") => Media::Video,
        _ => Media::Document,
    }
}

/// The first day in a name, as eight digits or with hyphens: `IMG-20231230-WA0001.jpg`, `…-PHOTO-2023-12-30-…`.
pub(crate) fn day(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1))).find_map(|at| {
        let run = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        match run {
            8 => date(name.get(at..at + 4)?, name.get(at + 4..at + 6)?, name.get(at + 6..at + 8)?),
            4 => {
                let mut parts = name.get(at..at + 10)?.split('-');
                date(parts.next()?, parts.next()?, parts.next()?)
            }
            _ => None,
        }
    })
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| (2009..2100).contains(year))?;
    (month.len() == 2 && day.len() == 2).then_some(())?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_a_file() {
        let table = [
            ("IMG-20231230-WA0001.jpg (file terlampir)", "IMG-20231230-WA0001.jpg", None, None, ""),
            ("Surat Edaran 2023.pdf (file attached)", "Surat Edaran 2023.pdf", None, None, ""),
            ("a.PDF (berkas terlampir)", "a.PDF", None, None, ""),
            ("DOC-20231230-WA0009. (file terlampir)", "DOC-20231230-WA0009.", None, None, ""),
            (
                "<terlampir: 00000012-PHOTO-2023-12-30-20-15-03.jpg>",
                "00000012-PHOTO-2023-12-30-20-15-03.jpg",
                None,
                None,
                "",
            ),
            (
                "Surat.pdf • 2 halaman <terlampir: 00000013-Surat.pdf>",
                "00000013-Surat.pdf",
                Some("Surat.pdf"),
                Some(2),
                "",
            ),
            ("Surat.docx <attached: 00000013-Surat.docx>", "00000013-Surat.docx", Some("Surat.docx"), None, ""),
            (
                "Ini ya <attached: 00000014-GIF-2023-12-30-20-17-00.mp4>",
                "00000014-GIF-2023-12-30-20-17-00.mp4",
                None,
                None,
                "Ini ya",
            ),
            ("2015-08-04-PHOTO-00004762.jpg <attached>", "2015-08-04-PHOTO-00004762.jpg", None, None, ""),
        ];
        for (line, name, title, pages, caption) in table {
            let (found, before) = named(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.name.as_ref(), found.title.as_deref(), found.pages), (name, title, pages), "{line}");
            assert_eq!(before, caption, "{line}");
        }
    }

    #[test]
    fn lines_that_do_not() {
        for line in [
            "",
            "(file terlampir)",
            "Silakan dibaca (file terlampir)",
            "Yth. (file terlampir)",
            "lihat IMG-20231230-WA0001.jpg (file terlampir) ya",
            "<attached: >",
            "<attached>",
            "a > b",
        ] {
            assert!(named(line).is_none(), "{line}");
        }
    }

    #[test]
    fn what_a_file_is_by_its_name() {
        let table = [
            ("IMG-20231230-WA0001.jpg", Media::Image),
            ("VID-20231230-WA0002.mp4", Media::Video),
            ("PTT-20231230-WA0003.opus", Media::Audio),
            ("AUD-20231230-WA0003.mp4", Media::Audio),
            ("STK-20231230-WA0004.webp", Media::Sticker),
            ("DOC-20231230-WA0009.", Media::Document),
            ("Posko Relawan.vcf", Media::Contact),
            ("Surat Edaran.PDF", Media::Document),
            ("00000012-PHOTO-2023-12-30-20-15-03.jpg", Media::Image),
            ("00000015-GIF-2023-12-30-20-15-03.mp4", Media::Video),
            ("00000016-STICKER-2023-12-30-20-15-03.webp", Media::Sticker),
            ("00000017-AUDIO-2023-12-30-20-15-03.opus", Media::Audio),
        ];
        for (name, expected) in table {
            assert_eq!(media(name), expected, "{name}");
        }
    }

    #[test]
    fn the_day_in_a_name() {
        let table = [
            ("IMG-20231204-WA0007.jpg", Some("2023-12-04")),
            ("00000012-PHOTO-2023-12-30-20-15-03.jpg", Some("2023-12-30")),
            ("2015-08-04-PHOTO-00004762.jpg", Some("2015-08-04")),
            ("WhatsApp Image 2023-12-30 at 20.15.03.jpeg", Some("2023-12-30")),
            ("IMG-20231304-WA0007.jpg", None),
            ("Surat Edaran 2023.pdf", None),
            ("628120000041720231230.jpg", None),
            ("", None),
        ];
        for (name, expected) in table {
            assert_eq!(day(name).map(|day| day.to_string()).as_deref(), expected, "{name}");
        }
    }
}
