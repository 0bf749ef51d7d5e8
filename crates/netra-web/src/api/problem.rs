//! What goes wrong, as RFC 9457 tells it (`application/problem+json`), in Indonesian or English.
//!
//! A handler gives a [`Problem`]; which language the caller reads is known only around all handlers ([`in_language`]).
//! No problem holds a personal value: what it tells of a matter are numbers, words of the procedure and fields' names.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use netra_store::{RecordError, StoreError, TokenScope};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::{PageError, chain};
use crate::page::Problems;

/// Where the kinds of problems are listed.
pub const PROBLEMS: &str = "/api/v1/problems";
/// The media type of a problem.
pub const MEDIA: &str = "application/problem+json";

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Unless something else is asked for.
    Indonesian,
    /// With `Accept-Language: en`.
    English,
}

impl Language {
    /// The language that a caller prefers.
    pub fn of(headers: &HeaderMap) -> Language {
        let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|v| v.to_str().ok());
        let mut best = (Language::Indonesian, 0.0);
        for item in lines.flat_map(|line| line.split(',')) {
            let mut parts = item.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight =
                parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0_f64, |q| q.trim().parse().unwrap_or(0.0));
            let language = match tag.split('-').next() {
                Some("id" | "in") => Language::Indonesian,
                Some("en") => Language::English,
                _ => continue,
            };
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The tag of the language.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $status:literal,
        $title:literal / $english:literal, $detail:literal / $in_english:literal;)+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $variant,)+
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The word in the type of the problem.
            pub fn id(self) -> &'static str {
                match self { $(Kind::$variant => $id),+ }
            }

            /// The status of the answer.
            pub fn status(self) -> u16 {
                match self { $(Kind::$variant => $status),+ }
            }

            /// In a few words.
            pub fn title(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Kind::$variant, Language::Indonesian) => $title,
                    (Kind::$variant, Language::English) => $english,)+
                }
            }

            /// What to do.
            pub fn detail(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Kind::$variant, Language::Indonesian) => $detail,
                    (Kind::$variant, Language::English) => $in_english,)+
                }
            }
        }
    };
}

