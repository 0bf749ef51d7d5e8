//! The files of a bag that are not its payload: how they are called, written and read.

use std::collections::BTreeMap;

use super::FORMAT;
use super::about::{BundleHead, is_digest};
use crate::path::DossierPath;

/// Says that it is a bag.
pub(super) const BAGIT: &str = "bagit.txt";
/// What [`BAGIT`] holds.
pub(super) const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// Says what the bag is about.
pub(super) const INFO: &str = "bag-info.txt";
/// The digests of the payload.
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of the other files but itself and the signature.
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Who sends what to whom.
pub(super) const ABOUT: &str = "netra/bundle.json";
/// The sender's signature.
pub(super) const SIGNATURE: &str = "netra/signature.txt";
/// The description for archives, at the root of the payload.
pub(super) const CRATE: &str = "data/ro-crate-metadata.json";
/// What stands before every place of the payload.
pub(super) const PAYLOAD: &str = "data/";

/// The files whose digests stand in [`TAG_MANIFEST`].
pub(super) const TAGGED: [&str; 4] = [INFO, BAGIT, MANIFEST, ABOUT];
/// All files outside the payload.
pub(super) const TAGS: [&str; 6] = [INFO, BAGIT, MANIFEST, ABOUT, SIGNATURE, TAG_MANIFEST];

/// What stands before the value in [`INFO`] that tells how much payload there is.
const OXUM: &str = "Payload-Oxum: ";

/// Number of bytes and files of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Oxum {
    pub(super) bytes: u64,
    pub(super) files: u64,
}

/// Digests by path.
pub(super) type Digests = BTreeMap<DossierPath, String>;

/// What is signed: the layout's name, so that the signature means nothing elsewhere, and the digests.
pub(super) fn signed_text(tag_manifest: &str) -> String {
    format!("{FORMAT}\n{tag_manifest}")
}

/// The text of [`INFO`].
pub(super) fn info(head: &BundleHead, oxum: Oxum) -> String {
    let date = head.created.to_string();
    let date = date.split('T').next().unwrap_or_default();
    let lines = [
        ("Bag-Software-Agent", "netra".to_owned()),
        ("Bagging-Date", date.to_owned()),
        ("External-Description", format!("Berkas perkara untuk {}", one_line(&head.to.name))),
        ("External-Identifier", one_line(&head.matter)),
        ("Payload-Oxum", format!("{}.{}", oxum.bytes, oxum.files)),
        ("Source-Organization", one_line(&head.from.name)),
    ];
    lines.iter().map(|(label, value)| format!("{label}: {value}\n")).collect()
}

/// The number of bytes and files that a text of [`INFO`] tells; none unless it does so once.
pub(super) fn oxum(info: &str) -> Option<Oxum> {
    let mut found = info.lines().filter_map(|line| line.strip_prefix(OXUM));
    let (bytes, files) = found.next()?.split_once('.')?;
    let oxum = Oxum { bytes: bytes.parse().ok()?, files: files.parse().ok()? };
    found.next().is_none().then_some(oxum)
}

/// A value that stands on one line whatever was typed.
fn one_line(value: &str) -> String {
    value.split(char::is_control).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// A list of digests as `sha256sum` writes it.
pub(super) fn manifest<'a>(digests: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    digests.into_iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

/// Reads a list of digests; tells of the first line, counted from 1, that is none or repeats a path.
pub(super) fn parse_manifest(text: &str) -> Result<Digests, usize> {
    let mut digests = Digests::new();
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(text.lines().count());
    }
    for (line, n) in text.lines().zip(1..) {
        let (digest, path) = line.split_once("  ").ok_or(n)?;
        let path: DossierPath = path.parse().map_err(|_| n)?;
        if !is_digest(digest) || digests.insert(path, digest.to_owned()).is_some() {
            return Err(n);
        }
    }
    Ok(digests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_digests_is_read_as_it_was_written() {
        let digest = "ab".repeat(32);
        let text = manifest([("data/a", digest.as_str()), ("data/b", digest.as_str())]);
        let read = parse_manifest(&text).unwrap();
        assert_eq!(read.keys().map(DossierPath::as_str).collect::<Vec<_>>(), ["data/a", "data/b"]);
        let line = format!("{digest}  data/a\n");
        let table = [
            (format!("{line}{line}"), 2),
            (format!("{line}{digest} data/b\n"), 2),
            (format!("{line}{digest}  ../b\n"), 2),
            (format!("{}  data/a\n", &digest[1..]), 1),
            (line.trim_end().to_owned(), 1),
        ];
        for (text, n) in table {
            assert_eq!(parse_manifest(&text), Err(n), "{text:?}");
        }
    }

    #[test]
    fn the_size_of_the_payload_is_told_once() {
        let oxum_of = |text: &str| oxum(text).map(|oxum| (oxum.bytes, oxum.files));
        assert_eq!(oxum_of("A: b\nPayload-Oxum: 12.3\n"), Some((12, 3)));
        for other in ["", "Payload-Oxum: 12\n", "Payload-Oxum: -1.3\n", "Payload-Oxum: 1.2\nPayload-Oxum: 1.2\n"] {
            assert_eq!(oxum_of(other), None, "{other:?}");
        }
    }

    #[test]
    fn what_was_typed_on_two_lines_stands_on_one() {
        assert_eq!(one_line("Kantor\nSatu\r\n"), "Kantor Satu");
    }
}
