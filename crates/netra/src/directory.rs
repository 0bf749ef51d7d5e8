//! `netra directory`: the trust directory, made and kept by the national office, imported by all others.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use netra_docket::ids::OfficeId;
use netra_law::Law;
use netra_ledger::directory::{AgeRecipient, Directory, DirectoryEntry, Revocation};
use netra_ledger::{OfficeAddress, VerifierKey};
use netra_store::{Office, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::backup::files::Draft;
use crate::bundle::envelope;
use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct DirectoryArguments {
    #[command(subcommand)]
    command: DirectoryCommand,
    #[command(flatten)]
    place: PlaceArguments,
}

#[derive(Subcommand)]
enum DirectoryCommand {
    /// Buat direktori pertama dari semua kantor pada penyimpanan ini, ditandatangani satu kantor.
    Make {
        /// Kode kantor yang menandatangani: kantor pusat.
        #[arg(long, value_name = "KANTOR")]
        office: OfficeId,
        /// Berkas yang ditulis; belum boleh ada.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Tambahkan kunci sebuah kantor; direktori baru bernomor lebih tinggi.
    Add {
        /// Direktori yang sekarang.
        file: PathBuf,
        /// Kode kantor yang menandatangani.
        #[arg(long, value_name = "KANTOR")]
        office: OfficeId,
        /// Kunci kantor yang ditambahkan, seperti dicetak `netra directory card` di sana.
        #[arg(long, value_name = "KUNCI")]
        key: VerifierKey,
        /// Nama kantor itu.
        #[arg(long, value_name = "NAMA")]
        name: String,
        /// Kunci enkripsinya (age1…), bila ada.
        #[arg(long, value_name = "KUNCI_AGE")]
        recipient: Option<AgeRecipient>,
        /// Alamat jaringan server kantor itu (https://…), bila menerima bundel lewat jaringan.
        #[arg(long, value_name = "ALAMAT")]
        address: Option<OfficeAddress>,
        /// Mulai berlaku, misalnya 2026-01-01T00:00:00+07:00; tanpa ini: sekarang.
        #[arg(long, value_name = "WAKTU")]
        since: Option<Timestamp>,
        /// Sampai kapan berlaku.
        #[arg(long, value_name = "WAKTU")]
        until: Option<Timestamp>,
        /// Berkas yang ditulis; belum boleh ada.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Cabut sebuah kunci: apa pun yang ditandatanganinya disisihkan sejak saat itu.
    Revoke {
        /// Direktori yang sekarang.
        file: PathBuf,
        /// Kode kantor yang menandatangani.
        #[arg(long, value_name = "KANTOR")]
        office: OfficeId,
        /// Kunci yang dicabut, seperti tertulis dalam direktori.
        #[arg(long, value_name = "KUNCI")]
        key: VerifierKey,
        /// Alasannya.
        #[arg(long, value_name = "ALASAN")]
        reason: String,
        /// Sejak kapan; tanpa ini: sekarang.
        #[arg(long, value_name = "WAKTU")]
        at: Option<Timestamp>,
        /// Berkas yang ditulis; belum boleh ada.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Tetapkan alamat jaringan sebuah kantor, atau hapus; direktori baru bernomor lebih tinggi.
    Address {
        /// Direktori yang sekarang.
        file: PathBuf,
        /// Kode kantor yang menandatangani.
        #[arg(long, value_name = "KANTOR")]
        office: OfficeId,
        /// Kunci kantor yang beralamat, seperti tertulis dalam direktori.
        #[arg(long, value_name = "KUNCI")]
        key: VerifierKey,
        /// Alamatnya (https://…); tanpa ini: tidak lagi menerima lewat jaringan.
        #[arg(long, value_name = "ALAMAT")]
        address: Option<OfficeAddress>,
        /// Berkas yang ditulis; belum boleh ada.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Tampilkan direktori yang sudah diimpor.
    Show {
        /// Cetak JSON.
        #[arg(long)]
        json: bool,
    },
    /// Impor direktori; yang lebih lama tidak pernah menggantikan yang lebih baru.
    Import {
        /// Berkas direktori.
        file: PathBuf,
        /// Kunci kantor penanda tangan, dicocokkan lewat jalan lain; hanya pada impor pertama.
        #[arg(long, value_name = "KUNCI")]
        key: Option<VerifierKey>,
    },
    /// Cetak kunci sebuah kantor, untuk dikirim kepada kantor pusat.
    Card {
        /// Kode kantor.
        office: OfficeId,
    },
}

pub fn run(arguments: &DirectoryArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = serve::open_store(&place, law).await?;
        let done = answer(&arguments.command, &store).await;
        store.close().await;
        done.map(|()| Outcome::Holds)
    })
}

async fn answer(command: &DirectoryCommand, store: &Store) -> anyhow::Result<()> {
    let now = SystemClock.now();
    match command {
        DirectoryCommand::Make { office, out } => {
            let mut directory = Directory::new(now);
            for known in store.offices().await? {
                directory = directory.with(card(store, &known, now)?, now)?;
            }
            // The first one that is handed out has the number 1, however many offices are in it.
            directory.sequence = 1;
            write(store, office, &directory, out)
        }
        DirectoryCommand::Add { file, office, key, name, recipient, address, since, until, out } => {
            let entry = DirectoryEntry {
                key: key.clone(),
                name: name.clone(),
                recipient: recipient.clone(),
                address: address.clone(),
                since: since.unwrap_or(now),
                until: *until,
                revoked: None,
            };
            let directory = read(store, office, file)?.with(entry, now)?;
            write(store, office, &directory, out)
        }
        DirectoryCommand::Revoke { file, office, key, reason, at, out } => {
            let revocation = Revocation { at: at.unwrap_or(now), reason: reason.clone() };
            let directory = read(store, office, file)?.without(key.name(), key.id(), revocation, now)?;
            write(store, office, &directory, out)
        }
        DirectoryCommand::Address { file, office, key, address, out } => {
            let directory = read(store, office, file)?.at_address(key.name(), key.id(), address.clone(), now)?;
            write(store, office, &directory, out)
        }
        DirectoryCommand::Show { json } => match store.trust_directory().await? {
            Some(directory) => show(&directory, now, *json),
            None => bail!("no trust directory has been imported here yet: `netra directory import FILE --key KEY`"),
        },
        DirectoryCommand::Import { file, key } => {
            let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            let directory = store.import_directory(&text, key.as_ref()).await?;
            output::line(format!(
                "Direktori nomor {} dari {} diimpor: {} kunci.",
                directory.sequence,
                directory.issued,
                directory.entries().len()
            ));
            Ok(())
        }
        DirectoryCommand::Card { office } => {
            let known = store.office(office).await?;
            let known = known.with_context(|| format!("{office}: there is no such office in this store"))?;
            let entry = card(store, &known, now)?;
            output::line(entry.key.to_string());
            output::line(entry.recipient.as_ref().map_or("-", AgeRecipient::as_str));
            Ok(())
        }
    }
}

/// The entry of an office of this store.
fn card(store: &Store, office: &Office, now: Timestamp) -> anyhow::Result<DirectoryEntry> {
    let recipient = envelope::identity(store, &office.id)?.to_public().to_string();
    let recipient = recipient.parse::<AgeRecipient>().map_err(|why| anyhow!("{}: {why}", office.id))?;
    Ok(DirectoryEntry {
        key: store.ledger_key(&office.id)?,
        name: office.name.clone(),
        recipient: Some(recipient),
        address: None,
        since: Timestamp::from_second(now.as_second())?,
        until: None,
        revoked: None,
    })
}

fn read(store: &Store, office: &OfficeId, file: &Path) -> anyhow::Result<Directory> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let key = store.ledger_key(office).with_context(|| format!("reading the key of {office}"))?;
    Directory::open(&text, &key).with_context(|| format!("{}: is not a directory that {office} signed", file.display()))
}

fn write(store: &Store, office: &OfficeId, directory: &Directory, out: &Path) -> anyhow::Result<()> {
    let text = store.sign_with(office, |key| directory.sign(key))?.context("signing the directory")?;
    let (draft, mut file) = Draft::begin(out)?;
    file.write_all(text.as_bytes()).with_context(|| format!("writing {}", out.display()))?;
    draft.keep(&file)?;
    output::line(format!(
        "{}: direktori nomor {}, {} kunci, ditandatangani {}",
        out.display(),
        directory.sequence,
        directory.entries().len(),
        store.ledger_key(office)?
    ));
    Ok(())
}

fn show(directory: &Directory, now: Timestamp, as_json: bool) -> anyhow::Result<()> {
    let state = |entry: &DirectoryEntry| directory.look_up(&entry.key, now).err();
    if as_json {
        let entries: Vec<_> = directory
            .entries()
            .iter()
            .map(|entry| json!({ "entry": entry, "state": state(entry).map_or("known", |why| why.id()) }))
            .collect();
        return output::json(&json!({
            "sequence": directory.sequence, "issued": directory.issued.to_string(), "entries": entries,
        }));
    }
    output::line(format!("Direktori nomor {} dari {}", directory.sequence, directory.issued));
    let row = |entry: &DirectoryEntry| {
        let words = state(entry).map_or_else(|| "berlaku".to_owned(), |why| why.indonesian());
        let address = entry.address.as_ref().map_or_else(|| "-".to_owned(), |address| address.to_string());
        vec![entry.key.name().to_string(), entry.key.id().to_string(), entry.name.clone(), words, address]
    };
    let rows: Vec<Vec<String>> = directory.entries().iter().map(row).collect();
    output::table(&["kantor", "kunci", "nama", "keadaan", "alamat"], &rows);
    Ok(())
}
