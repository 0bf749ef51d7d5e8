//! How long a form takes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use divan::{Bencher, black_box};
use netra_press::{Press, Sample, Templates, sample};

fn main() {
    divan::main();
}

/// A letter of forwarding of two pages, as most are.
#[divan::bench]
fn two_page_letter(bencher: Bencher) {
    let press = Press::new(&Templates::embedded()).unwrap();
    let form = press.catalogue().form("PENERUSAN", None).unwrap();
    let (paper, meta) = sample(form, Sample::Ordinary);
    bencher.bench(|| press.render(black_box(form), black_box(&paper), black_box(&meta)).unwrap());
}

/// What starting the program costs.
#[divan::bench]
fn reading_and_checking_all_forms(bencher: Bencher) {
    let templates = Templates::embedded();
    bencher.bench(|| Press::new(black_box(&templates)).unwrap());
}
