//! Header lines, as WARC, HTTP and mail have them.

use std::io::{self, BufRead, Read};

/// The longest header section that is read.
pub(super) const MAX_HEADER: u64 = 64 << 10;

/// Names in small letters, with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// The value of the first header with this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Takes in a line. One that begins with a space continues the last.
    fn add(&mut self, line: &str) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// From text, up to the first empty line; the place behind it comes too.
    pub(super) fn parse(bytes: &[u8]) -> (Headers, usize) {
        let mut headers = Headers::default();
        let mut at = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            at += line.len();
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end_matches(['\r', '\n']);
            if text.is_empty() {
                break;
            }
            headers.add(text);
        }
        (headers, at)
    }
}

/// The lines up to an empty one, from a source; the first of them apart. None at the end of the source.
pub(super) fn section<B: BufRead>(source: &mut B) -> io::Result<Option<(String, Headers)>> {
    let mut left = source.take(MAX_HEADER);
    let mut headers = Headers::default();
    let mut first: Option<String> = None;
    loop {
        let mut line = Vec::new();
        left.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            // The end of the source, or of what may be read.
            return match (first, line.is_empty()) {
                (None, true) => Ok(None),
                _ => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        match (first.is_some(), text.is_empty()) {
            // Empty lines stand between records.
            (false, true) => {}
            (false, false) => first = Some(text.to_owned()),
            (true, true) => return Ok(first.map(|first| (first, headers))),
            (true, false) => headers.add(text),
        }
    }
}

/// A value such as `charset` in `text/html; charset="utf-8"`.
pub(super) fn parameter<'h>(value: &'h str, name: &str) -> Option<&'h str> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_lines() {
        let mut source: &[u8] = b"\r\n\r\nWARC/1.0\r\nA: b\r\n c\r\nkosong\r\nD:e\r\n\r\nisi";
        let (first, headers) = section(&mut source).unwrap().unwrap();
        assert_eq!((first.as_str(), headers.get("a"), headers.get("d")), ("WARC/1.0", Some("b c"), Some("e")));
        assert_eq!(source, b"isi");
        assert!(section(&mut source).is_err());
        assert!(section(&mut &b"\n\n"[..]).unwrap().is_none());
        assert!(section(&mut &[b'a'; 100_000][..]).is_err());
    }

    #[test]
    fn parameters_of_types() {
        let value = "multipart/related; type=\"text/html\"; Boundary=\"--x=y\"";
        assert_eq!(parameter(value, "boundary"), Some("--x=y"));
        assert_eq!(parameter(value, "charset"), None);
    }
}
