//! Types that share an outer format and differ inside: RIFF, ISO media files, Matroska, Ogg, MPEG
//! audio frames and zip archives. Every read is bounds-checked; a length in the file is a claim.

use crate::MediaType;

/// The type of a file in one of the shared outer formats.
pub(crate) fn detect(bytes: &[u8]) -> Option<MediaType> {
    riff(bytes)
        .or_else(|| iso_media(bytes))
        .or_else(|| matroska(bytes))
        .or_else(|| ogg(bytes))
        .or_else(|| zip(bytes))
        .or_else(|| mpeg_audio(bytes))
}

fn riff(bytes: &[u8]) -> Option<MediaType> {
    if !bytes.starts_with(b"RIFF") {
        return None;
    }
    match bytes.get(8..12)? {
        b"WEBP" => Some(MediaType::Webp),
        b"WAVE" => Some(MediaType::Wav),
        b"AVI " => Some(MediaType::Avi),
        _ => None,
    }
}

/// Files of nested boxes: photos and videos of phones. The first box lists brands, the main one
/// first; the first brand that is specific decides.
fn iso_media(bytes: &[u8]) -> Option<MediaType> {
    match bytes.get(4..8)? {
        b"ftyp" => {
            let size = bytes.get(..4)?.try_into().ok().map(u32::from_be_bytes)?;
            let end = usize::try_from(size).ok()?.min(bytes.len());
            let others = bytes.get(16..end).unwrap_or_default();
            let brands = || std::iter::once(bytes.get(8..12)).flatten().chain(others.chunks_exact(4));
            brands().find_map(brand).or_else(|| {
                let general = |name: &[u8]| name == b"mif1" || name == b"msf1";
                brands().any(general).then_some(MediaType::Heif)
            })
        }
        // QuickTime before brands existed. A size that starts with zero tells it from plain text.
        b"moov" | b"mdat" | b"wide" | b"free" | b"skip" if bytes.first() == Some(&0) => Some(MediaType::QuickTime),
        _ => None,
    }
}

fn brand(name: &[u8]) -> Option<MediaType> {
    match name {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some(MediaType::Heic),
        b"avif" | b"avis" => Some(MediaType::Avif),
        b"qt  " => Some(MediaType::QuickTime),
        b"M4A " | b"M4B " | b"M4P " => Some(MediaType::M4a),
        b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"MSNV" | b"mmp4" | b"dash" => Some(MediaType::Mp4),
        [b'i', b's', b'o', _] => Some(MediaType::Mp4),
        [b'3', b'g', _, _] => Some(MediaType::ThreeGp),
        _ => None,
    }
}

fn matroska(bytes: &[u8]) -> Option<MediaType> {
    if !bytes.starts_with(b"\x1A\x45\xDF\xA3") {
        return None;
    }
    let head = bytes.get(..64).unwrap_or(bytes);
    let says = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if says(b"webm") {
        Some(MediaType::Webm)
    } else if says(b"matroska") {
        Some(MediaType::Matroska)
    } else {
        None
    }
}

/// The codec's name stands at the start of the first page's only packet.
fn ogg(bytes: &[u8]) -> Option<MediaType> {
    if !bytes.starts_with(b"OggS") {
        return None;
    }
    let packet = bytes.get(28..).unwrap_or_default();
    let codecs: [&[u8]; 4] = [b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7FFLAC"];
    if codecs.iter().any(|codec| packet.starts_with(codec)) { Some(MediaType::OggAudio) } else { Some(MediaType::Ogg) }
}

/// Sound without any header: the first frame has to make sense.
fn mpeg_audio(bytes: &[u8]) -> Option<MediaType> {
    let [0xFF, second, third, ..] = *bytes else {
        return None;
    };
    let layer_three = second & 0xE6 == 0xE2 && second & 0x18 != 0x08;
    let bit_rate = third >> 4;
    if layer_three && bit_rate != 0 && bit_rate != 0xF && third & 0x0C != 0x0C {
        return Some(MediaType::Mp3);
    }
    let sample_rate = (third >> 2) & 0xF;
    (second & 0xF6 == 0xF0 && sample_rate < 13).then_some(MediaType::Aac)
}

fn zip(bytes: &[u8]) -> Option<MediaType> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return None;
    }
    open_document(bytes).or_else(|| office_open(bytes)).or(Some(MediaType::Zip))
}

/// OpenDocument files begin with an uncompressed entry that holds their media type.
fn open_document(bytes: &[u8]) -> Option<MediaType> {
    let name_len = u16_at(bytes, 26)?;
    let extra_len = u16_at(bytes, 28)?;
    let rest = bytes.get(30..)?;
    if rest.get(..name_len)? != b"mimetype" {
        return None;
    }
    let content = rest.get(name_len.saturating_add(extra_len)..)?;
    [MediaType::Odt, MediaType::Ods, MediaType::Odp]
        .into_iter()
        .find(|kind| content.starts_with(kind.essence().as_bytes()))
}

/// Office Open XML files are told by the folder of their main part.
fn office_open(bytes: &[u8]) -> Option<MediaType> {
    let names = entry_names(bytes)?;
    if !names.contains(&b"[Content_Types].xml".as_slice()) {
        return None;
    }
    let folders: [(&[u8], MediaType); 3] =
        [(b"word/", MediaType::Docx), (b"xl/", MediaType::Xlsx), (b"ppt/", MediaType::Pptx)];
    folders.iter().find(|(folder, _)| names.iter().any(|name| name.starts_with(folder))).map(|(_, kind)| *kind)
}

