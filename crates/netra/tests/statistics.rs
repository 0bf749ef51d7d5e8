//! `netra statistics`: what comes out of the demo's stories, and the yearly report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::path::Path;

use support::{netra, stderr, stdout};

/// The replayed stories as a store.
fn store(folder: &Path) -> String {
    let folder = folder.join("peragaan");
    let output = netra(&["demo", "--once", "--json", "--data", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stdout(&output));
    folder.join("store").to_str().unwrap().to_owned()
}

fn figures(data: &str, more: &[&str]) -> serde_json::Value {
    let output = netra(&[&["statistics", "--data", data, "--json"], more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// The stories hold four matters that are counted, two of them of the city's Pemilu: so few that none is told. The comparison of
/// one matter in 2020 with four in 2024 is the office's own statement; it is data with a source, and no count of this store.
#[test]
fn the_demo_has_too_few_matters_to_be_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = store(folder.path());
    for more in [&[][..], &["--area", "64"], &["--area", "64.71"], &["--election", "pemilu-2024"], &["--year", "2024"]]
    {
        let all = figures(&data, more);
        let list = all["figures"].as_array().unwrap();
        assert!(list.len() > 10, "{all}");
        for figure in list {
            let parts = figure["parts"].as_array().unwrap().iter().map(|part| &part["count"]);
            for count in parts.chain([&figure["total"]]) {
                assert!(count.as_u64().is_none_or(|count| count == 0 || count >= 5), "{more:?}: {figure}");
            }
        }
        let matters = list.iter().find(|figure| figure["id"] == "source").unwrap();
        assert!(matters["total"].is_null(), "four are few: {matters}");
    }
    let told = include_str!("../../../demo/stories/2-pencegahan-pilkada/story.toml");
    assert!(told.contains("tercatat satu perkara") && told.contains("Pemilu 2024 empat perkara"));
    let known = include_str!("../../../statistics/reference.toml");
    for row in
        ["[\"Pilkada 2020\", \"1\"], certainty = \"uncertain\"", "[\"Pemilu 2024\", \"4\"], certainty = \"uncertain\""]
    {
        assert!(known.contains(row), "{row}");
    }
}

#[test]
fn a_yearly_report_is_written_and_what_can_not_be_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = store(folder.path());
    let file = folder.path().join("laporan.pdf");
    let out = file.to_str().unwrap();
    let output = netra(&["statistics", "--data", &data, "--rebuild", "--year", "2024", "--out", out]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));
    assert!(stdout(&netra(&["statistics", "--data", &data])).contains("Dari mana perkara berasal?"));
    let complaint = |more: &[&str]| {
        let output = netra(&[&["statistics", "--data", &data], more].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
        stderr(&output)
    };
    assert!(complaint(&["--election", "pemilu-1955"]).contains("the recorded ones are pemilu-2024"));
    assert!(complaint(&["--area", "balikpapan"]).contains("a province like 64"));
    assert!(complaint(&["--out", out]).contains("--year"));
}
