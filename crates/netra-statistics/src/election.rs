//! To which election a matter belongs, and the slices of the public tables.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use netra_docket::matter::Matter;
use netra_law::Law;
use netra_law::pack::Election;
use serde::{Deserialize, Serialize};

/// The word for no recorded election.
const NONE: &str = "?";

/// An election of the law packs, or none: a partition needs a place for matters outside all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ElectionRef {
    /// By its id.
    Known(String),
    /// Outside the stages of every recorded election.
    Unknown,
}

impl ElectionRef {
    /// The word in the store and in addresses.
    pub fn id(&self) -> &str {
        match self {
            ElectionRef::Known(id) => id,
            ElectionRef::Unknown => NONE,
        }
    }

    /// The name on screens.
    pub fn name(&self, law: &Law) -> String {
        match self {
            ElectionRef::Known(id) => {
                let found = law.elections().iter().find(|election| election.id == *id);
                found.map_or_else(|| id.clone(), |election| election.name.clone())
            }
            ElectionRef::Unknown => "Di luar tahapan yang tercatat".to_owned(),
        }
    }
}

impl From<String> for ElectionRef {
    fn from(id: String) -> ElectionRef {
        if id == NONE { ElectionRef::Unknown } else { ElectionRef::Known(id) }
    }
}

impl From<ElectionRef> for String {
    fn from(election: ElectionRef) -> String {
        election.id().to_owned()
    }
}

/// The election of a matter's kind that was held in the region when it happened, or else when it came in.
///
/// Elections may overlap: one held in some regions only comes before one of the whole country, then the one that began last.
pub fn election_of(matter: &Matter, law: &Law, region: &str) -> ElectionRef {
    let happened = matter.event.as_ref().and_then(|event| event.happened);
    let days = [happened, Some(matter.opened.date())];
    let found = days.into_iter().flatten().find_map(|day| held_on(matter, law, region, day));
    found.map_or(ElectionRef::Unknown, |election| ElectionRef::Known(election.id.clone()))
}

fn held_on<'l>(matter: &Matter, law: &'l Law, region: &str, day: Date) -> Option<&'l Election> {
    let is_held = |election: &&Election| {
        let here = election.regions.is_empty() || election.regions.iter().any(|r| r == region);
        election.regime == matter.regime && here
    };
    let covers = |election: &&Election| span(election).is_some_and(|(from, to)| from <= day && day <= to);
    let own = |election: &&Election| (!election.regions.is_empty(), span(election).map(|(from, _)| from));
    law.elections().iter().filter(is_held).filter(covers).max_by_key(own)
}

/// First and last day of an election's stages.
fn span(election: &Election) -> Option<(Date, Date)> {
    let from = election.stage.iter().map(|stage| stage.from).min()?;
    let to = election.stage.iter().map(|stage| stage.to.unwrap_or(stage.from)).max()?;
    Some((from, to))
}

/// A column of the public tables. All matters are the sum of the elections, and also of the years.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slice {
    /// All matters.
    All,
    /// Those of one election.
    Election(ElectionRef),
    /// Those received in one year.
    Year(i16),
}

impl Slice {
    /// The name on screens.
    pub fn name(&self, law: &Law) -> String {
        match self {
            Slice::All => "Semua pemilihan".to_owned(),
            Slice::Election(election) => election.name(law),
            Slice::Year(year) => format!("Masuk tahun {year}"),
        }
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slice::All => f.write_str("*"),
            Slice::Election(election) => write!(f, "e:{}", election.id()),
            Slice::Year(year) => write!(f, "y:{year}"),
        }
    }
}

impl FromStr for Slice {
    type Err = BadSlice;

    fn from_str(text: &str) -> Result<Slice, BadSlice> {
        match text.split_once(':') {
            None if text == "*" => Ok(Slice::All),
            Some(("e", id)) if !id.is_empty() => Ok(Slice::Election(ElectionRef::from(id.to_owned()))),
            Some(("y", year)) => year.parse().map(Slice::Year).map_err(|_| BadSlice),
            _ => Err(BadSlice),
        }
    }
}

/// A text that is not a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slice is written *, e:ELECTION or y:YEAR")]
pub struct BadSlice;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_read_back() {
        for text in ["*", "e:pemilu-2024", "e:?", "y:2024"] {
            assert_eq!(text.parse::<Slice>().unwrap().to_string(), text);
        }
        for wrong in ["", "e:", "y:x", "x:1", "pemilu-2024"] {
            assert_eq!(wrong.parse::<Slice>(), Err(BadSlice), "{wrong}");
        }
    }
}