kinds! {
    /// Something in the address or a header makes no sense.
    BadRequest = "bad-request", 400, "Permintaan tidak terbaca" / "The request can't be read",
        "Periksa bagian yang disebut pada `parameter`." / "Check the part that `parameter` names.";
    /// The body is not the JSON that is asked for.
    BadBody = "bad-body", 400, "Isi kiriman tidak terbaca" / "The body can't be read",
        "Kirim JSON menurut uraian pada /api/v1/openapi.json." / "Send JSON as /api/v1/openapi.json describes it.";
    /// Creating needs a key of the caller's own.
    KeyNeeded = "key-needed", 400, "Kunci kiriman belum ada" / "A key for the request is missing",
        "Sertakan kepala Idempotency-Key, 1 sampai 255 karakter ASCII, satu untuk setiap perkara baru."
        / "Send the header Idempotency-Key, 1 to 255 ASCII characters, one for each new matter.";
    /// There is no token, or none that is valid.
    TokenNeeded = "token-needed", 401, "Token tidak ada atau tidak berlaku" / "No valid token",
        "Sertakan kepala Authorization: Bearer dengan token yang masih berlaku; administrator kantor dapat membuatnya."
        / "Send the header Authorization: Bearer with a token that is still valid; an office's administrator makes one.";
    /// The token lacks a scope.
    ScopeMissing = "scope-missing", 403, "Cakupan token tidak cukup" / "The token lacks a scope",
        "Token ini tidak mempunyai cakupan yang disebut pada `scope`; minta administrator membuat token lain."
        / "This token lacks the scope that `scope` names; ask an administrator for another one.";
    /// No token, or not this role, may do that.
    NotAllowed = "not-allowed", 403, "Tidak berwenang" / "Not allowed",
        "Tugas token ini tidak membolehkan hal itu, atau hal itu hanya untuk petugas."
        / "The token's role does not allow that, or it is for officers only.";
    /// No such thing, or not for this caller.
    NotFound = "not-found", 404, "Tidak ditemukan" / "Not found",
        "Alamat ini tidak ada, atau bukan untuk kantor Anda." / "There is no such thing, or it is not your office's.";
    /// The address is there, the method is not.
    Method = "method", 405, "Metode tidak dikenal di alamat ini" / "The address does not know this method",
        "Lihat metode yang ada pada kepala Allow." / "See the header Allow for the methods that there are.";
    /// Somebody else acted in between.
    Conflict = "conflict", 409, "Perkara sudah berubah" / "The matter has changed",
        "Ada yang dicatat sejak perkara ini dibaca, dan kiriman Anda tidak dicatat. Baca lagi, lalu ulangi bila masih perlu."
        / "Something was recorded since you read the matter, and nothing of yours was. Read it again, then repeat it if it is still needed.";
    /// The procedure asks for something else first.
    StepWaits = "step-waits", 409, "Langkah ini masih menunggu" / "The step waits for something",
        "Lengkapi dahulu yang disebut pada `missing`." / "Do first what `missing` names.";
    /// The step has no place in the matter as it is.
    StepNotOffered = "step-not-offered", 409, "Langkah ini tidak ada pada tahap sekarang" / "The stage has no such step",
        "Lihat langkah yang mungkin pada perkaranya." / "See the matter for the steps that there are.";
    /// Too many bytes.
    TooLarge = "too-large", 413, "Kiriman terlalu besar" / "The body is too large",
        "Kirim paling banyak 1 MB." / "Send at most 1 MB.";
    /// Not JSON.
    NotJson = "not-json", 415, "Bukan JSON" / "Not JSON",
        "Kirim dengan Content-Type: application/json." / "Send it with Content-Type: application/json.";
    /// Answers are missing or wrong.
    AnswersWrong = "answers-wrong", 422, "Ada isian yang perlu diperbaiki" / "Some answers need mending",
        "Setiap isian yang salah ada pada `errors`." / "Each wrong answer stands in `errors`, in Indonesian, as officers read it.";
    /// The procedure refuses the act.
    Refused = "refused", 422, "Tidak dapat dicatat" / "It can't be recorded",
        "Alasannya ada pada `reason`." / "The reason stands in `reason`, in Indonesian.";
    /// One key for two requests.
    KeyReused = "key-reused", 422, "Kunci kiriman sudah dipakai" / "The key has been used",
        "Idempotency-Key ini sudah dipakai untuk kiriman lain. Pakai kunci baru."
        / "This Idempotency-Key was used for another request. Use a new one.";
    /// A step must say on which docket it is taken.
    LengthNeeded = "length-needed", 428, "Versi perkara belum disebut" / "The matter's version is missing",
        "Sertakan kepala If-Match dengan ETag perkara seperti yang terakhir Anda baca."
        / "Send the header If-Match with the ETag of the matter as you last read it.";
    /// Too often.
    TooOften = "too-often", 429, "Terlalu sering" / "Too many requests",
        "Tunggu sebanyak detik yang disebut pada kepala Retry-After." / "Wait for the seconds that the header Retry-After names.";
    /// The program failed.
    Internal = "internal", 500, "Ada gangguan" / "The program failed",
        "Program gagal mengerjakannya. Yang sudah tersimpan tetap aman. Coba lagi sebentar."
        / "What is stored is safe. Try again in a moment.";
}

