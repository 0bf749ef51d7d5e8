//! Checkpoints and those who witness them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::error::Error as _;
use std::slice;

use netra_ledger::tree::{ConsistencyProof, LeafHash, ProofError, RootHash, TreeHead, leaf_hash};
use netra_ledger::{
    Checkpoint, CheckpointError, Cosignature, KeyError, KeyName, Note, NoteError, SigningKey, VerifierKey,
    WitnessError, WitnessKey, cosignatures, witness,
};
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{Shelf, leaf};

const LEDGER: &str = "netra.example/kabupaten-contoh";
const WITNESS: &str = "saksi.example/w1";
/// 1 January 2026, 00.00 UTC.
const NEW_YEAR: u64 = 1_767_225_600;

fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

/// The keys of the example in docs/ledger.md, whose secrets everybody knows.
fn ledger() -> SigningKey {
    SigningKey::new(name(LEDGER), &[1; 32])
}

fn guard() -> WitnessKey {
    WitnessKey::new(name(WITNESS), &[2; 32])
}

fn checkpoint(head: TreeHead) -> Checkpoint {
    Checkpoint::new(name(LEDGER), head)
}

fn signed(head: TreeHead) -> String {
    checkpoint(head).sign(&ledger()).unwrap()
}

fn shelf(size: usize) -> Shelf {
    let leaves: Vec<LeafHash> = (0..size).map(leaf).collect();
    Shelf::of(&leaves)
}

/// Asks the witness, who signed `last`.
fn ask(last: Option<TreeHead>, offered: &str, proof: &ConsistencyProof) -> Result<String, WitnessError> {
    let last = last.map(checkpoint);
    witness(last.as_ref(), offered, ledger().verifier(), proof, &guard(), NEW_YEAR)
}

// --- Known checkpoints --------------------------------------------------------------------------

const GUIDE: &str = include_str!("../../../docs/ledger.md");

/// The example of docs/ledger.md, computed there by another program in another language.
const EXAMPLE: &str = "\
netra.example/kabupaten-contoh
3
hG/fkY8DU1u2LhBJJpGngAXfRDu2/0Y9QUmuix+ApUo=

— netra.example/kabupaten-contoh Z4tmw0LCePaLYXJ1KWnzh+0D+h/l0ltOYOdkdPXEp2vIInE58rcFzULcY4bBfMupITj/mgPclxya1DQawYCrdDCorQQ=
— saksi.example/w1 jvlPVgAAAABpVbkAiFvuRkRZrS7a4CoyNKOkAGJquhirEmlC6YxqfbI8koG9Kd4QiVA62oWidKqrFh40Yu5QQR0rzk63Hqk9d8vuDg==
";

