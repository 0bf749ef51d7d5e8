//! A text cut at the words that led to what was read in it.

use netra_watch::{Record, Span};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The text.
    pub(super) text: String,
    /// What was read out of it; empty for what lies between.
    pub(super) what: &'static str,
}

/// Cuts a text at what a record marks. Places that are none of the text, because a newer program reads the bytes in another
/// way, are left out; of those that overlap the first one counts.
pub(super) fn pieces(text: &str, record: &Record) -> Vec<Piece> {
    let mut marks: Vec<(Span, &'static str)> = Vec::new();
    let days = record.dates.iter().filter(|day| text.get(day.span.0..day.span.1) == Some(day.text.as_str()));
    marks.extend(days.map(|day| (day.span, "tanggal")));
    let acts = record.acts.iter().flat_map(|act| &act.spans);
    marks.extend(acts.map(|span| (*span, "perbuatan")));
    marks.extend(record.stage_spans.iter().map(|span| (*span, "tahap")));
    cut(text, marks)
}

fn cut(text: &str, mut marks: Vec<(Span, &'static str)>) -> Vec<Piece> {
    marks.sort();
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut push = |part: &str, what: &'static str| {
        if !part.is_empty() {
            pieces.push(Piece { text: part.to_owned(), what });
        }
    };
    for ((from, to), what) in marks {
        let (Some(between), Some(marked)) = (text.get(done..from), text.get(from..to)) else { continue };
        push(between, "");
        push(marked, what);
        done = to;
    }
    push(text.get(done..).unwrap_or_default(), "");
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_that_overlap_or_lie_outside_are_left_out() {
        let text = "Camat é berfoto kemarin";
        let marks = vec![
            ((17, 24), "tanggal"),
            ((0, 5), "perbuatan"),
            ((3, 9), "tahap"),
            ((7, 8), "tahap"),
            ((90, 99), "tahap"),
        ];
        let told: Vec<(String, &str)> = cut(text, marks).into_iter().map(|piece| (piece.text, piece.what)).collect();
        let expected = [("Camat", "perbuatan"), (" é berfoto ", ""), ("kemarin", "tanggal")];
        assert_eq!(told, expected.map(|(text, what)| (text.to_owned(), what)));
        assert_eq!(cut("", vec![((0, 0), "tahap")]), []);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-zé \n]{0,40}", spans in proptest::collection::vec((0_usize..50, 0_usize..50), 0..8)) {
            let marks = spans.into_iter().map(|span| (span, "tahap")).collect();
            let joined: String = cut(&text, marks).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
