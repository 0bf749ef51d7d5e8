//! What a file says about itself: when, where, by which device and with which programs it was made.
//!
//! **Purpose.** An officer who is handed a photograph wants to know whether it can have been taken on the day that is told.
//! Cameras, telephones and programs write such things into files; messengers take them out again. This module finds what is
//! left, in photographs (JPEG, PNG, WebP, HEIC), videos (MP4, 3GP, MOV), sounds (M4A, Ogg), documents (PDF, Office), and in
//! the names that telephones give to files.
//!
//! **Invariants**, each guarded by the tests here.
//! - A time without zone stays one ([`StatedTime::Local`]): it is never taken for an instant.
//! - The day in a messenger's file name is the day on which the file came or was saved, never the one on which it was made.
//! - Whatever the bytes are, reading ends, keeps within its limits and does not panic; what is damaged is said to be
//!   ([`Finding::Damaged`]).
//!
//! **May not know** what is true. Everything here was written by a device or a person and can be changed with free
//! programs, and a clock may be set wrong: it is a hint for questions, not proof. The labels that people read are the
//! caller's.

mod movie;
mod name;
mod office;
mod ogg;
mod pdf;
mod photo;
mod software;
mod time;
pub(crate) mod xml;

use std::io::{self, BufReader, Read, Seek};

use jiff::Timestamp;
use serde::Serialize;

pub use name::{NameOrigin, NamedTime};
pub use software::{Software, SoftwareKind};
pub use time::{StatedTime, TimeOrder};

use crate::MediaType;
use crate::bytes;

/// What a file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Metadata {
    /// Who made the camera or telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// The model of the camera or telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The title of a document or recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who is named as author, and who changed a document last, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The programs that are named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub software: Vec<Software>,
    /// The times that are stated, each with what it is the time of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Dated>,
    /// Where it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// How long a recording lasts, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// What the name of the file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<NamedTime>,
    /// What a person should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A time, and what it is the time of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// What happened then.
    pub role: TimeRole,
    /// When, as far as it is stated.
    pub time: StatedTime,
}

/// What a stated time is the time of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeRole {
    /// The shutter opened.
    Taken,
    /// The picture was digitised; the same moment in a camera, a later one with a scanner.
    Digitized,
    /// The file was written, by the camera or by a program later.
    Changed,
    /// The satellites' time when the position was found.
    Satellite,
    /// A video or sound was recorded. Most devices give it in UTC, some their own clock as if it were UTC.
    Recorded,
    /// A document was created.
    Created,
    /// A document was last saved.
    Saved,
    /// A document was last printed.
    Printed,
}

/// A position on earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Position {
    /// A position that exists; zero and zero is what devices write that do not know.
    pub fn new(latitude: f64, longitude: f64) -> Option<Position> {
        let exists = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        (exists && (latitude != 0.0 || longitude != 0.0)).then_some(Position { latitude, longitude })
    }
}

/// What a person should look at before relying on the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// The name is a messenger's, and nothing about the making is left: messengers take it out of what they send.
    MessengerStripsMetadata,
    /// A program for changing pictures, videos or documents is named.
    EditingSoftware,
    /// A program that writes videos anew is named; a messenger or a converter may have done it.
    Reencoded,
    /// A time of the making lies after the report: the file cannot be what was reported, or a clock is wrong.
    AfterReport,
    /// A time of the making lies about the time of the report, and its zone is not stated.
    MaybeAfterReport,
    /// It was changed or saved after it was made.
    ChangedLater,
    /// What the file says about itself is cut off or contradicts its own form; what is shown is what could be read.
    Damaged,
    /// The document is encrypted: it says nothing without its password.
    Encrypted,
    /// The file is too large for this part of it to be looked for.
    TooLarge,
}

