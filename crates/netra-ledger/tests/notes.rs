//! Signed notes and keys: the examples of the specifications, every way to spoil them, and what is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_ledger::{
    KeyError, KeyId, KeyKind, KeyName, KnownSignature, Note, NoteError, NoteSignature, SigningKey, VerifierKey,
    WitnessKey,
};
use proptest::prelude::*;

/// The example of C2SP signed-note.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

/// The example of Go's package golang.org/x/mod/sumdb/note.
const PETER_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n— PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn signer(text: &str, secret: u8) -> SigningKey {
    SigningKey::new(name(text), &[secret; 32])
}

fn refusal(text: &str, keys: &[VerifierKey]) -> NoteError {
    text.parse::<Note>().and_then(|note| note.verify(keys)).unwrap_err()
}

#[test]
fn the_examples_of_others_verify() {
    for (text, vkey, who) in [(EXAMPLE, EXAMPLE_KEY, "example.com/foo"), (PETER, PETER_KEY, "PeterNeumann")] {
        let key = key(vkey);
        let note: Note = text.parse().unwrap();
        let known = note.verify(std::slice::from_ref(&key)).unwrap();
        assert_eq!(known, [KnownSignature { name: name(who), id: key.id(), unix_seconds: None }]);
        assert_eq!(note.to_string(), text);
        assert_eq!((key.name().as_str(), key.kind()), (who, KeyKind::Text));
        assert_eq!(key.to_string(), vkey);
    }
}

/// The last empty line ends the text; empty lines before it belong to the text (C2SP signed-note).
#[test]
fn a_text_may_have_empty_lines() {
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
    let text = format!(
        "{poem}\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMou\
         FSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    );
    let note: Note = text.parse().unwrap();
    assert_eq!(note.text(), poem);
    let [signature] = note.signatures() else { unreachable!() };
    assert_eq!(signature.name().as_str(), "quasimodo.example/salvatore");
    assert_eq!(signature.id(), KeyId([0x36, 0x7b, 0xa0, 0x4b]));
    assert_eq!(note.to_string(), text);
}

#[test]
fn any_changed_byte_of_a_note_is_found() {
    for mask in [1, 0x20, 0x80] {
        for at in 0..EXAMPLE.len() {
            let mut bytes = EXAMPLE.as_bytes().to_vec();
            bytes[at] ^= mask;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let verified = changed.parse::<Note>().and_then(|note| note.verify(&[key(EXAMPLE_KEY)]));
            assert!(verified.is_err(), "byte {at} ^ {mask}: {changed}");
        }
    }
}

#[test]
fn a_changed_text_is_evidence() {
    let changed = EXAMPLE.replace("example message", "example massage");
    let refused = refusal(&changed, &[key(EXAMPLE_KEY)]);
    assert_eq!(
        refused.to_string(),
        "the signature of example.com/foo (key 530d903a) does not fit the text: one of them was changed; do not \
         rely on the note, and keep it as evidence"
    );
    let line = EXAMPLE.lines().last().unwrap();
    let elsewhere = format!("Another text.\n\n{line}\n");
    assert_eq!(refusal(&elsewhere, &[key(EXAMPLE_KEY)]), refused);
}

#[test]
fn unknown_signatures_say_nothing_and_known_ones_must_hold() {
    let (mine, other) = (signer("netra.example/a", 1), signer("netra.example/b", 2));
    let mut note = Note::sign("text\n", &mine).unwrap();
    let forged = Note::sign("another text\n", &other).unwrap();
    note.push(forged.signatures()[0].clone()).unwrap();
    let text = note.to_string();

    let parsed: Note = text.parse().unwrap();
    assert_eq!(parsed.verify(&[mine.verifier().clone()]).unwrap().len(), 1);
    let both = [mine.verifier().clone(), other.verifier().clone()];
    let id = other.verifier().id();
    assert_eq!(parsed.verify(&both), Err(NoteError::Wrong { name: name("netra.example/b"), id }));
    assert_eq!(parsed.verify(&[]), Err(NoteError::Unsigned));
    // The same name with another key is another signer, and so is the same key under another name.
    for stranger in [signer("netra.example/a", 3), signer("netra.example/c", 1)] {
        assert_eq!(parsed.verify(&[stranger.verifier().clone()]), Err(NoteError::Unsigned));
    }
    // So is the same key for another purpose.
    let witness = WitnessKey::new(name("netra.example/a"), &[1; 32]);
    assert_eq!(parsed.verify(&[witness.verifier().clone()]), Err(NoteError::Unsigned));
    assert_eq!(
        NoteError::Unsigned.to_string(),
        "none of the known keys signed the note; compare them with the verifier keys that their owners publish"
    );
}

#[test]
fn a_newer_signature_of_a_key_takes_the_place_of_the_older() {
    let key = signer("netra.example/a", 1);
    let mut note = Note::sign("text\n", &key).unwrap();
    let again: NoteSignature = note.signatures()[0].to_string().parse().unwrap();
    note.push(again).unwrap();
    assert_eq!(note.signatures().len(), 1);
    assert!(note.verify(&[key.verifier().clone()]).is_ok());
}

#[test]
fn what_is_not_a_note_is_refused() {
    let line = EXAMPLE.lines().last().unwrap();
    let table = [
        (String::new(), NoteError::NoSignatures),
        ("text".to_owned(), NoteError::NoSignatures),
        ("text\n".to_owned(), NoteError::NoSignatures),
        ("text\n\n".to_owned(), NoteError::NoSignatures),
        (format!("text\n{line}\n"), NoteError::NoSignatures),
        (format!("text\n\n{line}\n\n"), NoteError::NoSignatures),
        (format!("text\n\n{line}"), NoteError::Line { line: 1 }),
        (format!("text\n\n{line}\n{line} \n"), NoteError::Line { line: 2 }),
        (format!("text\n\n{}\n", line.replace('—', "-")), NoteError::Line { line: 1 }),
        (format!("text\n\n {line}\n"), NoteError::Line { line: 1 }),
        (format!("text\n\n{}\n", line.replace("foo ", "foo  ")), NoteError::Line { line: 1 }),
        (format!("text\n\n{}\n", line.replace("foo", "f+o")), NoteError::Line { line: 1 }),
        (format!("text\n\n{}\n", line.replace("foo", "f\u{a0}o")), NoteError::Line { line: 1 }),
        (format!("text\n\n{}\n", line.replace("example.com/foo", "")), NoteError::Line { line: 1 }),
        (format!("text\n\n{}\n", line.trim_end_matches('=')), NoteError::Line { line: 1 }),
        ("text\n\n— example.com/foo\n".to_owned(), NoteError::Line { line: 1 }),
        ("text\n\n— example.com/foo \n".to_owned(), NoteError::Line { line: 1 }),
        ("text\n\n— example.com/foo Uw2QOg==\n".to_owned(), NoteError::Line { line: 1 }),
        (format!("te\rxt\n\n{line}\n"), NoteError::Control { at: 2 }),
        (format!("text\n\n{line}\0\n"), NoteError::Control { at: 6 + line.len() }),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse::<Note>(), Err(expected), "{text:?}");
    }
}

