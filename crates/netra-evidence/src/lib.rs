//! Exhibits as they come in: what a file *is*, told from its bytes.
//!
//! Evidence arrives as phone photographs, chat exports, voice notes and scans, under names and types
//! that the sender's device made up. This crate answers four questions about such bytes, always in
//! the same way: which digest identifies them ([`Digest`]), what type they truly have
//! ([`MediaType`]), under which name people may see them ([`FileName`]), and whether they can be
//! taken in at all ([`take_in`]).
//!
//! # Invariants
//!
//! - The bytes of an exhibit are looked at and never changed: the digest that is taken on receipt is
//!   the digest of what is stored, handed over and checked years later.
//! - The type comes from the content. Neither the name's extension nor what the browser says counts.
//! - What a browser would execute is never typed as something to be shown:
//!   [`MediaType::is_active`] holds for it.
//! - A [`FileName`] cannot leave its folder, hide its ending or break a line, whatever was sent.
//!
//! # What this crate does not know
//!
//! It reads and writes no files, opens no network connection, never asks for the time, and knows
//! nothing of matters, acts, people or law. It decodes no images, sounds or archives: a damaged or
//! hostile file can be typed, but not run.

#![deny(missing_docs)]

mod container;
mod digest;
mod exhibit;
mod kind;
mod markup;

pub use digest::{Digest, DigestError, Hasher};
pub use exhibit::{EvidenceError, FileName, TakenIn, size_text, take_in};
pub use kind::{MediaType, MediaTypeError};
