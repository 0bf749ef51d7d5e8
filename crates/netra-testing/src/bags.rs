//! Validators of bags and of their descriptions that others wrote: `bagit` and `roc-validator`, Python programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{ServerError, run};

/// The folder, below the repository's root, of the virtual environment that `cargo xtask test` makes for them.
pub const VALIDATORS: &str = "target/tools/bags";

/// What runs them, in this crate's folder.
const SCRIPT: &str = "src/bags.py";

/// Whether the validators are there.
pub fn validators_are_installed() -> bool {
    let all = "import bagit, rocrate_validator, importlib.util as u; assert u.find_spec('rocrate')";
    run(Command::new(python()).args(["-c", all])).is_ok()
}

/// Validates an unpacked bag and the RO-Crate that is its payload.
///
/// # Errors
/// The validators are not installed, or refuse; what they say is in the error.
pub fn validate_bag(folder: &Path) -> Result<(), ServerError> {
    if !validators_are_installed() {
        let how = "the validators of bags are not installed: `cargo xtask test` installs them";
        return Err(ServerError(how.to_owned()));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT);
    run(Command::new(python()).arg(script).arg(folder)).map(|_| ())
}

/// The Python of the virtual environment.
fn python() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(VALIDATORS).join("bin").join("python")
}