/// A problem, in no language yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    kind: Kind,
    more: Map<String, Value>,
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem that its kind says all about.
    pub fn new(kind: Kind) -> Problem {
        Problem { kind, more: Map::new(), retry_after: None }
    }

    /// The same with one more member.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Serialize) -> Problem {
        if let Ok(value) = serde_json::to_value(value) {
            self.more.insert(member.to_owned(), value);
        }
        self
    }

    /// A parameter of the address, or a header, that can't be read.
    pub fn parameter(name: &str) -> Problem {
        Problem::new(Kind::BadRequest).with("parameter", name)
    }

    /// A scope that the token lacks.
    pub fn scope(scope: TokenScope) -> Problem {
        Problem::new(Kind::ScopeMissing).with("scope", scope.id())
    }

    /// Answers that are missing or wrong.
    pub fn answers(problems: &Problems) -> Problem {
        let errors: Vec<Value> =
            problems.all().iter().map(|(field, message)| json!({ "field": field, "message": message })).collect();
        Problem::new(Kind::AnswersWrong).with("errors", errors)
    }

    /// Too many requests.
    pub fn too_often(seconds: u32) -> Problem {
        Problem { retry_after: Some(seconds), ..Problem::new(Kind::TooOften) }
    }

    fn in_words(self, language: Language) -> Response {
        let mut body = self.more;
        body.insert("type".to_owned(), format!("{PROBLEMS}#{}", self.kind.id()).into());
        body.insert("status".to_owned(), self.kind.status().into());
        body.insert("title".to_owned(), self.kind.title(language).into());
        body.insert("detail".to_owned(), self.kind.detail(language).into());
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Value::Object(body).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.kind == Kind::TokenNeeded {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The problem travels to [`in_language`], which writes it down.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes problems down in the caller's language.
pub async fn in_language(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => {
            let kept = response.headers().get(header::ALLOW).cloned();
            let mut written = problem.in_words(language);
            if let Some(allow) = kept {
                written.headers_mut().insert(header::ALLOW, allow);
            }
            written
        }
        None => response,
    }
}

impl From<PageError> for Problem {
    fn from(error: PageError) -> Problem {
        match error {
            PageError::NotFound => Problem::new(Kind::NotFound),
            PageError::Forbidden | PageError::LoginNeeded | PageError::FormExpired => Problem::new(Kind::NotAllowed),
            PageError::BadRequest(reason) => Problem::new(Kind::Refused).with("reason", reason),
            PageError::Moved => Problem::new(Kind::Conflict),
            PageError::TooLarge(_) => Problem::new(Kind::TooLarge),
            PageError::Internal => Problem::new(Kind::Internal),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        tracing::error!(error = %chain(&error), "the store failed");
        Problem::new(Kind::Internal)
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Problem {
        match error {
            RecordError::Moved | RecordError::AlreadySent(_) => Problem::new(Kind::Conflict),
            RecordError::Store(inner) => inner.into(),
            other => Problem::new(Kind::Refused).with("reason", other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(accept: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
        Language::of(&headers)
    }

    #[test]
    fn the_language_is_the_one_that_is_liked_best() {
        assert_eq!(Language::of(&HeaderMap::new()), Language::Indonesian);
        for (accept, tag) in [
            ("en", "en"),
            ("en-GB,en;q=0.9", "en"),
            ("id-ID,id;q=0.9,en;q=0.8", "id"),
            ("en;q=0.5, id;q=0.4", "en"),
            ("fr, en;q=0.1", "en"),
            ("fr", "id"),
            ("en;q=0", "id"),
            ("*", "id"),
            ("en;q=x", "id"),
        ] {
            assert_eq!(language(accept).tag(), tag, "{accept}");
        }
    }

    #[test]
    fn every_kind_has_words_of_its_own() {
        for (place, kind) in Kind::ALL.iter().enumerate() {
            assert!(StatusCode::from_u16(kind.status()).unwrap().is_client_error() || *kind == Kind::Internal);
            assert_ne!(kind.title(Language::Indonesian), kind.title(Language::English), "{kind:?}");
            assert!(Kind::ALL.iter().skip(place + 1).all(|other| other.id() != kind.id()), "{kind:?}");
        }
    }
}
