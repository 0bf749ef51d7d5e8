//! Indonesian wall time: three zones without daylight saving since 1988 (Keppres 41/1987),
//! and the instant that keeps its zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the three Indonesian time zones. Their offsets are fixed by Keppres 41/1987.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[doc(alias = "waktu setempat")]
pub enum Zone {
    /// Waktu Indonesia Barat, UTC+7.
    Wib,
    /// Waktu Indonesia Tengah, UTC+8.
    Wita,
    /// Waktu Indonesia Timur, UTC+9.
    Wit,
}

impl Zone {
    /// All zones, west to east.
    pub const ALL: [Zone; 3] = [Zone::Wib, Zone::Wita, Zone::Wit];

    /// Hours east of UTC.
    pub fn offset(self) -> Offset {
        match self {
            Zone::Wib => Offset::constant(7),
            Zone::Wita => Offset::constant(8),
            Zone::Wit => Offset::constant(9),
        }
    }

    /// The abbreviation that Indonesian readers know.
    pub fn abbreviation(self) -> &'static str {
        match self {
            Zone::Wib => "WIB",
            Zone::Wita => "WITA",
            Zone::Wit => "WIT",
        }
    }

    /// The name in the IANA time-zone database.
    pub fn iana(self) -> &'static str {
        match self {
            Zone::Wib => "Asia/Jakarta",
            Zone::Wita => "Asia/Makassar",
            Zone::Wit => "Asia/Jayapura",
        }
    }

    fn from_offset(offset: Offset) -> Option<Zone> {
        Zone::ALL.into_iter().find(|z| z.offset() == offset)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.abbreviation())
    }
}

impl FromStr for Zone {
    type Err = TimeError;

    fn from_str(s: &str) -> Result<Self, TimeError> {
        match s {
            "Asia/Jakarta" | "Asia/Pontianak" | "WIB" | "wib" => Ok(Zone::Wib),
            "Asia/Makassar" | "Asia/Ujung_Pandang" | "WITA" | "wita" => Ok(Zone::Wita),
            "Asia/Jayapura" | "WIT" | "wit" => Ok(Zone::Wit),
            _ => Err(TimeError::Zone(s.to_owned())),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.iana())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What can be wrong with a time as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// The zone is not Indonesian.
    #[error("'{0}' is not an Indonesian time zone: use Asia/Jakarta, Asia/Makassar or Asia/Jayapura")]
    Zone(String),
    /// The text is not a time.
    #[error("'{0}' is not a date or time: write 2024-01-19, 2024-01-19T17:10 or 2024-01-19T17:10:00+08:00")]
    Text(String),
    /// The offset is not the zone's.
    #[error("'{text}' has an offset that is not {zone} ({iana}): leave the offset out or give {zone}'s", iana = .zone.iana())]
    Offset {
        /// The text as given.
        text: String,
        /// The zone that was expected.
        zone: Zone,
    },
    /// The date is beyond what can be computed.
    #[error("the date lies outside the years 1 to 9999")]
    Range,
}

/// An instant, kept together with the office's zone, to the second.
///
/// Ordered by instant. Written as RFC 3339 with the zone's offset, which names the zone:
/// `2024-01-19T17:10:00+08:00` is WITA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    instant: Timestamp,
    zone: Zone,
}

impl Moment {
    /// The instant seen from a zone; parts of a second are dropped.
    pub fn new(instant: Timestamp, zone: Zone) -> Moment {
        let whole = Timestamp::from_second(instant.as_second()).unwrap_or(instant);
        Moment { instant: whole, zone }
    }

    /// The instant at which the zone's clocks show this wall time.
    ///
    /// # Errors
    /// [`TimeError::Range`] at the very ends of the supported years.
    pub fn from_wall(wall: DateTime, zone: Zone) -> Result<Moment, TimeError> {
        let instant = zone.offset().to_timestamp(wall).map_err(|_| TimeError::Range)?;
        Ok(Moment::new(instant, zone))
    }

    /// The last second of a day in the zone.
    ///
    /// # Errors
    /// [`TimeError::Range`] at the very ends of the supported years.
    pub fn end_of_day(date: Date, zone: Zone) -> Result<Moment, TimeError> {
        Moment::from_wall(date.to_datetime(Time::constant(23, 59, 59, 0)), zone)
    }

    /// The first second of a day in the zone.
    ///
    /// # Errors
    /// [`TimeError::Range`] at the very ends of the supported years.
    pub fn start_of_day(date: Date, zone: Zone) -> Result<Moment, TimeError> {
        Moment::from_wall(date.to_datetime(Time::midnight()), zone)
    }

