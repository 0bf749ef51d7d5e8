//! Reading everything back and comparing it with what proves it: acts with the trees, trees with the signed
//! checkpoints, private values with their commitments, exhibits with their digests.
//!
//! Nothing is believed because a column says so: every byte of every act and exhibit is read and hashed.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use netra_docket::entry::{Entry, canonical_bytes};
use netra_docket::ids::{MatterId, OfficeId, SealId};
use netra_ledger::tree::{LeafHash, RootBuilder, TILE_WIDTH, TileId, leaf_hash};
use netra_ledger::{Checkpoint, VerifierKey};
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, failed, parsed, seconds};
use crate::keys::ORIGIN;
use crate::ledger::{tile, time_of};
use crate::seal::vault_of;
use crate::store::Store;
use crate::types::StoreError;

/// Acts that are read at once.
const PORTION: i64 = 1024;
/// How far the clocks of two processes may be apart, in seconds.
const LEEWAY: i64 = 300;
/// Faults of one kind that are told one by one; after that only the first matters.
const MOST: usize = 50;

/// What was found wrong, the place first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: an act, a checkpoint, an exhibit, a private value.
    pub what: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Its bytes are not those that were recorded.
    Changed,
    /// It is not there.
    Missing,
    /// It stands at the place of another.
    Reordered,
    /// It claims to be older than a checkpoint that does not have it; or the clock was wrong.
    BackDated,
    /// Acts at the end are gone.
    Truncated,
    /// The whole database is older than a checkpoint that was published.
    RolledBack,
    /// A signature does not hold.
    Unsigned,
}

impl FaultKind {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            FaultKind::Changed => "changed",
            FaultKind::Missing => "missing",
            FaultKind::Reordered => "reordered",
            FaultKind::BackDated => "back-dated",
            FaultKind::Truncated => "truncated",
            FaultKind::RolledBack => "rolled-back",
            FaultKind::Unsigned => "unsigned",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            FaultKind::Changed => "isinya berubah",
            FaultKind::Missing => "hilang",
            FaultKind::Reordered => "urutannya berubah",
            FaultKind::BackDated => "dicatat dengan waktu mundur, atau jam server salah",
            FaultKind::Truncated => "bagian akhirnya hilang",
            FaultKind::RolledBack => "basis data lebih lama daripada titik periksa yang sudah terbit",
            FaultKind::Unsigned => "tanda tangannya tidak cocok",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.kind.indonesian())
    }
}

/// What a verification read and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Acts read and hashed.
    pub acts: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Exhibits read and hashed.
    pub blobs: u64,
    /// Private values compared with their commitment.
    pub values: u64,
    /// Acts that no checkpoint covers yet.
    pub unpublished: u64,
    /// What is wrong, in the order of the ledgers.
    pub faults: Vec<Fault>,
}

impl Verification {
    fn fault(&mut self, what: impl fmt::Display, kind: FaultKind) {
        if self.faults.iter().filter(|f| f.kind == kind).count() < MOST {
            self.faults.push(Fault { what: what.to_string(), kind });
        }
    }
}

/// A checkpoint that was copied away, to be compared with the store.
#[derive(Clone, Debug)]
pub struct SavedCheckpoint {
    /// The office whose ledger it is of.
    pub office: OfficeId,
    /// The signed note.
    pub note: String,
}

impl SavedCheckpoint {
    /// Reads a signed note; its first line tells whose ledger it is of. The signature is checked by
    /// [`Store::verify`].
    pub fn read(note: String) -> Option<SavedCheckpoint> {
        let office = note.lines().next()?.strip_prefix(ORIGIN)?.parse().ok()?;
        Some(SavedCheckpoint { office, note })
    }
}

impl Store {
    /// Reads and hashes everything. `saved` are checkpoints from elsewhere; those in the folder `ledger/`
    /// are taken in any case. O(everything), in portions.
    ///
    /// # Errors
    /// The database fails. What does not hold is no error but stands in the answer.
    pub async fn verify(&self, saved: &[SavedCheckpoint]) -> Result<Verification, StoreError> {
        let mut tx = self.begin_read().await?;
        let mut found = Verification::default();
        let offices: Vec<String> = sqlx::query_scalar(
            "SELECT office FROM acts UNION SELECT office FROM trees UNION SELECT office FROM checkpoints ORDER BY 1",
        )
        .fetch_all(&mut *tx)
        .await
        .map_err(failed("listing the ledgers"))?;
        let mut digests = BTreeSet::new();
        for office in &offices {
            let office: OfficeId = parsed("acts", "office", office)?;
            let mut checkpoints = self.checkpoints(&mut tx, &office, &mut found).await?;
            self.published_files(&office, saved, &mut checkpoints, &mut found);
            let walk = Walk::new(office, checkpoints);
            walk.run(&mut tx, self, &mut found, &mut digests).await?;
        }
        drop(tx);
        self.verify_blobs(&digests, &mut found).await;
        Ok(found)
    }

