//! The published figures as files, with the dictionary that explains every word in them.

use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use netra_sheets::write_csv;
use netra_statistics::{Catalogue, Cell, Row};
use serde_json::{Value, json};

use super::map::Names;
use super::{Asked, words};
use crate::app::App;
use crate::error::PageError;

/// The columns of the figures, with what each of them holds.
const COLUMNS: [(&str, &str); 8] = [
    (
        "wilayah",
        "kode wilayah Kementerian Dalam Negeri; kosong untuk seluruh Indonesia, 64.00 untuk yang ditangani kantor provinsi",
    ),
    ("nama_wilayah", "nama wilayah"),
    ("irisan", "* semua perkara, e:ID satu pemilihan, e:? di luar tahapan yang tercatat, y:TAHUN tahun masuk"),
    ("satuan", "apa yang dihitung"),
    ("pembagian", "menurut apa dibagi; kosong pada baris jumlah"),
    ("nilai", "bagian; kosong pada baris jumlah"),
    ("jumlah", "banyaknya; kosong bila tidak ditampilkan"),
    ("ditampilkan", "ya, atau tidak bila disembunyikan untuk melindungi orang; yang tidak ada barisnya adalah nol"),
];

pub(super) async fn csv(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let catalogue = words()?;
    let asked = Asked::read(&app, query)?;
    let names = Names::read(&app, catalogue).await?;
    let published = app.store.statistics(&asked.area).await?;
    let columns: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let rows: Vec<Vec<String>> = published.cells.iter().map(|cell| row(&names, cell)).collect();
    Ok(table("statistik.csv", &columns, &rows))
}

fn row(names: &Names, cell: &Cell) -> Vec<String> {
    let (dimension, value) = match &cell.row {
        Row::Total(_) => ("", ""),
        Row::Part(dimension, value) => (dimension.id(), value.as_str()),
    };
    vec![
        cell.area.to_string(),
        names.of(&cell.area),
        cell.slice.to_string(),
        cell.row.unit().id().to_owned(),
        dimension.to_owned(),
        value.to_owned(),
        cell.count.map(|count| count.to_string()).unwrap_or_default(),
        if cell.count.is_some() { "ya" } else { "tidak" }.to_owned(),
    ]
}

pub(super) async fn json(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let catalogue = words()?;
    let asked = Asked::read(&app, query)?;
    let names = Names::read(&app, catalogue).await?;
    let published = app.store.statistics(&asked.area).await?;
    let cells: Vec<Value> = published
        .cells
        .iter()
        .map(|cell| {
            let (dimension, value) = match &cell.row {
                Row::Total(_) => (None, None),
                Row::Part(dimension, value) => (Some(dimension.id()), Some(value.as_str())),
            };
            json!({
                "slice": cell.slice.to_string(), "unit": cell.row.unit().id(), "dimension": dimension, "value": value,
                "count": cell.count, "hidden": cell.count.is_none(),
            })
        })
        .collect();
    let all = json!({
        "area": asked.area, "area_name": names.of(&asked.area), "published": published.at,
        "smallest_shown": catalogue.smallest(), "cells": cells, "dictionary": "/statistik/kamus.json",
        "reference": catalogue.reference_for(&asked.area).collect::<Vec<_>>(),
    });
    Ok(document("statistik.json", &all))
}

pub(super) async fn dictionary_json(State(app): State<App>) -> Result<Response, PageError> {
    let catalogue = words()?;
    let dimensions: Vec<Value> = catalogue
        .dimensions()
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id, "unit": entry.id.unit(), "question": entry.question, "definition": entry.definition,
                "definition_en": entry.definition_en, "values": catalogue.values(entry, &app.law),
            })
        })
        .collect();
    let columns: Vec<Value> = COLUMNS.iter().map(|(name, what)| json!({ "name": name, "holds": what })).collect();
    let all = json!({
        "smallest_shown": catalogue.smallest(), "columns": columns, "units": catalogue.units(), "dimensions": dimensions,
    });
    Ok(document("kamus-statistik.json", &all))
}

pub(super) async fn dictionary_csv(State(app): State<App>) -> Result<Response, PageError> {
    let catalogue = words()?;
    Ok(table("kamus-statistik.csv", &["jenis", "satuan", "kata", "arti", "arti_inggris"], &dictionary(catalogue, &app)))
}

fn dictionary(catalogue: &Catalogue, app: &App) -> Vec<Vec<String>> {
    let line = |kind: &str, unit: &str, word: &str, meaning: &str, english: &str| {
        [kind, unit, word, meaning, english].into_iter().map(str::to_owned).collect()
    };
    let mut rows: Vec<Vec<String>> = COLUMNS.iter().map(|(name, what)| line("kolom", "", name, what, "")).collect();
    for unit in catalogue.units() {
        rows.push(line("satuan", unit.id.id(), &unit.name, &unit.definition, &unit.definition_en));
    }
    for entry in catalogue.dimensions() {
        let (unit, word) = (entry.id.unit().id(), entry.id.id());
        let meaning = format!("{} {}", entry.question, entry.definition);
        rows.push(line("pembagian", unit, word, &meaning, &entry.definition_en));
        for value in catalogue.values(entry, &app.law) {
            rows.push(line("nilai", word, value.id.as_str(), &value.label, ""));
        }
    }
    rows
}

pub(super) async fn reference_csv() -> Result<Response, PageError> {
    let catalogue = words()?;
    let mut rows = Vec::new();
    for series in catalogue.reference() {
        for row in &series.rows {
            for (column, cell) in series.columns.iter().zip(&row.cells).skip(1) {
                rows.push(vec![
                    series.id.clone(),
                    series.title.clone(),
                    series.area.as_ref().map(ToString::to_string).unwrap_or_default(),
                    row.cells.first().cloned().unwrap_or_default(),
                    column.clone(),
                    cell.clone(),
                    row.certainty.id().to_owned(),
                    series.source.clone(),
                    row.note.clone().unwrap_or_default(),
                ]);
            }
        }
    }
    let columns = ["deret", "judul", "wilayah", "baris", "kolom", "isi", "kepastian", "sumber", "catatan"];
    Ok(table("pembanding.csv", &columns, &rows))
}

fn table(name: &str, columns: &[&str], rows: &[Vec<String>]) -> Response {
    (headers(name, "text/csv; charset=utf-8"), write_csv(columns, rows)).into_response()
}

fn document(name: &str, value: &Value) -> Response {
    (headers(name, "application/json"), value.to_string()).into_response()
}

fn headers(name: &str, kind: &'static str) -> [(header::HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}
