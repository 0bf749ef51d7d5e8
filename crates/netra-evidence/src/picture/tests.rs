use image::{Rgb, RgbImage};
use proptest::prelude::*;

use super::*;
use crate::samples::{encoded, jpeg, photo, scene, with_segment};

const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

fn points(bytes: &[u8]) -> Vec<u8> {
    Picture::decode(bytes).unwrap().image.to_rgb8().into_raw()
}

#[test]
fn sizes_are_read_from_the_head_alone() {
    for format in FORMATS {
        let bytes = encoded(&scene(1, 48, 32), format);
        assert_eq!(dimensions(&bytes), Ok((48, 32)), "{format:?}");
        let picture = Picture::decode(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (48, 32), "{format:?}");
    }
    let lossy = b"RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0\x30\0\0\x9D\x01\x2A\x40\x01\xF0\x00";
    assert_eq!(dimensions(lossy), Ok((320, 240)));
}

/// A PNG that states this size and holds nothing.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    [b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".as_slice(), &size, &[8, 2, 0, 0, 0, 0, 0, 0, 0]].concat()
}

#[test]
fn what_is_too_large_is_refused_before_decoding() {
    let table = [(1, 100_000_000), (100_000_000, 1), (30_001, 1), (8000, 5001), (u32::MAX, u32::MAX)];
    for (width, height) in table {
        let refused = PictureError::TooLarge { width, height };
        assert_eq!(Picture::decode(&png_of(width, height)).unwrap_err(), refused);
        assert_eq!(public_copy(&png_of(width, height)).unwrap_err(), refused);
    }
    assert_eq!(dimensions(&png_of(8000, 5000)), Ok((8000, 5000)));
    assert_eq!(dimensions(&png_of(0, 5)), Err(PictureError::Damaged));
    // The head of a JPEG can state no more than 65,535 in each direction.
    let frame = [8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0];
    let large = with_segment(b"\xFF\xD8\xFF\xD9", 0xC0, &frame);
    assert_eq!(dimensions(&large), Err(PictureError::TooLarge { width: 65_535, height: 65_535 }));
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [&b""[..], b"Surat", b"%PDF-1.7", b"GIF89a\x01\0\x01\0", b"<svg/>"] {
        assert_eq!(Picture::decode(bytes).unwrap_err(), PictureError::Kind);
    }
    for bytes in [&b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1A\n", b"RIFF\0\0\0\0WEBPVP8 "] {
        assert_eq!(Picture::decode(bytes).unwrap_err(), PictureError::Damaged);
    }
}

#[test]
fn small_pictures_keep_their_shape() {
    let table = [((960, 480), (480, 240)), ((300, 1200), (120, 480)), ((100, 50), (100, 50)), ((2000, 2), (480, 1))];
    for ((width, height), expected) in table {
        let small = Picture::decode(&png_plain(width, height)).unwrap().thumbnail().unwrap();
        assert_eq!(small.media_type, MediaType::Jpeg);
        let small = Picture::decode(&small.bytes).unwrap();
        assert_eq!((small.width(), small.height()), expected);
    }
}

fn png_plain(width: u32, height: u32) -> Vec<u8> {
    encoded(&RgbImage::from_pixel(width, height, Rgb([10, 200, 90])), ImageFormat::Png)
}

