//! The tables that the public sees: made out of the counts as a whole, and read area by area.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use netra_law::time::Moment;
use netra_statistics::{Area, Catalogue, Cell, Dimension, ElectionRef, RawCell, Row, Slice, Value as Part, publish};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{LANE, ROWS, upsert};
use crate::convert::{bad_row, cell, count, failed, parsed, parsed_cell};
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::StoreError;

/// What is published of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// When it was published; none before the first time.
    pub at: Option<Moment>,
    /// Its tables. What is not there is nothing; a count that is none is hidden.
    pub cells: Vec<Cell>,
}

/// A row of the public tables as it is kept: area, slice, line, value.
type Key = (String, String, String, String);

/// What changes from one publication to the next.
struct Edition {
    /// The one before.
    before: i64,
    gone: Vec<Key>,
    new: Vec<(Key, Option<u64>)>,
}

impl Store {
    /// Makes the public tables out of what is counted now; tells whether it did, or another process was quicker. O(all counts):
    /// once an hour is enough, and the fewer publications there are, the less a difference between two of them can tell.
    ///
    /// # Errors
    /// The database fails, a row can't be read, or the shipped definitions are broken.
    pub async fn publish_statistics(&self, now: Moment) -> Result<bool, StoreError> {
        let catalogue = Catalogue::shipped().map_err(|fault| bad_row("statistics_published", fault.to_string()))?;
        let mut tx = self.begin_read().await?;
        let before = edition_in(&mut tx).await?.0;
        let raw = raw_cells(&mut tx).await?;
        let known = published_rows(&mut tx).await?;
        drop(tx);
        let smallest = catalogue.smallest();
        // Much computing for a nation: away from the threads that answer requests.
        let cells = tokio::task::spawn_blocking(move || publish(&raw, smallest)).await;
        let cells = cells.map_err(|_| StoreError::Closed)?;
        let edition = Arc::new(difference(before, known, &cells));
        let moment = now.to_string();
        let published = self.write(LANE, move |conn| {
            let (edition, moment) = (edition.clone(), moment.clone());
            Box::pin(async move { keep(conn, &edition, moment).await })
        });
        published.await
    }

    /// When the public tables were made; none before the first time.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn statistics_published(&self) -> Result<Option<Moment>, StoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        edition_in(&mut conn).await.map(|(_, at)| at)
    }

    /// What is published of an area: one walk along the key, whatever the number of matters.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn statistics(&self, area: &Area) -> Result<Published, StoreError> {
        let mut tx = self.begin_read().await?;
        let (_, at) = edition_in(&mut tx).await?;
        let sql = "SELECT area, slice, line, value, count FROM statistics_published WHERE area = $1
                   ORDER BY slice, line, value";
        let rows =
            sqlx::query(sql).bind(area.as_str()).fetch_all(&mut *tx).await.map_err(failed("reading the statistics"))?;
        let cells: Vec<Cell> = rows.iter().map(cell_from).collect::<Result<_, _>>()?;
        Ok(Published { at, cells })
    }

    /// One row of the public tables for the areas that lie in an area: for maps.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn statistics_within(&self, area: &Area, slice: &Slice, row: &Row) -> Result<Vec<Cell>, StoreError> {
        let (line, value) = row.words();
        let sql = "SELECT area, slice, line, value, count FROM statistics_published
                   WHERE area > $1 AND area < $2 AND slice = $3 AND line = $4 AND value = $5 ORDER BY area";
        let rows = sqlx::query(sql)
            .bind(area.as_str())
            // Behind every area that begins like this one.
            .bind(format!("{area}~"))
            .bind(slice.to_string())
            .bind(line)
            .bind(value)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading the statistics of areas"))?;
        let cells: Vec<Cell> = rows.iter().map(cell_from).collect::<Result<_, _>>()?;
        Ok(cells.into_iter().filter(|cell| cell.area.parent().as_ref() == Some(area)).collect())
    }
}

async fn edition_in(conn: &mut AnyConnection) -> Result<(i64, Option<Moment>), StoreError> {
    let row = sqlx::query("SELECT edition, moment FROM statistics_edition WHERE id = 1")
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("reading when the statistics were published"))?;
    let moment: &str = cell(&row, "moment")?;
    let at = if moment.is_empty() { None } else { Some(parsed("statistics_edition", "moment", moment)?) };
    Ok((cell(&row, "edition")?, at))
}

async fn raw_cells(conn: &mut AnyConnection) -> Result<Vec<RawCell>, StoreError> {
    let sql = "SELECT dimension, area, election, year, value, count FROM statistics_cells WHERE count <> 0";
    let rows = sqlx::query(sql).fetch_all(&mut *conn).await.map_err(failed("reading the counts"))?;
    rows.iter().map(raw_from).collect()
}

fn raw_from(row: &AnyRow) -> Result<RawCell, StoreError> {
    let table = "statistics_cells";
    let dimension = Dimension::from_id(cell(row, "dimension")?);
    let year: i64 = cell(row, "year")?;
    Ok(RawCell {
        area: parsed_cell(row, table, "area")?,
        election: ElectionRef::from(cell::<String>(row, "election")?),
        year: i16::try_from(year).map_err(|_| bad_row(table, "the year is none"))?,
        dimension: dimension.ok_or_else(|| bad_row(table, "unknown dimension"))?,
        value: Part::new(cell::<String>(row, "value")?),
        count: count(cell(row, "count")?),
    })
}

