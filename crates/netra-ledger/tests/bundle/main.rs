//! Bundles, directories and receipts: written, checked, tampered with.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

mod directory;
mod outside;
mod receipt;
mod sample;
mod tampered;
mod written;
