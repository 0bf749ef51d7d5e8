//! A table pasted into the list of recipients: every row is judged, bad ones are named, and nothing is written before
//! somebody has seen both and confirmed.

use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use netra_docket::act::RecipientKind;
use netra_store::{Listed, Recipient};

use super::allow;
use super::recipients::{NotKept, PAGE, Sent, answer, keep};
use crate::app::{App, Limits};
use crate::desk::regions::Regions;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::{FormData, check_text};
use crate::page::Problems;
use crate::policy::Action;

/// The field of the table.
const TABLE: &str = "table";
/// Most bytes of a pasted table.
const LARGEST: usize = 1 << 20;

/// An entry to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: RecipientKind,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) address: String,
}

/// What was read of a table, for the page that asks whether to add it.
pub(super) struct PastedView {
    pub(super) good: Vec<GoodView>,
    /// Rows that are left out: line and why.
    pub(super) bad: Vec<(usize, String)>,
    /// What else is odd about the table.
    pub(super) complaints: Vec<String>,
}

/// A row that can be added.
pub(super) struct GoodView {
    pub(super) line: usize,
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) region: String,
    pub(super) address: String,
}

/// A table whose rows were judged.
#[derive(Debug, Default, PartialEq, Eq)]
struct Judged {
    good: Vec<(usize, Row)>,
    bad: Vec<(usize, String)>,
    complaints: Vec<String>,
}

pub(super) async fn take(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    allow(&officer, Action::KeepRecipients)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let table = form.get(TABLE);
    let list = app.store.recipients(&officer.scope(), Listed::InUse).await?;
    let regions = Regions::of(&officer.office);
    let judged = match judge(&table, &list, &regions, &app.limits) {
        Ok(judged) => judged,
        Err(problem) => return refuse(&app, &officer, table, problem).await,
    };
    if form.get("confirm") == "ya" && !judged.good.is_empty() {
        let rows = judged.good.into_iter().map(|(_, row)| row).collect();
        return match keep(&app, &officer, rows).await {
            Ok(_) => Ok(Redirect::to(PAGE).into_response()),
            Err(NotKept::TooMany(problem)) => refuse(&app, &officer, table, problem).await,
            Err(NotKept::Page(error)) => Err(error),
        };
    }
    let pasted = Some(view(judged, &regions));
    answer(&app, &officer, Sent { table, pasted, ..Sent::default() }, StatusCode::OK).await
}

