//! A docket in memory. Everybody in it is invented.

use std::sync::LazyLock;

use jiff::civil::date;
use netra_docket::act::*;
use netra_docket::entry::{Actor, Entry, canonical_bytes};
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, OfficeId, PersonNo, SealId};
use netra_docket::matter::Matter;
use netra_docket::person::{Capacity, Identity, Person, ReporterStanding};
use netra_docket::private::{Private, Seal, seal_all};
use netra_forms::Letterhead;
use netra_forms::sheet::Sheet;
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::pack::{Regime, RequirementPart};
use netra_law::time::{Moment, Zone};
use sha2::{Digest, Sha256};

pub static LAW: LazyLock<Law> = LazyLock::new(|| Law::embedded().unwrap());

pub const REPORTER: &str = "Warga Contoh Satu";
pub const REPORTED: &str = "Camat Contoh Dua";
pub const WITNESS: &str = "Staf Contoh Tiga";
pub const EXPERT: &str = "Pakar Contoh Empat";
/// Everything private that tells who somebody is.
pub const NAMES: [&str; 4] = [REPORTER, REPORTED, WITNESS, EXPERT];

pub const REPORT_NUMBER: &str = "001/LP/PL/Kota/23.01/I/2024";
pub const REGISTERED: &str = "002/Reg/LP/PL/Kota/23.01/I/2024";

pub fn head() -> Letterhead {
    Letterhead {
        office: "Bawaslu Kota Contoh".to_owned(),
        address: "Jalan Contoh Nomor 3, Balikpapan".to_owned(),
        seat: Seat::new(Zone::Wita, "64.71"),
        names: [("bawaslu-contoh".parse().unwrap(), "Bawaslu Contoh".to_owned())].into(),
    }
}

pub fn moment(text: &str) -> Moment {
    Moment::parse_in(text, Zone::Wita).unwrap()
}

