//! The true type of a file, told from its first bytes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{container, markup};

/// One table, so that a type cannot lack its name or label.
macro_rules! media_types {
    ($($name:ident, $essence:literal, $indonesian:literal;)+) => {
        /// A type of file that offices receive as evidence; the label says which.
        ///
        /// Written as its media type, `image/jpeg`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[doc(alias = "jenis berkas")]
        pub enum MediaType {
            $(
                #[doc = concat!($indonesian, ", `", $essence, "`.")]
                $name,
            )+
        }

        impl MediaType {
            /// All types.
            pub const ALL: &'static [MediaType] = &[$(MediaType::$name),+];

            /// The media type without parameters, as HTTP and JSON name it.
            pub fn essence(self) -> &'static str {
                match self {
                    $(MediaType::$name => $essence,)+
                }
            }

            /// The label that people read.
            pub fn indonesian(self) -> &'static str {
                match self {
                    $(MediaType::$name => $indonesian,)+
                }
            }
        }
    };
}

media_types! {
    Jpeg, "image/jpeg", "Foto JPEG";
    Png, "image/png", "Gambar PNG";
    Gif, "image/gif", "Gambar GIF";
    Webp, "image/webp", "Gambar WebP";
    Heic, "image/heic", "Foto HEIC";
    Heif, "image/heif", "Foto HEIF";
    Avif, "image/avif", "Gambar AVIF";
    Mp4, "video/mp4", "Video MP4";
    ThreeGp, "video/3gpp", "Video 3GP";
    QuickTime, "video/quicktime", "Video QuickTime (MOV)";
    Webm, "video/webm", "Video WebM";
    Matroska, "video/x-matroska", "Video Matroska (MKV)";
    Avi, "video/x-msvideo", "Video AVI";
    OggAudio, "audio/ogg", "Rekaman suara Ogg/Opus";
    Ogg, "application/ogg", "Rekaman Ogg";
    Mp3, "audio/mpeg", "Rekaman suara MP3";
    M4a, "audio/mp4", "Rekaman suara M4A";
    Aac, "audio/aac", "Rekaman suara AAC";
    Wav, "audio/wav", "Rekaman suara WAV";
    Amr, "audio/amr", "Rekaman suara AMR";
    Pdf, "application/pdf", "Dokumen PDF";
    Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Dokumen Word (DOCX)";
    Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Lembar kerja Excel (XLSX)";
    Pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "Presentasi PowerPoint (PPTX)";
    Odt, "application/vnd.oasis.opendocument.text", "Dokumen OpenDocument (ODT)";
    Ods, "application/vnd.oasis.opendocument.spreadsheet", "Lembar kerja OpenDocument (ODS)";
    Odp, "application/vnd.oasis.opendocument.presentation", "Presentasi OpenDocument (ODP)";
    OldOffice, "application/x-ole-storage", "Dokumen Office lama (DOC, XLS, PPT)";
    Rtf, "application/rtf", "Dokumen RTF";
    Zip, "application/zip", "Arsip ZIP";
    Rar, "application/vnd.rar", "Arsip RAR";
    SevenZip, "application/x-7z-compressed", "Arsip 7z";
    Email, "message/rfc822", "Surat elektronik (EML)";
    Html, "text/html", "Halaman web (HTML)";
    Svg, "image/svg+xml", "Gambar vektor (SVG)";
    Xml, "application/xml", "Berkas XML";
    Text, "text/plain", "Teks";
    Unknown, "application/octet-stream", "Jenis tidak dikenal";
}

/// Types that fixed bytes at a fixed place give away.
const MAGIC: &[(&[u8], MediaType)] = &[
    (b"\xFF\xD8\xFF", MediaType::Jpeg),
    (b"\x89PNG\r\n\x1A\n", MediaType::Png),
    (b"GIF87a", MediaType::Gif),
    (b"GIF89a", MediaType::Gif),
    (b"%PDF-", MediaType::Pdf),
    (b"ID3\x02", MediaType::Mp3),
    (b"ID3\x03", MediaType::Mp3),
    (b"ID3\x04", MediaType::Mp3),
    (b"#!AMR", MediaType::Amr),
    (b"Rar!\x1A\x07", MediaType::Rar),
    (b"7z\xBC\xAF\x27\x1C", MediaType::SevenZip),
    (b"{\\rtf", MediaType::Rtf),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", MediaType::OldOffice),
];

