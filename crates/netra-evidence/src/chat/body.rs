//! What follows the author: what kind of message it is, and its words.

use std::borrow::Cow;

use super::attachment;
use super::event::{self, Event, EventType};
use super::marks::{self, Cleaner, LEFT_TO_RIGHT};
use super::message::Kind;
use super::omitted::{self, Sign};
use super::poll;

/// What a telephone does with its own lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// It gives them no author.
    NoAuthor,
    /// It gives them an author, and puts a mark before their text.
    Marks,
    /// It gives them an author, and no mark was seen.
    NoMarks,
}

/// A message without its header.
pub(crate) struct Body<'t> {
    pub(crate) kind: Kind<'t>,
    pub(crate) text: Cow<'t, str>,
    pub(crate) edited: bool,
}

impl<'t> Body<'t> {
    fn new(kind: Kind<'t>, text: Cow<'t, str>) -> Body<'t> {
        Body { kind, text, edited: false }
    }
}

const EDITED: [&str; 3] = ["<Pesan ini diedit>", "<Pesan ini telah diedit>", "<This message was edited>"];

/// Reads what somebody wrote, or what the telephone wrote under somebody's name.
pub(crate) fn read<'t>(raw: &'t [u8], habit: Habit, cleaner: &mut Cleaner) -> Body<'t> {
    let marked = raw.starts_with(LEFT_TO_RIGHT);
    let trimmed = marks::trim_marks_end(marks::skip_marks(raw));
    let (words, edited) = without_edit_mark(trimmed);
    let sign = match habit {
        _ if marked => Sign::Marked,
        Habit::Marks => Sign::Missing,
        Habit::NoAuthor | Habit::NoMarks => Sign::NotUsed,
    };
    let mut body = special(words, sign, habit, cleaner).unwrap_or_else(|| {
        let text = cleaner.text(words);
        // A mark before a mention is the mention's.
        let by_phone = habit != Habit::NoAuthor && marked && !text.starts_with('@');
        let kind = if by_phone { Kind::System(event(&text)) } else { Kind::Text };
        Body::new(kind, text)
    });
    body.edited = edited;
    body
}

/// Reads a line that the telephone wrote under no name.
pub(crate) fn system<'t>(raw: &'t [u8], cleaner: &mut Cleaner) -> Body<'t> {
    let text = cleaner.text(marks::trim_marks_end(marks::skip_marks(raw)));
    Body::new(Kind::System(event(&text)), text)
}

fn event(text: &str) -> Event {
    event::recognise(text).map_or(Event::bare(EventType::Unknown), |found| found.event)
}

/// The words without the mark of an edit at their end.
fn without_edit_mark(words: &[u8]) -> (&[u8], bool) {
    if words.last() != Some(&b'>') {
        return (words, false);
    }
    let Some(mut rest) = EDITED.iter().find_map(|mark| words.strip_suffix(mark.as_bytes())) else {
        return (words, false);
    };
    loop {
        let shorter = marks::trim_marks_end(rest).trim_ascii_end();
        if shorter.len() == rest.len() {
            return (rest, true);
        }
        rest = shorter;
    }
}

/// What is no plain text. A placeholder counts only as the whole first line.
fn special<'t>(words: &'t [u8], sign: Sign, habit: Habit, cleaner: &mut Cleaner) -> Option<Body<'t>> {
    if words.trim_ascii().is_empty() || words == b"null" {
        return Some(Body::new(Kind::Empty, Cow::Borrowed("")));
    }
    let (first, rest) = match memchr::memchr(b'\n', words).and_then(|at| words.split_at_checked(at)) {
        Some((first, rest)) => (marks::trim_marks_end(first.trim_ascii_end()), rest.get(1..)),
        None => (words.trim_ascii_end(), None),
    };
    let whole = rest.is_none();
    file(first, rest, cleaner)
        .or_else(|| left_out(first, rest, sign, habit, cleaner))
        .or_else(|| if whole && sign != Sign::Missing { deleted(first, cleaner) } else { None })
        .or_else(|| if poll::may_begin(first) { ballot(words, cleaner) } else { None })
        .or_else(|| place(first, words, rest, cleaner))
}

/// A caption: what stands before the placeholder, and the lines below.
fn caption<'t>(before: Cow<'t, str>, rest: Option<&'t [u8]>, cleaner: &mut Cleaner) -> Cow<'t, str> {
    let below = rest.map(|rest| cleaner.text(rest)).unwrap_or_default();
    match (before.is_empty(), below.is_empty()) {
        (true, _) => below,
        (false, true) => before,
        (false, false) => Cow::Owned(format!("{before}\n{below}")),
    }
}