pub fn uuid(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

pub fn act_id(n: u32) -> ActId {
    uuid(n).parse().unwrap()
}

pub fn office(id: &str) -> OfficeId {
    id.parse().unwrap()
}

pub fn person(no: u16, capacity: Capacity, subject: Option<&str>, name: &str) -> Person {
    let identity = Identity {
        name: name.to_owned(),
        birth: format!("Kota Contoh, {no} Januari 1990"),
        sex: "perempuan".to_owned(),
        occupation: format!("Pekerjaan {no}"),
        agency: format!("Instansi {no}"),
        citizenship: "Indonesia".to_owned(),
        address: format!("Jalan Rekaan Nomor {no}1, Kota Contoh"),
        phone: format!("0800-0000-00{no:02}"),
        email: format!("orang.{no}@example.org"),
        id_number: format!("19900101000000{no:04}"),
    };
    Person {
        no: PersonNo(no),
        capacity,
        subject: subject.map(str::to_owned),
        standing: (capacity == Capacity::Reporter).then_some(ReporterStanding::Citizen),
        identity: identity.into(),
    }
}

pub fn bytes_of(no: u16) -> Vec<u8> {
    format!("isi bukti {no}").into_bytes()
}

pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

pub fn exhibit(no: u16) -> Exhibit {
    let bytes = bytes_of(no);
    let label = ExhibitLabel {
        file_name: format!("foto-{no}.jpg"),
        description: format!("Tangkapan layar ke-{no}"),
        from: format!("{REPORTER} sendiri"),
    };
    Exhibit {
        no: ExhibitNo(no),
        sha256: digest(&bytes),
        size: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        label: label.into(),
        source: None,
    }
}

fn private(text: &str) -> Private<String> {
    text.to_owned().into()
}

fn incident() -> Incident {
    Incident {
        account: private(&format!(
            "Menurut {WITNESS}, {REPORTED} mengajak pegawai memilih calon.\n\nAjakan itu direkam."
        )),
        place: "Aula Kecamatan Contoh".to_owned().into(),
        happened: Some(date(2024, 1, 15)),
        known: Some(date(2024, 1, 17)),
    }
}

pub fn report(persons: Vec<Person>, exhibits: Vec<Exhibit>) -> Act {
    Act::ReportReceived(Report {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Counter,
        subject_line: "Camat diduga mengajak pegawai memilih calon".to_owned(),
        event: incident(),
        persons,
        exhibits,
    })
}

fn check(id: &str, part: RequirementPart, verdict: Verdict, note: &str) -> RequirementCheck {
    RequirementCheck { id: id.to_owned(), part, verdict, note: Some(note.to_owned().into()) }
}

fn study(outcome: &str, verdict: Verdict) -> Act {
    Act::InitialStudyDecided(InitialStudy {
        requirements: vec![
            check("formal-reporter", RequirementPart::Formal, Verdict::Met, ""),
            check("formal-signature", RequirementPart::Formal, Verdict::NotMet, "Belum ditandatangani"),
            check("material-evidence", RequirementPart::Material, verdict, "Satu foto"),
        ],
        kinds: vec!["other-law".to_owned()],
        outcome: outcome.to_owned(),
        reason: private(&format!("Bukti dari {REPORTER} diperiksa.")),
    })
}

fn invitation(no: u16, session: &str, mode: SessionMode) -> Act {
    Act::ClarificationInvited(Invitation {
        person: PersonNo(no),
        letter: format!("00{no}/CONTOH/UND/I/2024"),
        session: moment(session),
        place: "Ruang klarifikasi".to_owned(),
        mode,
        delivered: Some(moment("2024-01-26T10:05")),
    })
}

fn clarified(no: u16, oath: Oath, minutes: &str) -> Act {
    Act::Clarified(Clarified { person: PersonNo(no), oath, mode: SessionMode::InPerson, minutes: private(minutes) })
}

fn result(no: u16) -> PersonResult {
    PersonResult {
        person: PersonNo(no),
        kinds: vec!["other-law".to_owned()],
        types: vec!["PEM-283".to_owned()],
        articles: "UU 7/2017 art. 283".to_owned(),
    }
}

fn plenary() -> Plenary {
    Plenary { minutes: "007/BA/II/2024".to_owned(), members: 5, present: 3, votes_for: 2, votes_against: 1 }
}

fn finished(number: &str) -> StudyFinished {
    StudyFinished {
        number: number.to_owned(),
        analysis: private(&format!("{WITNESS} membenarkan rekaman.")),
        proposals: vec![result(2)],
    }
}

pub fn opening() -> Act {
    let persons = vec![
        person(1, Capacity::Reporter, None, REPORTER),
        person(2, Capacity::Reported, Some("pns"), REPORTED),
        person(3, Capacity::Witness, None, WITNESS),
        person(4, Capacity::Expert, None, EXPERT),
    ];
    report(persons, vec![exhibit(1), exhibit(2)])
}

/// Every kind of act but the other openings, in an order in which the docket folds.
pub fn acts() -> Vec<(&'static str, Act)> {
    vec![
        ("2024-01-19T10:20", opening()),
        ("2024-01-19T10:50", Act::ReceiptIssued(ReceiptIssued { number: REPORT_NUMBER.to_owned() })),
        ("2024-01-22T13:30", study("INCOMPLETE", Verdict::NotMet)),
        (
            "2024-01-22T14:00",
            Act::RepairRequested(RepairRequested {
                missing: vec!["material-evidence".to_owned()],
                note: private("Bawa rekaman aslinya."),
            }),
        ),
        (
            "2024-01-24T09:15",
            Act::RepairReceived(RepairReceived {
                note: private("Rekaman asli diserahkan."),
                exhibits: vec![exhibit(3)],
                persons: Vec::new(),
            }),
        ),
        ("2024-01-24T15:00", study("REGISTER_HERE", Verdict::Met)),
        ("2024-01-25T09:00", Act::Registered(Registered { number: REGISTERED.to_owned() })),
        ("2024-01-26T10:00", invitation(2, "2024-01-29T09:00", SessionMode::InPerson)),
        ("2024-01-29T09:40", clarified(2, Oath::Refused, "Tanya: Apakah Saudara hadir? Jawab: Ya.")),
        ("2024-01-26T10:10", invitation(4, "2024-01-29T13:00", SessionMode::Online)),
        ("2024-01-29T13:40", clarified(4, Oath::Sworn, "Ahli menerangkan netralitas.")),
        ("2024-01-26T10:20", invitation(3, "2024-01-30T09:00", SessionMode::InPerson)),
        (
            "2024-01-30T10:00",
            Act::AbsenceRecorded(AbsenceRecorded {
                person: PersonNo(3),
                reason: Some(format!("{WITNESS} sakit").into()),
            }),
        ),
        (
            "2024-01-30T13:00",
            Act::GakkumduDiscussed(GakkumduDiscussed {
                round: 1,
                crime: Verdict::NotMet,
                result: private("Unsur tidak terpenuhi."),
            }),
        ),
        (
            "2024-01-30T14:00",
            Act::CrimeDeclared(CrimeDeclared { persons: vec![PersonNo(2)], articles: "UU 7/2017 art. 494".to_owned() }),
        ),
        (
            "2024-02-01T09:00",
            Act::HandlingExtended(HandlingExtended { reason: "Keterangan ahli kedua.".to_owned().into() }),
        ),
        ("2024-02-05T09:00", Act::StudyFinished(finished("011/KAJIAN/II/2024"))),
        (
            "2024-02-06T10:00",
            Act::PlenaryDecided(PlenaryDecided {
                plenary: plenary(),
                results: vec![result(2)],
                reason: private("Ajakan terbukti cukup untuk diteruskan."),
            }),
        ),
        (
            "2024-02-07T11:00",
            Act::Forwarded(Forwarded {
                letter: "021/PP.01/II/2024".to_owned(),
                persons: vec![PersonNo(2)],
                kind: "other-law".to_owned(),
                authority: "kasn".to_owned(),
                to_office: None,
                channel: "siapnet".to_owned(),
                copies: "Bawaslu RI; Inspektorat".to_owned(),
            }),
        ),
        (
            "2024-02-07T15:10",
            Act::DeliveryConfirmed(DeliveryConfirmed {
                forwarding: act_id(19),
                receipt: "T-33/KASN".to_owned(),
                note: Some(String::new().into()),
            }),
        ),
        (
            "2024-02-08T09:00",
            Act::StatusAnnounced(StatusAnnounced {
                title: "Diteruskan kepada KASN".to_owned(),
                text: "Dugaan pelanggaran netralitas diteruskan.".to_owned(),
                posted: "papan pengumuman".to_owned(),
            }),
        ),
        (
            "2024-02-08T10:00",
            Act::StatementPublished(StatementPublished {
                title: "Imbauan netralitas".to_owned(),
                text: "Pegawai diminta netral.".to_owned(),
            }),
        ),
        (
            "2024-03-15T09:00",
            Act::RecommendationReceived(Recommendation {
                number: "R-100/KASN/3/2024".to_owned(),
                dated: date(2024, 3, 1),
                employer_received: Some(date(2024, 3, 12)),
                employer_office: None,
                persons: vec![RecommendedFor { person: PersonNo(2), sanction: "hukuman disiplin sedang".to_owned() }],
            }),
        ),
        (
            "2024-04-02T09:00",
            Act::SanctionReported(SanctionReported {
                person: PersonNo(2),
                decree: "800/44/2024".to_owned(),
                dated: date(2024, 3, 28),
                sanction: "penundaan kenaikan gaji berkala".to_owned(),
            }),
        ),
        (
            "2024-04-02T10:00",
            Act::CandidacyChecked(CandidacyChecked {
                person: PersonNo(2),
                result: CandidacyResult::OtherPerson,
                note: private("Nama sama, orangnya lain."),
            }),
        ),
        (
            "2024-04-02T11:00",
            Act::CorrectionAdvised(CorrectionAdvised {
                authority: "kpu".to_owned(),
                letter: "030/PM/IV/2024".to_owned(),
                text: "Perbaiki daftar pemilih.".to_owned(),
            }),
        ),
        (
            "2024-04-02T11:30",
            Act::CorrectionAnswered(CorrectionAnswered {
                followed: Verdict::Met,
                note: "Daftar sudah diperbaiki.".to_owned().into(),
            }),
        ),
        (
            "2024-04-02T11:40",
            Act::DatesRecomputed(DatesRecomputed {
                decree: "Keputusan Contoh 1/2024".to_owned(),
                day: "2024-04-16".parse().unwrap(),
                change: "hari libur nasional: Hari Contoh".to_owned(),
                moved: vec![MovedDate {
                    clock: "HANDLING_MAX".to_owned(),
                    person: None,
                    old: "2024-04-17T23:59:59+08:00".parse().unwrap(),
                    new: "2024-04-18T23:59:59+08:00".parse().unwrap(),
                }],
            }),
        ),
        ("2024-04-02T12:00", Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit(4)] })),
        (
            "2024-04-02T12:10",
            Act::PersonAdded(PersonAdded {
                person: person(5, Capacity::Reported, Some("kepala-desa"), "Kepala Desa Contoh Lima"),
            }),
        ),
        ("2024-04-02T12:20", Act::Assigned(Assigned { to: account() })),
        (
            "2024-04-02T12:22",
            Act::ReporterWrote(ReporterWrote {
                person: None,
                text: "Kapan saya diperiksa?".to_owned().into(),
                exhibits: Vec::new(),
            }),
        ),
        ("2024-04-02T12:24", Act::OfficeWrote(OfficeWrote { text: "Minggu depan.".to_owned().into() })),
        (
            "2024-04-02T13:00",
            Act::Delegated(Delegated {
                to: office("bawaslu-kaltim"),
                letter: "040/PP/IV/2024".to_owned(),
                reason: "Tempat kejadian di dua kota.".to_owned().into(),
            }),
        ),
        (
            "2024-04-02T14:00",
            Act::TakenOver(TakenOver {
                by: office("bawaslu-ri"),
                letter: "041/PP/IV/2024".to_owned(),
                reason: "Menyangkut dua provinsi.".to_owned().into(),
            }),
        ),
        ("2024-04-03T09:00", Act::Withdrawn(Withdrawn { reason: private("Pelapor pindah.") })),
        (
            "2024-04-03T10:00",
            Act::Rejected(Rejected {
                outcome: "NOT_REGISTERED".to_owned(),
                reason: "Disampaikan lewat waktu.".to_owned(),
            }),
        ),
        (
            "2024-04-03T11:00",
            Act::MadeInitialInformation(MadeInitialInformation {
                tracing_office: office("bawaslu-ppu"),
                reason: "Isinya patut ditelusuri.".to_owned(),
            }),
        ),
        (
            "2024-04-03T12:00",
            Act::TracingOrdered(TracingOrdered {
                letter: "050/ST/IV/2024".to_owned(),
                plan: private("Pastikan siapa yang hadir."),
            }),
        ),
        (
            "2024-04-05T12:00",
            Act::TracingReported(TracingReported {
                number: "060/LHP/IV/2024".to_owned(),
                activity: "Penelusuran".to_owned(),
                place: "Kecamatan Contoh".to_owned(),
                account: private("Daftar hadir ditemukan."),
                result: TracingResult::Suspected,
                persons: Vec::new(),
                exhibits: vec![exhibit(5)],
            }),
        ),
        (
            "2024-04-06T12:00",
            Act::FindingFixed(FindingFixed {
                plenary: plenary(),
                kinds: vec!["other-law".to_owned()],
                persons: Vec::new(),
                reason: private("Daftar hadir cukup."),
            }),
        ),
        ("2024-04-07T12:00", prevention()),
        (
            "2024-04-08T09:00",
            Act::Corrected(Corrected {
                of: act_id(17),
                reason: "Nomor kajian keliru.".to_owned().into(),
                reading: CorrectedReading::Act { act: Box::new(Act::StudyFinished(finished("012/KAJIAN/II/2024"))) },
            }),
        ),
    ]
}

