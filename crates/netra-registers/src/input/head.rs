//! Which row is the head, and what stands between the cells.

use super::chunks::Rest;
use super::columns::{Columns, Field, Mapping};
use super::records::Records;
use crate::text::shown;

/// How many rows may stand above the head: titles, notes.
const AMONG: usize = 20;
/// What may stand between cells; the first wins where nothing tells them apart.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";
/// The most heads that a message names.
const MOST_SEEN: usize = 12;

/// A head.
pub(crate) struct Head {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// What the columns mean.
    pub(crate) columns: Columns,
    /// Where the rows begin.
    pub(crate) end: usize,
    /// How many lines stand before them.
    pub(crate) lines: u64,
    /// The heads as they are written.
    pub(crate) heads: Vec<String>,
}

/// The head, or what was seen instead.
pub(crate) struct Found {
    pub(crate) head: Option<Head>,
    pub(crate) seen: String,
    /// The cells of the widest row.
    pub(crate) heads: Vec<String>,
}

/// Looks for the row that names the most fields, one of them the name.
pub(crate) fn find(bytes: &[u8], mappings: &[Mapping]) -> Found {
    let begin = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let mut found = Found { head: None, seen: String::new(), heads: Vec::new() };
    let mut widest = 0;
    for delimiter in DELIMITERS {
        let mut records = Records::new(delimiter);
        let mut rest = Rest { bytes: bytes.get(begin..).unwrap_or_default(), line: 1 };
        for _ in 0..AMONG {
            let Some(step) = records.step(&mut rest) else { break };
            if step.is_err() {
                continue;
            }
            if records.count() > widest {
                widest = records.count();
                found.seen = seen(&records);
                found.heads = heads(&records);
            }
            let columns = Columns::of(&records, mappings);
            let best = found.head.as_ref().map_or(0, |head| head.columns.count());
            if columns.place(Field::Name).is_some() && columns.count() > best {
                rest.skip_line_end();
                let end = bytes.len() - rest.bytes.len();
                let heads = heads(&records);
                found.head = Some(Head { delimiter, columns, end, lines: rest.line - 1, heads });
            }
        }
    }
    found
}

fn heads(records: &Records) -> Vec<String> {
    (0..records.count()).map(|place| shown(records.cell(Some(place)))).collect()
}

fn seen(records: &Records) -> String {
    let cells = (0..records.count()).map(|place| shown(records.cell(Some(place)))).filter(|cell| !cell.is_empty());
    let heads: Vec<String> = cells.map(|cell| format!("'{}'", cell.chars().take(30).collect::<String>())).collect();
    let first: Vec<&str> = heads.iter().take(MOST_SEEN).map(String::as_str).collect();
    if heads.len() > MOST_SEEN { format!("{} …", first.join(", ")) } else { first.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(char, u64, Vec<Option<usize>>)> {
        let fields = [Field::Id, Field::Name, Field::BirthDate, Field::Region];
        let head = find(text.as_bytes(), &[]).head?;
        let places = fields.iter().map(|field| head.columns.place(*field)).collect();
        Some((char::from(head.delimiter), head.lines, places))
    }

    #[test]
    fn heads_are_found_below_titles_and_by_their_synonyms() {
        let rows = [
            ("id,nama,tanggal_lahir,wilayah\n", ',', 1, [Some(0), Some(1), Some(2), Some(3)]),
            ("\u{FEFF}ID;Nama Lengkap;Tgl. Lahir;Kab/Kota\r\n1;A;;\r\n", ';', 1, [Some(0), Some(1), Some(2), Some(3)]),
            ("NO\tNAMA PEGAWAI\tJK\n", '\t', 1, [Some(0), Some(1), None, None]),
            (
                "DAFTAR CALON, 2024\n\nPer 1 Januari\nNo,Nama Calon,Tempat Tinggal\n",
                ',',
                4,
                [Some(0), Some(1), None, Some(2)],
            ),
            ("sep=;\nnama;kota;kabupaten_kota\n", ';', 2, [None, Some(0), None, Some(2)]),
        ];
        for (text, delimiter, lines, places) in rows {
            assert_eq!(found(text), Some((delimiter, lines, places.to_vec())), "{text}");
        }
        assert_eq!(found("a,b\n1,2\n"), None);
        assert_eq!(find(b"kolom a,kolom b\n1,2\n", &[]).seen, "'kolom a', 'kolom b'");
    }

    #[test]
    fn the_user_may_say_what_a_column_holds() {
        let mappings = ["nama=Kolom B".parse::<Mapping>().unwrap(), "nik=Nomor".parse().unwrap()];
        let head = find(b"Nomor,Kolom B\n1,2\n", &mappings).head.unwrap();
        assert_eq!(head.columns.place(Field::Name), Some(1));
        assert_eq!(head.columns.place(Field::Nik), Some(0));
        assert_eq!(head.columns.mapped, ["Kolom B", "Nomor"]);
        for text in ["nama", "umurnya=X", "nama=", "=X"] {
            let complaint = text.parse::<Mapping>().unwrap_err().to_string();
            assert!(complaint.contains("tulis BIDANG=JUDUL"), "{complaint}");
        }
    }
}
