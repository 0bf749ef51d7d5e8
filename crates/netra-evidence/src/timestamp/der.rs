//! As much of DER (X.690) as time-stamp tokens need: values with a tag of one byte and a definite length.

/// Reads values one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'d>(&'d [u8]);

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'d> {
    pub tag: u8,
    pub content: &'d [u8],
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag of an explicit or constructed field with this number.
pub(super) const fn field(number: u8) -> u8 {
    0xA0 | number
}

impl<'d> Reader<'d> {
    pub(super) fn new(bytes: &'d [u8]) -> Reader<'d> {
        Reader(bytes)
    }

    /// The next value; none at the end, and where something does not fit.
    pub(super) fn next(&mut self) -> Option<Value<'d>> {
        let (tag, rest) = self.0.split_first()?;
        // Tags of several bytes do not occur here.
        (tag & 0x1F != 0x1F).then_some(())?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7F => (usize::from(*first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x0F))?;
                (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Value { tag: *tag, content })
    }

    /// The content of the next value, which has to have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<&'d [u8]> {
        self.next().filter(|value| value.tag == tag).map(|value| value.content)
    }

    /// The content of the next value if it has this tag; else nothing is read.
    pub(super) fn optional(&mut self, tag: u8) -> Option<&'d [u8]> {
        let mut ahead = *self;
        let content = ahead.expect(tag)?;
        *self = ahead;
        Some(content)
    }

    /// The values inside the next one, which has to have this tag.
    pub(super) fn enter(&mut self, tag: u8) -> Option<Reader<'d>> {
        self.expect(tag).map(Reader)
    }

    /// Whether a sequence begins here that holds a sequence or the number of an object.
    pub(super) fn begins_sequence(mut self) -> bool {
        match self.0 {
            [SEQUENCE, ..] => {
                let inner = self.enter(SEQUENCE).and_then(|mut inner| inner.next());
                inner.is_none_or(|value| matches!(value.tag, SEQUENCE | OBJECT))
            }
            _ => false,
        }
    }
}

/// The number of an object with its dots: `1.2.840.113549`.
pub(super) fn object(content: &[u8]) -> Option<String> {
    let (last, _) = content.split_last()?;
    // The last byte ends a number.
    (last & 0x80 == 0 && content.len() <= 40).then_some(())?;
    let mut numbers: Vec<u64> = Vec::new();
    let mut number: u64 = 0;
    for byte in content {
        number = number.checked_mul(128)?.checked_add(u64::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                // The first two are written as one.
                let first = (number / 40).min(2);
                numbers.push(first);
                number -= first * 40;
            }
            numbers.push(number);
            number = 0;
        }
    }
    Some(numbers.iter().map(u64::to_string).collect::<Vec<_>>().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_lengths() {
        let long = [&[OCTETS, 0x81, 0x80][..], &[7; 128]].concat();
        type Case<'b> = (&'b [u8], Option<(u8, usize)>);
        let table: [Case<'_>; 9] = [
            (&[INTEGER, 1, 5], Some((INTEGER, 1))),
            (&[INTEGER, 0], Some((INTEGER, 0))),
            (&long, Some((OCTETS, 128))),
            (&[INTEGER, 2, 5], None),
            (&[INTEGER], None),
            (&[SEQUENCE, 0x80, 0, 0], None),
            (&[INTEGER, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], None),
            (&[INTEGER, 0x85, 0, 0, 0, 0, 1, 1], None),
            (&[0x1F, 1, 1], None),
        ];
        for (bytes, expected) in table {
            let value = Reader::new(bytes).next().map(|value| (value.tag, value.content.len()));
            assert_eq!(value, expected, "{bytes:02x?}");
        }
    }

    #[test]
    fn numbers_of_objects() {
        let table: [(&[u8], Option<&str>); 5] = [
            (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2], Some("1.2.840.113549.1.7.2")),
            (&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1], Some("2.16.840.1.101.3.4.2.1")),
            (&[0x88, 0x37, 3], Some("2.999.3")),
            (&[0x2A, 0x86], None),
            (&[], None),
        ];
        for (bytes, expected) in table {
            assert_eq!(object(bytes).as_deref(), expected, "{bytes:02x?}");
        }
    }
}
