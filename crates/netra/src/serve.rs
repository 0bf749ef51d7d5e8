//! `netra serve`: the real thing.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use jiff::Timestamp;
use netra_law::Law;
use netra_law::time::{Moment, Zone};
use netra_store::{Bucket, BucketKeys, CheckLimits, MailAddress, Place, Store, StoreError};
use netra_web::notify::{self, MailLogin, MailServer, Mailer, SmtpAddress};
use netra_web::{App, Clock, Limits, Printer, Scanner, ScannerAddress, SecondFactor, ServerSecret, Setup, Transport};

use crate::courier::Courier;
use crate::form;
use crate::output::{self, Outcome};

#[derive(Args)]
pub struct ServeArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// How the public reaches this server, `https://` and its name; printed in QR codes.
    #[arg(long)]
    base_url: Option<String>,
    /// Ask a ClamAV daemon about every file that comes in, at HOST:PORT. If it does not answer, files are kept and
    /// the log of their custody says that they were not scanned.
    #[arg(long, value_name = "HOST:PORT")]
    clamav: Option<ScannerAddress>,
    #[command(flatten)]
    mail: MailArguments,
    /// Deliver also to servers whose certificate goes back to one in this PEM file, besides those of the system.
    #[arg(long, value_name = "FILE")]
    delivery_root: Option<PathBuf>,
}

/// How officers are told by mail.
#[derive(Args)]
struct MailArguments {
    /// Tell officers by mail: `smtps://HOST:PORT`, `smtp://HOST:PORT` with STARTTLS, or `smtp+plain://HOST:PORT` on this machine; the port may be left out.
    /// Without it notices stand in the outbox, marked as not sent.
    #[arg(long, env = "NETRA_SMTP", value_name = "ADDRESS", requires = "mail_from")]
    smtp: Option<SmtpAddress>,
    /// Whom mails are from, e.g. netra@bawaslu-contoh.go.id.
    #[arg(long, env = "NETRA_MAIL_FROM", value_name = "MAILBOX")]
    mail_from: Option<MailAddress>,
    /// User at the mail server.
    #[arg(long, env = "NETRA_SMTP_USER", value_name = "USER", requires = "smtp_password_file")]
    smtp_user: Option<String>,
    /// File with the password of that user; nobody but the program's own user should read it.
    #[arg(long, env = "NETRA_SMTP_PASSWORD_FILE", value_name = "FILE", requires = "smtp_user")]
    smtp_password_file: Option<PathBuf>,
    /// How many mails one account gets within an hour; what is held back is told in one mail.
    #[arg(long, env = "NETRA_MAILS_PER_HOUR", value_name = "N", default_value_t = 20)]
    mails_per_hour: u32,
}

impl MailArguments {
    /// The mailer, if a mail server is set up.
    fn mailer(self) -> anyhow::Result<Option<Mailer>> {
        let (Some(address), Some(from)) = (self.smtp, self.mail_from) else { return Ok(None) };
        let login = match (self.smtp_user, self.smtp_password_file) {
            (Some(user), Some(file)) => {
                let password = std::fs::read_to_string(&file).with_context(|| {
                    format!("reading the password in {}, named by --smtp-password-file", file.display())
                })?;
                Some(MailLogin { user, password: password.trim_end_matches(['\r', '\n']).to_owned() })
            }
            _ => None,
        };
        let server = MailServer { address, login, from, per_hour: self.mails_per_hour };
        Mailer::new(server).map(Some).context("setting up mails, --smtp")
    }
}

/// Where the store lies.
#[derive(Args)]
pub struct PlaceArguments {
    /// Folder of the embedded database, exhibits and keys; made at the first start.
    #[arg(long, default_value = "netra-data", global = true)]
    pub data: PathBuf,
    /// Use a PostgreSQL server: postgres://user:password@host:5432/name. Exhibits and keys stay in --data.
    #[arg(long, env = "NETRA_DATABASE", hide_env_values = true, global = true)]
    database: Option<String>,
    /// Keep exhibits in an S3-compatible bucket: s3://BUCKET[/PREFIX]?endpoint=https://HOST&region=REGION. The keys
    /// to it come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    #[arg(long, env = "NETRA_EXHIBITS", hide_env_values = true, value_name = "ADDRESS", global = true)]
    exhibits: Option<String>,
}

