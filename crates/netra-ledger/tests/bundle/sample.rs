//! An invented office, its ledger, and a bundle of it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use netra_ledger::bundle::BundleFault;
use netra_ledger::bundle::{
    ActPlace, BundleHead, BundleKind, BundleLimits, BundleWriter, Expected, FileKind, LogProof, NewFile, Party,
    VerifiedBundle, WrittenBundle, act_path, checkpoint_path, proof_path, verify_bundle,
};
use netra_ledger::tree::{self, Tiles, TreeHead, leaf_hash};
use netra_ledger::{Checkpoint, SigningKey};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Files by name, with the folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the bundle.
pub const FOLDER: &str = "berkas-00000000-0000-0000-0000-000000000001";

/// Limits under which the samples are checked.
pub const LIMITS: BundleLimits = BundleLimits { total: 64 << 20, files: 100, ratio: 200 };

pub fn key(name: &str, secret: u8) -> SigningKey {
    SigningKey::new(name.parse().unwrap(), &[secret; 32])
}

pub fn sender() -> SigningKey {
    key("netra/kantor-contoh", 1)
}

pub fn receiver() -> SigningKey {
    key("netra/instansi-contoh", 2)
}

pub fn head() -> BundleHead {
    let party = |key: SigningKey, name: &str| Party { office: key.verifier().name().clone(), name: name.to_owned() };
    BundleHead {
        kind: BundleKind::Forwarding,
        from: party(sender(), "Kantor Contoh"),
        to: party(receiver(), "Instansi Contoh"),
        ledger: sender().verifier().clone(),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: Some("001/LP/PP/Kab/23.05/I/2024".to_owned()),
        handover: "00000000-0000-0000-0000-0000000000aa".to_owned(),
        violations: vec!["asn".to_owned()],
        created: "2024-02-07T03:00:00Z".parse().unwrap(),
    }
}

pub fn records() -> Vec<Vec<u8>> {
    (1..=3).map(|n| format!("{{\"n\":{n},\"what\":\"contoh\"}}").into_bytes()).collect()
}

pub fn exhibit() -> Vec<u8> {
    (0_u32..2000).flat_map(|n| Sha256::digest(n.to_be_bytes()).to_vec()).collect()
}

/// The checkpoint of a ledger in which the records stand behind two others, and their proofs.
pub fn ledger(records: &[Vec<u8>]) -> (String, Vec<LogProof>) {
    let before: [&[u8]; 2] = [b"lain", b"lain lagi"];
    let leaves: Vec<_> = before.into_iter().chain(records.iter().map(Vec::as_slice)).map(leaf_hash).collect();
    let grown = tree::grow(0, &Tiles::new(), &leaves).unwrap();
    let mut tiles = Tiles::new();
    for tile in grown.tiles {
        tiles.insert(tile.id, tile.bytes).unwrap();
    }
    let key = sender();
    let head: TreeHead = grown.head;
    let checkpoint = Checkpoint::new(key.verifier().name().clone(), head).sign(&key).unwrap();
    let proofs = (2..leaves.len() as u64).map(|index| LogProof {
        index,
        proof: tree::inclusion(head.size, index, &tiles).unwrap(),
        checkpoint: checkpoint.clone(),
    });
    (checkpoint.clone(), proofs.collect())
}

fn file(path: &str, kind: FileKind, media_type: &'static str, title: &'static str) -> NewFile<'static> {
    NewFile { path: path.parse().unwrap(), kind, media_type, title, expected: None }
}

/// A bundle of these records and proofs.
pub fn bundle_of(records: &[Vec<u8>], checkpoint: &str, proofs: &[LogProof]) -> (WrittenBundle, Vec<u8>) {
    let mut writer = BundleWriter::new(Vec::new(), head()).unwrap();
    for (record, n) in records.iter().zip(1..) {
        let path = act_path(ActPlace(n)).unwrap();
        let new = NewFile { path, ..file("data/x", FileKind::Act, "application/json", "Tindakan") };
        writer.add(new, &mut record.as_slice()).unwrap();
    }
    for (proof, n) in proofs.iter().zip(1..) {
        let path = proof_path(ActPlace(n)).unwrap();
        let new = NewFile { path, ..file("data/x", FileKind::Proof, "text/plain", "Bukti pencatatan") };
        writer.add(new, &mut proof.to_string().as_bytes()).unwrap();
    }
    let new =
        NewFile { path: checkpoint_path(), ..file("data/x", FileKind::Checkpoint, "text/plain", "Titik periksa") };
    writer.add(new, &mut checkpoint.as_bytes()).unwrap();
    let sheet = file("data/sheets/0001-b-1.html", FileKind::Sheet, "text/html", "Formulir B.1");
    writer.add(sheet, &mut b"<p>lembar</p>".as_slice()).unwrap();
    let bytes = exhibit();
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let expected = Some(Expected { size: bytes.len() as u64, sha256: digest });
    let exhibit = NewFile { expected, ..file("data/exhibits/001.jpg", FileKind::Exhibit, "image/jpeg", "Bukti 1") };
    writer.add(exhibit, &mut bytes.as_slice()).unwrap();
    writer.finish(&sender()).unwrap()
}

/// The sample.
pub fn bundle() -> (WrittenBundle, Vec<u8>) {
    let (checkpoint, proofs) = ledger(&records());
    bundle_of(&records(), &checkpoint, &proofs)
}

pub fn verify(bytes: &[u8]) -> Result<VerifiedBundle, BundleFault> {
    verify_bundle(Cursor::new(bytes), &LIMITS)
}

pub fn unpack(bytes: &[u8]) -> Files {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(name, content);
    }
    files
}

pub fn pack(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn at(path: &str) -> String {
    format!("{FOLDER}/{path}")
}

/// What is found after somebody unpacked the sample, changed its files and packed them again.
pub fn after(change: impl FnOnce(&mut Files)) -> Result<VerifiedBundle, BundleFault> {
    let mut files = unpack(&bundle().1);
    change(&mut files);
    verify(&pack(&files))
}
