//! Files for the tests of several modules: drawn pictures, and what cameras and telephones write.

use std::io::{Cursor, Write as _};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Numbers that look random and are the same every time (xorshift).
pub(crate) struct Numbers(u32);

impl Numbers {
    pub(crate) fn new(seed: u32) -> Numbers {
        let mut numbers = Numbers((seed.wrapping_add(1).wrapping_mul(2_654_435_761) ^ 0x9E37_79B9).max(1));
        for _ in 0..8 {
            numbers.below(1);
        }
        numbers
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }

    fn colour(&mut self) -> [u8; 3] {
        [0; 3].map(|_: u8| u8::try_from(self.below(256)).unwrap())
    }
}

/// A drawn picture: a slope of colour, fourteen shapes, and grain.
pub(crate) fn scene(seed: u32, width: u32, height: u32) -> RgbImage {
    let mut numbers = Numbers::new(seed);
    let (top, bottom) = (numbers.colour(), numbers.colour());
    let mut picture = RgbImage::from_fn(width, height, |_, y| {
        let mix = |channel: usize| {
            let sum = u32::from(top[channel]) * (height - y) + u32::from(bottom[channel]) * y;
            u8::try_from(sum / height).unwrap()
        };
        Rgb([mix(0), mix(1), mix(2)])
    });
    for _ in 0..14 {
        let (x, y) = (numbers.below(width), numbers.below(height));
        let (across, down) = (4 + numbers.below(width / 4), 4 + numbers.below(height / 4));
        let is_round = numbers.below(2) == 1;
        let colour = Rgb(numbers.colour());
        for v in y.saturating_sub(down)..(y + down).min(height) {
            for u in x.saturating_sub(across)..(x + across).min(width) {
                let (dx, dy) = (u64::from(u.abs_diff(x)), u64::from(v.abs_diff(y)));
                let (a, b) = (u64::from(across), u64::from(down));
                if !is_round || dx * dx * b * b + dy * dy * a * a <= a * a * b * b {
                    picture.put_pixel(u, v, colour);
                }
            }
        }
    }
    for point in picture.pixels_mut() {
        let grain = u8::try_from(numbers.below(13)).unwrap();
        point.0 = point.0.map(|channel| channel.saturating_add(grain).saturating_sub(6));
    }
    picture
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

pub(crate) fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(picture.clone()).write_to(Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A field of a photograph's data: its number, type, how many values, and the values.
struct Field(u16, u16, u32, Vec<u8>);

fn ascii(tag: u16, text: &str) -> Field {
    let mut value = text.as_bytes().to_vec();
    value.push(0);
    Field(tag, 2, u32::try_from(value.len()).unwrap(), value)
}

fn fractions(tag: u16, parts: &[(u32, u32)]) -> Field {
    let value = parts.iter().flat_map(|(over, under)| [over.to_be_bytes(), under.to_be_bytes()].concat()).collect();
    Field(tag, 5, u32::try_from(parts.len()).unwrap(), value)
}

fn pointer(tag: u16, place: usize) -> Field {
    Field(tag, 4, 1, u32::try_from(place).unwrap().to_be_bytes().to_vec())
}

fn directory(place: usize, fields: &[Field]) -> Vec<u8> {
    let mut head = u16::try_from(fields.len()).unwrap().to_be_bytes().to_vec();
    let mut values: Vec<u8> = Vec::new();
    let values_at = place + 2 + 12 * fields.len() + 4;
    for Field(tag, kind, count, value) in fields {
        head.extend(tag.to_be_bytes());
        head.extend(kind.to_be_bytes());
        head.extend(count.to_be_bytes());
        if value.len() <= 4 {
            let mut short = value.clone();
            short.resize(4, 0);
            head.extend(short);
        } else {
            head.extend(u32::try_from(values_at + values.len()).unwrap().to_be_bytes());
            values.extend(value);
        }
    }
    head.extend([0; 4]);
    [head, values].concat()
}

/// The data of a photograph: taken in the evening of 30 December 2023 in Melaka, and turned.
pub(crate) fn camera_data(orientation: u8, software: &str) -> Vec<u8> {
    let main = |detail_at: usize, place_at: usize| {
        directory(
            8,
            &[
                ascii(0x10F, "Pembuat Contoh"),
                ascii(0x110, "Kamera X"),
                Field(0x112, 3, 1, vec![0, orientation]),
                ascii(0x131, software),
                ascii(0x132, "2023:12:31 09:00:00"),
                pointer(0x8769, detail_at),
                pointer(0x8825, place_at),
            ],
        )
    };
    let detail_at = 8 + main(0, 0).len();
    let detail = directory(detail_at, &[ascii(0x9003, "2023:12:30 20:15:03"), ascii(0x9011, "+07:00")]);
    let place_at = detail_at + detail.len();
    let place = directory(
        place_at,
        &[
            ascii(1, "N"),
            fractions(2, &[(2, 1), (12, 1), (0, 1)]),
            ascii(3, "E"),
            fractions(4, &[(102, 1), (15, 1), (0, 1)]),
            fractions(7, &[(13, 1), (15, 1), (3, 1)]),
            ascii(0x1D, "2023:12:30"),
        ],
    );
    [b"MM\0\x2A\0\0\0\x08".to_vec(), main(detail_at, place_at), detail, place].concat()
}

/// Puts a segment behind a JPEG's start.
pub(crate) fn with_segment(jpeg: &[u8], code: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, code], &length, content, &jpeg[2..]].concat()
}

pub(crate) fn photo(orientation: u8, software: &str) -> Vec<u8> {
    let data = [b"Exif\0\0".to_vec(), camera_data(orientation, software)].concat();
    with_segment(&jpeg(&scene(1, 64, 48), 90), 0xE1, &data)
}

/// A box of a video.
pub(crate) fn part(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&size[..], name, content].concat()
}

/// A zip archive.
pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
