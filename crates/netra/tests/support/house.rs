//! An office with a server of its own: a folder, an address that stays the same, and an officer who works through pages.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use netra_docket::act::{
    Act, Channel, Exhibit, ExhibitLabel, Forwarded, Incident, ReceiptIssued, Recommendation, RecommendedFor, Report,
    SanctionReported,
};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, PersonNo};
use netra_docket::person::{Capacity, Identity, Person};
use netra_docket::private::Private;
use netra_law::Law;
use netra_law::numbering::OfficeNumbering;
use netra_law::pack::Regime;
use netra_law::time::{Moment, Zone};
use netra_ledger::SigningKey;
use netra_ledger::directory::{Directory, DirectoryEntry};
use netra_store::{
    Account, AccountState, Docket, NewAct, Office, OfficeKind, Place, Privacy, Recording, Role, Scope, Store,
};
use netra_web::totp;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::support::{Server, netra, stderr, stdout};

/// The reporter's name: must never be found with the authority or the employer.
pub const REPORTER: &str = "Pelapor Rekaan Satu";
/// The reported person's name.
pub const REPORTED: &str = "Terlapor Rekaan Dua";
/// The bytes of the only exhibit.
pub const PHOTO: &[u8] = b"\xFF\xD8\xFF\xE0 foto rekaan yang cukup panjang untuk diubah satu bitanya";
/// How long a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// An office with a server.
pub struct House {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    folder: TempDir,
    address: String,
    server: Option<Server>,
    cookie: String,
    agent: ureq::Agent,
}

fn office(id: &str, name: &str, kind: OfficeKind) -> Office {
    Office {
        id: id.parse().unwrap(),
        name: name.to_owned(),
        kind,
        authority: (kind == OfficeKind::Authority).then(|| "kasn".to_owned()),
        parent: None,
        zone: Zone::Wita,
        region: "64.71".to_owned(),
        level: "Kota".to_owned(),
        area: "23.01".to_owned(),
        address: String::new(),
        members: 5,
        numbering: OfficeNumbering::default(),
        calendar: Vec::new(),
    }
}

/// A client that follows nothing and takes every answer.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None).build().into()
}

/// A port that nobody listens on now.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

impl House {
    /// A supervisor.
    pub fn supervisor() -> House {
        House::new("bawaslu-contoh", "Bawaslu Contoh", OfficeKind::Regency, Role::Handling)
    }

    /// The authority to which supervisors forward.
    pub fn authority() -> House {
        House::new("kasn", "KASN Contoh", OfficeKind::Authority, Role::Authority)
    }

    /// The employer.
    pub fn employer() -> House {
        House::new("pemkot-contoh", "Pemkot Contoh", OfficeKind::Employer, Role::Employer)
    }

    fn new(id: &'static str, name: &'static str, kind: OfficeKind, role: Role) -> House {
        let folder = tempfile::tempdir().unwrap();
        let (address, agent) = (free_address(), agent());
        let house = House { id, name, folder, address, server: None, cookie: String::new(), agent };
        house.in_store(async |store: &Store| {
            store.add_office(&office(id, name, kind)).await.unwrap();
            let account = Account {
                id: AccountId::new(netra_web::random_uuid()),
                office: id.parse().unwrap(),
                login: "petugas".to_owned(),
                name: "Petugas Rekaan".to_owned(),
                role,
                password_hash: netra_web::password::hash_password("kuda baterai staples").unwrap(),
                state: AccountState::Active,
            };
            store.add_account(&account).await.unwrap();
        });
        house
    }

    /// The folder of its store.
    pub fn data(&self) -> String {
        self.folder.path().join("store").to_str().unwrap().to_owned()
    }

    /// A file beside it.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Works on the store itself. The server must not run: what it knows of offices would be old.
    pub fn in_store<T>(&self, work: impl AsyncFnOnce(&Store) -> T) -> T {
        assert!(self.server.is_none(), "the server of {} runs", self.id);
        let place = Place::embedded(std::path::Path::new(&self.data()));
        Runtime::new().unwrap().block_on(async {
            let store = Store::open(&place, Arc::new(Law::embedded().unwrap())).await.unwrap();
            let done = work(&store).await;
            store.close().await;
            done
        })
    }

    /// Its docket of a matter, names opened; none if it has no such matter.
    pub fn docket(&self, matter: MatterId) -> Option<Docket> {
        let scope = Scope::new(self.id.parse().unwrap(), Privacy::Open);
        self.in_store(async |store: &Store| store.docket(&scope, matter).await.unwrap())
    }

    /// How many acts its docket has.
    pub fn length(&self, matter: MatterId) -> usize {
        self.docket(matter).map_or(0, |docket| docket.entries.len())
    }

