//! One clock against the dates of one case.

use jiff::civil::Date;

use super::facts::{Fact, Facts};
use super::limit::Limit;
use super::notes::{how_it_depends, in_words, missing, named, rough_verdict};
use super::order::is_before;
use super::{Finding, ReadingVerdict, Verdict};
use crate::calendar::{JointLeave, Seat};
use crate::clock::{Deadline, ReadingDate, deadline};
use crate::event::{Event, EventKind, When};
use crate::pack::{ClockRule, DayEnd, Direction, Nature, Regime};
use crate::time::{Moment, Zone, long_date, long_moment};
use crate::units::{Hours, Length, Unit};
use crate::{Law, LawError, Pack, hours};

/// A case before the law.
pub(super) struct Judge<'a> {
    pub(super) law: &'a Law,
    /// None if the row names no zone that is known: then nothing is decided.
    pub(super) zone: Option<Zone>,
    pub(super) region: &'a str,
    pub(super) facts: &'a Facts,
}

impl<'a> Judge<'a> {
    /// What is to be said of every clock of a regime that began by a wanted kind of event.
    pub(super) fn findings(
        &self,
        regime: Regime,
        on: Option<Date>,
        wanted: impl Fn(EventKind) -> bool,
        warnings: &mut Vec<String>,
    ) -> Vec<Finding> {
        let law = self.law;
        let packs = move || law.packs().iter().filter(move |p| p.head.regime == regime);
        let in_force = on.and_then(|on| packs().find(|p| p.is_valid_on(on)));
        // A pack of another time still knows the names of the clocks.
        let Some(pack) = in_force.or_else(|| packs().min_by_key(|p| p.head.valid_from)) else { return Vec::new() };
        let began = pack.clocks.iter().filter_map(|rule| Some((rule, self.start_of(rule)?)));
        let began = began.filter(|(rule, _)| wanted(rule.start));
        let seat = match self.zone {
            Some(zone) => Seat::new(zone, self.region),
            None => return began.map(|(rule, _)| closed(rule, "Zona waktu tidak dikenal.")).collect(),
        };
        if let (Some(on), None) = (on, in_force) {
            let why = in_words(&LawError::NoPack { regime, date: on });
            return began.map(|(rule, _)| closed(rule, &why)).collect();
        }
        let bench = Bench::new(self, pack, seat, warnings);
        let mut findings: Vec<Finding> = began.map(|(rule, start)| bench.finding(rule, start, warnings)).collect();
        weigh_extensions(pack, &mut findings);
        findings
    }

    /// The fact that starts a clock. The receipt follows from the delivery where the file does not have it.
    fn start_of(&self, rule: &ClockRule) -> Option<&'a Fact> {
        let given = self.facts.get(rule.start);
        given.or_else(|| match rule.start {
            EventKind::Received => self.facts.get(EventKind::Delivered),
            _ => None,
        })
    }
}

/// A clock of which nothing can be said.
fn closed(rule: &ClockRule, why: &str) -> Finding {
    Finding { note: why.to_owned(), ..Finding::open(rule) }
}

/// A late base period is no fault where it was lengthened in time, which a sheet does not tell.
fn weigh_extensions(pack: &Pack, findings: &mut [Finding]) {
    let verdicts: Vec<(String, Verdict)> = findings.iter().map(|f| (f.clock.clone(), f.verdict)).collect();
    for finding in findings.iter_mut().filter(|f| f.verdict == Verdict::Missed) {
        let longer = pack.clocks.iter().find(|c| c.extends.as_deref() == Some(finding.clock.as_str()));
        let Some(longer) = longer else { continue };
        let held =
            |(id, verdict): &(String, Verdict)| *id == longer.id && matches!(verdict, Verdict::Kept | Verdict::Depends);
        if verdicts.iter().any(held) {
            finding.verdict = Verdict::Depends;
            finding.note.push_str(&format!(
                " Tepat waktu hanya bila perpanjangan ({}) tercatat sebelum tenggat ini habis.",
                longer.id
            ));
        }
    }
}

/// A case before one pack, with the receipt computed.
struct Bench<'a> {
    law: &'a Law,
    pack: &'a Pack,
    seat: Seat,
    facts: &'a Facts,
    events: Vec<Event>,
    /// Why the receipt can't be computed from the delivery.
    no_receipt: Option<String>,
}

