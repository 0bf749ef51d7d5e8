//! Provinces, regencies, cities and districts, by name.

use crate::data::EMBEDDED;
use crate::lexicon::WordMap;
use crate::words::phrase;

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionKind {
    /// A province.
    Province,
    /// A regency.
    #[doc(alias = "kabupaten")]
    Regency,
    /// A city.
    City,
    /// A district of a regency or city.
    #[doc(alias = "kecamatan")]
    District,
}

/// The code by which the national office stands for the whole country.
const COUNTRY: &str = "00";

/// A region of the shipped table by its code, as it is called on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRegion {
    /// Home-affairs code: `64`, `64.71`, `64.71.03`.
    pub code: &'static str,
    /// What it is.
    pub kind: RegionKind,
    /// `Kota Balikpapan`, `Kecamatan Balikpapan Selatan`; provinces by their name.
    pub title: String,
}

/// A region and all that lie in it, by code, down to the districts; `00` is the whole country. Nothing for a code that
/// the table does not have. O(table).
pub fn regions_within(code: &str) -> Vec<NamedRegion> {
    // The table is checked when a reader of news is made; a line that can't be read names no region here.
    let regions = rows(EMBEDDED.regions, "code,kind,name,alone").unwrap_or_default();
    let districts = rows(EMBEDDED.districts, "code,name").unwrap_or_default();
    let of_region = |(_, cells): &Row<'static>| match cells.as_slice() {
        &[code, kind, name, _] => named(code, kind_of(kind)?, name),
        _ => None,
    };
    let of_district = |(_, cells): &Row<'static>| match cells.as_slice() {
        &[code, name] => named(code, RegionKind::District, name),
        _ => None,
    };
    let all = regions.iter().filter_map(of_region).chain(districts.iter().filter_map(of_district));
    let mut found: Vec<NamedRegion> = all.filter(|r| code == COUNTRY || lies_in(r.code, code)).collect();
    found.sort_by_key(|region| region.code);
    found
}

fn named(code: &'static str, kind: RegionKind, name: &'static str) -> Option<NamedRegion> {
    Some(NamedRegion { code, kind, title: title(kind, name) })
}

fn title(kind: RegionKind, name: &str) -> String {
    match kind {
        RegionKind::Province => name.to_owned(),
        RegionKind::Regency => format!("Kabupaten {name}"),
        RegionKind::City => format!("Kota {name}"),
        RegionKind::District => format!("Kecamatan {name}"),
    }
}

fn kind_of(word: &str) -> Option<RegionKind> {
    match word {
        "provinsi" => Some(RegionKind::Province),
        "kabupaten" => Some(RegionKind::Regency),
        "kota" => Some(RegionKind::City),
        _ => None,
    }
}

/// Whether a region lies in another, or is it.
fn lies_in(region: &str, other: &str) -> bool {
    region.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A region of the table.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub code: Box<str>,
    pub kind: RegionKind,
    pub name: Box<str>,
    /// Its name alone tells it: it is no everyday word.
    pub alone: bool,
}

impl Region {
    /// `Kota Balikpapan`, `Kabupaten Paser`, `Kecamatan Balikpapan Selatan`; provinces by their name.
    pub(crate) fn title(&self) -> String {
        title(self.kind, &self.name)
    }

    /// Whether it lies in the region of that code, or is it.
    pub(crate) fn is_in(&self, code: &str) -> bool {
        lies_in(&self.code, code)
    }
}

/// A name of a region or district, by its further words.
#[derive(Debug)]
struct Name {
    rest: Vec<String>,
    place: usize,
}

/// All regions.
#[derive(Debug, Default)]
pub(crate) struct Regions {
    list: Vec<Region>,
    by_code: WordMap<usize>,
    /// Provinces, regencies and cities by the first word of each of their names.
    names: WordMap<Vec<Name>>,
    districts: WordMap<Vec<Name>>,
}

impl Regions {
    /// Reads `regions.csv`.
    ///
    /// # Errors
    /// A line that cannot be read, with its number.
    pub(crate) fn new(text: &str) -> Result<Regions, String> {
        let mut regions = Regions::default();
        for (line, cells) in rows(text, "code,kind,name,alone")? {
            let [code, kind, name, alone] = cells.as_slice() else {
                return Err(format!("line {line}: it needs code, kind, name, alone"));
            };
            let known = kind_of(kind);
            let kind = known.ok_or_else(|| format!("line {line}: '{kind}' is none of provinsi, kabupaten, kota"))?;
            let alone = match *alone {
                "yes" => true,
                "no" => false,
                other => return Err(format!("line {line}: '{other}' is neither yes nor no")),
            };
            let region = Region { code: (*code).into(), kind, name: (*name).into(), alone };
            regions.add(region, line)?;
            regions.add_name(name, regions.list.len() - 1);
        }
        Ok(regions)
    }

