//! Whole matters at the desk, form by form, each step by the role whose step it is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::collections::BTreeMap;

use netra_docket::act::{Act, PersonResult};
use netra_docket::entry::Actor;
use netra_docket::ids::{MatterId, PersonNo};
use netra_docket::matter::{Answered, Stage};
use netra_law::time::Moment;
use netra_store::Role;

use driver::{
    ACCOUNT, EMPLOYER, FRIDAY_AT_TEN, REPORT, StepForm, begin, docket_of, employer, enter, length_of, matter_with,
    refuses, step_in, take, until_forwarded,
};
use fixtures::{EVIDENCE, REPORTED, REPORTER, REPORTERS_PHONE, bytes_as, get_as, record};
use support::{BALIKPAPAN, TestApp};

use Role::{Authority, Employer, Handling, Intake, Plenary};

/// More than any dossier of these tests unpacks to.
const LIMIT: u64 = 10_000_000;

/// A step of a story: when, by whom, which, what is answered, and where the matter stands afterwards.
struct Stop {
    clock: &'static str,
    role: Role,
    step: &'static str,
    answers: &'static [(&'static str, &'static str)],
    stage: Stage,
}

const fn stop(
    clock: &'static str,
    role: Role,
    step: &'static str,
    stage: Stage,
    answers: &'static [(&'static str, &'static str)],
) -> Stop {
    Stop { clock, role, step, answers, stage }
}

/// A server with an officer of each role that works on matters; the cookie of each.
async fn desks() -> (TestApp, BTreeMap<Role, String>) {
    let test = TestApp::new().await;
    employer(&test).await;
    let mut cookies = BTreeMap::new();
    for (role, office) in
        [(Intake, BALIKPAPAN), (Handling, BALIKPAPAN), (Plenary, BALIKPAPAN), (Authority, "kasn"), (Employer, EMPLOYER)]
    {
        cookies.insert(role, enter(&test, office, role.id(), role).await);
    }
    (test, cookies)
}

/// Takes the steps one after the other and looks at the stage after each.
async fn walk(test: &TestApp, cookies: &BTreeMap<Role, String>, matter: MatterId, story: &[Stop]) {
    for Stop { clock, role, step, answers, stage } in story {
        test.set_clock(clock);
        let before = length_of(test, matter).await;
        let answer = take(test, &cookies[role], &step_in(matter, step), answers).await;
        assert_eq!(answer.location(), format!("/meja/perkara/{matter}"), "{step}");
        let docket = docket_of(test, matter).await;
        assert_eq!((docket.matter.stage(), docket.matter.length), (*stage, before + 1), "{step}");
        let page = get_as(test, &cookies[role], answer.location()).await;
        assert_eq!(page.status.as_u16(), 200, "{step}: {}", page.body);
    }
}

/// Requirements that are all met but one.
const INCOMPLETE: &[(&str, &str)] = &[
    ("req_*", "met"),
    ("req_material-evidence", "not-met"),
    ("kinds", "other-law"),
    ("outcome", "INCOMPLETE"),
    ("reason", "Bukti belum menghubungkan terlapor."),
];

const COMPLETE: &[(&str, &str)] = &[
    ("req_*", "met"),
    ("kinds", "other-law"),
    ("outcome", "REGISTER_HERE"),
    ("reason", "Siti Rahasia sudah melengkapi bukti."),
];

