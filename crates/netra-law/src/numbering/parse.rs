//! Reading case numbers as people write them.

use super::ROMAN;
use super::case_number::{Administrative, CaseNumber, Contest, Deviation, DocKind, Level, MonthStyle, Registered};
use crate::pack::Regime;

/// Why a text is no case number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It does not begin with a running number.
    #[error("a case number begins with one to four digits: 001/Reg/LP/PL/Kota/23.01/I/2024")]
    Running,
    /// A word that no part of a number has.
    #[error("'{0}' is no part of a case number: expected Reg, LP, TM, a contest (PL, PP, PG, PB, PW), ADM or a level")]
    Word(String),
    /// A part stands twice with different meanings.
    #[error("the number says more than one kind or contest")]
    Twice,
    /// Neither report nor finding.
    #[error("the number does not say LP or TM; in a Pemilu number PL is the contest")]
    Kind,
    /// No level before the area.
    #[error("the number does not say RI, Prov, Kab, Kota or Kec. before its area code")]
    Level,
    /// No area code.
    #[error("after the level the area code is missing, for example 23.01")]
    Area,
    /// No month.
    #[error("after the area code the month is missing, I to XII")]
    Month,
    /// No year.
    #[error("after the month the year is missing, in four digits")]
    Year,
    /// A character that separates nothing.
    #[error("'{0}' does not belong into a case number: its parts are separated by slashes")]
    Character(char),
    /// Text after the year.
    #[error("after the year the number ends; '{0}' is too much")]
    Trailing(String),
}

/// Reads a case number leniently: a slash may be missing or doubled, blanks, letters and the month may
/// be as they like. What strays from the pattern is told in [`CaseNumber::deviations`].
///
/// `PL` is the contest of a Pemilu, and the kind of document where a Pilkada number says no other: its
/// place decides, and where that is not enough the regime.
///
/// # Errors
/// Which part is missing or can't be read.
pub fn parse(text: &str, regime: Option<Regime>) -> Result<CaseNumber, NumberError> {
    let mut scan = Scanner { text, at: 0 };
    let mut marks = Marks(Vec::new());

    let first = scan.take().filter(|t| t.piece == Piece::Digits && t.text.len() <= 4).ok_or(NumberError::Running)?;
    marks.edge(first.gap)?;
    let running: u32 = first.text.parse().map_err(|_| NumberError::Running)?;

    let mut letters = Letters::default();
    let level = loop {
        let token = scan.take().filter(|t| t.piece == Piece::Word).ok_or(NumberError::Level)?;
        marks.gap(token.gap)?;
        if let Some((level, pattern)) = level_of(token.text) {
            marks.spelt(token.text, pattern);
            break level;
        }
        let pattern = letters.read(token.text)?;
        marks.spelt(token.text, pattern);
    };
    let (level, area) = match level {
        Level::Kec(_) => {
            let (name, area) = scan.name_and_area().ok_or(NumberError::Area)?;
            marks.name(name)?;
            (Level::Kec(plain(name)), area)
        }
        other => {
            let token = scan.take().filter(|t| t.piece == Piece::Area).ok_or(NumberError::Area)?;
            marks.gap(token.gap)?;
            (other, token.text)
        }
    };
    if !is_area(area) {
        return Err(NumberError::Area);
    }

    let token = scan.take().ok_or(NumberError::Month)?;
    marks.gap(token.gap)?;
    let (month, month_style) = month_of(token.text).ok_or(NumberError::Month)?;
    match month_style {
        MonthStyle::Roman if token.text.chars().any(|c| c.is_ascii_lowercase()) => marks.add(Deviation::Case),
        MonthStyle::Roman => {}
        MonthStyle::Arabic => marks.add(Deviation::ArabicMonth),
    }

    let token = scan.take().filter(|t| t.piece == Piece::Digits && t.text.len() == 4).ok_or(NumberError::Year)?;
    marks.gap(token.gap)?;
    let year: i16 = token.text.parse().map_err(|_| NumberError::Year)?;
    if year < 1000 {
        return Err(NumberError::Year);
    }
    if scan.rest().contains(char::is_alphanumeric) {
        return Err(NumberError::Trailing(scan.rest().trim().to_owned()));
    }
    marks.edge(scan.rest())?;

    let (kind, contest) = letters.decide(regime)?;
    if contest.is_none() {
        marks.add(Deviation::MissingContest);
    }
    if is_foreign(kind, contest, regime) {
        marks.add(Deviation::OtherRegime);
    }
    let mut number = CaseNumber {
        running,
        width: first.text.len(),
        registered: letters.registered,
        kind,
        contest,
        administrative: letters.administrative,
        level,
        area: area.to_owned(),
        month,
        month_style,
        year,
        deviations: marks.0,
    };
    if number.deviations.is_empty() && number.to_string() != text {
        number.deviations.push(Deviation::Form);
    }
    Ok(number)
}

