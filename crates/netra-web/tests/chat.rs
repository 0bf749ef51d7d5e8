//! Chat exports on the desk: reading, searching, taking files and messages out, comparing.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::io::{Cursor, Write as _};

use axum::http::header;
use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel};
use netra_docket::entry::Actor;
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_evidence::Digest;
use netra_store::{Docket, Privacy, Role, Scope};
use netra_web::random_uuid;

use fixtures::{EVIDENCE, bytes_as, csrf, forwarded, get_as, officer, post_as, record, report};
use support::{BALIKPAPAN, PENAJAM, TestApp};

const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";

const CHAT: &str = "30/12/23 20.10 - Retno menambahkan Eko\n\
                    30/12/23 20.15 - Retno: Besok apel di aula kecamatan\n\
                    30/12/23 20.16 - Eko: Siap, kaos dari Retno?\n\
                    30/12/23 20.17 - Retno: KAOS nomor <satu>, kaos untuk semua\n\
                    31/12/23 06.00 - +62 811-0000-1207: Selamat pagi semuanya\n";

/// A matter of Balikpapan with its report and these exhibits, from the second on.
async fn matter_with(test: &TestApp, exhibits: &[(&str, &str, &[u8])]) -> MatterId {
    let matter = report(test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let mut list = Vec::new();
    for ((name, media_type, bytes), no) in exhibits.iter().zip(2..) {
        let label = ExhibitLabel { file_name: (*name).to_owned(), ..ExhibitLabel::default() };
        list.push(Exhibit {
            no: ExhibitNo(no),
            sha256: test.app.store.put_blob(bytes).await.unwrap(),
            size: u64::try_from(bytes.len()).unwrap(),
            media_type: (*media_type).to_owned(),
            label: label.into(),
            source: None,
        });
    }
    let added = Act::ExhibitAdded(ExhibitAdded { exhibits: list });
    record(test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, vec![added]).await;
    matter
}

async fn with_chat(test: &TestApp) -> MatterId {
    matter_with(test, &[("WhatsApp Chat with Tim.txt", "text/plain", CHAT.as_bytes())]).await
}

async fn docket(test: &TestApp, matter: MatterId) -> Docket {
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    test.app.store.docket(&scope, matter).await.unwrap().unwrap()
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn members_are_numbered_until_somebody_asks_for_their_names() {
    let test = TestApp::new().await;
    let matter = with_chat(&test).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/perkara/{matter}/bukti/2/percakapan");
    get_as(&test, &session, &format!("/meja/perkara/{matter}")).await.says(200, &page);
    let masked = get_as(&test, &session, &page).await;
    for part in [
        "<p class=\"author\">Anggota 1</p>",
        "Siap, kaos dari [Anggota 1]?",
        "Ditambahkan ke grup: Anggota 2, oleh Anggota 1",
        "KAOS nomor &#60;satu&#62;",
        "Sabtu, 30 Desember 2023",
        "Tidak tercatat dalam ekspor",
        "bukan apa yang pernah dikirim",
    ] {
        masked.says(200, part);
    }
    for name in ["Retno", "Eko", "0000-1207"] {
        masked.hides(name);
    }
    let chosen = get_as(&test, &session, &format!("{page}?tampil=2&zona=WITA")).await;
    chosen.says(200, "<p class=\"author\">Eko</p>");
    chosen.says(200, "20.16 WITA");
    chosen.hides("Retno");
    let open = get_as(&test, &session, &format!("{page}?samarkan=tidak")).await;
    open.says(200, "<p class=\"author\">+62 811-0000-1207</p>");
    open.says(200, "Retno menambahkan Eko");
    open.says(200, "<dd>Tim</dd>");
}

/// The reporter may be a member: who must not know the reporter gets no names at all.
#[tokio::test]
async fn an_agency_that_received_a_matter_sees_no_names() {
    let test = TestApp::new().await;
    let matter = with_chat(&test).await;
    record(&test, matter, BALIKPAPAN, 2, FRIDAY_AT_TEN, Actor::System, forwarded()).await;
    let session = officer(&test, "kasn", "instansi", Role::Authority).await;
    let page = format!("/meja/perkara/{matter}/bukti/2/percakapan?samarkan=tidak&tampil=1");
    let masked = get_as(&test, &session, &page).await;
    masked.says(200, "<p class=\"author\">Anggota 1</p>");
    for hidden in ["Retno", "Tampilkan semua nama", "Kutip sebagai bukti"] {
        masked.hides(hidden);
    }
}

#[tokio::test]
async fn texts_are_found_whatever_their_capitals() {
    let test = TestApp::new().await;
    let matter = with_chat(&test).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/perkara/{matter}/bukti/2/percakapan");
    let found = get_as(&test, &session, &format!("{page}?cari=kAoS")).await;
    found.says(200, "<strong>3</strong> temuan dalam 2 pesan");
    found.says(200, "<mark>KAOS</mark> nomor");
    found.says(200, "hal=1#p-4");
    found.hides("Besok apel");
    get_as(&test, &session, &format!("{page}?cari=tidak+ada")).await.says(200, "Tidak ada pesan yang memuat teks itu");
}

#[tokio::test]
async fn long_chats_come_in_pages() {
    let test = TestApp::new().await;
    let text: String =
        (0..450).map(|n| format!("30/12/23 {:02}.{:02} - Eko: pesan ke-{n};\n", n / 60, n % 60)).collect();
    let matter = matter_with(&test, &[("ekspor.txt", "text/plain", text.as_bytes())]).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = |n: &str| format!("/meja/perkara/{matter}/bukti/2/percakapan?hal={n}");
    let first = get_as(&test, &session, &page("1")).await;
    first.says(200, "pesan ke-199;");
    first.says(200, "Halaman 1 dari 3");
    first.hides("pesan ke-200;");
    let last = get_as(&test, &session, &page("3")).await;
    last.says(200, "pesan ke-400;");
    last.says(200, "pesan ke-449;");
    last.hides("pesan ke-399;");
    last.hides("Halaman berikutnya");
    get_as(&test, &session, &page("4")).await.says(200, "Halaman ini tidak ada");
    get_as(&test, &session, &page("18446744073709551615")).await.says(200, "Halaman ini tidak ada");
}

#[tokio::test]
async fn files_of_an_archive_are_downloads_and_unsafe_ones_are_not_there() {
    let test = TestApp::new().await;
    let text = "30/12/23 20.15 - Retno: \u{200E}IMG-20231230-WA0001.jpg (file terlampir)\n\
                30/12/23 20.16 - Retno: \u{200E}IMG-20231230-WA0002.jpg (file terlampir)\n";
    let bytes = archive(&[
        ("WhatsApp Chat with Tim.txt", text.as_bytes()),
        ("IMG-20231230-WA0001.jpg", EVIDENCE),
        ("../IMG-20231230-WA0002.jpg", b"di luar"),
        ("kosong.pdf", b""),
        ("halaman.html", b"<script>alert(1)</script>"),
    ]);
    let matter = matter_with(&test, &[("ekspor.zip", "application/zip", bytes.as_slice())]).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let base = format!("/meja/perkara/{matter}/bukti/2");
    let page = get_as(&test, &session, &format!("{base}/percakapan")).await;
    page.says(200, &format!("<a href=\"{base}/isi/1\" download>Foto: IMG-20231230-WA0001.jpg</a>"));
    page.says(200, "tidak ada dalam arsip");
    page.says(200, "Isi arsip yang tidak dibuka (1)");

    let file = get_as(&test, &session, &format!("{base}/isi/1")).await;
    let exhibit = get_as(&test, &session, &base).await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"bukti-002-isi-00001.jpg\"");
    for name in ["content-type", "content-security-policy", "x-content-type-options", "cache-control"] {
        assert_eq!(file.headers[name], exhibit.headers[name], "{name}");
    }
    assert_eq!(bytes_as(&test, &session, &format!("{base}/isi/1")).await, EVIDENCE);
    assert!(bytes_as(&test, &session, &format!("{base}/isi/3")).await.is_empty());
    let active = get_as(&test, &session, &format!("{base}/isi/4")).await;
    assert_eq!(active.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"bukti-002-isi-00004.bin\"");
    for place in ["2", "5", "01", "-1", "x"] {
        assert_eq!(get_as(&test, &session, &format!("{base}/isi/{place}")).await.status, 404, "{place}");
    }
}

#[tokio::test]
async fn what_is_no_chat_is_said_to_be_none() {
    let test = TestApp::new().await;
    let exhibits: [(&str, &str, &[u8]); 2] =
        [("catatan.txt", "text/plain", b"Daftar hadir\n"), ("rusak.zip", "application/zip", b"PK\x03\x04 rusak")];
    let matter = matter_with(&test, &exhibits).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for (no, words) in [("1", "bukan ekspor percakapan"), ("2", "tidak terbaca"), ("3", "arsip ZIP tidak terbaca")] {
        get_as(&test, &session, &format!("/meja/perkara/{matter}/bukti/{no}/percakapan")).await.says(400, words);
    }
    let page = format!("/meja/perkara/{matter}/bukti/9/percakapan");
    assert_eq!(get_as(&test, &session, &page).await.status, 404);
}

#[tokio::test]
async fn another_offices_chat_is_answered_like_one_that_does_not_exist() {
    let test = TestApp::new().await;
    let matter = with_chat(&test).await;
    let stranger = officer(&test, PENAJAM, "jauh", Role::Handling).await;
    let unknown = MatterId::new(random_uuid());
    for tail in ["percakapan", "isi/0", "banding", "banding?dengan=1"] {
        let theirs = get_as(&test, &stranger, &format!("/meja/perkara/{matter}/bukti/2/{tail}")).await;
        let nobodys = get_as(&test, &stranger, &format!("/meja/perkara/{unknown}/bukti/2/{tail}")).await;
        assert_eq!((theirs.status.as_u16(), theirs.body), (404, nobodys.body), "{tail}");
    }
    let token = csrf(&get_as(&test, &stranger, "/meja").await);
    let fields = [("csrf", token.as_str()), ("expected", "2"), ("dari", "1"), ("sampai", "1"), ("konteks", "0")];
    let answer = post_as(&test, &stranger, &format!("/meja/perkara/{matter}/bukti/2/kutipan"), &fields).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn messages_become_an_exhibit_that_says_where_they_come_from() {
    let test = TestApp::new().await;
    let matter = with_chat(&test).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let token = csrf(&get_as(&test, &session, "/meja").await);
    let path = format!("/meja/perkara/{matter}/bukti/2/kutipan");
    let send = async |changed: &[(&str, &str)]| {
        let mut fields = vec![
            ("csrf", token.as_str()),
            ("expected", "2"),
            ("dari", "4"),
            ("sampai", "4"),
            ("konteks", "1"),
            ("zona", "WITA"),
        ];
        for (name, value) in changed {
            fields.retain(|(known, _)| known != name);
            fields.push((*name, *value));
        }
        post_as(&test, &session, &path, &fields).await
    };
    send(&[("csrf", "0")]).await.says(403, "Formulir kedaluwarsa");
    send(&[("expected", "1")]).await.says(409, "Perkara sudah berubah");
    send(&[("dari", "5")]).await.says(400, "Tukar keduanya");
    send(&[("sampai", "6")]).await.says(400, "hanya berisi 5 pesan");
    assert_eq!(send(&[]).await.location(), format!("/meja/perkara/{matter}#bukti"));
    send(&[]).await.says(409, "Perkara sudah berubah");

    let docket = docket(&test, matter).await;
    assert_eq!(docket.entries.len(), 3, "sent twice, it is recorded once");
    let exhibit = docket.matter.exhibit(ExhibitNo(3)).unwrap();
    let copied = exhibit.source.as_ref().unwrap();
    assert_eq!((copied.no, copied.sha256.as_str()), (ExhibitNo(2), Digest::of(CHAT.as_bytes()).to_string().as_str()));
    let source = copied.extract.as_ref().unwrap();
    assert_eq!((source.first, source.last, source.context), (4, 4, 1));
    let (start, end) = (usize::try_from(source.from_byte).unwrap(), usize::try_from(source.to_byte).unwrap());
    assert!(CHAT[start..end].starts_with("30/12/23 20.16 - Eko"), "{}", &CHAT[start..end]);
    assert!(CHAT[start..end].ends_with("Selamat pagi semuanya"), "{}", &CHAT[start..end]);
    assert_eq!((source.date_order.as_str(), source.date_order_basis.as_str()), ("dmy", "value-over-12"));
    let text = String::from_utf8(test.app.store.get_blob(&exhibit.sha256).await.unwrap()).unwrap();
    for part in [
        "bukti nomor 2, WhatsApp Chat with Tim.txt",
        copied.sha256.as_str(),
        "> #4 30 Des 2023 20.17 WITA  Anggota 1: KAOS nomor <satu>",
        "  #3 30 Des 2023 20.16 WITA  Anggota 2: Siap, kaos dari [Anggota 1]?",
        "ada angka di atas 12",
        "bukan apa yang pernah dikirim",
        source.tool.as_str(),
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("Retno") && !text.contains("#2 "), "{text}");
    let page = get_as(&test, &session, &format!("/meja/perkara/{matter}")).await;
    page.says(200, "Kutipan dari bukti nomor 2, pesan 4 sampai 4.");
    page.hides("bukti/3/percakapan");

    let plenary = officer(&test, BALIKPAPAN, "pleno", Role::Plenary).await;
    let token = csrf(&get_as(&test, &plenary, "/meja").await);
    assert_eq!(post_as(&test, &plenary, &path, &[("csrf", token.as_str())]).await.status, 403);
}

#[tokio::test]
async fn dates_in_doubt_are_shown_twice_and_not_copied_out() {
    let test = TestApp::new().await;
    let text = b"01/02/24 08.00 - Retno: Apel\n05/02/24 09.15 - Eko: Rapat\n";
    let matter = matter_with(&test, &[("ekspor.txt", "text/plain", text)]).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/perkara/{matter}/bukti/2/percakapan");
    let doubtful = get_as(&test, &session, &page).await;
    doubtful.says(200, "tanggal/bulan/tahun: Kamis, 1 Februari 2024");
    doubtful.says(200, "bulan/tanggal/tahun: Selasa, 2 Januari 2024");
    doubtful.says(200, "Kamis, 1 Februari 2024, atau Selasa, 2 Januari 2024");
    doubtful.hides("--date-order");
    let decided = get_as(&test, &session, &format!("{page}?urutan=mdy")).await;
    decided.says(200, "ditentukan oleh pemeriksa");
    decided.hides("Februari");
    let token = csrf(&decided);
    let path = format!("/meja/perkara/{matter}/bukti/2/kutipan");
    let mut fields =
        vec![("csrf", token.as_str()), ("expected", "2"), ("dari", "1"), ("sampai", "2"), ("konteks", "0")];
    post_as(&test, &session, &path, &fields).await.says(400, "belum ditentukan");
    fields.push(("urutan", "mdy"));
    assert_eq!(post_as(&test, &session, &path, &fields).await.location(), format!("/meja/perkara/{matter}#bukti"));
    let docket = docket(&test, matter).await;
    let source = docket.matter.exhibit(ExhibitNo(3)).unwrap().source.clone().unwrap().extract.unwrap();
    assert_eq!((source.date_order.as_str(), source.date_order_basis.as_str()), ("mdy", "given"));
    let proven = matter_with(&test, &[("ekspor.txt", "text/plain", CHAT.as_bytes())]).await;
    let impossible = format!("/meja/perkara/{proven}/bukti/2/percakapan?urutan=mdy");
    get_as(&test, &session, &impossible).await.says(400, "pilih urutan lain");
}

#[tokio::test]
async fn two_members_exports_are_compared() {
    let test = TestApp::new().await;
    let other = CHAT.replace("nomor <satu>", "nomor dua").replace("Retno: ", "Bu Retno: ");
    let exhibits: [(&str, &str, &[u8]); 3] = [
        ("satu.txt", "text/plain", CHAT.as_bytes()),
        ("dua.txt", "text/plain", other.as_bytes()),
        ("foto.jpg", "image/jpeg", EVIDENCE),
    ];
    let matter = matter_with(&test, &exhibits).await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/perkara/{matter}/bukti/2/banding");
    let asked = get_as(&test, &session, &page).await;
    asked.says(200, "Bukti nomor 3 dua.txt");
    asked.hides("Bukti nomor 4");
    let found = get_as(&test, &session, &format!("{page}?dengan=3")).await;
    found.says(200, "<strong>3</strong> sama");
    found.says(200, "<strong>1</strong> isinya berbeda");
    found.says(200, "KAOS nomor &#60;satu&#62;");
    found.says(200, "KAOS nomor dua");
    found.hides("Retno");
    get_as(&test, &session, &format!("{page}?dengan=3&samarkan=tidak")).await.says(200, "Bukti nomor 3: Bu Retno");
    for no in ["1", "2", "4", "9", "x"] {
        assert_eq!(get_as(&test, &session, &format!("{page}?dengan={no}")).await.status, 404, "{no}");
    }
}
