//! The regions of an office: its own and those that lie in it, with their names.

use netra_store::Office;
use netra_watch::{NamedRegion, RegionKind, regions_within};

/// The code by which the national office stands for the whole country.
const COUNTRY: &str = "00";

/// The region of an office and all that lie in it.
pub(super) struct Regions {
    own: String,
    list: Vec<NamedRegion>,
}

impl Regions {
    /// Those of an office.
    pub(super) fn of(office: &Office) -> Regions {
        Regions { own: office.region.clone(), list: regions_within(&office.region) }
    }

    /// Whether a region is among them, by its code.
    pub(super) fn has(&self, code: &str) -> bool {
        self.list.iter().any(|region| region.code == code)
    }

    /// What a region is called; its code where the table does not have it.
    pub(super) fn title(&self, code: &str) -> String {
        let found = self.list.iter().find(|region| region.code == code);
        found.map_or_else(|| code.to_owned(), |region| region.title.clone())
    }

    /// The code of a region that is written as code or name, with or without its kind; none if it is unknown, or the
    /// name is that of several.
    pub(super) fn code_of(&self, written: &str) -> Option<&'static str> {
        let written = written.trim().to_lowercase();
        let is_it = |region: &&NamedRegion| {
            let title = region.title.to_lowercase();
            // Provinces are called by their name alone.
            let kind_and_name = title.split_once(' ').filter(|_| region.kind != RegionKind::Province);
            region.code == written || title == written || kind_and_name.is_some_and(|(_, name)| name == written)
        };
        let mut found = self.list.iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(region), None) => Some(region.code),
            _ => None,
        }
    }

    /// The region itself and those directly below it, in the order of their codes.
    pub(super) fn near(&self) -> impl Iterator<Item = &NamedRegion> {
        let deepest = if self.own == COUNTRY { 1 } else { level(&self.own) + 1 };
        self.list.iter().filter(move |region| level(region.code) <= deepest)
    }
}

/// How deep a region lies: provinces 1, regencies and cities 2, districts 3.
pub(super) fn level(code: &str) -> usize {
    code.split('.').count()
}

/// What regions of a level are called together.
pub(super) fn level_words(level: usize) -> &'static str {
    match level {
        1 => "Provinsi",
        2 => "Kabupaten dan kota",
        _ => "Kecamatan",
    }
}

/// A region and those that it lies in, the nearest first.
pub(super) fn upwards(code: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(code), |code| code.rsplit_once('.').map(|(above, _)| above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city() -> Regions {
        Regions { own: "64.71".to_owned(), list: regions_within("64.71") }
    }

    #[test]
    fn regions_are_found_as_people_write_them() {
        let regions = city();
        for written in ["64.71.05", "Kecamatan Balikpapan Selatan", "balikpapan selatan "] {
            assert_eq!(regions.code_of(written), Some("64.71.05"), "{written}");
        }
        assert_eq!(regions.code_of("Kota Balikpapan"), Some("64.71"));
        for unknown in ["", "Balikpapan Raya", "64.72", "Kecamatan"] {
            assert_eq!(regions.code_of(unknown), None, "{unknown}");
        }
        assert_eq!(regions.title("64.71.05"), "Kecamatan Balikpapan Selatan");
        assert_eq!(regions.title("99"), "99");
    }

    #[test]
    fn what_is_near_is_the_region_and_the_level_below() {
        assert_eq!(city().near().count(), 7);
        let province = Regions { own: "64".to_owned(), list: regions_within("64") };
        assert!(province.near().all(|region| level(region.code) <= 2));
        let country = Regions { own: COUNTRY.to_owned(), list: regions_within(COUNTRY) };
        assert!(country.near().all(|region| level(region.code) == 1));
        let above: Vec<&str> = upwards("64.71.05").collect();
        assert_eq!(above, ["64.71.05", "64.71", "64"]);
    }
}
