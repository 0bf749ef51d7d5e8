//! How often names, words, places and degrees stand in the register: whole, by province, by regency.
//!
//! A name that everybody bears proves little, a name that one person bears proves much; so the very name's frequency is
//! counted while the register streams by, under short keys.

use rustc_hash::FxHashMap;

use crate::Sex;
use crate::hash;
use crate::name::Muhammad;
use crate::person::Person;

/// The first year of birth that is counted, and how many.
const FIRST_YEAR: i16 = 1900;
const YEARS: usize = 140;

/// What is counted besides whole names in the register and in a region.
#[derive(Clone, Copy)]
enum What {
    NameInProvince,
    Word,
    WordInRegion,
    WordInProvince,
    Sex,
    SexInRegion,
    SexInProvince,
    Region,
    Province,
    Place,
    PlaceInRegion,
    Degrees,
    Titles,
    Muhammad,
}

/// Counts of a register, or of a part of it.
#[derive(Default)]
pub(crate) struct Counts {
    total: u64,
    names: FxHashMap<u64, u32>,
    names_in_region: FxHashMap<u64, u32>,
    others: FxHashMap<u64, u32>,
    years: Vec<u32>,
    provinces: FxHashMap<u64, u8>,
}

impl Counts {
    /// Counts a servant.
    pub(crate) fn add(&mut self, person: &Person) {
        let sex = person.sex.code();
        let (region, province) = (person.region, u64::from(person.province));
        let name = &person.name;
        self.total += 1;
        *self.names.entry(hash::of_parts(&[sex, name.key])).or_default() += 1;
        self.count(What::Sex, [sex, 0, 0]);
        if region != 0 {
            *self.names_in_region.entry(hash::of_parts(&[sex, region, name.key])).or_default() += 1;
            self.count(What::SexInRegion, [sex, region, 0]);
            self.count(What::Region, [region, 0, 0]);
        }
        if province != 0 {
            self.count(What::NameInProvince, [sex, province, name.key]);
            self.count(What::SexInProvince, [sex, province, 0]);
            self.count(What::Province, [province, 0, 0]);
            self.place_region(region, person.province);
        }
        for (place, word) in name.words().iter().enumerate() {
            if name.words().iter().take(place).any(|earlier| earlier == word) {
                continue;
            }
            let word = word.key();
            self.count(What::Word, [sex, word, 0]);
            if region != 0 {
                self.count(What::WordInRegion, [sex, region, word]);
            }
            if province != 0 {
                self.count(What::WordInProvince, [sex, province, word]);
            }
        }
        if person.place != 0 {
            self.count(What::Place, [person.place, 0, 0]);
            self.count(What::PlaceInRegion, [region, person.place, 0]);
        }
        self.count(What::Degrees, [marks_key(name.degrees), 0, 0]);
        self.count(What::Titles, [marks_key(name.titles.into()), 0, 0]);
        if name.muhammad == Muhammad::Present {
            self.count(What::Muhammad, [sex, 0, 0]);
        }
        if let Some(birth) = person.birth {
            self.years.resize(YEARS, 0);
            if let Some(count) = year_place(birth.year()).and_then(|place| self.years.get_mut(place)) {
                *count += 1;
            }
        }
    }

    fn count(&mut self, what: What, parts: [u64; 3]) {
        *self.others.entry(slot(what, parts)).or_default() += 1;
    }

    /// Learns in which province a region lies. Where rows disagree, the lower code counts, whatever their order.
    fn place_region(&mut self, region: u64, province: u8) {
        if region != 0 {
            let known = self.provinces.entry(region).or_insert(province);
            *known = (*known).min(province);
        }
    }

    /// Takes the counts of another part in.
    pub(crate) fn merge(&mut self, other: Counts) {
        self.total += other.total;
        merge(&mut self.names, other.names);
        merge(&mut self.names_in_region, other.names_in_region);
        merge(&mut self.others, other.others);
        for (region, province) in other.provinces {
            self.place_region(region, province);
        }
        if self.years.len() < other.years.len() {
            self.years.resize(other.years.len(), 0);
        }
        for (sum, count) in self.years.iter_mut().zip(other.years) {
            *sum += count;
        }
    }

