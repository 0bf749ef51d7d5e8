//! Exhibits as they come in: what a file *is*, told from its bytes.
//!
//! **Purpose.** Evidence arrives as phone photographs, chat exports, voice notes and scans, under
//! names and types that the sender's device made up. This crate answers the same four questions of
//! any such bytes: which digest identifies them ([`Digest`]), what type they truly have
//! ([`MediaType`]), under which name people may see them ([`FileName`]), and whether they can be
//! taken in at all ([`take_in`]). Then it reads what some kinds have to say: chat exports as messages
//! ([`chat`]), what files state about their making ([`metadata`]), captured pages ([`capture`]),
//! proofs of time ([`timestamp`]); and it makes pictures comparable ([`likeness`]) and fit to be
//! shown ([`picture`]).
//!
//! **Invariants**, each guarded by the tests of its module.
//! - The bytes of an exhibit are looked at and never changed: the digest taken on receipt is the
//!   digest of what is stored, handed over and checked years later.
//! - The type comes from the content. Neither the name's ending nor what the browser says counts.
//! - What a browser could run is never typed as something to be shown: [`MediaType::is_active`]
//!   holds for it.
//! - A [`FileName`] cannot leave its folder, hide its ending or break a line, whatever was sent.
//! - Whatever is read stays within limits that are stated beside it, and damage is reported, never a
//!   panic: a damaged or hostile file can be looked at, but not run.
//!
//! **May not know** files, networks, the current time, matters, people or law. Sources of bytes are
//! given to it; nothing is unpacked to anywhere.

#![deny(missing_docs)]

mod bytes;
pub mod capture;
pub mod chat;
mod container;
mod digest;
mod entry;
mod exhibit;
mod kind;
pub mod likeness;
mod markup;
pub mod metadata;
pub mod picture;
#[cfg(test)]
mod samples;
pub mod timestamp;

pub use digest::{Digest, DigestError, Hasher};
pub use exhibit::{EvidenceError, FileName, TakenIn, size_text, take_in};
pub use kind::{MediaType, MediaTypeError};
