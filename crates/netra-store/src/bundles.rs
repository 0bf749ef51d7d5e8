//! Bundles that came in and went out, their receipts, and the trust directory.
//!
//! A bundle that came in is kept whole, as bytes; whether its sender is trusted stands beside it with the reason, as
//! it was known when it came.

use std::io::Read;

use netra_docket::ids::{ActId, MatterId, OfficeId};
use netra_law::time::Moment;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::directory::{Directory, DirectoryError};
use netra_ledger::receipt::{Receipt, ReceiptFault, SentBundle};
use netra_ledger::{KeyError, KeyName, Note, SigningKey, VerifierKey};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use tokio::runtime::Handle;

use crate::blobs::{BlobReader, apart};
use crate::convert::{bad_row, cell, count, failed, parsed, parsed_cell};
use crate::keys::ORIGIN;
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::StoreError;

/// The setting that holds the trust directory, as it was signed.
const DIRECTORY: &str = "trust/directory";
/// The setting that holds the key of the office that signs it.
const DIRECTORY_KEY: &str = "trust/key";
/// Rows of the inbox that are read at once.
const MOST: i64 = 500;

const COLUMNS: &str =
    "fingerprint, office, sender, sender_name, matter, number, received, distrust, why, blob, size, receipt";

/// A bundle that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "kotak masuk")]
pub struct InboxItem {
    /// Which one.
    pub fingerprint: Fingerprint,
    /// For whom it is.
    pub office: OfficeId,
    /// The name of the sender's key.
    pub sender: KeyName,
    /// The sender's name, as the bundle says.
    pub sender_name: String,
    /// The matter, as the sender calls it.
    pub matter: String,
    /// Its number there.
    pub number: Option<String>,
    /// When it came.
    pub received: Moment,
    /// Why it is set aside, as a word and a sentence; nothing if it is trusted.
    pub distrust: Option<(String, String)>,
    /// The name of its bytes.
    pub blob: String,
    /// How many there are.
    pub size: u64,
    /// The receipt that was given for it, as it was signed.
    pub receipt: String,
}

/// What has become of a bundle that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is in the inbox now.
    New,
    /// It had come before: this is how it was kept then.
    Known(Box<InboxItem>),
}

/// A bundle that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentRow {
    /// Which one.
    pub fingerprint: Fingerprint,
    /// Who sent it.
    pub office: OfficeId,
    /// The matter.
    pub matter: MatterId,
    /// The act by which it was handed over.
    pub act: ActId,
    /// The name of the receiver's key.
    pub receiver: KeyName,
    /// When it was made.
    pub made: Moment,
}

/// Why a receipt or a directory was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum BundleStoreError {
    /// No bundle of this fingerprint went out from here.
    #[error("no bundle {0} was sent from this store")]
    NotSent(Fingerprint),
    /// The receipt is refused.
    #[error(transparent)]
    Receipt(#[from] ReceiptFault),
    /// The directory is refused.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// It is not known whose directory to trust.
    #[error(
        "no key of the national office is known here yet: give it with --key, compared with what that office publishes"
    )]
    NoKey,
    /// Another key than the one that is known.
    #[error("this store trusts the directory of {known}, not of {offered}")]
    OtherKey {
        /// The key that is known.
        known: String,
        /// The one that was given.
        offered: String,
    },
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl crate::queue::Fault for BundleStoreError {
    fn store(&self) -> Option<&StoreError> {
        if let BundleStoreError::Store(error) = self { Some(error) } else { None }
    }
}

/// The name of an office's key: how it is called in bundles, directories and receipts.
///
/// # Errors
/// Never for the ids that there are: the type of names asks.
pub fn office_key_name(office: &OfficeId) -> Result<KeyName, KeyError> {
    format!("{ORIGIN}{office}").parse()
}

impl Store {
    /// Lets something be signed with an office's key, which does not leave the store otherwise.
    ///
    /// # Errors
    /// The key is missing.
    pub fn sign_with<T>(&self, office: &OfficeId, sign: impl FnOnce(&SigningKey) -> T) -> Result<T, StoreError> {
        Ok(sign(&self.keys().get(office)?.ledger))
    }

    /// The X25519 secret to which bundles for an office are encrypted.
    ///
    /// # Errors
    /// The key is missing.
    pub fn transport_secret(&self, office: &OfficeId) -> Result<[u8; 32], StoreError> {
        Ok(self.keys().get(office)?.transport)
    }

    /// Keeps what a source gives under its digest, a part at a time. Keeping it again changes nothing.
    ///
    /// # Errors
    /// The source, the folder or the bucket fails, or its digest is another one.
    pub async fn keep_stream(&self, sha256: &str, mut source: impl Read + Send + 'static) -> Result<(), StoreError> {
        let (blobs, name) = (self.blobs().clone(), sha256.to_owned());
        let runtime = Handle::current();
        apart("keeping a bundle", move || runtime.block_on(blobs.keep(&name, &mut source))).await
    }