    /// The bare instant.
    pub fn instant(self) -> Timestamp {
        self.instant
    }

    /// The zone whose wall time this moment shows.
    pub fn zone(self) -> Zone {
        self.zone
    }

    /// Wall time in the moment's zone.
    pub fn wall(self) -> DateTime {
        self.zone.offset().to_datetime(self.instant)
    }

    /// The local calendar day.
    pub fn date(self) -> Date {
        self.wall().date()
    }

    /// The local time of day.
    pub fn time(self) -> Time {
        self.wall().time()
    }

    /// The same instant on another zone's clocks.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Moment {
        Moment { zone, ..self }
    }

    /// The moment this many clock hours later.
    ///
    /// # Errors
    /// [`TimeError::Range`] at the very ends of the supported years.
    pub fn plus_hours(self, hours: crate::units::Hours) -> Result<Moment, TimeError> {
        self.instant
            .checked_add(SignedDuration::from_hours(i64::from(hours.0)))
            .map(|instant| Moment { instant, zone: self.zone })
            .map_err(|_| TimeError::Range)
    }

    /// Reads `2024-01-19T17:10[:00][+08:00]` as wall time in the zone; an offset must agree with it.
    ///
    /// # Errors
    /// What is wrong with the text, and how to write it.
    pub fn parse_in(text: &str, zone: Zone) -> Result<Moment, TimeError> {
        if let Ok(instant) = text.parse::<Timestamp>() {
            let moment = Moment::new(instant, zone);
            let agrees = text.parse::<Moment>().is_ok_and(|m| m.zone == zone);
            return if agrees { Ok(moment) } else { Err(TimeError::Offset { text: text.to_owned(), zone }) };
        }
        let wall: DateTime = match text.contains(['T', 't', ' ']) {
            true => text.parse().map_err(|_| TimeError::Text(text.to_owned()))?,
            false => return Err(TimeError::Text(text.to_owned())),
        };
        Moment::from_wall(wall, zone)
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.instant.cmp(&other.instant).then(self.zone.cmp(&other.zone))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let w = self.wall();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+{:02}:00",
            w.year(),
            w.month(),
            w.day(),
            w.hour(),
            w.minute(),
            w.second(),
            self.zone.offset().seconds() / 3600
        )
    }
}

impl FromStr for Moment {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Moment, TimeError> {
        let bad = || TimeError::Text(text.to_owned());
        let instant: Timestamp = text.parse().map_err(|_| bad())?;
        let hours: i8 = text
            .len()
            .checked_sub(6)
            .and_then(|at| text.get(at..))
            .and_then(|tail| tail.strip_suffix(":00"))
            .and_then(|h| h.strip_prefix('+'))
            .and_then(|h| h.parse().ok())
            .ok_or_else(bad)?;
        let offset = Offset::from_hours(hours).map_err(|_| bad())?;
        let zone = Zone::from_offset(offset).ok_or_else(|| TimeError::Zone(text.to_owned()))?;
        Ok(Moment::new(instant, zone))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Indonesian weekday names, as on paper.
pub fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Senin",
        Weekday::Tuesday => "Selasa",
        Weekday::Wednesday => "Rabu",
        Weekday::Thursday => "Kamis",
        Weekday::Friday => "Jumat",
        Weekday::Saturday => "Sabtu",
        Weekday::Sunday => "Minggu",
    }
}

/// Indonesian month names, January first.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// Writes a day as `Jumat, 19 Januari 2024`, into whatever text is being made.
#[derive(Clone, Copy, Debug)]
pub struct LongDate(pub Date);

impl fmt::Display for LongDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LongDate(date) = self;
        let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or("");
        f.write_str(weekday_name(date.weekday()))?;
        write!(f, ", {} ", date.day())?;
        f.write_str(month)?;
        write!(f, " {}", date.year())
    }
}

/// `Jumat, 19 Januari 2024`.
pub fn long_date(date: Date) -> String {
    LongDate(date).to_string()
}

/// `19 Jan 2024`.
pub fn short_date(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or("");
    let short = month.get(..3).unwrap_or(month);
    format!("{} {} {}", date.day(), short, date.year())
}

/// `Jumat, 19 Januari 2024 pukul 17.10 WITA`.
pub fn long_moment(moment: Moment) -> String {
    let w = moment.wall();
    format!("{} pukul {:02}.{:02} {}", long_date(w.date()), w.hour(), w.minute(), moment.zone())
}

/// `19 Jan 2024 17.10 WITA`.
pub fn short_moment(moment: Moment) -> String {
    let w = moment.wall();
    format!("{} {:02}.{:02} {}", short_date(w.date()), w.hour(), w.minute(), moment.zone())
}
