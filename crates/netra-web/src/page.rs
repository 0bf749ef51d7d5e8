//! Pages: the frame around them, and how a template becomes an answer.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::error::PageError;

/// The frame around every page.
#[derive(Clone, Debug, Default)]
pub struct Chrome {
    /// Who is logged in; none on public pages.
    pub user: Option<ChromeUser>,
}

/// The logged-in reader, as the frame shows it.
#[derive(Clone, Debug)]
pub struct ChromeUser {
    /// Name shown to colleagues.
    pub name: String,
    /// Role in words.
    pub role: &'static str,
    /// Office's name.
    pub office: String,
    /// Links of the navigation: address and words.
    pub links: Vec<(&'static str, &'static str)>,
    /// Links that stand folded: watching and preventing.
    pub folded: Vec<(&'static str, &'static str)>,
    /// Links to what is the reader's own: folded too.
    pub own: Vec<(&'static str, &'static str)>,
    /// Token against forged requests, for the log-out form.
    pub csrf: String,
}

impl Chrome {
    /// The frame of public pages.
    pub fn public() -> Chrome {
        Chrome::default()
    }
}

/// Renders a template into an answer.
///
/// # Errors
/// The template failed; logged.
pub fn html<T: Template>(status: StatusCode, template: &T) -> Result<Response, PageError> {
    match template.render() {
        Ok(body) => Ok((
            status,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
            body,
        )
            .into_response()),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            Err(PageError::Internal)
        }
    }
}

/// Renders a template with status 200.
///
/// # Errors
/// As [`html`].
pub fn ok<T: Template>(template: &T) -> Result<Response, PageError> {
    html(StatusCode::OK, template)
}

/// What is wrong with a form: messages beside fields, and all of them on top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    items: Vec<(String, String)>,
}

impl Problems {
    /// Notes a message for a field. The first message of a field is kept.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        if self.of(field).is_none() {
            self.items.push((field.to_owned(), message.into()));
        }
    }

    /// The message for a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.items.iter().find(|(f, _)| f == field).map(|(_, m)| m.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All messages: field and text, in the order in which they were noted.
    pub fn all(&self) -> &[(String, String)] {
        &self.items
    }

    /// Whether a field has a message (templates).
    pub fn has(&self, field: &str) -> bool {
        self.of(field).is_some()
    }

    /// The message of a field, or nothing (templates).
    pub fn text(&self, field: &str) -> &str {
        self.of(field).unwrap_or_default()
    }

    /// The status of the page that shows them.
    pub fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}
