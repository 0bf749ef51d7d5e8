//! Private values leave the record and come back unchanged; the record's bytes never change form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::convert::Infallible;

use netra_docket::act::{Act, CorrectedReading};
use netra_docket::entry::{Actor, Entry, EntryError, canonical_bytes};
use netra_docket::ids::SealId;
use netra_docket::private::{Private, Seal, open_all, seal_all, seals};
use proptest::prelude::*;
use serde_json::{Value, json};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

/// A vault that gives its rows numbers in the order in which they come.
#[derive(Default)]
struct Vault(BTreeMap<SealId, Value>);

impl Vault {
    fn keep(&mut self, inner: Value) -> Result<Seal, Infallible> {
        let id = seal_id(self.0.len() as u128 + 1);
        self.0.insert(id, inner);
        Ok(Seal { id, commitment: "c0ffee".to_owned() })
    }

    fn seal(&mut self, value: &mut Value) {
        let Ok(()) = seal_all(value, &mut |inner| self.keep(inner));
    }

    fn open(&self, value: &mut Value) {
        open_all(value, &mut |id| self.0.get(&id).cloned());
    }
}

fn seal_ids(value: &Value) -> Vec<SealId> {
    let mut found = Vec::new();
    seals(value, &mut found);
    found
}

/// An entry that holds an act; the second of its docket.
fn entry(what: Act) -> Entry {
    Entry {
        id: act_id(2),
        matter: matter_id(),
        office: office(HOME),
        n: 2,
        at: moment("2024-01-19T17:10"),
        recorded: moment("2024-01-19T17:12:30"),
        by: officer(),
        what,
    }
}

fn canonical(entry: &Entry) -> String {
    String::from_utf8(canonical_bytes(&entry.to_value().unwrap()).unwrap()).unwrap()
}

// --- Sealing ------------------------------------------------------------------------------------

