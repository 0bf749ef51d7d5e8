//! Headers: the date and the time before each message, in the forms that phones write them.

use jiff::civil::{Date, Time};
use serde::Serialize;

use super::marks;
use super::order::DateOrder;

/// What surrounds date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// `[30/12/23, 20.15.03] `
    Brackets,
    /// `30/12/23 20.15 - `
    Dash,
    /// `30/12/2012 17:03:48: `, as old telephones of Apple wrote it.
    Colon,
}

/// Where the year stands, and with how many digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearPlace {
    First,
    LastTwo,
    LastFour,
}

/// Hours from 0 to 23, or twice from 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Clock {
    /// `20.15`.
    #[serde(rename = "24h")]
    Full,
    /// `8:15 PM`.
    #[serde(rename = "12h")]
    Half,
}

/// The form of a header: one and the same through a whole export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) frame: Frame,
    pub(crate) year: YearPlace,
    pub(crate) clock: Clock,
    pub(crate) seconds: bool,
    comma: bool,
    separator: u8,
    colon: u8,
}

impl Form {
    /// Whether dots stand in the time, as phones set to Indonesian write it.
    pub(crate) fn has_dots(self) -> bool {
        self.colon == b'.'
    }
}

/// The three numbers of a date, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    first: u16,
    second: u16,
    third: u16,
}

impl Fields {
    /// The day that the numbers mean in an order, if there is such a day.
    pub(crate) fn date(self, order: DateOrder, year: YearPlace) -> Option<Date> {
        let Fields { first, second, third } = self;
        let (y, m, d) = match (order, year) {
            (DateOrder::YearFirst, YearPlace::First | YearPlace::LastTwo) => (first, second, third),
            (DateOrder::DayFirst, YearPlace::LastTwo | YearPlace::LastFour) => (third, second, first),
            (DateOrder::MonthFirst, YearPlace::LastTwo | YearPlace::LastFour) => (third, first, second),
            _ => return None,
        };
        let y = if year == YearPlace::LastTwo { y.checked_add(2000)? } else { y };
        Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
    }
}

/// A line's beginning that has the form of a header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) form: Form,
    pub(crate) fields: Fields,
    /// A day or month was written as one digit.
    pub(crate) bare: bool,
    /// A day or month was written with a zero in front.
    pub(crate) padded: bool,
    hour: u8,
    minute: u8,
    second: u8,
    /// Where the author or the text begins.
    pub(crate) rest: usize,
}

impl Header {
    /// Reads a line's beginning in any of the forms. Whether the day exists depends on the order, and is asked later.
    pub(crate) fn read(line: &[u8]) -> Option<Header> {
        let mut cursor = Cursor { rest: line };
        cursor.marks();
        let bracket = cursor.eat(b'[');
        let first = cursor.number(4)?;
        let separator = cursor.one_of(b"/.-")?;
        let second = cursor.number(2)?;
        cursor.expect(separator)?;
        let third = cursor.number(4)?;
        let year = year_place(first, third)?;
        let comma = cursor.eat(b',');
        cursor.spaces()?;
        let hour = cursor.number(2)?;
        let colon = cursor.one_of(b":.")?;
        let minute = cursor.pair()?;
        let seconds = cursor.more(colon);
        if minute >= 60 || seconds.is_some_and(|seconds| seconds >= 60) {
            return None;
        }
        let half = cursor.half();
        let frame = cursor.frame(bracket)?;
        let clock = if half.is_some() { Clock::Half } else { Clock::Full };
        let parts = if year == YearPlace::First { [second, third] } else { [first, second] };
        Some(Header {
            form: Form { frame, year, clock, seconds: seconds.is_some(), comma, separator, colon },
            fields: Fields { first: first.value, second: second.value, third: third.value },
            bare: parts.iter().any(|part| part.digits == 1),
            padded: parts.iter().any(|part| part.digits == 2 && part.value < 10),
            hour: full_hour(hour.value, half)?,
            minute,
            second: seconds.unwrap_or(0),
            rest: line.len() - cursor.rest.len(),
        })
    }

    /// The time of day.
    pub(crate) fn time(&self) -> Option<Time> {
        let part = |value: u8| i8::try_from(value).ok();
        Time::new(part(self.hour)?, part(self.minute)?, part(self.second)?, 0).ok()
    }
}

fn year_place(first: Number, third: Number) -> Option<YearPlace> {
    match (first.digits, third.digits) {
        (4, 1 | 2) => Some(YearPlace::First),
        (1 | 2, 2) => Some(YearPlace::LastTwo),
        (1 | 2, 4) => Some(YearPlace::LastFour),
        _ => None,
    }
}

/// 12 AM is midnight, 12 PM is noon.
fn full_hour(hour: u16, half: Option<HalfDay>) -> Option<u8> {
    let hour = u8::try_from(hour).ok()?;
    match half {
        None => (hour < 24).then_some(hour),
        Some(_) if hour > 12 => None,
        Some(HalfDay::Am) => Some(hour % 12),
        Some(HalfDay::Pm) => Some(hour % 12 + 12),
    }
}