#[test]
fn the_example_of_the_guide_is_what_this_program_writes() {
    let records =
        [r#"{"n":1,"what":"report-received"}"#, r#"{"n":2,"what":"registered"}"#, r#"{"n":3,"what":"clarified"}"#];
    let leaves: Vec<LeafHash> = records.iter().map(|record| leaf_hash(record.as_bytes())).collect();
    let shelf = Shelf::of(&leaves);
    let written = ask(None, &signed(shelf.head(3)), &ConsistencyProof::default()).unwrap();
    assert_eq!(written, EXAMPLE);

    let first = shelf.inclusion(3, 0).to_string();
    assert_eq!(first, "KQwD9nE2RDRJ/mO7bQIEwBdGvwr3Z/UC0Gw6Le+Z06o=\nqg/o+Rlp1xbbo1PhSvwUrOPzOIKLT6LMTSKtRkSVbJ8=\n");
    let shown = [
        EXAMPLE.to_owned(),
        first,
        records[0].to_owned(),
        leaves[0].to_string(),
        ledger().verifier().to_string(),
        guard().verifier().to_string(),
    ];
    for part in shown {
        assert!(GUIDE.contains(&part), "docs/ledger.md should show:\n{part}");
    }
}

/// A checkpoint of a log of certificate transparency, with signatures of kinds that are unknown here.
const FOREIGN: &str = "\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
";

#[test]
fn a_checkpoint_of_another_ledger_and_its_witnesses_verify() {
    let log: VerifierKey =
        "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
            .parse()
            .unwrap();
    let remora: VerifierKey = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2".parse().unwrap();
    let mole: VerifierKey =
        "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv".parse().unwrap();
    let checkpoint = Checkpoint::open(FOREIGN, &log).unwrap();
    assert_eq!((&checkpoint.origin, checkpoint.head.size), (log.name(), 1_432_088_532));

    let seen = |witness: &VerifierKey| Cosignature { witness: witness.name().clone(), unix_seconds: 1_779_573_024 };
    let both = [mole.clone(), remora.clone()];
    assert_eq!(cosignatures(FOREIGN, &both).unwrap(), [seen(&remora), seen(&mole)]);
    assert_eq!(cosignatures(FOREIGN, slice::from_ref(&mole)).unwrap(), [seen(&mole)]);
    assert!(cosignatures(FOREIGN, slice::from_ref(guard().verifier())).unwrap().is_empty());

    let changed = FOREIGN.replace("1432088532", "1432088533");
    assert!(matches!(Checkpoint::open(&changed, &log), Err(CheckpointError::Note(NoteError::Wrong { .. }))));
    assert!(matches!(cosignatures(&changed, &both), Err(CheckpointError::Note(NoteError::Wrong { .. }))));
}

// --- Checkpoints --------------------------------------------------------------------------------

#[test]
fn a_checkpoint_opens_with_the_key_of_its_ledger_only() {
    let text = signed(shelf(5).head(5));
    let opened = Checkpoint::open(&text, ledger().verifier()).unwrap();
    assert_eq!(opened, checkpoint(shelf(5).head(5)));

    let stranger = SigningKey::new(name(LEDGER), &[3; 32]);
    assert_eq!(Checkpoint::open(&text, stranger.verifier()), Err(CheckpointError::Note(NoteError::Unsigned)));

    let other = SigningKey::new(name("netra.example/kota-contoh"), &[1; 32]);
    let refused = checkpoint(TreeHead::EMPTY).sign(&other).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the checkpoint is of the ledger netra.example/kabupaten-contoh and the key of netra.example/kota-contoh; \
         use the key of that ledger"
    );
    let smuggled = Note::sign(&checkpoint(TreeHead::EMPTY).to_string(), &other).unwrap().to_string();
    assert_eq!(Checkpoint::open(&smuggled, other.verifier()), Err(refused));

    let cosigned = ask(None, &text, &ConsistencyProof::default()).unwrap();
    assert_eq!(Checkpoint::open(&cosigned, ledger().verifier()), Ok(opened));
    let refused = Checkpoint::open(&cosigned, guard().verifier()).unwrap_err();
    assert_eq!(refused, CheckpointError::NotOfLedger(name(WITNESS)));
}

#[test]
fn what_is_not_a_checkpoint_is_refused() {
    let root = "hG/fkY8DU1u2LhBJJpGngAXfRDu2/0Y9QUmuix+ApUo=";
    let table = [
        (String::new(), CheckpointError::End),
        (format!("a\n3\n{root}"), CheckpointError::End),
        ("\n".to_owned(), CheckpointError::Origin(KeyError::Name)),
        (format!("\n3\n{root}\n"), CheckpointError::Origin(KeyError::Name)),
        (format!("a b\n3\n{root}\n"), CheckpointError::Origin(KeyError::Name)),
        ("a\n".to_owned(), CheckpointError::Size),
        (format!("a\n\n{root}\n"), CheckpointError::Size),
        (format!("a\n03\n{root}\n"), CheckpointError::Size),
        (format!("a\n+3\n{root}\n"), CheckpointError::Size),
        (format!("a\n-3\n{root}\n"), CheckpointError::Size),
        (format!("a\n0x3\n{root}\n"), CheckpointError::Size),
        (format!("a\n18446744073709551616\n{root}\n"), CheckpointError::Size),
        ("a\n3\n".to_owned(), CheckpointError::Root),
        ("a\n3\nhG/fkY8DU1s=\n".to_owned(), CheckpointError::Root),
        (format!("a\n3\n{}\n", root.trim_end_matches('=')), CheckpointError::Root),
        (format!("a\n3\n{root}\n\n"), CheckpointError::Extension),
        (format!("a\n3\n{root}\nmore\n\nstill\n"), CheckpointError::Extension),
        (format!("a\n3\n{root}\nmo\tre\n"), CheckpointError::Extension),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse::<Checkpoint>(), Err(expected), "{text:?}");
    }
}

#[test]
fn further_lines_are_signed_too() {
    let plain = checkpoint(shelf(2).head(2));
    for line in ["", "two\nlines", "tab\t"] {
        assert_eq!(plain.clone().with_extension(line), Err(CheckpointError::Extension), "{line:?}");
    }
    let longer = plain.with_extension("first").unwrap().with_extension("second line").unwrap();
    let text = longer.sign(&ledger()).unwrap();
    let opened = Checkpoint::open(&text, ledger().verifier()).unwrap();
    assert_eq!(opened.extensions(), ["first", "second line"]);

    let cosigned = ask(None, &text, &ConsistencyProof::default()).unwrap();
    let changed = cosigned.replace("second", "zweite");
    for key in [ledger().verifier(), guard().verifier()] {
        let refused = cosignatures(&changed, slice::from_ref(key)).unwrap_err();
        assert!(matches!(refused, CheckpointError::Note(NoteError::Wrong { .. })), "{refused}");
    }
}

