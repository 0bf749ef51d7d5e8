//! Indonesian wall time: what is printed is read back, wrong offsets are refused, and moments are
//! written as people write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use jiff::Timestamp;
use netra_law::event::{Event, EventError, EventKind, When};
use netra_law::time::{Moment, TimeError, Zone, long_date, long_moment, short_date, short_moment};
use netra_law::units::Hours;
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{day, wall};

fn settings() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Any second of the years 1970 to 2099, in any zone.
fn moments() -> impl Strategy<Value = Moment> {
    (0_i64..4_102_444_800, prop::sample::select(Zone::ALL.to_vec()))
        .prop_map(|(second, zone)| Moment::new(Timestamp::from_second(second).unwrap(), zone))
}

proptest! {
    #![proptest_config(settings())]

    /// Guards: the record's times survive being written and read.
    #[test]
    fn a_moment_is_read_back_as_it_was_written(moment in moments()) {
        let text = moment.to_string();
        prop_assert_eq!(text.parse::<Moment>().unwrap(), moment);
        prop_assert_eq!(Moment::parse_in(&text, moment.zone()).unwrap(), moment);
        prop_assert_eq!(When::parse_in(&text, moment.zone()).unwrap(), When::At(moment));

        let without_offset = &text[..19];
        prop_assert_eq!(Moment::parse_in(without_offset, moment.zone()).unwrap(), moment);
    }

    /// Guards: an offset that is not the office's is a mistake, not a conversion.
    #[test]
    fn an_offset_of_another_zone_is_refused(moment in moments()) {
        let text = moment.to_string();
        for zone in Zone::ALL.into_iter().filter(|z| *z != moment.zone()) {
            let error = Moment::parse_in(&text, zone).unwrap_err();
            prop_assert_eq!(error, TimeError::Offset { text: text.clone(), zone });
        }
    }

    /// Guards: there is no daylight saving, so a day is always twenty-four hours.
    #[test]
    fn twenty_four_hours_are_a_day(moment in moments()) {
        let later = moment.plus_hours(Hours(24)).unwrap();
        prop_assert_eq!(later.time(), moment.time());
        prop_assert_eq!(later.date(), moment.date().tomorrow().unwrap());
    }

    /// Guards: changing the zone changes the clock, never the instant.
    #[test]
    fn another_zone_is_the_same_instant(moment in moments()) {
        for zone in Zone::ALL {
            prop_assert_eq!(moment.in_zone(zone).instant(), moment.instant());
            prop_assert_eq!(moment.in_zone(zone).in_zone(moment.zone()), moment);
        }
    }

    /// Guards: any text is judged without a panic.
    #[test]
    fn any_text_is_judged(text in ".{0,30}") {
        for zone in Zone::ALL {
            let _ = Moment::parse_in(&text, zone);
            let _ = When::parse_in(&text, zone);
            let _ = Event::parse_in(&text, zone);
        }
        let _ = text.parse::<Moment>();
        let _ = text.parse::<Zone>();
    }
}

/// Guards: the names under which people, files and the IANA database know the zones.
#[test]
fn zone_names() {
    let rows = [
        ("Asia/Jakarta", Zone::Wib),
        ("Asia/Pontianak", Zone::Wib),
        ("WIB", Zone::Wib),
        ("wib", Zone::Wib),
        ("Asia/Makassar", Zone::Wita),
        ("Asia/Ujung_Pandang", Zone::Wita),
        ("WITA", Zone::Wita),
        ("wita", Zone::Wita),
        ("Asia/Jayapura", Zone::Wit),
        ("WIT", Zone::Wit),
        ("wit", Zone::Wit),
    ];
    for (text, zone) in rows {
        assert_eq!(text.parse::<Zone>().unwrap(), zone, "{text}");
    }
    for (zone, abbreviation, iana) in
        [(Zone::Wib, "WIB", "Asia/Jakarta"), (Zone::Wita, "WITA", "Asia/Makassar"), (Zone::Wit, "WIT", "Asia/Jayapura")]
    {
        assert_eq!(zone.to_string(), abbreviation);
        assert_eq!(zone.iana(), iana);
    }
    for text in ["", "UTC", "Asia/Singapore", "Wib", "+07:00"] {
        let error = text.parse::<Zone>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("'{text}' is not an Indonesian time zone: use Asia/Jakarta, Asia/Makassar or Asia/Jayapura")
        );
    }
}