/// Any JSON in which some values stand as open private ones, at any depth, also within each other.
fn json_with_private_values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| json!(n)),
        "[A-Z ]{0,12}".prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 64, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map("[a-e]{1,3}", inner.clone(), 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
            inner.prop_map(|value| json!({ "private": value })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Guards: whatever an act looks like, every open private value goes to the vault, nothing else
    /// changes, and opening gives back what was there.
    #[test]
    fn what_is_sealed_opens_to_the_same(before in json_with_private_values()) {
        let mut value = before.clone();
        let mut vault = Vault::default();
        vault.seal(&mut value);
        let text = value.to_string();
        prop_assert!(!text.contains("\"private\""), "{text}");
        prop_assert_eq!(seal_ids(&value).len(), vault.0.len());

        let sealed = value.clone();
        Vault::default().open(&mut value);
        prop_assert_eq!(&value, &sealed, "an empty vault opens nothing");
        vault.open(&mut value);
        prop_assert_eq!(value, before);
    }
}

/// Guards: for one act of every kind, nothing that identifies somebody stays in the record; the
/// sealed record is still an entry, and opens to the original.
#[test]
fn no_act_keeps_what_identifies_somebody() {
    for act in every_act() {
        let before = entry(act);
        let mut value = before.to_value().unwrap();
        let mut vault = Vault::default();
        vault.seal(&mut value);
        let text = value.to_string();
        assert!(!text.to_lowercase().contains("rekaan"), "{text}");
        let sealed = Entry::from_value(value.clone()).unwrap();
        assert_eq!(seal_ids(&value).len(), vault.0.len(), "{text}");

        let mut again = sealed.to_value().unwrap();
        assert_eq!(again, value, "a sealed entry is written as it was read");
        vault.open(&mut again);
        assert_eq!(Entry::from_value(again).unwrap(), before);
    }
}

/// Guards: a value that the vault no longer has stays sealed and says nothing; the others open.
#[test]
fn erased_values_stay_sealed() {
    let mut value = entry(report()).to_value().unwrap();
    let mut vault = Vault::default();
    vault.seal(&mut value);
    let erased = seal_ids(&value)[0];
    vault.0.remove(&erased);
    vault.open(&mut value);
    assert_eq!(seal_ids(&value), [erased]);

    let Act::ReportReceived(opened) = Entry::from_value(value).unwrap().what else { panic!("not a report") };
    assert_eq!(opened.event.account.open(), None);
    assert_eq!(opened.event.account, Private::Sealed(Seal { id: erased, commitment: "c0ffee".to_owned() }));
    assert_eq!(opened.persons[0].identity.open().map(|i| i.name.as_str()), Some("Pelapor Rekaan"));
}

/// Guards: only an object that is nothing but a private value is one.
#[test]
fn a_key_called_private_beside_others_is_no_private_value() {
    let before = json!({ "private": "A", "public": "B" });
    let mut value = before.clone();
    let mut vault = Vault::default();
    vault.seal(&mut value);
    assert_eq!(value, before);
    assert!(vault.0.is_empty());
}

/// Guards: when the vault refuses a value, sealing ends with the vault's reason.
#[test]
fn a_vault_that_refuses_ends_the_sealing() {
    let mut value = entry(report()).to_value().unwrap();
    let mut calls = 0;
    let refused = seal_all(&mut value, &mut |_| {
        calls += 1;
        Err("the vault is full")
    });
    assert_eq!(refused, Err("the vault is full"));
    assert_eq!(calls, 1);
}

// --- The canonical form -------------------------------------------------------------------------

/// Guards: the bytes over which digests are made. If this test fails, every record ever written
/// no longer verifies: change the code back, or raise the canonical version.
#[test]
fn the_canonical_form_of_a_receipt() {
    assert_eq!(
        canonical(&entry(receipt())),
        concat!(
            r#"{"at":"2024-01-19T17:10:00+08:00","#,
            r#""by":{"account":"00000000-0000-0000-0000-00000000acc1","office":"bawaslu-contoh","who":"officer"},"#,
            r#""id":"00000000-0000-0000-0000-0000ac000002","#,
            r#""matter":"00000000-0000-0000-0000-000000000001","#,
            r#""n":2,"office":"bawaslu-contoh","recorded":"2024-01-19T17:12:30+08:00","v":1,"#,
            r#""what":{"act":"receipt-issued","number":"001/LP/PL/Kota/23.01/I/2024"}}"#,
        )
    );
}

/// Guards: the same for a sealed report, with nested objects, lists, optional keys left out, dates
/// and numbers.
#[test]
fn the_canonical_form_of_a_sealed_report() {
    let docket = DocketBuilder::report();
    let mut first = docket.entries[0].clone();
    first.by = Actor::Public;
    let mut value = first.to_value().unwrap();
    Vault::default().seal(&mut value);
    let sealed = Entry::from_value(value).unwrap();
    assert_eq!(
        canonical(&sealed),
        concat!(
            r#"{"at":"2024-01-15T09:00:00+08:00","by":{"who":"public"},"#,
            r#""id":"00000000-0000-0000-0000-0000ac000001","#,
            r#""matter":"00000000-0000-0000-0000-000000000001","#,
            r#""n":1,"office":"bawaslu-contoh","recorded":"2024-01-15T09:00:00+08:00","v":1,"#,
            r#""what":{"act":"report-received","channel":"counter","contest":"PL","#,
            r#""event":{"account":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10001"}},"#,
            r#""happened":"2024-01-11","known":"2024-01-12","place":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10002"}}},"#,
            r#""exhibits":[{"label":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10003"}},"#,
            r#""media_type":"image/jpeg","no":1,"#,
            r#""sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":1024}],"#,
            r#""persons":[{"capacity":"reporter","#,
            r#""identity":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10004"}},"#,
            r#""no":1,"standing":"citizen"},"#,
            r#"{"capacity":"reported","#,
            r#""identity":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10005"}},"#,
            r#""no":2,"subject":"pns"},"#,
            r#"{"capacity":"reported","#,
            r#""identity":{"sealed":{"commitment":"c0ffee","id":"00000000-0000-0000-0000-00005ea10006"}},"#,
            r#""no":3,"subject":"kepala-desa"}],"#,
            r#""regime":"pemilu","subject_line":"Ajakan memilih peserta pemilu"}}"#,
        )
    );
}

/// Guards: how corrections stand in the record, in their three readings.
#[test]
fn the_canonical_form_of_corrections() {
    let rows = [
        (CorrectedReading::Void, r#"{"as":"void"}"#),
        (
            CorrectedReading::Moment { at: moment("2024-01-16T15:00") },
            r#"{"as":"moment","at":"2024-01-16T15:00:00+08:00"}"#,
        ),
        (
            CorrectedReading::Act { act: Box::new(receipt()) },
            r#"{"act":{"act":"receipt-issued","number":"001/LP/PL/Kota/23.01/I/2024"},"as":"act"}"#,
        ),
    ];
    for (reading, expected) in rows {
        let what = serde_json::to_value(correct(1, reading)).unwrap();
        let text = String::from_utf8(canonical_bytes(&what).unwrap()).unwrap();
        assert_eq!(
            text,
            format!(
                r#"{{"act":"corrected","of":"00000000-0000-0000-0000-0000ac000001","reading":{expected},"reason":{{"private":"Salah catat"}}}}"#
            )
        );
    }
}

/// Guards: keys in ASCII order whatever the order of writing, no white space, and no escapes but
/// those that JSON demands: the rules of RFC 8785.
#[test]
fn the_canonical_form_of_strings_and_keys() {
    let value = json!({ "b": "é–𝄞\"\\\n\u{1}/\u{7f}", "a": -1, "Z": [true, null], "aa": {} });
    let text = String::from_utf8(canonical_bytes(&value).unwrap()).unwrap();
    assert_eq!(text, "{\"Z\":[true,null],\"a\":-1,\"aa\":{},\"b\":\"é–𝄞\\\"\\\\\\n\\u0001/\u{7f}\"}");
}

/// Guards: reading the bytes and writing them again gives the same bytes and the same entry, for
/// one act of every kind.
#[test]
fn the_canonical_form_is_stable() {
    for act in every_act() {
        let before = entry(act);
        let text = canonical(&before);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(String::from_utf8(canonical_bytes(&value).unwrap()).unwrap(), text);
        assert_eq!(Entry::from_value(value).unwrap(), before);
    }
}

// --- What is not an entry -----------------------------------------------------------------------

/// Guards: a record of another version is not read as if it were of this one.
#[test]
fn other_versions_are_refused() {
    let mut value = entry(receipt()).to_value().unwrap();
    value["v"] = json!(2);
    let error = Entry::from_value(value.clone()).unwrap_err();
    assert_eq!(error.to_string(), "the act has canonical version 2; this program reads version 1");

    value.as_object_mut().unwrap().remove("v");
    let error = Entry::from_value(value).unwrap_err();
    assert_eq!(error.to_string(), "the act has canonical version none; this program reads version 1");
}

/// Guards: unknown acts, unknown keys and wrong values are refused rather than dropped, because what
/// is dropped in reading would be missing when the digest is computed again.
#[test]
fn what_is_not_an_entry_is_refused() {
    let rows = [
        ("/what", json!({ "act": "teleported" })),
        ("/what", json!({ "number": "1" })),
        ("/what", json!({ "act": "receipt-issued", "number": "1", "colour": "red" })),
        ("/what", json!({ "act": "withdrawn", "reason": "bare" })),
        ("/by", json!({ "who": "somebody" })),
        ("/at", json!("2024-01-19T09:10:00Z")),
        ("/at", json!("2024-01-19T17:10:00+06:00")),
        ("/n", json!(-1)),
        ("/office", json!("Bawaslu Contoh")),
        ("/id", json!("7")),
    ];
    for (place, wrong) in rows {
        let mut value = entry(receipt()).to_value().unwrap();
        *value.pointer_mut(place).unwrap() = wrong.clone();
        let error = Entry::from_value(value).unwrap_err();
        assert!(matches!(error, EntryError::Json(_)), "{place} {wrong}: {error}");
        assert_eq!(error.to_string(), "the act's bytes are not an entry");
    }
    let mut value = entry(receipt()).to_value().unwrap();
    value["note"] = json!("a key that nobody knows");
    assert!(matches!(Entry::from_value(value).unwrap_err(), EntryError::Json(_)));
}