async fn refuse(app: &App, officer: &Officer, table: String, problem: String) -> Result<Response, PageError> {
    let mut problems = Problems::default();
    problems.add(TABLE, problem);
    answer(app, officer, Sent { table, problems, ..Sent::default() }, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn view(judged: Judged, regions: &Regions) -> PastedView {
    let good = |(line, row): (usize, Row)| GoodView {
        line,
        kind: row.kind.indonesian(),
        region: if row.region.is_empty() { String::new() } else { regions.title(&row.region) },
        title: row.name,
        address: row.address,
    };
    PastedView { good: judged.good.into_iter().map(good).collect(), bad: judged.bad, complaints: judged.complaints }
}

/// Judges a table row by row, against the list as it is.
fn judge(table: &str, list: &[Recipient], regions: &Regions, limits: &Limits) -> Result<Judged, String> {
    if table.is_empty() {
        return Err("Tempel tabelnya, dengan nama kolom di baris pertama.".to_owned());
    }
    if table.len() > LARGEST {
        return Err("Tabel melebihi 1 MB. Bagi menjadi beberapa tabel.".to_owned());
    }
    let sheet = netra_sheets::read("tempel.csv", table.as_bytes()).map_err(|error| format!("Tabel: {error}."))?;
    let has = |column: &str| sheet.columns.iter().any(|name| name.eq_ignore_ascii_case(column));
    if !has("jenis") || !has("nama") {
        return Err("Kolom 'jenis' dan 'nama' harus ada di baris pertama; 'wilayah' dan 'alamat' boleh ada.".to_owned());
    }
    let mut judged = Judged { complaints: sheet.complaints, ..Judged::default() };
    let known = |r: &Recipient| ((r.kind, r.name.to_lowercase()), "sudah ada dalam daftar".to_owned());
    let mut seen: BTreeMap<(RecipientKind, String), String> = list.iter().map(known).collect();
    for raw in sheet.rows {
        match row(&raw.cells, regions, limits) {
            Err(why) => judged.bad.push((raw.line, why)),
            Ok(row) => {
                let key = (row.kind, row.name.to_lowercase());
                match seen.get(&key) {
                    Some(why) => judged.bad.push((raw.line, format!("{}: {why}.", row.name))),
                    None => {
                        seen.insert(key, format!("sama dengan baris {}", raw.line));
                        judged.good.push((raw.line, row));
                    }
                }
            }
        }
    }
    Ok(judged)
}

/// A row of the table, or what is wrong with it.
fn row(cells: &[(String, String)], regions: &Regions, limits: &Limits) -> Result<Row, String> {
    let cell = |column: &str| {
        let found = cells.iter().find(|(name, _)| name.eq_ignore_ascii_case(column));
        found.map(|(_, text)| crate::form::clean(text)).unwrap_or_default()
    };
    let kind = cell("jenis");
    let is_it = |one: &&RecipientKind| one.id() == kind || one.indonesian().eq_ignore_ascii_case(&kind);
    let Some(kind) = RecipientKind::ALL.iter().find(is_it).copied() else {
        let words: Vec<&str> = RecipientKind::ALL.iter().map(|one| one.indonesian()).collect();
        return Err(format!("jenis '{kind}' tidak dikenal; tulis salah satu dari: {}.", words.join(", ")));
    };
    let (name, address) = (cell("nama"), cell("alamat"));
    if name.is_empty() {
        return Err("kolom nama kosong.".to_owned());
    }
    let mut problems = Problems::default();
    check_text(&name, "nama", limits.line, &mut problems);
    check_text(&address, "alamat", limits.line, &mut problems);
    if let Some((column, problem)) = problems.all().first() {
        return Err(format!("kolom {column}: {problem}"));
    }
    let written = cell("wilayah");
    let region = match written.as_str() {
        "" => String::new(),
        _ => match regions.code_of(&written) {
            Some(code) => code.to_owned(),
            None => {
                return Err(format!(
                    "wilayah '{written}' tidak dikenal di wilayah kantor ini; tulis kode atau namanya."
                ));
            }
        },
    };
    Ok(Row { kind, name, region, address })
}

#[cfg(test)]
mod tests {
    use netra_docket::ids::RecipientId;
    use netra_law::time::Zone;
    use netra_store::{Office, OfficeKind};

    use super::*;
    use crate::random;

    fn regions() -> Regions {
        Regions::of(&Office {
            id: "bawaslu-contoh".parse().unwrap(),
            name: String::new(),
            kind: OfficeKind::Regency,
            authority: None,
            parent: None,
            zone: Zone::Wita,
            region: "64.71".to_owned(),
            level: String::new(),
            area: String::new(),
            address: String::new(),
            members: 5,
            numbering: netra_law::numbering::OfficeNumbering::default(),
            calendar: Vec::new(),
        })
    }

    fn judged(table: &str) -> Result<Judged, String> {
        let listed = Recipient {
            id: RecipientId::new(random::uuid()),
            kind: RecipientKind::Party,
            name: "Partai Contoh".to_owned(),
            region: String::new(),
            address: String::new(),
            retired: None,
        };
        judge(table, &[listed], &regions(), &Limits::default())
    }

    #[test]
    fn every_row_is_added_or_named() {
        let table = "Jenis;Nama;Wilayah;Alamat\n\
                     kecamatan;Kecamatan Contoh;Balikpapan Timur;Jalan Contoh 1\n\
                     agency;Dinas Contoh;;\n\
                     partai politik;PARTAI CONTOH;;\n\
                     agency;dinas contoh;;\n\
                     raja;Dinas Lain;;\n\
                     agency;;;Jalan 2\n\
                     agency;Dinas Jauh;Samarinda;\n";
        let judged = judged(table).unwrap();
        let good: Vec<(usize, &str, &str)> =
            judged.good.iter().map(|(line, row)| (*line, row.name.as_str(), row.region.as_str())).collect();
        assert_eq!(good, [(2, "Kecamatan Contoh", "64.71.01"), (3, "Dinas Contoh", "")]);
        let expected = [
            (4, "sudah ada dalam daftar"),
            (5, "sama dengan baris 3"),
            (6, "jenis 'raja' tidak dikenal"),
            (7, "kolom nama kosong"),
            (8, "wilayah 'Samarinda' tidak dikenal"),
        ];
        assert_eq!(judged.bad.len(), expected.len(), "{judged:?}");
        for ((line, why), (expected_line, expected)) in judged.bad.iter().zip(expected) {
            assert!(*line == expected_line && why.contains(expected), "{line}: {why}");
        }
    }

    #[test]
    fn a_table_that_is_none_is_refused() {
        for (table, expected) in [
            ("", "Tempel tabelnya"),
            ("nama\nDinas Contoh\n", "Kolom 'jenis' dan 'nama'"),
            ("jenis,nama\n", "tidak ada baris yang terisi"),
        ] {
            let problem = judged(table).unwrap_err();
            assert!(problem.contains(expected), "{table:?}: {problem}");
        }
        assert!(judged(&"x".repeat(LARGEST + 1)).unwrap_err().contains("1 MB"));
    }
}
