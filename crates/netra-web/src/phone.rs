//! Telephone numbers as WhatsApp wants them: digits from the country's on.

use std::fmt;
use std::str::FromStr;

/// A number with its country's digits and nothing else. Personal data: never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// A text that is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Tulis nomor ponsel, misalnya 0812 0000 0000 atau +62 812 0000 0000.")]
pub struct BadPhoneNumber;

/// The digits of Indonesia.
const COUNTRY: &str = "62";

impl FromStr for PhoneNumber {
    type Err = BadPhoneNumber;

    /// Reads what people type: blanks, hyphens, dots and brackets anywhere, with or without the country.
    fn from_str(text: &str) -> Result<PhoneNumber, BadPhoneNumber> {
        let typed: String = text.chars().filter(|c| !c.is_whitespace() && !"-.()".contains(*c)).collect();
        let digits = match typed.strip_prefix('+') {
            Some(abroad) => abroad.to_owned(),
            None => match typed.strip_prefix('0') {
                Some(rest) => format!("{COUNTRY}{rest}"),
                None if typed.starts_with('8') => format!("{COUNTRY}{typed}"),
                None => typed,
            },
        };
        let sound = (9..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0')
            && !digits.starts_with("620");
        if sound { Ok(PhoneNumber(digits)) } else { Err(BadPhoneNumber) }
    }
}

/// Keeps numbers out of logs.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

impl PhoneNumber {
    /// The address that opens a conversation with a text in it, on the telephone or in the browser of whoever follows it.
    pub fn whatsapp(&self, text: &str) -> String {
        let query = serde_urlencoded::to_string([("text", text)]).unwrap_or_default();
        // A blank is written in the one way that every program reads.
        format!("https://wa.me/{}?{}", self.0, query.replace('+', "%20"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in
            ["081200000000", "0812-0000-0000", "(0812) 0000.0000", "+62 812 0000 0000", "6281200000000", "81200000000"]
        {
            assert_eq!(text.parse(), Ok(PhoneNumber("6281200000000".to_owned())), "{text}");
        }
        assert_eq!("+60 12 345 6789".parse(), Ok(PhoneNumber("60123456789".to_owned())));
        for bad in ["", "0812", "abc", "+62 0812 0000 0000", "0812x0000000", "+", "1234567890123456", "٠٨١٢٠٠٠٠٠٠٠٠"]
        {
            assert_eq!(bad.parse::<PhoneNumber>(), Err(BadPhoneNumber), "{bad}");
        }
    }

    #[test]
    fn the_text_is_written_for_an_address() {
        let number: PhoneNumber = "081200000000".parse().unwrap();
        assert_eq!(
            number.whatsapp("Ada kabar: a+b & c"),
            "https://wa.me/6281200000000?text=Ada%20kabar%3A%20a%2Bb%20%26%20c"
        );
        assert_eq!(format!("{number:?}"), "PhoneNumber(…)");
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in ".{0,40}") {
            if let Ok(number) = text.parse::<PhoneNumber>() {
                prop_assert!(number.0.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}
