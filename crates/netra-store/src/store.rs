//! The store's handle: the folder, the connections, the queue of writers.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use netra_law::Law;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Transaction};

use crate::blobs::{Blobs, apart, blob_error};
use crate::convert::failed;
use crate::keys::KeyRing;
use crate::migrate;
use crate::offices::OfficeCache;
use crate::place::{Access, Backend, Place};
use crate::queue::{Fault, Queue, Work};
use crate::types::StoreError;

/// The folder of exhibits in the data folder, unless they lie in a bucket.
pub(crate) const BLOBS: &str = "blobs";
/// The folder of the offices' keys.
pub(crate) const KEYS: &str = "keys";
/// The folder of published checkpoints.
pub(crate) const LEDGERS: &str = "ledger";
/// The folder of files that are still coming in.
pub(crate) const UPLOADS: &str = "uploads";
/// Connections that read at the same time.
const READERS: u32 = 4;

/// The store. Cheap to clone: all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    means: Arc<Means>,
    backend: Backend,
    queue: Queue,
    writer: AnyPool,
    reader: AnyPool,
    blobs: Blobs,
    folder: PathBuf,
    ledgers: PathBuf,
}

/// What every job needs: the law by which dockets are folded, the keys of offices, and offices read before.
pub(crate) struct Means {
    pub(crate) law: Arc<Law>,
    pub(crate) keys: KeyRing,
    pub(crate) offices: OfficeCache,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a store, making what is missing. Needs a tokio runtime: the queue of writers is a task of it.
    ///
    /// # Errors
    /// The folder can't be made, the bucket does not answer, the database can't be opened, a newer program wrote
    /// it, or the keys are not those with which it was written.
    pub async fn open(place: &Place, law: Arc<Law>) -> Result<Store, StoreError> {
        make_folders(place)?;
        let store = Store::connect(place, law).await?;
        migrate::run(&store.inner.writer, place.backend()).await?;
        for office in store.offices().await? {
            store.ensure_keys(&office.id).await?;
        }
        store.encrypt_plain_values().await?;
        store.refresh_projections().await?;
        Ok(store)
    }

    /// Opens a store to look at it, changing nothing: whoever verifies a store must not mend it first.
    ///
    /// # Errors
    /// The database can't be opened, the bucket does not answer, or the tables are not those of this program.
    pub async fn open_as_it_is(place: &Place, law: Arc<Law>) -> Result<Store, StoreError> {
        let store = Store::connect(place, law).await?;
        migrate::require_newest(store.reader()).await?;
        Ok(store)
    }

