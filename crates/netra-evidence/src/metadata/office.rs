//! Properties of Word, Excel and PowerPoint files: two small parts of an archive.

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::element;
use super::{Finding, Metadata, StatedTime, TimeRole};
use crate::bytes;

/// The most entries of an archive that is looked into.
const MAX_ENTRIES: usize = 20_000;

/// The most bytes of a part that are read.
const MAX_PART: u64 = 256 << 10;

pub(super) fn read<R: Read + Seek>(source: &mut R, found: &mut Metadata) -> io::Result<()> {
    let mut archive = match ZipArchive::new(source) {
        Ok(archive) if archive.len() <= MAX_ENTRIES => archive,
        Ok(_) => {
            found.note(Finding::TooLarge);
            return Ok(());
        }
        Err(ZipError::Io(error)) if !bytes::is_of_content(&error) => return Err(error),
        Err(_) => {
            found.note(Finding::Damaged);
            return Ok(());
        }
    };
    if let Some(core) = part(&mut archive, "docProps/core.xml", found) {
        take_core(&core, found);
    }
    if let Some(app) = part(&mut archive, "docProps/app.xml", found) {
        let version = element(&app, "AppVersion").map(|version| format!(" {version}")).unwrap_or_default();
        found.add_software(element(&app, "Application").map(|name| name + &version));
    }
    Ok(())
}

/// The text of a part; a missing one is no fault.
fn part<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, found: &mut Metadata) -> Option<String> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return None,
        Err(_) => {
            found.note(Finding::Damaged);
            return None;
        }
    };
    let mut bytes = Vec::new();
    if file.take(MAX_PART).read_to_end(&mut bytes).is_err() {
        found.note(Finding::Damaged);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn take_core(xml: &str, found: &mut Metadata) {
    found.title = element(xml, "dc:title").and_then(|title| bytes::clean(&title));
    found.add_author(element(xml, "dc:creator"));
    found.add_author(element(xml, "cp:lastModifiedBy"));
    let times = [
        (TimeRole::Created, "dcterms:created"),
        (TimeRole::Saved, "dcterms:modified"),
        (TimeRole::Printed, "cp:lastPrinted"),
    ];
    for (role, name) in times {
        found.add_time(role, element(xml, name).and_then(|text| StatedTime::from_iso(&text)));
    }
}
