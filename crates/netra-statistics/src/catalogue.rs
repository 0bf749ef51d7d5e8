//! The words of every figure, the grid of provinces and the figures of others, as `statistics/` holds them.

use std::sync::LazyLock;

use netra_law::Law;
use netra_law::pack::Certainty;
use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::dimension::{Dimension, Unit, Value};

const DEFINITIONS: &str = include_str!("../../../statistics/definitions.toml");
const TILES: &str = include_str!("../../../statistics/tiles.toml");
const REFERENCE: &str = include_str!("../../../statistics/reference.toml");

/// Spans of days by their word, with the last day of each; the last one has no end.
const BANDS: [(&str, u32); 7] =
    [("0", 0), ("1-2", 2), ("3-5", 5), ("6-7", 7), ("8-14", 14), ("15-30", 30), ("31-60", 60)];
const LAST_BAND: &str = "61+";

static SHIPPED: LazyLock<Result<Catalogue, CatalogueError>> = LazyLock::new(Catalogue::embedded);

/// The span of days in which a number of days lies.
pub(crate) fn band_of(days: u32) -> String {
    BANDS.iter().find(|(_, to)| days <= *to).map_or(LAST_BAND, |(id, _)| id).to_owned()
}

/// All words and data beside the figures.
#[derive(Clone, Debug)]
pub struct Catalogue {
    definitions: Definitions,
    tiles: Vec<Tile>,
    reference: Vec<ReferenceSeries>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    smallest: u64,
    unit: Vec<UnitEntry>,
    band: Vec<Band>,
    dimension: Vec<DimensionEntry>,
    span_value: Vec<ValueEntry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    id: String,
    label: String,
    to: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TileFile {
    tile: Vec<Tile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile {
    series: Vec<ReferenceSeries>,
}

/// What is said of a unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    /// The unit.
    pub id: Unit,
    /// Its name on screens.
    pub name: String,
    /// What counts as one, in Indonesian.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
}

/// What is said of a dimension.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionEntry {
    /// The dimension.
    pub id: Dimension,
    /// The question that its figure answers.
    pub question: String,
    /// What the figure means, in Indonesian.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
    /// The list that its values come from, before those given here.
    #[serde(default)]
    pub from: Option<Listed>,
    /// Its values.
    #[serde(default)]
    pub values: Vec<ValueEntry>,
}

/// Lists from which values come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// Kinds of persons of the law packs.
    Subjects,
    /// Types of violation of the law packs.
    Violations,
    /// Receivers of the law packs.
    Authorities,
    /// Spans of days.
    Spans,
}

/// A value and its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueEntry {
    /// The value.
    pub id: Value,
    /// Its label on screens.
    pub label: String,
}

/// A tile of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "peta petak")]
pub struct Tile {
    /// The province, or what stands beside provinces.
    pub code: Area,
    /// Its name.
    pub name: String,
    /// A name that fits into a tile.
    pub short: String,
    /// Place from the left.
    pub column: u16,
    /// Place from the top.
    pub row: u16,
}

/// Figures that somebody else published.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "angka pembanding")]
pub struct ReferenceSeries {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who published them.
    pub source: String,
    /// What they count.
    pub definition: String,
    /// The area that they are about; none for the whole country.
    #[serde(default)]
    pub area: Option<Area>,
    /// Column titles.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<ReferenceRow>,
    /// What is to be known of the series.
    #[serde(default)]
    pub note: Option<String>,
}

/// A row of such figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceRow {
    /// As many as there are columns.
    pub cells: Vec<String>,
    /// How sure they are.
    pub certainty: Certainty,
    /// Where the source does not agree with itself or others.
    #[serde(default)]
    pub note: Option<String>,
}

/// What is wrong with the files below `statistics/`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("statistics/{file}: {fault}")]
pub struct CatalogueError {
    /// The file.
    pub file: &'static str,
    /// What is wrong in it.
    pub fault: String,
}

