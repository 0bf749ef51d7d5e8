//! How somebody comes in: tries and waits, passwords, and the stage at which a session begins.
//!
//! A try counts as failed from the moment it is made until it has succeeded, so that many tries at once gain nothing.
//! Tries are counted for each login name and for each source; a browser that has logged in to the account before has a
//! count of its own. So whoever tries names from outside makes strangers wait, and neither the officer at the usual
//! device nor the office. Every wait ends by itself.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use netra_law::time::{Moment, Zone};
use netra_store::{Account, AccountEventKind, AccountState, Counter, SessionStage, Trial};
use subtle::ConstantTimeEq;

use super::events::note;
use super::password;
use super::session::{begin, cookie, cookie_in, home};
use crate::app::{App, SecondFactor};
use crate::error::PageError;
use crate::policy;
use crate::random;

/// The longest login name.
pub(super) const LONGEST_LOGIN: usize = 60;
/// Tries that cost nothing.
const FREE_TRIES: u32 = 4;
/// The first wait in seconds; each further try doubles it.
const FIRST_WAIT: i64 = 60;
/// The longest wait in seconds.
const LONGEST_WAIT: i64 = 15 * 60;
/// Failed tries of one source that cost nothing: a whole office may sit behind one address.
const FREE_OF_SOURCE: u32 = 50;
/// The longest wait of a source.
const LONGEST_OF_SOURCE: i64 = 5 * 60;
/// Seconds after which counts are forgotten if nothing was tried.
pub(super) const FORGET: i64 = 24 * 60 * 60;
/// Name of the cookie by which a browser is known again at the page for logging in.
const DEVICE: &str = "netra_device";
/// How long a browser is known, in seconds.
const DEVICE_LIFE: i64 = 180 * 24 * 60 * 60;

/// Where a try comes from.
pub(super) struct Caller {
    /// A digest under which tries of this source are counted; none if it is not known. Never the address itself.
    source: Option<String>,
    /// The browser's cookie, if it has one.
    device: Option<String>,
}

impl Caller {
    /// Who sends a request.
    pub(super) fn of(app: &App, request: &Request) -> Caller {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        let source = peer.and_then(|peer| source_of(peer, request.headers()));
        let digest = |prefix: String| random::hex(&app.secret.derive("netra source v1", prefix.as_bytes()));
        Caller {
            source: source.map(|prefix| format!("asal {}", digest(prefix))),
            device: cookie_in(request.headers(), DEVICE).map(str::to_owned),
        }
    }

    /// What a try to log in under a name is counted under: the browser alone, if it is known for this name.
    fn counters(&self, app: &App, login: &str) -> Vec<Counter> {
        if let Some(known) = self.device.as_deref().and_then(|value| known_device(app, login, value)) {
            return vec![Counter { key: format!("perangkat {login} {known}"), wait: wait_after }];
        }
        let source = self.source.as_ref().map(|key| Counter { key: key.clone(), wait: wait_of_source });
        let name = Counter { key: login.to_owned(), wait: wait_after };
        std::iter::once(name).chain(source).collect()
    }
}

/// Who is on the other side. A proxy on the same machine says for whom it asks; without that nothing is known, and
/// what others say about themselves is not believed. Of an IPv6 address the network counts: hosts change the rest.
fn source_of(peer: IpAddr, headers: &HeaderMap) -> Option<String> {
    let address = if peer.is_loopback() { forwarded(headers)? } else { peer };
    Some(match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
    })
}

/// The last address that the proxy put there; those before it are the sender's own words.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

/// The name of a browser that has logged in under this name before, if its cookie is one of ours.
fn known_device<'v>(app: &App, login: &str, value: &'v str) -> Option<&'v str> {
    let (name, mark) = value.split_once('.')?;
    let same: bool = mark.as_bytes().ct_eq(device_mark(app, login, name).as_bytes()).into();
    same.then_some(name)
}

fn device_mark(app: &App, login: &str, name: &str) -> String {
    random::hex(&app.secret.derive("netra device v1", format!("{login}\n{name}").as_bytes()))
}

fn device_cookie(app: &App, login: &str) -> Result<HeaderValue, PageError> {
    let name = random::hex(&random::bytes::<16>());
    let value = format!("{name}.{}", device_mark(app, login, &name));
    cookie(app.transport, DEVICE, "/masuk", &value, DEVICE_LIFE)
}

