//! What an act may be: by the candidates' status on the day, the kind of person, and the words; what is
//! not sure is flagged, and nothing is guessed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::classify::{CandidateStatus, Classification, ClassifyError, Flag, Question, ReceiverStanding, classify};
use netra_law::pack::Regime;
use netra_law::{EMBEDDED, Law, LawError};
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{day, law};

fn ask(act: &str, subject: &str, date: &str, regime: Regime) -> Result<Classification<'static>, ClassifyError> {
    classify(law(), &Question { act, subject, date: day(date), regime, region: "64.71" })
}

fn pilkada(act: &str, subject: &str, date: &str) -> Classification<'static> {
    ask(act, subject, date, Regime::Pilkada).unwrap_or_else(|error| panic!("{act}: {error}"))
}

fn pemilu(act: &str, subject: &str, date: &str) -> Classification<'static> {
    ask(act, subject, date, Regime::Pemilu).unwrap_or_else(|error| panic!("{act}: {error}"))
}

fn ids<'c>(found: &'c Classification<'_>) -> Vec<&'c str> {
    found.types.iter().map(|t| t.violation.id.as_str()).collect()
}

/// The routes in one line each: `other-law bkn sbt, kasn siapnet (accepted)`.
fn routes(found: &Classification<'_>) -> Vec<String> {
    let route = |r: &netra_law::classify::RouteAnswer<'_>| {
        let receivers = r.receivers.iter().map(|a| {
            let late = if a.standing == ReceiverStanding::Accepted { " (accepted)" } else { "" };
            format!("{} {}{late}", a.authority.id, a.receiver.channel)
        });
        format!("{} {}", r.route.kind, receivers.collect::<Vec<_>>().join(", "))
    };
    found.routes.iter().map(route).collect()
}

fn closed<'c>(found: &'c Classification<'_>) -> Vec<&'c str> {
    found.closed.iter().map(|c| c.kind).collect()
}

fn says(found: &Classification<'_>, part: &str) -> bool {
    found.notes.iter().any(|note| note.contains(part))
}

// --- The worked examples -------------------------------------------------------------------------

const LIKE: &str = "menyukai (like) akun calon bupati";

/// Guards: the determination of the candidates separates the lists, not the start of the campaign, and
/// before it the crime route is closed.
#[test]
fn ex_11_candidate_status() {
    let before = pilkada(LIKE, "pns", "2024-09-10");
    assert_eq!(before.status, CandidateStatus::Before(day("2024-09-22")));
    assert_eq!(ids(&before), ["ETH-04"]);
    assert_eq!(before.types[0].words, ["like", "menyukai", "akun"]);
    assert_eq!(before.types[0].kind, "other-law");
    assert!(before.types[0].flags.is_empty());
    assert_eq!(routes(&before), ["other-law bkn sbt, kasn siapnet (accepted)"]);
    assert_eq!(closed(&before), ["crime"]);
    assert!(before.closed[0].why.contains("CRIM-188"), "{}", before.closed[0].why);
    assert!(says(&before, "calon belum ditetapkan; penetapannya Minggu, 22 September 2024"));
    assert!(says(&before, "waktunya tidak: DIS-06"));

    for date in ["2024-09-23", "2024-11-25"] {
        let after = pilkada(LIKE, "pns", date);
        assert_eq!(after.status, CandidateStatus::After(day("2024-09-22")), "{date}");
        assert_eq!(ids(&after), ["DIS-06"], "{date}");
        assert_eq!(routes(&after)[0].split(',').next(), Some("other-law bkn sbt"), "{date}");
        assert_eq!(closed(&after), Vec::<&str>::new(), "{date}");
        assert!(says(&after, "Sanksi selalu kemungkinan"), "{date}");
    }
    assert_eq!(ids(&pilkada(LIKE, "pns", "2024-09-21")), ["ETH-04"]);
    assert_eq!(ids(&pilkada(LIKE, "pns", "2024-09-22")), ["DIS-06"], "the day of the determination itself");
}

const FAVOUR: &str = "membuat keputusan yang menguntungkan salah satu pasangan calon";

