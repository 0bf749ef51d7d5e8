//! One's own second factor: setting it up, replacing it, new recovery codes.
//!
//! A new one comes into force with its first right code, and ends all other sessions. Who has one already, or is fully
//! logged in, gives the password first, and the present code if there is one: a desk left open is not enough to take an
//! account over.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use netra_law::time::{Moment, long_moment};
use netra_store::{AccountEventKind, FactorStage, SessionStage};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::entrance::{Check, admit_fully, check_own_password, shut_text};
use super::events::note;
use super::password::one_time;
use super::second_step::{check_code, recovery_hash};
use super::session::{Arrival, NoOfficer, Officer};
use super::totp;
use crate::app::{App, SecondFactor};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy;
use crate::random;

/// The address of the page.
const PAGE: &str = "/meja/kode";
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/kode", get(show).post(confirm))
        .route("/meja/kode/baru", post(start))
        .route("/meja/kode/pemulihan", post(renew_codes))
}

#[derive(Template)]
#[template(path = "desk/factor.html")]
struct FactorPage {
    chrome: Chrome,
    csrf: String,
    /// Since when there is one in force.
    since: Option<String>,
    left: u64,
    /// The one that waits for its first code.
    pending: Option<PendingView>,
    /// Whether the role needs one.
    needed: bool,
    /// Whether nothing else can be done before.
    first: bool,
    /// Whether everything here is invented.
    demo: bool,
    problems: Problems,
}

struct PendingView {
    qr: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "desk/recovery_codes.html")]
struct CodesPage {
    chrome: Chrome,
    codes: Vec<String>,
    home: &'static str,
}

async fn show(State(app): State<App>, arrival: Arrival) -> Result<Response, NoOfficer> {
    let arrival = past_second_step(arrival)?;
    let page = factor_page(&app, &arrival, Problems::default()).await.map_err(NoOfficer::Failed)?;
    page::ok(&page).map_err(NoOfficer::Failed)
}

/// Makes a new secret that waits for its first code.
async fn start(State(app): State<App>, arrival: Arrival, request: Request) -> Result<Response, NoOfficer> {
    let arrival = past_second_step(arrival)?;
    start_for(&app, &arrival, request).await.map_err(NoOfficer::Failed)
}

async fn start_for(app: &App, arrival: &Arrival, request: Request) -> Result<Response, PageError> {
    let officer = &arrival.officer;
    let form = FormData::read(app, request).await?;
    officer.check_csrf(&form)?;
    // Who has just given the password, and has no factor yet, is not asked again.
    let known = arrival.stage == SessionStage::Enrolment && !app.store.has_factor(officer.account.id).await?;
    if !known && let Some((status, problems)) = refuse_unproven(app, officer, &form).await? {
        return page::html(status, &factor_page(app, arrival, problems).await?);
    }
    let secret = random::bytes::<{ totp::SECRET }>();
    app.store.set_pending_factor(&officer.account, &secret, app.clock.now().as_second()).await?;
    Ok(Redirect::to(PAGE).into_response())
}

/// Puts the new one in force if its first code is right.
async fn confirm(State(app): State<App>, arrival: Arrival, request: Request) -> Result<Response, NoOfficer> {
    let arrival = past_second_step(arrival)?;
    confirm_for(&app, &arrival, request).await.map_err(NoOfficer::Failed)
}

async fn confirm_for(app: &App, arrival: &Arrival, request: Request) -> Result<Response, PageError> {
    let officer = &arrival.officer;
    let headers = request.headers().clone();
    let form = FormData::read(app, request).await?;
    officer.check_csrf(&form)?;
    let account = &officer.account;
    let Some(pending) = app.store.factor(account.id, FactorStage::Pending).await? else {
        return Ok(Redirect::to(PAGE).into_response());
    };
    let typed: String = form.get("code").chars().filter(char::is_ascii_digit).collect();
    let Some(step) = totp::matching_step(&pending.secret, &typed, app.clock.now().as_second()) else {
        let mut problems = Problems::default();
        problems.add(
            "code",
            "Kode tidak cocok. Pindai kode QR di atas dengan aplikasi, periksa jam ponsel Anda, lalu ketik enam angka yang tampil sekarang.",
        );
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &factor_page(app, arrival, problems).await?);
    };
    let codes = new_codes();
    if !app.store.activate_factor(account.id, step, hashes(&codes)).await? {
        return Ok(Redirect::to(PAGE).into_response());
    }
    note(app, account, AccountEventKind::FactorSet, "").await?;
    app.store.delete_sessions_of(account.id).await?;
    let admission = admit_fully(app, account, &headers).await?;
    // The old session's form token is no longer good: the page has no form of its own.
    let page = page::ok(&CodesPage { chrome: Chrome::public(), codes, home: officer.home() })?;
    Ok(admission.on(page))
}