/// From the receipt to the sanctions of a civil servant and a village head.
const REPORT_STORY: &[Stop] = &[
    stop("2024-01-19T02:20:00Z", Intake, "issue-receipt", Stage::InitialStudy, &[]),
    stop("2024-01-22T02:00:00Z", Handling, "initial-study", Stage::InitialStudy, INCOMPLETE),
    stop(
        "2024-01-22T03:00:00Z",
        Handling,
        "request-repair",
        Stage::Repair,
        &[("note", "Siti Rahasia membawa foto asli.")],
    ),
    stop(
        "2024-01-23T02:00:00Z",
        Intake,
        "receive-repair",
        Stage::InitialStudy,
        &[("note", "Foto asli dari Siti Rahasia."), ("files", "foto asli.jpg")],
    ),
    stop("2024-01-24T02:00:00Z", Handling, "initial-study", Stage::ToRegister, COMPLETE),
    stop("2024-01-24T03:00:00Z", Handling, "register", Stage::Handling, &[]),
    stop(
        "2024-01-25T02:00:00Z",
        Handling,
        "invite-clarification",
        Stage::Handling,
        &[
            ("person", "~Camat Contoh"),
            ("letter", "010/PM/2024"),
            ("session", "2024-01-29T10:00"),
            ("place", "Kantor pengawas"),
            ("delivered", "2024-01-25T09:30"),
        ],
    ),
    stop("2024-01-29T03:00:00Z", Handling, "record-absence", Stage::Handling, &[("reason", "Sakit")]),
    stop(
        "2024-01-29T04:00:00Z",
        Handling,
        "invite-clarification",
        Stage::Handling,
        &[("person", "2"), ("session", "2024-01-30T10:00"), ("place", "Kantor pengawas"), ("mode", "online")],
    ),
    stop(
        "2024-01-30T03:00:00Z",
        Handling,
        "clarify",
        Stage::Handling,
        &[("oath", "promised"), ("minutes", "T: Apakah Siti Rahasia hadir?\nJ: Ya, bersama Budi Penyaksi.")],
    ),
    stop(
        "2024-01-30T03:20:00Z",
        Handling,
        "invite-clarification",
        Stage::Handling,
        &[("person", "~Budi Penyaksi"), ("session", "2024-01-30T11:30"), ("place", "Kantor pengawas")],
    ),
    stop(
        "2024-01-30T03:40:00Z",
        Handling,
        "record-absence",
        Stage::Handling,
        &[("reason", "Budi Penyaksi takut dikenali.")],
    ),
    stop(
        "2024-01-30T04:00:00Z",
        Handling,
        "extend-handling",
        Stage::Handling,
        &[("reason", "Siti Rahasia akan menyerahkan rekaman.")],
    ),
    stop(
        "2024-01-31T02:00:00Z",
        Handling,
        "finish-study",
        Stage::ToPlenary,
        &[
            ("number", "003/KJ/2024"),
            ("analysis", "Menurut Siti Rahasia dan Budi Penyaksi, keduanya mengajak memilih."),
            ("kinds_2", "other-law"),
            ("types_2", "ETH-02"),
            ("articles_2", "PP 94/2021 Pasal 5 huruf n"),
            ("kinds_3", "other-law"),
        ],
    ),
    stop(
        "2024-01-31T03:00:00Z",
        Plenary,
        "decide-plenary",
        Stage::ToForward,
        &[("present", "4"), ("votes_for", "3"), ("votes_against", "1"), ("reason", "Keterangan saling menguatkan.")],
    ),
    stop(
        "2024-01-31T04:00:00Z",
        Handling,
        "forward",
        Stage::ToForward,
        &[("target", "other-law|kasn|siapnet"), ("letter", "045/PM/I/2024")],
    ),
    // Only the regent is left to choose.
    stop("2024-01-31T04:30:00Z", Handling, "forward", Stage::WithAuthority, &[("letter", "046/PM/I/2024")]),
    stop(
        "2024-01-31T06:00:00Z",
        Authority,
        "confirm-delivery",
        Stage::WithAuthority,
        &[("forwarding", "~045/PM/I/2024"), ("receipt", "TT-77")],
    ),
    stop("2024-01-31T06:30:00Z", Handling, "confirm-delivery", Stage::WithAuthority, &[("receipt", "agenda 12")]),
    stop(
        "2024-01-31T07:00:00Z",
        Plenary,
        "announce-status",
        Stage::WithAuthority,
        &[("title", "Status laporan Januari"), ("text", "Diteruskan kepada KASN dan bupati.")],
    ),
    stop(
        "2024-02-05T02:00:00Z",
        Authority,
        "receive-recommendation",
        Stage::WithAuthority,
        &[
            ("number", "R-501/KASN/2/2024"),
            ("dated", "2024-02-02"),
            ("employer_received", "2024-02-05"),
            ("employer", EMPLOYER),
            ("sanction_2", "Sanksi moral pernyataan terbuka"),
        ],
    ),
    stop(
        "2024-02-12T02:00:00Z",
        Employer,
        "report-sanction",
        Stage::WithAuthority,
        &[
            ("person", "~Camat Contoh"),
            ("decree", "800/12/2024"),
            ("dated", "2024-02-09"),
            ("sanction", "Pernyataan terbuka"),
        ],
    ),
    // Of the village head the regent told the supervisors.
    stop(
        "2024-02-13T02:00:00Z",
        Handling,
        "report-sanction",
        Stage::Closed,
        &[("decree", "141/3/2024"), ("dated", "2024-02-12"), ("sanction", "Teguran tertulis")],
    ),
];

