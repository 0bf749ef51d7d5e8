//! Receiving hours: which moments are inside, when the counter opens next, and how it is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use jiff::civil::Time;
use netra_law::Law;
use netra_law::calendar::{RegionalHoliday, Seat};
use netra_law::clock;
use netra_law::event::{Event, EventKind, When};
use netra_law::hours::{self, OUTSIDE, Reception, WindowKind};
use netra_law::pack::Regime;
use netra_law::time::{Moment, Zone};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{day, law, outside, pack, seat, wall};

/// A moment, and when the counter opens next; none where it is open.
type Row = (&'static str, Option<&'static str>);

fn reception(regime: Regime, now: Moment) -> Reception {
    hours::reception(law(), regime, &seat(now.zone()), now).unwrap()
}

fn check(regime: Regime, rows: &[Row]) {
    for zone in Zone::ALL {
        for (text, next) in rows {
            let found = reception(regime, wall(text, zone));
            assert_eq!(found.open, next.is_none(), "{text} {zone}: {}", found.why);
            assert_eq!(found.next_opening, next.map(|n| wall(n, zone)), "{text} {zone}");
        }
    }
}

/// Guards: both ends of the window, weekends, holidays, joint leave, quiet period and voting day,
/// in local time of every zone.
#[test]
fn pemilu_table() {
    check(
        Regime::Pemilu,
        &[
            // A Thursday: closes at 16:00:00, that second included.
            ("2024-01-18T07:59:59", Some("2024-01-18T08:00:00")),
            ("2024-01-18T08:00:00", None),
            ("2024-01-18T16:00:00", None),
            ("2024-01-18T16:00:01", Some("2024-01-19T08:00:00")),
            ("2024-01-18T00:00:00", Some("2024-01-18T08:00:00")),
            ("2024-01-18T23:59:59", Some("2024-01-19T08:00:00")),
            // A Friday: half an hour longer, then the weekend.
            ("2024-01-19T16:00:01", None),
            ("2024-01-19T16:30:00", None),
            ("2024-01-19T16:30:01", Some("2024-01-22T08:00:00")),
            ("2024-01-20T10:00:00", Some("2024-01-22T08:00:00")),
            ("2024-01-21T10:00:00", Some("2024-01-22T08:00:00")),
            // A national holiday before a weekend, and joint leave over Christmas.
            ("2024-03-29T10:00:00", Some("2024-04-01T08:00:00")),
            ("2023-12-26T10:00:00", Some("2023-12-27T08:00:00")),
            // A holiday and joint leave before the quiet period: the next opening is its first second.
            ("2024-02-08T10:00:00", Some("2024-02-11T00:00:00")),
            ("2024-02-09T10:00:00", Some("2024-02-11T00:00:00")),
            ("2024-02-10T23:59:59", Some("2024-02-11T00:00:00")),
            // Quiet period and voting day, day and night.
            ("2024-02-11T00:00:00", None),
            ("2024-02-11T03:00:00", None),
            ("2024-02-13T23:59:59", None),
            ("2024-02-14T00:00:00", None),
            ("2024-02-14T23:59:59", None),
            ("2024-02-15T00:00:00", Some("2024-02-15T08:00:00")),
        ],
    );
}

/// Guards: the same for the Pilkada pack that knows reception around the clock.
#[test]
fn pilkada_2024_table() {
    check(
        Regime::Pilkada,
        &[
            ("2024-11-21T16:00:00", None),
            ("2024-11-21T16:00:01", Some("2024-11-22T08:00:00")),
            ("2024-11-22T16:30:00", None),
            ("2024-11-22T16:30:01", Some("2024-11-24T00:00:00")),
            ("2024-11-23T23:59:59", Some("2024-11-24T00:00:00")),
            ("2024-11-24T00:00:00", None),
            ("2024-11-26T21:00:00", None),
            ("2024-11-27T23:59:59", None),
            ("2024-11-28T00:00:00", Some("2024-11-28T08:00:00")),
        ],
    );
}

