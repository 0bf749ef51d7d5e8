//! Days as they are written, before anybody asks which year or week is meant.

use jiff::civil::Date;

use crate::calendar::Names;
use crate::words::{Shape, Words};

/// Which of the days of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// *Senin lalu*: before today.
    Last,
    /// *Senin pekan lalu*.
    OfLastWeek,
    /// *Senin*: today or before.
    Latest,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Full(Date),
    DayAndMonth {
        day: i8,
        month: i8,
    },
    Weekday(i8, Which),
    /// Days from publication.
    Offset(i64),
    /// About so many days from publication.
    About(i64),
}

/// A day as it is written, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub what: What,
    /// The day of the week that stands beside the date.
    pub weekday: Option<i8>,
    /// Words `from` up to, not including, `to`.
    pub from: usize,
    pub to: usize,
}

/// Whether a day and a month as two numbers may be a date at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    AfterWeekday,
}

/// Words between the name of a day and its date: *Senin malam (27/11)*.
const BETWEEN: [&str; 12] =
    ["malam", "siang", "pagi", "sore", "petang", "dini", "hari", "tanggal", "tgl", "kemarin", "lalu", "pekan"];

/// All days that a text names, in its order.
pub(crate) fn scan(words: &Words<'_>, names: &Names) -> Vec<Written> {
    let scanner = Scanner { words, names };
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.list.len() {
        let here = scanner.at(place, &mut found);
        place = here.map_or(place + 1, |to| to.max(place + 1));
    }
    found
}

struct Scanner<'a, 't> {
    words: &'a Words<'t>,
    names: &'a Names,
}

impl Scanner<'_, '_> {
    /// Takes what is written at a place, and says where it ends.
    fn at(&self, place: usize, found: &mut Vec<Written>) -> Option<usize> {
        if let Some(weekday) = self.weekday(place) {
            return self.after_weekday(place, weekday, found);
        }
        if let Some((what, to)) = self.date(place, Place::Anywhere) {
            found.push(Written { what, weekday: None, from: place, to });
            return Some(to);
        }
        if let Some(to) = self.range(place, None, found) {
            return Some(to);
        }
        let (what, length) = self
            .ago(place)
            .or_else(|| self.names.relative(self.words, place).map(|(days, length)| (What::Offset(days), length)))?;
        found.push(Written { what, weekday: None, from: place, to: place + length });
        Some(place + length)
    }

    /// A day of the week; *minggu* in lower case is a week unless a date follows.
    fn weekday(&self, place: usize) -> Option<i8> {
        let weekday = self.names.weekday(self.words.at(place))?;
        let is_week = self.words.at(place) == "minggu" && self.words.shape(place) == Shape::Lower;
        let dated = self.date(place + 1, Place::AfterWeekday).is_some();
        (!is_week || dated).then_some(weekday)
    }

    fn after_weekday(&self, place: usize, weekday: i8, found: &mut Vec<Written>) -> Option<usize> {
        let mut next = place + 1;
        while next <= place + 3 {
            if !self.words.gap_before(next).chars().all(|c| c.is_whitespace() || ",(".contains(c)) {
                break;
            }
            if let Some((what, to)) = self.date(next, Place::AfterWeekday) {
                found.push(Written { what, weekday: Some(weekday), from: place, to });
                return Some(to);
            }
            if let Some(to) = self.range(next, Some(weekday), found) {
                return Some(to);
            }
            if !BETWEEN.contains(&self.words.at(next)) {
                break;
            }
            next += 1;
        }
        let regular = place.checked_sub(1).is_some_and(|before| ["setiap", "tiap"].contains(&self.words.at(before)));
        let (which, length) = self.which(place + 1).filter(|_| !regular)?;
        let to = place + 1 + length;
        found.push(Written { what: What::Weekday(weekday, which), weekday: Some(weekday), from: place, to });
        Some(to)
    }

    /// What follows the name of a day without a date; none for days to come.
    fn which(&self, place: usize) -> Option<(Which, usize)> {
        let first = self.words.at(place);
        let second = self.words.at(place + 1);
        let of_day = ["malam", "siang", "pagi", "sore", "petang"].contains(&first);
        let is_week = |word: &str| word == "pekan" || word == "minggu";
        if is_week(first) {
            return self.names.is_before(second).then_some((Which::OfLastWeek, 2));
        }
        if of_day {
            return self.which(place + 1).map(|(which, length)| (which, length + 1));
        }
        if self.names.is_before(first) {
            return Some((Which::Last, 1));
        }
        let to_come = ["depan", "mendatang", "besok", "nanti", "esok"].contains(&first);
        (!to_come).then_some((Which::Latest, 0))
    }