/// The names in the archive's directory, which stands at its end.
fn entry_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    // The end record is 22 bytes long and may be followed by a comment of up to 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = bytes.get(from..)?.windows(4).rposition(|part| part == b"PK\x05\x06")? + from;
    let start = bytes.get(end + 16..end + 20)?.try_into().ok().map(u32::from_le_bytes)?;
    let mut rest = bytes.get(usize::try_from(start).ok()?..)?;
    let mut names = Vec::new();
    while rest.starts_with(b"PK\x01\x02") {
        let name_len = u16_at(rest, 28)?;
        let others_len = u16_at(rest, 30)? + u16_at(rest, 32)?;
        names.push(rest.get(46..46 + name_len)?);
        rest = rest.get(46 + name_len + others_len..)?;
    }
    Some(names)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(pair)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_videos_and_sounds() {
        let opus = [b"OggS".as_slice(), &[0; 24], b"OpusHead\x01"].concat();
        let theora = [b"OggS".as_slice(), &[0; 24], b"\x80theora"].concat();
        let table: &[(&[u8], MediaType)] = &[
            (b"RIFF\x24\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"RIFF\x24\0\0\0WAVEfmt ", MediaType::Wav),
            (b"RIFF\x24\0\0\0AVI LIST", MediaType::Avi),
            (b"RIFF\x24\0\0\0ACON", MediaType::Unknown),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", MediaType::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", MediaType::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf", MediaType::Heif),
            (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", MediaType::Avif),
            (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", MediaType::Mp4),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", MediaType::Mp4),
            (b"\0\0\0\x18ftypXAVC\0\0\0\0XAVCmp42", MediaType::Mp4),
            (b"\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4", MediaType::ThreeGp),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", MediaType::QuickTime),
            (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", MediaType::M4a),
            (b"\0\0\0\x14ftypcrx \0\0\0\x01crx ", MediaType::Unknown),
            (b"\0\0\0\x08wide\0\0\0\0mdat", MediaType::QuickTime),
            (b"the wide road", MediaType::Text),
            (b"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm", MediaType::Webm),
            (b"\x1A\x45\xDF\xA3\xA3\x42\x82\x88matroska", MediaType::Matroska),
            (&opus, MediaType::OggAudio),
            (&theora, MediaType::Ogg),
            (b"\xFF\xFB\x90\x64\0", MediaType::Mp3),
            (b"\xFF\xF3\x84\xC4\0", MediaType::Mp3),
            (b"\xFF\xF1\x50\x80\0", MediaType::Aac),
            (b"\xFF\xFEh\0a\0i\0", MediaType::Unknown),
        ];
        for (bytes, expected) in table {
            assert_eq!(MediaType::detect(bytes), *expected, "{}", bytes.escape_ascii());
        }
    }

    /// A zip archive of uncompressed entries, without checksums: nobody unpacks it.
    fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
        let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
        let mut local: Vec<u8> = Vec::new();
        let mut directory: Vec<u8> = Vec::new();
        for (name, content) in entries {
            local.extend(b"PK\x03\x04");
            local.extend([0; 22]);
            local.extend(short(name.len()));
            local.extend(short(0));
            local.extend(name.bytes());
            local.extend(content.bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend(short(name.len()));
            directory.extend([0; 16]);
            directory.extend(name.bytes());
        }
        let start = u32::try_from(local.len()).unwrap().to_le_bytes();
        let mut bytes = [local, directory].concat();
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 12]);
        bytes.extend(start);
        bytes.extend([0; 2]);
        bytes
    }

    #[test]
    fn archives_and_office_files() {
        let types = ("[Content_Types].xml", "<Types/>");
        let odt = "application/vnd.oasis.opendocument.text";
        let ods = "application/vnd.oasis.opendocument.spreadsheet";
        let table: [(&[(&str, &str)], MediaType); 8] = [
            (&[], MediaType::Zip),
            (&[("_chat.txt", "19/01/24 17.10 - A: b")], MediaType::Zip),
            (&[types, ("word/document.xml", "")], MediaType::Docx),
            (&[("xl/workbook.xml", ""), types], MediaType::Xlsx),
            (&[types, ("ppt/presentation.xml", "")], MediaType::Pptx),
            (&[("word/document.xml", "")], MediaType::Zip),
            (&[("mimetype", odt), ("content.xml", "")], MediaType::Odt),
            (&[("mimetype", ods), ("content.xml", "")], MediaType::Ods),
        ];
        for (entries, expected) in table {
            assert_eq!(MediaType::detect(&archive(entries)), expected, "{entries:?}");
        }
    }

    #[test]
    fn a_cut_archive_is_still_an_archive() {
        let whole = archive(&[("[Content_Types].xml", ""), ("word/document.xml", "")]);
        for len in 4..whole.len() {
            let kind = MediaType::detect(whole.get(..len).unwrap());
            assert!(matches!(kind, MediaType::Zip | MediaType::Docx), "{len}: {kind}");
        }
    }
}
