//! What sheets say and how they are rendered.

use jiff::civil::date;
use netra_docket::act::*;
use netra_docket::clocks::clocks;
use netra_docket::entry::Actor;
use netra_docket::ids::PersonNo;
use netra_docket::person::Capacity;
use netra_docket::steps::StepKind;
use netra_forms::Letterhead;
use netra_forms::sheet::{Block, Layout};
use netra_law::calendar::{RegionalHoliday, Seat};
use netra_law::pack::Regime;
use netra_law::time::{Zone, long_date, long_moment};

use crate::docket::*;

/// All dockets of this file: that with every act, and one for each other opening.
fn dockets() -> Vec<Vec<netra_docket::entry::Entry>> {
    vec![
        whole(),
        entries(vec![("2024-01-19T10:20", tip())]),
        entries(vec![("2024-10-01T10:20", information())]),
        entries(vec![("2024-01-19T10:20", prevention()), ("2024-01-22T10:20", prevention_answer(1))]),
        personal(),
        at_work(),
    ]
}

/// What the authority and the employer do with a forwarding.
pub fn at_work() -> Vec<netra_docket::entry::Entry> {
    let note = || "Camat Contoh Dua didengar.".to_owned().into();
    let person = PersonNo(2);
    let mut acts = vec![
        ("2024-01-19T10:20", report(vec![self::person(2, Capacity::Reported, Some("pns"), REPORTED)], Vec::new())),
        (
            "2024-02-01T09:00",
            Act::Forwarded(Forwarded {
                letter: "030/PP/II/2024".to_owned(),
                persons: vec![person],
                kind: "other-law".to_owned(),
                authority: "kasn".to_owned(),
                to_office: None,
                channel: "surat".to_owned(),
                copies: String::new(),
            }),
        ),
    ];
    let sanction = SanctionReported {
        person,
        decree: "800/44".to_owned(),
        dated: date(2024, 3, 28),
        sanction: "sedang".to_owned(),
    };
    let missing = MissingPart::ALL.to_vec();
    let later = [
        Act::ForwardingVerified(ForwardingVerified { forwarding: act_id(2), note: note() }),
        Act::ForwardingReturned(ForwardingReturned {
            forwarding: act_id(2),
            letter: "K-1".to_owned(),
            missing,
            note: Some(note()),
        }),
        Act::AuthorityExamined(AuthorityExamined { person, how: ExaminationKind::Analysis, note: note() }),
        Act::AuthorityClosed(AuthorityClosed {
            person,
            outcome: AuthorityOutcome::NotProven,
            letter: String::new(),
            reason: note(),
        }),
        Act::RecommendationReceived(Recommendation {
            number: "R-1".to_owned(),
            dated: date(2024, 3, 1),
            employer_received: None,
            employer_office: None,
            persons: vec![RecommendedFor { person, sanction: "sedang".to_owned() }],
        }),
        Act::RecommendationDelivered(RecommendationDelivered { recommendation: act_id(7), receipt: "AG-1".to_owned() }),
        Act::EmployeeSummoned(EmployeeSummoned {
            person,
            letter: "S-1".to_owned(),
            session: moment("2024-03-20T09:00"),
            place: "Ruang A".to_owned(),
        }),
        Act::EmployeeAbsent(EmployeeAbsent { person, reason: None }),
        Act::TeamFormed(TeamFormed { person, letter: "TIM-1".to_owned(), members: note() }),
        Act::EmployeeExamined(EmployeeExamined { person, minutes: note() }),
        Act::SanctionReported(sanction),
        Act::EmployerPressed(EmployerPressed {
            person,
            measure: Measure::Warning,
            letter: "P-1".to_owned(),
            dated: date(2024, 3, 20),
        }),
        Act::DecisionServed(DecisionServed { person, how: Service::HandedOver, on: date(2024, 4, 1) }),
        Act::AppealLodged(AppealLodged { person, kind: AppealKind::Objection, on: date(2024, 4, 2) }),
        Act::AppealDecided(AppealDecided {
            person,
            result: AppealResult::Upheld,
            number: "U-1".to_owned(),
            dated: date(2024, 4, 3),
            sanction: String::new(),
        }),
    ];
    acts.extend(later.into_iter().map(|act| ("2024-03-05T09:00", act)));
    entries(acts)
}

