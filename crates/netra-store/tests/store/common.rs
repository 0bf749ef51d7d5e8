//! A store in a folder of its own, with invented offices and an invented report. Every name here
//! is made up; `Rekaan` means just that.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use netra_docket::act::{Act, Channel, Exhibit, ExhibitLabel, Incident, ReceiptIssued, Report};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, OfficeId, PersonNo};
use netra_docket::person::{Capacity, Identity, Person, ReporterStanding};
use netra_docket::private::Private;
use netra_law::Law;
use netra_law::pack::Regime;
use netra_law::time::{Moment, Zone};
use netra_store::{
    NewAct, Office, OfficeKind, Place, Privacy, RecordError, Recorded, Recording, Scope, Store, StoreError,
};
use netra_testing::Postgres;
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use tempfile::TempDir;

/// Which database the tests of this program run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each program runs on one of them")]
pub enum Backend {
    /// SQLite.
    Embedded,
    /// PostgreSQL.
    Server,
}

/// The regency office that opens the matters.
pub const HOME: &str = "bawaslu-contoh";
/// The province office above it.
pub const PROVINCE: &str = "bawaslu-prov-contoh";
/// Another regency office of the same province.
pub const OTHER: &str = "bawaslu-lain";
/// An authority.
pub const AUTHORITY: &str = "kasn-contoh";
/// An employer.
pub const EMPLOYER: &str = "pemkot-contoh";

/// The reporter's name: must never be found among the acts.
pub const REPORTER: &str = "Pelapor Rekaan Satu";
/// The reported person's name: must never be found among the acts.
pub const REPORTED: &str = "Terlapor Rekaan Dua";
/// What the reporter tells: must never be found among the acts.
pub const ACCOUNT: &str = "Menurut pelapor, terlapor mengajak memilih calon rekaan.";

/// A store and its folder, which goes away with it.
pub struct Rig {
    pub store: Store,
    pub place: Place,
    pub folder: TempDir,
    address: String,
    _server: Option<Postgres>,
}

/// The embedded law, read once.
pub fn law() -> Arc<Law> {
    static LAW: OnceLock<Arc<Law>> = OnceLock::new();
    Arc::clone(LAW.get_or_init(|| Arc::new(Law::embedded().expect("the embedded law is whole"))))
}

/// An empty store.
pub async fn empty() -> Rig {
    let folder = tempfile::tempdir().unwrap();
    let (server, address, place) = match crate::BACKEND {
        Backend::Embedded => {
            let file = folder.path().join("netra.sqlite3");
            (None, format!("sqlite://{}", file.display()), Place::embedded(folder.path()))
        }
        Backend::Server => {
            let server = Postgres::start().unwrap_or_else(|error| panic!("{error}"));
            let address = server.database().unwrap_or_else(|error| panic!("{error}"));
            let place = Place::server(&address, folder.path()).unwrap();
            (Some(server), address, place)
        }
    };
    let store = Store::open(&place, law()).await.unwrap();
    Rig { store, place, folder, address, _server: server }
}

/// A store with the offices.
pub async fn rig() -> Rig {
    let rig = empty().await;
    for office in offices() {
        rig.store.add_office(&office).await.unwrap();
    }
    rig
}

/// The invented offices.
pub fn offices() -> Vec<Office> {
    vec![
        office(PROVINCE, OfficeKind::Province, None, "Prov", "23"),
        office(HOME, OfficeKind::Regency, Some(PROVINCE), "Kota", "23.01"),
        office(OTHER, OfficeKind::Regency, Some(PROVINCE), "Kab", "23.02"),
        office(AUTHORITY, OfficeKind::Authority, None, "", ""),
        office(EMPLOYER, OfficeKind::Employer, None, "", ""),
    ]
}

fn office(id: &str, kind: OfficeKind, parent: Option<&str>, level: &str, area: &str) -> Office {
    Office {
        id: office_id(id),
        name: format!("Kantor {id}"),
        kind,
        authority: (kind == OfficeKind::Authority).then(|| "kasn".to_owned()),
        parent: parent.map(office_id),
        zone: Zone::Wita,
        region: "64.71".to_owned(),
        level: level.to_owned(),
        area: area.to_owned(),
        address: "Jalan Contoh 1".to_owned(),
        members: 5,
        numbering: netra_law::numbering::OfficeNumbering::default(),
        calendar: Vec::new(),
    }
}

async fn connect(address: &str) -> AnyPool {
    AnyPoolOptions::new().max_connections(1).connect(address).await.unwrap()
}

pub fn office_id(id: &str) -> OfficeId {
    id.parse().unwrap()
}

/// The eyes of an office, private values opened.
pub fn open(office: &str) -> Scope {
    Scope::new(office_id(office), Privacy::Open)
}