fn file<'t>(first: &'t [u8], rest: Option<&'t [u8]>, cleaner: &mut Cleaner) -> Option<Body<'t>> {
    if !attachment::may_end(first) {
        return None;
    }
    let (attachment, before) = match cleaner.text(first) {
        Cow::Borrowed(line) => attachment::named(line).map(|(found, before)| (found, Cow::Borrowed(before)))?,
        Cow::Owned(line) => {
            attachment::named(&line).map(|(found, before)| (found.into_owned(), Cow::Owned(before.to_owned())))?
        }
    };
    Some(Body::new(Kind::Attachment(attachment), caption(before, rest, cleaner)))
}

fn left_out<'t>(
    first: &'t [u8],
    rest: Option<&'t [u8]>,
    sign: Sign,
    habit: Habit,
    cleaner: &mut Cleaner,
) -> Option<Body<'t>> {
    if habit == Habit::NoAuthor && first.first() != Some(&b'<') {
        return None;
    }
    let (omitted, before) = omitted::read(first, sign, cleaner)?;
    Some(Body::new(Kind::MediaOmitted(omitted), caption(before, rest, cleaner)))
}

/// A message that was taken back, by its author or by an administrator.
fn deleted<'t>(first: &[u8], cleaner: &mut Cleaner) -> Option<Body<'t>> {
    if !matches!(first.first(), Some(b'P' | b'T' | b'A' | b'Y')) {
        return None;
    }
    let line = cleaner.text(first);
    let line = line.strip_suffix('.').unwrap_or(&line);
    let passive = ["Pesan ini telah dihapus", "Pesan ini dihapus", "This message was deleted"];
    let active = ["Anda telah menghapus pesan ini", "Anda menghapus pesan ini", "You deleted this message"];
    let after = |starts: &[&str]| starts.iter().find_map(|start| line.strip_prefix(start)).map(str::to_owned);
    let by = match (after(&passive), after(&active)) {
        (Some(rest), _) if rest.is_empty() => None,
        (Some(rest), _) => {
            let admin = [" oleh admin ", " by admin "].iter().find_map(|words| rest.strip_prefix(words))?;
            Some(marks::name(admin).text)
        }
        (None, Some(rest)) if rest.is_empty() => None,
        (None, Some(rest)) if matches!(rest.as_str(), " sebagai admin" | " as admin") => {
            line.split(' ').next().map(str::to_owned)
        }
        _ => return None,
    };
    Some(Body::new(Kind::Deleted { by }, Cow::Borrowed("")))
}

fn ballot<'t>(words: &'t [u8], cleaner: &mut Cleaner) -> Option<Body<'t>> {
    let text = cleaner.text(words);
    poll::read(&text).map(|poll| Body::new(Kind::Poll(poll), text))
}

const LIVE: [&str; 3] = ["lokasi terkini dibagikan", "lokasi langsung dibagikan", "live location shared"];

/// A place on the map, or one that is shared for some time.
fn place<'t>(first: &'t [u8], words: &'t [u8], rest: Option<&'t [u8]>, cleaner: &mut Cleaner) -> Option<Body<'t>> {
    if !matches!(first.first(), Some(b'l' | b'L')) {
        return None;
    }
    let line = cleaner.text(first);
    if LIVE.iter().any(|live| live.eq_ignore_ascii_case(&line)) {
        return Some(Body::new(Kind::LiveLocation, caption(Cow::Borrowed(""), rest, cleaner)));
    }
    let (label, address) = line.split_once(": ")?;
    if !["lokasi", "location"].iter().any(|word| word.eq_ignore_ascii_case(label)) {
        return None;
    }
    let (latitude, longitude) = coordinates(address.trim())?;
    Some(Body::new(Kind::Location { latitude, longitude }, cleaner.text(words)))
}

