//! Dossiers.

use std::collections::BTreeMap;

use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::steps::StepKind;
use netra_forms::FormError;
use netra_forms::dossier::{Audience, DossierInput, build};
use netra_ledger::{unpack, verify};

use crate::docket::*;

const LIMIT: u64 = 10_000_000;

fn exhibits(matter: &Matter) -> Vec<(Exhibit, Vec<u8>)> {
    matter.exhibits.iter().map(|e| (e.clone(), bytes_of(e.no.0))).collect()
}

fn make(entries: &[Entry], reader: Audience, change: impl FnOnce(&mut DossierInput<'_>)) -> Result<Vec<u8>, FormError> {
    let (matter, head, records) = (fold(entries), head(), records(entries));
    let mut input = DossierInput {
        entries,
        records: &records,
        matter: &matter,
        law: &LAW,
        letterhead: &head,
        exhibits: exhibits(&matter),
        for_receiver: reader,
        made: moment("2024-04-09T08:00"),
    };
    change(&mut input);
    build(input)
}

fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    unpack(bytes, LIMIT).unwrap().into_iter().map(|(path, content)| (path.to_string(), content)).collect()
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

#[test]
fn a_dossier_is_whole_and_the_same_each_time() {
    let entries = whole();
    let bytes = make(&entries, Audience::Office, |_| ()).unwrap();
    assert_eq!(bytes, make(&entries, Audience::Office, |_| ()).unwrap());

    let verified = verify(&bytes, LIMIT).unwrap();
    assert_eq!(verified.header["number"], REGISTERED);
    assert_eq!(verified.header["matter"], entries[0].matter.to_string());
    assert_eq!(verified.header["office_name"], "Bawaslu Kota Contoh");
    assert_eq!(verified.header["regime"], "pemilu");
    assert_eq!(verified.header["audience"], "office");
    assert_eq!(verified.header["made_at"], "2024-04-09T08:00:00+08:00");

    let files = files(&bytes);
    for path in ["forms/0001-b-1.html", "forms/0005-b-3-1.html", "forms/0014-discuss-gakkumdu.html", "study.html"] {
        assert!(files.contains_key(path), "{path} is missing");
    }
    let forms = files.keys().filter(|p| p.starts_with("forms/")).count();
    let without = |e: &&Entry| {
        matches!(
            StepKind::of(&e.what),
            StepKind::Assign | StepKind::AddPerson | StepKind::TakeMessage | StepKind::WriteReporter
        )
    };
    assert_eq!(forms, entries.len() - entries.iter().filter(without).count());
}

#[test]
fn acts_are_the_bytes_that_were_recorded() {
    let entries = whole();
    for reader in [Audience::Office, Audience::Receiver] {
        let files = files(&make(&entries, reader, |_| ()).unwrap());
        for (entry, record) in entries.iter().zip(records(&entries)) {
            assert_eq!(files[&format!("acts/{:04}.json", entry.n)], record);
        }
    }
}

#[test]
fn exhibits_are_listed_and_come_under_their_numbers() {
    let entries = whole();
    let all = files(&make(&entries, Audience::Office, |_| ()).unwrap());
    let list: serde_json::Value = serde_json::from_slice(&all["exhibits.json"]).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 5);
    assert_eq!(list[0]["number"], 1);
    assert_eq!(list[0]["file"], "exhibits/001.jpg");
    assert_eq!(list[0]["sha256"], digest(&all["exhibits/001.jpg"]));
    assert_eq!(list[0]["label"]["description"], "Tangkapan layar ke-1");

    let none = files(&make(&entries, Audience::Office, |input| input.exhibits.clear()).unwrap());
    let list: serde_json::Value = serde_json::from_slice(&none["exhibits.json"]).unwrap();
    assert!(list[0]["file"].is_null());
}