proptest! {
    /// `tlog_tiles` reads and writes the same checkpoints.
    #[test]
    fn checkpoints_agree_with_tlog_tiles(
        origin in "[a-z]{1,10}[.][a-z]{1,3}/[a-z0-9-]{1,10}",
        size in any::<u64>(),
        root in any::<[u8; 32]>(),
        extensions in prop::collection::vec("[^\\x00-\\x1f]{1,20}", 0..3),
    ) {
        let mut ours = Checkpoint::new(name(&origin), TreeHead { size, root: RootHash(root) });
        for line in &extensions {
            ours = ours.with_extension(line).unwrap();
        }
        let text = ours.to_string();
        let theirs = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).unwrap();
        prop_assert_eq!(theirs.origin(), origin);
        prop_assert_eq!((theirs.size(), theirs.hash().0), (size, root));
        prop_assert_eq!(theirs.to_bytes(), text.as_bytes());
        prop_assert_eq!(text.parse::<Checkpoint>(), Ok(ours));
    }

    #[test]
    fn any_text_is_a_checkpoint_or_refused(text in prop_oneof![any::<String>(), "[a0-9\n+/=]{0,80}"]) {
        if let Ok(checkpoint) = text.parse::<Checkpoint>() {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }
}

// --- Witnesses ----------------------------------------------------------------------------------

#[test]
fn a_witness_signs_what_grew() {
    let shelf = shelf(700);
    let mut last = None;
    for size in [3, 3, 256, 300, 700, 700] {
        let old = last.map_or(0, |head: TreeHead| head.size);
        let head = shelf.head(size);
        let text = ask(last, &signed(head), &shelf.consistency(old, size)).unwrap();
        let seen = cosignatures(&text, slice::from_ref(guard().verifier())).unwrap();
        assert_eq!(seen, [Cosignature { witness: name(WITNESS), unix_seconds: NEW_YEAR }]);
        assert_eq!(Checkpoint::open(&text, ledger().verifier()), Ok(checkpoint(head)));
        last = Some(head);
    }
}

#[test]
fn a_witness_refuses_a_fork() {
    let honest = shelf(300);
    let mut forged: Vec<LeafHash> = (0..300).map(leaf).collect();
    forged[77] = leaf_hash(b"another record");
    let forged = Shelf::of(&forged);

    let refused = ask(Some(honest.head(300)), &signed(forged.head(300)), &ConsistencyProof::default()).unwrap_err();
    assert_eq!(refused, WitnessError::Forked { origin: name(LEDGER), size: 300 });
    assert_eq!(
        refused.to_string(),
        "the ledger netra.example/kabupaten-contoh signed two different roots for 300 leaves: it was forked, \
         records were changed; keep both checkpoints as evidence"
    );

    // A larger fork has no proof: neither its own nor the honest one fits.
    for proof in [forged.consistency(200, 300), honest.consistency(200, 300), ConsistencyProof::default()] {
        let refused = ask(Some(honest.head(200)), &signed(forged.head(300)), &proof).unwrap_err();
        let source = ProofError::Consistency { old: 200, new: 300 };
        assert_eq!(refused, WitnessError::Unproven { origin: name(LEDGER), seen: 200, source });
        assert_eq!(
            refused.to_string(),
            "it is not proven that the ledger netra.example/kabupaten-contoh only grew since 200 leaves; ask for \
             the proof from that size, and if there is none, keep both checkpoints as evidence"
        );
        assert!(refused.source().is_some());
    }
}

#[test]
fn a_witness_refuses_a_ledger_that_shrank() {
    let shelf = shelf(300);
    let proof = shelf.consistency(200, 300);
    let refused = ask(Some(shelf.head(300)), &signed(shelf.head(200)), &proof).unwrap_err();
    assert_eq!(refused, WitnessError::Shrunk { origin: name(LEDGER), seen: 300, offered: 200 });
    assert_eq!(
        refused.to_string(),
        "the ledger netra.example/kabupaten-contoh shrank from 300 leaves to 200: either the checkpoint is an old \
         one or records were removed; ask for the newest, and if it is, keep both as evidence"
    );
    let refused = ask(Some(shelf.head(300)), &signed(TreeHead::EMPTY), &ConsistencyProof::default()).unwrap_err();
    assert_eq!(refused, WitnessError::Shrunk { origin: name(LEDGER), seen: 300, offered: 0 });
}

