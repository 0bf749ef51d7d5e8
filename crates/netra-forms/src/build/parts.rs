//! Small parts that all sheets are made of: blocks, and words for what is there and what is not.

use jiff::civil::Date;
use netra_docket::private::Private;
use netra_law::clock::Deadline;
use netra_law::explain;
use netra_law::time::{Moment, long_date, long_moment};

use crate::sheet::Block;

/// What stands in the place of a sealed value.
pub const SECRET: &str = "(dirahasiakan)";

/// What stands where nothing was said.
pub(crate) const NOTHING: &str = "–";

/// A field that the docket does not know: a line to be filled in by hand.
pub(crate) const BY_HAND: &str = "";

pub(crate) fn heading(words: &str) -> Block {
    Block::Heading(words.to_owned())
}

pub(crate) fn text(words: impl Into<String>) -> Block {
    Block::Text(words.into())
}

/// Fixed wording of a form.
pub(crate) fn prose(words: impl Into<String>) -> Block {
    Block::Prose(words.into())
}

pub(crate) fn fields<'w>(items: impl IntoIterator<Item = (&'w str, String)>) -> Block {
    Block::Fields(items.into_iter().map(|(label, content)| (label.to_owned(), content)).collect())
}

pub(crate) fn table<const N: usize>(head: [&str; N], rows: Vec<[String; N]>) -> Block {
    Block::Table {
        head: head.into_iter().map(str::to_owned).collect(),
        rows: rows.into_iter().map(Vec::from).collect(),
    }
}

/// A numbered list, or that there is nothing in it.
pub(crate) fn numbered(items: Vec<String>) -> Block {
    if items.is_empty() { text(NOTHING) } else { Block::List { ordered: true, items } }
}

/// A list, or that there is nothing in it.
pub(crate) fn bullets(items: Vec<String>) -> Block {
    if items.is_empty() { text(NOTHING) } else { Block::List { ordered: false, items } }
}

/// A text as it was given, or that nothing was.
pub(crate) fn given(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() { NOTHING.to_owned() } else { words.to_owned() }
}

/// A private text, or that it is secret.
pub(crate) fn opened(words: &Private<String>) -> String {
    words.open().map_or_else(|| SECRET.to_owned(), |w| given(w))
}

/// A private text that may not be there.
pub(crate) fn maybe(words: Option<&Private<String>>) -> String {
    words.map_or_else(|| NOTHING.to_owned(), opened)
}

/// A text, or a line for it.
pub(crate) fn or_blank(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() { BY_HAND.to_owned() } else { words.to_owned() }
}

/// A day, or that none was given.
pub(crate) fn day(date: Option<Date>) -> String {
    date.map_or_else(|| NOTHING.to_owned(), long_date)
}

/// A moment, or a line for it.
pub(crate) fn moment_or_blank(moment: Option<Moment>) -> String {
    moment.map_or_else(|| BY_HAND.to_owned(), long_moment)
}

/// `17.10 WITA`.
pub(crate) fn time_of_day(moment: Moment) -> String {
    let wall = moment.wall();
    format!("{:02}.{:02} {}", wall.hour(), wall.minute(), moment.zone())
}

/// `1.234.567 bita`.
pub(crate) fn size(bytes: u64) -> String {
    let digits = bytes.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{grouped} bita")
}

/// A deadline: its last moment, how it is counted, and by which article.
pub(crate) fn deadline(label: &str, due: &Deadline<'_>) -> Block {
    let mut items = vec![
        (label.to_owned(), long_moment(due.due_at)),
        ("Cara menghitung".to_owned(), explain::sentence(due)),
        ("Dasar waktu".to_owned(), due.rule.basis.cite.clone()),
    ];
    if due.is_in_doubt() {
        items.push(("Bacaan lain".to_owned(), other_readings(due)));
    }
    if !due.warnings.is_empty() {
        items.push(("Perhatian".to_owned(), due.warnings.join(" ")));
    }
    Block::Fields(items)
}

/// The days to which the rule leads when it is read otherwise than it is worked to here.
fn other_readings(due: &Deadline<'_>) -> String {
    let others = due.readings.iter().filter(|r| r.due_date != due.due_date);
    let words = others.map(|r| format!("{}: {}", explain::reading_name(&r.id), long_date(r.due_date)));
    let list: Vec<String> = words.collect();
    format!("Aturannya dapat dibaca lain. {}. Yang dipakai di sini adalah tanggal di atas.", list.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_grouped_in_threes() {
        assert_eq!(size(0), "0 bita");
        assert_eq!(size(999), "999 bita");
        assert_eq!(size(1_000), "1.000 bita");
        assert_eq!(size(12_345_678), "12.345.678 bita");
    }
}