/// Replaces the recovery codes.
async fn renew_codes(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    if !app.store.has_factor(officer.account.id).await? {
        return Ok(Redirect::to(PAGE).into_response());
    }
    if let Some((status, problems)) = refuse_unproven(&app, &officer, &form).await? {
        let arrival = Arrival { officer, stage: SessionStage::Full };
        return page::html(status, &factor_page(&app, &arrival, problems).await?);
    }
    let codes = new_codes();
    app.store.set_recovery_codes(officer.account.id, hashes(&codes)).await?;
    note(&app, &officer.account, AccountEventKind::CodesRenewed, "").await?;
    page::ok(&CodesPage { chrome: officer.chrome(), codes, home: officer.home() })
}

/// A session at the second step has no business here yet.
fn past_second_step(arrival: Arrival) -> Result<Arrival, NoOfficer> {
    match arrival.stage {
        SessionStage::SecondStep => Err(NoOfficer::LoginNeeded(None)),
        SessionStage::Enrolment | SessionStage::Full => Ok(arrival),
    }
}

/// What is wrong with the proof that the account's owner sits here: the password, and the code if there is one.
async fn refuse_unproven(
    app: &App,
    officer: &Officer,
    form: &FormData,
) -> Result<Option<(StatusCode, Problems)>, PageError> {
    let mut problems = Problems::default();
    let password = check_own_password(app, &officer.account, form.get("old")).await?;
    if let Some(status) = told(password, "old", "Kata sandi salah. Ketik kata sandi Anda sekarang.", &mut problems) {
        return Ok(Some((status, problems)));
    }
    if !app.store.has_factor(officer.account.id).await? {
        return Ok(None);
    }
    let code = check_code(app, &officer.account, &form.get("present")).await?;
    let wrong = "Kode salah atau sudah dipakai. Ketik kode berikutnya dari aplikasi, atau satu kode pemulihan.";
    Ok(told(code, "present", wrong, &mut problems).map(|status| (status, problems)))
}

fn told(check: Check, field: &str, wrong: &str, problems: &mut Problems) -> Option<StatusCode> {
    match check {
        Check::Fits => None,
        Check::Wrong => {
            problems.add(field, wrong);
            Some(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Check::Shut { until, now } => {
            problems.add(field, shut_text(until, now));
            Some(StatusCode::TOO_MANY_REQUESTS)
        }
    }
}

fn new_codes() -> Vec<String> {
    std::iter::repeat_with(one_time).take(RECOVERY_CODES).collect()
}

fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| recovery_hash(code)).collect()
}

async fn factor_page(app: &App, arrival: &Arrival, problems: Problems) -> Result<FactorPage, PageError> {
    let officer = &arrival.officer;
    let account = &officer.account;
    let active = app.store.factor(account.id, FactorStage::Active).await?;
    let pending = app.store.factor(account.id, FactorStage::Pending).await?;
    let since = active.and_then(|factor| Timestamp::from_second(factor.made).ok());
    Ok(FactorPage {
        chrome: arrival.chrome(),
        csrf: officer.csrf.clone(),
        since: since.map(|at| long_moment(Moment::new(at, officer.office.zone))),
        left: app.store.recovery_codes_left(account.id).await?,
        pending: pending.map(|factor| pending_view(&account.login, &factor.secret)),
        needed: policy::needs_second_factor(account.role),
        first: arrival.stage == SessionStage::Enrolment,
        demo: app.second_factor == SecondFactor::Waived,
        problems,
    })
}

fn pending_view(login: &str, secret: &[u8]) -> PendingView {
    let letters: Vec<char> = totp::base32(secret).chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    PendingView { qr: qr(&totp::address(login, secret)), secret: groups.join(" ") }
}

/// The address as a picture; empty if it does not fit, then the secret is typed.
fn qr(address: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return String::new();
    };
    let whole = code.render::<svg::Color<'_>>().min_dimensions(180, 180).build();
    // The XML declaration has no place inside HTML; the picture needs a name for those who can't see it.
    let picture = whole.find("<svg").and_then(|at| whole.get(at..)).unwrap_or_default();
    picture.replacen("<svg", "<svg class=\"qr\" role=\"img\" aria-label=\"Kode QR untuk aplikasi kode masuk\"", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_shown_as_a_picture_and_in_groups_of_four() {
        let view = pending_view("penanganan.balikpapan", b"12345678901234567890");
        assert_eq!(view.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(view.qr.starts_with("<svg class=\"qr\" role=\"img\""), "{}", view.qr);
    }

    #[test]
    fn ten_different_codes_are_kept_as_digests_that_do_not_mind_how_they_are_typed() {
        let codes = new_codes();
        let mut kept = hashes(&codes);
        assert_eq!(recovery_hash(&codes[0].replace('-', " ").to_uppercase()), kept[0]);
        assert!(!kept.iter().any(|hash| codes.contains(hash)));
        kept.sort();
        kept.dedup();
        assert_eq!(kept.len(), RECOVERY_CODES);
    }
}
