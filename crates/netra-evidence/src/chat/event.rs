//! System lines: what the phone tells about the group.

mod pattern;
mod wordings;

use std::sync::LazyLock;

use super::language::Language;
use pattern::{Line, Wording};

/// What a system line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventType {
    /// Messages are encrypted.
    EncryptionNotice,
    /// Somebody made the group.
    GroupCreated,
    /// Somebody was added.
    MemberAdded,
    /// Somebody came in by a link.
    JoinedByLink,
    /// Somebody came in another way.
    MemberJoined,
    /// Somebody left.
    MemberLeft,
    /// Somebody was removed.
    MemberRemoved,
    /// The group has another name.
    SubjectChanged,
    /// The group has another picture.
    IconChanged,
    /// The group has another description.
    DescriptionChanged,
    /// The group has other settings.
    SettingsChanged,
    /// Somebody became an administrator.
    AdminGranted,
    /// Somebody is an administrator no longer.
    AdminRevoked,
    /// A message was pinned.
    MessagePinned,
    /// Somebody has another number.
    NumberChanged,
    /// Somebody has another device, or installed the program again.
    CodeChanged,
    /// Messages vanish after some time, or do so no longer.
    TimerChanged,
    /// A call that nobody took.
    MissedCall,
    /// A call.
    Call,
    /// Somebody was blocked, or is so no longer.
    ContactBlocked,
    /// Words that are not known.
    Unknown,
}

impl EventType {
    /// A stable word for it.
    pub fn id(self) -> &'static str {
        match self {
            EventType::EncryptionNotice => "encryption-notice",
            EventType::GroupCreated => "group-created",
            EventType::MemberAdded => "member-added",
            EventType::JoinedByLink => "joined-by-link",
            EventType::MemberJoined => "member-joined",
            EventType::MemberLeft => "member-left",
            EventType::MemberRemoved => "member-removed",
            EventType::SubjectChanged => "subject-changed",
            EventType::IconChanged => "icon-changed",
            EventType::DescriptionChanged => "description-changed",
            EventType::SettingsChanged => "settings-changed",
            EventType::AdminGranted => "admin-granted",
            EventType::AdminRevoked => "admin-revoked",
            EventType::MessagePinned => "message-pinned",
            EventType::NumberChanged => "number-changed",
            EventType::CodeChanged => "code-changed",
            EventType::TimerChanged => "timer-changed",
            EventType::MissedCall => "missed-call",
            EventType::Call => "call",
            EventType::ContactBlocked => "contact-blocked",
            EventType::Unknown => "unknown",
        }
    }
}

/// A system line, as far as it is understood. Names stand as the phone wrote them, without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "peristiwa grup")]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// Who did it.
    pub actor: Option<String>,
    /// To whom.
    pub target: Option<String>,
    /// The new name or number.
    pub value: Option<String>,
    /// The old name.
    pub old: Option<String>,
}

impl Event {
    /// An event of which nothing more is known.
    pub(crate) fn bare(kind: EventType) -> Event {
        Event { kind, actor: None, target: None, value: None, old: None }
    }

    /// The names in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.actor.iter().chain(&self.target)
    }
}

/// An event that was recognised, and where in the text its own words begin.
pub(crate) struct Recognised {
    pub(crate) event: Event,
    pub(crate) words_at: usize,
    pub(crate) language: Language,
}

static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    let indonesian = wordings::INDONESIAN.iter().map(|(kind, text)| Wording::new(*kind, Language::Indonesian, text));
    let english = wordings::ENGLISH.iter().map(|(kind, text)| Wording::new(*kind, Language::English, text));
    indonesian.chain(english).collect()
});

/// Recognises a system line by its first line; the text has no marks any more.
pub(crate) fn recognise(text: &str) -> Option<Recognised> {
    let indent = text.len() - text.trim_start().len();
    let line = Line::new(text.lines().next().unwrap_or_default().trim());
    WORDINGS.iter().find_map(|wording| {
        let (event, words_at) = wording.matched(&line)?;
        Some(Recognised { event, words_at: words_at + indent, language: wording.language })
    })
}

