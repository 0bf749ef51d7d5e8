//! Taking a receipt in, however it came back: it becomes an act in the docket of the sender.
//!
//! The id of the act follows from the receipt, so that one receipt is one act: whoever is cut off between keeping the
//! receipt and recording the act does it again, and nothing is there twice.

use anyhow::{Context, bail};
use netra_docket::act::{Act, DeliveryConfirmed, ForwardingReturned, RecommendationDelivered};
use netra_docket::entry::Actor;
use netra_docket::ids::ActId;
use netra_docket::matter::{Forwarding, Matter};
use netra_docket::private::Private;
use netra_evidence::Digest;
use netra_law::time::Moment;
use netra_ledger::Note;
use netra_ledger::directory::Distrust;
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_store::{BundleStoreError, NewAct, Privacy, Recording, Scope, SentRow, Store};

use crate::bundle::trust::Trust;

/// A receipt that was taken in.
pub struct Taken {
    /// What it says.
    pub receipt: Receipt,
    /// The bundle that it is for.
    pub sent: SentRow,
    /// Whether an act says so in the docket now.
    pub recorded: bool,
}

/// Why a receipt is not taken in.
pub enum Refusal {
    /// It is refused.
    Fault(ReceiptFault),
    /// No such bundle went out from here.
    NotSent(netra_ledger::bundle::Fingerprint),
}

impl Refusal {
    /// The word in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Refusal::Fault(fault) => fault.id(),
            Refusal::NotSent(_) => "other-bundle",
        }
    }

    /// The words on screens.
    pub fn indonesian(&self) -> String {
        match self {
            Refusal::Fault(fault) => fault.indonesian(),
            Refusal::NotSent(bundle) => format!("Bundel {bundle} tidak dikirim dari penyimpanan ini."),
        }
    }

    /// Whether it says only that the receipt is here already.
    pub fn is_replayed(&self) -> bool {
        matches!(self, Refusal::Fault(ReceiptFault::Replayed))
    }
}

/// Takes a receipt in and records what it says.
pub async fn take(store: &Store, trust: &Trust, text: &str, now: Moment) -> anyhow::Result<Result<Taken, Refusal>> {
    let receipt = match open(text, trust, now) {
        Ok(receipt) => receipt,
        Err(fault) => return Ok(Err(Refusal::Fault(fault))),
    };
    let (sent, is_new) = match store.take_receipt(&receipt, text).await {
        Ok(sent) => (sent, true),
        Err(BundleStoreError::Receipt(ReceiptFault::Replayed)) => {
            let sent = store.sent_bundle(receipt.bundle).await.context("looking for the bundle")?;
            let Some(sent) = sent else { return Ok(Err(Refusal::NotSent(receipt.bundle))) };
            (sent, false)
        }
        Err(BundleStoreError::Receipt(fault)) => return Ok(Err(Refusal::Fault(fault))),
        Err(BundleStoreError::NotSent(bundle)) => return Ok(Err(Refusal::NotSent(bundle))),
        Err(other) => return Err(other).context("taking the receipt in"),
    };
    let recorded = record(store, &sent, &receipt, now, is_new).await?;
    if !is_new && !recorded {
        return Ok(Err(Refusal::Fault(ReceiptFault::Replayed)));
    }
    Ok(Ok(Taken { receipt, sent, recorded }))
}

/// Reads a receipt whose signer is known, from the directory or as an office of this store.
fn open(text: &str, trust: &Trust, now: Moment) -> Result<Receipt, ReceiptFault> {
    let note: Note = text.parse()?;
    let claimed = Receipt::unsigned(&note)?;
    let listed = trust.directory().and_then(|directory| directory.signer(&note)).map(|entry| &entry.key);
    let key = listed.or_else(|| trust.own_key(&claimed.to));
    let Some(key) = key else {
        let why = if trust.directory().is_none() { Distrust::NoDirectory } else { Distrust::Unknown };
        return Err(ReceiptFault::Untrusted(why));
    };
    trust.owner(key, now.instant()).map_err(ReceiptFault::Untrusted)?;
    Receipt::open(text, key)
}

