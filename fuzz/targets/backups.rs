//! Any bytes are judged as a backup, behind a seal that fits them: whoever can write a file can make one.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};

fuzz_target!(|bytes: &[u8]| {
    let seal: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let sealed = [bytes, seal.as_bytes()].concat();
    let _ = netra_store::inspect_backup(Cursor::new(sealed));
});