/// Guards: art. 188 reached regional officials only on 14 November 2024: before, a human decides and the
/// type is not dropped; an ASN official is covered on both days.
#[test]
fn ex_12_subject_and_date_of_article_188() {
    for date in ["2024-10-20", "2024-11-13"] {
        let early = pilkada(FAVOUR, "pejabat-daerah", date);
        assert_eq!(ids(&early), ["CRIM-188"], "{date}");
        assert_eq!(early.types[0].flags, [Flag::SubjectNotYetCovered], "{date}");
        assert!(early.types[0].notes[0].contains("baru sejak Kamis, 14 November 2024: perlu keputusan manusia"));
        assert_eq!(routes(&early), Vec::<String>::new(), "{date}");
        assert!(says(&early, "tanpa keputusan manusia"), "{date}: {:?}", early.notes);
    }
    for date in ["2024-11-14", "2024-11-20"] {
        let late = pilkada(FAVOUR, "pejabat-daerah", date);
        assert_eq!(ids(&late), ["CRIM-188"], "{date}");
        assert!(late.types[0].flags.is_empty(), "{date}");
        assert_eq!(routes(&late), ["crime police langsung"], "{date}");
    }
    for subject in ["tni", "polri"] {
        assert!(pilkada(FAVOUR, subject, "2024-10-20").types[0].has(Flag::SubjectNotYetCovered), "{subject}");
        assert!(!pilkada(FAVOUR, subject, "2024-11-20").types[0].has(Flag::SubjectNotYetCovered), "{subject}");
    }
    for date in ["2024-10-20", "2024-11-20"] {
        let official = pilkada(FAVOUR, "pns", date);
        assert_eq!(ids(&official), ["DIS-12", "N-5", "CRIM-188"], "{date}");
        assert!(official.types[2].flags.is_empty(), "{date}");
        assert_eq!(routes(&official), ["other-law bkn sbt", "crime police langsung"], "{date}");
    }
}

/// Guards: who receives follows the day, and a change of hands after it is told.
#[test]
fn discipline_1_receiver_by_date() {
    let rows = [
        ("2024-01-31", "other-law kasn siapnet", true),
        ("2024-06-25", "other-law kasn siapnet", true),
        ("2024-09-10", "other-law bkn sbt, kasn siapnet (accepted)", false),
        ("2024-10-04", "other-law bkn sbt", false),
        ("2025-11-01", "other-law bkn sbt", false),
    ];
    for (date, expected, changes) in rows {
        let found = pilkada("DIS-08", "pns", date);
        assert_eq!(routes(&found), [expected], "{date}");
        assert_eq!(says(&found, "sejak Sabtu, 24 Agustus 2024 BKN (sbt)"), changes, "{date}");
    }
}

/// Guards: the discipline catalogue follows the day of the act; for older acts no sanction of today is shown.
#[test]
fn discipline_6_law_by_date_of_act() {
    let old = pilkada("DIS-05", "pns", "2021-08-30");
    assert!(old.types[0].has(Flag::OlderCatalogue));
    assert!(old.types[0].sanctions.is_empty());
    assert!(old.types[0].notes.iter().any(|n| n.contains("tunduk pada PP 53/2010")), "{:?}", old.types[0].notes);

    let new = pilkada("DIS-05", "pns", "2021-08-31");
    assert!(!new.types[0].has(Flag::OlderCatalogue));
    assert_eq!(new.types[0].sanctions[0], "pemberhentian tidak dengan hormat");
    assert!(new.types[0].notes.contains(&"Katalog hukuman disiplin pada tanggal perbuatan: PP 94/2021.".to_owned()));

    let moderate = pilkada("N-1", "pns", "2024-10-01");
    assert!(moderate.types[0].sanctions.iter().any(|s| s.contains("25% selama 6, 9, atau 12 bulan")));
    assert!(moderate.types[0].sanctions.iter().any(|s| s.contains("penundaan kenaikan pangkat 1 tahun")));
}

