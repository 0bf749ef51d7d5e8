//! Taking a file in as an exhibit: the name that may be shown, and what is noted about the bytes.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Digest, MediaType};

/// What is noted about a file on receipt. The bytes themselves are stored unchanged, by their
/// digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "barang bukti")]
pub struct TakenIn {
    /// Identifies the bytes.
    pub digest: Digest,
    /// Number of bytes.
    pub size: u64,
    /// The true type, by content.
    pub media_type: MediaType,
    /// The sender's name for it, safe to show.
    pub name: FileName,
}

/// Why a file is not taken in. The texts are for the person who sends it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The file has no content.
    #[error("Berkas \"{name}\" kosong. Buka berkas itu di perangkat Anda; bila isinya tampak, unggah lagi.")]
    Empty {
        /// The file's name.
        name: FileName,
    },
    /// The file is larger than this office accepts.
    #[error(
        "Berkas \"{name}\" berukuran {size}, melebihi batas {limit}. Kirim bagian yang penting saja, \
         atau serahkan berkas utuh di kantor pengawas pemilu.",
        size = size_text(*.size),
        limit = size_text(*.limit)
    )]
    TooLarge {
        /// The file's name.
        name: FileName,
        /// Number of bytes that came.
        size: u64,
        /// Number of bytes that are accepted.
        limit: u64,
    },
}

/// Looks at a file on receipt; `limit` is the largest number of bytes that is accepted.
///
/// # Errors
/// The file is empty or too large; the text says so to the sender.
pub fn take_in(name: &str, bytes: &[u8], limit: u64) -> Result<TakenIn, EvidenceError> {
    let name = FileName::clean(name);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size == 0 {
        return Err(EvidenceError::Empty { name });
    }
    if size > limit {
        return Err(EvidenceError::TooLarge { name, size, limit });
    }
    Ok(TakenIn { digest: Digest::of(bytes), size, media_type: MediaType::detect(bytes), name })
}

/// A number of bytes as Indonesian readers write it, rounded up: `12,5 MB`.
pub fn size_text(bytes: u64) -> String {
    let units: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let Some((unit, name)) = units.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} bita");
    };
    let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(unit));
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        rest => format!("{},{rest} {name}", tenths / 10),
    }
}

/// A file name that may be shown: the last part of the path that was sent, without characters that
/// control the display, at most [`FileName::MAX_CHARS`] long, never empty.
///
/// It is for reading only: files are stored under their digest. Letters of all scripts, spaces and
/// quotation marks stay as they came, so whoever puts a name into HTML or a header still encodes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "nama berkas")]
pub struct FileName(String);

impl FileName {
    /// The longest name, in characters.
    pub const MAX_CHARS: usize = 120;

    /// Stands in for a name of which nothing is left.
    const NAMELESS: &'static str = "tanpa-nama";

    /// The longest ending, in characters, that is kept when a name is shortened.
    const MAX_EXTENSION: usize = 10;