#[test]
fn a_note_has_limits() {
    let line = EXAMPLE.lines().last().unwrap();
    let with = |count: usize| format!("text\n\n{}", format!("{line}\n").repeat(count));
    assert_eq!(with(100).parse::<Note>().unwrap().signatures().len(), 100);
    assert_eq!(with(101).parse::<Note>(), Err(NoteError::TooMany));
    assert_eq!(NoteError::TooMany.to_string(), "the note has more than 100 signatures; drop those of unknown keys");

    // The lines are all of one key, so another key finds no place, and that key makes place for itself.
    let mut full: Note = with(100).parse().unwrap();
    let mine = Note::sign("text\n", &signer("netra.example/a", 1)).unwrap();
    assert_eq!(full.push(mine.signatures()[0].clone()), Err(NoteError::TooMany));
    assert_eq!(full.signatures().len(), 100);
    full.push(line.parse().unwrap()).unwrap();
    assert_eq!(full.signatures().len(), 1);

    let padding = Note::MAX_LEN - EXAMPLE.len();
    let longest = "x".repeat(padding) + EXAMPLE;
    assert!(longest.parse::<Note>().is_ok());
    let len = Note::MAX_LEN + 1;
    assert_eq!(format!("x{longest}").parse::<Note>(), Err(NoteError::TooLong { len }));
    let text = "x".repeat(Note::MAX_LEN - 1) + "\n";
    assert!(matches!(Note::sign(&text, &signer("a", 1)), Err(NoteError::TooLong { .. })));
    assert!(matches!(text.parse::<NoteSignature>(), Err(NoteError::Line { line: 1 })));
}

#[test]
fn a_text_that_would_not_be_read_back_is_not_signed() {
    let key = signer("netra.example/a", 1);
    for text in ["", "text", "two\n\nlines"] {
        assert_eq!(Note::sign(text, &key), Err(NoteError::Text), "{text:?}");
    }
    assert_eq!(Note::sign("tab\t\n", &key), Err(NoteError::Control { at: 3 }));
    assert_eq!(NoteError::Text.to_string(), "the text of a note must end with a newline; add one");
}

#[test]
fn names_stand_out_in_a_line() {
    let longest = "n".repeat(KeyName::MAX_LEN);
    for text in ["a", "netra.example/kabupaten-contoh", "transparency.dev/DEV:witness", "énergie", longest.as_str()] {
        assert_eq!(text.parse::<KeyName>().unwrap().to_string(), text);
    }
    let long = "n".repeat(KeyName::MAX_LEN + 1);
    for text in ["", " ", "a b", "a+b", "a\tb", "a\nb", "a\u{2003}b", "a\u{85}b", "a\0", long.as_str()] {
        assert_eq!(text.parse::<KeyName>(), Err(KeyError::Name), "{text:?}");
    }
}

