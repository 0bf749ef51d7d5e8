//! What real news does to a reader, each in an invented text: dates that do not agree, names with two meanings,
//! other cases in the same text, posts by region.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use netra_law::Law;
use netra_law::pack::Regime;
use netra_watch::{Reading, Role, Source, Stage, Watch};
use proptest::prelude::*;

fn watch() -> Watch {
    Watch::embedded(&Law::embedded().expect("the shipped packs load")).expect("the shipped data load")
}

fn read(text: &str) -> Reading {
    let watch = watch();
    let pages = watch.pages(text.as_bytes()).expect("a page");
    watch.read(&pages[0])
}

fn dates(text: &str) -> Vec<String> {
    let mut list: Vec<String> = read(text).dates.iter().map(|date| date.date.to_string()).collect();
    list.sort();
    list
}

/// A text of which the day of publication is known: Wednesday, 9 October 2024.
fn on_wednesday(sentence: &str) -> String {
    format!(
        "Camat dilaporkan\nRabu, 9 Oktober 2024 | 10:15 WIB\n\nSeorang camat hadir di kampanye. {sentence} Bawaslu menelusuri.\n"
    )
}

#[test]
fn days_as_they_are_written() {
    let table: &[(&str, &[&str])] = &[
        ("Foto diunggah Senin (7/10/2024).", &["2024-10-07"]),
        ("Foto diunggah pada 7 Oktober 2024.", &["2024-10-07"]),
        ("Foto diunggah 07-10-2024 malam.", &["2024-10-07"]),
        ("Foto diunggah 7.10.2024 malam.", &["2024-10-07"]),
        ("Foto diunggah 2024-10-07 malam.", &["2024-10-07"]),
        ("Foto diunggah Jum'at (4/10).", &["2024-10-04"]),
        ("Foto diunggah Jumat malam (4/10/24).", &["2024-10-04"]),
        ("Foto diunggah tanggal 4/10 malam.", &["2024-10-04"]),
        ("Foto diunggah 4 Oktober lalu.", &["2024-10-04"]),
        ("Foto diunggah Rabu (13/12).", &["2023-12-13"]),
        ("Foto diunggah kemarin.", &["2024-10-08"]),
        ("Foto diunggah hari ini.", &["2024-10-09"]),
        ("Foto diunggah Senin lalu.", &["2024-10-07"]),
        ("Foto diunggah Rabu lalu.", &["2024-10-02"]),
        ("Foto diunggah Minggu lalu.", &["2024-10-06"]),
        ("Foto diunggah Sabtu pekan lalu.", &["2024-10-05"]),
        ("Foto diunggah Selasa malam.", &["2024-10-08"]),
        ("Foto diunggah tiga hari yang lalu.", &["2024-10-06"]),
        ("Foto diunggah pada 5-7 Oktober 2024.", &["2024-10-05", "2024-10-07"]),
        ("Kegiatan digelar 5 dan 6 Oktober 2024.", &["2024-10-05", "2024-10-06"]),
        ("Dasarnya UU 7/2017 dan Perbawaslu 9/2024 serta pukul 10.30.", &[]),
        ("Laporan bernomor 005/PL/PW/Kota/27.03/X/2024 dan 12/2024.", &[]),
        ("Jam kerja setiap Senin dan Kamis mendatang.", &[]),
    ];
    for (sentence, expected) in table {
        assert_eq!(dates(&on_wednesday(sentence)), *expected, "{sentence}");
    }
}

#[test]
fn a_vague_day_is_kept_with_little_confidence() {
    let reading = read(&on_wednesday("Foto diunggah pekan lalu."));
    assert_eq!(reading.dates[0].date.to_string(), "2024-10-02");
    assert!(reading.dates[0].confidence < 0.4);
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
}

#[test]
fn a_day_of_the_week_that_does_not_fit_is_told() {
    let reading = read(&on_wednesday("Foto diunggah Selasa (7/10/2024)."));
    let date = &reading.dates[0];
    assert_eq!((date.date.to_string().as_str(), date.text.as_str()), ("2024-10-07", "Selasa (7/10/2024)"));
    assert!(date.confidence <= 0.5);
    assert!(reading.warnings[0].starts_with("Hari dan tanggal tidak cocok: teks menulis Selasa, padahal Senin"));
    let reading = read(&on_wednesday("Foto diunggah Minggu (7/10/2024)."));
    assert!(!reading.warnings[0].contains("Mungkin"), "{:?}", reading.warnings);
    // The seventh of October 2023 was a Saturday.
    let reading = read(&on_wednesday("Foto diunggah Sabtu (7/10/2024)."));
    assert!(reading.warnings[0].contains("Mungkin yang dimaksud Sabtu, 7 Oktober 2023"), "{:?}", reading.warnings);
}

