//! The engine against a slow and obvious oracle. The oracle reads the holiday files line by line,
//! lays the days of the packed years out one after another, and walks over them; it shares neither
//! the calendar nor the date arithmetic with the engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use netra_law::calendar::{Amendment, Holiday, JointLeave, RegionalHoliday, Seat, Step};
use netra_law::clock::{self, Deadline, JOINT_LEAVE_WORKS};
use netra_law::event::Event;
use netra_law::pack::{ClockRule, Direction, HolidayKind, StartDay};
use netra_law::time::{Moment, Zone};
use netra_law::units::{Unit, WorkingDays};
use netra_law::{EMBEDDED, LawError, Pack};
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{day, law};

// --- The oracle ---------------------------------------------------------------------------------

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayOff {
    No,
    National,
    Joint,
}

struct PlainDay {
    date: String,
    is_weekend: bool,
    off: DayOff,
}

/// The text between the quotes after `key = "`.
fn quoted<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = line.split_once(&format!(" {key} = \""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Every day of the holiday files, read without a TOML library.
fn days_off() -> BTreeMap<String, DayOff> {
    let mut found = BTreeMap::new();
    for (path, text) in EMBEDDED.iter().filter(|(path, _)| path.starts_with("calendar/")) {
        for line in text.lines() {
            let Some(date) = quoted(line, "date") else { continue };
            let off = match quoted(line, "kind") {
                Some("national") => DayOff::National,
                Some("joint") => DayOff::Joint,
                other => panic!("{path}: {date} is {other:?}"),
            };
            found.insert(date.to_owned(), off);
        }
    }
    found
}

fn month_length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// All days of 2023 to 2027.
fn almanac() -> &'static [PlainDay] {
    static DAYS: OnceLock<Vec<PlainDay>> = OnceLock::new();
    DAYS.get_or_init(|| {
        let off = days_off();
        let mut days = Vec::new();
        // Monday is 0, and 1 January 2023 was a Sunday.
        let mut weekday = 6;
        for year in 2023..=2027 {
            for month in 1..=12 {
                for number in 1..=month_length(year, month) {
                    let date = format!("{year}-{month:02}-{number:02}");
                    let off = off.get(&date).copied().unwrap_or(DayOff::No);
                    days.push(PlainDay { date, is_weekend: weekday >= 5, off });
                    weekday = (weekday + 1) % 7;
                }
            }
        }
        days
    })
}

fn index_of(date: &str) -> usize {
    almanac().iter().position(|d| d.date == date).unwrap()
}

fn step(at: usize, forward: bool) -> Option<usize> {
    let next = if forward { at.checked_add(1)? } else { at.checked_sub(1)? };
    (next < almanac().len()).then_some(next)
}

/// The n-th working day after or before a day; none when the walk leaves the almanac.
fn walk(from: usize, n: u16, forward: bool, joint_works: bool, regional: &BTreeSet<usize>) -> Option<usize> {
    let mut at = from;
    let mut left = n;
    while left > 0 {
        at = step(at, forward)?;
        let day = &almanac()[at];
        let is_off = match day.off {
            DayOff::No => false,
            DayOff::National => true,
            DayOff::Joint => !joint_works,
        };
        if !day.is_weekend && !is_off && !regional.contains(&at) {
            left -= 1;
        }
    }
    Some(at)
}

/// One way to read a clock, as its rule says.
struct Reading {
    id: String,
    unit: Unit,
    n: u16,
}

fn readings(rule: &ClockRule) -> Vec<Reading> {
    let (Some(unit), Some(n)) = (rule.unit, rule.length) else { return Vec::new() };
    let mut list = Vec::new();
    if rule.reading.iter().all(|r| r.start != Some(rule.start)) {
        list.push(Reading { id: unit.id().to_owned(), unit, n });
    }
    for r in &rule.reading {
        list.push(Reading { id: r.id.clone(), unit: r.unit.unwrap_or(unit), n: r.length.unwrap_or(n) });
    }
    list
}

/// Every reading with its date, the joint-leave reading last; none when a walk leaves the almanac.
fn expected(rule: &ClockRule, start: usize, regional: &BTreeSet<usize>) -> Option<Vec<(String, String)>> {
    let forward = rule.direction == Direction::Forward;
    let mut list = Vec::new();
    let mut joint = None;
    for reading in readings(rule) {
        let at = match reading.unit {
            Unit::WorkingDay => {
                let rests = walk(start, reading.n, forward, false, regional)?;
                let works = walk(start, reading.n, forward, true, regional)?;
                joint = joint.or(Some((rests, works)));
                rests
            }
            Unit::CalendarDay => {
                let mut at = start;
                for _ in 0..reading.n {
                    at = step(at, forward)?;
                }
                at
            }
            Unit::Hour | Unit::CalendarMonth => panic!("{}: not a clock of this oracle", rule.id),
        };
        list.push((reading.id, almanac()[at].date.clone()));
    }
    if let Some((rests, works)) = joint
        && rests != works
    {
        list.push((JOINT_LEAVE_WORKS.to_owned(), almanac()[works].date.clone()));
    }
    Some(list)
}

/// The date worked to: the settled reading's, else the earliest of the pack's readings.
fn worked_to(rule: &ClockRule, dates: &[(String, String)]) -> String {
    let mut own = dates.iter().filter(|(id, _)| id != JOINT_LEAVE_WORKS);
    let (_, date) = match &rule.settled {
        Some(settled) => own.find(|(id, _)| *id == settled.reading).unwrap(),
        None => own.min_by(|a, b| a.1.cmp(&b.1)).unwrap(),
    };
    date.clone()
}

// --- The engine ---------------------------------------------------------------------------------

fn all_clocks() -> impl Iterator<Item = (&'static Pack, &'static ClockRule)> {
    law().packs().iter().flat_map(|pack| pack.clocks.iter().map(move |rule| (pack, rule)))
}

/// The clocks that count working days under some reading.
fn working_day_clocks() -> impl Iterator<Item = (&'static Pack, &'static ClockRule)> {
    all_clocks().filter(|(_, rule)| readings(rule).iter().any(|r| r.unit == Unit::WorkingDay))
}

fn seat(zone: Zone, regional: &BTreeSet<usize>) -> Seat {
    let holiday =
        |at: &usize| RegionalHoliday { date: day(&almanac()[*at].date), name: "Libur daerah rekaan".to_owned() };
    Seat { holidays: regional.iter().map(holiday).collect(), ..Seat::new(zone, "64.71") }
}

/// The engine's deadline when every start event of the clock falls on the same second.
fn engine(
    pack: &'static Pack,
    rule: &'static ClockRule,
    (start, second): (usize, i32),
    seat: &Seat,
) -> Result<Deadline<'static>, LawError> {
    let midnight = day(&almanac()[start].date).to_datetime(Time::midnight());
    let first = Moment::from_wall(midnight, seat.zone).unwrap().instant().as_second();
    let moment = Moment::new(Timestamp::from_second(first + i64::from(second)).unwrap(), seat.zone);
    let kinds: BTreeSet<_> = rule.reading.iter().filter_map(|r| r.start).chain([rule.start]).collect();
    let events: Vec<Event> = kinds.into_iter().map(|kind| Event::at(kind, moment)).collect();
    Ok(clock::deadline(law(), pack, rule, &events, seat)?.expect("its start event is there"))
}

