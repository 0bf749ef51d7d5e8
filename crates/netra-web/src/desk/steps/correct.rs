//! Correcting an earlier act: another moment, other words, or as if it had not been recorded.
//!
//! The content of any act can be corrected through its JSON: every text and date in it becomes a
//! question, with what is read there now as its answer. What the law or the program gave (ids,
//! digests, routes) is not offered. A correction begins where the last one ended.

use jiff::civil::Date;
use netra_docket::act::{Act, Corrected, CorrectedReading};
use netra_docket::entry::Entry;
use netra_docket::matter::{Matter, effective};
use netra_docket::steps::StepKind;
use netra_law::time::{Moment, short_moment};
use serde_json::Value;

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need, check_name};
use crate::policy::{self, Action};

/// An act as it is to be read now.
type Reading<'a> = (&'a Entry, &'a Act, Moment);

/// Asks which act, how it is to be read, and why.
pub fn correct(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let candidates = candidates(scene);
    let options: Vec<Choice> = candidates
        .iter()
        .map(|(e, what, at)| {
            Choice::new(e.n.to_string(), format!("{}. {} ({})", e.n, StepKind::of(what).done(), short_moment(*at)))
        })
        .collect();
    let hint = "Hanya catatan yang boleh Anda buat sendiri.";
    let chosen = asker.choice("of", "Catatan yang dibetulkan", hint, options, "", Need::Required("Pilih catatannya."));
    let modes = vec![
        Choice::new("moment", "Waktunya salah"),
        Choice::new("content", "Isinya salah"),
        Choice::new("void", "Seharusnya tidak dicatat"),
    ];
    let mode = asker.choice("reading", "Apa yang salah?", "", modes, "", Need::Required("Pilih apa yang salah."));
    let ask = Need::Required("Tulis alasannya.");
    let reason = asker.text("reason", "Alasan pembetulan", "Catatan lama tetap terlihat.", "", ask);
    let reading = candidates.into_iter().find(|(e, ..)| Some(e.n.to_string()) == chosen)?;
    let correction = match mode.as_deref() {
        Some("moment") => CorrectedReading::Moment { at: ask_moment(asker, scene, matter, reading)? },
        Some("content") => CorrectedReading::Act { act: Box::new(ask_content(asker, scene, reading)?) },
        Some("void") => {
            if asker.is_reading() && reading.0.n == 1 {
                asker.problems.add("reading", "Catatan pembuka tidak dapat dibatalkan, hanya dibetulkan isinya.");
            }
            CorrectedReading::Void
        }
        _ => return None,
    };
    Some(Act::Corrected(Corrected { of: reading.0.id, reason: reason.into(), reading: correction }))
}

/// The acts that the officer could have recorded; who may not take a step may not undo it either.
fn candidates<'a>(scene: &Scene<'a>) -> Vec<Reading<'a>> {
    let readings = effective(scene.entries).unwrap_or_default();
    let may = |what: &Act| policy::may(scene.role, Action::Take(StepKind::of(what)));
    // What another office recorded, only that office corrects.
    let own = |entry: &Entry| scene.entries.first().is_some_and(|first| first.office == entry.office);
    readings
        .into_iter()
        .filter(|(entry, what, _)| {
            own(entry) && !matches!(what, Act::Corrected(_)) && !what.is_irrevocable() && may(what)
        })
        .collect()
}

/// Whether these questions are asked now for the first time, for this act: the answer before has just been given.
fn asked_first(asker: &mut Asker<'_>, entry: &Entry) -> bool {
    let n = entry.n.to_string();
    let first = asker.sent().is_some_and(|form| form.get("questions_of") != n);
    asker.hidden("questions_of", &n);
    first
}

