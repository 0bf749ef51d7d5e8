//! Archives that a telephone exports: the chat, its media, and what does not fit.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom, Take};
use std::ops::ControlFlow;

use serde::Serialize;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::attachment::Stored;
use super::message::{Kind, Message};
use super::plan::Plan;
use super::read::{Summary, Warning};
use super::stream::survey;
use super::{ChatError, Options};
use crate::entry::{is_plain, is_safe};
use crate::{Digest, Hasher};

/// The most files of an archive.
pub const MAX_MEMBERS: usize = 65_536;

/// To how many times its size a file, and the whole archive, may unpack. Chats come to some ten times, media to once.
pub const MAX_RATIO: u64 = 200;

/// What a file, however small, may unpack to.
const SLACK: u64 = 1 << 20;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its name in the archive.
    pub name: String,
    /// Number of bytes.
    pub size: u64,
    /// What identifies them; none if the archive was only glanced at.
    #[serde(rename = "sha256", skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Its place in the archive, from 0.
    #[serde(skip)]
    pub place: usize,
}

/// How closely the files of an archive are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// They are unpacked and identified.
    Through,
    /// What the archive tells of them is believed until they are read.
    AtNames,
}

/// An export as an archive. Nothing is unpacked to anywhere: files are looked through and identified.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    contents: Contents,
    /// The chat, by its place in the archive and among the members.
    chat: (usize, usize),
    plan: Plan,
}

/// What an archive holds.
#[derive(Debug, Default)]
struct Contents {
    members: Vec<Member>,
    skipped: Vec<String>,
}

impl<R: Read + Seek> Archive<R> {
    /// Looks all files through, and finds the chat among them.
    ///
    /// # Errors
    /// It is no whole archive, goes beyond the limits, or holds no chat.
    pub fn open(source: R, options: &Options) -> Result<Archive<R>, ChatError> {
        Archive::looked_at(source, options, Look::Through)
    }

    /// Finds the chat without unpacking the other files, so that a large archive is soon shown. Sizes are those that the
    /// archive tells, and nothing is identified: [`Archive::open`] is for who judges.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn glance(source: R, options: &Options) -> Result<Archive<R>, ChatError> {
        Archive::looked_at(source, options, Look::AtNames)
    }

    fn looked_at(mut source: R, options: &Options, look: Look) -> Result<Archive<R>, ChatError> {
        let size = source.seek(SeekFrom::End(0)).map_err(ChatError::Read)?;
        source.rewind().map_err(ChatError::Read)?;
        let mut zip = ZipArchive::new(source).map_err(ChatError::Archive)?;
        if zip.len() > MAX_MEMBERS {
            return Err(ChatError::TooManyMembers { count: zip.len(), limit: MAX_MEMBERS });
        }
        let contents = Contents::of(&mut zip, size.saturating_mul(MAX_RATIO).saturating_add(SLACK), look)?;
        let (chat, plan) = find_chat(&mut zip, &contents, options)?;
        Ok(Archive { zip, contents, chat, plan })
    }

    /// How the chat is to be read.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The files, the chat among them.
    pub fn members(&self) -> &[Member] {
        &self.contents.members
    }

    /// Names of what was left alone, because it leads elsewhere, is a link or unpacks to far too much.
    pub fn skipped(&self) -> &[String] {
        &self.contents.skipped
    }

    /// The chat's own file.
    pub fn chat(&self) -> Option<&Member> {
        self.contents.members.get(self.chat.1)
    }

    /// Identifies the chat's own file, also after a glance.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn chat_digest(&mut self) -> Result<Digest, ChatError> {
        let size = self.chat().map_or(0, |chat| chat.size);
        digest(unpacked(&mut self.zip, self.chat.0, size)?).map(|(_, digest)| digest)
    }

    /// Hands the bytes of the member at a place over, piece by piece, until it is told to stop; gives their number.
    /// Nothing if there is no member: also what was left alone is none.
    ///
    /// # Errors
    /// The archive cannot be read, or the file is longer than the archive tells.
    pub fn read_member(
        &mut self,
        place: usize,
        mut each: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<Option<u64>, ChatError> {
        let Some(size) = self.contents.members.iter().find(|m| m.place == place).map(|m| m.size) else {
            return Ok(None);
        };
        let mut file = unpacked(&mut self.zip, place, size)?;
        let (mut buffer, mut done) = (vec![0; 256 << 10], 0);
        loop {
            let read = read_some(&mut file, &mut buffer)?;
            done += u64::try_from(read).unwrap_or(0);
            if done > size {
                return Err(ChatError::TooLarge { limit: size });
            }
            let piece = buffer.get(..read).unwrap_or_default();
            if piece.is_empty() || each(piece).is_break() {
                return Ok(Some(done));
            }
        }
    }

    /// Hands the messages over, one after the other, until it is told to stop. Attachments say whether the archive has them.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn read(&mut self, mut each: impl FnMut(Message<'_>) -> ControlFlow<()>) -> Result<Summary, ChatError> {
        let mut links = Links::new(&self.contents.members);
        if let Some(named) = links.is_named.get_mut(self.chat.1) {
            *named = true;
        }
        let size = self.contents.members.get(self.chat.1).map_or(0, |chat| chat.size);
        let file = unpacked(&mut self.zip, self.chat.0, size)?;
        let mut summary = self.plan.read(file, |mut message| {
            links.link(&mut message);
            each(message)
        })?;
        let more = [
            (links.is_missing, Warning::AttachmentMissing),
            (links.is_named.contains(&false), Warning::UnreferencedMember),
            (!self.contents.skipped.is_empty(), Warning::UnsafeMemberSkipped),
        ];
        summary.warnings.extend(more.into_iter().filter(|(is, _)| *is).map(|(_, warning)| warning));
        Ok(summary)
    }
}

