//! Bundles, directories, waybills and receipts that somebody hands over: verified or refused, and what was read is written as
//! it was.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use netra_ledger::bundle::{BundleLimits, LogProof, verify_bundle};
use netra_ledger::directory::Directory;
use netra_ledger::receipt::Receipt;
use netra_ledger::waybill::Waybill;
use netra_ledger::{Note, OfficeAddress};

fuzz_target!(|bytes: &[u8]| {
    let limits = BundleLimits { total: 1 << 20, files: 100, ratio: 100 };
    if let Err(fault) = verify_bundle(Cursor::new(bytes), &limits) {
        assert!(!fault.indonesian().is_empty());
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(directory) = text.parse::<Directory>() {
        assert_eq!(directory.to_string(), text);
    }
    if let Ok(proof) = text.parse::<LogProof>() {
        assert_eq!(proof.to_string().parse::<LogProof>(), Ok(proof));
    }
    if let Ok(note) = text.parse::<Note>() {
        let _ = Receipt::unsigned(&note);
    }
    let _ = Waybill::open(text);
    if let Ok(address) = text.parse::<OfficeAddress>() {
        assert_eq!(address.as_str(), text);
    }
});
