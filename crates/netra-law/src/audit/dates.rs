//! Dates as people type them into sheets: ISO, `19/1/2024`, `19 Januari 2024`, `Jumat, 19 Januari
//! 2024 pukul 17.10 WITA`.

use std::iter::Peekable;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};

use super::vague::{Bounds, bounds};
use crate::event::When;
use crate::time::{MONTHS, Moment, Zone, long_date, long_moment, weekday_name};

/// What a cell says of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    /// Nothing.
    Empty,
    /// A day or a moment, and what is odd about the way it is written.
    Exact(When, Vec<String>),
    /// No single day.
    Vague(Bounds),
    /// Nothing that can be read as a date.
    Unreadable,
}

/// A date is shorter than this; what is longer is an essay.
const LONGEST: usize = 160;
/// How people write that there is nothing.
const NOTHING: &[&str] = &["", "-", "--", "n/a", "na", "nihil", "kosong", "tidak ada", "belum", "belum ada"];
/// In a remark behind a date: then the date is not meant exactly.
const DOUBTFUL: &[&str] = &["kira", "sekitar", "belum pasti", "about", "approx", "estimat", "?", "atau", " or "];
/// Months by other names than [`MONTHS`] and their beginnings.
const OTHER_MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("pebruari", 2),
    ("peb", 2),
    ("february", 2),
    ("march", 3),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("ags", 8),
    ("agt", 8),
    ("august", 8),
    ("aug", 8),
    ("nopember", 11),
    ("nop", 11),
    ("october", 10),
    ("oct", 10),
    ("december", 12),
    ("dec", 12),
];
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Reads a cell. Any text has an answer.
pub(super) fn read(text: &str, zone: Zone) -> Dated {
    let text = simple(text);
    if NOTHING.contains(&text.as_str()) {
        return Dated::Empty;
    }
    if text.chars().nth(LONGEST).is_some() {
        return Dated::Unreadable;
    }
    match exact(&text, zone) {
        Some((when, remarks)) => Dated::Exact(when, remarks),
        None => bounds(&text, zone, 0).map_or(Dated::Unreadable, Dated::Vague),
    }
}

/// Lower case, one kind of space, of dash and of nothing between words; no quotation marks.
fn simple(text: &str) -> String {
    let plain = text.trim().to_lowercase();
    let same = plain.chars().filter_map(|c| match c {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '"' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' => {
            None
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '…' => Some('.'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    });
    let same: String = same.collect();
    same.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A single day or moment, and remarks.
pub(super) fn exact(text: &str, zone: Zone) -> Option<(When, Vec<String>)> {
    if let Some(found) = with_offset(text, zone) {
        return Some(found);
    }
    if let Some(found) = spelled(text, zone) {
        return Some(found);
    }
    let (date, remark) = text.strip_suffix(')')?.split_once('(')?;
    if DOUBTFUL.iter().any(|word| remark.contains(word)) {
        return None;
    }
    let (when, mut remarks) = spelled(date, zone)?;
    remarks.push("keterangan dalam kurung diabaikan.".to_owned());
    Some((when, remarks))
}

/// `2024-01-19T17:10:00+08:00`.
fn with_offset(text: &str, zone: Zone) -> Option<(When, Vec<String>)> {
    let text = text.to_ascii_uppercase();
    let instant: Timestamp = text.parse().ok()?;
    let moment = Moment::new(instant, zone);
    let own = text.parse::<Moment>().is_ok_and(|m| m.zone() == zone);
    let remarks = if own { Vec::new() } else { vec![elsewhere(moment)] };
    Some((When::At(moment), remarks))
}

fn elsewhere(moment: Moment) -> String {
    format!("ditulis menurut zona waktu lain; dibaca sebagai {}.", long_moment(moment))
}

fn spelled(text: &str, zone: Zone) -> Option<(When, Vec<String>)> {
    let apart = apart(text);
    let mut words = apart.split([' ', ',', ';']).map(|w| w.trim_end_matches('.')).filter(|w| !w.is_empty()).peekable();
    let weekday = words.next_if(|w| weekday(w).is_some()).and_then(weekday);
    words.next_if(|w| matches!(*w, "tanggal" | "tgl"));
    let written = date(&mut words)?;
    let time = time(&mut words)?;
    if words.next().is_some() {
        return None;
    }
    let mut remarks = Vec::new();
    if written.short_year {
        remarks.push(format!("tahun dua angka; dibaca sebagai {}.", written.date.year()));
    }
    if let Some(weekday) = weekday.filter(|w| *w != written.date.weekday()) {
        remarks.push(format!(
            "tertulis hari {}, padahal tanggalnya {}.",
            weekday_name(weekday),
            long_date(written.date)
        ));
    }
    let Some((time, named)) = time else { return Some((When::Day(written.date), remarks)) };
    let moment = Moment::from_wall(written.date.to_datetime(time), named.unwrap_or(zone)).ok()?.in_zone(zone);
    if named.is_some_and(|named| named != zone) {
        remarks.push(elsewhere(moment));
    }
    Some((When::At(moment), remarks))
}

/// Splits the `T` between date and time, and takes brackets away.
fn apart(text: &str) -> String {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let in_number = before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if (c == 't' && in_number) || matches!(c, '(' | ')') { ' ' } else { c });
        before = c;
    }
    out
}