fn ask_moment(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter, reading: Reading<'_>) -> Option<Moment> {
    let (entry, _, now_read) = reading;
    if asked_first(asker, entry) {
        asker.problems.add("right_at", "Isi waktu yang benar.");
        asker.show_moment("right_at", "Waktu yang benar", now_read);
        return None;
    }
    let need = Need::Required("Isi waktu yang benar.");
    let at = asker.moment("right_at", "Waktu yang benar", "", Some(now_read), need)?;
    if !asker.is_reading() {
        return Some(at);
    }
    if at.instant() > scene.now.instant() {
        asker.problems.add("right_at", "Waktu ini belum tiba. Periksa tanggal dan jamnya.");
    }
    let opens = entry.n == 1;
    if opens && scene.law.pack_for(matter.regime, at.date()).is_err() {
        asker.problems.add("right_at", "Hukum untuk tanggal itu tidak ada dalam program. Periksa tahunnya.");
    }
    if !opens && at.instant().as_second() + 60 <= matter.opened.instant().as_second() {
        asker.problems.add("right_at", "Waktu ini lebih awal daripada awal perkara. Periksa tanggal dan jamnya.");
    }
    Some(at)
}

/// A text of an act: where it stands in its JSON, and what it says.
struct Leaf {
    path: String,
    key: String,
    text: String,
}

fn ask_content(asker: &mut Asker<'_>, scene: &Scene<'_>, reading: Reading<'_>) -> Option<Act> {
    let (entry, what, _) = reading;
    let mut value = serde_json::to_value(what).ok()?;
    offer_missing(&mut value);
    let mut leaves = Vec::new();
    collect(&value, String::new(), "", &mut leaves);
    asker.heading("Isi yang benar");
    if leaves.is_empty() {
        asker.problems.add("reading", "Catatan ini tidak punya isi yang dapat dibetulkan.");
        return None;
    }
    let first = asked_first(asker, entry);
    if first {
        asker.problems.add("reading", "Betulkan isinya di bawah, lalu kirim lagi.");
    }
    for leaf in leaves {
        let answer = if first { show(asker, scene, &leaf) } else { ask(asker, scene, &leaf) };
        if let Some(slot) = value.pointer_mut(&leaf.path) {
            *slot = Value::String(answer);
        }
    }
    drop_empty(&mut value);
    let act = serde_json::from_value::<Act>(value);
    if act.is_err() {
        asker.problems.add("reading", "Ada tanggal atau jam yang tidak terbaca. Periksa isian di bawah.");
    }
    act.ok()
}

/// Days that an act may lack and a correction may add.
const OPTIONAL_DAYS: [(&str, &[&str]); 2] = [("event", &["happened", "known"]), ("", &["employer_received"])];

fn offer_missing(value: &mut Value) {
    let is_recommendation = value.get("act").and_then(Value::as_str) == Some("recommendation-received");
    for (at, keys) in OPTIONAL_DAYS {
        let place = if at.is_empty() { is_recommendation.then_some(&mut *value) } else { value.get_mut(at) };
        if let Some(Value::Object(map)) = place {
            for key in keys {
                map.entry(*key).or_insert_with(|| Value::String(String::new()));
            }
        }
    }
    if let Some(persons) = value.get_mut("persons").and_then(Value::as_array_mut) {
        for person in persons.iter_mut().filter(|p| p.get("capacity").and_then(Value::as_str) == Some("reported")) {
            if let Some(map) = person.as_object_mut() {
                map.entry("subject").or_insert_with(|| Value::String(String::new()));
            }
        }
    }
}

/// What may be left empty is left out.
fn drop_empty(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let optional = |key: &str| is_day(key) || is_moment(key) || key == "subject";
            map.retain(|key, inner| !(optional(key) && inner.as_str() == Some("")));
            map.values_mut().for_each(drop_empty);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_empty),
        _ => {}
    }
}

fn is_day(key: &str) -> bool {
    matches!(key, "happened" | "known" | "dated" | "employer_received")
}

fn is_moment(key: &str) -> bool {
    matches!(key, "session" | "delivered")
}

