//! Chat exports on the command line: the shape that other programs rely on, and what people are told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{netra, stderr, stdout};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../netra-evidence/tests/whatsapp")
}

fn sample(name: &str) -> String {
    samples().join(name).display().to_string()
}

#[test]
fn every_sample_is_printed_as_it_must_be() {
    let mut count = 0;
    for entry in fs::read_dir(samples()).unwrap() {
        let path = entry.unwrap().path();
        if !path.extension().is_some_and(|ending| ending == "txt" || ending == "zip") {
            continue;
        }
        let expected: Value =
            serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).expect("an expectation");
        let output = netra(&["whatsapp", &path.display().to_string(), "--json"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let mut found: Value =
            serde_json::from_str(&stdout(&output)).expect("standard output is JSON and nothing else");
        // The expectations tell not every title.
        for (message, expected) in
            found["messages"].as_array_mut().unwrap().iter_mut().zip(expected["messages"].as_array().unwrap())
        {
            if expected.get("title").is_none() {
                message.as_object_mut().unwrap().remove("title");
            }
        }
        let about = ["case", "about", "file"];
        for (key, value) in expected.as_object().unwrap().iter().filter(|(key, _)| !about.contains(&key.as_str())) {
            assert_eq!(&found[key], value, "{key} of {}", path.display());
        }
        count += 1;
    }
    assert_eq!(count, 25);
}

#[test]
fn a_zone_gives_every_message_its_instant() {
    let file = sample("01-android-id-basic.txt");
    let output = netra(&["whatsapp", &file, "--json", "--zone", "WITA"]);
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found["zone"], "Asia/Makassar");
    let message = &found["messages"][0];
    assert_eq!(message["sent_at"].as_str().unwrap(), format!("{}:00+08:00", message["sent"].as_str().unwrap()));
}

#[test]
fn people_are_told_what_an_export_cannot_prove() {
    let output = netra(&["whatsapp", &sample("06-ambiguous-all-below-13.txt")]);
    let text = stdout(&output);
    for part in
        ["dugaan saja", "Urutan tanggal dan bulan tidak terbukti", "tidak tercatat dalam ekspor", "bukan apa yang"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("panjang.txt");
    let line = "30/12/23 20.15 - Retno: Hadir\n";
    fs::write(&file, line.repeat(40_000)).unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_netra"))
        .args(["whatsapp", &file.display().to_string(), "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn what_is_no_chat_is_status_two_and_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let year_first = file("tahun.txt", b"2023-12-30, 08:00 - Retno: Apel\n");
    let cases: [(&[&str], &str); 5] = [
        (&[&file("catatan.txt", b"Daftar hadir\n")], "tidak ada baris yang berbentuk pesan WhatsApp"),
        (&[&file("rusak.zip", b"PK\x03\x04rusak")], "arsip ZIP tidak terbaca"),
        (&[&year_first, "--date-order", "dmy"], "urutan tanggal dmy tidak mungkin"),
        (&[&year_first, "--date-order", "dym"], "bukan urutan tanggal"),
        (&[&folder.path().join("tiada.txt").display().to_string()], "No such file"),
    ];
    for (arguments, expected) in cases {
        let output = netra(&[&["whatsapp"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn two_exports_of_one_group_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let first = "30/12/23 20.15 - Retno: Besok apel di aula kecamatan\n30/12/23 20.17 - Retno: Bawa kaos nomor satu\n\
                 31/12/23 06.00 - Eko: Selamat pagi semuanya\n";
    let second = "[30/12/23, 20.15.03] Bu Retno: Besok apel di aula kecamatan\r\n\
                  [30/12/23, 20.17.40] Bu Retno: Pesan ini sudah diganti\r\n\
                  [31/12/23, 06.00.09] Eko: Selamat pagi semuanya\r\n";
    let (first, second) = (file("satu.txt", first), file("dua.txt", second));
    let output = netra(&["whatsapp", &first, "--compare", &second, "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found["equal"], 2);
    assert_eq!(found["shift_minutes"], 0);
    assert_eq!(found["differences"], serde_json::json!([{ "kind": "words", "first": 2, "second": 2 }]));
    assert_eq!(found["second"]["message_count"], 3);

    let output = netra(&["whatsapp", &first, "--compare", &second]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    for part in ["isinya berbeda", "Bawa kaos nomor satu", "Pesan ini sudah diganti", "2 pesan"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let output = netra(&["whatsapp", &first, "--compare", &first]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = netra(&["whatsapp", &first, "--compare", &file("catatan.txt", "Daftar hadir\n")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("catatan.txt"), "{}", stderr(&output));
}
