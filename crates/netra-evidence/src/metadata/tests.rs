use std::io::Cursor;

use image::ImageFormat;
use proptest::prelude::*;

use super::*;
use crate::samples::{archive, camera_data, encoded, part, photo, scene};

fn told(name: &str, bytes: &[u8]) -> Metadata {
    read(name, MediaType::detect(bytes), &mut Cursor::new(bytes)).unwrap()
}

fn instant(text: &str, offset_minutes: Option<i32>) -> StatedTime {
    StatedTime::Instant { at: text.parse().unwrap(), offset_minutes }
}

fn local(text: &str) -> StatedTime {
    StatedTime::Local(text.parse().unwrap())
}

/// A PNG with the data of a camera in front of its points.
fn png_photo() -> Vec<u8> {
    let png = encoded(&scene(1, 16, 16), ImageFormat::Png);
    let data = camera_data(1, "Kamera");
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&png[..33], &length, b"eXIf", &data, &[0; 4], &png[33..]].concat()
}

fn webp_photo() -> Vec<u8> {
    let mut data = camera_data(1, "Kamera");
    data.resize(data.len().next_multiple_of(2), 0);
    let extended = [b"VP8X".as_slice(), &[10, 0, 0, 0, 8, 0, 0, 0, 15, 0, 0, 15, 0, 0]].concat();
    let webp = encoded(&scene(1, 16, 16), ImageFormat::WebP);
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let content = [b"WEBP".as_slice(), &extended, &webp[12..], b"EXIF", &length, &data].concat();
    [b"RIFF".as_slice(), &u32::try_from(content.len()).unwrap().to_le_bytes(), &content].concat()
}

#[test]
fn photographs_tell_when_where_and_with_what() {
    for bytes in [photo(1, "Kamera"), png_photo(), webp_photo()] {
        let told = told("foto", &bytes);
        assert_eq!(told.maker.as_deref(), Some("Pembuat Contoh"), "{:?}", MediaType::detect(&bytes));
        assert_eq!(told.model.as_deref(), Some("Kamera X"));
        let times = [
            (TimeRole::Taken, instant("2023-12-30T13:15:03Z", Some(420))),
            (TimeRole::Changed, local("2023-12-31T09:00:00")),
            (TimeRole::Satellite, instant("2023-12-30T13:15:03Z", Some(0))),
        ];
        assert_eq!(told.times, times.map(|(role, time)| Dated { role, time }));
        let position = told.position.unwrap();
        assert!((position.latitude - 2.2).abs() < 1e-9 && (position.longitude - 102.25).abs() < 1e-9, "{position:?}");
        assert_eq!(told.findings, []);
    }
}

#[test]
fn editing_programs_are_noticed() {
    assert_eq!(told("foto.jpg", &photo(1, "Snapseed 2.0")).findings, [Finding::EditingSoftware]);
}

#[test]
fn a_bare_photograph_with_a_messengers_name() {
    let bare = encoded(&scene(1, 16, 16), ImageFormat::Png);
    let told_name = told("IMG-20231230-WA0001.jpg", &bare);
    assert_eq!(told_name.findings, [Finding::MessengerStripsMetadata]);
    assert_eq!(told_name.named.unwrap().origin, NameOrigin::WhatsAppAndroid);
    assert_eq!(told_name.times, []);
    assert_eq!(told("foto.png", &bare).findings, []);
    // Sent as a document, it keeps everything.
    assert_eq!(told("IMG-20231230-WA0001.jpg", &photo(1, "Kamera")).findings, []);
}

#[test]
fn times_after_the_report() {
    let table = [
        ("2023-12-30T13:15:03Z", None),
        ("2023-12-30T13:15:02Z", Some(Finding::AfterReport)),
        ("2024-01-02T00:00:00Z", None),
    ];
    for (reported, expected) in table {
        let mut told = told("foto.jpg", &photo(1, "Kamera"));
        told.compare_with_report(reported.parse().unwrap());
        assert_eq!(told.findings.first().copied(), expected, "{reported}");
    }
    let mut coarse = Metadata::default();
    coarse.add_time(TimeRole::Taken, Some(local("2023-12-30T21:00:00")));
    coarse.compare_with_report("2023-12-30T13:00:00Z".parse().unwrap());
    assert_eq!(coarse.findings, [Finding::MaybeAfterReport]);
}