/// Whether kind or contest belong to the other kind of election.
fn is_foreign(kind: DocKind, contest: Option<Contest>, regime: Option<Regime>) -> bool {
    match regime {
        Some(Regime::Pemilu) => {
            kind == DocKind::Delivery || matches!(contest, Some(Contest::Pg | Contest::Pb | Contest::Pw))
        }
        Some(Regime::Pilkada) => matches!(contest, Some(Contest::Pl | Contest::Pp)),
        Some(Regime::Discipline) | None => false,
    }
}

/// The letters between running number and level.
struct Letters {
    registered: Registered,
    administrative: Administrative,
    kinds: Vec<DocKind>,
    contests: Vec<Contest>,
    /// How often `PL` stands there: kind or contest.
    pl: usize,
}

impl Default for Letters {
    fn default() -> Letters {
        Letters {
            registered: Registered::No,
            administrative: Administrative::No,
            kinds: Vec::new(),
            contests: Vec::new(),
            pl: 0,
        }
    }
}

impl Letters {
    /// Takes a word, and tells how the pattern writes it.
    fn read(&mut self, word: &str) -> Result<&'static str, NumberError> {
        match word.to_ascii_uppercase().as_str() {
            "REG" if self.registered == Registered::No => {
                self.registered = Registered::Yes;
                return Ok("Reg");
            }
            "ADM" if self.administrative == Administrative::No => {
                self.administrative = Administrative::Yes;
                return Ok("ADM");
            }
            "REG" | "ADM" => return Err(NumberError::Twice),
            "PL" => {
                self.pl += 1;
                return Ok("PL");
            }
            _ => {}
        }
        if let Some(kind) = DocKind::ALL.into_iter().find(|k| k.token().eq_ignore_ascii_case(word)) {
            self.kinds.push(kind);
            return Ok(kind.token());
        }
        if let Some(contest) = Contest::ALL.into_iter().find(|c| c.token().eq_ignore_ascii_case(word)) {
            self.contests.push(contest);
            return Ok(contest.token());
        }
        Err(NumberError::Word(word.to_owned()))
    }

    fn decide(&self, regime: Option<Regime>) -> Result<(DocKind, Option<Contest>), NumberError> {
        match (self.kinds.as_slice(), self.pl, self.contests.as_slice()) {
            ([kind], 0, []) => Ok((*kind, None)),
            ([kind], 0, [contest]) => Ok((*kind, Some(*contest))),
            ([kind], 1, []) => Ok((*kind, Some(Contest::Pl))),
            ([], 1, [contest]) => Ok((DocKind::Delivery, Some(*contest))),
            ([], 2, []) => Ok((DocKind::Delivery, Some(Contest::Pl))),
            ([], 1, []) if regime != Some(Regime::Pemilu) => Ok((DocKind::Delivery, None)),
            ([], 0, _) | ([], 1, []) => Err(NumberError::Kind),
            _ => Err(NumberError::Twice),
        }
    }
}

/// What strays from the pattern, each kind once.
struct Marks(Vec<Deviation>);

impl Marks {
    fn add(&mut self, deviation: Deviation) {
        if !self.0.contains(&deviation) {
            self.0.push(deviation);
        }
    }

    /// What stands between two parts: one slash.
    fn gap(&mut self, gap: &str) -> Result<(), NumberError> {
        match gap.matches('/').count() {
            0 => self.add(Deviation::MissingSlash),
            1 if gap.contains(char::is_whitespace) => self.add(Deviation::Spaces),
            1 => {}
            _ => self.add(Deviation::DoubledSlash),
        }
        self.others(gap)
    }