#[test]
fn what_a_day_is_about() {
    let text = on_wednesday(
        "Foto itu diunggah pada 5 Oktober 2024, kata ketua Bawaslu, Selasa (8/10/2024). Pilkada 27 November 2024 harus adil. \
         Surat Nomor 12 tertanggal 1 Oktober 2024 sudah dikirim. Klarifikasi dijadwalkan 11 Oktober 2024.",
    );
    let told = read(&text);
    let role = |day: &str| told.dates.iter().find(|date| date.date.to_string() == day).map(|date| date.role);
    assert_eq!(role("2024-10-05"), Some(Role::Event));
    assert_eq!(role("2024-10-08"), Some(Role::Statement));
    assert_eq!(role("2024-11-27"), Some(Role::Election));
    assert_eq!(role("2024-10-01"), Some(Role::Document));
    assert_eq!(role("2024-10-11"), Some(Role::Schedule));
}

#[test]
fn a_candidate_named_before_a_day_makes_it_no_voting_day() {
    let told = read(
        "Camat dilaporkan\n\nSeorang camat di Kabupaten Paser dilaporkan karena berfoto bersama calon bupati, Senin (7/10/2024).",
    );
    assert_eq!(told.dates.iter().map(|date| date.role).collect::<Vec<_>>(), [Role::Event]);
}

#[test]
fn the_day_of_publication_by_line_address_or_text() {
    let by = |text: &str| read(text).published.map(|p| (p.date.to_string(), p.source));
    let day = |date: &str, source| Some((date.to_owned(), source));
    assert_eq!(by(&on_wednesday("")), day("2024-10-09", Source::Line));
    let address =
        "Camat viral\nhttps://contoh.test/2024/10/08/camat\n\nSeorang camat hadir kemarin. Bawaslu menelusuri.";
    assert_eq!(by(address), day("2024-10-08", Source::Address));
    assert_eq!(dates(address), ["2024-10-07"]);
    let spoken = "Camat viral\n\nBawaslu menelusuri camat itu, kata ketuanya, Senin (7/10/2024). Foto beredar kemarin.";
    assert_eq!(by(spoken), day("2024-10-07", Source::Text));
    assert_eq!(dates(spoken), ["2024-10-06", "2024-10-07"]);
    assert_eq!(by("Camat viral\n\nBawaslu menelusuri camat itu sejak kemarin."), None);
    let closed = format!("{spoken}\n\n(8 Oktober 2024, 10.10 WIB)\n");
    assert_eq!(by(&closed), day("2024-10-08", Source::Line));
    let capitals = "Camat viral\n\nBALIKPAPAN, 8 Oktober 2024. Seorang camat hadir di kampanye kemarin.";
    assert_eq!(by(capitals), day("2024-10-08", Source::Line));
    assert_eq!(dates(capitals), ["2024-10-07"]);
    let prose = format!("{spoken}\n\nPemungutan suara digelar 27 November 2024.\n");
    assert_eq!(by(&prose), day("2024-10-07", Source::Text));
}

fn regions(text: &str) -> Vec<String> {
    read(text).regions.iter().map(|region| region.code.clone()).collect()
}

