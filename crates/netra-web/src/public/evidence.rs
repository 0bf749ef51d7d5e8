//! The page about evidence: files are taken in at once, one by one, so that a lost connection costs
//! one file and not all of them.

use netra_evidence::take_in;

use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, Upload, check_text};
use crate::page::Problems;
use crate::public::draft::{Answers, Attached};
use crate::public::steps::{line, too_many_files};
use crate::scan;

/// The words for a description or a press of the button without a file.
pub const CHOOSE_FIRST: &str = "Pilih dulu berkas yang akan diunggah.";
/// The field by which the page's script tells that files have come in pieces before the form.
pub const IN_PIECES: &str = "terunggah";

/// Takes the files of a form in. What is wrong with some of them does not hinder the others.
///
/// # Errors
/// The store failed.
pub async fn take(app: &App, form: &FormData, answers: &mut Answers, problems: &mut Problems) -> Result<(), PageError> {
    let mut description = line(form, "keterangan");
    check_text(&description, "keterangan", app.limits.line, problems);
    if problems.has("keterangan") {
        description.clear();
    }
    let uploads: Vec<&Upload> = form.files.iter().filter(|u| u.field == "berkas").collect();
    // What was typed belongs to the files that came in pieces, if there are such.
    if uploads.is_empty() && !description.is_empty() && !form.has(IN_PIECES) {
        problems.add("berkas", CHOOSE_FIRST);
    }
    let mut refused: Vec<String> = Vec::new();
    for upload in uploads {
        if answers.files.len() >= app.limits.files {
            refused.push(too_many_files(&app.limits));
            break;
        }
        match take_in(&upload.name, &upload.bytes, app.limits.file) {
            Ok(taken) => {
                let name = taken.name.to_string();
                let scanned = match scan::bytes(app, &upload.bytes).await.verdict(&name) {
                    Ok(scanned) => scanned,
                    Err(words) => {
                        refused.push(words);
                        continue;
                    }
                };
                let sha256 = app.store.put_blob(&upload.bytes).await?;
                let (size, media_type) = (taken.size, taken.media_type.essence().to_owned());
                let description = description.clone();
                add(answers, Attached { sha256, size, media_type, name, description, scanned });
            }
            Err(error) => refused.push(error.to_string()),
        }
    }
    if !refused.is_empty() {
        problems.add("berkas", refused.join(" "));
    }
    Ok(())
}

/// Lists a file, unless the same one is listed already: a button pressed twice sends it twice.
pub fn add(answers: &mut Answers, file: Attached) {
    if !answers.files.iter().any(|f| f.sha256 == file.sha256 && f.name == file.name) {
        answers.files.push(file);
    }
}