    /// Records an act on top of its docket.
    pub fn record(&self, matter: MatterId, at: &str, what: Act) {
        let entries = self.docket(matter).map_or_else(Vec::new, |docket| docket.entries);
        let expected = u32::try_from(entries.len()).unwrap();
        let at: Moment = at.parse().unwrap();
        // What was done on paper is typed in later, and never before what stands in the docket already.
        let last = entries.last().map(|entry| entry.recorded);
        let recorded = last.filter(|last| last.instant() > at.instant()).unwrap_or(at);
        let by = Actor::Officer { account: AccountId::new(netra_web::random_uuid()), office: self.id.parse().unwrap() };
        let acts = vec![NewAct { id: ActId::new(netra_web::random_uuid()), at, what }];
        let home = self.id.parse().unwrap();
        let recording = Recording { matter, home, expected, by, recorded, acts, receipt: None };
        self.in_store(async |store: &Store| store.record(recording).await.map(|_| ()).unwrap());
    }

    /// Starts its server and logs the officer in.
    pub fn start(&mut self) {
        self.server = Some(Server::serve_at(std::path::Path::new(&self.data()), &self.address));
        // Connections to the server of before are of no use any more.
        self.agent = agent();
        // A session outlives the server.
        if self.cookie.is_empty() {
            self.log_in();
        }
    }

