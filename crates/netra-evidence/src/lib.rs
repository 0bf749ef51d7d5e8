//! Exhibits as they come in: what a file *is*, told from its bytes.
//!
//! **Purpose.** Evidence arrives as phone photographs, chat exports, voice notes and scans, under
//! names and types that the sender's device made up. This crate answers the same four questions of
//! any such bytes: which digest identifies them ([`Digest`]), what type they truly have
//! ([`MediaType`]), under which name people may see them ([`FileName`]), and whether they can be
//! taken in at all ([`take_in`]). Chat exports it reads into messages ([`chat`]).
//!
//! **Invariants**, each guarded by the tests of its module.
//! - The bytes of an exhibit are looked at and never changed: the digest taken on receipt is the
//!   digest of what is stored, handed over and checked years later.
//! - The type comes from the content. Neither the name's ending nor what the browser says counts.
//! - What a browser could run is never typed as something to be shown: [`MediaType::is_active`]
//!   holds for it.
//! - A [`FileName`] cannot leave its folder, hide its ending or break a line, whatever was sent.
//!
//! **May not know** files, networks, the current time, matters, people or law. It decodes no
//! pictures, sounds or archives: a damaged or hostile file can be typed, but not run.

#![deny(missing_docs)]

pub mod chat;
mod container;
mod digest;
mod exhibit;
mod kind;
mod markup;

pub use digest::{Digest, DigestError, Hasher};
pub use exhibit::{EvidenceError, FileName, TakenIn, size_text, take_in};
pub use kind::{MediaType, MediaTypeError};
