//! Recorded acts: any JSON is an entry or refused, and an entry is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netra_docket::entry::{Entry, canonical_bytes};

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else { return };
    let _ = canonical_bytes(&value);
    let Ok(entry) = Entry::from_value(value) else { return };
    let written = entry.to_value().expect("an entry is written");
    let again = Entry::from_value(written.clone()).expect("what was written is read");
    assert_eq!(again.to_value().expect("an entry is written"), written);
});
