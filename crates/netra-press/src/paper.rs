//! What a form says, apart from how it looks. Templates read it under the Indonesian names given here.

use jiff::Timestamp;
use serde::Serialize;

/// A paper to be printed: what one form says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Number of the paper. An empty one is to be filled in by hand; none means that this kind of paper has no number
    /// of its own.
    #[serde(rename = "nomor")]
    pub number: Option<String>,
    /// The article that orders it; where it is empty, what the catalogue says of the form is printed.
    #[serde(skip)]
    pub cite: String,
    /// A warning about the paper itself, printed above everything else.
    #[serde(rename = "peringatan")]
    pub notice: Option<String>,
    /// The office on top; none for papers without letterhead.
    #[serde(rename = "kop")]
    pub letterhead: Option<Letterhead>,
    /// What it says, from top to bottom.
    #[serde(skip)]
    pub sections: Vec<Section>,
    /// Town and day over the signatures.
    #[serde(rename = "tempat_dan_tanggal")]
    pub place_and_date: String,
    /// Who signs.
    #[serde(rename = "penanda_tangan")]
    pub signers: Vec<Signer>,
    /// The line at the bottom of each page.
    #[serde(rename = "kaki")]
    pub foot: Foot,
    /// A code to be scanned.
    #[serde(rename = "kode_qr")]
    pub qr: Option<Qr>,
}

/// The office on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[doc(alias = "kop surat")]
pub struct Letterhead {
    /// Its name.
    #[serde(rename = "kantor")]
    pub office: String,
    /// Its address.
    #[serde(rename = "alamat")]
    pub address: String,
}

/// A named section. Templates name it `name`, and its fields `name.field`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name for templates.
    #[serde(skip)]
    pub name: String,
    /// Its heading, used where the template does not name the section.
    #[serde(rename = "judul")]
    pub heading: String,
    /// What it says.
    #[serde(rename = "potong")]
    pub parts: Vec<Part>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "jenis")]
pub enum Part {
    /// Labels with values.
    #[serde(rename = "isian")]
    Fields {
        /// From top to bottom.
        #[serde(rename = "butir")]
        items: Vec<Field>,
    },
    /// Running text that somebody wrote.
    #[serde(rename = "teks")]
    Text {
        /// Its paragraphs.
        #[serde(rename = "paragraf")]
        paragraphs: Vec<String>,
    },
    /// Fixed wording for papers without a template of their own; a template that names the section brings its own.
    #[serde(rename = "kalimat")]
    Prose {
        /// Its paragraphs.
        #[serde(rename = "paragraf")]
        paragraphs: Vec<String>,
    },
    /// Items one below the other.
    #[serde(rename = "daftar")]
    List {
        /// Whether they are numbered.
        #[serde(rename = "bernomor")]
        ordered: bool,
        /// The items.
        #[serde(rename = "butir")]
        items: Vec<String>,
    },
    /// A table; every row has as many cells as the head.
    #[serde(rename = "tabel")]
    Table {
        /// Column titles, repeated on each page.
        #[serde(rename = "kepala")]
        head: Vec<String>,
        /// Rows.
        #[serde(rename = "baris")]
        rows: Vec<Vec<String>>,
    },
}

/// A label with its value. An empty value is a dotted line for a pen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name for templates.
    #[serde(rename = "nama")]
    pub name: String,
    /// Its label, used where the template gives none.
    pub label: String,
    /// Its value.
    #[serde(rename = "nilai")]
    pub value: String,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// As what.
    #[serde(rename = "sebagai")]
    pub role: String,
    /// Name; empty for a dotted line.
    #[serde(rename = "nama")]
    pub name: String,
}

/// What stands at the bottom of each page beside form code and page number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Foot {
    /// The matter's number.
    #[serde(rename = "perkara")]
    pub matter: String,
    /// When it was recorded, in words, with the zone.
    #[serde(rename = "dicatat")]
    pub recorded: String,
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// What it says, printed beside it.
    #[serde(rename = "isi")]
    pub text: String,
    /// Its drawing, as SVG.
    #[serde(rename = "gambar")]
    pub svg: String,
}

/// A paper in a file of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its title, also in the table of contents.
    pub title: String,
    /// Its form's code, if it has one.
    pub code: Option<String>,
    /// What it says.
    pub paper: Paper,
}

/// What a file says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Its title.
    pub title: String,
    /// The office that made it.
    pub author: String,
    /// When what it says was recorded.
    pub at: Timestamp,
}
