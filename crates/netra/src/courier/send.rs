//! What officers asked to be sent: packed, sent piece by piece, and its receipts fetched.
//!
//! A step at a time, and each is written down before the next: what is packed is kept as it will be sent, so that going on
//! after a stop sends the same bytes; how many have arrived is asked of the receiver, who knows best.

use std::fs;
use std::io::Seek as _;
use std::path::PathBuf;

use anyhow::Context;
use jiff::Timestamp;
use netra_docket::ids::OfficeId;
use netra_law::time::{Moment, Zone};
use netra_ledger::bundle::{Fingerprint, Party};
use netra_ledger::waybill::Waybill;
use netra_ledger::{KeyName, OfficeAddress};
use netra_store::{CustodyKind, Delivery, DeliveryState, Package, Privacy, Scope, SentRow, Store, StoreError, Touch};

use super::http::Said;
use super::{Courier, back_off};
use crate::backup::encryption::{self, Out};
use crate::backup::files::private_file;
use crate::bundle::assemble::{self, Errand, Parts};
use crate::bundle::trust::Trust;
use crate::receive::{bundle, receipt};

/// Deliveries that are gone on with in one go.
const AT_ONCE: u32 = 16;
/// For how many seconds a delivery is one server's own.
const OWN: i64 = 600;
/// Bytes of a piece.
const PIECE: u64 = 8 << 20;
/// Seconds until a failed attempt is made again the first time, and at most.
const AGAIN: (i64, i64) = (5, 3600);
/// Seconds until receipts are asked for again the first time, and at most.
const ASKING: (i64, i64) = (2, 300);

/// How an attempt ended that did not come to an end of its own.
enum Stopped {
    /// It may go better later: why it did not.
    Later(String),
    /// It does not go on.
    Refused(String),
}

/// Goes on with everything that is due. One that fails does not keep the others from it.
pub async fn all(courier: &Courier) -> anyhow::Result<()> {
    let store = &courier.app.store;
    let now = courier.app.clock.now();
    let due = store.due_deliveries(now.as_second(), AT_ONCE).await.context("looking for deliveries")?;
    let mut failed = Ok(());
    for delivery in &due {
        if !store.claim_delivery(delivery, now.as_second().saturating_add(OWN)).await.context("taking a delivery")? {
            continue;
        }
        if let Err(error) = one(courier, delivery).await {
            // What is the matter here is no news for the page: it goes to the log, and is tried again.
            let next = now.as_second().saturating_add(back_off(delivery.attempts, AGAIN.0, AGAIN.1));
            let why = "Gangguan pada server ini sendiri; administrator dapat melihatnya dalam catatan server.";
            store.delivery_failed(delivery.id, why, next).await.context("noting that a delivery failed")?;
            failed = Err(error.context(format!("delivery {}", delivery.id)));
        }
    }
    failed
}

async fn one(courier: &Courier, delivery: &Delivery) -> anyhow::Result<()> {
    let store = &courier.app.store;
    let done = match (delivery.state, &delivery.package) {
        (DeliveryState::Done | DeliveryState::Refused, _) => Ok(()),
        (DeliveryState::Asked, _) | (_, None) => pack(courier, delivery).await?,
        (DeliveryState::Packed, Some(package)) => carry(courier, delivery, package).await?,
        (DeliveryState::Sent, Some(package)) => fetch(courier, delivery, package).await?,
    };
    match done {
        Ok(()) => {}
        Err(Stopped::Refused(why)) => {
            tracing::warn!(delivery = %delivery.id, "a delivery was refused");
            store.delivery_refused(delivery.id, &why).await.context("noting that a delivery was refused")?;
        }
        Err(Stopped::Later(why)) => {
            let next = next(courier, delivery.attempts, AGAIN);
            store.delivery_failed(delivery.id, &why, next).await.context("noting that a delivery failed")?;
        }
    }
    Ok(())
}

fn next(courier: &Courier, attempts: u32, (first, most): (i64, i64)) -> i64 {
    courier.app.clock.now().as_second().saturating_add(back_off(attempts, first, most))
}

/// Where the receiver is reached, and to which key of age what is sent is encrypted, as the directory says now.
struct Receiver {
    address: OfficeAddress,
    recipient: Option<String>,
}

async fn receiver(store: &Store, name: &KeyName, now: Timestamp) -> anyhow::Result<Result<Receiver, Stopped>> {
    let directory = store.trust_directory().await.context("reading the trust directory")?;
    let entry = directory.as_ref().and_then(|known| known.of_office(name, now));
    let Some(entry) = entry else {
        return Ok(Err(Stopped::Later(format!("Direktori kepercayaan tidak memuat kunci {name} yang berlaku."))));
    };
    let Some(address) = entry.address.clone() else {
        return Ok(Err(Stopped::Later(format!("Direktori kepercayaan tidak memuat alamat jaringan {name}."))));
    };
    let recipient = entry.recipient.as_ref().map(|key| key.as_str().to_owned());
    Ok(Ok(Receiver { address, recipient }))
}

