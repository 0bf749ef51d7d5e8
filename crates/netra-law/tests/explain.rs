//! The day-by-day reasoning: what people read under a date must add up to that date.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use netra_law::calendar::{RegionalHoliday, Seat};
use netra_law::clock::{self, Deadline};
use netra_law::event::Event;
use netra_law::explain::{self, Why};
use netra_law::pack::{ClockRule, Direction, Regime, StartDay};
use netra_law::time::Zone;
use netra_law::units::Length;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{case, case_at, day, law, seat};

/// Guards: example E10 in full, in both languages: weekend, national holiday, joint leave and
/// voting day are each named, and the count goes on after them.
#[test]
fn e10_in_full() {
    let c = case(Regime::Pemilu, Zone::Wib, &["registered=2024-02-05"]);
    assert_eq!(
        c.english("HANDLING_BASE"),
        [
            "2024-02-05 start day",
            "2024-02-06 1",
            "2024-02-07 2",
            "2024-02-08 national holiday: Isra Mikraj Nabi Muhammad",
            "2024-02-09 joint leave: Tahun Baru Imlek",
            "2024-02-10 Saturday",
            "2024-02-11 Sunday",
            "2024-02-12 3",
            "2024-02-13 4",
            "2024-02-14 national holiday: Hari Pemungutan Suara Pemilu",
            "2024-02-15 5",
            "2024-02-16 6",
            "2024-02-17 Saturday",
            "2024-02-18 Sunday",
            "2024-02-19 7",
        ]
    );
    assert_eq!(
        c.indonesian("HANDLING_BASE"),
        [
            "2024-02-05 hari mulai tidak dihitung",
            "2024-02-06 1",
            "2024-02-07 2",
            "2024-02-08 libur nasional: Isra Mikraj Nabi Muhammad",
            "2024-02-09 cuti bersama: Tahun Baru Imlek",
            "2024-02-10 Sabtu (akhir pekan)",
            "2024-02-11 Minggu (akhir pekan)",
            "2024-02-12 3",
            "2024-02-13 4",
            "2024-02-14 libur nasional: Hari Pemungutan Suara Pemilu",
            "2024-02-15 5",
            "2024-02-16 6",
            "2024-02-17 Sabtu (akhir pekan)",
            "2024-02-18 Minggu (akhir pekan)",
            "2024-02-19 7",
        ]
    );
}

/// Guards: example E1's repair window over a weekend, and the same with a holiday of the region.
#[test]
fn e1_repair_with_and_without_a_regional_holiday() {
    let facts = ["repair-notified=2024-01-12"];
    assert_eq!(
        case(Regime::Pemilu, Zone::Wib, &facts).english("REPAIR"),
        ["2024-01-12 start day", "2024-01-13 Saturday", "2024-01-14 Sunday", "2024-01-15 1", "2024-01-16 2"]
    );

    let mut seat = seat(Zone::Wib);
    seat.holidays.push(RegionalHoliday { date: day("2024-01-15"), name: "Hari Jadi Kota Contoh".to_owned() });
    let c = case_at(Regime::Pemilu, seat, &facts);
    assert_eq!(
        c.english("REPAIR"),
        [
            "2024-01-12 start day",
            "2024-01-13 Saturday",
            "2024-01-14 Sunday",
            "2024-01-15 regional holiday: Hari Jadi Kota Contoh",
            "2024-01-16 1",
            "2024-01-17 2",
        ]
    );
    assert_eq!(c.indonesian("REPAIR")[3], "2024-01-15 libur daerah: Hari Jadi Kota Contoh");
}

