//! Official numbers: `001/Reg/LP/PL/Kota/23.01/I/2024`.
//!
//! Numbers are made strictly, from the pattern of the pack, and read leniently with [`parse()`]: offices
//! and newspapers print them in many ways.

mod case_number;
mod office;
mod parse;

pub use case_number::{Administrative, CaseNumber, Contest, Deviation, DocKind, Level, MonthStyle, Registered};
pub use office::{Clash, OfficeNumbering, OfficeTemplate, Restart, Template, TemplateError};
pub use parse::{NumberError, parse};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A series of running numbers; each office counts each of them by year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Series {
    /// Reports as they are delivered.
    #[doc(alias = "tanda bukti penyampaian laporan")]
    Report,
    /// Registered reports.
    #[doc(alias = "registrasi laporan")]
    Registered,
    /// Registered findings.
    #[doc(alias = "registrasi temuan")]
    Finding,
}

impl Series {
    /// All series.
    pub const ALL: [Series; 3] = [Series::Report, Series::Registered, Series::Finding];

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Series::Report => "tanda bukti penyampaian laporan",
            Series::Registered => "registrasi laporan",
            Series::Finding => "registrasi temuan",
        }
    }

    /// The word in packs and in the store.
    pub fn id(self) -> &'static str {
        match self {
            Series::Report => "report",
            Series::Registered => "registered",
            Series::Finding => "finding",
        }
    }
}

/// What fills a pattern.
#[derive(Clone, Copy, Debug)]
pub struct NumberParts<'a> {
    /// Running number.
    pub n: u32,
    /// Level token of the office: `Kota`.
    pub level: &'a str,
    /// The office's own area code: `23.01`.
    pub area: &'a str,
    /// Contest token: `PL`, `PG`, `PB`, `PW`.
    pub contest: &'a str,
    /// The day of the act.
    pub date: Date,
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// A month in roman numerals.
pub fn roman_month(date: Date) -> &'static str {
    ROMAN.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or("")
}

/// Fills a pattern of the packs.
pub fn render(pattern: &str, parts: &NumberParts<'_>) -> String {
    pattern
        .replace("{n}", &format!("{:03}", parts.n))
        .replace("{level}", parts.level)
        .replace("{area}", parts.area)
        .replace("{contest}", parts.contest)
        .replace("{month}", roman_month(parts.date))
        .replace("{year}", &parts.date.year().to_string())
}

/// The placeholders that patterns may use.
pub const PLACEHOLDERS: [&str; 6] = ["{n}", "{level}", "{area}", "{contest}", "{month}", "{year}"];
