//! Where a store lies: the database, and the folder of what is not in it.

use std::path::{Path, PathBuf};

use sqlx::any::AnyConnectOptions;

use crate::bucket::Bucket;
use crate::types::StoreError;

/// The database's file name in the data folder.
const DATABASE: &str = "netra.sqlite3";

/// Where a store lies.
#[derive(Clone, Debug)]
pub struct Place {
    folder: PathBuf,
    database: Database,
    /// Where exhibits lie, if not in the folder.
    bucket: Option<Bucket>,
}

/// Which kind of database a store uses.
#[derive(Clone, Debug)]
enum Database {
    Embedded,
    Server(AnyConnectOptions),
}

/// The kinds of databases, which differ in how transactions begin and in the shape of the schema's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    /// SQLite, inside this process.
    Embedded,
    /// PostgreSQL, or what speaks like it.
    Server,
}

impl Place {
    /// The embedded database and everything else in one folder.
    pub fn embedded(folder: &Path) -> Place {
        Place { folder: folder.to_owned(), database: Database::Embedded, bucket: None }
    }

    /// A database server under a `postgres://` address; exhibits and keys in the folder.
    ///
    /// # Errors
    /// The address is of another form. It may hold a password, so the error does not repeat it.
    pub fn server(url: &str, folder: &Path) -> Result<Place, StoreError> {
        let options = url.parse::<AnyConnectOptions>().ok();
        let known = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        let options = options.filter(|_| known).ok_or(StoreError::Address)?;
        Ok(Place { folder: folder.to_owned(), database: Database::Server(options), bucket: None })
    }

    /// The same place with exhibits in a bucket instead of the folder.
    #[must_use]
    pub fn with_bucket(self, bucket: Bucket) -> Place {
        Place { bucket: Some(bucket), ..self }
    }

    /// The folder of exhibits, keys and checkpoints, and of the embedded database.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bucket of exhibits, if they do not lie in the folder.
    pub(crate) fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_ref()
    }

    pub(crate) fn backend(&self) -> Backend {
        match self.database {
            Database::Embedded => Backend::Embedded,
            Database::Server(_) => Backend::Server,
        }
    }

    pub(crate) fn options(&self) -> Result<AnyConnectOptions, StoreError> {
        match &self.database {
            Database::Server(options) => Ok(options.clone()),
            Database::Embedded => {
                let file = self.folder.join(DATABASE);
                let url = format!("sqlite://{}?mode=rwc", escaped(&file.to_string_lossy()));
                url.parse().map_err(|_| StoreError::Address)
            }
        }
    }
}

/// A path as part of an address.
fn escaped(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

impl Backend {
    /// Takes the write lock at once where there is only one: a read that turns into a write can't be
    /// refused half-way then.
    pub(crate) fn begin_write(self) -> &'static str {
        match self {
            Backend::Embedded => "BEGIN IMMEDIATE",
            Backend::Server => "BEGIN",
        }
    }

    /// One state of the database for all that is read.
    pub(crate) fn begin_read(self) -> &'static str {
        match self {
            Backend::Embedded => "BEGIN",
            Backend::Server => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        }
    }

    /// How many transactions of this process write at the same time.
    pub(crate) fn writers(self) -> u32 {
        match self {
            Backend::Embedded => 1,
            Backend::Server => 4,
        }
    }

    /// What each new connection is told, and whether it may write.
    pub(crate) fn greeting(self, access: Access) -> &'static str {
        match (self, access) {
            (Backend::Embedded, Access::Write) => WRITING,
            (Backend::Embedded, Access::Read) => READING,
            (Backend::Server, Access::Write) => "SET synchronous_commit = on; SET lock_timeout = '5s'",
            (Backend::Server, Access::Read) => "SET default_transaction_read_only = on; SET lock_timeout = '5s'",
        }
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reading only.
    Read,
    /// Reading and writing.
    Write,
}

/// In WAL mode only FULL survives a power cut with the last commit intact. `recursive_triggers`: so that
/// REPLACE, which nothing here uses, would meet the triggers of the acts too. `secure_delete`: sent drafts
/// and erased private values must not linger in free pages.
const WRITING: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA secure_delete = ON;";

const READING: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA query_only = ON;";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers_are_read_and_others_refused() {
        let folder = Path::new("data");
        for url in ["postgres://netra@localhost/netra", "postgresql://localhost:5433/netra?sslmode=require"] {
            assert_eq!(Place::server(url, folder).unwrap().backend(), Backend::Server, "{url}");
        }
        for url in ["mysql://rahasia@localhost/netra", "rahasia", "postgres:rahasia", ""] {
            let error = Place::server(url, folder).unwrap_err().to_string();
            assert!(error.contains("postgres://") && !error.contains("rahasia"), "{error}");
        }
    }

    #[test]
    fn a_folder_may_have_any_name() {
        assert_eq!(escaped("/data/a b?c%d#é"), "/data/a%20b%3Fc%25d%23%C3%A9");
    }
}
