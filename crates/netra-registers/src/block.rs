//! The keys under which a candidate lies, and those that a servant asks for. Both sides must say the same for the same.
//!
//! A pair is looked at if the two share any key. With a birth date that is the date itself (day and month turned or not),
//! month and year or day and month with a word of the name, or the whole name. Without one it is the region with the
//! consonants or with the first and the last word; with an age, the age with words, in the region or anywhere.

use jiff::civil::Date;

use crate::Sex;
use crate::date::age_on;
use crate::hash;
use crate::name::Name;
use crate::number::Nip;
use crate::person::Person;

/// Which kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Nik,
    Nip,
    /// Birth date, day and month in any order.
    Birth,
    /// Month and year, with the first or the last word.
    MonthFirst,
    MonthLast,
    /// Day and month, with the first or the last word.
    DayFirst,
    DayLast,
    /// All words, in any order or joined.
    Sorted,
    Joined,
    /// Region with consonants, or with the first and the last word.
    RegionConsonants,
    RegionWords,
    /// Age with words, in the region or anywhere.
    AgeRegionFirst,
    AgeRegionLast,
    AgeFirst,
    AgeLast,
    AgeConsonants,
}

/// A key with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) hash: u64,
    pub(crate) block: Block,
}

/// Collects the keys of one person.
pub(crate) struct Keys {
    list: Vec<Key>,
    age_on: Date,
}

impl Keys {
    /// Ages are those of this day.
    pub(crate) fn new(age_on: Date) -> Keys {
        Keys { list: Vec::with_capacity(64), age_on }
    }

    /// The keys under which a candidate lies. Somebody whose sex is not known lies under both.
    pub(crate) fn of_candidate(&mut self, person: &Person) -> &[Key] {
        self.list.clear();
        self.numbers(person);
        for sex in sexes(person.sex) {
            self.whole_name(&person.name, sex);
            if person.birth.is_none() {
                self.region(person, sex);
                for age in person.age.into_iter().flat_map(|age| [age - 1, age, age + 1]) {
                    self.age(person, sex, age);
                }
            }
            for birth in person.births() {
                self.birth(&person.name, sex, birth);
            }
        }
        &self.list
    }

    /// The keys that a servant asks for.
    pub(crate) fn of_servant(&mut self, person: &Person) -> &[Key] {
        self.list.clear();
        self.numbers(person);
        for sex in sexes(person.sex) {
            self.whole_name(&person.name, sex);
            self.region(person, sex);
            for birth in person.births() {
                self.birth(&person.name, sex, birth);
                self.age(person, sex, age_on(birth, self.age_on));
            }
        }
        &self.list
    }

    fn add(&mut self, block: Block, parts: [u64; 4]) {
        let [one, two, three, four] = parts;
        self.list.push(Key { hash: hash::of_parts(&[kind(block), one, two, three, four]), block });
    }

    fn numbers(&mut self, person: &Person) {
        if let Some(nik) = person.nik.key() {
            self.add(Block::Nik, [nik, 0, 0, 0]);
        }
        match person.nip {
            Nip::Whole(servant) => self.add(Block::Nip, [servant.digits, 0, 0, 0]),
            Nip::Old(digits) => self.add(Block::Nip, [digits, 1, 0, 0]),
            _ => {}
        }
    }

    fn whole_name(&mut self, name: &Name, sex: Sex) {
        self.add(Block::Joined, [sex.code(), name.joined, 0, 0]);
        if name.words().len() > 1 {
            self.add(Block::Sorted, [sex.code(), name.key, 0, 0]);
        }
    }

    fn birth(&mut self, name: &Name, sex: Sex, birth: Date) {
        let (year, month, day) = (unsigned(birth.year()), unsigned(birth.month().into()), unsigned(birth.day().into()));
        let turned = month.min(day) * 100 + month.max(day);
        self.add(Block::Birth, [sex.code(), year, turned, 0]);
        let (first, last) = (name.first(), name.last());
        self.add(Block::MonthFirst, [sex.code(), year * 100 + month, first, 0]);
        self.add(Block::DayFirst, [sex.code(), day * 100 + month, first, 0]);
        if name.words().len() > 1 {
            self.add(Block::MonthLast, [sex.code(), year * 100 + month, last, 0]);
            self.add(Block::DayLast, [sex.code(), day * 100 + month, last, 0]);
        }
    }

    fn region(&mut self, person: &Person, sex: Sex) {
        if person.region == 0 {
            return;
        }
        let name = &person.name;
        self.add(Block::RegionConsonants, [sex.code(), person.region, name.consonants, 0]);
        self.add(Block::RegionWords, [sex.code(), person.region, name.first(), name.last()]);
    }

    fn age(&mut self, person: &Person, sex: Sex, age: i16) {
        let name = &person.name;
        let sex_and_age = unsigned(age) * 10 + sex.code();
        if person.region != 0 {
            self.add(Block::AgeRegionFirst, [sex_and_age, person.region, name.first(), 0]);
            self.add(Block::AgeRegionLast, [sex_and_age, person.region, name.last(), 0]);
        }
        self.add(Block::AgeFirst, [sex_and_age, name.first(), name.last_begins(), 0]);
        self.add(Block::AgeLast, [sex_and_age, name.first_begins(), name.last(), 0]);
        self.add(Block::AgeConsonants, [sex_and_age, name.consonants, 0, 0]);
    }
}

fn unsigned(number: i16) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn kind(block: Block) -> u64 {
    block as u64 + 1
}

/// The sexes under which somebody lies.
fn sexes(sex: Sex) -> impl Iterator<Item = Sex> {
    let (one, other) = match sex {
        Sex::Unknown => (Sex::Man, Some(Sex::Woman)),
        known => (known, None),
    };
    std::iter::once(one).chain(other)
}
