//! Why two lists cannot be held against one another.

use netra_sheets::SheetError;

use crate::ModelError;

/// What went wrong, with which list, and how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// A file cannot be read.
    #[error("{file}: berkas tidak dapat dibaca")]
    Read {
        /// The file's name.
        file: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A workbook cannot be read.
    #[error("{file}: buku kerja tidak dapat dibaca")]
    Sheet {
        /// The file's name.
        file: String,
        /// Why.
        #[source]
        source: SheetError,
    },
    /// A workbook is too large to be one.
    #[error("{file}: buku kerja lebih besar dari {limit} MB; simpan sebagai CSV")]
    LargeSheet {
        /// The file's name.
        file: String,
        /// The limit in megabytes.
        limit: u64,
    },
    /// UTF-16, as some spreadsheet programs write "Unicode text".
    #[error("{file}: berkas ini berkode UTF-16; simpan ulang sebagai \"CSV UTF-8\"")]
    Utf16 {
        /// The file's name.
        file: String,
    },
    /// A workbook of the old kind, or locked.
    #[error("{file}: buku kerja ini berformat lama (.xls) atau terkunci; simpan sebagai .xlsx atau .csv")]
    OldWorkbook {
        /// The file's name.
        file: String,
    },
    /// No column of names.
    #[error(
        "{file}: tidak ada kolom nama di antara {seen}; beri nama kolom 'nama', atau sebutkan dengan --columns nama=JUDUL"
    )]
    NoName {
        /// The file's name.
        file: String,
        /// The heads that were seen.
        seen: String,
        /// The same one by one, to be chosen from.
        heads: Vec<String>,
    },
    /// A column of `--columns` is in neither file.
    #[error("kolom '{head}' dari --columns tidak ada di kedua berkas; periksa judul kolomnya")]
    UnknownHead {
        /// The head that was asked for.
        head: String,
    },
    /// A text of `--columns` cannot be read.
    #[error("--columns '{text}': tulis BIDANG=JUDUL, dengan BIDANG salah satu dari {fields}")]
    BadMapping {
        /// What was given.
        text: String,
        /// The fields that there are.
        fields: String,
    },
    /// No usable row.
    #[error("{file}: tidak ada baris yang dapat dipakai ({rejected} ditolak); isi setidaknya kolom nama")]
    NoRows {
        /// The file's name.
        file: String,
        /// How many rows were rejected.
        rejected: usize,
    },
    /// More candidates than can be counted.
    #[error("{file}: terlalu banyak baris calon; bagi menjadi beberapa berkas")]
    TooMany {
        /// The file's name.
        file: String,
    },
    /// The result cannot be written.
    #[error("hasil tidak dapat ditulis")]
    Write(#[source] std::io::Error),
    /// The shipped error model is broken.
    #[error("model galat tidak dapat dipakai")]
    Model(#[from] ModelError),
}
