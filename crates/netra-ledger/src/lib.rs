//! Dossiers: the files of a matter in one archive that anyone can check without this program.
//!
//! **Purpose.** A dossier is what an office hands to KASN, BKN, the employer, another office or a
//! court: a zip archive of documents with two files more. `manifest.sha256` can be read by
//! `sha256sum --check`; `dossier.json` says whose dossier it is and lists the files. [`Dossier`]
//! writes one and [`verify`] checks one. The digest of the manifest is the dossier's
//! [fingerprint](Verified::fingerprint): one number, short enough for the hand-over note, that
//! stands for every byte of every file.
//!
//! **Invariants**, each guarded by the tests of its module.
//! - The same files and the same header give the same archive, byte by byte: nothing in it depends
//!   on the time, the machine or the order in which files were added.
//! - An archive that [`verify`] accepts has exactly the files that its manifest names, each with the
//!   digest that stands there, at paths that can be unpacked safely on any system.
//! - [`verify`] unpacks no more than the limit that it is given, however large the archive says it
//!   is.
//!
//! **May not know** files, networks, the current time, acts, people or law: the header is whatever
//! the caller serialises. A dossier that verifies is *whole*; who made it is told by comparing its
//! fingerprint with the one that the sender gave by another way.

#![deny(missing_docs)]

mod check;
mod dossier;
mod path;

pub use check::{DossierFault, Verified, unpack, verify};
pub use dossier::{Dossier, DossierError, FORMAT, FileEntry, LISTING, MANIFEST};
pub use path::{DossierPath, PathFault};