fn account() -> AccountId {
    uuid(99).parse().unwrap()
}

pub fn prevention() -> Act {
    Act::PreventionRecorded(Prevention {
        regime: Regime::Pemilu,
        activity: PreventionKind::AppealLetter,
        subject_line: "Imbauan netralitas kepada sekretaris daerah".to_owned(),
        audience: vec!["Sekretaris Daerah".to_owned()],
        letter: "070/PM/IV/2024".to_owned(),
        place: String::new(),
        text: "Mohon mengingatkan pegawai.".to_owned(),
        exhibits: Vec::new(),
        delivery: Some(Delivery::ByHand),
        recipients: vec![addressee(1, "Dinas Contoh Satu"), addressee(2, "Kecamatan Contoh Dua")],
        attendance: None,
    })
}

/// Somebody of the office's list.
pub fn addressee(n: u32, name: &str) -> Addressee {
    Addressee {
        id: uuid(200 + n).parse().unwrap(),
        kind: RecipientKind::Agency,
        name: name.to_owned(),
        region: "64.71.01".to_owned(),
        address: format!("Jalan Contoh Nomor {n}, Kota Contoh"),
    }
}

/// The receipt of one of them for the letter at a place of the docket.
pub fn prevention_answer(n: u32) -> Act {
    Act::PreventionAnswered(PreventionAnswered {
        of: act_id(n),
        who: vec![uuid(201).parse().unwrap()],
        answer: RecipientAnswer::Received,
        number: "TT-1".to_owned(),
        attendance: None,
        note: None,
    })
}

