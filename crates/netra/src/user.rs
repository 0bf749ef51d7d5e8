//! `netra user`: accounts from the command line, on the machine of the store.

use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use netra_docket::ids::{AccountId, OfficeId};
use netra_law::Law;
use netra_store::{Account, AccountEvent, AccountEventKind, AccountState, Role, Store};
use netra_web::{Clock, password};
use serde_json::json;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct UserArguments {
    #[command(subcommand)]
    command: UserCommand,
    #[command(flatten)]
    place: PlaceArguments,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add an account; its password is printed once.
    Add {
        /// Login name.
        login: String,
        /// Name shown to colleagues.
        #[arg(long)]
        name: String,
        /// intake, handling, plenary, authority, employer, oversight or administration.
        #[arg(long)]
        role: String,
        /// Id of the office.
        #[arg(long)]
        office: OfficeId,
    },
    /// Give an account a new password, printed once; its sessions end.
    Reset {
        /// Login name.
        login: String,
        /// Take a lost second factor away too. Otherwise two administrators do that in the program.
        #[arg(long)]
        second_factor: bool,
    },
    /// List all accounts.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub fn run(arguments: UserArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let store = serve::open_store(&place, law).await?;
        match arguments.command {
            UserCommand::Add { login, name, role, office } => add(&store, login, name, &role, office).await,
            UserCommand::Reset { login, second_factor } => {
                let factor = if second_factor { Factor::Remove } else { Factor::Keep };
                reset(&store, &login, factor).await
            }
            UserCommand::List { json } => list(&store, json).await,
        }
    })
}

async fn add(store: &Store, login: String, name: String, role: &str, office: OfficeId) -> anyhow::Result<Outcome> {
    let login = netra_web::normal_login(&login);
    if let Some(problem) = netra_web::login_problem(&login) {
        bail!("{login}: {problem}");
    }
    let Some(role) = Role::from_id(role) else {
        let all: Vec<&str> = Role::ALL.iter().map(|r| r.id()).collect();
        bail!("--role {role}: use one of {}", all.join(", "));
    };
    let Some(known) = store.office(&office).await? else {
        let all: Vec<String> = store.offices().await?.iter().map(|o| o.id.to_string()).collect();
        bail!("--office {office}: no such office; there are {}", all.join(", "));
    };
    if !netra_web::fits_office(role, known.kind) {
        bail!("--role {}: {} is not an office for this role", role.id(), known.name);
    }
    let word = password::one_time();
    let account = Account {
        id: AccountId::new(netra_web::random_uuid()),
        office,
        login: login.clone(),
        name,
        role,
        password_hash: password::hash_password(&word)?,
        state: AccountState::Active,
    };
    store.add_account(&account).await.with_context(|| format!("adding the account {login}"))?;
    note(store, &account, AccountEventKind::Created, role.id()).await?;
    output::line(format!("{login}\t{word}"));
    Ok(Outcome::Holds)
}

/// What becomes of the second factor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Factor {
    Keep,
    Remove,
}

/// Notes in the log of accounts what was done on this machine.
async fn note(store: &Store, account: &Account, kind: AccountEventKind, detail: &str) -> anyhow::Result<()> {
    let event = AccountEvent {
        office: account.office.clone(),
        account: account.id,
        at: SystemClock.now(),
        kind,
        actor: None,
        detail: detail.to_owned(),
    };
    store.note_account_event(&event).await.context("writing the log of accounts")
}

async fn reset(store: &Store, login: &str, factor: Factor) -> anyhow::Result<Outcome> {
    let Some(account) = store.account_by_login(login).await? else {
        bail!("{login}: no such account; `netra user list` shows all");
    };
    let word = password::one_time();
    store.set_password_hash(account.id, &password::hash_password(&word)?).await?;
    store.delete_sessions_of(account.id).await?;
    store.revoke_invitation(account.id).await?;
    store.clear_login_failures(login).await?;
    note(store, &account, AccountEventKind::PasswordReset, "").await?;
    if factor == Factor::Remove {
        store.remove_factor(account.id).await?;
        note(store, &account, AccountEventKind::FactorRemoved, "").await?;
    }
    output::line(format!("{login}\t{word}"));
    Ok(Outcome::Holds)
}

async fn list(store: &Store, as_json: bool) -> anyhow::Result<Outcome> {
    let mut rows = Vec::new();
    for office in store.offices().await? {
        for account in store.accounts_of(&office.id).await? {
            let state = match account.state {
                AccountState::Invited => "invited",
                AccountState::Active => "active",
                AccountState::Closed => "closed",
            };
            rows.push([
                account.login,
                account.name,
                account.role.id().to_owned(),
                office.id.to_string(),
                state.to_owned(),
            ]);
        }
    }
    if as_json {
        let list: Vec<_> = rows
            .iter()
            .map(|[login, name, role, office, state]| {
                json!({ "login": login, "name": name, "role": role, "office": office, "state": state })
            })
            .collect();
        output::json(&list)?;
    } else {
        let rows: Vec<Vec<String>> = rows.into_iter().map(Vec::from).collect();
        output::table(&["login", "name", "role", "office", "state"], &rows);
    }
    Ok(Outcome::Holds)
}
