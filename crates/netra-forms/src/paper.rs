//! Sheets on paper: which official form an act's sheet has, and the sheet as a PDF from its template.
//!
//! A sheet's headings and labels are the names under which templates know its sections and fields:
//! `1. Identitas Pelapor` is `identitas_pelapor`, and its `a. Nama` is `identitas_pelapor.nama`. What stands before the
//! first heading is the section `pembuka`.

use netra_docket::act::Act;
use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::person::Capacity;
use netra_docket::steps::StepKind;
use netra_law::pack::FormOf;
use netra_law::time::Moment;
use netra_press::{
    Field, Foot, Form, Leaf, Letterhead, Meta, Paper, Part, Press, PressError, Qr, Scope, Section, Signer,
};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::sheet::{Block, Sheet, paragraphs};

/// The section of what stands before the first heading.
const OPENING: &str = "pembuka";

/// A form on paper.
pub struct Printed {
    /// A file name, without personal data.
    pub name: String,
    /// The PDF.
    pub bytes: Vec<u8>,
}

/// The form on which an act's whole sheet is printed; none where the catalogue has none for its day.
pub fn form_for<'p>(press: &'p Press, entry: &Entry, matter: &Matter) -> Option<&'p Form> {
    let variant = variant(entry, matter);
    press.catalogue().form_for(matter.regime.id(), StepKind::of(&entry.what).id(), variant.as_deref(), entry.at.date())
}

/// Whether a form prints this act, wholly or in part.
pub fn prints(press: &Press, form: &Form, entry: &Entry, matter: &Matter) -> bool {
    match form.scope {
        Scope::Whole => form_for(press, entry, matter) == Some(form),
        Scope::Extract => {
            form.step.as_deref() == Some(StepKind::of(&entry.what).id())
                && (form.variant.is_none() || form.variant == variant(entry, matter))
                && form.is_used_on(entry.at.date())
                && form.regimes.iter().any(|regime| regime == matter.regime.id())
        }
    }
}

/// The form that prints a part of an act beside the form of the whole: the letters of an appeal, an oath.
pub fn extract_for<'p>(press: &'p Press, entry: &Entry, matter: &Matter) -> Option<&'p Form> {
    let mut extracts = press.catalogue().forms.iter().filter(|form| form.scope == Scope::Extract);
    extracts.find(|form| prints(press, form, entry, matter))
}

/// Which of several forms of one step an act needs.
fn variant(entry: &Entry, matter: &Matter) -> Option<String> {
    match &entry.what {
        Act::Forwarded(sent) => Some(sent.kind.clone()),
        Act::Clarified(heard) => {
            let is_expert = matter.person(heard.person).is_some_and(|p| p.capacity == Capacity::Expert);
            Some(if is_expert { "oath-expert" } else { "oath" }.to_owned())
        }
        Act::PreventionRecorded(done) => Some(done.activity.id().to_owned()),
        Act::StatusAnnounced(_) => Some(
            match matter.form_of() {
                FormOf::Report => "report",
                FormOf::Finding => "finding",
            }
            .to_owned(),
        ),
        _ => None,
    }
}

/// Prints an act's sheet. Takes tens of milliseconds of computing.
///
/// # Errors
/// The sheet lacks what the form requires, or the press fails.
pub fn print(
    press: &Press,
    form: &Form,
    entry: &Entry,
    sheet: &Sheet,
    address: Option<&str>,
) -> Result<Printed, PressError> {
    let paper = paper(sheet, address.and_then(qr));
    let office = sheet.letterhead.as_ref().map(|head| head.office.clone()).unwrap_or_default();
    let meta = Meta { title: sheet.heading(), author: office, at: entry.recorded.instant() };
    let bytes = press.render(form, &paper, &meta)?;
    Ok(Printed { name: format!("{:04}-{}.pdf", entry.n, slug(&form.id).replace('_', "-")), bytes })
}

/// All sheets of a matter as one PDF with a table of contents, in their order.
///
/// # Errors
/// The press fails.
pub fn print_file(
    press: &Press,
    matter: &Matter,
    sheets: &[Sheet],
    office: &str,
    made: Moment,
) -> Result<Vec<u8>, PressError> {
    let leaf = |sheet: &Sheet| Leaf { title: sheet.title.clone(), code: sheet.code.clone(), paper: paper(sheet, None) };
    let leaves: Vec<Leaf> = sheets.iter().map(leaf).collect();
    let number = matter.number().filter(|n| !n.is_empty()).map_or_else(|| matter.id.to_string(), str::to_owned);
    let meta = Meta { title: format!("Berkas perkara {number}"), author: office.to_owned(), at: made.instant() };
    press.render_file(&number, &leaves, &meta)
}