    /// Logs the officer in, and sets a second factor up where the role needs one.
    fn log_in(&mut self) {
        let fields = [("login", "petugas"), ("password", "kuda baterai staples")];
        let answer = self.agent.post(self.url("/masuk")).send_form(fields).unwrap();
        assert_eq!(answer.status(), 303);
        self.cookie = cookie(&answer);
        if answer.headers()["location"] != "/meja/kode" {
            return;
        }
        self.post(&self.page("/meja/kode"), "/meja/kode/baru", &[]);
        let page = self.page("/meja/kode");
        let key = page.split("Kunci: <span class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
        let token = between(&page, "name=\"csrf\" value=\"").unwrap();
        let code = totp::code(&base32(key), totp::step_at(self.now()));
        let fields = [("csrf", token.as_str()), ("code", &code)];
        let request = self.agent.post(self.url("/meja/kode")).header("cookie", &self.cookie);
        let answer = request.send_form(fields).unwrap();
        assert_eq!(answer.status(), 200);
        self.cookie = cookie(&answer);
    }

    /// The second since 1970 that the server's own clock shows.
    fn now(&self) -> i64 {
        let answer = self.agent.get(self.url("/masuk")).call().unwrap();
        let date = answer.headers()["date"].to_str().unwrap();
        jiff::fmt::rfc2822::parse(date).unwrap().timestamp().as_second()
    }

    /// Pulls the plug of its server.
    pub fn kill(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }

    /// Pulls the plug and starts again.
    pub fn restart(&mut self) {
        self.kill();
        self.start();
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A page as the officer sees it.
    pub fn page(&self, path: &str) -> String {
        let mut answer = self.agent.get(self.url(path)).header("cookie", &self.cookie).call().unwrap();
        let body = answer.body_mut().read_to_string().unwrap();
        assert_eq!(answer.status(), 200, "{path}: {body}");
        body
    }

    /// Sends a form with the token of a page; gives the address to which the answer leads.
    pub fn post(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let token = between(page, "name=\"csrf\" value=\"").expect("the page has a token");
        let fields = fields.iter().copied().chain([("csrf", token.as_str())]);
        let request = self.agent.post(self.url(path)).header("cookie", &self.cookie);
        let mut answer = request.send_form(fields).unwrap();
        let body = answer.body_mut().read_to_string().unwrap();
        assert_eq!(answer.status(), 303, "{path}: {body}");
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Waits until a page says something; deliveries that wait for their time are hurried meanwhile.
    pub fn until(&self, path: &str, words: &str) -> String {
        let since = Instant::now();
        loop {
            let page = self.page(path);
            if page.contains(words) {
                return page;
            }
            assert!(since.elapsed() < PATIENCE, "'{words}' does not come on {path} of {}:\n{page}", self.id);
            if let Some(id) = between(&page, &format!("action=\"{path}/antar/")) {
                self.post(&page, &format!("{path}/antar/{id}"), &[]);
            }
        }
    }

    /// Presses the button by which a matter goes to somebody.
    pub fn send(&self, path: &str, to: &str) {
        let words = format!("Kirim lewat jaringan ke {to}<");
        let page = self.until(path, &words);
        let before = page.split(&words).next().unwrap();
        let last = |name: &str| {
            let rest = before.rsplit(&format!("name=\"{name}\" value=\"")).next().unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (act, kind, receiver) = (last("act"), last("kind"), last("to"));
        self.post(&page, &format!("{path}/antar"), &[("act", &act), ("kind", &kind), ("to", &receiver)]);
    }

    /// Says something about the newest bundle in its inbox; gives the address to which that leads.
    pub fn answer(&self, fields: &[(&str, &str)]) -> String {
        let page = self.until("/meja/kotak-masuk", "/tanda-terima\"");
        let print = between(&page, "action=\"/meja/kotak-masuk/").unwrap();
        let print = print.split('/').next().unwrap();
        self.post(&page, &format!("/meja/kotak-masuk/{print}/tanda-terima"), fields)
    }

    /// Runs a command on its store; gives its status and what it prints.
    pub fn command(&self, arguments: &[&str]) -> (i32, String) {
        let output = netra(&[arguments, &["--data", &self.data()]].concat());
        let status = output.status.code().expect("it ends by itself");
        (status, if output.stdout.is_empty() { stderr(&output) } else { stdout(&output) })
    }
}

/// The session's cookie that an answer sets.
fn cookie(answer: &ureq::http::Response<ureq::Body>) -> String {
    let set = answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let session = set.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with("netra_session="));
    session.expect("the answer begins a session").to_owned()
}

/// The bytes of a secret as people type it.
fn base32(typed: &str) -> Vec<u8> {
    let letters = typed.bytes().filter(|letter| *letter != b' ');
    let value = |letter: u8| if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' };
    let bits: Vec<u8> = letters.flat_map(|letter| (0..5).rev().map(move |n| (value(letter) >> n) & 1)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| (sum << 1) | bit)).collect()
}

/// What stands between a beginning and the next quotation mark.
pub fn between(text: &str, beginning: &str) -> Option<String> {
    let (_, rest) = text.split_once(beginning)?;
    Some(rest.split('"').next()?.to_owned())
}

/// A directory of all houses with their addresses, signed by a national office and imported by each of them.
pub fn trust_each_other(houses: &[&House]) {
    let national = SigningKey::new("netra/kantor-pusat".parse().unwrap(), &[9; 32]);
    let since = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut directory = Directory::new(since);
    for house in houses {
        let (status, card) = house.command(&["directory", "card", house.id]);
        assert_eq!(status, 0, "{card}");
        let mut lines = card.lines();
        let entry = DirectoryEntry {
            key: lines.next().unwrap().parse().unwrap(),
            name: house.name.to_owned(),
            recipient: Some(lines.next().unwrap().parse().unwrap()),
            address: Some(house.url("").parse().unwrap()),
            since,
            until: None,
            revoked: None,
        };
        directory = directory.with(entry, since).unwrap();
    }
    let text = directory.sign(&national).unwrap();
    for house in houses {
        let file = house.path("direktori");
        std::fs::write(&file, &text).unwrap();
        let key = national.verifier().to_string();
        let (status, said) = house.command(&["directory", "import", &file, "--key", &key]);
        assert_eq!(status, 0, "{said}");
    }
}

fn person(no: u16, capacity: Capacity, name: &str) -> Person {
    let identity = Identity { name: name.to_owned(), ..Identity::default() };
    let subject = (capacity == Capacity::Reported).then(|| "pns".to_owned());
    Person { no: PersonNo(no), capacity, subject, standing: None, identity: Private::Open(identity) }
}

/// A matter of a supervisor that was forwarded to KASN.
pub fn forwarded(house: &House) -> MatterId {
    let matter = MatterId::new(netra_web::random_uuid());
    let photo = house.in_store(async |store: &Store| store.put_blob(PHOTO).await.unwrap());
    let label = ExhibitLabel { file_name: "foto.jpg".to_owned(), ..ExhibitLabel::default() };
    let report = Report {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Counter,
        subject_line: "Ajakan memilih oleh ASN".to_owned(),
        event: Incident {
            account: Private::Open(format!("Saya, {REPORTER}, melihat {REPORTED} mengajak memilih.")),
            place: "Kota Contoh".to_owned().into(),
            happened: None,
            known: None,
        },
        persons: vec![person(1, Capacity::Reporter, REPORTER), person(2, Capacity::Reported, REPORTED)],
        exhibits: vec![Exhibit {
            no: ExhibitNo(1),
            sha256: photo,
            size: PHOTO.len() as u64,
            media_type: "image/jpeg".to_owned(),
            label: Private::Open(label),
            source: None,
        }],
    };
    let sent = Forwarded {
        letter: "001/PM/2024".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: None,
        channel: "surat".to_owned(),
        copies: String::new(),
    };
    let receipt = ReceiptIssued { number: "001/LP/2024".to_owned() };
    for (at, what) in [
        ("2024-01-19T10:00:00+08:00", Act::ReportReceived(report)),
        ("2024-01-19T10:05:00+08:00", Act::ReceiptIssued(receipt)),
        ("2024-01-26T10:00:00+08:00", Act::Forwarded(sent)),
    ] {
        house.record(matter, at, what);
    }
    matter
}

/// What an authority recommends.
pub fn recommendation() -> Act {
    Act::RecommendationReceived(Recommendation {
        number: "R-7".to_owned(),
        dated: "2024-02-20".parse().unwrap(),
        employer_received: None,
        employer_office: None,
        persons: vec![RecommendedFor { person: PersonNo(2), sanction: "sedang".to_owned() }],
    })
}

/// What an employer did.
pub fn sanction() -> Act {
    Act::SanctionReported(SanctionReported {
        person: PersonNo(2),
        decree: "800/44".to_owned(),
        dated: "2024-03-20".parse().unwrap(),
        sanction: "Penundaan kenaikan gaji berkala".to_owned(),
    })
}
