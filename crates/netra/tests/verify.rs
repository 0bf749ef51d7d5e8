//! `netra verify`: a store and a dossier, whole and tampered with.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::{Path, PathBuf};

use support::{netra, stderr, stdout};

/// The five stories, replayed; the folder of their store.
fn replayed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("demo");
    let output = netra(&["demo", "--once", "--data", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let store = out.join("store");
    (folder, store)
}

fn verified(arguments: &[&str]) -> (i32, serde_json::Value) {
    let output = netra(&[&["verify", "--json"], arguments].concat());
    let status = output.status.code().expect("it ends by itself");
    let answer = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (status, answer)
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_store_verifies_until_it_is_tampered_with() {
    let (_folder, store) = replayed();
    let data = store.to_str().unwrap();
    let (status, answer) = verified(&["--data", data]);
    assert_eq!((status, &answer["holds"], &answer["unpublished"]), (0, &true.into(), &0.into()), "{answer}");
    assert!(answer["acts"].as_u64().unwrap() > 50 && answer["exhibits"].as_u64().unwrap() > 5, "{answer}");

    let checkpoints: Vec<PathBuf> =
        files(&store.join("ledger")).into_iter().filter(|path| path.ends_with("checkpoint")).collect();
    let saved = checkpoints.first().expect("each office with acts has a checkpoint").to_str().unwrap();
    assert_eq!(verified(&["--data", data, "--checkpoint", saved]).0, 0);

    let exhibit = files(&store.join("blobs")).into_iter().next().expect("there are exhibits");
    let mut bytes = std::fs::read(&exhibit).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&exhibit, bytes).unwrap();
    let (status, answer) = verified(&["--data", data]);
    let digest = exhibit.file_name().unwrap().to_str().unwrap();
    assert_eq!((status, &answer["faults"][0]["kind"]), (1, &"changed".into()), "{answer}");
    assert!(answer["faults"][0]["what"].as_str().unwrap().contains(digest), "{answer}");
    let people = netra(&["verify", "--data", data]);
    assert!(stdout(&people).contains("ADA YANG TIDAK COCOK"), "{}", stdout(&people));
}

#[test]
fn a_dossier_is_whole_or_not() {
    let (_folder, store) = replayed();
    let demo = store.parent().unwrap();
    let dossier = files(demo).into_iter().find(|path| path.extension().is_some_and(|end| end == "zip"));
    let dossier = dossier.expect("the replay writes dossiers");
    let (status, answer) = verified(&[dossier.to_str().unwrap()]);
    assert_eq!((status, &answer["holds"]), (0, &true.into()), "{answer}");
    let mut bytes = std::fs::read(&dossier).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&dossier, bytes).unwrap();
    let (status, answer) = verified(&[dossier.to_str().unwrap()]);
    assert_eq!((status, &answer["holds"]), (1, &false.into()), "{answer}");
}

#[test]
fn what_cannot_be_verified_is_one_line_and_status_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = folder.path().join("note");
    std::fs::write(&note, "something else\n").unwrap();
    let (note, empty) = (note.to_str().unwrap(), folder.path().to_str().unwrap());
    for (arguments, why) in [
        (vec!["verify", "--data", empty], "no store here"),
        (vec!["verify", "missing.zip"], "missing.zip"),
        (vec!["verify", "--database", "mysql://x/y"], "postgres://"),
        (vec!["verify", "--database", "postgres://netra@127.0.0.1:1/netra", "--data", empty], "refused"),
    ] {
        let output = netra(&arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.trim().lines().count() == 1, "{said}");
    }
    let (_replayed, store) = replayed();
    let output = netra(&["verify", "--data", store.to_str().unwrap(), "--checkpoint", note]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("is no checkpoint"), "{}", stderr(&output));
}

/// What `netra ledger` prints, line by line.
fn ledger(data: &str, arguments: &[&str]) -> String {
    let output = netra(&[&["ledger", "--data", data], arguments].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn an_office_above_countersigns_a_ledger_and_a_court_gets_one_act() {
    let (folder, store) = replayed();
    let data = store.to_str().unwrap();
    let checkpoint = folder.path().join("checkpoint");
    std::fs::write(&checkpoint, ledger(data, &["checkpoint", "bawaslu-ppu"])).unwrap();
    let keys = ledger(data, &["keys", "bawaslu-ppu"]);
    let key = keys.lines().next().unwrap();
    let file = checkpoint.to_str().unwrap();
    let countersign = ["countersign", file, "--office", "bawaslu-kaltim", "--key", key];
    let signed = ledger(data, &countersign);
    assert!(
        signed.contains("\u{2014} netra/bawaslu-ppu ") && signed.contains("\u{2014} netra/bawaslu-kaltim/witness "),
        "{signed}"
    );
    let refused = netra(&["ledger", "--data", data, "countersign", file, "--office", "bawaslu-kaltim", "--key", "x"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    let unknown = netra(&["ledger", "--data", data, "keys", "kantor-lain"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", stderr(&unknown));
    assert!(stderr(&unknown).contains("there is no such office"), "{}", stderr(&unknown));
    assert!(ledger(data, &["growth", "bawaslu-ppu", "--since", "1"]).lines().count() > 1);
    let refused = netra(&["ledger", "--data", data, "growth", "bawaslu-ppu", "--since", "100000"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
}
