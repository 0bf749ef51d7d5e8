//! A whole server in a test: a store in a temporary folder, the shipped law, two offices, and a
//! clock that stands still until it is set.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

pub mod report;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::Timestamp;
use netra_docket::ids::OfficeId;
use netra_law::Law;
use netra_law::time::Zone;
use netra_press::{Press, Templates};
use netra_store::{Office, OfficeKind, Place, Store};
use netra_web::{App, Clock, Limits, Printer, Scanner, SecondFactor, ServerSecret, Setup, Transport};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Friday morning, within receiving hours: 10.00 WITA.
pub const FRIDAY: &str = "2024-01-19T02:00:00Z";
/// The same Friday, after hours: 17.10 WITA.
pub const FRIDAY_EVENING: &str = "2024-01-19T09:10:00Z";

/// The offices that every test app has.
pub const BALIKPAPAN: &str = "bawaslu-balikpapan";
pub const PENAJAM: &str = "bawaslu-penajam";

/// A clock that is set by hand.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A server without a network.
pub struct TestApp {
    pub app: App,
    pub router: Router,
    clock: Arc<TestClock>,
    _folder: Option<TempDir>,
}

/// What it answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl TestApp {
    /// A server with two offices on a Friday morning.
    pub async fn new() -> TestApp {
        TestApp::with(Limits::default()).await
    }

    /// The same with other limits.
    pub async fn with(limits: Limits) -> TestApp {
        let folder = TempDir::new().unwrap();
        let place = Place::embedded(folder.path());
        TestApp { _folder: Some(folder), ..TestApp::on(&place, limits, None, SecondFactor::Waived).await }
    }

    /// The same as in the field: roles that need a second factor are asked for it. The other tests are about other
    /// things and log in with a password alone.
    pub async fn strict() -> TestApp {
        let folder = TempDir::new().unwrap();
        let place = Place::embedded(folder.path());
        let test = TestApp::on(&place, Limits::default(), None, SecondFactor::Required).await;
        TestApp { _folder: Some(folder), ..test }
    }

    /// The same with somebody who looks for harmful files.
    pub async fn scanned_by(scanner: Scanner, limits: Limits) -> TestApp {
        let folder = TempDir::new().unwrap();
        let place = Place::embedded(folder.path());
        TestApp { _folder: Some(folder), ..TestApp::on(&place, limits, Some(scanner), SecondFactor::Waived).await }
    }

    /// The same on a store somewhere else.
    pub async fn at(place: &Place) -> TestApp {
        TestApp::on(place, Limits::default(), None, SecondFactor::Waived).await
    }

    async fn on(place: &Place, limits: Limits, scanner: Option<Scanner>, second_factor: SecondFactor) -> TestApp {
        let law = Arc::new(Law::embedded().unwrap());
        let store = Store::open(place, Arc::clone(&law)).await.unwrap();
        for office in [balikpapan(), penajam(), kasn()] {
            store.add_office(&office).await.unwrap();
        }
        let clock = Arc::new(TestClock(AtomicI64::new(0)));
        let app = App::new(Setup {
            store,
            law,
            printer: Arc::new(Printer::new(Press::new(&Templates::embedded()).unwrap())),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            secret: ServerSecret([7; 32]),
            limits,
            base_url: "https://netra.example".to_owned(),
            transport: Transport::Https,
            scanner,
            second_factor,
        });
        let test = TestApp { router: netra_web::router(app.clone()), app, clock, _folder: None };
        test.set_clock(FRIDAY);
        test
    }

    /// Sets the clock.
    pub fn set_clock(&self, instant: &str) {
        let instant: Timestamp = instant.parse().unwrap();
        self.clock.0.store(instant.as_second(), Ordering::SeqCst);
    }

    /// The second since 1970 at which the clock stands.
    pub fn now(&self) -> i64 {
        self.clock.0.load(Ordering::SeqCst)
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form_request(path, fields)).await
    }

    /// Sends a form with files: field, file name, bytes.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body: Vec<u8> = Vec::new();
        for (name, value) in fields {
            let head = format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file, bytes) in files {
            let disposition = format!("form-data; name=\"{name}\"; filename=\"{file}\"");
            let head = format!("--grenze\r\nContent-Disposition: {disposition}\r\nContent-Type: image/jpeg\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--grenze--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}

/// A request that sends a form.
pub fn form_request(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body = serde_urlencoded::to_string(fields).unwrap();
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

impl Answer {
    /// Where a redirection leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// Checks the status and that the page says something.
    #[track_caller]
    pub fn says(&self, status: u16, text: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert!(self.body.contains(text), "'{text}' is not in:\n{}", self.body);
    }

    /// Checks that the page does not say something.
    #[track_caller]
    pub fn hides(&self, text: &str) {
        assert!(!self.body.contains(text), "'{text}' is in:\n{}", self.body);
    }
}

fn supervisor(id: &str, name: &str, level: &str, area: &str, region: &str) -> Office {
    Office {
        id: id.parse::<OfficeId>().unwrap(),
        name: name.to_owned(),
        kind: OfficeKind::Regency,
        authority: None,
        parent: None,
        zone: Zone::Wita,
        region: region.to_owned(),
        level: level.to_owned(),
        area: area.to_owned(),
        address: format!("Jalan Contoh 1, {level}"),
        members: 5,
        numbering: netra_law::numbering::OfficeNumbering::default(),
        calendar: Vec::new(),
    }
}

/// A city's supervisor.
pub fn balikpapan() -> Office {
    supervisor(BALIKPAPAN, "Bawaslu Kota Balikpapan", "Kota", "23.01", "64.71")
}

/// A regency's supervisor.
pub fn penajam() -> Office {
    supervisor(PENAJAM, "Bawaslu Kabupaten Penajam Paser Utara", "Kab", "23.09", "64.09")
}

/// An authority: nobody reports to it.
pub fn kasn() -> Office {
    let office = supervisor("kasn", "Komisi Aparatur Sipil Negara", "", "", "31");
    Office { kind: OfficeKind::Authority, authority: Some("kasn".to_owned()), zone: Zone::Wib, ..office }
}
