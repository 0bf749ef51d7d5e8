//! How long an officer waits for small pictures and for similar ones.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use std::io::Cursor;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use netra_evidence::likeness::{Codes, Likeness, RiseHash, WaveHash, search};
use netra_evidence::picture::{Picture, public_copy};

fn main() {
    divan::main();
}

/// A photograph of twelve million points, as telephones take them.
fn photograph() -> Vec<u8> {
    let byte = |value: u32| u8::try_from(value % 256).unwrap();
    let points = RgbImage::from_fn(4000, 3000, |x, y| Rgb([byte(x / 9), byte(y / 7), byte((x * y) >> 14)]));
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(points).write_to(Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
    bytes
}

#[divan::bench(sample_count = 10)]
fn decode_a_photograph(bencher: Bencher) {
    let bytes = photograph();
    bencher.bench_local(|| Picture::decode(black_box(&bytes)).unwrap());
}

#[divan::bench(sample_count = 10)]
fn make_a_small_picture(bencher: Bencher) {
    let picture = Picture::decode(&photograph()).unwrap();
    bencher.bench_local(|| black_box(&picture).thumbnail().unwrap());
}

#[divan::bench(sample_count = 10)]
fn codes_of_a_photograph(bencher: Bencher) {
    let picture = Picture::decode(&photograph()).unwrap();
    bencher.bench_local(|| Likeness::of(black_box(&picture)));
}

#[divan::bench]
fn copy_for_the_public(bencher: Bencher) {
    let bytes = photograph();
    bencher.bench_local(|| public_copy(black_box(&bytes)).unwrap());
}

/// Pictures of many years, none like the one that is looked for.
#[divan::bench(args = [10_000, 1_000_000], sample_count = 10)]
fn search_among(bencher: Bencher, count: u64) {
    let codes = |number: u64| {
        let bits = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Some(Codes { wave: WaveHash::from_bits(bits), rise: RiseHash::from_bits(bits.rotate_left(17)) })
    };
    let likeness = |n: u64| Likeness {
        whole: codes(4 * n),
        trimmed: codes(4 * n + 1),
        centre: codes(4 * n + 2),
        mirror: codes(4 * n + 3),
    };
    let among: Vec<Likeness> = (1..=count).map(likeness).collect();
    let wanted = likeness(u64::MAX / 8);
    bencher.counter(ItemsCount::new(count)).bench_local(|| search(black_box(&wanted), black_box(&among)));
}
