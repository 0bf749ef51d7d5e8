//! A case number in its parts, and how it is written.

use std::fmt;

use super::ROMAN;

/// A number as offices print it: `001/Reg/LP/PL/Kota/23.01/I/2024`.
///
/// [`fmt::Display`] writes it in order; only an arabic month stays arabic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumber {
    /// Running number.
    pub running: u32,
    /// Digits of the running number, leading zeros included.
    pub width: usize,
    /// Whether it says `Reg`.
    pub registered: Registered,
    /// What is numbered.
    pub kind: DocKind,
    /// The contest, where it is given.
    pub contest: Option<Contest>,
    /// Whether it says `ADM`.
    pub administrative: Administrative,
    /// Level of the office.
    pub level: Level,
    /// Bawaslu's own area code, never to be read as a home-affairs code.
    pub area: String,
    /// Month, 1 to 12.
    pub month: u8,
    /// How the month is written.
    pub month_style: MonthStyle,
    /// Year.
    pub year: i16,
    /// Where the text strays from the pattern, each kind once.
    pub deviations: Vec<Deviation>,
}

/// Whether a number was given at registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Registered {
    /// It says `Reg`.
    Yes,
    /// It does not: a report as delivered, or a finding.
    No,
}

/// Whether a number belongs to the series of administrative cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Administrative {
    /// It says `ADM`.
    Yes,
    /// It does not.
    No,
}

/// What is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocKind {
    /// `LP`: a report.
    Report,
    /// `PL` in the place of `LP`: the delivery of a report, in the Pilkada.
    Delivery,
    /// `TM`: a finding.
    Finding,
}

impl DocKind {
    /// All kinds.
    pub const ALL: [DocKind; 3] = [DocKind::Report, DocKind::Delivery, DocKind::Finding];

    /// The letters in a number.
    pub fn token(self) -> &'static str {
        match self {
            DocKind::Report => "LP",
            DocKind::Delivery => "PL",
            DocKind::Finding => "TM",
        }
    }
}

/// The contest that a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contest {
    /// `PL`: a Pemilu.
    Pl,
    /// `PP`: also seen for a Pemilu.
    Pp,
    /// `PG`: governor.
    Pg,
    /// `PB`: regent.
    Pb,
    /// `PW`: mayor.
    Pw,
}

impl Contest {
    /// All contests.
    pub const ALL: [Contest; 5] = [Contest::Pl, Contest::Pp, Contest::Pg, Contest::Pb, Contest::Pw];

    /// The letters in a number.
    pub fn token(self) -> &'static str {
        match self {
            Contest::Pl => "PL",
            Contest::Pp => "PP",
            Contest::Pg => "PG",
            Contest::Pb => "PB",
            Contest::Pw => "PW",
        }
    }
}

/// Level of the office that gave the number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The national office.
    Ri,
    /// A province.
    Prov,
    /// A regency.
    Kab,
    /// A city.
    Kota,
    /// A sub-district, with its name; the area code is the regency's.
    Kec(String),
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Level::Ri => f.write_str("RI"),
            Level::Prov => f.write_str("Prov"),
            Level::Kab => f.write_str("Kab"),
            Level::Kota => f.write_str("Kota"),
            Level::Kec(name) if name.is_empty() => f.write_str("Kec"),
            Level::Kec(name) => write!(f, "Kec. {name}"),
        }
    }
}

/// How a month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonthStyle {
    /// `X`, as the pattern asks.
    Roman,
    /// `10`, as some offices write.
    Arabic,
}

/// A way in which a number strays from the pattern and can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deviation {
    /// A slash is missing between two parts.
    MissingSlash,
    /// A slash stands twice, or before or after the number.
    DoubledSlash,
    /// Blanks where none belong.
    Spaces,
    /// Capital or small letters otherwise than in the pattern.
    Case,
    /// A part is written out, or its full stop is missing or added.
    Spelling,
    /// The month is arabic.
    ArabicMonth,
    /// No contest is given.
    MissingContest,
    /// Contest or kind are those of the other kind of election.
    OtherRegime,
    /// Anything else, the order of the parts above all.
    Form,
}

impl Deviation {
    /// The deviation in Indonesian.
    pub fn indonesian(self) -> &'static str {
        match self {
            Deviation::MissingSlash => "garis miring hilang",
            Deviation::DoubledSlash => "garis miring berlebih",
            Deviation::Spaces => "spasi berlebih",
            Deviation::Case => "huruf besar atau kecil tidak menurut pola",
            Deviation::Spelling => "ejaan bagian nomor tidak menurut pola",
            Deviation::ArabicMonth => "bulan ditulis dengan angka biasa",
            Deviation::MissingContest => "jenis pemilihan tidak disebut",
            Deviation::OtherRegime => "kode jenis pemilihan berasal dari pemilihan lain",
            Deviation::Form => "urutan atau bentuknya tidak menurut pola",
        }
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.running, width = self.width)?;
        if self.registered == Registered::Yes {
            f.write_str("/Reg")?;
        }
        write!(f, "/{}", self.kind.token())?;
        if let Some(contest) = self.contest {
            write!(f, "/{}", contest.token())?;
        }
        if self.administrative == Administrative::Yes {
            f.write_str("/ADM")?;
        }
        write!(f, "/{}/{}/", self.level, self.area)?;
        match self.month_style {
            MonthStyle::Roman => f.write_str(roman(self.month))?,
            MonthStyle::Arabic => write!(f, "{}", self.month)?,
        }
        write!(f, "/{}", self.year)
    }
}

fn roman(month: u8) -> &'static str {
    usize::from(month).checked_sub(1).and_then(|place| ROMAN.get(place)).copied().unwrap_or("")
}
