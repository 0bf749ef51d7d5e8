//! Clarification: the invitation, oath and minutes, absence.

use netra_docket::act::{AbsenceRecorded, Clarified, Invitation, Oath, SessionMode};
use netra_docket::ids::PersonNo;
use netra_docket::matter::InvitationState;
use netra_docket::person::{Capacity, Person};
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{
    BY_HAND, NOTHING, fields, given, heading, maybe, moment_or_blank, numbered, opened, or_blank, prose, table, text,
    time_of_day,
};
use crate::build::tables::{name, part};
use crate::sheet::Block;

/// Form B.9.
pub(super) fn invitation(page: &Page<'_>, act: &Invitation) -> Body {
    let person = page.matter.person(act.person);
    let before = invitations(page, act.person).filter(|i| i.at < page.entry.at && i.what != *act).count();
    let mut blocks = vec![
        prose("Kepada Yth."),
        fields([
            ("Nama", page.who(act.person)),
            ("Pekerjaan atau jabatan", of(person, |p| part(p, |i| i.occupation.as_str()))),
            ("Alamat", of(person, |p| part(p, |i| i.address.as_str()))),
            ("Diundang sebagai", of(person, |p| p.capacity.indonesian().to_owned())),
        ]),
        prose("Kami mengundang Saudara untuk memberi klarifikasi dalam perkara berikut."),
        fields([
            ("Perkara", page.matter_number()),
            ("Perihal", given(&page.matter.subject_line)),
            ("Undangan ke-", (before + 1).to_string()),
            ("Hari dan tanggal", long_date(act.session.date())),
            ("Pukul", time_of_day(act.session)),
            ("Tempat atau tautan", given(&act.place)),
            ("Cara", act.mode.indonesian().to_owned()),
            ("Bertemu dengan", BY_HAND.to_owned()),
            ("Undangan disampaikan", moment_or_blank(act.delivered)),
        ]),
        prose("Mohon membawa kartu identitas dan bukti yang berkaitan dengan perkara ini."),
    ];
    if act.mode == SessionMode::Online {
        blocks.push(prose("Klarifikasi dilakukan daring. Gambar dan suaranya direkam."));
    }
    Body::new(blocks).numbered(act.letter.clone()).signed("Ketua", BY_HAND)
}

/// Oath or promise first, then the minutes: one session, one sheet.
pub(super) fn clarification(page: &Page<'_>, act: &Clarified) -> Body {
    let person = page.matter.person(act.person);
    let who = page.who(act.person);
    let held = invitations(page, act.person).filter(|i| i.at <= page.entry.at).last();
    let mut blocks = vec![oath_heading(page, person), identity(page, act.person)];
    blocks.extend(oath(&who, act.oath));
    blocks.extend([
        heading("Bagian II. Berita acara klarifikasi"),
        fields([
            ("Perkara", page.matter_number()),
            ("Perihal", given(&page.matter.subject_line)),
            ("Hari dan tanggal", long_date(page.entry.at.date())),
            ("Pukul", time_of_day(page.entry.at)),
            ("Tempat", held.map_or_else(|| BY_HAND.to_owned(), |i| or_blank(&i.what.place))),
            ("Cara", act.mode.indonesian().to_owned()),
            ("Petugas klarifikasi", BY_HAND.to_owned()),
            ("Selesai pukul", BY_HAND.to_owned()),
        ]),
        heading("Tanya jawab"),
        questions(&opened(&act.minutes)),
        prose(
            "Berita acara ini dibacakan kembali kepada yang diklarifikasi, dibenarkan, dan \
             ditandatangani.",
        ),
    ]);
    let role = of(person, |p| p.capacity.indonesian().to_owned());
    Body::new(blocks).signed(&role, who).signed("Petugas klarifikasi", BY_HAND)
}

/// The heading of the oath part. Its form code is printed once a pack names it, under the steps
/// `oath` and `oath-expert`.
fn oath_heading(page: &Page<'_>, person: Option<&Person>) -> Block {
    let is_expert = person.is_some_and(|p| p.capacity == Capacity::Expert);
    let (step, title) = if is_expert {
        ("oath-expert", "Berita acara sumpah/janji ahli")
    } else {
        ("oath", "Berita acara sumpah/janji")
    };
    let rule = page.rule(step);
    let title = rule.and_then(|r| r.form_title.as_deref()).unwrap_or(title);
    match rule.and_then(|r| r.form.as_deref()) {
        Some(code) => Block::Heading(format!("Bagian I. {title} (Formulir {code})")),
        None => Block::Heading(format!("Bagian I. {title}")),
    }
}

