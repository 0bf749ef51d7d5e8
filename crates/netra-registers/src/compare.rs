//! What two records have in common, in levels. Which frequency a level has is decided later, when the register is counted.

mod names;
mod slips;

pub(crate) use names::{NameLevel, NameMatch, WordMatch};

use jiff::civil::Date;

use crate::Sex;
use crate::date::age_on;
use crate::name::Muhammad;
use crate::number::{NikMatch, Nip};
use crate::person::Person;

/// Two values that are the same or not, or of which one is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    Unknown,
    Same,
    Different,
}

/// How two birth dates compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BirthLevel {
    Unknown,
    Equal,
    /// Day and month turned.
    Turned,
    /// Same day and month, one or ten years off.
    YearOff,
    /// Same month and year.
    SameMonth,
    /// Same month, one year off.
    YearOffSameMonth,
    /// Same day and month, another year.
    OtherYear,
    /// Same day and year.
    SameDay,
    SameYear,
    Different,
}

/// How an age compares with a birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgeLevel {
    Unknown,
    Equal,
    OneOff,
    Near,
    Different,
}

/// How two sets of degrees or titles compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkLevel {
    /// Neither has any.
    None,
    Equal,
    /// The candidate has none.
    LeftOut,
    /// The candidate has all of the servant's and more.
    Added,
    /// Only the candidate has some.
    New,
    Other,
}

/// The evidence about a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    pub(crate) name: NameMatch,
    pub(crate) sex: Agreement,
    pub(crate) birth: BirthLevel,
    /// Only where there is no birth date to compare.
    pub(crate) age: AgeLevel,
    pub(crate) region: Agreement,
    pub(crate) place: Agreement,
    pub(crate) degrees: MarkLevel,
    pub(crate) titles: MarkLevel,
    pub(crate) muhammad: (Muhammad, Muhammad),
    pub(crate) nik: NikMatch,
    pub(crate) nip: Agreement,
}

impl Evidence {
    /// Whether a number proves the pair.
    pub(crate) fn same_number(&self) -> bool {
        self.nik == NikMatch::Same || self.nip == Agreement::Same
    }
}

/// Compares a candidate with a servant; none where it is not worth keeping.
pub(crate) fn compare(candidate: &Person, servant: &Person, on: Date) -> Option<Evidence> {
    let birth = births(candidate, servant);
    let nik = candidate.nik.against(&servant.nik);
    let nip = nips(&candidate.nip, &servant.nip);
    let is_numbered = nik == NikMatch::Same || nip == Agreement::Same;
    let region = agreement(candidate.region, servant.region);
    let name = names::compare(&candidate.name, &servant.name);
    let is_dated = matches!(birth, BirthLevel::Equal | BirthLevel::Turned);
    let is_here = region == Agreement::Same;
    let is_kept = match name.level {
        NameLevel::Different => is_here && birth == BirthLevel::Equal,
        NameLevel::Shared => is_dated || is_here,
        _ => true,
    };
    if !is_kept && !is_numbered {
        return None;
    }
    Some(Evidence {
        name,
        sex: sexes(candidate.sex, servant.sex),
        birth,
        age: if birth == BirthLevel::Unknown { ages(candidate.age, servant.birth, on) } else { AgeLevel::Unknown },
        region,
        place: agreement(candidate.place, servant.place),
        degrees: marks(candidate.name.degrees, servant.name.degrees),
        titles: marks(candidate.name.titles.into(), servant.name.titles.into()),
        muhammad: (candidate.name.muhammad, servant.name.muhammad),
        nik,
        nip,
    })
}

fn agreement(one: u64, other: u64) -> Agreement {
    match (one, other) {
        (0, _) | (_, 0) => Agreement::Unknown,
        (one, other) if one == other => Agreement::Same,
        _ => Agreement::Different,
    }
}

fn sexes(one: Sex, other: Sex) -> Agreement {
    agreement(one.code(), other.code())
}

/// Two different numbers prove nothing against a pair: contract workers get a new one with a new contract.
fn nips(one: &Nip, other: &Nip) -> Agreement {
    match (one, other) {
        (Nip::Whole(one), Nip::Whole(other)) if one.digits == other.digits => Agreement::Same,
        (Nip::Old(one), Nip::Old(other)) if one == other => Agreement::Same,
        (Nip::Whole(_), Nip::Whole(_)) => Agreement::Different,
        _ => Agreement::Unknown,
    }
}

