//! Running the programs of a server, as a user that they accept.

use std::fmt;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why a server could not be started or asked: what was attempted, and how to mend it.
#[derive(Debug)]
pub struct ServerError(pub(crate) String);

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ServerError {}

/// Whether this process is root, which database servers refuse to run as.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// A command run as an unprivileged user where this process is root.
pub(crate) fn as_user(user: &str, program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", user, "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Runs a command to its end; gives what it wrote.
pub(crate) fn run(command: &mut Command) -> Result<String, ServerError> {
    let name = format!("{command:?}");
    let output = command.output().map_err(|error| ServerError(format!("{name} can't be started: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(ServerError(format!("{name} failed, {}: {}", output.status, said.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A new folder below the folder for temporary files, owned by a user.
pub(crate) fn folder_of(user: &str, what: &str) -> Result<PathBuf, ServerError> {
    let folder = std::env::temp_dir().join(format!("netra-{what}-{}", unique()));
    let mut command = Command::new("install");
    command.args(["-d", "-m", "700"]);
    if is_root() {
        command.args(["-o", user, "-g", user]);
    }
    run(command.arg(&folder))?;
    Ok(folder)
}

/// A word that no other test uses.
pub(crate) fn unique() -> String {
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}

/// A port on this machine that nobody listens on.
pub(crate) fn free_port() -> Result<u16, ServerError> {
    let listener = TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|l| l.local_addr());
    address.map(|a| a.port()).map_err(|error| ServerError(format!("no free port: {error}")))
}
