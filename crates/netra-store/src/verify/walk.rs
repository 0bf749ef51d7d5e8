//! The walk along the leaves of one office's ledger.

use std::collections::{BTreeSet, HashMap};

use netra_docket::ids::{MatterId, OfficeId, SealId};
use netra_ledger::tree::{LeafHash, RootBuilder, TILE_WIDTH, TileId, leaf_hash};
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::content::{collect, matches_columns, read};
use super::proofs::{Exhibits, Values};
use super::{Claim, FaultKind, Verification};
use crate::convert::{bad_row, cell, failed, seconds};
use crate::ledger::{tile, time_of};
use crate::store::Store;
use crate::types::StoreError;

/// Acts that are read at once.
const PORTION: i64 = 1024;
/// How far the clocks of two processes may be apart, in seconds.
const LEEWAY: i64 = 300;

/// What a portion of acts refers to.
#[derive(Default)]
struct Refers {
    digests: BTreeSet<String>,
    seals: Vec<(MatterId, SealId, String)>,
}

/// The walk along the leaves of one office.
pub(super) struct Walk {
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
    pub(super) fn new(office: OfficeId, claims: Vec<Claim>) -> Walk {
        let mut claims = claims.into_iter();
        let next = claims.next();
        Walk { office, claims, next, root: RootBuilder::new(), passed: None, tile: None, dockets: HashMap::new() }
    }

    pub(super) async fn run(
        mut self,
        conn: &mut AnyConnection,
        store: &Store,
        found: &mut Verification,
        exhibits: &mut Exhibits,
        values: &Values<'_>,
    ) -> Result<(), StoreError> {
        let mut refers = Refers::default();
        let mut from: i64 = 0;
        loop {
            let rows = self.portion(conn, from).await?;
            let Some(last) = rows.last() else { break };
            let last: i64 = cell(last, "leaf")?;
            for row in &rows {
                self.leaf(conn, row, found, &mut refers).await?;
            }
            exhibits.verify(store, std::mem::take(&mut refers.digests), found).await?;
            values.verify(conn, std::mem::take(&mut refers.seals), found).await?;
            from = last.saturating_add(1);
        }
        self.strays(conn, found).await?;
        self.end(conn, found).await
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
        refers: &mut Refers,
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
        self.content(row, body, found, refers, &name);
        self.push(hash, found);
        found.acts += 1;
        Ok(())
    }

    /// What stands in an act, against the columns by which it is found.
    fn content(&mut self, row: &AnyRow, body: &[u8], found: &mut Verification, refers: &mut Refers, name: &str) {
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
        collect(&value, entry.matter, &mut refers.digests, &mut refers.seals);
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
