//! Where an office's server is reached.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where bundles for an office are delivered over the network: `https://`, a host, and perhaps a port and a path. Plain
/// `http://` is for this machine itself, and only there: what is sent names persons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[doc(alias = "alamat pengiriman")]
pub struct OfficeAddress(String);

/// How what is sent is kept from others on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressScheme {
    /// Encrypted.
    Https,
    /// Not at all: it does not leave the machine.
    Loopback,
}

/// Why a text is no address of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Neither of the two schemes.
    #[error("an office's address begins with https://, such as https://netra.example.org")]
    Scheme,
    /// Plain HTTP that would leave the machine.
    #[error("http:// is only for this machine (127.0.0.1, [::1], localhost): write https://")]
    Plain,
    /// A part that an address has not, or one too many.
    #[error("an office's address has a host, and perhaps a port and a path; no name, question or slash at its end")]
    Form,
    /// Longer than is read.
    #[error("an office's address has at most {max} characters", max = OfficeAddress::MAX_LEN)]
    Length,
}

impl OfficeAddress {
    /// The longest address, in bytes.
    pub const MAX_LEN: usize = 200;

    /// The address as text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How what is sent there is kept from others.
    pub fn scheme(&self) -> AddressScheme {
        if self.0.starts_with("https://") { AddressScheme::Https } else { AddressScheme::Loopback }
    }

    /// The address of something at this office: `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl fmt::Display for OfficeAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for OfficeAddress {
    type Err = AddressFault;

    fn from_str(text: &str) -> Result<OfficeAddress, AddressFault> {
        if text.len() > OfficeAddress::MAX_LEN {
            return Err(AddressFault::Length);
        }
        let (rest, plain) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (rest, false),
            (None, Some(rest)) => (rest, true),
            (None, None) => return Err(AddressFault::Scheme),
        };
        let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
        let shaped = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/');
        let is_path = path.bytes().all(shaped) && !path.split('/').any(|part| part == "." || part == "..");
        let host = host_of(place).ok_or(AddressFault::Form)?;
        if !is_path || text.ends_with('/') || path.contains("//") {
            return Err(AddressFault::Form);
        }
        if plain && !is_this_machine(host) {
            return Err(AddressFault::Plain);
        }
        Ok(OfficeAddress(text.to_owned()))
    }
}

/// The host of a host with a port; none if one of them is not of its form.
fn host_of(place: &str) -> Option<&str> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']')?;
            let _: std::net::Ipv6Addr = address.parse().ok()?;
            (address, after.strip_prefix(':').or(after.is_empty().then_some("443"))?)
        }
        None => {
            let (host, port) = place.split_once(':').unwrap_or((place, "443"));
            let named = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
            (named && !host.is_empty() && !host.starts_with(['.', '-'])).then_some(())?;
            (host, port)
        }
    };
    let digits = port.bytes().all(|b| b.is_ascii_digit());
    (digits && port.parse::<u16>().is_ok_and(|port| port > 0)).then_some(host)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl TryFrom<String> for OfficeAddress {
    type Error = AddressFault;

    fn try_from(text: String) -> Result<OfficeAddress, AddressFault> {
        text.parse()
    }
}

impl From<OfficeAddress> for String {
    fn from(address: OfficeAddress) -> String {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encrypted_or_does_not_leave_the_machine() {
        for good in [
            "https://netra.example.org",
            "https://netra.example.org:8443/kabupaten-contoh",
            "https://[2001:db8::1]:443",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:9",
            "http://localhost:8080/netra",
        ] {
            let address: OfficeAddress = good.parse().unwrap();
            assert_eq!(address.as_str(), good);
            let plain = good.starts_with("http://");
            assert_eq!(address.scheme() == AddressScheme::Loopback, plain, "{good}");
        }
        let table = [
            ("", AddressFault::Scheme),
            ("netra.example.org", AddressFault::Scheme),
            ("ftp://netra.example.org", AddressFault::Scheme),
            ("http://netra.example.org", AddressFault::Plain),
            ("http://10.0.0.1", AddressFault::Plain),
            ("http://localhost.example.org", AddressFault::Plain),
            ("http://127.0.0.1.example.org", AddressFault::Plain),
            ("https://", AddressFault::Form),
            ("https://netra.example.org/", AddressFault::Form),
            ("https://petugas@netra.example.org", AddressFault::Form),
            ("https://netra.example.org?a=b", AddressFault::Form),
            ("https://netra.example.org/a/../b", AddressFault::Form),
            ("https://netra.example.org/a//b", AddressFault::Form),
            ("https://netra.example.org:0", AddressFault::Form),
            ("https://netra.example.org:99999", AddressFault::Form),
            ("https://netra.example.org:", AddressFault::Form),
            ("https://[::1]x", AddressFault::Form),
            ("https://netra example.org", AddressFault::Form),
        ];
        for (bad, fault) in table {
            assert_eq!(bad.parse::<OfficeAddress>(), Err(fault), "{bad:?}");
        }
        let long = format!("https://{}.org", "a".repeat(OfficeAddress::MAX_LEN));
        assert_eq!(long.parse::<OfficeAddress>(), Err(AddressFault::Length));
    }
}
