//! The command line: the outermost layer, the only one that reads the clock, files and arguments.
//!
//! Exit status: 0 done, 1 what was checked does not hold, 2 unusable input or arguments.

mod audit;
mod backup;
mod bundle;
mod check;
mod classify;
mod clock;
mod courier;
mod demo;
mod directory;
mod evidence;
mod form;
mod law;
mod ledger;
mod link;
mod output;
mod read;
mod receive;
mod serve;
mod statistics;
mod user;
mod verify;
mod whatsapp;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::Outcome;

/// Netra: the case system of Indonesia's election supervisors for the neutrality of civil servants.
#[derive(Parser)]
#[command(name = "netra", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill an embedded store with five stories and serve it, or replay and check them.
    Demo(demo::DemoArguments),
    /// Serve an office's store; the first start prints a link to make the first administrator.
    Serve(serve::ServeArguments),
    /// All deadlines that follow from some events, with their reasoning.
    Clock(clock::ClockArguments),
    /// Violation types that can apply to an act, with their possible sanctions and receivers.
    Classify(classify::ClassifyArguments),
    /// Which clocks of past cases, given as a sheet, were kept, missed or cannot be judged.
    Audit(audit::AuditArguments),
    /// The law packs: list, check, show an entry.
    Law(law::LawArguments),
    /// Which candidates or members may be in the register of civil servants: ranked pairs with reasons, for people to check.
    Link(link::LinkArguments),
    /// What files are and which digests they have, as they would be taken into custody.
    Evidence(evidence::EvidenceArguments),
    /// A chat export of WhatsApp as messages, with what it cannot tell.
    Whatsapp(whatsapp::WhatsappArguments),
    /// Official forms as PDF: list them, print one of a matter, or look at a sample.
    Form(form::FormArguments),
    /// The standing checks of a store: what lies undone, differs or runs out.
    Check(check::CheckArguments),
    /// Save a whole store in one file, while it runs.
    Backup(backup::BackupArguments),
    /// Make a store again out of a backup.
    Restore(backup::RestoreArguments),
    /// What news texts say: days, regions, kinds of persons, acts, stage of handling, suggested leads.
    Read(read::ReadArguments),
    /// Public statistics: print what is published, make it anew, or write a yearly report as PDF.
    Statistics(statistics::StatisticsArguments),
    /// Checkpoints, proofs, and countersigning the ledger of another office.
    Ledger(ledger::LedgerArguments),
    /// Pack a matter for the office to which it was handed over: signed, with proofs, encrypted if its key is known.
    Bundle(bundle::BundleArguments),
    /// Take a bundle of another office in, or a receipt that came back.
    Receive(receive::ReceiveArguments),
    /// Direktori kepercayaan: kunci kantor mana yang berlaku, ditandatangani kantor pusat.
    Directory(directory::DirectoryArguments),
    /// Whether a bundle or dossier is whole, or a store still holds what was recorded.
    Verify(verify::VerifyArguments),
    /// Accounts: add one, give it a new password, list all.
    User(user::UserArguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo(arguments) => demo::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Clock(arguments) => clock::run(&arguments),
        Command::Classify(arguments) => classify::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Law(arguments) => law::run(&arguments),
        Command::Link(arguments) => link::run(&arguments),
        Command::Evidence(arguments) => evidence::run(&arguments),
        Command::Whatsapp(arguments) => whatsapp::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Form(arguments) => form::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Statistics(arguments) => statistics::run(&arguments),
        Command::Ledger(arguments) => ledger::run(&arguments),
        Command::Bundle(arguments) => bundle::run(&arguments),
        Command::Receive(arguments) => receive::run(&arguments),
        Command::Directory(arguments) => directory::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::User(arguments) => user::run(arguments),
    };
    match result {
        Ok(Outcome::Holds) => ExitCode::SUCCESS,
        Ok(Outcome::Fails) => ExitCode::from(1),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(2)
        }
    }
}
