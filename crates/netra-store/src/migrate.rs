//! Migrations: forward only, each applied once, all inside one transaction.

use sqlx::AnyPool;

use crate::convert::{bad_row, failed, is_unique_violation};
use crate::place::Backend;
use crate::types::StoreError;

/// The text of a migration for each kind of database.
pub(crate) struct Migration {
    version: i64,
    pub(crate) embedded: &'static str,
    server: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {
        Migration {
            version: $version,
            embedded: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            server: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// The migrations, oldest first. Never change one that has been released.
pub(crate) const MIGRATIONS: &[Migration] =
    &[migration!(1, "0001_start"), migration!(2, "0002_readings"), migration!(3, "0003_ledger")];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY NOT NULL)";

const APPLIED: &str = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

/// The version that this program writes.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.version)
}

/// Refuses a database whose tables are those of another version.
///
/// # Errors
/// The database fails, or another version wrote it.
pub(crate) async fn require_newest(reader: &AnyPool) -> Result<(), StoreError> {
    let applied: i64 = sqlx::query_scalar(APPLIED).fetch_one(reader).await.map_err(failed("reading the migrations"))?;
    if applied == newest() {
        return Ok(());
    }
    let why = format!(
        "the store has version {applied}, this program works on {}: start `netra serve` of the newer program once",
        newest()
    );
    Err(bad_row("schema_migrations", why))
}

/// Brings the database to this program's version.
///
/// # Errors
/// The database fails, or was written by a newer program.
pub(crate) async fn run(writer: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    if let Err(error) = sqlx::query(TABLE).execute(writer).await
        // Several processes that start together make the table at the same time; one of them did.
        && !is_unique_violation(&error)
    {
        return Err(failed("making the table of migrations")(error));
    }
    let mut tx = writer.begin_with(backend.begin_write()).await.map_err(failed("beginning the migrations"))?;
    if backend == Backend::Server {
        // Of several processes that start together, one migrates and the others wait.
        sqlx::query("LOCK TABLE schema_migrations")
            .execute(&mut *tx)
            .await
            .map_err(failed("locking the migrations"))?;
    }
    let applied: i64 =
        sqlx::query_scalar(APPLIED).fetch_one(&mut *tx).await.map_err(failed("reading the migrations"))?;
    let newest = newest();
    if applied > newest {
        let why = format!("the store has version {applied}, this program knows up to {newest}: use the newer program");
        return Err(bad_row("schema_migrations", why));
    }
    for &Migration { version, embedded, server } in MIGRATIONS.iter().filter(|m| m.version > applied) {
        let sql = if backend == Backend::Embedded { embedded } else { server };
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
