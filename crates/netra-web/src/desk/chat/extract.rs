//! Messages copied out of a chat as an exhibit of their own: a plain text that says where it comes from.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel, ExhibitSource, ExtractSource};
use netra_docket::entry::Actor;
use netra_docket::ids::ActId;
use netra_docket::steps::{Offer, StepKind, offer};
use netra_evidence::chat::{ChatError, Kind, Message, Stored, Summary};
use netra_evidence::{Digest, MediaType};
use netra_law::time::{Moment, long_moment, short_date};
use netra_store::{CustodyKind, NewAct, Recording, Touch};

use super::super::custody;
use super::asked::{Asked, Masking};
use super::mask::{Mask, Members};
use super::source::{self, Export, Found};
use super::{may_unmask, view};
use crate::app::App;
use crate::desk::open::open;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::FormData;
use crate::{policy, random};

/// Messages of an extract, those around the chosen ones included.
const MOST: u64 = 2_000;
/// Bytes of words in an extract.
const LONGEST: usize = 4 << 20;
/// Program and version that copied the messages.
const TOOL: &str = concat!("netra ", env!("CARGO_PKG_VERSION"));

/// Which messages are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    first: u64,
    last: u64,
    context: u64,
}

impl Wanted {
    fn read(form: &FormData) -> Result<Wanted, PageError> {
        let number = |field: &str| form.get(field).parse::<u64>().ok();
        let (Some(first), Some(last), Some(context)) = (number("dari"), number("sampai"), number("konteks")) else {
            return Err(bad(
                "Isi nomor pesan pertama, nomor pesan terakhir, dan banyaknya konteks dengan bilangan bulat.",
            ));
        };
        if first == 0 || last < first {
            return Err(bad("Nomor pesan terakhir lebih kecil daripada yang pertama. Tukar keduanya."));
        }
        let wanted = Wanted { first, last, context };
        let (from, to) = wanted.span();
        if to - from >= MOST {
            return Err(bad(&format!(
                "Satu kutipan paling banyak {MOST} pesan, termasuk konteksnya. Buat beberapa kutipan."
            )));
        }
        Ok(wanted)
    }

    /// With the messages around them.
    fn span(self) -> (u64, u64) {
        (self.first.saturating_sub(self.context).max(1), self.last.saturating_add(self.context))
    }
}

fn bad(words: &str) -> PageError {
    PageError::BadRequest(words.to_owned())
}

/// What was copied.
struct Copied {
    summary: Summary,
    members: Members,
    messages: Vec<Message<'static>>,
    /// The chat's own file in an archive: its name and what identifies it.
    member: Option<(String, Digest)>,
    is_too_long: bool,
}

impl Copied {
    fn of(export: &mut Export, wanted: Wanted) -> Result<Copied, ChatError> {
        let (from, to) = wanted.span();
        let (mut members, mut messages) = (Members::default(), Vec::new());
        let mut bytes = 0;
        let summary = export.read(|message| {
            if let Some(author) = &message.author {
                members.wrote(author);
            }
            if (from..=to).contains(&message.n) {
                bytes += message.text.len();
                if bytes <= LONGEST {
                    messages.push(message.into_owned());
                }
            }
            ControlFlow::Continue(())
        })?;
        let member = match export {
            Export::Text { .. } => None,
            Export::Archive(archive) => {
                let digest = archive.chat_digest()?;
                archive.chat().map(|chat| (chat.name.clone(), digest))
            }
        };
        Ok(Copied { summary, members, messages, member, is_too_long: bytes > LONGEST })
    }
}

