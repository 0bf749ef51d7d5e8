//! `netra check`: the stories of the demo, in order and with something missing.
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

/// The checks that found something in a store, and the status.
fn checked(data: &str, arguments: &[&str]) -> (i32, serde_json::Value, Vec<String>) {
    let output = netra(&[&["check", "--json", "--data", data], arguments].concat());
    let status = output.status.code().expect("it ends by itself");
    let answer: serde_json::Value =
        serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let found = answer["findings"].as_array().unwrap().iter();
    let found = found.map(|finding| finding["check"].as_str().unwrap().to_owned()).collect();
    (status, answer, found)
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn the_stories_are_whole_and_what_is_taken_away_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("demo");
    let output = netra(&["demo", "--once", "--data", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let store = out.join("store");
    let data = store.to_str().unwrap();

    // The stories end where they end: clocks run on, and not every office of theirs has an administrator.
    let (_, answer, found) = checked(data, &[]);
    assert!(answer["matters"].as_u64().unwrap() > 4, "{answer}");
    let broken = ["no-exit", "missing-exhibit", "unreadable-docket", "stale-projection", "unpublished-act", "key-file"];
    assert!(broken.iter().all(|check| !found.iter().any(|id| id == check)), "{answer:#}");

    std::fs::remove_file(files(&store.join("blobs")).first().expect("there are exhibits")).unwrap();
    std::fs::remove_file(files(&store.join("keys")).first().expect("there are keys")).unwrap();
    let (status, answer, found) = checked(data, &["--rebuild"]);
    assert_eq!((status, &answer["holds"]), (1, &false.into()), "{answer:#}");
    for check in ["missing-exhibit", "key-file"] {
        assert!(found.iter().any(|id| id == check), "{check}: {answer:#}");
    }
    let people = netra(&["check", "--data", data]);
    assert_eq!(people.status.code(), Some(1));
    let said = stdout(&people);
    assert!(said.contains("ADA YANG PERLU DITANGANI") && said.contains("Kembalikan folder blobs"), "{said}");
}

#[test]
fn what_cannot_be_checked_is_one_line_and_status_two() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, why) in [
        (vec!["check", "--data", folder.path().to_str().unwrap()], "no store here"),
        (vec!["check", "--database", "mysql://x/y"], "postgres://"),
    ] {
        let output = netra(&arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.trim().lines().count() == 1, "{said}");
    }
}
