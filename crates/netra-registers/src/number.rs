//! Identity numbers: what stands in them, and whether two of them can be one person's.
//!
//! The number of a civil servant (NIP) is `YYYYMMDD YYYYMM S NNN`: birth date, month of appointment, sex, serial. That of a
//! contract worker (NI PPPK) has the year of appointment and two digits for the contract in its place. The number of a
//! resident (NIK) is `RRRRRR DDMMYY NNNN`: area where it was first issued, birth date with 40 added to the day for women,
//! serial. None has a check digit; what can be checked is the date and the sex.

use jiff::civil::Date;

use crate::Sex;
use crate::date::day;

/// The digits of a NIK.
const NIK_DIGITS: usize = 16;
/// Where the serial of a NIK begins.
const NIK_SERIAL: usize = 12;
/// The digits of a NIP since 2008.
const NIP_DIGITS: usize = 18;
/// The digits of a NIP before 2008.
const OLD_NIP_DIGITS: usize = 9;
/// The most digits that are looked at.
const MOST_DIGITS: usize = 20;
/// Somebody born in these two digits of a year or before is of this century: children have no place on either list.
const THIS_CENTURY_TO: i16 = 9;

/// Which kind of servant a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// A civil servant.
    #[doc(alias = "PNS")]
    Permanent,
    /// A contract worker of the government.
    #[doc(alias = "PPPK")]
    Contract,
}

/// What stands in a number of 18 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Servant {
    /// All digits.
    pub digits: u64,
    /// The birth date.
    pub birth: Date,
    /// The sex.
    pub sex: Sex,
    /// Which kind.
    pub service: Service,
}

/// A civil servant's number as it stands in a cell.
#[doc(alias = "NIP")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nip {
    /// None.
    #[default]
    Absent,
    /// 18 digits that can be a number.
    Whole(Servant),
    /// Nine digits, from before 2008; they tell nothing.
    Old(u64),
    /// A spreadsheet took it for a quantity: `1.97001E+17`, or the last digits are zeros.
    Damaged,
    /// 18 digits with an impossible date, month or sex.
    Impossible,
    /// Anything else.
    Other,
}

impl Nip {
    /// Reads a cell.
    ///
    /// ```
    /// use netra_registers::number::{Nip, Service};
    ///
    /// let Nip::Whole(servant) = Nip::read(b"19700101 199301 1 001") else { panic!() };
    /// assert_eq!(servant.birth.to_string(), "1970-01-01");
    /// assert_eq!(servant.service, Service::Permanent);
    /// assert_eq!(Nip::read(b"1.97001E+17"), Nip::Damaged);
    /// ```
    pub fn read(cell: &[u8]) -> Nip {
        let mut digits = Digits::default();
        match digits.fill(cell) {
            Shape::Empty => Nip::Absent,
            Shape::Scientific => Nip::Damaged,
            Shape::Other => Nip::Other,
            Shape::Digits if digits.is_masked() => Nip::Other,
            Shape::Digits if digits.count == NIP_DIGITS => whole(&digits),
            Shape::Digits if digits.count == OLD_NIP_DIGITS => {
                digits.number(0, OLD_NIP_DIGITS).map_or(Nip::Other, Nip::Old)
            }
            Shape::Digits => Nip::Other,
        }
    }

    /// What stands in it.
    pub fn servant(&self) -> Option<&Servant> {
        if let Nip::Whole(servant) = self { Some(servant) } else { None }
    }
}

fn whole(digits: &Digits) -> Nip {
    // No serial is zero: a spreadsheet that keeps 15 digits only has put zeros in the place of the last ones.
    if digits.number(15, 3) == Some(0) {
        return Nip::Damaged;
    }
    read_whole(digits).map_or(Nip::Impossible, Nip::Whole)
}

fn read_whole(digits: &Digits) -> Option<Servant> {
    let birth = day(digits.short(0, 4)?, digits.tiny(4, 2)?, digits.tiny(6, 2)?)?;
    let sex = match digits.number(14, 1)? {
        1 => Sex::Man,
        2 => Sex::Woman,
        _ => return None,
    };
    let service = match digits.number(12, 2)? {
        1..=12 => Service::Permanent,
        13.. => Service::Contract,
        _ => return None,
    };
    let years = digits.short(8, 4)? - birth.year();
    // The youngest and the oldest that were ever appointed, with room for contracts.
    if !(15..=66).contains(&years) {
        return None;
    }
    Some(Servant { digits: digits.number(0, NIP_DIGITS)?, birth, sex, service })
}

/// A resident's number as it stands in a cell, whole or with some digits hidden.
#[doc(alias = "NIK")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nik {
    /// None.
    #[default]
    Absent,
    /// Sixteen digits, each shown or hidden (`*`).
    Shown([u8; NIK_DIGITS]),
    /// A spreadsheet took it for a quantity.
    Damaged,
    /// Sixteen digits with an impossible date.
    Impossible,
    /// Anything else.
    Other,
}

