//! Persons, exhibits, events and results, as several sheets show them.

use jiff::civil::Date;
use netra_docket::act::{Exhibit, Incident, PersonResult, Plenary};
use netra_docket::matter::{Answered, InvitationState};
use netra_docket::person::{Capacity, Identity, Person};
use netra_law::time::long_moment;

use crate::build::page::Page;
use crate::build::parts::{BY_HAND, NOTHING, SECRET, day, fields, given, maybe, opened, or_blank, size, table, text};
use crate::sheet::Block;

/// A part of somebody's identity, or that it is secret.
pub(crate) fn part(person: &Person, pick: fn(&Identity) -> &str) -> String {
    person.identity.open().map_or_else(|| SECRET.to_owned(), |identity| given(pick(identity)))
}

pub(crate) fn name(person: &Person) -> String {
    part(person, |i| i.name.as_str())
}

/// What kind of person somebody is, in words.
pub(crate) fn status(page: &Page<'_>, person: &Person) -> String {
    let id = person.subject.as_deref().unwrap_or_default();
    page.law.subject(id).map_or_else(|| given(id), |s| s.name.clone())
}

/// Name, post and agency in one line.
pub(crate) fn name_and_post(person: &Person) -> String {
    let Some(identity) = person.identity.open() else { return SECRET.to_owned() };
    let words = [&identity.name, &identity.occupation, &identity.agency];
    let said: Vec<&str> = words.into_iter().map(|w| w.trim()).filter(|w| !w.is_empty()).collect();
    given(&said.join(", "))
}

/// The names of the reported persons in one line.
pub(crate) fn reported_names(page: &Page<'_>) -> String {
    given(&page.matter.reported().map(name).collect::<Vec<_>>().join("; "))
}

pub(crate) fn of_capacity(persons: &[Person], capacity: Capacity) -> Vec<&Person> {
    persons.iter().filter(|p| p.capacity == capacity).collect()
}

/// The matter's reporter, if there is one.
pub(crate) fn reporter<'a>(page: &Page<'a>) -> Option<&'a Person> {
    page.matter.persons.iter().find(|p| p.capacity == Capacity::Reporter)
}

/// The reporter's name for a signature: a line where there is none.
pub(crate) fn reporter_name(page: &Page<'_>) -> String {
    reporter(page).map_or_else(|| BY_HAND.to_owned(), name)
}

/// Who brought it, as the receipts ask.
pub(crate) fn received_from(page: &Page<'_>) -> Block {
    let Some(person) = reporter(page) else { return text("Pelapor tidak disebut.") };
    fields([
        ("Nama", name(person)),
        ("Tempat/Tgl Lahir", part(person, |i| i.birth.as_str())),
        ("Alamat", part(person, |i| i.address.as_str())),
        ("No. Telp/HP", part(person, |i| i.phone.as_str())),
    ])
}

/// Reported persons with post, agency and status.
pub(crate) fn reported_table(page: &Page<'_>, persons: &[&Person]) -> Block {
    if persons.is_empty() {
        return text("Tidak disebut.");
    }
    let rows = numbered_rows(persons, |p| {
        [name(p), part(p, |i| i.occupation.as_str()), part(p, |i| i.agency.as_str()), status(page, p)]
    });
    let rows = rows.into_iter().map(|(n, [a, b, c, d])| [n, a, b, c, d]).collect();
    table(["No.", "Nama", "Jabatan", "Instansi", "Status"], rows)
}

/// Persons with the address and telephone that the report forms ask for.
pub(crate) fn contact_table(persons: &[&Person]) -> Block {
    if persons.is_empty() {
        return text("Tidak disebut.");
    }
    let rows = numbered_rows(persons, |p| [name(p), part(p, |i| i.address.as_str()), part(p, |i| i.phone.as_str())]);
    let rows = rows.into_iter().map(|(n, [a, b, c])| [n, a, b, c]).collect();
    table(["No.", "Nama", "Alamat", "No. Telp/HP"], rows)
}

fn numbered_rows<T, R>(items: &[T], row: impl Fn(&T) -> R) -> Vec<(String, R)> {
    items.iter().enumerate().map(|(n, item)| ((n + 1).to_string(), row(item))).collect()
}

/// Exhibits with what identifies their bytes.
pub(crate) fn exhibit_table(exhibits: &[Exhibit]) -> Block {
    if exhibits.is_empty() {
        return text("Tidak ada.");
    }
    let row = |e: &Exhibit| [e.no.to_string(), label(e), e.media_type.clone(), size(e.size), e.sha256.clone()];
    table(["No.", "Keterangan", "Jenis berkas", "Ukuran", "SHA-256"], exhibits.iter().map(row).collect())
}

