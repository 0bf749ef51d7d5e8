//! A reading as it is kept and handed out: the JSON of `netra read` and of what a program stores.
//!
//! Keys are only added, with a default, and never renamed: what was kept years ago is read again. No name of a person is in it.

use jiff::civil::Date;
use netra_law::pack::Regime;
use serde::{Deserialize, Serialize};

use crate::dates::Role;
use crate::page::Source;
use crate::reading::Reading;
use crate::similar::{Fingerprint, Member};
use crate::stages::Stage;

/// Bytes of the text of which a reading was made: from the first up to, not including, the second.
pub type Span = (usize, usize);

/// What a text says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Whether it is about the neutrality of those whom the law asks for it.
    pub about_asn_neutrality: bool,
    /// Whether it tells of a case.
    pub case: bool,
    /// How good a lead it is, from 0 to 1.
    pub score: f64,
    /// When it was published.
    pub published: Option<Date>,
    /// Who says so.
    pub published_by: Option<Source>,
    /// Days that it names: events first.
    pub dates: Vec<DateRecord>,
    /// Regions: the one it is about first.
    pub regions: Vec<RegionRecord>,
    /// Kinds of persons as ids of the law, then posts.
    pub subjects: Vec<String>,
    /// Posts, the most important first.
    pub positions: Vec<PositionRecord>,
    /// Bodies.
    pub agencies: Vec<String>,
    /// The kind of election.
    pub election: Option<Regime>,
    /// The stage of the election on the day of the event, in Indonesian.
    pub election_stage: Option<String>,
    /// How the act became public.
    pub channels: Vec<String>,
    /// Types of violation that the acts can be, the likeliest first.
    pub acts: Vec<ActRecord>,
    /// The furthest stage of handling that it tells of.
    pub stage: Stage,
    /// Where the words stand that tell of the stage.
    #[serde(default)]
    pub stage_spans: Vec<Span>,
    /// Numbers quoted.
    pub numbers: Vec<NumberRecord>,
    /// Why it was read so, in Indonesian.
    pub reasons: Vec<String>,
    /// What a person should check, in Indonesian.
    pub warnings: Vec<String>,
}

/// A day that a text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateRecord {
    /// The day.
    pub date: Date,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// What the day is about.
    pub role: Role,
    /// From 0 to 1.
    pub confidence: f64,
    /// What a person should look at, in Indonesian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A region that a text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionRecord {
    /// Code of the Ministry of Home Affairs.
    pub code: String,
    /// `Kota Balikpapan`.
    pub name: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A post that a text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionRecord {
    /// `camat`, `kepala-desa`, `guru` …
    pub post: String,
    /// The kind of person: an id of the law's subjects.
    pub kind: String,
    /// In Indonesian.
    pub name: String,
}

/// A type of violation that a text points to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActRecord {
    /// An id of the law's types of violation.
    #[serde(rename = "type")]
    pub violation: String,
    /// What was done, in Indonesian.
    pub act: String,
    /// The words that led there.
    pub words: String,
    /// Where they stand.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A number that a text quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRecord {
    /// The number.
    pub value: u32,
    /// What it counts: `orang`, `kasus` …
    pub of: String,
    /// The words.
    pub text: String,
}

impl Record {
    /// What is kept of a reading; its fingerprint is kept apart.
    pub fn of(reading: &Reading) -> Record {
        Record {
            about_asn_neutrality: reading.about_asn_neutrality,
            case: reading.case,
            score: reading.score,
            published: reading.published.map(|published| published.date),
            published_by: reading.published.map(|published| published.source),
            dates: dates(reading),
            regions: regions(reading),
            subjects: reading.subjects.clone(),
            positions: positions(reading),
            agencies: reading.agencies.clone(),
            election: reading.election,
            election_stage: reading.election_stage.clone(),
            channels: reading.channels.clone(),
            acts: acts(reading),
            stage: reading.stage,
            stage_spans: reading.stage_spans.clone(),
            numbers: numbers(reading),
            reasons: reading.reasons.clone(),
            warnings: reading.warnings.clone(),
        }
    }