fn weekday(word: &str) -> Option<Weekday> {
    let same = |day: &Weekday| weekday_name(*day).eq_ignore_ascii_case(word);
    match word {
        "ahad" => Some(Weekday::Sunday),
        "jum" => Some(Weekday::Friday),
        _ => WEEKDAYS.into_iter().find(same),
    }
}

struct Written {
    date: Date,
    short_year: bool,
}

fn date<'t>(words: &mut Peekable<impl Iterator<Item = &'t str>>) -> Option<Written> {
    let word = words.next()?;
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => written(day, month, year),
        [day, month, year] => written(day, month, year),
        [day] => {
            let (month, year) = (words.next()?, words.next()?);
            written(day, month, year)
        }
        _ => None,
    }
}

fn written(day: &str, month: &str, year: &str) -> Option<Written> {
    let short_year = year.len() == 2;
    let year = if short_year { number(year, 2)?.checked_add(2000)? } else { full_year(year)? };
    let day = i8::try_from(number(day, 2)?).ok()?;
    let date = Date::new(year, month_number(month)?, day).ok()?;
    Some(Written { date, short_year })
}

/// Four digits.
pub(super) fn full_year(text: &str) -> Option<i16> {
    if text.len() == 4 { number(text, 4) } else { None }
}

/// A plain number of at most so many digits.
fn number(text: &str, longest: usize) -> Option<i16> {
    let plain = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A month by number or name.
pub(super) fn month_number(text: &str) -> Option<i8> {
    if let Some(n) = number(text, 2) {
        return i8::try_from(n).ok();
    }
    if let Some((_, n)) = OTHER_MONTHS.iter().find(|(name, _)| *name == text) {
        return Some(*n);
    }
    // `sept` and `agust` are as good as `sep` and `agu`.
    let place = MONTHS.iter().position(|name| text.len() >= 3 && name.to_lowercase().starts_with(text))?;
    i8::try_from(place).ok()?.checked_add(1)
}

/// The time and the zone that follow a date; none of them if nothing follows. Fails on anything else.
fn time<'t>(words: &mut Peekable<impl Iterator<Item = &'t str>>) -> Option<Option<(Time, Option<Zone>)>> {
    let announced = words.next_if(|w| matches!(*w, "pukul" | "jam" | "pkl" | "at")).is_some();
    let Some(word) = words.next() else { return if announced { None } else { Some(None) } };
    let parts: Vec<&str> = word.split([':', '.']).collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour] if announced => (number(hour, 2)?, 0, 0),
        [hour, minute] => (number(hour, 2)?, number(minute, 2)?, 0),
        [hour, minute, second] => (number(hour, 2)?, number(minute, 2)?, number(second, 2)?),
        _ => return None,
    };
    // 24.00 is the end of that day, not the beginning of the next.
    let (hour, minute, second) =
        if (hour, minute, second) == (24, 0, 0) { (23, 59, 59) } else { (hour, minute, second) };
    let part = |n: i16| i8::try_from(n).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    let zone = words.next_if(|w| zone_name(w).is_some()).and_then(zone_name);
    Some(Some((time, zone)))
}

