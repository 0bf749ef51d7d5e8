//! Texts of every kind with what they must be read as: `readings.toml`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use netra_law::Law;
use netra_watch::{Page, Published, Source, Watch};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    title: String,
    body: String,
    published: Option<String>,
    about: bool,
    case: bool,
    stage: String,
    types: Vec<String>,
}

/// A change of words or weights may move single texts; more than this share must not be lost.
const ENOUGH: f64 = 0.95;

#[test]
fn texts_are_read_as_they_must_be() {
    let law = Law::embedded().expect("the shipped packs load");
    let watch = Watch::embedded(&law).expect("the shipped data load");
    let file: File = toml::from_str(include_str!("readings.toml")).expect("the table is TOML");
    let mut misses = Vec::new();
    for text in &file.text {
        let date = text.published.as_ref().map(|day| day.parse().expect("a date"));
        let published = date.map(|date| Published { date, source: Source::Page });
        let reading = watch.read(&Page { title: text.title.clone(), body: text.body.clone(), published });
        let first: Vec<&str> = reading.acts.iter().take(2).map(|act| act.violation.as_str()).collect();
        let typed = text.types.is_empty() || text.types.iter().any(|wanted| first.contains(&wanted.as_str()));
        let agrees = reading.about_asn_neutrality == text.about
            && reading.case == text.case
            && reading.stage.id() == text.stage
            && typed;
        if !agrees {
            misses.push(format!(
                "{}\n  about {} case {} stage {} types {first:?}; wanted {} {} {} {:?}\n  {:?}",
                text.title,
                reading.about_asn_neutrality,
                reading.case,
                reading.stage.id(),
                text.about,
                text.case,
                text.stage,
                text.types,
                reading.reasons
            ));
        }
    }
    let count = |n: usize| f64::from(u32::try_from(n).expect("few texts"));
    let share = 1.0 - count(misses.len()) / count(file.text.len());
    assert!(share >= ENOUGH, "{share:.3} of the texts agree\n{}", misses.join("\n"));
}
