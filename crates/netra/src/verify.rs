//! `netra verify`: whether a bundle, a dossier or a receipt is whole, or a store still holds what was recorded.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use netra_law::Law;
use netra_ledger::VerifierKey;
use netra_ledger::bundle::{BundleFault, BundleLimits, Findings, VerifiedBundle, is_dossier, verify_bundle};
use netra_store::{SavedCheckpoint, Store, Verification};
use netra_web::Clock as _;
use serde_json::{Value, json};

use crate::backup::encryption;
use crate::bundle::envelope;
use crate::bundle::trust::Trust;
use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

/// Most bytes that a dossier may unpack to: a dossier is read in memory.
const UNPACKED: u64 = 4 << 30;

#[derive(Args)]
pub struct VerifyArguments {
    /// A bundle or dossier to check; without it the store that --data or --database names.
    file: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArguments,
    /// A checkpoint that was copied away earlier: the store must have grown out of it. May be repeated.
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    checkpoint: Vec<PathBuf>,
    /// The file of a secret key of age, if the bundle is encrypted and its receiver's store is not here.
    #[arg(long, value_name = "KEYFILE", requires = "file")]
    identity: Option<PathBuf>,
    /// A trust directory in a file, instead of the one that the store has imported.
    #[arg(long, value_name = "FILE", requires = "file")]
    directory: Option<PathBuf>,
    /// The key of the office that signed that directory: `netra ledger keys` prints it there.
    #[arg(long, value_name = "KEY", requires = "directory")]
    directory_key: Option<VerifierKey>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &VerifyArguments) -> anyhow::Result<Outcome> {
    let Some(file) = &arguments.file else { return store(arguments) };
    let opened = File::open(file).with_context(|| format!("reading {}", file.display()))?;
    match is_dossier(opened) {
        true => dossier(file, arguments.json),
        false => bundle(file, arguments),
    }
}

/// Checks a bundle. If there is a store its directory and its keys are used; nothing of it is changed.
fn bundle(file: &Path, arguments: &VerifyArguments) -> anyhow::Result<Outcome> {
    let (mut trust, mut identities, mut folder) = (Trust::default(), Vec::new(), std::env::temp_dir());
    if let Ok(place) = arguments.place.existing() {
        let known = serve::runtime()?.block_on(async {
            let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
            let store = Store::open_as_it_is(&place, law).await.context("opening the store for its keys")?;
            let known = (Trust::of(&store).await?, envelope::identities(&store).await?);
            store.close().await;
            anyhow::Ok(known)
        });
        match known {
            Ok((store_trust, store_keys)) => {
                folder = place.folder().to_owned();
                (trust, identities) = (store_trust, store_keys);
            }
            // A bundle can be checked without any store.
            Err(error) => output::note(format!("netra: checking without the store: {error:#}").replace('\n', "; ")),
        }
    }
    if let Some(directory) = &arguments.directory {
        trust = trust.with_file(directory, arguments.directory_key.as_ref())?;
    }
    if let Some(keys) = &arguments.identity {
        identities = encryption::identities(keys)?;
    }
    let envelope = envelope::open(file, &identities, &folder)?;
    let verified = match verify_bundle(envelope.file()?, &BundleLimits::default()) {
        Ok(verified) => verified,
        Err(fault) => return refused(file, &fault, arguments.json),
    };
    let found = trust.findings(&verified, SystemClock.now());
    if arguments.json {
        output::json(&as_json(&verified, &found))?;
    } else {
        as_text(file, &verified, &found);
    }
    // Without a directory nobody can say whose the keys are; with one, a key that it does not vouch for fails.
    let is_trusted = found.distrust.is_none() || trust.directory().is_none();
    Ok(if is_trusted { Outcome::Holds } else { Outcome::Fails })
}