/// Whether an event's own words stand in a name. Then the name may be the beginning of a system line.
pub(crate) fn has_words(name: &str) -> bool {
    let line = Line::new(name);
    WORDINGS.iter().any(|wording| wording.begins_in(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An event as `type actor>target old=value`, with what is not told left out.
    fn shown(text: &str) -> String {
        let Some(Recognised { event, .. }) = recognise(text) else { return "-".to_owned() };
        let mut line = event.kind.id().to_owned();
        for (sign, part) in [("a", &event.actor), ("b", &event.target), ("o", &event.old), ("v", &event.value)] {
            if let Some(part) = part {
                line += &format!(" {sign}={part}");
            }
        }
        line
    }

    #[test]
    fn wordings_that_were_met() {
        let table = [
            ("Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun …", "encryption-notice"),
            (
                "Messages to this group are now secured with end-to-end encryption. Tap for more info.",
                "encryption-notice",
            ),
            ("Retno membuat grup \"Keluarga: Besar\"", "group-created a=Retno v=Keluarga: Besar"),
            ("Anda membuat grup", "group-created a=Anda"),
            ("Bambang created group “Kantor”", "group-created a=Bambang v=Kantor"),
            ("Anda menambahkan Posko: Tim Satu", "member-added a=Anda b=Posko: Tim Satu"),
            ("Bambang added you", "member-added a=Bambang b=you"),
            ("You were added", "member-added b=You"),
            ("~\u{202F}Budi bergabung menggunakan tautan undangan grup ini", "joined-by-link a=Budi"),
            (
                "+62 812-0000-0417 telah bergabung menggunakan tautan undangan grup ini",
                "joined-by-link a=+62 812-0000-0417",
            ),
            ("Ana joined using this group’s invite link", "joined-by-link a=Ana"),
            ("Tirta keluar", "member-left a=Tirta"),
            ("Ana left", "member-left a=Ana"),
            ("Retno mengeluarkan Eko", "member-removed a=Retno b=Eko"),
            (
                "Retno mengubah nama grup dari \"Tim: A\" menjadi \"B\" menjadi \"C\"",
                "subject-changed a=Retno o=Tim: A v=B\" menjadi \"C",
            ),
            ("Ana changed the subject from “A” to “B”", "subject-changed a=Ana o=A v=B"),
            ("Ana changed this group's icon", "icon-changed a=Ana"),
            ("Ana changed the group description", "description-changed a=Ana"),
            ("Retno sekarang menjadi admin", "admin-granted b=Retno"),
            ("You're now an admin", "admin-granted b=You"),
            ("Retno menyematkan pesan", "message-pinned a=Retno"),
            (
                "Ana changed their phone number to a new number. Tap to message or add the new number.",
                "number-changed a=Ana",
            ),
            ("+62 811 changed to +62 812", "number-changed a=+62 811 v=+62 812"),
            ("Your security code with Ana changed. Tap to learn more.", "code-changed b=Ana"),
            ("Retno mematikan pesan sementara.", "timer-changed a=Retno"),
            ("Panggilan suara tak terjawab", "missed-call"),
            ("Missed video call at 20.15", "missed-call"),
            ("Rapat dimulai", "-"),
            ("keluar", "-"),
            ("Ana left early today", "-"),
            ("", "-"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn the_words_begin_after_the_name() {
        let at = |text: &str| recognise(text).unwrap().words_at;
        assert_eq!(at("Anda menambahkan Posko: Tim Satu"), 4);
        assert_eq!(at("Retno: I added Eko: done"), 8);
        assert_eq!(at("Pesan dan panggilan terenkripsi"), 0);
    }

    #[test]
    fn names_with_words_of_events() {
        assert!(has_words("Anda menambahkan Posko"));
        assert!(has_words("Retno mengubah nama grup dari \"Tim"));
        for name in ["Retno", "Pak Keluarga", "+62 812-0000-0417", ""] {
            assert!(!has_words(name), "{name}");
        }
    }
}
