//! Files that have come in whole: checked like those that were brought by hand, and put into the inbox or refused.

use anyhow::Context;
use netra_ledger::bundle::Findings;
use netra_ledger::receipt::ReceiptState;
use netra_store::{ArrivalRow, ArrivalState, Kept, UploadError};

use super::Courier;
use crate::bundle::envelope::{self, Envelope};
use crate::bundle::trust::Trust;
use crate::receive::bundle;

/// Files that are looked at in one go.
const AT_ONCE: u32 = 16;
/// Within so many seconds after it was announced, somebody else may have what came.
const FRESH: i64 = 3600;

/// Takes in everything that waits. One that fails does not keep the others from it.
pub async fn all(courier: &Courier) -> anyhow::Result<()> {
    let waiting = courier.app.store.whole_arrivals(AT_ONCE).await.context("looking for files to check")?;
    let mut failed = Ok(());
    for arrival in &waiting {
        if let Err(error) = one(courier, arrival).await {
            failed = Err(error.context(format!("taking in {}", arrival.fingerprint)));
        }
    }
    failed
}

async fn one(courier: &Courier, arrival: &ArrivalRow) -> anyhow::Result<()> {
    let store = &courier.app.store;
    let (file, kept) = match store.upload_file(&arrival.upload, arrival.size).await {
        Ok(found) => found,
        // Another server of this store has it in hand.
        Err(UploadError::Busy) => return Ok(()),
        // Of several servers of one store the one to which the pieces were sent has them.
        Err(UploadError::Unknown) if is_fresh(courier, arrival) => return Ok(()),
        Err(UploadError::Unknown | UploadError::TooLarge { .. }) => return again(courier, arrival).await,
        Err(other) => return Err(other).context("reading what has come"),
    };
    let Kept { sha256, size, .. } = kept;
    if (sha256.as_str(), size) != (arrival.sha256.as_str(), arrival.size) {
        return again(courier, arrival).await;
    }
    let opened = {
        let identities = envelope::identities(store).await?;
        tokio::task::block_in_place(|| envelope::of_file(file, &identities, &courier.folder))
    };
    let envelope = match opened {
        Ok(envelope) => envelope,
        Err(error) => {
            tracing::info!(error = %format!("{error:#}").replace('\n', "; "), "a bundle could not be decrypted");
            let why =
                "Bundel ini tidak dapat dibuka dengan kunci kantor penerima: periksa kunci enkripsi dalam direktori.";
            return refuse(courier, arrival, "encryption", why).await;
        }
    };
    check(courier, arrival, &envelope).await
}

/// Whether it was announced not long ago.
fn is_fresh(courier: &Courier, arrival: &ArrivalRow) -> bool {
    courier.app.clock.now().as_second().saturating_sub(arrival.announced) < FRESH
}

async fn check(courier: &Courier, arrival: &ArrivalRow, envelope: &Envelope) -> anyhow::Result<()> {
    let store = &courier.app.store;
    let trust = Trust::of(store).await?;
    let wanted = |_: &Findings| ReceiptState::Delivered;
    let taken = match bundle::take(store, &trust, envelope, wanted, courier.app.clock.now()).await? {
        Ok(taken) => taken,
        Err(refusal) => return refuse(courier, arrival, refusal.id(), &refusal.indonesian()).await,
    };
    let (head, print) = (&taken.verified.about.head, taken.verified.fingerprint);
    if print != arrival.fingerprint {
        // What came is in the inbox under its own name; what was announced has not come.
        let why = "Bundel yang datang bukan yang disebut surat jalannya.";
        return refuse(courier, arrival, "other-bundle", why).await;
    }
    tracing::info!(bundle = %print, from = %head.from.office, "a bundle came over the network");
    store.end_arrival(arrival.fingerprint).await.context("ending an arrival")?;
    store.drop_upload(&arrival.upload).await.context("removing what has come")
}

/// What lies here is not what was announced: a machine stopped in the middle. The sender is told to begin again.
async fn again(courier: &Courier, arrival: &ArrivalRow) -> anyhow::Result<()> {
    let store = &courier.app.store;
    tracing::warn!(bundle = %arrival.fingerprint, "what came over the network is not what was announced: it comes again");
    store.end_arrival(arrival.fingerprint).await.context("ending an arrival")?;
    store.drop_upload(&arrival.upload).await.context("removing what has come")
}

/// The reason stays for the sender to read; the bytes go.
async fn refuse(courier: &Courier, arrival: &ArrivalRow, fault: &str, why: &str) -> anyhow::Result<()> {
    let store = &courier.app.store;
    tracing::warn!(bundle = %arrival.fingerprint, fault, "a bundle from the network was refused");
    let state = ArrivalState::Refused { fault: fault.to_owned(), why: why.to_owned() };
    store.arrival_is(arrival.fingerprint, &state).await.context("refusing a bundle")?;
    store.drop_upload(&arrival.upload).await.context("removing what was refused")
}