fn dates(deadline: &Deadline<'_>) -> Vec<(String, String)> {
    deadline.readings.iter().map(|r| (r.id.to_string(), r.due_date.to_string())).collect()
}

// --- What is drawn ------------------------------------------------------------------------------

fn settings() -> ProptestConfig {
    ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }
}

/// How many days may be the start: every forward clock then ends within the packed years.
fn starts() -> usize {
    index_of("2027-11-15") + 1
}

fn zones() -> impl Strategy<Value = Zone> {
    prop::sample::select(Zone::ALL.to_vec())
}

/// Regional holidays near a start, as distances from it.
fn distances() -> impl Strategy<Value = BTreeSet<i32>> {
    prop::collection::btree_set(-30_i32..60, 0..8)
}

fn near(start: usize, distances: &BTreeSet<i32>) -> BTreeSet<usize> {
    let place = |distance: &i32| -> Option<usize> { usize::try_from(i32::try_from(start).ok()? + distance).ok() };
    distances.iter().filter_map(place).filter(|at| *at < almanac().len()).collect()
}

// --- What must hold -----------------------------------------------------------------------------

/// Guards the oracle itself: it sees the same holidays as the engine, and no others.
#[test]
fn the_oracle_reads_the_same_holidays() {
    let kind = |kind: HolidayKind| match kind {
        HolidayKind::Joint => DayOff::Joint,
        HolidayKind::National | HolidayKind::Regional => DayOff::National,
    };
    let engine: BTreeMap<String, DayOff> =
        law().calendar().holidays().map(|h| (h.date.to_string(), kind(h.kind))).collect();
    assert_eq!(days_off(), engine);
    assert_eq!(engine.len(), 27 + 29 + 28 + 25 + 26);
}