impl Contents {
    fn of<R: Read + Seek>(zip: &mut ZipArchive<R>, limit: u64, look: Look) -> Result<Contents, ChatError> {
        let mut contents = Contents::default();
        let mut left = limit;
        for place in 0..zip.len() {
            let entry = zip.by_index_data(place).map_err(ChatError::Archive)?;
            let name = name(entry.name_raw(), || Ok(entry.name()?.into_owned()))?;
            if !is_safe(&name) || !is_plain(entry.unix_mode()) {
                contents.skipped.push(name);
                continue;
            }
            if entry.is_dir() {
                continue;
            }
            let most = entry.compressed_size().saturating_mul(MAX_RATIO).saturating_add(SLACK);
            let (told, enough) = (entry.size(), most.min(left).saturating_add(1));
            let (size, digest) = match look {
                Look::AtNames => (told.min(enough), None),
                Look::Through => {
                    let file = zip.by_index(place).map_err(ChatError::Archive)?;
                    let (size, digest) = digest(file.take(enough))?;
                    (size, Some(digest))
                }
            };
            left = left.checked_sub(size).ok_or(ChatError::TooLarge { limit })?;
            if size > most {
                contents.skipped.push(name);
            } else {
                contents.members.push(Member { name, size, digest, place });
            }
        }
        Ok(contents)
    }
}

/// Names are UTF-8 in practice; some programs forget to say so.
fn name(raw: &[u8], other: impl FnOnce() -> Result<String, ZipError>) -> Result<String, ChatError> {
    match std::str::from_utf8(raw) {
        Ok(name) => Ok(name.to_owned()),
        Err(_) => other().map_err(ChatError::Archive),
    }
}

/// The file at a place. If it is longer than the archive tells, it ends one byte too late.
fn unpacked<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    place: usize,
    size: u64,
) -> Result<Take<ZipFile<'_, R>>, ChatError> {
    let file = zip.by_index(place).map_err(ChatError::Archive)?;
    // Its sum is compared only by who reads up to the end.
    Ok(file.take(size.saturating_add(1)))
}

fn digest(mut file: impl Read) -> Result<(u64, Digest), ChatError> {
    let (mut hasher, mut size) = (Hasher::new(), 0);
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = read_some(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok((size, hasher.finish()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        size += u64::try_from(read).unwrap_or(0);
    }
}

fn read_some(file: &mut impl Read, buffer: &mut [u8]) -> Result<usize, ChatError> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result.map_err(|error| ChatError::Archive(ZipError::Io(error))),
        }
    }
}

/// The text that parses as a chat; those named as telephones name them come first.
fn find_chat<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    contents: &Contents,
    options: &Options,
) -> Result<((usize, usize), Plan), ChatError> {
    let mut texts: Vec<(usize, &Member)> = contents
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| base_name(&member.name).to_ascii_lowercase().ends_with(".txt"))
        .collect();
    texts.sort_by_key(|(_, member)| {
        let name = base_name(&member.name);
        (name != "_chat.txt", chat_name(name).is_none())
    });
    for (at, member) in texts {
        let file = unpacked(zip, member.place, member.size)?;
        match survey(file, options) {
            Ok(plan) => return Ok(((member.place, at), plan)),
            Err(ChatError::NoMessages) => {}
            Err(error) => return Err(error),
        }
    }
    Err(ChatError::NoChat)
}

fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The chat's name, where the name of an exported file tells it.
pub fn chat_name(file_name: &str) -> Option<&str> {
    let base = base_name(file_name);
    let stem = [".txt", ".zip"].iter().find_map(|ending| base.strip_suffix(ending))?;
    let starts = ["Chat WhatsApp dengan ", "WhatsApp Chat with ", "WhatsApp Chat - ", "Chat WhatsApp - "];
    let name = starts.iter().find_map(|start| stem.strip_prefix(start))?.trim();
    (!name.is_empty()).then_some(name)
}

/// Which attachments are there, and which files are named.
struct Links<'m> {
    members: &'m [Member],
    by_name: HashMap<&'m str, usize>,
    is_named: Vec<bool>,
    is_missing: bool,
}

impl<'m> Links<'m> {
    fn new(members: &'m [Member]) -> Links<'m> {
        let mut by_name = HashMap::new();
        for (place, member) in members.iter().enumerate() {
            by_name.entry(base_name(&member.name)).or_insert(place);
        }
        for (place, member) in members.iter().enumerate() {
            by_name.insert(member.name.as_str(), place);
        }
        Links { members, by_name, is_named: vec![false; members.len()], is_missing: false }
    }

    fn link(&mut self, message: &mut Message<'_>) {
        let Kind::Attachment(attachment) = &mut message.kind else { return };
        let place = self.by_name.get(attachment.name.as_ref()).copied();
        let member = place.and_then(|place| self.members.get(place));
        attachment.stored = match member {
            Some(member) => Stored::Here { size: member.size, digest: member.digest, place: member.place },
            None => Stored::Absent,
        };
        self.is_missing |= member.is_none();
        if let Some(named) = place.and_then(|place| self.is_named.get_mut(place)) {
            *named = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chat_is_named_in_its_file() {
        let table = [
            ("Chat WhatsApp dengan Keluarga Besar.txt", Some("Keluarga Besar")),
            ("WhatsApp Chat with Family.txt", Some("Family")),
            ("WhatsApp Chat - Keluarga.zip", Some("Keluarga")),
            ("folder/WhatsApp Chat with A.B.txt", Some("A.B")),
            ("_chat.txt", None),
            ("Chat WhatsApp dengan .txt", None),
            ("catatan.txt", None),
        ];
        for (file, expected) in table {
            assert_eq!(chat_name(file), expected, "{file}");
        }
    }
}
