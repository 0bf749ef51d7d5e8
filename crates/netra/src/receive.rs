//! `netra receive`: a bundle of another office into the inbox, or a receipt that came back into its matter.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use netra_docket::act::{Act, DeliveryConfirmed};
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, OfficeId};
use netra_docket::private::Private;
use netra_evidence::Hasher;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_ledger::Note;
use netra_ledger::bundle::{BundleLimits, Findings, VerifiedBundle, verify_bundle};
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_store::{
    Arrival, BundleStoreError, InboxItem, NewAct, Office, Privacy, Recording, Scope, SentRow, Store, office_of_ledger,
};
use netra_web::Clock as _;
use serde_json::json;

use crate::backup::files::Draft;
use crate::bundle::envelope::{self, Envelope};
use crate::bundle::trust::Trust;
use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};
use crate::verify;

/// Most bytes of a receipt that are read.
const RECEIPT: u64 = 1 << 20;

#[derive(Args)]
pub struct ReceiveArguments {
    /// A bundle (.zip, .zip.age), or a receipt that came back.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Write the signed receipt for the bundle to this file, to be sent back; there must be none of this name yet.
    #[arg(long, value_name = "OUT")]
    receipt: Option<PathBuf>,
    /// The number under which the bundle was entered; without it the receipt says only that it has come.
    #[arg(long)]
    number: Option<String>,
    /// Give the bundle back, for this reason.
    #[arg(long = "return", value_name = "REASON", conflicts_with = "number")]
    return_it: Option<String>,
    /// Say in the receipt that the bundle is being acted upon.
    #[arg(long, conflicts_with_all = ["number", "return_it"])]
    accept: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl ReceiveArguments {
    /// What the receipt is to say.
    fn state(&self) -> ReceiptState {
        match (&self.number, &self.return_it, self.accept) {
            (Some(number), _, _) => ReceiptState::Received { number: number.clone() },
            (None, Some(reason), _) => ReceiptState::Returned { reason: reason.clone() },
            (None, None, true) => ReceiptState::Accepted,
            (None, None, false) => ReceiptState::Delivered,
        }
    }
}

pub fn run(arguments: &ReceiveArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = serve::open_store(&place, law).await?;
        let trust = Trust::of(&store).await?;
        let head = envelope::head(&arguments.file)?;
        let done = match std::str::from_utf8(&head) {
            Ok(text) if Receipt::is_one(text) => take_receipt(arguments, &store, &trust).await,
            _ => take_bundle(arguments, &store, &trust, place.folder()).await,
        };
        store.close().await;
        done
    })
}

async fn take_bundle(
    arguments: &ReceiveArguments,
    store: &Store,
    trust: &Trust,
    folder: &Path,
) -> anyhow::Result<Outcome> {
    let identities = envelope::identities(store).await?;
    let envelope = envelope::open(&arguments.file, &identities, folder)?;
    let verified = match verify_bundle(envelope.file()?, &BundleLimits::default()) {
        Ok(verified) => verified,
        Err(fault) => return verify::refused(&arguments.file, &fault, arguments.json),
    };
    let Some(office) = receiver(store, &verified).await? else {
        let to = &verified.about.head.to;
        return refused(
            arguments.json,
            "wrong-receiver",
            &format!("Bundel ini untuk {} ({}), bukan untuk kantor pada penyimpanan ini.", to.name, to.office),
        );
    };
    let now = Moment::new(SystemClock.now(), office.zone);
    let found = trust.findings(&verified, now.instant());
    let receipt = sign(store, &office.id, &verified, state(arguments, &found), now)?;
    let item = keep(store, &envelope, &office.id, &verified, &found, &receipt, now).await?;
    let arrival = store.receive_bundle(&item).await.context("putting the bundle into the inbox")?;
    if let Some(out) = &arguments.receipt {
        let (draft, mut file) = Draft::begin(out)?;
        file.write_all(receipt.as_bytes()).with_context(|| format!("writing {}", out.display()))?;
        draft.keep(&file)?;
    }
    tell(arguments, &verified, &found, &arrival)?;
    Ok(if found.distrust.is_none() { Outcome::Holds } else { Outcome::Fails })
}

