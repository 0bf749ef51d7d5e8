//! Files that come with a step: stored at once, so that a mistake elsewhere on the page loses nothing.
//!
//! What was stored travels in hidden fields, sealed with the server's secret: a page can only
//! name files that this server took in, through a form or in pieces before it.

use netra_docket::act::{Exhibit, ExhibitLabel};
use netra_docket::ids::ExhibitNo;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::app::{App, ServerSecret};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::Problems;
use crate::scan::{self, Scanned};

/// A file that is in the blob store and not yet in a docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// SHA-256, hex.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
    /// True type by content.
    pub media_type: String,
    /// Name, made harmless.
    pub name: String,
    /// Whether it was scanned as it should be.
    #[serde(default)]
    pub scanned: Scanned,
}

/// The files of a page so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploads {
    /// In the order in which they came.
    pub files: Vec<Upload>,
}

impl Uploads {
    /// The files as exhibits, numbered from `first`.
    pub fn exhibits(&self, first: ExhibitNo) -> Vec<Exhibit> {
        let numbers = first.0..;
        numbers
            .zip(&self.files)
            .map(|(no, file)| Exhibit {
                no: ExhibitNo(no),
                sha256: file.sha256.clone(),
                size: file.size,
                media_type: file.media_type.clone(),
                label: ExhibitLabel { file_name: file.name.clone(), ..ExhibitLabel::default() }.into(),
                source: None,
            })
            .collect()
    }

    /// Those that the scanner has not seen although it should, as exhibits numbered from `first`.
    pub fn unscanned(&self, first: ExhibitNo) -> Vec<ExhibitNo> {
        let numbered = (first.0..).zip(&self.files);
        numbered.filter(|(_, file)| file.scanned == Scanned::Missed).map(|(no, _)| ExhibitNo(no)).collect()
    }

    /// The hidden field: the list, and a seal that only this server can make.
    pub fn sealed(&self, secret: &ServerSecret) -> String {
        if self.files.is_empty() {
            return String::new();
        }
        let list = serde_json::to_string(self).unwrap_or_default();
        format!("{}.{list}", seal(secret, &list))
    }

    fn open(secret: &ServerSecret, field: &str) -> Option<Uploads> {
        let (given, list) = field.split_once('.')?;
        let right: bool = seal(secret, list).as_bytes().ct_eq(given.as_bytes()).into();
        right.then(|| serde_json::from_str(list).ok()).flatten()
    }
}

fn seal(secret: &ServerSecret, list: &str) -> String {
    crate::random::hex(&secret.derive("netra uploads v1", list.as_bytes()))
}

/// Takes in the files of a form, after those that an earlier sending, or pieces before it, left in hidden fields.
///
/// # Errors
/// The store failed, or a hidden field is not ours.
pub async fn receive(app: &App, form: &FormData, problems: &mut Problems) -> Result<Uploads, PageError> {
    let mut kept = Uploads::default();
    for field in form.all("kept").iter().filter(|field| !field.is_empty()) {
        let earlier = Uploads::open(&app.secret, field).ok_or(PageError::FormExpired)?;
        // What came in pieces may be told twice.
        let more: Vec<Upload> = earlier.files.into_iter().filter(|file| !kept.files.contains(file)).collect();
        kept.files.extend(more);
    }
    let dropped = form.all("drop");
    kept.files.retain(|f| !dropped.contains(&f.sha256));
    if kept.files.len() > app.limits.files {
        problems.add("files", too_many(app));
        kept.files.truncate(app.limits.files);
    }
    for file in form.files.iter().filter(|f| f.field == "files") {
        if kept.files.len() >= app.limits.files {
            problems.add("files", too_many(app));
            break;
        }
        match netra_evidence::take_in(&file.name, &file.bytes, app.limits.file) {
            Ok(taken) => {
                let name = taken.name.to_string();
                let scanned = match scan::bytes(app, &file.bytes).await.verdict(&name) {
                    Ok(scanned) => scanned,
                    Err(words) => {
                        problems.add("files", words);
                        continue;
                    }
                };
                let sha256 = app.store.put_blob(&file.bytes).await?;
                let media_type = taken.media_type.essence().to_owned();
                kept.files.push(Upload { sha256, size: taken.size, media_type, name, scanned });
            }
            Err(error) => problems.add("files", error.to_string()),
        }
    }
    Ok(kept)
}

fn too_many(app: &App) -> String {
    format!("Paling banyak {} berkas sekali kirim.", app.limits.files)
}