#[tokio::test]
async fn a_report_goes_through_repair_absence_and_extension_to_two_receivers() {
    let (test, cookies) = desks().await;
    let mut answers = REPORT.to_vec();
    answers.extend([
        ("t1_name", "Kades Contoh"),
        ("t1_subject", "kepala-desa"),
        ("s0_name", "Budi Penyaksi"),
        ("files", "dari Siti Rahasia.jpg"),
    ]);
    let matter = begin(&test, &cookies[&Intake], "receive-report", &answers).await;
    assert_eq!(docket_of(&test, matter).await.matter.stage(), Stage::InitialStudy);
    walk(&test, &cookies, matter, REPORT_STORY).await;

    let docket = docket_of(&test, matter).await;
    let matter_now = &docket.matter;
    assert_eq!(matter_now.report_number.as_deref(), Some("001/LP/PL/Kota/23.01/I/2024"));
    assert_eq!(matter_now.number(), Some("001/Reg/LP/PL/Kota/23.01/I/2024"));
    assert_eq!(matter_now.exhibits.len(), 2);
    let answered: Vec<Answered> = matter_now.invitations.iter().map(|i| i.answered).collect();
    assert_eq!(answered, [Answered::Missed, Answered::Held, Answered::Missed]);
    assert_eq!(matter_now.clarified, [PersonNo(2)]);
    // Plenary found the study's proposals in its form.
    assert_eq!(matter_now.decision.as_ref().unwrap().1, matter_now.study.as_ref().unwrap().1);
    let sent: Vec<(&str, &[PersonNo], bool)> = matter_now
        .forwardings
        .iter()
        .map(|f| (f.what.authority.as_str(), f.what.persons.as_slice(), f.confirmed.is_some()))
        .collect();
    assert_eq!(sent, [("kasn", &[PersonNo(2)][..], true), ("regent", &[PersonNo(3)][..], true)]);
    let public = test.get("/pengumuman").await;
    public.says(200, "Diteruskan kepada KASN dan bupati.");
    public.hides(REPORTED);

    let letters: Vec<u32> =
        docket.entries.iter().filter(|e| matches!(e.what, Act::Forwarded(_))).map(|e| e.n).collect();
    assert_eq!(letters, [17, 18]);
    for n in letters {
        let path = format!("/meja/perkara/{matter}/penerusan/{n}");
        let archive = bytes_as(&test, &cookies[&Handling], &path).await;
        names_nobody_who_told(&archive);
        assert_eq!(netra_ledger::verify(&archive, LIMIT).unwrap().header["audience"], "receiver");
        let files = netra_ledger::unpack(&archive, LIMIT).unwrap();
        let paths: Vec<&str> = files.keys().map(|path| path.as_str()).collect();
        let last = format!("acts/{n:04}.json");
        assert!(paths.contains(&last.as_str()), "{paths:?}");
        assert!(!paths.contains(&format!("acts/{:04}.json", n + 1).as_str()), "what came later is not sent: {paths:?}");
        assert!(paths.contains(&"study.html"), "{paths:?}");
        assert_eq!(files.iter().find(|(path, _)| path.as_str() == "exhibits/001.jpg").unwrap().1, EVIDENCE);
        let told: Vec<u8> = files.into_values().flatten().collect();
        assert!(String::from_utf8_lossy(&told).to_lowercase().contains(&REPORTED.to_lowercase()));
        // The receiver fetches what was sent to it, and not what went to another.
        match n {
            17 => assert!(bytes_as(&test, &cookies[&Authority], &path).await == archive),
            _ => assert_eq!(get_as(&test, &cookies[&Authority], &path).await.status.as_u16(), 404),
        }
    }
    for n in [1, 16, 19, 99] {
        let path = format!("/meja/perkara/{matter}/penerusan/{n}");
        assert_eq!(get_as(&test, &cookies[&Handling], &path).await.status.as_u16(), 404, "{n}");
    }
}

