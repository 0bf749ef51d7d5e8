//! What goes into a bundle: the docket up to the act that hands it over, its proofs, its papers, its exhibits, and the
//! private values that the receiver may know.
//!
//! An authority gets papers and values without reporter and witnesses; a supervisor that takes the matter on gets them
//! all. The records of the acts hold no names in either case. Acts that came from the receiver are not sent back.

use std::io::{self, Cursor, Read, Write};

use anyhow::{Context, bail};
use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::Entry;
use netra_docket::history::for_office;
use netra_docket::ids::{ActId, ExhibitNo, MatterId, OfficeId};
use netra_docket::matter::{Matter, effective};
use netra_forms::dossier::{Audience, DossierInput, Papers, exhibit_place, papers};
use netra_law::Law;
use netra_law::time::Moment;
use netra_ledger::KeyName;
use netra_ledger::bundle::{
    ActPlace, BundleHead, BundleKind, BundleWriter, Expected, FileKind, LogProof, NewFile, Party, WrittenBundle,
    act_path, checkpoint_path, proof_path, values_path,
};
use netra_store::{BlobReader, Docket, Office, Privacy, Scope, Store, office_key_name};
use tokio::runtime::Handle;

/// How often proofs are asked for again because the ledger grew in between.
const TRIES: u32 = 5;

/// What is to go to whom.
pub struct Errand {
    /// Who sends.
    pub sender: OfficeId,
    /// Through whose eyes the matter is read.
    pub reader: OfficeId,
    /// The matter.
    pub matter: MatterId,
    /// The act by which it is handed over, or the last one that is sent.
    pub act: ActId,
    /// What the bundle is for.
    pub kind: BundleKind,
    /// Who is to receive it.
    pub to: Party,
}

/// Everything that goes into a bundle but the bytes of its exhibits.
pub struct Parts {
    /// What the bundle says about itself.
    pub head: BundleHead,
    /// Who sends it.
    pub office: OfficeId,
    /// The matter.
    pub matter: MatterId,
    /// The act by which it is handed over.
    pub act: ActId,
    /// Whether somebody is named in it.
    pub names_persons: bool,
    /// The exhibits that go along.
    pub exhibits: Vec<Exhibit>,
    records: Vec<Vec<u8>>,
    proofs: Vec<LogProof>,
    papers: Papers,
    values: Vec<u8>,
}

/// The errand that the last handing over of a matter to a receiver makes.
///
/// # Errors
/// There is no such matter, it was not handed over to that receiver, or the store fails.
pub async fn errand(store: &Store, matter: MatterId, to: &str) -> anyhow::Result<Errand> {
    let offices = store.offices().await.context("reading the offices")?;
    let (scope, docket) = seen(store, &offices, matter).await?;
    let (n, act, kind, to) = handover(&docket, store.law(), &offices, to)?;
    let until: Vec<Entry> = docket.entries.into_iter().take_while(|entry| entry.n <= n).collect();
    let sender = sender(&until, store.law())?;
    Ok(Errand { sender, reader: scope.office().clone(), matter, act, kind, to })
}