impl<'a> Bench<'a> {
    fn new(judge: &Judge<'a>, pack: &'a Pack, seat: Seat, warnings: &mut Vec<String>) -> Bench<'a> {
        let (law, facts) = (judge.law, judge.facts);
        let mut bench = Bench { law, pack, seat, facts, events: facts.events(), no_receipt: None };
        if let (Some(delivered), false) = (facts.when(EventKind::Delivered), pack.head.hours.is_empty()) {
            bench.receive(delivered, warnings);
        }
        bench
    }

    /// Puts the computed receipt among the events, or compares it with the one that the file has.
    fn receive(&mut self, delivered: When, warnings: &mut Vec<String>) {
        let (facts, computed) = (self.facts, hours::received(self.law, self.pack, &self.seat, delivered));
        match (computed, facts.get(EventKind::Received)) {
            (Ok((when, _)), None) => self.events.push(Event { kind: EventKind::Received, when }),
            (Err(error), None) => self.no_receipt = Some(in_words(&error)),
            (Ok((when, _)), Some(given)) => {
                let differs = given.when().is_some_and(|given| given.date() != when.date());
                if differs {
                    warnings.push(format!(
                        "Tanggal diterima (received) di berkas bukan {}, yang dihitung dari penyampaian dan jam penerimaan; yang di berkas dipakai.",
                        long_date(when.date())
                    ));
                }
            }
            (Err(_), Some(_)) => {}
        }
    }

    fn finding(&self, rule: &'a ClockRule, start: &Fact, warnings: &mut Vec<String>) -> Finding {
        if start.when().is_none() {
            return closed(rule, &format!("Tanggal mulai ({}) {}.", start.kind.indonesian(), start.doubt()));
        }
        if let (true, Some(why)) = (start.kind != rule.start, &self.no_receipt) {
            return closed(rule, &format!("Tanggal diterima tidak dapat dihitung. {why}"));
        }
        match deadline(self.law, self.pack, rule, &self.events, &self.seat) {
            Err(error) => closed(rule, &in_words(&error)),
            Ok(None) => closed(rule, "Tahapan pemilihan yang mengakhirinya tidak dimuat."),
            Ok(Some(deadline)) => {
                warnings.extend(deadline.warnings.iter().cloned());
                match self.limits(&deadline) {
                    Err(error) => closed(rule, &in_words(&error)),
                    Ok(limits) => self.judge(&deadline, &limits),
                }
            }
        }
    }

    /// The limit of every reading, in the deadline's order.
    fn limits(&self, deadline: &Deadline<'_>) -> Result<Vec<Limit>, LawError> {
        deadline.readings.iter().map(|reading| self.limit(deadline, reading)).collect()
    }

    fn limit(&self, deadline: &Deadline<'_>, reading: &ReadingDate<'_>) -> Result<Limit, LawError> {
        let (rule, date) = (deadline.rule, reading.due_date);
        let other = rule.reading.iter().find(|r| r.id == reading.id);
        let start = other.and_then(|r| r.start).unwrap_or(rule.start);
        let start = self.events.iter().rev().find(|e| e.kind == start).map_or(deadline.start.when, |e| e.when);
        let in_hours = other.and_then(|r| r.unit).or(rule.unit) == Some(Unit::Hour);
        if in_hours {
            let length = other.and_then(|r| r.length).or(rule.length).unwrap_or_default();
            let (from, blurred) = match start {
                When::At(at) => (at, false),
                When::Day(day) => (Moment::start_of_day(day, self.seat.zone)?, true),
            };
            return Ok(Limit { date, at: from.plus_hours(Hours(length))?, blurred });
        }
        let closing = match rule.day_end {
            DayEnd::CounterClose => hours::window(self.law, self.pack, &self.seat, date)?.map(|w| w.close),
            DayEnd::Midnight => None,
        };
        let at = match closing {
            Some(close) => Moment::from_wall(date.to_datetime(close), self.seat.zone)?,
            None => Moment::end_of_day(date, self.seat.zone)?,
        };
        Ok(Limit { date, at, blurred: false })
    }

    fn judge(&self, deadline: &Deadline<'_>, limits: &[Limit]) -> Finding {
        let rule = deadline.rule;
        let mut finding = Finding {
            due_date: Some(deadline.due_date),
            due_at: Some(deadline.due_at),
            readings: verdicts(deadline, limits, |_| Verdict::Undecidable),
            ..Finding::open(rule)
        };
        if rule.nature != Nature::Deadline {
            finding.note = format!("Bukan tenggat, jadi tidak dapat lewat waktu. {}", rule.at_expiry);
            return finding;
        }
        let ends: Vec<&Fact> = rule.ends.iter().filter_map(|kind| self.facts.get(*kind)).collect();
        let known = ends.iter().filter_map(|f| Some((f.kind, f.when()?)));
        let first = known.min_by_key(|(_, when)| (when.date(), when.moment()));
        match (first, ends.first()) {
            (Some((kind, done)), _) => self.compare(deadline, limits, kind, done, &mut finding),
            (None, Some(vague)) => {
                let rough = rough_verdict(vague.bounds(), limits);
                finding.note = format!("Tanggal {} {}.{rough}", vague.kind.indonesian(), vague.doubt());
            }
            (None, None) => finding.note = missing(rule),
        }
        finding
    }

    fn compare(&self, deadline: &Deadline<'_>, limits: &[Limit], kind: EventKind, done: When, finding: &mut Finding) {
        finding.done_date = Some(done.date());
        finding.done_at = done.moment();
        let began = self.began(deadline);
        if deadline.rule.direction == Direction::Forward && is_before(done, began.when) {
            finding.note = format!(
                "Tanggal {} ({}) mendahului tanggal {} ({}); salah satunya keliru.",
                kind.indonesian(),
                long_date(done.date()),
                began.kind.indonesian(),
                long_date(began.when.date())
            );
            return;
        }
        finding.readings = verdicts(deadline, limits, |limit| limit.verdict(done));
        let has = |verdict: Verdict| finding.readings.iter().any(|r| r.verdict == verdict);
        finding.verdict = match (has(Verdict::Kept), has(Verdict::Missed), has(Verdict::Undecidable)) {
            (true, true, _) => Verdict::Depends,
            (_, _, true) => Verdict::Undecidable,
            (_, true, false) => Verdict::Missed,
            (_, false, false) => Verdict::Kept,
        };
        finding.note = match finding.verdict {
            Verdict::Kept => self.how_kept(deadline, limits, done),
            Verdict::Missed => self.lateness(deadline, done),
            Verdict::Depends => how_it_depends(deadline, &finding.readings),
            Verdict::Undecidable => format!(
                "Jam {} tidak tercatat, jadi batas pada {} tidak dapat dipastikan.",
                deadline.start.kind.indonesian(),
                long_date(deadline.due_date)
            ),
        };
    }

    /// What must not come after the end. A study on the weekend before the report counts as received is no contradiction.
    fn began(&self, deadline: &Deadline<'_>) -> Event {
        let computed = deadline.start.kind == EventKind::Received && self.facts.get(EventKind::Received).is_none();
        let delivered = self.facts.when(EventKind::Delivered).filter(|_| computed);
        delivered.map_or(deadline.start, |when| Event { kind: EventKind::Delivered, when })
    }

    fn how_kept(&self, deadline: &Deadline<'_>, limits: &[Limit], done: When) -> String {
        let whole_day = |limit: &Limit| Moment::end_of_day(limit.date, self.seat.zone).is_ok_and(|end| end == limit.at);
        let by_a_hair = limits.iter().any(|limit| limit.date == done.date() && !whole_day(limit));
        let mut note = String::new();
        if by_a_hair && done.moment().is_none() {
            note.push_str("Jam tidak tercatat; pada hari terakhir dianggap tepat waktu.");
        }
        let uncounted = deadline.rule.reading.iter().filter(|r| !deadline.readings.iter().any(|d| d.id == r.id));
        for reading in uncounted {
            let Some(start) = reading.start else { continue };
            let delivered = start == EventKind::Received && self.facts.get(EventKind::Delivered).is_some();
            if delivered || self.facts.get(start).is_some() {
                note.push_str(&format!(" Tanggal bila {} tidak dapat dihitung.", named(&reading.id)));
            }
        }
        note.trim_start().to_owned()
    }

    fn lateness(&self, deadline: &Deadline<'_>, done: When) -> String {
        let (due, at) = (deadline.due_date, done.date());
        let timed = deadline.start.when.moment().and(done.moment());
        if let (Some(Length::Hours(_)), Some(moment)) = (deadline.length(), timed) {
            let minutes = moment.instant().as_second().saturating_sub(deadline.due_at.instant().as_second()) / 60;
            return format!("Lewat {} jam {} menit.", minutes / 60, minutes % 60);
        }
        if at <= due {
            return format!("Pada hari terakhir, tetapi sesudah {}.", long_moment(deadline.due_at));
        }
        let calendar = due.until(at).map_or(0, |span| span.get_days());
        match (deadline.length(), self.working_days(due, at)) {
            (Some(Length::Working(_)), Some(0)) => format!("Lewat {calendar} hari kalender, belum satu hari kerja."),
            (Some(Length::Working(_)), Some(working)) => format!("Lewat {working} hari kerja."),
            _ => format!("Lewat {calendar} hari kalender."),
        }
    }

    /// Working days after one day up to another; none outside the packed years.
    fn working_days(&self, after: Date, to: Date) -> Option<u32> {
        let (mut day, mut count) = (after, 0);
        while day < to {
            day = day.tomorrow().ok()?;
            let works = self.law.calendar().day(day, &self.seat).ok()?.works(JointLeave::Rests);
            count += u32::from(works);
        }
        Some(count)
    }
}

fn verdicts(deadline: &Deadline<'_>, limits: &[Limit], verdict: impl Fn(&Limit) -> Verdict) -> Vec<ReadingVerdict> {
    let pairs = deadline.readings.iter().zip(limits);
    pairs
        .map(|(reading, limit)| ReadingVerdict {
            id: reading.id.clone().into_owned(),
            due_date: limit.date,
            verdict: verdict(limit),
        })
        .collect()
}
