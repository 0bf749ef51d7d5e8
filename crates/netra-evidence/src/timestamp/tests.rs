use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;

/// A value with its tag and length.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match u8::try_from(length) {
        Ok(short @ 0..=0x7F) => vec![tag, short],
        Ok(medium) => vec![tag, 0x81, medium],
        Err(_) => vec![tag, 0x82, u8::try_from(length >> 8).unwrap(), u8::try_from(length & 0xFF).unwrap()],
    };
    [head, content.to_vec()].concat()
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    value(0x30, &parts.concat())
}

const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA_512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];

/// What an authority stamps.
fn info(algorithm: &[u8], digest: &[u8], time: &str) -> Vec<u8> {
    let name =
        |kind: u8, text: &str| value(0x31, &sequence(&[value(6, &[0x55, 4, kind]), value(0x0C, text.as_bytes())]));
    let names = sequence(&[name(6, "ID"), name(10, "Badan Contoh"), name(3, "Penanda Waktu")]);
    sequence(&[
        value(2, &[1]),
        value(6, &[0x2A, 3, 4]),
        sequence(&[sequence(&[value(6, algorithm), value(5, &[])]), value(4, digest)]),
        value(2, &[0x12, 0xAB]),
        value(0x18, time.as_bytes()),
        sequence(&[value(2, &[1])]),
        value(2, &[9, 9, 9]),
        value(0xA0, &value(0xA4, &names)),
    ])
}

fn token(info: &[u8]) -> Vec<u8> {
    let content =
        sequence(&[value(6, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 0x10, 1, 4]), value(0xA0, &value(4, info))]);
    let signed = sequence(&[value(2, &[3]), value(0x31, &[]), content, value(0x31, &[])]);
    sequence(&[value(6, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2]), value(0xA0, &signed)])
}

fn answer(status: u8, token: Option<Vec<u8>>) -> Vec<u8> {
    sequence(&[vec![sequence(&[value(2, &[status])])], token.into_iter().collect()].concat())
}

fn read_token(bytes: &[u8]) -> Token {
    match Proof::read(bytes) {
        Ok(Proof::Token(token)) => token,
        other => panic!("{other:?}"),
    }
}

#[test]
fn tokens_tell_digest_time_and_authority() {
    let digest = Digest::of(b"bukti");
    let alone = token(&info(SHA_256, digest.as_bytes(), "20231230131503Z"));
    for bytes in [alone.clone(), answer(0, Some(alone.clone())), answer(1, Some(alone))] {
        let token = read_token(&bytes);
        assert_eq!(token.status, Status::Granted);
        assert_eq!(token.time, Some("2023-12-30T13:15:03Z".parse().unwrap()));
        assert_eq!(token.policy.as_deref(), Some("1.2.3.4"));
        assert_eq!(token.serial.unwrap().to_string(), "12ab");
        assert_eq!(token.authority.as_deref(), Some("Penanda Waktu (Badan Contoh)"));
        let imprint = token.imprint.unwrap();
        assert_eq!(imprint.compare(&digest), Matching::Same);
        assert_eq!(imprint.compare(&Digest::of(b"lain")), Matching::Different);
    }
}

#[test]
fn other_digests_are_not_compared() {
    let digest = Digest::of(b"bukti");
    let bytes = token(&info(SHA_512, &[7; 64], "20231230131503Z"));
    let proof = Proof::read(&bytes).unwrap();
    assert_eq!(proof.imprint().unwrap().compare(&digest), Matching::OtherAlgorithm);
    assert_eq!(proof.verification(), Verification::NotVerified);
}

#[test]
fn refusals_have_no_token() {
    let token = read_token(&answer(2, None));
    assert_eq!((token.status, token.imprint, token.time), (Status::Refused, None, None));
}

#[test]
fn times_of_tokens() {
    let table = [
        ("20231230131503Z", Some("2023-12-30T13:15:03Z")),
        ("20231230131503.25Z", Some("2023-12-30T13:15:03.25Z")),
        ("20231230131503.1234567891Z", Some("2023-12-30T13:15:03.123456789Z")),
        ("20231230131503", None),
        ("20231330131503Z", None),
        ("2023123013150Z", None),
        ("20231230131503.Z", None),
        ("2023123013+503Z", None),
        ("", None),
    ];
    for (text, expected) in table {
        let bytes = token(&info(SHA_256, &[7; 32], text));
        let time = match Proof::read(&bytes) {
            Ok(Proof::Token(token)) => token.time,
            _ => None,
        };
        assert_eq!(time, expected.map(|time| time.parse().unwrap()), "{text}");
    }
}