#[test]
fn papers_of_the_employer_say_which_summons_and_which_decree() {
    let entries = at_work();
    let text = |act: &str| netra_forms::fragment(&sheet_of(&entries, n_of(&entries, act))).unwrap();
    for (act, part) in [
        ("employee-summoned", "Rabu, 20 Maret 2024 pukul 09.00 WITA"),
        ("employee-summoned", "pertama"),
        ("decision-served", "800/44"),
        ("forwarding-returned", "kajian pengawas tidak ada"),
        ("authority-closed", "tidak terbukti"),
        ("appeal-decided", "sanksi dikuatkan"),
    ] {
        assert!(text(act).contains(part), "{part} in {}", text(act));
    }
}

/// Nothing that was done elsewhere, as it came in a bundle.
fn elsewhere() -> HistoryReceived {
    HistoryReceived {
        bundle: "ab".repeat(32),
        from: "netra/instansi-contoh".to_owned(),
        from_name: "Instansi Contoh".to_owned(),
        file: ReceivedFile { sha256: "cd".repeat(32), size: 7, media_type: "application/zip".to_owned() },
        entries: Vec::new(),
        withheld: Vec::new(),
        absent: Vec::new(),
        excerpts: None,
    }
}

/// Personal data: protected, opened, and erased by two persons.
pub fn personal() -> Vec<netra_docket::entry::Entry> {
    let reason = || "Takut dikenali.".to_owned().into();
    let parts = PersonalPart::ALL.to_vec();
    let proposal = ErasureProposed { person: PersonNo(1), parts, ground: "on-request".to_owned(), reason: reason() };
    let mut list = entries(vec![
        ("2024-01-19T10:20", report(vec![person(1, Capacity::Reporter, None, REPORTER)], Vec::new())),
        ("2024-01-20T10:20", Act::IdentityProtected(IdentityProtected { person: PersonNo(1), reason: reason() })),
        ("2024-01-21T10:20", Act::IdentityOpened(IdentityOpened { person: PersonNo(1), reason: reason() })),
        ("2024-01-22T10:20", Act::ErasureProposed(proposal)),
        ("2024-01-23T10:20", Act::ErasureConfirmed(ErasureConfirmed { proposal: act_id(4), seals: Vec::new() })),
        ("2024-01-24T10:20", Act::HistoryReceived(elsewhere())),
    ]);
    list[4].by = Actor::Officer { account: uuid(77).parse().unwrap(), office: "bawaslu-balikpapan".parse().unwrap() };
    list
}

