//! The pack loader: any text in the place of any of its files, or inserted into one, is loaded or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netra_law::{EMBEDDED, Law};

fuzz_target!(|input: (u8, u16, u16, &str)| {
    let (file, from, length, text) = input;
    let mut files: Vec<(&str, &str)> = EMBEDDED.to_vec();
    let place = usize::from(file) % files.len();
    let (name, shipped) = files[place];
    let from = shipped.floor_char_boundary(usize::from(from).min(shipped.len()));
    let to = shipped.floor_char_boundary((from + usize::from(length)).min(shipped.len()));
    let changed = format!("{}{text}{}", &shipped[..from], &shipped[to..]);
    files[place] = (name, &changed);
    let _ = Law::from_files(&files);
});