    async fn checkpoints(
        &self,
        conn: &mut AnyConnection,
        office: &OfficeId,
        found: &mut Verification,
    ) -> Result<Vec<Claim>, StoreError> {
        let rows = sqlx::query("SELECT size, note FROM checkpoints WHERE office = $1 ORDER BY size")
            .bind(office.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading the checkpoints"))?;
        let key = self.ledger_key(office)?;
        let mut claims = Vec::with_capacity(rows.len());
        for row in &rows {
            let size: i64 = cell(row, "size")?;
            let name = format!("titik periksa {office} pada {size} tindakan");
            match claim(cell(row, "note")?, &key, name.clone(), FaultKind::Truncated) {
                Some(claim) if i64::try_from(claim.checkpoint.head.size) == Ok(size) => claims.push(claim),
                _ => found.fault(name, FaultKind::Unsigned),
            }
            found.checkpoints += 1;
        }
        Ok(claims)
    }

    /// Adds the checkpoints that lie outside the database.
    fn published_files(
        &self,
        office: &OfficeId,
        saved: &[SavedCheckpoint],
        claims: &mut Vec<Claim>,
        found: &mut Verification,
    ) {
        let Ok(key) = self.ledger_key(office) else { return };
        let folder = self.ledgers().join(office.as_str());
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = files.filter(|path| path.to_string_lossy().ends_with("checkpoint"));
        let files = files.filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(&path).ok()?)));
        let given = saved
            .iter()
            .filter(|s| s.office == *office)
            .map(|s| ("titik periksa yang disimpan".to_owned(), s.note.clone()));
        for (name, note) in files.chain(given) {
            match claim(&note, &key, name.clone(), FaultKind::RolledBack) {
                Some(claim) => claims.push(claim),
                None => found.fault(name, FaultKind::Unsigned),
            }
            found.checkpoints += 1;
        }
        claims.sort_by_key(|claim| claim.checkpoint.head.size);
    }

    async fn verify_blobs(&self, digests: &BTreeSet<String>, found: &mut Verification) {
        for digest in digests {
            match self.get_blob(digest).await {
                Ok(_) => {}
                Err(StoreError::BlobChanged(_)) => found.fault(format!("bukti {digest}"), FaultKind::Changed),
                Err(_) => found.fault(format!("bukti {digest}"), FaultKind::Missing),
            }
            found.blobs += 1;
        }
    }
}

/// A signed statement about an office's ledger.
struct Claim {
    checkpoint: Checkpoint,
    name: String,
    /// What it means if the store has fewer acts than it says.
    shorter: FaultKind,
}

fn claim(note: &str, key: &VerifierKey, name: String, shorter: FaultKind) -> Option<Claim> {
    let checkpoint = Checkpoint::open(note, key).ok()?;
    Some(Claim { checkpoint, name, shorter })
}

/// The walk along the leaves of one office.
struct Walk {
    office: OfficeId,
    claims: std::vec::IntoIter<Claim>,
    next: Option<Claim>,
    root: RootBuilder,
    /// When the newest checkpoint that was passed had been made.
    passed: Option<i64>,
    /// Hashes of the tile that covers the current leaf.
    tile: Option<(u64, Vec<u8>)>,
    /// Entries of each docket so far.
    dockets: HashMap<MatterId, u32>,
}

impl Walk {
    fn new(office: OfficeId, claims: Vec<Claim>) -> Walk {
        let mut claims = claims.into_iter();
        let next = claims.next();
        Walk { office, claims, next, root: RootBuilder::new(), passed: None, tile: None, dockets: HashMap::new() }
    }

    async fn run(
        mut self,
        conn: &mut AnyConnection,
        store: &Store,
        found: &mut Verification,
        digests: &mut BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let mut seals = Vec::new();
        let mut from: i64 = 0;
        loop {
            let rows = self.portion(conn, from).await?;
            let Some(last) = rows.last() else { break };
            let last: i64 = cell(last, "leaf")?;
            for row in &rows {
                self.leaf(conn, row, found, digests, &mut seals).await?;
            }
            from = last.saturating_add(1);
        }
        self.strays(conn, found).await?;
        self.end(conn, found).await?;
        verify_values(conn, store, &self.office, seals, found).await
    }

