//! Dossiers and ledgers: what an office hands out so that anyone can check it without this program.
//!
//! **Purpose.** A *dossier* is what an office hands to KASN, BKN, the employer, another office or a
//! court: a zip archive of documents with two files more. `manifest.sha256` can be read by
//! `sha256sum --check`; `dossier.json` says whose dossier it is and lists the files. [`Dossier`]
//! writes one and [`verify`] checks one. The digest of the manifest is the dossier's
//! [fingerprint](Verified::fingerprint): one number, short enough for the hand-over note, that
//! stands for every byte of every file.
//!
//! A *ledger* is how an office shows that it has changed and removed no record since: a Merkle
//! [`tree`] over its records, and a signed [`Checkpoint`] of its size and root, a few lines of text that
//! can be published anywhere. A proof of some hundred bytes shows that a record is in it, or that it
//! only grew since an older checkpoint. A [`witness`](fn@witness) signs checkpoints that grew out of one
//! another, so that an office cannot show one ledger here and another there. `docs/ledger.md` tells how
//! an outsider checks all this.
//!
//! A [`bundle`] is how a matter travels between offices: a bag of acts, forms and exhibits with the proofs that the acts
//! stand in a ledger, signed by its sender. A [`directory`] tells whose a key is and where an office is reached, a
//! [`waybill`] announces a bundle that comes over the network, and a [`receipt`] is what the receiver says about it.
//!
//! **Invariants**, each guarded by the tests of its module or in `tests/`.
//! - The same files and the same header give the same archive, byte by byte: nothing in it depends
//!   on the time, the machine or the order in which files were added.
//! - An archive that [`verify`] accepts has exactly the files that its manifest names, each with the
//!   digest that stands there, at paths that can be unpacked safely on any system.
//! - [`verify`] unpacks no more than the limit that it is given, however large the archive says it
//!   is.
//! - A tree has the roots and proofs of RFC 6962, whatever the portions in which it grew; adding a
//!   leaf reads the tiles of the right edge and no others, and a stored tile only ever gets longer.
//! - A checkpoint, note or key that is accepted is written again byte by byte as it was read.
//! - A known key's signature that does not hold spoils the note; a note without one is refused.
//! - A witness signs nothing that is not proven to be the last thing that it signed, with leaves
//!   added.
//! - A bundle that [`verify_bundle`](bundle::verify_bundle) accepts has exactly the files of its lists, each with its
//!   digest, a signature that fits, and every act in the ledger; neither writing nor checking one takes memory that
//!   grows with its exhibits.
//! - A directory never goes back, and of one bundle there are never two receipts of one step.
//! - An office's key signs texts that say in their first line what they are: a checkpoint, a bundle, a directory, a
//!   waybill or a receipt never passes for one another.
//! - No secret key is shown by `Debug`, and its bytes are wiped when it is dropped.
//!
//! **May not know** files, networks, the current time, acts, people or law: the header is whatever
//! the caller serialises, a leaf whatever bytes it records. Bytes in, bytes out. A dossier that verifies
//! is *whole*; who made it is told by comparing its fingerprint with the one that the sender gave by
//! another way. A ledger that verifies is *unchanged*; that its records were true when they were made
//! is shown by nothing here.

#![deny(missing_docs)]

mod address;
mod as_text;
pub mod bundle;
mod check;
mod checkpoint;
pub mod directory;
mod dossier;
mod note;
mod path;
pub mod receipt;
pub mod tree;
pub mod waybill;
mod witness;

pub use address::{AddressFault, AddressScheme, OfficeAddress};
pub use check::{DossierFault, Verified, unpack, verify};
pub use checkpoint::{Checkpoint, CheckpointError, Cosignature, cosignatures};
pub use dossier::{Dossier, DossierError, FORMAT, FileEntry, LISTING, MANIFEST};
pub use note::{
    KeyError, KeyId, KeyKind, KeyName, KnownSignature, Note, NoteError, NoteSignature, SigningKey, VerifierKey,
    WitnessKey,
};
pub use path::{DossierPath, PathFault};
pub use witness::{WitnessError, witness};
