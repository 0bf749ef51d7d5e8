//! Asking a scanner for harmful files, a ClamAV daemon, about what comes in (its `INSTREAM` command).
//!
//! **Purpose.** Officers open what strangers send. A file in which the scanner finds something is refused with its
//! words; if the scanner does not answer, the file is kept all the same, because evidence must not be lost for that,
//! and the log of its custody says that it was not scanned.
//!
//! **Invariants.** Bytes go to the scanner in pieces; every wait for it is limited; what it answers is read up to a
//! limit and believed only if it is of the form that the protocol has.
//!
//! | we send | it answers |
//! | --- | --- |
//! | `zINSTREAM`, NUL, then pieces: four bytes of length, highest first, and the bytes; a length of zero ends it | `stream: OK` |
//! | | `stream: NAME FOUND` |
//! | | `… ERROR` |

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::str::FromStr;
use std::time::Duration;

use axum::body::Bytes;
use netra_store::StoreError;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::app::App;

/// The largest file that is sent: what the daemon takes unless it is told otherwise.
const LARGEST: u64 = 100 << 20;
/// Bytes of a piece.
const PIECE: usize = 256 << 10;
/// Bytes of an answer that are read.
const ANSWER: u64 = 4096;
/// Letters of the name of what was found.
const NAME: usize = 80;
/// How long connecting, and each sending of a piece, may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// Where the scanner listens: `HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannerAddress(String);

/// A text that is no address of a scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tulis alamat pemindai sebagai HOST:PORT, misalnya 127.0.0.1:3310")]
pub struct BadScannerAddress;

impl FromStr for ScannerAddress {
    type Err = BadScannerAddress;

    fn from_str(text: &str) -> Result<ScannerAddress, BadScannerAddress> {
        let (host, port) = text.rsplit_once(':').ok_or(BadScannerAddress)?;
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
        let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        if is_port && is_host { Ok(ScannerAddress(text.to_owned())) } else { Err(BadScannerAddress) }
    }
}

impl fmt::Display for ScannerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A scanner, and how long to wait for its answer.
#[derive(Clone, Debug)]
pub struct Scanner {
    /// Where it listens.
    pub address: ScannerAddress,
    /// How long it may be silent.
    pub patience: Duration,
}

impl Scanner {
    /// A scanner that may take a minute for a file.
    pub fn at(address: ScannerAddress) -> Scanner {
        Scanner { address, patience: Duration::from_secs(60) }
    }
}

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// Nobody is to be asked.
    NotWanted,
    /// It found nothing.
    Clean,
    /// It found something of this name.
    Infected(String),
    /// It did not answer, or takes no file of this size.
    Missed,
}

/// Whether a file that was taken in has been scanned, as far as its log must tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scanned {
    /// As the server is set up.
    #[default]
    AsWanted,
    /// The scanner did not answer.
    Missed,
}

impl Scan {
    /// What the log must tell.
    ///
    /// # Errors
    /// Something was found: the words for whoever sent the file.
    pub fn verdict(self, file: &str) -> Result<Scanned, String> {
        match self {
            Scan::NotWanted | Scan::Clean => Ok(Scanned::AsWanted),
            Scan::Missed => Ok(Scanned::Missed),
            Scan::Infected(name) => Err(format!(
                "Berkas {file} ditolak: pemindai menemukan isi berbahaya ({name}). Jangan dibuka. Kirim berkas lain, atau serahkan perangkatnya di kantor pengawas."
            )),
        }
    }
}

/// Asks about bytes that lie in memory.
pub async fn bytes(app: &App, bytes: &Bytes) -> Scan {
    let Some(scanner) = &app.scanner else { return Scan::NotWanted };
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        return Scan::Missed;
    }
    let (sender, pieces) = mpsc::channel(2);
    let asking = start(scanner, pieces);
    // Whether all of it was taken shows in the answer.
    let _ = sender.send(bytes.clone()).await;
    drop(sender);
    told(scanner, asking.await)
}

/// Asks about bytes in the store.
///
/// # Errors
/// The store fails, or the bytes have been changed.
pub async fn blob(app: &App, sha256: &str, size: u64) -> Result<Scan, StoreError> {
    let Some(scanner) = &app.scanner else { return Ok(Scan::NotWanted) };
    if size > LARGEST {
        return Ok(Scan::Missed);
    }
    let mut reader = app.store.blob_reader(sha256).await?;
    let (sender, pieces) = mpsc::channel(2);
    let asking = start(scanner, pieces);
    while let Some(piece) = reader.next_piece().await? {
        if sender.send(piece).await.is_err() {
            break;
        }
    }
    drop(sender);
    Ok(told(scanner, asking.await))
}

type Asking = tokio::task::JoinHandle<io::Result<Scan>>;

