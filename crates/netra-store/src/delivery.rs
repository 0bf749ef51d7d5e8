//! The outbox: bundles that are to go to other servers over the network, and how far each has come.
//!
//! An officer asks for a delivery; whoever runs the server packs it, sends it and asks for its receipts, a step at a
//! time. Every step is written down before the next one begins, so that a server that stops in between goes on where it
//! was. Several servers of one store take a delivery one at a time ([`Store::claim_delivery`]).
//!
//! **Invariants**, guarded by `tests/store/delivery.rs`.
//! - One act goes to one receiver in one delivery, however often it is asked for.
//! - What was refused is sent again only when somebody asks for it, and is packed anew then.

use std::fmt;
use std::str::FromStr;

use netra_docket::ids::{ActId, MatterId, OfficeId};
use netra_law::time::Moment;
use netra_ledger::KeyName;
use netra_ledger::bundle::{BundleKind, Fingerprint};
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::convert::{bad_row, cell, count, failed, parsed, parsed_cell};
use crate::seal::random_uuid;
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{Scope, StoreError};

const COLUMNS: &str = "id, office, matter, act, kind, receiver, receiver_name, asked, state, attempts, next_at, why,
                       fingerprint, blob, size, waybill";

/// A delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(Uuid);

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl FromStr for DeliveryId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<DeliveryId, uuid::Error> {
        Uuid::try_parse(text).map(DeliveryId)
    }
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// An officer asked for it.
    Asked,
    /// It was packed, and its bytes are on their way.
    Packed,
    /// All bytes are there; receipts are waited for.
    Sent,
    /// The receiver has said the last word.
    Done,
    /// The receiver does not take it, or it can't be packed.
    Refused,
}

impl DeliveryState {
    /// All states.
    pub const ALL: [DeliveryState; 5] =
        [DeliveryState::Asked, DeliveryState::Packed, DeliveryState::Sent, DeliveryState::Done, DeliveryState::Refused];

    /// The word in the store.
    pub fn id(self) -> &'static str {
        match self {
            DeliveryState::Asked => "asked",
            DeliveryState::Packed => "packed",
            DeliveryState::Sent => "sent",
            DeliveryState::Done => "done",
            DeliveryState::Refused => "refused",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            DeliveryState::Asked => "akan dikemas",
            DeliveryState::Packed => "sedang dikirim",
            DeliveryState::Sent => "terkirim, menunggu tanda terima",
            DeliveryState::Done => "selesai",
            DeliveryState::Refused => "gagal",
        }
    }
}

impl FromStr for DeliveryState {
    type Err = ();

    fn from_str(word: &str) -> Result<DeliveryState, ()> {
        DeliveryState::ALL.into_iter().find(|state| state.id() == word).ok_or(())
    }
}

/// A delivery that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// Who sends.
    pub office: OfficeId,
    /// The matter.
    pub matter: MatterId,
    /// The act by which it is handed over, or the last one that is sent.
    pub act: ActId,
    /// What the bundle is for.
    pub kind: BundleKind,
    /// The name of the receiver's key.
    pub receiver: KeyName,
    /// The receiver's name.
    pub receiver_name: String,
    /// Now.
    pub asked: Moment,
}

/// The file of a delivery, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Which bundle it is.
    pub fingerprint: Fingerprint,
    /// SHA-256 of the file: the name under which it is kept.
    pub blob: String,
    /// Its bytes.
    pub size: u64,
    /// The signed waybill.
    pub waybill: String,
}

/// A delivery and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Which one.
    pub id: DeliveryId,
    /// What was asked for.
    pub what: NewDelivery,
    /// How far it has come.
    pub state: DeliveryState,
    /// Attempts that failed since something last went well.
    pub attempts: u32,
    /// When it is gone on with, in seconds since 1970.
    pub next_at: i64,
    /// Why it was refused, or why the last attempt failed.
    pub why: Option<String>,
    /// The file, once it is packed.
    pub package: Option<Package>,
}

