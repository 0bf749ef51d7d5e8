//! What people read about what files say: labels and warnings, the same on pages and on the command line.

use jiff::tz::Offset;
use netra_evidence::capture::{Completeness, DigestCheck, PageForm, ResourceState};
use netra_evidence::metadata::{Finding, NameOrigin, SoftwareKind, StatedTime, TimeRole};

/// A time with what is known of its zone.
pub fn time(time: StatedTime) -> String {
    match time {
        StatedTime::Instant { at, offset_minutes } => {
            let offset = offset_minutes.and_then(|minutes| Offset::from_seconds(minutes.saturating_mul(60)).ok());
            match offset {
                Some(offset) => format!("{} UTC{offset}", offset.to_datetime(at).to_string().replace('T', " ")),
                None => format!("{} UTC", Offset::UTC.to_datetime(at).to_string().replace('T', " ")),
            }
        }
        StatedTime::Local(clock) => format!("{} (zona waktu tidak dinyatakan)", clock.to_string().replace('T', " ")),
        StatedTime::Day(day) => day.to_string(),
    }
}

/// What a time is the time of.
pub fn role(role: TimeRole) -> &'static str {
    match role {
        TimeRole::Taken => "diambil",
        TimeRole::Digitized => "dipindai",
        TimeRole::Changed => "ditulis",
        TimeRole::Satellite => "waktu satelit",
        TimeRole::Recorded => "direkam",
        TimeRole::Created => "dibuat",
        TimeRole::Saved => "disimpan",
        TimeRole::Printed => "dicetak",
    }
}

/// What a program is made for, behind its name.
pub fn software(kind: SoftwareKind) -> &'static str {
    match kind {
        SoftwareKind::Editor => " (penyunting)",
        SoftwareKind::Encoder => " (pengolah ulang)",
        SoftwareKind::Other => "",
    }
}

/// Which program gave a file its name, and what the time in the name tells.
pub fn origin(origin: NameOrigin) -> &'static str {
    match origin {
        NameOrigin::WhatsAppAndroid => "WhatsApp Android: hari diterima atau disimpan, bukan hari dibuat",
        NameOrigin::WhatsAppIphone => "ekspor WhatsApp iPhone: waktu pesan",
        NameOrigin::WhatsAppComputer => "WhatsApp di komputer: waktu pesan",
        NameOrigin::Telegram => "Telegram: waktu pesan",
        NameOrigin::Camera => "kamera: waktu pengambilan",
        NameOrigin::Screenshot => "tangkapan layar: waktu pengambilan",
    }
}

/// What a person should look at, and what to do about it.
pub fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::MessengerStripsMetadata => {
            "nama berkas menunjukkan kiriman aplikasi pesan, yang menghapus data kamera; mintalah berkas asli dari \
             ponsel yang mengambilnya"
        }
        Finding::EditingSoftware => "program penyunting tercatat; tanyakan apa yang diubah dan mintalah berkas aslinya",
        Finding::Reencoded => "berkas ditulis ulang oleh pengolah video; mintalah berkas aslinya",
        Finding::AfterReport => {
            "waktu pembuatan setelah laporan: bukan kejadian yang dilaporkan, atau jam perangkat keliru"
        }
        Finding::MaybeAfterReport => "waktu pembuatan mungkin setelah laporan; tanyakan zona waktu perangkatnya",
        Finding::ChangedLater => "berkas ditulis lagi setelah dibuat; tanyakan apa yang diubah",
        Finding::Damaged => "keterangan di dalam berkas rusak atau terpotong; yang tampil hanya yang terbaca",
        Finding::Encrypted => "dokumen terkunci kata sandi; keterangannya tidak terbaca",
        Finding::TooLarge => "berkas terlalu besar untuk dibaca seluruh keterangannya",
    }
}

/// Whether a digest that a capture states is right.
pub fn digest(check: DigestCheck) -> &'static str {
    match check {
        DigestCheck::NotStated => "tanpa sidik",
        DigestCheck::Right => "sidik benar",
        DigestCheck::Wrong => "SIDIK SALAH",
        DigestCheck::NotChecked => "sidik tidak diperiksa",
    }
}

/// Whether a file of an archive is the one that its table of contents names.
pub fn resource(state: ResourceState) -> &'static str {
    match state {
        ResourceState::Right => "sidik benar",
        ResourceState::Wrong => "SIDIK SALAH",
        ResourceState::Missing => "TIDAK ADA",
        ResourceState::NotChecked => "sidik tidak diperiksa",
    }
}

/// What is wrong with a capture's end, if anything.
pub fn completeness(completeness: Completeness) -> Option<&'static str> {
    match completeness {
        Completeness::Whole => None,
        Completeness::CutOff => Some("tangkapan terpotong; daftar ini hanya sampai bagian yang ada"),
        Completeness::Malformed => Some("tangkapan rusak di tengah; daftar ini hanya sampai bagian yang terbaca"),
        Completeness::LimitReached => Some("tangkapan mengembang terlalu besar; daftar ini hanya sampai batas bacaan"),
    }
}

/// How a page was saved.
pub fn form(form: PageForm) -> &'static str {
    match form {
        PageForm::Html => "halaman HTML",
        PageForm::SingleFile => "halaman SingleFile",
        PageForm::Mhtml => "halaman MHTML",
    }
}
