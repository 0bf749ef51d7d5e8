//! A page of a chat: what is kept while the export is read through, and how it is shown.

use std::ops::ControlFlow;

use jiff::civil::Date;
use netra_docket::act::Exhibit;
use netra_evidence::chat::{
    Attachment, ChatError, Clock, Kind, LocalTime, Media, Message, Platform, Stored, Summary, Warning, chat_name,
};
use netra_evidence::size_text;
use netra_law::time::{Zone, long_date};

use super::asked::Asked;
use super::mask::{Mask, Members};
use super::search::{Needle, Piece, pieces};
use super::source::Export;

/// Messages of a page.
pub(super) const PAGE: u64 = 200;
/// Letters of a message that are shown: the rest is in the file.
const LONGEST: usize = 20_000;

/// What is kept of an export that was read through: all figures, and one page of messages.
pub(super) struct Reading {
    pub(super) summary: Summary,
    pub(super) members: Members,
    pub(super) messages: Vec<Message<'static>>,
    /// Messages in the list of which the page is a part.
    pub(super) listed: u64,
    pub(super) hits: u64,
    /// The chat's own file, and what was left alone, if the exhibit is an archive.
    pub(super) chat_member: Option<String>,
    pub(super) skipped: Vec<String>,
}

impl Reading {
    /// Reads an export through.
    pub(super) fn of(export: &mut Export, asked: &Asked) -> Result<Reading, ChatError> {
        let needle = Needle::new(&asked.find);
        let first = (asked.page - 1).saturating_mul(PAGE);
        let (mut members, mut messages) = (Members::default(), Vec::new());
        let (mut listed, mut hits) = (0, 0);
        let summary = export.read(|message| {
            if let Some(author) = &message.author {
                members.wrote(author);
            }
            let found = needle.as_ref().map(|needle| hits_in(needle, &message));
            if found != Some(0) {
                hits += found.unwrap_or(0);
                if (first..first.saturating_add(PAGE)).contains(&listed) {
                    messages.push(message.into_owned());
                }
                listed += 1;
            }
            ControlFlow::Continue(())
        })?;
        let (chat_member, skipped) = match export {
            Export::Text { .. } => (None, Vec::new()),
            Export::Archive(archive) => (archive.chat().map(|chat| chat.name.clone()), archive.skipped().to_vec()),
        };
        Ok(Reading { summary, members, messages, listed, hits, chat_member, skipped })
    }

    /// Number of pages, at least one.
    pub(super) fn pages(&self) -> u64 {
        self.listed.div_ceil(PAGE).max(1)
    }
}

/// How often a text stands in a message: in its words, and in the names of its files.
fn hits_in(needle: &Needle, message: &Message<'_>) -> u64 {
    let (name, title) = match &message.kind {
        Kind::Attachment(attachment) => (Some(&attachment.name), attachment.title.as_ref()),
        Kind::MediaOmitted(omitted) => (None, omitted.title.as_ref()),
        _ => (None, None),
    };
    let texts = [Some(&message.text), name, title];
    let count: usize = texts.into_iter().flatten().map(|text| needle.hits(text).len()).sum();
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A message as it is shown.
pub(super) struct MessageView {
    pub(super) n: u64,
    /// The day, where it is another one than that of the message before.
    pub(super) day: Option<String>,
    pub(super) time: String,
    /// Nobody for lines of the telephone.
    pub(super) who: Option<String>,
    /// What it is, if it is not only words.
    pub(super) kind: Option<String>,
    pub(super) file: Option<FileView>,
    pub(super) pieces: Vec<Piece>,
    pub(super) notes: Vec<&'static str>,
    /// Where it stands in the whole conversation, if only hits are listed.
    pub(super) context: Option<String>,
}

/// A file that a message brings.
pub(super) struct FileView {
    pub(super) words: String,
    /// Where it can be had, and its size.
    pub(super) link: Option<(String, String)>,
    /// Why it cannot.
    pub(super) missing: &'static str,
}

/// A member in the list of members.
pub(super) struct MemberView {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) messages: u64,
    pub(super) chosen: bool,
}

