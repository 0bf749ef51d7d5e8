//! Cells as plain letters: lower case, without accents, whatever their encoding.

/// What a character beyond ASCII becomes.
enum Plain {
    /// These letters.
    Letters(&'static [u8]),
    /// A gap between words.
    Gap,
    /// Nothing: apostrophes, hyphens, marks that stand above a letter.
    Nothing,
}

/// Writes the letters a to z of a cell, its full stops, commas and gaps. Apostrophes and hyphens are dropped, so that
/// `Syafi'i` is `syafii`; everything else is a gap.
///
/// Bytes that are not UTF-8 are read as Windows-1252, one by one: a file can hold both.
pub(crate) fn plain(raw: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut rest = raw;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'a'..=b'z' | b'.' | b',' => out.push(byte),
            b'A'..=b'Z' => out.push(byte | 0x20),
            b'\'' | b'`' | b'-' => {}
            0..=0x7F => out.push(b' '),
            _ => rest = beyond_ascii(byte, after, out),
        }
    }
}

/// Takes a character that begins with this byte, and returns what follows it.
fn beyond_ascii<'r>(lead: u8, after: &'r [u8], out: &mut Vec<u8>) -> &'r [u8] {
    let trailing = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => 0,
    };
    let tail = after.get(..trailing).unwrap_or_default();
    let is_utf8 = trailing > 0 && tail.len() == trailing && tail.iter().all(|byte| byte & 0xC0 == 0x80);
    let (code, rest) = if is_utf8 {
        let first = u32::from(lead & (0x3F >> trailing));
        let code = tail.iter().fold(first, |code, byte| (code << 6) | u32::from(byte & 0x3F));
        (code, after.get(trailing..).unwrap_or_default())
    } else {
        (windows_1252(lead), after)
    };
    match base(code) {
        Plain::Letters(letters) => out.extend_from_slice(letters),
        Plain::Gap => out.push(b' '),
        Plain::Nothing => {}
    }
    rest
}

/// The character of a byte in Windows-1252, where it differs from Latin-1 and matters.
fn windows_1252(byte: u8) -> u32 {
    match byte {
        0x8A | 0x9A => 0x0160,
        0x8E | 0x9E => 0x017D,
        0x9F => 0x0178,
        0x91..=0x94 => 0x2018,
        0x96 | 0x97 => 0x2013,
        other => u32::from(other),
    }
}

fn base(code: u32) -> Plain {
    let letters: &'static [u8] = match code {
        0xC0..=0xC5 | 0xE0..=0xE5 | 0x100..=0x105 => b"a",
        0xC6 | 0xE6 => b"ae",
        0xC7 | 0xE7 | 0x106..=0x10D => b"c",
        0xD0 | 0xF0 | 0x10E..=0x111 => b"d",
        0xC8..=0xCB | 0xE8..=0xEB | 0x112..=0x11B => b"e",
        0x11C..=0x123 => b"g",
        0x124..=0x127 => b"h",
        0xCC..=0xCF | 0xEC..=0xEF | 0x128..=0x131 => b"i",
        0x134 | 0x135 => b"j",
        0x136..=0x138 => b"k",
        0x139..=0x142 => b"l",
        0xD1 | 0xF1 | 0x143..=0x14B => b"n",
        0xD2..=0xD6 | 0xD8 | 0xF2..=0xF6 | 0xF8 | 0x14C..=0x151 => b"o",
        0x154..=0x159 => b"r",
        0x15A..=0x161 => b"s",
        0xDF => b"ss",
        0x162..=0x167 => b"t",
        0xDE | 0xFE => b"th",
        0xD9..=0xDC | 0xF9..=0xFC | 0x168..=0x173 => b"u",
        0x174 | 0x175 => b"w",
        0xDD | 0xFD | 0xFF | 0x176..=0x178 => b"y",
        0x179..=0x17E => b"z",
        0xB4 | 0xAD | 0x2B0..=0x36F | 0x200B..=0x201F | 0xFEFF => return Plain::Nothing,
        _ => return Plain::Gap,
    };
    Plain::Letters(letters)
}

/// A cell as text: UTF-8, else each byte as a character.
pub(crate) fn shown(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) => raw.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_plain_letters() {
        let rows: [(&[u8], &str); 9] = [
            (b"Siti AMINAH", "siti aminah"),
            ("Syafi\u{2019}i".as_bytes(), "syafii"),
            (b"Syafi\x92i", "syafii"),
            (b"Karo-Karo", "karokaro"),
            ("Andr\u{e9} \u{d1}ana".as_bytes(), "andre nana"),
            (b"Andr\xe9, S.E.", "andre, s.e."),
            ("Ha\u{1e0d}i".as_bytes(), "ha i"),
            (b"A\x00B\xff\xc3", "a bya"),
            ("e\u{301}".as_bytes(), "e"),
        ];
        let mut out = Vec::new();
        for (raw, expected) in rows {
            plain(raw, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{raw:?}");
        }
    }
}