    /// Makes any text into a file name. A clean name stays as it is.
    pub fn clean(raw: &str) -> FileName {
        let name = raw.rsplit(['/', '\\']).map(visible).find(|part| !part.is_empty());
        FileName(name.map_or_else(|| Self::NAMELESS.to_owned(), |name| shorten(&name)))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The part without unwanted characters, with single spaces inside and neither spaces nor dots at its
/// ends. Dots there mean folders and hidden files, or vanish on some systems.
fn visible(part: &str) -> String {
    let mut name = String::with_capacity(part.len());
    for c in part.chars() {
        if c.is_whitespace() {
            if !name.ends_with(' ') {
                name.push(' ');
            }
        } else if !is_unwanted(c) {
            name.push(c);
        }
    }
    name.trim_matches([' ', '.']).to_owned()
}

/// Control characters, and characters that are invisible or change the direction of writing: with
/// them `gnp.exe` can be shown as `exe.png`.
pub(crate) fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Cuts a long name in its middle, so that the ending survives.
fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= FileName::MAX_CHARS {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| {
        (1..=FileName::MAX_EXTENSION).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let kept = FileName::MAX_CHARS - ending.map_or(0, |ending| ending.len() + 1);
    let start: String = name.chars().take(kept).collect();
    let start = start.trim_end_matches([' ', '.']);
    match ending {
        Some(ending) => format!("{start}.{ending}"),
        None => start.to_owned(),
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for FileName {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(FileName::clean(&Cow::<str>::deserialize(d)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_people_and_devices_send() {
        let table = [
            ("IMG-20240102-WA0007.jpg", "IMG-20240102-WA0007.jpg"),
            ("Undangan rapat \"lantai 3\".pdf", "Undangan rapat \"lantai 3\".pdf"),
            ("C:\\Users\\Budi\\Desktop\\foto.png", "foto.png"),
            ("../../etc/passwd", "passwd"),
            ("folder/", "folder"),
            ("  dua   kata\t.docx ", "dua kata .docx"),
            (".htaccess", "htaccess"),
            ("surat.", "surat"),
            ("baris\nbaru\0.txt", "baris baru.txt"),
            ("foto\u{202e}gnp.exe", "fotognp.exe"),
            ("\u{feff}chat\u{200b}.txt", "chat.txt"),
            ("berkas 📄 é 文.pdf", "berkas 📄 é 文.pdf"),
            ("", "tanpa-nama"),
            ("..", "tanpa-nama"),
            ("/\\/ \u{200f}", "tanpa-nama"),
        ];
        for (raw, expected) in table {
            assert_eq!(FileName::clean(raw).as_str(), expected, "{raw:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let long = "é".repeat(300);
        let table = [
            (format!("{long}.pdf"), format!("{}.pdf", "é".repeat(116))),
            (long.clone(), "é".repeat(120)),
            (format!("{long}.bukan ending"), "é".repeat(120)),
            (format!("{}. .pdf{long}", "a".repeat(118)), "a".repeat(118)),
        ];
        for (raw, expected) in table {
            assert_eq!(FileName::clean(&raw).as_str(), expected);
        }
    }

    #[test]
    fn a_file_is_taken_in_with_what_identifies_it() {
        let taken = take_in("/tmp/Chat.txt", b"19/01/24 17.10 - A: b", 100).unwrap();
        assert_eq!(taken.digest, Digest::of(b"19/01/24 17.10 - A: b"));
        assert_eq!(taken.size, 21);
        assert_eq!(taken.media_type, MediaType::Text);
        assert_eq!(taken.name.as_str(), "Chat.txt");
    }

    #[test]
    fn the_type_is_not_taken_from_the_name() {
        let taken = take_in("foto.jpg", b"<script>alert(1)</script>", 100).unwrap();
        assert_eq!(taken.media_type, MediaType::Html);
        assert!(taken.media_type.is_active());
    }

    #[test]
    fn empty_and_large_files_are_refused_in_words() {
        let empty = take_in("a.jpg", b"", 10).unwrap_err();
        assert_eq!(
            empty.to_string(),
            "Berkas \"a.jpg\" kosong. Buka berkas itu di perangkat Anda; bila isinya tampak, unggah \
             lagi."
        );
        let large = take_in("a.jpg", &[0; 1025], 1024).unwrap_err();
        assert_eq!(
            large.to_string(),
            "Berkas \"a.jpg\" berukuran 1,1 KB, melebihi batas 1 KB. Kirim bagian yang penting saja, \
             atau serahkan berkas utuh di kantor pengawas pemilu."
        );
        assert!(take_in("a.jpg", &[0; 1024], 1024).is_ok());
    }

    #[test]
    fn sizes_read_as_people_write_them() {
        let table = [
            (0, "0 bita"),
            (1023, "1023 bita"),
            (1024, "1 KB"),
            (1536, "1,5 KB"),
            (10 << 20, "10 MB"),
            ((10 << 20) + 1, "10,1 MB"),
            (5 << 30, "5 GB"),
            (u64::MAX, "17179869184 GB"),
        ];
        for (bytes, expected) in table {
            assert_eq!(size_text(bytes), expected);
        }
    }

    proptest! {
        #[test]
        fn a_name_cannot_leave_its_folder_or_trick_the_eye(raw: Vec<char>) {
            let raw: String = raw.into_iter().collect();
            let name = FileName::clean(&raw);
            prop_assert!(!name.as_str().is_empty());
            prop_assert!(name.as_str().chars().count() <= FileName::MAX_CHARS);
            prop_assert!(!name.as_str().contains(['/', '\\']));
            prop_assert!(!name.as_str().contains(is_unwanted));
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(
            raw in "[a-z. /\u{202e}\u{a0}é\t]{0,20}[a-zé. ]{0,200}(\\.[a-z]{0,12})?",
        ) {
            let once = FileName::clean(&raw);
            prop_assert_eq!(FileName::clean(once.as_str()), once);
        }
    }
}
