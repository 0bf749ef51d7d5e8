//! Where a matter is handled: the country, its provinces, their regencies and cities.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The code of offices of the whole country.
const CENTRE: &str = "00";
/// Regions that nobody recorded, or not as a code.
const UNKNOWN: &str = "99";

/// A part of the country, by codes of the Ministry of Home Affairs. Written as `` (the whole country), `64` or `64.71`.
///
/// Each matter lies in one leaf. What a province's office handles itself lies in `64.00`, what the national office handles in
/// `00`, what has no usable code in `99`: so that a whole is always the sum of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[doc(alias = "wilayah")]
pub struct Area(String);

/// How large an area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The whole country.
    Nation,
    /// A province, or what stands beside provinces.
    Province,
    /// A regency or city, or what stands beside them.
    Regency,
}

impl Area {
    /// The whole country.
    pub fn nation() -> Area {
        Area(String::new())
    }

    /// The leaf in which the matters of an office of this region lie. Any text has one.
    pub fn leaf_of(region: &str) -> Area {
        let mut parts = region.split('.');
        let province = parts.next().filter(|part| is_code(part)).unwrap_or(UNKNOWN);
        if province == CENTRE || province == UNKNOWN {
            return Area(province.to_owned());
        }
        match parts.next() {
            None => Area(format!("{province}.{CENTRE}")),
            Some(regency) if is_code(regency) => Area(format!("{province}.{regency}")),
            Some(_) => Area(UNKNOWN.to_owned()),
        }
    }

    /// The area as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How large it is.
    pub fn level(&self) -> Level {
        match self.0.len() {
            0 => Level::Nation,
            2 => Level::Province,
            _ => Level::Regency,
        }
    }

    /// The area around it; none for the whole country.
    pub fn parent(&self) -> Option<Area> {
        match self.level() {
            Level::Nation => None,
            Level::Province => Some(Area::nation()),
            Level::Regency => self.0.get(..2).map(|province| Area(province.to_owned())),
        }
    }

    /// Itself and everything around it, smallest first.
    pub fn chain(&self) -> Vec<Area> {
        let mut chain = vec![self.clone()];
        let mut around = self.parent();
        while let Some(area) = around {
            around = area.parent();
            chain.push(area);
        }
        chain
    }

    /// What it is called where no office or province gives it a name.
    pub fn plain_name(&self) -> String {
        match self.0.as_str() {
            "" => "Seluruh Indonesia".to_owned(),
            CENTRE => "Kantor pusat".to_owned(),
            UNKNOWN => "Wilayah tidak tercatat".to_owned(),
            code if code.ends_with(".00") => "Ditangani kantor provinsi".to_owned(),
            code => format!("Wilayah {code}"),
        }
    }
}

fn is_code(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Area {
    type Err = BadArea;

    fn from_str(text: &str) -> Result<Area, BadArea> {
        let whole = match text.split_once('.') {
            None => text.is_empty() || is_code(text),
            Some((province, regency)) => is_code(province) && is_code(regency),
        };
        if whole { Ok(Area(text.to_owned())) } else { Err(BadArea) }
    }
}

impl TryFrom<String> for Area {
    type Error = BadArea;

    fn try_from(text: String) -> Result<Area, BadArea> {
        text.parse()
    }
}

impl From<Area> for String {
    fn from(area: Area) -> String {
        area.0
    }
}

/// A text that is not an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an area is empty (the whole country), a province like 64, or a regency like 64.71")]
pub struct BadArea;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_one_leaf_below_the_country() {
        let table = [
            ("64.71", "64.71", "64"),
            ("64.71.05", "64.71", "64"),
            ("64", "64.00", "64"),
            ("00", "00", ""),
            ("", "99", ""),
            ("Balikpapan", "99", ""),
            ("64.x", "99", ""),
            ("6471", "99", ""),
        ];
        for (region, leaf, parent) in table {
            let area = Area::leaf_of(region);
            assert_eq!(area.as_str(), leaf, "{region}");
            assert_eq!(area.parent().map(|p| p.to_string()), Some(parent.to_owned()), "{region}");
            assert_eq!(area.chain().last(), Some(&Area::nation()), "{region}");
            assert_eq!(leaf.parse::<Area>(), Ok(area), "{region}");
        }
        for wrong in ["6", "64.", "64.7", "64.71.05", ".71", "x"] {
            assert_eq!(wrong.parse::<Area>(), Err(BadArea), "{wrong}");
        }
    }
}
