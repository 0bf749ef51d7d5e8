//! What leads propose for initial information: sentences in the program's own words, which name nobody, and the captured bytes as
//! exhibits.

use jiff::civil::Date;
use netra_docket::act::{Exhibit, ExhibitLabel};
use netra_docket::ids::ExhibitNo;
use netra_evidence::MediaType;
use netra_law::pack::Regime;
use netra_law::time::{long_date, long_moment};
use netra_store::Lead;
use netra_watch::{Record, Role, Stage};

use super::words;
use crate::desk::steps::{Proposed, Told};

/// Days that were read with less confidence are not proposed.
const SURE: f64 = 0.4;
/// Codes of cities begin here, those of regencies below.
const FIRST_CITY: u16 = 71;

/// What a lead proposes; whoever records it may change everything.
pub(super) fn proposed(lead: &Lead) -> Proposed {
    let record = &lead.record;
    let captured = lead.captured.date();
    Proposed {
        contest: contest(record),
        subject_line: subject_line(record),
        event: Told {
            account: account(lead),
            place: record.regions.first().map(|region| region.name.clone()).unwrap_or_default(),
            happened: happened(record).filter(|day| *day <= captured),
            known: Some(captured),
        },
    }
}

/// The election that the text is about: of a region's head, the one of that region.
fn contest(record: &Record) -> &'static str {
    let code = record.regions.first().map(|region| region.code.as_str());
    match (record.election, code) {
        (Some(Regime::Pemilu), _) => "pemilu-pl",
        (Some(Regime::Pilkada), Some(code)) => contest_in(code),
        _ => "",
    }
}

fn contest_in(code: &str) -> &'static str {
    let regency = code.split('.').nth(1).map(|part| part.parse::<u16>().unwrap_or_default());
    match regency {
        None => "pilkada-pg",
        Some(regency) if regency >= FIRST_CITY => "pilkada-pw",
        Some(_) => "pilkada-pb",
    }
}

fn subject_line(record: &Record) -> String {
    let who = words::who(record);
    let place = record.regions.first().map(|region| format!(" ({})", region.name)).unwrap_or_default();
    match record.acts.first() {
        Some(act) => format!("Dugaan pelanggaran netralitas oleh {who}: {}{place}", act.act),
        None => format!("Dugaan pelanggaran netralitas oleh {who} menurut berita{place}"),
    }
}

/// The likeliest day of the event.
fn happened(record: &Record) -> Option<Date> {
    let events = record.dates.iter().filter(|day| day.role == Role::Event && day.confidence > SURE);
    events.map(|day| day.date).min()
}

fn account(lead: &Lead) -> String {
    let record = &lead.record;
    let mut lines = Vec::new();
    let published = record.published.map(|day| format!(" yang terbit {}", long_date(day))).unwrap_or_default();
    let place = record.regions.first().map(|region| format!(" di {}", region.name)).unwrap_or_default();
    let who = words::who(record);
    match record.acts.first() {
        Some(act) => lines.push(format!("Berita{published} menyebut {who}{place} diduga {}.", act.act)),
        None => lines.push(format!("Berita{published} menyebut dugaan pelanggaran netralitas oleh {who}{place}.")),
    }
    if let Some(address) = &lead.address {
        lines.push(format!("Alamat berita: {address}"));
    }
    if let Some(act) = record.acts.first() {
        lines.push(format!("Kata dalam berita: {}.", act.words));
    }
    if record.stage > Stage::Prevention {
        lines.push(format!("Penanganan menurut berita: {}.", record.stage.indonesian()));
    }
    lines.push("Teks lengkap ada dalam bukti. Isinya belum diperiksa.".to_owned());
    lines.join("\n")
}

/// The bytes of leads as exhibits of a new matter: those of entries of one feed are one.
pub(super) fn exhibits(leads: &[&Lead]) -> Vec<Exhibit> {
    let mut list: Vec<Exhibit> = Vec::new();
    for lead in leads {
        if list.iter().any(|known| known.sha256 == lead.sha256) {
            continue;
        }
        let no = ExhibitNo(u16::try_from(list.len()).unwrap_or(u16::MAX).saturating_add(1));
        list.push(Exhibit {
            no,
            sha256: lead.sha256.clone(),
            size: lead.size,
            media_type: lead.media_type.clone(),
            label: label(lead, no).into(),
            source: None,
        });
    }
    list
}

fn label(lead: &Lead, no: ExhibitNo) -> ExhibitLabel {
    let from = lead.address.as_ref().map(|address| format!(" dari {address}")).unwrap_or_default();
    let entry = lead.entry.map(|entry| format!(", butir {entry} dari umpan")).unwrap_or_default();
    let captured = long_moment(lead.captured);
    ExhibitLabel {
        file_name: format!("berita-{}.{}", no.0, ending(&lead.media_type)),
        description: format!("Berita{from}{entry}, disimpan {captured}"),
        from: String::new(),
    }
}

fn ending(media_type: &str) -> &'static str {
    match media_type.parse::<MediaType>() {
        Ok(MediaType::Html) => "html",
        Ok(MediaType::Xml) => "xml",
        _ => "txt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_election_is_the_one_of_the_region() {
        for (code, expected) in
            [("64", "pilkada-pg"), ("64.71", "pilkada-pw"), ("64.09", "pilkada-pb"), ("64.71.01", "pilkada-pw")]
        {
            assert_eq!(contest_in(code), expected, "{code}");
        }
    }

    #[test]
    fn names_of_files_end_as_their_type() {
        for (media_type, expected) in
            [("text/html", "html"), ("application/xml", "xml"), ("text/plain", "txt"), ("x", "txt")]
        {
            assert_eq!(ending(media_type), expected, "{media_type}");
        }
    }
}
