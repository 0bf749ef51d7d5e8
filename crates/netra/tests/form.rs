//! `netra form`: the list, samples, a form of a real matter, and what goes wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use support::{NETRA, netra, stderr, stdout};

fn json(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", stderr(output));
    serde_json::from_str(&stdout(output)).expect("standard output is JSON and nothing else")
}

fn is_pdf(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

/// What an unusable command says, on its one line.
fn complaint(arguments: &[&str]) -> String {
    let output = netra(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    stderr(&output)
}

#[test]
fn all_forms_are_listed_with_what_is_known_of_them() {
    let list = json(&netra(&["form", "--list", "--json"]));
    let forms = list["forms"].as_array().unwrap();
    for id in ["B.1", "B.2", "B.3", "B.3.1", "B.9", "B.10", "B.11", "B.12", "A", "A.1", "A.2", "A.3", "A.13", "KAJIAN"]
    {
        let form = forms.iter().find(|form| form["id"] == id).unwrap_or_else(|| panic!("{id}"));
        let codes = form["code"].as_str();
        assert!(codes.is_none_or(|code| code == id), "{form}");
        assert!(!form["fields"].as_array().unwrap().is_empty() && form["layout"] == "reconstructed", "{form}");
    }
    assert!(list["unseen"].as_array().unwrap().iter().any(|unseen| unseen["codes"] == "B.19–B.21"));
    assert!(stdout(&netra(&["form", "--list"])).contains("Tanda Bukti Penyampaian Laporan"));
}

#[test]
fn samples_are_written_for_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contoh.pdf");
    let out = file.to_str().unwrap();
    for kind in [&["--sample"][..], &["--sample", "minimal"], &["--sample", "ordinary", "--date", "2024-01-19"]] {
        let output = netra(&[&["form", "B.9"], kind, &["--out", out]].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(is_pdf(&file), "{kind:?}");
        std::fs::remove_file(&file).unwrap();
    }
    assert!(complaint(&["form", "B.99", "--sample", "--out", out]).contains("there is no form B.99"));
    assert!(complaint(&["form", "B.9", "--out", out]).contains("--matter ID"));
    assert!(complaint(&["form", "B.9", "--sample", "besar", "--out", out]).contains("ordinary, minimal or extreme"));
    assert!(!file.exists());
}

#[test]
fn a_matters_forms_are_printed_from_its_docket() {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let replayed = json(&netra(&["demo", "--once", "--json", "--data", demo.to_str().unwrap()]));
    let dossier = replayed["dossiers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["matter"].as_str().unwrap().starts_with("balikpapan-ruang-rapat"));
    let dossier = json(&netra(&["verify", "--json", dossier.unwrap()["file"].as_str().unwrap()]));
    let matter = dossier["header"]["matter"].as_str().unwrap();
    let (store, file) = (demo.join("store"), folder.path().join("formulir.pdf"));
    let place = ["--data", store.to_str().unwrap(), "--out", file.to_str().unwrap()];
    let output = netra(&[&["form", "penerusan", "--matter", matter], &place[..]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(is_pdf(&file));
    let unknown = "00000000-0000-4000-8000-000000000000";
    let said = complaint(&[&["form", "B.1", "--matter", unknown], &place[..]].concat());
    assert!(said.contains("there is no matter 00000000"), "{said}");
    let said = complaint(&[&["form", "SIARAN", "--matter", matter, "--act", "1"], &place[..]].concat());
    assert!(said.contains("act 1 is not there or not one that is printed on form SIARAN"), "{said}");
}

#[test]
fn templates_of_a_folder_need_no_new_program_and_their_faults_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("forms.toml"), "form = []\n").unwrap();
    std::fs::write(folder.path().join("nyasar.typ"), "x").unwrap();
    let with = |forms: &Path| Command::new(NETRA).args(["form", "--list"]).env("NETRA_FORMS", forms).output().unwrap();
    let output = with(folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nyasar.typ: no form in forms.toml uses this template"), "{}", stderr(&output));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    assert!(with(&root).status.success());
}
