//! Working days: weekends, national holidays, joint leave and regional holidays.
//!
//! The calendar knows only the years whose decrees are in the packs and refuses all others.

mod counted;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use self::counted::Counted;
use crate::LawError;
use crate::pack::{CalendarFile, Decree, HolidayKind};
use crate::time::Zone;

/// Where a clock runs: the office's zone, region and regional holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The office's zone.
    pub zone: Zone,
    /// Home-affairs region code, e.g. `64.71`; decides whose election stages apply.
    pub region: String,
    /// Holidays of this region only.
    pub holidays: Vec<RegionalHoliday>,
    /// What decrees have changed since the packs were made, oldest first; the last word on a day counts.
    pub amendments: Vec<Amendment>,
}

impl Seat {
    /// A seat without regional holidays and amendments.
    pub fn new(zone: Zone, region: impl Into<String>) -> Seat {
        Seat { zone, region: region.into(), holidays: Vec::new(), amendments: Vec::new() }
    }

    fn amendment(&self, date: Date) -> Option<&Amendment> {
        self.amendments.iter().rev().find(|a| a.date() == date)
    }
}

/// A change of the calendar by a decree that came after the packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// A day off that the packs do not have.
    Added(Holiday),
    /// A day off of the packs that is none any more.
    Lifted {
        /// The day.
        date: Date,
        /// Title of the decree.
        decree: String,
    },
}

impl Amendment {
    /// Whether it may make a working day of one that was none: a day off that is lifted, or one that
    /// becomes joint leave where joint leave works.
    fn may_give_work(&self, joint: JointLeave) -> bool {
        match self {
            Amendment::Added(holiday) => holiday.kind == HolidayKind::Joint && joint == JointLeave::Works,
            Amendment::Lifted { .. } => true,
        }
    }

    /// The day that it is about.
    pub fn date(&self) -> Date {
        match self {
            Amendment::Added(holiday) => holiday.date,
            Amendment::Lifted { date, .. } => *date,
        }
    }
}

/// A holiday of one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionalHoliday {
    /// The day.
    pub date: Date,
    /// Name and decree.
    pub name: String,
}

/// A national holiday or a day of joint leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Which of the two.
    pub kind: HolidayKind,
    /// Name in Indonesian.
    pub name: String,
    /// Title of the decree that set it.
    pub decree: String,
    /// Set when the day still depends on a later announcement.
    pub estimated: Option<String>,
}

/// Whether joint leave counts as a working day. The default is that it rests; the other is shown as a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JointLeave {
    /// Not a working day.
    Rests,
    /// A working day.
    Works,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'c> {
    /// A working day.
    Working,
    /// Saturday or Sunday.
    Weekend(Weekday),
    /// A national holiday on a weekday.
    National(&'c Holiday),
    /// Joint leave on a weekday.
    Joint(&'c Holiday),
    /// A regional holiday on a weekday.
    Regional(&'c RegionalHoliday),
}

impl DayKind<'_> {
    /// Whether the government works on it.
    pub fn works(self, joint: JointLeave) -> bool {
        match self {
            DayKind::Working => true,
            DayKind::Joint(_) => joint == JointLeave::Works,
            DayKind::Weekend(_) | DayKind::National(_) | DayKind::Regional(_) => false,
        }
    }
}

/// The national calendar of all packed years.
#[derive(Clone, Debug)]
pub struct Calendar {
    years: BTreeMap<i16, Vec<Decree>>,
    holidays: BTreeMap<Date, Holiday>,
    first: Date,
    /// Every day of the packed years, in order.
    days: Vec<(Date, Mark)>,
    joint_rests: Counted,
    joint_works: Counted,
}

/// What a day is, ready to be looked up, so that walking needs no search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Working,
    Weekend(Weekday),
    National,
    Joint,
    Unknown,
}

impl Mark {
    fn works(self, joint: JointLeave) -> bool {
        self == Mark::Working || (self == Mark::Joint && joint == JointLeave::Works)
    }
}

