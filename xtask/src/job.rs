//! One command to run, and how a person would type it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A program with arguments and environment, run in the repository's root.
#[derive(Clone, Debug)]
pub struct Job {
    program: String,
    args: Vec<String>,
    env: Vec<(&'static str, String)>,
}

impl Job {
    /// A program with its arguments.
    pub fn new(program: &str, args: &[&str]) -> Job {
        Job { program: program.to_owned(), args: args.iter().map(|&arg| arg.to_owned()).collect(), env: Vec::new() }
    }

    /// `cargo` with its arguments.
    pub fn cargo(args: &[&str]) -> Job {
        Job::new("cargo", args)
    }

    /// One more argument, for values that are known only when the task runs.
    #[must_use]
    pub fn arg(mut self, value: &str) -> Job {
        self.args.push(value.to_owned());
        self
    }

    /// An environment variable for this command only.
    #[must_use]
    pub fn env(mut self, name: &'static str, value: &str) -> Job {
        self.env.push((name, value.to_owned()));
        self
    }

    /// Runs the command with this terminal's input and output.
    pub fn run(&self) -> Result<()> {
        let status = self.command().status().with_context(|| format!("cannot start '{}'", self.program))?;
        if !status.success() {
            bail!("{status}");
        }
        Ok(())
    }

    /// Whether the command can be started and succeeds; what it writes is thrown away.
    pub fn succeeds(&self) -> bool {
        self.command()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// What the command writes to standard output, trimmed; `None` when it fails.
    pub fn output(&self) -> Option<String> {
        let output = self.command().stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    }

    fn command(&self) -> Command {
        // The cargo that started us, so that a toolchain chosen with `cargo +name` stays chosen.
        let program = match (self.program.as_str(), std::env::var_os("CARGO")) {
            ("cargo", Some(cargo)) => cargo,
            (other, _) => other.into(),
        };
        let mut command = Command::new(program);
        command.args(&self.args).current_dir(root());
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command
    }
}

/// The command line, ready to be pasted into a shell in the repository's root.
impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.env {
            write!(f, "{name}={} ", quoted(value))?;
        }
        f.write_str(&self.program)?;
        for arg in &self.args {
            write!(f, " {}", quoted(arg))?;
        }
        Ok(())
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The repository's root: the folder above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reads_as_it_is_typed() {
        let job = Job::cargo(&["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings").arg("it's");
        assert_eq!(job.to_string(), r"RUSTDOCFLAGS='-D warnings' cargo doc --no-deps 'it'\''s'");
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }
}
