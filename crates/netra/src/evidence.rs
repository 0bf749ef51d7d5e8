//! `netra evidence`: what files are, as they would be taken into custody, and what they say about themselves.

mod show;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use netra_evidence::capture::{self, Capture};
use netra_evidence::likeness::{Distance, Likeness};
use netra_evidence::metadata::{self, Metadata};
use netra_evidence::picture::{self, Picture};
use netra_evidence::timestamp::{Matching, Proof, Verification};
use netra_evidence::{Digest, TakenIn};
use netra_web::evidence_words as words;
use serde::Serialize;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct EvidenceArguments {
    /// The files. Pictures among them are compared with one another, proofs of time with all of them.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// When it was reported, with the zone (2024-01-05T09:00:00+07:00): times of making after it are pointed out.
    #[arg(long)]
    reported: Option<Timestamp>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct FileJson {
    file: String,
    name: String,
    sha256: Digest,
    size: u64,
    media_type: &'static str,
    metadata: Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<PictureJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capture: Option<Capture>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<ProofJson>,
    /// What could not be read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

#[derive(Serialize)]
struct PictureJson {
    width: u32,
    height: u32,
    likeness: Likeness,
    /// Other given pictures that may show the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    similar: Vec<SimilarJson>,
}

#[derive(Serialize)]
struct SimilarJson {
    file: String,
    #[serde(flatten)]
    distance: Distance,
}

#[derive(Serialize)]
struct ProofJson {
    #[serde(flatten)]
    proof: Proof,
    verification: Verification,
    /// The given files that it is about.
    about: Vec<String>,
}

pub fn run(arguments: &EvidenceArguments) -> anyhow::Result<Outcome> {
    let mut list = Vec::new();
    for path in &arguments.files {
        list.push(examine(path, arguments.reported)?);
    }
    compare_pictures(&mut list);
    compare_proofs(&mut list);
    if arguments.json {
        output::json(&list)?;
    } else {
        let row =
            |f: &FileJson| vec![f.sha256.to_string(), f.size.to_string(), f.media_type.to_owned(), f.file.clone()];
        output::table(&["sha256", "bytes", "type", "file"], &list.iter().map(row).collect::<Vec<_>>());
        list.iter().flat_map(show::lines).for_each(output::line);
    }
    Ok(Outcome::Holds)
}

fn examine(path: &Path, reported: Option<Timestamp>) -> anyhow::Result<FileJson> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let taken =
        netra_evidence::take_in(&name, &bytes, u64::MAX).with_context(|| format!("taking in {}", path.display()))?;
    let TakenIn { digest, size, media_type, name: shown } = taken;
    let mut metadata = metadata::read(&name, media_type, &mut Cursor::new(&bytes))
        .with_context(|| format!("reading what {} says about itself", path.display()))?;
    if let Some(reported) = reported {
        metadata.compare_with_report(reported);
    }
    let mut faults = Vec::new();
    let picture = match Picture::decode(&bytes) {
        Ok(picture) => Some(PictureJson {
            width: picture.width(),
            height: picture.height(),
            likeness: Likeness::of(&picture),
            similar: Vec::new(),
        }),
        Err(picture::PictureError::Kind) => None,
        Err(error) => {
            faults.push(error.to_string());
            None
        }
    };
    let capture = capture::read(&mut Cursor::new(&bytes)).unwrap_or_else(|error| {
        faults.push(error.to_string());
        None
    });
    let proof = Proof::may_be(&bytes)
        .then(|| Proof::read(&bytes))
        .and_then(|proof| proof.map_err(|error| faults.push(error.to_string())).ok());
    let timestamp = proof.map(|proof| ProofJson { verification: proof.verification(), proof, about: Vec::new() });
    Ok(FileJson {
        file: path.display().to_string(),
        name: shown.to_string(),
        sha256: digest,
        size,
        media_type: media_type.essence(),
        metadata,
        picture,
        capture,
        timestamp,
        faults,
    })
}

/// Notes which of the given pictures may show the same, nearest first.
fn compare_pictures(list: &mut [FileJson]) {
    let all: Vec<(String, Option<Likeness>)> =
        list.iter().map(|file| (file.file.clone(), file.picture.as_ref().map(|picture| picture.likeness))).collect();
    for (place, file) in list.iter_mut().enumerate() {
        let Some(picture) = &mut file.picture else { continue };
        let others = all.iter().enumerate().filter(|(other, _)| *other != place);
        let near = others.filter_map(|(_, (name, likeness))| {
            let distance = picture.likeness.distance(likeness.as_ref()?).filter(Distance::is_suggested)?;
            Some(SimilarJson { file: name.clone(), distance })
        });
        let mut similar: Vec<SimilarJson> = near.collect();
        similar.sort_by_key(|similar| similar.distance.wave + similar.distance.rise);
        picture.similar = similar;
    }
}

/// Notes which of the given files a proof of time is about.
fn compare_proofs(list: &mut [FileJson]) {
    let all: Vec<(String, Digest)> = list.iter().map(|file| (file.file.clone(), file.sha256)).collect();
    for proof in list.iter_mut().filter_map(|file| file.timestamp.as_mut()) {
        let Some(imprint) = proof.proof.imprint() else { continue };
        let same = all.iter().filter(|(_, digest)| imprint.compare(digest) == Matching::Same);
        proof.about = same.map(|(name, _)| name.clone()).collect();
    }
}
