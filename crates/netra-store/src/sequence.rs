//! Running numbers without gap or repeat.
//!
//! A number is drawn inside the transaction that uses it, so that a refused act leaves no gap. One row
//! a year holds the last number drawn in it, also where an office goes on counting over the years: so
//! it may change its mind without any number coming twice.

use netra_law::numbering::{Restart, Series};
use netra_law::pack::Regime;
use sqlx::AnyConnection;

use crate::convert::failed;
use crate::types::{Office, StoreError};

/// Row of the year 0: it holds no number, drawing across the years queues up for it.
const QUEUE: &str = "
    INSERT INTO sequences (office, series, year, last) VALUES ($1, $2, 0, 0)
    ON CONFLICT (office, series, year) DO UPDATE SET last = sequences.last";

const NEXT_OF_YEAR: &str = "
    INSERT INTO sequences (office, series, year, last) VALUES ($1, $2, $3, 1)
    ON CONFLICT (office, series, year) DO UPDATE SET last = sequences.last + 1
    RETURNING last";

const NEXT_OF_ALL: &str = "
    INSERT INTO sequences (office, series, year, last)
    SELECT $1, $2, $3, COALESCE(MAX(last), 0) + 1 FROM sequences WHERE office = $1 AND series = $2
    ON CONFLICT (office, series, year) DO UPDATE SET last = excluded.last
    RETURNING last";

/// The next number of an office's series. Each regime counts by itself: in 2024 the same offices ran
/// both, with numbers of different patterns.
pub(crate) async fn next(
    conn: &mut AnyConnection,
    office: &Office,
    regime: Regime,
    series: Series,
    year: i16,
) -> Result<i64, StoreError> {
    let series = format!("{}/{}", regime.id(), series.id());
    let sql = match office.numbering.restart {
        Restart::Yearly => NEXT_OF_YEAR,
        Restart::Never => {
            sqlx::query(QUEUE)
                .bind(office.id.as_str())
                .bind(&series)
                .execute(&mut *conn)
                .await
                .map_err(failed("queueing for a number"))?;
            NEXT_OF_ALL
        }
    };
    sqlx::query_scalar(sql)
        .bind(office.id.as_str())
        .bind(&series)
        .bind(i64::from(year))
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("drawing a number"))
}