#[test]
fn a_witness_refuses_another_ledger() {
    let last = Checkpoint::new(name("netra.example/kota-contoh"), TreeHead::EMPTY);
    let text = signed(shelf(5).head(5));
    let none = ConsistencyProof::default();
    let refused = witness(Some(&last), &text, ledger().verifier(), &none, &guard(), NEW_YEAR).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the offered checkpoint is of netra.example/kabupaten-contoh and the last one of \
         netra.example/kota-contoh; compare those of one ledger"
    );

    let other = SigningKey::new(name("netra.example/kota-contoh"), &[1; 32]);
    let refused = witness(None, &text, other.verifier(), &none, &guard(), NEW_YEAR).unwrap_err();
    assert_eq!(refused, WitnessError::Checkpoint(CheckpointError::Note(NoteError::Unsigned)));
}

#[test]
fn a_witness_refuses_a_wrong_proof() {
    let shelf = shelf(300);
    let text = signed(shelf.head(300));
    let proof = shelf.consistency(200, 300);
    for at in (0..proof.0.len() * 32).step_by(11) {
        let mut damaged = proof.clone();
        damaged.0[at / 32][at % 32] ^= 1;
        let refused = ask(Some(shelf.head(200)), &text, &damaged).unwrap_err();
        assert!(matches!(refused, WitnessError::Unproven { .. }), "{refused}");
    }
    for (last, proof) in [
        (Some(shelf.head(200)), shelf.consistency(199, 300)),
        (Some(shelf.head(200)), shelf.consistency(200, 299)),
        (Some(shelf.head(300)), shelf.consistency(200, 300)),
        (None, shelf.consistency(200, 300)),
        (Some(TreeHead::EMPTY), shelf.consistency(200, 300)),
    ] {
        let refused = ask(last, &text, &proof).unwrap_err();
        assert!(matches!(refused, WitnessError::Unproven { .. }), "{refused}");
    }
}

#[test]
fn a_witness_refuses_what_the_ledger_did_not_sign() {
    let head = shelf(5).head(5);
    let text = signed(head);
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        let refused = ask(None, &changed, &ConsistencyProof::default()).unwrap_err();
        assert!(matches!(refused, WitnessError::Checkpoint(_)), "byte {at}: {refused}");
    }
    let stranger = SigningKey::new(name(LEDGER), &[3; 32]);
    let text = checkpoint(head).sign(&stranger).unwrap();
    let refused = ask(None, &text, &ConsistencyProof::default()).unwrap_err();
    assert_eq!(refused, WitnessError::Checkpoint(CheckpointError::Note(NoteError::Unsigned)));
    assert_eq!(refused.to_string(), "the offered checkpoint cannot be opened");
}

#[test]
fn a_witness_signs_once_with_the_newest_time() {
    let text = signed(shelf(5).head(5));
    let none = ConsistencyProof::default();
    let last = checkpoint(shelf(5).head(5));
    let first = witness(None, &text, ledger().verifier(), &none, &guard(), NEW_YEAR).unwrap();
    let second = witness(Some(&last), &first, ledger().verifier(), &none, &guard(), NEW_YEAR + 60).unwrap();
    assert_eq!(second.lines().count(), first.lines().count());
    let key = guard();
    let seen = cosignatures(&second, slice::from_ref(key.verifier())).unwrap();
    assert_eq!(seen, [Cosignature { witness: name(WITNESS), unix_seconds: NEW_YEAR + 60 }]);
    // Of two lines of one witness, as another program may leave them, the newer counts.
    let both = format!("{first}{}\n", second.lines().last().unwrap());
    assert_eq!(cosignatures(&both, slice::from_ref(key.verifier())).unwrap(), seen);

    let late = u64::MAX / 2 + 1;
    let refused = witness(None, &text, ledger().verifier(), &none, &guard(), late).unwrap_err();
    assert_eq!(refused, WitnessError::Time(late));
}

#[test]
fn a_checkpoint_without_room_is_not_cosigned() {
    let signature = signed(TreeHead::EMPTY);
    let line = signature.lines().last().unwrap();
    let text = signature.clone() + &format!("{line}\n").repeat(99);
    let refused = ask(None, &text, &ConsistencyProof::default()).unwrap_err();
    assert_eq!(refused, WitnessError::Full(NoteError::TooMany));
}
