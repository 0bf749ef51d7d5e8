//! The linking as a whole, on people who are made up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use std::collections::BTreeMap;

use netra_registers::{Class, InputKind, LinkError, Mapping, Remark};
use support::{Dice, Row, link_bytes, linked, lists, rows, settings};

const SERVANTS: &str = "id,nip,nik,nama,gelar_belakang,tempat_lahir,tanggal_lahir,jenis_kelamin,wilayah_kode,wilayah\n";
const CANDIDATES: &str = "id,nama,jenis_kelamin,tempat_tinggal,tempat_lahir,tanggal_lahir,umur,nik\n";

/// A register of so many others, none of whom resembles anybody in the tests.
fn others(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let letter = |place: usize| char::from(b'a' + u8::try_from((n / 26usize.pow(place as u32)) % 26).unwrap());
        let name = format!("Xe{}o{}ra Qi{}mu{}", letter(0), letter(1), letter(2), letter(0));
        let (month, day) = (1 + n % 12, 1 + n % 28);
        text += &format!("Z{n},,,{name},S.E.,Boyolali,{:04}-{month:02}-{day:02},L,3309,Boyolali\n", 1965 + n % 35);
    }
    text
}

fn only(rows: &[Row]) -> &Row {
    assert_eq!(rows.len(), 1, "{rows:#?}");
    &rows[0]
}

#[test]
fn planted_people_are_found_and_lookalikes_are_not_called_sure() {
    let lists = lists(11, 6000, 1200);
    let (summary, found) = linked(&lists.servants, &lists.candidates);
    assert_eq!((summary.servants, summary.candidates), (6000, 1200));
    let mut best: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in &found {
        best.entry(&row.candidate).or_insert(row);
    }
    let is_found = |pair: &&(String, String)| best.get(pair.0.as_str()).is_some_and(|row| row.servant == pair.1);
    let right = lists.truth.iter().filter(is_found).count();
    assert!(right * 100 >= lists.truth.len() * 65, "{right} of {} are the best pair", lists.truth.len());
    let sure: Vec<&Row> = found.iter().filter(|row| row.class == "sure").collect();
    assert!(sure.len() * 3 >= lists.truth.len(), "only {} are sure", sure.len());
    for row in sure {
        assert!(lists.truth.contains(&(row.candidate.clone(), row.servant.clone())), "{row:?} is sure and wrong");
        assert!(!lists.decoys.contains(&row.candidate), "{row:?}");
    }
}

