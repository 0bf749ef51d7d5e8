//! Who is logged in: a random token in a cookie, of which the store knows only the SHA-256.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use netra_docket::ids::AccountId;
use netra_evidence::Digest;
use netra_law::time::Moment;
use netra_store::{Account, Office, Role, Scope};
use subtle::ConstantTimeEq;

use crate::app::{App, ServerSecret, Transport};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, ChromeUser};
use crate::policy::{self, Action};
use crate::random;

/// Name of the cookie.
pub const COOKIE: &str = "netra_session";
/// Name of the form field that holds the token against forged requests.
pub const CSRF: &str = "csrf";
/// Name of the header in which a script sends it.
pub const CSRF_HEADER: &str = "x-csrf";
/// How long a session lasts, in seconds: a working day.
const LIFE: i64 = 12 * 60 * 60;
/// The longest address to come back to after logging in.
const LONGEST_BACK: usize = 500;

/// The logged-in officer and the office for which this officer acts.
pub struct Officer {
    /// The account.
    pub account: Account,
    /// Its office.
    pub office: Office,
    /// The token that every form of this session must bring back.
    pub csrf: String,
    session: String,
}

impl Officer {
    /// Refuses what the role may not do.
    ///
    /// # Errors
    /// [`PageError::Forbidden`].
    pub fn require(&self, action: Action) -> Result<(), PageError> {
        if policy::may(self.account.role, action) { Ok(()) } else { Err(PageError::Forbidden) }
    }

    /// Refuses a form that this session did not hand out.
    ///
    /// # Errors
    /// [`PageError::FormExpired`].
    pub fn check_csrf(&self, form: &FormData) -> Result<(), PageError> {
        self.same_csrf(&form.get(CSRF))
    }

    /// Refuses a request of a script that has not read a form of this session.
    ///
    /// # Errors
    /// [`PageError::FormExpired`].
    pub fn check_csrf_header(&self, headers: &HeaderMap) -> Result<(), PageError> {
        self.same_csrf(headers.get(CSRF_HEADER).and_then(|v| v.to_str().ok()).unwrap_or_default())
    }

    fn same_csrf(&self, sent: &str) -> Result<(), PageError> {
        let same: bool = sent.as_bytes().ct_eq(self.csrf.as_bytes()).into();
        if same { Ok(()) } else { Err(PageError::FormExpired) }
    }

    /// The eyes with which this officer reads the store.
    pub fn scope(&self) -> Scope {
        Scope::new(self.office.id.clone(), policy::privacy(self.account.role))
    }

    /// Now, on the office's clocks.
    pub fn now(&self, app: &App) -> Moment {
        app.now(self.office.zone)
    }

    /// The frame of this officer's pages.
    pub fn chrome(&self) -> Chrome {
        Chrome {
            user: Some(ChromeUser {
                name: self.account.name.clone(),
                role: self.account.role.indonesian(),
                office: self.office.name.clone(),
                links: links(self.account.role, &self.office),
                csrf: self.csrf.clone(),
            }),
        }
    }

    /// The page on which this officer begins.
    pub fn home(&self) -> &'static str {
        home(self.account.role)
    }

    /// SHA-256 of the session's token.
    pub(crate) fn session(&self) -> &str {
        &self.session
    }
}

/// The page on which a role begins.
pub(crate) fn home(role: Role) -> &'static str {
    let pages =
        [(Action::SeeQueue, "/meja"), (Action::SeeOverview, "/meja/pantau"), (Action::Administer, "/meja/akun")];
    pages.into_iter().find(|(action, _)| policy::may(role, *action)).map_or("/meja/sandi", |(_, page)| page)
}

