//! The same deadlines by Netra and by lexdays, in one run: first that the dates agree, then the time of each.
//!
//! lexdays is a Python package (`pip install lexdays==0.2.1`); without it only our own figures are printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark may stop by panicking")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use jiff::civil::{Date, date};
use netra_law::calendar::{Amendment, Holiday, JointLeave, RegionalHoliday, Seat, Step};
use netra_law::clock::{self, Deadline};
use netra_law::event::{Event, EventKind};
use netra_law::pack::{ClockRule, HolidayKind, Regime};
use netra_law::time::Zone;
use netra_law::units::WorkingDays;
use netra_law::{Law, Pack, explain};
use serde::Deserialize;

/// Clocks in working days without other conditions: two, seven and fourteen days.
const CLOCKS: [&str; 3] = ["INITIAL_STUDY", "HANDLING_BASE", "HANDLING_MAX"];

#[derive(Deserialize)]
struct Peer {
    version: String,
    dates: Vec<Date>,
    plain: f64,
    explained: f64,
}

struct Ours<'l> {
    law: &'l Law,
    pack: &'l Pack,
    seat: Seat,
}

impl<'l> Ours<'l> {
    fn counted(&self, rule: &ClockRule, start: Date) -> Date {
        let n = WorkingDays(rule.length.unwrap());
        self.law.calendar().walk(start, n, &self.seat, JointLeave::Rests, Step::Forward).unwrap()
    }

    fn deadline(&self, rule: &'l ClockRule, start: Date) -> Deadline<'l> {
        let events = [Event::on(rule.start, start)];
        clock::deadline(self.law, self.pack, rule, &events, &self.seat).unwrap().unwrap()
    }

    fn explained(&self, rule: &'l ClockRule, start: Date) -> Deadline<'l> {
        let deadline = self.deadline(rule, start);
        let days = explain::days(self.law, &self.seat, &deadline).unwrap();
        let words: Vec<_> = days.iter().filter_map(|d| d.why).map(explain::Why::english).collect();
        std::hint::black_box((explain::sentence(&deadline), words));
        deadline
    }
}

fn main() {
    let law = Law::embedded().unwrap();
    let pack = law.pack_for(Regime::Pemilu, date(2024, 2, 5)).unwrap();
    let rules = CLOCKS.map(|id| pack.clock(id).unwrap());
    let ours = Ours { law: &law, pack, seat: Seat::new(Zone::Wita, "64.71") };
    let last = date(2027, 10, 31);
    let starts: Vec<Date> = date(2023, 1, 1).series(jiff::Span::new().days(1)).take_while(|d| *d <= last).collect();

    let (dates, counted) = timed(&rules, &starts, |rule, start| ours.counted(rule, start));
    let (_, plain) = timed(&rules, &starts, |rule, start| ours.deadline(rule, start).due_date);
    let (_, explained) = timed(&rules, &starts, |rule, start| ours.explained(rule, start).due_date);
    println!("{} deadlines, {} clocks over {} start days", dates.len(), rules.len(), starts.len());
    println!("Netra: the date alone {:.3} µs", counted * 1e6);
    println!("Netra: date, last moment and all readings {:.2} µs, with reasons {:.2} µs", plain * 1e6, explained * 1e6);
    println!("1,000,000 matters with all clocks of nine events: {:.2} s", a_million(&law, &ours.seat, &starts));
    let own = a_million(&law, &seat_with_own_days(), &starts);
    println!("the same for an office with three days off of its own and two decreed late: {own:.2} s");

    let Some(peer) = ask_lexdays(&law, &rules, &starts) else {
        println!("lexdays is not installed: pip install lexdays==0.2.1");
        return;
    };
    let differing = dates.iter().zip(&peer.dates).filter(|(a, b)| a != b).count();
    assert_eq!((differing, dates.len()), (0, peer.dates.len()), "the dates must agree");
    println!(
        "lexdays {}: the date alone {:.2} µs, with reasons {:.2} µs",
        peer.version,
        peer.plain * 1e6,
        peer.explained * 1e6
    );
    println!("ratio: the date alone {:.0}, with reasons {:.0}", peer.plain / counted, peer.explained / explained);
}

/// All dates, and the seconds that one took.
fn timed<'l>(
    rules: &[&'l ClockRule],
    starts: &[Date],
    mut count: impl FnMut(&'l ClockRule, Date) -> Date,
) -> (Vec<Date>, f64) {
    let mut dates = Vec::with_capacity(rules.len() * starts.len());
    let begun = Instant::now();
    for rule in rules {
        dates.extend(starts.iter().map(|start| count(rule, *start)));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let each = seconds / f64::from(u32::try_from(dates.len()).unwrap());
    (dates, each)
}

/// An office whose region rests on three days more, in a country that was given two more.
fn seat_with_own_days() -> Seat {
    let mut seat = Seat::new(Zone::Wita, "64.71");
    for year in [2024, 2025, 2026] {
        seat.holidays.push(RegionalHoliday { date: date(year, 2, 12), name: "Hari Jadi Kota Contoh".to_owned() });
    }
    for (year, month, day) in [(2025, 8, 18), (2026, 3, 2)] {
        seat.amendments.push(Amendment::Added(Holiday {
            date: date(year, month, day),
            kind: HolidayKind::National,
            name: "Hari libur tambahan".to_owned(),
            decree: "Keputusan contoh".to_owned(),
            estimated: None,
        }));
    }
    seat
}

/// Nine events of a matter, a few days apart, from a different day for each matter.
fn a_million(law: &Law, seat: &Seat, starts: &[Date]) -> f64 {
    let kinds = [
        (EventKind::Happened, 0),
        (EventKind::Known, 1),
        (EventKind::Delivered, 2),
        (EventKind::InitialStudyDone, 4),
        (EventKind::RepairNotified, 4),
        (EventKind::RepairDone, 6),
        (EventKind::Registered, 7),
        (EventKind::ClarificationSet, 11),
        (EventKind::CrimeDeclared, 18),
    ];
    // The pack is in force from late 2022 on, and the end of 2027 must not be reached.
    let starts: Vec<[Event; 9]> = starts
        .iter()
        .filter(|start| start.year() < 2027)
        .map(|start| kinds.map(|(kind, days)| Event::on(kind, *start + jiff::Span::new().days(days))))
        .collect();
    let begun = Instant::now();
    for events in starts.iter().cycle().take(1_000_000) {
        let on = clock::governing_day(events).unwrap();
        let found = clock::evaluate(law, Regime::Pemilu, seat, events, on).unwrap();
        std::hint::black_box(found.deadlines.len());
    }
    begun.elapsed().as_secs_f64()
}

fn ask_lexdays(law: &Law, rules: &[&ClockRule], starts: &[Date]) -> Option<Peer> {
    let days_off: Vec<Date> = law.calendar().holidays().map(|h| h.date).collect();
    let lengths: Vec<u16> = rules.iter().filter_map(|r| r.length).collect();
    let asked = serde_json::json!({ "days_off": days_off, "starts": starts, "lengths": lengths });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer.py");
    let mut child = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // It stops reading when the package is missing.
    let _ = child.stdin.take()?.write_all(asked.to_string().as_bytes());
    let output = child.wait_with_output().ok()?;
    output.status.success().then(|| serde_json::from_slice(&output.stdout).expect("an answer as JSON"))
}