impl Catalogue {
    /// The shipped files, read once.
    ///
    /// # Errors
    /// What is wrong with the shipped files; the tests read them.
    pub fn shipped() -> Result<&'static Catalogue, CatalogueError> {
        SHIPPED.as_ref().map_err(Clone::clone)
    }

    fn embedded() -> Result<Catalogue, CatalogueError> {
        let fault = |file| move |error: toml::de::Error| CatalogueError { file, fault: error.to_string() };
        let definitions: Definitions = toml::from_str(DEFINITIONS).map_err(fault("definitions.toml"))?;
        let tiles: TileFile = toml::from_str(TILES).map_err(fault("tiles.toml"))?;
        let reference: ReferenceFile = toml::from_str(REFERENCE).map_err(fault("reference.toml"))?;
        let catalogue = Catalogue { definitions, tiles: tiles.tile, reference: reference.series };
        catalogue.check()?;
        Ok(catalogue)
    }

    fn check(&self) -> Result<(), CatalogueError> {
        let fault = |file, fault: String| Err(CatalogueError { file, fault });
        for unit in Unit::ALL {
            if self.definitions.unit.iter().filter(|entry| entry.id == *unit).count() != 1 {
                return fault("definitions.toml", format!("the unit '{}' must be defined once", unit.id()));
            }
        }
        for dimension in Dimension::ALL {
            if self.definitions.dimension.iter().filter(|entry| entry.id == *dimension).count() != 1 {
                return fault("definitions.toml", format!("the dimension '{}' must be defined once", dimension.id()));
            }
        }
        let bands: Vec<(&str, Option<u32>)> =
            self.definitions.band.iter().map(|band| (band.id.as_str(), band.to)).collect();
        let known: Vec<(&str, Option<u32>)> =
            BANDS.iter().map(|(id, to)| (*id, Some(*to))).chain([(LAST_BAND, None)]).collect();
        if bands != known {
            return fault("definitions.toml", format!("the bands must be {known:?}"));
        }
        for series in &self.reference {
            if series.rows.iter().any(|row| row.cells.len() != series.columns.len()) {
                return fault("reference.toml", format!("a row of '{}' has not one cell a column", series.id));
            }
        }
        Ok(())
    }

    /// The smallest count that may be shown, besides none.
    pub fn smallest(&self) -> u64 {
        self.definitions.smallest
    }

    /// What is counted.
    pub fn units(&self) -> &[UnitEntry] {
        &self.definitions.unit
    }

    /// What is said of a unit.
    pub fn unit(&self, unit: Unit) -> Option<&UnitEntry> {
        self.definitions.unit.iter().find(|entry| entry.id == unit)
    }

    /// The dimensions, in the order in which their figures are shown.
    pub fn dimensions(&self) -> &[DimensionEntry] {
        &self.definitions.dimension
    }

    /// The grid of provinces.
    pub fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    /// Figures of others about an area: those of the whole country always, those of a part on its own page.
    pub fn reference_for(&self, area: &Area) -> impl Iterator<Item = &ReferenceSeries> {
        let chain = area.chain();
        self.reference.iter().filter(move |series| series.area.as_ref().is_none_or(|of| chain.contains(of)))
    }

    /// All figures of others.
    pub fn reference(&self) -> &[ReferenceSeries] {
        &self.reference
    }

    /// All values of a dimension with their labels, in the order in which they are shown.
    pub fn values(&self, entry: &DimensionEntry, law: &Law) -> Vec<ValueEntry> {
        let value = |id: &str, label: &str| ValueEntry { id: Value::new(id), label: label.to_owned() };
        let mut list: Vec<ValueEntry> = match entry.from {
            None => Vec::new(),
            Some(Listed::Subjects) => law.subjects().iter().map(|s| value(&s.id, &s.name)).collect(),
            Some(Listed::Violations) => {
                law.violations().iter().map(|v| value(&v.id, &format!("{}: {}", v.id, v.text))).collect()
            }
            Some(Listed::Authorities) => law.authorities().iter().map(|a| value(&a.id, &a.name)).collect(),
            Some(Listed::Spans) => {
                let bands = self.definitions.band.iter().map(|band| value(&band.id, &band.label));
                bands.chain(self.definitions.span_value.iter().cloned()).collect()
            }
        };
        list.extend(entry.values.iter().cloned());
        list
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_shipped_files_are_whole() {
        let catalogue = Catalogue::shipped().unwrap_or_else(|fault| panic!("{fault}"));
        assert!(catalogue.smallest() > 2, "smaller counts would protect nobody");
        let law = Law::embedded().unwrap_or_else(|faults| panic!("{faults}"));
        for entry in catalogue.dimensions() {
            let values = catalogue.values(entry, &law);
            let ids: BTreeSet<&Value> = values.iter().map(|value| &value.id).collect();
            assert_eq!(ids.len(), values.len(), "{}: a value is given twice", entry.id.id());
            assert!(values.iter().all(|value| !value.label.is_empty()), "{}", entry.id.id());
            assert!(!entry.question.is_empty() && !entry.definition.is_empty() && !entry.definition_en.is_empty());
        }
    }

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let catalogue = Catalogue::shipped().unwrap_or_else(|fault| panic!("{fault}"));
        let places: BTreeSet<(u16, u16)> = catalogue.tiles().iter().map(|tile| (tile.column, tile.row)).collect();
        assert_eq!(places.len(), catalogue.tiles().len(), "two tiles lie upon each other");
        let law = Law::embedded().unwrap_or_else(|faults| panic!("{faults}"));
        let zones = law.reference().places.zone.iter().flat_map(|zone| &zone.provinces);
        let mut provinces: BTreeSet<&str> = zones.map(String::as_str).collect();
        provinces.insert("00");
        let tiles: BTreeSet<&str> = catalogue.tiles().iter().map(|tile| tile.code.as_str()).collect();
        assert_eq!(tiles, provinces);
    }

    #[test]
    fn days_fall_into_one_band() {
        let table =
            [(0, "0"), (1, "1-2"), (2, "1-2"), (3, "3-5"), (14, "8-14"), (15, "15-30"), (60, "31-60"), (61, "61+")];
        for (days, band) in table {
            assert_eq!(band_of(days), band, "{days}");
        }
        assert_eq!(band_of(u32::MAX), "61+");
    }
}
