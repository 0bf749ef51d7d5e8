//! What cameras and telephones write into photographs.

use std::io::{BufRead, Seek};

use exif::{Error, Exif, Field, In, Reader, Tag, Value};

use super::{Finding, Metadata, MetadataError, Position, StatedTime, TimeRole};
use crate::bytes;

pub(super) fn read<R: BufRead + Seek>(source: &mut R, found: &mut Metadata) -> Result<(), MetadataError> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let mut is_damaged = false;
    let answer = reader
        .read_from_container(source)
        .or_else(|error| error.distill_partial_result(|faults| is_damaged = !faults.is_empty()));
    match answer {
        Ok(exif) => take(&exif, found),
        Err(Error::NotFound(_)) => {}
        Err(Error::Io(error)) if !bytes::is_of_content(&error) => return Err(error.into()),
        Err(_) => is_damaged = true,
    }
    if is_damaged {
        found.note(Finding::Damaged);
    }
    Ok(())
}

fn take(exif: &Exif, found: &mut Metadata) {
    found.maker = text(exif, Tag::Make);
    found.model = text(exif, Tag::Model);
    found.add_software(text(exif, Tag::Software));
    found.add_author(text(exif, Tag::Artist));
    let times = [
        (TimeRole::Taken, Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        (TimeRole::Digitized, Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        (TimeRole::Changed, Tag::DateTime, Tag::OffsetTime),
    ];
    for (role, clock, zone) in times {
        let clock = text(exif, clock);
        let zone = text(exif, zone);
        found.add_time(role, clock.and_then(|clock| StatedTime::from_exif(&clock, zone.as_deref())));
    }
    found.add_time(TimeRole::Satellite, satellite(exif));
    found.position = position(exif);
}

/// A field of the picture itself, not of the small one that may be inside.
fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    match &field(exif, tag)?.value {
        Value::Ascii(parts) => parts.first().and_then(|part| bytes::text(part)),
        Value::Undefined(part, _) | Value::Byte(part) => bytes::text(part),
        _ => None,
    }
}

/// Three fractions: degrees, minutes and seconds, or hours, minutes and seconds.
fn three(exif: &Exif, tag: Tag) -> Option<[f64; 3]> {
    let Value::Rational(parts) = &field(exif, tag)?.value else { return None };
    let mut numbers = [0.0; 3];
    for (number, part) in numbers.iter_mut().zip(parts) {
        if part.denom != 0 {
            *number = part.to_f64();
        } else if part.num != 0 {
            return None;
        }
    }
    (!parts.is_empty()).then_some(numbers)
}

fn position(exif: &Exif) -> Option<Position> {
    let degrees = |tag: Tag, reference: Tag, negative: &str| {
        let [whole, minutes, seconds] = three(exif, tag)?;
        let value = whole + minutes / 60.0 + seconds / 3600.0;
        let is_negative = text(exif, reference)?.eq_ignore_ascii_case(negative);
        Some(if is_negative { -value } else { value })
    };
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S")?;
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W")?;
    Position::new(latitude, longitude)
}

/// The date and time of the satellites, always in UTC.
fn satellite(exif: &Exif) -> Option<StatedTime> {
    let day = text(exif, Tag::GPSDateStamp)?.replace(':', "-");
    let [hour, minute, second] = three(exif, Tag::GPSTimeStamp)?;
    let [hour, minute, second] = [hour.floor(), minute.floor(), second.floor()];
    StatedTime::from_iso(&format!("{day}T{hour:02.0}:{minute:02.0}:{second:02.0}Z"))
}