/// A video's header, in 32 or 64 bits.
fn header(long: bool) -> Vec<u8> {
    // 2023-12-30T13:15:03Z, counted from 1904.
    let created: u64 = 1_703_942_103 + 2_082_844_800;
    let number = |value: u64| {
        if long { value.to_be_bytes().to_vec() } else { u32::try_from(value).unwrap().to_be_bytes().to_vec() }
    };
    let version = vec![u8::from(long), 0, 0, 0];
    [version, number(created), number(created), 1000_u32.to_be_bytes().to_vec(), number(61_500), vec![0; 80]].concat()
}

fn counted(text: &str) -> Vec<u8> {
    [&u16::try_from(text.len()).unwrap().to_be_bytes()[..], &[0x15, 0xC7], text.as_bytes()].concat()
}

fn item(name: [u8; 4], text: &str) -> Vec<u8> {
    part(&name, &part(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], text.as_bytes()].concat()))
}

fn key(name: &str) -> Vec<u8> {
    let size = u32::try_from(name.len() + 8).unwrap().to_be_bytes();
    [&size[..], b"mdta", name.as_bytes()].concat()
}

fn movie(brand: &[u8; 4], inside: &[Vec<u8>]) -> Vec<u8> {
    let brands = [brand.as_slice(), &[0; 4], brand].concat();
    [part(b"ftyp", &brands), part(b"mdat", &[7; 100]), part(b"moov", &inside.concat())].concat()
}

#[test]
fn videos_tell_when_and_where() {
    let loci =
        [&[0; 4][..], &[0x15, 0xC7], b"\0\0", &0x0066_4000_u32.to_be_bytes(), &0x0002_3333_u32.to_be_bytes(), &[0; 6]];
    let keys = [key("com.apple.quicktime.make"), key("com.apple.quicktime.creationdate")].concat();
    let apple = [
        part(b"hdlr", &[0; 24]),
        part(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 2], keys.as_slice()].concat()),
        part(b"ilst", &[item([0, 0, 0, 1], "Pembuat"), item([0, 0, 0, 2], "2023-12-30T20:15:03+0700")].concat()),
    ];
    let android = part(b"udta", &part(b"\xA9xyz", &counted("+02.2000+102.2500/")));
    let encoder = [&[0; 4][..], &part(b"hdlr", &[0; 24]), &part(b"ilst", &item(*b"\xA9too", "Lavf58.76.100"))].concat();
    let table = [
        (movie(b"isom", &[part(b"mvhd", &header(false)), android.clone()]), true, None, false),
        (movie(b"isom", &[part(b"mvhd", &header(true)), android]), true, None, false),
        (
            movie(b"3gp4", &[part(b"mvhd", &header(false)), part(b"udta", &part(b"loci", &loci.concat()))]),
            true,
            None,
            false,
        ),
        (
            movie(b"qt  ", &[part(b"mvhd", &header(false)), part(b"meta", &apple.concat())]),
            false,
            Some("Pembuat"),
            false,
        ),
        (movie(b"mp42", &[part(b"mvhd", &header(false)), part(b"udta", &part(b"meta", &encoder))]), false, None, true),
    ];
    for (number, (bytes, has_position, maker, is_encoded)) in table.iter().enumerate() {
        let told = told("video", bytes);
        let recorded = Dated { role: TimeRole::Recorded, time: instant("2023-12-30T13:15:03Z", None) };
        assert!(told.times.contains(&recorded), "{number}: {told:?}");
        assert_eq!(told.duration_ms, Some(61_500), "{number}");
        assert_eq!(told.position.is_some(), *has_position, "{number}");
        if let Some(position) = told.position {
            assert!(
                (position.latitude - 2.2).abs() < 0.01 && (position.longitude - 102.25).abs() < 0.01,
                "{position:?}"
            );
        }
        assert_eq!(told.maker.as_deref(), *maker, "{number}");
        assert_eq!(told.findings.contains(&Finding::Reencoded), *is_encoded, "{number}");
        let taken = told.times.iter().find(|dated| dated.role == TimeRole::Taken).map(|dated| dated.time);
        assert_eq!(taken, maker.map(|_| instant("2023-12-30T13:15:03Z", Some(420))), "{number}");
    }
}

