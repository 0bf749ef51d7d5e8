//! The order of day, month and year: what proves it, and what is only assumed.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;

use super::form::{Clock, Fields, Form, Header, YearPlace};
use super::language::Language;

/// In which order a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Year, month, day.
    YearFirst,
}

impl DateOrder {
    /// All orders.
    pub const ALL: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];

    /// A stable word for it: `dmy`, `mdy` or `ymd`.
    pub fn id(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
            DateOrder::YearFirst => "ymd",
        }
    }

    /// The order in words for people.
    pub fn indonesian(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "tanggal/bulan/tahun",
            DateOrder::MonthFirst => "bulan/tanggal/tahun",
            DateOrder::YearFirst => "tahun/bulan/tanggal",
        }
    }

    /// The other reading of the same numbers, where there are two.
    pub fn other(self) -> Option<DateOrder> {
        match self {
            DateOrder::DayFirst => Some(DateOrder::MonthFirst),
            DateOrder::MonthFirst => Some(DateOrder::DayFirst),
            DateOrder::YearFirst => None,
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for DateOrder {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

/// The text is no order of a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' bukan urutan tanggal: tulis dmy (tanggal lebih dulu), mdy (bulan lebih dulu) atau ymd (tahun lebih dulu)"
)]
pub struct DateOrderError(String);

impl FromStr for DateOrder {
    type Err = DateOrderError;

    fn from_str(text: &str) -> Result<DateOrder, DateOrderError> {
        let same = |order: &DateOrder| order.id() == text;
        DateOrder::ALL.into_iter().find(same).ok_or_else(|| DateOrderError(text.chars().take(20).collect()))
    }
}

/// How the order is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderBasis {
    /// The year stands first, with four digits.
    YearFirst,
    /// A number is too large to be a month.
    ValueOverTwelve,
    /// Attached files carry a date in their names that agrees with one reading only.
    AttachmentName,
    /// Only one reading has no day that goes backward.
    Chronology,
    /// Nothing proves it: it is what such a phone mostly writes.
    Assumed,
    /// Somebody said so.
    Given,
}

impl OrderBasis {
    /// A stable word for it.
    pub fn id(self) -> &'static str {
        match self {
            OrderBasis::YearFirst => "year-first",
            OrderBasis::ValueOverTwelve => "value-over-12",
            OrderBasis::AttachmentName => "attachment-name",
            OrderBasis::Chronology => "chronology",
            OrderBasis::Assumed => "assumed",
            OrderBasis::Given => "given",
        }
    }

    /// The basis in words for people.
    pub fn indonesian(self) -> &'static str {
        match self {
            OrderBasis::YearFirst => "tahun empat angka di depan",
            OrderBasis::ValueOverTwelve => "ada angka di atas 12",
            OrderBasis::AttachmentName => "cocok dengan tanggal pada nama lampiran",
            OrderBasis::Chronology => "hanya urutan ini membuat hari berjalan maju",
            OrderBasis::Assumed => "dugaan saja, berkas tidak membuktikannya",
            OrderBasis::Given => "ditentukan oleh pemeriksa",
        }
    }
}

impl Serialize for OrderBasis {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

/// What the headers of one form say about the order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Headers whose day exists in some order.
    pub(crate) headers: u64,
    only_day_first: u64,
    only_month_first: u64,
    back_day_first: u64,
    back_month_first: u64,
    names_day_first: u64,
    names_month_first: u64,
    bare: bool,
    padded: bool,
    last: Option<(Fields, Readings)>,
    latest: Readings,
}

/// The two days that the same numbers can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Readings {
    day_first: Option<Date>,
    month_first: Option<Date>,
}

impl Evidence {
    /// Takes a header in; `false` if its day exists in no order.
    pub(crate) fn header(&mut self, header: &Header) -> bool {
        if let Some((fields, _)) = self.last
            && fields == header.fields
        {
            self.headers += 1;
            return true;
        }
        let readings = |order| header.fields.date(order, header.form.year);
        if header.form.year == YearPlace::First {
            let exists = readings(DateOrder::YearFirst).is_some();
            self.headers += u64::from(exists);
            return exists;
        }
        let found = Readings { day_first: readings(DateOrder::DayFirst), month_first: readings(DateOrder::MonthFirst) };
        match (found.day_first, found.month_first) {
            (None, None) => return false,
            (Some(_), None) => self.only_day_first += 1,
            (None, Some(_)) => self.only_month_first += 1,
            (Some(day), Some(month)) => {
                self.back_day_first += u64::from(self.latest.day_first.is_some_and(|before| day < before));
                self.back_month_first += u64::from(self.latest.month_first.is_some_and(|before| month < before));
                self.latest = found;
            }
        }
        self.headers += 1;
        self.bare |= header.bare;
        self.padded |= header.padded;
        self.last = Some((header.fields, found));
        true
    }

    /// Takes in that a file attached to the last header's message is named after this day.
    pub(crate) fn attachment(&mut self, named: Date) {
        let Some((_, readings)) = self.last else { return };
        let (day, month) = (readings.day_first == Some(named), readings.month_first == Some(named));
        self.names_day_first += u64::from(day && !month);
        self.names_month_first += u64::from(month && !day);
    }