    async fn portion(&self, conn: &mut AnyConnection, from: i64) -> Result<Vec<AnyRow>, StoreError> {
        sqlx::query(
            "SELECT leaf, id, matter, n, kind, at, recorded, body FROM acts
             WHERE office = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3",
        )
        .bind(self.office.as_str())
        .bind(from)
        .bind(PORTION)
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading acts"))
    }

    async fn leaf(
        &mut self,
        conn: &mut AnyConnection,
        row: &AnyRow,
        found: &mut Verification,
        digests: &mut BTreeSet<String>,
        seals: &mut Vec<(MatterId, SealId, String)>,
    ) -> Result<(), StoreError> {
        let leaf: i64 = cell(row, "leaf")?;
        let leaf = u64::try_from(leaf).map_err(|_| bad_row("acts", "a leaf below zero"))?;
        while self.root.size() < leaf {
            // What is missing keeps its place, so that what follows is compared with its own hash.
            let hash = self.expected(conn, self.root.size()).await?.unwrap_or(LeafHash([0; 32]));
            found.fault(format!("tindakan ke-{} dalam buku {}", self.root.size(), self.office), FaultKind::Missing);
            self.push(hash, found);
        }
        let body: &[u8] = cell(row, "body")?;
        let hash = leaf_hash(body);
        let id: &str = cell(row, "id")?;
        let name = format!("tindakan {id} (ke-{leaf} dalam buku {})", self.office);
        match self.expected(conn, leaf).await? {
            Some(expected) if expected != hash => {
                let elsewhere = self.is_elsewhere(conn, hash).await?;
                found.fault(&name, if elsewhere { FaultKind::Reordered } else { FaultKind::Changed });
            }
            Some(_) => {}
            None => found.unpublished += 1,
        }
        self.content(row, body, found, digests, seals, &name);
        self.push(hash, found);
        found.acts += 1;
        Ok(())
    }

    /// What stands in an act, against the columns by which it is found.
    fn content(
        &mut self,
        row: &AnyRow,
        body: &[u8],
        found: &mut Verification,
        digests: &mut BTreeSet<String>,
        seals: &mut Vec<(MatterId, SealId, String)>,
        name: &str,
    ) {
        let Some((value, entry)) = read(body) else { return found.fault(name, FaultKind::Changed) };
        let kind = value.pointer("/what/act").and_then(Value::as_str).unwrap_or_default();
        if !matches_columns(row, &entry, &self.office, kind) {
            found.fault(name, FaultKind::Changed);
        }
        let length = self.dockets.entry(entry.matter).or_default();
        if entry.n != *length + 1 {
            found.fault(name, if entry.n > *length { FaultKind::Missing } else { FaultKind::Reordered });
        }
        *length = entry.n;
        if self.passed.is_some_and(|time| seconds(entry.recorded) < time - LEEWAY) {
            found.fault(name, FaultKind::BackDated);
        }
        collect(&value, entry.matter, digests, seals);
    }

    fn push(&mut self, hash: LeafHash, found: &mut Verification) {
        self.root.push(hash);
        while let Some(claim) = self.next.take_if(|claim| claim.checkpoint.head.size <= self.root.size()) {
            if claim.checkpoint.head.size == self.root.size() && claim.checkpoint.head.root != self.root.root() {
                found.fault(format!("{}: tindakan sampai ke-{}", claim.name, self.root.size()), FaultKind::Changed);
            }
            self.passed = self.passed.max(time_of(&claim.checkpoint));
            self.next = self.claims.next();
        }
    }

    /// The hash that the tiles hold for a leaf; none beyond what is published.
    async fn expected(&mut self, conn: &mut AnyConnection, leaf: u64) -> Result<Option<LeafHash>, StoreError> {
        let width = u64::try_from(TILE_WIDTH).unwrap_or(u64::MAX);
        let index = leaf / width;
        if self.tile.as_ref().is_none_or(|(held, _)| *held != index) {
            let hashes = tile(conn, &self.office, TileId { level: 0, index }).await?.unwrap_or_default();
            self.tile = Some((index, hashes));
        }
        let Some((_, hashes)) = &self.tile else { return Ok(None) };
        let place = usize::try_from(leaf % width).unwrap_or(usize::MAX);
        Ok(hashes.as_chunks::<32>().0.get(place).map(|hash| LeafHash(*hash)))
    }