impl Store {
    /// Asks for a delivery. Asked for again it stays as it is, unless it was refused: then it begins anew.
    ///
    /// # Errors
    /// The database fails.
    pub async fn ask_delivery(&self, new: &NewDelivery) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![
            random_uuid()?.to_string().into(),
            new.office.as_str().into(),
            new.matter.to_string().into(),
            new.act.to_string().into(),
            kind_id(new.kind).into(),
            new.receiver.as_str().into(),
            new.receiver_name.as_str().into(),
            new.asked.to_string().into(),
        ];
        self.write("", move |conn| {
            let values = values.clone();
            Box::pin(async move {
                let again: Vec<Value> = [2, 3, 5, 7].iter().filter_map(|place| values.get(*place).cloned()).collect();
                execute(
                    conn,
                    "INSERT INTO deliveries (id, office, matter, act, kind, receiver, receiver_name, asked, state,
                     attempts, next_at, size) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', 0, 0, 0)
                     ON CONFLICT (matter, act, receiver) DO NOTHING",
                    values,
                )
                .await
                .map_err(failed("asking for a delivery"))?;
                execute(
                    conn,
                    "UPDATE deliveries SET state = 'asked', attempts = 0, next_at = 0, why = NULL, asked = $4,
                     fingerprint = NULL, blob = NULL, size = 0, waybill = NULL
                     WHERE matter = $1 AND act = $2 AND receiver = $3 AND state = 'refused'",
                    again,
                )
                .await
                .map_err(failed("asking for a delivery again"))?;
                Ok::<(), StoreError>(())
            })
        })
        .await
    }

    /// The deliveries of a matter that an office asked for, oldest first.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn deliveries(&self, scope: &Scope, matter: MatterId) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE matter = $1 AND office = $2 ORDER BY asked, id");
        // Only the names of the columns are added to the text.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(matter.to_string())
            .bind(scope.office().as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading deliveries"))?;
        rows.iter().map(delivery).collect()
    }

    /// Deliveries that are to be gone on with at a time, in seconds since 1970; those that waited longest first.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn due_deliveries(&self, now: i64, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM deliveries WHERE state IN ('asked', 'packed', 'sent') AND next_at <= $1
             ORDER BY next_at, id LIMIT $2"
        );
        // Only the names of the columns are added to the text.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await
            .map_err(failed("looking for deliveries"))?;
        rows.iter().map(delivery).collect()
    }

    /// Takes a delivery for oneself until a time, in seconds since 1970; whether nobody else had it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn claim_delivery(&self, seen: &Delivery, until: i64) -> Result<bool, StoreError> {
        let values: Vec<Value> =
            vec![seen.id.to_string().into(), seen.next_at.into(), seen.state.id().into(), until.into()];
        let sql = "UPDATE deliveries SET next_at = $4 WHERE id = $1 AND next_at = $2 AND state = $3";
        Ok(self.execute("taking a delivery", sql, values).await? > 0)
    }

    /// Notes that a delivery was packed; it is gone on with at once.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_packed(&self, id: DeliveryId, package: &Package) -> Result<(), StoreError> {
        let size = i64::try_from(package.size).map_err(|_| bad_row("deliveries", "a size beyond all files"))?;
        let values: Vec<Value> = vec![
            id.to_string().into(),
            package.fingerprint.to_string().into(),
            package.blob.as_str().into(),
            size.into(),
            package.waybill.as_str().into(),
        ];
        self.execute(
            "noting that a delivery was packed",
            "UPDATE deliveries SET state = 'packed', attempts = 0, next_at = 0, why = NULL, fingerprint = $2, blob = $3,
             size = $4, waybill = $5 WHERE id = $1",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Notes that something went well: how far it is, and when it is gone on with, in seconds since 1970.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_went(&self, id: DeliveryId, state: DeliveryState, next_at: i64) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![id.to_string().into(), state.id().into(), next_at.into()];
        self.execute(
            "noting how far a delivery is",
            "UPDATE deliveries SET state = $2, attempts = 0, next_at = $3, why = NULL WHERE id = $1",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Notes that nothing is wrong and nothing new either: one more time was asked in vain.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_waits(&self, id: DeliveryId, next_at: i64) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![id.to_string().into(), next_at.into()];
        self.execute(
            "noting that a delivery waits",
            "UPDATE deliveries SET attempts = attempts + 1, next_at = $2, why = NULL WHERE id = $1",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Notes that an attempt failed, why, and when the next one is, in seconds since 1970.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_failed(&self, id: DeliveryId, why: &str, next_at: i64) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![id.to_string().into(), why.into(), next_at.into()];
        self.execute(
            "noting that a delivery failed",
            "UPDATE deliveries SET attempts = attempts + 1, why = $2, next_at = $3 WHERE id = $1",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Notes that a delivery does not go on, and why.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_refused(&self, id: DeliveryId, why: &str) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![id.to_string().into(), why.into()];
        self.execute(
            "noting that a delivery was refused",
            "UPDATE deliveries SET state = 'refused', why = $2 WHERE id = $1",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Goes on with a delivery of an office at once instead of at its time; whether there is one that waits.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hurry_delivery(&self, scope: &Scope, matter: MatterId, id: DeliveryId) -> Result<bool, StoreError> {
        let values: Vec<Value> = vec![id.to_string().into(), scope.office().as_str().into(), matter.to_string().into()];
        let changed = self
            .execute(
                "hurrying a delivery",
                "UPDATE deliveries SET attempts = 0, next_at = 0
                 WHERE id = $1 AND office = $2 AND matter = $3 AND state IN ('asked', 'packed', 'sent')",
                values,
            )
            .await?;
        Ok(changed > 0)
    }

    /// The names of the keys of those to whom an office has sent bundles of a matter.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn sent_to(&self, scope: &Scope, matter: MatterId) -> Result<Vec<KeyName>, StoreError> {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT receiver FROM outbox WHERE matter = $1 AND office = $2 ORDER BY 1")
                .bind(matter.to_string())
                .bind(scope.office().as_str())
                .fetch_all(self.reader())
                .await
                .map_err(failed("looking for receivers"))?;
        names.iter().map(|name| parsed("outbox", "receiver", name)).collect()
    }
}

/// The word for a kind of bundle in the store.
fn kind_id(kind: BundleKind) -> &'static str {
    match kind {
        BundleKind::Forwarding => "forwarding",
        BundleKind::Delegation => "delegation",
        BundleKind::Answer => "answer",
    }
}

fn kind_from_id(word: &str) -> Option<BundleKind> {
    [BundleKind::Forwarding, BundleKind::Delegation, BundleKind::Answer].into_iter().find(|kind| kind_id(*kind) == word)
}

fn delivery(row: &AnyRow) -> Result<Delivery, StoreError> {
    let table = "deliveries";
    let kind: String = cell(row, "kind")?;
    let what = NewDelivery {
        office: parsed_cell(row, table, "office")?,
        matter: parsed_cell(row, table, "matter")?,
        act: parsed_cell(row, table, "act")?,
        kind: kind_from_id(&kind).ok_or_else(|| bad_row(table, "a kind of bundle that is not known"))?,
        receiver: parsed_cell(row, table, "receiver")?,
        receiver_name: cell(row, "receiver_name")?,
        asked: parsed_cell(row, table, "asked")?,
    };
    let attempts: i64 = cell(row, "attempts")?;
    Ok(Delivery {
        id: parsed_cell(row, table, "id")?,
        what,
        state: parsed_cell(row, table, "state")?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        next_at: cell(row, "next_at")?,
        why: cell(row, "why")?,
        package: package(row)?,
    })
}

fn package(row: &AnyRow) -> Result<Option<Package>, StoreError> {
    let fingerprint: Option<String> = cell(row, "fingerprint")?;
    let (blob, waybill): (Option<String>, Option<String>) = (cell(row, "blob")?, cell(row, "waybill")?);
    let (Some(fingerprint), Some(blob), Some(waybill)) = (fingerprint, blob, waybill) else { return Ok(None) };
    let fingerprint = parsed("deliveries", "fingerprint", &fingerprint)?;
    Ok(Some(Package { fingerprint, blob, size: count(cell(row, "size")?), waybill }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for state in DeliveryState::ALL {
            assert_eq!(state.id().parse(), Ok(state));
        }
        assert_eq!("elsewhere".parse::<DeliveryState>(), Err(()));
        for kind in [BundleKind::Forwarding, BundleKind::Delegation, BundleKind::Answer] {
            assert_eq!(kind_from_id(kind_id(kind)), Some(kind));
        }
    }
}