#[test]
fn an_erasure_says_whose_data_on_what_ground() {
    let entries = personal();
    let text = netra_forms::fragment(&sheet_or_none(&entries, 5).unwrap()).unwrap();
    for part in ["identitas, keterangan", "UU 27/2022 art. 8 dan 43(1)(c)", "Senin, 22 Januari 2024", "Yang menyetujui"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn every_act_gives_a_sheet_that_renders() {
    for entries in dockets() {
        for entry in &entries {
            let Some(sheet) = sheet_or_none(&entries, entry.n) else {
                let paperless = matches!(
                    entry.what,
                    Act::Assigned(_)
                        | Act::PersonAdded(_)
                        | Act::PreventionAnswered(_)
                        | Act::ReporterWrote(_)
                        | Act::OfficeWrote(_)
                        | Act::HistoryReceived(_)
                );
                assert!(paperless, "act {} has no sheet", entry.n);
                continue;
            };
            assert!(!sheet.title.is_empty() && !sheet.blocks.is_empty(), "act {}", entry.n);
            let fragment = netra_forms::fragment(&sheet).unwrap();
            assert!(fragment.starts_with("<article class=\"form-paper\""), "act {}", entry.n);
            assert!(fragment.trim_end().ends_with("</article>"), "act {}", entry.n);
            assert!(!fragment.contains("style="), "act {}", entry.n);
            let document = netra_forms::document(&sheet).unwrap();
            assert!(document.starts_with("<!doctype html>\n<html lang=\"id\">"), "act {}", entry.n);
            for outside in ["<script", "http://", "https://", "src=", "@import", "url("] {
                assert!(!document.contains(outside), "act {}: {outside}", entry.n);
            }
            for block in &sheet.blocks {
                if let Block::Table { head, rows } = block {
                    assert!(rows.iter().all(|r| r.len() == head.len()), "act {}", entry.n);
                }
            }
        }
    }
}

#[test]
fn no_act_was_forgotten_in_this_docket() {
    let mut seen: Vec<StepKind> = dockets().iter().flatten().map(|e| StepKind::of(&e.what)).collect();
    seen.sort();
    seen.dedup();
    let mut all = StepKind::ALL.to_vec();
    all.sort();
    assert_eq!(seen, all);
}

#[test]
fn codes_titles_and_articles_are_those_of_the_pack() {
    for entries in dockets() {
        for entry in &entries {
            let Some(sheet) = sheet_or_none(&entries, entry.n) else { continue };
            let pack = LAW.pack_for(fold(&entries).regime, entry.at.date()).unwrap();
            let id = StepKind::of(&entry.what).id();
            let discipline = LAW.pack_for(Regime::Discipline, entry.at.date()).unwrap();
            let rule = pack.step(id).or_else(|| discipline.step(id)).unwrap_or_else(|| {
                assert!(matches!(entry.what, Act::PreventionRecorded(_)), "act {} has no rule", entry.n);
                pack.step("receive-tip").unwrap()
            });
            let matter = fold(&entries);
            let by_step = rule.form_for(matter.form_of());
            assert_eq!(sheet.code.as_deref(), by_step, "act {}", entry.n);
            if let Some(title) = &rule.form_title {
                assert_eq!(sheet.title, *title, "act {}", entry.n);
            }
            if !matches!(entry.what, Act::PreventionRecorded(_)) {
                assert_eq!(sheet.cite, rule.basis.cite, "act {}", entry.n);
            }
        }
    }
}

#[test]
fn acts_without_a_title_in_the_pack_have_one_of_their_own() {
    let entries = whole();
    let table = [
        ("corrected", "Berita Acara Pembetulan"),
        ("exhibit-added", "Tanda Terima Bukti"),
        ("crime-declared", "Dinyatakan dugaan tindak pidana"),
        ("absence-recorded", "Ketidakhadiran dicatat"),
    ];
    for (act, title) in table {
        assert_eq!(sheet_of(&entries, n_of(&entries, act)).title, title);
    }
}

#[test]
fn dates_and_numbers_are_those_of_the_docket() {
    let entries = whole();
    let table: &[(&str, &[&str])] = &[
        (
            "report-received",
            &[
                "Senin, 15 Januari 2024",
                "Rabu, 17 Januari 2024",
                "Jumat, 19 Januari 2024",
                "10.20 WITA",
                "Balikpapan, Jumat, 19 Januari 2024",
                "Bawaslu Kota Contoh",
                "BAWASLU KOTA CONTOH",
                "Warga negara yang punya hak pilih",
                "Pegawai negeri sipil (PNS)",
                "mempertanggungjawabkannya di hadapan hukum",
            ],
        ),
        ("receipt-issued", &[REPORT_NUMBER, REPORTER, "Jumat, 19 Januari 2024 pukul 10.50 WITA"]),
        ("repair-requested", &["Rabu, 24 Januari 2024 pukul 16.00 WITA", REPORT_NUMBER, "Bawa rekaman aslinya."]),
        ("repair-received", &["Rabu, 24 Januari 2024", "09.15 WITA", "Tangkapan layar ke-3 (foto-3.jpg)"]),
        ("registered", &[REGISTERED, REPORT_NUMBER, "Kamis, 25 Januari 2024 pukul 09.00 WITA"]),
        ("clarification-invited", &["002/CONTOH/UND/I/2024", REGISTERED, "Senin, 29 Januari 2024", "09.00 WITA"]),
        ("gakkumdu-discussed", &["tidak ada unsur tindak pidana", REGISTERED]),
        ("crime-declared", &["Selasa, 30 Januari 2024 pukul 14.00 WITA", "UU 7/2017 art. 494"]),
        ("study-finished", &["011/KAJIAN/II/2024", "PEM-283", "diklarifikasi", "tidak hadir"]),
        ("plenary-decided", &["007/BA/II/2024", "3 dari 5 anggota", "terpenuhi. Lebih dari setengah anggota"]),
        (
            "forwarded",
            &[
                "021/PP.01/II/2024",
                "Komisi Aparatur Sipil Negara",
                "1990010100000000",
                "Keputusan rapat pleno tanggal Selasa, 6 Februari 2024",
                "Laporan nomor 001/LP/PL/Kota/23.01/I/2024 tanggal Jumat, 19 Januari 2024",
                "Bukti sebanyak 3 berkas",
                "Inspektorat",
                "patut diduga",
            ],
        ),
        ("delivery-confirmed", &["021/PP.01/II/2024", "T-33/KASN", "Rabu, 7 Februari 2024 pukul 15.10 WITA"]),
        ("status-announced", &["Diteruskan kepada KASN", REGISTERED, "papan pengumuman"]),
        ("recommendation-received", &["R-100/KASN/3/2024", "Jumat, 1 Maret 2024", "Selasa, 12 Maret 2024"]),
        ("sanction-reported", &["800/44/2024", "Kamis, 28 Maret 2024", "penundaan kenaikan gaji berkala"]),
        ("candidacy-checked", &["orang lain dengan nama sama"]),
        ("correction-advised", &["Komisi Pemilihan Umum", "030/PM/IV/2024"]),
        ("delegated", &["bawaslu-kaltim", "040/PP/IV/2024"]),
        ("taken-over", &["bawaslu-ri", "041/PP/IV/2024"]),
        ("withdrawn", &["penanganan tetap berjalan", REPORTER]),
        ("rejected", &["Tidak diregistrasi", "Disampaikan lewat waktu."]),
        ("made-initial-information", &["bawaslu-ppu"]),
        ("tracing-ordered", &["050/ST/IV/2024", "Pastikan siapa yang hadir."]),
        ("tracing-reported", &["060/LHP/IV/2024", "050/ST/IV/2024", "ada dugaan pelanggaran"]),
        ("finding-fixed", &["3 dari 5 anggota", "Daftar hadir cukup."]),
        ("prevention-recorded", &["Surat imbauan", "070/PM/IV/2024", "Sekretaris Daerah"]),
    ];
    for (act, words) in table {
        let html = html_of(&entries, n_of(&entries, act));
        for word in *words {
            assert!(html.contains(word), "{act} lacks {word}");
        }
    }
}

#[test]
fn the_limit_of_an_extension_is_the_one_of_the_clocks() {
    let entries = whole();
    let n = n_of(&entries, "handling-extended");
    let matter = fold(&entries[..n as usize]);
    let all = clocks(&matter, &LAW, &Seat::new(Zone::Wita, "64.71"), entries[n as usize - 1].at);
    let limit = all.states.iter().find(|s| s.deadline.rule.extends.is_some()).unwrap();
    let html = html_of(&entries, n);
    assert!(html.contains(&long_moment(limit.deadline.due_at)));
    assert!(html.contains(&limit.deadline.rule.basis.cite));
}

#[test]
fn each_requirement_stands_with_its_article_and_verdict() {
    let entries = whole();
    let sheet = sheet_of(&entries, n_of(&entries, "initial-study-decided"));
    let rows: Vec<&Vec<String>> = sheet
        .blocks
        .iter()
        .filter_map(|b| if let Block::Table { rows, .. } = b { Some(rows) } else { None })
        .flatten()
        .collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][3], "terpenuhi");
    assert_eq!(rows[1][3..], ["tidak terpenuhi", "Belum ditandatangani"]);
    assert!(rows[1][1].contains("anjuran"), "{}", rows[1][1]);
    assert!(rows.iter().all(|r| !r[2].is_empty()));
    let html = netra_forms::document(&sheet).unwrap();
    let pack = LAW.pack_for(fold(&entries).regime, entries[2].at.date()).unwrap();
    assert!(html.contains(&pack.outcome("INCOMPLETE").unwrap().text));
}

