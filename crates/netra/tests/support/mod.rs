//! The real program as a child process, stopped when the test ends.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::zombie_processes,
    reason = "tests fail by panicking"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The program's path.
pub const NETRA: &str = env!("CARGO_BIN_EXE_netra");

/// Runs a command to its end.
pub fn netra(arguments: &[&str]) -> Output {
    Command::new(NETRA).args(arguments).output().expect("the program starts")
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

/// A running server.
pub struct Server {
    child: Child,
    /// What it printed up to its address.
    pub greeting: String,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl Server {
    /// Starts the demo in a folder on a free port, at a moment of its own.
    pub fn demo(data: &Path, at: &str) -> Server {
        let data = data.to_str().expect("the folder's name is UTF-8");
        Server::start(&["demo", "--listen", "127.0.0.1:0", "--data", data, "--at", at], "Netra demo: ")
    }

    /// Starts the real thing in a folder on a free port.
    pub fn serve(data: &Path, database: Option<&str>) -> Server {
        let data = data.to_str().expect("the folder's name is UTF-8");
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--data", data];
        arguments.extend(database.into_iter().flat_map(|url| ["--database", url]));
        Server::start(&arguments, "Netra melayani di ")
    }

    /// Starts the real thing in a folder at an address of its own, such as `127.0.0.1:8080`.
    pub fn serve_at(data: &Path, address: &str) -> Server {
        let data = data.to_str().expect("the folder's name is UTF-8");
        Server::start(&["serve", "--listen", address, "--data", data], "Netra melayani di ")
    }

    /// The real thing where no file can grow beyond so many kilobytes: the disk is full for it.
    pub fn on_a_full_disk(data: &Path, kilobytes: u32) -> Server {
        let data = data.to_str().expect("the folder's name is UTF-8");
        // Blocks of this limit have 512 bytes. The signal is ignored: the program gets an error, as from a full disk.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", 2 * kilobytes);
        let mut command = Command::new("sh");
        command.args(["-c", &script, NETRA, "serve", "--listen", "127.0.0.1:0", "--data", data]);
        Server::run(command, "Netra melayani di ")
    }

    fn start(arguments: &[&str], marker: &str) -> Server {
        let mut command = Command::new(NETRA);
        command.args(arguments);
        Server::run(command, marker)
    }

    fn run(mut command: Command, marker: &str) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let out = child.stdout.take().expect("standard output is piped");
        let mut greeting = String::new();
        for line in BufReader::new(out).lines() {
            let line = line.expect("the program writes UTF-8");
            if let Some(rest) = line.strip_prefix(marker) {
                let url = rest.split_whitespace().next().expect("an address follows").to_owned();
                return Server { child, greeting, url };
            }
            greeting.push_str(&line);
            greeting.push('\n');
        }
        panic!("the program ended before it served: {greeting}");
    }

    /// The password of all demo accounts.
    pub fn password(&self) -> String {
        let line = self.greeting.lines().find_map(|l| l.strip_prefix("kata sandi semua akun: "));
        line.expect("the demo prints its password").to_owned()
    }

    /// Pulls the plug.
    pub fn kill(mut self) {
        self.child.kill().expect("the program can be killed");
        self.child.wait().expect("the program ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