/// What came of a check of something secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// It fits.
    Fits,
    /// It does not.
    Wrong,
    /// Too many tries; seconds since 1970.
    Shut {
        /// When the next try is possible.
        until: i64,
        /// Now.
        now: i64,
    },
}

/// What came of a try to log in.
pub(super) enum Entrance {
    /// The password fits.
    Granted(Account),
    /// It does not, or there is no such account, or it is closed.
    Wrong,
    /// Too many tries; seconds since 1970.
    Shut {
        /// When the next try is possible.
        until: i64,
        /// Now.
        now: i64,
    },
}

/// Tries a password under a login name.
pub(super) async fn try_enter(app: &App, login: &str, typed: String, caller: &Caller) -> Result<Entrance, PageError> {
    if !(1..=LONGEST_LOGIN).contains(&login.chars().count()) {
        return Ok(Entrance::Wrong);
    }
    let account = app.store.account_by_login(login).await?.filter(|a| a.state == AccountState::Active);
    let counters = caller.counters(app, login);
    match check_password(app, counters, account.as_ref(), typed).await? {
        Check::Fits => Ok(account.map_or(Entrance::Wrong, Entrance::Granted)),
        Check::Wrong => Ok(Entrance::Wrong),
        Check::Shut { until, now } => Ok(Entrance::Shut { until, now }),
    }
}

/// Checks the password of somebody who is logged in, under a count that nobody from outside can run up.
pub(super) async fn check_own_password(app: &App, account: &Account, typed: String) -> Result<Check, PageError> {
    let counter = Counter { key: format!("ganti {}", account.id), wait: wait_after };
    check_password(app, vec![counter], Some(account), typed).await
}

async fn check_password(
    app: &App,
    counters: Vec<Counter>,
    account: Option<&Account>,
    typed: String,
) -> Result<Check, PageError> {
    if !(1..=password::LONGEST).contains(&typed.chars().count()) {
        return Ok(Check::Wrong);
    }
    let now = app.clock.now().as_second();
    let wait = match app.store.note_try(counters.clone(), now, FORGET).await? {
        Trial::Shut(until) => return Ok(Check::Shut { until, now }),
        Trial::Open(wait) => wait,
    };
    if password::fits(typed, account.map(|a| a.password_hash.clone())).await? {
        forgive(app, &counters).await?;
        return Ok(Check::Fits);
    }
    if let Some(account) = account {
        note_failure(app, account, AccountEventKind::PasswordFailed, wait).await?;
    }
    Ok(Check::Wrong)
}

/// Forgets the failures under the name; of those of its source only this try, which others share.
async fn forgive(app: &App, counters: &[Counter]) -> Result<(), PageError> {
    let mut all = counters.iter();
    if let Some(own) = all.next() {
        app.store.clear_login_failures(&own.key).await?;
    }
    for shared in all {
        app.store.take_try_back(&shared.key).await?;
    }
    Ok(())
}

/// Tells the administrators of a failure, and of a wait if there is one now.
pub(super) async fn note_failure(
    app: &App,
    account: &Account,
    kind: AccountEventKind,
    wait: i64,
) -> Result<(), PageError> {
    note(app, account, kind, "").await?;
    if wait > 0 {
        tracing::warn!(wait, "a login is slowed down for a while");
        note(app, account, AccountEventKind::SlowedDown, wait).await?;
    }
    Ok(())
}

/// How long to wait after so many failed tries, in seconds.
pub(super) fn wait_after(tries: u32) -> i64 {
    growing(tries, FREE_TRIES, LONGEST_WAIT)
}

fn wait_of_source(tries: u32) -> i64 {
    growing(tries, FREE_OF_SOURCE, LONGEST_OF_SOURCE)
}

fn growing(tries: u32, free: u32, longest: i64) -> i64 {
    match tries.checked_sub(free + 1) {
        None => 0,
        Some(beyond) => longest.min(FIRST_WAIT << beyond.min(8)),
    }
}

/// Where somebody goes who has given the right password.
pub(super) struct Admission {
    /// What sets the cookies.
    pub(super) cookies: Vec<HeaderValue>,
    /// The next page; none if it is the one that the person wanted.
    pub(super) to: Option<&'static str>,
}

