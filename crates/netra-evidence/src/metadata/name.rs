//! Times that are told by the names which telephones, messengers and programs give to files.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::Serialize;

use super::StatedTime;
use super::time::number;

/// What the name of a file tells, if it has the form that some program gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NamedTime {
    /// Which program names files so.
    pub origin: NameOrigin,
    /// The time in the name; see [`NameOrigin`] for what it is the time of.
    pub time: StatedTime,
}

/// Which program gave a file its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOrigin {
    /// WhatsApp on Android: the day on which the file came or was saved, **not** on which it was made.
    WhatsAppAndroid,
    /// An export of WhatsApp on an iPhone: when the message was sent or came.
    WhatsAppIphone,
    /// WhatsApp on a computer: when the message was sent or came.
    WhatsAppComputer,
    /// Telegram on a computer: when the message was sent or came.
    Telegram,
    /// A camera: when it was taken, by the telephone's clock.
    Camera,
    /// A picture of a screen: when it was taken, by the telephone's clock.
    Screenshot,
}

impl NameOrigin {
    /// Whether it is a messenger's name, so that the time is that of a message or of saving.
    pub fn is_messenger(self) -> bool {
        !matches!(self, NameOrigin::Camera | NameOrigin::Screenshot)
    }
}

/// What a name tells. A copy's mark at the end, ` (1)`, does no harm.
pub(super) fn read(name: &str) -> Option<NamedTime> {
    let readers: [fn(&str) -> Option<NamedTime>; 5] = [android, iphone, computer, telegram, device];
    readers.iter().find_map(|reader| reader(name))
}

fn named(origin: NameOrigin, time: StatedTime) -> Option<NamedTime> {
    Some(NamedTime { origin, time })
}

/// `IMG-20231230-WA0001.jpg`.
fn android(name: &str) -> Option<NamedTime> {
    let starts = ["IMG-", "VID-", "AUD-", "PTT-", "STK-", "DOC-", "GIF-"];
    let rest = starts.iter().find_map(|start| name.strip_prefix(start))?;
    let counter = rest.get(8..)?.strip_prefix("-WA")?;
    counter.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    named(NameOrigin::WhatsAppAndroid, StatedTime::Day(digits(rest.get(..8)?)?))
}

/// `00000012-PHOTO-2023-12-30-20-15-03.jpg`.
fn iphone(name: &str) -> Option<NamedTime> {
    let rest = name.get(8..).filter(|_| name.bytes().take(8).all(|b| b.is_ascii_digit()))?;
    let kinds = ["-PHOTO-", "-VIDEO-", "-AUDIO-", "-STICKER-", "-GIF-"];
    let rest = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
    named(NameOrigin::WhatsAppIphone, local(rest)?)
}

/// `WhatsApp Image 2023-12-30 at 20.15.03.jpeg`, also with `pukul` and with a twelve-hour clock.
fn computer(name: &str) -> Option<NamedTime> {
    let rest = name.strip_prefix("WhatsApp ")?;
    let (_, rest) = rest.split_once(' ')?;
    named(NameOrigin::WhatsAppComputer, spelled(rest)?)
}

/// `photo_2023-12-30_20-15-03.jpg`.
fn telegram(name: &str) -> Option<NamedTime> {
    let starts = ["photo_", "video_", "audio_"];
    let rest = starts.iter().find_map(|start| name.strip_prefix(start))?;
    named(NameOrigin::Telegram, local(rest)?)
}

/// `IMG_20231230_201503.jpg`, `Screenshot_20231230-201503.png`.
fn device(name: &str) -> Option<NamedTime> {
    let screens = ["Screenshot_", "Screenshot-", "Screenshot ", "Screen Shot ", "Tangkapan Layar "];
    if let Some(rest) = screens.iter().find_map(|start| name.strip_prefix(start)) {
        let time = compact(rest).or_else(|| local(rest)).or_else(|| spelled(rest))?;
        return named(NameOrigin::Screenshot, time);
    }
    // Some cameras write the time in UTC.
    if let Some(rest) = name.strip_prefix("PXL_") {
        let StatedTime::Local(clock) = compact(rest)? else { return None };
        let at = Offset::UTC.to_timestamp(clock).ok()?;
        return named(NameOrigin::Camera, StatedTime::Instant { at, offset_minutes: Some(0) });
    }
    let cameras = ["IMG_", "VID_", "MVIMG_", ""];
    let rest = cameras.iter().find_map(|start| name.strip_prefix(start))?;
    named(NameOrigin::Camera, compact(rest)?)
}

/// `2023-12-30-20-15-03`, with any single separators.
fn local(text: &str) -> Option<StatedTime> {
    let part = |from: usize, to: usize| text.get(from..to);
    let date = civil(part(0, 4)?, part(5, 7)?, part(8, 10)?)?;
    let time = clock(part(11, 13)?, part(14, 16)?, part(17, 19)?)?;
    let is_separator = |at: usize| text.as_bytes().get(at).is_some_and(|b| b"-_. ".contains(b));
    [4, 7, 10, 13, 16].into_iter().all(is_separator).then(|| StatedTime::Local(date.to_datetime(time)))
}