/// Guards the oracle's reach: it covers clocks of every pack, in both directions, and no clock
/// counts in a way that it does not know.
#[test]
fn the_oracle_covers_the_working_day_clocks() {
    let packs: BTreeSet<&str> = working_day_clocks().map(|(pack, _)| pack.head.id.as_str()).collect();
    assert_eq!(packs, BTreeSet::from(["discipline-2021", "pemilu-2022", "pilkada-2020", "pilkada-2024"]));
    assert!(working_day_clocks().any(|(_, rule)| rule.direction == Direction::Backward));
    for (_, rule) in working_day_clocks() {
        let known = |r: &Reading| matches!(r.unit, Unit::WorkingDay | Unit::CalendarDay);
        assert!(readings(rule).iter().all(known), "{} has a reading in another unit", rule.id);
        assert_eq!(rule.start_day, StartDay::Excluded, "{}", rule.id);
    }
}

proptest! {
    #![proptest_config(settings())]

    /// Guards: every reading of every working-day clock, forward and backward, in every zone, from
    /// any second of any day, with any regional holidays. Where the oracle runs out of days, the
    /// engine refuses.
    #[test]
    fn every_working_day_clock_agrees_with_the_oracle(
        start in 0..starts(),
        second in 0..86_400_i32,
        zone in zones(),
        distances in distances(),
    ) {
        let regional = near(start, &distances);
        let seat = seat(zone, &regional);
        for (pack, rule) in working_day_clocks() {
            let found = engine(pack, rule, (start, second), &seat);
            match expected(rule, start, &regional) {
                Some(readings) => {
                    let found = found.unwrap();
                    prop_assert_eq!(dates(&found), readings.clone(), "{} of {}", rule.id, pack.head.id);
                    let due = worked_to(rule, &readings);
                    prop_assert_eq!(found.due_date.to_string(), due, "{} of {}", rule.id, pack.head.id);
                    prop_assert_eq!(found.due_at.date(), found.due_date);
                    prop_assert_eq!(found.due_at.zone(), zone);
                }
                None => prop_assert!(
                    matches!(found, Err(LawError::OutsideCalendar { .. })),
                    "{} of {} guessed: {:?}", rule.id, pack.head.id, found
                ),
            }
        }
    }

    /// Guards: one more holiday never brings a deadline nearer to its start.
    #[test]
    fn one_more_holiday_never_shortens_a_clock(
        start in 30..starts(),
        zone in zones(),
        distances in distances(),
        extra in -30_i32..60,
    ) {
        let fewer = near(start, &distances);
        let mut more = distances;
        more.insert(extra);
        let more = near(start, &more);
        for (pack, rule) in working_day_clocks() {
            let without = engine(pack, rule, (start, 36_000), &seat(zone, &fewer)).unwrap();
            let with = engine(pack, rule, (start, 36_000), &seat(zone, &more)).unwrap();
            match rule.direction {
                Direction::Forward => prop_assert!(without.due_date <= with.due_date, "{}", rule.id),
                Direction::Backward => prop_assert!(without.due_date >= with.due_date, "{}", rule.id),
            }
            let same = without.readings.iter().zip(&with.readings).filter(|(a, _)| a.id != JOINT_LEAVE_WORKS);
            for (a, b) in same {
                prop_assert_eq!(&a.id, &b.id);
                match rule.direction {
                    Direction::Forward => prop_assert!(a.due_date <= b.due_date, "{} {}", rule.id, a.id),
                    Direction::Backward => prop_assert!(a.due_date >= b.due_date, "{} {}", rule.id, a.id),
                }
            }
        }
    }

    /// Guards: whoever starts later never has to finish earlier, for all clocks of all units.
    #[test]
    fn a_later_start_never_ends_earlier(
        start in 30..starts(),
        second in 0..86_400_i32,
        later_by in 0_usize..20,
        later_second in 0..86_400_i32,
        zone in zones(),
    ) {
        let early = (start, second);
        let late = ((start + later_by).min(starts() - 1), later_second);
        let (early, late) = if early <= late { (early, late) } else { (late, early) };
        let seat = seat(zone, &BTreeSet::new());
        for (pack, rule) in all_clocks().filter(|(_, rule)| rule.main_length().is_some()) {
            let a = engine(pack, rule, early, &seat).unwrap();
            let b = engine(pack, rule, late, &seat).unwrap();
            prop_assert!(a.due_date <= b.due_date, "{}: {} after {}", rule.id, a.due_date, b.due_date);
            prop_assert!(a.due_at <= b.due_at, "{}: {} after {}", rule.id, a.due_at, b.due_at);
        }
    }

    /// Guards: a day ends with its last second, and the next second belongs to the next day.
    #[test]
    fn a_day_ends_one_second_before_the_next(at in 0..starts(), zone in zones()) {
        let date: Date = day(&almanac()[at].date);
        let end = Moment::end_of_day(date, zone).unwrap();
        let next = Moment::start_of_day(day(&almanac()[at + 1].date), zone).unwrap();
        prop_assert_eq!(end.date(), date);
        prop_assert_eq!(end.time(), Time::constant(23, 59, 59, 0));
        prop_assert_eq!(end.instant().as_second() + 1, next.instant().as_second());
        prop_assert!(end < next);
    }
}

