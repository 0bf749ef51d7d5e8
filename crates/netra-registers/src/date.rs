//! Birth dates as they are written down.

use jiff::civil::Date;

/// The years in which somebody on either list may have been born.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2020;
/// Two digits of a year from here on are of the last century.
const LAST_CENTURY_FROM: i16 = 25;

/// What a cell says about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Nothing.
    Empty,
    /// A date.
    Day(Date),
    /// Something that is no date of birth.
    Damaged,
}

/// Reads `1973-09-01`, `01-09-1973`, `01/09/1973`, `1.9.73`, `19730901`, `1 September 1973` and the like; a time behind
/// the date is left aside. The day stands before the month unless that cannot be.
///
/// ```
/// use netra_registers::date::{Written, read};
///
/// assert_eq!(read(b"1 Agustus 1973"), read(b"1973-08-01"));
/// assert_eq!(read(b"31/02/1980"), Written::Damaged);
/// ```
pub fn read(cell: &[u8]) -> Written {
    let cell = cell.trim_ascii();
    if cell.is_empty() || cell.iter().all(|byte| matches!(byte, b'-' | b'0' | b'/' | b'.')) {
        return Written::Empty;
    }
    let mut parts = [Part::default(); 4];
    let count = split(cell, &mut parts);
    let day = match (count, parts) {
        (1, [whole, ..]) => whole.compact(),
        (3.., [one, two, three, _]) => from_parts(one, two, three),
        _ => None,
    };
    day.map_or(Written::Damaged, Written::Day)
}

/// A day that can be somebody's birth date.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    if YEARS.contains(&year) { Date::new(year, month, day).ok() } else { None }
}

/// Age in full years on a day.
pub(crate) fn age_on(born: Date, on: Date) -> i16 {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    on.year() - born.year() - i16::from(before_birthday)
}

/// Digits, or a month's name.
#[derive(Clone, Copy, Default)]
struct Part {
    number: i32,
    digits: u8,
    month: i8,
}

impl Part {
    /// `19730901`.
    fn compact(self) -> Option<Date> {
        if self.digits != 8 {
            return None;
        }
        let (year, month, day) = (self.number / 10_000, self.number / 100 % 100, self.number % 100);
        checked(year, month, day)
    }

    fn is_year_first(self) -> bool {
        self.digits == 4
    }

    fn year(self) -> Option<i32> {
        let century = if self.number < i32::from(LAST_CENTURY_FROM) { 2000 } else { 1900 };
        match self.digits {
            4 => Some(self.number),
            2 => Some(self.number + century),
            _ => None,
        }
    }
}

fn checked(year: i32, month: i32, number: i32) -> Option<Date> {
    day(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(number).ok()?)
}

fn from_parts(one: Part, two: Part, three: Part) -> Option<Date> {
    match (one.month, two.month) {
        // `1 September 1973`
        (0, 1..) => checked(three.year()?, i32::from(two.month), one.number),
        // `September 1, 1973`
        (1.., 0) => checked(three.year()?, i32::from(one.month), two.number),
        (0, 0) if one.is_year_first() => checked(one.number, two.number, three.number),
        (0, 0) => {
            let year = three.year()?;
            checked(year, two.number, one.number).or_else(|| checked(year, one.number, two.number))
        }
        _ => None,
    }
}

/// Splits at everything that is neither a digit nor a letter, and between digits and letters. Returns how many parts
/// there are, up to four.
fn split(cell: &[u8], parts: &mut [Part; 4]) -> usize {
    let mut rest = cell;
    let mut count = 0;
    while let Some(first) = rest.first() {
        let is_digit = first.is_ascii_digit();
        let is_same = |byte: &u8| if is_digit { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
        let length = rest.iter().take_while(|byte| is_same(byte)).count();
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        if length == 0 {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        rest = after;
        if let Some(slot) = parts.get_mut(count) {
            *slot = if is_digit { number(part) } else { Part { month: month(part), ..Part::default() } };
            count += 1;
        }
    }
    count
}

fn number(digits: &[u8]) -> Part {
    // Nine digits or more are no part of a date.
    let kept = digits.iter().take(9);
    let number = kept.fold(0i32, |sum, digit| sum.wrapping_mul(10).wrapping_add(i32::from(digit - b'0')));
    Part { number, digits: u8::try_from(digits.len()).unwrap_or(u8::MAX), month: 0 }
}

/// The month that a word begins with, Indonesian or English; -1 for other words.
fn month(word: &[u8]) -> i8 {
    let mut begin = [0u8; 3];
    for (slot, letter) in begin.iter_mut().zip(word) {
        *slot = letter.to_ascii_lowercase();
    }
    match &begin {
        b"jan" => 1,
        b"feb" | b"peb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"mei" | b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"agu" | b"agt" | b"ags" | b"aug" => 8,
        b"sep" => 9,
        b"okt" | b"oct" => 10,
        b"nov" | b"nop" => 11,
        b"des" | b"dec" => 12,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ways_to_write_a_date() {
        let first = Written::Day(date(1973, 9, 1));
        let rows: [(&str, Written); 27] = [
            ("1973-09-01", first),
            ("01-09-1973", first),
            ("01/09/1973", first),
            ("1/9/1973", first),
            ("1.9.73", first),
            ("1973/09/01", first),
            ("19730901", first),
            ("1 September 1973", first),
            ("01 SEP 1973", first),
            ("1-Sep-73", first),
            ("September 1, 1973", first),
            ("1973-09-01T00:00:00", first),
            ("1973-09-01 00:00", first),
            ("  01-09-1973 ", first),
            ("17 Agustus 1973", Written::Day(date(1973, 8, 17))),
            ("09/25/1973", Written::Day(date(1973, 9, 25))),
            ("29-02-1972", Written::Day(date(1972, 2, 29))),
            ("29-02-1973", Written::Damaged),
            ("31-04-1980", Written::Damaged),
            ("32-01-1980", Written::Damaged),
            ("1873-01-01", Written::Damaged),
            ("26908", Written::Damaged),
            ("lahir 1973", Written::Damaged),
            ("1 Foo 1973", Written::Damaged),
            ("", Written::Empty),
            ("-", Written::Empty),
            ("0000-00-00", Written::Empty),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn ages_are_full_years() {
        let born = date(1980, 2, 15);
        let rows = [(date(2024, 2, 14), 43), (date(2024, 2, 15), 44), (date(2024, 2, 16), 44), (date(1980, 2, 15), 0)];
        for (on, age) in rows {
            assert_eq!(age_on(born, on), age, "{on}");
        }
    }

    proptest! {
        /// Guards: what is written in the usual ways is read back.
        #[test]
        fn dates_are_read_back(year in 1900i16..=2020, month in 1i8..=12, number in 1i8..=28) {
            let expected = Written::Day(date(year, month, number));
            for text in [
                format!("{year:04}-{month:02}-{number:02}"),
                format!("{number:02}/{month:02}/{year:04}"),
                format!("{number}.{month}.{year}"),
                format!("{year:04}{month:02}{number:02}"),
            ] {
                prop_assert_eq!(read(text.as_bytes()), expected, "{}", text);
            }
        }

        /// Guards: any bytes are judged.
        #[test]
        fn any_bytes_are_a_date_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            if let Written::Day(day) = read(&bytes) {
                prop_assert!(YEARS.contains(&day.year()));
            }
        }
    }
}
