//! The glossary and the search aliases in the code name the same terms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_alias_is_in_the_glossary_and_every_term_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let glossary = std::fs::read_to_string(root.join("docs/glossary.md")).expect("docs/glossary.md is readable");
    let terms: BTreeSet<String> = glossary
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|line| line.split(" | ").next())
        .filter(|term| *term != "term" && !term.starts_with("---"))
        .map(str::to_owned)
        .collect();
    let mut aliases = BTreeSet::new();
    collect(&root.join("crates"), &mut aliases);
    let unknown: Vec<_> = aliases.difference(&terms).collect();
    let unused: Vec<_> = terms.difference(&aliases).collect();
    assert!(unknown.is_empty(), "not in docs/glossary.md: {unknown:?}");
    assert!(unused.is_empty(), "in docs/glossary.md but nowhere in the code: {unused:?}");
}

fn collect(dir: &Path, aliases: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).expect("the source folders are readable") {
        let path = entry.expect("the source folders are readable").path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("tests") {
            collect(&path, aliases);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("source files are readable");
            for part in text.split("doc(alias = \"").skip(1) {
                aliases.extend(part.split('"').next().map(str::to_owned));
            }
        }
    }
}