/// What an exhibit shows and the name under which it came.
fn label(exhibit: &Exhibit) -> String {
    let Some(label) = exhibit.label.open() else { return SECRET.to_owned() };
    match (label.description.trim(), label.file_name.trim()) {
        ("", file) => given(file),
        (words, "") => words.to_owned(),
        (words, file) => format!("{words} ({file})"),
    }
}

/// The event as the report forms ask for it.
pub(crate) fn incident(subject_line: &str, event: Option<&Incident>, known: Option<Date>) -> Block {
    fields([
        ("a. Peristiwa", given(subject_line)),
        ("b. Tempat kejadian", maybe(event.map(|e| &e.place))),
        ("c. Hari dan tanggal kejadian", day(event.and_then(|e| e.happened))),
        ("d. Hari dan tanggal diketahui", day(known)),
    ])
}

/// The matter's account of the event.
pub(crate) fn account(page: &Page<'_>) -> Block {
    text(page.matter.event.as_ref().map_or_else(|| NOTHING.to_owned(), |e| opened(&e.account)))
}

/// A meeting of plenary: who was there and how they voted.
pub(crate) fn plenary_fields(page: &Page<'_>, plenary: &Plenary) -> Block {
    let quorum = match page.pack().and_then(|p| p.head.quorum.as_ref()) {
        Some(rule) => {
            let met = if rule.is_met(plenary.members, plenary.present) { "terpenuhi" } else { "tidak terpenuhi" };
            format!("{met}. {} ({})", rule.text, rule.basis.cite)
        }
        None => BY_HAND.to_owned(),
    };
    let voted = plenary.votes_for.saturating_add(plenary.votes_against);
    fields([
        ("Nomor berita acara", or_blank(&plenary.minutes)),
        ("Waktu rapat", long_moment(page.entry.at)),
        ("Kehadiran", format!("{} dari {} anggota", plenary.present, plenary.members)),
        ("Kuorum", quorum),
        ("Suara setuju", plenary.votes_for.to_string()),
        ("Suara tidak setuju", plenary.votes_against.to_string()),
        ("Tidak memberi suara", plenary.present.saturating_sub(voted).to_string()),
    ])
}

/// Results person by person, as proposed or decided.
pub(crate) fn result_table(page: &Page<'_>, results: &[&PersonResult]) -> Block {
    if results.is_empty() {
        return text("Tidak ada terlapor.");
    }
    let rows = numbered_rows(results, |r| {
        let who = page.matter.person(r.person);
        let who = who.map_or_else(|| page.who(r.person), name_and_post);
        let kinds = if r.kinds.is_empty() { "Bukan pelanggaran".to_owned() } else { page.kinds_text(&r.kinds) };
        [who, kinds, types_text(page, &r.types), given(&r.articles)]
    });
    let rows = rows.into_iter().map(|(n, [a, b, c, d])| [n, a, b, c, d]).collect();
    table(["No.", "Terlapor", "Jenis dugaan pelanggaran", "Bentuk", "Pasal"], rows)
}

/// Types of violation in words, one on each line.
fn types_text(page: &Page<'_>, ids: &[String]) -> String {
    let words = |id: &String| {
        let known = page.law.violations().iter().find(|v| v.id == *id);
        known.map_or_else(|| id.clone(), |v| format!("{id}: {}", v.text))
    };
    given(&ids.iter().map(words).collect::<Vec<_>>().join("\n"))
}

/// Who was invited and heard. The caller says what stands in the place of a name.
pub(crate) fn clarification_table(page: &Page<'_>, name_of: fn(&Person) -> String) -> Block {
    let mut rows = Vec::new();
    for person in &page.matter.persons {
        let invited = |i: &&InvitationState| i.what.person == person.no;
        let last = page.matter.invitations.iter().rev().find(invited);
        let state = match last.map(|i| i.answered) {
            _ if page.matter.clarified.contains(&person.no) => "diklarifikasi",
            Some(Answered::Held) => "diklarifikasi",
            Some(Answered::Missed) => "tidak hadir",
            Some(Answered::Open) => "diundang",
            None => continue,
        };
        let n = (rows.len() + 1).to_string();
        rows.push([n, name_of(person), person.capacity.indonesian().to_owned(), state.to_owned()]);
    }
    if rows.is_empty() {
        return text("Tidak ada klarifikasi.");
    }
    table(["No.", "Nama", "Kapasitas", "Klarifikasi"], rows)
}
