use image::imageops::{self, FilterType};
use image::{ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

use super::*;
use crate::samples::{encoded, jpeg, scene};

fn likeness(bytes: &[u8]) -> Likeness {
    Likeness::of(&Picture::decode(bytes).unwrap())
}

fn of(picture: &RgbImage) -> Likeness {
    likeness(&encoded(picture, ImageFormat::Png))
}

const WIDTH: u32 = 240;
const HEIGHT: u32 = 180;

/// The picture on a larger ground that is drawn point by point.
fn on_ground(
    picture: &RgbImage,
    size: (u32, u32),
    place: (u32, u32),
    ground: impl Fn(u32, u32) -> Rgb<u8>,
) -> RgbImage {
    let mut all = RgbImage::from_fn(size.0, size.1, ground);
    imageops::replace(&mut all, picture, i64::from(place.0), i64::from(place.1));
    all
}

/// As a messenger does it: smaller, and pressed harder.
fn sent(picture: &RgbImage) -> Vec<u8> {
    jpeg(&imageops::resize(picture, WIDTH * 6 / 10, HEIGHT * 6 / 10, FilterType::Triangle), 55)
}

fn bright(picture: &RgbImage) -> Vec<u8> {
    let mut changed = picture.clone();
    for point in changed.pixels_mut() {
        point.0 = point.0.map(|channel| channel.saturating_add(channel / 4));
    }
    jpeg(&changed, 80)
}

/// Words below the picture, on white.
fn captioned(picture: &RgbImage) -> Vec<u8> {
    let ground = |x: u32, y: u32| {
        let is_letter = (HEIGHT + 8..HEIGHT + 18).contains(&y) && (20..140).contains(&x) && (x / 4) % 2 == 1;
        if is_letter { Rgb([0; 3]) } else { Rgb([255; 3]) }
    };
    jpeg(&on_ground(picture, (WIDTH, HEIGHT + 27), (0, 0), ground), 80)
}

fn framed(picture: &RgbImage) -> Vec<u8> {
    let margin = WIDTH * 7 / 100;
    let ground = |_: u32, _: u32| Rgb([200, 30, 40]);
    jpeg(&on_ground(picture, (WIDTH + 2 * margin, HEIGHT + 2 * margin), (margin, margin), ground), 80)
}

/// A telephone's screen: a bar with clock and symbols above, one with buttons below.
fn on_screen(picture: &RgbImage) -> Vec<u8> {
    let below = HEIGHT + 22;
    let ground = |x: u32, y: u32| {
        let is_clock = (8..16).contains(&y) && (10..40).contains(&x) && x % 5 < 3;
        let is_symbol = (8..16).contains(&y) && (WIDTH - 50..WIDTH - 10).contains(&x) && x % 7 < 4;
        let is_button = (below + 8..below + 20).contains(&y) && [48, 120, 192].iter().any(|at| x.abs_diff(*at) < 6);
        if is_clock || is_symbol || is_button { Rgb([225; 3]) } else { Rgb([12; 3]) }
    };
    jpeg(&on_ground(picture, (WIDTH, HEIGHT + 49), (0, 22), ground), 80)
}

fn cropped(picture: &RgbImage, percent: u32) -> Vec<u8> {
    let (x, y) = (WIDTH * percent / 100, HEIGHT * percent / 100);
    jpeg(&imageops::crop_imm(picture, x, y, WIDTH - 2 * x, HEIGHT - 2 * y).to_image(), 80)
}

fn mirrored(picture: &RgbImage) -> Vec<u8> {
    jpeg(&imageops::flip_horizontal(picture), 80)
}

/// How many pictures, and how many of them have to be found again after each change.
const SCENES: u32 = 20;
const AT_LEAST: u32 = 19;

#[test]
fn changed_pictures_are_found_again() {
    type Change = fn(&RgbImage) -> Vec<u8>;
    let changes: [(&str, Change); 8] = [
        ("sent", sent),
        ("bright", bright),
        ("captioned", captioned),
        ("framed", framed),
        ("on a screen", on_screen),
        ("cropped by 3 %", |picture| cropped(picture, 3)),
        ("cropped by 10 %", |picture| cropped(picture, 10)),
        ("mirrored", mirrored),
    ];
    let scenes: Vec<RgbImage> = (0..SCENES).map(|seed| scene(seed, WIDTH, HEIGHT)).collect();
    let known: Vec<Likeness> = scenes.iter().map(of).collect();
    for (name, change) in changes {
        let mut count = 0;
        for (place, scene) in scenes.iter().enumerate() {
            let found = search(&likeness(&change(scene)), &known);
            count += u32::from(found.first().is_some_and(|found| found.place == place));
            assert!(found.len() <= 1, "{name} {place}: {found:?}");
        }
        assert!(count >= AT_LEAST, "{name}: {count} of {SCENES}");
    }
}

/// Under one false pair in ten thousand.
#[test]
fn different_pictures_are_kept_apart() {
    let all: Vec<Likeness> = (1000..1150).map(|seed| of(&scene(seed, 128, 96))).collect();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for (place, one) in all.iter().enumerate() {
        for other in &all[place + 1..] {
            pairs += 1;
            wrong.extend(one.distance(other).filter(Distance::is_suggested));
        }
    }
    assert!(pairs > 10_000);
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn empty_pictures_are_like_nothing() {
    let white = of(&RgbImage::from_pixel(100, 80, Rgb([255; 3])));
    let grey = of(&RgbImage::from_pixel(60, 60, Rgb([120; 3])));
    assert_eq!(white, grey);
    assert_eq!((white.whole, white.distance(&grey)), (None, None));
    assert_eq!(search(&white, &[white, grey]), []);
    let tiny = of(&RgbImage::from_fn(2, 2, |x, y| Rgb([u8::try_from(x * 200 + y).unwrap(); 3])));
    assert_eq!(tiny.whole, None);
}

#[test]
fn the_nearest_comes_first() {
    let codes = |wave: u64, rise: u64| Some(Codes { wave: WaveHash::from_bits(wave), rise: RiseHash::from_bits(rise) });
    let whole = |wave: u64, rise: u64| Likeness { whole: codes(wave, rise), trimmed: None, centre: None, mirror: None };
    let far = u64::from(u32::MAX);
    let among = [whole(far, far), whole(0x3FF, far), whole(0, 0), whole(far, 0x3F), whole(0x7FF, 0x7F), whole(1, 1)];
    let found: Vec<usize> = search(&whole(0, 0), &among).iter().map(|found| found.place).collect();
    assert_eq!(found, [2, 5, 3, 1]);
}

#[test]
fn codes_are_kept_as_text() {
    let likeness = of(&scene(7, 64, 48));
    let text = serde_json::to_string(&likeness).unwrap();
    assert!(text.contains("\"whole\":{\"wave\":\""), "{text}");
    assert_eq!(serde_json::from_str::<Likeness>(&text).unwrap(), likeness);
}

prop_compose! {
    fn some_codes()(bits in any::<Option<(u64, u64)>>()) -> Option<Codes> {
        bits.map(|(wave, rise)| Codes { wave: WaveHash::from_bits(wave), rise: RiseHash::from_bits(rise) })
    }
}

prop_compose! {
    fn some_likeness()(
        whole in some_codes(), trimmed in some_codes(), centre in some_codes(), mirror in some_codes(),
    ) -> Likeness {
        Likeness { whole, trimmed, centre, mirror }
    }
}

proptest! {
    #[test]
    fn nearness_has_no_direction(one in some_likeness(), two in some_likeness()) {
        let numbers = |distance: Option<Distance>| distance.map(|distance| (distance.is_suggested(), distance.rank()));
        prop_assert_eq!(numbers(one.distance(&two)), numbers(two.distance(&one)));
        if one.whole.is_some() {
            prop_assert_eq!(one.distance(&one).map(|distance| (distance.wave, distance.rise)), Some((0, 0)));
        }
    }
}
