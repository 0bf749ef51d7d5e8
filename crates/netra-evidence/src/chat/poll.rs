//! Polls, told by their shape: a label in capitals, a question, and options with their votes.

/// A question with its options.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Poll {
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub options: Vec<PollOption>,
}

/// One of the options.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PollOption {
    /// What it says.
    pub text: String,
    /// How many chose it.
    pub votes: u64,
}

/// Whether a first line can be that of a poll.
#[inline]
pub(crate) fn may_begin(line: &[u8]) -> bool {
    line.strip_suffix(b":").is_some_and(is_label)
}

fn is_label(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_uppercase) && text.iter().all(|b| b.is_ascii_uppercase() || *b == b' ')
}

/// Reads a message without marks.
pub(crate) fn read(text: &str) -> Option<Poll> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().filter(|line| may_begin(line.as_bytes()))?;
    let lines: Vec<&str> = lines.collect();
    let first = lines.iter().position(|line| option(line).is_some())?;
    let (question, options) = lines.split_at_checked(first)?;
    let options: Option<Vec<PollOption>> = options.iter().map(|line| option(line)).collect();
    let question = question.join("\n");
    if question.is_empty() {
        return None;
    }
    Some(Poll { question, options: options? })
}

/// `OPSI: 08.00 (3 suara)`.
fn option(line: &str) -> Option<PollOption> {
    let (label, rest) = line.split_once(": ")?;
    let (text, votes) = rest.strip_suffix(')')?.rsplit_once('(')?;
    let (number, _) = votes.trim().split_once(' ')?;
    let votes = number.parse().ok()?;
    is_label(label.as_bytes()).then(|| PollOption { text: text.trim().to_owned(), votes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_in_both_languages() {
        let poll = read("POLLING:\nRapat: jam berapa?\nOPSI: 08.00 (pagi) (3 suara)\nOPSI: 10.00 (0 suara)\n").unwrap();
        assert_eq!(poll.question, "Rapat: jam berapa?");
        let options: Vec<(&str, u64)> = poll.options.iter().map(|o| (o.text.as_str(), o.votes)).collect();
        assert_eq!(options, [("08.00 (pagi)", 3), ("10.00", 0)]);
        assert_eq!(read("POLL:\nWhen?\nOPTION: 8 (1 vote)").unwrap().options.len(), 1);
    }

    #[test]
    fn what_is_no_poll() {
        for text in [
            "",
            "POLL:",
            "POLL:\nJam?",
            "POLL:\nOPTION: 8 (1 vote)",
            "Poll:\nJam?\nOPTION: 8 (1 vote)",
            "POLL itu penting: isi ya",
            "POLL:\nJam?\nOPTION: 8 (1 vote)\nIsi ya",
            "POLL:\nJam?\nOPTION: 8 (banyak)",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