/// Guards: wrong times are refused with a text that says how to write them.
#[test]
fn refusals_and_their_texts() {
    let offset = "has an offset that is not WITA (Asia/Makassar): leave the offset out or give WITA's";
    let form = "is not a date or time: write 2024-01-19, 2024-01-19T17:10 or 2024-01-19T17:10:00+08:00";
    let rows = [
        ("2024-01-19T17:10:00+07:00", offset),
        ("2024-01-19T17:10:00+09:00", offset),
        ("2024-01-19T09:10:00Z", offset),
        ("2024-01-19T17:10:00+08:30", offset),
        ("2024-01-19T17:10:00-08:00", offset),
        ("2024-01-19T25:10", form),
        ("2024-02-30T10:00", form),
        ("kemarin", form),
        ("", form),
        ("2024-01-19", form),
    ];
    for (text, why) in rows {
        let error = Moment::parse_in(text, Zone::Wita).unwrap_err();
        assert_eq!(error.to_string(), format!("'{text}' {why}"));
    }
    for text in ["2024-01-19T17:10:00+06:00", "2024-01-19T17:10:00+10:00"] {
        assert_eq!(text.parse::<Moment>().unwrap_err(), TimeError::Zone(text.to_owned()));
    }
    for text in ["2024-01-19T17:10", "2024-01-19T09:10:00Z", "2024-01-19T17:10:00-08:00", "2024-01-19T17:10:00+08:30"] {
        assert_eq!(text.parse::<Moment>().unwrap_err(), TimeError::Text(text.to_owned()));
    }
}

/// Guards: what is left out of a time is zero, and the offset names the zone.
#[test]
fn short_and_long_forms_are_the_same_moment() {
    let moment: Moment = "2024-01-19T17:10:00+08:00".parse().unwrap();
    assert_eq!(moment.zone(), Zone::Wita);
    for text in ["2024-01-19T17:10", "2024-01-19T17:10:00", "2024-01-19T17:10:00+08:00"] {
        assert_eq!(wall(text, Zone::Wita), moment, "{text}");
    }
    assert_eq!(moment.to_string(), "2024-01-19T17:10:00+08:00");
    assert_eq!(moment.in_zone(Zone::Wit).to_string(), "2024-01-19T18:10:00+09:00");
    assert_eq!(wall("2024-01-19T23:30", Zone::Wib).in_zone(Zone::Wita).date(), day("2024-01-20"));
    assert_eq!(When::parse_in("2024-01-19", Zone::Wita).unwrap(), When::Day(day("2024-01-19")));
}

/// Guards: parts of a second are dropped, never rounded up into the next second.
#[test]
fn parts_of_a_second_are_dropped() {
    let late: Timestamp = "2024-01-19T08:29:59.999999999Z".parse().unwrap();
    assert_eq!(Moment::new(late, Zone::Wita).to_string(), "2024-01-19T16:29:59+08:00");
}

/// Guards: dates and moments as they stand on paper and screens.
#[test]
fn moments_as_people_write_them() {
    let moment = wall("2024-01-19T17:10", Zone::Wita);
    assert_eq!(long_moment(moment), "Jumat, 19 Januari 2024 pukul 17.10 WITA");
    assert_eq!(short_moment(moment), "19 Jan 2024 17.10 WITA");
    assert_eq!(long_moment(wall("2024-02-11T00:05", Zone::Wit)), "Minggu, 11 Februari 2024 pukul 00.05 WIT");

    let rows = [
        ("2024-01-01", "Senin, 1 Januari 2024", "1 Jan 2024"),
        ("2024-02-06", "Selasa, 6 Februari 2024", "6 Feb 2024"),
        ("2024-03-13", "Rabu, 13 Maret 2024", "13 Mar 2024"),
        ("2024-04-18", "Kamis, 18 April 2024", "18 Apr 2024"),
        ("2024-05-24", "Jumat, 24 Mei 2024", "24 Mei 2024"),
        ("2024-06-29", "Sabtu, 29 Juni 2024", "29 Jun 2024"),
        ("2024-07-07", "Minggu, 7 Juli 2024", "7 Jul 2024"),
        ("2024-08-12", "Senin, 12 Agustus 2024", "12 Agu 2024"),
        ("2024-09-10", "Selasa, 10 September 2024", "10 Sep 2024"),
        ("2024-10-09", "Rabu, 9 Oktober 2024", "9 Okt 2024"),
        ("2024-11-28", "Kamis, 28 November 2024", "28 Nov 2024"),
        ("2024-12-27", "Jumat, 27 Desember 2024", "27 Des 2024"),
    ];
    for (date, long, short) in rows {
        assert_eq!(long_date(day(date)), long);
        assert_eq!(short_date(day(date)), short);
    }
}

/// Guards: events as the command line takes them, and why some are not taken.
#[test]
fn events_as_text() {
    let event = Event::parse_in("delivered=2024-01-19T17:10", Zone::Wita).unwrap();
    assert_eq!(event, Event::at(EventKind::Delivered, wall("2024-01-19T17:10", Zone::Wita)));
    let event = Event::parse_in(" known = 2024-01-07 ", Zone::Wita).unwrap();
    assert_eq!(event, Event::on(EventKind::Known, day("2024-01-07")));

    let error = |text: &str| Event::parse_in(text, Zone::Wita).unwrap_err();
    assert_eq!(error("received=2024-01-19"), EventError::Computed);
    assert_eq!(error("delivered"), EventError::Form("delivered".to_owned()));
    assert_eq!(error("melapor=2024-01-19"), EventError::Kind("melapor".to_owned()));
    assert_eq!(error("delivered=soon"), EventError::Time(TimeError::Text("soon".to_owned())));
    for kind in EventKind::ALL {
        assert_eq!(kind.id().parse::<EventKind>().unwrap(), *kind);
    }
}
