//! The trust directory: what it answers, and what it refuses.

use jiff::Timestamp;
use netra_ledger::SigningKey;
use netra_ledger::directory::{AgeRecipient, Directory, DirectoryEntry, DirectoryError, Distrust, Revocation};

use crate::sample::*;

/// A public key of age, as its documentation shows one.
const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn now() -> Timestamp {
    at("2024-02-08T00:00:00Z")
}

pub fn national() -> SigningKey {
    key("netra/kantor-pusat-contoh", 7)
}

pub fn entry(key: &SigningKey) -> DirectoryEntry {
    DirectoryEntry {
        key: key.verifier().clone(),
        name: "Kantor Contoh".to_owned(),
        recipient: Some(RECIPIENT.parse().unwrap()),
        address: None,
        since: at("2024-01-01T00:00:00Z"),
        until: None,
        revoked: None,
    }
}

/// A directory that knows sender and receiver.
pub fn known() -> Directory {
    let begun = Directory::new(now());
    begun.with(entry(&sender()), now()).unwrap().with(entry(&receiver()), now()).unwrap()
}

fn revocation() -> Revocation {
    Revocation { at: at("2024-02-01T00:00:00Z"), reason: "Kunci hilang.".to_owned() }
}

#[test]
fn a_key_is_known_only_in_its_time() {
    let limited = DirectoryEntry { until: Some(at("2024-03-01T00:00:00Z")), ..entry(&sender()) };
    let directory = Directory::new(now()).with(limited, now()).unwrap();
    let revoked =
        directory.clone().without(sender().verifier().name(), sender().verifier().id(), revocation(), now()).unwrap();
    let asked = |directory: &Directory, key: &SigningKey, moment: &str| {
        directory.look_up(key.verifier(), at(moment)).map(|entry| entry.name.clone()).map_err(|why| why.id())
    };
    let known = Ok("Kantor Contoh".to_owned());
    let table = [
        (&directory, sender(), "2023-12-31T23:59:59Z", Err("not-yet-valid")),
        (&directory, sender(), "2024-01-01T00:00:00Z", known.clone()),
        (&directory, sender(), "2024-02-29T23:59:59Z", known.clone()),
        (&directory, sender(), "2024-03-01T00:00:00Z", Err("expired")),
        (&directory, receiver(), "2024-02-01T00:00:00Z", Err("unknown")),
        // A key of the same name is not the same key.
        (&directory, key("netra/kantor-contoh", 9), "2024-02-01T00:00:00Z", Err("unknown")),
        (&revoked, sender(), "2024-01-31T23:59:59Z", known),
        (&revoked, sender(), "2024-02-01T00:00:00Z", Err("revoked")),
        (&revoked, sender(), "2024-04-01T00:00:00Z", Err("revoked")),
    ];
    for (directory, key, moment, expected) in table {
        assert_eq!(asked(directory, &key, moment), expected, "{moment}");
    }
    let office = sender().verifier().name().clone();
    assert!(directory.of_office(&office, now()).is_some() && revoked.of_office(&office, now()).is_none());
    let told = revoked.look_up(sender().verifier(), now()).unwrap_err();
    assert!(matches!(&told, Distrust::Revoked { reason, .. } if reason == "Kunci hilang."), "{told}");
    assert!(told.indonesian().contains("Kunci hilang."));
}

#[test]
fn a_directory_is_read_as_it_was_signed() {
    let directory = known();
    let text = directory.sign(&national()).unwrap();
    assert_eq!(Directory::open(&text, national().verifier()).unwrap(), directory);
    let stranger = Directory::open(&text, sender().verifier()).unwrap_err();
    assert!(matches!(stranger, DirectoryError::Note(_)), "{stranger}");
    for place in (0..text.len()).step_by(7) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        let opened = Directory::open(&changed, national().verifier());
        assert!(opened.is_err() || opened.unwrap() == directory, "byte {place}");
    }
}

