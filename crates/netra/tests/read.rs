//! `netra read` as others rely on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{netra, stderr, stdout};

const CASE: &str = "Camat berfoto dengan calon wali kota, Bawaslu teruskan ke BKN
Selasa, 8 Oktober 2024 | 09:30 WITA

BALIKPAPAN – Bawaslu Kota Balikpapan meneruskan kasus seorang camat ke BKN. Camat itu mengunggah foto bersama calon wali
kota nomor urut 1 di Instagram pada 5 Oktober 2024.

Ia terbukti melanggar netralitas ASN, kata ketua Bawaslu Kota Balikpapan, Senin (7/10/2024).
";

const WARNING: &str = "Bawaslu ingatkan ASN netral

Bawaslu Kota Samarinda mengimbau ASN agar tetap netral selama Pilkada. ASN dilarang mengunggah foto bersama paslon.
";

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("writable");
    path.to_str().expect("UTF-8").to_owned()
}

fn json(files: &[&str]) -> Value {
    let output = netra(&[&["read", "--json"], files].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("standard output is JSON and nothing else")
}

#[test]
fn a_case_and_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let (case, warning) = (write(folder.path(), "a.txt", CASE), write(folder.path(), "b.txt", WARNING));
    let answer = json(&[&case, &warning]);
    let first = &answer[0];
    assert_eq!(first["file"], case.as_str());
    assert_eq!(first["about_asn_neutrality"], true);
    assert_eq!(first["case"], true);
    assert!(first["score"].as_f64().unwrap() > 0.5);
    assert_eq!(first["published"], "2024-10-08");
    assert_eq!(first["dates"][0]["date"], "2024-10-05");
    assert_eq!(first["dates"][0]["role"], "event");
    assert_eq!(first["dates"][1]["text"], "Senin (7/10/2024)");
    assert_eq!(first["dates"][1]["role"], "statement");
    assert_eq!(first["regions"][0]["code"], "64.71");
    assert_eq!(first["regions"][0]["name"], "Kota Balikpapan");
    let subjects: Vec<&str> = first["subjects"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    assert_eq!(subjects, ["pns", "camat"]);
    assert_eq!(first["agencies"], serde_json::json!(["Bawaslu Kota Balikpapan", "BKN"]));
    assert_eq!(first["election"], "pilkada");
    assert_eq!(first["channels"], serde_json::json!(["instagram"]));
    assert_eq!(first["acts"][0]["type"], "DIS-07");
    assert_eq!(first["stage"], "forwarded");
    let second = &answer[1];
    assert_eq!(second["about_asn_neutrality"], true);
    assert_eq!(second["case"], false);
    assert_eq!(second["stage"], "prevention");
    assert_eq!(second["acts"], serde_json::json!([]));
    assert_ne!(first["group"], second["group"]);
}

#[test]
fn the_same_text_twice_is_one_group() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = CASE.replace("Ia terbukti", "Camat itu terbukti");
    let (a, b) = (write(folder.path(), "a.txt", CASE), write(folder.path(), "b.txt", &copy));
    let answer = json(&[&a, &b]);
    assert_eq!(answer[0]["relation"], "first");
    assert_eq!(answer[1]["relation"], "duplicate");
    assert_eq!(answer[1]["related_to"], a.as_str());
    assert_eq!(answer[0]["group"], answer[1]["group"]);
}

#[test]
fn people_get_a_table_and_the_reasons() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = write(folder.path(), "a.txt", CASE);
    let text = stdout(&netra(&["read", &case]));
    for part in ["skor", "Kota Balikpapan", "DIS-07", "diteruskan", "kejadian: Sabtu, 5 Oktober 2024"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_cannot_be_read_is_status_two_and_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = write(folder.path(), "kosong.txt", "  \n");
    let picture = folder.path().join("foto.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0").expect("writable");
    let picture = picture.to_str().expect("UTF-8");
    for (file, expected) in [
        (empty.as_str(), "it holds no text: give an article as text, HTML, MHTML, RSS or Atom"),
        (picture, "it is not text: save the page as text or HTML"),
        ("/tidak/ada.txt", "reading /tidak/ada.txt"),
    ] {
        let output = netra(&["read", "--json", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert_eq!(stdout(&output), "", "{file}");
        let complaint = stderr(&output);
        assert!(complaint.contains(expected) && complaint.contains(file), "{complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
    }
}
