//! Checking a bundle that came from somewhere else: every length, name, digest and signature in it is a claim.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::slice;

use super::FORMAT;
use super::about::{BundleAbout, BundleFile, FileKind, Fingerprint};
use super::content::BundleReader;
use super::fault::BundleFault;
use super::open::Opened;
use super::pipe;
use super::proof::{ActPlace, LogProof, act_at, act_path, checkpoint_path, proof_path};
use super::tags::{
    ABOUT, BAGIT, BAGIT_TEXT, Digests, INFO, MANIFEST, Oxum, PAYLOAD, SIGNATURE, TAG_MANIFEST, TAGGED, TAGS, oxum,
    parse_manifest, signed_text,
};
use crate::checkpoint::Checkpoint;
use crate::note::Note;
use crate::path::DossierPath;
use crate::tree::{LeafHash, leaf_hash, verify_inclusion};

/// How much of somebody else's archive is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleLimits {
    /// Bytes of all files together.
    pub total: u64,
    /// Number of files.
    pub files: usize,
    /// How many times its size a file may unpack to.
    pub ratio: u64,
}

impl Default for BundleLimits {
    fn default() -> BundleLimits {
        BundleLimits { total: 64 << 30, files: 50_000, ratio: 200 }
    }
}

/// What is known about a bundle that is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedBundle {
    /// The number that stands for it.
    pub fingerprint: Fingerprint,
    /// What the sender says about it, and the key with which that is signed.
    pub about: BundleAbout,
    /// Bytes below `data/`.
    pub bytes: u64,
    /// Acts, all of them in the ledger.
    pub acts: u32,
    /// What the ledger says about itself, signed with the key that the sender names.
    pub checkpoint: Checkpoint,
}

/// Checks everything that a bundle claims and that can be checked without knowing anybody: names, lengths, digests,
/// the signature, and the proof of every act. Whose the keys are is another question:
/// [`findings`](super::findings()).
///
/// Memory does not grow with the exhibits. A second thread hashes.
///
/// # Errors
/// The first thing found wrong. Names and lengths are judged before any content is read.
pub fn verify_bundle<R: Read + Seek>(input: R, limits: &BundleLimits) -> Result<VerifiedBundle, BundleFault> {
    open_bundle(input, limits).map(|(verified, _)| verified)
}

/// As [`verify_bundle`], and gives what reads the files of the bundle then. The input must not change meanwhile.
///
/// # Errors
/// As [`verify_bundle`].
pub fn open_bundle<R: Read + Seek>(
    input: R,
    limits: &BundleLimits,
) -> Result<(VerifiedBundle, BundleReader<R>), BundleFault> {
    let mut opened = Opened::new(input, limits)?;
    let verified = verify_opened(&mut opened)?;
    Ok((verified, BundleReader::new(opened)))
}

fn verify_opened<R: Read + Seek>(opened: &mut Opened<R>) -> Result<VerifiedBundle, BundleFault> {
    let tags = read_tags(opened)?;
    compare_names(&tags.payload, opened)?;
    compare_lists(&tags.about.files, &tags.payload, opened)?;
    let bytes = compare_oxum(&tags)?;
    let mut leaves = BTreeMap::new();
    let mut rest = Vec::new();
    for path in tags.payload.keys() {
        match act_at(path) {
            Some(act) => {
                let (record, digest) = opened.whole(path)?;
                expect(path, &digest, &tags.payload)?;
                leaves.insert(act, leaf_hash(&record));
            }
            None => rest.push(path.clone()),
        }
    }
    for (path, digest) in rest.iter().zip(pipe::digests(opened, &rest)?) {
        expect(path, &digest, &tags.payload)?;
    }
    let checkpoint = check_acts(opened, &tags, &leaves)?;
    let acts = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
    Ok(VerifiedBundle { fingerprint: tags.fingerprint, about: tags.about, bytes, acts, checkpoint })
}

/// The files of a bag that are not its payload, read and compared with each other.
struct Tags {
    fingerprint: Fingerprint,
    about: BundleAbout,
    info: String,
    payload: Digests,
}

fn read_tags<R: Read + Seek>(opened: &mut Opened<R>) -> Result<Tags, BundleFault> {
    let mut texts = BTreeMap::new();
    for name in TAGS {
        let path = DossierPath::own(name);
        texts.insert(name, opened.text(&path)?);
    }
    let mut take =
        |name: &'static str| texts.remove(name).ok_or_else(|| BundleFault::FileMissing(DossierPath::own(name)));
    let (tag_manifest, _) = take(TAG_MANIFEST)?;
    let (signature, _) = take(SIGNATURE)?;
    let (bagit, bagit_digest) = take(BAGIT)?;
    let (info, info_digest) = take(INFO)?;
    let (manifest, manifest_digest) = take(MANIFEST)?;
    let (about, about_digest) = take(ABOUT)?;
    if bagit != BAGIT_TEXT {
        return Err(BundleFault::TagUnreadable { path: DossierPath::own(BAGIT), line: 1 });
    }
    let tagged = digests(TAG_MANIFEST, &tag_manifest)?;
    let found = [(BAGIT, bagit_digest), (INFO, info_digest), (MANIFEST, manifest_digest), (ABOUT, about_digest)];
    for (name, digest) in found {
        expect(&DossierPath::own(name), &digest, &tagged)?;
    }
    if let Some(path) = tagged.keys().find(|path| !TAGGED.contains(&path.as_str())) {
        return Err(BundleFault::FileMissing(path.clone()));
    }
    let about: BundleAbout = serde_json::from_str(&about).map_err(BundleFault::AboutUnreadable)?;
    if about.format != FORMAT {
        return Err(BundleFault::FormatUnknown(about.format));
    }
    check_signature(&signature, &tag_manifest, &about)?;
    let payload = digests(MANIFEST, &manifest)?;
    Ok(Tags { fingerprint: Fingerprint::of(tag_manifest.as_bytes()), about, info, payload })
}