    /// Whether the numbers alone prove the order, so that nothing else has to be looked at.
    pub(crate) fn is_settled(&self, form: Form) -> bool {
        form.year == YearPlace::First || self.only_day_first + self.only_month_first > 0
    }

    /// The order, and how it is known.
    pub(crate) fn decide(&self, form: Form, language: Option<Language>) -> (DateOrder, OrderBasis) {
        if form.year == YearPlace::First {
            return (DateOrder::YearFirst, OrderBasis::YearFirst);
        }
        let proofs = [
            (self.only_day_first, self.only_month_first, OrderBasis::ValueOverTwelve),
            (self.names_day_first, self.names_month_first, OrderBasis::AttachmentName),
        ];
        for (day, month, basis) in proofs {
            match day.cmp(&month) {
                std::cmp::Ordering::Greater => return (DateOrder::DayFirst, basis),
                std::cmp::Ordering::Less => return (DateOrder::MonthFirst, basis),
                std::cmp::Ordering::Equal => {}
            }
        }
        match (self.back_day_first, self.back_month_first) {
            (0, 1..) => (DateOrder::DayFirst, OrderBasis::Chronology),
            (1.., 0) => (DateOrder::MonthFirst, OrderBasis::Chronology),
            _ => (self.assumed(form, language), OrderBasis::Assumed),
        }
    }

    /// Month first only where an English phone writes numbers without zeros in front, as in the United States.
    fn assumed(&self, form: Form, language: Option<Language>) -> DateOrder {
        let american = self.bare || form.clock == Clock::Half;
        if language == Some(Language::English) && !form.has_dots() && !self.padded && american {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        }
    }

    /// How many days exist only in another order than this one; the days of two-digit years are not asked for year first.
    pub(crate) fn against(&self, order: DateOrder, form: Form) -> u64 {
        match (order, form.year) {
            (DateOrder::DayFirst, YearPlace::LastTwo | YearPlace::LastFour) => self.only_month_first,
            (DateOrder::MonthFirst, YearPlace::LastTwo | YearPlace::LastFour) => self.only_day_first,
            (DateOrder::YearFirst, YearPlace::First | YearPlace::LastTwo) => 0,
            _ => self.headers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a list of dates, some with the day of an attached file, lets one conclude.
    fn decided(dates: &[(&str, Option<&str>)], language: Option<Language>) -> (DateOrder, OrderBasis) {
        let (mut evidence, mut form) = (Evidence::default(), None);
        for (date, named) in dates {
            let header = Header::read(format!("{date}, 20:15 - A: b").as_bytes()).unwrap();
            form = Some(header.form);
            assert!(evidence.header(&header), "{date}");
            if let Some(named) = named {
                evidence.attachment(named.parse().unwrap());
            }
        }
        evidence.decide(form.unwrap(), language)
    }

    #[test]
    fn proofs_in_their_order() {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        type Dates<'d> = &'d [(&'d str, Option<&'d str>)];
        let table: [(Dates<'_>, _); 9] = [
            (&[("2024-01-02", None)], (YearFirst, OrderBasis::YearFirst)),
            (&[("30/12/23", None)], (DayFirst, OrderBasis::ValueOverTwelve)),
            (&[("1/13/24", None)], (MonthFirst, OrderBasis::ValueOverTwelve)),
            (&[("01/02/24", None), ("30/01/24", None), ("1/31/24", None)], (DayFirst, OrderBasis::Assumed)),
            (&[("04/12/23", Some("2023-12-04"))], (DayFirst, OrderBasis::AttachmentName)),
            (&[("04/12/23", Some("2023-04-12"))], (MonthFirst, OrderBasis::AttachmentName)),
            (&[("04/12/23", Some("2020-01-01")), ("05/05/24", Some("2024-05-05"))], (DayFirst, OrderBasis::Assumed)),
            (&[("11/01/24", None), ("03/02/24", None)], (DayFirst, OrderBasis::Chronology)),
            (&[("01/11/24", None), ("02/03/24", None)], (MonthFirst, OrderBasis::Chronology)),
        ];
        for (dates, expected) in table {
            assert_eq!(decided(dates, None), expected, "{dates:?}");
        }
    }

    #[test]
    fn what_is_assumed_is_what_such_a_phone_writes() {
        let english = Some(Language::English);
        let indonesian = Some(Language::Indonesian);
        let assumed = |date: &str, language| {
            let (order, basis) = decided(&[(date, None)], language);
            assert_eq!(basis, OrderBasis::Assumed, "{date}");
            order
        };
        assert_eq!(assumed("1/2/24", english), DateOrder::MonthFirst);
        assert_eq!(assumed("1/2/24", indonesian), DateOrder::DayFirst);
        assert_eq!(assumed("1/2/24", None), DateOrder::DayFirst);
        assert_eq!(assumed("01/02/24", english), DateOrder::DayFirst);
        assert_eq!(assumed("11/10/24", english), DateOrder::DayFirst);
    }

    #[test]
    fn orders_are_read_as_they_are_written() {
        for order in DateOrder::ALL {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        let error = "ddmm".parse::<DateOrder>().unwrap_err().to_string();
        assert!(error.contains("'ddmm'") && error.contains("tulis dmy"), "{error}");
    }
}