impl PlaceArguments {
    /// The place that the arguments name.
    pub fn place(&self) -> anyhow::Result<Place> {
        let place = match &self.database {
            None => Place::embedded(&self.data),
            Some(url) => Place::server(url, &self.data).context("reading --database")?,
        };
        match &self.exhibits {
            None => Ok(place),
            Some(address) => {
                let bucket = Bucket::parse(address, bucket_keys()?).context("reading --exhibits")?;
                Ok(place.with_bucket(bucket))
            }
        }
    }

    /// The place, if a store has been made there.
    pub fn existing(&self) -> anyhow::Result<Place> {
        if self.database.is_none() && !self.data.join("netra.sqlite3").exists() {
            bail!(
                "{}: no store here; start `netra serve --data DIR` once, or name its folder with --data",
                self.data.display()
            );
        }
        self.place()
    }
}

/// The keys to the bucket, from where other programs for buckets have theirs too.
fn bucket_keys() -> anyhow::Result<BucketKeys> {
    let key = |name: &str| std::env::var(name).ok().filter(|key| !key.is_empty());
    match (key("AWS_ACCESS_KEY_ID"), key("AWS_SECRET_ACCESS_KEY")) {
        (Some(id), Some(secret)) => Ok(BucketKeys { id, secret, session: key("AWS_SESSION_TOKEN") }),
        _ => bail!("--exhibits: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the keys of the bucket"),
    }
}

/// The machine's clock. The only place of the program that reads it.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the outermost layer is where the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

pub fn run(arguments: ServeArguments) -> anyhow::Result<Outcome> {
    start_log();
    let runtime = runtime()?;
    let done = runtime.block_on(async {
        let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
        let listener = bind(arguments.listen).await?;
        let place = arguments.place.place()?;
        let store = open_store(&place, law.clone()).await?;
        let base_url = match arguments.base_url {
            Some(url) => url,
            None => format!("http://{}", listener.local_addr()?),
        };
        let scanner = arguments.clamav.map(Scanner::at);
        let mailer = arguments.mail.mailer()?;
        let app = app(store, law, Arc::new(SystemClock), &base_url, scanner, SecondFactor::Required).await?;
        if app.store.account_count().await? == 0 {
            let path = netra_web::setup_path(&app).await?;
            output::line(format!(
                "Belum ada akun. Buka tautan sekali pakai ini untuk membuat administrator pertama:\n  {base_url}{path}"
            ));
        }
        Courier::new(app.clone(), arguments.delivery_root.as_deref(), place.folder())?.start();
        output::line(format!("Netra melayani di {base_url}"));
        serve_until_interrupted(app, listener, mailer).await?;
        anyhow::Ok(Outcome::Holds)
    });
    // A delivery may wait for another server; it goes on after the next start.
    runtime.shutdown_timeout(ENDING);
    done
}

/// How long the end waits for deliveries that are under way.
const ENDING: Duration = Duration::from_secs(5);

/// A runtime for the server.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")
}

/// Log lines on standard error: warnings and errors of the program itself, without personal data.
pub fn start_log() {
    let _ = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::INFO).try_init();
}

/// Opens a store, making it at the first start.
pub async fn open_store(place: &Place, law: Arc<Law>) -> anyhow::Result<Store> {
    Store::open(place, law).await.with_context(|| format!("opening the store in {}", place.folder().display()))
}

/// The web application over a store; its secret is drawn at the first start and kept in the store.
pub async fn app(
    store: Store,
    law: Arc<Law>,
    clock: Arc<dyn Clock>,
    base_url: &str,
    scanner: Option<Scanner>,
    second_factor: SecondFactor,
) -> anyhow::Result<App> {
    if base_url.ends_with('/') || !base_url.starts_with("http") {
        bail!("--base-url {base_url}: write it like https://lapor.example.org, without a slash at the end");
    }
    let fresh = netra_web::hex(&netra_web::random_bytes::<32>());
    let kept = store.set_setting_if_absent("server_secret", &fresh).await.context("reading the server's secret")?;
    let secret =
        parse_secret(&kept).context("the server's secret in the store is damaged: restore it from a backup")?;
    let transport = if base_url.starts_with("https://") { Transport::Https } else { Transport::Http };
    Ok(App::new(Setup {
        store,
        law,
        printer: Arc::new(Printer::new(form::press()?)),
        clock,
        secret: ServerSecret(secret),
        limits: Limits::default(),
        base_url: base_url.to_owned(),
        transport,
        scanner,
        second_factor,
    }))
}

