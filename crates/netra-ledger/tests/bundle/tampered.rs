//! Bundles that were tampered with on the way.

use std::io::{Cursor, Write as _};

use netra_ledger::bundle::{BundleFault, BundleLimits, verify_bundle};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::sample::*;

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the lists fit again, as a careful forger would who has no key.
fn refit(files: &mut Files) {
    let list = |files: &Files, keep: &dyn Fn(&str) -> bool| {
        let inside = files.iter().map(|(name, content)| (name[FOLDER.len() + 1..].to_owned(), digest(content)));
        let lines = inside.filter(|(path, _)| keep(path)).map(|(path, digest)| format!("{digest}  {path}\n"));
        lines.collect::<String>().into_bytes()
    };
    let payload = list(files, &|path| path.starts_with("data/"));
    files.insert(at("manifest-sha256.txt"), payload);
    let tags = list(files, &|path| {
        !path.starts_with("data/") && path != "tagmanifest-sha256.txt" && path != "netra/signature.txt"
    });
    files.insert(at("tagmanifest-sha256.txt"), tags);
}

fn fault(change: impl FnOnce(&mut Files)) -> (&'static str, String) {
    let fault = after(change).unwrap_err();
    assert!(!fault.indonesian().is_empty() && !fault.to_string().is_empty());
    (fault.id(), fault.file().unwrap_or_default().to_owned())
}

#[test]
fn every_changed_file_is_named() {
    for path in ["data/acts/0001.json", "data/exhibits/001.jpg", "data/ledger/0002.tlog-proof", "bag-info.txt"] {
        let found = fault(|files| files.get_mut(&at(path)).unwrap()[3] ^= 1);
        assert_eq!(found, ("file-changed", path.to_owned()));
    }
}

#[test]
fn missing_and_added_files_are_named() {
    for path in ["data/exhibits/001.jpg", "data/acts/0003.json", "bagit.txt", "netra/signature.txt"] {
        let found = fault(|files| drop(files.remove(&at(path))));
        assert_eq!(found, ("file-missing", path.to_owned()));
    }
    for path in ["data/exhibits/002.jpg", "fetch.txt", "netra/lain.txt", "manifest-md5.txt"] {
        let found = fault(|files| drop(files.insert(at(path), b"x".to_vec())));
        assert_eq!(found, ("file-added", path.to_owned()));
    }
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let table = [
        format!("{FOLDER}/../x"),
        "../x".to_owned(),
        "/etc/x".to_owned(),
        "lain/x".to_owned(),
        "tanpa-folder".to_owned(),
        format!("{FOLDER}/data/é.txt"),
        format!("{FOLDER}/data\\x"),
    ];
    for name in table {
        let found = fault(|files| drop(files.insert(name.clone(), b"x".to_vec())));
        assert_eq!(found, ("path-unsafe", name));
    }
    let found = fault(|files| drop(files.insert(at("data/Exhibits/001.jpg"), b"x".to_vec())));
    assert_eq!(found.0, "name-twice");
}

#[test]
fn a_link_is_no_file() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in unpack(&bundle().1) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.add_symlink(at("data/tautan"), "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let fault = verify(&zip.finish().unwrap().into_inner()).unwrap_err();
    assert_eq!((fault.id(), fault.file()), ("path-unsafe", Some(at("data/tautan").as_str())));
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let bomb = |files: &mut Files| drop(files.insert(at("data/exhibits/002.jpg"), vec![0; 8 << 20]));
    assert_eq!(fault(bomb), ("bomb", at("data/exhibits/002.jpg")));
    let bytes = bundle().1;
    let limited = |limits: BundleLimits| verify_bundle(Cursor::new(&bytes), &limits).unwrap_err().id();
    assert_eq!(limited(BundleLimits { total: 60_000, ..LIMITS }), "too-large");
    assert_eq!(limited(BundleLimits { files: 5, ..LIMITS }), "too-many-files");
}

#[test]
fn lists_that_fit_again_do_not_fit_the_signature() {
    let changes: [fn(&mut Files); 3] = [
        |files| files.get_mut(&at("data/exhibits/001.jpg")).unwrap()[0] ^= 1,
        |files| drop(files.remove(&at("data/exhibits/001.jpg"))),
        |files| drop(files.insert(at("data/exhibits/002.jpg"), b"x".to_vec())),
    ];
    for change in changes {
        let found = fault(|files| {
            change(files);
            refit(files);
        });
        assert_eq!(found.0, "signed-other");
    }
}