/// Packs what was asked for, and keeps it as it will be sent.
async fn pack(courier: &Courier, delivery: &Delivery) -> anyhow::Result<Result<(), Stopped>> {
    let store = &courier.app.store;
    let now = Moment::new(courier.app.clock.now(), Zone::Wib);
    let to = match receiver(store, &delivery.what.receiver, now.instant()).await? {
        Ok(to) => to,
        Err(stopped) => return Ok(Err(stopped)),
    };
    let what = &delivery.what;
    let errand = Errand {
        sender: what.office.clone(),
        reader: what.office.clone(),
        matter: what.matter,
        act: what.act,
        kind: what.kind,
        to: Party { office: what.receiver.clone(), name: what.receiver_name.clone() },
    };
    let parts = assemble::gather(store, &errand, now).await.context("gathering what is to be sent")?;
    let scratch = Scratch::new(courier)?;
    let written = write(store, &parts, &scratch, to.recipient.as_deref().unwrap_or_default())?;
    let (blob, size) = tokio::task::block_in_place(|| bundle::digest(scratch.file()?))?;
    store.keep_stream(&blob, scratch.file()?).await.context("keeping what is to be sent")?;
    let sent: SentRow = crate::bundle::sent(&parts, &written, now);
    store.remember_sent(&sent).await.context("remembering the bundle")?;
    // Noted before anything leaves: a copy of which the log does not know must not exist.
    note(store, &what.office, &parts, sent.fingerprint, now).await.context("noting what leaves")?;
    let waybill = waybill(store, &parts, sent.fingerprint, &blob, size, now.instant())?;
    let package = Package { fingerprint: sent.fingerprint, blob, size, waybill };
    store.delivery_packed(delivery.id, &package).await.context("noting that a delivery was packed")?;
    Ok(Ok(()))
}

fn write(
    store: &Store,
    parts: &Parts,
    scratch: &Scratch,
    recipient: &str,
) -> anyhow::Result<netra_ledger::bundle::WrittenBundle> {
    let keys: Vec<String> = if recipient.is_empty() { Vec::new() } else { vec![recipient.to_owned()] };
    let out = Out::new(scratch.file()?, &encryption::recipients(&keys)?)?;
    let (written, out) = assemble::write(store, parts, out)?;
    out.finish().context("ending what is to be sent")?;
    Ok(written)
}

async fn note(
    store: &Store,
    office: &OfficeId,
    parts: &Parts,
    fingerprint: Fingerprint,
    now: Moment,
) -> Result<(), StoreError> {
    let scope = Scope::new(office.clone(), Privacy::Open);
    let touch = |no| Touch::new(no, CustodyKind::InBundle).with_detail(fingerprint);
    let touches = parts.exhibits.iter().map(|exhibit| touch(exhibit.no)).collect();
    store.note_custody(&scope, parts.matter, None, now, touches).await.map(|_| ())
}

fn waybill(
    store: &Store,
    parts: &Parts,
    bundle: Fingerprint,
    blob: &str,
    size: u64,
    now: Timestamp,
) -> anyhow::Result<String> {
    let signed = store.sign_with(&parts.office, |key| {
        Waybill {
            bundle,
            from: parts.head.from.office.clone(),
            to: parts.head.to.office.clone(),
            key: key.verifier().clone(),
            sha256: blob.to_owned(),
            size,
            at: Timestamp::from_second(now.as_second()).unwrap_or(now),
        }
        .sign(key)
    });
    signed?.context("signing the waybill")
}

