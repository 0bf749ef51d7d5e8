//! Sheets on official forms: each has one, what the packs and the catalogue say of it agrees, and nothing is lost.

use std::sync::LazyLock;

use netra_docket::act::{Act, PreventionKind};
use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::steps::StepKind;
use netra_forms::paper::{extract_for, form_for, paper, print, prints};
use netra_forms::sheet::{Block, Sheet, paragraphs};
use netra_law::pack::Regime;
use netra_press::{Form, Paper, Press, Templates};

use crate::docket::*;
use crate::forms::{at_work, personal};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(&Templates::embedded()).unwrap());

/// Dockets that hold every kind of act.
fn dockets() -> Vec<Vec<Entry>> {
    vec![
        whole(),
        entries(vec![("2024-01-19T10:20", tip())]),
        entries(vec![("2024-10-01T10:20", information())]),
        entries(vec![("2024-01-19T10:20", prevention()), ("2024-01-22T10:20", prevention_answer(1))]),
        personal(),
        at_work(),
    ]
}

/// Every act that leaves paper, with the matter as it stood then.
fn with_paper() -> Vec<(Entry, Matter, Sheet)> {
    let mut list = Vec::new();
    for entries in dockets() {
        for entry in &entries {
            if let Some(sheet) = sheet_or_none(&entries, entry.n) {
                list.push((entry.clone(), fold(&entries[..entry.n as usize]), sheet));
            }
        }
    }
    list
}

fn said(paper: &Paper) -> String {
    let parts: Vec<_> = paper.sections.iter().map(|section| (&section.heading, &section.parts)).collect();
    serde_json::to_string(&parts).unwrap()
}

#[test]
fn every_sheet_is_printed_on_its_form() {
    for (entry, matter, sheet) in with_paper() {
        let step = StepKind::of(&entry.what).id();
        let form = form_for(&PRESS, &entry, &matter).unwrap_or_else(|| panic!("{step} has no form"));
        assert!(prints(&PRESS, form, &entry, &matter), "{step}");
        let printed = print(&PRESS, form, &entry, &sheet, Some("https://netra.example/meja/perkara/1/lembar/1"));
        let printed = printed.unwrap_or_else(|error| panic!("{step}: {error}"));
        assert!(printed.bytes.starts_with(b"%PDF-"), "{step}");
        assert!(printed.name.ends_with(".pdf") && printed.name.is_ascii() && !printed.name.contains('_'), "{step}");
    }
}

#[test]
fn a_paper_says_all_that_its_sheet_says() {
    for (entry, _, sheet) in with_paper() {
        let paper = paper(&sheet, None);
        let said = said(&paper);
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let mut words: Vec<String> = Vec::new();
        for block in &sheet.blocks {
            match block {
                Block::Heading(text) => words.push(text.clone()),
                Block::Text(text) | Block::Prose(text) => words.extend(paragraphs(text)),
                Block::Notice(text) => assert!(paper.notice.as_ref().is_some_and(|n| n.contains(text))),
                Block::Fields(items) => words.extend(items.iter().flat_map(|(l, v)| [l.clone(), v.clone()])),
                Block::List { items, .. } => words.extend(items.iter().cloned()),
                Block::Table { head, rows } => {
                    words.extend(head.iter().cloned());
                    words.extend(rows.iter().flatten().cloned());
                }
            }
        }
        for text in words {
            assert!(said.contains(&quoted(&text)), "act {}: {text}", entry.n);
        }
    }
}