#[test]
fn what_stands_in_it_has_one_form() {
    let text = known().to_string();
    assert_eq!(text.parse::<Directory>().unwrap(), known());
    let table = [
        (text.replace("netra-directory/1", "netra-directory/2"), 1),
        (text.replace("sequence 3", "sequence 03"), 2),
        (text.replace("sequence 3", "nomor 3"), 2),
        (text.replace("issued 2024-02-08T00:00:00Z", "issued 2024-02-08T01:00:00+01:00"), 3),
        (text.replacen("{\"key\"", "{ \"key\"", 1), 4),
        (text.replacen("\"name\"", "\"lain\":1,\"name\"", 1), 4),
        (text.replace(RECIPIENT, "age1x"), 4),
    ];
    for (text, line) in table {
        assert_eq!(text.parse::<Directory>(), Err(DirectoryError::Form { line }), "{text}");
    }
    let twice = known().with(entry(&sender()), now()).unwrap_err();
    assert!(matches!(twice, DirectoryError::Twice { .. }), "{twice}");
}

#[test]
fn a_directory_never_goes_back() {
    let older = known();
    let newer = older.clone().with(entry(&key("netra/kantor-lain", 4)), now()).unwrap();
    assert_eq!(newer.sequence, older.sequence + 1);
    assert_eq!(older.clone().replace(None).unwrap(), older);
    assert_eq!(newer.clone().replace(Some(&older)).unwrap(), newer);
    assert_eq!(newer.clone().replace(Some(&newer)).unwrap(), newer);
    let back = older.clone().replace(Some(&newer)).unwrap_err();
    assert_eq!(back, DirectoryError::Older { held: newer.sequence, offered: older.sequence });
    let fork = older.with(entry(&key("netra/kantor-dua", 5)), now()).unwrap();
    assert_eq!(fork.replace(Some(&newer)), Err(DirectoryError::Forked(newer.sequence)));
}

#[test]
fn a_revocation_is_never_moved_to_a_later_day() {
    let (office, id) = (sender().verifier().name().clone(), sender().verifier().id());
    let revoked = known().without(&office, id, revocation(), now()).unwrap();
    let later = Revocation { at: at("2030-01-01T00:00:00Z"), reason: "Lain.".to_owned() };
    let again = revoked.without(&office, id, later, now()).unwrap();
    assert_eq!(again.entries()[0].revoked, Some(revocation()));
    let unknown = known().without(&office, national().verifier().id(), revocation(), now()).unwrap_err();
    assert!(matches!(unknown, DirectoryError::NoSuchKey { .. }), "{unknown}");
}

#[test]
fn an_office_is_reached_at_one_address_and_older_directories_have_none() {
    let before = Directory::new(now()).with(entry(&sender()), now()).unwrap();
    assert!(!before.to_string().contains("address"), "a directory without addresses reads as it always did");
    let (name, id) = (sender().verifier().name().clone(), sender().verifier().id());
    let address = "https://netra.example.org".parse().unwrap();
    let after = before.clone().at_address(&name, id, Some(address), now()).unwrap();
    assert_eq!(after.sequence, before.sequence + 1);
    let read: Directory = after.to_string().parse().unwrap();
    let found = read.of_office(&name, now()).unwrap().address.as_ref().map(|address| address.to_string());
    assert_eq!(found.as_deref(), Some("https://netra.example.org"));
    assert_eq!(read.at_address(&name, id, None, now()).unwrap().entries(), before.entries());
    let text = after.to_string().replace("https://netra.example.org", "http://netra.example.org");
    assert!(matches!(text.parse::<Directory>(), Err(DirectoryError::Form { line: 4 })), "{text}");
    let stranger = before.at_address(&name, receiver().verifier().id(), None, now());
    assert!(matches!(stranger, Err(DirectoryError::NoSuchKey { .. })));
}

#[test]
fn a_recipient_has_one_form() {
    assert_eq!(RECIPIENT.parse::<AgeRecipient>().unwrap().as_str(), RECIPIENT);
    for other in ["", "age1", &RECIPIENT.to_uppercase(), &RECIPIENT[1..], &format!("{RECIPIENT} ")] {
        assert!(other.parse::<AgeRecipient>().is_err(), "{other:?}");
    }
}