/// Checks that a dossier is whole and that neither the reporter nor the witness is told by any byte of it.
#[track_caller]
fn names_nobody_who_told(archive: &[u8]) {
    netra_ledger::verify(archive, LIMIT).unwrap();
    for (path, bytes) in netra_ledger::unpack(archive, LIMIT).unwrap() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for secret in [REPORTER, REPORTERS_PHONE, "Jalan Rahasia 3", "Budi Penyaksi"] {
            assert!(!text.contains(&secret.to_lowercase()), "{secret} is told by {path}");
        }
    }
}

const INFORMATION_STORY: &[Stop] = &[
    stop(
        "2024-01-19T03:00:00Z",
        Handling,
        "order-tracing",
        Stage::Information,
        &[("letter", "ST-1"), ("plan", "Temui ketua RT dan minta rekaman.")],
    ),
    stop(
        "2024-01-22T03:00:00Z",
        Handling,
        "report-tracing",
        Stage::Information,
        &[
            ("number", "LHP-0"),
            ("activity", "kunjungan"),
            ("place", "Lapangan"),
            ("account", "Rekaman belum ada."),
            ("result", "not-yet"),
        ],
    ),
    stop(
        "2024-01-23T03:00:00Z",
        Handling,
        "report-tracing",
        Stage::Information,
        &[
            ("number", "LHP-1"),
            ("activity", "wawancara"),
            ("place", "Lapangan"),
            ("account", "Rekaman menunjukkan ajakan."),
            ("result", "suspected"),
            ("t0_name", REPORTED),
            ("t0_subject", "pns"),
            ("files", "rekaman.jpg"),
        ],
    ),
    stop(
        "2024-01-24T03:00:00Z",
        Plenary,
        "fix-finding",
        Stage::ToRegister,
        &[("kinds", "other-law"), ("kinds", "administrative"), ("reason", "Ada unsur pelanggaran.")],
    ),
    stop("2024-01-24T04:00:00Z", Plenary, "register", Stage::Handling, &[]),
    stop(
        "2024-01-25T02:00:00Z",
        Handling,
        "invite-clarification",
        Stage::Handling,
        &[("session", "2024-01-26T09:00"), ("place", "Kantor pengawas")],
    ),
    stop(
        "2024-01-26T03:00:00Z",
        Handling,
        "clarify",
        Stage::Handling,
        &[("oath", "refused"), ("minutes", "Terlapor menyangkal.")],
    ),
    stop(
        "2024-01-29T02:00:00Z",
        Handling,
        "finish-study",
        Stage::ToPlenary,
        &[("analysis", "Rekaman tidak menunjukkan terlapor.")],
    ),
    stop("2024-01-29T03:00:00Z", Plenary, "decide-plenary", Stage::Closed, &[("reason", "Bukan pelanggaran.")]),
];

