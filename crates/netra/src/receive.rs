//! `netra receive`: a bundle of another office into the inbox, or a receipt that came back into its matter.

pub mod bundle;
pub mod receipt;

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_ledger::bundle::{Findings, VerifiedBundle};
use netra_ledger::receipt::{Receipt, ReceiptState};
use netra_store::{Arrival, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::backup::files::Draft;
use crate::bundle::envelope;
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
    let wanted = |found: &Findings| state(arguments, found);
    let taken = match bundle::take(store, trust, &envelope, wanted, SystemClock.now()).await? {
        Ok(taken) => taken,
        Err(bundle::Refusal::Fault(fault)) => return verify::refused(&arguments.file, &fault, arguments.json),
        Err(other) => return refused(arguments.json, other.id(), &other.indonesian()),
    };
    if let Some(out) = &arguments.receipt {
        let (draft, mut file) = Draft::begin(out)?;
        file.write_all(taken.receipt.as_bytes()).with_context(|| format!("writing {}", out.display()))?;
        draft.keep(&file)?;
    }
    tell(arguments, &taken.verified, &taken.found, &taken.arrival)?;
    Ok(if taken.found.distrust.is_none() { Outcome::Holds } else { Outcome::Fails })
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
    let receipt::Taken { receipt, sent, recorded } = match receipt::take(store, trust, &text, now).await? {
        Ok(taken) => taken,
        Err(refusal) => return refused(arguments.json, refusal.id(), &refusal.indonesian()),
    };
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