impl Admission {
    /// Puts the cookies on an answer.
    pub(super) fn on(self, mut response: Response) -> Response {
        for cookie in self.cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Begins the session of somebody whose password was right: a full one only if nothing more is to be asked.
pub(super) async fn admit(app: &App, account: &Account, headers: &HeaderMap) -> Result<Admission, PageError> {
    let needs = app.second_factor == SecondFactor::Required && policy::needs_second_factor(account.role);
    let (stage, to) = if app.store.has_factor(account.id).await? {
        (SessionStage::SecondStep, Some("/masuk/kode"))
    } else if needs {
        (SessionStage::Enrolment, Some("/meja/kode"))
    } else {
        return admit_fully(app, account, headers).await;
    };
    Ok(Admission { cookies: vec![begin(app, account.id, stage, headers).await?], to })
}

/// Begins a full session, and remembers the browser.
pub(super) async fn admit_fully(app: &App, account: &Account, headers: &HeaderMap) -> Result<Admission, PageError> {
    let session = begin(app, account.id, SessionStage::Full, headers).await?;
    note(app, account, AccountEventKind::SignedIn, super::session::device_word(headers)).await?;
    Ok(Admission { cookies: vec![session, device_cookie(app, &account.login)?], to: None })
}

/// The page on which an account begins that goes nowhere in particular.
pub(super) fn begins_at(admission: &Admission, account: &Account) -> &'static str {
    admission.to.unwrap_or_else(|| home(account.role))
}

/// Nobody's zone is known before logging in: all three are told.
pub(super) fn shut_text(until: i64, now: i64) -> String {
    let minutes = until.saturating_sub(now).max(1).div_euclid(60) + i64::from(until.saturating_sub(now) % 60 > 0);
    let clocks = Timestamp::from_second(until).map(|at| {
        let shown = Zone::ALL.map(|zone| {
            let time = Moment::new(at, zone).time();
            format!("{:02}.{:02}.{:02} {zone}", time.hour(), time.minute(), time.second())
        });
        format!(" (sesudah pukul {})", shown.join(", "))
    });
    format!("Terlalu banyak percobaan. Coba lagi dalam {minutes} menit{}.", clocks.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_one_minute_to_fifteen() {
        let waits: Vec<i64> = (1..=11).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_after(u32::MAX), 900);
    }

    #[test]
    fn a_source_waits_later_and_shorter() {
        let waits: Vec<i64> = [1, 50, 51, 52, 53, 54, u32::MAX].into_iter().map(wait_of_source).collect();
        assert_eq!(waits, [0, 0, 60, 120, 240, 300, 300]);
    }

    #[test]
    fn the_wait_is_told_in_minutes_and_on_three_clocks() {
        let now: Timestamp = "2024-01-19T01:00:00Z".parse().unwrap();
        let text = shut_text(now.as_second() + 61, now.as_second());
        assert!(text.contains("2 menit"), "{text}");
        assert!(text.contains("08.01.01 WIB, 09.01.01 WITA, 10.01.01 WIT"), "{text}");
        assert!(shut_text(60, 0).contains("dalam 1 menit"));
    }

    /// Only a proxy on the same machine is believed, and only the last address that it added.
    #[test]
    fn a_source_is_the_other_side_or_what_the_own_proxy_says() {
        let said = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            headers
        };
        let cases: [(&str, &[&'static str], Option<&str>); 6] = [
            ("203.0.113.7", &[], Some("203.0.113.7")),
            ("203.0.113.7", &["198.51.100.1"], Some("203.0.113.7")),
            ("127.0.0.1", &[], None),
            ("127.0.0.1", &["198.51.100.1, 203.0.113.9"], Some("203.0.113.9")),
            ("::1", &["198.51.100.1", "2001:db8:1:2:3:4:5:6"], Some("2001:db8:1:2::")),
            ("127.0.0.1", &["bukan alamat"], None),
        ];
        for (peer, lines, source) in cases {
            let found = source_of(peer.parse().unwrap(), &said(lines));
            assert_eq!(found.as_deref(), source, "{peer} {lines:?}");
        }
    }
}