    /// Whether the tree has a hash at another place. Only asked when something is wrong.
    async fn is_elsewhere(&self, conn: &mut AnyConnection, hash: LeafHash) -> Result<bool, StoreError> {
        let tiles: Vec<Vec<u8>> = sqlx::query_scalar("SELECT hashes FROM tiles WHERE office = $1 AND level = 0")
            .bind(self.office.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading the tiles"))?;
        Ok(tiles.iter().any(|tile| tile.as_chunks::<32>().0.contains(&hash.0)))
    }

    /// Acts that have no place in the tree were put there behind the program's back.
    async fn strays(&self, conn: &mut AnyConnection, found: &mut Verification) -> Result<(), StoreError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM acts WHERE office = $1 AND leaf IS NULL")
            .bind(self.office.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("looking for acts outside the tree"))?;
        for id in ids {
            found.fault(format!("tindakan {id} di luar buku {}", self.office), FaultKind::Reordered);
        }
        Ok(())
    }

    async fn end(&mut self, conn: &mut AnyConnection, found: &mut Verification) -> Result<(), StoreError> {
        let size: Option<i64> = sqlx::query_scalar("SELECT size FROM trees WHERE office = $1")
            .bind(self.office.as_str())
            .fetch_optional(&mut *conn)
            .await
            .map_err(failed("reading the size of a tree"))?;
        let here = self.root.size();
        for claim in self.next.take().into_iter().chain(self.claims.by_ref()) {
            let what = format!("{}: {} tindakan, di sini {here}", claim.name, claim.checkpoint.head.size);
            found.fault(what, claim.shorter);
        }
        if size.and_then(|size| u64::try_from(size).ok()) != Some(here) {
            found.fault(
                format!("buku {}: {here} tindakan, tercatat {}", self.office, size.unwrap_or(0)),
                FaultKind::Truncated,
            );
        }
        Ok(())
    }
}

/// Reads an act; none unless its bytes are the canonical ones of an entry.
fn read(body: &[u8]) -> Option<(Value, Entry)> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let entry = Entry::from_value(value.clone()).ok()?;
    (canonical_bytes(&value).ok()? == body).then_some((value, entry))
}

/// Whether the columns by which an act is found say what its bytes say.
fn matches_columns(row: &AnyRow, entry: &Entry, office: &OfficeId, kind: &str) -> bool {
    let text = |column, expected: &str| cell::<&str>(row, column).is_ok_and(|text| text == expected);
    let number = |column, expected: i64| cell::<i64>(row, column).is_ok_and(|number| number == expected);
    text("id", &entry.id.to_string())
        && text("matter", &entry.matter.to_string())
        && text("kind", kind)
        && entry.office == *office
        && number("n", i64::from(entry.n))
        && number("at", seconds(entry.at))
        && number("recorded", seconds(entry.recorded))
}

/// The digests of exhibits and the seals of private values in an act.
pub(crate) fn collect(
    value: &Value,
    matter: MatterId,
    digests: &mut BTreeSet<String>,
    seals: &mut Vec<(MatterId, SealId, String)>,
) {
    match value {
        Value::Object(map) => {
            let text = |name: &str| map.get(name).and_then(Value::as_str);
            if let (Some(digest), true) = (text("sha256"), map.contains_key("media_type")) {
                digests.insert(digest.to_owned());
            }
            if let (Some(id), Some(commitment)) = (text("id").and_then(|id| id.parse().ok()), text("commitment")) {
                seals.push((matter, id, commitment.to_owned()));
            }
            map.values().for_each(|value| collect(value, matter, digests, seals));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, matter, digests, seals)),
        _ => {}
    }
}

/// Compares private values with what the acts hold of them.
async fn verify_values(
    conn: &mut AnyConnection,
    store: &Store,
    office: &OfficeId,
    mut seals: Vec<(MatterId, SealId, String)>,
    found: &mut Verification,
) -> Result<(), StoreError> {
    seals.sort();
    for of_matter in seals.chunk_by(|one, other| one.0 == other.0) {
        let Some((matter, _, _)) = of_matter.first() else { continue };
        let kept = match vault_of(conn, store.keys(), *matter).await {
            Ok(kept) => kept,
            Err(StoreError::Row { .. } | StoreError::Database { .. }) => {
                found.fault(format!("data pribadi perkara {matter} ({office})"), FaultKind::Changed);
                continue;
            }
            Err(other) => return Err(other),
        };
        for (_, id, commitment) in of_matter {
            match kept.get(id) {
                Some(opened) if opened.commitment == *commitment => {}
                Some(_) => found.fault(format!("data pribadi {id} perkara {matter}"), FaultKind::Changed),
                None => found.fault(format!("data pribadi {id} perkara {matter}"), FaultKind::Missing),
            }
            found.values += 1;
        }
    }
    Ok(())
}
