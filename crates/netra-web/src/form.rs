//! Reading forms: urlencoded or multipart, with texts made harmless before anybody sees them.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use jiff::civil::{Date, DateTime};
use netra_law::time::{Moment, Zone};

use crate::app::{App, Limits};
use crate::error::PageError;
use crate::page::Problems;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Name of the field.
    pub field: String,
    /// File name as the browser gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    fields: Vec<(String, String)>,
    /// Files; fields left empty by the browser are not among them.
    pub files: Vec<Upload>,
}

impl FormData {
    /// Reads a request's body, whatever its form encoding.
    ///
    /// # Errors
    /// The body is too large, cut off or not a form.
    pub async fn read(app: &App, request: Request) -> Result<FormData, PageError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            FormData::read_multipart(app, request).await
        } else {
            let bytes = axum::body::to_bytes(request.into_body(), app.limits.request)
                .await
                .map_err(|_| too_large(&app.limits))?;
            FormData::parse(&bytes)
        }
    }

    /// A form with these fields.
    pub fn from_fields(fields: Vec<(String, String)>) -> FormData {
        FormData { fields, files: Vec::new() }
    }

    /// Reads an urlencoded body or query.
    ///
    /// # Errors
    /// The bytes are not urlencoded pairs.
    pub fn parse(bytes: &[u8]) -> Result<FormData, PageError> {
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).map_err(|_| unreadable())?;
        Ok(FormData { fields, files: Vec::new() })
    }

    async fn read_multipart(app: &App, request: Request) -> Result<FormData, PageError> {
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut form = FormData::default();
        while let Some(part) = parts.next_field().await.map_err(|e| multipart_error(&e, &app.limits))? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|e| multipart_error(&e, &app.limits))?;
            match file_name {
                Some(name) if !name.is_empty() || !bytes.is_empty() => form.files.push(Upload { field, name, bytes }),
                Some(_) => {}
                None => form.fields.push((field, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(form)
    }

    /// The value of a field as typed, direction marks taken out; empty if it is not there.
    pub fn get(&self, name: &str) -> String {
        self.raw(name).map(clean).unwrap_or_default()
    }

    /// All values of a field that can be given several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| clean(v)).collect()
    }

    /// Whether a field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// Names of all fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(n, _)| n.as_str())
    }

    fn raw(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

fn unreadable() -> PageError {
    PageError::BadRequest(
        "Kiriman terputus atau tidak terbaca. Kembali dan kirim lagi; isian Anda yang sudah tersimpan tetap ada."
            .to_owned(),
    )
}

fn too_large(limits: &Limits) -> PageError {
    PageError::TooLarge(format!(
        "Kiriman melebihi {} MB. Kirim berkas satu per satu, atau kecilkan ukurannya; isian Anda yang sudah tersimpan tetap ada.",
        limits.request >> 20
    ))
}

fn multipart_error(error: &axum::extract::multipart::MultipartError, limits: &Limits) -> PageError {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { too_large(limits) } else { unreadable() }
}

/// Takes out what no typed text needs: direction controls (they can make a name read backwards),
/// zero-width marks at the ends, and carriage returns.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\r'))
        .collect();
    kept.trim().to_owned()
}

/// Whether a text holds characters that can't be kept: NUL and other control characters.
pub fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}

/// A one-line text that must be there.
pub fn required_line(form: &FormData, field: &str, limits: &Limits, problems: &mut Problems, ask: &str) -> String {
    let text = optional_line(form, field, limits, problems);
    if text.is_empty() {
        problems.add(field, ask);
    }
    text
}

/// A one-line text that may be empty.
pub fn optional_line(form: &FormData, field: &str, limits: &Limits, problems: &mut Problems) -> String {
    let text = form.get(field).replace('\n', " ");
    check_text(&text, field, limits.line, problems);
    text
}

/// Notes what is wrong with a text: too long, or with characters that can't be kept.
pub fn check_text(text: &str, field: &str, limit: usize, problems: &mut Problems) {
    let length = text.chars().count();
    if length > limit {
        problems.add(field, format!("Terlalu panjang: {length} huruf, paling banyak {limit}. Persingkat isinya."));
    }
    if has_control(text) {
        problems.add(field, "Ada karakter yang tidak dapat disimpan. Hapus lalu ketik ulang bagian itu.");
    }
}

/// A day, as `<input type=date>` or a person types it: `2024-01-19` or `19/1/2024`.
pub fn parse_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return (!text.contains(['T', ' '])).then_some(date);
    }
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A local moment, as `<input type=datetime-local>` or a person types it: `2024-01-19T17:10`, `19/1/2024 17.10`.
pub fn parse_moment(text: &str, zone: Zone) -> Option<Moment> {
    let (day, time) = text.split_once(['T', ' '])?;
    let date = parse_date(day)?;
    let mut parts = time.trim().split([':', '.']);
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Some(0), |s| s.parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    let wall: DateTime = jiff::civil::Time::new(hour, minute, second, 0).ok().map(|t| date.to_datetime(t))?;
    Moment::from_wall(wall, zone).ok()
}
