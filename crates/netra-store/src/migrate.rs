//! Migrations: forward only, each applied once, all inside one transaction.

use sqlx::SqlitePool;

use crate::convert::{bad_row, failed};
use crate::types::StoreError;

/// The migrations with their versions, oldest first. Never change one that has been released.
pub(crate) const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/sqlite/0001_start.sql")),
    (2, include_str!("../migrations/sqlite/0002_readings.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY NOT NULL,
    applied TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)";

/// Brings the database to this program's version.
///
/// # Errors
/// The database fails, or was written by a newer program.
pub(crate) async fn run(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed("beginning the migrations"))?;
    sqlx::query(TABLE).execute(&mut *tx).await.map_err(failed("making the table of migrations"))?;
    let applied: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations")
        .fetch_one(&mut *tx)
        .await
        .map_err(failed("reading the migrations"))?;
    let newest = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if applied > newest {
        let why = format!("the store has version {applied}, this program knows up to {newest}: use the newer program");
        return Err(bad_row("schema_migrations", why));
    }
    for &(version, sql) in MIGRATIONS.iter().filter(|(version, _)| *version > applied) {
        sqlx::raw_sql(sql).execute(&mut *tx).await.map_err(failed("applying a migration"))?;
        sqlx::query("INSERT INTO schema_migrations (version) VALUES ($1)")
            .bind(version)
            .execute(&mut *tx)
            .await
            .map_err(failed("noting a migration"))?;
        tracing::info!(version, "store migrated");
    }
    tx.commit().await.map_err(failed("committing the migrations"))
}
