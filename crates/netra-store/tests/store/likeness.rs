//! Pictures that look alike: found across the matters of a desk, and nowhere else.

use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel};
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_docket::private::Private;

use crate::common::*;

/// A picture of 64 by 48 points in shades of grey, as an uncompressed PNG would hold it: the shades are those of a formula.
fn picture(shade: impl Fn(u32, u32) -> u32) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..48 {
        pixels.push(0);
        pixels.extend((0..64).map(|x| u8::try_from(shade(x, y) % 256).unwrap()));
    }
    png(64, 48, &pixels)
}

/// The smallest PNG that holds these rows of grey points: stored, not compressed.
fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 0, 0, 0, 0]);
    let length = u16::try_from(rows.len()).unwrap();
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(rows);
    let (a, b) = rows.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    data.extend(((b << 16) | a).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    for (name, content) in [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let body = [name.as_slice(), &content].concat();
        file.extend(&body);
        file.extend(crc(&body).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

fn blobs(x: u32, y: u32) -> u32 {
    (x * x / 13 + y * y / 7 + (x / 9) * (y / 5) * 11) % 200
}

fn stripes(x: u32, y: u32) -> u32 {
    ((x / 6 + y / 4) % 2) * 180 + x
}

impl Rig {
    /// Adds a picture to a matter as its second exhibit.
    async fn add_picture(&self, matter: MatterId, bytes: &[u8]) {
        let exhibit = Exhibit {
            no: ExhibitNo(2),
            sha256: self.store.put_blob(bytes).await.unwrap(),
            size: u64::try_from(bytes.len()).unwrap(),
            media_type: "image/png".to_owned(),
            label: Private::Open(ExhibitLabel::default()),
            source: None,
        };
        self.add(matter, 1, Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] })).await.unwrap();
    }

    async fn index_pictures(&self) {
        self.store.index_for_search().await.unwrap();
        while self.store.index_likeness().await.unwrap() > 0 {}
    }
}

#[tokio::test]
async fn a_picture_is_found_in_another_matter_of_the_desk_and_not_on_another_one() {
    let rig = rig().await;
    let (one, two, three) = (rig.open_matter().await, rig.open_matter().await, rig.open_matter().await);
    let elsewhere = rig.store.record(new_matter_of(OTHER, hours_later(0))).await.unwrap().matter.id;
    rig.add_picture(one, &picture(blobs)).await;
    rig.add_picture(two, &picture(|x, y| blobs(x, y) + 20)).await;
    rig.add_picture(three, &picture(stripes)).await;
    rig.add_picture(elsewhere, &picture(blobs)).await;
    assert_eq!(rig.store.similar(&open(HOME), one, ExhibitNo(2)).await.unwrap(), None, "not compared yet");
    rig.index_pictures().await;

    let found = rig.store.similar(&open(HOME), one, ExhibitNo(2)).await.unwrap().unwrap();
    let places: Vec<(MatterId, u16)> = found.iter().map(|near| (near.matter, near.exhibit.0)).collect();
    assert_eq!(places, [(two, 2)]);
    assert!(found[0].distance.is_suggested() && !found[0].subject_line.is_empty());
    assert_eq!(rig.store.similar(&open(OTHER), one, ExhibitNo(2)).await.unwrap(), None, "not on that desk");
    assert_eq!(rig.store.similar(&open(OTHER), elsewhere, ExhibitNo(2)).await.unwrap(), Some(Vec::new()));
    // The first exhibit of every matter is named by a digest without bytes: nothing is found by it, and nothing fails.
    assert_eq!(rig.store.similar(&open(HOME), one, ExhibitNo(1)).await.unwrap(), Some(Vec::new()));
    assert_eq!(rig.store.index_likeness().await.unwrap(), 0, "all are computed");
}

#[tokio::test]
async fn what_is_computed_can_be_thrown_away_and_is_the_same_again() {
    let rig = rig().await;
    let (one, two) = (rig.open_matter().await, rig.open_matter().await);
    rig.add_picture(one, &picture(blobs)).await;
    rig.add_picture(two, &picture(blobs)).await;
    rig.index_pictures().await;
    let before = rig.store.similar(&open(HOME), one, ExhibitNo(2)).await.unwrap();
    assert_eq!(before.as_ref().map(Vec::len), Some(1));
    let raw = rig.raw().await;
    for sql in ["DELETE FROM pictures", "DELETE FROM likeness"] {
        sqlx::query(sql).execute(&raw).await.unwrap();
    }
    rig.store.rebuild_projections().await.unwrap();
    rig.index_pictures().await;
    assert_eq!(rig.store.similar(&open(HOME), one, ExhibitNo(2)).await.unwrap(), before);
}