/// All members.
pub(super) fn members(reading: &Reading, mask: &Mask<'_>) -> Vec<MemberView> {
    let list = reading.members.list().iter().enumerate();
    list.map(|(place, (author, messages))| MemberView {
        number: place + 1,
        name: mask.member(place, author),
        messages: *messages,
        chosen: mask.is_chosen(place + 1),
    })
    .collect()
}

/// The messages of the page; `base` is the address of the exhibit.
pub(super) fn messages(reading: &Reading, asked: &Asked, mask: &Mask<'_>, base: &str) -> Vec<MessageView> {
    let needle = Needle::new(&asked.find);
    let mut day_before: Option<Date> = None;
    let mut view = |message: &Message<'_>| {
        let day = message.sent.at.date();
        let is_new = day_before.replace(day) != Some(day);
        let page = message.n.saturating_sub(1) / PAGE + 1;
        let context = format!("{base}/percakapan?{}#p-{}", asked.address_without_search(page), message.n);
        MessageView {
            n: message.n,
            day: is_new.then(|| day_words(message)),
            time: time_words(message.sent, asked.zone),
            who: message.author.as_deref().map(|author| mask.who(author)).or_else(|| unnamed(&message.kind)),
            kind: kind_words(&message.kind, mask),
            file: match &message.kind {
                Kind::Attachment(attachment) => Some(file_view(attachment, mask, base)),
                _ => None,
            },
            pieces: pieces(&words(message, mask), needle.as_ref()),
            notes: notes(message),
            context: needle.is_some().then_some(context),
        }
    };
    reading.messages.iter().map(&mut view).collect()
}

/// Somebody wrote it, but too many others did for the name to be kept.
fn unnamed(kind: &Kind<'_>) -> Option<String> {
    (!matches!(kind, Kind::System(_))).then(|| "Anggota lain".to_owned())
}

/// What was said, with names as they may be read.
pub(super) fn words(message: &Message<'_>, mask: &Mask<'_>) -> String {
    let shown = match message.text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… (dipotong; unduh berkasnya)", message.text.get(..end).unwrap_or_default()),
        None => message.text.to_string(),
    };
    match &message.kind {
        Kind::System(event) => mask.event(event, &shown),
        _ => mask.text(&shown),
    }
}

pub(super) fn notes(message: &Message<'_>) -> Vec<&'static str> {
    let all = [
        (message.edited, "diedit; isi sebelumnya tidak ada dalam ekspor"),
        (message.runs_backward, "waktunya mundur: mungkin ditempel dari percakapan lain"),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect()
}

fn day_words(message: &Message<'_>) -> String {
    let day = long_date(message.sent.at.date());
    match message.sent_if_other {
        Some(other) => format!("{day}, atau {}", long_date(other.at.date())),
        None => day,
    }
}

/// `20.15.03 WITA`: without a zone where nobody chose one.
pub(super) fn time_words(sent: LocalTime, zone: Option<Zone>) -> String {
    let at = sent.at;
    let seconds = if sent.has_seconds { format!(".{:02}", at.second()) } else { String::new() };
    let zone = zone.map(|zone| format!(" {zone}")).unwrap_or_default();
    format!("{:02}.{:02}{seconds}{zone}", at.hour(), at.minute())
}

/// What a message is, unless it is words or a line of the telephone.
pub(super) fn kind_words(kind: &Kind<'_>, mask: &Mask<'_>) -> Option<String> {
    match kind {
        Kind::Text | Kind::System(_) | Kind::Attachment(_) => None,
        Kind::MediaOmitted(omitted) => {
            let title = omitted.title.as_ref().map(|title| format!(": {}", mask.text(title))).unwrap_or_default();
            Some(format!("{} tidak disertakan dalam ekspor{title}", media_words(omitted.media)))
        }
        Kind::Deleted { by: Some(admin) } => Some(format!("Pesan dihapus oleh admin: {}", mask.name(admin))),
        Kind::Deleted { by: None } => Some("Pesan dihapus".to_owned()),
        Kind::Location { latitude, longitude } => Some(format!("Lokasi: {latitude}, {longitude}")),
        Kind::Empty => Some("Kosong: dilihat sekali, atau tidak dapat diekspor".to_owned()),
        Kind::Unknown => Some("Lanjutan pesan di atas yang terlalu panjang".to_owned()),
        Kind::Poll(_) => Some("Jajak pendapat".to_owned()),
        Kind::LiveLocation => Some("Lokasi terkini dibagikan".to_owned()),
    }
}

fn media_words(media: Media) -> &'static str {
    match media {
        Media::Image => "Foto",
        Media::Video => "Video",
        Media::Audio => "Rekaman suara",
        Media::Sticker => "Stiker",
        Media::Gif => "GIF",
        Media::Contact => "Kartu kontak",
        Media::Document => "Dokumen",
        Media::Unknown => "Media",
    }
}

/// What a file is called: a contact card by nothing but its kind where names are hidden.
pub(super) fn file_words(attachment: &Attachment<'_>, mask: &Mask<'_>) -> String {
    let media = media_words(attachment.media);
    if mask.is_on() && attachment.media == Media::Contact {
        return media.to_owned();
    }
    format!("{media}: {}", mask.text(&attachment.name))
}

fn file_view(attachment: &Attachment<'_>, mask: &Mask<'_>, base: &str) -> FileView {
    let (link, missing) = match attachment.stored {
        Stored::Here { size, place, .. } => (Some((format!("{base}/isi/{place}"), size_text(size))), ""),
        Stored::Absent => (None, "tidak ada dalam arsip"),
        Stored::NotAsked => (None, "ekspor ini hanya teks, tanpa media"),
    };
    FileView { words: file_words(attachment, mask), link, missing }
}

/// A warning as the desk says it: it has buttons where the command line has options.
pub(super) fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::AmbiguousDateOrder => {
            "Urutan tanggal dan bulan tidak terbukti oleh berkas ini. Tentukan dulu di bawah sebelum tanggalnya dipakai; \
             tanyakan setelan wilayah ponsel kepada pemberi berkas."
        }
        other => other.indonesian(),
    }
}

