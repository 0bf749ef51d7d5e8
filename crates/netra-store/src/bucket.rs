//! The address of a bucket for exhibits, the keys to it, and how it is opened.
//!
//! A bucket is opened only by a program that was built with the feature `s3`: what speaks to one brings many
//! crates along, and most offices keep exhibits in a folder. To sign what it asks for, that library reads the
//! clock of the machine; no time of ours comes from there.

use std::fmt;
use std::sync::Arc;

use object_store::ObjectStore;

use crate::types::StoreError;

/// The region of a bucket whose address names none; servers of one's own mostly take any.
const REGION: &str = "us-east-1";

/// The keys to a bucket. They are shown nowhere, neither in errors nor in logs.
#[derive(Clone)]
pub struct BucketKeys {
    /// The id of the access key.
    pub id: String,
    /// The secret that belongs to it.
    pub secret: String,
    /// What comes along with keys that last some hours only.
    pub session: Option<String>,
}

impl fmt::Debug for BucketKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BucketKeys(…)")
    }
}

/// A bucket on a server that speaks as Amazon S3 does. Shown as `s3://bucket/prefix` and where that lies.
#[derive(Clone, Debug)]
pub struct Bucket {
    name: String,
    /// What stands before every name in it; empty, or without slashes at its ends.
    prefix: String,
    endpoint: Option<String>,
    region: String,
    keys: BucketKeys,
}

impl Bucket {
    /// Reads an address, `s3://BUCKET[/PREFIX][?endpoint=https://…&region=…]`. Without an endpoint the bucket is
    /// one of Amazon's.
    ///
    /// # Errors
    /// The address is of another form. Somebody may have put keys into it, so the error does not repeat it.
    pub fn parse(address: &str, keys: BucketKeys) -> Result<Bucket, StoreError> {
        read(address, keys).ok_or(StoreError::BucketAddress)
    }

    /// What stands before every name.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// A text in which no key stands: answers of a server repeat what it was asked with.
    pub(crate) fn without_keys(&self, text: &str) -> String {
        let keys = [Some(&self.keys.id), Some(&self.keys.secret), self.keys.session.as_ref()];
        let keys = keys.into_iter().flatten().filter(|key| !key.is_empty());
        keys.fold(text.to_owned(), |text, key| text.replace(key.as_str(), "…"))
    }

    /// Opens it, without asking its server anything yet.
    #[cfg(feature = "s3")]
    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, StoreError> {
        use object_store::aws::AmazonS3Builder;
        use object_store::{ClientOptions, RetryConfig};

        use crate::blobs::blob_error;

        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(self.name.as_str())
            .with_region(self.region.as_str())
            .with_access_key_id(self.keys.id.as_str())
            .with_secret_access_key(self.keys.secret.as_str())
            .with_client_options(ClientOptions::new().with_timeout(PATIENCE))
            .with_retry(retry);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint.as_str()).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(session) = &self.keys.session {
            builder = builder.with_token(session.as_str());
        }
        let opened = builder.build().map_err(|error| {
            blob_error("opening", &self.to_string())(std::io::Error::other(self.without_keys(&error.to_string())))
        })?;
        Ok(Arc::new(opened))
    }

    /// Says that this program opens no buckets.
    #[cfg(not(feature = "s3"))]
    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, StoreError> {
        Err(StoreError::NoBuckets)
    }
}

/// How often a request is sent again that got no answer, or one that says *later*.
#[cfg(feature = "s3")]
const RETRIES: usize = 5;
/// How long a request may take: eight MiB and more over the line of an office.
#[cfg(feature = "s3")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        write!(f, "s3://{}{slash}{}", self.name, self.prefix)?;
        match &self.endpoint {
            Some(endpoint) => write!(f, " at {endpoint}"),
            None => write!(f, " in {}", self.region),
        }
    }
}

