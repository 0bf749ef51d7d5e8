//! A list as it is kept: the columns that are used and no others, one row for each usable row of the file.
//!
//! What is not needed is not kept: columns that nobody compares or reads when two people are held side by side are left in
//! the file of whoever brought it.

use std::io;

use serde::{Deserialize, Serialize};

use super::chunks::Chunk;
use super::columns::{Field, Mapping};
use super::records::Records;
use super::remarks::Remarked;
use super::{Input, Opened, open};
use crate::LinkError;
use crate::person::PersonReader;
use crate::text::shown;

/// The head of the rows' running number. It is the `id` that a comparison names rows by.
const NUMBER: &str = "id";
/// The head under which the row's own number in its file is kept.
const OWN_NUMBER: &str = "nomor_asal";

/// A list that was read.
#[derive(Clone, Debug, Default)]
pub struct Tidied {
    /// The heads of the file, in its order; those without a text are empty.
    pub heads: Vec<String>,
    /// What each recognised head holds.
    pub columns: Vec<(Field, String)>,
    /// How many rows can be used.
    pub rows: u64,
    /// What is wrong with rows, by line.
    pub remarks: Vec<Remarked>,
    /// The usable rows as CSV, numbered from one, which [`each_row`] and the comparison read.
    pub csv: Vec<u8>,
}

/// A row of a kept list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// Its running number in the list.
    pub no: u64,
    /// The filled cells, in the order of [`Field::all`].
    pub cells: Vec<(Field, String)>,
}

impl ListRow {
    /// What a field holds; empty if it is not there.
    pub fn get(&self, field: Field) -> &str {
        self.cells.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text.as_str())
    }
}

/// Reads a list and keeps what is used of it.
///
/// # Errors
/// It cannot be read, has no column of names or no usable row.
pub fn tidy(input: Input<'_>, mappings: &[Mapping]) -> Result<Tidied, LinkError> {
    let Opened { name, mut source, delimiter, columns, heads } = open(input, mappings)?;
    let known = columns.known();
    let head_of = |place: usize| heads.get(place).cloned().unwrap_or_default();
    let told = known.iter().map(|(field, place)| (*field, head_of(*place))).collect();
    let mut tidied = Tidied { columns: told, ..Tidied::default() };
    let mut records = Records::new(delimiter);
    let mut reader = PersonReader::new(&columns);
    let (mut chunk, mut remarks) = (Chunk::default(), Vec::new());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(head(&known)).map_err(unwritten)?;
    while source.fill(&mut chunk).map_err(|source| LinkError::Read { file: name.clone(), source })? {
        let mut rest = chunk.rest();
        while let Some(step) = records.step(&mut rest) {
            let line = match step {
                Ok(line) => line,
                Err((line, remark)) => {
                    tidied.remarks.push(Remarked { line, remark });
                    continue;
                }
            };
            let is_usable = reader.read(&records, &mut remarks).is_some();
            tidied.remarks.extend(remarks.drain(..).map(|remark| Remarked { line, remark }));
            if is_usable {
                tidied.rows += 1;
                out.write_record(cells(&known, &records, tidied.rows)).map_err(unwritten)?;
            }
        }
    }
    if tidied.rows == 0 {
        return Err(LinkError::NoRows { file: name, rejected: tidied.remarks.len() });
    }
    out.flush().map_err(LinkError::Write)?;
    tidied.csv.clone_from(out.get_ref());
    tidied.heads = heads;
    Ok(tidied)
}

fn unwritten(error: csv::Error) -> LinkError {
    LinkError::Write(io::Error::other(error))
}

/// The head by which a kept field is read again.
fn title(field: Field) -> &'static str {
    if field == Field::Id { OWN_NUMBER } else { field.id() }
}

fn head(known: &[(Field, usize)]) -> Vec<&'static str> {
    std::iter::once(NUMBER).chain(known.iter().map(|(field, _)| title(*field))).collect()
}

fn cells(known: &[(Field, usize)], records: &Records, no: u64) -> Vec<String> {
    let cells = known.iter().map(|(_, place)| shown(records.cell(Some(*place))));
    std::iter::once(no.to_string()).chain(cells).collect()
}

/// Reads the rows of a kept list one after the other.
///
/// # Errors
/// The bytes are not those of a kept list.
pub fn each_row(bytes: &[u8], mut take: impl FnMut(ListRow)) -> Result<(), LinkError> {
    let damaged = |error: csv::Error| LinkError::Read { file: String::new(), source: io::Error::other(error) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let field = |head: &str| Field::all().find(|field| title(*field) == head);
    let fields: Vec<Option<Field>> = reader.headers().map_err(damaged)?.iter().map(field).collect();
    for record in reader.records() {
        let record = record.map_err(damaged)?;
        let no = record.get(0).and_then(|text| text.parse().ok()).unwrap_or_default();
        let told = fields.iter().zip(&record).skip(1);
        let cells = told.filter_map(|(field, text)| Some(((*field)?, text.to_owned())));
        take(ListRow { no, cells: cells.filter(|(_, text)| !text.is_empty()).collect() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn tidied(text: &str, mappings: &[Mapping]) -> Result<Tidied, LinkError> {
        let reader = Box::new(Cursor::new(text.as_bytes().to_vec()));
        tidy(Input { name: "daftar.csv".to_owned(), reader }, mappings)
    }

    fn rows(list: &Tidied) -> Vec<ListRow> {
        let mut rows = Vec::new();
        each_row(&list.csv, |row| rows.push(row)).unwrap();
        rows
    }

    #[test]
    fn what_is_not_used_is_not_kept() {
        let list = tidied("No;Nama Calon;Telepon;Partai\n7;Rekaan Satu;0800;A\n8;;0801;B\n9;\"Rekaan, S.H.\";;\n", &[]);
        let list = list.unwrap();
        assert_eq!(list.heads, ["No", "Nama Calon", "Telepon", "Partai"]);
        assert_eq!((list.rows, list.remarks.len()), (2, 1));
        assert_eq!(list.remarks[0].line, 3);
        assert!(!String::from_utf8(list.csv.clone()).unwrap().contains("080"));
        let rows = rows(&list);
        assert_eq!(rows[0].no, 1);
        assert_eq!((rows[0].get(Field::Id), rows[0].get(Field::Party)), ("7", "A"));
        assert_eq!(rows[1].cells, [(Field::Id, "9".to_owned()), (Field::Name, "Rekaan, S.H.".to_owned())]);
    }

    #[test]
    fn a_column_without_a_known_head_can_be_named() {
        let text = "Kolom A,Kolom B\nx,Rekaan Dua\n";
        match tidied(text, &[]) {
            Err(LinkError::NoName { heads, .. }) => assert_eq!(heads, ["Kolom A", "Kolom B"]),
            other => panic!("{other:?}"),
        }
        let list = tidied(text, &["nama=Kolom B".parse().unwrap()]).unwrap();
        assert_eq!(list.columns, [(Field::Name, "Kolom B".to_owned())]);
        assert_eq!(rows(&list)[0].get(Field::Name), "Rekaan Dua");
    }

    #[test]
    fn every_field_is_written_and_read_under_one_head() {
        for field in Field::all() {
            assert_eq!(Field::all().filter(|other| title(*other) == title(field)).count(), 1, "{field:?}");
            assert_ne!(title(field), NUMBER);
        }
    }
}
