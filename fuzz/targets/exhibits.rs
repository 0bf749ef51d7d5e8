//! Files that reporters send: any name and any bytes are taken in or refused, and the kept name is harmless.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netra_evidence::{FileName, take_in};

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    let _ = take_in(name, bytes, 1 << 20);
    let clean = FileName::clean(name);
    let kept = clean.as_str();
    assert!(!kept.is_empty() && !kept.contains(['/', '\\', '\0', '\n', '\r']), "{kept:?}");
    assert_eq!(FileName::clean(kept).as_str(), kept);
});
