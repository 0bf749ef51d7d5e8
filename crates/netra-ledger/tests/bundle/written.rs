//! What is written is checked, and is the same each time.

use netra_ledger::bundle::{
    BundleError, BundleWriter, Expected, FORMAT, FileKind, NewFile, VerifiedBundle, findings, is_dossier, told_by,
};
use netra_ledger::directory::Distrust;
use sha2::{Digest as _, Sha256};

use crate::directory::{known, now};
use crate::sample::*;

fn verified() -> VerifiedBundle {
    verify(&bundle().1).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn a_bundle_comes_back_as_it_was_written() {
    let (written, bytes) = bundle();
    let verified = verify(&bytes).unwrap();
    assert_eq!(verified.fingerprint, written.fingerprint);
    assert_eq!(verified.about, written.about);
    assert_eq!((verified.about.head.clone(), verified.about.format.as_str()), (head(), FORMAT));
    assert_eq!((verified.acts, verified.checkpoint.head.size), (3, 5));
    let files = unpack(&bytes);
    let payload = files.iter().filter(|(name, _)| name.starts_with(&at("data/")));
    assert_eq!(verified.bytes, payload.map(|(_, content)| content.len() as u64).sum::<u64>());
    assert_eq!(files[&at("data/exhibits/001.jpg")], exhibit());
    assert_eq!(files[&at("data/acts/0002.json")], records()[1]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(bundle().1, bundle().1);
}

#[test]
fn packing_again_changes_nothing_that_counts() {
    assert_eq!(after(|_| ()).unwrap(), verified());
}

#[test]
fn the_lists_are_what_sha256sum_reads() {
    let files = unpack(&bundle().1);
    for (list, count) in [("manifest-sha256.txt", 10), ("tagmanifest-sha256.txt", 4)] {
        let text = String::from_utf8(files[&at(list)].clone()).unwrap();
        assert_eq!(text.lines().count(), count, "{text}");
        for line in text.lines() {
            let (digest, path) = line.split_once("  ").unwrap();
            let found: String = Sha256::digest(&files[&at(path)]).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, digest, "{path}");
        }
    }
    let info = String::from_utf8(files[&at("bag-info.txt")].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2024-02-07\n") && info.contains("Source-Organization: Kantor Contoh\n"));
}

#[test]
fn what_does_not_fit_is_not_written() {
    let mut writer = BundleWriter::new(Vec::new(), head()).unwrap();
    let new = |path: &str, expected: Option<Expected>| NewFile {
        path: path.parse().unwrap(),
        kind: FileKind::Exhibit,
        media_type: "image/png",
        title: "Bukti",
        expected,
    };
    writer.add(new("data/exhibits/001.png", None), &mut b"1".as_slice()).unwrap();
    let twice = writer.add(new("data/exhibits/001.PNG", None), &mut b"2".as_slice()).unwrap_err();
    assert!(matches!(twice, BundleError::Twice(_)), "{twice}");
    for place in ["exhibits/002.png", "manifest-sha256.txt", "data/ro-crate-metadata.json"] {
        let refused = writer.add(new(place, None), &mut b"2".as_slice()).unwrap_err();
        assert!(matches!(refused, BundleError::Place(_)), "{refused}");
    }
    let expected = Expected { size: 1, sha256: "ab".repeat(32) };
    let other = writer.add(new("data/exhibits/003.png", Some(expected)), &mut b"3".as_slice()).unwrap_err();
    assert!(matches!(other, BundleError::Unexpected(_)), "{other}");
    for matter in ["..", "a/b", "é"] {
        let head = netra_ledger::bundle::BundleHead { matter: matter.to_owned(), ..head() };
        assert!(matches!(BundleWriter::new(Vec::new(), head), Err(BundleError::Matter { .. })), "{matter}");
    }
}

#[test]
fn what_was_proved_is_told_and_what_was_not() {
    let ids = |list: &[netra_ledger::bundle::Finding]| list.iter().map(|one| one.id).collect::<Vec<_>>();
    let alone = findings(&verified(), |key| told_by(None, key, now()));
    assert_eq!(ids(&alone.proved), ["structure", "digests", "signature", "inclusion"]);
    assert_eq!(ids(&alone.unproved), ["sender", "created", "later-acts", "truth"]);
    assert_eq!(alone.distrust, Some(Distrust::NoDirectory));
    let directory = known();
    let told = findings(&verified(), |key| told_by(Some(&directory), key, now()));
    assert_eq!(ids(&told.proved), ["structure", "digests", "signature", "inclusion", "sender"]);
    assert_eq!(told.distrust, None);
}

#[test]
fn a_bundle_is_told_from_a_dossier() {
    let dossier = netra_ledger::Dossier::new().finish(&"contoh").unwrap();
    let cases = [(dossier, true), (bundle().1, false), (b"PK".to_vec(), false)];
    for (bytes, expected) in cases {
        assert_eq!(is_dossier(std::io::Cursor::new(bytes)), expected);
    }
}
