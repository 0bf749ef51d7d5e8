//! Who is logged in: a random token in a cookie, of which the store knows only the SHA-256.
//!
//! A session has a stage. Only a full one makes an [`Officer`], which all desks ask for; one that waits for the second
//! step, or for a second factor to be set up, is an [`Arrival`] and opens those pages alone.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use netra_docket::ids::AccountId;
use netra_evidence::Digest;
use netra_law::time::Moment;
use netra_store::{Account, NewSession, Office, Role, Scope, SessionId, SessionStage};
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
/// How long it may stand unused.
const IDLE: i64 = 2 * 60 * 60;
/// How long the second step may take.
const SECOND_STEP: i64 = 10 * 60;
/// How long setting up a second factor may take.
const ENROLMENT: i64 = 60 * 60;
/// Seconds after which the use of a session is noted again.
const NOTE_USE: i64 = 60;
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
    id: SessionId,
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
        let all = links(self.account.role, &self.office);
        let (folded, links) = all.into_iter().partition(|(page, _)| WATCHING.contains(page));
        Chrome {
            user: Some(ChromeUser {
                name: self.account.name.clone(),
                role: self.account.role.indonesian(),
                office: self.office.name.clone(),
                links,
                folded,
                own: OWN.to_vec(),
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

    /// The session's name.
    pub(crate) fn session_id(&self) -> &SessionId {
        &self.id
    }
}

/// Somebody with a session of any stage.
pub struct Arrival {
    /// The account, as an officer will be.
    pub officer: Officer,
    /// How far the session has come.
    pub stage: SessionStage,
}

impl Arrival {
    /// The frame of the pages on which a second factor is set up: without the desks, as long as they are shut.
    pub fn chrome(&self) -> Chrome {
        let mut chrome = self.officer.chrome();
        if let (Some(user), true) = (chrome.user.as_mut(), self.stage != SessionStage::Full) {
            user.links.clear();
            user.folded.clear();
            user.own.clear();
        }
        chrome
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
        (Action::SeeAccountLog, ("/meja/akun/catatan", "Catatan akun")),
        (Action::Administer, ("/meja/kantor", "Kantor")),
        (Action::Administer, ("/meja/kalender", "Kalender")),
        (Action::Administer, ("/meja/kotak-keluar", "Kotak keluar")),
        (Action::Administer, ("/meja/token", "Token")),
        (Action::SeeHealth, ("/meja/kesehatan", "Pemeriksaan")),
    ];
    let shown = |action: Action| match action {
        Action::SeeHealth => policy::may(role, action) && policy::is_top(office),
        Action::WatchLists | Action::HandleLeads | Action::SeePrevention | Action::SeeVulnerability => {
            policy::may_as_supervisor(role, office, action)
        }
        _ => policy::may(role, action),
    };
    all.into_iter().filter(|(action, _)| shown(*action)).map(|(_, link)| link).collect()
}

/// What is done besides the matters at hand, and so stands folded: on a telephone all links would fill half the screen.
const WATCHING: [&str; 5] = ["/meja/sorotan", "/meja/pencegahan", "/meja/kerawanan", "/meja/daftar", "/meja/audit"];

/// What everybody sets for himself.
const OWN: [(&str, &str); 4] = [
    ("/meja/pemberitahuan", "Pemberitahuan saya"),
    ("/meja/sesi", "Sesi saya"),
    ("/meja/kode", "Kode masuk"),
    ("/meja/sandi", "Ganti kata sandi"),
];

/// Why there is no officer.
pub enum NoOfficer {
    /// Nobody is logged in; after logging in one comes back to this address.
    LoginNeeded(Option<String>),
    /// A second factor must be set up first.
    FactorNeeded,
    /// The store failed.
    Failed(PageError),
}

impl IntoResponse for NoOfficer {
    fn into_response(self) -> Response {
        match self {
            NoOfficer::Failed(error) => error.into_response(),
            NoOfficer::FactorNeeded => Redirect::to("/meja/kode").into_response(),
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
        let arrival = Arrival::from_request_parts(parts, app).await?;
        match arrival.stage {
            SessionStage::Full => Ok(arrival.officer),
            SessionStage::Enrolment => Err(NoOfficer::FactorNeeded),
            SessionStage::SecondStep => Err(NoOfficer::LoginNeeded(back_to(parts))),
        }
    }
}

impl FromRequestParts<App> for Arrival {
    type Rejection = NoOfficer;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Arrival, NoOfficer> {
        match find(&parts.headers, app).await {
            Ok(Some(arrival)) => Ok(arrival),
            Ok(None) => Err(NoOfficer::LoginNeeded(back_to(parts))),
            Err(error) => Err(NoOfficer::Failed(error)),
        }
    }
}

async fn find(headers: &HeaderMap, app: &App) -> Result<Option<Arrival>, PageError> {
    let Some(token) = cookie_in(headers, COOKIE).filter(|value| is_token(value)) else { return Ok(None) };
    let hashed = hash(token);
    let now = app.clock.now().as_second();
    let Some((account, session)) = app.store.session(&hashed, now).await? else { return Ok(None) };
    let Some(office) = app.store.office(&account.office).await? else { return Ok(None) };
    if now.saturating_sub(session.seen) >= NOTE_USE {
        app.store.touch_session(&hashed, now).await?;
    }
    let officer = Officer { account, office, csrf: csrf_for(&app.secret, token), session: hashed, id: session.id };
    Ok(Some(Arrival { officer, stage: session.stage }))
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
pub(crate) async fn begin(
    app: &App,
    account: AccountId,
    stage: SessionStage,
    headers: &HeaderMap,
) -> Result<HeaderValue, PageError> {
    let token = new_token();
    let now = app.clock.now().as_second();
    let (idle, life) = match stage {
        SessionStage::Full => (IDLE, LIFE),
        SessionStage::Enrolment => (ENROLMENT, ENROLMENT),
        SessionStage::SecondStep => (SECOND_STEP, SECOND_STEP),
    };
    let session = NewSession {
        token_hash: hash(&token),
        id: SessionId(random::hex(&random::bytes::<8>())),
        account,
        stage,
        device: device_word(headers).to_owned(),
        created: now,
        idle,
        expires: now.saturating_add(life),
    };
    app.store.add_session(&session).await?;
    cookie(app.transport, COOKIE, "/", &token, life)
}

/// A coarse word for a device. More would tell officers apart, and is not needed to know one's own again.
pub(crate) fn device_word(headers: &HeaderMap) -> &'static str {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let known = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ];
    known.into_iter().find(|(mark, _)| agent.contains(mark)).map_or("perangkat lain", |(_, word)| word)
}

/// The header value that takes the cookie away.
pub(crate) fn no_cookie(app: &App) -> Result<HeaderValue, PageError> {
    cookie(app.transport, COOKIE, "/", "", 0)
}

/// 256 random bits as hex.
pub(crate) fn new_token() -> String {
    random::hex(&random::bytes::<32>())
}

/// What the store knows of a token.
pub(crate) fn hash(token: &str) -> String {
    Digest::of(token.as_bytes()).to_string()
}

/// The header value that sets a cookie which scripts and other sites never get.
pub(crate) fn cookie(
    transport: Transport,
    name: &str,
    path: &str,
    value: &str,
    age: i64,
) -> Result<HeaderValue, PageError> {
    let secure = match transport {
        Transport::Https => "; Secure",
        Transport::Http => "",
    };
    let text = format!("{name}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(text).map_err(|_| PageError::Internal)
}

/// A cookie of a request; empty ones count as none.
pub(crate) fn cookie_in<'h>(headers: &'h HeaderMap, wanted: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == wanted && !value.is_empty()).map(|(_, value)| value)
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
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; netra_session="));
        headers.append(header::COOKIE, HeaderValue::try_from(format!("c=d;{COOKIE}={token} ;e")).unwrap());
        assert_eq!(cookie_in(&headers, COOKIE), Some(token.as_str()));
        assert_eq!(cookie_in(&headers, "c"), Some("d"));
        assert_eq!(cookie_in(&HeaderMap::new(), COOKIE), None);
        assert!(is_token(&token) && !is_token("short") && !is_token(&token.to_uppercase()));
    }

    #[test]
    fn cookies_are_shut_to_scripts_and_to_other_sites() {
        let text = |transport| cookie(transport, COOKIE, "/", "x", 1).unwrap().to_str().unwrap().to_owned();
        assert_eq!(text(Transport::Https), "netra_session=x; Path=/; Max-Age=1; HttpOnly; SameSite=Strict; Secure");
        assert!(!text(Transport::Http).contains("Secure"));
    }

    #[test]
    fn of_a_device_only_a_coarse_word_is_kept() {
        let word = |agent: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
            device_word(&headers)
        };
        assert_eq!(word("Mozilla/5.0 (Linux; Android 11; SM-A125F) AppleWebKit/537.36"), "Android");
        assert_eq!(word("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"), "Windows");
        assert_eq!(word("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"), "iPhone");
        assert_eq!(word("curl/8"), "perangkat lain");
        assert_eq!(device_word(&HeaderMap::new()), "perangkat lain");
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
