//! Pairs that are kept while the register streams by: the best of each candidate, without the servants' rows.

use jiff::civil::Date;

use crate::Sex;
use crate::compare::{AgeLevel, Agreement, BirthLevel, Evidence, MarkLevel, NameLevel};
use crate::counts::marks_key;
use crate::number::NikMatch;
use crate::person::{Job, Person};

/// A candidate's pair with a servant.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// By which the result names the servant.
    pub(crate) id: Box<str>,
    /// The servant's line in the register: who it is.
    pub(crate) line: u64,
    pub(crate) evidence: Evidence,
    /// By which the pairs of a candidate are held apart before frequencies are known.
    pub(crate) rank: i32,
    pub(crate) key: u64,
    pub(crate) sex: Sex,
    pub(crate) birth: Option<Date>,
    pub(crate) has_other_birth: Told,
    pub(crate) region: u64,
    pub(crate) province: u8,
    pub(crate) place: u64,
    pub(crate) degrees: u64,
    pub(crate) titles: u64,
}

/// Whether a number tells another birth date than the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Same,
    Other,
}

impl Pair {
    pub(crate) fn new(id: String, line: u64, servant: &Person, evidence: Evidence, rank: i32) -> Pair {
        Pair {
            id: id.into_boxed_str(),
            line,
            evidence,
            rank,
            key: servant.name.key,
            sex: servant.sex,
            birth: servant.birth,
            has_other_birth: if servant.other_birth.is_some() { Told::Other } else { Told::Same },
            region: servant.region,
            province: servant.province,
            place: servant.place,
            degrees: marks_key(servant.name.degrees),
            titles: marks_key(servant.name.titles.into()),
        }
    }

    fn is_before(&self, rank: i32, line: u64) -> bool {
        (-self.rank, self.line) < (-rank, line)
    }

    /// Whether two servants are one person with two numbers, as contract workers can be.
    pub(crate) fn is_same_person(&self, other: &Pair) -> bool {
        self.key == other.key
            && self.sex == other.sex
            && self.birth.is_some()
            && self.birth == other.birth
            && self.place == other.place
    }
}

/// The best pairs of one candidate, best first; of equals the earlier line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Best {
    pairs: Vec<Pair>,
}

impl Best {
    /// Adds a pair if it is among the best so many; it is only made then.
    pub(crate) fn keep(&mut self, most: usize, rank: i32, line: u64, make: impl FnOnce() -> Pair) {
        let place = self.pairs.partition_point(|pair| pair.is_before(rank, line));
        if place >= most {
            return;
        }
        self.pairs.truncate(most.saturating_sub(1));
        self.pairs.insert(place, make());
    }

    /// Takes the pairs of another part of the register in.
    pub(crate) fn merge(&mut self, other: Best, most: usize) {
        for pair in other.pairs {
            let (rank, line) = (pair.rank, pair.line);
            self.keep(most, rank, line, || pair);
        }
    }

    pub(crate) fn into_pairs(self) -> Vec<Pair> {
        self.pairs
    }
}

/// A rough order of pairs by what they have in common. It decides which pairs of a candidate are kept until frequencies
/// are known, and nothing else.
pub(crate) fn rank(evidence: &Evidence, candidate: &Person) -> i32 {
    let name = match evidence.name.level {
        NameLevel::Identical => 90,
        NameLevel::Folded => 80,
        NameLevel::Initials => 70,
        NameLevel::Slips => 65,
        NameLevel::Fewer => 50,
        NameLevel::OneOf | NameLevel::FewerSlips => 35,
        NameLevel::Shared => 10,
        NameLevel::Different => -20,
    };
    let birth = match evidence.birth {
        BirthLevel::Equal => 90,
        BirthLevel::Turned => 50,
        BirthLevel::YearOff => 45,
        BirthLevel::SameMonth => 10,
        BirthLevel::YearOffSameMonth | BirthLevel::OtherYear | BirthLevel::SameDay => -10,
        BirthLevel::SameYear => -30,
        BirthLevel::Different => -60,
        BirthLevel::Unknown => 0,
    };
    let age = match evidence.age {
        AgeLevel::Equal => 30,
        AgeLevel::OneOff => 0,
        AgeLevel::Near | AgeLevel::Different => -40,
        AgeLevel::Unknown => 0,
    };
    let same = |agreement, same, different| match agreement {
        Agreement::Same => same,
        Agreement::Different => different,
        Agreement::Unknown => 0,
    };
    let marks = |level, equal, other| match level {
        MarkLevel::Equal => equal,
        MarkLevel::None | MarkLevel::Added => equal / 2,
        MarkLevel::LeftOut | MarkLevel::New => 0,
        MarkLevel::Other => other,
    };
    let nik = match evidence.nik {
        NikMatch::Same => 200,
        NikMatch::Agrees(digits) => 20 * i32::from(digits),
        NikMatch::Differs => -45,
        NikMatch::Unknown => 0,
    };
    let nip = if evidence.nip == Agreement::Same { 200 } else { 0 };
    let job = if candidate.job == Job::CivilService { 10 } else { 0 };
    name + birth
        + age
        + same(evidence.region, 40, -10)
        + same(evidence.place, 15, -20)
        + same(evidence.sex, 0, -40)
        + marks(evidence.degrees, 25, -35)
        + marks(evidence.titles, 10, -35)
        + nik
        + nip
        + job
}