fn start(scanner: &Scanner, pieces: mpsc::Receiver<Bytes>) -> Asking {
    let scanner = scanner.clone();
    tokio::task::spawn_blocking(move || ask(&scanner, pieces))
}

/// A scanner that is not there is told in the log of the server; the file goes on.
fn told(scanner: &Scanner, answer: Result<io::Result<Scan>, tokio::task::JoinError>) -> Scan {
    match answer {
        Ok(Ok(scan)) => scan,
        Ok(Err(error)) => {
            tracing::error!(%error, address = %scanner.address, "the scanner did not answer: a file was kept unscanned");
            Scan::Missed
        }
        Err(_) => {
            tracing::error!(address = %scanner.address, "asking the scanner was cut off: a file was kept unscanned");
            Scan::Missed
        }
    }
}

/// Sends pieces as they come, and reads what is said of them.
fn ask(scanner: &Scanner, mut pieces: mpsc::Receiver<Bytes>) -> io::Result<Scan> {
    let mut stream = connect(scanner)?;
    let mut send = |stream: &mut TcpStream| -> io::Result<()> {
        stream.write_all(b"zINSTREAM\0")?;
        while let Some(bytes) = pieces.blocking_recv() {
            for piece in bytes.chunks(PIECE) {
                let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
                stream.write_all(&length.to_be_bytes())?;
                stream.write_all(piece)?;
            }
        }
        stream.write_all(&[0; 4])?;
        stream.flush()
    };
    let sent = send(&mut stream);
    let mut answer = Vec::new();
    // A scanner that takes no more has said why before it hung up.
    let read = read_answer(&mut stream, &mut answer);
    match understood(&answer) {
        Some(scan) => Ok(scan),
        None => {
            sent?;
            read?;
            Err(io::Error::other("its answer is not one of the protocol"))
        }
    }
}

fn connect(scanner: &Scanner) -> io::Result<TcpStream> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "its name has no address");
    for address in scanner.address.0.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CONNECTING) {
            Ok(stream) => {
                stream.set_write_timeout(Some(CONNECTING))?;
                stream.set_read_timeout(Some(scanner.patience))?;
                return Ok(stream);
            }
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Reads up to the NUL at the end of the answer.
fn read_answer(stream: &mut TcpStream, answer: &mut Vec<u8>) -> io::Result<()> {
    let mut limited = stream.take(ANSWER);
    let mut buffer = [0; 512];
    loop {
        let count = match limited.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let part = buffer.get(..count).unwrap_or_default();
        answer.extend_from_slice(part);
        if count == 0 || part.contains(&0) {
            return Ok(());
        }
    }
}

/// What an answer says; none if it is of no known form.
fn understood(answer: &[u8]) -> Option<Scan> {
    let text = String::from_utf8_lossy(answer);
    let line = text.split('\0').next().unwrap_or_default().trim();
    let said = line.strip_prefix("stream: ").unwrap_or(line);
    if said == "OK" {
        return Some(Scan::Clean);
    }
    if let Some(name) = said.strip_suffix(" FOUND") {
        let plain = |c: &char| c.is_ascii_graphic() || *c == ' ';
        return Some(Scan::Infected(name.chars().filter(plain).take(NAME).collect()));
    }
    // Too large for its own limit: it could not look, which is no fault of the file.
    said.ends_with("ERROR").then_some(Scan::Missed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_the_protocol_are_understood_and_others_not() {
        for (answer, expected) in [
            (&b"stream: OK\0"[..], Some(Scan::Clean)),
            (&b"stream: Win.Test.EICAR_HDB-1 FOUND\0"[..], Some(Scan::Infected("Win.Test.EICAR_HDB-1".to_owned()))),
            (&b"stream: a<b\x1b\xff FOUND\0"[..], Some(Scan::Infected("a<b".to_owned()))),
            (&b"INSTREAM size limit exceeded. ERROR\0"[..], Some(Scan::Missed)),
            (&b"UNKNOWN COMMAND\0"[..], None),
            (&b""[..], None),
            (&b"stream: "[..], None),
            (&b"HTTP/1.1 200 OK"[..], None),
        ] {
            assert_eq!(understood(answer), expected, "{}", String::from_utf8_lossy(answer));
        }
    }

    #[test]
    fn addresses_have_a_host_and_a_port() {
        for good in ["127.0.0.1:3310", "pemindai.example:3310", "[::1]:3310"] {
            assert_eq!(good.parse::<ScannerAddress>().unwrap().to_string(), good);
        }
        for bad in ["", "3310", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", ":3310", "a b:1", "a:99999", "a:1/x"] {
            assert_eq!(bad.parse::<ScannerAddress>(), Err(BadScannerAddress), "{bad}");
        }
    }
}