    /// The frequencies of the whole register.
    pub(crate) fn finish(self) -> Frequencies {
        let names = Unseen::of(&self.names, self.total);
        let in_region = Unseen::of(&self.names_in_region, self.total);
        Frequencies { counts: self, names, in_region }
    }
}

fn merge(into: &mut FxHashMap<u64, u32>, from: FxHashMap<u64, u32>) {
    let from = if from.len() > into.len() { std::mem::replace(into, from) } else { from };
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

fn slot(what: What, parts: [u64; 3]) -> u64 {
    let [one, two, three] = parts;
    hash::of_parts(&[what as u64 + 1, one, two, three])
}

fn year_place(year: i16) -> Option<usize> {
    usize::try_from(year - FIRST_YEAR).ok()
}

/// The key of a set of degrees or titles.
pub(crate) fn marks_key(marks: u128) -> u64 {
    let low = u64::try_from(marks & u128::from(u64::MAX)).unwrap_or_default();
    let high = u64::try_from(marks >> 64).unwrap_or_default();
    hash::of_parts(&[low, high])
}

/// What the names that stand once and twice tell about those that do not stand at all (absolute discounting): a name
/// that one person in the register bears is less frequent among others than one in all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unseen {
    /// To be taken off each count.
    pub(crate) discount: f64,
    /// The share of all persons that this takes off.
    pub(crate) mass: f64,
}

impl Unseen {
    fn of(counts: &FxHashMap<u64, u32>, total: u64) -> Unseen {
        let (mut once, mut twice) = (0u32, 0u32);
        for count in counts.values() {
            match count {
                1 => once += 1,
                2 => twice += 1,
                _ => {}
            }
        }
        let (once, twice) = (f64::from(once), f64::from(twice));
        let discount = if once > 0.0 { once / (once + 2.0 * twice) } else { 0.5 };
        let different = counts.len() as f64;
        Unseen { discount, mass: discount * different / (total as f64).max(1.0) }
    }
}

/// The frequencies of a register.
pub(crate) struct Frequencies {
    counts: Counts,
    /// For names in the whole register.
    pub(crate) names: Unseen,
    /// For names in a region.
    pub(crate) in_region: Unseen,
}

impl Frequencies {
    /// How many servants there are; one at least, so that shares can be taken.
    pub(crate) fn total(&self) -> f64 {
        (self.counts.total as f64).max(1.0)
    }

    fn other(&self, what: What, parts: [u64; 3]) -> f64 {
        f64::from(self.counts.others.get(&slot(what, parts)).copied().unwrap_or_default())
    }

    /// Servants with a name.
    pub(crate) fn name(&self, sex: Sex, key: u64) -> u32 {
        self.counts.names.get(&hash::of_parts(&[sex.code(), key])).copied().unwrap_or_default()
    }

    /// Servants with a name in a region.
    pub(crate) fn name_in_region(&self, sex: Sex, region: u64, key: u64) -> u32 {
        let slot = hash::of_parts(&[sex.code(), region, key]);
        self.counts.names_in_region.get(&slot).copied().unwrap_or_default()
    }

    /// Servants with a name in a province.
    pub(crate) fn name_in_province(&self, sex: Sex, province: u8, key: u64) -> f64 {
        self.other(What::NameInProvince, [sex.code(), province.into(), key])
    }

    /// Servants with a word in their name.
    pub(crate) fn word(&self, sex: Sex, word: u64) -> f64 {
        self.other(What::Word, [sex.code(), word, 0])
    }

    /// Those in a region.
    pub(crate) fn word_in_region(&self, sex: Sex, region: u64, word: u64) -> f64 {
        self.other(What::WordInRegion, [sex.code(), region, word])
    }