    /// What grouping asks of it.
    pub fn member(&self, fingerprint: Fingerprint) -> Member {
        Member {
            fingerprint,
            region: self.regions.first().map(|region| region.code.clone()),
            subjects: self.subjects.clone(),
            acts: self.acts.iter().map(|act| act.violation.clone()).collect(),
            published: self.published,
            case: self.case,
        }
    }
}

fn dates(reading: &Reading) -> Vec<DateRecord> {
    let record = |date: &crate::dates::FoundDate| DateRecord {
        date: date.date,
        text: date.text.clone(),
        span: date.span,
        role: date.role,
        confidence: date.confidence,
        note: date.note.clone(),
    };
    reading.dates.iter().map(record).collect()
}

fn regions(reading: &Reading) -> Vec<RegionRecord> {
    let record = |region: &crate::places::FoundRegion| RegionRecord {
        code: region.code.clone(),
        name: region.name.clone(),
        confidence: region.confidence,
    };
    reading.regions.iter().map(record).collect()
}

fn positions(reading: &Reading) -> Vec<PositionRecord> {
    let record = |position: &crate::persons::Position| PositionRecord {
        post: position.id.clone(),
        kind: position.kind.clone(),
        name: position.name.clone(),
    };
    reading.positions.iter().map(record).collect()
}

fn acts(reading: &Reading) -> Vec<ActRecord> {
    let record = |act: &crate::acts::FoundAct| ActRecord {
        violation: act.violation.clone(),
        act: act.act.clone(),
        words: act.words.clone(),
        spans: act.spans.clone(),
        confidence: act.confidence,
    };
    reading.acts.iter().map(record).collect()
}

fn numbers(reading: &Reading) -> Vec<NumberRecord> {
    let record = |number: &crate::numbers::FoundNumber| NumberRecord {
        value: number.value,
        of: number.of.clone(),
        text: number.text.clone(),
    };
    reading.numbers.iter().map(record).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Watch;

    const TEXT: &str = "Camat dilaporkan karena foto\n\nSeorang camat di Kota Balikpapan mengunggah foto bersama calon wali kota \
        nomor urut 1 di Instagram, Senin (7/10/2024). Bawaslu Kota Balikpapan menelusuri unggahan itu.";

    fn read() -> (String, Reading) {
        let law = netra_law::Law::embedded().expect("the shipped packs load");
        let watch = Watch::embedded(&law).expect("the shipped data load");
        let page = watch.pages(TEXT.as_bytes()).expect("a page").remove(0);
        (page.text(), watch.read(&page))
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let (_, reading) = read();
        let record = Record::of(&reading);
        let json = serde_json::to_string(&record).expect("it is JSON");
        assert_eq!(serde_json::from_str::<Record>(&json).expect("it reads back"), record);
        assert_eq!(record.member(reading.fingerprint.clone()).acts, Member::of(&reading).acts);
    }

    #[test]
    fn places_of_words_are_those_of_the_words() {
        let (text, reading) = read();
        let record = Record::of(&reading);
        let act = record.acts.first().expect("an act");
        let words: Vec<&str> = act.spans.iter().filter_map(|(from, to)| text.get(*from..*to)).collect();
        assert_eq!(words.join(" … "), act.words);
        assert!(!record.stage_spans.is_empty());
        for (from, to) in &record.stage_spans {
            assert!(text.get(*from..*to).is_some_and(|words| !words.is_empty()));
        }
        for date in &record.dates {
            assert_eq!(text.get(date.span.0..date.span.1), Some(date.text.as_str()));
        }
    }

    #[test]
    fn words_in_json_are_those_of_ids() {
        for stage in Stage::ALL {
            assert_eq!(serde_json::to_value(stage).expect("JSON"), stage.id());
        }
        for source in [Source::Person, Source::Page, Source::Address, Source::Line, Source::Text] {
            assert_eq!(serde_json::to_value(source).expect("JSON"), source.id());
        }
        assert_eq!(serde_json::to_value(Role::Event).expect("JSON"), Role::Event.id());
    }
}
