//! Passwords: Argon2id hashes, made and checked away from the threads that answer requests.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::guessing::{self, Guess};
use crate::error::PageError;
use crate::random;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters of a password: hashing must not become a burden.
pub const LONGEST: usize = 200;

/// How many passwords are hashed at the same time: each takes 19 MiB.
static SLOTS: Semaphore = Semaphore::const_new(4);

/// What is checked when there is no such account, so that the answer takes as long as with one.
/// The parameters are those of [`hash_password`]; no password fits.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bmV0cmEtbm9ib2R5LTAwMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Letters of one-time passwords and recovery codes: none that can be taken for another.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A password can't be hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hash function failed, or the system gave no random bytes.
    #[error("the password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// An Argon2id hash in PHC form, with a salt of its own. Takes some tens of milliseconds.
///
/// # Errors
/// The hash function fails, or the system gives no random bytes.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// What is wrong with a password that somebody chose, in Indonesian. `own` are texts that a stranger knows about the
/// account: its login name, its person's name, the office.
pub fn password_problem(password: &str, own: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!(
            "Paling sedikit {SHORTEST} karakter. Beberapa kata yang tidak berkaitan mudah diingat dan sulit ditebak."
        ));
    }
    if length > LONGEST {
        return Some(format!("Paling banyak {LONGEST} karakter."));
    }
    (guessing::judge(password, own) == Guess::Easy).then(|| {
        "Kata sandi ini mudah ditebak: hanya terdiri dari kata sandi yang pernah bocor atau sering dipakai, nama Anda \
         atau kantor Anda, tahun, atau angka berurutan. Pakai paling sedikit tiga kata yang tidak berkaitan."
            .to_owned()
    })
}

/// A password to be told once: four groups of four, 79 bits.
pub fn one_time() -> String {
    let bytes: [u8; 16] = random::bytes();
    let letters = bytes.iter().filter_map(|b| LETTERS.get(usize::from(b % 31)));
    let mut text = String::with_capacity(19);
    for (place, letter) in letters.enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(*letter));
    }
    text
}

/// Hashes a password outside the threads that answer requests.
pub(crate) async fn hash_apart(password: String) -> Result<String, PageError> {
    apart(move || hash_password(&password)).await?.map_err(|error| {
        tracing::error!(%error, "hashing a password failed");
        PageError::Internal
    })
}

/// Whether a password fits a hash. Without a hash the same work is done, and nothing fits.
pub(crate) async fn fits(password: String, hash: Option<String>) -> Result<bool, PageError> {
    apart(move || {
        let known = hash.is_some();
        let fits = verify(&password, hash.as_deref().unwrap_or(NOBODY));
        known && fits
    })
    .await
}

fn verify(password: &str, hash: &str) -> bool {
    match PasswordHash::new(hash) {
        Ok(hash) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        Err(error) => {
            tracing::error!(%error, "a kept password hash can't be read");
            false
        }
    }
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let slot = SLOTS.acquire().await;
    let done = tokio::task::spawn_blocking(work).await;
    drop(slot);
    done.map_err(|error| {
        tracing::error!(%error, "hashing was cut off");
        PageError::Internal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_own_password_only() {
        let hash = hash_password("empat kata yang panjang").unwrap();
        assert!(verify("empat kata yang panjang", &hash));
        assert!(!verify("empat kata yang pendek", &hash));
        assert_ne!(hash, hash_password("empat kata yang panjang").unwrap(), "each hash has a salt of its own");
    }

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let parameters = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(&hash_password("x").unwrap()), parameters(NOBODY));
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!verify("", NOBODY));
    }

    #[test]
    fn one_time_passwords_are_long_enough_and_differ() {
        let first = one_time();
        assert_eq!(first.len(), 19);
        assert!(password_problem(&first, &[]).is_none());
        assert_ne!(first, one_time());
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        let problem = |password: &str| password_problem(password, &[]).unwrap_or_default();
        assert!(problem("sebelas1234").starts_with("Paling sedikit 12 karakter"));
        assert_eq!(problem("dua belas 12"), "");
        assert_eq!(problem(&"a".repeat(201)), "Paling banyak 200 karakter.");
        assert!(problem("password12345").starts_with("Kata sandi ini mudah ditebak"));
    }
}
