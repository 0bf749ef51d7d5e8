//! Pages of every kind that people bring.

use super::{Page, PageError, Source, pages, stamp};
use crate::Watch;
use netra_law::Law;

fn watch() -> Watch {
    Watch::embedded(&Law::embedded().expect("the shipped packs load")).expect("the shipped data load")
}

fn only(bytes: &[u8]) -> Page {
    let mut list = pages(bytes, watch().noise()).expect("a page");
    assert_eq!(list.len(), 1);
    list.remove(0)
}

fn told(page: &Page) -> Option<(String, Source)> {
    page.published.map(|p| (p.date.to_string(), p.source))
}

#[test]
fn days_in_addresses_and_data() {
    let table = [
        ("https://contoh.test/2023/11/27/camat-viral", Some("2023-11-27")),
        ("https://contoh.test/read/2023-11-27-camat", Some("2023-11-27")),
        ("https://contoh.test/berita/20231127103000-123/camat", Some("2023-11-27")),
        ("https://contoh.test/berita/123456/camat", None),
        ("https://contoh.test/2023/13/27/x", None),
    ];
    for (address, expected) in table {
        assert_eq!(stamp::in_address(address).map(|d| d.to_string()).as_deref(), expected, "{address}");
    }
    let table = [
        ("2023-11-27T10:15:00+07:00", Some("2023-11-27")),
        ("2023-11-27T18:30:00Z", Some("2023-11-28")),
        ("2023-11-27T16:30:00Z", Some("2023-11-27")),
        ("Mon, 27 Nov 2023 10:15:00 +0700", Some("2023-11-27")),
        ("Mon, 27 Nov 2023 20:15:00 +0000", Some("2023-11-28")),
        ("2023-11-27", Some("2023-11-27")),
        ("kemarin", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(stamp::in_data(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_web_page_loses_all_but_its_article() {
    let page = only(
        br#"<!DOCTYPE html><html><head><title>Camat hadiri kampanye di lapangan - Media Contoh</title>
<meta property="article:published_time" content="2024-10-05T08:00:00+08:00">
<script>var a = "<p>jangan dibaca</p>";</script></head><body class="home">
<nav><a href="/">Beranda</a> Politik</nav>
<div class="content"><h1>Camat hadiri kampanye</h1>
<p>Seorang camat di Kota Balikpapan hadir &amp; berjoget.</p>
<div class="baca-juga"><div>Lurah lain</div> di Samarinda</div>
<p>BACA JUGA: Kades di Paser dilaporkan</p>
<figcaption>Foto: istimewa</figcaption><p>Bawaslu menelusuri.<br>Selesai.</p></div>
<footer>Hak cipta</footer></body></html>"#,
    );
    assert_eq!(page.title, "Camat hadiri kampanye");
    assert_eq!(page.body, "Seorang camat di Kota Balikpapan hadir & berjoget.\nBawaslu menelusuri.\nSelesai.");
    assert_eq!(told(&page), Some(("2024-10-05".to_owned(), Source::Page)));
}

#[test]
fn broken_markup_is_read_all_the_same() {
    let page = only(b"<p>Camat <b>hadir<p>di x < y & z <div class='share'>Bagikan");
    assert_eq!(page.body, "Camat hadir\ndi x < y & z");
}

#[test]
fn plain_text_with_an_address_noise_and_cut_lines() {
    let page = only(
        "Lurah diduga tidak netral\nhttps://contoh.test/2024/10/07/lurah\n\nSeorang lurah di Kecamatan Balikpapan Selatan diduga\nmengajak warga memilih pasangan calon. Baca juga: Camat lain dilaporkan\n\nBaca Juga:\nKades Paser Dipanggil\n\nBawaslu menelusuri hal itu.\nEditor: Redaksi\nTags: asn, pilkada\n\nBerita Terkait\nSekda Samarinda dilaporkan\n"
            .as_bytes(),
    );
    assert_eq!(page.title, "Lurah diduga tidak netral");
    assert!(!page.body.contains("Camat lain"), "{}", page.body);
    assert!(!page.body.contains("Kades Paser"), "{}", page.body);
    assert!(!page.body.contains("Samarinda"), "{}", page.body);
    assert!(!page.body.contains("Redaksi"), "{}", page.body);
    assert!(page.body.contains("Bawaslu menelusuri hal itu."), "{}", page.body);
    assert_eq!(told(&page), Some(("2024-10-07".to_owned(), Source::Address)));
}

#[test]
fn a_sentence_that_begins_like_a_button_stays() {
    let page = only(b"Judul\n\nBagikan sembako kepada warga, seorang lurah dilaporkan ke Bawaslu.\n");
    assert_eq!(page.body, "Bagikan sembako kepada warga, seorang lurah dilaporkan ke Bawaslu.");
}

#[test]
fn feeds_of_both_kinds() {
    let rss = br#"<?xml version="1.0"?><rss><channel><title>Media</title>
<item><title><![CDATA[Camat dilaporkan]]></title><pubDate>Mon, 27 Nov 2023 10:15:00 +0700</pubDate>
<description>&lt;p&gt;Camat di Kota Balikpapan.&lt;/p&gt;</description></item>
<item><title>Lurah viral</title><link>https://contoh.test/2023/11/28/x</link><description>Isi</description></item>
</channel></rss>"#;
    let list = pages(rss, watch().noise()).expect("two entries");
    assert_eq!(list.iter().map(|p| p.title.as_str()).collect::<Vec<_>>(), ["Camat dilaporkan", "Lurah viral"]);
    assert_eq!(list[0].body, "Camat di Kota Balikpapan.");
    assert_eq!(told(&list[0]), Some(("2023-11-27".to_owned(), Source::Page)));
    assert_eq!(told(&list[1]), Some(("2023-11-28".to_owned(), Source::Address)));
    let atom = br#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Kades hadir</title>
<published>2024-10-01T01:00:00Z</published><content type="html">Isi &amp;amp; akhir</content></entry></feed>"#;
    let list = pages(atom, watch().noise()).expect("an entry");
    assert_eq!((list[0].title.as_str(), list[0].body.as_str()), ("Kades hadir", "Isi & akhir"));
}

#[test]
fn a_page_saved_in_one_file() {
    let saved = b"From: <Saved>\r\nSnapshot-Content-Location: https://contoh.test/2023/11/27/a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"----batas\"\r\n\r\n------batas\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h1>Camat hadir</h1><p>Isi =E2=80=93 be=\r\nrita</p></body></html>\r\n------batas--\r\n";
    let page = only(saved);
    assert_eq!((page.title.as_str(), page.body.as_str()), ("Camat hadir", "Isi – berita"));
    assert_eq!(told(&page), Some(("2023-11-27".to_owned(), Source::Address)));
}

#[test]
fn other_encodings() {
    assert_eq!(only(b"\xFF\xFEC\0a\0m\0a\0t\0").body, "Camat");
    assert_eq!(only(b"Kata \x93camat\x94 itu.").body, "Kata “camat” itu.");
    assert_eq!(only(b"\xEF\xBB\xBFCamat.").body, "Camat.");
}

#[test]
fn what_is_no_text_is_refused() {
    let table: [(&[u8], PageError); 4] = [
        (b"", PageError::Empty),
        (b"  \n ... \n", PageError::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PageError::NotText),
        (b"%PDF-1.4\n\x00\x01\x02\x03\x04\x05", PageError::NotText),
    ];
    for (bytes, expected) in table {
        assert_eq!(pages(bytes, watch().noise()), Err(expected), "{}", bytes.escape_ascii());
    }
}
