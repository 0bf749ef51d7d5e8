//! Who is named where.

use netra_docket::entry::Entry;
use netra_forms::SECRET;

use crate::docket::*;

#[test]
fn sealed_values_print_as_secret() {
    let entries: Vec<Entry> = whole().iter().map(sealed).collect();
    for entry in &entries {
        let Some(sheet) = sheet_or_none(&entries, entry.n) else { continue };
        let html = netra_forms::document(&sheet).unwrap();
        for secret in NAMES.into_iter().chain(["Jalan Rekaan", "0800-0000", "example.org", "Tangkapan layar"]) {
            // What an officer wrote into an open text stays: the store does not seal it.
            if secret == WITNESS && entry.n == n_of(&entries, "absence-recorded") {
                continue;
            }
            assert!(!html.contains(secret), "act {}: {secret}", entry.n);
        }
    }
    let report = html_of(&entries, 1);
    assert!(report.matches(SECRET).count() > 10);
    // The kind of person is no secret; the place may be somebody's home.
    assert!(report.contains("Pegawai negeri sipil (PNS)"));
    assert!(!report.contains("Aula Kecamatan Contoh"));
}

#[test]
fn a_form_for_the_file_names_everybody() {
    let report = html_of(&whole(), 1);
    for name in NAMES {
        assert!(report.contains(name), "{name}");
    }
}

#[test]
fn papers_for_the_public_name_nobody() {
    let entries = whole();
    for act in ["status-announced", "statement-published", "rejected"] {
        let html = html_of(&entries, n_of(&entries, act));
        for name in NAMES {
            assert!(!html.contains(name), "{act}: {name}");
        }
    }
}

#[test]
fn the_letter_names_the_reported_person_and_nobody_who_told() {
    let entries = whole();
    let sheet = sheet_of(&entries, n_of(&entries, "forwarded"));
    let html = netra_forms::document(&sheet).unwrap();
    assert!(html.contains(REPORTED));
    assert!(html.contains(EXPERT));
    assert!(!html.contains(REPORTER));
    assert!(!html.contains(WITNESS));
    assert!(html.contains("Menurut (dirahasiakan), Camat Contoh Dua"));
}
