//! How long names, rows and whole runs take.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark may stop by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use netra_registers::date;
use netra_registers::input::count_rows;
use netra_registers::name::Name;
use netra_registers::number::{Nik, Nip};

fn main() {
    divan::main();
}

/// Titles, degrees, short forms, old spelling.
#[divan::bench]
fn one_name() -> Option<Name> {
    Name::parse(black_box("Drs. H. Moch. Achmad Soetrisno bin Djojo, S.Sos., M.Si"))
}

#[divan::bench]
fn numbers_and_date() -> (Nip, Nik, date::Written) {
    (
        Nip::read(black_box(b"197001011993011001")),
        Nik::read(black_box(b"3273014107800001")),
        date::read(black_box(b"1970-01-01")),
    )
}

/// Reading alone: rows into persons.
#[divan::bench]
fn rows_into_persons(bencher: Bencher) {
    let lists = support::lists(1, 20_000, 10);
    let bytes = lists.servants.as_bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .counter(ItemsCount::new(20_000u32))
        .bench(|| count_rows(support::input("asn.csv", black_box(bytes)), &[]).unwrap());
}

/// The whole run, by servants; there are twenty times fewer candidates.
#[divan::bench(args = [20_000, 100_000], sample_count = 10)]
fn whole_run(bencher: Bencher, servants: usize) {
    let lists = support::lists(1, servants, servants / 20);
    let settings = support::settings(2, 3);
    bencher.counter(ItemsCount::new(servants)).bench(|| {
        support::link_bytes(lists.servants.as_bytes(), lists.candidates.as_bytes(), black_box(&settings)).unwrap()
    });
}
