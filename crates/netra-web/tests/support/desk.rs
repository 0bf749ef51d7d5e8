//! What tests of the desks need beside the server: accounts, sessions, and matters to look at.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use netra_docket::act::{
    Act, Channel, Exhibit, ExhibitLabel, Forwarded, Incident, ReceiptIssued, Report, StatusAnnounced,
};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, PersonNo};
use netra_docket::person::{Capacity, Identity, Person};
use netra_docket::private::Private;
use netra_law::pack::Regime;
use netra_law::time::Moment;
use netra_store::{Account, AccountState, NewAct, Office, OfficeKind, Recorded, Recording, Role};
use netra_web::{password, random_uuid};
use tower::ServiceExt as _;

use crate::support::{Answer, TestApp, form_request, kasn};

/// The password of every account of these tests.
pub const PASSWORD: &str = "kuda baterai staples benar";
/// The reporter of every matter of these tests, and what belongs to that person.
pub const REPORTER: &str = "Siti Rahasia";
pub const REPORTERS_PHONE: &str = "0812-3456-7890";
/// The reported person.
pub const REPORTED: &str = "Camat Contoh";
/// What the only exhibit of a matter holds.
pub const EVIDENCE: &[u8] = b"\xFF\xD8\xFF\xE0 a photograph";

/// Adds an account with the password of these tests.
pub async fn account(test: &TestApp, office: &str, login: &str, role: Role) -> AccountId {
    let account = Account {
        id: AccountId::new(random_uuid()),
        office: office.parse().unwrap(),
        login: login.to_owned(),
        name: format!("Petugas {login}"),
        role,
        password_hash: password::hash_password(PASSWORD).unwrap(),
        state: AccountState::Active,
    };
    test.app.store.add_account(&account).await.unwrap();
    account.id
}

/// Adds an account and logs in: the cookie to send.
pub async fn officer(test: &TestApp, office: &str, login: &str, role: Role) -> String {
    account(test, office, login, role).await;
    log_in(test, login).await
}

/// Logs in: the cookie to send.
pub async fn log_in(test: &TestApp, login: &str) -> String {
    let answer = test.post("/masuk", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    cookie(&answer)
}

/// The cookie that an answer sets.
pub fn cookie(answer: &Answer) -> String {
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// Opens a page with a session.
pub async fn get_as(test: &TestApp, cookie: &str, path: &str) -> Answer {
    test.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
}

/// Opens something that is no text.
pub async fn bytes_as(test: &TestApp, cookie: &str, path: &str) -> Vec<u8> {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = test.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

/// Sends a form with a session, as it stands: without the session's token unless it is among the fields.
pub async fn post_as(test: &TestApp, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut request = form_request(path, fields);
    request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
    test.send(request).await
}

/// The session's token against forged requests, as a page hands it out.
pub fn csrf(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Puts an employer's office and a province above the two supervisors beside the offices of the test app.
pub async fn more_offices(test: &TestApp) {
    let province = Office {
        id: "bawaslu-kaltim".parse().unwrap(),
        name: "Bawaslu Provinsi Kalimantan Timur".to_owned(),
        kind: OfficeKind::Province,
        authority: None,
        ..kasn()
    };
    let below = |office: Office| Office { parent: Some(province.id.clone()), ..office };
    for office in [below(crate::support::balikpapan()), below(crate::support::penajam()), province.clone()] {
        test.app.store.add_office(&office).await.unwrap();
    }
}

fn person(no: u16, capacity: Capacity, name: &str, phone: &str) -> Person {
    let identity = Identity { name: name.to_owned(), phone: phone.to_owned(), ..Identity::default() };
    let subject = (capacity == Capacity::Reported).then(|| "pns".to_owned());
    Person { no: PersonNo(no), capacity, subject, standing: None, identity: Private::Open(identity) }
}

/// A report delivered at a moment, with one exhibit.
pub async fn report(test: &TestApp, office: &str, at: &str, subject: &str) -> MatterId {
    let sha256 = test.app.store.put_blob(EVIDENCE).await.unwrap();
    let label = ExhibitLabel {
        file_name: format!("dari {REPORTER}.jpg"),
        description: "Tangkapan layar".to_owned(),
        from: REPORTER.to_owned(),
    };
    let exhibit = Exhibit {
        no: ExhibitNo(1),
        sha256,
        size: u64::try_from(EVIDENCE.len()).unwrap(),
        media_type: "image/jpeg".to_owned(),
        label: Private::Open(label),
        source: None,
    };
    let act = Act::ReportReceived(Report {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Counter,
        subject_line: subject.to_owned(),
        event: Incident {
            account: Private::Open(format!("Saya, {REPORTER}, melihat {REPORTED} mengajak memilih.")),
            place: "Balikpapan".to_owned().into(),
            happened: None,
            known: None,
        },
        persons: vec![
            person(1, Capacity::Reporter, REPORTER, REPORTERS_PHONE),
            person(2, Capacity::Reported, REPORTED, ""),
        ],
        exhibits: vec![exhibit],
    });
    let matter = MatterId::new(random_uuid());
    record(test, matter, office, 0, at, Actor::Public, vec![act]).await;
    matter
}

/// Records acts in a matter.
pub async fn record(
    test: &TestApp,
    matter: MatterId,
    office: &str,
    expected: u32,
    at: &str,
    by: Actor,
    acts: Vec<Act>,
) -> Recorded {
    let at: Moment = at.parse().unwrap();
    let acts = acts.into_iter().map(|what| NewAct { id: ActId::new(random_uuid()), at, what }).collect();
    let home = office.parse().unwrap();
    let recording = Recording { matter, home, expected, by, recorded: at, acts, receipt: None };
    test.app.store.record(recording).await.unwrap()
}

/// Acts after a report: its receipt, its forwarding to KASN, and a notice.
pub fn forwarded() -> Vec<Act> {
    vec![
        Act::ReceiptIssued(ReceiptIssued { number: String::new() }),
        Act::Forwarded(Forwarded {
            letter: "001/PM/2024".to_owned(),
            persons: vec![PersonNo(2)],
            kind: "other-law".to_owned(),
            authority: "kasn".to_owned(),
            to_office: Some("kasn".parse().unwrap()),
            channel: "surat".to_owned(),
            copies: String::new(),
        }),
        Act::StatusAnnounced(StatusAnnounced {
            title: "Status laporan".to_owned(),
            text: "Diteruskan kepada KASN.".to_owned(),
            posted: String::new(),
        }),
    ]
}
