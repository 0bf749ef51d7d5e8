//! The ledgers: the tree of each office as tiles, and its signed checkpoints.
//!
//! An act takes its place in the tree when it is recorded. Publishing comes after: it adds the new leaves to
//! the tiles and signs a checkpoint, which also goes into a file, so that a copy can be kept elsewhere.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use netra_docket::ids::OfficeId;
use netra_law::time::Moment;
use netra_ledger::tree::{self, LeafHash, TileId, Tiles, TreeError};
use netra_ledger::{Checkpoint, VerifierKey};
use sqlx::{AnyConnection, Row as _};

use crate::convert::{bad_row, cell, failed, hex, parsed, random};
use crate::keys::KeyRing;
use crate::store::Store;
use crate::types::StoreError;

/// Leaves that are added in one transaction.
const TOGETHER: i64 = 4096;
/// The file of an office's newest checkpoint.
const NEWEST: &str = "checkpoint";
/// The file of an office's public key.
const PUBLIC_KEY: &str = "key";
/// What stands before the time of a checkpoint, in its fourth line.
const TIME: &str = "time ";

impl Store {
    /// Publishes what was recorded since the last time: adds it to the trees, signs a checkpoint of each
    /// office that has something new, and writes it below the folder `ledger/`. Tells of how many offices.
    ///
    /// # Errors
    /// The database or the folder fails, or a key is missing.
    pub async fn publish_ledgers(&self, now: Moment) -> Result<u64, StoreError> {
        let behind: Vec<String> = sqlx::query_scalar("SELECT office FROM trees WHERE published < size ORDER BY office")
            .fetch_all(self.reader())
            .await
            .map_err(failed("looking for unpublished acts"))?;
        let mut published: u64 = 0;
        for office in &behind {
            self.publish_ledger(&parsed("trees", "office", office)?, now).await?;
            published += 1;
        }
        Ok(published)
    }

    async fn publish_ledger(&self, office: &OfficeId, now: Moment) -> Result<(), StoreError> {
        loop {
            let shown = self.shown(office);
            let (means, whose) = (self.means(), office.clone());
            let grown = self.write(office.as_str(), move |conn| {
                let (means, whose) = (means.clone(), whose.clone());
                Box::pin(async move { grow(conn, &means.keys, &whose, now, shown).await })
            });
            match grown.await? {
                Some(note) => self.show(office, &note, now)?,
                None => return Ok(()),
            }
        }
    }

    /// How many acts the newest checkpoint outside the database covers.
    pub(crate) fn shown(&self, office: &OfficeId) -> u64 {
        let note = fs::read_to_string(self.ledgers().join(office.as_str()).join(NEWEST)).unwrap_or_default();
        let key = self.keys().get(office);
        key.ok().and_then(|keys| Checkpoint::open(&note, keys.ledger.verifier()).ok()).map_or(0, |c| c.head.size)
    }

    /// Writes a checkpoint and the public key where scripts can copy them.
    fn show(&self, office: &OfficeId, note: &str, now: Moment) -> Result<(), StoreError> {
        let folder = self.ledgers().join(office.as_str());
        let key = self.keys().get(office)?.ledger.verifier().to_string();
        let day = format!("{}.{NEWEST}", now.date());
        let files = [(PUBLIC_KEY, format!("{key}\n")), (NEWEST, note.to_owned()), (day.as_str(), note.to_owned())];
        fs::create_dir_all(&folder)
            .and_then(|()| files.iter().try_for_each(|(name, text)| replace(&folder, name, text)))
            .map_err(|source| StoreError::Blob {
                doing: "writing a checkpoint to",
                path: folder.display().to_string(),
                source,
            })
    }

    /// The newest signed checkpoint of an office's ledger; none before its first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn checkpoint(&self, office: &OfficeId) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar("SELECT note FROM checkpoints WHERE office = $1 ORDER BY size DESC LIMIT 1")
            .bind(office.as_str())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a checkpoint"))
    }

    /// The public key with which an office signs its checkpoints.
    ///
    /// # Errors
    /// The key is missing.
    pub fn ledger_key(&self, office: &OfficeId) -> Result<VerifierKey, StoreError> {
        Ok(self.keys().get(office)?.ledger.verifier().clone())
    }
}

/// Puts a file in place of another at once: whoever reads sees the old one or the new one.
fn replace(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let draft = folder.join(format!(".{}", hex(&random::<8>().map_err(std::io::Error::other)?)));
    let mut file = File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(draft, folder.join(name))
}