/// Guards: days that still depend on an announcement say so, in both languages.
#[test]
fn estimated_holidays_are_marked() {
    let c = case(Regime::Pemilu, Zone::Wit, &["repair-notified=2027-03-04"]);
    assert_eq!(
        c.english("REPAIR"),
        [
            "2027-03-04 start day",
            "2027-03-05 1",
            "2027-03-06 Saturday",
            "2027-03-07 Sunday",
            "2027-03-08 national holiday: Hari Suci Nyepi",
            "2027-03-09 joint leave: Hari Raya Idul Fitri",
            "2027-03-10 national holiday: Hari Raya Idul Fitri (estimated)",
            "2027-03-11 national holiday: Hari kedua Idul Fitri (estimated)",
            "2027-03-12 joint leave: Hari Raya Idul Fitri",
            "2027-03-13 Saturday",
            "2027-03-14 Sunday",
            "2027-03-15 joint leave: Hari Raya Idul Fitri",
            "2027-03-16 2",
        ]
    );
    assert_eq!(c.indonesian("REPAIR")[6], "2027-03-10 libur nasional: Hari Raya Idul Fitri (perkiraan)");
}

/// Guards: a clock that runs backwards is told in the order of the calendar, numbered from its event.
#[test]
fn backwards_in_the_order_of_the_calendar() {
    let c = case(Regime::Discipline, Zone::Wita, &["clarification-set=2024-02-20"]);
    assert_eq!(
        c.english("D2"),
        [
            "2024-02-06 7",
            "2024-02-07 6",
            "2024-02-08 national holiday: Isra Mikraj Nabi Muhammad",
            "2024-02-09 joint leave: Tahun Baru Imlek",
            "2024-02-10 Saturday",
            "2024-02-11 Sunday",
            "2024-02-12 5",
            "2024-02-13 4",
            "2024-02-14 national holiday: Hari Pemungutan Suara Pemilu",
            "2024-02-15 3",
            "2024-02-16 2",
            "2024-02-17 Saturday",
            "2024-02-18 Sunday",
            "2024-02-19 1",
            "2024-02-20 start day",
        ]
    );
    assert_eq!(c.indonesian("D2")[14], "2024-02-20 hari mulai tidak dihitung");
}

/// Guards: calendar days count through weekends and holidays, also where a Pemilu clock is worked
/// to its calendar-day reading.
#[test]
fn calendar_days_count_through() {
    let c = case(Regime::Pilkada, Zone::Wib, &["known=2024-10-05"]);
    assert_eq!(
        c.english("PK-C01"),
        [
            "2024-10-05 start day",
            "2024-10-06 1",
            "2024-10-07 2",
            "2024-10-08 3",
            "2024-10-09 4",
            "2024-10-10 5",
            "2024-10-11 6",
            "2024-10-12 7",
        ]
    );
    let c = case(Regime::Pemilu, Zone::Wib, &["discovered=2024-02-01"]);
    assert_eq!(c.indonesian("FINDING_FIX").last().unwrap(), "2024-02-08 7", "8 February is a holiday and counts");
}

/// Guards: hours, months and stages have no days to count, and say nothing rather than something false.
#[test]
fn nothing_to_count_for_hours_months_and_stages() {
    let hours = case(Regime::Pemilu, Zone::Wib, &["crime-declared=2024-01-26T19:40"]);
    assert!(hours.days("CRIME_FORWARD").is_empty());
    let months = case(Regime::Pilkada, Zone::Wib, &["candidates-determined=2024-09-22"]);
    assert!(months.days("PK-C13").is_empty());
    let stage = case(Regime::Pemilu, Zone::Wib, &["candidacy-listed=2023-05-14"]);
    assert!(stage.days("CANDIDACY_RESIGNATION").is_empty());
}