#[test]
fn what_is_no_proof_is_refused() {
    let table: [(&[u8], TimestampError); 5] = [
        (b"", TimestampError::Kind),
        (b"Surat", TimestampError::Kind),
        (b"\x30\x03\x30\x01", TimestampError::Damaged),
        (b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01", TimestampError::Damaged),
        (&[0x30; MAX_PROOF + 1], TimestampError::TooLarge),
    ];
    for (bytes, expected) in table {
        assert_eq!(Proof::read(bytes), Err(expected));
    }
}

const HEAD: &[u8] = b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08";
const PENDING: &[u8] = &[0, 0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E];
const BITCOIN: &[u8] = &[0, 0x05, 0x88, 0x96, 0x0D, 0x73, 0xD7, 0x19, 0x01];

/// A proof with a promise of a calendar, a block, and a block behind a step that is not computed.
fn open_proof() -> Vec<u8> {
    let calendar = b"https://kalender.contoh.example";
    let length = u8::try_from(calendar.len()).unwrap();
    let pending = [PENDING, &[length + 1, length], calendar].concat();
    let block = [BITCOIN, &[3, 0xC0, 0xB4, 0x32]].concat();
    let unknown = [&[0][..], &[9; 8], &[2, 1, 2]].concat();
    [
        HEAD,
        Digest::of(b"bukti").as_bytes(),
        &[0xF0, 2, 0xAA, 0xBB, 0x08],
        &[0xFF],
        &pending,
        &[0xFF, 0xF1, 1, 0xCC, 0x08],
        &block,
        &[0xFF],
        &unknown,
        &[0x67],
        &block,
    ]
    .concat()
}

#[test]
fn open_proofs_tell_calendars_and_blocks() {
    let Ok(Proof::Open(proof)) = Proof::read(&open_proof()) else { panic!("no proof") };
    assert_eq!(proof.imprint.compare(&Digest::of(b"bukti")), Matching::Same);
    let first = Sha256::digest([Digest::of(b"bukti").as_bytes().as_slice(), &[0xAA, 0xBB]].concat());
    let second = Sha256::digest([&[0xCC][..], first.as_slice()].concat());
    let root = Hexadecimal(second.iter().rev().copied().collect());
    let expected = [
        Attestation::Pending { calendar: "https://kalender.contoh.example".to_owned() },
        Attestation::Bitcoin { height: 825_920, merkle_root: Some(root) },
        Attestation::Other { kind: Hexadecimal(vec![9; 8]) },
        Attestation::Bitcoin { height: 825_920, merkle_root: None },
    ];
    assert_eq!(proof.attestations, expected);
}

#[test]
fn cut_off_proofs_are_refused() {
    let proofs = [open_proof(), token(&info(SHA_256, &[7; 32], "20231230131503Z"))];
    for bytes in proofs {
        for length in 0..bytes.len() {
            assert!(Proof::read(&bytes[..length]).is_err(), "{length}");
        }
        assert!(Proof::read(&bytes).is_ok());
    }
    // Something behind the end is no proof either.
    assert!(Proof::read(&[open_proof(), vec![0]].concat()).is_err());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(start in 0..4_usize, rest: Vec<u8>) {
        let beginnings: [&[u8]; 4] = [b"", HEAD, b"\x30\x82\x01\0", b"\x30\x40\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"];
        let bytes = [beginnings[start], &rest].concat();
        let is_proof = Proof::read(&bytes).is_ok();
        prop_assert!(!is_proof || Proof::may_be(&bytes));
    }

    #[test]
    fn changed_proofs_are_read_or_refused(place in 0..200_usize, byte: u8) {
        for mut bytes in [open_proof(), token(&info(SHA_256, &[7; 32], "20231230131503Z"))] {
            if let Some(changed) = bytes.get_mut(place) {
                *changed = byte;
            }
            if let Ok(proof) = Proof::read(&bytes) {
                prop_assert_eq!(proof.verification(), Verification::NotVerified);
            }
        }
    }
}