impl Calendar {
    /// Puts the years together.
    ///
    /// # Errors
    /// A day outside its file's year, given twice, or set by a decree that is not listed; no year at all.
    pub fn new(files: Vec<CalendarFile>) -> Result<Calendar, String> {
        let mut years = BTreeMap::new();
        let mut holidays = BTreeMap::new();
        for file in files {
            for day in file.day {
                let decree = file
                    .decree
                    .iter()
                    .find(|d| d.id == day.decree)
                    .ok_or_else(|| format!("{}: decree '{}' is not listed", day.date, day.decree))?;
                if day.date.year() != file.year {
                    return Err(format!("{} does not lie in {}", day.date, file.year));
                }
                let holiday = Holiday {
                    date: day.date,
                    kind: day.kind,
                    name: day.name,
                    decree: decree.title.clone(),
                    estimated: day.estimated,
                };
                if holidays.insert(day.date, holiday).is_some() {
                    return Err(format!("{} is given twice", day.date));
                }
            }
            if years.insert(file.year, file.decree).is_some() {
                return Err(format!("the year {} is given twice", file.year));
            }
        }
        let first = years.keys().next().and_then(|y| Date::new(*y, 1, 1).ok()).ok_or("no calendar year is packed")?;
        let (joint_rests, joint_works) = (Counted::default(), Counted::default());
        let mut calendar = Calendar { years, holidays, first, days: Vec::new(), joint_rests, joint_works };
        calendar.mark();
        calendar.joint_rests = Counted::new(&calendar.days, JointLeave::Rests);
        calendar.joint_works = Counted::new(&calendar.days, JointLeave::Works);
        Ok(calendar)
    }

    fn mark(&mut self) {
        let Some(end) = self.years.keys().next_back().and_then(|y| Date::new(*y, 12, 31).ok()) else { return };
        let mut day = self.first;
        while day <= end {
            let mark = match self.holidays.get(&day).map(|h| h.kind) {
                _ if !self.years.contains_key(&day.year()) => Mark::Unknown,
                _ if is_weekend(day) => Mark::Weekend(day.weekday()),
                Some(HolidayKind::Joint) => Mark::Joint,
                Some(HolidayKind::National | HolidayKind::Regional) => Mark::National,
                None => Mark::Working,
            };
            self.days.push((day, mark));
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
    }

    /// The packed years with their decrees.
    pub fn years(&self) -> &BTreeMap<i16, Vec<Decree>> {
        &self.years
    }

    /// All national holidays and days of joint leave.
    pub fn holidays(&self) -> impl Iterator<Item = &Holiday> {
        self.holidays.values()
    }

    /// What a day is for a seat. O(number of regional holidays).
    ///
    /// # Errors
    /// [`LawError::OutsideCalendar`] for a year whose holidays are not packed.
    pub fn day<'c>(&'c self, date: Date, seat: &'c Seat) -> Result<DayKind<'c>, LawError> {
        Ok(self.kind(date, self.mark_of(date)?, seat))
    }

    fn kind<'c>(&'c self, date: Date, mark: Mark, seat: &'c Seat) -> DayKind<'c> {
        let mark = match (mark, seat.amendment(date)) {
            (Mark::Weekend(day), _) => return DayKind::Weekend(day),
            (_, Some(Amendment::Added(h))) if h.kind == HolidayKind::Joint => return DayKind::Joint(h),
            (_, Some(Amendment::Added(h))) => return DayKind::National(h),
            (_, Some(Amendment::Lifted { .. })) => Mark::Working,
            (mark, None) => mark,
        };
        let regional = || seat.holidays.iter().find(|h| h.date == date).map(DayKind::Regional);
        let holiday = || self.holidays.get(&date);
        match mark {
            Mark::National => holiday().map(DayKind::National),
            Mark::Joint => regional().or_else(|| holiday().map(DayKind::Joint)),
            Mark::Working | Mark::Weekend(_) | Mark::Unknown => regional(),
        }
        .unwrap_or(DayKind::Working)
    }

    /// Every day from one to another in the order of the calendar, both included, with what it is for a seat.
    ///
    /// # Errors
    /// [`LawError::OutsideCalendar`] where a day lies in a year whose holidays are not packed.
    pub fn days<'c>(
        &'c self,
        from: Date,
        to: Date,
        seat: &'c Seat,
    ) -> Result<impl Iterator<Item = (Date, DayKind<'c>)>, LawError> {
        self.mark_of(from)?;
        self.mark_of(to)?;
        let (first, last) = (self.place(from).unwrap_or(0), self.place(to).unwrap_or(0));
        let days = self.days.get(first..=last).unwrap_or(&[]);
        if let Some((hole, _)) = days.iter().find(|(_, mark)| *mark == Mark::Unknown) {
            return Err(self.outside(*hole));
        }
        Ok(days.iter().map(|(date, mark)| (*date, self.kind(*date, *mark, seat))))
    }

    fn mark_of(&self, date: Date) -> Result<Mark, LawError> {
        let mark = self.place(date).and_then(|place| self.days.get(place)).map(|(_, mark)| *mark);
        mark.filter(|m| *m != Mark::Unknown).ok_or_else(|| self.outside(date))
    }

    fn outside(&self, date: Date) -> LawError {
        LawError::OutsideCalendar {
            date,
            from: self.years.keys().next().copied().unwrap_or_default(),
            to: self.years.keys().next_back().copied().unwrap_or_default(),
        }
    }

