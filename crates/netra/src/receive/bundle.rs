//! Taking a bundle into the inbox, however it came: by hand or over the network.

use std::fs::File;
use std::io::Read as _;

use anyhow::Context;
use jiff::Timestamp;
use netra_docket::entry::Actor;
use netra_docket::ids::OfficeId;
use netra_evidence::Hasher;
use netra_law::time::Moment;
use netra_ledger::bundle::{
    BundleFault, BundleKind, BundleLimits, Findings, Fingerprint, Party, VerifiedBundle, verify_bundle,
};
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_store::{Arrival, BundleStoreError, InboxItem, Office, Store, office_of_ledger};

use crate::bundle::envelope::Envelope;
use crate::bundle::trust::Trust;

/// A bundle that is in the inbox.
pub struct Taken {
    /// What was checked.
    pub verified: VerifiedBundle,
    /// What is proved, and whether it was set aside.
    pub found: Findings,
    /// Whether it was new.
    pub arrival: Arrival,
    /// The receipt, signed.
    pub receipt: String,
}

/// Why a bundle does not come into the inbox.
pub enum Refusal {
    /// It is not whole.
    Fault(BundleFault),
    /// It is for somebody else.
    OtherReceiver(Party),
}

impl Refusal {
    /// The word in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Refusal::Fault(fault) => fault.id(),
            Refusal::OtherReceiver(_) => "wrong-receiver",
        }
    }

    /// The words on screens.
    pub fn indonesian(&self) -> String {
        match self {
            Refusal::Fault(fault) => fault.indonesian(),
            Refusal::OtherReceiver(to) => {
                format!("Bundel ini untuk {} ({}), bukan untuk kantor pada penyimpanan ini.", to.name, to.office)
            }
        }
    }
}

/// Checks a bundle and puts it into the inbox, with a receipt that says what `wanted` makes of it. An answer to what was
/// sent from here is taken into its matter at once.
pub async fn take(
    store: &Store,
    trust: &Trust,
    envelope: &Envelope,
    wanted: impl FnOnce(&Findings) -> ReceiptState,
    now: Timestamp,
) -> anyhow::Result<Result<Taken, Refusal>> {
    let file = envelope.file()?;
    let checked = tokio::task::block_in_place(|| verify_bundle(file, &BundleLimits::default()));
    let verified = match checked {
        Ok(verified) => verified,
        Err(fault) => return Ok(Err(Refusal::Fault(fault))),
    };
    let Some(office) = receiver(store, &verified).await? else {
        return Ok(Err(Refusal::OtherReceiver(verified.about.head.to)));
    };
    let now = Moment::new(now, office.zone);
    let found = trust.findings(&verified, now.instant());
    let said = receipt(&verified, wanted(&found), now);
    let note = sign(store, &office.id, &said)?;
    let item = keep(store, envelope, &office.id, &verified, &found, &note, now).await?;
    let arrival = store.receive_bundle(&item).await.context("putting the bundle into the inbox")?;
    give(store, &said, &note).await?;
    if verified.about.head.kind == BundleKind::Answer && found.distrust.is_none() {
        open(store, &office, &verified, now).await?;
    }
    Ok(Ok(Taken { verified, found, arrival, receipt: note }))
}

/// The office of this store for which a bundle is.
async fn receiver(store: &Store, verified: &VerifiedBundle) -> anyhow::Result<Option<Office>> {
    match office_of_ledger(verified.about.head.to.office.as_str()) {
        Some(id) => store.office(&id).await.context("reading the office"),
        None => Ok(None),
    }
}

fn receipt(verified: &VerifiedBundle, state: ReceiptState, now: Moment) -> Receipt {
    let head = &verified.about.head;
    let (from, to) = (head.from.office.clone(), head.to.office.clone());
    Receipt { bundle: verified.fingerprint, from, to, at: whole_seconds(now), state }
}

fn sign(store: &Store, office: &OfficeId, receipt: &Receipt) -> anyhow::Result<String> {
    store.sign_with(office, |key| receipt.sign(key))?.context("signing the receipt")
}

/// Keeps a receipt for the sender to fetch. One of this step that was given before stays.
async fn give(store: &Store, receipt: &Receipt, note: &str) -> anyhow::Result<()> {
    match store.give_receipt(receipt, note).await {
        Ok(()) | Err(BundleStoreError::Receipt(ReceiptFault::Second(_) | ReceiptFault::Backwards(_))) => Ok(()),
        Err(other) => Err(other).context("giving the receipt"),
    }
}

fn whole_seconds(now: Moment) -> Timestamp {
    Timestamp::from_second(now.instant().as_second()).unwrap_or(now.instant())
}

/// Takes an answer into its matter; what does not fit goes back with the reason.
async fn open(store: &Store, office: &Office, verified: &VerifiedBundle, now: Moment) -> anyhow::Result<()> {
    let print: Fingerprint = verified.fingerprint;
    let state = match store.open_received(&office.id, print, Actor::System, now).await {
        Ok(_) => ReceiptState::Accepted,
        Err(error) if error.is_passing() => return Err(error).context("taking an answer into its matter"),
        Err(error) => {
            let reason = error.to_string();
            store.opening_failed(print, &reason).await.context("noting why an answer was not taken in")?;
            ReceiptState::Returned { reason }
        }
    };
    let said = receipt(verified, state, now);
    let note = sign(store, &office.id, &said)?;
    give(store, &said, &note).await
}

/// Keeps the bytes of a bundle; gives its row of the inbox.
async fn keep(
    store: &Store,
    envelope: &Envelope,
    office: &OfficeId,
    verified: &VerifiedBundle,
    found: &Findings,
    receipt: &str,
    now: Moment,
) -> anyhow::Result<InboxItem> {
    let file = envelope.file()?;
    let (blob, size) = tokio::task::block_in_place(|| digest(file))?;
    store.keep_stream(&blob, envelope.file()?).await.context("keeping the bundle")?;
    let head = &verified.about.head;
    Ok(InboxItem {
        fingerprint: verified.fingerprint,
        office: office.clone(),
        sender: head.from.office.clone(),
        sender_name: head.from.name.clone(),
        matter: head.matter.clone(),
        number: head.number.clone(),
        received: now,
        distrust: found.distrust.as_ref().map(|why| (why.id().to_owned(), why.indonesian())),
        blob,
        size,
        receipt: receipt.to_owned(),
    })
}

/// SHA-256 and length of a file.
pub fn digest(mut file: File) -> anyhow::Result<(String, u64)> {
    let (mut hasher, mut size, mut buffer) = (Hasher::new(), 0_u64, vec![0; 256 << 10]);
    loop {
        let count = file.read(&mut buffer).context("reading the bundle")?;
        if count == 0 {
            return Ok((hasher.finish().to_string(), size));
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
        size += u64::try_from(count)?;
    }
}