fn identity(page: &Page<'_>, no: PersonNo) -> Block {
    let Some(person) = page.matter.person(no) else {
        return fields([("Nama", page.who(no))]);
    };
    fields([
        ("Nama", name(person)),
        ("Tempat/Tgl Lahir", part(person, |i| i.birth.as_str())),
        ("Pekerjaan", part(person, |i| i.occupation.as_str())),
        ("Alamat", part(person, |i| i.address.as_str())),
        ("Kapasitas", person.capacity.indonesian().to_owned()),
    ])
}

fn oath(who: &str, oath: Oath) -> Vec<Block> {
    let taken = fields([("Sumpah atau janji", oath.indonesian().to_owned())]);
    match oath {
        Oath::Sworn | Oath::Promised => vec![
            taken,
            text(format!(
                "Sebelum klarifikasi, {who} {} akan memberi keterangan yang benar dan tidak lain \
                 daripada yang sebenarnya.",
                oath.indonesian()
            )),
        ],
        Oath::Refused => vec![
            taken,
            fields([("Alasan", BY_HAND.to_owned())]),
            text(format!("{who} {}. Klarifikasi dilanjutkan tanpa sumpah atau janji.", oath.indonesian())),
        ],
    }
}

/// Minutes written as `Tanya: … Jawab: …` become a numbered list, word for word; others stay as they are.
fn questions(minutes: &str) -> Block {
    const QUESTION: &str = "Tanya:";
    if !minutes.starts_with(QUESTION) {
        return text(minutes);
    }
    let items = minutes.split(QUESTION).map(str::trim).filter(|q| !q.is_empty());
    numbered(items.map(|q| format!("{QUESTION} {q}")).collect())
}

/// An invitee who stayed away.
pub(super) fn absence(page: &Page<'_>, act: &AbsenceRecorded) -> Body {
    let person = page.matter.person(act.person);
    let rows: Vec<[String; 4]> = invitations(page, act.person)
        .filter(|i| i.at <= page.entry.at)
        .enumerate()
        .map(|(n, i)| {
            let letter = match i.what.letter.trim() {
                "" => NOTHING.to_owned(),
                letter => letter.to_owned(),
            };
            let delivered = i.what.delivered.map_or_else(|| NOTHING.to_owned(), long_moment);
            [(n + 1).to_string(), letter, long_moment(i.what.session), delivered]
        })
        .collect();
    let invited = if rows.is_empty() {
        text("Tidak ada undangan dalam berkas ini.")
    } else {
        table(["No.", "Nomor undangan", "Waktu klarifikasi", "Undangan disampaikan"], rows)
    };
    Body::new(vec![
        fields([
            ("Nama", page.who(act.person)),
            ("Kapasitas", of(person, |p| p.capacity.indonesian().to_owned())),
            ("Perkara", page.matter_number()),
            ("Dicatat tidak hadir", long_moment(page.entry.at)),
            ("Alasan", maybe(act.reason.as_ref())),
        ]),
        heading("Undangan"),
        invited,
    ])
    .signed("Petugas klarifikasi", BY_HAND)
}

fn invitations<'a>(page: &Page<'a>, no: PersonNo) -> impl Iterator<Item = &'a InvitationState> {
    page.matter.invitations.iter().filter(move |i| i.what.person == no)
}

/// Something about a person, or that nothing is known.
fn of(person: Option<&Person>, what: fn(&Person) -> String) -> String {
    person.map_or_else(|| NOTHING.to_owned(), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_numbered_only_when_they_are_marked() {
        let Block::List { ordered, items } = questions("Tanya: A? Jawab: B.\nTanya: C? Jawab: D.") else {
            panic!("not a list");
        };
        assert!(ordered);
        assert_eq!(items, ["Tanya: A? Jawab: B.", "Tanya: C? Jawab: D."]);
        assert_eq!(questions("Ia hadir. Tanya: A?"), text("Ia hadir. Tanya: A?"));
    }
}
