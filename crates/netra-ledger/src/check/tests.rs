//! Dossiers that were tampered with on the way.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{DossierFault, Verified, verify};
use crate::Dossier;
use crate::dossier::{LISTING, MANIFEST, hex};

const LIMIT: u64 = 1 << 20;

type Files = BTreeMap<String, Vec<u8>>;

fn dossier(files: &Files) -> Vec<u8> {
    let mut dossier = Dossier::new();
    for (path, bytes) in files {
        dossier.add(path.parse().unwrap(), bytes.clone()).unwrap();
    }
    dossier.finish(&serde_json::json!({"matter": "001/LP/PP/Kab/23.05/I/2024"})).unwrap()
}

fn sample() -> Files {
    let files: [(&str, &[u8]); 3] = [
        ("acts/0001.json", b"{\"kind\":\"report\"}"),
        ("acts/0002.json", b"{\"kind\":\"receipt\"}"),
        ("exhibits/chat.txt", b"19/01/24 17.10 - A: b\n"),
    ];
    let owned = |(path, bytes): (&str, &[u8])| (path.to_owned(), bytes.to_vec());
    files.into_iter().map(owned).collect()
}

fn unpack(bytes: &[u8]) -> Files {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(name, content);
    }
    files
}

fn pack(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is found after somebody unpacked the sample, changed its files and packed them again.
fn after(change: impl FnOnce(&mut Files)) -> Result<Verified, DossierFault> {
    let mut files = unpack(&dossier(&sample()));
    change(&mut files);
    verify(&pack(&files), LIMIT)
}

/// Makes the manifest fit again, as a careful forger would.
fn refit(files: &mut Files) {
    files.remove(MANIFEST);
    let manifest: String =
        files.iter().map(|(path, content)| format!("{}  {path}\n", hex(&Sha256::digest(content)))).collect();
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
}

#[test]
fn a_dossier_shows_its_header_and_files() {
    let bytes = dossier(&sample());
    let verified = verify(&bytes, LIMIT).unwrap();
    assert_eq!(verified.header["matter"], "001/LP/PP/Kab/23.05/I/2024");
    let names: Vec<&str> = verified.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["acts/0001.json", "acts/0002.json", "exhibits/chat.txt"]);
    assert_eq!(verified.files[2].size, 22);
    assert_eq!(verified.fingerprint, hex(&Sha256::digest(&unpack(&bytes)[MANIFEST])));
}

#[test]
fn the_manifest_is_what_sha256sum_reads() {
    let files = unpack(&dossier(&sample()));
    let manifest = String::from_utf8(files[MANIFEST].clone()).unwrap();
    let expected: String = ["acts/0001.json", "acts/0002.json", LISTING, "exhibits/chat.txt"]
        .iter()
        .map(|path| format!("{}  {path}\n", hex(&Sha256::digest(&files[*path]))))
        .collect();
    assert_eq!(manifest, expected);
}

#[test]
fn packing_again_without_changes_is_no_tampering() {
    let original = verify(&dossier(&sample()), LIMIT).unwrap();
    assert_eq!(after(|_| ()).unwrap(), original);
}

#[test]
fn a_flipped_bit_is_found() {
    let fault = after(|files| files.get_mut("acts/0001.json").unwrap()[0] ^= 1).unwrap_err();
    assert!(fault.to_string().starts_with("'acts/0001.json' was changed"), "{fault}");
}

#[test]
fn a_removed_file_is_found() {
    let fault = after(|files| drop(files.remove("exhibits/chat.txt"))).unwrap_err();
    assert!(fault.to_string().starts_with("'exhibits/chat.txt' was removed"), "{fault}");
}

#[test]
fn an_added_file_is_found() {
    let fault = after(|files| drop(files.insert("acts/0003.json".to_owned(), vec![])));
    let fault = fault.unwrap_err();
    assert!(fault.to_string().starts_with("'acts/0003.json' was added"), "{fault}");
}

#[test]
fn a_path_that_leaves_the_folder_is_found_before_anything_is_read() {
    for path in ["../evil.sh", "/etc/passwd", "acts\\0001.json", "acts/", "a b"] {
        let fault = after(|files| drop(files.insert(path.to_owned(), vec![]))).unwrap_err();
        assert!(matches!(&fault, DossierFault::PathUnsafe(found) if found == path), "{fault}");
    }
}

#[test]
fn a_link_is_no_file() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("acts", "/etc", SimpleFileOptions::default()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let fault = verify(&bytes, LIMIT).unwrap_err();
    assert!(matches!(fault, DossierFault::PathUnsafe(_)), "{fault}");
}

