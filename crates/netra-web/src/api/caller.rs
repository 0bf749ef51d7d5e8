//! Who asks: a program with a token of an office, or anybody.
//!
//! A token is `netra_`, its id, and a secret of 256 bits. The store knows the digest of the secret; the two digests are
//! compared in constant time. A token that there never was, that is revoked, that has expired or whose secret is
//! wrong get the same answer.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use netra_docket::entry::Actor;
use netra_docket::ids::TokenId;
use netra_evidence::Digest;
use netra_law::time::Moment;
use netra_store::{Office, Scope, Token, TokenScope};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::problem::{Kind, Problem};
use crate::app::App;
use crate::desk::taking::Acting;
use crate::policy::{self, Action};
use crate::random;

/// What every token begins with, so that it is known where it was left lying.
const PREFIX: &str = "netra_";
/// Hexadecimal digits of an id.
const ID_DIGITS: usize = 32;
/// Hexadecimal digits of a secret.
const SECRET_DIGITS: usize = 64;

/// A program that works for an office.
pub struct Caller {
    /// Its token.
    pub token: Token,
    /// The office.
    pub office: Office,
}

impl Caller {
    /// Refuses what the token may not do.
    ///
    /// # Errors
    /// Which scope is missing, or that the role or no token at all may do it.
    pub fn require(&self, action: Action) -> Result<(), Problem> {
        if self.may(action) {
            return Ok(());
        }
        match policy::scope_for(action) {
            Some(scope) if !self.token.scopes.contains(&scope) => Err(Problem::scope(scope)),
            _ => Err(Problem::new(Kind::NotAllowed)),
        }
    }

    /// Refuses a token that takes no steps at all, before it is looked which step is meant.
    ///
    /// # Errors
    /// As [`Caller::require`].
    pub fn require_steps(&self) -> Result<(), Problem> {
        if !self.token.scopes.contains(&TokenScope::TakeSteps) {
            return Err(Problem::scope(TokenScope::TakeSteps));
        }
        // Who opens no matters takes no steps in them.
        if policy::may(self.token.role, Action::OpenMatter) { Ok(()) } else { Err(Problem::new(Kind::NotAllowed)) }
    }

    /// Whether the token may do something.
    pub fn may(&self, action: Action) -> bool {
        policy::token_may(self.token.role, &self.token.scopes, action)
    }

    /// The eyes with which the program reads the store.
    pub fn scope(&self) -> Scope {
        Scope::new(self.office.id.clone(), policy::token_privacy(self.token.role, &self.token.scopes))
    }

    /// The eyes with which an act is checked before it is recorded: what is typed must name nobody who stays unnamed,
    /// and that is only seen with names. Nothing that is read with them is answered.
    pub fn checking_scope(&self) -> Scope {
        Scope::new(self.office.id.clone(), policy::privacy(self.token.role))
    }

    /// Now, on the office's clocks.
    pub fn now(&self, app: &App) -> Moment {
        app.now(self.office.zone)
    }

    /// Who the docket says acted.
    pub fn acting(&self) -> Acting {
        let by = Actor::Token { token: self.token.id, office: self.office.id.clone() };
        Acting { office: self.office.clone(), role: self.token.role, by }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Caller, Problem> {
        let Some(caller) = find(&parts.headers, app).await? else {
            admit_anybody(parts, app)?;
            return Err(Problem::new(Kind::TokenNeeded));
        };
        let rates = app.limits.api;
        let (verb, rate) = match parts.method {
            Method::GET | Method::HEAD => ("read", rates.read),
            _ => ("write", rates.write),
        };
        admit(app, &format!("{verb} {} {}", route(parts), caller.token.id), rate)?;
        let today = caller.now(app).date();
        if caller.token.last_used != Some(today) {
            app.store.note_token_use(caller.token.id, today).await?;
        }
        Ok(caller)
    }
}

/// Anybody, told apart by address only.
pub struct Visitor;

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visitor, Problem> {
        admit_anybody(parts, app).map(|()| Visitor)
    }
}

fn admit_anybody(parts: &Parts, app: &App) -> Result<(), Problem> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let whose = format!("public {} {}", route(parts), peer.unwrap_or_default());
    admit(app, &whose, app.limits.api.public)
}

fn admit(app: &App, whose: &str, rate: super::Rate) -> Result<(), Problem> {
    app.buckets().take(whose, rate, app.clock.now().as_millisecond()).map_err(Problem::too_often)
}

fn route(parts: &Parts) -> &str {
    parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

async fn find(headers: &HeaderMap, app: &App) -> Result<Option<Caller>, Problem> {
    let Some((id, secret)) = sent(headers) else { return Ok(None) };
    let Some(token) = app.store.token(id).await? else { return Ok(None) };
    let same: bool = digest(secret).as_bytes().ct_eq(token.digest.as_bytes()).into();
    if !same || !token.is_valid(app.clock.now().as_second()) {
        return Ok(None);
    }
    let office = app.store.office(&token.office).await?;
    Ok(office.map(|office| Caller { token, office }))
}

/// Id and secret of the token in a request's headers.
fn sent(headers: &HeaderMap) -> Option<(TokenId, &str)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { parts_of(token.trim()) } else { None }
}

fn parts_of(token: &str) -> Option<(TokenId, &str)> {
    let (id, secret) = token.strip_prefix(PREFIX)?.split_once('_')?;
    let hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if id.len() != ID_DIGITS || secret.len() != SECRET_DIGITS || !hex(id) || !hex(secret) {
        return None;
    }
    Some((TokenId::new(Uuid::try_parse(id).ok()?), secret))
}

/// What the store knows of a secret.
pub fn digest(secret: &str) -> String {
    Digest::of(secret.as_bytes()).to_string()
}

/// A new token: its id, its secret's digest, and the whole of it, which is shown once.
pub fn fresh() -> (TokenId, String, String) {
    let id = random::uuid();
    let secret = random::hex(&random::bytes::<32>());
    let whole = format!("{PREFIX}{}_{secret}", id.as_simple());
    (TokenId::new(id), digest(&secret), whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let (id, kept, whole) = fresh();
        let (read, secret) = parts_of(&whole).unwrap();
        assert_eq!((read, digest(secret)), (id, kept));
        let (digits, upper) = (id.uuid().as_simple().to_string(), whole.to_uppercase());
        for bad in ["", "netra_", "netra_1_2", digits.as_str(), upper.as_str(), &whole[1..], &whole[..whole.len() - 1]]
        {
            assert!(parts_of(bad).is_none(), "{bad}");
        }
    }
}
