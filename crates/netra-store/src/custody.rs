//! Custody: an append-only log for each exhibit of who touched it after it was taken in.
//!
//! | | |
//! | --- | --- |
//! | an entry | matter, exhibit, running number, office, officer, time, what, a detail, a commitment to what was typed |
//! | its digest | SHA-256 over a fixed line, then the entry as canonical JSON, in which the digest of the one before stands |
//!
//! **Invariants**, guarded by `tests/store/custody.rs`.
//! - The database refuses to change or remove an entry; what its master does all the same, [`Store::verify`] finds and
//!   names, unless the newest entries of a log are gone. For that the printed log tells its newest digest.
//! - Entries hold no personal data: what an officer typed lies in the vault, like every private value.
//! - Looking at an exhibit again within an hour makes no further entry of the same officer.
//!
//! How an exhibit came in is no entry: an act says so.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use netra_docket::entry::canonical_bytes;
use netra_docket::ids::{AccountId, ExhibitNo, MatterId, SealId};
use netra_docket::private::{Private, Seal};
use netra_law::time::Moment;
use serde_json::json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_json, bad_row, cell, failed, is_unique_violation, parsed, seconds, sha256};
use crate::dockets::is_on_desk;
use crate::keys::KeyRing;
use crate::seal::{self, Opened, VaultRow, vault_of};
use crate::statement::{Script, Value};
use crate::store::Store;
use crate::types::{Custody, CustodyEntry, CustodyKind, Privacy, Scope, StoreError, Touch};
use crate::verify::FaultKind;

/// What stands before an entry when it is hashed: the same bytes mean nothing else elsewhere.
const PREFIX: &[u8] = b"netra custody 1\n";
/// For how many seconds one look at an exhibit counts.
const LOOK: i64 = 3600;
/// How often an entry is tried again whose number another process took.
const TRIES: u32 = 8;
/// Entries that one statement writes.
const TOGETHER: usize = 500;

/// The columns of an entry, in the order of [`Row::values`].
const COLUMNS: &str = "matter, exhibit, n, office, account, at, what, detail, note, commitment, prev, digest";

/// Touches of exhibits, on their way into the logs.
struct Noting {
    scope: Scope,
    matter: MatterId,
    account: Option<AccountId>,
    at: i64,
    touches: Vec<Touch>,
}

impl Store {
    /// Notes touches of a matter's exhibits; tells how many entries that made. A matter that the scope's office does
    /// not see gets none, and neither does a look that follows another one.
    ///
    /// # Errors
    /// The database fails, or the office's key is missing; nothing is noted then.
    pub async fn note_custody(
        &self,
        scope: &Scope,
        matter: MatterId,
        account: Option<AccountId>,
        at: Moment,
        touches: Vec<Touch>,
    ) -> Result<u64, StoreError> {
        if touches.is_empty() {
            return Ok(0);
        }
        let noting = Arc::new(Noting { scope: scope.clone(), matter, account, at: seconds(at), touches });
        let key = matter.to_string();
        let mut tries = 0;
        loop {
            let (means, noting) = (self.means(), noting.clone());
            let done: Result<u64, StoreError> = self
                .write(&key, move |conn| {
                    let (means, noting) = (means.clone(), noting.clone());
                    Box::pin(async move { note_in(conn, &means.keys, &noting).await })
                })
                .await;
            tries += 1;
            match done {
                // Another process wrote the entry of this number in between.
                Err(StoreError::Database { source, .. }) if is_unique_violation(&source) && tries < TRIES => {}
                other => return other,
            }
        }
    }

