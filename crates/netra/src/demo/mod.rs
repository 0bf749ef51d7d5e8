//! `netra demo`: five stories in an embedded store, served, or replayed and checked.

mod check;
mod embedded;
mod replay;
mod story;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use netra_docket::ids::AccountId;
use netra_law::Law;
use netra_law::time::Moment;
use netra_store::{Account, AccountState, Place, Store};
use netra_web::{App, Clock, SecondFactor, password};
use serde_json::json;

use crate::output::{self, Outcome};
use crate::serve::{self, SystemClock};

#[derive(Args)]
pub struct DemoArguments {
    /// Replay the stories, check every date and route, write forms and dossiers, and exit.
    #[arg(long)]
    once: bool,
    /// Where the demo's store lies (default netra-data/demo); with --once where the dossiers are written.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Begin at this moment instead of now, e.g. 2024-01-04T09:00:00+08:00: the stories are loaded up to it,
    /// and its clocks are running. Needs a fresh --data folder.
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
    /// Print JSON (with --once).
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: DemoArguments) -> anyhow::Result<Outcome> {
    let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
    match arguments.once {
        true => serve::runtime()?.block_on(once(arguments, law)),
        false => serve::runtime()?.block_on(show(arguments, law)),
    }
}

async fn once(arguments: DemoArguments, law: Arc<Law>) -> anyhow::Result<Outcome> {
    let out = arguments.data.unwrap_or_else(|| PathBuf::from("netra-data/demo-once"));
    let store_dir = out.join("store");
    if store_dir.exists() {
        bail!("{}: holds an earlier replay; name an empty folder with --data", out.display());
    }
    let store = serve::open_store(&Place::embedded(&store_dir), law.clone()).await?;
    let app =
        serve::app(store, law, Arc::new(SystemClock), "http://127.0.0.1:8080", None, SecondFactor::Waived).await?;
    fill(&app).await?;
    let stories = story::all()?;
    let replayed = replay::replay(&app, &stories, None).await?;
    let findings = check::check(&app, &stories, &replayed).await?;
    let dossiers = replay::write_dossiers(&app, &replayed, &out).await?;
    serve::publish_once(&app).await.context("publishing the ledgers")?;
    report(&findings, &dossiers, arguments.json)?;
    let holds = findings.iter().all(|f| f.holds());
    Ok(if holds { Outcome::Holds } else { Outcome::Fails })
}

fn report(findings: &[check::Finding], dossiers: &[replay::Dossier], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let rows: Vec<_> = findings
            .iter()
            .map(|f| {
                json!({
                    "story": f.story, "matter": f.matter, "what": f.what,
                    "expected": f.expected, "found": f.found, "holds": f.holds(),
                })
            })
            .collect();
        let files: Vec<_> =
            dossiers.iter().map(|d| json!({ "matter": d.matter, "file": d.path.display().to_string() })).collect();
        let holds = findings.iter().all(|f| f.holds());
        return output::json(&json!({ "holds": holds, "checks": rows, "dossiers": files }));
    }
    let rows: Vec<Vec<String>> = findings
        .iter()
        .map(|f| {
            let mark = if f.holds() { "ok" } else { "DIFFERS" };
            vec![f.matter.clone(), f.what.clone(), f.expected.clone(), f.found.clone(), mark.to_owned()]
        })
        .collect();
    output::table(&["story", "what", "expected", "found", ""], &rows);
    output::line("");
    for dossier in dossiers {
        output::line(format!("{}: {}", dossier.matter, dossier.path.display()));
    }
    let wrong = findings.iter().filter(|f| !f.holds()).count();
    output::line(format!("\n{} checks, {wrong} differ", findings.len()));
    Ok(())
}

/// A clock that began at another moment and runs on.
struct ShiftedClock(SignedDuration);

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().checked_add(self.0).unwrap_or(Timestamp::MAX)
    }
}

fn clock_from(at: Option<Moment>) -> Arc<dyn Clock> {
    match at {
        None => Arc::new(SystemClock),
        Some(moment) => Arc::new(ShiftedClock(moment.instant().duration_since(SystemClock.now()))),
    }
}

async fn show(arguments: DemoArguments, law: Arc<Law>) -> anyhow::Result<Outcome> {
    serve::start_log();
    let dir = arguments.data.unwrap_or_else(|| PathBuf::from("netra-data/demo"));
    let listener = serve::bind(arguments.listen).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let store = serve::open_store(&Place::embedded(&dir), law.clone()).await?;
    let app = serve::app(store, law, clock_from(arguments.at), &base_url, None, SecondFactor::Waived).await?;
    load_once(&app, &dir, arguments.at).await?;
    let word = fresh_passwords(&app.store).await?;
    introduce(&app, &word).await?;
    output::line(format!("\nNetra demo: {base_url}  (berhenti dengan Ctrl-C)"));
    serve::serve_until_interrupted(app, listener, None).await?;
    Ok(Outcome::Holds)
}

/// Fills the store at the first start; later starts find it filled.
async fn load_once(app: &App, dir: &Path, at: Option<Moment>) -> anyhow::Result<()> {
    let wanted = at.map_or_else(|| "all".to_owned(), |m| m.to_string());
    match app.store.setting("demo_loaded").await? {
        Some(loaded) if at.is_none() || loaded == wanted => Ok(()),
        Some(_) => bail!("{}: holds a demo of another moment; name a fresh folder with --data", dir.display()),
        None => {
            fill(app).await?;
            let stories = story::all()?;
            replay::replay(app, &stories, at).await?;
            app.store.set_setting_if_absent("demo_loaded", &wanted).await?;
            Ok(())
        }
    }
}

/// Offices and accounts.
async fn fill(app: &App) -> anyhow::Result<()> {
    for office in story::offices()? {
        app.store.add_office(&office).await.with_context(|| format!("adding the office {}", office.id))?;
    }
    // Replaced by `fresh_passwords` before anybody can log in.
    let nobody = password::hash_password(&password::one_time())?;
    for account in story::accounts()? {
        if app.store.account_by_login(&account.login).await?.is_some() {
            continue;
        }
        let account = Account {
            id: AccountId::new(netra_web::random_uuid()),
            office: account.office,
            login: account.login,
            name: account.name,
            role: account.role,
            password_hash: nobody.clone(),
            state: AccountState::Active,
        };
        app.store.add_account(&account).await.with_context(|| format!("adding the account {}", account.login))?;
    }
    Ok(())
}

/// One password for all demo accounts, new at each start.
async fn fresh_passwords(store: &Store) -> anyhow::Result<String> {
    let word = password::one_time();
    let hash = password::hash_password(&word)?;
    for account in story::accounts()? {
        if let Some(known) = store.account_by_login(&account.login).await? {
            store.set_password_hash(known.id, &hash).await?;
        }
    }
    Ok(word)
}

async fn introduce(app: &App, word: &str) -> anyhow::Result<()> {
    let offices = app.store.offices().await?;
    let rows: Vec<Vec<String>> = story::accounts()?
        .into_iter()
        .map(|a| {
            let office = offices.iter().find(|o| o.id == a.office).map(|o| o.name.clone()).unwrap_or_default();
            vec![a.login, a.role.indonesian().to_owned(), office]
        })
        .collect();
    output::table(&["akun", "meja", "kantor"], &rows);
    output::line(format!("\nkata sandi semua akun: {word}"));
    output::line("mode demo: semua isinya rekaan, dan akun masuk tanpa kode kedua dari ponsel");
    for (title, code) in replay::public_codes(app, &story::all()?) {
        output::line(format!("kode status \"{title}\": {code}"));
    }
    Ok(())
}
