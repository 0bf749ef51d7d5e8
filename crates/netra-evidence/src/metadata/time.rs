//! Times as files state them: with a zone, without one, or a day alone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// A time as a file states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatedTime {
    /// An instant. The difference to UTC in minutes is given where the file gives one.
    Instant {
        /// When.
        at: Timestamp,
        /// Minutes east of UTC.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset_minutes: Option<i32>,
    },
    /// What a clock showed, without its zone.
    Local(DateTime),
    /// A day alone.
    Day(Date),
}

/// How a stated time lies to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeOrder {
    /// Not after the moment.
    NotAfter,
    /// The stated time is too coarse to tell.
    Undecided,
    /// After the moment.
    After,
}

/// The zones in which a clock without a stated one can stand: those of Indonesia, UTC+7 to UTC+9.
const ZONES: (i8, i8) = (7, 9);

/// What counts as later: cameras need seconds to write a file.
const MOMENT: SignedDuration = SignedDuration::from_secs(60);

impl StatedTime {
    /// How it lies to a moment. A time without zone is taken for one of Indonesia's three.
    pub fn order(self, moment: Timestamp) -> TimeOrder {
        let (earliest, latest) = match self {
            StatedTime::Instant { at, .. } => (Some(at), Some(at)),
            StatedTime::Local(clock) => (instant(clock, ZONES.1), instant(clock, ZONES.0)),
            StatedTime::Day(day) => {
                let end = Time::new(23, 59, 59, 0).ok().map(|time| day.to_datetime(time));
                (instant(day.to_datetime(Time::midnight()), ZONES.1), end.and_then(|end| instant(end, ZONES.0)))
            }
        };
        match (earliest, latest) {
            (Some(earliest), _) if earliest > moment => TimeOrder::After,
            (_, Some(latest)) if latest <= moment => TimeOrder::NotAfter,
            _ => TimeOrder::Undecided,
        }
    }

    /// Whether it is later than another time of the same kind, by more than a device needs to write a file.
    pub(super) fn is_clearly_after(self, other: StatedTime) -> bool {
        match (self, other) {
            (StatedTime::Instant { at, .. }, StatedTime::Instant { at: before, .. }) => {
                at.duration_since(before) > MOMENT
            }
            (StatedTime::Local(at), StatedTime::Local(before)) => at.duration_since(before) > MOMENT,
            (StatedTime::Day(at), StatedTime::Day(before)) => at > before,
            _ => false,
        }
    }

    /// Seconds since a day, in UTC, as the containers of videos count them.
    pub(super) fn from_unix(second: i64) -> Option<StatedTime> {
        Timestamp::from_second(second).ok().map(|at| StatedTime::Instant { at, offset_minutes: None })
    }

    /// `2023-12-30T20:15:03+07:00` and its shorter forms, as documents and web archives write it; a space may stand for `T`.
    pub(crate) fn from_iso(text: &str) -> Option<StatedTime> {
        let text = text.trim();
        let date = date(text, '-')?;
        let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else { return Some(StatedTime::Day(date)) };
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
        let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
        stated(date, time(clock.trim())?, offset(zone))
    }

    /// `2023:12:30 20:15:03`, as cameras write it, with `+07:00` given apart.
    pub(super) fn from_exif(text: &str, zone: Option<&str>) -> Option<StatedTime> {
        let date = date(text, ':')?;
        stated(date, time(text.get(11..19)?)?, zone.map_or(Zone::None, |zone| offset(zone.trim())))
    }

    /// `D:20231230201503+07'00'` and its shorter forms, as PDF writes it.
    pub(super) fn from_pdf(text: &str) -> Option<StatedTime> {
        let text = text.strip_prefix("D:").unwrap_or(text);
        let date = Date::new(number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..8)?)?).ok()?;
        let (Some(hour), Some(minute)) = (text.get(8..10), text.get(10..12)) else {
            return Some(StatedTime::Day(date));
        };
        let second = text.get(12..14).and_then(number).unwrap_or(0);
        let time = Time::new(number(hour)?, number(minute)?, second, 0).ok()?;
        let zone = text.get(14..).unwrap_or_default().replace('\'', "");
        stated(date, time, offset(&zone))
    }
}

fn instant(clock: DateTime, hours: i8) -> Option<Timestamp> {
    Offset::from_hours(hours).ok()?.to_timestamp(clock).ok()
}

fn stated(date: Date, time: Time, zone: Zone) -> Option<StatedTime> {
    let clock = date.to_datetime(time);
    match zone {
        Zone::None => Some(StatedTime::Local(clock)),
        Zone::Minutes(minutes) => {
            let offset = Offset::from_seconds(minutes.checked_mul(60)?).ok()?;
            let at = offset.to_timestamp(clock).ok()?;
            Some(StatedTime::Instant { at, offset_minutes: Some(minutes) })
        }
    }
}

