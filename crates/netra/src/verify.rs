//! `netra verify`: whether a dossier is whole, or a store still holds what was recorded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use netra_law::Law;
use netra_store::{SavedCheckpoint, Store, Verification};
use serde_json::json;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments};

/// Most bytes that a dossier may unpack to: a dossier is read in memory.
const UNPACKED: u64 = 4 << 30;

#[derive(Args)]
pub struct VerifyArguments {
    /// A dossier to check; without it the store that --data or --database names.
    file: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArguments,
    /// A checkpoint that was copied away earlier: the store must have grown out of it. May be repeated.
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    checkpoint: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &VerifyArguments) -> anyhow::Result<Outcome> {
    match &arguments.file {
        Some(file) => dossier(file, arguments.json),
        None => store(arguments),
    }
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
            "checkpoints": found.checkpoints, "exhibits": found.blobs, "values": found.values, "faults": faults,
        }));
    }
    for fault in &found.faults {
        output::line(fault.to_string());
    }
    let verdict = if found.faults.is_empty() { "Semua cocok" } else { "ADA YANG TIDAK COCOK" };
    output::line(format!(
        "{verdict}: {} tindakan ({} belum terbit), {} titik periksa, {} bukti, {} data pribadi dibaca ulang",
        found.acts, found.unpublished, found.checkpoints, found.blobs, found.values
    ));
    Ok(())
}
