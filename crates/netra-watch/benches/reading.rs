//! How many articles are read in a second, and how long a large heap of them takes to be grouped.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use divan::{Bencher, black_box, counter::ItemsCount};
use netra_law::Law;
use netra_watch::{Member, Page, Watch, group};

fn main() {
    divan::main();
}

const TITLE: &str = "Camat di Balikpapan diduga kampanyekan paslon, Bawaslu telusuri";

/// An article of some 300 words, as local papers write them.
fn body(n: usize) -> String {
    let paragraph = "BALIKPAPAN – Seorang camat di Kota Balikpapan, Kalimantan Timur, diduga tidak netral setelah fotonya bersama \
        calon wali kota nomor urut satu beredar di Instagram. Dalam foto itu ia mengacungkan satu jari dan mengenakan kaus \
        bergambar pasangan calon. Ketua Bawaslu Kota Balikpapan mengatakan pihaknya masih menelusuri unggahan tersebut dan \
        mengumpulkan bukti, Senin (7/10/2024). Jika terbukti, kasus itu akan diteruskan ke BKN. Warga yang melihat unggahan \
        itu sudah menyampaikan laporan kepada Panwaslu Kecamatan Balikpapan Selatan pada 5 Oktober 2024.\n";
    let middle =
        format!("Petugas nomor {n} dari kelompok {} mencatat {} keterangan warga pada hari itu.\n", n * 7, n * 13);
    [paragraph, middle.as_str(), paragraph, paragraph].concat()
}

#[divan::bench]
fn read_an_article(bencher: Bencher) {
    let watch = Watch::embedded(&Law::embedded().unwrap()).unwrap();
    let page = Page { title: TITLE.to_owned(), body: body(1), published: None };
    bencher.counter(ItemsCount::new(1_usize)).bench(|| watch.read(black_box(&page)));
}

#[divan::bench]
fn load_the_data(bencher: Bencher) {
    let law = Law::embedded().unwrap();
    bencher.bench(|| Watch::embedded(black_box(&law)).unwrap());
}

/// A heap of different members: reading so many texts would be another measure.
#[divan::bench(args = [1_000, 100_000], sample_count = 3)]
fn group_articles(bencher: Bencher, count: usize) {
    let watch = Watch::embedded(&Law::embedded().unwrap()).unwrap();
    let members: Vec<Member> = (0..count)
        .map(|n| {
            let text = format!("{} {} {} {}", n, n * 31, n * 17, body(n).split('\n').nth(1).unwrap_or(""));
            let page = Page { title: String::new(), body: text, published: None };
            Member {
                fingerprint: watch.read(&page).fingerprint,
                region: Some(format!("64.{}", n % 90)),
                subjects: vec!["camat".to_owned()],
                acts: vec!["DIS-07".to_owned()],
                published: None,
                case: n.is_multiple_of(3),
            }
        })
        .collect();
    bencher.counter(ItemsCount::new(count)).bench(|| group(black_box(&members)));
}