/// Gathers the parts of the bundle by which a matter goes to a receiver.
///
/// # Errors
/// There is no such matter, the act is not in it, there is nothing to send, or the store fails.
pub async fn gather(store: &Store, errand: &Errand, now: Moment) -> anyhow::Result<Parts> {
    store.publish_ledgers(now).await.context("publishing the ledgers")?;
    let offices = store.offices().await.context("reading the offices")?;
    let sender = offices.iter().find(|office| office.id == errand.sender);
    let sender = sender.with_context(|| format!("{}: the office that sends is not in this store", errand.sender))?;
    let scope = Scope::new(errand.reader.clone(), Privacy::Open);
    let docket = store.docket(&scope, errand.matter).await.context("reading the docket")?;
    let docket = docket.with_context(|| format!("{}: {} sees no such matter", errand.matter, errand.reader))?;
    let docket = netra_web::without_protected(docket, store.law())?;
    let last =
        docket.entries.iter().find(|entry| entry.id == errand.act).map(|entry| (entry.n, violations(&entry.what)));
    let (last, violations) = last.with_context(|| format!("{}: the matter has no such act", errand.act))?;
    let (law, protected) = (store.law(), docket.protected);
    let entries: Vec<Entry> = docket.entries.into_iter().take_while(|entry| entry.n <= last).collect();
    let mut records = store.records(&scope, errand.matter).await?.context("reading the records of the matter")?;
    records.truncate(entries.len());
    let home = entries.first().map_or_else(|| sender.id.clone(), |first| first.office.clone());
    let whole = Docket { matter: Matter::fold(&entries, law).context("folding the docket")?, entries, protected };
    let audience = audience(errand.kind);
    let shown = match audience {
        Audience::Receiver => netra_web::without_reporter(&whole, law)?,
        Audience::Office => whole,
    };
    let exhibits = exhibits(errand.kind, &shown);
    let papers = {
        let numbers: Vec<ExhibitNo> = exhibits.iter().map(|exhibit| exhibit.no).collect();
        let letterhead = netra_web::letterhead(sender, &offices);
        let input = DossierInput {
            entries: &shown.entries,
            records: &records,
            matter: &shown.matter,
            law,
            letterhead: &letterhead,
            exhibits: Vec::new(),
            for_receiver: audience,
            made: now,
        };
        papers(&input, &numbers).context("making the sheets")?
    };
    let (sent, records) = for_receiver(&shown.entries, records, errand.to.office.as_str());
    if sent.is_empty() {
        bail!("{}: there is no act that {} does not have already", errand.matter, errand.to.name);
    }
    let proofs = proofs(store, &home, &sent).await?;
    let disclosed =
        store.disclosures(&scope, errand.matter, &records, &sent).await.context("reading private values")?;
    let head = BundleHead {
        kind: errand.kind,
        from: Party { office: office_key_name(&sender.id)?, name: sender.name.clone() },
        to: errand.to.clone(),
        ledger: store.ledger_key(&home).context("reading the key of the ledger")?,
        matter: errand.matter.to_string(),
        number: shown.matter.number().map(str::to_owned),
        handover: errand.act.to_string(),
        violations,
        created: now.instant(),
    };
    Ok(Parts {
        head,
        office: sender.id.clone(),
        matter: errand.matter,
        act: errand.act,
        names_persons: !shown.matter.persons.is_empty() || !shown.matter.exhibits.is_empty(),
        exhibits,
        records,
        proofs,
        papers,
        values: serde_json::to_vec_pretty(&disclosed).context("writing private values")?,
    })
}

/// Who stays unnamed in a bundle.
fn audience(kind: BundleKind) -> Audience {
    match kind {
        BundleKind::Delegation => Audience::Office,
        BundleKind::Forwarding | BundleKind::Answer => Audience::Receiver,
    }
}

/// The exhibits that go along: those that never came here can't. Who gets an answer has them already.
fn exhibits(kind: BundleKind, docket: &Docket) -> Vec<Exhibit> {
    if kind == BundleKind::Answer {
        return Vec::new();
    }
    let absent = |exhibit: &Exhibit| {
        docket.entries.iter().any(|entry| match &entry.what {
            Act::HistoryReceived(received) => received.absent.contains(&exhibit.sha256),
            _ => false,
        })
    };
    docket.matter.exhibits.iter().filter(|exhibit| !absent(exhibit)).cloned().collect()
}

/// The acts that a receiver does not have by its own doing, with their records.
fn for_receiver(shown: &[Entry], records: Vec<Vec<u8>>, to: &str) -> (Vec<Entry>, Vec<Vec<u8>>) {
    let sent: Vec<ActId> = for_office(shown, to).iter().map(|entry| entry.id).collect();
    let chosen = shown.iter().zip(records).filter(|(entry, _)| sent.contains(&entry.id));
    chosen.map(|(entry, record)| (entry.clone(), record)).unzip()
}