/// Guards: the older Pilkada pack has no round-the-clock reception, so on the very days of the 2024
/// quiet period it would open by weekday only. The newer pack beside it shows the difference.
#[test]
fn pilkada_2020_never_opens_around_the_clock() {
    let opens = |pack_id: &str, date: &str| {
        let window = hours::window(law(), pack(pack_id), &seat(Zone::Wib), day(date)).unwrap();
        window.map(|w| (w.open, w.close, w.kind))
    };
    let office = Some((Time::constant(8, 0, 0, 0), Time::constant(16, 0, 0, 0), WindowKind::OfficeHours));
    let always = Some((Time::constant(0, 0, 0, 0), Time::constant(23, 59, 59, 0), WindowKind::AroundTheClock));

    assert!(pack("pilkada-2020").head.around_the_clock.is_none());
    let rows = [("2024-11-24", None), ("2024-11-25", office), ("2024-11-26", office), ("2024-11-27", office)];
    for (date, expected) in rows {
        assert_eq!(opens("pilkada-2020", date), expected, "{date}");
        assert_eq!(opens("pilkada-2024", date), always, "{date}");
    }
    check(Regime::Pilkada, &[("2024-09-20T16:30:00", None), ("2024-09-20T16:30:01", Some("2024-09-23T08:00:00"))]);
}

/// Guards: a pack without a counter has no reception at all; looking for an opening ends with the
/// packed years instead of going round for ever.
#[test]
fn discipline_has_no_counter() {
    let date = day("2024-01-18");
    assert_eq!(hours::window(law(), pack("discipline-2021"), &seat(Zone::Wib), date).unwrap(), None);
    let at = wall("2024-01-18T10:00", Zone::Wib);
    let reception = hours::reception(law(), Regime::Discipline, &seat(Zone::Wib), at).unwrap();
    assert_eq!((reception.open, reception.next_opening), (false, None));
    let delivered = When::At(at);
    let error = hours::received(law(), pack("discipline-2021"), &seat(Zone::Wib), delivered).unwrap_err();
    assert_eq!(error, outside("2028-01-01"));
}

/// Guards: the words on the public page say why the counter is open or closed.
#[test]
fn the_reason_is_said() {
    let rows = [
        ("2024-01-18T10:00", "Loket buka sampai pukul 16.00 WITA."),
        ("2024-01-19T10:00", "Loket buka sampai pukul 16.30 WITA."),
        ("2024-02-11T03:00", "Loket buka 24 jam hari ini (masa tenang atau hari pemungutan suara)."),
        ("2024-01-18T16:01", "Loket tutup di luar jam penerimaan. Buka lagi Jumat, 19 Januari 2024 pukul 08.00 WITA."),
        ("2024-01-20T10:00", "Loket tutup (akhir pekan). Buka lagi Senin, 22 Januari 2024 pukul 08.00 WITA."),
        (
            "2024-02-08T10:00",
            "Loket tutup (Isra Mikraj Nabi Muhammad). Buka lagi Minggu, 11 Februari 2024 pukul 00.00 WITA.",
        ),
        (
            "2023-12-26T10:00",
            "Loket tutup (Cuti Bersama Hari Raya Natal). Buka lagi Rabu, 27 Desember 2023 pukul 08.00 WITA.",
        ),
    ];
    for (text, why) in rows {
        assert_eq!(reception(Regime::Pemilu, wall(text, Zone::Wita)).why, why, "{text}");
    }
}

/// Guards: a regional holiday closes the counter of its region and is named.
#[test]
fn a_regional_holiday_closes_the_counter() {
    let mut seat = seat(Zone::Wit);
    seat.holidays.push(RegionalHoliday { date: day("2024-01-18"), name: "Hari Jadi Kota Contoh".to_owned() });
    let found = hours::reception(law(), Regime::Pemilu, &seat, wall("2024-01-18T10:00", Zone::Wit)).unwrap();
    assert!(!found.open);
    assert_eq!(found.why, "Loket tutup (Hari Jadi Kota Contoh). Buka lagi Jumat, 19 Januari 2024 pukul 08.00 WIT.");
}

