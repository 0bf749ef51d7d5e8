//! `netra check`: the standing checks of a store, made now.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use netra_law::Law;
use netra_law::time::{Moment, Zone, long_moment};
use netra_store::{CheckId, CheckLimits, Finding, FindingState, Health, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct CheckArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Compute all lists again from the acts before checking.
    #[arg(long)]
    rebuild: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &CheckArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    let health = serve::runtime()?.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        // As it is: opening it as the server does would refuse a store without keys, and mend its lists first.
        let store = Store::open_as_it_is(&place, law).await.context("opening the store to check it")?;
        if arguments.rebuild {
            store.rebuild_projections().await.context("computing the lists again")?;
        }
        let now = Moment::new(SystemClock.now(), Zone::Wib);
        store.check(now, CheckLimits::default()).await.context("checking the store")
    })?;
    if arguments.json {
        as_json(&health)?
    } else {
        as_text(&health)
    }
    Ok(if health.is_well() { Outcome::Holds } else { Outcome::Fails })
}

fn as_json(health: &Health) -> anyhow::Result<()> {
    output::json(&json!({
        "holds": health.is_well(), "checked_at": health.checked_at, "matters": health.matters,
        "findings": health.findings,
    }))
}

fn as_text(health: &Health) {
    if !health.is_well() {
        let rows: Vec<Vec<String>> = health.findings.iter().map(row).collect();
        output::table(&["check", "office", "count", "subject"], &rows);
        output::line("");
        for check in CheckId::ALL.iter().filter(|check| health.of(**check).next().is_some()) {
            output::line(format!("{}: {} {}", check.id(), check.meaning(), check.remedy()));
        }
        output::line("");
    }
    let verdict = if health.is_well() { "Semua beres" } else { "ADA YANG PERLU DITANGANI" };
    output::line(format!("{verdict}: {} perkara dibaca, {}", health.matters, long_moment(health.checked_at)));
}

fn row(finding: &Finding) -> Vec<String> {
    let subject = match finding.state {
        FindingState::Found => finding.subject.clone(),
        FindingState::NotRun => format!("tidak dapat diperiksa: {}", finding.subject),
    };
    let office = finding.office.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    vec![finding.check.id().to_owned(), office, finding.count.to_string(), subject]
}