#[test]
fn a_video_without_its_index_is_damaged() {
    let bytes = [part(b"ftyp", b"isom\0\0\0\0isom"), part(b"mdat", &[7; 100])].concat();
    assert_eq!(told("video.mp4", &bytes).findings, [Finding::Damaged]);
}

/// A page of Ogg that holds these packets whole.
fn page(packets: &[Vec<u8>]) -> Vec<u8> {
    let lengths: Vec<u8> = packets
        .iter()
        .flat_map(|packet| {
            let mut lengths = vec![255; packet.len() / 255];
            lengths.push(u8::try_from(packet.len() % 255).unwrap());
            lengths
        })
        .collect();
    [b"OggS".as_slice(), &[0; 22], &[u8::try_from(lengths.len()).unwrap()], &lengths, &packets.concat()].concat()
}

#[test]
fn sounds_tell_their_tags() {
    let text = |text: &str| [&u32::try_from(text.len()).unwrap().to_le_bytes()[..], text.as_bytes()].concat();
    let long = format!("COMMENT={}", "x".repeat(400));
    let tags = ["TITLE=Rapat", "date=2023-12-30T20:15:03+07:00", "ENCODER=Lavf58", long.as_str(), "tanpa"];
    let list = tags.map(text).concat();
    let packet = [b"OpusTags".to_vec(), text("libopus 1.3"), 5_u32.to_le_bytes().to_vec(), list].concat();
    let bytes = [page(&[b"OpusHead\x01\x01".to_vec()]), page(&[packet])].concat();
    let told = told("PTT-20231230-WA0001.opus", &bytes);
    assert_eq!(told.title.as_deref(), Some("Rapat"));
    assert_eq!(told.software.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["libopus 1.3", "Lavf58"]);
    let time = instant("2023-12-30T13:15:03Z", Some(420));
    assert_eq!(told.times, [Dated { role: TimeRole::Recorded, time }]);
}

#[test]
fn documents_tell_who_and_when() {
    let pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n7 0 obj\n<</Title(Surat Tugas)/Author(Staf A)/Creator(Pengolah Kata)\
        /Producer(iLovePDF)/CreationDate(D:20231230201503+07'00')/ModDate(D:20240102080000+07'00')>>\nendobj\n\
        trailer\n<</Root 1 0 R/Info 7 0 R>>\n%%EOF\n";
    let of_pdf = told("surat.pdf", pdf);
    assert_eq!((of_pdf.title.as_deref(), of_pdf.authors.as_slice()), (Some("Surat Tugas"), &["Staf A".to_owned()][..]));
    assert_eq!(of_pdf.findings, [Finding::EditingSoftware, Finding::ChangedLater]);
    assert_eq!(of_pdf.times.first().unwrap().time, instant("2023-12-30T13:15:03Z", Some(420)));

    let xmp = b"%PDF-1.7\n<x:xmpmeta><rdf:Description xmp:CreateDate='2023-12-30T20:15:03+07:00'>\
        <dc:title><rdf:Alt><rdf:li>Surat</rdf:li></rdf:Alt></dc:title></rdf:Description></x:xmpmeta>\n%%EOF";
    let of_packet = told("surat.pdf", xmp);
    assert_eq!(of_packet.title.as_deref(), Some("Surat"));
    assert_eq!(of_packet.times.first().unwrap().role, TimeRole::Created);

    assert_eq!(told("a.pdf", b"%PDF-1.7\ntrailer<</Encrypt 9 0 R/Info 7 0 R>>%%EOF").findings, [Finding::Encrypted]);

    let core = b"<cp:coreProperties><dc:title>Surat &amp; Tugas</dc:title><dc:creator>Staf A</dc:creator>\
        <cp:lastModifiedBy>Staf B</cp:lastModifiedBy><dcterms:created xsi:type='x'>2023-12-30T13:15:03Z</dcterms:created>\
        <dcterms:modified xsi:type='x'>2023-12-30T13:15:30Z</dcterms:modified></cp:coreProperties>";
    let app = b"<Properties><Application>Pengolah Kata</Application><AppVersion>16.0</AppVersion></Properties>";
    let docx = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w/>"),
        ("docProps/core.xml", core),
        ("docProps/app.xml", app),
    ]);
    let of_docx = told("surat.docx", &docx);
    assert_eq!(of_docx.title.as_deref(), Some("Surat & Tugas"));
    assert_eq!(of_docx.authors, ["Staf A", "Staf B"]);
    assert_eq!(of_docx.software.first().unwrap().name, "Pengolah Kata 16.0");
    // Saved within the minute in which it was made.
    assert_eq!(of_docx.findings, []);
}

