//! `netra bundle`, `netra receive`, `netra directory`: a matter on its way to an authority, and its receipt back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{netra, stderr, stdout};

/// The five stories, replayed, in a folder of their own.
struct Replay {
    folder: tempfile::TempDir,
    data: String,
}

impl Replay {
    fn new() -> Replay {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("demo");
        let output = netra(&["demo", "--once", "--data", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", stderr(&output));
        let data = out.join("store").to_str().unwrap().to_owned();
        Replay { folder, data }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs a command on the store; gives its status and its answer in JSON.
    fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let output = netra(&[arguments, &["--data", &self.data, "--json"]].concat());
        let status = output.status.code().expect("it ends by itself");
        (status, serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output))))
    }

    /// Runs a command that must succeed; gives what it prints.
    fn says(&self, arguments: &[&str]) -> String {
        let output = netra(&[arguments, &["--data", &self.data]].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    }

    /// A matter that was forwarded to KASN.
    fn matter(&self) -> String {
        let dossiers = files(&self.folder.path().join("demo")).into_iter();
        let dossiers = dossiers.filter(|path| path.extension().is_some_and(|ending| ending == "zip"));
        let mut matters = dossiers.map(|path| {
            let (_, answer) = self.json(&["verify", path.to_str().unwrap()]);
            answer["header"]["matter"].as_str().unwrap().to_owned()
        });
        let probe = self.path("percobaan.zip");
        let forwarded = |matter: &String| {
            let done = netra(&["bundle", "--matter", matter, "--to", "kasn", "--out", &probe, "--data", &self.data]);
            done.status.success()
        };
        matters.find(forwarded).expect("a story ends with KASN")
    }

    fn bundle(&self, matter: &str, name: &str, more: &[&str]) -> (String, Value) {
        let out = self.path(name);
        let arguments = ["bundle", "--matter", matter, "--to", "kasn", "--out", &out];
        let (status, answer) = self.json(&[&arguments[..], more].concat());
        assert_eq!(status, 0, "{answer}");
        (out, answer)
    }
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_matter_travels_and_its_receipt_comes_back() {
    let replay = Replay::new();
    let matter = replay.matter();
    let (file, made) = replay.bundle(&matter, "berkas.zip", &[]);
    assert!(made["acts"].as_u64().unwrap() > 5 && made["to"]["office"] == "netra/kasn", "{made}");

    // Whoever knows nobody still learns that it is whole, and is told what that leaves open.
    let nowhere = replay.path("kosong");
    let output = netra(&["verify", &file, "--json", "--data", &nowhere]);
    let alone: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((output.status.code(), &alone["holds"], &alone["trusted"]), (Some(0), &true.into(), &false.into()));
    assert_eq!((&alone["fingerprint"], &alone["distrust"]), (&made["fingerprint"], &"no-directory".into()), "{alone}");

    let (status, known) = replay.json(&["verify", &file]);
    assert_eq!((status, &known["trusted"]), (0, &true.into()), "{known}");

    let receipt = replay.path("tanda-terima");
    let (status, taken) = replay.json(&["receive", &file, "--receipt", &receipt, "--number", "B-12/2024"]);
    assert_eq!((status, &taken["new"], &taken["quarantined"]), (0, &true.into(), &false.into()), "{taken}");
    let (status, again) = replay.json(&["receive", &file]);
    assert_eq!((status, &again["new"]), (0, &false.into()), "{again}");

    let (status, back) = replay.json(&["receive", &receipt]);
    assert_eq!((status, &back["state"], &back["recorded"]), (0, &"received".into(), &true.into()), "{back}");
    let (status, replayed) = replay.json(&["receive", &receipt]);
    assert_eq!((status, &replayed["fault_id"]), (1, &"replayed".into()), "{replayed}");
    let second = replay.path("tanda-terima-dua");
    replay.json(&["receive", &file, "--receipt", &second, "--number", "B-13/2024"]);
    let (status, refused) = replay.json(&["receive", &second]);
    assert_eq!((status, &refused["fault_id"]), (1, &"second".into()), "{refused}");
    let mut forged = std::fs::read_to_string(&second).unwrap();
    forged = forged.replace("B-13", "B-14");
    std::fs::write(&second, forged).unwrap();
    let (status, refused) = replay.json(&["receive", &second]);
    assert_eq!((status, &refused["fault_id"]), (1, &"signature".into()), "{refused}");

    let (status, store) = replay.json(&["verify"]);
    assert_eq!((status, &store["holds"]), (0, &true.into()), "{store}");
}

#[test]
fn a_changed_bundle_is_refused_and_names_the_file() {
    let replay = Replay::new();
    let matter = replay.matter();
    let (file, _) = replay.bundle(&matter, "berkas.zip", &[]);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 3;
    // Some bytes of a zip say nothing; of so many in a row one always does.
    bytes[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0x10);
    std::fs::write(&file, bytes).unwrap();
    for command in ["verify", "receive"] {
        let (status, answer) = replay.json(&[command, &file]);
        assert_eq!((status, &answer["holds"]), (1, &false.into()), "{answer}");
        assert!(answer["remedy"].as_str().is_some_and(|words| words.contains("pengirim") || words.contains("Minta")));
    }
    let output = netra(&["bundle", "--matter", &matter, "--to", "dkpp", "--out", &file, "--data", &replay.data]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("was not forwarded or delegated there"), "{}", stderr(&output));
}

#[test]
fn a_bundle_is_encrypted_to_whom_the_directory_names_and_a_revoked_sender_is_set_aside() {
    let replay = Replay::new();
    let matter = replay.matter();
    let directory = replay.path("direktori");
    replay.says(&["directory", "make", "--office", "bawaslu-ri", "--out", &directory]);
    let keys = replay.says(&["ledger", "keys", "bawaslu-ri"]);
    let national = keys.lines().next().unwrap();
    let unknown = netra(&["directory", "import", &directory, "--data", &replay.data]);
    assert!(unknown.status.code() == Some(2) && stderr(&unknown).contains("--key"), "{}", stderr(&unknown));
    replay.says(&["directory", "import", &directory, "--key", national]);

    let (file, made) = replay.bundle(&matter, "berkas.zip.age", &[]);
    assert_eq!(made["encrypted"], true, "{made}");
    assert!(std::fs::read(&file).unwrap().starts_with(b"age-encryption.org/v1"));
    let nowhere = replay.path("kosong");
    let closed = netra(&["verify", &file, "--data", &nowhere]);
    assert!(closed.status.code() == Some(2) && stderr(&closed).contains("--identity"), "{}", stderr(&closed));
    let (status, known) = replay.json(&["verify", &file]);
    assert_eq!((status, &known["trusted"]), (0, &true.into()), "{known}");
    let (plain, made) = replay.bundle(&matter, "terbuka.zip", &["--unencrypted"]);
    assert_eq!(made["encrypted"], false, "{made}");
    let sender = made["from"]["office"].as_str().unwrap();
    let offline =
        ["verify", &plain, "--data", &nowhere, "--directory", &directory, "--directory-key", national, "--json"];
    let output = netra(&offline);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));

    let card = replay.says(&["directory", "card", sender.strip_prefix("netra/").unwrap()]);
    let (key, newer) = (card.lines().next().unwrap(), replay.path("direktori-2"));
    let revoke = ["directory", "revoke", &directory, "--office", "bawaslu-ri", "--key", key];
    replay.says(&[&revoke[..], &["--reason", "Kunci hilang.", "--out", &newer]].concat());
    replay.says(&["directory", "import", &newer]);
    let back = netra(&["directory", "import", &directory, "--data", &replay.data]);
    assert!(back.status.code() == Some(2) && stderr(&back).contains("number"), "{}", stderr(&back));
    let (status, taken) = replay.json(&["receive", &file]);
    assert_eq!((status, &taken["quarantined"], &taken["distrust"]), (1, &true.into(), &"revoked".into()), "{taken}");
    let shown = replay.says(&["directory", "show"]);
    assert!(shown.contains("Kunci hilang."), "{shown}");
}