    /// The log of an exhibit, if the scope's office may see the matter. An exhibit that nobody touched has an empty
    /// one.
    ///
    /// # Errors
    /// The database fails, or an entry can't be read.
    pub async fn custody(
        &self,
        scope: &Scope,
        matter: MatterId,
        exhibit: ExhibitNo,
    ) -> Result<Option<Custody>, StoreError> {
        let mut tx = self.begin_read().await?;
        if !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(None);
        }
        let rows = sqlx::query(
            "SELECT matter, exhibit, n, office, account, at, what, detail, note, commitment, prev, digest FROM custody
             WHERE matter = $1 AND exhibit = $2 ORDER BY n",
        )
        .bind(matter.to_string())
        .bind(i64::from(exhibit.0))
        .fetch_all(&mut *tx)
        .await
        .map_err(failed("reading the custody of an exhibit"))?;
        let rows: Vec<Row> = rows.iter().map(Row::read).collect::<Result<_, _>>()?;
        let has_notes = rows.iter().any(|row| row.note.is_some());
        let vault = match scope.privacy() {
            Privacy::Open if has_notes => vault_of(&mut tx, self.keys(), matter).await?,
            Privacy::Open | Privacy::Sealed => HashMap::new(),
        };
        let mut custody = Custody::default();
        let mut chain = Chain::default();
        for row in rows {
            let first = chain.follow(&row)?.first().map(|(n, _)| u32::try_from(*n).unwrap_or(u32::MAX));
            custody.broken = custody.broken.or(first);
            custody.entries.push(row.entry(&vault)?);
        }
        Ok(Some(custody))
    }
}

async fn note_in(conn: &mut AnyConnection, keys: &KeyRing, noting: &Noting) -> Result<u64, StoreError> {
    if !is_on_desk(conn, noting.scope.office(), noting.matter).await? {
        return Ok(0);
    }
    let mut heads: BTreeMap<u16, (i64, String)> = BTreeMap::new();
    let (mut private, mut rows) = (Vec::new(), Vec::with_capacity(noting.touches.len()));
    for touch in &noting.touches {
        if touch.kind.is_passing() && was_seen_lately(conn, noting, touch).await? {
            continue;
        }
        let (last, prev) = match heads.remove(&touch.exhibit.0) {
            Some(head) => head,
            None => head_of(conn, noting.matter, touch.exhibit).await?,
        };
        let note = touch.note.as_deref().map(|text| VaultRow::new(&serde_json::Value::from(text))).transpose()?;
        let row = Row::after(last, prev, noting, touch, note.as_ref().map(VaultRow::seal))?;
        private.extend(note);
        heads.insert(touch.exhibit.0, (row.n, row.digest.clone()));
        rows.push(row.values());
    }
    let mut script = Script::default();
    seal::keep(&mut script, keys, noting.scope.office(), noting.matter, private)?;
    for portion in rows.chunks(TOGETHER) {
        script.insert(&format!("INSERT INTO custody ({COLUMNS}) VALUES"), portion.to_vec());
        std::mem::take(&mut script).run(conn).await.map_err(failed("noting the custody of an exhibit"))?;
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}

/// Number and digest of the newest entry; zero and nothing before the first.
async fn head_of(conn: &mut AnyConnection, matter: MatterId, exhibit: ExhibitNo) -> Result<(i64, String), StoreError> {
    let row = sqlx::query("SELECT n, digest FROM custody WHERE matter = $1 AND exhibit = $2 ORDER BY n DESC LIMIT 1")
        .bind(matter.to_string())
        .bind(i64::from(exhibit.0))
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading the custody of an exhibit"))?;
    match row {
        Some(row) => Ok((cell(&row, "n")?, cell(&row, "digest")?)),
        None => Ok((0, String::new())),
    }
}

/// Whether the same officer did the same to the exhibit a short time ago.
async fn was_seen_lately(conn: &mut AnyConnection, noting: &Noting, touch: &Touch) -> Result<bool, StoreError> {
    let Some(account) = noting.account else { return Ok(false) };
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT at FROM custody
         WHERE matter = $1 AND exhibit = $2 AND account = $3 AND what = $4 AND at > $5 AND at <= $6 LIMIT 1",
    )
    .bind(noting.matter.to_string())
    .bind(i64::from(touch.exhibit.0))
    .bind(account.to_string())
    .bind(touch.kind.id())
    .bind(noting.at.saturating_sub(LOOK))
    .bind(noting.at)
    .fetch_optional(&mut *conn)
    .await
    .map_err(failed("reading the custody of an exhibit"))?;
    Ok(found.is_some())
}

/// An entry as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) matter: String,
    pub(crate) exhibit: i64,
    pub(crate) n: i64,
    office: String,
    account: Option<String>,
    at: i64,
    what: String,
    detail: String,
    pub(crate) note: Option<String>,
    pub(crate) commitment: Option<String>,
    prev: String,
    digest: String,
}