#[test]
fn a_receiver_learns_neither_reporter_nor_witness() {
    let entries = whole();
    let office = files(&make(&entries, Audience::Office, |_| ()).unwrap());
    assert!(text(&office, "forms/0001-b-1.html").contains(REPORTER));

    let receiver = files(&make(&entries, Audience::Receiver, |_| ()).unwrap());
    for (path, content) in receiver.iter().filter(|(path, _)| !path.starts_with("acts/")) {
        let content = String::from_utf8_lossy(content);
        for told in [REPORTER, WITNESS, "0800-0000-0001", "0800-0000-0003", "orang.1@", "Jalan Rekaan Nomor 11"] {
            assert!(!content.contains(told), "{path}: {told}");
        }
    }
    let report = text(&receiver, "forms/0001-b-1.html");
    assert!(report.contains(REPORTED) && report.contains("mengajak pegawai memilih calon."));
    assert!(report.contains("Menurut (dirahasiakan), Camat Contoh Dua"));
    assert!(text(&receiver, "study.html").contains("(dirahasiakan) membenarkan rekaman."));
}

#[test]
fn the_study_is_the_one_as_it_is_to_be_read() {
    let files = files(&make(&whole(), Audience::Office, |_| ()).unwrap());
    let study = text(&files, "study.html");
    assert!(study.contains("012/KAJIAN/II/2024") && !study.contains("011/KAJIAN/II/2024"));
    assert!(text(&files, "forms/0017-finish-study.html").contains("011/KAJIAN/II/2024"));
    // A letter lists what it was sent with: exhibit 4 came later.
    let letter = text(&files, "forms/0019-forward.html");
    assert!(letter.contains(&digest(&bytes_of(3))) && !letter.contains(&digest(&bytes_of(4))));
    // A number that was drawn later stands on the earlier paper.
    assert!(text(&files, "forms/0001-b-1.html").contains(REPORT_NUMBER));
}

#[test]
fn a_matter_without_study_has_none() {
    let entries = entries(vec![("2024-01-19T10:20", tip())]);
    let bytes = make(&entries, Audience::Receiver, |_| ()).unwrap();
    verify(&bytes, LIMIT).unwrap();
    assert!(!files(&bytes).contains_key("study.html"));
}

#[test]
fn records_that_are_not_those_of_the_entries_are_refused() {
    let entries = whole();
    let mut short = records(&entries);
    short.pop();
    let error = make(&entries, Audience::Office, |input| input.records = leak(short)).unwrap_err();
    assert_eq!(error.to_string(), "the docket has 43 acts but 42 records were given: give one record for each act");

    let mut swapped = records(&entries);
    swapped.swap(0, 1);
    let error = make(&entries, Audience::Office, |input| input.records = leak(swapped)).unwrap_err();
    assert!(matches!(error, FormError::OtherRecord(1)), "{error}");

    let mut open = records(&entries);
    open[0] = serde_json::to_vec(&entries[0].to_value().unwrap()).unwrap();
    let error = make(&entries, Audience::Receiver, |input| input.records = leak(open)).unwrap_err();
    assert!(matches!(error, FormError::OpenRecord(1)), "{error}");
    assert!(!error.to_string().contains(REPORTER));

    let mut garbled = records(&entries);
    garbled[2] = b"{}".to_vec();
    let error = make(&entries, Audience::Office, |input| input.records = leak(garbled)).unwrap_err();
    assert!(matches!(error, FormError::Unreadable { n: 3, .. }), "{error}");
}

/// A slice that lives as long as the input's other parts.
fn leak(records: Vec<Vec<u8>>) -> &'static [Vec<u8>] {
    Vec::leak(records)
}

#[test]
fn changed_or_foreign_exhibits_are_refused() {
    let entries = whole();
    let error = make(&entries, Audience::Office, |input| input.exhibits[1].1.push(0)).unwrap_err();
    assert_eq!(error.to_string(), "the bytes given for exhibit 2 do not have the digest that the docket names");
    let foreign = (exhibit(77), bytes_of(77));
    let error = make(&entries, Audience::Office, |input| input.exhibits.push(foreign)).unwrap_err();
    assert!(matches!(error, FormError::ExhibitChanged(no) if no.0 == 77), "{error}");
}

#[test]
fn what_a_browser_would_run_is_stored_as_text() {
    let mut page = exhibit(1);
    page.media_type = "text/html".to_owned();
    let mut list = acts();
    list.truncate(1);
    if let Act::ReportReceived(report) = &mut list[0].1 {
        report.exhibits = vec![page];
    }
    let files = files(&make(&entries(list), Audience::Office, |_| ()).unwrap());
    assert!(files.contains_key("exhibits/001.html.txt"));
}