    async fn connect(place: &Place, law: Arc<Law>) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        let folder = |name: &str| place.folder().join(name);
        let blobs = Blobs::at(place)?;
        blobs.greet().await?;
        let backend = place.backend();
        let writer = pool(place, Access::Write, backend.writers()).await.map_err(failed("opening it for writing"))?;
        let reader = pool(place, Access::Read, READERS).await.map_err(failed("opening it for reading"))?;
        let lanes = usize::try_from(backend.writers()).unwrap_or(1);
        let queue = Queue::start(&writer, backend.begin_write(), lanes);
        let means = Arc::new(Means { law, keys: KeyRing::new(folder(KEYS)), offices: OfficeCache::default() });
        let (ledgers, folder) = (folder(LEDGERS), place.folder().to_owned());
        Ok(Store { inner: Arc::new(Inner { means, backend, queue, writer, reader, blobs, folder, ledgers }) })
    }

    /// Waits for what is running and closes the files; later calls on any clone fail.
    pub async fn close(&self) {
        self.inner.reader.close().await;
        self.inner.writer.close().await;
    }

    /// The law by which dockets are folded.
    pub fn law(&self) -> &Law {
        &self.inner.means.law
    }

    /// Law and keys, to be taken along into a job.
    pub(crate) fn means(&self) -> Arc<Means> {
        self.inner.means.clone()
    }

    /// The keys of offices.
    pub(crate) fn keys(&self) -> &KeyRing {
        &self.inner.means.keys
    }

    /// The folder of published checkpoints.
    pub(crate) fn ledgers(&self) -> &Path {
        &self.inner.ledgers
    }

    /// Runs a job in a transaction and answers once its writes are on disk. Jobs with the same key, an
    /// office as a rule, run in the order in which they came. A job may run more than once, see [`Queue`].
    pub(crate) async fn write<T, E, F>(&self, key: &str, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Fault,
        F: for<'c> Fn(&'c mut AnyConnection) -> Work<'c, Result<T, E>> + Send + Sync + 'static,
    {
        self.inner.queue.write(key, job).await
    }

    /// Begins a transaction that sees one state of the database.
    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, Any>, StoreError> {
        self.inner.reader.begin_with(self.inner.backend.begin_read()).await.map_err(failed("beginning to read"))
    }

    /// For single statements that read.
    pub(crate) fn reader(&self) -> &AnyPool {
        &self.inner.reader
    }

    /// The bytes of exhibits.
    pub(crate) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The folder of files that are still coming in.
    pub(crate) fn uploads(&self) -> PathBuf {
        self.inner.folder.join(UPLOADS)
    }

    /// Bytes that the program may still write into the folder of the store; none where the system does not tell.
    ///
    /// # Errors
    /// The system fails to tell.
    pub async fn free_space(&self) -> Result<Option<u64>, StoreError> {
        let folder = self.inner.folder.clone();
        let measured =
            move || free_space(&folder).map_err(blob_error("measuring the space of", &folder.display().to_string()));
        apart("measuring the space of", measured).await
    }
}

#[cfg(unix)]
fn free_space(folder: &Path) -> io::Result<Option<u64>> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(Some(disk.f_bavail.saturating_mul(disk.f_frsize)))
}

#[cfg(not(unix))]
fn free_space(_folder: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

pub(crate) async fn pool(place: &Place, access: Access, connections: u32) -> Result<AnyPool, sqlx::Error> {
    let greeting = place.backend().greeting(access);
    let options = place.options().map_err(|error| sqlx::Error::Configuration(Box::new(error)))?;
    if place.backend() == Backend::Server {
        // A pool would try again and again and then say that it waited; this says what is wrong.
        AnyConnection::connect_with(&options).await?.close().await?;
    }
    AnyPoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .after_connect(move |conn, _| {
            Box::pin(async move { sqlx::raw_sql(greeting).execute(&mut *conn).await.map(|_| ()) })
        })
        .connect_with(options)
        .await
}

/// Makes the folders of a store, of exhibits only if they do not lie in a bucket.
pub(crate) fn make_folders(place: &Place) -> Result<(), StoreError> {
    let exhibits = place.bucket().is_none().then_some(BLOBS);
    for folder in exhibits.into_iter().chain([KEYS, LEDGERS, UPLOADS]) {
        make_folder(&place.folder().join(folder))?;
    }
    Ok(())
}

/// Makes a folder that only the program's own user can enter.
pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::Blob {
        doing: "making",
        path: folder.display().to_string(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &AnyPool, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
    }

    #[tokio::test]
    async fn connections_are_durable_and_readers_can_not_write() {
        let folder = tempfile::tempdir().unwrap();
        let law = Arc::new(Law::embedded().unwrap());
        let store = Store::open(&Place::embedded(&folder.path().join("new")), law).await.unwrap();
        let writer = &store.inner.writer;
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await.unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(pragma(writer, "PRAGMA synchronous").await, 2, "FULL");
        assert_eq!(pragma(writer, "PRAGMA foreign_keys").await, 1);
        assert_eq!(pragma(writer, "PRAGMA recursive_triggers").await, 1);
        assert_eq!(pragma(writer, "PRAGMA secure_delete").await, 1);
        let refused = sqlx::query("DELETE FROM settings").execute(store.reader()).await;
        assert!(refused.is_err(), "readers only read");
    }
}