    /// Puts a bundle into the inbox, unless it is there already. Its bytes must have been kept before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn receive_bundle(&self, item: &InboxItem) -> Result<Arrival, StoreError> {
        let size = i64::try_from(item.size).map_err(|_| bad_row("inbox", "a size beyond all files"))?;
        let (word, why) = item.distrust.clone().unzip();
        let values: Vec<Value> = vec![
            item.fingerprint.to_string().into(),
            item.office.as_str().into(),
            item.sender.as_str().into(),
            item.sender_name.as_str().into(),
            item.matter.as_str().into(),
            item.number.clone().into(),
            item.received.to_string().into(),
            word.into(),
            why.into(),
            item.blob.as_str().into(),
            size.into(),
            item.receipt.as_str().into(),
        ];
        let added = self
            .execute(
                "putting a bundle into the inbox",
                "INSERT INTO inbox (fingerprint, office, sender, sender_name, matter, number, received, distrust, why,
                 blob, size, receipt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 ON CONFLICT (fingerprint) DO NOTHING",
                values,
            )
            .await?;
        if added > 0 {
            return Ok(Arrival::New);
        }
        let known = self.inbox_item(&item.office, item.fingerprint).await?;
        let known = known.ok_or_else(|| bad_row("inbox", "the bundle is that of another office"))?;
        Ok(Arrival::Known(Box::new(known)))
    }

    /// The bundles that came for an office, the newest first, five hundred at most.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn inbox(&self, office: &OfficeId) -> Result<Vec<InboxItem>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM inbox WHERE office = $1 ORDER BY received DESC, fingerprint LIMIT $2");
        // Only the names of the columns are added to the text.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(office.as_str())
            .bind(MOST)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading the inbox"))?;
        rows.iter().map(item).collect()
    }

    /// A bundle that came for an office.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn inbox_item(
        &self,
        office: &OfficeId,
        fingerprint: Fingerprint,
    ) -> Result<Option<InboxItem>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM inbox WHERE office = $1 AND fingerprint = $2");
        // Only the names of the columns are added to the text.
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(office.as_str())
            .bind(fingerprint.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading the inbox"))?;
        row.as_ref().map(item).transpose()
    }

    /// The bytes of a bundle that came for an office.
    ///
    /// # Errors
    /// The database, the folder or the bucket fails.
    pub async fn inbox_reader(
        &self,
        office: &OfficeId,
        fingerprint: Fingerprint,
    ) -> Result<Option<BlobReader>, StoreError> {
        match self.inbox_item(office, fingerprint).await? {
            Some(item) => self.blob_reader(&item.blob).await.map(Some),
            None => Ok(None),
        }
    }

    /// Remembers a bundle that goes out, so that its receipt is recognised. Doing it again changes nothing.
    ///
    /// # Errors
    /// The database fails.
    pub async fn remember_sent(&self, sent: &SentRow) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![
            sent.fingerprint.to_string().into(),
            sent.office.as_str().into(),
            sent.matter.to_string().into(),
            sent.act.to_string().into(),
            sent.receiver.as_str().into(),
            sent.made.to_string().into(),
        ];
        self.execute(
            "remembering a bundle",
            "INSERT INTO outbox (fingerprint, office, matter, act, receiver, made) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (fingerprint) DO NOTHING",
            values,
        )
        .await
        .map(|_| ())
    }

    /// A bundle that went out.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn sent_bundle(&self, fingerprint: Fingerprint) -> Result<Option<SentRow>, StoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        sent_in(&mut conn, fingerprint).await
    }

    /// Takes a receipt in whose signature was checked; gives the bundle that it is for. Two that come at once are
    /// taken one after the other.
    ///
    /// # Errors
    /// No such bundle went out, or the receipt is refused after those that came before. Nothing is kept then.
    pub async fn take_receipt(&self, receipt: &Receipt, note: &str) -> Result<SentRow, BundleStoreError> {
        let (receipt, note) = (receipt.clone(), note.to_owned());
        self.write("", move |conn| {
            let (receipt, note) = (receipt.clone(), note.clone());
            Box::pin(async move { take_receipt_in(conn, &receipt, &note).await })
        })
        .await
    }

    /// The trust directory, checked with the key that is known; none if none was imported.
    ///
    /// # Errors
    /// The database fails, or what it holds is not what that key signed.
    pub async fn trust_directory(&self) -> Result<Option<Directory>, BundleStoreError> {
        let (Some(text), Some(key)) = (self.setting(DIRECTORY).await?, self.trust_key().await?) else {
            return Ok(None);
        };
        Ok(Some(Directory::open(&text, &key)?))
    }

    async fn trust_key(&self) -> Result<Option<VerifierKey>, StoreError> {
        let text = self.setting(DIRECTORY_KEY).await?;
        text.map(|text| parsed("settings", DIRECTORY_KEY, &text)).transpose()
    }

    /// Imports a trust directory. The key is needed the first time, and kept.
    ///
    /// # Errors
    /// The key is not known or another one, did not sign the directory, or the directory is older than the one that
    /// is there.
    pub async fn import_directory(&self, text: &str, key: Option<&VerifierKey>) -> Result<Directory, BundleStoreError> {
        let key = match (self.trust_key().await?, key) {
            (Some(known), Some(offered)) if known != *offered => {
                return Err(BundleStoreError::OtherKey { known: known.to_string(), offered: offered.to_string() });
            }
            (Some(known), _) => known,
            (None, Some(offered)) => offered.clone(),
            (None, None) => return Err(BundleStoreError::NoKey),
        };
        let offered = Directory::open(text, &key)?;
        let accepted = offered.replace(self.trust_directory().await?.as_ref())?;
        self.set_setting(DIRECTORY_KEY, &key.to_string()).await?;
        self.set_setting(DIRECTORY, text).await?;
        Ok(accepted)
    }
}

