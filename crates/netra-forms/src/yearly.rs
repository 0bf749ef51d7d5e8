//! The yearly report of the statistics as a paper: every figure of one area and year with its definition.

use netra_law::Law;
use netra_law::time::{Moment, long_date, long_moment};
use netra_press::{Field, Foot, Letterhead, Meta, Paper, Part, Press, PressError, Section};
use netra_statistics::{Catalogue, Cell, Figure, ReferenceSeries, Shown, Slice, figures};

/// The form in the catalogue.
const FORM: &str = "LAPORAN-STATISTIK";

/// What a yearly report is made from.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "laporan tahunan statistik")]
pub struct Yearly<'a> {
    /// The year in which the matters came in.
    pub year: i16,
    /// The area's name.
    pub area: &'a str,
    /// The area's published cells.
    pub cells: &'a [Cell],
    /// When they were published.
    pub published: Moment,
    /// The words.
    pub catalogue: &'a Catalogue,
    /// Figures of others to print behind them.
    pub reference: &'a [ReferenceSeries],
    /// The names of values.
    pub law: &'a Law,
}

/// Prints a yearly report. Takes tens of milliseconds of computing.
///
/// # Errors
/// The catalogue of forms has none for it, or the press fails.
pub fn print(press: &Press, yearly: &Yearly<'_>) -> Result<Vec<u8>, PressError> {
    let form = press.catalogue().form(FORM, None).ok_or_else(|| PressError::NoSuchForm(FORM.to_owned()))?;
    let paper = paper(yearly);
    let title = format!("Laporan statistik {} tahun {}", yearly.area, yearly.year);
    let meta = Meta { title, author: "Pengawas Pemilu".to_owned(), at: yearly.published.instant() };
    press.render(form, &paper, &meta)
}

/// What the report says.
pub fn paper(yearly: &Yearly<'_>) -> Paper {
    let slice = Slice::Year(yearly.year);
    let mut sections = vec![opening(yearly)];
    sections.extend(figures(yearly.catalogue, yearly.law, yearly.cells, &slice).iter().map(section));
    sections.extend(yearly.reference.iter().map(reference));
    Paper {
        number: None,
        cite: String::new(),
        notice: None,
        letterhead: Some(Letterhead {
            office: "PENGAWAS PEMILU".to_owned(),
            address: format!("Statistik penanganan netralitas pegawai: {}", yearly.area),
        }),
        sections,
        place_and_date: long_date(yearly.published.date()),
        signers: Vec::new(),
        foot: Foot {
            matter: format!("Statistik {} tahun {}", yearly.area, yearly.year),
            recorded: long_moment(yearly.published),
        },
        qr: None,
    }
}

fn opening(yearly: &Yearly<'_>) -> Section {
    let field =
        |name: &str, label: &str, value: String| Field { name: name.to_owned(), label: label.to_owned(), value };
    let items = vec![
        field("wilayah", "Wilayah", yearly.area.to_owned()),
        field("tahun", "Tahun masuk perkara", yearly.year.to_string()),
        field("keadaan", "Keadaan angka", long_moment(yearly.published)),
    ];
    let mut paragraphs = vec![format!(
        "Angka dihitung dari berkas perkara dalam sistem ini, tanpa nama. Angka satu sampai {} tidak ditampilkan supaya orang tidak dikenali; beberapa angka lain ikut tidak ditampilkan supaya angka itu tidak dapat dihitung dari jumlahnya.",
        yearly.catalogue.smallest().saturating_sub(1)
    )];
    paragraphs.extend(yearly.catalogue.units().iter().map(|unit| format!("Satu {}: {}", unit.name, unit.definition)));
    let parts = vec![Part::Fields { items }, Part::Text { paragraphs }];
    Section { name: "pembuka".to_owned(), heading: String::new(), parts }
}

fn section(figure: &Figure<'_>) -> Section {
    let entry = figure.dimension;
    let head = vec![figure.unit.name.clone(), "Jumlah".to_owned(), "Bagian".to_owned()];
    let row = |label: &str, shown: Shown| {
        let share = shown.thousandths_of(figure.total).map_or_else(|| "-".to_owned(), percent);
        vec![label.to_owned(), said(shown), share]
    };
    let mut rows: Vec<Vec<String>> = figure.parts.iter().map(|part| row(&part.value.label, part.shown)).collect();
    rows.push(row("Jumlah", figure.total));
    let text = Part::Text { paragraphs: vec![entry.definition.clone()] };
    let parts = vec![text, Part::Table { head, rows }];
    Section { name: entry.id.id().replace('-', "_"), heading: entry.question.clone(), parts }
}

fn reference(series: &ReferenceSeries) -> Section {
    let mut head = series.columns.clone();
    head.extend(["Kepastian".to_owned(), "Catatan".to_owned()]);
    let rows = series.rows.iter().map(|row| {
        let mut cells = row.cells.clone();
        cells.push(row.certainty.indonesian().to_owned());
        cells.push(row.note.clone().unwrap_or_else(|| "-".to_owned()));
        cells
    });
    let mut paragraphs = vec![format!("Sumber: {}. {}", series.source, series.definition)];
    paragraphs.extend(series.note.clone());
    let parts = vec![Part::Text { paragraphs }, Part::Table { head, rows: rows.collect() }];
    Section {
        name: format!("pembanding_{}", series.id.replace('-', "_")),
        heading: format!("Pembanding: {}", series.title),
        parts,
    }
}

/// A count in words of the report.
pub fn said(shown: Shown) -> String {
    match shown {
        Shown::Count(count) => grouped(count),
        Shown::Hidden => "tidak ditampilkan".to_owned(),
    }
}

/// Thousandths as a percentage with one decimal place: `33,3%`.
pub fn percent(thousandths: u64) -> String {
    format!("{},{}%", thousandths / 10, thousandths % 10)
}

/// A number with a full stop at every three digits: `1.234.567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let table = [(0, "0"), (999, "999"), (1_000, "1.000"), (1_234_567, "1.234.567"), (12_345, "12.345")];
        for (number, text) in table {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(percent(333), "33,3%");
        assert_eq!(percent(1000), "100,0%");
        assert_eq!(said(Shown::Hidden), "tidak ditampilkan");
    }
}
