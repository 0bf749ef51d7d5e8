//! The first pass: learns from the whole file how its headers look and in which order its dates are written.

use std::collections::HashSet;

use super::attachment;
use super::event;
use super::form::{Form, Frame, Header};
use super::language::Votes;
use super::lines::{Encoding, End, Piece};
use super::marks::{self, Cleaner, LEFT_TO_RIGHT};
use super::names::{self, LongNames};
use super::order::Evidence;
use super::plan::{Breaks, Plan};
use super::{ChatError, Options};

/// Names of which it is known that they are no beginnings of system lines; more are judged each time.
const MAX_REMEMBERED: usize = 65_536;

/// What the lines that fit one form say.
#[derive(Clone, Debug)]
struct Tally {
    form: Form,
    all: Evidence,
    /// Of them, those that follow a carriage return and a line feed, and the one that begins the file.
    after_returns: Evidence,
}

/// What was learned so far.
#[derive(Clone, Debug)]
pub(crate) struct Survey {
    tallies: Vec<Tally>,
    /// What ended the line before; nothing at the file's start.
    before: Option<End>,
    /// Lines that follow a carriage return and a line feed.
    after_returns: u64,
    long_names: LongNames,
    plain_names: HashSet<Box<[u8]>>,
    marks_seen: bool,
    votes: Votes,
    cleaner: Cleaner,
}

impl Survey {
    pub(crate) fn new() -> Survey {
        Survey {
            tallies: Vec::new(),
            before: None,
            after_returns: 0,
            long_names: LongNames::default(),
            plain_names: HashSet::new(),
            marks_seen: false,
            votes: Votes::default(),
            cleaner: Cleaner::default(),
        }
    }

    /// Takes the next piece of the file in.
    pub(crate) fn piece(&mut self, piece: &Piece<'_>) {
        if piece.begins {
            self.after_returns += u64::from(self.before == Some(End::CrLf));
            if let Some(header) = Header::read(piece.text) {
                self.header(&header, piece.text.get(header.rest..).unwrap_or_default());
            }
        }
        self.before = Some(piece.end);
    }

    fn header(&mut self, header: &Header, rest: &[u8]) {
        let place = match self.tallies.iter().position(|tally| tally.form == header.form) {
            Some(place) => place,
            None => {
                let tally = Tally { form: header.form, all: Evidence::default(), after_returns: Evidence::default() };
                self.tallies.push(tally);
                self.tallies.len() - 1
            }
        };
        let Some(tally) = self.tallies.get_mut(place) else { return };
        if !tally.all.header(header) {
            return;
        }
        let counts = matches!(self.before, None | Some(End::CrLf));
        if counts {
            tally.after_returns.header(header);
        }
        let evidence = if counts { &tally.after_returns } else { &tally.all };
        let is_settled = evidence.is_settled(header.form);
        self.names(header.form, rest);
        if !is_settled {
            self.hints(place, rest, counts);
        }
    }

    /// Names with a colon that a system line holds, and whether this telephone marks its own lines.
    fn names(&mut self, form: Form, rest: &[u8]) {
        let Some(split) = names::split(rest) else { return };
        let name = rest.get(..split.name).unwrap_or_default();
        let body = rest.get(split.body..).unwrap_or_default();
        if form.frame == Frame::Dash {
            if !self.plain_names.contains(name) {
                self.unknown_name(name, rest);
            }
        } else if body.starts_with(LEFT_TO_RIGHT) {
            self.marks_seen = true;
            if body.contains(&b':') {
                self.system_line(body, usize::MAX);
            }
        }
    }

    fn unknown_name(&mut self, name: &[u8], rest: &[u8]) {
        if event::has_words(&self.cleaner.text(name)) {
            self.system_line(rest, name.len());
        } else if self.plain_names.len() < MAX_REMEMBERED {
            self.plain_names.insert(name.into());
        }
    }

    /// Keeps the names of an event whose own words begin before `limit`.
    fn system_line(&mut self, line: &[u8], limit: usize) {
        let text = self.cleaner.text(marks::skip_marks(line));
        let Some(found) = event::recognise(&text).filter(|found| found.words_at < limit) else { return };
        for name in found.event.names() {
            self.long_names.add(name);
        }
    }

    /// What may tell the order of day and month where the numbers do not.
    fn hints(&mut self, place: usize, rest: &[u8], counts: bool) {
        let split = names::split(rest);
        let raw = split.map_or(rest, |split| rest.get(split.body..).unwrap_or_default());
        let body = marks::trim_marks_end(marks::skip_marks(raw));
        let line = self.cleaner.text(body);
        if attachment::may_end(body)
            && let Some((found, _)) = attachment::named(&line)
            && let Some((named, tally)) = attachment::day(&found.name).zip(self.tallies.get_mut(place))
        {
            tally.all.attachment(named);
            if counts {
                tally.after_returns.attachment(named);
            }
        }
        if self.votes.is_full() {
            return;
        }
        let author = split.and_then(|split| std::str::from_utf8(rest.get(..split.name)?).ok());
        self.votes.message(author.unwrap_or_default(), &line);
        let by_phone = split.is_none() || raw.starts_with(LEFT_TO_RIGHT);
        if by_phone && let Some(found) = event::recognise(&line) {
            self.votes.event(found.language);
        }
    }

    /// How the file is to be read.
    pub(crate) fn finish(self, encoding: Encoding, options: &Options) -> Result<Plan, ChatError> {
        let (tally, breaks) = self.chosen().ok_or(ChatError::NoMessages)?;
        let form = tally.form;
        let evidence = match breaks {
            Breaks::Any => &tally.all,
            Breaks::ReturnsOnly => &tally.after_returns,
        };
        let (order, basis) = match options.order {
            None => evidence.decide(form, self.votes.winner()),
            Some(order) => {
                let against = evidence.against(order, form);
                let against_other = evidence.against(order.other().unwrap_or(order), form);
                if against > against_other || against == evidence.headers {
                    return Err(ChatError::Order { order, against });
                }
                (order, super::OrderBasis::Given)
            }
        };
        Ok(Plan { encoding, form, breaks, order, basis, long_names: self.long_names, marks_seen: self.marks_seen })
    }

    /// The form that is commonest, the earlier of two that are equally common.
    ///
    /// Where a telephone ends every message with a carriage return and a line feed, and lines within one with a line
    /// feed, only the lines after the former count: the others belong to a chat that was pasted into a message.
    fn chosen(&self) -> Option<(&Tally, Breaks)> {
        let possible = || self.tallies.iter().filter(|tally| tally.all.headers > 0).rev();
        let ends_so = matches!(self.before, Some(End::CrLf | End::Nothing));
        let ended = |tally: &&Tally| {
            let count = tally.after_returns.headers;
            tally.form.frame != Frame::Dash && ends_so && count > 0 && count * 2 > self.after_returns
        };
        let by_returns = possible().filter(ended).max_by_key(|tally| tally.after_returns.headers);
        match by_returns {
            Some(tally) if self.returns_matter() => Some((tally, Breaks::ReturnsOnly)),
            _ => possible().max_by_key(|tally| tally.all.headers).map(|tally| (tally, Breaks::Any)),
        }
    }

    /// Whether the file has such line ends at all.
    fn returns_matter(&self) -> bool {
        self.after_returns > 0 || self.before == Some(End::CrLf)
    }
}