/// The kinds of violation that an act hands over.
fn violations(what: &Act) -> Vec<String> {
    if let Act::Forwarded(sent) = what { vec![sent.kind.clone()] } else { Vec::new() }
}

/// The docket through the eyes of the first office that sees it.
async fn seen(store: &Store, offices: &[Office], matter: MatterId) -> anyhow::Result<(Scope, Docket)> {
    for office in offices {
        let scope = Scope::new(office.id.clone(), Privacy::Open);
        if let Some(docket) = store.docket(&scope, matter).await.context("reading the docket")? {
            return Ok((scope, docket));
        }
    }
    bail!("--matter {matter}: there is no such matter in this store; the matter's page shows its id in the address")
}

/// The last act of this docket by which the matter was handed over to a receiver.
fn handover(
    docket: &Docket,
    law: &Law,
    offices: &[Office],
    to: &str,
) -> anyhow::Result<(u32, ActId, BundleKind, Party)> {
    let readings = effective(&docket.entries).context("reading the docket")?;
    for (entry, what, _) in readings.into_iter().rev().filter(|(entry, ..)| entry.office == docket.matter.home) {
        let (n, act) = (entry.n, entry.id);
        match what {
            Act::Forwarded(sent) if sent.authority == to || is_office(sent.to_office.as_ref(), to) => {
                let party = authority(law, offices, &sent.authority, sent.to_office.as_ref())?;
                return Ok((n, act, BundleKind::Forwarding, party));
            }
            Act::Delegated(given) if is_office(Some(&given.to), to) => {
                let name = name_of(offices, &given.to).unwrap_or_else(|| given.to.to_string());
                return Ok((n, act, BundleKind::Delegation, Party { office: office_key_name(&given.to)?, name }));
            }
            _ => {}
        }
    }
    bail!("--to {to}: the matter was not forwarded or delegated there; record that step first")
}

fn is_office(office: Option<&OfficeId>, to: &str) -> bool {
    office.is_some_and(|office| office.as_str() == to)
}

fn name_of(offices: &[Office], id: &OfficeId) -> Option<String> {
    offices.iter().find(|office| office.id == *id).map(|office| office.name.clone())
}

/// The receiver of a forwarding: its office if it has one here, else the authority by its id.
fn authority(law: &Law, offices: &[Office], id: &str, office: Option<&OfficeId>) -> anyhow::Result<Party> {
    let office_name = office.and_then(|office| name_of(offices, office));
    let name = office_name.or_else(|| law.authority(id).map(|authority| authority.name.clone()));
    let code: KeyName = match office {
        Some(office) => office_key_name(office)?,
        None => format!("netra/{id}").parse().with_context(|| format!("naming the authority {id}"))?,
    };
    Ok(Party { office: code, name: name.unwrap_or_else(|| id.to_owned()) })
}

/// The office that handled the matter before it was handed over.
fn sender(entries: &[Entry], law: &Law) -> anyhow::Result<OfficeId> {
    let before = match entries.split_last() {
        Some((_, before)) if !before.is_empty() => before,
        _ => entries,
    };
    Ok(Matter::fold(before, law).context("folding the docket")?.office)
}

/// The proofs of all acts, leading to one checkpoint.
async fn proofs(store: &Store, home: &OfficeId, entries: &[Entry]) -> anyhow::Result<Vec<LogProof>> {
    for _ in 0..TRIES {
        let mut proofs: Vec<LogProof> = Vec::with_capacity(entries.len());
        for entry in entries {
            let found = store.prove_act(home, entry.id).await.context("proving an act")?;
            proofs.push(LogProof { index: found.leaf, proof: found.proof, checkpoint: found.checkpoint });
        }
        let first = proofs.first().map(|proof| proof.checkpoint.clone()).unwrap_or_default();
        if proofs.iter().all(|proof| proof.checkpoint == first) {
            return Ok(proofs);
        }
    }
    bail!("the ledger of {home} grows faster than it can be proven; try again in a moment")
}

