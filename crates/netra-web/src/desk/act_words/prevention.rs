//! Prevention in short lines: what was done for whom, and what came back.

use netra_docket::act::{Addressee, Prevention, PreventionAnswered};
use netra_docket::matter::Matter;

use super::{counts, excerpt, listed, numbered, text};

/// How many names of a long list are told.
const NAMED: usize = 5;

/// A prevention activity.
pub(super) fn done(prevention: &Prevention) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", prevention.activity.indonesian(), prevention.subject_line)];
    if !prevention.audience.is_empty() {
        lines.push(format!("Kepada: {}", listed(prevention.audience.iter().cloned())));
    }
    if !prevention.recipients.is_empty() {
        let all: Vec<&Addressee> = prevention.recipients.iter().collect();
        lines.push(format!("Penerima dalam daftar kantor: {}", names(&all)));
    }
    lines.extend(prevention.delivery.map(|way| format!("Cara penyampaian: {}", way.indonesian())));
    lines.extend(prevention.attendance.map(|count| format!("Jumlah yang hadir: {count}")));
    lines.extend(numbered("Nomor surat", &prevention.letter));
    lines.push(excerpt(&prevention.text));
    lines.extend(counts(&[], &prevention.exhibits));
    lines
}

/// What came back from some of those to whom it was addressed.
pub(super) fn answered(matter: &Matter, answered: &PreventionAnswered) -> Vec<String> {
    let state = matter.prevention.iter().find(|state| state.act == answered.of);
    let addressed = state.map(|state| state.what.recipients.as_slice()).unwrap_or_default();
    let of: Vec<&Addressee> = addressed.iter().filter(|r| answered.who.contains(&r.id)).collect();
    let mut lines = vec![format!("{}: {}", answered.answer.indonesian(), names(&of))];
    lines.extend(state.map(|state| format!("Untuk kegiatan: {}", state.what.subject_line)));
    lines.extend(numbered("Nomor", &answered.number));
    lines.extend(answered.attendance.map(|count| format!("Jumlah yang hadir: {count}")));
    lines.extend(answered.note.as_ref().map(|note| text("Catatan", note)));
    lines
}

/// Names of the first few, and how many more there are.
fn names(recipients: &[&Addressee]) -> String {
    let named = || recipients.iter().take(NAMED).map(|r| r.name.clone());
    match recipients.len().saturating_sub(NAMED) {
        0 => listed(named()),
        more => format!("{}, dan {more} lainnya", named().collect::<Vec<_>>().join(", ")),
    }
}