fn cell_from(row: &AnyRow) -> Result<Cell, StoreError> {
    let table = "statistics_published";
    let kept: Option<i64> = cell(row, "count")?;
    let line = Row::from_words(cell(row, "line")?, cell(row, "value")?);
    Ok(Cell {
        area: parsed_cell(row, table, "area")?,
        slice: parsed_cell(row, table, "slice")?,
        row: line.ok_or_else(|| bad_row(table, "unknown line"))?,
        count: kept.map(count),
    })
}

async fn published_rows(conn: &mut AnyConnection) -> Result<BTreeMap<Key, Option<u64>>, StoreError> {
    let sql = "SELECT area, slice, line, value, count FROM statistics_published";
    let rows = sqlx::query(sql).fetch_all(&mut *conn).await.map_err(failed("reading what is published"))?;
    rows.iter().map(kept_from).collect()
}

fn kept_from(row: &AnyRow) -> Result<(Key, Option<u64>), StoreError> {
    let key: Key = (cell(row, "area")?, cell(row, "slice")?, cell(row, "line")?, cell(row, "value")?);
    let kept: Option<i64> = cell(row, "count")?;
    Ok((key, kept.map(count)))
}

fn difference(before: i64, known: BTreeMap<Key, Option<u64>>, cells: &[Cell]) -> Edition {
    let mut there: BTreeSet<Key> = BTreeSet::new();
    let mut new = Vec::new();
    for cell in cells {
        let (line, value) = cell.row.words();
        let key = (cell.area.to_string(), cell.slice.to_string(), line.to_owned(), value.to_owned());
        if known.get(&key) != Some(&cell.count) {
            new.push((key.clone(), cell.count));
        }
        there.insert(key);
    }
    let gone = known.into_keys().filter(|key| !there.contains(key)).collect();
    Edition { before, gone, new }
}

/// Writes an edition, unless another process has published meanwhile.
async fn keep(conn: &mut AnyConnection, edition: &Edition, moment: String) -> Result<bool, StoreError> {
    let turn = "UPDATE statistics_edition SET edition = edition + 1, moment = $1 WHERE id = 1 AND edition = $2";
    let turned = execute(conn, turn, [moment.into(), edition.before.into()]);
    if turned.await.map_err(failed("beginning to publish"))? == 0 {
        return Ok(false);
    }
    for some in edition.gone.chunks(ROWS) {
        remove(conn, some).await.map_err(failed("taking out what is no longer published"))?;
    }
    let shown = edition.new.iter().filter_map(|(key, count)| count.map(|count| (key, count)));
    let shown = shown.map(|(key, count)| row(key, Some(count))).collect();
    let hidden = edition.new.iter().filter(|(_, count)| count.is_none()).map(|(key, _)| row(key, None)).collect();
    let with_count = "INSERT INTO statistics_published (area, slice, line, value, count) VALUES";
    let without = "INSERT INTO statistics_published (area, slice, line, value) VALUES";
    let told = "ON CONFLICT (area, slice, line, value) DO UPDATE SET count = excluded.count";
    let shown = upsert(conn, with_count, shown, told);
    shown.await.map_err(failed("publishing"))?;
    let hidden = upsert(conn, without, hidden, "ON CONFLICT (area, slice, line, value) DO UPDATE SET count = NULL");
    hidden.await.map_err(failed("publishing what is hidden"))?;
    Ok(true)
}

fn row((area, slice, line, value): &Key, count: Option<u64>) -> Vec<Value> {
    let words = [area, slice, line, value].into_iter().map(|word| Value::from(word.as_str()));
    words.chain(count.map(|count| Value::Number(i64::try_from(count).unwrap_or(i64::MAX)))).collect()
}

async fn remove(conn: &mut AnyConnection, keys: &[Key]) -> Result<(), sqlx::Error> {
    let place = |n: usize| {
        let first = 4 * n + 1;
        format!("(area = ${first} AND slice = ${} AND line = ${} AND value = ${})", first + 1, first + 2, first + 3)
    };
    // Few at a time: a long chain of conditions is more than an embedded database parses.
    for some in keys.chunks(100) {
        let places: Vec<String> = (0..some.len()).map(place).collect();
        let sql = format!("DELETE FROM statistics_published WHERE {}", places.join(" OR "));
        let values: Vec<Value> = some.iter().flat_map(|key| row(key, None)).collect();
        execute(conn, AssertSqlSafe(sql), values).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_written() {
        let key = |value: &str| (String::new(), "*".to_owned(), "source".to_owned(), value.to_owned());
        let cell = |value: &str, count| Cell {
            area: Area::nation(),
            slice: Slice::All,
            row: Row::Part(Dimension::Source, Part::new(value)),
            count,
        };
        let known = [(key("report"), Some(7)), (key("finding"), Some(6)), (key("information"), None)].into();
        let edition = difference(3, known, &[cell("report", Some(7)), cell("finding", None)]);
        assert_eq!(edition.before, 3);
        assert_eq!(edition.gone, [key("information")]);
        assert_eq!(edition.new, [(key("finding"), None)]);
    }
}