    /// Those in a province.
    pub(crate) fn word_in_province(&self, sex: Sex, province: u8, word: u64) -> f64 {
        self.other(What::WordInProvince, [sex.code(), province.into(), word])
    }

    /// Servants of a sex.
    pub(crate) fn sex(&self, sex: Sex) -> f64 {
        self.other(What::Sex, [sex.code(), 0, 0])
    }

    /// Those in a region.
    pub(crate) fn sex_in_region(&self, sex: Sex, region: u64) -> f64 {
        self.other(What::SexInRegion, [sex.code(), region, 0])
    }

    /// Those in a province.
    pub(crate) fn sex_in_province(&self, sex: Sex, province: u8) -> f64 {
        self.other(What::SexInProvince, [sex.code(), province.into(), 0])
    }

    /// Servants in a region.
    pub(crate) fn region(&self, region: u64) -> f64 {
        self.other(What::Region, [region, 0, 0])
    }

    /// Servants in a province.
    pub(crate) fn province(&self, province: u8) -> f64 {
        self.other(What::Province, [province.into(), 0, 0])
    }

    /// The province of a region, as the register says; 0 if it does not.
    pub(crate) fn province_of(&self, region: u64) -> u8 {
        self.counts.provinces.get(&region).copied().unwrap_or_default()
    }

    /// Servants who were born in a place.
    pub(crate) fn place(&self, place: u64) -> f64 {
        self.other(What::Place, [place, 0, 0])
    }

    /// Those in a region.
    pub(crate) fn place_in_region(&self, region: u64, place: u64) -> f64 {
        self.other(What::PlaceInRegion, [region, place, 0])
    }

    /// The share of servants with a set of degrees.
    pub(crate) fn degrees(&self, key: u64) -> f64 {
        self.other(What::Degrees, [key, 0, 0]) / self.total()
    }

    /// The share of servants with a set of titles.
    pub(crate) fn titles(&self, key: u64) -> f64 {
        self.other(What::Titles, [key, 0, 0]) / self.total()
    }

    /// The share of the men who bear the name Muhammad.
    pub(crate) fn muhammad(&self) -> f64 {
        self.other(What::Muhammad, [Sex::Man.code(), 0, 0]) / self.sex(Sex::Man).max(1.0)
    }

    /// The share of servants who were born in a year.
    pub(crate) fn year(&self, year: i16) -> f64 {
        let count = year_place(year).and_then(|place| self.counts.years.get(place)).copied().unwrap_or_default();
        f64::from(count) / self.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Name;

    fn person(name: &str, region: u64, province: u8) -> Person {
        Person { name: Name::parse(name).unwrap(), sex: Sex::Man, region, province, ..Person::default() }
    }

    #[test]
    fn names_are_counted_in_the_whole_and_by_region() {
        let people = [person("Budi", 7, 32), person("Boedi", 7, 32), person("Budi", 8, 32), person("Muh. Ali", 9, 33)];
        let mut one = Counts::default();
        let mut other = Counts::default();
        people.iter().take(2).for_each(|person| one.add(person));
        people.iter().skip(2).for_each(|person| other.add(person));
        one.merge(other);
        let found = one.finish();
        let key = people[0].name.key;
        assert_eq!(found.name(Sex::Man, key), 3);
        assert_eq!(found.name_in_region(Sex::Man, 7, key), 2);
        assert!((found.name_in_province(Sex::Man, 32, key) - 3.0).abs() < 1e-9);
        assert!((found.muhammad() - 0.25).abs() < 1e-9);
        assert_eq!(found.province_of(8), 32);
        assert_eq!(found.name(Sex::Woman, key), 0);
    }

    #[test]
    fn unseen_names_are_paid_for_by_rare_ones() {
        let counts: FxHashMap<u64, u32> = [(1, 1), (2, 1), (3, 2), (4, 6)].into_iter().collect();
        let unseen = Unseen::of(&counts, 10);
        assert!((unseen.discount - 0.5).abs() < 1e-9);
        assert!((unseen.mass - 0.2).abs() < 1e-9);
    }
}