#[test]
fn the_oath_comes_before_the_minutes_and_may_be_refused() {
    let entries = whole();
    let refused = html_of(&entries, 9);
    let sworn = html_of(&entries, 11);
    for html in [&refused, &sworn] {
        let (oath, minutes) = (html.find("Bagian I.").unwrap(), html.find("Bagian II.").unwrap());
        assert!(oath < minutes);
    }
    assert!(refused.contains("Klarifikasi dilanjutkan tanpa sumpah atau janji."));
    assert!(refused.contains("Tanya: Apakah Saudara hadir? Jawab: Ya."));
    assert!(sworn.contains("mengucapkan sumpah"));
    assert!(sworn.contains("sumpah/janji ahli"));
}

#[test]
fn a_second_invitation_says_so() {
    let mut list = acts();
    let again = list[7].1.clone();
    list.insert(8, ("2024-01-27T10:00", again));
    // The same letter twice would count as one; a second one has its own number.
    if let Act::ClarificationInvited(invitation) = &mut list[8].1 {
        invitation.letter = "009/CONTOH/UND/I/2024".to_owned();
    }
    list.truncate(9);
    let entries = entries(list);
    let ordinal = |n: u32| {
        let sheet = sheet_of(&entries, n);
        sheet
            .blocks
            .iter()
            .find_map(|b| match b {
                Block::Fields(items) => items.iter().find(|(l, _)| l == "Undangan ke-").map(|(_, v)| v.clone()),
                _ => None,
            })
            .unwrap()
    };
    assert_eq!(ordinal(8), "1");
    assert_eq!(ordinal(9), "2");
}

