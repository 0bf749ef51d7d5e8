//! The embedded law, read once, and the shape in which examples are written: `KIND=TIME` goes in,
//! dates come out as text.

use std::sync::OnceLock;

use jiff::civil::Date;
use netra_law::calendar::Seat;
use netra_law::clock::{self, Deadline, Evaluation};
use netra_law::event::{Event, EventKind};
use netra_law::explain::{self, Day};
use netra_law::pack::Regime;
use netra_law::time::{Moment, Zone};
use netra_law::{Law, LawError, Pack};

/// The embedded packs.
pub fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| Law::embedded().unwrap_or_else(|faults| panic!("{faults}")))
}

/// A pack by id, whether or not it is in force on some day.
pub fn pack(id: &str) -> &'static Pack {
    law().packs().iter().find(|p| p.head.id == id).unwrap_or_else(|| panic!("no pack {id}"))
}

/// `2024-01-19`.
pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2024-01-19T17:10` on the clocks of a zone.
pub fn wall(text: &str, zone: Zone) -> Moment {
    Moment::parse_in(text, zone).unwrap()
}

/// An office in a zone, in a region that takes part in every national election.
pub fn seat(zone: Zone) -> Seat {
    Seat::new(zone, "64.71")
}

/// The refusal for a day outside the packed years.
pub fn outside(date: &str) -> LawError {
    LawError::OutsideCalendar { date: day(date), from: 2023, to: 2027 }
}

/// Facts, and everything that the law makes of them.
pub struct Case {
    pub seat: Seat,
    pub evaluation: Evaluation<'static>,
}

/// What follows from facts, each written `KIND=TIME`.
pub fn case(regime: Regime, zone: Zone, facts: &[&str]) -> Case {
    case_at(regime, seat(zone), facts)
}

/// The same at an office of one's own.
pub fn case_at(regime: Regime, seat: Seat, facts: &[&str]) -> Case {
    let evaluation = evaluate(regime, &seat, facts).unwrap_or_else(|error| panic!("{facts:?}: {error}"));
    Case { seat, evaluation }
}

/// Why nothing follows from facts.
pub fn refusal(regime: Regime, zone: Zone, facts: &[&str]) -> LawError {
    match evaluate(regime, &seat(zone), facts) {
        Ok(evaluation) => panic!("{facts:?} was evaluated: {evaluation:?}"),
        Err(error) => error,
    }
}

fn evaluate(regime: Regime, seat: &Seat, facts: &[&str]) -> Result<Evaluation<'static>, LawError> {
    let events: Vec<Event> = facts.iter().map(|fact| Event::parse_in(fact, seat.zone).unwrap()).collect();
    let on = clock::governing_day(&events).expect("a case has at least one fact");
    clock::evaluate(law(), regime, seat, &events, on)
}

impl Case {
    /// The deadline of a clock; it must be running.
    pub fn deadline(&self, clock: &str) -> &Deadline<'static> {
        let found = self.evaluation.deadlines.iter().find(|d| d.rule.id == clock);
        found.unwrap_or_else(|| panic!("{clock} is not running"))
    }

    /// The last day.
    pub fn due_date(&self, clock: &str) -> String {
        self.deadline(clock).due_date.to_string()
    }

    /// The last moment, with the office's offset.
    pub fn due_at(&self, clock: &str) -> String {
        self.deadline(clock).due_at.to_string()
    }

    /// Every reading with its last day, the pack's order.
    pub fn readings(&self, clock: &str) -> Vec<String> {
        self.deadline(clock).readings.iter().map(|r| format!("{} {}", r.id, r.due_date)).collect()
    }

    /// All warnings of all clocks.
    pub fn warnings(&self) -> Vec<&str> {
        self.evaluation.deadlines.iter().flat_map(|d| d.warnings.iter().map(String::as_str)).collect()
    }

    /// When the report counts as received, and why if that is later than the delivery.
    pub fn received(&self) -> (String, Option<&str>) {
        let event = self.evaluation.events.iter().find(|e| e.kind == EventKind::Received);
        let when = event.expect("a report was delivered").when.to_string();
        (when, self.evaluation.received_because.as_deref())
    }

    /// The days of a clock.
    pub fn days(&self, clock: &str) -> Vec<Day<'_>> {
        explain::days(law(), &self.seat, self.deadline(clock)).unwrap()
    }

    /// The days of a clock in English: `2024-02-05 start day`, `2024-02-06 1`.
    pub fn english(&self, clock: &str) -> Vec<String> {
        self.days(clock).iter().map(|d| line(d, |why| why.english().into_owned())).collect()
    }

    /// The days of a clock in Indonesian.
    pub fn indonesian(&self, clock: &str) -> Vec<String> {
        self.days(clock).iter().map(|d| line(d, |why| why.indonesian().into_owned())).collect()
    }

    /// The place of a day in the count.
    pub fn count_of(&self, clock: &str, date: &str) -> Option<u16> {
        self.days(clock).iter().find(|d| d.date == day(date)).and_then(|d| d.n)
    }
}

fn line(day: &Day<'_>, words: impl Fn(explain::Why<'_>) -> String) -> String {
    match (day.n, day.why) {
        (Some(n), None) => format!("{} {n}", day.date),
        (None, Some(why)) => format!("{} {}", day.date, words(why)),
        other => panic!("{} neither counts nor says why it does not: {other:?}", day.date),
    }
}
