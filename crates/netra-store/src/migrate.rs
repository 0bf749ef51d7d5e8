//! Migrations: forward only, each applied once, all inside one transaction.

use sqlx::{AnyConnection, AnyPool};

use crate::convert::{bad_row, failed};
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
pub(crate) const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_start"),
    migration!(2, "0002_readings"),
    migration!(3, "0003_ledger"),
    migration!(4, "0004_search"),
    migration!(5, "0005_feeds"),
    migration!(6, "0006_bundles"),
    migration!(7, "0007_custody"),
    migration!(8, "0008_leads"),
    migration!(9, "0009_prevention"),
    migration!(10, "0010_statistics"),
    migration!(11, "0011_registers"),
    migration!(12, "0012_notices_out"),
    migration!(13, "0013_delivery"),
    migration!(14, "0014_accounts"),
    migration!(15, "0015_tokens"),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY NOT NULL)";

const APPLIED: &str = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

/// The setting of a store whose restore has not come to its end.
pub(crate) const UNFINISHED: &str = "restore";

/// The version that this program writes.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.version)
}

/// Refuses a database whose tables are those of another version.
///
/// # Errors
/// The database fails, or another version wrote it.
pub(crate) async fn require_newest(reader: &AnyPool) -> Result<(), StoreError> {
    let mut conn = reader.acquire().await.map_err(failed("opening it for reading"))?;
    require_newest_in(&mut conn).await
}

/// The same inside a transaction.
///
/// # Errors
/// The database fails, or another version wrote it.
pub(crate) async fn require_newest_in(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let applied: i64 =
        sqlx::query_scalar(APPLIED).fetch_one(&mut *conn).await.map_err(failed("reading the migrations"))?;
    if applied == newest() {
        return require_finished(conn).await;
    }
    let why = format!(
        "the store has version {applied}, this program works on {}: start `netra serve` of the newer program once",
        newest()
    );
    Err(bad_row("schema_migrations", why))
}

/// Refuses a store that was restored in part.
async fn require_finished(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let mark: Option<String> = sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
        .bind(UNFINISHED)
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading a setting"))?;
    let why = "a restore into this store did not come to its end: remove what it left, and restore again";
    if mark.is_none() { Ok(()) } else { Err(bad_row("settings", why)) }
}

/// Brings the database to this program's version.
///
/// # Errors
/// The database fails, was written by a newer program, or was restored in part.
pub(crate) async fn run(writer: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    up_to(writer, backend, newest()).await
}

/// Brings the database to a version, if it has not reached it: backups are restored into the tables of theirs.
///
/// # Errors
/// The database fails, was written by a newer program, or was restored in part.
pub(crate) async fn up_to(writer: &AnyPool, backend: Backend, target: i64) -> Result<(), StoreError> {
    if let Err(error) = sqlx::query(TABLE).execute(writer).await
        // Several processes that start together make the table at the same time, and servers tell the late ones so in
        // words of several kinds: what counts is that the table is there.
        && sqlx::query_scalar::<_, i64>(APPLIED).fetch_one(writer).await.is_err()
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
    if applied > 0 {
        require_finished(&mut tx).await?;
    }
    let missing = MIGRATIONS.iter().filter(|m| m.version > applied && m.version <= target);
    for &Migration { version, embedded, server } in missing {
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
