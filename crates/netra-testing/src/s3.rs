//! A server that speaks as Amazon S3 does: moto, a Python program that keeps everything in its memory.

use std::env;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::{ServerError, free_port, unique};

/// The folder, below the repository's root, of the virtual environment that `cargo xtask test` makes for it.
pub const MOTO: &str = "target/tools/moto";

/// The server's program.
const PROGRAM: &str = "moto_server";
/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often starting is tried: another program may take the free port in between.
const TRIES: u32 = 3;

/// A running server; stopped, and what it kept forgotten, when dropped.
#[derive(Debug)]
pub struct S3 {
    server: Child,
    port: u16,
    /// Holds what the server writes.
    folder: PathBuf,
}

impl S3 {
    /// Starts a server. It takes any keys.
    ///
    /// # Errors
    /// It is not installed, or it does not start.
    pub fn start() -> Result<S3, ServerError> {
        let mut tried = S3::try_start();
        for _ in 1..TRIES {
            if tried.is_ok() {
                break;
            }
            tried = S3::try_start();
        }
        tried
    }

    fn try_start() -> Result<S3, ServerError> {
        let program = program()?;
        let folder = env::temp_dir().join(format!("netra-s3-{}", unique()));
        let failed = |error: std::io::Error| ServerError(format!("{} can't be started: {error}", program.display()));
        fs::create_dir(&folder).map_err(failed)?;
        let log = File::create(folder.join("log")).map_err(failed)?;
        let port = free_port()?;
        let server = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(failed)?)
            .stderr(log)
            .spawn()
            .map_err(failed)?;
        let mut server = S3 { server, port, folder };
        server.wait()?;
        Ok(server)
    }

    /// Waits until it answers.
    fn wait(&mut self) -> Result<(), ServerError> {
        let until = Instant::now() + PATIENCE;
        // A connection that is refused comes back at once.
        while self.connect().is_err() {
            if self.server.try_wait().is_ok_and(|ended| ended.is_some()) || Instant::now() > until {
                let said = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(ServerError(format!("{PROGRAM} did not start: {}", said.trim())));
            }
            thread::yield_now();
        }
        Ok(())
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// Whether the server's program is there.
    pub fn is_installed() -> bool {
        program().is_ok()
    }

    /// Its address, without a slash at the end.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes an empty bucket; gives its name.
    ///
    /// # Errors
    /// The server refuses.
    pub fn bucket(&self) -> Result<String, ServerError> {
        let name = format!("netra-{}", unique());
        let request =
            format!("PUT /{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        let asked = self.connect().and_then(|mut stream| {
            stream.write_all(request.as_bytes())?;
            stream.read_to_string(&mut answer)
        });
        match asked {
            Ok(_) if answer.starts_with("HTTP/1.1 200 ") => Ok(name),
            Ok(_) => Err(ServerError(format!("{PROGRAM} made no bucket: {}", answer.trim()))),
            Err(error) => Err(ServerError(format!("{PROGRAM} does not answer: {error}"))),
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The server's program: the one of the virtual environment, else the one that a shell would run.
fn program() -> Result<PathBuf, ServerError> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(MOTO).join("bin").join(PROGRAM);
    let on_path = env::var_os("PATH").into_iter().flat_map(|path| env::split_paths(&path).collect::<Vec<_>>());
    let mut places = std::iter::once(own).chain(on_path.map(|folder| folder.join(PROGRAM)));
    places.find(|file| file.is_file()).ok_or_else(|| {
        ServerError(
            "moto's server is not installed: `cargo xtask test` installs it, or `pip install 'moto[server]'`"
                .to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_makes_buckets_and_stops() {
        let server = S3::start().unwrap_or_else(|error| panic!("{error}"));
        let folder = server.folder.clone();
        let (Ok(one), Ok(two)) = (server.bucket(), server.bucket()) else { panic!("no bucket") };
        assert_ne!(one, two);
        let port = server.port;
        drop(server);
        assert!(!folder.exists());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }
}