/// The source of the bytes failed; nothing is wrong with the file as far as is known.
#[derive(Debug, thiserror::Error)]
#[error(
    "keterangan di dalam berkas tidak dapat dibaca sampai selesai; salin ulang berkas itu dari sumbernya, lalu coba lagi"
)]
pub struct MetadataError(#[source] io::Error);

impl From<io::Error> for MetadataError {
    fn from(error: io::Error) -> MetadataError {
        MetadataError(error)
    }
}

/// The largest file in which a photograph's data are looked for.
const MAX_PHOTO: u64 = 128 << 20;

/// Finds what a file says about itself. `name` is the sender's name for it.
///
/// # Errors
/// The source cannot be read. A damaged file is no error.
pub fn read<R: Read + Seek>(name: &str, media_type: MediaType, source: &mut R) -> Result<Metadata, MetadataError> {
    let mut found = Metadata { named: name::read(name), ..Metadata::default() };
    let size = bytes::length(source)?;
    source.rewind()?;
    match media_type {
        MediaType::Jpeg | MediaType::Png | MediaType::Webp | MediaType::Heic | MediaType::Heif | MediaType::Avif => {
            if size > MAX_PHOTO {
                found.note(Finding::TooLarge);
            } else {
                photo::read(&mut BufReader::new(source), &mut found)?;
            }
        }
        MediaType::Mp4 | MediaType::ThreeGp | MediaType::QuickTime | MediaType::M4a => {
            movie::read(source, size, &mut found)?;
        }
        MediaType::OggAudio | MediaType::Ogg => ogg::read(source, &mut found)?,
        MediaType::Pdf => pdf::read(source, size, &mut found)?,
        MediaType::Docx | MediaType::Xlsx | MediaType::Pptx => office::read(source, &mut found)?,
        _ => {}
    }
    found.conclude();
    Ok(found)
}

impl Metadata {
    /// Whether the file itself says anything about its making.
    pub fn is_bare(&self) -> bool {
        self.maker.is_none() && self.model.is_none() && self.times.is_empty() && self.position.is_none()
    }

    /// Notes which times of the making lie after the report that the file is to prove.
    pub fn compare_with_report(&mut self, reported: Timestamp) {
        let made = self.times.iter().filter(|dated| dated.role.is_of_making()).map(|dated| dated.time);
        let orders: Vec<TimeOrder> = made.map(|time| time.order(reported)).collect();
        if orders.contains(&TimeOrder::After) {
            self.note(Finding::AfterReport);
        } else if orders.contains(&TimeOrder::Undecided) {
            self.note(Finding::MaybeAfterReport);
        }
    }

    /// Draws the conclusions that need no other fact.
    fn conclude(&mut self) {
        let is_messengers = self.named.is_some_and(|named| named.origin.is_messenger());
        if is_messengers && self.is_bare() {
            self.note(Finding::MessengerStripsMetadata);
        }
        let names = |kind: SoftwareKind, list: &[Software]| list.iter().any(|software| software.kind == kind);
        if names(SoftwareKind::Editor, &self.software) {
            self.note(Finding::EditingSoftware);
        }
        if names(SoftwareKind::Encoder, &self.software) {
            self.note(Finding::Reencoded);
        }
        if self.was_changed_later() {
            self.note(Finding::ChangedLater);
        }
    }

    /// Whether a time of changing is later than the time of making. Only times of one kind can be compared.
    fn was_changed_later(&self) -> bool {
        let of = |role: TimeRole| self.times.iter().find(|dated| dated.role == role).map(|dated| dated.time);
        let pairs = [(TimeRole::Taken, TimeRole::Changed), (TimeRole::Created, TimeRole::Saved)];
        pairs.into_iter().any(|(made, changed)| match (of(made), of(changed)) {
            (Some(made), Some(changed)) => changed.is_clearly_after(made),
            _ => false,
        })
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn add_time(&mut self, role: TimeRole, time: Option<StatedTime>) {
        let Some(time) = time else { return };
        if !self.times.iter().any(|dated| dated.role == role) {
            self.times.push(Dated { role, time });
        }
    }

    fn add_software(&mut self, name: Option<String>) {
        let Some(software) = name.map(Software::named) else { return };
        if !self.software.contains(&software) && self.software.len() < 8 {
            self.software.push(software);
        }
    }

    fn add_author(&mut self, name: Option<String>) {
        let Some(name) = name else { return };
        if !self.authors.contains(&name) && self.authors.len() < 8 {
            self.authors.push(name);
        }
    }
}

impl TimeRole {
    /// Whether it tells when the thing shown was there to be recorded, and not when a file was saved.
    pub fn is_of_making(self) -> bool {
        matches!(
            self,
            TimeRole::Taken | TimeRole::Digitized | TimeRole::Satellite | TimeRole::Recorded | TimeRole::Created
        )
    }
}

#[cfg(test)]
mod tests;