#[test]
fn cut_off_files_are_read_as_far_as_they_go() {
    let whole = [photo(6, "Kamera"), png_photo(), webp_photo(), movie(b"isom", &[part(b"mvhd", &header(false))])];
    for bytes in whole {
        let kind = MediaType::detect(&bytes);
        for length in (0..bytes.len()).step_by(7) {
            let told = read("x", kind, &mut Cursor::new(&bytes[..length])).unwrap();
            assert!(told.findings.len() <= 1, "{kind} {length}: {told:?}");
        }
    }
}

/// The kinds that are looked into, each with a beginning after which lengths and places are read.
const KINDS: [(MediaType, &[u8]); 9] = [
    (MediaType::Jpeg, b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0MM\0\x2A\0\0\0\x08"),
    (MediaType::Png, b"\x89PNG\r\n\x1A\n\0\0\0\x40eXIfMM\0\x2A\0\0\0\x08"),
    (MediaType::Webp, b"RIFF\0\x01\0\0WEBPEXIF\x40\0\0\0II\x2A\0\x08\0\0\0"),
    (MediaType::Heic, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x40meta\0\0\0\0"),
    (MediaType::Mp4, b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\0moov"),
    (MediaType::QuickTime, b"\0\0\0\0moov\0\0\0\0meta\0\0\0\0hdlr"),
    (MediaType::OggAudio, b"OggS\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\x01\x20aOpusTags"),
    (MediaType::Pdf, b"%PDF-1.7 7 0 obj<</Title(\\"),
    (MediaType::Docx, b"PK\x03\x04"),
];

proptest! {
    #[test]
    fn any_bytes_are_looked_at(kind in 0..KINDS.len(), rest: Vec<u8>, name: String) {
        let (media_type, beginning) = KINDS[kind];
        let bytes = [beginning, &rest].concat();
        let told = read(&name, media_type, &mut Cursor::new(&bytes)).unwrap();
        prop_assert!(told.times.len() <= 8 && told.software.len() <= 8);
    }

    /// A photograph with some bytes changed keeps within what is stated about it.
    #[test]
    fn changed_photographs_are_looked_at(changes in proptest::collection::vec((0..400_usize, any::<u8>()), 1..8)) {
        let mut bytes = photo(3, "Kamera");
        for (place, byte) in changes {
            bytes[place] = byte;
        }
        let told = read("x", MediaType::Jpeg, &mut Cursor::new(&bytes)).unwrap();
        if let Some(position) = told.position {
            prop_assert!(position.latitude.abs() <= 90.0 && position.longitude.abs() <= 180.0);
        }
    }
}
