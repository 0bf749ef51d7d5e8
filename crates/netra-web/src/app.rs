//! What every handler needs: the store, the law, the clock, the secret and the limits.

use std::sync::{Arc, OnceLock};

use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_store::Store;
use netra_watch::Watch;
use sha2::Sha256;

use crate::api::{ApiRates, Buckets};
use crate::desk::registers::waiting::Waiting;
use crate::printer::Printer;
use crate::scan::Scanner;

/// Tells the time. The only way for this crate to know it; the program's outermost layer brings one.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Sizes that uploads and texts may have, and how often programs may ask.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one evidence file that comes with its form.
    pub file: u64,
    /// Bytes of one evidence file that comes in pieces.
    pub large_file: u64,
    /// Bytes of all evidence files of one form.
    pub form: u64,
    /// Bytes of one request.
    pub request: usize,
    /// Characters of a long text, such as the account of events.
    pub long_text: usize,
    /// Characters of a one-line text.
    pub line: usize,
    /// Evidence files of one report.
    pub files: usize,
    /// Messages with one tracking code within a day.
    pub messages: usize,
    /// How often programs may ask.
    pub api: ApiRates,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file: 25 << 20,
            large_file: 3 << 30,
            form: 6 << 30,
            request: 26 << 20,
            long_text: 100_000,
            line: 300,
            files: 60,
            messages: 20,
            api: ApiRates::default(),
        }
    }
}

/// The server's secret: form and tracking codes are derived from it. Never shown, never logged.
#[derive(Clone)]
pub struct ServerSecret(pub [u8; 32]);

impl ServerSecret {
    /// HMAC-SHA256 over a text, under a purpose of its own: what is derived for one purpose says
    /// nothing about another.
    pub(crate) fn derive(&self, purpose: &str, text: &[u8]) -> [u8; 32] {
        let mut key = Key::<Hmac<Sha256>>::default();
        for (slot, byte) in key.iter_mut().zip(self.0) {
            *slot = byte;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&key);
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for ServerSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerSecret(…)")
    }
}

/// Whether cookies are for encrypted connections only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Behind TLS: cookies are marked Secure.
    Https,
    /// Plain HTTP, on this machine or in a closed network.
    Http,
}

/// Whether roles that the policy names need a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// They do.
    Required,
    /// They do not, because everything here is invented: the demo. The pages for logging in say so.
    Waived,
}

/// How a server is set up.
#[derive(Clone)]
pub struct Setup {
    /// The store.
    pub store: Store,
    /// The law packs.
    pub law: Arc<Law>,
    /// Where official forms are printed.
    pub printer: Arc<Printer>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The secret.
    pub secret: ServerSecret,
    /// Sizes.
    pub limits: Limits,
    /// How the public reaches this server, without a slash at the end; printed in QR codes.
    pub base_url: String,
    /// Encrypted or not.
    pub transport: Transport,
    /// Who looks for harmful files among what comes in, if anybody.
    pub scanner: Option<Scanner>,
    /// Whether a second factor is asked of those who need one.
    pub second_factor: SecondFactor,
}

/// Shared by all handlers.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    setup: Setup,
    /// Lists of people that nobody has confirmed yet.
    waiting: Waiting,
    /// Read when somebody first brings news: most processes of the program never need them.
    watch: OnceLock<Option<Arc<Watch>>>,
    /// How often programs have asked.
    buckets: Buckets,
}

impl App {
    /// Wraps a set-up.
    pub fn new(setup: Setup) -> App {
        App(Arc::new(Inner { setup, waiting: Waiting::default(), watch: OnceLock::new(), buckets: Buckets::default() }))
    }

    /// Lists of people that nobody has confirmed yet.
    pub(crate) fn waiting(&self) -> &Waiting {
        &self.0.waiting
    }

    /// The reader of news, with its word lists. Takes its time when it is first asked for: ask from a thread that may wait.
    pub(crate) fn watch(&self) -> Option<Arc<Watch>> {
        let load = || match Watch::embedded(&self.law) {
            Ok(watch) => Some(Arc::new(watch)),
            Err(error) => {
                tracing::error!(%error, "the word lists of the news reader are damaged");
                None
            }
        };
        self.0.watch.get_or_init(load).clone()
    }

    /// The present moment on a zone's clocks.
    pub fn now(&self, zone: Zone) -> Moment {
        Moment::new(self.clock.now(), zone)
    }

    /// How often programs have asked.
    pub(crate) fn buckets(&self) -> &Buckets {
        &self.0.buckets
    }
}

impl std::ops::Deref for App {
    type Target = Setup;

    fn deref(&self) -> &Setup {
        &self.0.setup
    }
}