/// Guards: an act before the joint decree keeps its type and its receiver, and is told to fall under an
/// older list; on the decree's day nothing is told.
#[test]
fn acts_before_the_joint_decree_fall_under_an_older_list() {
    const SINCE: &str = "berlaku untuk perbuatan sejak Kamis, 22 September 2022; perbuatan sebelumnya dinilai menurut \
                         daftar lama";
    let rows: [(&str, &str, &[Flag]); 8] = [
        ("ETH-04", "2022-09-21", &[Flag::OtherList]),
        ("ETH-04", "2022-09-22", &[]),
        ("DIS-03", "2022-06-14", &[Flag::OtherList]),
        ("DIS-06", "2022-09-21", &[Flag::OtherList, Flag::OutsidePeriod]),
        ("DIS-08", "2022-09-21", &[Flag::OtherList]),
        ("DIS-08", "2022-09-22", &[]),
        ("DIS-08", "2024-01-15", &[]),
        // Of a law and not of the decree.
        ("N-6", "2022-09-21", &[]),
    ];
    for (act, date, flags) in rows {
        let found = pemilu(act, "pns", date);
        let proposed = &found.types[0];
        assert_eq!(proposed.flags, flags, "{act} {date}");
        let told = proposed.notes.iter().any(|note| note.contains(SINCE) && note.contains(act));
        assert_eq!(told, proposed.has(Flag::OtherList), "{act} {date}: {:?}", proposed.notes);
        assert!(!proposed.sanctions.is_empty(), "{act} {date}");
        assert_eq!(found.routes.len(), 1, "{act} {date}: {:?}", found.notes);
        assert_eq!(found.routes[0].because, [act], "{act} {date}");
    }
    assert_eq!(Flag::OtherList.id(), "other-list");

    let read = pemilu("menyukai (like) akun bakal calon", "pns", "2022-09-21");
    assert_eq!(ids(&read), ["ETH-04"]);
    assert_eq!(read.types[0].flags, [Flag::OtherList]);
    assert_eq!(routes(&read), ["other-law kasn surat"]);
}

/// Guards: the first and the last day of a list belong to it; outside them a type stays, with its route,
/// whatever its class.
#[test]
fn a_list_has_a_first_and_a_last_day() {
    let mut files: Vec<(&str, String)> = EMBEDDED.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let (_, types) = files.iter_mut().find(|(path, _)| *path == "violations.toml").unwrap();
    let (head, tail) = types.split_once("id = \"PEM-494\"\n").expect("PEM-494 is in the list");
    *types = format!("{head}id = \"PEM-494\"\nacts_from = \"2024-01-10\"\nacts_to = \"2024-01-20\"\n{tail}");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let dated = Law::from_files(&files).unwrap_or_else(|faults| panic!("{faults}"));

    let rows = [
        ("2024-01-09", "sejak Rabu, 10 Januari 2024"),
        ("2024-01-10", ""),
        ("2024-01-20", ""),
        ("2024-01-21", "sampai Sabtu, 20 Januari 2024"),
    ];
    for (date, told) in rows {
        let question =
            Question { act: "PEM-494", subject: "pns", date: day(date), regime: Regime::Pemilu, region: "64.71" };
        let found = classify(&dated, &question).unwrap();
        let proposed = &found.types[0];
        let flags: &[Flag] = if told.is_empty() { &[] } else { &[Flag::OtherList] };
        assert_eq!(proposed.flags, flags, "{date}");
        assert!(told.is_empty() || proposed.notes[0].contains(told), "{date}: {:?}", proposed.notes);
        assert_eq!(routes(&found), ["crime police langsung"], "{date}");
    }
}

/// Guards: the six months' ban begins on its first day, that day included (EX-02).
#[test]
fn the_ban_on_replacing_officials_has_a_first_day() {
    let free = pilkada("melantik 51 pejabat", "kepala-daerah", "2024-03-21");
    assert_eq!(ids(&free), Vec::<&str>::new());
    assert!(says(&free, "waktunya tidak: MUT-71-2, CRIM-190-71-2"));
    for date in ["2024-03-22", "2024-09-22", "2024-12-01"] {
        let banned = pilkada("melantik 51 pejabat", "kepala-daerah", date);
        assert_eq!(ids(&banned), ["MUT-71-2", "CRIM-190-71-2"], "{date}");
        assert_eq!(routes(&banned), ["administrative kpu surat", "crime police langsung"], "{date}");
    }
    assert_eq!(pilkada("PROG-71-3", "kepala-daerah", "2024-03-21").types[0].period_fits(), Some(false));
}

// --- Texts ----------------------------------------------------------------------------------------

