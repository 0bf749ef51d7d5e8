//! Deadlines: from events and a pack to the last moment in time, under every reading.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::calendar::{JointLeave, Seat, Step};
use crate::event::{Event, EventKind, When};
use crate::hours;
use crate::pack::{ClockRule, DayEnd, Direction, Regime, StartDay};
use crate::time::{Moment, long_date, long_moment};
use crate::units::{CalendarDays, Length, WorkingDays};
use crate::{Law, LawError, Pack};

/// A deadline: the last moment in time, and how the law comes to it.
#[derive(Clone, Debug)]
pub struct Deadline<'l> {
    /// The rule.
    pub rule: &'l ClockRule,
    /// The event from which it was counted, under the reading worked to.
    pub start: Event,
    /// The last day.
    pub due_date: Date,
    /// The last moment in time.
    pub due_at: Moment,
    /// The reading worked to.
    pub reading: Cow<'l, str>,
    /// Every reading with its last day, in the pack's order.
    pub readings: Vec<ReadingDate<'l>>,
    /// What a human should look at.
    pub warnings: Vec<String>,
    length: Option<Length>,
}

impl Deadline<'_> {
    /// Whether the readings lead to different days.
    pub fn is_in_doubt(&self) -> bool {
        self.readings.iter().any(|r| r.due_date != self.due_date)
    }

    /// The length under the reading worked to; none for clocks bound to a stage.
    pub fn length(&self) -> Option<Length> {
        self.length
    }
}

/// The last day under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingDate<'l> {
    /// Id of the reading.
    pub id: Cow<'l, str>,
    /// Its last day.
    pub due_date: Date,
    /// Why the text can be read so.
    pub why: Cow<'l, str>,
}

/// The reading in which joint leave counts as a working day.
pub const JOINT_LEAVE_WORKS: &str = "joint-leave-works";

struct Candidate<'l> {
    id: Cow<'l, str>,
    why: Cow<'l, str>,
    start: EventKind,
    length: Length,
    day_end: DayEnd,
}

/// The deadline of one clock, if its start event has happened.
///
/// O(1); O(days between start and due) for a seat with holidays of its own.
///
/// # Errors
/// A day lies outside the packed years, or the election has no such stage.
pub fn deadline<'l>(
    law: &'l Law,
    pack: &'l Pack,
    rule: &'l ClockRule,
    events: &[Event],
    seat: &Seat,
) -> Result<Option<Deadline<'l>>, LawError> {
    if let Some(stage) = &rule.until_stage {
        return stage_deadline(law, pack.head.regime, rule, stage, events, seat);
    }
    let mut dated = Vec::with_capacity(rule.reading.len() + 1);
    for candidate in candidates(rule) {
        let Some(start) = first_event(events, candidate.start) else { continue };
        let end = end_of(law, rule, start, candidate.length, seat, JointLeave::Rests)?;
        let closed = close(law, pack, candidate.day_end, end, seat)?;
        dated.push(Dated { candidate, start, closed });
    }
    let Some(chosen) = choose(rule, &dated).and_then(|place| dated.get(place)) else { return Ok(None) };
    // One place more, for the reading of joint leave.
    let mut readings = Vec::with_capacity(dated.len() + 1);
    readings.extend(dated.iter().map(|d| ReadingDate {
        id: d.candidate.id.clone(),
        due_date: d.closed.date,
        why: d.candidate.why.clone(),
    }));
    readings.extend(joint_leave_reading(law, rule, &dated, seat)?);
    let mut warnings: Vec<String> = chosen.closed.warning.iter().cloned().collect();
    warnings.extend(outside_hours(law, pack, rule, events, chosen.closed.date, seat)?);
    Ok(Some(Deadline {
        rule,
        start: *chosen.start,
        due_date: chosen.closed.date,
        due_at: chosen.closed.at,
        reading: chosen.candidate.id.clone(),
        readings,
        warnings,
        length: Some(chosen.candidate.length),
    }))
}

/// A reading with its end.
struct Dated<'l, 'e> {
    candidate: Candidate<'l>,
    start: &'e Event,
    closed: Closed,
}

impl Dated<'_, '_> {
    /// By last day, then by last moment; hours counted from a bare day say nothing about the moment.
    fn earliness(&self) -> (Date, jiff::Timestamp) {
        let guessed = matches!((self.candidate.length, self.start.when), (Length::Hours(_), When::Day(_)));
        let at = if guessed { jiff::Timestamp::MAX } else { self.closed.at.instant() };
        (self.closed.date, at)
    }
}

/// The last day and the last moment of it.
struct Closed {
    date: Date,
    at: Moment,
    warning: Option<String>,
}