/// Guards: nobody replaces the walk by "five working days are a week". However one rounds, some
/// start gives another date, even without holidays of a region.
#[test]
fn seven_fifths_of_the_days_are_no_substitute() {
    let seat = seat(Zone::Wib, &BTreeSet::new());
    for n in [2_u16, 7, 14] {
        let roundings = [n * 7 / 5, (n * 7 + 2) / 5, (n * 7).div_ceil(5)];
        for days in roundings {
            let differs = (0..starts()).any(|start| {
                let from = day(&almanac()[start].date);
                let walked =
                    law().calendar().walk(from, WorkingDays(n), &seat, JointLeave::Rests, Step::Forward).unwrap();
                walked.to_string() != almanac()[start + usize::from(days)].date
            });
            assert!(differs, "{n} working days are always {days} days");
        }
    }
    let walked =
        law().calendar().walk(day("2024-02-05"), WorkingDays(14), &seat, JointLeave::Rests, Step::Forward).unwrap();
    assert_eq!(walked, day("2024-02-28"));
    assert_eq!(almanac()[index_of("2024-02-05") + 14 * 7 / 5].date, "2024-02-24");
}

/// A seat without holidays of its own is answered from numbered days, all others by walking.
#[test]
fn numbered_days_are_the_walked_days() {
    let none = BTreeSet::new();
    let seat = seat(Zone::Wib, &none);
    let ways = [(true, true), (true, false), (false, true), (false, false)];
    for (start, (forward, joint_works)) in (0..almanac().len()).flat_map(|start| ways.map(|way| (start, way))) {
        let joint = if joint_works { JointLeave::Works } else { JointLeave::Rests };
        let direction = if forward { Step::Forward } else { Step::Backward };
        for n in [0, 1, 2, 3, 7, 14, 60] {
            let from = day(&almanac()[start].date);
            let found = law().calendar().walk(from, WorkingDays(n), &seat, joint, direction);
            let expected = walk(start, n, forward, joint_works, &none).map(|at| almanac()[at].date.clone());
            assert_eq!(found.ok().map(|d| d.to_string()), expected, "{n} from {from}, {joint:?}, {direction:?}");
        }
    }
}