fn read(address: &str, keys: BucketKeys) -> Option<Bucket> {
    let rest = address.strip_prefix("s3://")?;
    let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    let prefix = prefix.trim_matches('/');
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    let is_name = (3..=63).contains(&name.len()) && name.bytes().all(lower);
    if !is_name || !(prefix.is_empty() || prefix.split('/').all(is_plain)) {
        return None;
    }
    let (mut endpoint, mut region) = (None, REGION.to_owned());
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=')? {
            ("endpoint", value) if is_endpoint(value) => endpoint = Some(value.trim_end_matches('/').to_owned()),
            ("region", value) if is_plain(value) => region = value.to_owned(),
            _ => return None,
        }
    }
    Some(Bucket { name: name.to_owned(), prefix: prefix.to_owned(), endpoint, region, keys })
}

/// Whether a part of a name needs no escaping and leads nowhere else.
fn is_plain(part: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !part.is_empty() && part != "." && part != ".." && part.bytes().all(allowed)
}

/// Whether this is the address of a server: no user, no password, no query.
fn is_endpoint(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'/' | b'[' | b']');
    !host.is_empty() && host.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> BucketKeys {
        BucketKeys { id: "AKIDREKAAN".to_owned(), secret: "rahasia-rekaan".to_owned(), session: None }
    }

    #[test]
    fn addresses_are_read() {
        let table = [
            ("s3://bukti", "s3://bukti in us-east-1", "us-east-1"),
            ("s3://bukti/", "s3://bukti in us-east-1", "us-east-1"),
            ("s3://bukti.kota/a/b/", "s3://bukti.kota/a/b in us-east-1", "us-east-1"),
            ("s3://bukti?region=ap-southeast-3", "s3://bukti in ap-southeast-3", "ap-southeast-3"),
            ("s3://bukti/x?endpoint=http://[::1]:9000/&region=x", "s3://bukti/x at http://[::1]:9000", "x"),
            ("s3://bukti?endpoint=https://s3.example.org", "s3://bukti at https://s3.example.org", "us-east-1"),
        ];
        for (address, shown, region) in table {
            let bucket = Bucket::parse(address, keys()).unwrap();
            assert_eq!((bucket.to_string().as_str(), bucket.region.as_str()), (shown, region), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_refused_without_being_repeated() {
        for address in [
            "",
            "rahasia",
            "s3://",
            "s3://ab",
            "s3://BUKTI",
            "s3:/bukti",
            "https://bukti",
            "s3://AKID:rahasia@bukti",
            "s3://bukti/../x",
            "s3://bukti/a//b",
            "s3://bukti/a b",
            "s3://bukti?rahasia",
            "s3://bukti?kunci=rahasia",
            "s3://bukti?endpoint=ftp://rahasia",
            "s3://bukti?endpoint=http://",
            "s3://bukti?endpoint=http://a:rahasia@host",
            "s3://bukti?region=",
        ] {
            let error = Bucket::parse(address, keys()).unwrap_err().to_string();
            assert!(error.contains("s3://bucket/prefix?endpoint=") && !error.contains("rahasia"), "{address}: {error}");
        }
    }

    #[test]
    fn keys_are_shown_nowhere() {
        let keys = BucketKeys { session: Some("sesi-rekaan".to_owned()), ..keys() };
        let bucket = Bucket::parse("s3://bukti/x", keys).unwrap();
        let said = "<AWSAccessKeyId>AKIDREKAAN</AWSAccessKeyId> rahasia-rekaan sesi-rekaan";
        assert_eq!(bucket.without_keys(said), "<AWSAccessKeyId>…</AWSAccessKeyId> … …");
        let shown = format!("{bucket:?}");
        for key in ["AKIDREKAAN", "rahasia-rekaan", "sesi-rekaan"] {
            assert!(!shown.contains(key), "{shown}");
        }
    }

    #[test]
    #[cfg(not(feature = "s3"))]
    fn a_program_without_buckets_says_how_to_get_them() {
        let bucket = Bucket::parse("s3://bukti", keys()).unwrap();
        let error = bucket.open().err().unwrap().to_string();
        assert!(error.contains("--features s3"), "{error}");
    }
}
