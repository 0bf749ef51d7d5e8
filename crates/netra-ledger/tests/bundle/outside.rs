//! What programs of others say to a bundle.

use std::fs;
use std::path::Path;

use netra_testing::validate_bag;

use crate::sample::*;

fn unpacked(folder: &Path) {
    for (name, content) in unpack(&bundle().1) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[test]
fn the_validators_of_bags_and_crates_accept_it() {
    let folder = tempfile::tempdir().unwrap();
    unpacked(folder.path());
    validate_bag(&folder.path().join(FOLDER)).unwrap_or_else(|error| panic!("{error}"));
}

/// Guards: they look at all.
#[test]
fn they_refuse_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    unpacked(folder.path());
    let bag = folder.path().join(FOLDER);
    fs::write(bag.join("data/sheets/0001-b-1.html"), "<p>lain</p>").unwrap();
    let said = validate_bag(&bag).unwrap_err().to_string();
    assert!(said.contains("0001-b-1.html") || said.contains("Oxum"), "{said}");
}