#[test]
fn a_signature_of_somebody_else_is_refused() {
    let found = fault(|files| {
        let name = at("netra/signature.txt");
        let note: netra_ledger::Note = String::from_utf8(files[&name].clone()).unwrap().parse().unwrap();
        let forged = netra_ledger::Note::sign(note.text(), &key("netra/kantor-contoh", 9)).unwrap();
        files.insert(name, forged.to_string().into_bytes());
    });
    assert_eq!(found.0, "signature");
}

/// Guards: proofs are looked at, and not only found where they belong.
#[test]
fn an_act_that_is_not_in_the_ledger_is_found() {
    let (checkpoint, proofs) = ledger(&records());
    let found = |records: &[Vec<u8>], checkpoint: &str, proofs: &[netra_ledger::bundle::LogProof]| {
        verify(&bundle_of(records, checkpoint, proofs).1).unwrap_err()
    };
    let mut other = records();
    other[1] = b"{\"n\":2,\"what\":\"lain\"}".to_vec();
    let fault = found(&other, &checkpoint, &proofs);
    assert_eq!((fault.id(), fault.file()), ("proof", Some("data/ledger/0002.tlog-proof")));

    let mut swapped = (records(), proofs.clone());
    swapped.0.swap(0, 1);
    swapped.1.swap(0, 1);
    let fault = found(&swapped.0, &checkpoint, &swapped.1);
    assert_eq!((fault.id(), fault.file()), ("acts-out-of-order", Some("data/acts/0002.json")));

    let fault = found(&records(), &checkpoint, &proofs[..2]);
    assert_eq!((fault.id(), fault.file()), ("file-missing", Some("data/ledger/0003.tlog-proof")));

    let (newer, _) = ledger(&other);
    let fault = found(&records(), &newer, &proofs);
    assert_eq!((fault.id(), fault.file()), ("other-checkpoint", Some("data/ledger/0001.tlog-proof")));

    let fault = found(&[], &checkpoint, &[]);
    assert_eq!(fault.id(), "no-acts");
}

#[test]
fn what_stands_before_or_after_the_archive_is_refused() {
    let bytes = bundle().1;
    for other in [[b"x".as_slice(), &bytes].concat(), [bytes.as_slice(), b"x"].concat(), bytes[1..].to_vec()] {
        let fault = verify(&other).unwrap_err();
        assert!(matches!(fault, BundleFault::NotZip(_) | BundleFault::Surrounded), "{fault}");
    }
    for length in [0, 10, 22, bytes.len() / 2, bytes.len() - 1] {
        assert!(verify(&bytes[..length]).is_err(), "{length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever byte is changed: either it is found, or it is one of those of the zip format that say nothing.
    #[test]
    fn a_changed_byte_never_changes_what_is_read(place: prop::sample::Index, mask in 1_u8..=255) {
        let (_, mut bytes) = bundle();
        let before = verify(&bytes).unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= mask;
        if let Ok(after) = verify(&bytes) {
            prop_assert_eq!(after, before);
            prop_assert_eq!(unpack(&bytes), unpack(&bundle().1));
        }
    }
}

/// The same for every byte of the content, of which none says nothing.
#[test]
fn every_changed_byte_of_an_exhibit_is_found() {
    let bytes = bundle().1;
    let needle = &exhibit()[..64];
    let start = bytes.windows(needle.len()).position(|window| window == needle).expect("an exhibit is stored");
    for place in (start..start + exhibit().len()).step_by(997) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        let fault = verify(&changed).unwrap_err();
        assert_eq!((fault.id(), fault.file()), ("file-changed", Some("data/exhibits/001.jpg")), "byte {place}");
    }
}

#[test]
fn exhibits_are_stored_and_texts_are_not() {
    let mut archive = zip::ZipArchive::new(Cursor::new(bundle().1)).unwrap();
    let exhibit = archive.by_name(&at("data/exhibits/001.jpg")).unwrap().compression();
    assert_eq!(exhibit, CompressionMethod::Stored);
    let act = archive.by_name(&at("data/acts/0001.json")).unwrap().compression();
    assert_eq!(act, CompressionMethod::Deflated);
}
