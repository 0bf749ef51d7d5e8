//! Asking as a program does: with a token, in JSON.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::ids::{AccountId, TokenId};
use netra_evidence::Digest;
use netra_law::time::Zone;
use netra_store::{Role, Token, TokenScope};
use netra_web::{ApiRates, Limits, Rate, random_uuid};
use serde_json::Value;

use crate::support::{Answer, TestApp};

/// Limits that no test reaches.
pub fn unhurried() -> Limits {
    let rate = Rate { burst: 1_000_000, per_minute: 60_000 };
    Limits { api: ApiRates { read: rate, write: rate, public: rate }, ..Limits::default() }
}

/// Makes a token that is valid for an hour: what a program sends.
pub async fn token(test: &TestApp, office: &str, role: Role, scopes: &[TokenScope]) -> String {
    let (token, whole) = new_token(test, office, role, scopes);
    test.app.store.add_token(&token).await.unwrap();
    whole
}

/// A token that nobody keeps yet, and what a program would send.
pub fn new_token(test: &TestApp, office: &str, role: Role, scopes: &[TokenScope]) -> (Token, String) {
    let id = random_uuid();
    let secret = netra_web::hex(&netra_web::random_bytes::<32>());
    let now = test.app.now(Zone::Wita).instant().as_second();
    let token = Token {
        id: TokenId::new(id),
        office: office.parse().unwrap(),
        label: "Layar loket".to_owned(),
        role,
        scopes: scopes.to_vec(),
        digest: Digest::of(secret.as_bytes()).to_string(),
        account: AccountId::new(random_uuid()),
        created: now,
        expires: now + 3600,
        revoked: None,
        last_used: None,
    };
    (token, format!("netra_{}_{secret}", id.as_simple()))
}

/// A request with its headers.
pub fn request(
    method: &str,
    path: &str,
    token: Option<&str>,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    match body {
        Some(body) => {
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
        }
        None => request.body(Body::empty()).unwrap(),
    }
}

/// Reads something.
pub async fn get(test: &TestApp, token: &str, path: &str) -> Answer {
    test.send(request("GET", path, Some(token), &[], None)).await
}

/// Records something.
pub async fn post(test: &TestApp, token: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    test.send(request("POST", path, Some(token), headers, Some(body))).await
}

/// The JSON of an answer.
#[track_caller]
pub fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// The JSON of an answer with a status.
#[track_caller]
pub fn said(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    json(answer)
}

/// Checks that an answer is a problem of a kind; gives it.
#[track_caller]
pub fn problem(answer: &Answer, status: u16, kind: &str) -> Value {
    let problem = said(answer, status);
    assert_eq!(problem["type"], format!("/api/v1/problems#{kind}"), "{}", answer.body);
    assert_eq!(problem["status"], status);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    problem
}
