//! The printed log of an exhibit: what it is, how it came in, who touched it since.

use netra_docket::act::Exhibit;
use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::steps::StepKind;
use netra_law::time::{Moment, long_date, long_moment, short_moment};

use crate::build::parts::{BY_HAND, NOTHING, fields, given, heading, table, text};
use crate::build::tables::exhibit_table;
use crate::letterhead::Letterhead;
use crate::sheet::{Block, Foot, Layout, Sheet, Signer};

/// An entry of the log as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyLine {
    /// Its number.
    pub n: u32,
    /// When.
    pub at: Moment,
    /// What happened.
    pub what: String,
    /// By whom, as the reader may know it.
    pub by: String,
    /// What was typed by hand; empty if nothing was, or if it is not for this reader.
    pub note: String,
    /// The digest that chains it, hex.
    pub digest: String,
}

/// What the report is made from.
#[derive(Clone, Debug)]
pub struct CustodyReport<'a> {
    /// The matter.
    pub matter: &'a Matter,
    /// The exhibit.
    pub exhibit: &'a Exhibit,
    /// The entry of the docket with which it came in.
    pub came_in: Option<&'a Entry>,
    /// The log, oldest entry first.
    pub lines: Vec<CustodyLine>,
    /// The number of the first entry that does not hold.
    pub broken: Option<u32>,
    /// Who prints it.
    pub maker: String,
    /// When.
    pub made: Moment,
    /// On whose paper.
    pub letterhead: &'a Letterhead,
}

/// The log of an exhibit as minutes, without a number of their own.
#[doc(alias = "berita acara riwayat penguasaan")]
pub fn custody_report(report: &CustodyReport<'_>) -> Sheet {
    let zone = report.letterhead.seat.zone;
    let made = report.made.in_zone(zone);
    let day = long_date(made.date());
    let number = report.matter.number().filter(|number| !number.is_empty());
    Sheet {
        code: None,
        title: "Berita Acara Riwayat Penguasaan Barang Bukti".to_owned(),
        layout: Layout::Reconstructed,
        cite: String::new(),
        number: None,
        letterhead: Some(report.letterhead.clone()),
        blocks: blocks(report, number.unwrap_or(NOTHING)),
        place_and_date: match report.letterhead.town() {
            Some(town) => format!("{town}, {day}"),
            None => day,
        },
        signers: vec![
            Signer { role: "Yang membuat berita acara".to_owned(), name: report.maker.clone() },
            Signer { role: "Mengetahui".to_owned(), name: BY_HAND.to_owned() },
        ],
        foot: Foot {
            matter_number: number.map_or_else(|| report.matter.id.to_string(), str::to_owned),
            form_code: "tanpa kode formulir".to_owned(),
            recorded: long_moment(made),
        },
    }
}

fn blocks(report: &CustodyReport<'_>, number: &str) -> Vec<Block> {
    let exhibit = report.exhibit;
    let zone = report.letterhead.seat.zone;
    let from = exhibit.label.open().map(|label| label.from.as_str()).unwrap_or_default();
    let mut origin = vec![("Perkara", number.to_owned())];
    if let Some(entry) = report.came_in {
        origin.push(("Diterima", long_moment(entry.at.in_zone(zone))));
        origin.push(("Dengan tindakan", format!("nomor {}: {}", entry.n, StepKind::of(&entry.what).done())));
    }
    origin.push(("Diserahkan oleh", given(from)));
    if let Some(source) = &exhibit.source {
        origin.push(("Dibuat dari", format!("bukti nomor {} (SHA-256 {}): {}", source.no, source.sha256, source.how)));
    }
    let mut blocks = vec![
        fields(origin),
        heading("Barang bukti"),
        exhibit_table(std::slice::from_ref(exhibit)),
        heading("Riwayat sejak diterima"),
        entries(report),
    ];
    blocks.extend(state(report));
    blocks.push(text(
        "Setiap catatan memuat sidik (SHA-256) catatan sebelumnya, sehingga catatan yang diubah atau dihilangkan dari tengah \
         terlihat. Simpan lembar ini: sidik catatan terakhir membuktikan kelak bahwa riwayat tidak dipotong.",
    ));
    blocks
}

fn entries(report: &CustodyReport<'_>) -> Block {
    if report.lines.is_empty() {
        return text("Belum ada yang menyentuh bukti ini sejak diterima.");
    }
    let zone = report.letterhead.seat.zone;
    let row = |line: &CustodyLine| {
        let what = if line.note.is_empty() { line.what.clone() } else { format!("{}. {}", line.what, line.note) };
        [line.n.to_string(), short_moment(line.at.in_zone(zone)), what, line.by.clone(), line.digest.clone()]
    };
    table(["No.", "Waktu", "Peristiwa", "Oleh", "Sidik catatan"], report.lines.iter().map(row).collect())
}

/// Whether the chain holds.
fn state(report: &CustodyReport<'_>) -> Option<Block> {
    report.lines.last()?;
    Some(text(match report.broken {
        None => "Rantai catatan diperiksa saat lembar ini dibuat: utuh.".to_owned(),
        Some(n) => {
            format!(
                "PERHATIAN: rantai catatan tidak utuh mulai nomor {n}. Catatan itu berubah atau hilang di luar program."
            )
        }
    }))
}
