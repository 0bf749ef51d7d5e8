//! Asking other servers: plain HTTP to this machine itself, HTTPS to everybody else.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, bail};
use netra_ledger::bundle::Fingerprint;
use netra_ledger::{AddressScheme, OfficeAddress};
use serde::Deserialize;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

/// How long an answer may take, with the piece that it is about.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long it may take until somebody is there.
const CONNECTING: Duration = Duration::from_secs(15);
/// Most bytes of an answer that are read.
const ANSWER: u64 = 4 << 20;

/// What a server says of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// So many bytes are there; they go on under this name, if it told.
    Coming(u64, Option<String>),
    /// All are there and wait to be checked.
    Whole,
    /// It is in the inbox: the receipts, as they were signed.
    Taken(Vec<String>),
    /// It will never be taken: why.
    Refused(String),
    /// It was not announced, or has to come again.
    Unknown,
    /// It may go better later: why it did not.
    Later(String),
}

/// Asks other servers. Everything here blocks.
pub struct Client {
    loopback: Agent,
    extra: Vec<Certificate<'static>>,
    https: OnceLock<Agent>,
}

impl Client {
    /// A client that believes the system's certificates and those of a PEM file.
    pub fn new(root: Option<&Path>) -> anyhow::Result<Client> {
        let extra = match root {
            Some(file) => certificates(file)?,
            None => Vec::new(),
        };
        Ok(Client { loopback: agent(None), extra, https: OnceLock::new() })
    }

    /// Announces a bundle.
    pub fn announce(&self, address: &OfficeAddress, waybill: &str) -> Said {
        let request =
            self.agent(address).post(address.at("/antar")).header("content-type", "text/plain; charset=utf-8");
        read(request.send(waybill))
    }

    /// Sends a piece that begins at a place.
    pub fn piece(&self, address: &OfficeAddress, bundle: Fingerprint, upload: &str, at: u64, bytes: &[u8]) -> Said {
        let request = self
            .agent(address)
            .patch(address.at(&format!("/antar/{bundle}/{upload}")))
            .header("content-type", "application/octet-stream")
            .header("upload-offset", at.to_string());
        read(request.send(bytes))
    }

    /// Asks for the receipts of a bundle.
    pub fn receipts(&self, address: &OfficeAddress, bundle: Fingerprint) -> Said {
        read(self.agent(address).get(address.at(&format!("/antar/{bundle}/tanda-terima"))).call())
    }

    fn agent(&self, address: &OfficeAddress) -> &Agent {
        match address.scheme() {
            AddressScheme::Loopback => &self.loopback,
            AddressScheme::Https => self.https.get_or_init(|| agent(Some(tls(&self.extra)))),
        }
    }
}

fn agent(tls: Option<TlsConfig>) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(CONNECTING))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent("netra");
    match tls {
        Some(tls) => config.https_only(true).tls_config(tls).build().new_agent(),
        // To this machine itself, and never through a proxy.
        None => config.proxy(None).build().new_agent(),
    }
}

fn tls(extra: &[Certificate<'static>]) -> TlsConfig {
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        tracing::warn!(%error, "a certificate of this system could not be read");
    }
    let mut roots: Vec<Certificate<'static>> =
        system.certs.iter().map(|der| Certificate::from_der(der.as_ref()).to_owned()).collect();
    roots.extend(extra.iter().cloned());
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

fn certificates(file: &Path) -> anyhow::Result<Vec<Certificate<'static>>> {
    let text = std::fs::read(file).with_context(|| format!("reading --delivery-root {}", file.display()))?;
    let mut found = Vec::new();
    for item in parse_pem(&text) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            Ok(_) => {}
            Err(error) => bail!("--delivery-root {}: is not of the PEM form: {error}", file.display()),
        }
    }
    if found.is_empty() {
        bail!(
            "--delivery-root {}: there is no certificate in it; it begins with -----BEGIN CERTIFICATE",
            file.display()
        );
    }
    Ok(found)
}

/// What an answer holds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    state: String,
    offset: Option<u64>,
    upload: Option<String>,
    receipts: Vec<String>,
    fault: String,
    why: String,
    #[serde(rename = "final")]
    is_final: bool,
}

fn read(answer: Result<ureq::http::Response<Body>, ureq::Error>) -> Said {
    let mut response = match answer {
        Ok(response) => response,
        Err(error) => return Said::Later(format!("Server penerima tidak terjangkau: {error}.")),
    };
    let status = response.status().as_u16();
    let text = response.body_mut().with_config().limit(ANSWER).read_to_string().unwrap_or_default();
    said(status, &text)
}

fn said(status: u16, text: &str) -> Said {
    let Ok(answer) = serde_json::from_str::<Answer>(text) else {
        return Said::Later(format!("Alamat penerima menjawab {status}, bukan seperti server Netra."));
    };
    match (status, answer.state.as_str()) {
        (200, "coming") => Said::Coming(answer.offset.unwrap_or(0), answer.upload),
        (200, "whole") => Said::Whole,
        (200, "taken") => Said::Taken(answer.receipts),
        (200, "refused") => Said::Refused(answer.why),
        _ if answer.is_final => Said::Refused(answer.why),
        (404, _) if answer.fault == "unknown" => Said::Unknown,
        (409, _) if answer.offset.is_some() => Said::Coming(answer.offset.unwrap_or(0), None),
        _ if answer.why.is_empty() => Said::Later(format!("Server penerima menjawab {status}.")),
        _ => Said::Later(answer.why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_what_is_none_is_tried_again() {
        let later = |why: &str| Said::Later(why.to_owned());
        let table = [
            (200, r#"{"state":"coming","offset":7,"upload":"a-b"}"#, Said::Coming(7, Some("a-b".to_owned()))),
            (200, r#"{"state":"whole"}"#, Said::Whole),
            (200, r#"{"state":"taken","receipts":["x"]}"#, Said::Taken(vec!["x".to_owned()])),
            (
                200,
                r#"{"state":"refused","fault":"file-changed","why":"Berubah."}"#,
                Said::Refused("Berubah.".to_owned()),
            ),
            (404, r#"{"fault":"unknown","why":"Belum.","final":false}"#, Said::Unknown),
            (404, r#"{"fault":"wrong-receiver","why":"Bukan.","final":true}"#, Said::Refused("Bukan.".to_owned())),
            (409, r#"{"fault":"offset","why":"Lanjut.","final":false,"offset":3}"#, Said::Coming(3, None)),
            (429, r#"{"fault":"busy","why":"Sibuk.","final":false,"offset":null}"#, later("Sibuk.")),
            (500, "{}", later("Server penerima menjawab 500.")),
            (200, r#"{"state":"later"}"#, later("Server penerima menjawab 200.")),
            (200, "<!DOCTYPE html>", later("Alamat penerima menjawab 200, bukan seperti server Netra.")),
        ];
        for (status, text, expected) in table {
            assert_eq!(said(status, text), expected, "{text}");
        }
    }

    #[test]
    fn a_file_of_roots_must_hold_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("akar.pem");
        std::fs::write(&file, "bukan sertifikat").unwrap();
        let error = Client::new(Some(&file)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("no certificate"), "{error}");
        let missing = Client::new(Some(&folder.path().join("tidak-ada"))).err();
        assert!(missing.is_some_and(|error| error.to_string().contains("--delivery-root")));
        assert!(Client::new(None).is_ok());
    }
}
