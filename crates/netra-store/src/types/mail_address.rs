//! Addresses to which mails go.

use std::str::FromStr;

/// An address for mails, as far as its form can be judged: `name@domain` in ASCII without blanks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "alamat surel")]
pub struct MailAddress(String);

impl MailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Tulis satu alamat surel, misalnya nama@contoh.go.id.")]
pub struct BadMailAddress;

impl FromStr for MailAddress {
    type Err = BadMailAddress;

    fn from_str(text: &str) -> Result<MailAddress, BadMailAddress> {
        let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b',' | b';' | b':' | b'\\');
        let (name, domain) = text.split_once('@').ok_or(BadMailAddress)?;
        let label = |part: &str| {
            !part.is_empty() && !part.starts_with('-') && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let dots = |part: &str| part.split('.').all(|piece| !piece.is_empty());
        let sound = text.len() <= 254
            && text.bytes().all(plain)
            && !name.is_empty()
            && name.len() <= 64
            && dots(name)
            && domain.contains('.')
            && domain.split('.').all(label);
        if sound { Ok(MailAddress(text.to_owned())) } else { Err(BadMailAddress) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_have_a_name_and_a_domain() {
        for good in ["nama@contoh.go.id", "a.b+c@x-y.example", "o'nama_1@a.b"] {
            assert_eq!(good.parse::<MailAddress>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            "nama",
            "nama@contoh",
            "@contoh.id",
            "nama@",
            "na ma@contoh.id",
            "a@b@contoh.id",
            "a..b@contoh.id",
            "a@.contoh.id",
            "a@contoh..id",
            "a@-contoh.id",
            "<a@contoh.id>",
            "a@contoh.id,b@contoh.id",
            "a@contoh.id\r\nBcc: b@contoh.id",
            "nämä@contoh.id",
        ] {
            assert_eq!(bad.parse::<MailAddress>(), Err(BadMailAddress), "{bad:?}");
        }
        assert!(format!("{}@contoh.id", "a".repeat(65)).parse::<MailAddress>().is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_judged_and_none_that_passes_can_break_a_header(text in ".{0,60}") {
            if let Ok(address) = text.parse::<MailAddress>() {
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
                prop_assert_eq!(address.as_str().matches('@').count(), 1);
            }
        }
    }
}