/// The sheet under the names that templates know.
pub fn paper(sheet: &Sheet, qr: Option<Qr>) -> Paper {
    let letterhead =
        sheet.letterhead.as_ref().map(|head| Letterhead { office: head.headline(), address: head.address.clone() });
    let signers = sheet.signers.iter().map(|s| Signer { role: s.role.clone(), name: s.name.clone() }).collect();
    let notices: Vec<&str> = sheet.blocks.iter().filter_map(notice).collect();
    Paper {
        number: sheet.number.clone(),
        cite: sheet.cite.clone(),
        notice: (!notices.is_empty()).then(|| notices.join(" ")),
        letterhead,
        sections: sections(&sheet.blocks),
        place_and_date: sheet.place_and_date.clone(),
        signers,
        foot: Foot { matter: sheet.foot.matter_number.clone(), recorded: sheet.foot.recorded.clone() },
        qr,
    }
}

fn notice(block: &Block) -> Option<&str> {
    match block {
        Block::Notice(words) => Some(words),
        _ => None,
    }
}

/// The blocks under their headings. A name that comes again gets a number.
fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut list: Vec<Section> = Vec::new();
    for block in blocks {
        let part = match block {
            Block::Heading(words) => {
                list.push(Section { name: unused(&list, words), heading: words.clone(), parts: Vec::new() });
                continue;
            }
            Block::Notice(_) => continue,
            Block::Text(words) => Part::Text { paragraphs: paragraphs(words) },
            Block::Prose(words) => Part::Prose { paragraphs: paragraphs(words) },
            Block::List { ordered, items } => Part::List { ordered: *ordered, items: items.clone() },
            Block::Table { head, rows } => Part::Table { head: head.clone(), rows: rows.clone() },
            Block::Fields(items) => Part::Fields { items: items.iter().map(|(l, v)| field(l, v)).collect() },
        };
        match list.last_mut() {
            Some(section) => section.parts.push(part),
            None => {
                list.push(Section { name: OPENING.to_owned(), heading: String::new(), parts: vec![part] });
            }
        }
    }
    list
}

fn field(label: &str, value: &str) -> Field {
    Field { name: slug(label), label: label.to_owned(), value: value.to_owned() }
}

fn unused(list: &[Section], heading: &str) -> String {
    let name = slug(heading);
    let is_used = |name: &str| list.iter().any(|section| section.name == name);
    if !is_used(&name) {
        return name;
    }
    let numbered = (2..=list.len() + 2).map(|n| format!("{name}_{n}")).find(|name| !is_used(name));
    numbered.unwrap_or(name)
}

/// A label as a name: without its number and what stands in brackets, in lower case, words joined by `_`.
fn slug(label: &str) -> String {
    let plain = without_brackets(label);
    let plain = plain.strip_prefix("Bagian ").unwrap_or(&plain);
    let words = match plain.split_once(". ") {
        Some((number, words)) if is_number(number) => words,
        _ => plain,
    };
    let mut name = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// `1`, `IV`, `a`.
fn is_number(words: &str) -> bool {
    let all = |test: fn(char) -> bool| !words.is_empty() && words.chars().all(test);
    let is_letter = words.len() == 1 && all(|c| c.is_ascii_lowercase());
    is_letter || all(|c| c.is_ascii_digit()) || all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

/// The QR code of an address; none for one that is too long to be scanned.
fn qr(address: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    Some(Qr { text: address.to_owned(), svg: drawing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_names() {
        let table = [
            ("1. Identitas Pelapor", "identitas_pelapor"),
            ("IV. Informasi dugaan pelanggaran", "informasi_dugaan_pelanggaran"),
            ("a. Nama", "nama"),
            ("b. Tempat/Tgl Lahir", "tempat_tgl_lahir"),
            ("g. No. Telp/HP", "no_telp_hp"),
            ("No. Telp/HP", "no_telp_hp"),
            ("Kepada Yth.", "kepada_yth"),
            ("Undangan ke-", "undangan_ke"),
            ("Bagian I. Berita acara sumpah/janji (Formulir B.10)", "berita_acara_sumpah_janji"),
            ("Bukti", "bukti"),
            ("محمد", ""),
        ];
        for (label, name) in table {
            assert_eq!(slug(label), name, "{label}");
        }
    }

    #[test]
    fn sections_have_names_of_their_own() {
        let heading = |words: &str| Block::Heading(words.to_owned());
        let blocks = [
            Block::Notice("sudah dibetulkan".to_owned()),
            Block::Text("a\n\nb".to_owned()),
            heading("1. Bukti"),
            Block::Fields(vec![("a. Nama".to_owned(), "x".to_owned())]),
            heading("2. Bukti"),
        ];
        let found = sections(&blocks);
        let names: Vec<&str> = found.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["pembuka", "bukti", "bukti_2"]);
        let part = found.first().and_then(|s| s.parts.first());
        assert_eq!(part, Some(&Part::Text { paragraphs: vec!["a".to_owned(), "b".to_owned()] }));
    }

    #[test]
    fn a_code_is_drawn_for_what_can_be_scanned() {
        let code = qr("https://lapor.example.org/meja/perkara/1").unwrap();
        assert!(code.svg.contains("<svg"));
        assert!(qr(&"x".repeat(5_000)).is_none());
    }
}