/// The best of all pairs of birth dates, where a number tells another one than the column.
fn births(candidate: &Person, servant: &Person) -> BirthLevel {
    let levels = candidate.births().flat_map(|one| servant.births().map(move |other| birth(one, other)));
    levels.min_by_key(|level| *level as u8).unwrap_or(BirthLevel::Unknown)
}

fn birth(one: Date, other: Date) -> BirthLevel {
    let years = (one.year() - other.year()).abs();
    let (is_day, is_month, is_year) = (one.day() == other.day(), one.month() == other.month(), years == 0);
    let is_turned = is_year && one.day() == other.month() && one.month() == other.day();
    match (is_day, is_month, is_year) {
        (true, true, true) => BirthLevel::Equal,
        _ if is_turned => BirthLevel::Turned,
        (true, true, false) if matches!(years, 1 | 10) => BirthLevel::YearOff,
        (true, true, false) => BirthLevel::OtherYear,
        (false, true, true) => BirthLevel::SameMonth,
        (false, true, false) if years == 1 => BirthLevel::YearOffSameMonth,
        (true, false, true) => BirthLevel::SameDay,
        (false, false, true) => BirthLevel::SameYear,
        _ => BirthLevel::Different,
    }
}

fn ages(age: Option<i16>, birth: Option<Date>, on: Date) -> AgeLevel {
    let (Some(age), Some(birth)) = (age, birth) else { return AgeLevel::Unknown };
    match (age_on(birth, on) - age).abs() {
        0 => AgeLevel::Equal,
        1 => AgeLevel::OneOff,
        2 | 3 => AgeLevel::Near,
        _ => AgeLevel::Different,
    }
}

fn marks(candidate: u128, servant: u128) -> MarkLevel {
    match (candidate, servant) {
        (0, 0) => MarkLevel::None,
        (one, other) if one == other => MarkLevel::Equal,
        (0, _) => MarkLevel::LeftOut,
        (_, 0) => MarkLevel::New,
        (one, other) if one & other == other => MarkLevel::Added,
        _ => MarkLevel::Other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn birth_dates_in_levels() {
        let born = date(1980, 3, 5);
        let rows = [
            (date(1980, 3, 5), BirthLevel::Equal),
            (date(1980, 5, 3), BirthLevel::Turned),
            (date(1981, 3, 5), BirthLevel::YearOff),
            (date(1990, 3, 5), BirthLevel::YearOff),
            (date(1984, 3, 5), BirthLevel::OtherYear),
            (date(1980, 3, 17), BirthLevel::SameMonth),
            (date(1981, 3, 28), BirthLevel::YearOffSameMonth),
            (date(1980, 8, 5), BirthLevel::SameDay),
            (date(1980, 8, 6), BirthLevel::SameYear),
            (date(1985, 8, 5), BirthLevel::Different),
            (date(1985, 3, 6), BirthLevel::Different),
        ];
        for (other, expected) in rows {
            assert_eq!(birth(born, other), expected, "{other}");
            assert_eq!(birth(other, born), expected, "{other}");
        }
    }

    #[test]
    fn marks_in_levels() {
        let rows = [
            (0, 0, MarkLevel::None),
            (1, 1, MarkLevel::Equal),
            (0, 1, MarkLevel::LeftOut),
            (3, 1, MarkLevel::Added),
            (1, 0, MarkLevel::New),
            (1, 3, MarkLevel::Other),
            (1, 2, MarkLevel::Other),
        ];
        for (candidate, servant, expected) in rows {
            assert_eq!(marks(candidate, servant), expected, "{candidate} {servant}");
        }
    }

    #[test]
    fn a_number_that_tells_another_date_is_heard_too() {
        let servant =
            Person { birth: Some(date(1980, 1, 2)), other_birth: Some(date(1981, 7, 9)), ..Person::default() };
        let candidate = Person { birth: Some(date(1981, 7, 9)), ..Person::default() };
        assert_eq!(births(&candidate, &servant), BirthLevel::Equal);
    }
}