proptest! {
    /// Guards: looking a date up and going on by the days that the seat lost is the same as walking day
    /// by day, whatever a region or a late decree has made of the days between.
    #[test]
    fn own_days_off_are_walked_over(
        from in 0_i64..900,
        n in 0_u16..80,
        regional in proptest::collection::vec(0_i64..120, 0..12),
        decreed in proptest::collection::vec((0_i64..120, 0_u8..3), 0..6),
        backward in any::<bool>(),
        joint_works in any::<bool>(),
    ) {
        let at = |days: i64| day("2024-01-01").checked_add(jiff::Span::new().days(days)).unwrap();
        let start = at(from);
        let near = |days: i64| if backward { at(from - days) } else { at(from + days) };
        let mut seat = Seat::new(Zone::Wita, "64.71");
        let named = |days: &i64| RegionalHoliday { date: near(*days), name: "Hari Jadi Contoh".to_owned() };
        seat.holidays = regional.iter().map(named).collect();
        for (days, kind) in decreed {
            let kind = match kind {
                0 => HolidayKind::National,
                1 => HolidayKind::Joint,
                _ => {
                    seat.amendments.push(Amendment::Lifted { date: near(days), decree: "Contoh".to_owned() });
                    continue;
                }
            };
            let (name, decree) = ("Libur Contoh".to_owned(), "Contoh".to_owned());
            seat.amendments.push(Amendment::Added(Holiday { date: near(days), kind, name, decree, estimated: None }));
        }
        let joint = if joint_works { JointLeave::Works } else { JointLeave::Rests };
        let step = if backward { Step::Backward } else { Step::Forward };
        let mut walked = Ok(start);
        let mut left = n;
        while left > 0 {
            walked = walked.clone().and_then(|d| step.from(d));
            match walked.clone().and_then(|d| law().calendar().day(d, &seat).map(|kind| kind.works(joint))) {
                Ok(true) => left -= 1,
                Ok(false) => {}
                Err(_) => break,
            }
        }
        let found = law().calendar().walk(start, WorkingDays(n), &seat, joint, step);
        if left == 0 {
            prop_assert_eq!(found.unwrap(), walked.unwrap());
        } else {
            prop_assert!(found.is_err());
        }
    }
}

/// Jumping once took a national holiday that a decree turned into joint leave for a day off even where joint
/// leave counts as work.
#[test]
fn a_holiday_that_became_joint_leave_is_work_where_joint_leave_works() {
    let mut seat = Seat::new(Zone::Wita, "64.71");
    let (name, decree) = ("Libur Contoh".to_owned(), "Contoh".to_owned());
    let date = day("2026-06-16");
    seat.amendments.push(Amendment::Added(Holiday { date, kind: HolidayKind::Joint, name, decree, estimated: None }));
    let walk = |joint| law().calendar().walk(day("2026-06-15"), WorkingDays(1), &seat, joint, Step::Forward).unwrap();
    assert_eq!((walk(JointLeave::Works), walk(JointLeave::Rests)), (day("2026-06-16"), day("2026-06-17")));
}
