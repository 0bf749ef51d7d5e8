//! `netra whatsapp`: a chat export as messages, whatever its size, or two exports of one group side by side.

mod compare;
mod source;

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use netra_evidence::chat::{DateOrder, Kind, LocalTime, Message, Options, Summary, chat_name};
use netra_law::time::{Moment, Zone};
use serde::Serialize;

use crate::output::Outcome;
use source::Source;

#[derive(Args)]
pub struct WhatsappArguments {
    /// The export: a text, or the archive with its media, as WhatsApp made it.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// The order of day, month and year, where somebody knows it: dmy, mdy or ymd.
    #[arg(long)]
    date_order: Option<DateOrder>,
    /// The zone of the phone that made the export, if known: Asia/Jakarta, Asia/Makassar or Asia/Jayapura. No export tells.
    #[arg(long)]
    zone: Option<Zone>,
    /// Compare with another member's export of the same group, message by message; status 1 if something differs. The date
    /// order that is given is that of the first.
    #[arg(long, value_name = "OTHER")]
    compare: Option<PathBuf>,
}

/// A message, with its instant where the zone is known.
#[derive(Serialize)]
struct MessageJson<'m> {
    #[serde(flatten)]
    message: &'m Message<'m>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<Moment>,
}

pub fn run(arguments: &WhatsappArguments) -> anyhow::Result<Outcome> {
    let attempt = || format!("reading {} as a chat export", arguments.file.display());
    let mut source = Source::open(&arguments.file, Options { order: arguments.date_order }).with_context(attempt)?;
    let result = match &arguments.compare {
        Some(other) => compare::run(&mut source, other, arguments),
        None if arguments.json => as_json(&mut source, arguments).map(|()| Outcome::Holds),
        None => for_people(&mut source, arguments).map(|()| Outcome::Holds),
    };
    match result {
        // A reader that has gone away has seen enough.
        Err(error) if is_broken_pipe(&error) => Ok(Outcome::Holds),
        result => result.with_context(attempt),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn moment(sent: LocalTime, zone: Option<Zone>) -> Option<Moment> {
    zone.and_then(|zone| Moment::from_wall(sent.at, zone).ok())
}

/// One object; its messages are written while they are read, so that a large export does not fill the memory.
fn as_json(source: &mut Source, arguments: &WhatsappArguments) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(256 << 10, io::stdout().lock());
    out.write_all(b"{\n \"messages\": [")?;
    let (mut first, mut others) = (true, Vec::new());
    let summary = source.read(|message| {
        out.write_all(if first { b"\n  " } else { b",\n  " })?;
        first = false;
        others.extend(message.sent_if_other);
        let sent_at = moment(message.sent, arguments.zone);
        Ok(serde_json::to_writer(&mut out, &MessageJson { message: &message, sent_at }).map_err(io::Error::from)?)
    })?;
    out.write_all(b"\n ]")?;
    for (key, value) in facts(source, &summary, arguments)? {
        write!(out, ",\n {}: {}", serde_json::to_string(&key)?, serde_json::to_string(&value)?)?;
    }
    if let Some(other) = summary.format.date_order.other().filter(|_| summary.format.is_ambiguous()) {
        write!(out, ",\n \"sent_if_{other}\": {}", serde_json::to_string(&others)?)?;
    }
    out.write_all(b"\n}\n")?;
    Ok(out.flush()?)
}

/// What is known of the export besides its messages.
fn facts(
    source: &Source,
    summary: &Summary,
    arguments: &WhatsappArguments,
) -> anyhow::Result<serde_json::Map<String, serde_json::Value>> {
    let mut map = match serde_json::to_value(summary.format)? {
        serde_json::Value::Object(map) => map,
        other => serde_json::Map::from_iter([("format".to_owned(), other)]),
    };
    let mut put = |key: &str, value: serde_json::Value| map.insert(key.to_owned(), value);
    put("file", arguments.file.display().to_string().into());
    put("message_count", summary.messages.into());
    put("warnings", serde_json::to_value(&summary.warnings)?);
    put("authors", names(summary).into());
    if !summary.preamble.is_empty() {
        put("preamble_bytes", (summary.preamble.end - summary.preamble.start).into());
    }
    if let Some(zone) = arguments.zone {
        put("zone", zone.iana().into());
    }
    put("sha256", source.digest().to_string().into());
    if let Source::Archive { archive, .. } = source {
        put("skipped", archive.skipped().into());
        if let Some(chat) = archive.chat() {
            put("chat_member", chat.name.as_str().into());
            put("chat_sha256", serde_json::to_value(chat.digest)?);
            if let Some(name) = chat_name(&chat.name) {
                put("chat_name", name.into());
            }
        }
    }
    Ok(map)
}

/// The names of those who wrote, each once, in the order of their first message.
fn names(summary: &Summary) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    summary.authors.iter().map(|author| author.name.as_str()).filter(|name| seen.insert(*name)).collect()
}

fn for_people(source: &mut Source, arguments: &WhatsappArguments) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(256 << 10, io::stdout().lock());
    let mut counts: HashMap<String, u64> = HashMap::new();
    let zone = arguments.zone.map(|zone| format!(" {}", zone.abbreviation())).unwrap_or_default();
    let summary = source.read(|message| {
        if let Some(author) = &message.author {
            match counts.get_mut(&author.name) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(author.name.clone(), 1);
                }
            }
        }
        Ok(writeln!(out, "{}", line(&message, &zone))?)
    })?;
    let format = &summary.format;
    writeln!(out, "\nurutan tanggal  {} ({})", format.date_order, format.date_order_basis.indonesian())?;
    writeln!(out, "jumlah pesan    {}", summary.messages)?;
    for name in names(&summary) {
        writeln!(out, "pengirim        {name}: {} pesan", counts.get(name).unwrap_or(&0))?;
    }
    if arguments.zone.is_none() {
        writeln!(out, "zona waktu      tidak tercatat dalam ekspor; tanyakan pemilik ponsel, lalu tulis --zone")?;
    }
    for warning in &summary.warnings {
        writeln!(out, "peringatan      {}", warning.indonesian())?;
    }
    writeln!(out, "{NO_PROOF}")?;
    Ok(out.flush()?)
}

const NO_PROOF: &str = "Ekspor adalah teks biasa yang dapat diubah siapa pun: hasil bacaan ini menunjukkan isi berkas, bukan \
                        apa yang pernah dikirim. Mintalah ponselnya, ekspor anggota lain, atau medianya dengan nama asli.";

/// A message on as many lines as it has.
fn line(message: &Message<'_>, zone: &str) -> String {
    let time = message.sent.to_string().replace('T', " ");
    let mut text = format!("{:>6}  {time}{zone}  ", message.n);
    match (&message.author, &message.header_author) {
        (Some(author), _) => {
            text += if author.chosen { "~" } else { "" };
            text += &format!("{}: ", author.name);
        }
        (None, _) => text += "* ",
    }
    match &message.kind {
        Kind::Text | Kind::System(_) => {}
        Kind::Attachment(attachment) => text += &format!("[{}] ", attachment.name),
        other => text += &format!("[{}] ", other.indonesian()),
    }
    text += &message.text.replace('\n', "\n        ");
    if message.edited {
        text += " (diedit)";
    }
    if message.runs_backward {
        text += " (waktunya mundur)";
    }
    text.trim_end().to_owned()
}
