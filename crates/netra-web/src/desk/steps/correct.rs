//! Correcting an earlier act: another moment, other words, or as if it had not been recorded.
//!
//! The content of any act can be corrected through its JSON: every text and date in it becomes a
//! question. What the law or the program gave (ids, digests, choices) is not offered.

use netra_docket::act::{Act, Corrected, CorrectedReading};
use netra_docket::entry::Entry;
use netra_docket::steps::StepKind;
use netra_law::time::short_moment;
use serde_json::Value;

use super::Scene;
use crate::desk::asker::{Asker, Choice, Need};

/// Asks which act, how it is to be read, and why.
pub fn correct(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let candidates: Vec<&Entry> = scene.entries.iter().filter(|e| !matches!(e.what, Act::Corrected(_))).collect();
    let options: Vec<Choice> = candidates
        .iter()
        .map(|e| {
            Choice::new(e.n.to_string(), format!("{}. {} ({})", e.n, StepKind::of(&e.what).done(), short_moment(e.at)))
        })
        .collect();
    let chosen = asker.choice("of", "Catatan yang dibetulkan", "", options, "", Need::Required("Pilih catatannya."));
    let modes = vec![
        Choice::new("moment", "Waktunya salah"),
        Choice::new("content", "Isinya salah"),
        Choice::new("void", "Seharusnya tidak dicatat"),
    ];
    let mode = asker.choice("reading", "Apa yang salah?", "", modes, "", Need::Required("Pilih apa yang salah."));
    let reason = asker.text(
        "reason",
        "Alasan pembetulan",
        "Catatan lama tetap terlihat.",
        "",
        Need::Required("Tulis alasannya."),
    );
    let entry = candidates.into_iter().find(|e| Some(e.n.to_string()) == chosen)?;
    let reading = match mode.as_deref() {
        Some("moment") => CorrectedReading::Moment { at: ask_moment(asker, entry)? },
        Some("content") => CorrectedReading::Act { act: Box::new(ask_content(asker, entry)?) },
        Some("void") => {
            if asker.is_reading() && entry.n == 1 {
                asker.problems.add("reading", "Catatan pembuka tidak dapat dibatalkan, hanya dibetulkan isinya.");
            }
            CorrectedReading::Void
        }
        _ => return None,
    };
    Some(Act::Corrected(Corrected { of: entry.id, reason: reason.into(), reading }))
}

fn ask_moment(asker: &mut Asker<'_>, entry: &Entry) -> Option<netra_law::time::Moment> {
    if first_asked(asker, "right_at") {
        asker.problems.add("right_at", "Isi waktu yang benar.");
    }
    asker.moment("right_at", "Waktu yang benar", "", Some(entry.at), Need::Required("Isi waktu yang benar."))
}

/// Whether the question appears now for the first time, since the answer before it has just been given.
fn first_asked(asker: &Asker<'_>, name: &str) -> bool {
    asker.sent().is_some_and(|form| !form.has(name))
}

fn ask_content(asker: &mut Asker<'_>, entry: &Entry) -> Option<Act> {
    let mut value = serde_json::to_value(&entry.what).ok()?;
    let mut leaves = Vec::new();
    collect(&value, String::new(), &mut leaves);
    asker.heading("Isi yang benar");
    if leaves.is_empty() {
        asker.problems.add("reading", "Catatan ini tidak punya isi yang dapat dibetulkan.");
        return None;
    }
    let fresh = leaves.first().is_some_and(|(path, _)| first_asked(asker, &format!("c{path}")));
    if fresh {
        asker.problems.add("reading", "Betulkan isinya di bawah, lalu kirim lagi.");
    }
    for (path, old) in leaves {
        let name = format!("c{path}");
        let answer = match (fresh, old.contains('\n') || old.chars().count() > 120) {
            (true, _) => {
                asker.show(&name, &label(&path), &old);
                old
            }
            (false, true) => asker.text(&name, &label(&path), "", &old, Need::Optional),
            (false, false) => asker.line(&name, &label(&path), "", &old, Need::Optional),
        };
        if let Some(slot) = value.pointer_mut(&path) {
            *slot = Value::String(answer);
        }
    }
    match serde_json::from_value::<Act>(value) {
        Ok(act) => Some(act),
        Err(_) => {
            asker.problems.add("reading", "Ada tanggal atau jam yang tidak terbaca. Tulis tanggal seperti 2024-01-19.");
            None
        }
    }
}

/// Keys whose values are given by the law or the program.
const GIVEN: [&str; 26] = [
    "act",
    "sha256",
    "size",
    "media_type",
    "no",
    "person",
    "persons_no",
    "capacity",
    "subject",
    "standing",
    "regime",
    "contest",
    "channel",
    "id",
    "part",
    "verdict",
    "outcome",
    "kinds",
    "types",
    "result",
    "mode",
    "oath",
    "forwarding",
    "of",
    "to",
    "commitment",
];

fn collect(value: &Value, path: String, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => leaves.push((path, text.clone())),
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| !GIVEN.contains(&key.as_str()) && *key != "sealed") {
                collect(inner, format!("{path}/{key}"), leaves);
            }
        }
        Value::Array(items) => {
            for (place, inner) in items.iter().enumerate() {
                collect(inner, format!("{path}/{place}"), leaves);
            }
        }
        _ => {}
    }
}

const LABELS: [(&str, &str); 30] = [
    ("account", "Uraian kejadian"),
    ("place", "Tempat"),
    ("happened", "Tanggal kejadian"),
    ("known", "Tanggal diketahui"),
    ("subject_line", "Pokok perkara"),
    ("name", "Nama"),
    ("occupation", "Jabatan"),
    ("agency", "Instansi"),
    ("address", "Alamat"),
    ("phone", "Telepon"),
    ("email", "Surel"),
    ("birth", "Tempat dan tanggal lahir"),
    ("sex", "Jenis kelamin"),
    ("citizenship", "Kewarganegaraan"),
    ("id_number", "NIP atau NIK"),
    ("reason", "Alasan"),
    ("note", "Catatan"),
    ("number", "Nomor"),
    ("letter", "Nomor surat"),
    ("session", "Waktu klarifikasi"),
    ("delivered", "Undangan sampai"),
    ("minutes", "Berita acara"),
    ("analysis", "Analisis"),
    ("articles", "Pasal"),
    ("title", "Judul"),
    ("text", "Isi"),
    ("posted", "Ditempel di"),
    ("copies", "Tembusan"),
    ("dated", "Tanggal surat"),
    ("description", "Keterangan bukti"),
];

fn label(path: &str) -> String {
    let key = path.rsplit('/').find(|k| *k != "private" && k.parse::<u32>().is_err()).unwrap_or(path);
    let words = LABELS.iter().find(|(k, _)| *k == key).map_or_else(|| key.replace('_', " "), |(_, l)| (*l).to_owned());
    let place = path.split('/').find_map(|part| part.parse::<u32>().ok());
    place.map_or(words.clone(), |n| format!("{words} ({})", n + 1))
}