#[tokio::test]
async fn initial_information_becomes_a_finding_that_is_no_violation() {
    let (test, cookies) = desks().await;
    let answers = [
        ("contest", "pemilu-pl"),
        ("subject_line", "Ajakan di lapangan"),
        ("account", "Warga mengunggah rekaman."),
        ("place", "Lapangan"),
        ("known", "2024-01-18"),
    ];
    let matter = begin(&test, &cookies[&Intake], "record-information", &answers).await;
    let docket = docket_of(&test, matter).await;
    assert_eq!((docket.matter.stage(), docket.matter.persons.len()), (Stage::Information, 0));
    let finding = step_in(matter, "fix-finding");
    get_as(&test, &cookies[&Plenary], &finding).await.says(400, "Belum ada hasil penelusuran yang menduga");
    walk(&test, &cookies, matter, INFORMATION_STORY).await;
    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.number(), Some("001/TM/PL/Kota/23.01/I/2024"));
    assert_eq!(docket.matter.kinds, ["administrative", "other-law"]);
    let nothing = PersonResult { person: PersonNo(1), kinds: Vec::new(), types: Vec::new(), articles: String::new() };
    assert_eq!(docket.matter.decision.unwrap().1, [nothing]);
    for (step, status) in [("forward", 409), ("add-exhibit", 409), ("finish-study", 409)] {
        let answer = get_as(&test, &cookies[&Handling], &step_in(matter, step)).await;
        assert_eq!(answer.status.as_u16(), status, "{step}");
    }
    let mut form = StepForm::open(&test, &cookies[&Plenary], &step_in(matter, "announce-status")).await;
    assert_eq!(form.value("title"), "Status 001/TM/PL/Kota/23.01/I/2024");
    assert!(form.value("text").contains("Rapat pleno memutuskan bukan pelanggaran."), "{}", form.value("text"));
    form.record().await.location();
    test.get("/pengumuman").await.says(200, "Status 001/TM/PL/Kota/23.01/I/2024");
    assert_eq!(docket_of(&test, matter).await.matter.stage(), Stage::Closed);
}

/// A page on which a correction of an act has been begun: which act, what is wrong.
async fn correction<'a>(test: &'a TestApp, cookie: &str, matter: MatterId, of: &str, reading: &str) -> StepForm<'a> {
    let mut form = StepForm::open(test, cookie, &step_in(matter, "correct")).await;
    form.answer(&[("of", of), ("reading", reading), ("reason", "Salah ketik di loket.")]);
    form
}

#[tokio::test]
async fn a_moment_a_content_and_a_whole_act_are_corrected() {
    let (test, cookies) = desks().await;
    let session = &cookies[&Handling];
    let matter = begin(&test, &cookies[&Intake], "receive-report", REPORT).await;
    let withdrawn = step_in(matter, "withdraw");
    take(&test, &cookies[&Intake], &withdrawn, &[("reason", "Salah pelapor.")]).await.location();
    assert_eq!(docket_of(&test, matter).await.matter.stage(), Stage::Closed);

    let mut form = correction(&test, session, matter, "1", "moment").await;
    refuses(&form.record().await, "right_at", "Isi waktu yang benar.");
    form.set("right_at", "kemarin");
    refuses(&form.record().await, "right_at", "Tulis tanggal dan jam seperti 19/1/2024 17.10.");
    form.set("right_at", "2024-01-19T09:15");
    form.preview().await.says(200, "Pratinjau");
    form.record().await.location();

    let mut form = correction(&test, session, matter, "1", "content").await;
    assert_eq!(form.options("of"), ["1", "2"], "corrections are not corrected");
    refuses(&form.record().await, "reading", "Betulkan isinya di bawah, lalu kirim lagi.");
    assert_eq!((form.value("c/event/happened"), form.value("c/event/account/private")), ("2024-01-15", ACCOUNT));
    assert!(!form.asks("c/persons/0/capacity"), "what the program gave is not asked");
    form.set("c/event/happened", "entah kapan");
    refuses(&form.record().await, "c/event/happened", "Tulis tanggal seperti 19/1/2024.");
    assert_eq!(form.value("c/event/happened"), "entah kapan");
    form.set("c/event/happened", "2024-01-16");
    form.preview().await.says(200, "Pratinjau");
    form.record().await.location();

    let mut form = correction(&test, session, matter, "2", "void").await;
    form.preview().await.says(200, "Pratinjau");
    assert_eq!(length_of(&test, matter).await, 4);
    form.record().await.location();

    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.length, 5);
    assert_eq!((docket.matter.stage(), docket.matter.withdrawn), (Stage::InitialStudy, None));
    assert_eq!(docket.matter.opened, "2024-01-19T09:15:00+08:00".parse::<Moment>().unwrap());
    let event = docket.matter.event.as_ref().unwrap();
    assert_eq!(event.happened.unwrap().to_string(), "2024-01-16");
    assert_eq!(event.account.open().unwrap(), ACCOUNT);
    let names: Vec<&str> = docket.matter.persons.iter().map(|p| p.identity.open().unwrap().name.as_str()).collect();
    assert_eq!(names, [REPORTER, REPORTED]);
    let Act::ReportReceived(first) = &docket.entries[0].what else { panic!("the first act is no report") };
    assert_eq!(first.event.happened.unwrap().to_string(), "2024-01-15", "the first act stays as it was");
    let page = get_as(&test, session, &format!("/meja/perkara/{matter}")).await;
    for text in ["Salah ketik di loket.", "isi yang benar ada di sana", "Membetulkan tindakan nomor 2", "dibatalkan"] {
        page.says(200, text);
    }
}