#[test]
fn a_missing_or_broken_manifest_is_found() {
    let fault = after(|files| drop(files.remove(MANIFEST))).unwrap_err();
    assert!(matches!(fault, DossierFault::ManifestMissing), "{fault}");

    let digest = "0".repeat(64);
    let table = [
        ("halo\n".to_owned(), 1),
        (format!("{digest}  a\n{digest} b\n"), 2),
        (format!("{digest}  a\n{digest}  a\n"), 2),
        (format!("{}  a\n", "A".repeat(64)), 1),
        (format!("{digest}  a\r\n"), 1),
        (format!("{digest}  ../a\n"), 1),
        (format!("{digest}  {MANIFEST}\n"), 1),
    ];
    for (text, expected) in table {
        let fault = after(|files| drop(files.insert(MANIFEST.to_owned(), text.clone().into())));
        let fault = fault.unwrap_err();
        assert!(matches!(fault, DossierFault::ManifestUnreadable { line } if line == expected), "{text:?}: {fault}");
    }
}

#[test]
fn a_listing_that_tells_another_story_is_found() {
    let differs = after(|files| {
        files.remove("acts/0002.json");
        refit(files);
    });
    assert!(matches!(differs, Err(DossierFault::ListingDiffers)));

    let unreadable = after(|files| {
        files.insert(LISTING.to_owned(), b"{}".to_vec());
        refit(files);
    });
    assert!(matches!(unreadable, Err(DossierFault::ListingUnreadable(_))));

    let newer = after(|files| {
        let listing = br#"{"format":"netra-dossier/9","header":null,"files":[]}"#;
        files.insert(LISTING.to_owned(), listing.to_vec());
        refit(files);
    });
    assert!(matches!(newer, Err(DossierFault::FormatUnknown(_))));

    let none = after(|files| {
        files.remove(LISTING);
        refit(files);
    });
    assert!(matches!(none, Err(DossierFault::FileMissing(_))));
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    let whole = dossier(&sample());
    let cut = &whole[..whole.len() / 2];
    for bytes in [b"".as_slice(), b"halo", cut] {
        let fault = verify(bytes, LIMIT).unwrap_err();
        assert!(matches!(fault, DossierFault::NotZip(_)), "{fault}");
    }
}

#[test]
fn two_files_at_one_place_are_found() {
    let two: Files = [("a1".to_owned(), vec![1]), ("a2".to_owned(), vec![2])].into();
    let mut bytes = pack(&two);
    for at in 0..bytes.len() - 1 {
        if bytes[at..].starts_with(b"a2") {
            bytes[at + 1] = b'1';
        }
    }
    let fault = verify(&bytes, LIMIT).unwrap_err();
    assert!(matches!(fault, DossierFault::NotZip(_)), "{fault}");
}

#[test]
fn a_small_archive_that_grows_beyond_the_limit_is_not_unpacked() {
    let zeros: Files = [("zeros.bin".to_owned(), vec![0; 2 << 20])].into();
    let bytes = dossier(&zeros);
    assert!(bytes.len() < 100_000);
    let fault = verify(&bytes, LIMIT).unwrap_err();
    assert!(matches!(fault, DossierFault::TooLarge { limit: LIMIT }), "{fault}");
    assert!(verify(&bytes, 3 << 20).is_ok());
}

#[test]
fn every_fault_is_told_to_indonesian_readers_too() {
    let fault = after(|files| drop(files.remove("acts/0001.json"))).unwrap_err();
    assert_eq!(
        fault.indonesian(),
        "'acts/0001.json' hilang: tercantum dalam daftar tetapi tidak ada dalam arsip. Minta \
         berkas aslinya."
    );
}

fn any_files() -> impl Strategy<Value = Files> {
    let path = "[a-z0-9_-]{1,8}(/[a-z0-9_-]{1,8}){0,2}";
    let content = proptest::collection::vec(any::<u8>(), 0..200);
    proptest::collection::btree_map(path, content, 0..8)
}

proptest! {
    #[test]
    fn any_set_of_files_verifies(files in any_files()) {
        let verified = verify(&dossier(&files), LIMIT).unwrap();
        let names: Vec<String> =
            verified.files.iter().map(|file| file.path.to_string()).collect();
        prop_assert_eq!(names, files.into_keys().collect::<Vec<_>>());
    }

    #[test]
    fn any_changed_byte_is_found_or_changes_no_file(at: prop::sample::Index, with: u8) {
        let mut bytes = dossier(&sample());
        let original = verify(&bytes, LIMIT).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = with;
        if let Ok(verified) = verify(&bytes, LIMIT) {
            prop_assert_eq!(verified, original);
        }
    }

    #[test]
    fn any_bytes_are_judged(bytes: Vec<u8>) {
        prop_assert!(verify(&bytes, LIMIT).is_err());
    }
}