#[test]
fn regions_by_what_stands_around_their_names() {
    let table: &[(&str, &str)] = &[
        ("Bawaslu Kota Balikpapan menelusuri seorang camat.", "64.71"),
        ("BALIKPAPAN – Seorang camat dilaporkan ke Bawaslu.", "64.71"),
        ("Bawaslu Kabupaten Bekasi menelusuri lurah.", "32.16"),
        ("Wali Kota Bekasi menegur lurah.", "32.75"),
        ("Bupati Malang menegur camat, dan Bawaslu Malang diam.", "35.07"),
        ("Bawaslu Kukar memanggil seorang kades.", "64.02"),
        ("Bawaslu Kulonprogo memanggil lurah.", "34.01"),
        ("Bawaslu Kulon Progo memanggil lurah.", "34.01"),
        ("Seorang camat di Tojo Una-Una dilaporkan.", "72.09"),
        ("Camat Balikpapan Selatan dilaporkan.", "64.71"),
        ("Panwaslu Kecamatan Mlati, Kabupaten Sleman, menelusuri.", "34.04"),
        ("Bawaslu Provinsi Kalimantan Timur menelusuri seorang pejabat.", "64"),
        ("Pemprov Sulbar menerima rekomendasi KASN.", "76"),
        ("Bawaslu Kabupaten Puncak memanggil kepala distrik.", "94.05"),
    ];
    for (sentence, expected) in table {
        let found = regions(&format!("Judul berita\n\n{sentence}"));
        assert_eq!(found.first().map(String::as_str), Some(*expected), "{sentence} {found:?}");
    }
}

#[test]
fn everyday_words_are_no_regions() {
    let text =
        "Judul berita\n\nPada puncak acara, camat melempar batu. Radar Metro menulis Desa Serang dan Jalan Bandung.";
    assert_eq!(regions(text), Vec::<String>::new());
}

#[test]
fn a_district_of_several_regencies_goes_to_the_one_that_the_text_names() {
    let text = |place: &str| format!("Judul berita\n\nCamat Gunung Meriah dilaporkan. Bawaslu {place} menelusurinya.");
    assert_eq!(regions(&text("Kabupaten Aceh Singkil"))[0], "11.10");
    assert_eq!(regions(&text("Kabupaten Deli Serdang"))[0], "12.07");
}

#[test]
fn a_province_comes_first_only_when_the_text_is_about_it() {
    let text = "Bawaslu Jawa Tengah catat puluhan kasus\n\nBawaslu Provinsi Jawa Tengah mencatat 87 kasus netralitas ASN. \
        Gubernur Jawa Tengah meminta ASN netral. Kasus terjadi antara lain di Brebes.";
    assert_eq!(regions(text)[0], "33");
    let text = "Camat Brebes dilaporkan\n\nBawaslu Kabupaten Brebes, Jawa Tengah, menelusuri laporan itu.";
    assert_eq!(regions(text)[0], "33.29");
}

#[test]
fn related_headlines_bring_no_places_and_no_days() {
    let reading = read(
        "Lurah dilaporkan\n\nSeorang lurah di Kota Balikpapan ikut kampanye paslon.\n\nBACA JUGA: Camat di Kota Samarinda dijatuhi sanksi, Senin (7/10/2024)\n\n\
         Bawaslu Kota Balikpapan menelusuri hal itu.\n",
    );
    assert_eq!(reading.regions.len(), 1);
    assert_eq!(reading.stage, Stage::Tracing);
    assert!(reading.dates.is_empty());
}

#[test]
fn posts_by_region() {
    let subjects = |text: &str| read(&format!("Judul berita\n\n{text}")).subjects;
    let lurah = "Lurah di Kabupaten Sleman ikut kampanye paslon dan dilaporkan ke Bawaslu.";
    assert_eq!(subjects(lurah), ["kepala-desa", "lurah"]);
    let lurah = "Lurah di Kota Samarinda ikut kampanye paslon dan dilaporkan ke Bawaslu.";
    assert_eq!(subjects(lurah), ["lurah"]);
    for (post, kind) in [
        ("panewu anom", "pns"),
        ("kepala distrik", "pns"),
        ("perbekel", "kepala-desa"),
        ("keuchik", "kepala-desa"),
        ("wali nagari", "kepala-desa"),
        ("kadus", "perangkat-desa"),
        ("jorong", "perangkat-desa"),
        ("ketua BPD", "bpd"),
        ("ketua RT", "rt-rw"),
    ] {
        let found = subjects(&format!("Seorang {post} ikut kampanye paslon dan dilaporkan ke Bawaslu."));
        assert_eq!(found.first().map(String::as_str), Some(kind), "{post}");
    }
}

