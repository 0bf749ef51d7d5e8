//! Files that other servers announced: whose they say to be, how far they have come, and why one was refused.
//!
//! An announcement is a signed [`Waybill`]. It is worth no more than its signature: who holds the key, the trust
//! directory tells, and what the bundle is worth shows when it is whole and checked. Then it becomes a row of the inbox,
//! and the arrival goes.
//!
//! **Invariants**, guarded by `tests/store/delivery.rs`.
//! - Of one bundle there is one arrival. A stranger never takes the place of somebody who is known.
//! - What was refused stays refused, with its reason, for whoever sends the same bytes again.

use std::str::FromStr;

use netra_docket::ids::OfficeId;
use netra_ledger::KeyName;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::waybill::Waybill;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, count, failed, parsed_cell};
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::StoreError;
use crate::uploads::UploadId;

/// Whether the key of a sender is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SenderTrust {
    /// The directory does not vouch for it: what it sends is set aside.
    Stranger,
    /// It is good.
    Known,
}

impl SenderTrust {
    fn id(self) -> &'static str {
        match self {
            SenderTrust::Stranger => "stranger",
            SenderTrust::Known => "known",
        }
    }
}

impl FromStr for SenderTrust {
    type Err = ();

    fn from_str(word: &str) -> Result<SenderTrust, ()> {
        [SenderTrust::Stranger, SenderTrust::Known].into_iter().find(|trust| trust.id() == word).ok_or(())
    }
}

/// How far an announced file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrivalState {
    /// Its bytes are coming.
    Coming,
    /// All have come; it waits to be checked.
    Whole,
    /// It was checked and is not taken in: a word, and the reason in words.
    Refused {
        /// The word.
        fault: String,
        /// The reason.
        why: String,
    },
}

impl ArrivalState {
    fn id(&self) -> &'static str {
        match self {
            ArrivalState::Coming => "coming",
            ArrivalState::Whole => "whole",
            ArrivalState::Refused { .. } => "refused",
        }
    }
}

/// An announced file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalRow {
    /// Which bundle it is said to be.
    pub fingerprint: Fingerprint,
    /// For whom it is.
    pub office: OfficeId,
    /// Who announced it.
    pub sender: KeyName,
    /// The key with which it was announced, as text.
    pub sender_key: String,
    /// Whether that key was known then.
    pub trust: SenderTrust,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// Where its bytes come in.
    pub upload: UploadId,
    /// When it was announced, in seconds since 1970.
    pub announced: i64,
    /// How far it has come.
    pub state: ArrivalState,
}

impl ArrivalRow {
    /// What a waybill announces.
    pub fn new(
        waybill: &Waybill,
        office: OfficeId,
        trust: SenderTrust,
        upload: UploadId,
        announced: i64,
    ) -> ArrivalRow {
        ArrivalRow {
            fingerprint: waybill.bundle,
            office,
            sender: waybill.from.clone(),
            sender_key: waybill.key.to_string(),
            trust,
            sha256: waybill.sha256.clone(),
            size: waybill.size,
            upload,
            announced,
            state: ArrivalState::Coming,
        }
    }

    /// Whether another announcement is about the same bytes of the same sender.
    fn is_same(&self, other: &ArrivalRow) -> bool {
        (&self.sender_key, &self.sha256, self.size) == (&other.sender_key, &other.sha256, other.size)
    }
}

/// What came of an announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announced {
    /// This one counts: it is new, or took the place of an older one whose upload is to be dropped.
    New(Option<UploadId>),
    /// It was announced before: so far it has come.
    Known(Box<ArrivalRow>),
    /// Somebody else announced the bundle, whose word counts as much.
    Taken,
}

const COLUMNS: &str =
    "fingerprint, office, sender, sender_key, trust, sha256, size, upload, announced, state, fault, why";