/// Guards: the sentence above the days, for every unit and direction.
#[test]
fn the_rule_in_one_sentence() {
    let sentence =
        |regime: Regime, fact: &str, clock: &str| explain::sentence(case(regime, Zone::Wib, &[fact]).deadline(clock));
    assert_eq!(
        sentence(Regime::Pemilu, "registered=2024-02-05", "HANDLING_BASE"),
        "7 hari kerja sejak diregistrasi (Senin, 5 Februari 2024), hari mulai tidak dihitung."
    );
    assert_eq!(
        sentence(Regime::Pemilu, "discovered=2024-02-01", "FINDING_FIX"),
        "7 hari kalender sejak ditemukan oleh pengawas (Kamis, 1 Februari 2024), hari mulai tidak dihitung."
    );
    assert_eq!(
        sentence(Regime::Pemilu, "crime-declared=2024-01-26T19:40", "CRIME_FORWARD"),
        "24 jam sejak dinyatakan dugaan tindak pidana (Jumat, 26 Januari 2024), tanpa jeda."
    );
    assert_eq!(
        sentence(Regime::Discipline, "clarification-set=2026-10-19", "D2"),
        "7 hari kerja sebelum jadwal klarifikasi ditetapkan (Senin, 19 Oktober 2026), hari mulai tidak dihitung."
    );
    assert_eq!(
        sentence(Regime::Pilkada, "candidates-determined=2024-09-22", "PK-C13"),
        "6 bulan sebelum calon ditetapkan (Minggu, 22 September 2024), hari mulai tidak dihitung."
    );
    assert_eq!(
        sentence(Regime::Pemilu, "candidacy-listed=2023-05-14", "CANDIDACY_RESIGNATION"),
        "Sampai akhir tahapan, sejak ASN tercantum sebagai bakal calon (Minggu, 14 Mei 2023)."
    );
}

/// Guards: every reading of the packs is told in words of its own, not by its id.
#[test]
fn every_reading_has_a_name() {
    let rules = law().packs().iter().flat_map(|pack| &pack.clocks);
    let of = |rule: &'static ClockRule| {
        let own = rule.unit.map(|unit| unit.id()).into_iter();
        own.chain(rule.reading.iter().map(|reading| reading.id.as_str()))
    };
    let names: BTreeSet<String> = rules.flat_map(of).map(explain::reading_name).collect();
    assert!(names.iter().all(|name| !name.contains('“')), "{names:?}");
    assert!(names.contains("Dihitung sejak keputusan ditetapkan"), "{names:?}");
}

/// What must hold for the days of any deadline that counts days.
fn check(deadline: &Deadline<'_>, seat: &Seat) {
    let id = &deadline.rule.id;
    let mut days = explain::days(law(), seat, deadline).unwrap();
    if deadline.rule.direction == Direction::Backward {
        days.reverse();
    }
    let n = deadline.length().unwrap().number();
    let (first, last) = (days.first().unwrap(), days.last().unwrap());
    assert_eq!((first.date, &first.why), (deadline.start.when.date(), &Some(Why::StartDay)), "{id}");
    assert_eq!((last.date, last.n), (deadline.due_date, Some(n)), "{id}");
    for pair in days.windows(2) {
        let (earlier, later) = (pair[0].date.min(pair[1].date), pair[0].date.max(pair[1].date));
        assert_eq!(earlier.tomorrow().unwrap(), later, "{id} leaves out a day");
    }
    let counted: Vec<u16> = days.iter().filter_map(|d| d.n).collect();
    assert_eq!(counted, (1..=n).collect::<Vec<u16>>(), "{id}");
    assert!(days.iter().all(|d| d.n.is_some() != d.why.is_some()), "{id}: a day counts or says why it does not");
}

/// Guards: for every clock that counts days, from every day of two years, the explanation starts at
/// the start, leaves out no day, counts 1 to n, gives a reason for each day that does not count, and
/// ends at the due date.
#[test]
fn every_explanation_adds_up() {
    let seat = seat(Zone::Wita);
    let mut checked = BTreeSet::new();
    for pack in law().packs() {
        for rule in &pack.clocks {
            let mut date = day("2024-01-15");
            while date <= day("2025-12-15") {
                let event = Event::on(rule.start, date);
                let found = clock::deadline(law(), pack, rule, &[event], &seat).unwrap();
                if let Some(deadline) = found
                    && let Some(Length::Working(_) | Length::Calendar(_)) = deadline.length()
                {
                    assert_eq!(rule.start_day, StartDay::Excluded, "{}", rule.id);
                    check(&deadline, &seat);
                    checked.insert(rule.id.as_str());
                }
                date = date.tomorrow().unwrap();
            }
        }
    }
    assert!(checked.is_superset(&BTreeSet::from(["INITIAL_STUDY", "CLARIF_NOTICE", "PK-C01", "D2", "D13"])));
}