/// The code on paper is the catalogue's, on screen the pack's.
#[test]
fn packs_and_catalogue_agree_on_codes_and_titles() {
    let mut compared = 0;
    for pack in LAW.packs().iter().filter(|pack| pack.head.regime != Regime::Discipline) {
        let day = pack.head.valid_to.unwrap_or("2025-01-02".parse().unwrap());
        for rule in &pack.procedure.step {
            let form: Option<&Form> = match rule.id.as_str() {
                "oath" | "oath-expert" => PRESS.catalogue().forms.iter().find(|form| {
                    form.variant.as_deref() == Some(rule.id.as_str())
                        && form.regimes.iter().any(|regime| regime == pack.head.regime.id())
                }),
                step if rule.form_finding.is_some() => {
                    PRESS.catalogue().form_for(pack.head.regime.id(), step, Some("report"), day)
                }
                step => PRESS.catalogue().form_for(pack.head.regime.id(), step, None, day),
            };
            let place = format!("{} {}", pack.head.id, rule.id);
            let Some(form) = form else {
                assert!(rule.form.is_none() && rule.form_title.is_none(), "{place} is not in the catalogue");
                continue;
            };
            assert_eq!(rule.form, form.code, "{place}");
            if let Some(title) = &rule.form_title {
                assert_eq!(title.to_lowercase(), form.title.to_lowercase(), "{place}");
            }
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} steps were compared");
}

/// The oath has a form of its own, which prints nothing of what was asked and answered.
#[test]
fn the_oath_is_printed_by_itself() {
    let entries = whole();
    let heard: Vec<&Entry> = entries.iter().filter(|e| matches!(e.what, Act::Clarified(_))).collect();
    let matter = fold(&entries);
    let oath = PRESS.catalogue().form("B.10", None).unwrap();
    let of_experts = PRESS.catalogue().form("B.11", None).unwrap();
    assert!(heard.iter().all(|e| prints(&PRESS, oath, e, &matter) != prints(&PRESS, of_experts, e, &matter)));
    let entry = heard.iter().find(|e| prints(&PRESS, oath, e, &matter)).unwrap();
    let sheet = sheet_of(&entries, entry.n);
    assert!(print(&PRESS, oath, entry, &sheet, None).unwrap().bytes.starts_with(b"%PDF-"));
    let study = PRESS.catalogue().form("KAJIAN", None).unwrap();
    assert!(!prints(&PRESS, study, entry, &matter));
}

/// An appeal has its note for the file, and one letter for each of those to whom it goes.
#[test]
fn an_appeal_is_printed_as_letters() {
    let entries = entries(vec![("2024-01-19T10:20", prevention())]);
    let (entry, matter) = (&entries[0], fold(&entries));
    let note = form_for(&PRESS, entry, &matter).unwrap();
    let letters = extract_for(&PRESS, entry, &matter).unwrap();
    assert_eq!((note.id.as_str(), letters.id.as_str()), ("PENCEGAHAN", "IMBAUAN"));
    let sheet = sheet_of(&entries, 1);
    assert!(print(&PRESS, letters, entry, &sheet, None).unwrap().bytes.starts_with(b"%PDF-"));
    let said = said(&paper(&sheet, None));
    assert!(said.contains("Kecamatan Contoh Dua") && said.contains("Jalan Contoh Nomor 2, Kota Contoh"));

    let Act::PreventionRecorded(mut session) = prevention() else { panic!("prevention") };
    session.activity = PreventionKind::InformationSession;
    let entries = crate::docket::entries(vec![("2024-01-19T10:20", Act::PreventionRecorded(session))]);
    assert!(extract_for(&PRESS, &entries[0], &fold(&entries)).is_none(), "a session is no letter");
}

#[test]
fn the_letter_on_paper_names_nobody_who_told() {
    let entries = whole();
    let paper = paper(&sheet_of(&entries, n_of(&entries, "forwarded")), None);
    let said = said(&paper);
    assert!(said.contains(REPORTED));
    assert!(!said.contains(REPORTER) && !said.contains(WITNESS));
}

#[test]
fn a_corrected_paper_says_so_on_top() {
    let entries = whole();
    let corrected = entries.iter().find_map(|e| match &e.what {
        Act::Corrected(c) => entries.iter().find(|o| o.id == c.of),
        _ => None,
    });
    let paper = paper(&sheet_of(&entries, corrected.unwrap().n), None);
    assert!(paper.notice.unwrap().starts_with("Catatan ini sudah dibetulkan"));
    assert!(paper.sections.iter().all(|section| section.name != "pembuka" || !section.parts.is_empty()));
}