/// What a bundle proves and does not, for programs.
pub fn as_json(verified: &VerifiedBundle, found: &Findings) -> Value {
    let head = &verified.about.head;
    json!({
        "holds": true, "kind": "bundle", "fingerprint": verified.fingerprint.to_string(), "from": head.from,
        "to": head.to, "matter": head.matter, "number": head.number, "created": head.created.to_string(),
        "files": verified.about.files.len(), "bytes": verified.bytes, "acts": verified.acts,
        "trusted": found.distrust.is_none(), "distrust": found.distrust.as_ref().map(|why| why.id()),
        "proved": found.proved, "unproved": found.unproved,
    })
}

/// The same for people.
pub fn as_text(file: &Path, verified: &VerifiedBundle, found: &Findings) {
    let head = &verified.about.head;
    output::line(format!("{}: bundel dari {} untuk {}, utuh", file.display(), head.from.name, head.to.name));
    output::line(format!("sidik jari {}", verified.fingerprint));
    output::line("Terbukti:");
    found.proved.iter().for_each(|finding| output::line(format!("  {}", finding.text)));
    output::line("Tidak terbukti:");
    found.unproved.iter().for_each(|finding| output::line(format!("  {}", finding.text)));
}

/// Tells what is wrong with a bundle.
pub fn refused(file: &Path, fault: &BundleFault, as_json: bool) -> anyhow::Result<Outcome> {
    if as_json {
        output::json(&json!({
            "holds": false, "kind": "bundle", "fault": fault.to_string(), "fault_id": fault.id(),
            "file": fault.file(), "remedy": fault.indonesian(),
        }))?;
    } else {
        output::line(format!("{}: {}", file.display(), fault.indonesian()));
    }
    Ok(Outcome::Fails)
}

fn dossier(file: &Path, as_json: bool) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    match netra_ledger::verify(&bytes, UNPACKED) {
        Ok(found) => {
            if as_json {
                output::json(&json!({
                    "holds": true, "fingerprint": found.fingerprint, "files": found.files.len(), "header": found.header,
                }))?;
            } else {
                output::line(format!("{}: utuh, {} berkas", file.display(), found.files.len()));
                output::line(format!("sidik jari {}", found.fingerprint));
                output::line("Bandingkan sidik jari ini dengan yang tertulis pada surat penerusan.");
            }
            Ok(Outcome::Holds)
        }
        Err(fault) => {
            if as_json {
                output::json(&json!({ "holds": false, "fault": fault.to_string() }))?;
            } else {
                output::line(format!("{}: {fault}", file.display()));
            }
            Ok(Outcome::Fails)
        }
    }
}

fn store(arguments: &VerifyArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    let saved = arguments.checkpoint.iter().map(|file| read_checkpoint(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let found = serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = Store::open_as_it_is(&place, law).await.context("opening the store to verify it")?;
        store.verify(&saved).await.context("verifying the store")
    })?;
    report(&found, arguments.json)?;
    Ok(if found.faults.is_empty() { Outcome::Holds } else { Outcome::Fails })
}

fn read_checkpoint(file: &Path) -> anyhow::Result<SavedCheckpoint> {
    let note = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    match SavedCheckpoint::read(note) {
        Some(saved) => Ok(saved),
        None => bail!("{}: is no checkpoint; its first line reads like netra/bawaslu-contoh", file.display()),
    }
}

fn report(found: &Verification, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let faults: Vec<_> =
            found.faults.iter().map(|fault| json!({ "what": fault.what, "kind": fault.kind.id() })).collect();
        return output::json(&json!({
            "holds": found.faults.is_empty(), "acts": found.acts, "unpublished": found.unpublished,
            "checkpoints": found.checkpoints, "exhibits": found.blobs, "values": found.values,
            "custody": found.custody, "faults": faults,
        }));
    }
    for fault in &found.faults {
        output::line(fault.to_string());
    }
    let verdict = if found.faults.is_empty() { "Semua cocok" } else { "ADA YANG TIDAK COCOK" };
    output::line(format!(
        "{verdict}: {} tindakan ({} belum terbit), {} titik periksa, {} bukti, {} data pribadi, {} catatan penguasaan bukti dibaca ulang",
        found.acts, found.unpublished, found.checkpoints, found.blobs, found.values, found.custody
    ));
    Ok(())
}