/// What the receipt may say: a bundle that is set aside has come or goes back, and is neither entered nor acted upon.
fn state(arguments: &ReceiveArguments, found: &Findings) -> ReceiptState {
    match arguments.state() {
        ReceiptState::Received { .. } | ReceiptState::Accepted if found.distrust.is_some() => {
            output::note("netra: the sender's key is not trusted, so the receipt says only that the bundle has come");
            ReceiptState::Delivered
        }
        state => state,
    }
}

/// The office of this store for which a bundle is.
async fn receiver(store: &Store, verified: &VerifiedBundle) -> anyhow::Result<Option<Office>> {
    match office_of_ledger(verified.about.head.to.office.as_str()) {
        Some(id) => store.office(&id).await.context("reading the office"),
        None => Ok(None),
    }
}

fn sign(
    store: &Store,
    office: &OfficeId,
    verified: &VerifiedBundle,
    state: ReceiptState,
    now: Moment,
) -> anyhow::Result<String> {
    let head = &verified.about.head;
    let receipt = Receipt {
        bundle: verified.fingerprint,
        from: head.from.office.clone(),
        to: head.to.office.clone(),
        at: whole_seconds(now),
        state,
    };
    store.sign_with(office, |key| receipt.sign(key))?.context("signing the receipt")
}