/// The eyes of an office, private values sealed.
pub fn sealed(office: &str) -> Scope {
    Scope::new(office_id(office), Privacy::Sealed)
}

pub fn uuid() -> uuid::Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

pub fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A Friday morning in January 2024, so many hours later.
pub fn hours_later(hours: i64) -> Moment {
    let start = moment("2024-01-19T09:00:00+08:00").instant().as_second();
    Moment::new(Timestamp::from_second(start + hours * 3600).unwrap(), Zone::Wita)
}

/// A report with a reporter, a reported person and one exhibit.
pub fn report(sha256: &str) -> Act {
    Act::ReportReceived(Report {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Counter,
        subject_line: "Ajakan memilih calon oleh ASN".to_owned(),
        event: Incident {
            account: Private::Open(ACCOUNT.to_owned()),
            place: "Kota Contoh".to_owned().into(),
            happened: Some("2024-01-16".parse().unwrap()),
            known: Some("2024-01-17".parse().unwrap()),
        },
        persons: vec![
            Person {
                no: PersonNo(1),
                capacity: Capacity::Reporter,
                subject: None,
                standing: Some(ReporterStanding::Citizen),
                identity: identity(REPORTER),
            },
            Person {
                no: PersonNo(2),
                capacity: Capacity::Reported,
                subject: Some("pns".to_owned()),
                standing: None,
                identity: identity(REPORTED),
            },
        ],
        exhibits: vec![Exhibit {
            no: ExhibitNo(1),
            sha256: sha256.to_owned(),
            size: 4,
            media_type: "image/jpeg".to_owned(),
            label: Private::Open(ExhibitLabel { file_name: "foto-rekaan.jpg".to_owned(), ..ExhibitLabel::default() }),
            source: None,
        }],
    })
}

fn identity(name: &str) -> Private<Identity> {
    Private::Open(Identity { name: name.to_owned(), phone: "0800-REKAAN".to_owned(), ..Identity::default() })
}

/// Proof of delivery whose number the store draws.
pub fn receipt() -> Act {
    Act::ReceiptIssued(ReceiptIssued { number: String::new() })
}

/// An officer of the home office; the account need not exist.
pub fn officer() -> Actor {
    Actor::Officer { account: AccountId::new(uuid()), office: office_id(HOME) }
}

/// Acts for a matter, done and recorded at one moment.
pub fn recording(matter: MatterId, expected: u32, at: Moment, acts: Vec<Act>) -> Recording {
    Recording {
        matter,
        home: office_id(HOME),
        expected,
        by: officer(),
        recorded: at,
        acts: acts.into_iter().map(|what| NewAct { id: ActId::new(uuid()), at, what }).collect(),
        receipt: None,
    }
}

/// A digest that no bytes are kept for.
pub const NO_BYTES: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A new matter that has only its report.
pub fn new_matter(at: Moment) -> Recording {
    recording(MatterId::new(uuid()), 0, at, vec![report(NO_BYTES)])
}

/// A new matter of another office.
pub fn new_matter_of(home: &str, at: Moment) -> Recording {
    Recording { home: office_id(home), ..new_matter(at) }
}

impl Rig {
    /// The database behind the store's back, as the program itself may use it.
    pub async fn raw(&self) -> AnyPool {
        connect(&self.address).await
    }

    /// The database in the hands of somebody who may do everything.
    pub async fn raw_as_master(&self) -> AnyPool {
        let raw = connect(&Postgres::as_superuser(&self.address)).await;
        if crate::BACKEND == Backend::Embedded {
            for sql in [
                "DROP TRIGGER acts_are_never_changed",
                "DROP TRIGGER acts_are_never_removed",
                "DROP TRIGGER vault_is_never_changed",
                "DROP TRIGGER custody_is_never_changed",
                "DROP TRIGGER custody_is_never_removed",
                "DROP TRIGGER indicator_values_are_never_changed",
                "DROP TRIGGER indicator_values_are_never_removed",
            ] {
                sqlx::query(sql).execute(&raw).await.unwrap();
            }
        }
        raw
    }

    /// Opens the same store again.
    pub async fn open_again(&self) -> Result<Store, StoreError> {
        Store::open(&self.place, law()).await
    }

    /// Records a new matter that has only its report.
    pub async fn open_matter(&self) -> MatterId {
        self.store.record(new_matter(hours_later(0))).await.unwrap().matter.id
    }

    /// Records one more act on top of so many.
    pub async fn add(&self, matter: MatterId, expected: u32, what: Act) -> Result<Recorded, RecordError> {
        let at = hours_later(i64::from(expected));
        self.store.record(recording(matter, expected, at, vec![what])).await
    }
}