/// Copies messages out and records the copy as an exhibit.
pub(super) async fn take(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    if !policy::may_take(officer.account.role, opened.relation, StepKind::AddExhibit) {
        return Err(PageError::Forbidden);
    }
    let found = source::found_in(opened, &no)?;
    let matter = &found.opened.docket.matter;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    if form.get("expected") != matter.length.to_string() || offer(matter, StepKind::AddExhibit) != Offer::Ready {
        return Err(PageError::Moved);
    }
    let wanted = Wanted::read(&form)?;
    let asked = Asked::read(&form, may_unmask(&officer, &found));
    let (file, container, options) = (found.file(&app).await?, found.container, asked.options());
    let copied = source::apart(move || {
        let mut export = Export::open(file, container, &options)?;
        Copied::of(&mut export, wanted)
    })
    .await?;
    check(&copied, wanted)?;
    let now = officer.now(&app);
    let text = written(&found, &copied, wanted, &asked, now);
    let exhibit = Exhibit {
        no: matter.next_exhibit(),
        sha256: app.store.put_blob(text.as_bytes()).await?,
        size: u64::try_from(text.len()).unwrap_or(u64::MAX),
        media_type: MediaType::Text.essence().to_owned(),
        label: label(&found, wanted).into(),
        source: Some(provenance(&found, &copied, wanted)),
    };
    let what = Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] });
    let recording = Recording {
        matter: matter.id,
        home: matter.home.clone(),
        expected: matter.length,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
        recorded: now,
        acts: vec![NewAct { id: ActId::new(random::uuid()), at: now, what }],
        receipt: None,
    };
    app.store.record(recording).await?;
    let (source, made) = (found.exhibit.no, matter.next_exhibit());
    let touches = vec![
        Touch::new(source, CustodyKind::Extracted).with_detail(made),
        Touch::new(made, CustodyKind::MadeFrom).with_detail(source),
    ];
    custody::note(&app, &officer, matter.id, touches).await?;
    Ok(Redirect::to(&format!("/meja/perkara/{}#bukti", matter.id)).into_response())
}

fn check(copied: &Copied, wanted: Wanted) -> Result<(), PageError> {
    if copied.summary.format.is_ambiguous() {
        return Err(bad(
            "Urutan tanggal dan bulan belum ditentukan. Kembali, pilih urutannya pada halaman percakapan, lalu buat kutipan.",
        ));
    }
    if wanted.last > copied.summary.messages {
        let count = copied.summary.messages;
        return Err(bad(&format!("Percakapan ini hanya berisi {count} pesan. Periksa nomor pesan terakhir.")));
    }
    if copied.is_too_long {
        return Err(bad(
            "Pesan-pesan itu terlalu panjang untuk satu kutipan. Buat beberapa kutipan yang lebih pendek.",
        ));
    }
    Ok(())
}

fn label(found: &Found, wanted: Wanted) -> ExhibitLabel {
    let Wanted { first, last, context } = wanted;
    let no = found.exhibit.no;
    let around = if context == 0 { String::new() } else { format!(", dengan {context} pesan sebelum dan sesudahnya") };
    ExhibitLabel {
        file_name: format!("kutipan-bukti-{:03}-pesan-{first}-{last}.txt", no.0),
        description: format!("Kutipan percakapan dari bukti nomor {no}: pesan {first} sampai {last}{around}"),
        from: String::new(),
    }
}

fn provenance(found: &Found, copied: &Copied, wanted: Wanted) -> ExhibitSource {
    let format = &copied.summary.format;
    let (from_byte, to_byte) = bytes_of(copied);
    let extract = ExtractSource {
        member_sha256: copied.member.as_ref().map(|(_, digest)| digest.to_string()),
        from_byte,
        to_byte,
        first: wanted.first,
        last: wanted.last,
        context: wanted.context,
        date_order: format.date_order.id().to_owned(),
        date_order_basis: format.date_order_basis.id().to_owned(),
        tool: TOOL.to_owned(),
    };
    ExhibitSource {
        no: found.exhibit.no,
        sha256: found.exhibit.sha256.clone(),
        how: "kutipan percakapan".to_owned(),
        extract: Some(extract),
    }
}

/// Where the copied messages begin and end in the chat's file.
fn bytes_of(copied: &Copied) -> (u64, u64) {
    let start = copied.messages.first().map_or(0, |message| message.bytes.start);
    (start, copied.messages.last().map_or(start, |message| message.bytes.end))
}

/// The extract: first where it comes from and how it was read, then the messages.
fn written(found: &Found, copied: &Copied, wanted: Wanted, asked: &Asked, now: Moment) -> String {
    let mask = Mask::new(&copied.members, asked.masking, &asked.shown);
    let mut text = "KUTIPAN PERCAKAPAN\n\n".to_owned();
    for (word, fact) in facts(found, copied, wanted, asked, now) {
        let _ = writeln!(text, "{word:<20}{fact}");
    }
    text += "\nEkspor percakapan adalah teks biasa yang dapat diubah siapa pun: kutipan ini menunjukkan isi berkas sumber, \
             bukan apa yang pernah dikirim. Tanda > menunjukkan pesan yang dikutip; yang lain konteksnya.\n\n";
    for message in &copied.messages {
        let mark = if (wanted.first..=wanted.last).contains(&message.n) { '>' } else { ' ' };
        let lines = message_text(message, asked, &mask).replace('\n', "\n    ");
        let _ = writeln!(text, "{mark} {lines}");
    }
    text
}

