//! Pictures: small ones for lists, copies for the public, and copies with parts painted over.
//!
//! **Purpose.** Exhibits are handed out as they came, but an officer needs to see at a glance which is which, and what is
//! published must not tell the position and telephone of the person who took a photograph, nor show a bystander's face.
//!
//! **Invariants**, each guarded by the tests here.
//! - Nothing is decoded before its size is read from its head: at most [`MAX_PIXELS`] and [`MAX_SIDE`].
//! - What this module gives out was written by this program, or taken from the original part by part by a list of what may
//!   stay: no data about place, device or person, no small picture inside, nothing behind the picture's end.
//! - A part that is painted over is gone from the bytes, and painting that covers nothing is refused.
//!
//! **May not know** where pictures are kept or who sees them. The original is never changed.

mod head;
mod public;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgba};

pub use public::public_copy;

use crate::MediaType;

/// The most points of a picture that is decoded.
pub const MAX_PIXELS: u64 = 40_000_000;

/// The longest side of a picture that is decoded, in points.
pub const MAX_SIDE: u32 = 30_000;

/// The longest side of a small picture, in points.
pub const THUMBNAIL_SIDE: u32 = 480;

/// What decoding may take of memory: four channels of two bytes for each point, and half as much for working.
const MAX_MEMORY: u64 = MAX_PIXELS * 12;

/// Why there is no picture. The texts are for the person who wants to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It is no picture of a kind that is decoded.
    #[error("hanya gambar JPEG, PNG, dan WebP yang dapat ditampilkan; unduh berkas aslinya untuk membukanya")]
    Kind,
    /// It has too many points.
    #[error(
        "gambar berukuran {width} × {height} titik, melebihi batas 40 juta titik atau 30.000 titik per sisi; unduh berkas \
         aslinya untuk membukanya"
    )]
    TooLarge {
        /// Points from left to right.
        width: u32,
        /// Points from top to bottom.
        height: u32,
    },
    /// The bytes are cut off or contradict their own form.
    #[error("gambar rusak atau terpotong; minta berkas aslinya kepada pengirim")]
    Damaged,
    /// No part of the picture would be painted over.
    #[error("tidak ada bagian gambar yang tertutup; tandai setidaknya satu kotak di dalam gambar")]
    NothingCovered,
    /// The picture could not be written.
    #[error("gambar tidak dapat ditulis ulang; perkecil dahulu sisi yang melebihi 65.000 titik")]
    Writing,
}

/// A picture that was written by this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its type, JPEG or PNG; for a [`public_copy`] that of the original.
    pub media_type: MediaType,
}

/// A part of a picture, in points from its upper left corner as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Points from the left.
    pub x: u32,
    /// Points from the top.
    pub y: u32,
    /// Points from left to right.
    pub width: u32,
    /// Points from top to bottom.
    pub height: u32,
}

/// A decoded picture, turned upright as its camera said.
#[derive(Clone, Debug)]
pub struct Picture {
    image: DynamicImage,
    format: Format,
}

/// The formats that are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    Webp,
}

impl Format {
    fn of(bytes: &[u8]) -> Result<Format, PictureError> {
        match MediaType::detect(bytes) {
            MediaType::Jpeg => Ok(Format::Jpeg),
            MediaType::Png => Ok(Format::Png),
            MediaType::Webp => Ok(Format::Webp),
            _ => Err(PictureError::Kind),
        }
    }

    fn codec(self) -> ImageFormat {
        match self {
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Png => ImageFormat::Png,
            Format::Webp => ImageFormat::WebP,
        }
    }
}

/// Width and height of a picture, in points as they are stored, read from its head alone.
///
/// # Errors
/// It is no picture that is decoded, damaged, or too large.
pub fn dimensions(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let (width, height) = head::dimensions(Format::of(bytes)?, bytes).ok_or(PictureError::Damaged)?;
    check(width, height)?;
    Ok((width, height))
}

fn check(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged);
    }
    let is_too_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_too_large { Err(PictureError::TooLarge { width, height }) } else { Ok(()) }
}

impl Picture {
    /// Decodes a picture.
    ///
    /// # Errors
    /// It is no picture that is decoded, damaged, or too large.
    pub fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
        dimensions(bytes)?;
        let format = Format::of(bytes)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_MEMORY);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format.codec());
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|_| PictureError::Damaged)?;
        // The decoder may find another head than we did.
        let (width, height) = decoder.dimensions();
        check(width, height)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).map_err(|_| PictureError::Damaged)?;
        image.apply_orientation(orientation);
        Ok(Picture { image, format })
    }

    /// Points from left to right, as it is seen.
    pub fn width(&self) -> u32 {
        self.image.width()
    }

    /// Points from top to bottom, as it is seen.
    pub fn height(&self) -> u32 {
        self.image.height()
    }

    /// A small picture for lists: JPEG, or PNG where something is transparent.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn thumbnail(&self) -> Result<Written, PictureError> {
        let as_png = self.image.color().has_alpha();
        if self.width() <= THUMBNAIL_SIDE && self.height() <= THUMBNAIL_SIDE {
            return write(&self.image, 80, as_png);
        }
        write(&self.image.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE), 80, as_png)
    }

    /// The picture with parts painted black, in the same format; from WebP it becomes PNG.
    ///
    /// # Errors
    /// No part lies in the picture, or it cannot be written.
    pub fn covered(&self, areas: &[Area]) -> Result<Written, PictureError> {
        let mut canvas = self.image.to_rgba8();
        let (width, height) = canvas.dimensions();
        let mut is_covered = false;
        for area in areas {
            for y in area.y..area.y.saturating_add(area.height).min(height) {
                for x in area.x..area.x.saturating_add(area.width).min(width) {
                    if let Some(point) = canvas.get_pixel_mut_checked(x, y) {
                        *point = Rgba([0, 0, 0, 255]);
                        is_covered = true;
                    }
                }
            }
        }
        if !is_covered {
            return Err(PictureError::NothingCovered);
        }
        write(&DynamicImage::ImageRgba8(canvas), 92, self.format != Format::Jpeg)
    }

    /// Grey points, at most `side` in each direction, row by row: the material of [likeness](crate::likeness).
    pub(crate) fn grey(&self, side: u32) -> (usize, usize, Vec<u8>) {
        let is_small = self.width() <= side && self.height() <= side;
        let grey = if is_small { self.image.to_luma8() } else { self.image.thumbnail(side, side).to_luma8() };
        let (width, height) = grey.dimensions();
        (usize::try_from(width).unwrap_or(0), usize::try_from(height).unwrap_or(0), grey.into_raw())
    }
}

/// Writes points and nothing else.
fn write(image: &DynamicImage, quality: u8, as_png: bool) -> Result<Written, PictureError> {
    let mut bytes = Vec::new();
    if as_png {
        let flat = DynamicImage::ImageRgba8(image.to_rgba8());
        flat.write_to(Cursor::new(&mut bytes), ImageFormat::Png).map_err(|_| PictureError::Writing)?;
        return Ok(Written { bytes, media_type: MediaType::Png });
    }
    let flat = image.to_rgb8();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&flat).map_err(|_| PictureError::Writing)?;
    Ok(Written { bytes, media_type: MediaType::Jpeg })
}

#[cfg(test)]
mod tests;
