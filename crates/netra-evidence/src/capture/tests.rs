use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::Digest;
use crate::metadata::StatedTime;
use crate::samples::archive;

fn capture(bytes: &[u8]) -> Option<Capture> {
    read(&mut Cursor::new(bytes)).unwrap()
}

fn listed(bytes: &[u8]) -> Warc {
    match capture(bytes) {
        Some(Capture::Warc(warc)) => warc,
        other => panic!("{other:?}"),
    }
}

fn wacz(bytes: &[u8]) -> Wacz {
    match capture(bytes) {
        Some(Capture::Wacz(wacz)) => wacz,
        other => panic!("{other:?}"),
    }
}

fn page(bytes: &[u8]) -> SavedPage {
    match capture(bytes) {
        Some(Capture::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

/// A record; the digests are stated as they are given.
fn record(kind: &str, content_type: &str, digests: &str, block: &[u8]) -> Vec<u8> {
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://contoh.example/kabar>\r\n");
    write!(head, "WARC-Date: 2023-12-30T13:15:03Z\r\nContent-Type: {content_type}\r\n").unwrap();
    write!(head, "{digests}Content-Length: {}\r\n\r\n", block.len()).unwrap();
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

const HTML: &[u8] = b"<html><title>Kabar &amp; Berita</title><p>Isi</p></html>";

fn answer(headers: &str, payload: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n", headers.as_bytes(), b"\r\n", payload].concat()
}

fn response(digests: &str, headers: &str, payload: &[u8]) -> Vec<u8> {
    record("response", "application/http; msgtype=response", digests, &answer(headers, payload))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", Digest::of(bytes))
}

#[test]
fn archives_list_what_was_captured() {
    let info = record("warcinfo", "application/warc-fields", "", b"software: contoh\r\n");
    let digests = format!("WARC-Payload-Digest: {}\r\n", sha256(HTML));
    let picture = record("resource", "image/png", "", b"\x89PNG");
    let records = [info, response(&digests, "", HTML), picture];
    let plain = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
    for bytes in [plain, members] {
        let warc = listed(&bytes);
        assert_eq!((warc.others, warc.left_out, warc.completeness), (1, 0, Completeness::Whole));
        let [page, picture] = warc.captured.as_slice() else { panic!("{warc:?}") };
        let expected = Captured {
            address: "https://contoh.example/kabar".to_owned(),
            time: Some("2023-12-30T13:15:03Z".parse().unwrap()),
            title: Some("Kabar & Berita".to_owned()),
            media_type: Some("text/html; charset=utf-8".to_owned()),
            status: Some(200),
            size: u64::try_from(HTML.len()).unwrap(),
            digest: DigestCheck::Right,
        };
        assert_eq!(page, &expected);
        assert_eq!((picture.media_type.as_deref(), picture.status, picture.size), (Some("image/png"), None, 4));
        assert_eq!(picture.digest, DigestCheck::NotStated);
    }
}

#[test]
fn digests_of_records() {
    let payload = |of: &[u8]| format!("WARC-Payload-Digest: {}\r\n", sha256(of));
    let block = |of: &[u8]| format!("WARC-Block-Digest: {}\r\n", sha256(of));
    let whole = answer("", HTML);
    let chunked = "Transfer-Encoding: chunked\r\n";
    let table = [
        (String::new(), "", DigestCheck::NotStated),
        (payload(HTML), "", DigestCheck::Right),
        (payload(b"lain"), "", DigestCheck::Wrong),
        (block(&whole), "", DigestCheck::Right),
        (block(b"lain"), "", DigestCheck::Wrong),
        (block(&whole) + &payload(b"lain"), "", DigestCheck::Wrong),
        (block(&whole) + "WARC-Payload-Digest: md5:00\r\n", "", DigestCheck::Right),
        (payload(b"lain"), chunked, DigestCheck::NotChecked),
        ("WARC-Payload-Digest: md5:00\r\n".to_owned(), "", DigestCheck::NotChecked),
    ];
    for (digests, headers, expected) in table {
        let warc = listed(&response(&digests, headers, HTML));
        assert_eq!(warc.captured.first().unwrap().digest, expected, "{digests}{headers}");
    }
}

/// Payloads whose headers end at every place of the pieces in which they are read.
#[test]
fn digests_do_not_depend_on_pieces() {
    for length in 7700..8000 {
        let headers = format!("X: {}\r\n", "x".repeat(length));
        let digests = format!("WARC-Payload-Digest: {}\r\n", sha256(HTML));
        assert_eq!(listed(&response(&digests, &headers, HTML)).captured.first().unwrap().digest, DigestCheck::Right);
    }
}

#[test]
fn packed_pages_have_titles() {
    let bytes = response("", "Content-Encoding: gzip\r\n", &packed(HTML));
    assert_eq!(listed(&bytes).captured.first().unwrap().title.as_deref(), Some("Kabar & Berita"));
}

#[test]
fn damaged_archives_are_listed_as_far_as_they_go() {
    let one = response("", "", HTML);
    let plain = [one.clone(), one.clone()].concat();
    let cut = listed(&plain[..plain.len() - 30]);
    assert_eq!((cut.captured.len(), cut.completeness), (1, Completeness::CutOff));
    let members = [packed(&one), packed(&one)].concat();
    let cut = listed(&members[..members.len() - 30]);
    assert_eq!(cut.captured.len(), 1);
    assert!(matches!(cut.completeness, Completeness::CutOff | Completeness::Malformed), "{:?}", cut.completeness);
    let broken = [one.clone(), b"BUKAN/1.0\r\nContent-Length: 3\r\n\r\nabc".to_vec()].concat();
    assert_eq!(listed(&broken).completeness, Completeness::Malformed);
    let endless = [one, b"WARC/1.1\r\nContent-Length: 99999999999999\r\n\r\nabc".to_vec()].concat();
    assert_eq!(listed(&endless).completeness, Completeness::CutOff);
}

/// A few kilobytes that unpack to hundreds of megabytes.
#[test]
fn what_unpacks_to_absurd_sizes_is_cut_off() {
    let huge = response("", "", &vec![b' '; 24 << 20]);
    let bytes = packed(&huge);
    assert!(bytes.len() < 64 << 10);
    assert_eq!(listed(&bytes).completeness, Completeness::LimitReached);
}

/// An archive with its table of contents, right in all its parts; then what a test adds.
struct Package {
    resources: Vec<(String, String, usize)>,
    files: Vec<(String, Vec<u8>)>,
    digest: Option<String>,
}

impl Package {
    fn new() -> Package {
        let digests = format!("WARC-Payload-Digest: {}\r\n", sha256(HTML));
        let warc = packed(&response(&digests, "", HTML));
        let pages = concat!(
            "{\"format\":\"json-pages-1.0\",\"id\":\"pages\"}\n",
            "{\"url\":\"https://contoh.example/kabar\",\"title\":\"Kabar\",\"ts\":\"2023-12-30T13:15:03.000Z\"}\n",
            "rusak\n"
        );
        let mut package = Package { resources: Vec::new(), files: Vec::new(), digest: None };
        package.add("archive/data.warc.gz", warc);
        package.add("pages/pages.jsonl", pages.as_bytes().to_vec());
        package
    }

    fn add(&mut self, name: &str, content: Vec<u8>) {
        self.resources.push((name.to_owned(), sha256(&content), content.len()));
        self.files.push((name.to_owned(), content));
    }

    fn build(&self) -> Vec<u8> {
        let resources: Vec<serde_json::Value> = self
            .resources
            .iter()
            .map(|(path, hash, bytes)| serde_json::json!({"path": path, "hash": hash, "bytes": bytes}))
            .collect();
        let contents = serde_json::json!({
            "profile": "data-package", "wacz_version": "1.1.1", "title": "Tangkapan", "software": "contoh 1",
            "created": "2023-12-30T14:00:00Z", "resources": resources,
        });
        let contents = contents.to_string();
        let hash = self.digest.clone().unwrap_or_else(|| sha256(contents.as_bytes()));
        let digest = serde_json::json!({"path": "datapackage.json", "hash": hash, "signedData": {"signature": "x"}});
        let digest = digest.to_string();
        let mut files: Vec<(&str, &[u8])> =
            self.files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        files.push(("datapackage.json", contents.as_bytes()));
        files.push(("datapackage-digest.json", digest.as_bytes()));
        archive(&files)
    }

    fn state(&self, path: &str) -> ResourceState {
        wacz(&self.build()).resources.into_iter().find(|resource| resource.path == path).unwrap().state
    }
}

#[test]
fn packages_are_checked_and_listed() {
    let wacz = wacz(&Package::new().build());
    assert_eq!((wacz.title.as_deref(), wacz.software.as_deref()), (Some("Tangkapan"), Some("contoh 1")));
    assert_eq!((wacz.contents, wacz.signature), (DigestCheck::Right, SignatureState::NotVerified));
    assert!(wacz.resources.iter().all(|resource| resource.state == ResourceState::Right), "{:?}", wacz.resources);
    assert_eq!((wacz.unlisted.len(), wacz.skipped.len()), (0, 0));
    let [page] = wacz.pages.as_slice() else { panic!("{:?}", wacz.pages) };
    assert_eq!((page.address.as_str(), page.title.as_deref()), ("https://contoh.example/kabar", Some("Kabar")));
    assert_eq!(page.time, Some("2023-12-30T13:15:03Z".parse().unwrap()));
    assert_eq!(wacz.captured.captured.len(), 1);
}

#[test]
fn what_does_not_fit_its_table_is_named() {
    let path = "archive/data.warc.gz";
    let mut changed = Package::new();
    changed.files[0].1.push(0);
    assert_eq!(changed.state(path), ResourceState::Wrong);
    let mut missing = Package::new();
    missing.files.remove(0);
    assert_eq!(missing.state(path), ResourceState::Missing);
    let mut shorter = Package::new();
    shorter.resources[0].2 += 1;
    assert_eq!(shorter.state(path), ResourceState::Wrong);
    let mut unknown = Package::new();
    unknown.resources[0].1 = "md5:00".to_owned();
    assert_eq!(unknown.state(path), ResourceState::NotChecked);
    let mut outside = Package::new();
    outside.resources[0].0 = "../luar".to_owned();
    assert_eq!(outside.state("../luar"), ResourceState::NotChecked);
    let mut unlisted = Package::new();
    unlisted.resources.remove(0);
    assert_eq!(wacz(&unlisted.build()).unlisted, [path]);
    let mut digest = Package::new();
    digest.digest = Some(sha256(b"lain"));
    assert_eq!(wacz(&digest.build()).contents, DigestCheck::Wrong);
}

#[test]
fn links_and_ways_out_are_left_alone() {
    let mut package = Package::new();
    package.add("../luar.txt", b"x".to_vec());
    let names = wacz(&package.build()).skipped;
    assert_eq!(names, ["../luar.txt"]);
    // A link instead of a page.
    let mut writer = ZipWriter::new_append(Cursor::new(Package::new().build())).unwrap();
    writer.add_symlink("pages/tautan", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(wacz(&bytes).skipped, ["pages/tautan"]);
}

#[test]
fn archives_of_other_kinds_are_none() {
    assert_eq!(capture(&archive(&[("a.txt", b"a")])), None);
    for contents in [&b"{}"[..], b"[]", b"", b"{\"resources\":1}"] {
        let bytes = archive(&[("datapackage.json", contents)]);
        assert!(matches!(read(&mut Cursor::new(bytes)), Err(CaptureError::Contents)));
    }
}

fn instant(time: Option<StatedTime>) -> Option<String> {
    match time {
        Some(StatedTime::Instant { at, .. }) => Some(at.to_string()),
        _ => None,
    }
}

#[test]
fn saved_pages_tell_address_and_time() {
    let single = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://contoh.example/kabar \n \
        saved date: Sat Dec 30 2023 20:15:03 GMT+0700 (Waktu Indonesia Barat)\n--><title>Kabar</title><p>Isi";
    let marked =
        "<!DOCTYPE html>\n<!-- saved from url=(0028)https://contoh.example/kabar -->\n<title>Kabar</title><p>Isi";
    let mail = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://contoh.example/kabar\r\n\
        Subject: =?utf-8?Q?Kabar?=\r\nDate: Sat, 30 Dec 2023 13:15:03 -0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B----\"\r\n\r\n\r\n\
        ------B----\r\nContent-Type: image/png\r\n\r\nx\r\n\
        ------B----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <title>Kabar</title><p class=3D\"a\">Is=\r\ni\r\n------B------\r\n";
    let time = Some("2023-12-30T13:15:03Z");
    let table = [(single, PageForm::SingleFile, time), (marked, PageForm::Html, None), (mail, PageForm::Mhtml, time)];
    for (text, form, time) in table {
        let page = page(text.as_bytes());
        assert_eq!(page.form, form);
        assert_eq!(page.address.as_deref(), Some("https://contoh.example/kabar"), "{form:?}");
        assert_eq!(instant(page.time).as_deref(), time, "{form:?}");
        assert_eq!((page.title.as_deref(), page.words.as_str()), (Some("Kabar"), "Isi"), "{form:?}");
    }
    assert_eq!(capture(b"Surat biasa"), None);
    assert_eq!(capture(b""), None);
}

const BEGINNINGS: [&[u8]; 7] = [
    b"",
    b"WARC/1.0\r\nContent-Length: 9\r\nContent-Type: application/http\r\nWARC-Type: response\r\nWARC-Target-URI: a\r\n\r\n",
    b"\x1F\x8B\x08\0\0\0\0\0\0\0",
    b"PK\x03\x04",
    b"<html><title",
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n",
    b"<!-- Page saved with SingleFile url: saved date:",
];

proptest! {
    #[test]
    fn any_bytes_are_listed_or_refused(start in 0..BEGINNINGS.len(), rest: Vec<u8>) {
        let bytes = [BEGINNINGS[start], &rest].concat();
        if let Ok(Some(Capture::Page(page))) = read(&mut Cursor::new(&bytes)) {
            prop_assert!(page.words.chars().count() <= 60_000);
        }
    }

    #[test]
    fn changed_packages_are_listed_or_refused(changes in proptest::collection::vec((0..900_usize, any::<u8>()), 1..6)) {
        let mut bytes = Package::new().build();
        for (place, byte) in changes {
            if let Some(changed) = bytes.get_mut(place) {
                *changed = byte;
            }
        }
        if let Ok(Some(Capture::Wacz(wacz))) = read(&mut Cursor::new(&bytes)) {
            prop_assert!(wacz.resources.len() <= 3);
        }
    }
}