/// Guards: a delivery known only by its day counts on that day if the counter was open at all.
#[test]
fn a_delivery_known_by_its_day() {
    let rows =
        [("2024-01-18", "2024-01-18", false), ("2024-01-20", "2024-01-22", true), ("2024-02-08", "2024-02-11", true)];
    for (delivered, received, late) in rows {
        let found = hours::received(law(), pack("pemilu-2022"), &seat(Zone::Wib), When::Day(day(delivered))).unwrap();
        assert_eq!(found.0, When::Day(day(received)), "{delivered}");
        assert_eq!(found.1.as_deref(), late.then_some(OUTSIDE), "{delivered}");
    }
}

/// Guards: the last open moment is the day's own closing, or the closing of the last open day before.
#[test]
fn the_last_open_moment() {
    let rows = [
        ("2024-10-10", "2024-10-10T16:00:00"),
        ("2024-10-12", "2024-10-11T16:30:00"),
        ("2024-11-27", "2024-11-27T23:59:59"),
    ];
    for (date, expected) in rows {
        let found = hours::last_open_moment(law(), pack("pilkada-2024"), &seat(Zone::Wita), day(date)).unwrap();
        assert_eq!(found, Some(wall(expected, Zone::Wita)), "{date}");
    }
}

/// Guards: after a month of closed days no last open moment is named, and the warning says so by
/// leaving it out; the deadline itself stays.
#[test]
fn a_month_of_closed_days_names_no_opening() {
    let mut seat = Seat::new(Zone::Wib, "64.71");
    let mut date = day("2024-06-20");
    while date <= day("2024-07-31") {
        seat.holidays.push(RegionalHoliday { date, name: "Libur panjang rekaan".to_owned() });
        date = date.tomorrow().unwrap();
    }
    let pack = pack("pilkada-2020");
    assert_eq!(hours::last_open_moment(law(), pack, &seat, day("2024-07-31")).unwrap(), None);

    let known = Event::on(EventKind::Known, day("2024-07-24"));
    let rule = pack.clock("PK-C01").unwrap();
    let deadline = clock::deadline(law(), pack, rule, &[known], &seat).unwrap().unwrap();
    assert_eq!(deadline.due_at, wall("2024-07-31T23:59:59", Zone::Wib));
    assert_eq!(
        deadline.warnings,
        ["Hari terakhir (Rabu, 31 Juli 2024) jatuh pada hari loket tutup dan tidak digeser."]
    );
}

/// Guards: an election of one region (a re-vote) opens the counters of that region only.
#[test]
fn a_regional_election_opens_its_own_region_only() {
    const REVOTE: &str = r#"
[[election]]
id = "psu-contoh"
name = "Pemungutan suara ulang di daerah contoh"
regime = "pilkada"
regions = ["99.01"]

[[election.stage]]
kind = "voting-day"
name = "Pemungutan suara ulang"
from = "2025-04-19"
basis = { cite = "Contoh untuk pengujian", certainty = "uncertain" }
"#;
    let files: Vec<(&str, String)> = netra_law::EMBEDDED
        .iter()
        .map(|(path, text)| {
            (*path, if *path == "elections.toml" { format!("{text}{REVOTE}") } else { (*text).to_owned() })
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let law = Law::from_files(&files).unwrap();
    // A Saturday.
    let now = wall("2025-04-19T22:00", Zone::Wib);
    let is_open =
        |region: &str| hours::reception(&law, Regime::Pilkada, &Seat::new(Zone::Wib, region), now).unwrap().open;
    assert!(is_open("99.01"));
    assert!(!is_open("99.02"));
}

/// Guards: beyond the packed years the counter is neither open nor closed; there is no answer.
#[test]
fn outside_the_packed_years_there_is_no_answer() {
    let now = wall("2028-01-03T10:00", Zone::Wib);
    let error = hours::reception(law(), Regime::Pemilu, &seat(Zone::Wib), now).unwrap_err();
    assert_eq!(error, outside("2028-01-03"));
}
