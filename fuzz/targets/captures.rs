//! Captured pages and proofs of time: any bytes are listed or refused, within limits.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use netra_evidence::Digest;
use netra_evidence::capture::{self, Capture, MAX_LISTED};
use netra_evidence::timestamp::Proof;

fuzz_target!(|bytes: &[u8]| {
    match capture::read(&mut Cursor::new(bytes)) {
        Ok(Some(Capture::Warc(warc))) => assert!(warc.captured.len() <= MAX_LISTED),
        Ok(Some(Capture::Wacz(wacz))) => assert!(wacz.pages.len() <= MAX_LISTED),
        Ok(Some(Capture::Page(page))) => assert!(!page.words.contains('\0')),
        Ok(None) | Err(_) => {}
    }
    if let Ok(proof) = Proof::read(bytes) {
        let _ = proof.imprint().map(|imprint| imprint.compare(&Digest::of(bytes)));
    }
});
