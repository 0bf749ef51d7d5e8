//! Calendars as RFC 5545 writes them: lines of at most 75 octets, ended by CRLF, with special characters escaped.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

/// The longest line in octets, its end not counted (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// On a whole day.
    Day(Date),
    /// At an instant.
    At(Timestamp),
}

/// An entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Always the same for the same thing, in every edition of the calendar.
    pub uid: String,
    /// When it is.
    pub occurs: Occurs,
    /// What it is, in a line.
    pub summary: String,
    /// More about it.
    pub description: String,
}

/// The calendar as text. `now` is when it was made.
pub fn calendar(name: &str, events: &[Event], now: Timestamp) -> String {
    let mut text = String::new();
    for (key, value) in
        [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Netra//Jadwal//ID"), ("CALSCALE", "GREGORIAN")]
    {
        line(&mut text, &format!("{key}:{value}"));
    }
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        line(&mut text, "BEGIN:VEVENT");
        line(&mut text, &format!("UID:{}", escaped(&event.uid)));
        line(&mut text, &format!("DTSTAMP:{}", instant(now)));
        line(
            &mut text,
            &match event.occurs {
                Occurs::Day(day) => format!("DTSTART;VALUE=DATE:{}", date(day)),
                Occurs::At(at) => format!("DTSTART:{}", instant(at)),
            },
        );
        line(&mut text, &format!("SUMMARY:{}", escaped(&event.summary)));
        if !event.description.is_empty() {
            line(&mut text, &format!("DESCRIPTION:{}", escaped(&event.description)));
        }
        // A deadline takes nobody's time.
        line(&mut text, if matches!(event.occurs, Occurs::Day(_)) { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
        line(&mut text, "END:VEVENT");
    }
    line(&mut text, "END:VCALENDAR");
    text
}

/// Adds a line, folded where it is too long: never within a character.
fn line(text: &mut String, content: &str) {
    let mut used = 0;
    for letter in content.chars() {
        if used + letter.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(letter);
        used += letter.len_utf8();
    }
    text.push_str("\r\n");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn instant(at: Timestamp) -> String {
    let wall = jiff::tz::Offset::UTC.to_datetime(at);
    let mut text = date(wall.date());
    let _ = write!(text, "T{:02}{:02}{:02}Z", wall.hour(), wall.minute(), wall.second());
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        "2024-01-19T09:10:11Z".parse().unwrap()
    }

    fn event(summary: &str) -> Event {
        Event {
            uid: "INITIAL_STUDY-1@netra".to_owned(),
            occurs: Occurs::Day(jiff::civil::date(2024, 1, 24)),
            summary: summary.to_owned(),
            description: String::new(),
        }
    }

    #[test]
    fn a_calendar_is_written_as_the_standard_says() {
        let hearing = Event {
            uid: "sidang@netra".to_owned(),
            occurs: Occurs::At("2024-01-22T01:00:00Z".parse().unwrap()),
            summary: "Klarifikasi; ruang A, lantai 2".to_owned(),
            description: "baris satu\nbaris \\ dua".to_owned(),
        };
        let text = calendar("Jadwal Bawaslu Contoh", &[event("Kajian awal"), hearing], now());
        assert_eq!(
            text,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Netra//Jadwal//ID\r\nCALSCALE:GREGORIAN\r\n\
             X-WR-CALNAME:Jadwal Bawaslu Contoh\r\nBEGIN:VEVENT\r\nUID:INITIAL_STUDY-1@netra\r\n\
             DTSTAMP:20240119T091011Z\r\nDTSTART;VALUE=DATE:20240124\r\nSUMMARY:Kajian awal\r\nTRANSP:TRANSPARENT\r\n\
             END:VEVENT\r\nBEGIN:VEVENT\r\nUID:sidang@netra\r\nDTSTAMP:20240119T091011Z\r\nDTSTART:20240122T010000Z\r\n\
             SUMMARY:Klarifikasi\\; ruang A\\, lantai 2\r\nDESCRIPTION:baris satu\\nbaris \\\\ dua\r\nTRANSP:OPAQUE\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    proptest! {
        /// Guards: whatever stands in a summary, lines are short, and unfolded they are one line with the same text.
        #[test]
        fn any_text_stays_one_entry(summary in "\\PC{0,300}") {
            let text = calendar("x", &[event(&summary)], now());
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= LONGEST, "{} octets", line.len());
            }
            let unfolded = text.replace("\r\n ", "");
            let lines: Vec<&str> = unfolded.split("\r\n").collect();
            prop_assert_eq!(lines.len(), 14);
            let found = lines.iter().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            let mut plain = String::new();
            let mut letters = found.chars();
            while let Some(letter) = letters.next() {
                plain.push(if letter == '\\' { letters.next().unwrap() } else { letter });
            }
            prop_assert_eq!(plain, summary);
        }
    }
}