/// `20231230_201503`.
fn compact(text: &str) -> Option<StatedTime> {
    let date = digits(text.get(..8)?)?;
    let is_separated = matches!(text.as_bytes().get(8), Some(b'_' | b'-'));
    let time = clock(text.get(9..11)?, text.get(11..13)?, text.get(13..15)?)?;
    is_separated.then(|| StatedTime::Local(date.to_datetime(time)))
}

/// `2023-12-30 at 20.15.03` or `… at 8.15.03 PM`; `pukul` is the Indonesian word.
fn spelled(text: &str) -> Option<StatedTime> {
    let date = civil(text.get(..4)?, text.get(5..7)?, text.get(8..10)?)?;
    let rest = [" at ", " pukul "].iter().find_map(|word| text.get(10..)?.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (numbers, after) = rest.split_at(end);
    let mut parts = numbers.split('.').filter(|part| !part.is_empty());
    let hour: i8 = number(parts.next()?)?;
    let (minute, second) = (number(parts.next()?)?, parts.next().and_then(number).unwrap_or(0));
    let half = after.trim_start_matches([' ', '\u{202f}', '\u{a0}']).to_ascii_lowercase();
    let hour = match (half.get(..2), hour) {
        (Some("am"), 12) => 0,
        (Some("pm"), 1..=11) => hour + 12,
        _ => hour,
    };
    Some(StatedTime::Local(date.to_datetime(Time::new(hour, minute, second, 0).ok()?)))
}

fn digits(text: &str) -> Option<Date> {
    civil(text.get(..4)?, text.get(4..6)?, text.get(6..8)?)
}

/// A day on which there were telephones with cameras.
fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = number(year).filter(|year| (2005..2100).contains(year))?;
    Date::new(year, number(month)?, number(day)?).ok()
}

fn clock(hour: &str, minute: &str, second: &str) -> Option<Time> {
    Time::new(number(hour)?, number(minute)?, number(second)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_programs_give() {
        use NameOrigin::{Camera, Screenshot, Telegram, WhatsAppAndroid, WhatsAppComputer, WhatsAppIphone};
        let table = [
            ("IMG-20231230-WA0001.jpg", Some((WhatsAppAndroid, "2023-12-30"))),
            ("VID-20231230-WA0012 (1).mp4", Some((WhatsAppAndroid, "2023-12-30"))),
            ("PTT-20240102-WA0003.opus", Some((WhatsAppAndroid, "2024-01-02"))),
            ("00000012-PHOTO-2023-12-30-20-15-03.jpg", Some((WhatsAppIphone, "2023-12-30T20:15:03"))),
            ("WhatsApp Image 2023-12-30 at 20.15.03.jpeg", Some((WhatsAppComputer, "2023-12-30T20:15:03"))),
            ("WhatsApp Video 2023-12-30 at 8.15.03 PM.mp4", Some((WhatsAppComputer, "2023-12-30T20:15:03"))),
            ("WhatsApp Image 2023-12-30 at 12.15.03 AM (2).jpeg", Some((WhatsAppComputer, "2023-12-30T00:15:03"))),
            ("WhatsApp Image 2023-12-30 pukul 20.15.03.jpeg", Some((WhatsAppComputer, "2023-12-30T20:15:03"))),
            ("photo_2023-12-30_20-15-03.jpg", Some((Telegram, "2023-12-30T20:15:03"))),
            ("IMG_20231230_201503.jpg", Some((Camera, "2023-12-30T20:15:03"))),
            ("PXL_20231230_131503123.jpg", Some((Camera, "2023-12-30T13:15:03Z"))),
            ("20231230_201503.jpg", Some((Camera, "2023-12-30T20:15:03"))),
            ("Screenshot_20231230-201503_WhatsApp.jpg", Some((Screenshot, "2023-12-30T20:15:03"))),
            ("Screenshot_2023-12-30-20-15-03-12.png", Some((Screenshot, "2023-12-30T20:15:03"))),
            ("IMG-20231330-WA0001.jpg", None),
            ("IMG-20231230-0001.jpg", None),
            ("IMG_2023.jpg", None),
            ("DSC_0001.JPG", None),
            ("Surat 20231230.pdf", None),
            ("é", None),
            ("", None),
        ];
        for (name, expected) in table {
            let told = read(name).map(|told| match told.time {
                StatedTime::Local(clock) => (told.origin, clock.to_string()),
                StatedTime::Day(day) => (told.origin, day.to_string()),
                StatedTime::Instant { at, .. } => (told.origin, at.to_string()),
            });
            assert_eq!(told, expected.map(|(origin, time)| (origin, time.to_owned())), "{name}");
        }
    }
}
