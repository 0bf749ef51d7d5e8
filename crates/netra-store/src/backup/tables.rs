//! The tables of a backup, described once. A test compares the description with the schema that the migrations
//! make, so that a new table or column can't be forgotten.
//!
//! A migration that adds a table or a column gives it `since` here, so that older backups are still understood;
//! one that takes something away must add until when it was there.

/// The first version of the schema of which backups were made.
pub(super) const OLDEST: i64 = 3;
/// The version that brought the tables of bundles. Their columns need no version of their own: the table has it.
const BUNDLES: i64 = 6;
/// The version that brought leads.
const LEADS: i64 = 8;
/// The version that brought the lists of people.
const REGISTERS: i64 = 11;

/// The version that brought the tables of prevention.
const PREVENTION: i64 = 9;
/// The version that brought the tables of notices to officers.
const NOTICES_OUT: i64 = 12;
/// The version that brought second factors and the log of accounts.
const ACCOUNTS: i64 = 14;

/// The version that brought the tables of deliveries.
const DELIVERIES: i64 = 13;
/// The version that brought tokens of other programs.
const TOKENS: i64 = 15;

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
    TABLES.iter().filter(move |table| table.since <= version)
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

const TABLES: &[Table] = &[
    Table {
        name: "offices",
        key: &["id"],
        columns: &[text("id"), text("body"), or_nothing(text("parent")), text("kind")],
        since: OLDEST,
    },
    Table {
        name: "calendar_changes",
        key: &["seq"],
        columns: &[
            order("seq"),
            or_nothing(text("office")),
            text("date"),
            text("kind"),
            text("name"),
            text("decree"),
            text("recorded"),
            or_nothing(text("account")),
        ],
        since: OLDEST,
    },
    Table {
        name: "accounts",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("login"),
            text("name"),
            text("role"),
            text("password_hash"),
            text("state"),
        ],
        since: OLDEST,
    },
    Table {
        name: "acts",
        key: &["seq"],
        columns: &[
            order("seq"),
            text("id"),
            text("matter"),
            number("n"),
            text("office"),
            text("kind"),
            number("at"),
            number("recorded"),
            blob("body"),
            or_nothing(number("leaf")),
        ],
        since: OLDEST,
    },
    Table {
        name: "vault",
        key: &["id"],
        columns: &[text("id"), text("matter"), text("office"), blob("sealed_key"), blob("body")],
        since: OLDEST,
    },
    Table {
        name: "receipts",
        key: &["token_hash"],
        columns: &[text("token_hash"), text("code_hash"), text("matter")],
        since: OLDEST,
    },
    Table {
        name: "sequences",
        key: &["office", "series", "year"],
        columns: &[text("office"), text("series"), number("year"), number("last")],
        since: OLDEST,
    },
    Table {
        name: "trees",
        key: &["office"],
        columns: &[text("office"), number("size"), number("published")],
        since: OLDEST,
    },
    Table {
        name: "tiles",
        key: &["office", "level", "place"],
        columns: &[text("office"), number("level"), number("place"), blob("hashes")],
        since: OLDEST,
    },
    Table {
        name: "checkpoints",
        key: &["office", "size"],
        columns: &[text("office"), number("size"), text("note")],
        since: OLDEST,
    },
    Table {
        name: "matters",
        key: &["matter"],
        columns: &[
            text("matter"),
            text("home"),
            text("office"),
            text("regime"),
            text("origin"),
            or_nothing(text("number")),
            text("subject_line"),
            text("stage"),
            text("opened"),
            or_nothing(text("next_clock")),
            or_nothing(text("next_due")),
            or_nothing(text("owner")),
            number("length"),
            or_nothing(text("next_otherwise")),
        ],
        since: OLDEST,
    },
    Table {
        name: "desk",
        key: &["office", "matter"],
        columns: &[
            text("office"),
            text("matter"),
            number("open"),
            number("due"),
            text("stage"),
            or_nothing(text("owner")),
        ],
        since: OLDEST,
    },
    Table {
        name: "notices",
        key: &["act"],
        columns: &[
            text("act"),
            text("matter"),
            text("office"),
            number("at"),
            text("moment"),
            text("title"),
            text("text"),
        ],
        since: OLDEST,
    },
    Table {
        name: "custody",
        key: &["matter", "exhibit", "n"],
        columns: &[
            text("matter"),
            number("exhibit"),
            number("n"),
            text("office"),
            or_nothing(text("account")),
            number("at"),
            text("what"),
            text("detail"),
            or_nothing(text("note")),
            or_nothing(text("commitment")),
            text("prev"),
            text("digest"),
        ],
        since: 7,
    },
    Table {
        name: "recipients",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("kind"),
            text("name"),
            text("region"),
            text("address"),
            text("added"),
            text("added_by"),
            or_nothing(text("retired")),
            or_nothing(text("retired_by")),
        ],
        since: PREVENTION,
    },
    Table {
        name: "indicator_values",
        key: &["seq"],
        columns: &[
            order("seq"),
            text("office"),
            text("region"),
            number("year"),
            text("indicator"),
            number("value"),
            text("source"),
            text("day"),
            text("recorded"),
            text("account"),
        ],
        since: PREVENTION,
    },
    Table {
        name: "measures",
        key: &["act"],
        columns: &[
            text("act"),
            text("matter"),
            number("n"),
            text("office"),
            text("kind"),
            number("at"),
            text("moment"),
            text("subject"),
            text("letter"),
            text("audience"),
            number("addressed"),
            number("answered"),
        ],
        since: PREVENTION,
    },
    Table {
        name: "reaches",
        key: &["act", "recipient"],
        columns: &[
            text("act"),
            text("recipient"),
            text("matter"),
            text("office"),
            text("kind"),
            number("at"),
            number("reached"),
            number("confirmed"),
        ],
        since: PREVENTION,
    },
    Table {
        name: "second_factors",
        key: &["account", "stage"],
        columns: &[text("account"), text("stage"), text("office"), blob("sealed"), number("made"), number("last_step")],
        since: ACCOUNTS,
    },
    Table {
        name: "recovery_codes",
        key: &["account", "code_hash"],
        columns: &[text("account"), text("code_hash"), number("used")],
        since: ACCOUNTS,
    },
    Table {
        name: "account_events",
        key: &["seq"],
        columns: &[
            order("seq"),
            text("office"),
            text("account"),
            number("at"),
            text("what"),
            or_nothing(text("actor")),
            text("detail"),
        ],
        since: ACCOUNTS,
    },
    Table { name: "settings", key: &["key"], columns: &[text("key"), text("value")], since: OLDEST },
    Table {
        name: "inbox",
        key: &["fingerprint"],
        columns: &[
            text("fingerprint"),
            text("office"),
            text("sender"),
            text("sender_name"),
            text("matter"),
            or_nothing(text("number")),
            text("received"),
            or_nothing(text("distrust")),
            or_nothing(text("why")),
            text("blob"),
            number("size"),
            text("receipt"),
        ],
        since: BUNDLES,
    },
    Table {
        name: "outbox",
        key: &["fingerprint"],
        columns: &[text("fingerprint"), text("office"), text("matter"), text("act"), text("receiver"), text("made")],
        since: BUNDLES,
    },
    Table {
        name: "bundle_receipts",
        key: &["fingerprint", "state"],
        columns: &[text("fingerprint"), text("state"), text("note")],
        since: BUNDLES,
    },
    Table {
        name: "register_lists",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("kind"),
            text("regime"),
            text("dated"),
            blob("about"),
            number("entries"),
            number("rejected"),
            number("imported"),
            text("account"),
            text("delete_on"),
            or_nothing(number("deleted")),
            or_nothing(text("deleted_by")),
        ],
        since: REGISTERS,
    },
    Table {
        name: "register_runs",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("candidates"),
            text("servants"),
            or_nothing(text("earlier")),
            text("state"),
            number("permille"),
            number("beat"),
            number("started"),
            text("account"),
            text("model"),
            text("counts"),
        ],
        since: REGISTERS,
    },
    Table {
        name: "register_pairs",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("run"),
            number("n"),
            text("class"),
            number("probability"),
            text("entry"),
            text("figures"),
        ],
        since: REGISTERS,
    },
    Table {
        name: "register_decisions",
        key: &["pair", "n"],
        columns: &[text("pair"), number("n"), text("office"), text("account"), number("at"), text("verdict")],
        since: REGISTERS,
    },
    Table {
        name: "register_outcomes",
        key: &["pair", "n"],
        columns: &[
            text("pair"),
            number("n"),
            text("office"),
            text("account"),
            number("at"),
            text("result"),
            blob("note"),
        ],
        since: REGISTERS,
    },
    Table {
        name: "register_log",
        key: &["seq"],
        columns: &[
            order("seq"),
            text("office"),
            or_nothing(text("account")),
            number("at"),
            text("what"),
            or_nothing(text("list")),
            or_nothing(text("subject")),
            blob("detail"),
        ],
        since: REGISTERS,
    },
    Table {
        name: "leads",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("sha256"),
            number("size"),
            text("media_type"),
            number("entry"),
            text("source"),
            or_nothing(text("address")),
            text("captured"),
            number("at"),
            text("account"),
            number("score"),
            text("reading"),
            blob("fingerprint"),
            text("story"),
            text("relation"),
            or_nothing(text("related")),
            text("state"),
            or_nothing(text("reason")),
            or_nothing(text("matter")),
            or_nothing(text("decided")),
            or_nothing(text("decided_by")),
        ],
        since: LEADS,
    },
    Table {
        name: "notices_out",
        key: &["id"],
        columns: &[
            text("id"),
            text("event"),
            text("account"),
            text("kind"),
            text("office"),
            or_nothing(text("matter")),
            text("delivery"),
            text("state"),
            or_nothing(text("reason")),
            number("made"),
            number("due"),
            number("tries"),
            or_nothing(text("claim")),
            or_nothing(number("claimed")),
            or_nothing(number("ended")),
        ],
        since: NOTICES_OUT,
    },
    Table { name: "notices_told", key: &["office"], columns: &[text("office"), number("leaves")], since: NOTICES_OUT },
    Table {
        name: "notice_addresses",
        key: &["account"],
        columns: &[text("account"), text("address")],
        since: NOTICES_OUT,
    },
    Table {
        name: "notice_choices",
        key: &["account", "kind"],
        columns: &[text("account"), text("kind"), text("delivery")],
        since: NOTICES_OUT,
    },
    Table {
        name: "read_marks",
        key: &["matter", "reader"],
        columns: &[text("matter"), text("reader"), number("n")],
        since: NOTICES_OUT,
    },
    Table {
        name: "deliveries",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("matter"),
            text("act"),
            text("kind"),
            text("receiver"),
            text("receiver_name"),
            text("asked"),
            text("state"),
            number("attempts"),
            number("next_at"),
            or_nothing(text("why")),
            or_nothing(text("fingerprint")),
            or_nothing(text("blob")),
            number("size"),
            or_nothing(text("waybill")),
        ],
        since: DELIVERIES,
    },
    Table {
        name: "given_receipts",
        key: &["fingerprint", "step"],
        columns: &[text("fingerprint"), number("step"), text("note")],
        since: DELIVERIES,
    },
    Table {
        name: "openings",
        key: &["fingerprint"],
        columns: &[text("fingerprint"), or_nothing(text("matter")), or_nothing(text("why"))],
        since: DELIVERIES,
    },
    Table {
        name: "tokens",
        key: &["id"],
        columns: &[
            text("id"),
            text("office"),
            text("label"),
            text("role"),
            text("scopes"),
            text("digest"),
            text("account"),
            number("created"),
            number("expires"),
            or_nothing(number("revoked")),
            or_nothing(text("last_used")),
        ],
        since: TOKENS,
    },
    Table {
        name: "api_requests",
        key: &["token", "key_digest"],
        columns: &[text("token"), text("key_digest"), text("fingerprint"), number("at")],
        since: TOKENS,
    },
];

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
