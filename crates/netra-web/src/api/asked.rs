//! Reading what is asked for: parameters of the address, pieces of its path, JSON bodies. What can't be read is refused,
//! never taken as not said.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::problem::{Kind, Problem};
use crate::app::App;
use crate::form::FormData;

/// Bytes of a body.
const BODY: usize = 1 << 20;
/// Characters of a day.
const DAY: usize = 10;

/// Pieces of an address's path; what is no text is found nowhere.
pub struct Pieces<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Pieces<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Pieces<T>, Problem> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(pieces)) => Ok(Pieces(pieces)),
            Err(_) => Err(Problem::new(Kind::NotFound)),
        }
    }
}

/// The parameters of an address.
#[derive(Debug, Default)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads a query.
    ///
    /// # Errors
    /// A parameter is not among the known ones, or stands twice.
    pub fn read(query: Option<&str>, known: &[&str]) -> Result<Parameters, Problem> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query.unwrap_or_default()).map_err(|_| Problem::parameter("?"))?;
        let mut read = BTreeMap::new();
        for (name, value) in pairs {
            if !known.contains(&name.as_str()) || read.insert(name.clone(), value).is_some() {
                return Err(Problem::parameter(&name));
            }
        }
        Ok(Parameters(read))
    }

    /// A parameter, if it was given.
    ///
    /// # Errors
    /// It can't be read.
    pub fn get<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        match self.0.get(name) {
            None => Ok(None),
            Some(text) => parse(text).map(Some).ok_or_else(|| Problem::parameter(name)),
        }
    }
}

/// A yes or a no.
pub fn flag(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// A day: `2024-01-19`.
pub fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == DAY)
}

/// Lines of a page: one to two hundred.
pub fn limit(text: &str) -> Option<u32> {
    text.parse().ok().filter(|lines| (1..=200).contains(lines))
}

/// Reads a body of JSON.
///
/// # Errors
/// It is no JSON, too large, or not of the form that is asked for.
pub async fn body<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::new(Kind::NotJson));
    }
    let bytes = to_bytes(request.into_body(), BODY).await.map_err(|_| Problem::new(Kind::TooLarge))?;
    // The place is told, not the value: it may be a name.
    serde_json::from_slice(&bytes)
        .map_err(|error| Problem::new(Kind::BadBody).with("line", error.line()).with("column", error.column()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// A step to be taken: which one, and the answers to its questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRequest {
    /// The step.
    pub step: String,
    /// Answers by the names of the questions.
    pub answers: BTreeMap<String, Answer>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A text, a date, a moment, an option.
    Text(String),
    /// A number.
    Number(i64),
    /// A box that is ticked or not.
    Flag(bool),
    /// Several options.
    Several(Vec<String>),
}

impl StepRequest {
    /// The answers as the form of a desk sends them.
    pub fn form(&self) -> FormData {
        let mut fields = Vec::with_capacity(self.answers.len());
        for (name, answer) in &self.answers {
            match answer {
                Answer::Text(text) => fields.push((name.clone(), text.clone())),
                Answer::Number(number) => fields.push((name.clone(), number.to_string())),
                Answer::Flag(true) => fields.push((name.clone(), "ya".to_owned())),
                Answer::Flag(false) => {}
                Answer::Several(options) => {
                    fields.extend(options.iter().map(|option| (name.clone(), option.clone())));
                }
            }
        }
        FormData::from_fields(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_doubled_parameters_are_refused() {
        let known = ["tahap", "limit"];
        let read = Parameters::read(Some("limit=5"), &known).unwrap();
        assert_eq!(read.get("limit", limit), Ok(Some(5)));
        assert_eq!(read.get("tahap", limit), Ok(None));
        for (query, name) in [("limits=5", "limits"), ("limit=5&limit=5", "limit")] {
            assert_eq!(Parameters::read(Some(query), &known).unwrap_err(), Problem::parameter(name), "{query}");
        }
        for bad in ["0", "201", "-1", "x", ""] {
            let read = Parameters::read(Some(&format!("limit={bad}")), &known).unwrap();
            assert_eq!(read.get("limit", limit), Err(Problem::parameter("limit")), "{bad}");
        }
    }

    #[test]
    fn answers_become_the_fields_of_a_form() {
        let json = r#"{"step":"assign","answers":{"a":"x","b":3,"c":true,"d":false,"e":["1","2"]}}"#;
        let form = serde_json::from_str::<StepRequest>(json).unwrap().form();
        assert_eq!((form.get("a").as_str(), form.get("b").as_str(), form.get("c").as_str()), ("x", "3", "ya"));
        assert!(!form.has("d"));
        assert_eq!(form.all("e"), ["1", "2"]);
        for bad in [r#"{"step":"assign"}"#, r#"{"step":"assign","answers":{"a":{}}}"#, r#"{"step":1,"answers":{}}"#] {
            assert!(serde_json::from_str::<StepRequest>(bad).is_err(), "{bad}");
        }
    }
}