/// Adds a portion of leaves to an office's tree; gives the signed checkpoint, none if there was nothing new.
async fn grow(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    office: &OfficeId,
    now: Moment,
    shown: u64,
) -> Result<Option<String>, StoreError> {
    let published: i64 =
        sqlx::query_scalar("UPDATE trees SET published = published WHERE office = $1 RETURNING published")
            .bind(office.as_str())
            .fetch_one(&mut *conn)
            .await
            .map_err(failed("reading the size of a tree"))?;
    let leaves = new_leaves(conn, office, published).await?;
    if leaves.is_empty() {
        return Ok(None);
    }
    let fault =
        |error: TreeError| StoreError::Ledger { office: office.clone(), doing: "growing", why: error.to_string() };
    let size = u64::try_from(published).map_err(|_| bad_row("trees", "a size below zero"))?;
    if size < shown {
        let why = format!(
            "a checkpoint of {shown} acts has been published, the database knows of {size}: it is older than that, \
             or acts were removed. Run `netra verify`, and restore the newest backup"
        );
        return Err(StoreError::Ledger { office: office.clone(), doing: "publishing", why });
    }
    let edge = tiles(conn, office, &tree::edge(size)).await?;
    let grown = tree::grow(size, &edge, &leaves).map_err(fault)?;
    for tile in &grown.tiles {
        keep_tile(conn, office, tile.id, &tile.bytes).await?;
    }
    let key = &keys.get(office)?.ledger;
    let time = format!("{TIME}{}", now.instant().as_second());
    let note = Checkpoint::new(key.verifier().name().clone(), grown.head)
        .with_extension(&time)
        .and_then(|checkpoint| checkpoint.sign(key))
        .map_err(|error| StoreError::Ledger { office: office.clone(), doing: "signing", why: error.to_string() })?;
    keep_checkpoint(conn, office, grown.head.size, &note).await?;
    Ok(Some(note))
}

/// When a checkpoint says that it was made, in Unix seconds.
pub(crate) fn time_of(checkpoint: &Checkpoint) -> Option<i64> {
    checkpoint.extensions().iter().find_map(|line| line.strip_prefix(TIME)?.parse().ok())
}

async fn new_leaves(conn: &mut AnyConnection, office: &OfficeId, from: i64) -> Result<Vec<LeafHash>, StoreError> {
    let rows = sqlx::query("SELECT leaf, body FROM acts WHERE office = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3")
        .bind(office.as_str())
        .bind(from)
        .bind(TOGETHER)
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading new acts"))?;
    let mut leaves = Vec::with_capacity(rows.len());
    for (row, expected) in rows.iter().zip(from..) {
        let leaf: i64 = cell(row, "leaf")?;
        if leaf != expected {
            let why = format!("leaf {expected} is missing: run `netra verify` before anything else is recorded");
            return Err(StoreError::Ledger { office: office.clone(), doing: "growing", why });
        }
        leaves.push(tree::leaf_hash(cell(row, "body")?));
    }
    Ok(leaves)
}

/// Tiles of an office's tree; those that are not there are left out.
pub(crate) async fn tiles(conn: &mut AnyConnection, office: &OfficeId, ids: &[TileId]) -> Result<Tiles, StoreError> {
    let mut found = Tiles::new();
    for id in ids {
        if let Some(bytes) = tile(conn, office, *id).await? {
            let kept = found.insert(*id, bytes);
            kept.map_err(|error| StoreError::Ledger {
                office: office.clone(),
                doing: "reading",
                why: error.to_string(),
            })?;
        }
    }
    Ok(found)
}

/// A tile of an office's tree as it is kept.
pub(crate) async fn tile(
    conn: &mut AnyConnection,
    office: &OfficeId,
    id: TileId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = sqlx::query("SELECT hashes FROM tiles WHERE office = $1 AND level = $2 AND place = $3")
        .bind(office.as_str())
        .bind(i64::from(id.level))
        .bind(place(id)?)
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading a tile"))?;
    row.map(|row| row.try_get("hashes").map_err(failed("reading a tile"))).transpose()
}

async fn keep_tile(conn: &mut AnyConnection, office: &OfficeId, id: TileId, bytes: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO tiles (office, level, place, hashes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (office, level, place) DO UPDATE SET hashes = excluded.hashes",
    )
    .bind(office.as_str())
    .bind(i64::from(id.level))
    .bind(place(id)?)
    .bind(bytes.to_vec())
    .execute(&mut *conn)
    .await
    .map_err(failed("keeping a tile"))?;
    Ok(())
}

fn place(id: TileId) -> Result<i64, StoreError> {
    i64::try_from(id.index).map_err(|_| bad_row("tiles", "a place beyond all trees"))
}

async fn keep_checkpoint(conn: &mut AnyConnection, office: &OfficeId, size: u64, note: &str) -> Result<(), StoreError> {
    let size = i64::try_from(size).map_err(|_| bad_row("checkpoints", "a size beyond all trees"))?;
    sqlx::query("INSERT INTO checkpoints (office, size, note) VALUES ($1, $2, $3)")
        .bind(office.as_str())
        .bind(size)
        .bind(note)
        .execute(&mut *conn)
        .await
        .map_err(failed("keeping a checkpoint"))?;
    sqlx::query("UPDATE trees SET published = $1 WHERE office = $2")
        .bind(size)
        .bind(office.as_str())
        .execute(&mut *conn)
        .await
        .map_err(failed("noting what is published"))?;
    Ok(())
}