    /// A date at a place, and where it ends.
    fn date(&self, place: usize, how: Place) -> Option<(What, usize)> {
        let words = self.words;
        if words.shape(place) != Shape::Number || ["/", "."].contains(&words.gap_before(place)) {
            return None;
        }
        if words.at(place).len() == 4 {
            let year = i16::try_from(words.number(place, 4)?).ok()?;
            let mark = words.gap_after(place);
            let same = mark == words.gap_after(place + 1) && ["-", "/"].contains(&mark);
            let date = same.then(|| Date::new(year, self.small(place + 1)?, self.small(place + 2)?).ok()).flatten()?;
            return Some((What::Full(date), place + 3));
        }
        let day = self.small(place)?;
        if let Some(month) = self.names.month(words.at(place + 1)).filter(|_| blank(words.gap_after(place))) {
            return self.with_year(day, month, place + 2);
        }
        self.numeric(day, place, how)
    }

    /// After a day and the name of a month: the year, if it is there.
    fn with_year(&self, day: i8, month: i8, place: usize) -> Option<(What, usize)> {
        let year = self.year(place).filter(|_| blank(self.words.gap_before(place)));
        match year {
            Some(year) => Some((What::Full(Date::new(year, month, day).ok()?), place + 1)),
            None if is_day_of(day, month) => Some((What::DayAndMonth { day, month }, place)),
            None => None,
        }
    }

    /// `27/11/2023`, `27-11-2023`, `27.11.2023`, and `27/11` where it can be nothing else.
    fn numeric(&self, day: i8, place: usize, how: Place) -> Option<(What, usize)> {
        let words = self.words;
        let mark = words.gap_after(place).trim();
        if !["/", "-", "."].contains(&mark) {
            return None;
        }
        let month = self.small(place + 1)?;
        if words.gap_after(place + 1).trim() == mark {
            let short = mark != "." && words.at(place + 2).len() == 2;
            let year = self.year(place + 2).or_else(|| {
                let year = short.then(|| words.number(place + 2, 2)).flatten()?;
                i16::try_from(year).ok().map(|year| year + 2000)
            });
            let goes_on = words.gap_after(place + 2) == mark && words.shape(place + 3) == Shape::Number;
            if let (Some(year), false) = (year, goes_on) {
                return Some((What::Full(Date::new(year, month, day).ok()?), place + 3));
            }
            return None;
        }
        let bracketed = words.gap_before(place).ends_with('(') && words.gap_after(place + 1).starts_with(')');
        let named = place.checked_sub(1).is_some_and(|before| ["tanggal", "tgl"].contains(&words.at(before)));
        let fits = mark != "." && (bracketed || named || how == Place::AfterWeekday) && is_day_of(day, month);
        fits.then_some((What::DayAndMonth { day, month }, place + 2))
    }

    /// `25-27 November 2023`, `25 dan 27 November`: both ends.
    fn range(&self, place: usize, weekday: Option<i8>, found: &mut Vec<Written>) -> Option<usize> {
        let day = self.small(place)?;
        let mark = self.words.gap_after(place);
        let second = if ["-", "–", "—"].contains(&mark.trim()) {
            place + 1
        } else if blank(mark) && ["dan", "hingga", "sampai"].contains(&self.words.at(place + 1)) {
            place + 2
        } else {
            return None;
        };
        let (what, to) = self.date(second, Place::Anywhere)?;
        let first = match what {
            What::Full(end) => What::Full(Date::new(end.year(), end.month(), day).ok().filter(|start| *start < end)?),
            What::DayAndMonth { day: end, month } if day < end => What::DayAndMonth { day, month },
            _ => return None,
        };
        found.push(Written { what: first, weekday, from: place, to: place + 1 });
        found.push(Written { what, weekday: None, from: second, to });
        Some(to)
    }

    /// *tiga hari lalu*, *dua pekan yang lalu*, *pekan lalu*.
    fn ago(&self, place: usize) -> Option<(What, usize)> {
        let words = self.words;
        let (count, unit) = match small_number(words, place) {
            Some(count) => (count, place + 1),
            None => (1, place),
        };
        let days = match words.at(unit) {
            "hari" if unit > place => 1,
            "pekan" | "minggu" => 7,
            _ => return None,
        };
        let after = if words.at(unit + 1) == "yang" { unit + 2 } else { unit + 1 };
        if !["lalu", "silam"].contains(&words.at(after)) {
            return None;
        }
        let what = if days == 1 { What::Offset(-count) } else { What::About(-count * days) };
        Some((what, after + 1 - place))
    }

    fn small(&self, place: usize) -> Option<i8> {
        self.words.number(place, 2).and_then(|n| i8::try_from(n).ok())
    }

    fn year(&self, place: usize) -> Option<i16> {
        let year = self.words.number(place, 4).and_then(|n| i16::try_from(n).ok())?;
        (1990..=2100).contains(&year).then_some(year)
    }
}

fn blank(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(|c| c == ' ' || c == '\u{a0}')
}

/// Whether some year has such a day.
fn is_day_of(day: i8, month: i8) -> bool {
    Date::new(2024, month, day).is_ok()
}

/// A number up to thirty, in digits or in words.
fn small_number(words: &Words<'_>, place: usize) -> Option<i64> {
    const IN_WORDS: [&str; 10] =
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"];
    if let Some(number) = words.number(place, 2) {
        return Some(i64::from(number)).filter(|n| (1..=30).contains(n));
    }
    let place = IN_WORDS.iter().position(|name| *name == words.at(place))?;
    i64::try_from(place + 1).ok()
}