impl MediaType {
    /// The type of these bytes; [`MediaType::Unknown`] when nothing fits.
    ///
    /// A file that pretends to be two things gets the first that fits, and text that a browser could
    /// take for markup counts as markup, also when it is in UTF-16 or not valid text at all.
    pub fn detect(bytes: &[u8]) -> MediaType {
        MAGIC
            .iter()
            .find(|(magic, _)| bytes.starts_with(magic))
            .map(|(_, kind)| *kind)
            .or_else(|| container::detect(bytes))
            .or_else(|| markup::detect(bytes))
            .unwrap_or(MediaType::Unknown)
    }

    /// Whether a browser that renders it may run what the sender wrote. Such files are offered for
    /// download only and never shown in a page.
    pub fn is_active(self) -> bool {
        matches!(self, MediaType::Html | MediaType::Svg | MediaType::Xml)
    }

    /// Whether it is a picture made of pixels. Vector graphics are not: they are
    /// [active](MediaType::is_active).
    pub fn is_image(self) -> bool {
        matches!(
            self,
            MediaType::Jpeg
                | MediaType::Png
                | MediaType::Gif
                | MediaType::Webp
                | MediaType::Heic
                | MediaType::Heif
                | MediaType::Avif
        )
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.essence())
    }
}

/// The text names no type that this crate knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' bukan jenis berkas yang dikenal: tulis jenis media seperti image/jpeg")]
pub struct MediaTypeError(String);

impl FromStr for MediaType {
    type Err = MediaTypeError;

    fn from_str(text: &str) -> Result<MediaType, MediaTypeError> {
        MediaType::ALL
            .iter()
            .copied()
            .find(|kind| kind.essence() == text)
            .ok_or_else(|| MediaTypeError(text.chars().take(80).collect()))
    }
}

impl Serialize for MediaType {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.essence())
    }
}

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn types_that_fixed_bytes_give_away() {
        let table: &[(&[u8], MediaType)] = &[
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", MediaType::Jpeg),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", MediaType::Png),
            (b"GIF89a\x01\0\x01\0", MediaType::Gif),
            (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", MediaType::Pdf),
            (b"ID3\x03\0\0\0\0\0\0", MediaType::Mp3),
            (b"ID3,nama\n1,Budi\n", MediaType::Text),
            (b"#!AMR\n\x3C", MediaType::Amr),
            (b"#!AMR-WB\n", MediaType::Amr),
            (b"Rar!\x1A\x07\x01\0", MediaType::Rar),
            (b"7z\xBC\xAF\x27\x1C\0\x04", MediaType::SevenZip),
            (b"{\\rtf1\\ansi}", MediaType::Rtf),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", MediaType::OldOffice),
            (b"", MediaType::Unknown),
            (b"\0\x01\x02\x03", MediaType::Unknown),
        ];
        for (bytes, expected) in table {
            assert_eq!(MediaType::detect(bytes), *expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn essences_name_their_type() {
        for kind in MediaType::ALL {
            assert_eq!(kind.essence().parse::<MediaType>(), Ok(*kind));
            assert!(!kind.indonesian().is_empty());
        }
        let error = "image/x-unheard-of".parse::<MediaType>().unwrap_err();
        assert!(error.to_string().contains("image/x-unheard-of"), "{error}");
    }

    #[test]
    fn nothing_active_counts_as_an_image() {
        for kind in MediaType::ALL {
            assert!(!(kind.is_active() && kind.is_image()), "{kind}");
        }
        assert!(MediaType::Svg.is_active());
        assert!(MediaType::Jpeg.is_image());
    }

    /// Beginnings after which lengths and offsets are read.
    const BEGINNINGS: [&[u8]; 7] =
        [b"", b"PK\x03\x04", b"PK\x05\x06", b"\0\0\0\x20ftyp", b"OggS", b"\x1A\x45\xDF\xA3", b"RIFF"];

    proptest! {
        #[test]
        fn any_bytes_have_a_type(start in 0..BEGINNINGS.len(), rest: Vec<u8>) {
            let bytes = [BEGINNINGS[start], &rest].concat();
            prop_assert!(MediaType::ALL.contains(&MediaType::detect(&bytes)));
        }
    }
}