/// Guards: what descriptions propose, in both elections and for the kinds of persons that occur.
#[test]
fn descriptions_and_what_they_propose() {
    const BEFORE: &str = "2024-09-10";
    const AFTER: &str = "2024-10-15";
    let rows: [(&str, &str, &str, &[&str]); 33] = [
        ("Memasang spanduk bakal calon bupati di halaman kantor", "pns", BEFORE, &["ETH-01"]),
        ("pemasangan baliho dirinya sebagai bakal calon", "pns", BEFORE, &["ETH-01"]),
        ("memasang baliho pasangan calon", "pppk", AFTER, &["DIS-01"]),
        ("mengunggah foto bersama bakal calon di Facebook", "pns", BEFORE, &["ETH-05", "ETH-04"]),
        ("berfoto bersama calon bupati sambil mengacungkan dua jari", "pns", AFTER, &["DIS-07"]),
        ("komentar mendukung", "pns", AFTER, &["DIS-06"]),
        ("follow akun tim pemenangan", "pns", AFTER, &["DIS-06"]),
        ("share postingan paslon", "lurah", AFTER, &["DIS-06"]),
        ("membagikan jadwal kampanye di grup WhatsApp", "pns", AFTER, &["DIS-02", "DIS-06"]),
        ("ikut serta dalam sosialisasi bakal calon", "pns", BEFORE, &["ETH-06"]),
        ("mengampanyekan bakal calon di TikTok", "pns", BEFORE, &["ETH-02", "ETH-06"]),
        ("hadir dan mendukung dalam deklarasi bakal calon", "pns", BEFORE, &["ETH-03"]),
        ("ikut kampanye", "pns", AFTER, &["DIS-04", "N-1"]),
        ("mendampingi istri dalam deklarasi", "pns", BEFORE, &["ETH-07"]),
        ("mendekati partai politik untuk maju sebagai bakal calon bupati", "pns", BEFORE, &["DIS-03"]),
        ("menjadi anggota partai politik", "pns", AFTER, &["DIS-05"]),
        ("mengimbau ASN di unit kerja memilih paslon", "pns", AFTER, &["DIS-08", "N-6"]),
        ("rapat untuk memenangkan calon", "pns", AFTER, &["DIS-08", "N-6"]),
        ("membagikan sembako kepada warga", "non-asn", AFTER, &["DIS-08"]),
        ("menjadi tim sukses", "pns", BEFORE, &["DIS-09"]),
        ("menjadi konsultan calon", "pns", AFTER, &["DIS-10"]),
        ("mengumpulkan fotokopi KTP untuk calon perseorangan", "pns", BEFORE, &["DIS-11", "N-7"]),
        ("menerbitkan surat tugas yang merugikan paslon", "kepala-desa", AFTER, &["CRIM-188"]),
        ("mutasi kepala dinas", "kepala-daerah", AFTER, &["MUT-71-2", "CRIM-190-71-2"]),
        (
            "memakai program bansos untuk memenangkan petahana",
            "kepala-daerah",
            AFTER,
            &["CRIM-188", "PROG-71-3", "CRIM-190-71-3"],
        ),
        ("melibatkan ASN dalam kampanye", "peserta", AFTER, &["CRIM-189"]),
        ("mengajak warga memilih bakal calon", "kepala-desa", BEFORE, &["VIL-29"]),
        ("ikut kampanye", "perangkat-desa", AFTER, &["VIL-51"]),
        ("masuk partai politik", "rt-rw", AFTER, &["LKD-8"]),
        // Somebody whom no list names.
        ("menjadi tim sukses", "pensiunan", BEFORE, &[]),
        // The other lists are not for this kind of person.
        ("menyukai unggahan", "kepala-desa", AFTER, &[]),
        // Nothing known.
        ("membeli sayur di pasar", "pns", AFTER, &[]),
        // The call to stay neutral is not one against it.
        ("imbauan kepada pegawai agar menjaga netralitas", "pns", AFTER, &[]),
    ];
    for (act, subject, date, expected) in rows {
        let found = pilkada(act, subject, date);
        assert_eq!(ids(&found), expected, "{act}: {:?}", found.notes);
        assert_eq!(found.types.is_empty(), says(&found, "program tidak menebak"), "{act}");
    }

    let rows: [(&str, &str, &str, &[&str]); 6] = [
        ("berfoto dengan jersey nomor 2", "pns", "2023-12-29", &["DIS-07"]),
        (
            "mengirim ajakan memilih caleg di grup WhatsApp kantor",
            "pns",
            "2024-01-10",
            &["PEM-283", "DIS-06", "DIS-02", "DIS-08", "N-6"],
        ),
        ("ikut sebagai tim kampanye", "pns", "2024-01-10", &["PEM-280", "PEM-283", "DIS-04", "N-1", "PEM-494"]),
        ("menguntungkan salah satu peserta", "kepala-desa", "2024-01-10", &["PEM-282", "PEM-490"]),
        ("tercantum sebagai caleg tanpa mengundurkan diri", "pns", "2023-09-18", &["CAND-02"]),
        ("melibatkan kepala desa dalam tim kampanye", "peserta", "2024-01-10", &["PEM-280"]),
    ];
    for (act, subject, date, expected) in rows {
        let found = pemilu(act, subject, date);
        let (mut found, mut expected) = (ids(&found), expected.to_vec());
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{act}");
    }
}

