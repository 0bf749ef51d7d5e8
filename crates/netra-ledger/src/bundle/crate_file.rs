//! The description of a bundle for archives: an [RO-Crate 1.1](https://w3id.org/ro/crate/1.1) metadata file, whose
//! root is the payload.

use serde_json::{Value, json};

use super::about::{BundleFile, BundleHead};
use super::tags::PAYLOAD;

/// A file with the words that describe it.
pub(super) struct Titled<'a> {
    pub(super) file: &'a BundleFile,
    pub(super) title: &'a str,
}

/// The bytes of the metadata file.
///
/// # Errors
/// Only if serialisation itself fails.
pub(super) fn metadata(head: &BundleHead, files: &[Titled<'_>]) -> Result<Vec<u8>, serde_json::Error> {
    let parts: Vec<Value> = files.iter().map(|titled| json!({ "@id": id(titled.file) })).collect();
    let name = head.number.as_deref().unwrap_or(&head.matter);
    let mut graph = vec![
        json!({
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": { "@id": "./" },
            "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": format!("Berkas perkara {name}"),
            "description": format!("Tindakan, lembar, bukti dan bukti pencatatan perkara {name}"),
            "identifier": head.matter,
            "datePublished": head.created.to_string(),
            "author": { "@id": party(head.from.office.as_str()) },
            "publisher": { "@id": party(head.from.office.as_str()) },
            "license": { "@id": "#terbatas" },
            "hasPart": parts,
        }),
        json!({ "@id": party(head.from.office.as_str()), "@type": "Organization", "name": head.from.name }),
        json!({
            "@id": "#terbatas",
            "@type": "CreativeWork",
            "name": "Terbatas",
            "description": "Hanya untuk kantor penerima. Memuat data pribadi.",
        }),
    ];
    graph.extend(files.iter().map(entity));
    let crate_file = json!({
        // Digests are no term of the specification's own list.
        "@context": ["https://w3id.org/ro/crate/1.1/context", { "sha256": "https://schema.org/sha256" }],
        "@graph": graph,
    });
    let mut bytes = serde_json::to_vec_pretty(&crate_file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entity(titled: &Titled<'_>) -> Value {
    let file = titled.file;
    json!({
        "@id": id(file),
        "@type": "File",
        "name": titled.title,
        "encodingFormat": file.media_type,
        "contentSize": file.size.to_string(),
        "sha256": file.sha256,
    })
}

/// The place of a file as seen from the payload.
fn id(file: &BundleFile) -> &str {
    let path = file.path.as_str();
    path.strip_prefix(PAYLOAD).unwrap_or(path)
}

/// An office has no address, so it is named within the file.
fn party(office: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.') { c } else { '-' };
    format!("#{}", office.chars().map(plain).collect::<String>())
}
