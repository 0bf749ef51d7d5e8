//! Notes, checkpoints, keys, proofs and tile paths that others send: read or refused, and what was read is
//! written as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netra_ledger::tree::{ConsistencyProof, TilePath};
use netra_ledger::{Checkpoint, Note, VerifierKey, cosignatures};

fuzz_target!(|input: &str| {
    if let Ok(note) = input.parse::<Note>() {
        assert_eq!(note.to_string(), input);
        let key: VerifierKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            .parse()
            .expect("the example of the specification is read");
        let _ = note.verify(std::slice::from_ref(&key));
        let _ = Checkpoint::open(input, &key);
        let _ = cosignatures(input, &[key]);
    }
    if let Ok(checkpoint) = input.parse::<Checkpoint>() {
        assert_eq!(checkpoint.to_string(), input);
    }
    if let Ok(key) = input.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), input);
    }
    if let Ok(path) = input.parse::<TilePath>() {
        assert_eq!(path.to_string(), input);
    }
    if let Ok(proof) = input.parse::<ConsistencyProof>() {
        let written = proof.to_string();
        assert_eq!(written.trim_end_matches('\n'), input.strip_suffix('\n').unwrap_or(input));
    }
});