#[tokio::test]
async fn a_moment_is_not_corrected_to_one_that_has_not_come() {
    let (test, cookies) = desks().await;
    let matter = matter_with(&test, Vec::new()).await;
    let mut form = correction(&test, &cookies[&Handling], matter, "1", "moment").await;
    refuses(&form.record().await, "right_at", "");
    form.set("right_at", "2024-01-20T10:00");
    refuses(&form.record().await, "right_at", "");
    assert_eq!(length_of(&test, matter).await, 1);
}

#[tokio::test]
async fn a_content_is_not_corrected_to_what_the_step_would_refuse() {
    let (test, cookies) = desks().await;
    let matter = begin(&test, &cookies[&Intake], "receive-report", REPORT).await;
    for (field, value) in [("c/event/happened", "2024-02-15"), ("c/persons/0/identity/private/name", "")] {
        let mut form = correction(&test, &cookies[&Handling], matter, "1", "content").await;
        form.record().await;
        form.set(field, value);
        assert_eq!(form.record().await.status.as_u16(), 422, "{field}");
    }
    assert_eq!(length_of(&test, matter).await, 1);
}

#[tokio::test]
async fn a_second_correction_begins_where_the_first_ended() {
    let (test, cookies) = desks().await;
    let matter = begin(&test, &cookies[&Intake], "receive-report", REPORT).await;
    for (field, value) in [("c/event/happened", "2024-01-16"), ("c/event/place/private", "Ruang rapat lantai 4")] {
        let mut form = correction(&test, &cookies[&Handling], matter, "1", "content").await;
        form.record().await;
        form.set(field, value);
        form.record().await.location();
    }
    let event = docket_of(&test, matter).await.matter.event.unwrap();
    assert_eq!(
        (event.place.open().unwrap().as_str(), event.happened.unwrap().to_string().as_str()),
        ("Ruang rapat lantai 4", "2024-01-16")
    );
}

#[tokio::test]
async fn a_name_in_an_open_text_does_not_leave_with_the_records() {
    let (test, cookies) = desks().await;
    let mut answers: Vec<(&str, &str)> = REPORT.iter().copied().filter(|(name, _)| *name != "place").collect();
    answers.push(("place", "Rumah Siti Rahasia"));
    let matter = begin(&test, &cookies[&Intake], "receive-report", &answers).await;
    record(&test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, until_forwarded()).await;
    let n = length_of(&test, matter).await;
    let archive = bytes_as(&test, &cookies[&Handling], &format!("/meja/perkara/{matter}/penerusan/{n}")).await;
    names_nobody_who_told(&archive);
}
