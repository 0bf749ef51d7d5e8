//! Why a pair was proposed, in words for the person who checks it.

use crate::assign::{Given, Scored};
use crate::compare::{AgeLevel, Agreement, BirthLevel, MarkLevel, NameLevel};
use crate::index::Candidate;
use crate::number::NikMatch;
use crate::pair::Told;
use crate::person::Job;
use crate::score::Near;

/// What stands between two reasons.
const BETWEEN: &str = "; ";

/// The reasons of a pair, the strongest first, and the version of the model. `other` is the candidate to whom the servant was
/// given instead, if it was.
pub(crate) fn reasons(scored: &Scored, candidate: &Candidate, other: Option<&Candidate>, version: &str) -> String {
    reasons_one_by_one(scored, candidate, other, version).join(BETWEEN)
}

/// The same one by one.
pub(crate) fn reasons_one_by_one(
    scored: &Scored,
    candidate: &Candidate,
    other: Option<&Candidate>,
    version: &str,
) -> Vec<String> {
    let evidence = &scored.pair.evidence;
    let mut list: Vec<String> = Vec::with_capacity(10);
    let mut say = |text: &str| {
        if !text.is_empty() {
            list.push(text.to_owned());
        }
    };
    say(number(evidence.nik, evidence.nip));
    say(name(evidence.name.level));
    say(&namesakes(scored, candidate));
    say(birth(evidence.birth));
    say(age(evidence.age));
    say(near(scored.weight.near));
    say(match evidence.place {
        Agreement::Same => "tempat lahir sama",
        Agreement::Different => "tempat lahir beda",
        Agreement::Unknown => "",
    });
    say(match evidence.sex {
        Agreement::Different => "jenis kelamin beda",
        Agreement::Same | Agreement::Unknown => "",
    });
    say(marks(evidence.degrees));
    if evidence.titles == MarkLevel::Other {
        say("gelar depan beda");
    }
    if candidate.person.job == Job::CivilService {
        say("pekerjaan calon tertulis ASN");
    }
    if scored.pair.has_other_birth == Told::Other {
        say("nomor ASN ini menunjukkan tanggal lahir lain daripada kolomnya");
    }
    if evidence.birth == BirthLevel::Unknown && evidence.age == AgeLevel::Unknown && !evidence.same_number() {
        say("tanpa tanggal lahir dan umur: nama dan wilayah saja tidak dapat memastikan");
    }
    if let (Given::ToOther(_), Some(other)) = (scored.given, other) {
        say(&format!("ASN ini lebih cocok dengan calon {}", other.id));
    }
    say(&format!("model {version}"));
    list
}

fn number(nik: NikMatch, nip: Agreement) -> &'static str {
    match (nik, nip) {
        (NikMatch::Same, Agreement::Same) => "NIK dan NIP sama",
        (NikMatch::Same, _) => "NIK sama",
        (_, Agreement::Same) => "NIP sama",
        (NikMatch::Agrees(2..), _) => "angka NIK yang terlihat cocok",
        (NikMatch::Differs, _) => "NIK beda",
        (NikMatch::Agrees(_) | NikMatch::Unknown, _) => "",
    }
}

fn name(level: NameLevel) -> &'static str {
    match level {
        NameLevel::Identical => "nama sama",
        NameLevel::Folded => "nama sama, ejaan atau urutannya lain",
        NameLevel::Initials => "nama cocok dengan singkatannya",
        NameLevel::Slips => "nama hampir sama, beda huruf",
        NameLevel::Fewer => "nama sama, satu sisi lebih panjang",
        NameLevel::OneOf => "nama satu kata cocok dengan sebagian nama lain",
        NameLevel::FewerSlips => "sebagian nama hampir sama",
        NameLevel::Shared => "hanya sebagian nama sama",
        NameLevel::Different => "nama beda",
    }
}

/// How many servants bear the servant's name.
fn namesakes(scored: &Scored, candidate: &Candidate) -> String {
    let whole = scored.weight.namesakes;
    match scored.weight.namesakes_here {
        Some(here) if scored.weight.near == Near::Same => match here {
            0 | 1 => format!("satu-satunya ASN bernama ini di {}", candidate.region),
            many => format!("{many} ASN bernama ini di {}", candidate.region),
        },
        Some(here) => format!("{here} ASN bernama ini di {}, {whole} di seluruh daftar", candidate.region),
        None => format!("{whole} ASN bernama ini di seluruh daftar"),
    }
}

fn birth(level: BirthLevel) -> &'static str {
    match level {
        BirthLevel::Unknown => "",
        BirthLevel::Equal => "tanggal lahir sama",
        BirthLevel::Turned => "tanggal lahir sama bila tanggal dan bulan ditukar",
        BirthLevel::YearOff => "tanggal dan bulan lahir sama, tahun beda satu angka",
        BirthLevel::SameMonth => "bulan dan tahun lahir sama, tanggal beda",
        BirthLevel::YearOffSameMonth => "bulan lahir sama, tahun beda satu",
        BirthLevel::OtherYear => "tanggal dan bulan lahir sama, tahun beda",
        BirthLevel::SameDay => "tanggal dan tahun lahir sama, bulan beda",
        BirthLevel::SameYear => "hanya tahun lahir sama",
        BirthLevel::Different => "tanggal lahir beda",
    }
}

fn age(level: AgeLevel) -> &'static str {
    match level {
        AgeLevel::Unknown => "",
        AgeLevel::Equal => "umur cocok",
        AgeLevel::OneOff => "umur beda satu",
        AgeLevel::Near => "umur beda sedikit",
        AgeLevel::Different => "umur beda",
    }
}

fn near(near: Near) -> &'static str {
    match near {
        Near::Unknown => "",
        Near::Same => "wilayah sama",
        Near::Province => "wilayah lain di provinsi yang sama",
        Near::Elsewhere => "wilayah lain",
    }
}

fn marks(level: MarkLevel) -> &'static str {
    match level {
        MarkLevel::Equal => "gelar sama",
        MarkLevel::Added => "gelar sama, calon punya tambahan",
        MarkLevel::Other => "gelar beda",
        MarkLevel::None | MarkLevel::LeftOut | MarkLevel::New => "",
    }
}
