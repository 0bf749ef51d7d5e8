//! The tasks, as lists of stages that run one after the other and stop at the first failure.

use std::env;
use std::fs;
use std::process;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use netra_testing::{Postgres, SHARED};

use crate::job::{Job, root};
use crate::tools;

/// A named step of a task.
struct Stage {
    name: &'static str,
    job: Job,
}

/// The stage whose tests ask for a database server.
const TESTS: &str = "tests";

/// What must hold before a change is accepted, quick checks first. The browser tests and the black
/// box tests start the real program, so it is built before they run.
fn suite(demo_folder: &str) -> Vec<Stage> {
    vec![
        stage("format", &["fmt", "--all", "--check"]),
        stage("dependencies", &["deny", "check", "licenses", "bans", "sources"]),
        stage("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
        stage("build", &["build", "--workspace", "--bins", "--locked"]),
        Stage {
            name: "documentation",
            job: Job::cargo(&["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"),
        },
        stage("examples", &["test", "--doc", "--workspace", "--locked"]),
        stage("demo", &["run", "--locked", "-p", "netra", "--", "demo", "--once", "--data", demo_folder]),
        stage("s3", &["nextest", "run", "-p", "netra-store", "--features", "s3", "--locked", "--test", "s3"]),
        // Last, so that a run closes with the count of the tests.
        stage(TESTS, &["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]),
    ]
}

fn stage(name: &'static str, args: &[&str]) -> Stage {
    Stage { name, job: Job::cargo(args) }
}

/// `cargo xtask test`.
pub fn test() -> Result<()> {
    let folder = env::temp_dir().join(format!("netra-xtask-{}", process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let stages = suite(&folder.to_string_lossy());
    let total = stages.len() + 1;
    let mut times = Vec::new();

    println!("== [1/{total}] tools");
    let started = Instant::now();
    tools::ensure().context("stage 'tools' failed")?;
    times.push(finished("tools", started));

    for (n, stage) in stages.iter().enumerate() {
        println!("== [{}/{total}] {}: {}", n + 2, stage.name, stage.job);
        let started = Instant::now();
        // One database server for all tests: a server for each would take longer than the tests.
        let server = if stage.name == TESTS { Some(Postgres::start_own()?) } else { None };
        let job = match &server {
            Some(server) => stage.job.clone().env(SHARED, &server.port().to_string()),
            None => stage.job.clone(),
        };
        if let Err(error) = job.run() {
            bail!("stage '{}' failed ({error:#}); to repeat it: {}", stage.name, stage.job);
        }
        times.push(finished(stage.name, started));
    }

    // A failed demo leaves its files for whoever looks into it.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    println!("== seconds: {}", times.join(", "));
    println!("xtask: all stages passed");
    Ok(())
}

/// Reports a stage's time and returns it for the summary.
fn finished(name: &str, started: Instant) -> String {
    let seconds = started.elapsed().as_secs_f64();
    println!("   {name}: {seconds:.1} s");
    format!("{name} {seconds:.1}")
}

/// `cargo xtask fmt`.
pub fn fmt() -> Result<()> {
    alone(&Job::cargo(&["fmt", "--all"]))
}

/// `cargo xtask screens`: the browser tests write screenshots into the folder that this variable names.
pub fn screens() -> Result<()> {
    tools::ensure()?;
    let folder = root().join("docs").join("screens");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    alone(&Job::cargo(&["build", "--locked", "-p", "netra", "--bins"]))?;
    alone(
        &Job::cargo(&["nextest", "run", "--locked", "-p", "netra", "--test", "browser"])
            .env("NETRA_SCREENS", &folder.to_string_lossy()),
    )
}

/// `cargo xtask bench`.
pub fn bench() -> Result<()> {
    alone(&Job::cargo(&["bench", "--workspace"]))
}

fn alone(job: &Job) -> Result<()> {
    job.run().with_context(|| format!("failed: {job}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suite_runs_in_this_order() {
        let lines: Vec<String> =
            suite("/tmp/demo").iter().map(|stage| format!("{}: {}", stage.name, stage.job)).collect();
        let expected = [
            "format: cargo fmt --all --check",
            "dependencies: cargo deny check licenses bans sources",
            "lints: cargo clippy --workspace --all-targets --locked -- -D warnings",
            "build: cargo build --workspace --bins --locked",
            "documentation: RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked",
            "examples: cargo test --doc --workspace --locked",
            "demo: cargo run --locked -p netra -- demo --once --data /tmp/demo",
            "s3: cargo nextest run -p netra-store --features s3 --locked --test s3",
            "tests: cargo nextest run --workspace --locked --no-fail-fast",
        ];
        assert_eq!(lines, expected);
    }
}
