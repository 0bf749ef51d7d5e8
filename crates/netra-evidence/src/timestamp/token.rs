//! Tokens of time-stamping authorities (RFC 3161), alone or in the answer that brought them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::Serialize;

use super::der::{INTEGER, OBJECT, OCTETS, Reader, SEQUENCE, SET, TIME, field, object};
use super::{Algorithm, Hexadecimal, Imprint};
use crate::bytes;

/// What a time-stamping authority says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Whether the authority gave a token.
    pub status: Status,
    /// What it stamped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprint: Option<Imprint>,
    /// When, by the authority's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The number of the policy that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The token's serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<Hexadecimal>,
    /// The authority's name, as far as the token tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

/// Whether an authority gave a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It did.
    Granted,
    /// It answered, without a token.
    Refused,
}

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const TOKEN_CONTENT: &str = "1.2.840.113549.1.9.16.1.4";
const COMMON_NAME: &str = "2.5.4.3";
const ORGANISATION: &str = "2.5.4.10";

/// Reads an answer or a token alone.
pub(super) fn read(bytes: &[u8]) -> Option<Token> {
    let mut outer = Reader::new(bytes).enter(SEQUENCE)?;
    let mut ahead = outer;
    if ahead.next()?.tag == OBJECT {
        return signed(outer);
    }
    // An answer: its status, and the token if there is one.
    let status = outer.enter(SEQUENCE)?.expect(INTEGER)?;
    let is_granted = matches!(status, [0 | 1]);
    match outer.enter(SEQUENCE) {
        Some(token) if is_granted => signed(token),
        None if !is_granted && status.len() == 1 => Some(Token {
            status: Status::Refused,
            imprint: None,
            time: None,
            policy: None,
            serial: None,
            authority: None,
        }),
        _ => None,
    }
}

/// The signed envelope; its content is a string of bytes that holds what was stamped.
fn signed(mut envelope: Reader<'_>) -> Option<Token> {
    (object(envelope.expect(OBJECT)?)? == SIGNED_DATA).then_some(())?;
    let mut data = envelope.enter(field(0))?.enter(SEQUENCE)?;
    data.expect(INTEGER)?;
    data.expect(SET)?;
    let mut content = data.enter(SEQUENCE)?;
    (object(content.expect(OBJECT)?)? == TOKEN_CONTENT).then_some(())?;
    let octets = content.enter(field(0))?.expect(OCTETS)?;
    stamped(Reader::new(octets).enter(SEQUENCE)?)
}

fn stamped(mut info: Reader<'_>) -> Option<Token> {
    info.expect(INTEGER)?;
    let policy = object(info.expect(OBJECT)?)?;
    let mut imprint = info.enter(SEQUENCE)?;
    let algorithm = algorithm(&object(imprint.enter(SEQUENCE)?.expect(OBJECT)?)?);
    let digest = imprint.expect(OCTETS)?;
    (!digest.is_empty() && digest.len() <= 64).then_some(())?;
    let serial = info.expect(INTEGER)?;
    let time = time(info.expect(TIME)?)?;
    // How exact the clock is, whether tokens are in order, the number of the question.
    for tag in [SEQUENCE, 0x01, INTEGER] {
        info.optional(tag);
    }
    let authority = info.enter(field(0)).and_then(authority);
    Some(Token {
        status: Status::Granted,
        imprint: Some(Imprint { algorithm, digest: Hexadecimal(digest.to_vec()) }),
        time: Some(time),
        policy: Some(policy),
        serial: Some(Hexadecimal(serial.get(..40).unwrap_or(serial).to_vec())),
        authority,
    })
}

fn algorithm(number: &str) -> Algorithm {
    match number {
        "2.16.840.1.101.3.4.2.1" => Algorithm::Sha256,
        "2.16.840.1.101.3.4.2.2" => Algorithm::Sha384,
        "2.16.840.1.101.3.4.2.3" => Algorithm::Sha512,
        "1.3.14.3.2.26" => Algorithm::Sha1,
        other => Algorithm::Other(other.to_owned()),
    }
}

/// `20231230131503Z`, also with parts of a second.
fn time(content: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (whole.len() == 14 && is_digits(whole) && is_digits(part)).then_some(())?;
    let two = |at: usize| whole.get(at..at + 2)?.parse::<i8>().ok();
    let nanoseconds: i32 = format!("{part:0<9}").get(..9)?.parse().ok()?;
    let year = whole.get(..4)?.parse().ok()?;
    let clock = DateTime::new(year, two(4)?, two(6)?, two(8)?, two(10)?, two(12)?, nanoseconds).ok()?;
    Offset::UTC.to_timestamp(clock).ok()
}

/// The name in a distinguished name: what it is called, and whose it is.
fn authority(mut general: Reader<'_>) -> Option<String> {
    let mut names = general.enter(field(4))?.enter(SEQUENCE)?;
    let (mut common, mut organisation) = (None, None);
    while let Some(mut set) = names.enter(SET) {
        while let Some(mut attribute) = set.enter(SEQUENCE) {
            let kind = object(attribute.expect(OBJECT)?)?;
            let text = attribute.next().and_then(|value| bytes::text(value.content));
            match kind.as_str() {
                COMMON_NAME => common = common.or(text),
                ORGANISATION => organisation = organisation.or(text),
                _ => {}
            }
        }
    }
    match (common, organisation) {
        (Some(common), Some(organisation)) => Some(format!("{common} ({organisation})")),
        (common, organisation) => common.or(organisation),
    }
}