    fn works(&self, date: Date, seat: &Seat, joint: JointLeave) -> Result<bool, LawError> {
        if !seat.amendments.is_empty() {
            return Ok(self.day(date, seat)?.works(joint));
        }
        Ok(self.mark_of(date)?.works(joint)
            && (seat.holidays.is_empty() || !seat.holidays.iter().any(|h| h.date == date)))
    }

    /// The n-th working day after (or before) a day, that day itself not counted.
    ///
    /// O(1) for a seat without days of its own; else O(own days), or O(days walked) towards earlier days
    /// and where a decree has lifted a day off.
    ///
    /// # Errors
    /// [`LawError::OutsideCalendar`] when the walk leaves the packed years.
    pub fn walk(
        &self,
        from: Date,
        n: crate::units::WorkingDays,
        seat: &Seat,
        joint: JointLeave,
        step: Step,
    ) -> Result<Date, LawError> {
        self.mark_of(from)?;
        if let Some(day) = self.jump(from, n, seat, joint, step)? {
            return Ok(day);
        }
        let mut day = from;
        let mut left = n.0;
        while left > 0 {
            day = step.from(day)?;
            if self.works(day, seat, joint)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// The same by look-up: as far as the national calendar says, and then on by as many working days
    /// as the seat's own days off took away. None where only walking can tell.
    fn jump(
        &self,
        from: Date,
        n: crate::units::WorkingDays,
        seat: &Seat,
        joint: JointLeave,
        step: Step,
    ) -> Result<Option<Date>, LawError> {
        let own = !(seat.holidays.is_empty() && seat.amendments.is_empty());
        if own && (step == Step::Backward || seat.amendments.iter().any(|a| a.may_give_work(joint))) {
            return Ok(None);
        }
        let counted = match joint {
            JointLeave::Rests => &self.joint_rests,
            JointLeave::Works => &self.joint_works,
        };
        let (mut day, mut missing) = (from, n);
        loop {
            let Some(next) = self.place(day).and_then(|place| counted.walk(place, missing, step)) else {
                return Ok(None);
            };
            let taken = if own { self.taken(day, next, seat, joint)? } else { 0 };
            if taken == 0 {
                return Ok(Some(next));
            }
            (day, missing) = (next, crate::units::WorkingDays(taken));
        }
    }

    /// How many national working days after one day, up to another, are days off for a seat.
    fn taken(&self, after: Date, to: Date, seat: &Seat, joint: JointLeave) -> Result<u16, LawError> {
        let own = || seat.holidays.iter().map(|h| h.date).chain(seat.amendments.iter().map(Amendment::date));
        let mut taken = 0;
        for (place, date) in own().enumerate() {
            let is_between = after < date && date <= to;
            if is_between && !own().take(place).any(|earlier| earlier == date) {
                let lost = self.mark_of(date)?.works(joint) && !self.works(date, seat, joint)?;
                taken += u16::from(lost);
            }
        }
        Ok(taken)
    }

    /// Where a day stands in the lists of days.
    fn place(&self, date: Date) -> Option<usize> {
        usize::try_from(day_number(date) - day_number(self.first)).ok()
    }
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To later days.
    Forward,
    /// To earlier days.
    Backward,
}

impl Step {
    /// The neighbouring day.
    ///
    /// # Errors
    /// The end of all supported dates.
    pub fn from(self, day: Date) -> Result<Date, LawError> {
        match self {
            Step::Forward => day.tomorrow(),
            Step::Backward => day.yesterday(),
        }
        .map_err(|_| LawError::Range)
    }

    /// The day so many calendar days on.
    ///
    /// # Errors
    /// The end of all supported dates.
    pub fn days(self, day: Date, n: crate::units::CalendarDays) -> Result<Date, LawError> {
        self.span(day, i64::from(n.0).days())
    }

    /// The day so many calendar months on; the month's last day where the day number does not exist.
    ///
    /// # Errors
    /// The end of all supported dates.
    pub fn months(self, day: Date, n: crate::units::Months) -> Result<Date, LawError> {
        self.span(day, i64::from(n.0).months())
    }

    fn span(self, day: Date, span: Span) -> Result<Date, LawError> {
        match self {
            Step::Forward => day.checked_add(span),
            Step::Backward => day.checked_sub(span),
        }
        .map_err(|_| LawError::Range)
    }
}

/// Days since a fixed day of the proleptic Gregorian calendar, by counting from March so that the
/// leap day comes last. Quicker than a general span, and this is the innermost loop of every clock.
fn day_number(date: Date) -> i64 {
    let month = i64::from(date.month());
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let month_from_march = (month + 9) % 12;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month_from_march + 2) / 5
        + i64::from(date.day())
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