pub fn tip() -> Act {
    Act::TipReceived(Tip {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Media,
        subject_line: "Informasi tanpa nama".to_owned(),
        event: incident(),
        persons: vec![person(1, Capacity::Reported, Some("pns"), REPORTED)],
        exhibits: vec![exhibit(1)],
    })
}

pub fn information() -> Act {
    Act::InformationRecorded(Information {
        regime: Regime::Pilkada,
        contest: "PW".to_owned(),
        channel: Channel::Supervision,
        subject_line: "Informasi dari pengawasan".to_owned(),
        event: incident(),
        persons: Vec::new(),
        exhibits: Vec::new(),
    })
}

/// Entries of these acts, in order; each is recorded at 06.00 UTC of the day after it was done.
pub fn entries(acts: Vec<(&str, Act)>) -> Vec<Entry> {
    let matter: MatterId = uuid(500).parse().unwrap();
    let entry = |(place, (at, what)): (usize, (&str, Act))| {
        let n = u32::try_from(place).unwrap() + 1;
        let at = moment(at);
        let later = at.date().tomorrow().unwrap();
        Entry {
            id: act_id(n),
            matter,
            office: office("bawaslu-balikpapan"),
            n,
            at,
            recorded: Moment::parse_in(&format!("{later}T13:00"), Zone::Wib).unwrap(),
            by: Actor::Officer { account: account(), office: office("bawaslu-balikpapan") },
            what,
        }
    };
    acts.into_iter().enumerate().map(entry).collect()
}