#[test]
fn an_online_session_is_said_to_be_recorded() {
    let entries = whole();
    assert!(html_of(&entries, 10).contains("Gambar dan suaranya direkam."));
    assert!(!html_of(&entries, 8).contains("Gambar dan suaranya direkam."));
}

#[test]
fn a_correction_shows_what_it_corrects_and_the_corrected_paper_points_to_it() {
    let entries = whole();
    let correction = html_of(&entries, n_of(&entries, "corrected"));
    for word in ["Nomor 17: Kajian selesai", "Nomor kajian keliru.", "012/KAJIAN/II/2024", "7. Usul bagi tiap terlapor"]
    {
        assert!(correction.contains(word), "{word}");
    }
    let n = n_of(&entries, "corrected");
    let study = html_of(&entries, 17);
    assert!(study.contains(&format!("tindakan nomor {n}.")));
    let alone = netra_forms::sheet(&entries[16], &fold(&entries[..17]), &LAW, &head()).unwrap();
    assert!(!netra_forms::document(&alone).unwrap().contains("sudah dibetulkan"));
}

#[test]
fn a_correction_that_voids_or_moves_an_act_says_so() {
    let correct = |of: u32, reading: CorrectedReading| {
        Act::Corrected(Corrected { of: act_id(of), reason: "Keliru.".to_owned().into(), reading })
    };
    let mut list = acts();
    list.truncate(2);
    list.push(("2024-01-20T09:00", correct(2, CorrectedReading::Moment { at: moment("2024-01-19T11:40") })));
    list.push(("2024-01-20T10:00", correct(2, CorrectedReading::Void)));
    let entries = entries(list);
    assert!(html_of(&entries, 3).contains("Jumat, 19 Januari 2024 pukul 11.40 WITA"));
    assert!(html_of(&entries, 4).contains("seolah-olah tidak pernah dibuat"));
    assert!(html_of(&entries, 2).contains("tindakan nomor 4."));
}

#[test]
fn a_corrected_person_is_read_on_the_correction() {
    let added = |name: &str| Act::PersonAdded(PersonAdded { person: person(6, Capacity::Reported, Some("pns"), name) });
    let reading = CorrectedReading::Act { act: Box::new(added("Lurah Contoh Enam")) };
    let correction = Act::Corrected(Corrected { of: act_id(2), reason: "Nama keliru.".to_owned().into(), reading });
    let list = vec![
        ("2024-01-19T10:20", opening()),
        ("2024-01-19T11:00", added("Lurah Salah Tulis")),
        ("2024-01-20T09:00", correction),
    ];
    let html = html_of(&entries(list), 3);
    assert!(html.contains("Lurah Contoh Enam") && !html.contains("Lurah Salah Tulis"));
}