fn candidates(rule: &ClockRule) -> impl Iterator<Item = Candidate<'_>> {
    let named_main = rule.reading.iter().any(|r| r.start == Some(rule.start));
    let plain = rule.main_length().filter(|_| !named_main).map(|main| Candidate {
        id: Cow::Borrowed(main.unit().id()),
        why: Cow::Borrowed(""),
        start: rule.start,
        length: main,
        day_end: rule.day_end,
    });
    let named = rule.main_length().into_iter().flat_map(move |main| {
        rule.reading.iter().map(move |r| Candidate {
            id: Cow::Borrowed(r.id.as_str()),
            why: Cow::Borrowed(r.why.as_str()),
            start: r.start.unwrap_or(rule.start),
            length: Length::of(r.unit.unwrap_or(main.unit()), r.length.unwrap_or(main.number())),
            day_end: r.day_end.unwrap_or(rule.day_end),
        })
    });
    plain.into_iter().chain(named)
}

/// The event that counts when several of a kind are known: the last one said.
fn first_event(events: &[Event], kind: EventKind) -> Option<&Event> {
    events.iter().rev().find(|e| e.kind == kind)
}

fn choose(rule: &ClockRule, dated: &[Dated<'_, '_>]) -> Option<usize> {
    match &rule.settled {
        Some(settled) => dated.iter().position(|d| d.candidate.id == settled.reading),
        None => dated.iter().enumerate().min_by_key(|(_, d)| d.earliness()).map(|(place, _)| place),
    }
}

/// Where counting ends: on a day, or at an instant for clocks in hours.
#[derive(Clone, Copy)]
enum End {
    Day(Date),
    At(Moment),
}

impl End {
    fn date(self) -> Date {
        match self {
            End::Day(d) => d,
            End::At(m) => m.date(),
        }
    }
}

fn end_of(
    law: &Law,
    rule: &ClockRule,
    start: &Event,
    length: Length,
    seat: &Seat,
    joint: JointLeave,
) -> Result<End, LawError> {
    let step = match rule.direction {
        Direction::Forward => Step::Forward,
        Direction::Backward => Step::Backward,
    };
    let from = start.when.date();
    let included = rule.start_day == StartDay::Included;
    let less = |n: u16| if included { n.saturating_sub(1) } else { n };
    Ok(match length {
        Length::Working(WorkingDays(n)) => {
            // A start day that does not work is not day one, even where the start day counts.
            let counts = included && law.calendar().day(from, seat)?.works(joint);
            let left = if counts { less(n) } else { n };
            End::Day(law.calendar().walk(from, WorkingDays(left), seat, joint, step)?)
        }
        Length::Calendar(CalendarDays(n)) => End::Day(step.days(from, CalendarDays(less(n)))?),
        Length::Months(n) => End::Day(step.months(from, n)?),
        Length::Hours(n) => {
            let at = match start.when {
                When::At(m) => m,
                When::Day(d) => Moment::start_of_day(d, seat.zone)?,
            };
            End::At(at.plus_hours(n)?)
        }
    })
}

fn joint_leave_reading<'l>(
    law: &Law,
    rule: &ClockRule,
    dated: &[Dated<'l, '_>],
    seat: &Seat,
) -> Result<Option<ReadingDate<'l>>, LawError> {
    let counts = |d: &&Dated<'l, '_>| matches!(d.candidate.length, Length::Working(_));
    // Beside the reading that is worked to, so that the two dates differ by joint leave alone.
    let chosen = choose(rule, dated).and_then(|place| dated.get(place)).filter(counts);
    let working = chosen.or_else(|| dated.iter().find(counts));
    let Some(working) = working else { return Ok(None) };
    let other = end_of(law, rule, working.start, working.candidate.length, seat, JointLeave::Works)?;
    Ok((other.date() != working.closed.date).then(|| ReadingDate {
        id: Cow::Borrowed(JOINT_LEAVE_WORKS),
        due_date: other.date(),
        why: Cow::Borrowed("Bila cuti bersama dihitung sebagai hari kerja."),
    }))
}