#[test]
fn small_pictures_hold_no_data_of_a_camera() {
    let small = Picture::decode(&photo(6, "Kamera")).unwrap().thumbnail().unwrap();
    assert!(!holds(&small.bytes, b"Exif") && !holds(&small.bytes, b"Kamera"));
    // Turned upright while at it.
    assert_eq!(dimensions(&small.bytes), Ok((48, 64)));
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Pictures of each format, with all that programs add.
fn loaded_pictures() -> Vec<Vec<u8>> {
    let photo = photo(6, "Kamera RAHASIA");
    let photo = with_segment(&photo, 0xED, b"Photoshop 3.0\0RAHASIA");
    let photo = with_segment(&photo, 0xFE, b"RAHASIA");
    let photo = with_segment(&photo, 0xE2, b"MPF\0RAHASIA");
    let photo = [photo, b"RAHASIA behind the end".to_vec()].concat();
    let png = encoded(&scene(1, 64, 48), ImageFormat::Png);
    let chunk = |name: &[u8; 4], content: &[u8]| {
        [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, &[0; 4]].concat()
    };
    let added = [chunk(b"tEXt", b"Author\0RAHASIA"), chunk(b"tIME", &[7; 7]), chunk(b"prVt", b"RAHASIA")].concat();
    let png = [&png[..33], &added, &png[33..], b"RAHASIA"].concat();
    let webp = encoded(&scene(1, 64, 48), ImageFormat::WebP);
    let extended = [b"VP8X\x0A\0\0\0".as_slice(), &[0x04, 0, 0, 0, 63, 0, 0, 47, 0, 0]].concat();
    let content = [b"WEBP".as_slice(), &extended, &webp[12..], b"XMP \x07\0\0\0RAHASIA\0"].concat();
    let webp = [b"RIFF".as_slice(), &u32::try_from(content.len()).unwrap().to_le_bytes(), &content].concat();
    vec![photo, png, webp]
}

#[test]
fn public_copies_look_the_same_and_tell_nothing() {
    for original in loaded_pictures() {
        let copy = public_copy(&original).unwrap();
        assert_eq!(copy.media_type, MediaType::detect(&original));
        assert!(holds(&original, b"RAHASIA") && !holds(&copy.bytes, b"RAHASIA"), "{}", copy.media_type);
        assert!(copy.bytes.len() < original.len());
        assert_eq!(points(&copy.bytes), points(&original), "{}", copy.media_type);
        // What is clean stays as it is.
        assert_eq!(public_copy(&copy.bytes).unwrap(), copy);
    }
}

#[test]
fn public_copies_stay_upright() {
    for turned in 1..=8 {
        let original = photo(turned, "Kamera");
        let copy = public_copy(&original).unwrap();
        assert_eq!(points(&copy.bytes), points(&original), "{turned}");
        assert!(!holds(&copy.bytes, b"Kamera"));
        assert_eq!(holds(&copy.bytes, b"Exif"), turned != 1, "{turned}");
    }
}

#[test]
fn covered_parts_are_gone() {
    let area = Area { x: 10, y: 5, width: 20, height: 400 };
    for format in FORMATS {
        let original = encoded(&scene(3, 64, 48), format);
        let covered = Picture::decode(&original).unwrap().covered(&[area]).unwrap();
        let expected = if format == ImageFormat::Jpeg { MediaType::Jpeg } else { MediaType::Png };
        assert_eq!(covered.media_type, expected);
        let covered = Picture::decode(&covered.bytes).unwrap().image.to_rgb8();
        assert_eq!(covered.dimensions(), (64, 48));
        // JPEG spreads the edge of a box over a block.
        for (x, y) in [(18, 14), (20, 30), (21, 46)] {
            assert!(covered.get_pixel(x, y).0.iter().all(|channel| *channel < 24), "{format:?} {x} {y}");
        }
    }
}

#[test]
fn covering_nothing_is_refused() {
    let picture = Picture::decode(&png_plain(20, 20)).unwrap();
    let outside = Area { x: 20, y: 0, width: 5, height: 5 };
    let empty = Area { x: 0, y: 0, width: 0, height: 5 };
    let far = Area { x: u32::MAX, y: u32::MAX, width: u32::MAX, height: u32::MAX };
    let none: &[Area] = &[];
    for areas in [none, &[outside], &[empty, far]] {
        assert_eq!(picture.covered(areas).unwrap_err(), PictureError::NothingCovered);
    }
}

#[test]
fn cut_off_pictures_do_no_harm() {
    for original in loaded_pictures() {
        for length in (0..original.len()).step_by(97) {
            let cut = &original[..length];
            if let Ok(picture) = Picture::decode(cut) {
                assert!(picture.thumbnail().is_ok());
            }
            if let Ok(copy) = public_copy(cut) {
                assert!(!holds(&copy.bytes, b"RAHASIA"));
            }
        }
    }
}

const BEGINNINGS: [&[u8]; 4] = [
    b"",
    b"\xFF\xD8\xFF\xC0\0\x0B\x08\0\x10\0\x10",
    b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x10\0\0\0\x10",
    b"RIFF\x40\0\0\0WEBPVP8X",
];

proptest! {
    #[test]
    fn any_bytes_are_decoded_or_refused(start in 0..BEGINNINGS.len(), rest: Vec<u8>) {
        let bytes = [BEGINNINGS[start], &rest].concat();
        let _ = public_copy(&bytes);
        if let Ok(picture) = Picture::decode(&bytes) {
            prop_assert!(u64::from(picture.width()) * u64::from(picture.height()) <= MAX_PIXELS);
        }
    }

    #[test]
    fn changed_pictures_are_decoded_or_refused(changes in proptest::collection::vec((0..1000_usize, any::<u8>()), 1..6)) {
        let mut bytes = jpeg(&scene(1, 64, 48), 90);
        for (place, byte) in changes {
            bytes[place] = byte;
        }
        let _ = Picture::decode(&bytes);
        if let Ok(copy) = public_copy(&bytes) {
            prop_assert!(copy.bytes.len() <= bytes.len() + 40);
        }
    }
}
