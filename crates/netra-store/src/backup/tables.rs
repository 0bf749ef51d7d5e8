//! The tables of a backup, described once. A test compares the description with the schema that the migrations
//! make, so that a new table or column can't be forgotten.
//!
//! A migration that adds a table or a column gives it `since` here, so that older backups are still understood;
//! one that takes something away must add until when it was there.

mod around;
mod matters;

/// The first version of the schema of which backups were made.
pub(super) const OLDEST: i64 = 3;

/// What a migration leaves for the program to work off when it opens a store. A store that could be backed up
/// has none of it any more.
pub(super) const TIDY: &[&str] = &["DROP TABLE IF EXISTS vault_plain"];

/// The setting that tells that such work waits.
pub(super) const WAITING: &str = "vault_plain";

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// The primary key, in whose order rows are read and written.
    pub(super) key: &'static [&'static str],
    columns: &'static [Column],
    /// The version of the schema that brought it.
    since: i64,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Kind,
    /// Whether it may hold nothing.
    pub(super) null: Null,
    since: i64,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// Bytes.
    Blob,
    /// A number that the database gives: the order of the rows. The backup does not hold it, the order of its
    /// lines says the same.
    Order,
}

/// Whether a column may hold nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    /// It may.
    Allowed,
    /// It always holds something.
    Never,
}

impl Table {
    /// The columns that it has in a version of the schema.
    pub(super) fn columns(&self, version: i64) -> Vec<Column> {
        self.columns.iter().filter(|column| column.since <= version).copied().collect()
    }
}

/// The tables of a version of the schema, those first to which others refer.
pub(super) fn at(version: i64) -> impl Iterator<Item = &'static Table> {
    matters::TABLES.iter().chain(around::TABLES).filter(move |table| table.since <= version)
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, null: Null::Never, since: OLDEST }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number, null: Null::Never, since: OLDEST }
}

const fn blob(name: &'static str) -> Column {
    Column { name, kind: Kind::Blob, null: Null::Never, since: OLDEST }
}

const fn order(name: &'static str) -> Column {
    Column { name, kind: Kind::Order, null: Null::Never, since: OLDEST }
}

const fn or_nothing(column: Column) -> Column {
    Column { null: Null::Allowed, ..column }
}

#[cfg(test)]
mod tests {
    use sqlx::AnyPool;
    use sqlx::Row as _;
    use sqlx::any::AnyPoolOptions;

    use super::*;
    use crate::migrate;
    use crate::place::Backend;

    /// Tables that are in no backup: who is logged in, addresses of calendars (they are made again with a press), who
    /// failed to, links and requests that somebody makes again, forms that nobody sent, files that are still coming in (their senders send them again), what running processes tell each other, how many mails went in the last hour, what is searched, compared and
    /// counted (it is made again), what lists say about people (the day of their deletion holds everywhere), and the version, which stands in
    /// the header. With the version that brought each.
    const LEFT_OUT: &[(&str, i64)] = &[
        ("arrivals", 13),
        ("drafts", 1),
        ("factor_resets", 14),
        ("feeds", 5),
        ("invitations", 14),
        ("likeness", 7),
        ("login_failures", 1),
        ("notice_windows", 12),
        ("offices_version", 3),
        ("pictures", 7),
        ("register_bodies", 11),
        ("register_keys", 11),
        ("register_parts", 11),
        ("schema_migrations", 1),
        ("search_docs", 4),
        ("search_progress", 4),
        ("search_terms", 4),
        ("sessions", 1),
        ("statistics_cells", 10),
        ("statistics_edition", 10),
        ("statistics_matters", 10),
        ("statistics_progress", 10),
        ("statistics_published", 10),
    ];

    async fn migrated(version: i64) -> AnyPool {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        migrate::up_to(&pool, Backend::Embedded, version).await.unwrap();
        for sql in TIDY {
            sqlx::raw_sql(*sql).execute(&pool).await.unwrap();
        }
        pool
    }

    /// Guards: a table or column that a migration adds is in the backups, or left out by decision.
    #[tokio::test]
    async fn the_description_is_that_of_the_schema() {
        for version in OLDEST..=migrate::newest() {
            let pool = migrated(version).await;
            let real: Vec<String> =
                sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
                    .fetch_all(&pool)
                    .await
                    .unwrap();
            let mut described: Vec<&str> = at(version)
                .map(|table| table.name)
                .chain(LEFT_OUT.iter().filter(|(_, since)| *since <= version).map(|(name, _)| *name))
                .collect();
            described.sort_unstable();
            assert_eq!(described, real, "version {version}");
            for table in at(version) {
                compare(&pool, table, version).await;
            }
        }
    }

    async fn compare(pool: &AnyPool, table: &Table, version: i64) {
        let sql = "SELECT name, type, \"notnull\", pk FROM pragma_table_info($1) ORDER BY cid";
        let rows = sqlx::query(sql).bind(table.name).fetch_all(pool).await.unwrap();
        let real: Vec<(String, String, bool)> =
            rows.iter().map(|row| (row.get("name"), row.get("type"), row.get::<i64, _>("notnull") == 0)).collect();
        let described: Vec<(String, String, bool)> = table
            .columns(version)
            .iter()
            .map(|column| {
                let kind = match column.kind {
                    Kind::Text => "TEXT",
                    Kind::Number | Kind::Order => "INTEGER",
                    Kind::Blob => "BLOB",
                };
                let null = column.null == Null::Allowed || column.kind == Kind::Order;
                (column.name.to_owned(), kind.to_owned(), null)
            })
            .collect();
        assert_eq!(described, real, "{} of version {version}", table.name);
        let mut key: Vec<(i64, String)> = rows.iter().map(|row| (row.get("pk"), row.get("name"))).collect();
        key.retain(|(place, _)| *place > 0);
        key.sort();
        assert_eq!(key.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), table.key, "{}", table.name);
    }
}