/// Guards: presence alone proposes nothing; what is still missing is named.
#[test]
fn presence_alone_is_not_enough() {
    let found = pilkada("menghadiri kampanye calon wali kota", "pns", "2024-10-15");
    assert_eq!(ids(&found), Vec::<&str>::new());
    assert!(says(
        &found,
        "Belum cukup untuk DIS-04: ada kata menghadiri, kampanye, belum ada salah satu dari: mendukung"
    ));
    let found = pilkada("menghadiri kampanye memakai kaus bergambar calon", "pns", "2024-10-15");
    assert_eq!(ids(&found)[0], "DIS-04");
}

/// Guards: without a known word there are no types; the receiver is given by the kind of person, and said so.
#[test]
fn without_types_only_the_kind_of_person_counts() {
    let found = pilkada("membeli sayur di pasar", "pns", "2024-10-15");
    assert_eq!(routes(&found), ["other-law bkn sbt"]);
    assert!(found.routes[0].because.is_empty());
    assert!(says(&found, "Penerima hanya menurut jenis orang"));
    assert!(says(&found, "Tanpa kata kunci tersedia: DIS-13"));
    assert!(!says(&found, "Sanksi"), "nothing is alleged");

    let retired = pilkada("menyukai akun paslon", "pensiunan", "2024-10-15");
    assert_eq!(routes(&retired), Vec::<String>::new());
    assert!(says(&retired, "Tidak ada penerima yang tercatat"));
}

// --- Ids ------------------------------------------------------------------------------------------

/// Guards: by its id a type is given whatever speaks against it, and all of that is flagged.
#[test]
fn an_id_gives_the_type_with_its_flags() {
    let rows: [(&str, &str, &str, Regime, &[Flag]); 7] = [
        ("DIS-06", "pns", "2024-10-15", Regime::Pilkada, &[]),
        (" dis-06 ", "pns", "2024-10-15", Regime::Pilkada, &[]),
        ("DIS-06", "pns", "2024-09-10", Regime::Pilkada, &[Flag::OutsidePeriod]),
        ("DIS-06", "kepala-desa", "2024-10-15", Regime::Pilkada, &[Flag::SubjectNotNamed]),
        ("PEM-494", "pns", "2024-10-15", Regime::Pilkada, &[Flag::OtherRegime]),
        ("PEM-494", "pns", "2023-11-10", Regime::Pemilu, &[Flag::OutsidePeriod]),
        ("DIS-06", "pns", "2026-05-04", Regime::Pilkada, &[Flag::PeriodUnknown]),
    ];
    for (act, subject, date, regime, flags) in rows {
        let found = ask(act, subject, date, regime).unwrap();
        assert_eq!(found.types.len(), 1, "{act}");
        assert_eq!(found.types[0].violation.id, act.trim().to_uppercase());
        assert_eq!(found.types[0].flags, flags, "{act} {subject} {date}");
        assert!(found.types[0].words.is_empty());
    }
    let early = pilkada("CRIM-188", "pns", "2024-09-10");
    assert_eq!(early.types[0].period_fits(), Some(false));
    assert_eq!((routes(&early), closed(&early)), (Vec::new(), vec!["crime"]));
}

/// Guards: after the recorded elections nobody knows whether there are candidates: both lists, and a human.
#[test]
fn without_a_recorded_election_both_lists_are_proposed() {
    for date in ["2020-10-30", "2026-05-04"] {
        let found = pilkada("menyukai akun pasangan calon", "pns", date);
        assert_eq!(found.status, CandidateStatus::Unknown, "{date}");
        assert_eq!(ids(&found), ["ETH-04", "DIS-06"], "{date}");
        assert!(found.types.iter().all(|t| t.has(Flag::PeriodUnknown)), "{date}");
        assert!(says(&found, "status calon tidak diketahui"), "{date}");
    }
    assert_eq!(pilkada("DIS-08", "pns", "2023-03-01").status, CandidateStatus::Before(day("2024-09-22")));
    assert_eq!(pemilu("DIS-08", "pns", "2022-11-01").status, CandidateStatus::Before(day("2023-11-03")));
    assert_eq!(pemilu("DIS-08", "pns", "2024-02-01").status, CandidateStatus::After(day("2023-11-03")));
}

