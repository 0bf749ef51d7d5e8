//! What tests of accounts need beside the desks: logging in step by step, codes, links, and where requests come from.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, header};
use netra_docket::ids::AccountId;
use netra_store::{AccountEventKind, FactorStage};
use netra_web::totp;

use crate::fixtures::{PASSWORD, cookie, csrf, get_as, post_as};
use crate::support::{Answer, TestApp, form_request};

/// The password of the tests, wrong.
pub const WRONG: &str = "salah salah salah";

/// Sends a log-in from an address, with the cookies of a browser.
pub async fn try_from(test: &TestApp, peer: &str, cookies: &str, login: &str, password: &str) -> Answer {
    let mut request = form_request("/masuk", &[("login", login), ("password", password)]);
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    if !cookies.is_empty() {
        request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
    }
    test.send(request).await
}

/// All cookies that an answer sets, as a browser sends them back.
pub fn cookies(headers: &HeaderMap) -> String {
    let set = headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    set.map(|line| line.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

/// Gives the right password and comes to the next page: the session's cookie.
pub async fn give_password(test: &TestApp, login: &str, next: &str) -> String {
    let answer = test.post("/masuk", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), next);
    cookie(&answer)
}

/// Sends a form of a page with the session's token.
pub async fn send(test: &TestApp, session: &str, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let token = csrf(&get_as(test, session, page).await);
    let mut all = vec![("csrf", token.as_str())];
    all.extend_from_slice(fields);
    post_as(test, session, to, &all).await
}

/// The code that the telephone of an account shows now.
pub async fn code_now(test: &TestApp, account: AccountId, stage: FactorStage) -> String {
    let factor = test.app.store.factor(account, stage).await.unwrap().unwrap();
    totp::code(&factor.secret, totp::step_at(test.now()))
}

/// Sets a second factor up in a session that may: the new session and the recovery codes.
pub async fn enrol(
    test: &TestApp,
    session: &str,
    account: AccountId,
    fields: &[(&str, &str)],
) -> (String, Vec<String>) {
    let begun = send(test, session, "/meja/kode", "/meja/kode/baru", fields).await;
    assert_eq!(begun.location(), "/meja/kode");
    let code = code_now(test, account, FactorStage::Pending).await;
    let done = send(test, session, "/meja/kode", "/meja/kode", &[("code", code.as_str())]).await;
    done.says(200, "Ini sepuluh kode pemulihan Anda");
    let codes: Vec<String> = done.body.split("<span class=\"code\">").skip(1).map(until_tag).collect();
    assert_eq!(codes.len(), 10);
    (cookie(&done), codes)
}

/// The text up to the next tag.
pub fn until_tag(text: &str) -> String {
    text.split('<').next().unwrap().to_owned()
}

/// The path of the link of invitation that a page shows.
pub fn link_in(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("https://netra.example/undangan/").unwrap();
    format!("/undangan/{}", until_tag(rest))
}

/// What the log tells of an account, oldest first.
pub async fn told(test: &TestApp, account: AccountId) -> Vec<AccountEventKind> {
    let office = test.app.store.account(account).await.unwrap().unwrap().office;
    let events = test.app.store.account_events(&office, Some(account), 100).await.unwrap();
    events.into_iter().rev().map(|event| event.kind).collect()
}
