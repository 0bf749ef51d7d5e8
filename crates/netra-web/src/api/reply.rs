//! Answers in JSON: with an ETag, and without a body for whoever has it already.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use netra_evidence::Digest;
use serde::Serialize;

use super::problem::{Kind, Problem};

/// Digits of a digest that make an ETag.
const TAG_DIGITS: usize = 32;

/// Whether others than the caller may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// The caller alone, asking again each time.
    Private,
    /// Anybody, for a minute.
    Public,
}

impl Sharing {
    fn header(self) -> &'static str {
        match self {
            Sharing::Private => "private, no-cache",
            Sharing::Public => "public, max-age=60",
        }
    }
}

/// An answer to a question: its ETag is made of what it says.
///
/// # Errors
/// The value can't be written down.
pub fn found(headers: &HeaderMap, sharing: Sharing, value: &impl Serialize) -> Result<Response, Problem> {
    tagged(headers, sharing, "", value)
}

/// The same; the ETag begins with the length of the docket.
///
/// # Errors
/// The value can't be written down.
pub fn found_at(headers: &HeaderMap, length: u32, value: &impl Serialize) -> Result<Response, Problem> {
    tagged(headers, Sharing::Private, &format!("{length}-"), value)
}

fn tagged(headers: &HeaderMap, sharing: Sharing, before: &str, value: &impl Serialize) -> Result<Response, Problem> {
    let bytes = bytes(value)?;
    let digits: String = Digest::of(&bytes).to_string().chars().take(TAG_DIGITS).collect();
    let tag = format!("\"{before}{digits}\"");
    let known = has(headers, &tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
    };
    let kept = response.headers_mut();
    kept.insert(header::CACHE_CONTROL, HeaderValue::from_static(sharing.header()));
    kept.insert(header::VARY, HeaderValue::from_static("authorization"));
    let tag = HeaderValue::try_from(tag).map_err(|_| Problem::new(Kind::Internal))?;
    kept.insert(header::ETAG, tag);
    Ok(response)
}

/// An answer to an act: where the matter is, and what was recorded.
///
/// # Errors
/// The value can't be written down.
pub fn recorded(status: StatusCode, location: &str, value: &impl Serialize) -> Result<Response, Problem> {
    let mut response = Response::new(Body::from(bytes(value)?));
    *response.status_mut() = status;
    let location = HeaderValue::try_from(location).map_err(|_| Problem::new(Kind::Internal))?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::LOCATION, location);
    Ok(response)
}

fn bytes(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|error| {
        tracing::error!(line = error.line(), "an answer could not be written as JSON");
        Problem::new(Kind::Internal)
    })
}

/// Whether the caller has an answer with this tag already.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

/// On which length of the docket a caller builds.
///
/// # Errors
/// It is not said, or can't be read.
pub fn expected_length(headers: &HeaderMap) -> Result<u32, Problem> {
    let value = headers.get(header::IF_MATCH).ok_or_else(|| Problem::new(Kind::LengthNeeded))?;
    let read = value.to_str().ok().and_then(length_in);
    read.ok_or_else(|| Problem::parameter("If-Match"))
}

fn length_in(tag: &str) -> Option<u32> {
    let inner = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    inner.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn whoever_has_an_answer_gets_none() {
        let answer = found(&HeaderMap::new(), Sharing::Public, &["a"]).unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let tag = answer.headers()[header::ETAG].clone();
        for (given, status) in [
            (tag.to_str().unwrap().to_owned(), 304),
            (format!("W/{}", tag.to_str().unwrap()), 304),
            (format!("\"x\", {}", tag.to_str().unwrap()), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, given.parse().unwrap());
            let again = found(&headers, Sharing::Public, &["a"]).unwrap();
            assert_eq!(again.status().as_u16(), status, "{given}");
            assert_eq!(again.headers()[header::ETAG], tag);
        }
    }

    #[test]
    fn the_length_stands_before_the_hyphen() {
        for (tag, length) in
            [("\"12-abc\"", Some(12)), ("\"12\"", Some(12)), ("12", None), ("*", None), ("\"x-1\"", None)]
        {
            assert_eq!(expected_length(&headers(header::IF_MATCH, tag)).ok(), length, "{tag}");
        }
        assert_eq!(expected_length(&HeaderMap::new()).unwrap_err(), Problem::new(Kind::LengthNeeded));
    }
}
