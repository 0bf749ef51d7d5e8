//! Chat exports: every sample as it must be read, in one way from memory and through a window, and any bytes at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use netra_evidence::Digest;
use netra_evidence::chat::{
    Archive, Chat, ChatError, DateOrder, Export, Message, Options, Summary, chat_name, read_stream,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::{Style, Truth};

mod support;

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whatsapp");
    let mut list: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "zip"))
        .collect();
    list.sort();
    list
}

/// What was read, in the shape of the expectations.
fn shape(summary: &Summary, messages: &[Message<'_>]) -> Map<String, Value> {
    let Value::Object(mut map) = json!(summary.format) else { panic!("a format is a map") };
    let mut names: Vec<&str> = Vec::new();
    for author in &summary.authors {
        if !names.contains(&author.name.as_str()) {
            names.push(&author.name);
        }
    }
    map.insert("warnings".to_owned(), json!(summary.warnings));
    map.insert("authors".to_owned(), json!(names));
    map.insert("message_count".to_owned(), json!(summary.messages));
    map.insert("messages".to_owned(), json!(messages));
    if !summary.preamble.is_empty() {
        map.insert("preamble_bytes".to_owned(), json!(summary.preamble.end - summary.preamble.start));
    }
    if let Some(other) = summary.format.date_order.other().filter(|_| summary.format.is_ambiguous()) {
        let times: Vec<_> = messages.iter().map(|message| message.sent_if_other).collect();
        map.insert(format!("sent_if_{other}"), json!(times));
    }
    map
}

fn from_memory(bytes: &[u8]) -> Result<(Summary, Vec<Message<'static>>), ChatError> {
    let export = Export::new(bytes);
    let Chat { summary, messages } = export.read(&Options::default())?;
    Ok((summary, messages.into_iter().map(Message::into_owned).collect()))
}

/// A source that gives a few bytes at a time.
struct Slow<'b> {
    bytes: Cursor<&'b [u8]>,
    most: usize,
}

impl std::io::Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.most);
        self.bytes.read(&mut buffer[..most])
    }
}

impl std::io::Seek for Slow<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn through_a_window(bytes: &[u8], most: usize) -> Result<(Summary, Vec<Message<'static>>), ChatError> {
    let mut messages = Vec::new();
    let source = Slow { bytes: Cursor::new(bytes), most };
    let summary = read_stream(source, &Options::default(), |message| {
        messages.push(message.into_owned());
        ControlFlow::Continue(())
    })?;
    Ok((summary, messages))
}

fn from_archive(bytes: &[u8]) -> (Map<String, Value>, Archive<Cursor<&[u8]>>) {
    let mut archive = Archive::open(Cursor::new(bytes), &Options::default()).unwrap();
    let mut messages = Vec::new();
    let summary = archive
        .read(|message| {
            messages.push(message.into_owned());
            ControlFlow::Continue(())
        })
        .unwrap();
    let mut map = shape(&summary, &messages);
    let chat = archive.chat().unwrap();
    map.insert("chat_member".to_owned(), json!(chat.name));
    map.insert("chat_sha256".to_owned(), json!(chat.digest));
    if let Some(name) = chat_name(&chat.name) {
        map.insert("chat_name".to_owned(), json!(name));
    }
    (map, archive)
}

/// What of the expectation does not hold. What was read may hold more, but no other keys than these.
fn differences(at: &str, expected: &Value, found: &Value, faults: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                differences(&format!("{at}/{key}"), value, found.get(key).unwrap_or(&json!("(not there)")), faults);
            }
            let more = found.keys().filter(|key| !expected.contains_key(*key) && *key != "title");
            faults.extend(more.map(|key| format!("{at}/{key} is {}", found[key])));
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (n, (expected, found)) in expected.iter().zip(found).enumerate() {
                differences(&format!("{at}/{n}"), expected, found, faults);
            }
        }
        _ if expected == found => {}
        _ => faults.push(format!("{at} is {found}, not {expected}")),
    }
}