/// Both readings of the first date of the page, where nothing proves the order.
pub(super) fn readings(reading: &Reading) -> Vec<String> {
    let format = &reading.summary.format;
    let first = reading.messages.iter().find_map(|message| Some((message.sent, message.sent_if_other?)));
    let (Some((sent, other)), Some(other_order)) = (first, format.date_order.other()) else { return Vec::new() };
    let both = [(format.date_order, sent), (other_order, other)];
    both.iter().map(|(order, time)| format!("{}: {}", order.indonesian(), long_date(time.at.date()))).collect()
}

/// What is known of the export besides its messages.
pub(super) struct Facts<'a> {
    pub(super) exhibit: &'a Exhibit,
    pub(super) reading: &'a Reading,
    pub(super) mask: &'a Mask<'a>,
    pub(super) zone: Option<Zone>,
}

impl Facts<'_> {
    pub(super) fn list(&self) -> Vec<(&'static str, String)> {
        let (summary, format) = (&self.reading.summary, &self.reading.summary.format);
        let mut list = Vec::new();
        if !self.mask.is_on() {
            let file = self.exhibit.label.open().map(|label| label.file_name.clone());
            let chat = self.reading.chat_member.as_deref().or(file.as_deref()).and_then(chat_name);
            list.extend(chat.map(|name| ("Nama percakapan", name.to_owned())));
        }
        list.push(("Pesan", summary.messages.to_string()));
        list.push(("Anggota yang menulis", self.reading.members.list().len().to_string()));
        let platform = match format.platform {
            Platform::Android => "Android",
            Platform::Ios => "iPhone",
        };
        let clock = match format.clock {
            Clock::Full => "jam 24",
            Clock::Half => "jam 12 dengan AM/PM",
        };
        list.push(("Bentuk ekspor", format!("{platform}, {clock}")));
        let order = format!("{} ({})", format.date_order.indonesian(), format.date_order_basis.indonesian());
        list.push(("Urutan tanggal", order));
        let zone = self.zone.map_or_else(
            || "Tidak tercatat dalam ekspor. Tanyakan kepada pemilik ponsel, lalu pilih di bawah.".to_owned(),
            |zone| format!("{zone}, menurut Anda. Ekspor tidak mencatatnya."),
        );
        list.push(("Zona waktu ponsel", zone));
        list.push(("Sidik (SHA-256)", self.exhibit.sha256.clone()));
        list
    }
}