fn facts(found: &Found, copied: &Copied, wanted: Wanted, asked: &Asked, now: Moment) -> Vec<(&'static str, String)> {
    let (format, (start, end)) = (&copied.summary.format, bytes_of(copied));
    let name = found.exhibit.label.open().map(|label| label.file_name.clone()).unwrap_or_default();
    let mut list = vec![
        ("Sumber", format!("bukti nomor {}, {name}", found.exhibit.no)),
        ("SHA-256 sumber", found.exhibit.sha256.clone()),
    ];
    if let Some((name, digest)) = &copied.member {
        list.push(("Berkas percakapan", format!("{name} dalam arsip itu")));
        list.push(("SHA-256 berkas itu", digest.to_string()));
    }
    let messages = copied.summary.messages;
    list.push(("Pesan", format!("{} sampai {} dari {messages}", wanted.first, wanted.last)));
    list.push(("Konteks", format!("{} pesan sebelum dan sesudahnya", wanted.context)));
    list.push(("Bita", format!("{start} sampai {end}")));
    let order = format!("{} ({})", format.date_order.indonesian(), format.date_order_basis.indonesian());
    list.push(("Urutan tanggal", order));
    let zone = asked.zone.map_or_else(
        || "tidak tercatat dalam ekspor, belum ditentukan".to_owned(),
        |zone| format!("{zone}, ditentukan oleh pembuat kutipan; ekspor tidak mencatatnya"),
    );
    list.push(("Zona waktu", zone));
    let names = match asked.masking {
        Masking::Masked => "disamarkan, kecuali yang ditulis dengan namanya",
        Masking::Open => "seperti dalam berkas",
    };
    list.push(("Nama anggota", names.to_owned()));
    list.push(("Dibuat", format!("{}, dengan {TOOL}", long_moment(now))));
    list
}

/// A message on as many lines as it has.
fn message_text(message: &Message<'_>, asked: &Asked, mask: &Mask<'_>) -> String {
    let day = short_date(message.sent.at.date());
    let mut text = format!("#{} {day} {}  ", message.n, view::time_words(message.sent, asked.zone));
    match (&message.author, &message.kind) {
        (Some(author), _) => text += &format!("{}: ", mask.who(author)),
        (None, Kind::System(_)) => text += "* ",
        (None, _) => text += "Anggota lain: ",
    }
    if let Some(kind) = view::kind_words(&message.kind, mask) {
        text += &format!("[{kind}] ");
    }
    if let Kind::Attachment(attachment) = &message.kind {
        let more = match attachment.stored {
            Stored::Here { size, .. } => format!(", {size} bita"),
            Stored::Absent => ", tidak ada dalam arsip".to_owned(),
            Stored::NotAsked => String::new(),
        };
        text += &format!("[{}{more}] ", view::file_words(attachment, mask));
    }
    text += &match &message.kind {
        Kind::System(event) => mask.event(event, &message.text),
        _ => mask.text(&message.text),
    };
    for note in view::notes(message) {
        text += &format!(" ({note})");
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(query: &str) -> Result<Wanted, PageError> {
        Wanted::read(&FormData::parse(query.as_bytes()).unwrap())
    }

    #[test]
    fn which_messages_are_wanted() {
        let found = wanted("dari=2&sampai=4&konteks=3").unwrap();
        assert_eq!((found.first, found.last, found.context, found.span()), (2, 4, 3, (1, 7)));
        for (query, words) in [
            ("", "bilangan bulat"),
            ("dari=1&sampai=dua&konteks=0", "bilangan bulat"),
            ("dari=0&sampai=2&konteks=0", "Tukar"),
            ("dari=3&sampai=2&konteks=0", "Tukar"),
            ("dari=1&sampai=2001&konteks=0", "paling banyak"),
            ("dari=1&sampai=2&konteks=18446744073709551615", "paling banyak"),
        ] {
            let Err(PageError::BadRequest(said)) = wanted(query) else { panic!("{query}") };
            assert!(said.contains(words), "{said}");
        }
        assert!(wanted("dari=1&sampai=2000&konteks=0").is_ok());
    }
}