/// What is said about the zone. What is not understood counts as nothing said.
enum Zone {
    None,
    Minutes(i32),
}

/// `Z`, `+07:00`, `+0700`, `+07`.
fn offset(text: &str) -> Zone {
    let text = text.trim();
    if text.starts_with(['Z', 'z']) {
        return Zone::Minutes(0);
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Zone::None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let hours: Option<i32> = digits.get(..2).and_then(number);
    let minutes: i32 = digits.get(2..4).and_then(number).unwrap_or(0);
    match hours {
        Some(hours) if hours <= 14 && minutes < 60 => Zone::Minutes(sign * (hours * 60 + minutes)),
        _ => Zone::None,
    }
}

/// `2023-12-30` at the start of a text.
fn date(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.get(..10)?.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4 && month.len() == 2 && day.len() == 2).then_some(())?;
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

/// `20:15:03` or `20:15`.
fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let second = parts.next().unwrap_or("0");
    Time::new(number(hour)?, number(minute)?, number(second)?, 0).ok()
}

/// Digits only: signs and spaces are no part of a number here.
pub(super) fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(time: Option<StatedTime>) -> String {
        match time {
            Some(StatedTime::Instant { at, offset_minutes }) => format!("{at} {offset_minutes:?}"),
            Some(StatedTime::Local(clock)) => clock.to_string(),
            Some(StatedTime::Day(day)) => day.to_string(),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn forms_of_documents() {
        let table = [
            ("2023-12-30T20:15:03+07:00", "2023-12-30T13:15:03Z Some(420)"),
            ("2023-12-30T13:15:03Z", "2023-12-30T13:15:03Z Some(0)"),
            ("2023-12-30T13:15:03.250Z", "2023-12-30T13:15:03Z Some(0)"),
            ("2023-12-30 20:15", "2023-12-30T20:15:00"),
            ("2023-12-30", "2023-12-30"),
            ("2023-13-30", "-"),
            ("2023-12-30Tx", "-"),
            ("2023-12-30T25:00", "-"),
            ("é23-12-30T25:00", "-"),
            ("", "-"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(StatedTime::from_iso(text)), expected, "{text}");
        }
    }

    #[test]
    fn forms_of_cameras() {
        let table = [
            ("2023:12:30 20:15:03", Some("+07:00"), "2023-12-30T13:15:03Z Some(420)"),
            ("2023:12:30 20:15:03", Some("   :  "), "2023-12-30T20:15:03"),
            ("2023:12:30 20:15:03", None, "2023-12-30T20:15:03"),
            ("0000:00:00 00:00:00", None, "-"),
            ("    :  :     :  :  ", None, "-"),
            ("2023:12:30", None, "-"),
        ];
        for (text, zone, expected) in table {
            assert_eq!(shown(StatedTime::from_exif(text, zone)), expected, "{text}");
        }
    }

    #[test]
    fn forms_of_pdf() {
        let table = [
            ("D:20231230201503+07'00'", "2023-12-30T13:15:03Z Some(420)"),
            ("D:20231230131503Z", "2023-12-30T13:15:03Z Some(0)"),
            ("D:20231230131503Z00'00'", "2023-12-30T13:15:03Z Some(0)"),
            ("D:202312302015", "2023-12-30T20:15:00"),
            ("D:20231230", "2023-12-30"),
            ("20231230201503", "2023-12-30T20:15:03"),
            ("D:2023", "-"),
            ("D:20231330", "-"),
            ("kemarin", "-"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(StatedTime::from_pdf(text)), expected, "{text}");
        }
    }

    #[test]
    fn order_to_a_report() {
        let report: Timestamp = "2023-12-30T13:00:00Z".parse().unwrap();
        let table = [
            ("2023-12-30T20:00:00+07:00", TimeOrder::NotAfter),
            ("2023-12-30T20:00:01+07:00", TimeOrder::After),
            ("2023-12-30T20:00:00", TimeOrder::NotAfter),
            ("2023-12-30T21:00:00", TimeOrder::Undecided),
            ("2023-12-30T22:00:00", TimeOrder::Undecided),
            ("2023-12-30T22:00:01", TimeOrder::After),
            ("2023-12-29", TimeOrder::NotAfter),
            ("2023-12-30", TimeOrder::Undecided),
            ("2024-01-01", TimeOrder::After),
        ];
        for (text, expected) in table {
            assert_eq!(StatedTime::from_iso(text).unwrap().order(report), expected, "{text}");
        }
    }
}
