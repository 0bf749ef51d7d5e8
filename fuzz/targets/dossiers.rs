//! Dossiers that somebody hands over: verified or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = netra_ledger::verify(bytes, 1 << 20);
});
