//! Case numbers: read or refused, and what was read is read the same when printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netra_law::numbering;

fuzz_target!(|input: &str| {
    let Ok(number) = numbering::parse(input, None) else { return };
    let printed = number.to_string();
    let again = numbering::parse(&printed, None).expect("a printed number is read");
    assert_eq!(again.to_string(), printed, "{input:?}");
});