/// Writes a bundle. The exhibits come out of the store in pieces. For a thread of a runtime that has others.
///
/// # Errors
/// The store or the writer fails, or an exhibit's bytes have been changed.
pub fn write<W: Write>(store: &Store, parts: &Parts, out: W) -> anyhow::Result<(WrittenBundle, W)> {
    let runtime = Handle::current();
    // The runtime has other threads: this one may wait for the disk and for pieces of exhibits.
    tokio::task::block_in_place(|| {
        let mut writer = BundleWriter::new(out, parts.head.clone())?;
        put_acts(&mut writer, parts)?;
        for (place, html) in &parts.papers.sheets {
            let path = format!("data/sheets/{place}").parse()?;
            put(&mut writer, path, FileKind::Sheet, "text/html", &format!("Lembar {place}"), html.as_bytes())?;
        }
        let title = "Data pribadi yang boleh diketahui penerima";
        put(&mut writer, values_path(), FileKind::Values, "application/json", title, &parts.values)?;
        let list = "data/exhibits.json".parse()?;
        put(&mut writer, list, FileKind::List, "application/json", "Daftar bukti", &parts.papers.exhibits)?;
        for exhibit in &parts.exhibits {
            put_exhibit(&mut writer, store, exhibit, &runtime)?;
        }
        Ok(store.sign_with(&parts.office, |key| writer.finish(key))??)
    })
}

fn put_acts<W: Write>(writer: &mut BundleWriter<W>, parts: &Parts) -> anyhow::Result<()> {
    for (record, n) in parts.records.iter().zip(1..) {
        let path = act_path(ActPlace(n))?;
        put(writer, path, FileKind::Act, "application/json", &format!("Tindakan {n}"), record)?;
    }
    for (proof, n) in parts.proofs.iter().zip(1..) {
        let (path, title) = (proof_path(ActPlace(n))?, format!("Bukti pencatatan tindakan {n}"));
        put(writer, path, FileKind::Proof, "text/plain", &title, proof.to_string().as_bytes())?;
    }
    let checkpoint = parts.proofs.first().map(|proof| proof.checkpoint.as_str()).unwrap_or_default();
    let title = "Titik periksa buku tindakan";
    put(writer, checkpoint_path(), FileKind::Checkpoint, "text/plain", title, checkpoint.as_bytes())
}

fn put<W: Write>(
    writer: &mut BundleWriter<W>,
    path: netra_ledger::DossierPath,
    kind: FileKind,
    media_type: &str,
    title: &str,
    mut bytes: &[u8],
) -> anyhow::Result<()> {
    let file = NewFile { path, kind, media_type, title, expected: None };
    writer.add(file, &mut bytes).context("writing the bundle")
}

fn put_exhibit<W: Write>(
    writer: &mut BundleWriter<W>,
    store: &Store,
    exhibit: &Exhibit,
    runtime: &Handle,
) -> anyhow::Result<()> {
    let context = || format!("reading exhibit {}", exhibit.no);
    let reader = runtime.block_on(store.blob_reader(&exhibit.sha256)).with_context(context)?;
    let mut pieces = Pieces { runtime: runtime.clone(), reader, piece: Cursor::default() };
    let title = format!("Bukti {}", exhibit.no);
    let file = NewFile {
        path: format!("data/{}", exhibit_place(exhibit)).parse()?,
        kind: FileKind::Exhibit,
        media_type: &exhibit.media_type,
        title: &title,
        expected: Some(Expected { size: exhibit.size, sha256: exhibit.sha256.clone() }),
    };
    writer.add(file, &mut pieces).with_context(context)
}

/// The bytes of an exhibit, for whoever reads without waiting for anything else.
struct Pieces {
    runtime: Handle,
    reader: BlobReader,
    piece: Cursor<Vec<u8>>,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.piece.read(buffer)?;
        if count > 0 || buffer.is_empty() {
            return Ok(count);
        }
        match self.runtime.block_on(self.reader.next_piece()).map_err(io::Error::other)? {
            Some(piece) => {
                self.piece = Cursor::new(piece.to_vec());
                self.piece.read(buffer)
            }
            None => Ok(0),
        }
    }
}