async fn take_receipt_in(conn: &mut AnyConnection, receipt: &Receipt, note: &str) -> Result<SentRow, BundleStoreError> {
    // Whoever takes a receipt of the same bundle at the same time waits here.
    execute(conn, "UPDATE outbox SET receiver = receiver WHERE fingerprint = $1", [receipt.bundle.to_string().into()])
        .await
        .map_err(failed("queueing for a bundle"))?;
    let sent = sent_in(conn, receipt.bundle).await?.ok_or(BundleStoreError::NotSent(receipt.bundle))?;
    let from = office_key_name(&sent.office).map_err(|error| bad_row("outbox", error.to_string()))?;
    let known = SentBundle { bundle: sent.fingerprint, from, to: sent.receiver.clone() };
    receipt.accept(&known, &receipts_in(conn, receipt.bundle).await?)?;
    execute(
        conn,
        "INSERT INTO bundle_receipts (fingerprint, state, note) VALUES ($1, $2, $3)",
        [receipt.bundle.to_string().into(), receipt.state.id().into(), note.into()],
    )
    .await
    .map_err(failed("keeping a receipt"))?;
    Ok(sent)
}

/// The receipts of a bundle that were taken in. Their signatures were checked then.
pub(crate) async fn receipts_in(
    conn: &mut AnyConnection,
    fingerprint: Fingerprint,
) -> Result<Vec<Receipt>, BundleStoreError> {
    let notes: Vec<String> =
        sqlx::query_scalar("SELECT note FROM bundle_receipts WHERE fingerprint = $1 ORDER BY state")
            .bind(fingerprint.to_string())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading receipts"))?;
    let read = |note: &String| Receipt::unsigned(&note.parse::<Note>().map_err(ReceiptFault::Note)?);
    Ok(notes.iter().map(read).collect::<Result<Vec<Receipt>, ReceiptFault>>()?)
}

async fn sent_in(conn: &mut AnyConnection, fingerprint: Fingerprint) -> Result<Option<SentRow>, StoreError> {
    let row = sqlx::query("SELECT fingerprint, office, matter, act, receiver, made FROM outbox WHERE fingerprint = $1")
        .bind(fingerprint.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking for a bundle"))?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SentRow {
        fingerprint,
        office: parsed_cell(&row, "outbox", "office")?,
        matter: parsed_cell(&row, "outbox", "matter")?,
        act: parsed_cell(&row, "outbox", "act")?,
        receiver: parsed_cell(&row, "outbox", "receiver")?,
        made: parsed_cell(&row, "outbox", "made")?,
    }))
}

fn item(row: &AnyRow) -> Result<InboxItem, StoreError> {
    let distrust: Option<String> = cell(row, "distrust")?;
    let why: Option<String> = cell(row, "why")?;
    Ok(InboxItem {
        fingerprint: parsed_cell(row, "inbox", "fingerprint")?,
        office: parsed_cell(row, "inbox", "office")?,
        sender: parsed_cell(row, "inbox", "sender")?,
        sender_name: cell(row, "sender_name")?,
        matter: cell(row, "matter")?,
        number: cell(row, "number")?,
        received: parsed_cell(row, "inbox", "received")?,
        distrust: distrust.map(|word| (word, why.unwrap_or_default())),
        blob: cell(row, "blob")?,
        size: count(cell(row, "size")?),
        receipt: cell(row, "receipt")?,
    })
}
