//! Tools that the tasks need and that a new machine may lack: found, else installed, else one line
//! that says what to install.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use netra_testing::{
    AIOSMTPD, MOTO, Postgres, S3, SCHEMATHESIS, Smtp, VALIDATORS, schemathesis_is_installed, validators_are_installed,
};

use crate::job::{Job, root};

/// A cargo subcommand, at the version that the suite was written with.
struct Subcommand {
    /// `cargo NAME`.
    name: &'static str,
    /// The package that brings it.
    package: &'static str,
    version: &'static str,
    /// Further arguments of `cargo install`.
    flags: &'static [&'static str],
}

const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand { name: "nextest", package: "cargo-nextest", version: "0.9.143", flags: &[] },
    Subcommand {
        name: "deny",
        package: "cargo-deny",
        version: "0.20.2",
        // Without its optional network libraries: we only run checks that need no network.
        flags: &["--no-default-features"],
    },
];

/// A program of the operating system. A new one needs a line in [`PROGRAMS`] and nothing else.
struct Program {
    /// Names under which it is found, the preferred one first.
    names: &'static [&'static str],
    /// The Debian package that brings it.
    package: &'static str,
}

const PROGRAMS: &[Program] = &[
    Program { names: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" },
    Program { names: &["chromedriver"], package: "chromium-driver" },
    Program { names: &["pdftotext"], package: "poppler-utils" },
    Program { names: &["qpdf"], package: "qpdf" },
];

/// These tools are run for seconds, so they are built to be built quickly.
const CHEAP_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Makes sure that every tool is there.
///
/// # Errors
/// Which tool is missing and how to install it.
pub fn ensure() -> Result<()> {
    for subcommand in SUBCOMMANDS {
        ensure_subcommand(subcommand)?;
    }
    ensure_programs()?;
    if !S3::is_installed() {
        ensure_environment("moto's server is", MOTO, MOTO_PACKAGES)?;
    }
    if !Smtp::is_installed() {
        ensure_environment("the mail server is", AIOSMTPD, AIOSMTPD_PACKAGES)?;
    }
    if !validators_are_installed() {
        ensure_environment("the validators of bags are", VALIDATORS, VALIDATOR_PACKAGES)?;
        // Only the list of terms in it is needed, so the packages that it runs on are left out.
        install_into(VALIDATORS, &["--no-deps", TERMS_PACKAGE])?;
    }
    if !schemathesis_is_installed() {
        ensure_environment("Schemathesis is", SCHEMATHESIS, SCHEMATHESIS_PACKAGES)?;
    }
    Ok(())
}

fn ensure_subcommand(tool: &Subcommand) -> Result<()> {
    if Job::cargo(&[tool.name, "--version"]).succeeds() {
        return Ok(());
    }
    let mut install = Job::cargo(&["install", tool.package, "--locked", "--version", tool.version]);
    for flag in tool.flags {
        install = install.arg(flag);
    }
    for (name, value) in CHEAP_BUILD {
        install = install.env(name, value);
    }
    println!("   cargo {} is missing: {install}", tool.name);
    install.run().with_context(|| format!("cannot install it; try by hand: {install}"))
}

/// Debian's package of the database server. Its programs are not on the path.
const POSTGRES: &str = "postgresql";

/// The server for tests of buckets, at the version that they were written with.
const MOTO_PACKAGES: &[&str] = &["moto[server]==5.2.1"];
/// The server for tests of mails, at the version that they were written with.
const AIOSMTPD_PACKAGES: &[&str] = &["aiosmtpd==1.4.6"];
/// Validators of bags and of their descriptions, at the versions that the tests were written with.
const VALIDATOR_PACKAGES: &[&str] = &["bagit==1.9.0", "roc-validator==0.13.0"];
/// The package with the terms of RO-Crate 1.1; later ones have those of later versions.
const TERMS_PACKAGE: &str = "rocrate==0.14.2";
/// What asks the interface for programs everything that its description allows.
const SCHEMATHESIS_PACKAGES: &[&str] = &["schemathesis==4.32.5"];
/// Debian's package for Python's virtual environments, in which such programs lie apart from the system's.
const ENVIRONMENTS: &str = "python3-venv";

fn missing_packages() -> Vec<&'static str> {
    let mut packages = missing(PROGRAMS);
    packages.extend((!Postgres::is_installed()).then_some(POSTGRES));
    let makes_environments = || Job::new("python3", &["-c", "import ensurepip, venv"]).succeeds();
    let needs_environments =
        !S3::is_installed() || !Smtp::is_installed() || !validators_are_installed() || !schemathesis_is_installed();
    packages.extend((needs_environments && !makes_environments()).then_some(ENVIRONMENTS));
    packages
}

/// Makes a virtual environment with some packages.
fn ensure_environment(what: &str, folder: &str, packages: &[&str]) -> Result<()> {
    let place = root().join(folder).to_string_lossy().into_owned();
    let make = Job::new("python3", &["-m", "venv", &place]);
    println!("   {what} missing: {make}");
    make.run().with_context(|| format!("cannot make it; try by hand: {make}"))?;
    install_into(folder, packages)
}

/// Installs packages into a virtual environment.
fn install_into(folder: &str, packages: &[&str]) -> Result<()> {
    let python = format!("{}/bin/python", root().join(folder).to_string_lossy());
    let mut install = Job::new(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    for package in packages {
        install = install.arg(package);
    }
    println!("   {install}");
    install.run().with_context(|| format!("cannot install them; try by hand: {install}"))
}

fn ensure_programs() -> Result<()> {
    let packages = missing_packages();
    if packages.is_empty() {
        return Ok(());
    }
    let wanted = packages.join(" ");
    let is_root = Job::new("id", &["-u"]).output().as_deref() == Some("0");
    if !is_root || find("apt-get").is_none() {
        bail!("programs are missing; install them (on Debian: apt-get install {wanted})");
    }
    println!("   installing {wanted}");
    let hand = || format!("cannot install them; try by hand: apt-get install {wanted}");
    Job::new("apt-get", &["update"]).run().with_context(hand)?;
    let mut install =
        Job::new("apt-get", &["install", "-y", "--no-install-recommends"]).env("DEBIAN_FRONTEND", "noninteractive");
    for package in &packages {
        install = install.arg(package);
    }
    install.run().with_context(hand)?;
    let still = missing_packages();
    if !still.is_empty() {
        bail!("packages are installed but bring no program for: {}", still.join(" "));
    }
    Ok(())
}

/// The packages whose programs are not found.
fn missing(programs: &[Program]) -> Vec<&'static str> {
    programs
        .iter()
        .filter(|program| program.names.iter().all(|name| find(name).is_none()))
        .map(|program| program.package)
        .collect()
}

/// The file that a shell would run for this name.
fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| fs::metadata(file).is_ok_and(|meta| meta.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_present_under_any_of_its_names() {
        let present = Program { names: &["no-such-program", "sh"], package: "present" };
        let absent = Program { names: &["no-such-program"], package: "absent" };
        assert_eq!(missing(&[present, absent]), ["absent"]);
    }

    #[test]
    fn a_folder_is_not_a_program() {
        assert_eq!(find("."), None);
    }
}
