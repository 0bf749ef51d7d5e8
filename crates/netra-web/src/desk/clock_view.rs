//! Clocks as a page shows them: the date, and under it the reasoning day by day.

use netra_docket::clocks::{ClockState, Clocks};
use netra_docket::matter::Matter;
use netra_law::calendar::Seat;
use netra_law::clock::Deadline;
use netra_law::event::When;
use netra_law::explain::{self, Day};
use netra_law::time::{Moment, long_date};
use netra_law::{Law, hours};

use super::words::{self, Article, Badge, Due};

/// A clock with its reasoning.
pub(super) struct ClockView {
    pub(super) title: String,
    pub(super) who: String,
    pub(super) due: Due,
    /// Whether something still has to be done: then the distance is told too.
    pub(super) open: bool,
    pub(super) badge: Badge,
    /// When it was stopped.
    pub(super) done: Option<String>,
    /// How long, from what, how counted.
    pub(super) sentence: String,
    pub(super) days: Vec<DayView>,
    pub(super) article: Article,
    pub(super) readings: Vec<ReadingView>,
    /// By what the reading worked to is settled.
    pub(super) settled: Option<String>,
    pub(super) at_expiry: String,
    pub(super) warnings: Vec<String>,
}

/// A day of the strip.
pub(super) struct DayView {
    pub(super) label: String,
    pub(super) title: String,
    /// Its place in the count, or why it does not count.
    pub(super) note: String,
    pub(super) class: &'static str,
}

/// A reading of the text.
pub(super) struct ReadingView {
    pub(super) name: String,
    pub(super) date: String,
    pub(super) why: String,
    /// Whether it is the one worked to.
    pub(super) chosen: bool,
}

/// The next date of a matter, for the heading.
pub(super) struct NextClock {
    pub(super) title: String,
    pub(super) who: String,
    pub(super) due: Due,
}

/// All clocks, those that are open first, each group in the order of its dates.
pub(super) fn views(clocks: &Clocks<'_>, matter: &Matter, law: &Law, seat: &Seat, now: Moment) -> Vec<ClockView> {
    let mut states: Vec<&ClockState<'_>> = clocks.states.iter().collect();
    states.sort_by_key(|state| (!state.is_open(), state.deadline.due_at));
    states.into_iter().map(|state| view(state, matter, law, seat, now)).collect()
}

/// The clock that ends first among those that are open.
pub(super) fn next(clocks: &Clocks<'_>, matter: &Matter, law: &Law, seat: &Seat, now: Moment) -> Option<NextClock> {
    let state = clocks.nearest()?;
    Some(NextClock { title: state.title.to_owned(), who: who(state, matter), due: due(state, law, seat, now) })
}

/// A clock's last moment in words.
pub(super) fn due(state: &ClockState<'_>, law: &Law, seat: &Seat, now: Moment) -> Due {
    let unit = state.deadline.length().map(|length| length.unit());
    words::due(law, seat, state.deadline.due_at, now, unit)
}

/// Since when the report counts as received, if that is not when it was brought.
pub(super) fn received(clocks: &Clocks<'_>) -> Option<String> {
    let (when, because) = clocks.received.as_ref()?;
    let reason = match because.as_deref()? {
        hours::OUTSIDE => "disampaikan di luar jam penerimaan",
        _ => "loket tutup saat laporan disampaikan",
    };
    Some(format!("Laporan dihitung diterima {}, karena {reason}.", words::when(*when)))
}

fn view(state: &ClockState<'_>, matter: &Matter, law: &Law, seat: &Seat, now: Moment) -> ClockView {
    let deadline = &state.deadline;
    ClockView {
        title: state.title.to_owned(),
        who: who(state, matter),
        due: due(state, law, seat, now),
        open: state.is_open(),
        badge: words::standing_badge(state.standing),
        done: state.done.map(words::when),
        sentence: explain::sentence(deadline),
        days: strip(law, seat, deadline, state.done),
        article: Article::of(&deadline.rule.basis),
        readings: readings(deadline),
        settled: deadline.rule.settled.as_ref().map(|s| s.by.clone()),
        at_expiry: deadline.rule.at_expiry.clone(),
        warnings: deadline.warnings.clone(),
    }
}

/// Who must act, and about whom, without a name.
fn who(state: &ClockState<'_>, matter: &Matter) -> String {
    let party = state.deadline.rule.who.indonesian();
    match state.person.and_then(|no| matter.person(no)) {
        Some(person) => format!("{party}, tentang {} nomor {}", person.capacity.indonesian().to_lowercase(), person.no),
        None => party.to_owned(),
    }
}

/// The days one by one; empty where there is nothing to count or a day lies outside the packed years.
fn strip(law: &Law, seat: &Seat, deadline: &Deadline<'_>, done: Option<When>) -> Vec<DayView> {
    let days = explain::days(law, seat, deadline).unwrap_or_default();
    let done = done.map(When::date);
    days.iter().map(|day| day_view(day, deadline, done)).collect()
}

fn day_view(day: &Day<'_>, deadline: &Deadline<'_>, done: Option<jiff::civil::Date>) -> DayView {
    let is_due = day.date == deadline.due_date;
    let is_start = day.date == deadline.start.when.date();
    let mut notes = Vec::new();
    notes.extend(day.n.map(|n| format!("ke-{n}")));
    notes.extend(day.why.map(|why| why.indonesian().into_owned()));
    if is_start && day.n.is_some() {
        notes.push("mulai".to_owned());
    }
    if is_due {
        notes.push("batas akhir".to_owned());
    }
    if done == Some(day.date) {
        notes.push("dikerjakan".to_owned());
    }
    let class = match (is_due, is_start, day.n) {
        (true, _, _) => "due",
        (false, true, _) => "start",
        (false, false, Some(_)) => "counted",
        (false, false, None) => "skipped",
    };
    DayView { label: words::day_label(day.date), title: long_date(day.date), note: notes.join(", "), class }
}

fn readings(deadline: &Deadline<'_>) -> Vec<ReadingView> {
    let list = deadline.readings.iter().map(|reading| ReadingView {
        name: explain::reading_name(&reading.id),
        date: long_date(reading.due_date),
        why: reading.why.to_string(),
        chosen: reading.id == deadline.reading,
    });
    if deadline.readings.len() > 1 { list.collect() } else { Vec::new() }
}
