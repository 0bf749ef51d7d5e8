//! Chance, from the operating system: ids and secrets.

use uuid::{Builder, Uuid};

/// Random bytes. If the operating system has none to give, the program stops: going on with
/// guessable secrets would be worse.
///
/// # Panics
/// When the operating system refuses random bytes.
#[expect(clippy::panic, reason = "no secret may be made without randomness")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes,
        Err(error) => panic!("the operating system gives no random bytes: {error}"),
    }
}

/// A random UUID (version 4).
pub fn uuid() -> Uuid {
    Builder::from_random_bytes(bytes()).into_uuid()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