#[test]
fn each_candidate_has_its_pairs_best_first_and_no_more_than_asked_for() {
    let lists = lists(12, 3000, 600);
    for top in [1, 3] {
        let (_, text) = link_bytes(lists.servants.as_bytes(), lists.candidates.as_bytes(), &settings(2, top)).unwrap();
        let found = rows(&text);
        for pair in found.windows(2) {
            assert!(pair[0].candidate <= pair[1].candidate);
            assert!(pair[0].candidate < pair[1].candidate || pair[0].probability >= pair[1].probability);
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        found.iter().for_each(|row| *counts.entry(&row.candidate).or_default() += 1);
        assert!(counts.values().all(|count| *count <= top));
        assert!(found.iter().all(|row| (0.05..=0.9999).contains(&row.probability)));
    }
}

#[test]
fn threads_change_nothing() {
    let lists = lists(13, 20_000, 400);
    let texts = [1, 2, 5].map(|threads| {
        link_bytes(lists.servants.as_bytes(), lists.candidates.as_bytes(), &settings(threads, 3)).unwrap()
    });
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}

#[test]
fn the_order_of_the_register_changes_nothing_for_dated_candidates() {
    let lists = lists(14, 3000, 600);
    let (head, body) = lists.servants.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    let mut dice = Dice::new(5);
    for place in (1..lines.len()).rev() {
        lines.swap(place, dice.below(place as u64 + 1) as usize);
    }
    let shuffled = format!("{head}\n{}\n", lines.join("\n"));
    // Of two servants about whom all is equal the first one is taken, so those without a date are left aside.
    let dated: Vec<&str> =
        lists.candidates.lines().filter(|line| line.starts_with("id,") || line.contains('/')).collect();
    let candidates = format!("{}\n", dated.join("\n"));
    let found = |servants: &str| {
        let (_, text) = link_bytes(servants.as_bytes(), candidates.as_bytes(), &settings(2, 60)).unwrap();
        let short = |row: Row| format!("{} {} {:.3} {}", row.candidate, row.servant, row.probability, row.class);
        let mut pairs: Vec<String> = rows(&text).into_iter().map(short).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(found(&lists.servants), found(&shuffled));
}

#[test]
fn a_number_or_a_date_makes_sure_and_name_and_region_never_do() {
    let servants = format!(
        "{SERVANTS}{}\
         A1,,3309010107800001,Wiranegara Kusumadilaga,S.H.,Boyolali,1980-07-01,L,3309,Boyolali\n\
         A2,198502032010012003,,Setyaningrum Hapsarini,S.E.,Boyolali,,P,3309,Boyolali\n\
         A3,,,Danurwenda Prabaswara,S.H.,Boyolali,1979-05-04,L,3309,Boyolali\n\
         A4,,,Kertarajasa Wisnumurti,S.H.,Boyolali,1971-02-03,L,3309,Boyolali\n",
        others(2000)
    );
    let candidates = format!(
        "{CANDIDATES}\
         C1,\"KUSUMADILAGA WIRANEGARA, S.H.\",L,KOTA BANDUNG,,,,3309010107800001\n\
         C2,\"SETYANINGRUM HAPSARINI, S.E.\",P,BOYOLALI,Boyolali,03-02-1985,,\n\
         C3,\"DANURWENDA PRABASWARA, S.H.\",L,BOYOLALI,,,,\n\
         C4,\"KERTARAJASA WISNUMURTI, S.H.\",L,BOYOLALI,,,53,\n\
         C5,TIDAK ADA DISINI,L,BOYOLALI,,,,\n"
    );
    let (summary, found) = linked(&servants, &candidates);
    let said: Vec<(&str, &str, &str)> =
        found.iter().map(|row| (row.candidate.as_str(), row.servant.as_str(), row.class.as_str())).collect();
    assert_eq!(said, [("C1", "A1", "sure"), ("C2", "A2", "sure"), ("C3", "A3", "check"), ("C4", "A4", "probable")]);
    assert!(found[0].reasons.starts_with("NIK sama; nama sama, ejaan atau urutannya lain"), "{}", found[0].reasons);
    assert!(found[1].reasons.contains("tanggal lahir sama"), "{}", found[1].reasons);
    assert!(found[1].reasons.contains("satu-satunya ASN bernama ini di BOYOLALI"), "{}", found[1].reasons);
    assert!(found[2].reasons.contains("nama dan wilayah saja tidak dapat memastikan"), "{}", found[2].reasons);
    assert!(found[3].reasons.contains("umur cocok"), "{}", found[3].reasons);
    assert!(found.iter().all(|row| row.reasons.ends_with("; model 2026-2")));
    assert_eq!((summary.written(Class::Sure), summary.written(Class::Check), summary.proposed), (2, 1, 4));
    assert_eq!(summary.undated, 2);
    assert_eq!(summary.model, "2026-2");
}

#[test]
fn the_same_number_under_another_name_is_not_sure() {
    let servants = format!("{SERVANTS}{}A1,,3309010107800001,Wiranegara,,,1980-07-01,L,3309,Boyolali\n", others(500));
    let candidates = format!("{CANDIDATES}C1,HENDRATMOKO SUSENO,L,BOYOLALI,,,,3309010107800001\n");
    let (_, found) = linked(&servants, &candidates);
    let row = only(&found);
    assert_eq!(row.class, "probable");
    assert!(row.reasons.starts_with("NIK sama; nama beda"), "{}", row.reasons);
}

#[test]
fn hidden_digits_can_disprove() {
    let servants =
        format!("{SERVANTS}{}A1,,3309010107800001,Wiranegara Kusumadilaga,,,1980-07-01,L,3309,Boyolali\n", others(500));
    let with = |nik: &str| {
        let candidates = format!("{CANDIDATES}C1,WIRANEGARA KUSUMADILAGA,L,BOYOLALI,,,,{nik}\n");
        let (_, found) = linked(&servants, &candidates);
        found.first().map_or(0.0, |row| row.probability)
    };
    let (nothing, agrees, differs) = (with(""), with("3309********0001"), with("3309********0002"));
    assert!(agrees > nothing && nothing > differs, "{agrees} {nothing} {differs}");
}

#[test]
fn fathers_sons_and_twins_are_not_taken_for_one_another() {
    let servants = format!(
        "{SERVANTS}{}\
         A1,,,Wiranegara Kusumadilaga,S.H.,Boyolali,1968-07-01,L,3309,Boyolali\n\
         A2,,,Hapsarini Setyaningrum,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n\
         A3,,,Hapsarina Setyaningrum,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n",
        others(2000)
    );
    let candidates = format!(
        "{CANDIDATES}\
         C1,WIRANEGARA KUSUMADILAGA,L,BOYOLALI,Boyolali,1995-03-09,,\n\
         C2,\"HAPSARINI SETYANINGRUM, S.E.\",P,BOYOLALI,Boyolali,1985-02-03,,\n"
    );
    let (_, found) = linked(&servants, &candidates);
    assert!(found.iter().all(|row| row.candidate != "C1" || row.class == "check"), "{found:#?}");
    let twin: Vec<&Row> = found.iter().filter(|row| row.candidate == "C2").collect();
    assert_eq!(twin[0].servant, "A2");
    assert!(twin.iter().skip(1).all(|row| row.probability < 0.5), "{twin:#?}");
}

#[test]
fn one_person_with_two_numbers_is_one_person() {
    let servants = format!(
        "{SERVANTS}{}\
         A1,198502032021212003,,Setyaningrum Hapsarini,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n\
         A2,198502032024212007,,Setyaningrum Hapsarini,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n",
        others(2000)
    );
    let candidates = format!("{CANDIDATES}C1,SETYANINGRUM HAPSARINI,P,BOYOLALI,Boyolali,1985-02-03,,\n");
    let (_, found) = linked(&servants, &candidates);
    assert_eq!(found.iter().map(|row| row.servant.as_str()).collect::<Vec<_>>(), ["A1", "A2"]);
    assert!(found.iter().all(|row| row.probability > 0.99), "{found:#?}");
}

#[test]
fn a_servant_goes_to_one_candidate_and_the_other_is_told() {
    let servants =
        format!("{SERVANTS}{}A1,,,Setyaningrum Hapsarini,S.E.,Boyolali,1985-02-03,P,3309,Boyolali\n", others(2000));
    let candidates = format!(
        "{CANDIDATES}\
         C1,SETYANINGRUM HAPSARINI,P,BOYOLALI,,,,\n\
         C2,SETYANINGRUM HAPSARINI,P,BOYOLALI,Boyolali,1985-02-03,,\n"
    );
    let (_, text) = {
        let mut wide = settings(2, 3);
        wide.threshold = 0.0;
        link_bytes(servants.as_bytes(), candidates.as_bytes(), &wide).unwrap()
    };
    let found = rows(&text);
    assert_eq!((found[0].candidate.as_str(), found[0].class.as_str()), ("C1", "check"));
    assert!(found[0].reasons.contains("ASN ini lebih cocok dengan calon C2"), "{}", found[0].reasons);
    assert!(found[0].probability < 0.05, "{}", found[0].probability);
    assert_eq!((found[1].candidate.as_str(), found[1].class.as_str()), ("C2", "sure"));
}

#[test]
fn lists_are_read_as_people_bring_them() {
    let register = "DAFTAR PEGAWAI;;;\r\n\r\nNo;NIP;Nama Pegawai;TTL;JK;Kabupaten/Kota\r\n\
                    1;'198502032010012003;Setyaningrum Hapsarini, S.E.;Boyolali, 3 Februari 1985;P;Kab. Boyolali\r\n";
    let windows: Vec<u8> = [
        &b"nama\tjk\tdomisili\ttgl lahir\tcatatan\n"[..],
        b"SETYANINGRUM HAPSARIN\xcd\tPr\tBOYOLALI\t3-2-1985\tMa\xf1ana\n",
    ]
    .concat();
    let (summary, text) = link_bytes(register.as_bytes(), &windows, &settings(1, 3)).unwrap();
    let row = only(&rows(&text)).clone();
    assert_eq!((row.candidate.as_str(), row.servant.as_str()), ("baris 2", "1"));
    assert!(row.reasons.contains("nama sama") && row.reasons.contains("tanggal lahir sama"), "{}", row.reasons);
    assert!(summary.remarks.is_empty(), "{:?}", summary.remarks);
}

#[test]
fn the_user_can_say_what_a_column_holds() {
    let mut with = settings(1, 3);
    with.columns = vec!["nama=Kolom Dua".parse::<Mapping>().unwrap()];
    let servants = format!("{SERVANTS}A1,,,Wiranegara,,,1980-07-01,L,3309,Boyolali\n");
    let candidates = "id,Kolom Dua,tanggal_lahir\nC1,WIRANEGARA,1980-07-01\n";
    let (_, text) = link_bytes(servants.as_bytes(), candidates.as_bytes(), &with).unwrap();
    assert_eq!(only(&rows(&text)).servant, "A1");
}

#[test]
fn rows_that_cannot_be_used_are_named() {
    let servants = format!(
        "{SERVANTS}\
         A1,1.98502E+17,,Setyaningrum,,,1985-02-03,P,3309,Boyolali\n\
         A2,,,,,,1985-02-03,P,3309,Boyolali\n\
         A3,198502032010012003,,Wiranegara,,,1986-02-03,L,3309,Boyolali\n\
         A4,,,Hapsari,,,1985-02-31,P,3309,Boyolali\n\
         A5,198513032010012003,,Hendratmoko,,,,L,3309,Boyolali\n"
    );
    let (summary, _) = linked(&servants, &format!("{CANDIDATES}C1,WIRANEGARA,L,BOYOLALI,,,,\nC2,,L,BOYOLALI,,,,\n"));
    let said: Vec<(InputKind, u64, Remark)> =
        summary.remarks.iter().map(|(side, remarked)| (*side, remarked.line, remarked.remark)).collect();
    assert_eq!(
        said,
        [
            (InputKind::Candidates, 3, Remark::NoName),
            (InputKind::Servants, 2, Remark::DamagedNumber),
            (InputKind::Servants, 3, Remark::NoName),
            (InputKind::Servants, 4, Remark::OtherDate),
            (InputKind::Servants, 4, Remark::OtherSex),
            (InputKind::Servants, 5, Remark::ImpossibleDate),
            (InputKind::Servants, 6, Remark::ImpossibleNumber),
        ]
    );
    assert_eq!((summary.rejected(InputKind::Servants), summary.rejected(InputKind::Candidates)), (1, 1));
    assert_eq!(summary.count(InputKind::Servants, Remark::OtherDate), 1);
    assert_eq!(summary.servants, 4);
}

#[test]
fn unusable_lists_say_what_is_wrong_and_how_to_mend_it() {
    let good = format!("{SERVANTS}A1,,,Wiranegara,,,1980-07-01,L,3309,Boyolali\n");
    let complaint = |servants: &[u8], candidates: &[u8]| -> LinkError {
        link_bytes(servants, candidates, &settings(1, 3)).unwrap_err()
    };
    let good = good.as_bytes();
    let rows: [(LinkError, &str); 6] = [
        (complaint(good, b"a,b\n1,2\n"), "calon.csv: tidak ada kolom nama di antara 'a', 'b'; beri nama kolom 'nama'"),
        (complaint(good, b""), "calon.csv: tidak ada kolom nama"),
        (complaint(b"id,nama\n", b"id,nama\n1,Ali\n"), "asn.csv: tidak ada baris yang dapat dipakai (0 ditolak)"),
        (complaint(good, b"id,nama\n1,\n"), "calon.csv: tidak ada baris yang dapat dipakai (1 ditolak)"),
        (complaint(b"\xff\xfei\0d\0", good), "asn.csv: berkas ini berkode UTF-16"),
        (complaint(b"\xd0\xcf\x11\xe0\xa1", good), "asn.csv: buku kerja ini berformat lama"),
    ];
    for (error, expected) in rows {
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let mut with = settings(1, 3);
    with.columns = vec!["nik=Tidak Ada".parse::<Mapping>().unwrap()];
    let error = link_bytes(good, b"id,nama\n1,Ali\n", &with).unwrap_err();
    assert_eq!(error.to_string(), "kolom 'Tidak Ada' dari --columns tidak ada di kedua berkas; periksa judul kolomnya");
}

/// Guards: whatever stands in the rows, nothing stops the run and nobody is called sure without cause.
#[test]
fn garbage_does_not_stop_anything() {
    let mut dice = Dice::new(99);
    let mut servants = SERVANTS.as_bytes().to_vec();
    for n in 0..50_000u64 {
        match dice.below(6) {
            0 => servants.extend((0..dice.below(60)).map(|_| dice.roll().to_le_bytes()[0])),
            1 => servants.extend_from_slice(b",,,,,,,,,"),
            2 => servants.extend_from_slice(format!("A{n},,,A,,,,,,").as_bytes()),
            3 => servants.extend_from_slice(format!("A{n},\"198502032010012003,,B,,,,,,").as_bytes()),
            4 => servants.extend_from_slice(format!("A{n},198502032010012003,,Ali,,,,P,,").as_bytes()),
            _ => servants.extend_from_slice(b"\"\"\"\",'''',\x92\x93,\xc3\x28,;;;;"),
        }
        servants.push(b'\n');
    }
    let candidates = format!(
        "{CANDIDATES}C1,A,,,,,,\nC2,ALI,P,,,,,\nC3,B,,,,1985-02-03,,\nC4,.,,,,,,\nC5,\"\"\"\",,,,,,\nC6,ALI AKBAR,L,X,,,200,9\n"
    );
    let (summary, text) = link_bytes(&servants, candidates.as_bytes(), &settings(2, 3)).unwrap();
    assert!(summary.servants > 5_000, "{}", summary.servants);
    assert!(summary.rejected(InputKind::Servants) > 3_000, "{}", summary.rejected(InputKind::Servants));
    let sure: Vec<Row> = rows(&text).into_iter().filter(|row| row.class == "sure").collect();
    assert!(sure.is_empty(), "{sure:#?}");
}
