//! What a lead says, in words without names.

use netra_law::Law;
use netra_law::time::{short_date, short_moment};
use netra_store::{Lead, LeadKind, LeadRelation, LeadState};
use netra_watch::Record;

/// Of what kind a text is, or who is said to have done what.
pub(super) fn heading(record: &Record) -> String {
    match (record.about_asn_neutrality, record.case, record.acts.first()) {
        (false, ..) => "Bukan soal netralitas".to_owned(),
        (true, false, _) => "Soal netralitas, bukan perkara tertentu".to_owned(),
        (true, true, None) => format!("{}: perbuatan belum jelas", who(record)),
        (true, true, Some(act)) => format!("{}: {}", who(record), act.act),
    }
}

/// The post of whom the text is about.
pub(super) fn who(record: &Record) -> &str {
    record.positions.first().map_or("ASN", |position| position.name.as_str())
}

/// The region that the text is about.
pub(super) fn region(record: &Record) -> &str {
    record.regions.first().map_or("Wilayah tidak disebut", |region| region.name.as_str())
}

/// When it was published, and who says so.
pub(super) fn published(record: &Record) -> String {
    let by = record.published_by.map(|source| source.indonesian());
    match (record.published, by) {
        (Some(date), Some(by)) => format!("{} ({by})", short_date(date)),
        (Some(date), None) => short_date(date),
        (None, _) => "tidak diketahui".to_owned(),
    }
}

/// A score as people read it.
pub(super) fn score(record: &Record) -> String {
    format!("{:.2}", record.score).replace('.', ",")
}

/// The look of a score's badge.
pub(super) fn score_class(record: &Record) -> &'static str {
    match (record.about_asn_neutrality, record.case) {
        (true, true) => "accent",
        _ => "",
    }
}

/// When a lead came in.
pub(super) fn captured(lead: &Lead) -> String {
    short_moment(lead.captured)
}

/// How it is related to an earlier one.
pub(super) fn relation(lead: &Lead) -> &'static str {
    match lead.relation {
        LeadRelation::First => "",
        LeadRelation::Duplicate(_) => "Teks yang sama dengan berita lain",
        LeadRelation::FollowUp(_) => "Mungkin lanjutan berita lain",
    }
}

/// A type of violation with its text in the law.
pub(super) fn violation(law: &Law, id: &str) -> String {
    let known = law.violations().iter().find(|violation| violation.id == id);
    known.map_or_else(|| id.to_owned(), |violation| format!("{id}: {}", violation.text))
}

/// A state of the list.
pub(super) fn kind(kind: LeadKind) -> &'static str {
    match kind {
        LeadKind::New => "Baru",
        LeadKind::Aside => "Disisihkan",
        LeadKind::Opened => "Sudah menjadi perkara",
    }
}

/// What has become of a lead.
pub(super) fn state(lead: &Lead) -> String {
    match &lead.state {
        LeadState::Aside { reason } => format!("Disisihkan: {reason}"),
        other => kind(other.kind()).to_owned(),
    }
}
