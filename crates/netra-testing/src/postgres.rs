//! A PostgreSQL server.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{ServerError, as_user, folder_of, free_port, run, unique};

/// The environment variable that names the port of a server already running for the whole test run.
pub const SHARED: &str = "NETRA_TEST_POSTGRES_PORT";

/// The user that the package makes for its server.
const USER: &str = "postgres";
/// The role that owns the tests' databases. It is no superuser, as in an office.
const ROLE: &str = "netra";
/// Where Debian's packages put the server's programs, by version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// How often starting is tried: another program may take the free port in between.
const TRIES: u32 = 3;

/// A running server; stopped, and its folder removed, when dropped. A shared one stays.
#[derive(Debug)]
pub struct Postgres {
    bin: PathBuf,
    port: u16,
    folder: Option<PathBuf>,
}

impl Postgres {
    /// Starts a server with a data folder of its own, or joins the one that [`SHARED`] names.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or it does not start.
    pub fn start() -> Result<Postgres, ServerError> {
        match env::var(SHARED).ok().and_then(|port| port.parse().ok()) {
            Some(port) => Ok(Postgres { bin: programs()?, port, folder: None }),
            None => Postgres::start_own(),
        }
    }

    /// Starts a server with a data folder of its own.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or it does not start.
    pub fn start_own() -> Result<Postgres, ServerError> {
        let mut tried = Postgres::try_start();
        for _ in 1..TRIES {
            if tried.is_ok() {
                break;
            }
            tried = Postgres::try_start();
        }
        tried
    }

    fn try_start() -> Result<Postgres, ServerError> {
        let bin = programs()?;
        let folder = folder_of(USER, "postgres")?;
        let server = Postgres { bin, port: free_port()?, folder: Some(folder.clone()) };
        let data = folder.join("data");
        let mut initdb = as_user(USER, &server.bin.join("initdb"));
        let flags = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=postgres", "--pgdata"];
        run(initdb.args(flags).arg(&data))?;
        let options =
            format!("-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200", server.port, folder.display());
        let mut start = as_user(USER, &server.bin.join("pg_ctl"));
        start.arg("--pgdata").arg(&data).arg("--log").arg(folder.join("log"));
        run(start.arg("--options").arg(options).args(["--wait", "start"]))?;
        server.ask("postgres", &format!("CREATE ROLE {ROLE} LOGIN"))?;
        Ok(server)
    }

    /// Whether the server's programs are there.
    pub fn is_installed() -> bool {
        programs().is_ok()
    }

    /// The port on which it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database; gives its address.
    ///
    /// # Errors
    /// The server refuses.
    pub fn database(&self) -> Result<String, ServerError> {
        let name = format!("netra_{}", unique());
        self.ask("postgres", &format!("CREATE DATABASE {name} OWNER {ROLE}"))?;
        Ok(format!("postgres://{ROLE}@127.0.0.1:{}/{name}", self.port))
    }

    /// The same database through the eyes of a superuser, who may do what the program may not.
    pub fn as_superuser(url: &str) -> String {
        url.replacen(&format!("://{ROLE}@"), "://postgres@", 1)
    }

    fn ask(&self, database: &str, sql: &str) -> Result<String, ServerError> {
        let mut psql = Command::new(self.bin.join("psql"));
        let port = self.port.to_string();
        psql.args(["--no-psqlrc", "--quiet", "--host=127.0.0.1", "--username=postgres", "--port", &port]);
        run(psql.args(["--dbname", database, "--command", sql]))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let mut stop = as_user(USER, &self.bin.join("pg_ctl"));
            let _ = run(stop.arg("--pgdata").arg(folder.join("data")).args(["--mode=immediate", "stop"]));
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// The folder of the server's programs, the newest version first.
fn programs() -> Result<PathBuf, ServerError> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut found: Vec<PathBuf> = versions.filter(|bin| bin.join("initdb").is_file()).collect();
    found.sort();
    let on_path = env::var_os("PATH").into_iter().flat_map(|path| env::split_paths(&path).collect::<Vec<_>>());
    found.pop().or_else(|| on_path.into_iter().find(|bin| bin.join("initdb").is_file())).ok_or_else(|| {
        ServerError(
            "PostgreSQL's server is not installed: `cargo xtask test` installs it, or `apt-get install postgresql`"
                .to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_gives_databases_and_stops() {
        let server = Postgres::start_own().unwrap_or_else(|error| panic!("{error}"));
        let folder = server.folder.clone().unwrap_or_default();
        let (one, two) = (server.database(), server.database());
        let (Ok(one), Ok(two)) = (one, two) else { panic!("no database") };
        assert_ne!(one, two);
        assert!(Postgres::as_superuser(&one).starts_with("postgres://postgres@127.0.0.1:"));
        let name = one.rsplit('/').next().unwrap_or_default();
        let answer = server.ask(name, "SELECT current_database()").unwrap_or_default();
        assert!(answer.contains(name), "{answer}");
        drop(server);
        assert!(!folder.exists());
    }
}