fn parse_secret(text: &str) -> Option<[u8; 32]> {
    let bytes: Option<Vec<u8>> =
        (0..32).map(|i| text.get(2 * i..2 * i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect();
    bytes?.try_into().ok()
}

/// Takes an address to listen on.
pub async fn bind(address: SocketAddr) -> anyhow::Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("listening on {address}: choose another address with --listen"))
}

/// How long an unsent public form is kept after its last change: it holds personal data.
const DRAFT_DAYS: i64 = 30;

/// How long an upload is kept to which nothing comes any more, in seconds.
const UPLOAD_SECONDS: i64 = 24 * 3600;

/// How long the count of failed log-ins is kept after the last one, in seconds.
const FAILURE_SECONDS: i64 = 24 * 3600;
/// How long it is remembered that a bundle was announced or refused, in seconds: longer than its bytes are kept.
const ARRIVAL_SECONDS: i64 = 30 * 24 * 3600;

/// Once an hour, takes away what has had its time. A failure is logged and tried again an hour later.
async fn keep_house(app: App) {
    let mut hourly = tokio::time::interval(Duration::from_secs(3600));
    loop {
        hourly.tick().await;
        let now = app.clock.now().as_second();
        match app.store.delete_drafts_before(now - DRAFT_DAYS * 24 * 3600).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "unsent forms were deleted after their time"),
            Err(error) => tracing::error!(%error, "unsent forms could not be deleted"),
        }
        match app.store.sweep_uploads(now - UPLOAD_SECONDS).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "uploads were deleted after their time"),
            Err(error) => tracing::error!(%error, "old uploads could not be deleted"),
        }
        // The day begins in the east first: what is due there is not kept for the west.
        let today = Moment::new(app.clock.now(), Zone::Wit).date();
        match app.store.delete_lists_due(today, app.clock.now()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "lists of people were deleted on their day"),
            Err(error) => tracing::error!(%error, "lists of people could not be deleted on their day"),
        }
        if let Err(error) = app.store.delete_failures_before(now - FAILURE_SECONDS).await {
            tracing::error!(%error, "counts of failed log-ins could not be deleted");
        }
        match app.store.sweep_arrivals(now - ARRIVAL_SECONDS).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "announcements of bundles were forgotten after their time"),
            Err(error) => tracing::error!(%error, "old announcements of bundles could not be forgotten"),
        }
    }
}

/// How long an act waits at most until a checkpoint covers it.
const PUBLISHING: Duration = Duration::from_secs(1);

/// Publishes the ledgers again and again. A failure is logged once and tried again.
async fn publish(app: App) {
    let mut often = tokio::time::interval(PUBLISHING);
    let mut told = String::new();
    loop {
        often.tick().await;
        let said = match publish_once(&app).await {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        };
        if said != told && !said.is_empty() {
            tracing::error!(error = said, "what was recorded could not be published, made searchable or counted");
        }
        told = said;
    }
}

/// How often it is looked for pictures that were not compared yet.
const COMPARING: Duration = Duration::from_secs(5);