#[test]
fn the_foot_names_matter_form_and_local_time() {
    let entries = whole();
    let sheet = sheet_of(&entries, 1);
    assert_eq!(sheet.layout, Layout::Reconstructed);
    assert_eq!(sheet.foot.form_code, "Formulir B.1");
    assert_eq!(sheet.foot.matter_number, entries[0].matter.to_string());
    // 13.00 WIB of the next day is 14.00 at the office.
    assert_eq!(sheet.foot.recorded, "Sabtu, 20 Januari 2024 pukul 14.00 WITA");
    assert_eq!(sheet.number.as_deref(), Some(""), "to be filled in by hand");
    let html = netra_forms::document(&sheet).unwrap();
    assert!(html.contains("tata letak disusun ulang dari daftar isian"));
    assert_eq!(sheet_of(&entries, 12).foot.matter_number, REGISTERED);
}

#[test]
fn form_a_has_no_letterhead_and_the_others_have() {
    let entries = whole();
    for entry in &entries {
        let Some(sheet) = sheet_or_none(&entries, entry.n) else { continue };
        assert_eq!(sheet.letterhead.is_none(), matches!(entry.what, Act::TracingReported(_)), "act {}", entry.n);
    }
}

#[test]
fn an_address_without_a_town_leaves_only_the_day() {
    let entries = whole();
    let head = Letterhead { address: "Jalan Contoh Nomor 3".to_owned(), ..head() };
    let sheet = netra_forms::sheet(&entries[0], &fold(&entries[..1]), &LAW, &head).unwrap();
    assert_eq!(sheet.place_and_date, long_date(entries[0].at.date()));
}

#[test]
fn markup_in_a_name_is_escaped() {
    let name = r#"<script>alert("1")</script> & 'x'"#;
    let act = report(
        vec![person(1, Capacity::Reporter, None, name), person(2, Capacity::Reported, None, name)],
        vec![exhibit(1)],
    );
    let html = html_of(&entries(vec![("2024-01-19T10:20", act)]), 1);
    assert!(!html.contains("<script"));
    assert!(html.contains("&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;x&#39;"));
}

#[test]
fn extreme_dockets_keep_everything() {
    let long = "Nama Panjang ".repeat(15) + "Akhir";
    assert_eq!(long.len(), 200);
    let odd = ["محمد بن عبد الله", "👩‍⚖️ Ketua 🗳️", "<b>Tebal</b>", "A\u{202e}kilabret", long.as_str()];
    let mut persons = vec![person(1, Capacity::Reporter, None, odd[0])];
    persons.extend((2..26).map(|no| {
        let name = format!("{} nomor {no}", odd[usize::from(no) % odd.len()]);
        person(no, Capacity::Reported, Some("pns"), &name)
    }));
    let act = report(persons, (1..=60).map(exhibit).collect());
    let entries = entries(vec![("2024-01-19T10:20", act)]);
    let sheet = sheet_of(&entries, 1);
    let rows =
        sheet.blocks.iter().filter_map(|b| if let Block::Table { rows, .. } = b { Some(rows.len()) } else { None });
    assert_eq!(rows.collect::<Vec<_>>(), [24, 24, 60]);
    let html = netra_forms::document(&sheet).unwrap();
    for no in 2..26 {
        assert!(html.contains(&format!("nomor {no}</td>")), "person {no}");
    }
    for no in 1..=60 {
        assert!(html.contains(&digest(&bytes_of(no))), "exhibit {no}");
    }
    assert!(html.contains(odd[0]) && html.contains(odd[1]) && html.contains(&long));
    assert!(!html.contains("<b>"));
}

#[test]
fn a_nearly_empty_report_prints_no_empty_value() {
    let act = report(Vec::new(), Vec::new());
    let html = html_of(&entries(vec![("2024-01-19T10:20", act)]), 1);
    assert!(html.contains("Tidak disebut."));
    assert!(!html.contains("<dd dir=\"auto\"></dd>"));
}

