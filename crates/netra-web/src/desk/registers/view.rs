//! Two people side by side: what a pair holds, what agrees and what differs.

use netra_registers::{Field, Found, ListRow};
use serde::{Deserialize, Serialize};

use crate::error::PageError;

/// The people of a pair, as they are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    pub(super) candidate: ListRow,
    pub(super) servant: ListRow,
    /// Why the pair was proposed.
    pub(super) reasons: Vec<String>,
    /// How many servants bear the name in the candidate's region.
    pub(super) namesakes_here: Option<u32>,
    /// How many do in the whole register.
    pub(super) namesakes: u32,
}

impl People {
    pub(super) fn of(candidate: &ListRow, servant: &ListRow, pair: &Found) -> People {
        People {
            candidate: candidate.clone(),
            servant: servant.clone(),
            reasons: pair.reasons.clone(),
            namesakes_here: pair.namesakes_here,
            namesakes: pair.namesakes,
        }
    }

    /// Reads what was kept.
    pub(super) fn read(body: &[u8]) -> Result<People, PageError> {
        serde_json::from_slice(body).map_err(|_| {
            tracing::error!("the people of a pair are not of their form");
            PageError::Internal
        })
    }

    /// How rare the name is, in words.
    pub(super) fn rarity(&self) -> String {
        let region = self.candidate.get(Field::Region);
        match self.namesakes_here {
            Some(here) if !region.is_empty() => {
                format!("{here} ASN bernama seperti ini di {region}, {} di seluruh daftar ASN.", self.namesakes)
            }
            _ => format!("{} ASN bernama seperti ini di seluruh daftar ASN.", self.namesakes),
        }
    }

    /// Every field that one of the two fills in.
    pub(super) fn lines(&self) -> Vec<Line> {
        let line = |field: Field| {
            let (candidate, servant) = (self.candidate.get(field), self.servant.get(field));
            let outcome = match (candidate.is_empty(), servant.is_empty()) {
                (true, true) => return None,
                (false, false) if field == Field::Id => Outcome::OneSided,
                (false, false) if plain(candidate) == plain(servant) => Outcome::Same,
                (false, false) => Outcome::Different,
                _ => Outcome::OneSided,
            };
            let (candidate, servant) = (candidate.to_owned(), servant.to_owned());
            Some(Line { label: field.indonesian(), candidate, servant, outcome })
        };
        Field::all().filter_map(line).collect()
    }
}

/// A field of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) candidate: String,
    pub(super) servant: String,
    pub(super) outcome: Outcome,
}

/// How two cells compare, letter by letter. Whether they mean the same is said by the reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The same text.
    Same,
    /// Another text.
    Different,
    /// Only one list tells it.
    OneSided,
}

impl Outcome {
    /// The word on screens.
    pub(super) fn indonesian(self) -> &'static str {
        match self {
            Outcome::Same => "tertulis sama",
            Outcome::Different => "tertulis beda",
            Outcome::OneSided => "tidak dibandingkan",
        }
    }

    /// The class of its badge.
    pub(super) fn class(self) -> &'static str {
        match self {
            Outcome::Same => "good",
            Outcome::Different => "warn",
            Outcome::OneSided => "plain",
        }
    }
}

/// A cell without what nobody means by it.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The class of a pair in words, and the class of its badge.
pub(super) fn class_words(id: &str) -> (&'static str, &'static str) {
    let class = netra_registers::Class::ALL.into_iter().find(|class| class.id() == id);
    let words = class.map_or("tidak dikenal", netra_registers::Class::indonesian);
    let look = match class {
        Some(netra_registers::Class::Sure) => "bad",
        Some(netra_registers::Class::Probable) => "warn",
        _ => "plain",
    };
    (words, look)
}

/// A share in per cent, as people read it. Nothing is certain.
pub(super) fn percent(ten_thousandths: u16) -> String {
    format!("{},{:02}%", ten_thousandths / 100, ten_thousandths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_held_side_by_side() {
        let row = |cells: &[(Field, &str)]| ListRow {
            no: 1,
            cells: cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect(),
        };
        let people = People {
            candidate: row(&[(Field::Id, "7"), (Field::Name, "REKAAN SATU"), (Field::Region, "KLATEN")]),
            servant: row(&[
                (Field::Id, "9"),
                (Field::Name, "Rekaan Satu"),
                (Field::Region, "Boyolali"),
                (Field::Nip, "1"),
            ]),
            reasons: Vec::new(),
            namesakes_here: Some(2),
            namesakes: 5,
        };
        let outcomes: Vec<(&str, Outcome)> = people.lines().iter().map(|line| (line.label, line.outcome)).collect();
        assert_eq!(
            outcomes,
            [
                ("Nomor dalam daftar asal", Outcome::OneSided),
                ("Nama", Outcome::Same),
                ("Kabupaten/kota", Outcome::Different),
                ("NIP", Outcome::OneSided),
            ]
        );
        assert!(people.rarity().starts_with("2 ASN bernama seperti ini di KLATEN, 5"));
        assert_eq!(percent(9999), "99,99%");
        assert_eq!(percent(507), "5,07%");
    }
}