/// Guards: what can't be answered is refused with the words that can be used.
#[test]
fn refusals_and_their_texts() {
    let error = |act, subject, date, regime| ask(act, subject, date, regime).unwrap_err();
    assert_eq!(error("  ", "pns", "2024-10-15", Regime::Pilkada), ClassifyError::EmptyAct);
    assert_eq!(error("like", "pns", "2024-10-15", Regime::Discipline), ClassifyError::NoElection);

    let subject = error("like", "asn", "2024-10-15", Regime::Pilkada).to_string();
    assert!(subject.starts_with("'asn' is not a kind of person; the kinds are: pns, cpns, pppk, "), "{subject}");
    assert!(subject.ends_with(", peserta, lain"), "{subject}");

    for id in ["DIS-99", "N-8"] {
        let unknown = error(id, "pns", "2024-10-15", Regime::Pilkada).to_string();
        assert!(
            unknown.starts_with(&format!("no violation type has the id '{id}'; the ids are: ETH-01, ")),
            "{unknown}"
        );
    }
    assert_eq!(ids(&pilkada("foto-foto bersama paslon", "pns", "2024-10-15")), ["DIS-07"], "a word, not an id");

    assert_eq!(
        error("like", "pns", "2019-02-20", Regime::Pemilu),
        ClassifyError::Law(LawError::NoPack { regime: Regime::Pemilu, date: day("2019-02-20") })
    );
}

// --- The data -------------------------------------------------------------------------------------

/// Guards: the lists are written as they are read.
#[test]
fn the_lists_are_well_formed() {
    let periods = ["any", "before-determination", "after-determination", "campaign"];
    for violation in law().violations() {
        let id = &violation.id;
        let clock = violation.period.strip_prefix("from ");
        let known_clock = clock.is_some_and(|c| law().packs().iter().any(|p| p.clock(c).is_some()));
        assert!(periods.contains(&violation.period.as_str()) || known_clock, "{id}: {}", violation.period);
        assert!(!violation.sanctions.is_empty(), "{id}");
        let of_the_decree = violation.basis.cite.contains("SKB MenPANRB 2/2022");
        assert_eq!(violation.acts_from, of_the_decree.then(|| day("2022-09-22")), "{id}");
        assert_eq!(violation.acts_to, None, "{id}");
        assert_eq!(violation.words.is_empty(), id == "DIS-13", "{id}: only the open type has no words");
        for line in &violation.words {
            assert!(line.split_whitespace().any(|g| !g.starts_with('!')), "{id}: '{line}' only bars");
            for word in line.split_whitespace().flat_map(|g| g.trim_start_matches('!').split('|')) {
                let plain = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
                assert!(!word.is_empty() && plain, "{id}: '{word}' in '{line}'");
            }
        }
        for subject in violation.subjects_since.keys() {
            assert!(violation.subjects.contains(subject), "{id}: {subject} is dated and not named");
        }
    }
}

/// Guards: the statute that a type cites says in which elections it applies.
#[test]
fn types_of_one_kind_of_election() {
    let foreign = |regime: Regime, date: &str| -> Vec<&str> {
        let types = law().violations().iter().map(|v| v.id.as_str());
        types.filter(|id| ask(id, "pns", date, regime).unwrap().types[0].has(Flag::OtherRegime)).collect()
    };
    assert_eq!(
        foreign(Regime::Pilkada, "2024-10-15"),
        ["CAND-02", "PEM-280", "PEM-282", "PEM-283", "PEM-490", "PEM-494", "PEM-547"]
    );
    assert_eq!(
        foreign(Regime::Pemilu, "2024-01-15"),
        ["CRIM-188", "CRIM-189", "MUT-71-2", "PROG-71-3", "CRIM-190-71-2", "CRIM-190-71-3", "CAND-01"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Guards: any text is answered without a panic, and what is proposed was said.
    #[test]
    fn any_text_is_answered(act in "[a-zA-Z!?.;|\\- ]{1,60}", place in 0_usize..18) {
        let subject = &law().subjects()[place % law().subjects().len()].id;
        if let Ok(found) = ask(&act, subject, "2024-10-15", Regime::Pilkada) {
            let lower = act.to_lowercase();
            for proposed in &found.types {
                prop_assert!(proposed.words.iter().all(|word| lower.contains(word)));
                prop_assert!(!proposed.has(Flag::SubjectNotNamed) && !proposed.has(Flag::OutsidePeriod));
            }
        }
    }
}