impl Store {
    /// Announces a file. Announced again, or by somebody whose word counts less, the older one stays.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn announce_arrival(&self, new: &ArrivalRow) -> Result<Announced, StoreError> {
        let new = new.clone();
        self.write("", move |conn| {
            let new = new.clone();
            Box::pin(async move { announce(conn, &new).await })
        })
        .await
    }

    /// A file that was announced and is not in the inbox.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn arrival(&self, fingerprint: Fingerprint) -> Result<Option<ArrivalRow>, StoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        arrival_in(&mut conn, fingerprint).await
    }

    /// How many files of strangers are on their way, and how many bytes they will have.
    ///
    /// # Errors
    /// The database fails.
    pub async fn arrivals_of_strangers(&self) -> Result<(u64, u64), StoreError> {
        let sizes: Vec<i64> = sqlx::query_scalar("SELECT size FROM arrivals WHERE trust = $1 AND state <> 'refused'")
            .bind(SenderTrust::Stranger.id())
            .fetch_all(self.reader())
            .await
            .map_err(failed("counting files on their way"))?;
        let bytes = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(count(*size)));
        Ok((u64::try_from(sizes.len()).unwrap_or(u64::MAX), bytes))
    }

    /// Files that wait to be checked, those that were announced first in front.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn whole_arrivals(&self, limit: u32) -> Result<Vec<ArrivalRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM arrivals WHERE state = 'whole' ORDER BY announced, fingerprint LIMIT $1");
        // Only the names of the columns are added to the text.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await
            .map_err(failed("looking for files to check"))?;
        rows.iter().map(arrival).collect()
    }

    /// Notes how far a file has come. A refused one stays as it is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn arrival_is(&self, fingerprint: Fingerprint, state: &ArrivalState) -> Result<(), StoreError> {
        let (fault, why) = match state {
            ArrivalState::Refused { fault, why } => (Some(fault.clone()), Some(why.clone())),
            ArrivalState::Coming | ArrivalState::Whole => (None, None),
        };
        let values: Vec<Value> = vec![fingerprint.to_string().into(), state.id().into(), fault.into(), why.into()];
        self.execute(
            "noting how far a file has come",
            "UPDATE arrivals SET state = $2, fault = $3, why = $4 WHERE fingerprint = $1 AND state <> 'refused'",
            values,
        )
        .await
        .map(|_| ())
    }

    /// Forgets an announcement: the file is in the inbox, or has to come again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_arrival(&self, fingerprint: Fingerprint) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![fingerprint.to_string().into()];
        self.execute("ending an arrival", "DELETE FROM arrivals WHERE fingerprint = $1", values).await.map(|_| ())
    }

    /// Forgets what was announced before a time, in seconds since 1970, and has not become whole; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sweep_arrivals(&self, before: i64) -> Result<u64, StoreError> {
        let values: Vec<Value> = vec![before.into()];
        let sql = "DELETE FROM arrivals WHERE announced < $1 AND state <> 'whole'";
        self.execute("sweeping arrivals", sql, values).await
    }
}

async fn announce(conn: &mut AnyConnection, new: &ArrivalRow) -> Result<Announced, StoreError> {
    let old = arrival_in(conn, new.fingerprint).await?;
    match &old {
        Some(old) if old.is_same(new) => return Ok(Announced::Known(Box::new(old.clone()))),
        Some(old) if old.sender_key != new.sender_key && old.trust >= new.trust => return Ok(Announced::Taken),
        _ => {}
    }
    execute(conn, "DELETE FROM arrivals WHERE fingerprint = $1", [new.fingerprint.to_string().into()])
        .await
        .map_err(failed("replacing an announcement"))?;
    let size = i64::try_from(new.size).map_err(|_| bad_row("arrivals", "a size beyond all files"))?;
    let values: [Value; 10] = [
        new.fingerprint.to_string().into(),
        new.office.as_str().into(),
        new.sender.as_str().into(),
        new.sender_key.as_str().into(),
        new.trust.id().into(),
        new.sha256.as_str().into(),
        size.into(),
        new.upload.to_string().into(),
        new.announced.into(),
        new.state.id().into(),
    ];
    execute(
        conn,
        "INSERT INTO arrivals (fingerprint, office, sender, sender_key, trust, sha256, size, upload, announced, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values,
    )
    .await
    .map_err(failed("announcing a file"))?;
    Ok(Announced::New(old.map(|old| old.upload)))
}

async fn arrival_in(conn: &mut AnyConnection, fingerprint: Fingerprint) -> Result<Option<ArrivalRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM arrivals WHERE fingerprint = $1");
    // Only the names of the columns are added to the text.
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(fingerprint.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking for a file on its way"))?;
    row.as_ref().map(arrival).transpose()
}

fn arrival(row: &AnyRow) -> Result<ArrivalRow, StoreError> {
    let table = "arrivals";
    let (state, fault, why): (String, Option<String>, Option<String>) =
        (cell(row, "state")?, cell(row, "fault")?, cell(row, "why")?);
    let state = match state.as_str() {
        "coming" => ArrivalState::Coming,
        "whole" => ArrivalState::Whole,
        "refused" => ArrivalState::Refused { fault: fault.unwrap_or_default(), why: why.unwrap_or_default() },
        _ => return Err(bad_row(table, "a state that is not known")),
    };
    Ok(ArrivalRow {
        fingerprint: parsed_cell(row, table, "fingerprint")?,
        office: parsed_cell(row, table, "office")?,
        sender: parsed_cell(row, table, "sender")?,
        sender_key: cell(row, "sender_key")?,
        trust: parsed_cell(row, table, "trust")?,
        sha256: cell(row, "sha256")?,
        size: count(cell(row, "size")?),
        upload: parsed_cell(row, table, "upload")?,
        announced: cell(row, "announced")?,
        state,
    })
}
