//! Files that come in are shown to a scanner: what it finds is refused, and its silence is noted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_store::{CustodyKind, Privacy, Role, Scope};
use netra_web::{Limits, Scanner};

use fixtures::{csrf, get_as, officer, report};
use support::report::{Form, only_docket};
use support::{Answer, BALIKPAPAN, TestApp};

const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";
/// What the invented scanner takes for harmful.
const HARMFUL: &[u8] = b"isi berbahaya rekaan";

/// What the daemon does.
#[derive(Clone, Copy)]
enum Daemon {
    /// Answers as the protocol says.
    Works,
    /// Says that the file is larger than it takes.
    TooSmall,
    /// Hangs up without a word.
    HangsUp,
}

/// A daemon that speaks the protocol; gives its address. It ends with the program.
fn daemon(kind: Daemon) -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = serve(stream, kind);
        }
    });
    scanner(&address)
}

fn scanner(address: &str) -> Scanner {
    Scanner { patience: Duration::from_secs(10), ..Scanner::at(address.parse().unwrap()) }
}

fn serve(mut stream: TcpStream, kind: Daemon) -> std::io::Result<()> {
    let mut command = [0; 10];
    stream.read_exact(&mut command)?;
    assert_eq!(&command, b"zINSTREAM\0");
    if matches!(kind, Daemon::HangsUp) {
        return Ok(());
    }
    let mut all = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length];
        stream.read_exact(&mut piece)?;
        all.extend(piece);
    }
    let is_harmful = all.windows(HARMFUL.len()).any(|part| part == HARMFUL);
    stream.write_all(match (kind, is_harmful) {
        (Daemon::TooSmall, _) => b"INSTREAM size limit exceeded. ERROR\0",
        (_, true) => b"stream: Contoh.Rekaan-1 FOUND\0",
        (_, false) => b"stream: OK\0",
    })
}

/// An address at which nobody listens.
fn nobody() -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    scanner(&address)
}

fn photo(tail: &[u8]) -> Vec<u8> {
    [b"\xFF\xD8\xFF\xE0 a photograph ".as_slice(), tail].concat()
}

/// Small enough that a file of two megabytes comes in pieces.
fn limits() -> Limits {
    Limits { file: 1 << 20, request: 2 << 20, large_file: 4 << 20, form: 8 << 20, ..Limits::default() }
}

/// An officer's desk with a matter, and the form by which exhibits are added.
struct Desk {
    test: TestApp,
    matter: MatterId,
    cookie: String,
    token: String,
}

impl Desk {
    async fn with(scanner: Scanner) -> Desk {
        let test = TestApp::scanned_by(scanner, limits()).await;
        let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
        let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
        let token = csrf(&get_as(&test, &cookie, "/meja/sandi").await);
        Desk { test, matter, cookie, token }
    }

    /// Sends the form that adds exhibits, with a file and the word that confirms it.
    async fn add(&self, name: &str, bytes: &[u8]) -> Answer {
        let fields = [("csrf", self.token.as_str()), ("expected", "1"), ("at", "2024-01-19T10:00"), ("confirm", "ya")];
        let mut body: Vec<u8> = Vec::new();
        for (field, value) in fields {
            let head = format!("--grenze\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        let disposition = format!("form-data; name=\"files\"; filename=\"{name}\"");
        body.extend_from_slice(format!("--grenze\r\nContent-Disposition: {disposition}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--grenze--\r\n");
        let request = Request::post(format!("/meja/perkara/{}/langkah/add-exhibit", self.matter))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
            .header(header::COOKIE, self.cookie.as_str())
            .body(Body::from(body))
            .unwrap();
        self.test.send(request).await
    }

    async fn exhibits(&self) -> usize {
        only_docket(&self.test, BALIKPAPAN).await.matter.exhibits.len()
    }

    async fn noted(&self) -> Vec<CustodyKind> {
        noted(&self.test, self.matter, 2).await
    }

    /// Sends a file in one piece, before its form.
    async fn piece(&self, bytes: &[u8]) -> Answer {
        let length = bytes.len().to_string();
        let begun = self.ask("POST", "/meja/unggah", &[("upload-length", length.as_str())], b"").await;
        let place = begun.headers[header::LOCATION].to_str().unwrap().to_owned();
        let kind = ("content-type", "application/offset+octet-stream");
        self.ask("PATCH", &place, &[("upload-offset", "0"), kind], bytes).await
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("tus-resumable", "1.0.0");
        request = request.header(header::COOKIE, self.cookie.as_str()).header("x-csrf", self.token.as_str());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.test.send(request.body(Body::from(body.to_vec())).unwrap()).await
    }
}

async fn noted(test: &TestApp, matter: MatterId, no: u16) -> Vec<CustodyKind> {
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let log = test.app.store.custody(&scope, matter, ExhibitNo(no)).await.unwrap().unwrap();
    log.entries.iter().map(|entry| entry.kind).collect()
}

#[tokio::test]
async fn what_the_scanner_finds_is_refused_and_what_it_passes_is_kept() {
    let desk = Desk::with(daemon(Daemon::Works)).await;
    desk.add("foto.jpg", &photo(HARMFUL)).await.says(422, "Contoh.Rekaan-1");
    assert_eq!(desk.exhibits().await, 1);
    let added = desk.add("foto.jpg", &photo(b"biasa")).await;
    assert_eq!(added.location(), format!("/meja/perkara/{}", desk.matter));
    assert_eq!((desk.exhibits().await, desk.noted().await), (2, Vec::new()));
}

#[tokio::test]
async fn a_scanner_that_does_not_answer_is_noted_and_the_file_kept() {
    for scanner in [nobody(), daemon(Daemon::HangsUp), daemon(Daemon::TooSmall)] {
        let desk = Desk::with(scanner).await;
        assert_eq!(desk.add("foto.jpg", &photo(HARMFUL)).await.status, 303);
        assert_eq!((desk.exhibits().await, desk.noted().await), (2, vec![CustodyKind::NotScanned]));
        let page = get_as(&desk.test, &desk.cookie, &format!("/meja/perkara/{}/bukti/2/lihat", desk.matter)).await;
        page.says(200, "Pindai dahulu sebelum dibuka");
    }
}

#[tokio::test]
async fn what_comes_in_pieces_is_scanned_when_it_is_whole() {
    let desk = Desk::with(daemon(Daemon::Works)).await;
    let mut large = photo(&[7; 1_500_000]);
    assert_eq!(desk.piece(&large).await.status, 200);
    large.extend_from_slice(HARMFUL);
    desk.piece(&large).await.says(422, "Contoh.Rekaan-1");
}

#[tokio::test]
async fn a_report_of_the_public_is_scanned_too() {
    let test = TestApp::scanned_by(daemon(Daemon::Works), limits()).await;
    let form = Form::filled(&test, "laporan").await;
    let (press, harmful) = ([("aksi", "unggah")], photo(HARMFUL));
    let harmful = test.upload(&form.at("7"), &press, &[("berkas", "foto.jpg", harmful.as_slice())]).await;
    harmful.says(422, "Contoh.Rekaan-1");

    let test = TestApp::scanned_by(nobody(), limits()).await;
    let form = Form::filled(&test, "laporan").await;
    let plain = photo(b"biasa");
    let kept = test.upload(&form.at("7"), &press, &[("berkas", "foto.jpg", plain.as_slice())]).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    form.receipt().await;
    let docket = only_docket(&test, BALIKPAPAN).await;
    assert_eq!(noted(&test, docket.matter.id, 1).await, [CustodyKind::NotScanned]);
}