/// Shows a question with its present answer; nothing is read yet.
fn show(asker: &mut Asker<'_>, scene: &Scene<'_>, leaf: &Leaf) -> String {
    let (name, label) = (leaf.name(), leaf.label());
    match leaf.text.parse::<Moment>() {
        Ok(moment) if is_moment(&leaf.key) => asker.show_moment(&name, &label, moment),
        _ if is_day(&leaf.key) => asker.show_date(&name, &label, &leaf.text),
        _ if leaf.key == "subject" => asker.show_choice(&name, &label, subjects(scene), &leaf.text),
        _ => asker.show(&name, &label, &leaf.text),
    }
    leaf.text.clone()
}

fn ask(asker: &mut Asker<'_>, scene: &Scene<'_>, leaf: &Leaf) -> String {
    let (name, label) = (leaf.name(), leaf.label());
    let must = if leaf.text.is_empty() { Need::Optional } else { Need::Required("Isi bagian ini.") };
    if is_day(&leaf.key) {
        let date = asker.date(&name, &label, "", leaf.text.parse().ok(), Need::Optional);
        parts::not_ahead(asker, scene, &name, date);
        return date.map(|d: Date| d.to_string()).unwrap_or_default();
    }
    if is_moment(&leaf.key) {
        let moment = asker.moment(&name, &label, "", leaf.text.parse().ok(), Need::Optional);
        return moment.map(|m| m.to_string()).unwrap_or_default();
    }
    if leaf.key == "subject" {
        return asker.choice(&name, &label, "", subjects(scene), &leaf.text, Need::Optional).unwrap_or_default();
    }
    let answer = match leaf.is_long() {
        true => asker.text(&name, &label, "", &leaf.text, must),
        false => asker.line(&name, &label, "", &leaf.text, must),
    };
    if leaf.key == "name" && asker.is_reading() && !answer.is_empty() {
        check_name(&name, &answer, &mut asker.problems);
    }
    answer
}

fn subjects(scene: &Scene<'_>) -> Vec<Choice> {
    scene.law.subjects().iter().map(|s| Choice::new(&s.id, &s.name)).collect()
}

/// Keys whose values are given by the law or the program.
const GIVEN: [&str; 34] = [
    "act",
    "sha256",
    "size",
    "media_type",
    "no",
    "person",
    "capacity",
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
    "kind",
    "authority",
    "to_office",
    "employer_office",
    "tracing_office",
    "activity",
    "delivery",
    "recipients",
    "who",
    "answer",
];

fn collect(value: &Value, path: String, key: &str, leaves: &mut Vec<Leaf>) {
    match value {
        Value::String(text) => leaves.push(Leaf { path, key: key.to_owned(), text: text.clone() }),
        Value::Object(map) => {
            for (inner_key, inner) in map.iter().filter(|(k, _)| !GIVEN.contains(&k.as_str()) && *k != "sealed") {
                let named = if inner_key == "private" { key } else { inner_key };
                collect(inner, format!("{path}/{inner_key}"), named, leaves);
            }
        }
        Value::Array(items) => {
            for (place, inner) in items.iter().enumerate() {
                collect(inner, format!("{path}/{place}"), key, leaves);
            }
        }
        _ => {}
    }
}

const LABELS: [(&str, &str); 33] = [
    ("account", "Uraian kejadian"),
    ("place", "Tempat"),
    ("happened", "Tanggal kejadian"),
    ("known", "Tanggal diketahui"),
    ("subject_line", "Pokok perkara"),
    ("subject", "Status kepegawaian"),
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
    ("employer_received", "Tanggal diterima PPK"),
    ("description", "Keterangan bukti"),
    ("audience", "Ditujukan kepada"),
];

impl Leaf {
    fn name(&self) -> String {
        format!("c{}", self.path)
    }

    fn is_long(&self) -> bool {
        self.text.contains('\n') || self.text.chars().count() > 120
    }

    fn label(&self) -> String {
        let known = LABELS.iter().find(|(k, _)| *k == self.key).map(|(_, l)| (*l).to_owned());
        let words = known.unwrap_or_else(|| self.key.replace('_', " "));
        match self.path.split('/').find_map(|part| part.parse::<u32>().ok()) {
            Some(place) => format!("{words} ({})", place + 1),
            None => words,
        }
    }
}
