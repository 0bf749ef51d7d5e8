//! Public notices: what offices announced, newest first. Nothing here needs a scope, since every
//! notice was published by an act.

use netra_docket::ids::OfficeId;
use sqlx::any::AnyRow;

use crate::convert::{cell, failed, parsed_cell};
use crate::offices::office_from;
use crate::store::Store;
use crate::types::{Notice, StoreError};

/// Most notices that are given at once.
const MOST: u32 = 200;

impl Store {
    /// The newest notices published before a time, in seconds since 1970.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn notices(&self, limit: u32, before: Option<i64>) -> Result<Vec<Notice>, StoreError> {
        let rows = sqlx::query(
            "SELECT n.act, n.office, n.moment, n.title, n.text, o.body AS office_body
             FROM notices n LEFT JOIN offices o ON o.id = n.office
             WHERE n.at < $1
             ORDER BY n.at DESC, n.act DESC
             LIMIT $2",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit.clamp(1, MOST)))
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading the notices"))?;
        rows.iter().map(notice_from).collect()
    }
}

fn notice_from(row: &AnyRow) -> Result<Notice, StoreError> {
    let office: OfficeId = parsed_cell(row, "notices", "office")?;
    let body: Option<String> = cell(row, "office_body")?;
    let office_name = match body {
        Some(body) => office_from(&body)?.name,
        None => office.to_string(),
    };
    Ok(Notice {
        act: parsed_cell(row, "notices", "act")?,
        office,
        office_name,
        at: parsed_cell(row, "notices", "moment")?,
        title: cell(row, "title")?,
        text: cell(row, "text")?,
    })
}