/// How two numbers of residents compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NikMatch {
    /// One of them is not there, or they show no digit in the same place.
    Unknown,
    /// Both are whole and the same.
    Same,
    /// What both show agrees, with so many digits of the serial.
    Agrees(u8),
    /// Some digit differs.
    Differs,
}

impl Nik {
    /// Reads a cell.
    ///
    /// ```
    /// use netra_registers::number::{Nik, NikMatch};
    ///
    /// let whole = Nik::read(b"3273014107800001");
    /// assert_eq!(whole.against(&Nik::read(b"3273**********01")), NikMatch::Agrees(2));
    /// assert_eq!(whole.against(&Nik::read(b"3273**********02")), NikMatch::Differs);
    /// ```
    pub fn read(cell: &[u8]) -> Nik {
        let mut digits = Digits::default();
        match digits.fill(cell) {
            Shape::Empty => Nik::Absent,
            Shape::Scientific => Nik::Damaged,
            Shape::Digits if digits.count == NIK_DIGITS => {
                let mut shown = [b'*'; NIK_DIGITS];
                for (slot, digit) in shown.iter_mut().zip(digits.bytes) {
                    *slot = digit;
                }
                let is_whole = shown.iter().all(u8::is_ascii_digit);
                let nik = Nik::Shown(shown);
                if is_whole && nik.birth().is_none() { Nik::Impossible } else { nik }
            }
            _ => Nik::Other,
        }
    }

    /// The birth date and the sex, where the digits are shown.
    pub fn birth(&self) -> Option<(Date, Sex)> {
        let Nik::Shown(shown) = self else { return None };
        let digits = Digits::of(shown);
        let (number, sex) = match digits.tiny(6, 2)? {
            woman @ 41..=71 => (woman - 40, Sex::Woman),
            man => (man, Sex::Man),
        };
        let short = digits.short(10, 2)?;
        let century = if short <= THIS_CENTURY_TO { 2000 } else { 1900 };
        Some((day(century + short, digits.tiny(8, 2)?, number)?, sex))
    }

    /// The key of a whole number.
    pub(crate) fn key(&self) -> Option<u64> {
        match self {
            Nik::Shown(shown) => Digits::of(shown).number(0, NIK_DIGITS),
            _ => None,
        }
    }

    /// Compares what both show.
    pub fn against(&self, other: &Nik) -> NikMatch {
        let (Nik::Shown(one), Nik::Shown(other)) = (self, other) else { return NikMatch::Unknown };
        let (mut shown, mut serial) = (0, 0);
        for (place, (one, other)) in one.iter().zip(other).enumerate() {
            if !one.is_ascii_digit() || !other.is_ascii_digit() {
                continue;
            }
            if one != other {
                return NikMatch::Differs;
            }
            shown += 1;
            serial += u8::from(place >= NIK_SERIAL);
        }
        match shown {
            0 => NikMatch::Unknown,
            NIK_DIGITS => NikMatch::Same,
            _ => NikMatch::Agrees(serial),
        }
    }
}

/// What a cell looks like.
enum Shape {
    Empty,
    /// Digits, some of which may be hidden.
    Digits,
    /// `1.97E+17`
    Scientific,
    Other,
}

/// Digits without what may stand between them.
struct Digits {
    bytes: [u8; MOST_DIGITS],
    count: usize,
}

impl Default for Digits {
    fn default() -> Digits {
        Digits { bytes: [b'*'; MOST_DIGITS], count: 0 }
    }
}

impl Digits {
    fn of(shown: &[u8]) -> Digits {
        let mut digits = Digits::default();
        shown.iter().for_each(|digit| digits.push(*digit));
        digits
    }

    fn push(&mut self, digit: u8) {
        if let Some(slot) = self.bytes.get_mut(self.count) {
            *slot = digit;
        }
        self.count += 1;
    }

    fn fill(&mut self, cell: &[u8]) -> Shape {
        let mut is_scientific = false;
        for byte in cell {
            match byte {
                b'0'..=b'9' => self.push(*byte),
                b'*' | b'x' | b'X' | b'#' => self.push(b'*'),
                b'E' | b'e' if self.count > 0 => is_scientific = true,
                // What people and spreadsheets put between, before or behind the digits.
                b' ' | b'.' | b',' | b'-' | b'\'' | b'`' | b'+' | b'"' | b'=' | 0xC2 | 0xA0 => {}
                _ => return Shape::Other,
            }
        }
        match self.count {
            _ if is_scientific => Shape::Scientific,
            0 => Shape::Empty,
            _ if self.bytes.iter().take(self.count).all(|digit| *digit == b'0') => Shape::Empty,
            _ => Shape::Digits,
        }
    }

