//! What is wrong with rows: those that cannot be used, and values that look damaged.

use crate::input::InputKind;

/// The list that a remark is about.
pub type Side = InputKind;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Rejected: no name.
    NoName,
    /// Rejected: a quotation mark is not closed.
    OpenQuote,
    /// Rejected: too long.
    TooLong,
    /// Rejected: too many cells.
    TooManyCells,
    /// A number that a spreadsheet damaged.
    DamagedNumber,
    /// A number with an impossible date or sex in it.
    ImpossibleNumber,
    /// A birth date that is none.
    ImpossibleDate,
    /// The number tells another birth date than the column.
    OtherDate,
    /// The number tells another sex than the column.
    OtherSex,
}

impl Remark {
    /// All of them, the rejections first.
    pub const ALL: [Remark; 9] = [
        Remark::NoName,
        Remark::OpenQuote,
        Remark::TooLong,
        Remark::TooManyCells,
        Remark::DamagedNumber,
        Remark::ImpossibleNumber,
        Remark::ImpossibleDate,
        Remark::OtherDate,
        Remark::OtherSex,
    ];

    /// Whether the row was left out.
    pub fn is_rejection(self) -> bool {
        matches!(self, Remark::NoName | Remark::OpenQuote | Remark::TooLong | Remark::TooManyCells)
    }

    /// The stable word for files.
    pub fn id(self) -> &'static str {
        match self {
            Remark::NoName => "no-name",
            Remark::OpenQuote => "open-quote",
            Remark::TooLong => "too-long",
            Remark::TooManyCells => "too-many-cells",
            Remark::DamagedNumber => "damaged-number",
            Remark::ImpossibleNumber => "impossible-number",
            Remark::ImpossibleDate => "impossible-date",
            Remark::OtherDate => "other-date",
            Remark::OtherSex => "other-sex",
        }
    }

    /// What people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Remark::NoName => "ditolak: nama kosong",
            Remark::OpenQuote => "ditolak: tanda kutip tidak ditutup",
            Remark::TooLong => "ditolak: baris terlalu panjang",
            Remark::TooManyCells => "ditolak: kolom terlalu banyak",
            Remark::DamagedNumber => {
                "NIP atau NIK rusak oleh lembar kerja (misalnya 1,97E+17); ambil lagi sebagai teks"
            }
            Remark::ImpossibleNumber => "NIP atau NIK memuat tanggal, bulan atau jenis kelamin yang tidak mungkin",
            Remark::ImpossibleDate => "tanggal lahir tidak terbaca atau tidak mungkin",
            Remark::OtherDate => "NIP atau NIK menunjukkan tanggal lahir lain daripada kolomnya",
            Remark::OtherSex => "NIP atau NIK menunjukkan jenis kelamin lain daripada kolomnya",
        }
    }
}

/// A remark with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remarked {
    /// The line of the file, counted from one.
    pub line: u64,
    /// What is wrong.
    pub remark: Remark,
}
