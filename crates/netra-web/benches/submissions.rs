//! Reports sent by 64 clients at once over HTTP, each acknowledged only when it is on disk.
//!
//! `cargo bench -p netra-web --bench submissions` measures both databases; the server of PostgreSQL is started
//! for it, with its ordinary settings (every commit is synced). Clients and server share the machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop by panicking, and it measures time"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use netra_store::Place;
use netra_testing::Postgres;
use support::TestApp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const CLIENTS: usize = 64;
const REPORTS: usize = 100;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(measure("SQLite", &Place::embedded(folder.path())));
    let server = Postgres::start_own().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(measure("PostgreSQL", &Place::server(&server.database().unwrap(), folder.path()).unwrap()));
}

async fn measure(name: &str, place: &Place) {
    let test = TestApp::at(place).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = netra_web::router(test.app.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });

    let begun = Instant::now();
    let mut filling = JoinSet::new();
    for _ in 0..CLIENTS {
        filling.spawn(async move {
            let mut client = Client::connect(address).await;
            let mut forms = Vec::new();
            for _ in 0..REPORTS {
                forms.push(client.fill_in().await);
            }
            (client, forms)
        });
    }
    let clients = filling.join_all().await;
    let pages = CLIENTS * REPORTS * 6;
    println!("{name}: {:.0} pages of forms kept a second", per_second(pages, begun.elapsed()));

    let begun = Instant::now();
    let mut sending = JoinSet::new();
    for (mut client, forms) in clients {
        sending.spawn(async move {
            let mut times = Vec::with_capacity(forms.len());
            for form in forms {
                let begun = Instant::now();
                let receipt = client.post(&format!("{form}/kirim"), "benar=ya").await;
                assert!(receipt.contains("/tanda-terima") || receipt.contains("/bukti") || !receipt.is_empty());
                times.push(begun.elapsed());
            }
            times
        });
    }
    let mut times: Vec<Duration> = sending.join_all().await.into_iter().flatten().collect();
    let rate = per_second(times.len(), begun.elapsed());
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{name}: {rate:.0} reports a second, half within {:.1} ms, 99 of 100 within {:.1} ms", at(50), at(99));
    test.app.store.close().await;
}

fn per_second(count: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / time.as_secs_f64()
}

/// A connection that is kept open, as a proxy in front of the server keeps it.
struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    async fn connect(address: std::net::SocketAddr) -> Client {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Client { stream, buffer: Vec::new() }
    }

    /// Fills a tip in up to its last page; gives its path.
    async fn fill_in(&mut self) -> String {
        let first = self.post("/lapor", "jenis=informasi").await;
        let form = first.rsplit_once('/').unwrap().0.to_owned();
        for (step, fields) in [
            (1, "kantor=bawaslu-balikpapan&pemilihan=pemilu"),
            (2, "uraian=Seorang+lurah+mengajak+warga+memilih+calon+dalam+pertemuan+warga."),
            (3, "tempat=Balai+desa"),
            (4, "terjadi=&diketahui="),
            (5, "tidak-tahu=ya"),
        ] {
            self.post(&format!("{form}/{step}"), fields).await;
        }
        form
    }

    /// Sends a form; gives the address to which the answer leads.
    async fn post(&mut self, path: &str, body: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await.unwrap();
        loop {
            let head = self.buffer.windows(4).position(|end| end == b"\r\n\r\n");
            if let Some(head) = head {
                let text = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
                let length: usize = header(&text, "content-length").map_or(0, |length| length.parse().unwrap());
                if self.buffer.len() >= head + 4 + length {
                    assert!(text.starts_with("HTTP/1.1 303"), "{path}: {text}");
                    self.buffer.drain(..head + 4 + length);
                    return header(&text, "location").unwrap().to_owned();
                }
            }
            let mut piece = [0; 4096];
            let read = self.stream.read(&mut piece).await.unwrap();
            assert!(read > 0, "the server hung up");
            self.buffer.extend_from_slice(&piece[..read]);
        }
    }
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v))
}
