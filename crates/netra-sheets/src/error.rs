//! Why there is no table.

use crate::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};

/// Why a file is no usable table: what is wrong, where, and how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// None of the three kinds.
    #[error("berkas ini bukan CSV, XLSX atau YAML: simpan tabelnya dengan akhiran .csv, .xlsx atau .yaml")]
    Kind,
    /// An old workbook, or one with a password.
    #[error(
        "buku kerja ini berformat lama (.xls) atau terkunci kata sandi: buka kuncinya, lalu simpan sebagai .xlsx atau .csv"
    )]
    OldOrLocked,
    /// The workbook can't be read.
    #[error("buku kerja tidak terbaca: buka di program lembar kerja, lalu simpan ulang sebagai .xlsx atau .csv")]
    Workbook(#[source] Detail),
    /// An archive that unpacks to more than is sensible.
    #[error("isi buku kerja terlalu besar sesudah dibuka: hapus lembar yang tidak perlu, atau simpan sebagai .csv")]
    Unpacked,
    /// The text is no UTF-8.
    #[error("baris {line}: bukan teks UTF-8; simpan ulang sebagai \"CSV UTF-8\"")]
    Encoding {
        /// Line.
        line: usize,
    },
    /// The CSV is broken.
    #[error("baris {line}: CSV tidak terbaca; periksa tanda kutipnya")]
    Csv {
        /// Line.
        line: usize,
        /// What the reader said.
        #[source]
        source: Detail,
    },
    /// The YAML is no list of maps.
    #[error(
        "baris {line}: YAML tidak terbaca; tulis satu daftar, tiap perkara diawali '- id: …' dan tiap kolom 'nama: isi' dengan isi satu baris"
    )]
    Yaml {
        /// Line.
        line: usize,
    },
    /// Nothing below the head.
    #[error("tidak ada baris yang terisi: tulis nama kolom di baris pertama dan satu perkara tiap baris di bawahnya")]
    Empty,
    /// No worksheet has a table.
    #[error("tidak ada lembar dengan baris kepala: beri nama kolom di baris pertama, dan satu di antaranya 'id'")]
    NoHead,
    /// Too many rows.
    #[error("terlalu banyak baris: paling banyak {max}; bagi menjadi beberapa berkas", max = MAX_ROWS)]
    TooManyRows,
    /// Too many columns.
    #[error("baris {line}: terlalu banyak kolom; paling banyak {max}, hapus kolom yang tidak perlu", max = MAX_COLUMNS)]
    TooManyColumns {
        /// Line.
        line: usize,
    },
    /// Too much in it.
    #[error("terlalu banyak isi: paling banyak {max} sel; bagi menjadi beberapa berkas atau hapus kolom yang tidak perlu", max = MAX_CELLS)]
    TooManyCells,
}

/// What the library that read the file said about it, in English.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Detail(pub(crate) String);