/// Sends what has not arrived yet.
async fn carry(courier: &Courier, delivery: &Delivery, package: &Package) -> anyhow::Result<Result<(), Stopped>> {
    let store = &courier.app.store;
    let to = match receiver(store, &delivery.what.receiver, courier.app.clock.now()).await? {
        Ok(to) => to.address,
        Err(stopped) => return Ok(Err(stopped)),
    };
    let (client, address, waybill) = (courier.client.clone(), to.clone(), package.waybill.clone());
    let mut said = blocking(move || client.announce(&address, &waybill)).await?;
    let mut name: Option<String> = None;
    let mut before: Option<u64> = None;
    loop {
        let offset = match said {
            Said::Coming(offset, told) => {
                name = told.or(name);
                offset
            }
            Said::Whole | Said::Taken(_) => {
                let soon = next(courier, 0, ASKING);
                store.delivery_went(delivery.id, DeliveryState::Sent, soon).await.context("noting what was sent")?;
                return Ok(Ok(()));
            }
            Said::Refused(why) => return Ok(Err(Stopped::Refused(why))),
            Said::Unknown => return Ok(Err(Stopped::Later("Penerima meminta bundelnya diumumkan lagi.".to_owned()))),
            Said::Later(why) => return Ok(Err(Stopped::Later(why))),
        };
        let Some(upload) = name.clone() else {
            return Ok(Err(Stopped::Later("Penerima tidak menyebut ke mana bundelnya dikirim.".to_owned())));
        };
        if before == Some(offset) || offset >= package.size {
            return Ok(Err(Stopped::Later(
                "Pengiriman tidak maju: penerima tidak mencatat bita yang dikirim.".to_owned(),
            )));
        }
        before = Some(offset);
        let end = offset.saturating_add(PIECE).min(package.size);
        let part = store.blob_part(&package.blob, offset..end).await.context("reading what is to be sent")?;
        let (client, address, bundle) = (courier.client.clone(), to.clone(), package.fingerprint);
        said = blocking(move || client.piece(&address, bundle, &upload, offset, &part)).await?;
    }
}

/// Asks for the receipts and takes them in.
async fn fetch(courier: &Courier, delivery: &Delivery, package: &Package) -> anyhow::Result<Result<(), Stopped>> {
    let store = &courier.app.store;
    let to = match receiver(store, &delivery.what.receiver, courier.app.clock.now()).await? {
        Ok(to) => to.address,
        Err(stopped) => return Ok(Err(stopped)),
    };
    let (client, bundle) = (courier.client.clone(), package.fingerprint);
    match blocking(move || client.receipts(&to, bundle)).await? {
        Said::Taken(notes) => take_receipts(courier, delivery, package, &notes).await,
        Said::Whole => {
            let next = next(courier, delivery.attempts, ASKING);
            store.delivery_waits(delivery.id, next).await.context("noting that a delivery waits")?;
            Ok(Ok(()))
        }
        Said::Coming(..) | Said::Unknown => {
            // The receiver lost some of it, or is another machine now.
            let next = next(courier, delivery.attempts, AGAIN);
            let state = DeliveryState::Packed;
            store.delivery_went(delivery.id, state, next).await.context("noting that a delivery begins again")?;
            Ok(Ok(()))
        }
        Said::Refused(why) => Ok(Err(Stopped::Refused(why))),
        Said::Later(why) => Ok(Err(Stopped::Later(why))),
    }
}

async fn take_receipts(
    courier: &Courier,
    delivery: &Delivery,
    package: &Package,
    notes: &[String],
) -> anyhow::Result<Result<(), Stopped>> {
    let store = &courier.app.store;
    let trust = Trust::of(store).await?;
    let now = Moment::new(courier.app.clock.now(), Zone::Wib);
    let mut new = false;
    for note in notes {
        match receipt::take(store, &trust, note, now).await? {
            Ok(_) => new = true,
            Err(refusal) if refusal.is_replayed() => {}
            Err(refusal) => return Ok(Err(Stopped::Later(refusal.indonesian()))),
        }
    }
    let taken = store.taken_receipts(package.fingerprint).await.context("reading receipts")?;
    let last = taken.last().map(|receipt| receipt.state.step());
    if last == Some(LAST) {
        store.delivery_went(delivery.id, DeliveryState::Done, 0).await.context("noting that a delivery is done")?;
    } else if new {
        let soon = next(courier, 0, ASKING);
        store.delivery_went(delivery.id, DeliveryState::Sent, soon).await.context("noting receipts")?;
    } else {
        let next = next(courier, delivery.attempts, ASKING);
        store.delivery_waits(delivery.id, next).await.context("noting that a delivery waits")?;
    }
    Ok(Ok(()))
}

/// The step of a receipt after which none follows.
const LAST: u8 = 2;

async fn blocking(ask: impl FnOnce() -> Said + Send + 'static) -> anyhow::Result<Said> {
    tokio::task::spawn_blocking(ask).await.context("asking another server")
}

/// A file for what is being packed.
struct Scratch {
    path: PathBuf,
    file: fs::File,
}

impl Scratch {
    fn new(courier: &Courier) -> anyhow::Result<Scratch> {
        let name = netra_web::hex(&netra_web::random_bytes::<8>());
        let path = courier.folder.join(format!(".kirim-{name}"));
        let file = private_file(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Scratch { path, file })
    }

    /// The file from its beginning. All that this gives share one place.
    fn file(&self) -> anyhow::Result<fs::File> {
        let context = || format!("opening {} again", self.path.display());
        let mut file = self.file.try_clone().with_context(context)?;
        file.rewind().with_context(context)?;
        Ok(file)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed lies in the folder of the store under a name that nobody asks for.
        let _ = fs::remove_file(&self.path);
    }
}