fn zone_name(word: &str) -> Option<Zone> {
    Zone::ALL.into_iter().find(|zone| zone.abbreviation().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn exactly(text: &str) -> (String, Vec<String>) {
        match read(text, Zone::Wita) {
            Dated::Exact(when, remarks) => (when.to_string(), remarks),
            other => panic!("{text:?} is {other:?}"),
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        let rows = [
            ("2024-01-19", "2024-01-19"),
            (" 2024/1/19 ", "2024-01-19"),
            ("19/1/2024", "2024-01-19"),
            ("19-01-2024", "2024-01-19"),
            ("19.01.2024", "2024-01-19"),
            ("19 Januari 2024", "2024-01-19"),
            ("19-Jan-2024", "2024-01-19"),
            ("9 Agt. 2024", "2024-08-09"),
            ("3 Nopember 2024", "2024-11-03"),
            ("12 Sept 2024", "2024-09-12"),
            ("Jumat, 19 Januari 2024", "2024-01-19"),
            ("Jum'at (19/01/2024)", "2024-01-19"),
            ("'2024-01-19", "2024-01-19"),
            ("2024-01-19T17:10", "2024-01-19T17:10:00+08:00"),
            ("2024-01-19 17:10:05", "2024-01-19T17:10:05+08:00"),
            ("2024-01-19T17:10:00+08:00", "2024-01-19T17:10:00+08:00"),
            ("19/1/2024 17.10", "2024-01-19T17:10:00+08:00"),
            ("19 Januari 2024 pukul 17.10", "2024-01-19T17:10:00+08:00"),
            ("Jumat, 19 Januari 2024 pukul 17.10 WITA", "2024-01-19T17:10:00+08:00"),
            ("19 Januari 2024, jam 9", "2024-01-19T09:00:00+08:00"),
            ("19 Januari 2024 pukul 24.00", "2024-01-19T23:59:59+08:00"),
        ];
        for (text, expected) in rows {
            assert_eq!(exactly(text), (expected.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn what_is_odd_about_a_date_is_said() {
        let rows = [
            ("Selasa (10/01/2024)", "2024-01-10", "tertulis hari Selasa, padahal tanggalnya Rabu, 10 Januari 2024."),
            ("19/1/24", "2024-01-19", "tahun dua angka; dibaca sebagai 2024."),
            ("2024-01-04 (syarat formal terpenuhi)", "2024-01-04", "keterangan dalam kurung diabaikan."),
            (
                "19/1/2024 17.10 WIB",
                "2024-01-19T18:10:00+08:00",
                "ditulis menurut zona waktu lain; dibaca sebagai Jumat, 19 Januari 2024 pukul 18.10 WITA.",
            ),
            (
                "2024-01-19T10:10:00Z",
                "2024-01-19T18:10:00+08:00",
                "ditulis menurut zona waktu lain; dibaca sebagai Jumat, 19 Januari 2024 pukul 18.10 WITA.",
            ),
        ];
        for (text, expected, remark) in rows {
            assert_eq!(exactly(text), (expected.to_owned(), vec![remark.to_owned()]), "{text}");
        }
    }

    #[test]
    fn vague_dates_keep_what_they_say() {
        let rows = [
            ("2024-01", Some("2024-01-01"), Some("2024-01-31")),
            ("Januari 2024", Some("2024-01-01"), Some("2024-01-31")),
            ("02/2024", Some("2024-02-01"), Some("2024-02-29")),
            ("awal Januari 2024", Some("2024-01-01"), Some("2024-01-31")),
            ("late 2023-12", Some("2023-12-01"), Some("2023-12-31")),
            ("2024", Some("2024-01-01"), Some("2024-12-31")),
            ("by 2023-12-22", None, Some("2023-12-22")),
            ("paling lambat 22 Desember 2023", None, Some("2023-12-22")),
            ("sampai akhir Januari 2024", None, Some("2024-01-31")),
            ("sejak 5/1/2024", Some("2024-01-05"), None),
            ("2024-01-05..2024-01-19", Some("2024-01-05"), Some("2024-01-19")),
            ("2024-01-10..12", Some("2024-01-10"), None),
            ("5 Januari 2024 s.d. 19 Januari 2024", Some("2024-01-05"), Some("2024-01-19")),
            ("5/1/2024 – 19/1/2024", Some("2024-01-05"), Some("2024-01-19")),
            ("sekitar 5 Januari 2024", None, None),
            ("2024-01-04 (perkiraan)", None, None),
            ("2023-12-22 or shortly before", None, None),
        ];
        for (text, earliest, latest) in rows {
            let expected = Bounds { earliest: earliest.map(day), latest: latest.map(day) };
            assert_eq!(read(text, Zone::Wib), Dated::Vague(expected), "{text}");
        }
    }

    #[test]
    fn nothing_and_no_date() {
        for text in ["", "  ", "-", "–", "N/A", "tidak ada"] {
            assert_eq!(read(text, Zone::Wib), Dated::Empty, "{text:?}");
        }
        let essay = "2024-01-19 ".repeat(40);
        for text in
            ["lusa", "31/2/2024", "1/19/2024", "2024-13-01", "17.10", "45310", "19 Januari", "..", essay.as_str()]
        {
            assert_eq!(read(text, Zone::Wib), Dated::Unreadable, "{text:?}");
        }
    }
}