    /// Reads `region-aliases.csv`.
    ///
    /// # Errors
    /// A line that cannot be read or names no region.
    pub(crate) fn add_aliases(&mut self, text: &str) -> Result<(), String> {
        for (line, cells) in rows(text, "alias,code")? {
            let [alias, code] = cells.as_slice() else { return Err(format!("line {line}: it needs alias, code")) };
            let place = self.by_code.get(*code).copied();
            let place = place.ok_or_else(|| format!("line {line}: no region has the code {code}"))?;
            self.add_name(alias, place);
        }
        Ok(())
    }

    /// Reads `districts.csv`.
    ///
    /// # Errors
    /// A line that cannot be read, or a district of no regency.
    pub(crate) fn add_districts(&mut self, text: &str) -> Result<(), String> {
        for (line, cells) in rows(text, "code,name")? {
            let [code, name] = cells.as_slice() else { return Err(format!("line {line}: it needs code, name")) };
            let parent = code.rsplit_once('.').map_or("", |(parent, _)| parent);
            if !self.by_code.contains_key(parent) {
                return Err(format!("line {line}: {code} lies in no regency or city"));
            }
            let region =
                Region { code: (*code).into(), kind: RegionKind::District, name: (*name).into(), alone: false };
            self.add(region, line)?;
            let place = self.list.len() - 1;
            for words in spellings(name) {
                insert(&mut self.districts, words, place);
            }
        }
        Ok(())
    }

    fn add(&mut self, region: Region, line: usize) -> Result<(), String> {
        if self.by_code.insert(region.code.clone(), self.list.len()).is_some() {
            return Err(format!("line {line}: the code {} stands there twice", region.code));
        }
        self.list.push(region);
        Ok(())
    }

    fn add_name(&mut self, name: &str, place: usize) {
        for words in spellings(name) {
            insert(&mut self.names, words, place);
        }
    }

    pub(crate) fn get(&self, place: usize) -> Option<&Region> {
        self.list.get(place)
    }

    /// The region of a code.
    pub(crate) fn by_code(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The regions whose name begins at a word, by the longest name that fits, and how many words it has.
    /// `word` gives the words of the text from there on.
    pub(crate) fn named<'w>(&self, word: &dyn Fn(usize) -> &'w str) -> Option<(Vec<usize>, usize)> {
        longest(self.names.get(word(0))?, word)
    }

    /// The same for districts.
    pub(crate) fn district<'w>(&self, word: &dyn Fn(usize) -> &'w str) -> Option<(Vec<usize>, usize)> {
        longest(self.districts.get(word(0))?, word)
    }
}

fn longest<'w>(names: &[Name], word: &dyn Fn(usize) -> &'w str) -> Option<(Vec<usize>, usize)> {
    let fits = |name: &&Name| name.rest.iter().enumerate().all(|(n, part)| word(n + 1) == part);
    let length = names.iter().filter(fits).map(|name| name.rest.len()).max()?;
    let mut places: Vec<usize> =
        names.iter().filter(|name| name.rest.len() == length).filter(fits).map(|name| name.place).collect();
    places.sort_unstable();
    places.dedup();
    Some((places, length + 1))
}

fn insert(map: &mut WordMap<Vec<Name>>, words: Vec<String>, place: usize) {
    let mut words = words.into_iter();
    if let Some(first) = words.next() {
        map.entry(first.into_boxed_str()).or_default().push(Name { rest: words.collect(), place });
    }
}

/// A name of two words is also written as one: *Kulon Progo*, *Kulonprogo*.
fn spellings(name: &str) -> Vec<Vec<String>> {
    let words = phrase(name);
    match words.as_slice() {
        [first, second] => vec![vec![format!("{first}{second}")], words],
        _ => vec![words],
    }
}

type Row<'t> = (usize, Vec<&'t str>);

fn rows<'t>(text: &'t str, head: &str) -> Result<Vec<Row<'t>>, String> {
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line) != Some(head) {
        return Err(format!("line 1: it must be '{head}'"));
    }
    Ok(lines.filter(|(_, line)| !line.is_empty()).map(|(n, line)| (n + 1, line.split(',').collect())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_listed_with_what_lies_in_them() {
        let city = regions_within("64.71");
        let titles: Vec<&str> = city.iter().map(|region| region.title.as_str()).collect();
        assert_eq!(titles.first(), Some(&"Kota Balikpapan"));
        assert_eq!(city.len(), 7, "{titles:?}");
        assert!(city.iter().skip(1).all(|region| region.kind == RegionKind::District));
        assert!(regions_within("64").len() > 100);
        assert!(regions_within("00").len() > 7_000);
        assert_eq!(regions_within("6"), []);
        assert_eq!(regions_within(""), []);
        assert_eq!(regions_within("64.7"), []);
    }
}