/// The id of the act that a receipt becomes.
fn act_id(receipt: &Receipt) -> ActId {
    let digest = Digest::of(format!("netra receipt act\n{}\n{}", receipt.bundle, receipt.state.id()).as_bytes());
    let digits: String = digest.to_string().chars().take(32).collect();
    let number = u128::from_str_radix(&digits, 16).unwrap_or_default();
    ActId::new(uuid::Builder::from_random_bytes(number.to_be_bytes()).into_uuid())
}

/// Records in the docket what a receipt says; whether that was new. A delegation has no such act: the office that takes
/// the matter on goes on with it.
async fn record(store: &Store, sent: &SentRow, receipt: &Receipt, now: Moment, is_new: bool) -> anyhow::Result<bool> {
    let scope = Scope::new(sent.office.clone(), Privacy::Sealed);
    let Some(docket) = store.docket(&scope, sent.matter).await.context("reading the docket")? else { return Ok(false) };
    let id = act_id(receipt);
    if docket.entries.iter().any(|entry| entry.id == id) {
        return Ok(false);
    }
    let Some((what, since)) = act(&docket.matter, sent, receipt, is_new) else { return Ok(false) };
    // A receiver's clock may be wrong; nothing is confirmed before it was sent, or in the future.
    let latest = now.instant().max(since.instant());
    let at = Moment::new(receipt.at.clamp(since.instant(), latest), now.zone());
    let Some(first) = docket.entries.first() else { bail!("{}: the matter has no act", sent.matter) };
    let recording = Recording {
        matter: sent.matter,
        home: first.office.clone(),
        expected: u32::try_from(docket.entries.len())?,
        by: Actor::System,
        recorded: now,
        acts: vec![NewAct { id, at, what }],
        receipt: None,
    };
    store.record(recording).await.context("recording the receipt")?;
    Ok(true)
}

/// What a receipt becomes, and since when that can have been; nothing if no act of the docket waits for it.
fn act(matter: &Matter, sent: &SentRow, receipt: &Receipt, is_new: bool) -> Option<(Act, Moment)> {
    if let Some(forwarding) = matter.forwardings.iter().find(|forwarding| forwarding.act == sent.act) {
        return forwarded(forwarding, receipt, is_new).map(|act| (act, forwarding.at));
    }
    let (recommendation, since, what) = matter.recommendations.iter().find(|(act, ..)| *act == sent.act)?;
    let number = match &receipt.state {
        ReceiptState::Received { number } => number.clone(),
        ReceiptState::Accepted if what.employer_received.is_none() => String::new(),
        _ => return None,
    };
    let delivered = RecommendationDelivered { recommendation: *recommendation, receipt: number };
    Some((Act::RecommendationDelivered(delivered), *since))
}

fn forwarded(forwarding: &Forwarding, receipt: &Receipt, is_new: bool) -> Option<Act> {
    let said = format!("Tanda terima bundel {}: {}", receipt.bundle, receipt.state.indonesian());
    let note = Some(Private::Open(said));
    let act = forwarding.act;
    let number = match &receipt.state {
        ReceiptState::Returned { .. } if forwarding.returned.is_some() => return None,
        ReceiptState::Returned { .. } => {
            let (letter, missing) = (String::new(), Vec::new());
            return Some(Act::ForwardingReturned(ForwardingReturned { forwarding: act, letter, missing, note }));
        }
        // One that an older program recorded under another id.
        _ if !is_new && forwarding.confirmed.is_some() => return None,
        ReceiptState::Received { number } => number.clone(),
        // A number that is known already stays.
        _ => forwarding.confirmed.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
    };
    Some(Act::DeliveryConfirmed(DeliveryConfirmed { forwarding: act, receipt: number, note }))
}