pub fn whole() -> Vec<Entry> {
    entries(acts())
}

pub fn fold(entries: &[Entry]) -> Matter {
    Matter::fold(entries, &LAW).unwrap()
}

/// The entry with every private value sealed, as the store records it.
pub fn sealed(entry: &Entry) -> Entry {
    let mut value = entry.to_value().unwrap();
    let mut count = 0;
    let result: Result<(), std::convert::Infallible> = seal_all(&mut value, &mut |_: serde_json::Value| {
        count += 1;
        let id: SealId = uuid(entry.n * 1000 + count).parse().unwrap();
        Ok(Seal { id, commitment: "0".repeat(64) })
    });
    result.unwrap();
    Entry::from_value(value).unwrap()
}

pub fn records(entries: &[Entry]) -> Vec<Vec<u8>> {
    entries.iter().map(|e| canonical_bytes(&sealed(e).to_value().unwrap()).unwrap()).collect()
}

/// The sheet of act `n`, with the matter as it stood then.
pub fn sheet_of(entries: &[Entry], n: u32) -> Sheet {
    sheet_or_none(entries, n).unwrap()
}

pub fn sheet_or_none(entries: &[Entry], n: u32) -> Option<Sheet> {
    let end = n as usize;
    let matter = fold(&entries[..end]);
    netra_forms::sheet_in(&entries[end - 1], entries, &matter, &LAW, &head())
}

pub fn html_of(entries: &[Entry], n: u32) -> String {
    netra_forms::document(&sheet_of(entries, n)).unwrap()
}

/// The number of the first act of a kind, by its word in the record.
pub fn n_of(entries: &[Entry], act: &str) -> u32 {
    let is = |e: &&Entry| e.to_value().unwrap()["what"]["act"] == act;
    entries.iter().find(is).unwrap_or_else(|| panic!("no {act}")).n
}