fn links(role: Role, office: &Office) -> Vec<(&'static str, &'static str)> {
    let queue = if office.kind.is_supervisor() { "Perkara" } else { "Kotak masuk" };
    let all = [
        (Action::SeeQueue, ("/meja", queue)),
        (Action::SeeQueue, ("/meja/jadwal", "Jadwal")),
        (Action::HandleLeads, ("/meja/sorotan", "Sorotan")),
        (Action::SeeInbox, ("/meja/kotak-masuk", "Bundel masuk")),
        (Action::SeePrevention, ("/meja/pencegahan", "Pencegahan")),
        (Action::SeeVulnerability, ("/meja/kerawanan", "Kerawanan")),
        (Action::WatchLists, ("/meja/daftar", "Daftar calon dan ASN")),
        (Action::SeeOverview, ("/meja/pantau", "Pantauan")),
        (Action::AuditFiles, ("/meja/audit", "Audit berkas lama")),
        (Action::Administer, ("/meja/akun", "Akun")),
        (Action::Administer, ("/meja/kantor", "Kantor")),
        (Action::Administer, ("/meja/kalender", "Kalender")),
        (Action::Administer, ("/meja/kotak-keluar", "Kotak keluar")),
        (Action::SeeHealth, ("/meja/kesehatan", "Pemeriksaan")),
    ];
    let shown = |action: Action| match action {
        Action::SeeHealth => policy::may(role, action) && policy::is_top(office),
        Action::WatchLists | Action::HandleLeads | Action::SeePrevention | Action::SeeVulnerability => {
            policy::may_as_supervisor(role, office, action)
        }
        _ => policy::may(role, action),
    };
    let allowed = all.into_iter().filter(|(action, _)| shown(*action)).map(|(_, link)| link);
    let own = [("/meja/pemberitahuan", "Pemberitahuan saya"), ("/meja/sandi", "Ganti kata sandi")];
    allowed.chain(own).collect()
}

/// Why there is no officer.
pub enum NoOfficer {
    /// Nobody is logged in; after logging in one comes back to this address.
    LoginNeeded(Option<String>),
    /// The store failed.
    Failed(PageError),
}

impl IntoResponse for NoOfficer {
    fn into_response(self) -> Response {
        match self {
            NoOfficer::Failed(error) => error.into_response(),
            NoOfficer::LoginNeeded(None) => PageError::LoginNeeded.into_response(),
            NoOfficer::LoginNeeded(Some(back)) => match serde_urlencoded::to_string([("lanjut", back)]) {
                Ok(query) => Redirect::to(&format!("/masuk?{query}")).into_response(),
                Err(_) => PageError::LoginNeeded.into_response(),
            },
        }
    }
}

impl FromRequestParts<App> for Officer {
    type Rejection = NoOfficer;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Officer, NoOfficer> {
        match find(&parts.headers, app).await {
            Ok(Some(officer)) => Ok(officer),
            Ok(None) => Err(NoOfficer::LoginNeeded(back_to(parts))),
            Err(error) => Err(NoOfficer::Failed(error)),
        }
    }
}

async fn find(headers: &HeaderMap, app: &App) -> Result<Option<Officer>, PageError> {
    let Some(token) = token_in(headers) else { return Ok(None) };
    let session = hash(token);
    let Some(account) = app.store.session(&session, app.clock.now().as_second()).await? else { return Ok(None) };
    let Some(office) = app.store.office(&account.office).await? else { return Ok(None) };
    Ok(Some(Officer { account, office, csrf: csrf_for(&app.secret, token), session }))
}

/// Only pages that are asked for come back after logging in; forms are not sent again.
fn back_to(parts: &Parts) -> Option<String> {
    let address = parts.uri.path_and_query()?.as_str();
    (parts.method == Method::GET).then(|| local_back(address)).flatten().map(str::to_owned)
}

/// An address to come back to, if it is one of the desks of this server and of nobody else's.
pub(crate) fn local_back(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("/meja")?;
    let of_a_desk = rest.is_empty() || rest.starts_with(['/', '?']);
    let plain = address.len() <= LONGEST_BACK && address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (of_a_desk && plain).then_some(address)
}

/// Begins a session and gives the value of the header that sets its cookie.
pub(crate) async fn begin(app: &App, account: AccountId) -> Result<HeaderValue, PageError> {
    let token = new_token();
    let now = app.clock.now().as_second();
    app.store.add_session(&hash(&token), account, now, now.saturating_add(LIFE)).await?;
    cookie(app.transport, &token, LIFE)
}

/// The header value that takes the cookie away.
pub(crate) fn no_cookie(app: &App) -> Result<HeaderValue, PageError> {
    cookie(app.transport, "", 0)
}

