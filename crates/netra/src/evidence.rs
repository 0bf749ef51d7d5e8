//! `netra evidence`: what files are, as they would be taken into custody.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct EvidenceArguments {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct FileJson {
    file: String,
    name: String,
    sha256: String,
    size: u64,
    media_type: String,
}

pub fn run(arguments: &EvidenceArguments) -> anyhow::Result<Outcome> {
    let mut list = Vec::new();
    for path in &arguments.files {
        let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let taken = netra_evidence::take_in(&name, &bytes, u64::MAX)
            .with_context(|| format!("taking in {}", path.display()))?;
        list.push(FileJson {
            file: path.display().to_string(),
            name: taken.name.to_string(),
            sha256: taken.digest.to_string(),
            size: taken.size,
            media_type: taken.media_type.essence().to_owned(),
        });
    }
    if arguments.json {
        output::json(&list)?;
    } else {
        let rows: Vec<Vec<String>> = list
            .iter()
            .map(|f| vec![f.sha256.clone(), f.size.to_string(), f.media_type.clone(), f.file.clone()])
            .collect();
        output::table(&["sha256", "bytes", "type", "file"], &rows);
    }
    Ok(Outcome::Holds)
}
