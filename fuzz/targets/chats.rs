//! Chat exports: any bytes are read in one way from memory and through a window, no byte is lost, and archives are opened or
//! refused.
#![no_main]

use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use netra_evidence::chat::{Archive, Export, Message, Options, Outline, Summary, compare, read_stream};

/// A source that gives a few bytes at a time.
struct Slow<'b>(Cursor<&'b [u8]>);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let most = buffer.len().min(7);
        self.0.read(&mut buffer[..most])
    }
}

impl Seek for Slow<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.seek(to)
    }
}

fuzz_target!(|bytes: &[u8]| {
    as_text(bytes);
    as_archive(bytes);
});

fn as_text(bytes: &[u8]) {
    let mut windowed = Vec::new();
    let streamed = read_stream(Slow(Cursor::new(bytes)), &Options::default(), |message| {
        windowed.push(message.into_owned());
        ControlFlow::Continue(())
    });
    let export = Export::new(bytes);
    match (export.read(&Options::default()), streamed) {
        (Ok(chat), Ok(summary)) => {
            assert_eq!(chat.summary, summary);
            assert!(chat.messages == windowed, "memory and window differ");
            covers(bytes, &summary, &windowed);
            let mut outline = Outline::new();
            windowed.iter().for_each(|message| outline.push(message));
            assert!(compare(&outline, &outline).differences.is_empty());
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        (one, other) => panic!("memory: {}, window: {}", one.is_ok(), other.is_ok()),
    }
}

/// The preamble and the messages cover the file, with nothing but one line end between them.
fn covers(bytes: &[u8], summary: &Summary, messages: &[Message<'_>]) {
    let is_wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let mark = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => usize::from(is_wide) * 2,
    };
    let place = |at: u64| usize::try_from(at).expect("files of this machine");
    assert_eq!(place(summary.preamble.start), mark);
    let mut at = place(summary.preamble.end);
    let ends = messages.iter().map(|message| (place(message.bytes.start), place(message.bytes.end)));
    for (start, end) in ends.chain([(bytes.len(), bytes.len())]) {
        assert!(at <= start && start <= end, "{start} to {end} lies before {at}");
        let gap: Vec<u8> = bytes[at..start].iter().copied().filter(|byte| !is_wide || *byte != 0).collect();
        assert!(matches!(gap.as_slice(), b"" | b"\n" | b"\r\n"), "left out before {start}: {}", gap.escape_ascii());
        at = end;
    }
}

fn as_archive(bytes: &[u8]) {
    let options = Options::default();
    // An archive may lie about its sizes: what a glance shows need not be what is there.
    for archive in [Archive::open(Cursor::new(bytes), &options), Archive::glance(Cursor::new(bytes), &options)] {
        let Ok(mut archive) = archive else { continue };
        let first = messages_of(&mut archive);
        assert_eq!(first, messages_of(&mut archive), "read twice, it is the same");
        let places: Vec<usize> = archive.members().iter().map(|member| member.place).collect();
        for place in places {
            let _ = archive.read_member(place, |_| ControlFlow::Continue(()));
        }
    }
}

/// How many messages there are; nothing if the archive breaks off.
fn messages_of(archive: &mut Archive<Cursor<&[u8]>>) -> Option<u64> {
    let mut count = 0;
    let read = archive.read(|_| {
        count += 1;
        ControlFlow::Continue(())
    });
    let told = read.ok()?.messages;
    assert_eq!(told, count);
    Some(count)
}
