//! The same exports read by Netra and by the usual readers of chat exports, in one run.
//!
//! The others are `whatstk` and `chat-miner` (Python) and `whatsapp-chat-parser` (Node). They are found where Python and Node
//! look for packages, PYTHONPATH and NODE_PATH included; what is not installed is left out with a sentence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may stop by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs::File;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use netra_evidence::chat::{Options, read_stream};
use serde_json::Value;
use support::Style;

/// Bytes of an export.
const SIZE: usize = 10 << 20;

/// Program, script and the package that it measures.
const PEERS: [(&str, &str, &str); 3] = [
    ("python3", "peers.py", "whatstk"),
    ("python3", "peers.py", "chat-miner"),
    ("node", "peers.cjs", "whatsapp-chat-parser"),
];

/// What somebody's reader did with a file.
struct Reading {
    version: String,
    messages: u64,
    seconds: f64,
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    // The others read American exports best; the Indonesian forms are what offices get.
    for style in [Style::AndroidIndonesian, Style::IosIndonesian, Style::AndroidAmerican] {
        let (text, truths) = support::chat(style, 417, |_, bytes| bytes >= SIZE);
        let path = folder.path().join(format!("{style:?}.txt"));
        File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        println!("\n{style:?}: {:.1} MB, {} messages", megabytes(&text), truths.len());
        let ours = ours(&path);
        told("netra", &ours, &text, &ours);
        for (program, script, package) in PEERS {
            match theirs(program, script, package, &path) {
                Ok(reading) => told(package, &reading, &text, &ours),
                Err(why) => println!("{package:<22} left out: {why}"),
            }
        }
    }
}

fn megabytes(text: &str) -> f64 {
    f64::from(u32::try_from(text.len()).unwrap()) / 1e6
}

fn told(name: &str, reading: &Reading, text: &str, ours: &Reading) {
    let name = format!("{name} {}", reading.version);
    let speed = megabytes(text) / reading.seconds;
    let times = reading.seconds / ours.seconds;
    println!("{name:<28} {speed:>8.1} MB/s {:>9} messages {times:>7.1} times our time", reading.messages);
}

/// The best of five, file reading included.
fn ours(path: &Path) -> Reading {
    let once = || {
        let begun = Instant::now();
        let file = File::open(path).unwrap();
        let summary = read_stream(file, &Options::default(), |message| {
            std::hint::black_box(message.text.len());
            ControlFlow::Continue(())
        });
        (begun.elapsed().as_secs_f64(), summary.unwrap().messages)
    };
    let best = (0..5).map(|_| once()).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    Reading { version: env!("CARGO_PKG_VERSION").to_owned(), messages: best.1, seconds: best.0 }
}

/// Asks a script for the best of three; it measures the reading alone, not the start of its program.
fn theirs(program: &str, script: &str, package: &str, path: &Path) -> Result<Reading, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(script);
    let child = Command::new(program).arg(script).arg(package).arg(path).stdin(Stdio::null()).output();
    let output = child.map_err(|_| format!("{program} is not installed"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().lines().last().unwrap_or_default().to_owned();
        return Err(said);
    }
    let answer: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    Ok(Reading {
        version: answer["version"].as_str().unwrap_or_default().to_owned(),
        messages: answer["messages"].as_u64().unwrap_or(0),
        seconds: answer["seconds"].as_f64().ok_or("no time was told")?,
    })
}
