//! Small pictures for tests: grey PNG without compression, with or without words of a program in them.
#![allow(dead_code, reason = "each test file uses its own part of this")]

/// What a program wrote into a picture: must not be in a copy for the public.
pub const DEVICE: &str = "Perangkat Rekaan 12";

const WIDTH: u32 = 64;
const HEIGHT: u32 = 48;

/// A picture of 64 by 48 points whose shades a formula gives, with the name of a device in it.
pub fn png(shade: impl Fn(u32, u32) -> u32) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| u8::try_from(shade(x, y) % 256).unwrap()));
    }
    let mut head = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    head.extend([8, 0, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"tEXt", format!("Source\0{DEVICE}").as_bytes());
    chunk(&mut file, *b"IDAT", &stored(&rows));
    chunk(&mut file, *b"IEND", b"");
    file
}

/// A scene that looks like nothing else in these tests.
pub fn scene(x: u32, y: u32) -> u32 {
    (x * x / 13 + y * y / 7 + (x / 9) * (y / 5) * 11) % 200
}

/// Bytes in the form of zlib, stored as they are.
fn stored(rows: &[u8]) -> Vec<u8> {
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
    data
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    let body = [name.as_slice(), content].concat();
    file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
    file.extend(&body);
    file.extend(sum(&body).to_be_bytes());
}

/// The checksum of PNG.
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