    /// What stands before and after the number: nothing.
    fn edge(&mut self, gap: &str) -> Result<(), NumberError> {
        if gap.contains('/') {
            self.add(Deviation::DoubledSlash);
        }
        if gap.contains(char::is_whitespace) {
            self.add(Deviation::Spaces);
        }
        self.others(gap)
    }

    fn others(&mut self, gap: &str) -> Result<(), NumberError> {
        if gap.contains('.') {
            self.add(Deviation::Spelling);
        }
        gap.chars().find(|c| !separates(*c)).map_or(Ok(()), |c| Err(NumberError::Character(c)))
    }

    /// What stands between `Kec` and the area code: a full stop, a blank, the name, a slash.
    fn name(&mut self, raw: &str) -> Result<(), NumberError> {
        let name = raw.trim_matches(separates);
        if name.is_empty() {
            return self.gap(raw);
        }
        let head = raw.len() - raw.trim_start_matches(separates).len();
        if raw.get(..head) != Some(". ") {
            self.add(Deviation::Spelling);
        }
        if name != plain(raw) {
            self.add(Deviation::Spaces);
        }
        let tail = raw.trim_end_matches(separates).len();
        self.gap(raw.get(tail..).unwrap_or(""))
    }

    fn spelt(&mut self, word: &str, pattern: &str) {
        if word == pattern {
            return;
        }
        self.add(if word.eq_ignore_ascii_case(pattern) { Deviation::Case } else { Deviation::Spelling });
    }
}

/// What may stand between the parts of a number.
fn separates(c: char) -> bool {
    c == '/' || c == '.' || c.is_whitespace()
}

/// The name of a sub-district without what stands around it.
fn plain(raw: &str) -> String {
    let words: Vec<&str> = raw.split(|c: char| c == '/' || c.is_whitespace()).filter(|w| !w.is_empty()).collect();
    words.join(" ").trim_matches(separates).to_owned()
}

/// The level, and how the pattern writes it.
fn level_of(word: &str) -> Option<(Level, &'static str)> {
    Some(match word.to_ascii_lowercase().as_str() {
        "ri" => (Level::Ri, "RI"),
        "prov" | "provinsi" => (Level::Prov, "Prov"),
        "kab" | "kabupaten" => (Level::Kab, "Kab"),
        "kota" => (Level::Kota, "Kota"),
        "kec" | "kecamatan" => (Level::Kec(String::new()), "Kec"),
        _ => return None,
    })
}

fn is_area(code: &str) -> bool {
    let parts: Vec<&str> = code.split('.').collect();
    matches!(parts.len(), 2 | 3) && parts.iter().all(|part| matches!(part.len(), 1 | 2))
}

fn month_of(word: &str) -> Option<(u8, MonthStyle)> {
    let roman = ROMAN.iter().position(|name| name.eq_ignore_ascii_case(word));
    if let Some(place) = roman {
        return u8::try_from(place + 1).ok().map(|month| (month, MonthStyle::Roman));
    }
    let number = word.parse::<u8>().ok().filter(|month| (1..=12).contains(month) && word.len() <= 2);
    number.map(|month| (month, MonthStyle::Arabic))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Word,
    Digits,
    /// Digits with full stops in between.
    Area,
}

/// A part of the text, and what stands before it.
struct Token<'t> {
    gap: &'t str,
    text: &'t str,
    piece: Piece,
}

/// Goes from part to part: letters, or digits with inner full stops. Everything else is between them.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn take(&mut self) -> Option<Token<'t>> {
        let rest = self.rest();
        let start = rest.find(|c: char| c.is_ascii_digit() || c.is_alphabetic())?;
        let (gap, rest) = rest.split_at_checked(start)?;
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let inside = |c: char| if digits { c.is_ascii_digit() || c == '.' } else { c.is_alphabetic() };
        let end = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
        let text = rest.get(..end)?.trim_end_matches('.');
        self.at += start + text.len();
        let piece = match (digits, text.contains('.')) {
            (false, _) => Piece::Word,
            (true, false) => Piece::Digits,
            (true, true) => Piece::Area,
        };
        Some(Token { gap, text, piece })
    }

    /// The text up to the next area code, and the code.
    fn name_and_area(&mut self) -> Option<(&'t str, &'t str)> {
        let from = self.at;
        loop {
            let token = self.take()?;
            if token.piece == Piece::Area {
                let name = self.text.get(from..self.at - token.text.len())?;
                return Some((name, token.text));
            }
        }
    }
}
