//! `netra link` as others rely on it: the pairs as CSV, a summary, errors on one line.
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

const SERVANTS: &str = "id,nip,nama,gelar_belakang,tempat_lahir,tanggal_lahir,jenis_kelamin,wilayah_kode,wilayah\n\
    A1,198502032010012003,Setyaningrum Hapsarini,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n\
    A2,,Wiranegara Kusumadilaga,S.H.,Boyolali,1980-07-01,L,3309,Boyolali\n\
    A3,,Danurwenda Prabaswara,S.H.,Boyolali,1979-05-04,L,3309,Boyolali\n\
    A4,1.98E+17,Kertarajasa Wisnumurti,S.E.,Boyolali,1971-02-03,L,3309,Boyolali\n\
    A5,,,,,,,,\n";
const CANDIDATES: &str = "id,nama,jenis_kelamin,tempat_tinggal,tempat_lahir,tanggal_lahir,umur\n\
    C1,\"SETYANINGRUM HAPSARINI, SE\",P,BOYOLALI,Boyolali,03/02/1985,\n\
    C2,DANURWENDA PRABASWARA,L,BOYOLALI,,,\n\
    C3,HENDRATMOKO SUSENO,L,BOYOLALI,,1990-01-01,\n";

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Two lists in a folder, and where the result goes.
fn lists(folder: &Path) -> [String; 3] {
    let out = folder.join("m.csv").to_str().unwrap().to_owned();
    [written(folder, "asn.csv", SERVANTS), written(folder, "calon.csv", CANDIDATES), out]
}

#[test]
fn pairs_are_written_with_class_and_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let [servants, candidates, out] = lists(folder.path());
    let rejected = folder.path().join("tolak.csv");
    let output = netra(&[
        "link",
        "--civil-servants",
        &servants,
        "--candidates",
        &candidates,
        "--out",
        &out,
        "--rejected",
        rejected.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "candidate_id,civil_servant_id,probability,class,reasons");
    assert!(lines[1].starts_with("C1,A1,0.9"), "{}", lines[1]);
    assert!(lines[1].contains("nama sama") && lines[1].contains("tanggal lahir sama"), "{}", lines[1]);
    assert!(lines[2].starts_with("C2,A3,") && lines[2].contains(",check,"), "{}", lines[2]);
    assert!(lines[2].contains("tidak dapat memastikan"), "{}", lines[2]);
    assert_eq!(lines.len(), 3, "{text}");

    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(answer["civil_servants"], 4);
    assert_eq!(answer["candidates"], 3);
    assert_eq!(answer["rejected"], json!({ "civil_servants": 1, "candidates": 0 }));
    assert_eq!(answer["remarks"]["civil_servants"]["damaged-number"], 1);
    assert_eq!((&answer["proposed"], &answer["undated"]), (&json!(2), &json!(1)));
    assert_eq!(answer["model"], "2026-2");

    let complaints = stderr(&output);
    assert!(complaints.contains("asn.csv: 1 baris ditolak: nama kosong (baris 6)"), "{complaints}");
    let remarks = std::fs::read_to_string(&rejected).unwrap();
    assert!(remarks.contains("asn.csv,6,no-name,"), "{remarks}");
    assert!(remarks.contains("asn.csv,5,damaged-number,"), "{remarks}");
}

#[test]
fn people_get_a_summary_that_says_what_it_cannot_settle() {
    let folder = tempfile::tempdir().unwrap();
    let [servants, candidates, out] = lists(folder.path());
    let output = netra(&["link", "--civil-servants", &servants, "--candidates", &candidates, "--out", &out]);
    let text = stdout(&output);
    assert!(text.starts_with("3 calon dibandingkan dengan 4 ASN: pasangan untuk 2 calon ("), "{text}");
    assert!(text.contains("1 calon tanpa tanggal lahir dan umur"), "{text}");
    assert!(text.contains("setiap pasangan perlu diperiksa orang"), "{text}");
}

#[test]
fn the_same_lists_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let [servants, candidates, out] = lists(folder.path());
    let once = || {
        let output = netra(&["link", "--civil-servants", &servants, "--candidates", &candidates, "--out", &out]);
        assert!(output.status.success(), "{}", stderr(&output));
        std::fs::read(&out).unwrap()
    };
    assert_eq!(once(), once());
}

#[test]
fn unusable_input_is_status_two_and_one_line_and_leaves_no_result() {
    let folder = tempfile::tempdir().unwrap();
    let [servants, candidates, out] = lists(folder.path());
    let nameless = written(folder.path(), "salah.csv", "a,b\n1,2\n");
    let missing = folder.path().join("tidak-ada.csv").to_str().unwrap().to_owned();
    let cases: [(&str, &str, &[&str], &str); 6] = [
        (&servants, &nameless, &[], "salah.csv: tidak ada kolom nama di antara 'a', 'b'"),
        (&missing, &candidates, &[], "membuka "),
        (&servants, &candidates, &["--threshold", "2"], "--threshold 2: tulis peluang antara 0 dan 1"),
        (&servants, &candidates, &["--columns", "warna=Warna"], "tulis BIDANG=JUDUL"),
        (&servants, &candidates, &["--columns", "nik=Warna"], "kolom 'Warna' dari --columns tidak ada"),
        (&servants, &candidates, &["--rejected", &servants], "hasil akan menimpa berkas masukan"),
    ];
    for (servants, candidates, more, expected) in cases {
        let fixed = ["link", "--civil-servants", servants, "--candidates", candidates, "--out", out.as_str()];
        let output = netra(&[&fixed[..], more].concat());
        let complaint = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
        assert_eq!(stdout(&output), "");
    }
    let left: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("m.csv"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
