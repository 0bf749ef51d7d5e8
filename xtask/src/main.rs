//! Development tasks of Netra, run with `cargo xtask`.
//!
//! They are a program and not shell notes, so that they are reviewed, linted and run the same way on
//! a newcomer's machine and on the build server. Only the standard library, `anyhow` and `netra-testing`
//! are used: the first command that anybody runs should start at once.

#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

mod job;
mod stages;
mod tools;

use std::env;
use std::process::ExitCode;

const HELP: &str = "\
Development tasks of Netra.

Usage: cargo xtask <task>

  test     everything that must hold before a change is accepted: tools, formatting, licences,
           lints, build, tests, documentation examples, the demo, documentation
  fmt      formats all source files
  screens  runs the browser tests and writes their screenshots to docs/screens
  bench    runs the benchmarks
  help     prints this text";

fn main() -> ExitCode {
    let words: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => stages::test(),
        ["fmt"] => stages::fmt(),
        ["screens"] => stages::screens(),
        ["bench"] => stages::bench(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        other => {
            eprintln!("xtask: '{}' is not a task; `cargo xtask help` lists them", other.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
