//! Asking a described interface everything that its description allows, and what it does not: Schemathesis, a Python
//! program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{ServerError, unique};

/// The folder, below the repository's root, of the virtual environment that `cargo xtask test` makes for it.
pub const SCHEMATHESIS: &str = "target/tools/schemathesis";

/// What is checked of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,unsupported_method,ignored_auth";

/// Requests that are made up for each operation, beside those for the borders of its parameters.
const EXAMPLES: &str = "15";

/// Whether it is there.
pub fn schemathesis_is_installed() -> bool {
    program().is_file()
}

/// Asks the interface whose description lies at an address, with a token. The same requests are made at every run.
///
/// # Errors
/// It is not installed, or an answer is not as described; what it says is in the error.
pub fn examine_api(description: &str, token: &str) -> Result<(), ServerError> {
    if !schemathesis_is_installed() {
        let how = "Schemathesis is not installed: `cargo xtask test` installs it";
        return Err(ServerError(how.to_owned()));
    }
    // It leaves what it found out in the folder where it runs.
    let folder = std::env::temp_dir().join(format!("netra-schemathesis-{}", unique()));
    let failed = |error: std::io::Error| ServerError(format!("{} can't be made: {error}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let examined = examine(&folder, description, token);
    let _ = std::fs::remove_dir_all(&folder);
    examined
}

fn examine(folder: &Path, description: &str, token: &str) -> Result<(), ServerError> {
    let mut command = Command::new(program());
    command.current_dir(folder).args(["run", description, "--header"]).arg(format!("Authorization: Bearer {token}"));
    command.args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES]);
    command.args(["--seed", "1", "--workers", "1", "--request-timeout", "20", "--max-failures", "20"]);
    command.args(["--suppress-health-check", "all", "--no-shrink", "--no-color", "--warnings", "off"]);
    command.args(["--generation-database", "none"]);
    let output = command.output().map_err(|error| ServerError(format!("Schemathesis can't be started: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    // What it found stands on standard output.
    let said = [output.stdout, output.stderr].concat();
    Err(ServerError(format!("Schemathesis found, {}:\n{}", output.status, String::from_utf8_lossy(&said))))
}

/// The program of the virtual environment.
fn program() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(SCHEMATHESIS).join("bin").join("schemathesis")
}
