//! The receipt of a sent form: the code in large type, a QR code, and what happens next by when.
//!
//! It is computed from the form's token whenever it is asked for, so a lost answer is no loss.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::clocks::clocks;
use netra_docket::matter::Origin;
use netra_law::event::When;
use netra_law::time::{Moment, Zone, long_date, long_moment};
use netra_store::{Docket, Office};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::app::App;
use crate::code::{FormToken, TrackingCode, code_for};
use crate::error::PageError;
use crate::page::{Chrome, ok};
use crate::public::draft::{Found, Step, find};
use crate::public::step_address;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/lapor/{token}/terima", get(receipt)).route("/lapor/{token}/kode.txt", get(code_file))
}

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct ReceiptPage {
    chrome: Chrome,
    token: String,
    code: String,
    groups: Vec<String>,
    compact: String,
    status_address: String,
    qr: String,
    tip: bool,
    opened: String,
    put_off: Option<String>,
    office: String,
    office_address: String,
    next: Option<Next>,
    digests: Vec<String>,
}

/// The next legal date of a matter.
#[derive(Debug)]
pub struct Next {
    /// What is due.
    pub title: String,
    /// Its last moment, in full.
    pub when: String,
    /// The same, seen from now: *besok*, *2 hari lagi*.
    pub distance: String,
    /// Whether it is over.
    pub over: bool,
}

async fn receipt(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    let token = match find(&app, &token).await? {
        Found::Sent(token) => token,
        Found::Open(token, _) => return Ok(Redirect::to(&step_address(&token, Step::Review)).into_response()),
    };
    let code = code_for(&app.secret, &token);
    let docket = sent(&app, &code).await?;
    let office = app.store.office(&docket.matter.home).await?.ok_or(PageError::Internal)?;
    ok(&page(&app, &token, code, &docket, office))
}

/// The docket of a form that was sent. Only a changed secret can lose it.
async fn sent(app: &App, code: &TrackingCode) -> Result<Docket, PageError> {
    let found = app.store.docket_by_code(&code.hash()).await?;
    found.ok_or_else(|| {
        tracing::error!("a recorded form has no docket under its code: has the server's secret been changed?");
        PageError::Internal
    })
}

fn page(app: &App, token: &FormToken, code: TrackingCode, docket: &Docket, office: Office) -> ReceiptPage {
    let status_address = format!("{}/s/{}", app.base_url, code.compact());
    let matter = &docket.matter;
    ReceiptPage {
        chrome: Chrome::public(),
        token: token.to_string(),
        code: code.to_string(),
        groups: code.groups(),
        compact: code.compact(),
        qr: qr(&status_address),
        status_address,
        tip: matter.origin == Origin::Information,
        opened: long_moment(matter.opened),
        put_off: put_off(app, docket, &office),
        next: next(app, docket, &office),
        office: office.name,
        office_address: office.address,
        digests: matter.exhibits.iter().map(|e| e.sha256.clone()).collect(),
    }
}

/// From when the report counts, if it came outside the receiving hours.
pub fn put_off(app: &App, docket: &Docket, office: &Office) -> Option<String> {
    let all = clocks(&docket.matter, &app.law, &office.seat(), app.now(office.zone));
    let (when, because) = all.received?;
    because.map(|_| match when {
        When::Day(date) => long_date(date),
        When::At(moment) => long_moment(moment),
    })
}

/// The next legal date of a matter, if one is running.
pub fn next(app: &App, docket: &Docket, office: &Office) -> Option<Next> {
    let now = app.now(office.zone);
    let all = clocks(&docket.matter, &app.law, &office.seat(), now);
    let nearest = all.nearest()?;
    let due = nearest.deadline.due_at;
    Some(Next {
        title: nearest.title.to_owned(),
        when: long_moment(due),
        distance: distance(due, now),
        over: now > due,
    })
}

/// How far a last moment is from now, in calendar days of its zone.
fn distance(due: Moment, now: Moment) -> String {
    let zone: Zone = due.zone();
    let today = now.in_zone(zone).date();
    let days = today.until(due.date()).map_or(0, |span| span.get_days());
    match days {
        _ if now > due && days == 0 => "lewat hari ini".to_owned(),
        ..0 => format!("lewat {} hari", days.unsigned_abs()),
        0 => "hari ini".to_owned(),
        1 => "besok".to_owned(),
        _ => format!("{days} hari lagi"),
    }
}

/// The QR code of an address, as SVG markup without any text of a person in it.
pub fn qr(address: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return String::new();
    };
    let whole = code.render::<svg::Color<'_>>().min_dimensions(180, 180).build();
    // The XML declaration has no place inside HTML; the picture needs a name for those who can't see it.
    let picture = whole.find("<svg").and_then(|at| whole.get(at..)).unwrap_or_default();
    picture.replacen("<svg", "<svg class=\"qr\" role=\"img\" aria-label=\"Kode QR halaman status\"", 1)
}

/// The code as a file to keep.
async fn code_file(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    let Found::Sent(token) = find(&app, &token).await? else { return Err(PageError::NotFound) };
    let code = code_for(&app.secret, &token);
    let text = format!(
        "Kode pelacakan Netra\r\n\r\n{code}\r\n\r\nBuka {}/s/{} untuk melihat status.\r\n\
         Simpan kode ini baik-baik: siapa pun yang memilikinya dapat melihat status.\r\n",
        app.base_url,
        code.compact()
    );
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kode-pelacakan.txt\""),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_in(text, Zone::Wita).unwrap()
    }

    #[test]
    fn distances_in_words() {
        let due = at("2024-03-01T23:59:59");
        let table = [
            ("2024-02-27T10:00", "3 hari lagi"),
            ("2024-02-29T23:59:59", "besok"),
            ("2024-03-01T00:00", "hari ini"),
            ("2024-03-02T00:00", "lewat 1 hari"),
            ("2024-04-02T00:00", "lewat 32 hari"),
        ];
        for (now, words) in table {
            assert_eq!(distance(due, at(now)), words, "{now}");
        }
        assert_eq!(distance(at("2024-03-01T16:00"), at("2024-03-01T16:00:01")), "lewat hari ini");
    }

    #[test]
    fn the_qr_code_is_one_svg_element() {
        let markup = qr("https://netra.example/s/0123456789ABCDEFGHJKMNPQRST");
        assert!(markup.starts_with("<svg class=\"qr\" role=\"img\"") && markup.ends_with("</svg>"), "{markup}");
        assert!(!markup.contains("style="));
    }
}