fn close(law: &Law, pack: &Pack, day_end: DayEnd, end: End, seat: &Seat) -> Result<Closed, LawError> {
    let date = match end {
        End::At(at) => return Ok(Closed { date: at.date(), at, warning: None }),
        End::Day(date) => date,
    };
    if day_end == DayEnd::Midnight {
        return Ok(Closed { date, at: Moment::end_of_day(date, seat.zone)?, warning: None });
    }
    if let Some(window) = hours::window(law, pack, seat, date)? {
        let at = Moment::from_wall(date.to_datetime(window.close), seat.zone)?;
        return Ok(Closed { date, at, warning: None });
    }
    // Only a hint: it may lie in a year whose holidays are not packed.
    let last = hours::last_open_moment(law, pack, seat, date).unwrap_or(None);
    let open = last.map(|m| format!(" Loket terakhir buka {}.", long_moment(m))).unwrap_or_default();
    let warning = format!("Hari terakhir ({}) jatuh pada hari loket tutup dan tidak digeser.{open}", long_date(date));
    Ok(Closed { date, at: Moment::end_of_day(date, seat.zone)?, warning: Some(warning) })
}

/// A report brought on its last day after closing time is for a human to decide, not for a program to refuse.
fn outside_hours(
    law: &Law,
    pack: &Pack,
    rule: &ClockRule,
    events: &[Event],
    due: Date,
    seat: &Seat,
) -> Result<Option<String>, LawError> {
    if rule.day_end != DayEnd::CounterClose || !rule.ends.contains(&EventKind::Delivered) {
        return Ok(None);
    }
    let Some(delivered) = first_event(events, EventKind::Delivered) else { return Ok(None) };
    let (received, _) = hours::received(law, pack, seat, delivered.when)?;
    let late = delivered.when.date() <= due && received.date() > due;
    Ok(late.then(|| {
        format!(
            "Laporan disampaikan pada hari terakhir ({}) di luar jam penerimaan. Putuskan apakah masih tepat waktu; aturannya belum jelas.",
            long_date(due)
        )
    }))
}

fn stage_deadline<'l>(
    law: &'l Law,
    regime: Regime,
    rule: &'l ClockRule,
    stage: &str,
    events: &[Event],
    seat: &Seat,
) -> Result<Option<Deadline<'l>>, LawError> {
    let Some(start) = first_event(events, rule.start) else { return Ok(None) };
    let found = law.stage_after(regime, &seat.region, stage, start.when.date());
    let Some(stage) = found else { return Ok(None) };
    let due_date = stage.to.unwrap_or(stage.from);
    Ok(Some(Deadline {
        rule,
        start: *start,
        due_date,
        due_at: Moment::end_of_day(due_date, seat.zone)?,
        reading: Cow::Borrowed("stage"),
        readings: vec![ReadingDate {
            id: Cow::Borrowed("stage"),
            due_date,
            why: Cow::Owned(format!("Akhir tahapan: {}.", stage.name)),
        }],
        warnings: Vec::new(),
        length: None,
    }))
}

/// Everything that follows from some events.
#[derive(Clone, Debug)]
pub struct Evaluation<'l> {
    /// The pack that applies.
    pub pack: &'l Pack,
    /// The events, with the computed receipt.
    pub events: Vec<Event>,
    /// Why the receipt is later than the delivery, if it is.
    pub received_because: Option<String>,
    /// The deadlines, in the pack's order.
    pub deadlines: Vec<Deadline<'l>>,
}

/// All deadlines that follow from events, with the receipt computed from the delivery.
///
/// The pack is the one in force on `on`: the day of delivery, discovery, or whatever began it.
///
/// # Errors
/// No pack for that day, or a day outside the packed years.
pub fn evaluate<'l>(
    law: &'l Law,
    regime: Regime,
    seat: &Seat,
    events: &[Event],
    on: Date,
) -> Result<Evaluation<'l>, LawError> {
    let pack = law.pack_for(regime, on)?;
    let mut events: Vec<Event> = events.iter().map(|e| Event { when: e.when.in_zone(seat.zone), ..*e }).collect();
    let mut received_because = None;
    let delivered = events.iter().position(|e| e.kind == EventKind::Delivered);
    if let (Some(place), false) = (delivered, pack.head.hours.is_empty())
        && let Some(event) = events.get(place).copied()
    {
        let (when, because) = hours::received(law, pack, seat, event.when)?;
        received_because = because;
        events.insert(place + 1, Event { kind: EventKind::Received, when });
    }
    let mut deadlines = Vec::with_capacity(pack.clocks.len());
    for rule in &pack.clocks {
        deadlines.extend(deadline(law, pack, rule, &events, seat)?);
    }
    Ok(Evaluation { pack, events, received_because, deadlines })
}

/// The day by which the pack is chosen: delivery, else discovery, else the earliest event.
pub fn governing_day(events: &[Event]) -> Option<Date> {
    let of = |kind| events.iter().find(|e| e.kind == kind).map(|e| e.when.date());
    of(EventKind::Delivered)
        .or_else(|| of(EventKind::Discovered))
        .or_else(|| events.iter().map(|e| e.when.date()).min())
}