#[derive(Clone, Copy)]
enum HalfDay {
    Am,
    Pm,
}

#[derive(Clone, Copy)]
struct Number {
    value: u16,
    digits: usize,
}

/// What of the line is not read yet.
struct Cursor<'t> {
    rest: &'t [u8],
}

impl Cursor<'_> {
    #[inline]
    fn skip(&mut self, len: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
    }

    #[inline]
    fn marks(&mut self) {
        self.rest = marks::skip_marks(self.rest);
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.rest.first() == Some(&byte);
        self.skip(usize::from(there));
        there
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.marks();
        self.eat(byte).then_some(())
    }

    #[inline]
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        self.marks();
        let byte = *self.rest.first().filter(|b| bytes.contains(b))?;
        self.skip(1);
        Some(byte)
    }

    /// A number of at most so many digits.
    #[inline]
    fn number(&mut self, most: usize) -> Option<Number> {
        self.marks();
        let mut number = Number { value: 0, digits: 0 };
        while number.digits < most
            && let Some(digit) = self.rest.first().filter(|b| b.is_ascii_digit())
        {
            number.value = number.value * 10 + u16::from(digit - b'0');
            number.digits += 1;
            self.skip(1);
        }
        (number.digits > 0).then_some(number)
    }

    /// Exactly two digits.
    #[inline]
    fn pair(&mut self) -> Option<u8> {
        let [tens @ b'0'..=b'9', units @ b'0'..=b'9', ..] = *self.rest else { return None };
        self.skip(2);
        Some((tens - b'0') * 10 + units - b'0')
    }

    /// Seconds, if they follow.
    #[inline]
    fn more(&mut self, colon: u8) -> Option<u8> {
        let [first, b'0'..=b'9', b'0'..=b'9', ..] = *self.rest else { return None };
        if first != colon {
            return None;
        }
        self.skip(1);
        self.pair()
    }

    #[inline]
    fn space(&mut self) -> Option<()> {
        self.marks();
        let len = marks::space_len(self.rest);
        self.skip(len);
        (len > 0).then_some(())
    }

    /// One space or more.
    #[inline]
    fn spaces(&mut self) -> Option<()> {
        self.space()?;
        while self.space().is_some() {}
        Some(())
    }

    /// `AM`, `pm`, `a.m.` or `p. m.`, if it follows.
    fn half(&mut self) -> Option<HalfDay> {
        let before = self.rest;
        let found = self.half_letters();
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    fn half_letters(&mut self) -> Option<HalfDay> {
        let _ = self.spaces();
        let half = match self.one_of(b"AaPp")? {
            b'A' | b'a' => HalfDay::Am,
            _ => HalfDay::Pm,
        };
        self.eat(b'.');
        let _ = self.spaces();
        self.one_of(b"Mm")?;
        self.eat(b'.');
        Some(half)
    }

    /// What closes the header, up to the one space before author or text.
    fn frame(&mut self, bracket: bool) -> Option<Frame> {
        let frame = if bracket {
            self.expect(b']')?;
            Frame::Brackets
        } else if self.eat(b':') {
            Frame::Colon
        } else {
            self.spaces()?;
            match self.rest {
                [b'-', ..] => self.skip(1),
                [0xE2, 0x80, 0x93, ..] => self.skip(3),
                _ => return None,
            }
            Frame::Dash
        };
        let len = marks::space_len(self.rest);
        self.skip(len);
        (len > 0).then_some(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header as `frame order-independent-fields time`, and what follows it.
    fn shown(line: &str) -> Option<(String, String)> {
        let header = Header::read(line.as_bytes())?;
        let Fields { first, second, third } = header.fields;
        let time = header.time().unwrap();
        let seconds = if header.form.seconds { format!(":{:02}", time.second()) } else { String::new() };
        let head = format!(
            "{:?} {first} {second} {third} {:02}:{:02}{seconds}",
            header.form.frame,
            time.hour(),
            time.minute()
        );
        Some((head, line[header.rest..].to_owned()))
    }

    #[test]
    fn every_form_that_phones_write() {
        let table = [
            ("30/12/23 20.15 - A: b", "Dash 30 12 23 20:15"),
            ("30/12/2023 20.15 - A: b", "Dash 30 12 2023 20:15"),
            ("30/12/23, 20.15 - A: b", "Dash 30 12 23 20:15"),
            ("30/12/23, 20.15 – A: b", "Dash 30 12 23 20:15"),
            ("[30/12/23, 20.15.03] A: b", "Brackets 30 12 23 20:15:03"),
            ("[30/12/23 20.15.03] A: b", "Brackets 30 12 23 20:15:03"),
            ("\u{200E}[30/12/23, 20.15.03] A: b", "Brackets 30 12 23 20:15:03"),
            ("[30/12/23, 8.15.03\u{202F}PM] A: b", "Brackets 30 12 23 20:15:03"),
            ("[12/30/23, 8:15:03\u{202F}PM] A: b", "Brackets 12 30 23 20:15:03"),
            ("12/30/23, 8:15\u{202F}PM - A: b", "Dash 12 30 23 20:15"),
            ("12/30/23, 8:15 PM - A: b", "Dash 12 30 23 20:15"),
            ("12/31/23, 12:07\u{202F}AM - A: b", "Dash 12 31 23 00:07"),
            ("12/31/23, 12:30\u{202F}PM - A: b", "Dash 12 31 23 12:30"),
            ("30/12/2023, 8:15\u{A0}pm - A: b", "Dash 30 12 2023 20:15"),
            ("[30/12/2023, 20:15:03] A: b", "Brackets 30 12 2023 20:15:03"),
            ("2023-12-30, 5:46 p.m. - A: b", "Dash 2023 12 30 17:46"),
            ("2023/12/30, 20:15 - A: b", "Dash 2023 12 30 20:15"),
            ("28/12/2023, 9:29\u{A0}p.\u{A0}m. - A: b", "Dash 28 12 2023 21:29"),
            ("30.12.23, 20:15 - A: b", "Dash 30 12 23 20:15"),
            ("30-12-2023 20:15 - A: b", "Dash 30 12 2023 20:15"),
            ("09/12/2012 17:03:48: A: b", "Colon 9 12 2012 17:03:48"),
            ("\u{200F}30\u{200F}/12\u{200F}/2023, 20:15 - A: b", "Dash 30 12 2023 20:15"),
        ];
        for (line, expected) in table {
            assert_eq!(shown(line), Some((expected.to_owned(), "A: b".to_owned())), "{line:?}");
        }
    }

    #[test]
    fn what_is_no_header() {
        for line in [
            "",
            "[",
            "30/12/23",
            "29/12/23 08.00 apel",
            "30/12/23 - rapat",
            "30/12/23 20.15 -",
            "30/12/23 20.15 -A: b",
            "30/12-23 20.15 - A: b",
            "130/12/23 20.15 - A: b",
            "30/12/123 20.15 - A: b",
            "30/12/23 24.00 - A: b",
            "30/12/23 20.60 - A: b",
            "[30/12/23, 20.15.60] A: b",
            "30/12/23, 13:15 PM - A: b",
            "30/12/23 2015 - A: b",
            "30/12/23 20.155 - A: b",
            "[30/12/23, 20.15.03 A: b",
            "[30/12/23, 20.15.03]A: b",
            "30/12/23, 8:15 XM - A: b",
            "1. absen",
            "Besok 30/12/23 20.15 - A: b",
            "٣٠/١٢/٢٣ ٢٠.١٥ - A: b",
        ] {
            assert_eq!(shown(line), None, "{line:?}");
        }
    }

    #[test]
    fn a_form_is_its_signs_and_not_its_numbers() {
        let form = |line: &str| Header::read(line.as_bytes()).unwrap().form;
        assert_eq!(form("1/2/24, 8:15 AM - A: b"), form("12/30/24, 11:15\u{202F}pm - Lain: c"));
        for other in
            ["1/2/24 8:15 AM - A: b", "1/2/24, 8.15 AM - A: b", "1/2/2024, 8:15 AM - A: b", "1/2/24, 8:15 - A: b"]
        {
            assert_ne!(form("1/2/24, 8:15 AM - A: b"), form(other), "{other}");
        }
    }

    #[test]
    fn days_in_each_order() {
        let fields = |line: &str| Header::read(line.as_bytes()).unwrap();
        let table = [
            ("30/12/23 20.15 - ", Some("2023-12-30"), None, Some("2030-12-23")),
            ("01/02/24 20.15 - ", Some("2024-02-01"), Some("2024-01-02"), Some("2001-02-24")),
            ("01/02/2024 20.15 - ", Some("2024-02-01"), Some("2024-01-02"), None),
            ("2024-02-30 20:15 - ", None, None, None),
            ("2024-02-29 20:15 - ", None, None, Some("2024-02-29")),
            ("23/12/30 20.15 - ", Some("2030-12-23"), None, Some("2023-12-30")),
            ("31/02/24 20.15 - ", None, None, Some("2031-02-24")),
            ("00/00/24 20.15 - ", None, None, None),
        ];
        for (line, day, month, year) in table {
            let header = fields(line);
            for (order, expected) in
                [(DateOrder::DayFirst, day), (DateOrder::MonthFirst, month), (DateOrder::YearFirst, year)]
            {
                let date = header.fields.date(order, header.form.year).map(|date| date.to_string());
                assert_eq!(date.as_deref(), expected, "{line} {order:?}");
            }
        }
    }
}
