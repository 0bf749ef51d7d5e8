//! Where the author ends and the message begins, and who the authors are.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::marks::{self, Cleaner};
use super::message::Author;

/// The longest name of an author in bytes; telephones allow far less.
const MAX_NAME: usize = 512;

/// The most authors that are told apart by name; a group has a few thousand at the most.
const MAX_AUTHORS: usize = 65_536;

/// What stands between header and message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// Where the name ends.
    pub(crate) name: usize,
    /// Where the message begins.
    pub(crate) body: usize,
}

/// Names that hold `": "` themselves, as system lines of the same file tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct LongNames {
    names: BTreeSet<String>,
}

/// What parts a name from what follows.
const COLON: &str = ": ";

impl LongNames {
    /// Takes a name in, if it holds `": "`.
    pub(crate) fn add(&mut self, name: &str) {
        if name.contains(COLON) && name.len() <= MAX_NAME && self.names.len() < MAX_AUTHORS {
            self.names.insert(name.to_owned());
        }
    }

    /// Where the author ends in what follows a header: at the first `": "`, or at the end of a longer name that is known.
    pub(crate) fn split(&self, rest: &[u8]) -> Option<Split> {
        let first = split(rest)?;
        if self.names.is_empty() {
            return Some(first);
        }
        let mut last = first;
        let mut longest = first;
        while let Some(next) = next_colon(rest, last) {
            if self.holds(rest.get(..next.name).unwrap_or_default()) {
                longest = next;
            }
            last = next;
        }
        Some(longest)
    }

    fn holds(&self, raw: &[u8]) -> bool {
        self.names.contains(marks::name(&Cleaner::default().text(raw)).text.as_str())
    }

    /// Whether a text begins with one of them.
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.names.iter().any(|name| text.starts_with(name.as_str()))
    }

    /// Whether a text begins with this name, and the name is one of them.
    pub(crate) fn begins_with(&self, text: &str, name: &str) -> bool {
        text.starts_with(name) && self.names.contains(name)
    }
}

/// Where the author ends in what follows a header, if no longer name is known: at the first `": "`.
#[inline]
pub(crate) fn split(rest: &[u8]) -> Option<Split> {
    next_colon(rest, Split { name: 0, body: 0 })
}

/// The next `": "`, or a colon that closes the line.
fn next_colon(rest: &[u8], last: Split) -> Option<Split> {
    let head = rest.get(..MAX_NAME).unwrap_or(rest);
    let mut from = last.body;
    loop {
        let at = from + memchr::memchr(b':', head.get(from..)?)?;
        match rest.get(at + 1) {
            Some(b' ') => return Some(Split { name: at, body: at + 2 }),
            None => return Some(Split { name: at, body: at + 1 }),
            Some(_) => from = at + 1,
        }
    }
}

/// The authors of a file: each is made once and then shared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Authors {
    /// By the bytes of the file.
    by_bytes: HashMap<Box<[u8]>, usize>,
    by_name: HashMap<(String, bool), usize>,
    all: Vec<Arc<Author>>,
    /// Those who wrote, in the order of their first message.
    listed: Vec<usize>,
    is_listed: Vec<bool>,
    /// More authors than are told apart.
    pub(crate) overflow: bool,
}

impl Authors {
    /// The author of these bytes, if there was one.
    pub(crate) fn known(&self, raw: &[u8]) -> Option<usize> {
        self.by_bytes.get(raw).copied()
    }

    /// The author of bytes that are not known yet; none if there are too many.
    pub(crate) fn make(&mut self, raw: &[u8], cleaner: &mut Cleaner) -> Option<usize> {
        if self.by_bytes.len() >= MAX_AUTHORS {
            self.overflow = true;
            return None;
        }
        let author = Author::new(&cleaner.text(raw));
        let place = *self.by_name.entry((author.name.clone(), author.chosen)).or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push(Arc::new(author));
            self.is_listed.push(false);
        }
        self.by_bytes.insert(raw.into(), place);
        Some(place)
    }

    /// Notes that an author wrote.
    pub(crate) fn wrote(&mut self, place: usize) {
        if let Some(listed) = self.is_listed.get_mut(place)
            && !*listed
        {
            *listed = true;
            self.listed.push(place);
        }
    }

    pub(crate) fn author(&self, place: usize) -> Option<Arc<Author>> {
        self.all.get(place).cloned()
    }

    /// Those who wrote, in the order of their first message.
    pub(crate) fn list(&self) -> Vec<Arc<Author>> {
        self.listed.iter().filter_map(|place| self.author(*place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_end_at_the_first_colon_with_a_space() {
        let mut long = LongNames::default();
        let parts = |long: &LongNames, rest: &str| {
            let split = long.split(rest.as_bytes())?;
            Some((rest[..split.name].to_owned(), rest[split.body..].to_owned()))
        };
        let some = |name: &str, body: &str| Some((name.to_owned(), body.to_owned()));
        assert_eq!(parts(&long, "Posko: Tim Satu: Lapor: aman"), some("Posko", "Tim Satu: Lapor: aman"));
        assert_eq!(parts(&long, "Entinah: "), some("Entinah", ""));
        assert_eq!(parts(&long, "Entinah:"), some("Entinah", ""));
        assert_eq!(parts(&long, "pukul 08:00"), None);
        assert_eq!(parts(&long, &format!("{}: x", "n".repeat(600))), None);
        long.add("Retno");
        long.add("Posko: Tim Satu");
        assert_eq!(parts(&long, "Posko: Tim Satu: Lapor: aman"), some("Posko: Tim Satu", "Lapor: aman"));
        assert_eq!(
            parts(&long, "\u{202A}Posko: Tim\u{A0}Satu\u{202C}: ya"),
            some("\u{202A}Posko: Tim\u{A0}Satu\u{202C}", "ya")
        );
        assert_eq!(parts(&long, "Posko: Tim Dua: ya"), some("Posko", "Tim Dua: ya"));
    }

    #[test]
    fn an_author_is_one_whatever_the_marks() {
        let (mut authors, mut cleaner) = (Authors::default(), Cleaner::default());
        let marked = authors.make("\u{202A}+62\u{A0}812\u{2011}0000\u{2011}0417\u{202C}".as_bytes(), &mut cleaner);
        let plain = authors.make(b"+62 812-0000-0417", &mut cleaner);
        assert_eq!(marked, plain);
        let contact = authors.make(b"Budi", &mut cleaner).unwrap();
        let chosen = authors.make(b"~ Budi", &mut cleaner).unwrap();
        assert_ne!(contact, chosen, "a name that somebody chose is no contact");
        for place in [chosen, contact, chosen] {
            authors.wrote(place);
        }
        let names: Vec<bool> = authors.list().iter().map(|author| author.chosen).collect();
        assert_eq!(names, [true, false]);
    }
}