#[test]
fn every_sample_is_read_as_it_must_be() {
    let mut faults = Vec::new();
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        let text = fs::read_to_string(path.with_extension("json")).unwrap();
        let Value::Object(mut expected) = serde_json::from_str(&text).unwrap() else { panic!("{text}") };
        if let Some(digest) = expected.remove("sha256") {
            assert_eq!(digest, json!(Digest::of(&bytes)), "{}", path.display());
        }
        for key in ["case", "about", "file"] {
            expected.remove(key);
        }
        let found = if bytes.starts_with(b"PK") {
            from_archive(&bytes).0
        } else {
            let (summary, messages) = from_memory(&bytes).unwrap();
            shape(&summary, &messages)
        };
        let name = path.file_name().unwrap().to_string_lossy();
        differences(&name, &Value::Object(expected), &Value::Object(found), &mut faults);
    }
    assert!(samples().len() >= 25);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_window_shows_what_memory_shows() {
    for path in samples().iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let bytes = fs::read(path).unwrap();
        let whole = from_memory(&bytes).unwrap();
        for most in [1, 7, 4096] {
            assert_eq!(through_a_window(&bytes, most).unwrap(), whole, "{} {most}", path.display());
        }
    }
}

/// Bytes without the zeros that two-byte characters of plain text have.
fn narrow(bytes: &[u8], wide: bool) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| !wide || *byte != 0).collect()
}

/// That the preamble and the messages cover the file, with nothing but one line end between them.
fn covers(bytes: &[u8], summary: &Summary, messages: &[Message<'_>]) -> Result<(), String> {
    let wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let mark = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => usize::from(wide) * 2,
    };
    let place = |at: u64| usize::try_from(at).unwrap();
    if place(summary.preamble.start) != mark {
        return Err(format!("the preamble begins at {}", summary.preamble.start));
    }
    let ends = messages.iter().map(|message| (place(message.bytes.start), place(message.bytes.end)));
    let mut at = place(summary.preamble.end);
    for (start, end) in ends.chain([(bytes.len(), bytes.len())]) {
        let gap = bytes.get(at..start).ok_or(format!("what begins at {start} lies before {at}"))?;
        if !matches!(narrow(gap, wide).as_slice(), b"" | b"\n" | b"\r\n") {
            return Err(format!("before {start} is left out: {}", gap.escape_ascii()));
        }
        at = end;
    }
    Ok(())
}

#[test]
fn samples_are_covered() {
    for path in samples().iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let bytes = fs::read(path).unwrap();
        let (summary, messages) = from_memory(&bytes).unwrap();
        covers(&bytes, &summary, &messages).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    }
}

/// The messages of a text as `n line kind author: text`.
fn listed(text: &str) -> Vec<String> {
    let (_, messages) = from_memory(text.as_bytes()).unwrap();
    let line = |m: &Message<'_>| {
        let author = m.author.as_ref().map_or("-", |author| author.name.as_str());
        format!("{} {} {} {author}: {}", m.line, m.sent, m.kind.id(), m.text)
    };
    messages.iter().map(line).collect()
}

#[test]
fn only_the_files_own_form_begins_a_message() {
    let text = "30/12/23 20.15 - Retno: Diteruskan:\n[29/12/23, 21.00.10] Eko: dukung\n12/29/23, 9:00 PM - Eko: lagi\n\
                31/02/24 20.15 - Eko: tanggal yang tidak ada\n31/12/23 06.00 - Eko: pagi";
    assert_eq!(
        listed(text),
        [
            "1 2023-12-30T20:15 text Retno: Diteruskan:\n[29/12/23, 21.00.10] Eko: dukung\n12/29/23, 9:00 PM - Eko: lagi\n\
             31/02/24 20.15 - Eko: tanggal yang tidak ada",
            "5 2023-12-31T06:00 text Eko: pagi",
        ]
    );
}

#[test]
fn a_pasted_chat_that_line_ends_do_not_tell_is_marked() {
    let text = "30/12/23 08.00 - Retno: Saya teruskan:\n29/12/23 21.00 - Eko: dukung\n29/12/23 21.05 - Ana: siap\n\
                30/12/23 08.01 - Budi: Dari mana?\n";
    let (summary, messages) = from_memory(text.as_bytes()).unwrap();
    let marked: Vec<bool> = messages.iter().map(|message| message.runs_backward).collect();
    assert_eq!(marked, [false, true, true, false]);
    assert_eq!(json!(summary.warnings), json!(["time-runs-backward"]));
}

#[test]
fn a_clock_that_was_once_ahead_marks_no_year() {
    let mut text = "30/12/24 08.00 - Retno: jam ponsel salah\n".to_owned();
    for n in 0..500 {
        text += &format!("30/12/23 08.{:02} - Eko: {n}\n", n / 10);
    }
    let (_, messages) = from_memory(text.as_bytes()).unwrap();
    assert_eq!(messages.iter().filter(|message| message.runs_backward).count(), 200);
}