fn whole_seconds(now: Moment) -> jiff::Timestamp {
    jiff::Timestamp::from_second(now.instant().as_second()).unwrap_or(now.instant())
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
    let (blob, size) = digest(envelope.file()?)?;
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

fn digest(mut file: File) -> anyhow::Result<(String, u64)> {
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

fn tell(
    arguments: &ReceiveArguments,
    verified: &VerifiedBundle,
    found: &Findings,
    arrival: &Arrival,
) -> anyhow::Result<()> {
    let is_new = *arrival == Arrival::New;
    if arguments.json {
        let mut value = verify::as_json(verified, found);
        if let Some(map) = value.as_object_mut() {
            map.insert("new".to_owned(), is_new.into());
            map.insert("quarantined".to_owned(), found.distrust.is_some().into());
            map.insert("receipt".to_owned(), arguments.receipt.as_ref().map(|out| out.display().to_string()).into());
        }
        return output::json(&value);
    }
    verify::as_text(&arguments.file, verified, found);
    let place = if is_new { "masuk ke kotak masuk" } else { "sudah pernah masuk ke kotak masuk" };
    match &found.distrust {
        None => output::line(format!("Bundel {place}.")),
        Some(why) => output::line(format!(
            "Bundel {place} dan DISISIHKAN: kunci pengirim {} Pastikan pengirimnya lewat jalan lain.",
            why.indonesian()
        )),
    }
    if let Some(out) = &arguments.receipt {
        output::line(format!("Kirim tanda terima {} kembali kepada pengirim.", out.display()));
    }
    Ok(())
}

fn refused(as_json: bool, id: &str, words: &str) -> anyhow::Result<Outcome> {
    if as_json {
        output::json(&json!({ "holds": false, "fault_id": id, "fault": words }))?;
    } else {
        output::line(words);
    }
    Ok(Outcome::Fails)
}

async fn take_receipt(arguments: &ReceiveArguments, store: &Store, trust: &Trust) -> anyhow::Result<Outcome> {
    let reading = || format!("reading {}", arguments.file.display());
    let mut text = String::new();
    File::open(&arguments.file).with_context(reading)?.take(RECEIPT).read_to_string(&mut text).with_context(reading)?;
    let now = Moment::new(SystemClock.now(), Zone::Wib);
    let receipt = match open_receipt(&text, trust, now) {
        Ok(receipt) => receipt,
        Err(fault) => return refused(arguments.json, fault.id(), &fault.indonesian()),
    };
    let sent = match store.take_receipt(&receipt, &text).await {
        Ok(sent) => sent,
        Err(BundleStoreError::Receipt(ReceiptFault::Replayed)) => match unrecorded(store, &receipt).await? {
            // The receipt was kept, and then recording it was cut off.
            Some(sent) => sent,
            None => {
                let fault = ReceiptFault::Replayed;
                return refused(arguments.json, fault.id(), &fault.indonesian());
            }
        },
        Err(BundleStoreError::Receipt(fault)) => return refused(arguments.json, fault.id(), &fault.indonesian()),
        Err(BundleStoreError::NotSent(bundle)) => {
            let words = format!("Bundel {bundle} tidak dikirim dari penyimpanan ini.");
            return refused(arguments.json, "other-bundle", &words);
        }
        Err(other) => return Err(other).context("taking the receipt in"),
    };
    let recorded = record(store, &sent, &receipt, now).await?;
    if arguments.json {
        output::json(&json!({
            "holds": true, "kind": "receipt", "fingerprint": receipt.bundle.to_string(), "state": receipt.state.id(),
            "matter": sent.matter.to_string(), "recorded": recorded,
        }))?;
    } else {
        output::line(format!("Bundel {} {} oleh {}.", receipt.bundle, receipt.state.indonesian(), receipt.to));
        let words = if recorded {
            "Dicatat dalam perkara"
        } else {
            "Disimpan; tidak ada penerusan yang menunggunya pada perkara"
        };
        output::line(format!("{words} {}.", sent.matter));
    }
    Ok(Outcome::Holds)
}

/// Reads a receipt whose signer is known, from the directory or as an office of this store.
fn open_receipt(text: &str, trust: &Trust, now: Moment) -> Result<Receipt, ReceiptFault> {
    let note: Note = text.parse()?;
    let claimed = Receipt::unsigned(&note)?;
    let listed = trust.directory().and_then(|directory| directory.signer(&note)).map(|entry| &entry.key);
    let key = listed.or_else(|| trust.own_key(&claimed.to));
    let Some(key) = key else {
        use netra_ledger::directory::Distrust::{NoDirectory, Unknown};
        return Err(ReceiptFault::Untrusted(if trust.directory().is_none() { NoDirectory } else { Unknown }));
    };
    trust.owner(key, now.instant()).map_err(ReceiptFault::Untrusted)?;
    Receipt::open(text, key)
}

/// The bundle of a receipt, if the forwarding waits for a confirmation although the receipt was kept.
async fn unrecorded(store: &Store, receipt: &Receipt) -> anyhow::Result<Option<SentRow>> {
    let Some(sent) = store.sent_bundle(receipt.bundle).await.context("looking for the bundle")? else {
        return Ok(None);
    };
    let scope = Scope::new(sent.office.clone(), Privacy::Sealed);
    let docket = store.docket(&scope, sent.matter).await.context("reading the docket")?;
    let forwarding = docket.and_then(|docket| docket.matter.forwardings.into_iter().find(|f| f.act == sent.act));
    Ok(forwarding.filter(|forwarding| forwarding.confirmed.is_none()).map(|_| sent))
}

/// Records in the docket that a forwarding has come to its receiver. A delegation has no such act: the office that
/// takes the matter on goes on with it.
async fn record(store: &Store, sent: &SentRow, receipt: &Receipt, now: Moment) -> anyhow::Result<bool> {
    let scope = Scope::new(sent.office.clone(), Privacy::Sealed);
    let Some(docket) = store.docket(&scope, sent.matter).await.context("reading the docket")? else { return Ok(false) };
    let Some(forwarding) = docket.matter.forwardings.iter().find(|forwarding| forwarding.act == sent.act) else {
        return Ok(false);
    };
    let number = match &receipt.state {
        ReceiptState::Received { number } => number.clone(),
        // A number that is known already stays.
        _ => forwarding.confirmed.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
    };
    let said = format!("Tanda terima bundel {}: {}", receipt.bundle, receipt.state.indonesian());
    // A receiver's clock may be wrong; nothing is confirmed before it was sent, or in the future.
    let at =
        Moment::new(receipt.at.clamp(forwarding.at.instant(), now.instant().max(forwarding.at.instant())), now.zone());
    let Some(first) = docket.entries.first() else { bail!("{}: the matter has no act", sent.matter) };
    let what = DeliveryConfirmed { forwarding: sent.act, receipt: number, note: Some(Private::Open(said)) };
    let recording = Recording {
        matter: sent.matter,
        home: first.office.clone(),
        expected: u32::try_from(docket.entries.len())?,
        by: Actor::System,
        recorded: now,
        acts: vec![NewAct { id: ActId::new(netra_web::random_uuid()), at, what: Act::DeliveryConfirmed(what) }],
        receipt: None,
    };
    store.record(recording).await.context("recording the receipt")?;
    Ok(true)
}
