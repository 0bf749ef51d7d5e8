//! `netra backup` and `netra restore`: a whole store in one file, and a store again out of one.

pub mod encryption;
pub mod files;

use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_store::{BackupContents, KeysInBackup, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct BackupArguments {
    /// The file to write; there must be none of this name yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Put the offices' keys in too: whoever can read the file then reads every name.
    #[arg(long)]
    with_keys: bool,
    /// Encrypt to a public key of age (age1…). May be repeated: each of the secret keys opens the file.
    #[arg(long, value_name = "AGE_KEY")]
    recipient: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct RestoreArguments {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// The file of the secret key, if the backup is encrypted.
    #[arg(long, value_name = "KEYFILE")]
    identity: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// `netra backup`.
pub fn run(arguments: &BackupArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    let recipients = encryption::recipients(&arguments.recipient)?;
    let keys = if arguments.with_keys { KeysInBackup::With } else { KeysInBackup::Without };
    if keys == KeysInBackup::With && recipients.is_empty() {
        output::note("netra: the keys stand readable in this backup; encrypt it with --recipient, or lock it away");
    }
    let (draft, file) = files::Draft::begin(&arguments.out)?;
    let out = encryption::Out::new(file, &recipients)?;
    let now = Moment::new(SystemClock.now(), Zone::Wib);
    let (summary, out) = serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = Store::open_as_it_is(&place, law).await.context("opening the store to back it up")?;
        let done = store.backup(out, keys, now).await.context("backing up the store");
        store.close().await;
        done
    })?;
    let file = out.finish().with_context(|| format!("ending {}", arguments.out.display()))?;
    let bytes = draft.keep(&file)?;

    if arguments.json {
        let file = arguments.out.display().to_string();
        output::json(&json!({ "file": file, "file_bytes": bytes, "backup": summary }))?;
    } else {
        output::line(format!("{}: {bytes} bytes", arguments.out.display()));
        tell(&summary.contents);
    }
    Ok(if summary.contents.exhibits.missing == 0 { Outcome::Holds } else { Outcome::Fails })
}

/// `netra restore`.
pub fn restore(arguments: &RestoreArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.place()?;
    netra_store::require_empty_folder(place.folder()).context("looking for room")?;
    let archive = files::open_archive(&arguments.file, arguments.identity.as_deref(), place.folder())?;
    let told = serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let input = BufReader::new(archive.file()?);
        netra_store::restore(&place, input, law)
            .await
            .with_context(|| format!("restoring {}", arguments.file.display()))
    })?;
    drop(archive);

    if arguments.json {
        output::json(&told)?;
        return Ok(Outcome::Holds);
    }
    let folder = place.folder().display();
    output::line(format!("{folder}: restored from the backup of {}", told.contents.made));
    tell(&told.contents);
    if told.contents.keys == KeysInBackup::Without && !told.contents.offices.is_empty() {
        output::line(format!(
            "\nBefore the first start put these files into {folder}/keys, from where their copies are:"
        ));
        for office in &told.contents.offices {
            output::line(format!("  {office}.key"));
        }
    }
    output::line(format!(
        "\nThen compare everything with what proves it, best with a checkpoint that was kept elsewhere:\n  \
         netra verify --data {folder} --checkpoint FILE"
    ));
    Ok(Outcome::Holds)
}

/// What a backup holds, for people.
fn tell(contents: &BackupContents) {
    let keys = match contents.keys {
        KeysInBackup::With => "with the offices' keys",
        KeysInBackup::Without => "without the offices' keys: keep copies of DIR/keys elsewhere",
    };
    let exhibits = &contents.exhibits;
    output::line(format!("{} acts, {} exhibits of {} bytes, {keys}", contents.acts(), exhibits.count, exhibits.bytes));
    for digest in &exhibits.first_missing {
        output::line(format!("MISSING exhibit {digest}: an act names it, the folder does not have it"));
    }
    let more = exhibits.missing.saturating_sub(u64::try_from(exhibits.first_missing.len()).unwrap_or(u64::MAX));
    if more > 0 {
        output::line(format!("MISSING and {more} more"));
    }
    if contents.ledgers.is_empty() {
        return;
    }
    let row = |ledger: &netra_store::SavedLedger| {
        // The third line of a checkpoint is the root of its tree.
        let root = ledger.checkpoint.as_deref().and_then(|note| note.lines().nth(2)).unwrap_or("-");
        vec![ledger.office.to_string(), ledger.acts.to_string(), ledger.published.to_string(), root.to_owned()]
    };
    output::line("");
    let rows: Vec<Vec<String>> = contents.ledgers.iter().map(row).collect();
    output::table(&["ledger", "acts", "in checkpoint", "root of the newest checkpoint"], &rows);
}