/// 256 random bits as hex.
pub(crate) fn new_token() -> String {
    random::hex(&random::bytes::<32>())
}

/// What the store knows of a token.
pub(crate) fn hash(token: &str) -> String {
    Digest::of(token.as_bytes()).to_string()
}

fn cookie(transport: Transport, token: &str, age: i64) -> Result<HeaderValue, PageError> {
    let secure = match transport {
        Transport::Https => "; Secure",
        Transport::Http => "",
    };
    let text = format!("{COOKIE}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(text).map_err(|_| PageError::Internal)
}

/// The session token among a request's cookies.
fn token_in(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && is_token(value)).map(|(_, value)| value)
}

fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The token against forged requests: only who has the session's cookie can have been given it.
fn csrf_for(secret: &ServerSecret, token: &str) -> String {
    random::hex(&secret.derive("netra csrf v1", token.as_bytes()))
}

/// Whether a form was sent from a page of another site. For forms that are sent before there is a
/// session; browsers that do not tell are believed.
pub(crate) fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()).unwrap_or("same-origin");
    !matches!(site, "same-origin" | "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_desks_of_this_server_are_come_back_to() {
        for good in ["/meja", "/meja/perkara/1", "/meja?tahap=repair&setelah=1.2"] {
            assert_eq!(local_back(good), Some(good));
        }
        for bad in [
            "",
            "/",
            "/masuk",
            "//jahat.example/meja",
            "https://jahat.example/meja",
            "/mejaku",
            "/meja@jahat.example",
            "/meja\\jahat",
            "/meja/\r\nSet-Cookie: a=b",
            "\\/meja",
        ] {
            assert_eq!(local_back(bad), None, "{bad:?}");
        }
        assert_eq!(local_back(&format!("/meja/{}", "a".repeat(500))), None);
    }

    #[test]
    fn the_cookie_is_found_among_others_and_must_look_like_a_token() {
        let token = "0a".repeat(32);
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; netra_session=short"));
        headers.append(header::COOKIE, HeaderValue::try_from(format!("c=d;{COOKIE}={token} ;e")).unwrap());
        assert_eq!(token_in(&headers), Some(token.as_str()));
        assert_eq!(token_in(&HeaderMap::new()), None);
    }

    #[test]
    fn cookies_are_shut_to_scripts_and_to_other_sites() {
        let text = |transport| cookie(transport, "x", 1).unwrap().to_str().unwrap().to_owned();
        assert_eq!(text(Transport::Https), "netra_session=x; Path=/; Max-Age=1; HttpOnly; SameSite=Strict; Secure");
        assert!(!text(Transport::Http).contains("Secure"));
    }

    #[test]
    fn form_tokens_differ_by_session_and_by_server() {
        let (one, other) = (ServerSecret([1; 32]), ServerSecret([2; 32]));
        let token = csrf_for(&one, "a");
        assert_eq!(token.len(), 64);
        assert_eq!(token, csrf_for(&one, "a"));
        assert_ne!(token, csrf_for(&one, "b"));
        assert_ne!(token, csrf_for(&other, "a"));
    }

    fn office(kind: &str, parent: Option<&str>) -> Office {
        let office = serde_json::json!({
            "id": "kantor-contoh", "name": "Kantor Contoh", "kind": kind, "parent": parent,
            "zone": "Asia/Makassar", "region": "64.71",
        });
        serde_json::from_value(office).unwrap()
    }

    #[test]
    fn every_role_has_a_page_to_begin_on() {
        let office = office("regency", Some("kantor-atas"));
        for role in Role::ALL {
            assert!(links(role, &office).iter().any(|(page, _)| *page == home(role)), "{role:?}");
        }
    }

    #[test]
    fn only_the_top_is_led_to_the_checks() {
        for (kind, parent, leads) in [
            ("national", None, true),
            ("province", None, true),
            ("regency", Some("kantor-atas"), false),
            ("authority", None, false),
            ("employer", None, false),
        ] {
            let office = office(kind, parent);
            let has = |role| links(role, &office).iter().any(|(page, _)| *page == "/meja/kesehatan");
            assert_eq!(has(Role::Administration), leads, "{kind}");
            assert!(!has(Role::Oversight) && !has(Role::Plenary), "{kind}");
        }
    }
}
