//! What mails say. Everything that stands in one is a parameter here: there is no way for a name to come in.

use netra_law::time::long_moment;
use netra_store::{DeskRow, NoticeKind};

/// Where officers set how they are told.
const SETTINGS: &str = "/meja/pemberitahuan";

/// The subject of a mail about one event.
pub(super) fn subject(kind: NoticeKind) -> String {
    format!("Netra: {}", kind.indonesian())
}

/// A mail about one event. `base` is how officers reach this server; `line` is the matter as it lies on their desk.
pub(super) fn body(base: &str, kind: NoticeKind, line: Option<&DeskRow>) -> String {
    let about = match line {
        // Whoever reads a mailbox must not learn when somebody reported, or about what.
        _ if kind.is_of_reporter() => format!("Buka daftar perkara Anda: {base}/meja\n"),
        Some(line) => format!("{}\nBuka perkara ini: {base}/meja/perkara/{}\n", facts(line), line.matter),
        None => format!("Buka meja Anda: {base}/meja\n"),
    };
    format!("{}\n\n{about}{}", kind.sentence(), foot(base))
}

/// A mail about what was collected over a day: kinds, with the matters where they may be told.
pub(super) fn digest(base: &str, lines: &[(NoticeKind, Option<DeskRow>)]) -> String {
    let mut text = format!("{}\n\n", NoticeKind::Digest.sentence());
    for (kind, line) in lines {
        text.push_str(&format!("- {}", kind.indonesian()));
        if let Some(line) = line.as_ref().filter(|_| !kind.is_of_reporter()) {
            text.push_str(&format!(": perkara {}, {}", number(line), line.stage.indonesian()));
        }
        text.push('\n');
    }
    text.push_str(&format!("\nBuka meja Anda: {base}/meja\n{}", foot(base)));
    text
}

/// A mail about mails that were not sent.
pub(super) fn flood(base: &str, held_back: u64, per_hour: u32) -> String {
    format!(
        "Ada {held_back} pemberitahuan lagi yang tidak dikirim satu per satu, karena paling banyak {per_hour} surel dikirim \
         tiap jam. Semuanya tampil di meja Anda.\n\nBuka meja Anda: {base}/meja\n{}",
        foot(base)
    )
}

fn facts(line: &DeskRow) -> String {
    let mut text = format!("Perkara: {}\nTahap: {}\n", number(line), line.stage.indonesian());
    if let Some(next) = &line.next {
        text.push_str(&format!("Batas waktu terdekat: {}\n", long_moment(next.due)));
    }
    text
}

fn number(line: &DeskRow) -> &str {
    line.number.as_deref().unwrap_or("belum bernomor")
}

fn foot(base: &str) -> String {
    format!("\nSurel ini dibuat program dan tidak perlu dibalas. Atur pemberitahuan Anda: {base}{SETTINGS}\n")
}

#[cfg(test)]
mod tests {
    use netra_docket::clocks::NearestClock;
    use netra_docket::matter::{Origin, Stage};
    use netra_law::pack::Regime;

    use super::*;

    fn line(number: Option<&str>) -> DeskRow {
        DeskRow {
            matter: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap(),
            number: number.map(str::to_owned),
            subject_line: "Dugaan oleh Camat Rekaan".to_owned(),
            origin: Origin::Report,
            regime: Regime::Pemilu,
            stage: Stage::Handling,
            opened: "2024-01-19T10:00:00+08:00".parse().unwrap(),
            next: Some(NearestClock {
                clock: "HANDLING".to_owned(),
                due: "2024-01-26T23:59:59+08:00".parse().unwrap(),
                otherwise: Vec::new(),
            }),
            owner: Some("Petugas Rekaan".to_owned()),
        }
    }

    #[test]
    fn a_mail_names_number_stage_and_date_and_nobody() {
        let text = body("https://netra.example", NoticeKind::ClockTomorrow, Some(&line(Some("001/LP/PL/1/2024"))));
        for part in [
            "Perkara: 001/LP/PL/1/2024\nTahap: Penanganan\n",
            "Batas waktu terdekat: Jumat, 26 Januari 2024 pukul 23.59 WITA\n",
            "https://netra.example/meja/perkara/67e55044-10b1-426f-9247-bb680e5fe0c8\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("Rekaan"), "{text}");
        assert!(!digest("https://netra.example", &[(NoticeKind::Assigned, Some(line(None)))]).contains("Rekaan"));
    }

    /// U039: what the reporter did is told in the same words whatever it was about.
    #[test]
    fn u039_a_mail_about_the_reporter_has_the_same_bytes_for_every_matter() {
        for kind in NoticeKind::ALL.iter().copied().filter(|kind| kind.is_of_reporter()) {
            let texts = [None, Some(line(None)), Some(line(Some("001/LP/PL/1/2024")))]
                .map(|line| body("https://netra.example", kind, line.as_ref()));
            assert!(texts.iter().all(|text| *text == texts[0]), "{kind:?}");
            let [one, other] = [line(None), line(Some("001/LP/PL/1/2024"))]
                .map(|line| digest("https://netra.example", &[(kind, Some(line))]));
            assert_eq!(one, other);
        }
    }
}