#[test]
fn any_changed_or_missing_character_of_a_key_is_found() {
    for vkey in [EXAMPLE_KEY, PETER_KEY] {
        for from in 0..vkey.len() {
            for to in from..vkey.len() {
                let part = if from == 0 { &vkey[..to] } else { &vkey[from..=to] };
                assert!(part.parse::<VerifierKey>().is_err(), "{part}");
            }
        }
        for at in 0..vkey.len() {
            for mask in [1, 2, 0x20] {
                let mut bytes = vkey.as_bytes().to_vec();
                bytes[at] ^= mask;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(changed.parse::<VerifierKey>().is_err(), "{changed}");
            }
        }
    }
}

#[test]
fn what_is_not_a_key_is_refused_in_words() {
    let foo = || name("example.com/foo");
    let table = [
        ("", KeyError::Form),
        ("example.com/foo", KeyError::Form),
        ("example.com/foo+530d903a", KeyError::Form),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", KeyError::Name),
        ("example.com/foo+530d903a+", KeyError::Material(foo())),
        ("example.com/foo+530d903a+AQ==", KeyError::Material(foo())),
        ("example.com/foo+530d903a+not base64", KeyError::Material(foo())),
        ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==", KeyError::Material(foo())),
        (
            "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            KeyError::Kind { name: foo(), kind: 6 },
        ),
        (
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            KeyError::Id { name: foo(), expected: KeyId([0x53, 0x0d, 0x90, 0x3a]) },
        ),
        // The point of order one: anybody can sign for it.
        ("example.com/foo+530d903a+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", KeyError::Weak(foo())),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse::<VerifierKey>(), Err(expected), "{text}");
    }
    let refused = "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse::<VerifierKey>();
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the verifier key of example.com/foo should have the id 530d903a: a part of it was changed; copy it whole"
    );
}

/// The key pair of RFC 8032, section 7.1, test 1.
#[test]
fn keys_are_those_of_rfc_8032() {
    let secret = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
        0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
    ];
    let public = [
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1,
        0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
    ];
    let key = SigningKey::new(name("netra.example/a"), &secret);
    assert_eq!(*key.verifier(), VerifierKey::new(name("netra.example/a"), KeyKind::Text, &public).unwrap());
    let witness = WitnessKey::new(name("netra.example/a"), &secret);
    let expected = VerifierKey::new(name("netra.example/a"), KeyKind::Cosignature, &public).unwrap();
    assert_eq!(*witness.verifier(), expected);
    assert_ne!(key.verifier().id(), witness.verifier().id());
}

#[test]
fn debug_output_keeps_secrets_to_itself() {
    let secret = [0xab; 32];
    let key = SigningKey::new(name("netra.example/a"), &secret);
    assert_eq!(format!("{key:?}"), format!("SigningKey({})", key.verifier()));
    let witness = WitnessKey::new(name("netra.example/a"), &secret);
    assert_eq!(format!("{witness:?}"), format!("WitnessKey({})", witness.verifier()));
    assert_eq!(format!("{:?}", key.verifier()), format!("VerifierKey({})", key.verifier()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any text that may be signed is read back, holds, and is written again as it was.
    #[test]
    fn notes_are_read_as_they_are_written(
        text in "([^\\x00-\\x1f]{0,20}\n){1,6}",
        secrets in prop::collection::vec(any::<u8>(), 1..4),
    ) {
        let keys: Vec<SigningKey> = secrets.iter().map(|secret| signer("netra.example/a", *secret)).collect();
        let mut note = Note::sign(&text, &keys[0]).unwrap();
        for key in &keys[1..] {
            note.push(Note::sign(&text, key).unwrap().signatures()[0].clone()).unwrap();
        }
        let written = note.to_string();
        let read: Note = written.parse().unwrap();
        prop_assert_eq!(&read, &note);
        prop_assert_eq!(read.text(), text);
        prop_assert_eq!(read.to_string(), written);
        for key in &keys {
            prop_assert!(read.verify(&[key.verifier().clone()]).is_ok());
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written(secret in any::<[u8; 32]>()) {
        for key in [
            SigningKey::new(name("netra.example/a"), &secret).verifier(),
            WitnessKey::new(name("netra.example/a"), &secret).verifier(),
        ] {
            prop_assert_eq!(key.to_string().parse::<VerifierKey>(), Ok(key.clone()));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_judged(text in prop_oneof![any::<String>(), "[a—\n +=A-Za-z0-9/.]{0,80}"]) {
        if let Ok(note) = text.parse::<Note>() {
            prop_assert_eq!(note.to_string(), text.clone());
        }
        if let Ok(key) = text.parse::<VerifierKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}
