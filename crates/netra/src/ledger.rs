//! `netra ledger`: checkpoints, proofs, and countersigning the ledger of another office.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use netra_docket::ids::{ActId, OfficeId};
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_ledger::VerifierKey;
use netra_ledger::tree::ConsistencyProof;
use netra_store::Store;
use netra_web::Clock as _;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct LedgerArguments {
    #[command(subcommand)]
    command: LedgerCommand,
    #[command(flatten)]
    place: PlaceArguments,
}

#[derive(Subcommand)]
enum LedgerCommand {
    /// Print the public keys of an office: that of its ledger, and that with which it countersigns others.
    Keys {
        /// Id of the office.
        office: OfficeId,
    },
    /// Print the newest signed checkpoint of an office.
    Checkpoint {
        /// Id of the office.
        office: OfficeId,
    },
    /// Print the proof that an office's ledger only grew since an older checkpoint of so many acts.
    Growth {
        /// Id of the office.
        office: OfficeId,
        /// Acts of the older checkpoint: its second line.
        #[arg(long)]
        since: u64,
    },
    /// Print the proof that an act is in an office's newest checkpoint.
    Act {
        /// Id of the office.
        office: OfficeId,
        /// Id of the act.
        act: ActId,
        /// Write the act's bytes, of which the leaf is the hash, to this file.
        #[arg(long)]
        record: Option<PathBuf>,
    },
    /// Countersign a checkpoint of another office, if it grew out of the last one that was countersigned.
    Countersign {
        /// The checkpoint, as the other office signed it.
        checkpoint: PathBuf,
        /// Id of the office that countersigns.
        #[arg(long)]
        office: OfficeId,
        /// The other ledger's public key: `netra ledger keys` prints it there. Compare it by another way.
        #[arg(long)]
        key: String,
        /// The proof of growth since the last countersigned checkpoint; not for the first.
        #[arg(long)]
        proof: Option<PathBuf>,
    },
}

impl LedgerCommand {
    /// The office of this store that it is about.
    fn office(&self) -> &OfficeId {
        match self {
            LedgerCommand::Keys { office }
            | LedgerCommand::Checkpoint { office }
            | LedgerCommand::Growth { office, .. }
            | LedgerCommand::Act { office, .. }
            | LedgerCommand::Countersign { office, .. } => office,
        }
    }
}

pub fn run(arguments: &LedgerArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = Store::open_as_it_is(&place, law).await.context("opening the store")?;
        let office = arguments.command.office();
        if store.office(office).await?.is_none() {
            bail!("{office}: there is no such office in this store");
        }
        match &arguments.command {
            LedgerCommand::Keys { office } => {
                output::line(store.ledger_key(office)?.to_string());
                output::line(store.witness_key(office)?.to_string());
            }
            LedgerCommand::Checkpoint { office } => match store.checkpoint(office).await? {
                Some(note) => output::line(note.trim_end()),
                None => bail!("{office} has not published a checkpoint yet"),
            },
            LedgerCommand::Growth { office, since } => {
                output::line(store.prove_growth(office, *since).await?.to_string().trim_end());
            }
            LedgerCommand::Act { office, act, record } => act_proof(&store, office, *act, record.as_deref()).await?,
            LedgerCommand::Countersign { checkpoint, office, key, proof } => {
                let offered = read(checkpoint)?;
                let proof = match proof {
                    Some(file) => read(file)?.parse().with_context(|| format!("reading {}", file.display()))?,
                    None => ConsistencyProof::default(),
                };
                let key: VerifierKey = key.parse().context("reading --key")?;
                let now = Moment::new(SystemClock.now(), Zone::Wib);
                let signed = store.countersign(office, &offered, &key, &proof, now).await?;
                output::line(signed.trim_end());
            }
        }
        Ok(Outcome::Holds)
    })
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

async fn act_proof(store: &Store, office: &OfficeId, act: ActId, record: Option<&Path>) -> anyhow::Result<()> {
    let found = store.prove_act(office, act).await?;
    if let Some(file) = record {
        std::fs::write(file, &found.record).with_context(|| format!("writing {}", file.display()))?;
    }
    output::line(format!("leaf {}", found.leaf));
    output::line(found.proof.to_string().trim_end());
    output::line("");
    output::line(found.checkpoint.trim_end());
    Ok(())
}
