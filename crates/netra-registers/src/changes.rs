//! What changed from an earlier list to a later one of the same kind.
//!
//! Entries are one if every cell is the same; else if name, party and constituency are; else if the name stands once in what
//! is left of each list. Somebody whose name was written anew is gone from one list and new in the other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::LinkError;
use crate::input::columns::Field;
use crate::input::tidy::{ListRow, each_row};
use crate::name::Name;

/// What changed. Numbers are those of the later list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Entries that the earlier list does not have.
    pub new: Vec<ListRow>,
    /// Entries that are in both and differ.
    pub changed: Vec<Changed>,
    /// Entries that the later list does not have any more.
    pub vanished: Vec<ListRow>,
}

/// An entry that is in both lists and differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// As it was.
    pub was: ListRow,
    /// As it is.
    pub is: ListRow,
    /// What differs.
    pub fields: Vec<Field>,
}

/// Holds two kept lists against one another.
///
/// # Errors
/// One of them cannot be read.
pub fn changes(earlier: &[u8], later: &[u8]) -> Result<Changes, LinkError> {
    let (earlier, later) = (rows(earlier)?, rows(later)?);
    // A column that only one of the lists has says nothing about an entry.
    let shared: BTreeSet<Field> = fields(&earlier).intersection(&fields(&later)).copied().collect();
    let mut left = Left { earlier, later };
    let mut pairs = left.pair(|row| text_of(row, &shared), Repeated::Allowed);
    pairs.extend(left.pair(place, Repeated::Allowed));
    pairs.extend(left.pair(name, Repeated::LeftOut));
    let mut found = Changes { new: left.later, changed: Vec::new(), vanished: left.earlier };
    for (was, is) in pairs {
        let differs = |field: &Field| plain(was.get(*field)) != plain(is.get(*field));
        let fields: Vec<Field> = shared.iter().copied().filter(differs).collect();
        if !fields.is_empty() {
            found.changed.push(Changed { was, is, fields });
        }
    }
    found.changed.sort_by_key(|changed| changed.is.no);
    Ok(found)
}

fn rows(bytes: &[u8]) -> Result<Vec<ListRow>, LinkError> {
    let mut rows = Vec::new();
    each_row(bytes, |row| rows.push(row))?;
    Ok(rows)
}

/// The fields that a list fills in, without the number that the row has in its file.
fn fields(rows: &[ListRow]) -> BTreeSet<Field> {
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.map(|(field, _)| *field).filter(|field| *field != Field::Id).collect()
}

fn text_of(row: &ListRow, shared: &BTreeSet<Field>) -> String {
    let texts: Vec<String> = shared.iter().map(|field| plain(row.get(*field))).collect();
    texts.join("|")
}

/// The name where it stands: for which party, in which constituency.
fn place(row: &ListRow) -> String {
    format!("{}|{}|{}", name(row), plain(row.get(Field::Party)), plain(row.get(Field::Constituency)))
}

/// The folded words of the name, sorted.
fn name(row: &ListRow) -> String {
    let Some(name) = Name::parse(row.get(Field::Name)) else { return plain(row.get(Field::Name)) };
    let mut words: Vec<String> = name.words().iter().map(ToString::to_string).collect();
    words.sort_unstable();
    words.join(" ")
}

/// A cell without what nobody means by it: capitals and gaps.
fn plain(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// What to do with a key that stands more than once on a side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeated {
    /// The first goes with the first.
    Allowed,
    /// Nothing: nobody can tell who is who.
    LeftOut,
}

/// Entries that were not found in the other list yet, in their order.
struct Left {
    earlier: Vec<ListRow>,
    later: Vec<ListRow>,
}

impl Left {
    /// Takes out the entries that have the same key in both lists.
    fn pair(&mut self, key: impl Fn(&ListRow) -> String, repeated: Repeated) -> Vec<(ListRow, ListRow)> {
        let mut waiting: BTreeMap<String, VecDeque<ListRow>> = BTreeMap::new();
        for row in std::mem::take(&mut self.earlier) {
            waiting.entry(key(&row)).or_default().push_back(row);
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in &self.later {
            *counts.entry(key(row)).or_default() += 1;
        }
        let mut pairs = Vec::new();
        for row in std::mem::take(&mut self.later) {
            let key = key(&row);
            let is_alone = counts.get(&key) == Some(&1);
            let queue = waiting.get_mut(&key);
            let may = |queue: &&mut VecDeque<ListRow>| repeated == Repeated::Allowed || (is_alone && queue.len() == 1);
            match queue.filter(may).and_then(VecDeque::pop_front) {
                Some(was) => pairs.push((was, row)),
                None => self.later.push(row),
            }
        }
        self.earlier.extend(waiting.into_values().flatten());
        self.earlier.sort_by_key(|row| row.no);
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,nama,partai,dapil,wilayah\n";

    fn found(earlier: &str, later: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let list = |rows: &str| format!("{HEAD}{rows}").into_bytes();
        let found = changes(&list(earlier), &list(later)).unwrap();
        let names = |rows: &[ListRow]| rows.iter().map(|row| row.get(Field::Name).to_owned()).collect();
        let changed = |changed: &Changed| {
            let fields: Vec<&str> = changed.fields.iter().map(|field| field.id()).collect();
            format!("{}: {}", changed.is.get(Field::Name), fields.join(" "))
        };
        (names(&found.new), found.changed.iter().map(changed).collect(), names(&found.vanished))
    }

    #[test]
    fn entries_are_followed_from_list_to_list() {
        let earlier =
            "1,Rekaan Satu,A,1,Boyolali\n2,Rekaan Dua,A,1,Boyolali\n3,Rekaan Tiga,B,2,Klaten\n4,Rekaan Empat,B,2,\n";
        let later =
            "1,REKAAN  DUA,A,1,Klaten\n2,Rekaan Satu,A,1,boyolali\n3,Rekaan Tiga,C,1,Klaten\n4,Rekaan Lima,B,2,\n";
        let (new, changed, vanished) = found(earlier, later);
        assert_eq!(new, ["Rekaan Lima"]);
        assert_eq!(changed, ["REKAAN  DUA: wilayah", "Rekaan Tiga: partai dapil"]);
        assert_eq!(vanished, ["Rekaan Empat"]);
        assert_eq!(found(earlier, earlier), (Vec::new(), Vec::new(), Vec::new()));
    }

    #[test]
    fn namesakes_who_moved_are_not_taken_for_one_another() {
        let (new, changed, vanished) =
            found("1,Rekaan Satu,A,1,\n2,Rekaan Satu,B,1,\n", "1,Rekaan Satu,C,1,\n2,Rekaan Satu,D,1,\n");
        assert_eq!((new.len(), changed.len(), vanished.len()), (2, 0, 2));
    }
}
