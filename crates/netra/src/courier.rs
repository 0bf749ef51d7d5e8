//! The courier: what the server does by itself about bundles that come and go over the network.
//!
//! Two loops. One checks what has come in whole and puts it into the inbox ([`take`]); the other packs what officers asked
//! for, sends it and fetches the receipts ([`send`]). Everything that they know stands in the store, so that both go on
//! where they were after the machine has stopped, and several servers of one store may run them.

mod http;
mod send;
mod take;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use netra_web::App;
use tokio::time::MissedTickBehavior;

use self::http::Client;

/// How often it is looked for something to do.
const LOOKING: Duration = Duration::from_secs(1);

/// What both loops need.
#[derive(Clone)]
pub struct Courier {
    app: App,
    client: Arc<Client>,
    folder: PathBuf,
}

impl Courier {
    /// A courier of a server. Servers whose certificate goes back to one in the PEM file `root` are believed too; files
    /// that are decrypted lie without a name in `folder`.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn new(app: App, root: Option<&Path>, folder: &Path) -> anyhow::Result<Courier> {
        Ok(Courier { app, client: Arc::new(Client::new(root)?), folder: folder.to_owned() })
    }

    /// Starts both loops; they end with the runtime.
    pub fn start(&self) {
        tokio::spawn(self.clone().take_in());
        tokio::spawn(self.clone().send_out());
    }

    async fn take_in(self) {
        let mut often = ticks();
        let mut told = String::new();
        loop {
            often.tick().await;
            tell(&mut told, take::all(&self).await, "a bundle from the network could not be taken in");
        }
    }

    async fn send_out(self) {
        let mut often = ticks();
        let mut told = String::new();
        loop {
            often.tick().await;
            tell(&mut told, send::all(&self).await, "deliveries could not be gone on with");
        }
    }
}

fn ticks() -> tokio::time::Interval {
    let mut often = tokio::time::interval(LOOKING);
    // After a long delivery there is nothing to catch up on.
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    often
}

/// A failure is logged once, not every second.
fn tell(told: &mut String, done: anyhow::Result<()>, what: &'static str) {
    let said = done.err().map(|error| format!("{error:#}").replace('\n', "; ")).unwrap_or_default();
    if said != *told && !said.is_empty() {
        tracing::error!(error = said, "{what}");
    }
    *told = said;
}

/// Seconds until the next attempt after so many that failed: twice as many each time, up to a limit.
fn back_off(attempts: u32, first: i64, most: i64) -> i64 {
    let factor = 1_i64.checked_shl(attempts.min(40)).unwrap_or(i64::MAX);
    first.saturating_mul(factor).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_come_further_and_further_apart_up_to_a_limit() {
        let waits: Vec<i64> = (0..6).map(|attempts| back_off(attempts, 5, 100)).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 100]);
        assert_eq!(back_off(u32::MAX, 5, 3600), 3600);
    }
}
