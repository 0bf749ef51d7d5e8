//! Figures and the figures of others, as the page shows them.

use netra_forms::yearly::{percent, said};
use netra_law::Law;
use netra_statistics::{Catalogue, Cell, Figure, ReferenceSeries, Row, Shown, Slice, shown};

use super::chart::Chart;

/// A figure on the page.
#[derive(Clone, Debug)]
pub(super) struct FigureView {
    /// Its word, for addresses within the page.
    pub(super) id: &'static str,
    /// The question.
    pub(super) question: String,
    /// What it means.
    pub(super) definition: String,
    /// What is counted.
    pub(super) unit: String,
    /// Whether there is anything to show.
    pub(super) is_empty: bool,
    /// The drawing.
    pub(super) chart: Chart,
    /// Titles of the columns for comparing.
    pub(super) columns: Vec<String>,
    /// The parts.
    pub(super) lines: Vec<LineView>,
    /// Their sum.
    pub(super) total: LineView,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineView {
    /// The label.
    pub(super) label: String,
    /// The count.
    pub(super) count: String,
    /// Its share of all.
    pub(super) share: String,
    /// The counts of the columns for comparing, each with its column's title.
    pub(super) others: Vec<(String, String)>,
}

/// Figures of others on the page.
#[derive(Clone, Debug)]
pub(super) struct ReferenceView {
    /// Title.
    pub(super) title: String,
    /// Who published them.
    pub(super) source: String,
    /// What they count.
    pub(super) definition: String,
    /// What is to be known of them.
    pub(super) note: String,
    /// Column titles.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<ReferenceRow>,
}

/// A row of a series: cells with their column's title, certainty, note.
type ReferenceRow = (Vec<(String, String)>, &'static str, String);

/// A column for comparing: its title, and its cells only, which are few.
struct Column<'a> {
    slice: &'a Slice,
    title: String,
    cells: Vec<Cell>,
}

/// The figures of an area for one column, with other columns beside for comparing.
pub(super) fn figures(
    catalogue: &Catalogue,
    law: &Law,
    cells: &[Cell],
    slice: &Slice,
    columns: &[Slice],
) -> Vec<FigureView> {
    let own = |slice: &Slice| cells.iter().filter(|cell| cell.slice == *slice).cloned().collect();
    let columns: Vec<Column<'_>> =
        columns.iter().map(|slice| Column { slice, title: slice.name(law), cells: own(slice) }).collect();
    let list = netra_statistics::figures(catalogue, law, cells, slice);
    list.iter().map(|figure| figure_view(&columns, figure)).collect()
}

fn figure_view(columns: &[Column<'_>], figure: &Figure<'_>) -> FigureView {
    let dimension = figure.dimension.id;
    let others = |row: &Row| {
        columns.iter().map(|column| (column.title.clone(), said(shown(&column.cells, column.slice, row)))).collect()
    };
    let line = |label: &str, count: Shown, row: &Row| LineView {
        label: label.to_owned(),
        count: said(count),
        share: count.thousandths_of(figure.total).map_or_else(|| "–".to_owned(), percent),
        others: others(row),
    };
    let part = |part: &netra_statistics::FigurePart| {
        line(&part.value.label, part.shown, &Row::Part(dimension, part.value.id.clone()))
    };
    FigureView {
        id: dimension.id(),
        question: figure.dimension.question.clone(),
        definition: figure.dimension.definition.clone(),
        unit: figure.unit.name.clone(),
        is_empty: figure.total == Shown::Count(0),
        chart: Chart::of(figure),
        columns: columns.iter().map(|column| column.title.clone()).collect(),
        lines: figure.parts.iter().map(part).collect(),
        total: line("Jumlah", figure.total, &Row::Total(dimension.unit())),
    }
}

impl ReferenceView {
    /// A series as the page shows it.
    pub(super) fn of(series: &ReferenceSeries) -> ReferenceView {
        let row = |row: &netra_statistics::ReferenceRow| {
            let cells = series.columns.iter().cloned().zip(row.cells.iter().cloned()).collect();
            (cells, row.certainty.indonesian(), row.note.clone().unwrap_or_default())
        };
        ReferenceView {
            title: series.title.clone(),
            source: series.source.clone(),
            definition: series.definition.clone(),
            note: series.note.clone().unwrap_or_default(),
            columns: series.columns.clone(),
            rows: series.rows.iter().map(row).collect(),
        }
    }
}