#[test]
fn no_name_is_quoted() {
    let reading = read(
        "Camat Budi Santosa dilaporkan\n\nCamat Budi Santosa berfoto bersama calon bupati Joko Wiratama di akun @budi_s. \
         Ketua Bawaslu Kabupaten Paser Ngatinah Rahayu menelusuri unggahan Budi, Senin (7/10/2024).",
    );
    let told = format!("{reading:?}").to_lowercase();
    for name in ["budi", "santosa", "joko", "wiratama", "ngatinah", "rahayu"] {
        assert!(!told.contains(name), "{name}: {told}");
    }
    assert_eq!(reading.agencies, ["Bawaslu Kabupaten Paser"]);
}

#[test]
fn the_headline_against_the_text() {
    let reading = read(
        "Tiga ASN jadi tersangka\n\nLima ASN di Kota Balikpapan dilaporkan ke Bawaslu karena ikut kampanye paslon. Para terlapor \
         akan diklarifikasi, kata ketua Bawaslu Kota Balikpapan kepada wartawan di kantornya.",
    );
    assert!(reading.warnings.iter().any(|w| w.starts_with("Judul menyebut tersangka")), "{:?}", reading.warnings);
    assert!(
        reading.warnings.iter().any(|w| w.contains("Tiga ASN") && w.contains("Lima ASN")),
        "{:?}",
        reading.warnings
    );
}

#[test]
fn lists_before_and_after_the_candidates_are_determined() {
    let first = |published: &str, candidate: &str| {
        let text = format!(
            "Camat berfoto dengan {candidate}\n{published}\n\nSeorang camat di Kota Balikpapan mengunggah foto bersama {candidate} \
             di Instagram. Ia dilaporkan ke Bawaslu Kota Balikpapan."
        );
        let reading = read(&text);
        assert_eq!(reading.election, Some(Regime::Pilkada));
        assert_eq!(reading.channels, ["instagram"]);
        reading.acts[0].violation.clone()
    };
    assert_eq!(first("10 September 2024", "bakal calon bupati"), "ETH-05");
    assert_eq!(first("10 Oktober 2024", "calon bupati"), "DIS-07");
}

#[test]
fn stages_that_may_come_do_not_count() {
    let stage = |sentence: &str| {
        read(&format!(
            "Camat dilaporkan ke Bawaslu\n\nSeorang camat ikut kampanye paslon dan dilaporkan ke Bawaslu. {sentence}"
        ))
        .stage
    };
    let table = [
        ("Bawaslu akan meneruskan kasus itu ke BKN.", Stage::Report),
        ("Jika terbukti, kasus itu diteruskan ke BKN.", Stage::Report),
        ("Ia terancam dijatuhi sanksi.", Stage::Report),
        ("BKN belum menjatuhkan sanksi.", Stage::Report),
        ("Kasus itu sudah diteruskan ke BKN?", Stage::Report),
        ("Bawaslu meneruskan kasus itu ke BKN.", Stage::Forwarded),
        ("Bawaslu merekomendasikan kasus itu kepada KASN.", Stage::Forwarded),
        ("KASN merekomendasikan sanksi sedang.", Stage::Recommended),
        ("KASN merekomendasikan agar bupati menjatuhkan sanksi.", Stage::Recommended),
        ("Sesuai rekomendasi KASN, bupati menjatuhkan sanksi moral.", Stage::Sanctioned),
    ];
    for (sentence, expected) in table {
        assert_eq!(stage(sentence), expected, "{sentence}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let watch = shared();
        for page in watch.pages(&bytes).unwrap_or_default() {
            let reading = watch.read(&page);
            prop_assert!((0.0..=1.0).contains(&reading.score));
        }
    }

    #[test]
    fn any_words_are_read(words in proptest::collection::vec("(Camat|lurah|ASN|kampanye|paslon|Senin|\\(7/10/2024\\)|\\.|Kota|Bekasi|2024|27|November|\n|é|foto|<p>|lalu)", 0..60)) {
        let watch = shared();
        let text = words.join(" ");
        for page in watch.pages(text.as_bytes()).unwrap_or_default() {
            let reading = watch.read(&page);
            for date in &reading.dates {
                prop_assert!(date.confidence > 0.0 && date.confidence <= 1.0);
            }
            for region in &reading.regions {
                prop_assert!(region.confidence > 0.0 && region.confidence <= 1.0);
            }
        }
    }
}

fn shared() -> &'static Watch {
    static WATCH: std::sync::OnceLock<Watch> = std::sync::OnceLock::new();
    WATCH.get_or_init(watch)
}
