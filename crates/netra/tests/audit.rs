//! `netra audit` as others rely on it: sheets in three forms, verdicts as JSON, exit status.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::{netra, stderr, stdout};

fn sample(name: &str) -> String {
    format!("{}/tests/audit/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The JSON answer and the exit status.
fn audited(file: &str) -> (Value, Option<i32>) {
    let output = netra(&["audit", file, "--json"]);
    let answer = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {} {}", stdout(&output), stderr(&output)));
    (answer, output.status.code())
}

/// `id clock verdict` of every finding.
fn verdicts(answer: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = |case: &Value| {
        let id = text(&case["id"]);
        let list = case["findings"].as_array().unwrap().clone();
        list.into_iter().map(move |f| format!("{id} {} {}", text(&f["clock"]), text(&f["verdict"])))
    };
    answer.as_array().unwrap().iter().flat_map(findings).collect()
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_sheet_without_a_missed_clock() {
    let (answer, status) = audited(&sample("perkara.csv"));
    assert_eq!(
        verdicts(&answer),
        [
            "E2 INITIAL_STUDY kept",
            "E2 HANDLING_BASE depends",
            "E2 HANDLING_MAX kept",
            "E9a REPORT_FILING kept",
            "E9a INITIAL_STUDY undecidable",
            "F1 FINDING_FIX depends",
            "K1 PK-C01 kept",
            "K1 PK-C03 kept",
            "K1 EMPLOYER_FOLLOW_UP kept",
        ]
    );
    assert_eq!(status, Some(0), "nothing is missed for sure");
    let finding = &answer[2]["findings"][0];
    assert_eq!(finding["due_date"], "2024-02-08");
    assert_eq!(finding["done_date"], "2024-02-14");
    assert_eq!(
        finding["readings"],
        json!([
            { "id": "working-day", "due_date": "2024-02-15", "verdict": "kept" },
            { "id": "calendar-day", "due_date": "2024-02-08", "verdict": "missed" },
            { "id": "joint-leave-works", "due_date": "2024-02-13", "verdict": "missed" },
        ])
    );
    assert_eq!(answer[1]["findings"][0]["done_at"], "2024-01-31T15:58:00+07:00");
    assert_eq!(answer[1]["findings"][1]["done_date"], Value::Null);
    assert_eq!(answer[0]["warnings"], json!(["Kolom 'catatan' tidak dikenal dan tidak dipakai."]));
}

#[test]
fn a_missed_clock_is_status_one() {
    let (answer, status) = audited(&sample("perkara.yaml"));
    assert_eq!(
        verdicts(&answer),
        ["M1 HANDLING_BASE missed", "M1 HANDLING_MAX missed", "S1 INITIAL_STUDY undecidable"]
    );
    assert_eq!(status, Some(1));
    assert_eq!(answer[0]["findings"][1]["note"], "Lewat 3 hari kerja.");
}

#[test]
fn people_get_a_table_with_warnings_and_counts() {
    let output = netra(&["audit", &sample("perkara.csv")]);
    let text = stdout(&output);
    for expected in [
        "perkara  tenggat",
        "E2       INITIAL_STUDY",
        "tergantung bacaan",
        "Perhatian, E2: Kolom 'catatan' tidak dikenal dan tidak dipakai.",
        "4 perkara: 6 tepat waktu, 0 lewat waktu, 2 tergantung bacaan, 1 tidak dapat dipastikan.",
    ] {
        assert!(text.contains(expected), "{expected} is not in:\n{text}");
    }
}

#[test]
fn what_a_file_left_out_goes_to_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        written(folder.path(), "a.csv", "DAFTAR LAMA\nid;regime;zone;registered;plenary\nA;pemilu;WIB;2024-01-04;\n");
    let output = netra(&["audit", &file, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("Isi di atas nama kolom (sampai baris 1) tidak dibaca."), "{}", stderr(&output));
    let answer: Value = serde_json::from_str(&stdout(&output)).expect("standard output is JSON and nothing else");
    assert_eq!(verdicts(&answer), ["A HANDLING_BASE undecidable", "A HANDLING_MAX undecidable"]);
}

#[test]
fn unusable_sheets_are_status_two_and_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        ("kosong.csv", "", "tidak ada baris yang terisi"),
        ("lain.csv", "id,nama\n1,A\n", "no column is a kind of event"),
        ("rusak.yaml", "- id: A\n  plenary: [1]\n", "baris 2: YAML tidak terbaca"),
        ("rusak.xlsx", "PK\u{3}\u{4}", "buku kerja tidak terbaca"),
        ("tabel.docx", "apa saja", "bukan CSV, XLSX atau YAML"),
    ];
    for (name, text, expected) in rows {
        let file = written(folder.path(), name, text);
        let output = netra(&["audit", &file, "--json"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(stdout(&output), "", "{name}");
        let complaint = stderr(&output);
        assert!(complaint.contains(expected) && complaint.contains(name), "{complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
    }
    let missing = netra(&["audit", "/tidak/ada.csv"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("reading /tidak/ada.csv"), "{}", stderr(&missing));
}