/// A request to complete a report, told on a Friday: read as calendar days the period ends on Sunday.
fn repair_asked_on_friday(head: &Letterhead) -> String {
    let acts = acts();
    let days = ["2024-01-19T09:20", "2024-01-19T09:50", "2024-01-19T13:30", "2024-01-19T14:00"];
    let entries = entries(days.into_iter().zip(acts.into_iter().map(|(_, act)| act)).collect());
    let sheet = netra_forms::sheet_in(&entries[3], &entries, &fold(&entries), &LAW, head).unwrap();
    netra_forms::document(&sheet).unwrap()
}

/// A date that the law leaves in doubt stands on paper with the days under the other readings.
#[test]
fn a_deadline_in_doubt_names_its_other_days_on_paper() {
    let html = repair_asked_on_friday(&head());
    assert!(html.contains("Selasa, 23 Januari 2024 pukul"), "two working days, as the pack has settled it");
    let doubt = "Aturannya dapat dibaca lain. Dihitung hari kalender: Minggu, 21 Januari 2024. \
                 Yang dipakai di sini adalah tanggal di atas.";
    assert!(html.contains(doubt), "{html}");
}

/// Paper once knew the zone of the office only, so that a regional holiday moved the date on the desk and
/// not the one in the letter.
#[test]
fn a_regional_holiday_moves_the_date_on_paper_too() {
    let mut head = head();
    head.seat.holidays.push(RegionalHoliday { date: "2024-01-22".parse().unwrap(), name: "Hari Jadi".to_owned() });
    assert!(repair_asked_on_friday(&head).contains("Rabu, 24 Januari 2024 pukul"));
}

#[test]
fn a_status_notice_has_one_code_for_reports_and_one_for_findings() {
    let notice = || {
        Act::StatusAnnounced(StatusAnnounced {
            title: "Tidak diregistrasi".to_owned(),
            text: "Syarat formal tidak terpenuhi.".to_owned(),
            posted: "papan pengumuman".to_owned(),
        })
    };
    let reported = entries(vec![("2024-10-01T10:20", of_pilkada("pns")), ("2024-10-04T09:00", notice())]);
    assert_eq!(sheet_of(&reported, 2).code.as_deref(), Some("A.17"));
    let found = entries(vec![("2024-10-01T10:20", information()), ("2024-10-04T09:00", notice())]);
    assert_eq!(sheet_of(&found, 2).code.as_deref(), Some("A.18"));
}

#[test]
fn a_letter_about_an_organiser_is_on_the_form_of_its_route() {
    let letter = |kind: &str, authority: &str| {
        Act::Forwarded(Forwarded {
            letter: "031/PP/X/2024".to_owned(),
            persons: vec![PersonNo(2)],
            kind: kind.to_owned(),
            authority: authority.to_owned(),
            channel: "surat".to_owned(),
            copies: String::new(),
            to_office: None,
        })
    };
    let organiser = entries(vec![
        ("2024-10-01T10:20", of_pilkada("penyelenggara")),
        ("2024-10-09T09:00", letter("ethics", "dkpp")),
    ]);
    let sheet = sheet_of(&organiser, 2);
    assert_eq!(sheet.code.as_deref(), Some("A.13"));
    assert_eq!(sheet.title, "Penerusan Rekomendasi Pelanggaran Kode Etik");
    let civil_servant =
        entries(vec![("2024-10-01T10:20", of_pilkada("pns")), ("2024-10-09T09:00", letter("other-law", "bkn"))]);
    assert_eq!(sheet_of(&civil_servant, 2).code, None);
}

/// A report of an election of regional heads about a person of this kind.
fn of_pilkada(subject: &str) -> Act {
    match report(vec![person(2, Capacity::Reported, Some(subject), REPORTED)], Vec::new()) {
        Act::ReportReceived(report) => Act::ReportReceived(Report { regime: Regime::Pilkada, ..report }),
        other => panic!("a report, not {other:?}"),
    }
}