fn digests(name: &'static str, text: &str) -> Result<Digests, BundleFault> {
    parse_manifest(text).map_err(|line| BundleFault::TagUnreadable { path: DossierPath::own(name), line })
}

fn check_signature(signature: &str, tag_manifest: &str, about: &BundleAbout) -> Result<(), BundleFault> {
    let note: Note = signature.parse().map_err(BundleFault::Signature)?;
    if note.text() != signed_text(tag_manifest) {
        return Err(BundleFault::SignedOther);
    }
    let (from, key) = (&about.head.from.office, &about.key);
    if from != key.name() {
        return Err(BundleFault::SenderDiffers { from: from.clone(), key: key.name().clone() });
    }
    note.verify(slice::from_ref(key)).map_err(BundleFault::Signature)?;
    Ok(())
}

/// The digest of a file must be the one that a list has for it.
fn expect(path: &DossierPath, digest: &str, list: &Digests) -> Result<(), BundleFault> {
    match list.get(path) {
        None => Err(BundleFault::FileAdded(path.clone())),
        Some(expected) if expected == digest => Ok(()),
        Some(_) => Err(BundleFault::FileChanged(path.clone())),
    }
}

fn compare_names<R: Read + Seek>(payload: &Digests, opened: &Opened<R>) -> Result<(), BundleFault> {
    let is_payload = |path: &DossierPath| path.as_str().starts_with(PAYLOAD);
    if let Some(path) = payload.keys().find(|path| !is_payload(path) || !opened.has(path)) {
        return Err(BundleFault::FileMissing(path.clone()));
    }
    let is_known = |path: &DossierPath| payload.contains_key(path) || TAGS.contains(&path.as_str());
    match opened.paths().find(|path| !is_known(path)) {
        Some(path) => Err(BundleFault::FileAdded(path.clone())),
        None => Ok(()),
    }
}

/// The description and the manifest tell the same of the same files, and of each its true length.
fn compare_lists<R: Read + Seek>(
    files: &[BundleFile],
    payload: &Digests,
    opened: &Opened<R>,
) -> Result<(), BundleFault> {
    let mut left: BTreeMap<&DossierPath, &String> = payload.iter().collect();
    for file in files {
        let same = left.remove(&file.path).is_some_and(|digest| *digest == file.sha256);
        let is_act = act_at(&file.path).is_some();
        if !same || is_act != (file.kind == FileKind::Act) || opened.size(&file.path) != Some(file.size) {
            return Err(BundleFault::AboutDiffers(file.path.clone()));
        }
    }
    match left.keys().next() {
        Some(path) => Err(BundleFault::AboutDiffers((*path).clone())),
        None => Ok(()),
    }
}

/// Gives the number of bytes of the payload.
fn compare_oxum(tags: &Tags) -> Result<u64, BundleFault> {
    let files = &tags.about.files;
    let bytes = files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
    let counted = Oxum { bytes, files: u64::try_from(files.len()).unwrap_or(u64::MAX) };
    if oxum(&tags.info) == Some(counted) { Ok(bytes) } else { Err(BundleFault::OxumDiffers) }
}

/// Every act stands in the ledger, in the order of the docket.
fn check_acts<R: Read + Seek>(
    opened: &mut Opened<R>,
    tags: &Tags,
    leaves: &BTreeMap<ActPlace, LeafHash>,
) -> Result<Checkpoint, BundleFault> {
    if leaves.is_empty() {
        return Err(BundleFault::NoActs);
    }
    let (note, digest) = opened.text(&checkpoint_path())?;
    expect(&checkpoint_path(), &digest, &tags.payload)?;
    let checkpoint = Checkpoint::open(&note, &tags.about.head.ledger).map_err(BundleFault::Checkpoint)?;
    let mut before = None;
    for ((act, leaf), n) in leaves.iter().zip(1..) {
        let place = |path: Result<DossierPath, _>| path.map_err(|_| BundleFault::NoActs);
        if act.0 != n {
            return Err(BundleFault::ActsNumbered(place(act_path(*act))?));
        }
        let path = place(proof_path(*act))?;
        let (text, digest) = opened.text(&path)?;
        expect(&path, &digest, &tags.payload)?;
        let LogProof { index, proof, checkpoint: its_own } =
            text.parse().map_err(|source| BundleFault::ProofUnreadable { path: path.clone(), source })?;
        if its_own != note {
            return Err(BundleFault::OtherCheckpoint(path));
        }
        if before.is_some_and(|before| index <= before) {
            return Err(BundleFault::ActsOutOfOrder(place(act_path(*act))?));
        }
        before = Some(index);
        verify_inclusion(&checkpoint.head, index, leaf, &proof)
            .map_err(|source| BundleFault::Proof { path: path.clone(), source })?;
    }
    Ok(checkpoint)
}