/// Computes the codes by which pictures are compared, a few at a time. A failure is logged once and tried again.
async fn compare_pictures(app: App) {
    let mut often = tokio::time::interval(COMPARING);
    let mut told = String::new();
    loop {
        often.tick().await;
        let said = match app.store.index_likeness().await {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        if said != told && !said.is_empty() {
            tracing::error!(error = said, "pictures could not be compared");
        }
        told = said;
    }
}

/// When the first check runs after the start, and how far apart the others are.
const CHECK_AFTER: Duration = Duration::from_secs(60);
const CHECK_EVERY: Duration = Duration::from_secs(24 * 3600);

/// Once a day, runs the standing checks. Administrators read what was found; the log gets counts only.
async fn check_daily(app: App) {
    let mut daily = tokio::time::interval_at(tokio::time::Instant::now() + CHECK_AFTER, CHECK_EVERY);
    loop {
        daily.tick().await;
        match app.store.check(Moment::new(app.clock.now(), Zone::Wib), CheckLimits::default()).await {
            Ok(health) if health.is_well() => tracing::info!(matters = health.matters, "the daily check found nothing"),
            Ok(health) => tracing::warn!(found = %health, "the daily check found something: see /meja/kesehatan"),
            Err(error) => tracing::error!(%error, "the daily check could not be made"),
        }
    }
}

/// How often it is looked for what officers are to be told of, and mails leave.
const TELLING: Duration = Duration::from_secs(15);
/// How often it is looked for clocks that come near.
const WATCHING: Duration = Duration::from_secs(600);

/// Tells officers what concerns them. A failure is logged once and tried again.
async fn tell_officers(app: App, mailer: Option<Mailer>) {
    let mut often = tokio::time::interval(TELLING);
    let mut told = String::new();
    loop {
        often.tick().await;
        let said = match tell_once(&app, mailer.as_ref()).await {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        };
        if said != told && !said.is_empty() {
            tracing::error!(error = said, "officers could not be told what concerns them");
        }
        told = said;
    }
}

async fn tell_once(app: &App, mailer: Option<&Mailer>) -> Result<(), StoreError> {
    notify::follow_once(app).await?;
    let came = notify::send_once(app, mailer).await?;
    if came.failed > 0 {
        tracing::warn!(failed = came.failed, "notices could not be sent: see /meja/kotak-keluar");
    }
    Ok(())
}

/// Looks for clocks that come near. A failure is logged once and tried again.
async fn watch_clocks(app: App) {
    let mut often = tokio::time::interval(WATCHING);
    let mut told = String::new();
    loop {
        often.tick().await;
        let said = match notify::follow_clocks(&app).await {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        if said != told && !said.is_empty() {
            tracing::error!(error = said, "clocks that come near could not be looked for");
        }
        told = said;
    }
}

/// Publishes what was recorded since the last time, makes it searchable, and counts it.
pub async fn publish_once(app: &App) -> Result<(), netra_store::StoreError> {
    let now = Moment::new(app.clock.now(), Zone::Wib);
    app.store.publish_ledgers(now).await?;
    app.store.index_for_search().await?;
    app.store.follow_statistics(now).await?;
    publish_statistics_in_time(app, now).await
}

/// How long public figures stand before they are made anew, in seconds: the rarer, the less the difference between two
/// publications can tell of a single matter.
const FIGURES_STAND: i64 = 3600;

/// Makes the public figures if the last ones have stood long enough, or there are none.
async fn publish_statistics_in_time(app: &App, now: Moment) -> Result<(), netra_store::StoreError> {
    let second = |moment: Moment| moment.instant().as_second();
    let last = app.store.statistics_published().await?;
    // A clock that was set back must not keep figures in sight for ever.
    let stand = |last: Moment| (0..FIGURES_STAND).contains(&second(now).saturating_sub(second(last)));
    if last.is_some_and(stand) {
        return Ok(());
    }
    app.store.publish_statistics(now).await.map(|_| ())
}

/// Serves until interrupted.
pub async fn serve_until_interrupted(
    app: App,
    listener: tokio::net::TcpListener,
    mailer: Option<Mailer>,
) -> anyhow::Result<()> {
    let _housekeeping = tokio::spawn(keep_house(app.clone()));
    let _checking = tokio::spawn(check_daily(app.clone()));
    let _publishing = tokio::spawn(publish(app.clone()));
    let _comparing = tokio::spawn(compare_pictures(app.clone()));
    let _telling = tokio::spawn(tell_officers(app.clone(), mailer));
    let _watching = tokio::spawn(watch_clocks(app.clone()));
    // Failed log-ins, and programs without a token, are counted by where they come from.
    let router = netra_web::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(interrupted()).await.context("serving")?;
    publish_once(&app).await.context("publishing the last acts")
}

async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}
