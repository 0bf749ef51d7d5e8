//! How long it takes to find what a file says about itself.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use std::io::Cursor;

use divan::{Bencher, black_box};
use netra_evidence::MediaType;
use netra_evidence::metadata::read;

fn main() {
    divan::main();
}

/// A JPEG whose camera states only how it is turned, before some megabytes of points.
fn photograph() -> Vec<u8> {
    let data = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [b"\xFF\xD8\xFF\xE1".as_slice(), &length, data, b"\xFF\xDA\0\x02", &vec![7; 4 << 20], b"\xFF\xD9"].concat()
}

/// A video whose index stands at its end, as telephones write it.
fn video() -> Vec<u8> {
    let part = |name: &[u8; 4], content: &[u8]| {
        [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], name, content].concat()
    };
    let header = [vec![0; 4], 3_786_786_903_u32.to_be_bytes().to_vec(), vec![0; 92]].concat();
    let index = part(b"moov", &part(b"mvhd", &header));
    [part(b"ftyp", b"isom\0\0\0\0isom"), part(b"mdat", &vec![7; 32 << 20]), index].concat()
}

/// A PDF whose trailer names an object far away from it.
fn document() -> Vec<u8> {
    let information = b"%PDF-1.7\n7 0 obj<</Title(Surat)/CreationDate(D:20231230201503+07'00')>>endobj\n";
    [information.as_slice(), &vec![b' '; 3 << 20], b"trailer<</Info 7 0 R>>\n%%EOF"].concat()
}

#[divan::bench]
fn of_a_photograph(bencher: Bencher) {
    let bytes = photograph();
    bencher
        .bench_local(|| read("IMG-20231230-WA0001.jpg", MediaType::Jpeg, &mut Cursor::new(black_box(&bytes))).unwrap());
}

#[divan::bench]
fn of_a_video(bencher: Bencher) {
    let bytes = video();
    bencher
        .bench_local(|| read("VID_20231230_201503.mp4", MediaType::Mp4, &mut Cursor::new(black_box(&bytes))).unwrap());
}

#[divan::bench]
fn of_a_document(bencher: Bencher) {
    let bytes = document();
    bencher.bench_local(|| read("surat.pdf", MediaType::Pdf, &mut Cursor::new(black_box(&bytes))).unwrap());
}