impl Row {
    /// Reads a row.
    pub(crate) fn read(row: &AnyRow) -> Result<Row, StoreError> {
        Ok(Row {
            matter: cell(row, "matter")?,
            exhibit: cell(row, "exhibit")?,
            n: cell(row, "n")?,
            office: cell(row, "office")?,
            account: cell(row, "account")?,
            at: cell(row, "at")?,
            what: cell(row, "what")?,
            detail: cell(row, "detail")?,
            note: cell(row, "note")?,
            commitment: cell(row, "commitment")?,
            prev: cell(row, "prev")?,
            digest: cell(row, "digest")?,
        })
    }

    /// The entry that a touch becomes after the newest one.
    fn after(last: i64, prev: String, noting: &Noting, touch: &Touch, seal: Option<Seal>) -> Result<Row, StoreError> {
        let (note, commitment) = match seal {
            Some(seal) => (Some(seal.id.to_string()), Some(seal.commitment)),
            None => (None, None),
        };
        let mut row = Row {
            matter: noting.matter.to_string(),
            exhibit: i64::from(touch.exhibit.0),
            n: last.saturating_add(1),
            office: noting.scope.office().to_string(),
            account: noting.account.map(|account| account.to_string()),
            at: noting.at,
            what: touch.kind.id().to_owned(),
            detail: touch.detail.clone(),
            note,
            commitment,
            prev,
            digest: String::new(),
        };
        row.digest = row.computed()?;
        Ok(row)
    }

    /// The digest that the entry must have.
    fn computed(&self) -> Result<String, StoreError> {
        let entry = json!({
            "matter": self.matter, "exhibit": self.exhibit, "n": self.n, "office": self.office,
            "account": self.account, "at": self.at, "what": self.what, "detail": self.detail,
            "note": self.note, "commitment": self.commitment, "prev": self.prev,
        });
        Ok(sha256(&[PREFIX, &canonical_bytes(&entry).map_err(bad_json("custody"))?]))
    }

    fn values(self) -> [Value; 12] {
        [
            self.matter.into(),
            self.exhibit.into(),
            self.n.into(),
            self.office.into(),
            self.account.into(),
            self.at.into(),
            self.what.into(),
            self.detail.into(),
            self.note.into(),
            self.commitment.into(),
            self.prev.into(),
            self.digest.into(),
        ]
    }

    fn entry(self, vault: &HashMap<SealId, Opened>) -> Result<CustodyEntry, StoreError> {
        let note = match (self.note, self.commitment) {
            (Some(id), Some(commitment)) => {
                let id: SealId = parsed("custody", "note", &id)?;
                let opened = vault.get(&id).and_then(|opened| opened.value.as_str());
                Some(match opened {
                    Some(text) => Private::Open(text.to_owned()),
                    None => Private::Sealed(Seal { id, commitment }),
                })
            }
            _ => None,
        };
        Ok(CustodyEntry {
            n: u32::try_from(self.n).map_err(|_| bad_row("custody", "the number is out of range"))?,
            at: Timestamp::from_second(self.at).map_err(|_| bad_row("custody", "the time is out of range"))?,
            office: parsed("custody", "office", &self.office)?,
            account: self.account.map(|id| parsed("custody", "account", &id)).transpose()?,
            kind: CustodyKind::from_id(&self.what).ok_or_else(|| bad_row("custody", "unknown kind of entry"))?,
            detail: self.detail,
            note,
            digest: self.digest,
        })
    }
}

/// The log of one exhibit while it is followed from its beginning.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    last: i64,
    head: String,
}

impl Chain {
    /// Follows one entry on; gives the numbers that do not hold.
    pub(crate) fn follow(&mut self, row: &Row) -> Result<Vec<(i64, FaultKind)>, StoreError> {
        let mut faults = Vec::new();
        let expected = self.last.saturating_add(1);
        if row.n > expected {
            faults.push((expected, FaultKind::Missing));
        } else if row.prev != self.head {
            // The entry before is no longer what this one was chained to; before the first there is none.
            faults.push((self.last.max(1), FaultKind::Changed));
        }
        if row.computed()? != row.digest && !faults.contains(&(row.n, FaultKind::Changed)) {
            faults.push((row.n, FaultKind::Changed));
        }
        self.last = row.n;
        self.head.clone_from(&row.digest);
        Ok(faults)
    }
}
