//! Photographs, videos, sounds and documents: whatever they say about themselves is read, within limits; pictures are
//! decoded or refused, and copies for the public hold no data of a camera.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use netra_evidence::likeness::Likeness;
use netra_evidence::picture::{Area, Picture, dimensions, public_copy};
use netra_evidence::{MediaType, metadata};

/// Larger pictures are right, and would only slow the search for wrong ones.
const MAX_POINTS: u64 = 1_000_000;

fuzz_target!(|input: (u8, &str, &[u8])| {
    let (kind, name, bytes) = input;
    // Usually by what the bytes are; sometimes by what they are not.
    let media_type = match MediaType::ALL.get(usize::from(kind)) {
        Some(other) => *other,
        None => MediaType::detect(bytes),
    };
    let mut told = metadata::read(name, media_type, &mut Cursor::new(bytes)).expect("memory can be read");
    told.compare_with_report("2024-01-01T00:00:00Z".parse().expect("a time"));
    if let Some(position) = told.position {
        assert!(position.latitude.abs() <= 90.0 && position.longitude.abs() <= 180.0);
    }
    if let Ok(copy) = public_copy(bytes) {
        let again = public_copy(&copy.bytes).expect("a copy can be copied");
        assert_eq!(again.bytes, copy.bytes);
    }
    let is_small = dimensions(bytes).is_ok_and(|(width, height)| u64::from(width) * u64::from(height) <= MAX_POINTS);
    if let (true, Ok(picture)) = (is_small, Picture::decode(bytes)) {
        let likeness = Likeness::of(&picture);
        if let Some(distance) = likeness.distance(&likeness) {
            assert_eq!((distance.wave, distance.rise), (0, 0));
        }
        let _ = picture.thumbnail();
        let _ = picture.covered(&[Area { x: 0, y: 0, width: 3, height: 3 }]);
    }
});
