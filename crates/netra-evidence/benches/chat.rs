//! Reading and comparing chat exports of ten megabytes, in bytes a second.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::Cursor;
use std::ops::ControlFlow;

use divan::Bencher;
use divan::counter::BytesCount;
use netra_evidence::chat::{Export, Options, Outline, compare, read_stream, survey};
use support::Style;

/// Bytes of an export.
const SIZE: usize = 10 << 20;
/// The forms that offices get.
const STYLES: [Style; 2] = [Style::AndroidIndonesian, Style::IosIndonesian];

fn main() {
    divan::main();
}

fn export(style: Style) -> String {
    support::chat(style, 417, |_, bytes| bytes >= SIZE).0
}

/// Both passes over bytes in memory; messages borrow from them.
#[divan::bench(args = STYLES, sample_count = 20, sample_size = 1)]
fn from_memory(bencher: Bencher, style: Style) {
    let text = export(style);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let export = Export::new(text.as_bytes());
        let plan = export.plan(&Options::default()).unwrap();
        let mut reader = export.messages(&plan);
        let words: usize = reader.by_ref().map(|message| message.text.len()).sum();
        (words, reader.summary().messages)
    });
}

/// Both passes through a window that moves along.
#[divan::bench(args = STYLES, sample_count = 20, sample_size = 1)]
fn through_a_window(bencher: Bencher, style: Style) {
    let text = export(style);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut words = 0;
        let summary = read_stream(Cursor::new(text.as_bytes()), &Options::default(), |message| {
            words += message.text.len();
            ControlFlow::Continue(())
        });
        (words, summary.unwrap().messages)
    });
}

/// The first pass alone.
#[divan::bench(args = STYLES, sample_count = 20, sample_size = 1)]
fn learn_the_form(bencher: Bencher, style: Style) {
    let text = export(style);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| survey(Cursor::new(text.as_bytes()), &Options::default()).unwrap().format());
}

/// An outline of an export that was read already, and its comparison with itself.
#[divan::bench(args = STYLES, sample_count = 20, sample_size = 1)]
fn compare_two(bencher: Bencher, style: Style) {
    let text = export(style);
    let export = Export::new(text.as_bytes());
    let chat = export.read(&Options::default()).unwrap();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut outline = Outline::new();
        chat.messages.iter().for_each(|message| outline.push(message));
        let found = compare(&outline, &outline);
        assert!(found.differences.is_empty());
        found.equal
    });
}
