//! `netra backup` and `netra restore`: there and back, plain and encrypted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use support::{netra, stderr, stdout};

/// The five stories, replayed; the folder of everything, and that of their store.
fn replayed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("demo");
    let output = netra(&["demo", "--once", "--data", text(&out)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let store = out.join("store");
    (folder, store)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = netra(&[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("standard output is JSON and nothing else")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A key pair of age: the file of the secret key, and the public key.
fn key_pair(folder: &Path, name: &str) -> (PathBuf, String) {
    let identity = Identity::generate();
    let file = folder.join(name);
    std::fs::write(&file, format!("# secret\n\n{}\n", identity.to_string().expose_secret())).expect("writable");
    (file, identity.to_public().to_string())
}

/// What `netra verify` counts; nothing may be wrong.
fn counts(store: &Path) -> Vec<serde_json::Value> {
    let found = json(&["verify", "--data", text(store)]);
    assert_eq!(found["holds"], true, "{found}");
    ["acts", "exhibits", "values", "unpublished", "checkpoints"].map(|field| found[field].clone()).to_vec()
}

#[test]
fn a_store_is_there_again_after_backup_and_restore() {
    let (folder, store) = replayed();
    let (file, new) = (folder.path().join("one.netra"), folder.path().join("new"));
    let told = json(&["backup", "--data", text(&store), "--out", text(&file), "--with-keys"]);
    assert_eq!(told["file_bytes"], std::fs::metadata(&file).unwrap().len(), "{told}");
    assert_eq!(told["backup"]["keys"], "with");
    assert!(told["backup"]["ledgers"][0]["checkpoint"].as_str().unwrap().starts_with("netra/"), "{told}");
    let restored = json(&["restore", text(&file), "--data", text(&new)]);
    assert_eq!(restored["tables"], told["backup"]["tables"]);
    assert_eq!(counts(&new), counts(&store));
    assert_eq!(counts(&new)[0], told["backup"]["tables"]["acts"]);
    assert_eq!(names(folder.path()), ["demo", "new", "one.netra"], "nothing is left behind");

    let again = netra(&["restore", text(&file), "--data", text(&new)]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is not empty"), "{}", stderr(&again));
}

#[test]
fn people_are_told_what_was_saved_and_what_to_do_next() {
    let (folder, store) = replayed();
    let (file, new) = (folder.path().join("one.netra"), folder.path().join("new"));
    let output = netra(&["backup", "--data", text(&store), "--out", text(&file)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains(" acts, ") && said.contains("keep copies of DIR/keys elsewhere"), "{said}");
    assert!(said.contains("root of the newest checkpoint"), "{said}");
    let output = netra(&["restore", text(&file), "--data", text(&new)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("put these files into") && said.contains(".key"), "{said}");
    assert!(said.contains(&format!("netra verify --data {}", text(&new))), "{said}");
    assert_eq!(names(&new.join("keys")), Vec::<String>::new(), "no keys are made up");

    let refused = netra(&["user", "list", "--data", text(&new)]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("put the file back from its copy"), "{}", stderr(&refused));
    for key in names(&store.join("keys")) {
        std::fs::copy(store.join("keys").join(&key), new.join("keys").join(&key)).unwrap();
    }
    assert_eq!(counts(&new), counts(&store));
}

#[cfg(unix)]
#[test]
fn a_backup_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, store) = replayed();
    let file = folder.path().join("one.netra");
    json(&["backup", "--data", text(&store), "--out", text(&file)]);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_encrypted_backup_opens_with_each_of_its_keys_and_no_other() {
    let (folder, store) = replayed();
    let (ours, public) = key_pair(folder.path(), "ours");
    let (theirs, other_public) = key_pair(folder.path(), "theirs");
    let (strangers, _) = key_pair(folder.path(), "strangers");
    let file = folder.path().join("one.age");
    json(&[
        "backup",
        "--data",
        text(&store),
        "--out",
        text(&file),
        "--with-keys",
        "--recipient",
        &public,
        "--recipient",
        &other_public,
    ]);
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(6).any(|window| window == b"tables"), "not even names of entries can be read");

    for (key, new) in [(&ours, "new-1"), (&theirs, "new-2")] {
        let new = folder.path().join(new);
        json(&["restore", text(&file), "--data", text(&new), "--identity", text(key)]);
        assert_eq!(counts(&new), counts(&store));
        assert!(!names(&new).iter().any(|name| name.contains("tmp")), "{:?}", names(&new));
    }

    let new = folder.path().join("new-3");
    let refusals = [
        (vec!["--identity", text(&strangers)], "none of the given keys opens it"),
        (vec![], "is encrypted: name the file of its secret key"),
        (vec!["--identity", text(&file)], "--identity"),
    ];
    for (arguments, words) in refusals {
        let output = netra(&[&["restore", text(&file), "--data", text(&new)][..], &arguments[..]].concat());
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()), "{words}");
        assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        assert!(!new.exists(), "{words}: nothing was written");
    }
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&file, changed).unwrap();
    let output = netra(&["restore", text(&file), "--data", text(&new), "--identity", text(&ours)]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(names(&new), Vec::<String>::new(), "what was decrypted does not stay");
}

#[test]
fn a_missing_exhibit_is_status_one_and_everything_else_is_saved() {
    let (folder, store) = replayed();
    let shard = store.join("blobs").join(&names(&store.join("blobs"))[0]);
    let exhibit = names(&shard).remove(0);
    std::fs::remove_file(shard.join(&exhibit)).unwrap();
    let file = folder.path().join("one.netra");
    let output = netra(&["backup", "--data", text(&store), "--out", text(&file)]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains(&format!("MISSING exhibit {exhibit}")), "{}", stdout(&output));
    assert!(file.exists());
}

#[test]
fn unusable_input_is_status_two_and_one_line_that_says_how_to_mend_it() {
    let (folder, store) = replayed();
    let at = |name: &str| text(&folder.path().join(name)).to_owned();
    std::fs::write(at("taken"), "x").unwrap();
    std::fs::write(at("half.part"), "x").unwrap();
    std::fs::write(at("no-backup"), "x".repeat(100)).unwrap();
    std::fs::write(at("no-key"), "# nothing\n").unwrap();
    std::fs::create_dir(at("empty")).unwrap();
    let (store, new) = (text(&store).to_owned(), at("new"));
    let cases: [(Vec<String>, &str); 9] = [
        (vec!["backup".into(), "--data".into(), store.clone()], "--out"),
        (words(&["backup", "--data", &at("empty"), "--out", &at("x")]), "no store here"),
        (words(&["backup", "--data", &store, "--out", &at("taken")]), "there is such a file already"),
        (words(&["backup", "--data", &store, "--out", &at("half")]), "then remove this file"),
        (words(&["backup", "--data", &store, "--out", &at("x"), "--recipient", "age1x"]), "age-keygen -y"),
        (words(&["backup", "--data", &store, "--out", &at("no/folder")]), "no/folder.part"),
        (words(&["restore", &at("missing"), "--data", &new]), "missing"),
        (words(&["restore", &at("no-backup"), "--data", &new]), "this is no whole backup"),
        (words(&["restore", &at("no-backup"), "--data", &new, "--identity", &at("no-key")]), "is not encrypted"),
    ];
    for (arguments, expected) in cases {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = netra(&arguments);
        let said = stderr(&output);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()), "{arguments:?}");
        assert!(said.contains(expected), "{expected}: {said}");
        let from_us = said.starts_with("netra: ");
        assert!(!from_us || said.trim_end().lines().count() == 1, "{said}");
    }
    assert_eq!(names(folder.path()), ["demo", "empty", "half.part", "no-backup", "no-key", "taken"]);
    assert_eq!(std::fs::read_to_string(at("taken")).unwrap(), "x", "an earlier backup is never overwritten");
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