/// The two numbers in `https://maps.google.com/?q=-6.9,107.6`.
fn coordinates(address: &str) -> Option<(f64, f64)> {
    let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, query) = address.split_once("?q=")?;
    if !host.starts_with("maps.google.com") && !host.starts_with("www.google.com/maps") {
        return None;
    }
    let (latitude, longitude) = query.split(['&', ' ']).next()?.split_once(',')?;
    let within = |text: &str, most: f64| text.parse().ok().filter(|degrees: &f64| degrees.abs() <= most);
    Some((within(latitude, 90.0)?, within(longitude, 180.0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body as `kind: text`, with what else is known.
    fn shown(raw: &str, habit: Habit) -> String {
        let body = read(raw.as_bytes(), habit, &mut Cleaner::default());
        let more = match &body.kind {
            Kind::Deleted { by: Some(by) } => format!(" by {by}"),
            Kind::Location { latitude, longitude } => format!(" {latitude} {longitude}"),
            Kind::System(event) => format!(" {}", event.kind.id()),
            _ => String::new(),
        };
        let edited = if body.edited { " edited" } else { "" };
        format!("{}{more}{edited}: {}", body.kind.id(), body.text)
    }

    #[test]
    fn what_android_writes() {
        let table = [
            ("Hadir", "text: Hadir"),
            ("", "empty: "),
            (" ", "empty: "),
            ("null", "empty: "),
            ("null ya", "text: null ya"),
            ("\u{200E}IMG-20231230-WA0001.jpg (file terlampir)\nFoto\nbersama", "attachment: Foto\nbersama"),
            ("<Media tidak disertakan>\r\nPaslon kita", "media-omitted: Paslon kita"),
            ("gambar tidak disertakan", "text: gambar tidak disertakan"),
            ("Rapat jam 10 <Pesan ini diedit>", "text edited: Rapat jam 10"),
            ("Rapat \u{200E}<This message was edited>", "text edited: Rapat"),
            ("IMG-1.jpg (file attached)\nFoto <This message was edited>", "attachment edited: Foto"),
            ("<Pesan ini diedit> kata saya", "text: <Pesan ini diedit> kata saya"),
            ("Pesan ini telah dihapus", "deleted: "),
            ("You deleted this message.", "deleted: "),
            ("Pesan ini dihapus oleh admin Kertaloka", "deleted by Kertaloka: "),
            ("You deleted this message as admin", "deleted by You: "),
            ("Pesan ini telah dihapus?", "text: Pesan ini telah dihapus?"),
            ("Pesan ini telah dihapus\nkok bisa", "text: Pesan ini telah dihapus\nkok bisa"),
            (
                "lokasi: https://maps.google.com/?q=-6.9,107.6",
                "location -6.9 107.6: lokasi: https://maps.google.com/?q=-6.9,107.6",
            ),
            ("lokasi: https://maps.google.com/?q=Aula", "text: lokasi: https://maps.google.com/?q=Aula"),
            ("lokasi: https://maps.google.com/?q=-96.9,107.6", "text: lokasi: https://maps.google.com/?q=-96.9,107.6"),
            ("Lokasi terkini dibagikan", "live-location: "),
            ("\u{200E}Retno menambahkan Eko", "text: Retno menambahkan Eko"),
        ];
        for (raw, expected) in table {
            assert_eq!(shown(raw, Habit::NoAuthor), expected, "{raw:?}");
        }
    }

    #[test]
    fn what_the_other_kind_of_telephone_writes() {
        let table = [
            ("\u{200E}gambar tidak disertakan", "media-omitted: "),
            ("gambar tidak disertakan", "text: gambar tidak disertakan"),
            ("\u{200E}Pesan ini telah dihapus.", "deleted: "),
            ("Pesan ini telah dihapus.", "text: Pesan ini telah dihapus."),
            ("\u{200E}Retno menambahkan Eko", "system member-added: Retno menambahkan Eko"),
            ("Retno menambahkan Eko", "text: Retno menambahkan Eko"),
            ("\u{200E}Sesuatu yang baru", "system unknown: Sesuatu yang baru"),
            ("\u{200E}@Retno hadir?", "text: @Retno hadir?"),
            (
                "\u{200E}POLL:\n\u{200E}Jam?\n\u{200E}OPTION: 8 (\u{200E}1 vote)",
                "poll: POLL:\nJam?\nOPTION: 8 (1 vote)",
            ),
            ("\u{200E}", "empty: "),
        ];
        for (raw, expected) in table {
            assert_eq!(shown(raw, Habit::Marks), expected, "{raw:?}");
        }
        assert_eq!(shown("gambar tidak disertakan", Habit::NoMarks), "media-omitted: ");
        assert_eq!(shown("Pesan ini telah dihapus", Habit::NoMarks), "deleted: ");
    }
}
