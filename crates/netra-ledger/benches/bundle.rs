//! How long a bundle takes to be written and to be checked.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use std::io::{Cursor, Read};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use netra_ledger::bundle::{
    ActPlace, BundleHead, BundleKind, BundleLimits, BundleWriter, FileKind, LogProof, NewFile, Party, act_path,
    checkpoint_path, proof_path, verify_bundle,
};
use netra_ledger::tree::{InclusionProof, RootBuilder, leaf_hash};
use netra_ledger::{Checkpoint, SigningKey};

fn main() {
    divan::main();
}

/// Exhibits, and bytes of each.
const EXHIBITS: u64 = 16;
const BYTES: u64 = 16 << 20;

/// Bytes that do not compress, made as fast as they are read.
struct Noise(u64);

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for chunk in buffer.chunks_mut(8) {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let bytes = (self.0 ^ (self.0 >> 29)).to_le_bytes();
            chunk.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte);
        }
        Ok(buffer.len())
    }
}

fn written() -> Vec<u8> {
    let key = SigningKey::new("netra/kantor-contoh".parse().unwrap(), &[1; 32]);
    let party = || Party { office: key.verifier().name().clone(), name: "Kantor Contoh".to_owned() };
    let head = BundleHead {
        kind: BundleKind::Forwarding,
        from: party(),
        to: party(),
        ledger: key.verifier().clone(),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: None,
        handover: "00000000-0000-0000-0000-000000000002".to_owned(),
        violations: Vec::new(),
        created: "2024-02-07T03:00:00Z".parse().unwrap(),
    };
    let record = b"{}".as_slice();
    let mut tree = RootBuilder::new();
    tree.push(leaf_hash(record));
    let checkpoint = Checkpoint::new(key.verifier().name().clone(), tree.head()).sign(&key).unwrap();
    let proof = LogProof { index: 0, proof: InclusionProof::default(), checkpoint: checkpoint.clone() }.to_string();
    let mut writer = BundleWriter::new(Vec::new(), head).unwrap();
    let mut add = |path, kind, media_type, mut source: Box<dyn Read>| {
        writer.add(NewFile { path, kind, media_type, title: "Berkas", expected: None }, &mut source).unwrap();
    };
    add(act_path(ActPlace(1)).unwrap(), FileKind::Act, "application/json", Box::new(record));
    add(proof_path(ActPlace(1)).unwrap(), FileKind::Proof, "text/plain", Box::new(Cursor::new(proof)));
    add(checkpoint_path(), FileKind::Checkpoint, "text/plain", Box::new(Cursor::new(checkpoint)));
    for n in 0..EXHIBITS {
        let path = format!("data/exhibits/{n:03}.mp4").parse().unwrap();
        add(path, FileKind::Exhibit, "video/mp4", Box::new(Noise(n).take(BYTES)));
    }
    writer.finish(&key).unwrap().1
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn write_exhibits(bencher: Bencher) {
    bencher.counter(BytesCount::new(EXHIBITS * BYTES)).bench_local(written);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn verify_exhibits(bencher: Bencher) {
    let bytes = written();
    bencher
        .counter(BytesCount::new(EXHIBITS * BYTES))
        .bench_local(|| verify_bundle(Cursor::new(black_box(&bytes)), &BundleLimits::default()).unwrap());
}
