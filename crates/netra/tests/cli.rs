//! The command line as others rely on it: JSON, exit status, errors on one line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use support::{netra, stderr, stdout};

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = netra(arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("standard output is JSON and nothing else")
}

const CLOCK: [&str; 6] = ["clock", "--regime", "pemilu", "--zone", "Asia/Makassar", "--json"];

#[test]
fn a_report_on_friday_evening_is_received_on_monday() {
    let answer = json(&[&CLOCK[..], &["--event", "delivered=2024-01-19T17:10"]].concat());
    assert_eq!(answer["pack"], "pemilu-2022");
    assert_eq!(answer["zone"], "Asia/Makassar");
    assert_eq!(answer["events"][0]["at"], "2024-01-19T17:10:00+08:00");
    assert_eq!(answer["events"][1]["kind"], "received");
    assert_eq!(answer["events"][1]["at"], "2024-01-22T08:00:00+08:00");
    assert_eq!(answer["events"][1]["because"], "outside receiving hours");
    let study = &answer["deadlines"][0];
    assert_eq!(study["clock"], "INITIAL_STUDY");
    assert_eq!(study["start"], "2024-01-22");
    assert_eq!(study["due_date"], "2024-01-24");
    assert_eq!(study["due_at"], "2024-01-24T23:59:59+08:00");
    assert_eq!(study["reading"], "working-day");
    assert_eq!(study["certainty"], "secondary");
    assert_eq!(study["days"][0], serde_json::json!({ "date": "2024-01-22", "counts": false, "why": "start day" }));
    assert_eq!(study["days"][2], serde_json::json!({ "date": "2024-01-24", "counts": true, "n": 2 }));
    let readings: Vec<&str> = study["readings"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(readings, ["working-day", "calendar-day"]);
}

#[test]
fn people_get_a_readable_answer_with_every_day() {
    let output = netra(&["clock", "--regime", "pemilu", "--zone", "WITA", "--event", "registered=2024-02-05"]);
    let text = stdout(&output);
    assert!(text.contains("libur nasional: Isra Mikraj Nabi Muhammad"), "{text}");
    assert!(text.contains("bacaan lain joint-leave-works: Jumat, 16 Februari 2024"), "{text}");
}

#[test]
fn unusable_input_is_status_two_and_one_line_that_says_how_to_mend_it() {
    let cases: [(&[&str], &str); 5] = [
        (&["--event", "delivered=2031-01-20"], "lies outside the packed holiday years 2023-2027"),
        (&["--event", "delivered=20-01-2024"], "write 2024-01-19"),
        (&["--event", "delivered=2024-01-20T10:00:00+07:00"], "has an offset that is not WITA"),
        (&["--event", "arrived=2024-01-20"], "is not an event kind"),
        (&["--event", "received=2024-01-20"], "give delivered=TIME"),
    ];
    for (arguments, expected) in cases {
        let output = netra(&[&CLOCK[..], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        let complaint = stderr(&output);
        assert!(complaint.contains(expected), "{complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
    }
}

#[test]
fn unknown_words_are_status_two() {
    assert_eq!(netra(&["clock", "--regime", "pilpres"]).status.code(), Some(2));
    assert_eq!(netra(&["tidak-ada"]).status.code(), Some(2));
}

#[test]
fn every_command_explains_itself() {
    for command in [
        "demo", "serve", "clock", "classify", "audit", "law", "evidence", "user", "verify", "backup", "restore",
        "check", "ledger", "whatsapp", "read", "link", "form",
    ] {
        let output = netra(&[command, "--help"]);
        assert!(output.status.success(), "{command}");
        assert!(stdout(&output).contains("Usage"), "{command}");
    }
}

#[test]
fn the_law_lists_shows_and_checks() {
    let list = json(&["law", "list", "--json"]);
    let ids: Vec<&str> = list["packs"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["discipline-2021", "pemilu-2022", "pilkada-2020", "pilkada-2024"]);
    let shown = json(&["law", "show", "HANDLING_MAX", "--json"]);
    assert_eq!(shown[0]["cite"], "UU 7/2017 art. 454(8)");
    assert_eq!(json(&["law", "check", "--json"])["holds"], true);
    assert_eq!(netra(&["law", "show", "NO_SUCH_CLOCK"]).status.code(), Some(2));
}

#[test]
fn sanctions_that_an_act_can_bring_are_those_of_its_day() {
    let sanctions = |day: &str| -> Vec<String> {
        let answer =
            json(&["classify", "--act", "DIS-06", "--subject", "pns", "--date", day, "--regime", "pilkada", "--json"]);
        let list = answer["types"][0]["catalogue"].as_array().expect("a catalogue").clone();
        list.iter().map(|s| s["cite"].as_str().expect("a citation").to_owned()).collect()
    };
    let today = sanctions("2024-09-10");
    assert!(today.len() > 2, "{today:?}");
    assert!(today.iter().all(|cite| cite.contains("PP 94/2021") || cite.contains("Peraturan BKN 6/2022")), "{today:?}");
    let earlier = sanctions("2020-09-10");
    assert!(earlier.len() > 2 && earlier.iter().all(|cite| cite.contains("PP 53/2010")), "{earlier:?}");
}

#[test]
fn a_broken_pack_fails_the_check_with_its_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    copy(&root, folder.path());
    let clocks = folder.path().join("pemilu-2022/clocks.toml");
    let text = std::fs::read_to_string(&clocks).expect("the copy is readable");
    std::fs::write(&clocks, text.replace("start_day = \"excluded\"\n", "")).expect("the copy is writable");
    let dir = folder.path().to_str().expect("UTF-8");
    let output = netra(&["law", "check", "--dir", dir]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("start_day"), "{}", stdout(&output));
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn evidence_names_digest_and_true_type() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("foto.jpg");
    std::fs::write(&file, b"\x89PNG\r\n\x1a\n rest").expect("writable");
    let answer = json(&["evidence", file.to_str().expect("UTF-8"), "--json"]);
    assert_eq!(answer[0]["media_type"], "image/png");
    assert_eq!(answer[0]["size"], 13);
    let missing = netra(&["evidence", "/tidak/ada"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("reading /tidak/ada"));
}

#[test]
fn evidence_tells_what_files_say_about_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("writable");
        file.to_str().expect("UTF-8").to_owned()
    };
    let letter = b"%PDF-1.7\n7 0 obj<</Title(Surat)/CreationDate(D:20231230201503+07'00')>>endobj\n\
        trailer<</Info 7 0 R>>\n%%EOF";
    let letter = place("surat.pdf", letter);
    let page = b"<!DOCTYPE html><!-- Page saved with SingleFile\n url: https://contoh.example/kabar\n--><title>Kabar</title>Isi";
    let page = place("kabar.html", page);
    let arguments = ["evidence", letter.as_str(), page.as_str(), "--reported", "2023-12-30T20:00:00+07:00"];
    let answer = json(&[&arguments[..], &["--json"]].concat());
    assert_eq!(answer[0]["metadata"]["title"], "Surat");
    assert_eq!(answer[0]["metadata"]["times"][0]["time"]["instant"]["at"], "2023-12-30T13:15:03Z");
    assert_eq!(answer[0]["metadata"]["findings"][0], "after-report");
    assert_eq!(answer[1]["capture"]["kind"], "page");
    assert_eq!(answer[1]["capture"]["address"], "https://contoh.example/kabar");
    assert_eq!(answer[1]["capture"]["words"], "Isi");
    let text = stdout(&netra(&arguments));
    assert!(text.contains("dibuat          2023-12-30 20:15:03 UTC+07"), "{text}");
    assert!(text.contains("peringatan      waktu pembuatan setelah laporan"), "{text}");
    assert!(text.contains("alamat          https://contoh.example/kabar"), "{text}");
}

#[test]
fn the_stories_replay_and_every_date_and_route_agrees() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = json(&["demo", "--once", "--json", "--data", folder.path().join("keluar").to_str().expect("UTF-8")]);
    let wrong: Vec<_> = answer["checks"].as_array().unwrap().iter().filter(|c| c["holds"] != true).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(answer["holds"], true);
    let dossiers = answer["dossiers"].as_array().unwrap();
    assert!(dossiers.len() >= 5);
    for dossier in dossiers {
        let bytes = std::fs::read(dossier["file"].as_str().unwrap()).expect("the dossier is there");
        netra_ledger::verify(&bytes, 1 << 30).expect("the dossier verifies");
    }
}

#[test]
fn accounts_are_added_reset_and_listed_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("UTF-8");
    let missing = netra(&["user", "list", "--data", data]);
    assert_eq!(missing.status.code(), Some(2));
    support::Server::demo(folder.path(), "2024-01-08T09:00:00+08:00").kill();
    let add =
        ["user", "add", "baru.ppu", "--name", "Staf C", "--role", "intake", "--office", "bawaslu-ppu", "--data", data];
    let added = netra(&add);
    assert!(added.status.success(), "{}", stderr(&added));
    assert!(stdout(&added).starts_with("baru.ppu\t"));
    assert_eq!(netra(&add).status.code(), Some(2), "a login name is given once");
    assert!(netra(&["user", "reset", "baru.ppu", "--data", data]).status.success());
    let list = json(&["user", "list", "--json", "--data", data]);
    assert!(list.as_array().unwrap().iter().any(|a| a["login"] == "baru.ppu" && a["role"] == "intake"));
    let wrong = netra(&[
        "user",
        "add",
        "x.y",
        "--name",
        "Staf",
        "--role",
        "authority",
        "--office",
        "bawaslu-ppu",
        "--data",
        data,
    ]);
    assert_eq!(wrong.status.code(), Some(2));
}
