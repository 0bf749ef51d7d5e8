//! `netra bundle`: a matter as it travels to another office, signed, and encrypted to its receiver.

pub mod assemble;
pub mod envelope;
pub mod trust;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use netra_docket::ids::MatterId;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_ledger::bundle::{FileKind, WrittenBundle};
use netra_store::{SentRow, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::backup::encryption::{self, Out};
use crate::backup::files::Draft;
use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};
use assemble::Parts;

#[derive(Args)]
pub struct BundleArguments {
    /// Id of the matter.
    #[arg(long)]
    matter: MatterId,
    /// The authority (kasn, bkn …) to which it was forwarded, or the office to which it was delegated.
    #[arg(long, value_name = "AUTHORITY")]
    to: String,
    /// The file to write, FILE.zip or FILE.zip.age; there must be none of this name yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Encrypt to this public key of age (age1…) instead of the one that the trust directory has for the receiver.
    #[arg(long, value_name = "AGE_KEY")]
    recipient: Option<String>,
    /// Do not encrypt, although the receiver's key is known: for a channel that nobody else reads.
    #[arg(long, conflicts_with = "recipient")]
    unencrypted: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &BundleArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = serve::open_store(&place, law).await?;
        let now = Moment::new(SystemClock.now(), Zone::Wib);
        let errand = assemble::errand(&store, arguments.matter, &arguments.to).await?;
        let parts = assemble::gather(&store, &errand, now).await?;
        let keys = recipients(arguments, &store, &parts, now).await?;
        let recipients = encryption::recipients(&keys)?;
        if recipients.is_empty() && parts.names_persons {
            output::note(
                "netra: the bundle names persons and is not encrypted; hand it over in person, or encrypt it with \
                 --recipient",
            );
        }
        let (draft, file) = Draft::begin(&arguments.out)?;
        let out = Out::new(file, &recipients)?;
        let (written, out) = assemble::write(&store, &parts, out)?;
        store.remember_sent(&sent(&parts, &written, now)).await.context("remembering the bundle")?;
        let file = out.finish().with_context(|| format!("ending {}", arguments.out.display()))?;
        let bytes = draft.keep(&file)?;
        store.close().await;
        let encrypted = !recipients.is_empty();
        tell(arguments, &written, bytes, encrypted)?;
        Ok(Outcome::Holds)
    })
}

/// To which keys of age the bundle is encrypted; none if it stays readable.
async fn recipients(
    arguments: &BundleArguments,
    store: &Store,
    parts: &Parts,
    now: Moment,
) -> anyhow::Result<Vec<String>> {
    if arguments.unencrypted {
        return Ok(Vec::new());
    }
    if let Some(given) = &arguments.recipient {
        return Ok(vec![given.clone()]);
    }
    let directory = store.trust_directory().await.context("reading the trust directory")?;
    let entry = directory.as_ref().and_then(|known| known.of_office(&parts.head.to.office, now.instant()));
    let recipient = entry.and_then(|entry| entry.recipient.as_ref());
    Ok(recipient.map(|key| key.as_str().to_owned()).into_iter().collect())
}

/// How a bundle that was made is remembered.
pub fn sent(parts: &Parts, written: &WrittenBundle, now: Moment) -> SentRow {
    SentRow {
        fingerprint: written.fingerprint,
        office: parts.office.clone(),
        matter: parts.matter,
        act: parts.act,
        receiver: parts.head.to.office.clone(),
        made: now,
    }
}

fn tell(arguments: &BundleArguments, written: &WrittenBundle, bytes: u64, encrypted: bool) -> anyhow::Result<()> {
    let (about, file) = (&written.about, arguments.out.display().to_string());
    let count = |kind: FileKind| about.files.iter().filter(|file| file.kind == kind).count();
    let (acts, exhibits) = (count(FileKind::Act), count(FileKind::Exhibit));
    if arguments.json {
        return output::json(&json!({
            "file": file, "file_bytes": bytes, "fingerprint": written.fingerprint.to_string(),
            "encrypted": encrypted, "from": about.head.from, "to": about.head.to, "matter": about.head.matter,
            "acts": acts, "exhibits": exhibits, "files": about.files.len(),
        }));
    }
    let how = if encrypted { "dienkripsi" } else { "tidak dienkripsi" };
    output::line(format!(
        "{file}: bundel untuk {}, {acts} tindakan, {exhibits} bukti, {bytes} bita, {how}",
        about.head.to.name
    ));
    output::line(format!("sidik jari {}", written.fingerprint));
    output::line("Tulis sidik jari ini pada surat pengantar. Penerima mengirim balik tanda terima.");
    Ok(())
}
