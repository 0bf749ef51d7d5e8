//! A mail server: aiosmtpd, a Python program, which keeps what it takes as files.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::{ServerError, free_port, run, unique};

/// The folder, below the repository's root, of the virtual environment that `cargo xtask test` makes for it.
pub const AIOSMTPD: &str = "target/tools/smtp";

/// What runs it, in this crate's folder.
const SCRIPT: &str = "src/smtp.py";
/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often starting is tried: another program may take the free port in between.
const TRIES: u32 = 3;

/// A mail that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Whom it was for.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A running server; stopped, and what it kept removed, when dropped. It refuses recipients whose address begins with
/// `tidak-ada`, and asks those that begin with `nanti` for later.
#[derive(Debug)]
pub struct Smtp {
    server: Child,
    port: u16,
    folder: PathBuf,
}

impl Smtp {
    /// Starts a server that wants neither encryption nor login.
    ///
    /// # Errors
    /// It is not installed, or it does not start.
    pub fn start() -> Result<Smtp, ServerError> {
        let mut tried = Smtp::try_start();
        for _ in 1..TRIES {
            if tried.is_ok() {
                break;
            }
            tried = Smtp::try_start();
        }
        tried
    }

    fn try_start() -> Result<Smtp, ServerError> {
        if !Smtp::is_installed() {
            let how = "aiosmtpd is not installed: `cargo xtask test` installs it, or `pip install aiosmtpd`";
            return Err(ServerError(how.to_owned()));
        }
        let folder = std::env::temp_dir().join(format!("netra-smtp-{}", unique()));
        let failed = |error: std::io::Error| ServerError(format!("the mail server can't be started: {error}"));
        fs::create_dir(&folder).map_err(failed)?;
        let log = File::create(folder.join("log")).map_err(failed)?;
        let port = free_port()?;
        let server = Command::new(python())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT))
            .arg(port.to_string())
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(failed)?)
            .stderr(log)
            .spawn()
            .map_err(failed)?;
        let mut server = Smtp { server, port, folder };
        server.wait()?;
        Ok(server)
    }

    /// Waits until it answers.
    fn wait(&mut self) -> Result<(), ServerError> {
        let until = Instant::now() + PATIENCE;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        // A connection that is refused comes back at once.
        while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
            if self.server.try_wait().is_ok_and(|ended| ended.is_some()) || Instant::now() > until {
                let said = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(ServerError(format!("the mail server did not start: {}", said.trim())));
            }
            thread::yield_now();
        }
        Ok(())
    }

    /// Whether the server's program is there.
    pub fn is_installed() -> bool {
        run(Command::new(python()).args(["-c", "import aiosmtpd"])).is_ok()
    }

    /// Its address, as the program takes it.
    pub fn address(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.port)
    }

    /// What came so far, in the order in which it came. A mail is there before its sender is told so.
    ///
    /// # Errors
    /// The folder or a file can't be read.
    pub fn received(&self) -> Result<Vec<Received>, ServerError> {
        let failed = |error: std::io::Error| ServerError(format!("what the mail server kept can't be read: {error}"));
        let mut places = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let place = entry.map_err(failed)?.path();
            if place.extension().is_some_and(|kind| kind == "mail") {
                places.push(place);
            }
        }
        places.sort();
        let read = |place: &PathBuf| fs::read_to_string(place).map(|text| mail(&text)).map_err(failed);
        places.iter().map(read).collect()
    }
}

fn mail(kept: &str) -> Received {
    let (head, text) = kept.split_once("\n\n").unwrap_or((kept, ""));
    let (to, subject) = head.split_once('\n').unwrap_or((head, ""));
    Received { to: to.to_owned(), subject: subject.to_owned(), text: text.to_owned() }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The Python of the virtual environment.
fn python() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(AIOSMTPD).join("bin").join("python")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_has_taken_nothing_and_stops() {
        let server = Smtp::start().unwrap_or_else(|error| panic!("{error}"));
        let (folder, port) = (server.folder.clone(), server.port);
        assert_eq!(server.received().unwrap_or_else(|error| panic!("{error}")), []);
        drop(server);
        assert!(!folder.exists());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }

    #[test]
    fn a_mail_is_read_back() {
        let expected =
            Received { to: "a@b.c".to_owned(), subject: "Hal".to_owned(), text: "Isi.\n\nLagi.\n".to_owned() };
        assert_eq!(mail("a@b.c\nHal\n\nIsi.\n\nLagi.\n"), expected);
    }
}