#[test]
fn text_before_the_first_message_is_kept_apart() {
    let text = "potongan pesan lama\nlanjutannya\n30/12/23 20.15 - Retno: Hadir\n";
    let (summary, messages) = from_memory(text.as_bytes()).unwrap();
    assert_eq!(summary.preamble, 0..32);
    assert_eq!(json!(summary.warnings), json!(["text-before-first-message"]));
    assert_eq!((messages.len(), messages[0].line, messages[0].bytes.clone()), (1, 3, 32..61));
}

#[test]
fn two_byte_files_have_the_places_of_the_file() {
    let text = "30/12/23 20.15 - Retno: Hadir 👍\r\nsemua\r\n30/12/23 20.16 - Eko: ya\r\n";
    let little: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (summary, messages) = from_memory(&little).unwrap();
    assert_eq!(json!(summary.format.encoding), "utf-16le");
    let parts: Vec<(u64, &str)> = messages.iter().map(|m| (m.line, m.text.as_ref())).collect();
    assert_eq!(parts, [(1, "Hadir 👍\nsemua"), (3, "ya")]);
    let bytes = |n: usize| {
        let range = messages[n].bytes.clone();
        let part = &little[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
        let units: Vec<u16> = part.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    assert_eq!(bytes(0), "30/12/23 20.15 - Retno: Hadir 👍\r\nsemua");
    assert_eq!(bytes(1), "30/12/23 20.16 - Eko: ya");
    assert_eq!(through_a_window(&little, 3).unwrap(), (summary, messages));
}

#[test]
fn broken_bytes_are_shown_and_said() {
    let (summary, messages) = from_memory(b"30/12/23 20.15 - Retno: caf\xE9\n").unwrap();
    assert_eq!(messages[0].text, "caf\u{FFFD}");
    assert_eq!(json!(summary.warnings), json!(["invalid-bytes"]));
}

#[test]
fn a_message_longer_than_memory_comes_in_pieces() {
    let line = "x".repeat(900_000);
    let text = format!("30/12/23 20.15 - Retno: a\n{}30/12/23 20.16 - Eko: b\n", format!("{line}\n").repeat(6));
    let (summary, messages) = from_memory(text.as_bytes()).unwrap();
    let kinds: Vec<(&str, &str)> =
        messages.iter().map(|m| (m.kind.id(), m.author.as_ref().unwrap().name.as_str())).collect();
    assert_eq!(kinds, [("text", "Retno"), ("unknown", "Retno"), ("text", "Eko")]);
    assert_eq!(json!(summary.warnings), json!(["overlong-message"]));
    covers(text.as_bytes(), &summary, &messages).unwrap();
    assert_eq!(through_a_window(text.as_bytes(), 1 << 16).unwrap(), (summary, messages));
}

#[test]
fn somebody_may_decide_the_order() {
    let text = b"01/02/24 08.00 - Retno: Apel\n05/02/24 09.15 - Eko: Rapat\n";
    let read = |order| {
        let export = Export::new(text);
        let chat = export.read(&Options { order: Some(order) }).map_err(|error| error.to_string())?;
        assert!(chat.summary.warnings.is_empty() && chat.messages[0].sent_if_other.is_none());
        Ok::<_, String>(format!("{} {:?}", chat.messages[0].sent, chat.summary.format.date_order_basis))
    };
    assert_eq!(read(DateOrder::MonthFirst).unwrap(), "2024-01-02T08:00 Given");
    assert_eq!(read(DateOrder::DayFirst).unwrap(), "2024-02-01T08:00 Given");
    assert_eq!(read(DateOrder::YearFirst).unwrap(), "2001-02-24T08:00 Given");
    let export = Export::new(b"30/12/23 08.00 - Retno: Apel\n31/12/2023 08.00 - x\n");
    let refused = export.read(&Options { order: Some(DateOrder::MonthFirst) }).unwrap_err().to_string();
    assert!(refused.contains("urutan tanggal mdy tidak mungkin") && refused.contains("1 tanggal"), "{refused}");
    let export = Export::new(b"2023-12-30, 08:00 - Retno: Apel\n");
    let refused = export.read(&Options { order: Some(DateOrder::DayFirst) }).unwrap_err().to_string();
    assert!(refused.contains("urutan tanggal dmy tidak mungkin"), "{refused}");
}

#[test]
fn what_is_no_chat_is_refused_with_what_to_do() {
    for bytes in
        [&b""[..], b"\n\n", b"Daftar hadir\n1. Retno\n", b"\xFF\xFE", b"\x89PNG\r\n", b"32/13/23 20.15 - Retno: ?"]
    {
        let refused = from_memory(bytes).unwrap_err().to_string();
        assert!(refused.contains("ekspor lagi dari WhatsApp"), "{refused}");
        assert!(through_a_window(bytes, 4).is_err());
    }
}

// --- archives -----------------------------------------------------------------------------------

/// An archive of these files; `link` makes one of them a link.
fn archive(files: &[(&str, &[u8])], link: Option<&str>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    if let Some(name) = link {
        zip.add_symlink(name, "/etc/passwd", options).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const CHAT: &[u8] = "30/12/23 20.15 - Retno: \u{200E}IMG-20231230-WA0001.jpg (file terlampir)\n".as_bytes();

#[test]
fn the_chat_is_found_among_other_texts() {
    let other = b"28/12/23 20.15 - Eko: ekspor lain\n28/12/23 20.16 - Eko: lebih panjang\n";
    type Files<'f> = &'f [(&'f str, &'f [u8])];
    let table: [(Files<'_>, &str); 4] = [
        (&[("_chat.txt", CHAT), ("IMG-20231230-WA0001.jpg", b"x")], "_chat.txt"),
        (&[("catatan.txt", other), ("WhatsApp Chat with A.txt", CHAT)], "WhatsApp Chat with A.txt"),
        (&[("catatan.txt", b"bukan"), ("lain.TXT", CHAT)], "lain.TXT"),
        (&[("map/_chat.txt", CHAT), ("map/IMG-20231230-WA0001.jpg", b"x")], "map/_chat.txt"),
    ];
    for (files, expected) in table {
        let bytes = archive(files, None);
        let (map, _) = from_archive(&bytes);
        assert_eq!(map["chat_member"], expected);
        let present = &map["messages"][0]["attachment"]["present"];
        assert_eq!(*present, files.iter().any(|(name, _)| name.ends_with(".jpg")), "{expected}");
    }
}

#[test]
fn what_is_named_and_what_is_there() {
    let bytes = archive(&[("_chat.txt", CHAT), ("lain.jpg", b"x")], None);
    let (map, archive) = from_archive(&bytes);
    assert_eq!(map["warnings"], json!(["attachment-missing", "unreferenced-member"]));
    let names: Vec<&str> = archive.members().iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["_chat.txt", "lain.jpg"]);
    assert_eq!(archive.members()[1].digest, Some(Digest::of(b"x")));
}

#[test]
fn what_leads_elsewhere_is_left_alone() {
    let bomb = vec![b'0'; 8 << 20];
    let files: [(&str, &[u8]); 4] =
        [("_chat.txt", CHAT), ("../../IMG-20231230-WA0001.jpg", b"x"), ("/etc/cron.d/x", b"x"), ("bom.bin", &bomb)];
    let bytes = archive(&files, Some("tautan.jpg"));
    let (map, archive) = from_archive(&bytes);
    assert_eq!(map["warnings"], json!(["attachment-missing", "unsafe-member-skipped"]));
    assert_eq!(archive.skipped(), ["../../IMG-20231230-WA0001.jpg", "/etc/cron.d/x", "bom.bin", "tautan.jpg"]);
    assert_eq!(
        map["messages"][0]["attachment"],
        json!({ "name": "IMG-20231230-WA0001.jpg", "media": "image", "present": false })
    );
}

#[test]
fn a_glance_shows_the_same_messages_and_hands_files_out() {
    let files: [(&str, &[u8]); 5] = [
        ("foto.txt", b"bukan percakapan"),
        ("_chat.txt", CHAT),
        ("IMG-20231230-WA0001.jpg", b"isi foto"),
        ("../IMG-20231230-WA0001.jpg", b"di luar"),
        ("kosong.pdf", b""),
    ];
    let bytes = archive(&files, None);
    let mut archive = Archive::glance(Cursor::new(bytes.as_slice()), &Options::default()).unwrap();
    assert!(archive.members().iter().all(|member| member.digest.is_none()));
    assert_eq!(archive.skipped(), ["../IMG-20231230-WA0001.jpg"]);
    let mut messages = Vec::new();
    let mut keep = |message: Message<'_>| {
        messages.push(serde_json::to_value(&message).unwrap());
        ControlFlow::Continue(())
    };
    archive.read(&mut keep).unwrap();
    let media = json!({ "name": "IMG-20231230-WA0001.jpg", "media": "image", "present": true, "size": 8 });
    assert_eq!(messages[0]["attachment"], media);
    assert_eq!(archive.chat_digest().unwrap(), Digest::of(CHAT));
    let mut content = |place: usize| {
        let mut found = Vec::new();
        let size = archive.read_member(place, |piece| {
            found.extend_from_slice(piece);
            ControlFlow::Continue(())
        });
        size.unwrap().map(|size| (size, found))
    };
    assert_eq!(content(2), Some((8, b"isi foto".to_vec())));
    assert_eq!(content(4), Some((0, Vec::new())));
    assert_eq!(content(3), None, "what leads elsewhere");
    assert_eq!(content(5), None);
}

#[test]
fn archives_that_are_refused() {
    let refusal = |bytes: &[u8]| Archive::open(Cursor::new(bytes), &Options::default()).unwrap_err().to_string();
    assert!(refusal(b"PK\x03\x04 rusak").contains("arsip ZIP tidak terbaca"));
    assert!(refusal(&archive(&[], None)).contains("tidak ada berkas teks"));
    assert!(refusal(&archive(&[("foto.jpg", b"x"), ("a.txt", b"bukan")], None)).contains("tidak ada berkas teks"));
    let nothing = vec![0; 1 << 20];
    let names: Vec<String> = (0..30).map(|n| format!("{n}.bin")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), nothing.as_slice())).collect();
    assert!(refusal(&archive(&many, None)).contains("mengembang lebih dari"));
    let whole = archive(&[("_chat.txt", CHAT)], None);
    for len in 4..whole.len() {
        assert!(Archive::open(Cursor::new(&whole[..len]), &Options::default()).is_err(), "{len}");
    }
}

// --- properties ---------------------------------------------------------------------------------

/// Parts of exports, whole and broken.
const PARTS: [&[u8]; 34] = [
    b"30/12/23 20.15 - ",
    b"1/2/24, 8:15\xE2\x80\xAFPM - ",
    b"[30/12/23, 20.15.03] ",
    b"\xE2\x80\x8E[29/12/23, 21.00.10] ",
    b"2023-12-30, 5:46 p.m. - ",
    b"09/12/2012 17:03:48: ",
    b"31/02/24 20.15 - ",
    b"99/99/9999 99:99 - ",
    b"Retno: ",
    b"Posko: Tim Satu: ",
    b"~\xE2\x80\xAFBudi: ",
    b"Anda menambahkan Posko: Tim Satu",
    b"Retno mengubah nama grup dari \"A: b\" menjadi \"C\"",
    b"\xE2\x80\x8E",
    b"\xE2\x80",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\0",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r\n",
    b"\r",
    b": ",
    b"hadir",
    "👍 “ya”".as_bytes(),
    b"IMG-20231230-WA0001.jpg (file terlampir)",
    b"<attached: a.jpg>",
    b"gambar tidak disertakan",
    b"POLL:\nJam?\nOPTION: 8 (1 vote)",
    b" <Pesan ini diedit>",
    b"Pesan ini dihapus oleh admin ",
    b"lokasi: https://maps.google.com/?q=-6.9,107.6",
    b"null",
];

fn parts() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        8 => prop::sample::select(PARTS.to_vec()).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn wide(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_covered(bytes in parts(), most in 1_usize..200) {
        for bytes in [wide(&bytes), bytes] {
            match (from_memory(&bytes), through_a_window(&bytes, most)) {
                (Ok((summary, messages)), Ok(seen)) => {
                    prop_assert_eq!(covers(&bytes, &summary, &messages), Ok(()));
                    prop_assert_eq!(seen, (summary, messages));
                }
                (Err(ChatError::NoMessages), Err(ChatError::NoMessages)) => {}
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }

    #[test]
    fn any_bytes_are_an_archive_or_refused(start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"PK\x05\x06"]), rest: Vec<u8>) {
        let bytes = [start, &rest].concat();
        prop_assert!(Archive::open(Cursor::new(bytes), &Options::default()).is_err());
    }

    #[test]
    fn what_was_written_is_read(style in prop::sample::select(Style::ALL.to_vec()), seed: u64, count in 1_usize..80) {
        let (file, truths) = support::chat(style, seed, |messages, _| messages >= count);
        let (summary, messages) = from_memory(file.as_bytes()).unwrap();
        prop_assert!(summary.warnings.is_empty(), "{:?}", summary.warnings);
        let read: Vec<Truth> = messages.iter().map(|message| Truth {
            line: message.line,
            sent: message.sent.at,
            kind: message.kind.id(),
            author: message.author.as_ref().map(|author| author.name.clone()),
            text: message.text.to_string(),
        }).collect();
        prop_assert_eq!(read, truths, "{}", file);
        prop_assert_eq!(covers(file.as_bytes(), &summary, &messages), Ok(()));
    }
}