    fn is_masked(&self) -> bool {
        self.bytes.iter().take(self.count).any(|digit| *digit == b'*')
    }

    /// The number in some places, if all its digits are shown.
    fn number(&self, start: usize, length: usize) -> Option<u64> {
        let digits = self.bytes.get(start..start + length)?;
        digits.iter().try_fold(0u64, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u64::from(digit - b'0')))
    }

    fn short(&self, start: usize, length: usize) -> Option<i16> {
        i16::try_from(self.number(start, length)?).ok()
    }

    fn tiny(&self, start: usize, length: usize) -> Option<i8> {
        i8::try_from(self.number(start, length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_civil_servants() {
        let servant = |digits, birth, sex, service| Nip::Whole(Servant { digits, birth, sex, service });
        let man = servant(197_001_011_993_011_001, date(1970, 1, 1), Sex::Man, Service::Permanent);
        let rows = [
            ("197001011993011001", man),
            ("19700101 199301 1 001", man),
            ("'197001011993011001", man),
            ("1970.0101.1993011001", man),
            ("199511272024212055", servant(199_511_272_024_212_055, date(1995, 11, 27), Sex::Woman, Service::Contract)),
            ("130123456", Nip::Old(130_123_456)),
            ("", Nip::Absent),
            ("-", Nip::Absent),
            ("0", Nip::Absent),
            ("1.97001E+17", Nip::Damaged),
            ("1,97001E17", Nip::Damaged),
            ("197001011993011000", Nip::Damaged),
            ("197002301993011001", Nip::Impossible),
            ("197001011993013001", Nip::Impossible),
            ("197001011993001001", Nip::Impossible),
            ("197001011975011001", Nip::Impossible),
            ("19700101199301100", Nip::Other),
            ("belum ada", Nip::Other),
            ("1970010119930110**", Nip::Other),
        ];
        for (text, expected) in rows {
            assert_eq!(Nip::read(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_residents() {
        let rows: [(&str, Option<(Date, Sex)>); 6] = [
            ("3273014107800001", Some((date(1980, 7, 1), Sex::Woman))),
            ("3273010107800001", Some((date(1980, 7, 1), Sex::Man))),
            ("3273010107050001", Some((date(2005, 7, 1), Sex::Man))),
            ("3273014107******", None),
            ("******410780****", Some((date(1980, 7, 1), Sex::Woman))),
            ("3273**********01", None),
        ];
        for (text, expected) in rows {
            let nik = Nik::read(text.as_bytes());
            assert!(matches!(nik, Nik::Shown(_)), "{text}");
            assert_eq!(nik.birth(), expected, "{text}");
        }
        let others = [
            ("", Nik::Absent),
            ("3.27301E+15", Nik::Damaged),
            ("3273013107320001", Nik::Shown(*b"3273013107320001")),
            ("3273013213800001", Nik::Impossible),
            ("327301", Nik::Other),
            ("tidak tahu", Nik::Other),
        ];
        for (text, expected) in others {
            assert_eq!(Nik::read(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn hidden_digits_prove_and_disprove() {
        let whole = "3273014107800001";
        let rows = [
            (whole, NikMatch::Same),
            ("3273014107800002", NikMatch::Differs),
            ("************0001", NikMatch::Agrees(4)),
            ("327301**********", NikMatch::Agrees(0)),
            ("3274************", NikMatch::Differs),
            ("****************", NikMatch::Unknown),
            ("", NikMatch::Unknown),
        ];
        for (text, expected) in rows {
            let (one, other) = (Nik::read(whole.as_bytes()), Nik::read(text.as_bytes()));
            assert_eq!(one.against(&other), expected, "{text}");
            assert_eq!(other.against(&one), expected, "{text}");
        }
    }

    proptest! {
        /// Guards: any bytes are judged.
        #[test]
        fn any_bytes_are_a_number_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let nik = Nik::read(&bytes);
            prop_assert_ne!(nik.against(&nik), NikMatch::Differs);
            let _ = Nip::read(&bytes);
        }

        /// Guards: what is written into a number is read out of it.
        #[test]
        fn what_is_written_is_read(year in 1950i16..2005, month in 1i8..=12, number in 1i8..=28, sex in 1u8..=2, serial in 1u16..999) {
            let text = format!("{year:04}{month:02}{number:02}{:04}03{sex}{serial:03}", year + 25);
            let read = Nip::read(text.as_bytes());
            let servant = read.servant().copied();
            prop_assert_eq!(servant.map(|s| s.birth), Some(date(year, month, number)));
            prop_assert_eq!(servant.map(|s| s.sex), Some(if sex == 1 { Sex::Man } else { Sex::Woman }));
        }
    }
}
