//! Invented papers for every form: as they usually are, nearly empty, and as bad as people and machines can make
//! them. Everybody in them is a role.

use jiff::Timestamp;

use crate::catalogue::{FieldKind, FieldRule, Form};
use crate::paper::{Field, Foot, Letterhead, Meta, Paper, Part, Section, Signer};

/// What kind of sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// As most papers are.
    Ordinary,
    /// Only what must be there, and that empty.
    Minimal,
    /// Names of 120 letters, sixty witnesses, forty pages, every script, and template code in every field.
    Extreme,
}

impl Sample {
    /// All of them.
    pub const ALL: [Sample; 3] = [Sample::Ordinary, Sample::Minimal, Sample::Extreme];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Sample::Ordinary => "ordinary",
            Sample::Minimal => "minimal",
            Sample::Extreme => "extreme",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<Sample> {
        Sample::ALL.into_iter().find(|s| s.id() == id)
    }
}

/// Ways in which a text can hurt whoever sets it in type. Each is cut or filled to the length of a long name.
const HOSTILE: [&str; 6] = [
    "#panic(\"x\") $x^2$ @rujukan \\ \\u{41} \" ' ` *tebal* _miring_ <label> [isi] {kode}",
    "#import \"/lib/formulir.typ\": * #read(\"/etc/passwd\") #eval(\"1+1\") #sys.inputs",
    "محمد بن عبد الله، مدير المدرسة, Kepala Dinas",
    "ꦲꦤꦕꦫꦏ ꦢꦠꦱꦮꦭ Ki Ageng Contoh",
    "👩\u{200d}⚖\u{fe0f} Ketua 🗳 A\u{202e}kilabret \u{0}\u{e000} 漢字",
    "= Judul - butir + nomor / istilah: // komentar /* blok */ ~ -- ... https://example.org/?a=1&b=2",
];

const LONG_NAME: usize = 120;
const MANY: usize = 60;
/// Sentences of about 90 letters in an account of forty pages.
const SENTENCES: usize = 1_700;

const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// A paper for a form, and what its file says about itself.
pub fn sample(form: &Form, kind: Sample) -> (Paper, Meta) {
    let mut maker = Maker { kind, drawn: 0 };
    let sections = maker.sections(form);
    let signers = match kind {
        Sample::Ordinary => vec![("Ketua", "Ketua Contoh Satu"), ("Petugas", "")],
        Sample::Minimal => vec![("Ketua", "")],
        Sample::Extreme => vec![("Anggota", ""); 7],
    };
    let mut signers: Vec<Signer> =
        signers.into_iter().map(|(role, name)| Signer { role: role.to_owned(), name: name.to_owned() }).collect();
    if kind == Sample::Extreme {
        signers.iter_mut().for_each(|signer| signer.name = maker.hostile());
    }
    let office = match kind {
        Sample::Extreme => maker.hostile(),
        Sample::Ordinary | Sample::Minimal => "BAWASLU KOTA CONTOH".to_owned(),
    };
    let paper = Paper {
        number: Some(match kind {
            Sample::Minimal => String::new(),
            Sample::Ordinary | Sample::Extreme => "002/Reg/LP/PL/Kota/23.01/I/2024".to_owned(),
        }),
        cite: String::new(),
        notice: (kind == Sample::Extreme).then(|| "Catatan ini sudah dibetulkan.".to_owned()),
        letterhead: Some(Letterhead {
            office: office.clone(),
            address: "Jalan Contoh Nomor 3, Kota Contoh".to_owned(),
        }),
        sections,
        place_and_date: "Kota Contoh, Jumat, 19 Januari 2024".to_owned(),
        signers,
        foot: Foot {
            matter: "002/Reg/LP/PL/Kota/23.01/I/2024".to_owned(),
            recorded: "Jumat, 19 Januari 2024 pukul 10.20 WITA".to_owned(),
        },
        qr: None,
    };
    let meta = Meta { title: format!("{} (contoh)", form.title), author: office, at: Timestamp::UNIX_EPOCH };
    (paper, meta)
}

struct Maker {
    kind: Sample,
    /// How many values were made: each differs from the one before.
    drawn: usize,
}

impl Maker {
    /// In the order of the catalogue, each section once with all its fields.
    fn sections(&mut self, form: &Form) -> Vec<Section> {
        let optional = form.optional.iter().filter(|_| self.kind != Sample::Minimal);
        let rules: Vec<&FieldRule> = form.fields.iter().chain(optional).collect();
        let mut sections: Vec<Section> = Vec::new();
        for rule in rules {
            let name = rule.section();
            let at = sections.iter().position(|section| section.name == name).unwrap_or_else(|| {
                sections.push(Section { name: name.to_owned(), heading: words(name), parts: Vec::new() });
                sections.len() - 1
            });
            let Some(open) = sections.get_mut(at) else { continue };
            let Some((_, field)) = rule.name.split_once('.') else {
                open.parts.extend(self.part(rule.kind));
                continue;
            };
            let item = Field { name: field.to_owned(), label: words(field), value: self.value(rule.kind) };
            match open.parts.last_mut() {
                Some(Part::Fields { items }) => items.push(item),
                _ => open.parts.push(Part::Fields { items: vec![item] }),
            }
        }
        sections
    }

    fn value(&mut self, kind: FieldKind) -> String {
        if self.kind == Sample::Minimal {
            return String::new();
        }
        self.drawn += 1;
        let n = self.drawn;
        let day = n % 28;
        let date = || format!("{}, {} Januari 2024", DAYS.get(day % 7).copied().unwrap_or_default(), day + 1);
        match kind {
            FieldKind::Date => date(),
            FieldKind::Moment => format!("{} pukul {:02}.{:02} WITA", date(), 8 + n % 9, n % 60),
            FieldKind::Number => format!("{n:03}/CONTOH/PM.00.02/I/2024"),
            FieldKind::Name if self.kind == Sample::Ordinary => format!("Orang Contoh {n}"),
            _ if self.kind == Sample::Ordinary => format!("Keterangan contoh nomor {n}"),
            _ => self.hostile(),
        }
    }

    /// A name of 120 letters that tries to be something else.
    fn hostile(&mut self) -> String {
        self.drawn += 1;
        let words = HOSTILE.get(self.drawn % HOSTILE.len()).copied().unwrap_or_default();
        let filled = words.chars().chain(" Nama Panjang".chars().cycle());
        filled.take(LONG_NAME).collect()
    }

    fn part(&mut self, kind: FieldKind) -> Option<Part> {
        if self.kind == Sample::Minimal && kind != FieldKind::Fields {
            return Some(Part::Text { paragraphs: vec!["Tidak ada.".to_owned()] });
        }
        let many = if self.kind == Sample::Extreme { MANY } else { 3 };
        Some(match kind {
            FieldKind::Fields => return None,
            FieldKind::Text => Part::Text { paragraphs: self.paragraphs(4) },
            FieldKind::Account if self.kind == Sample::Extreme => Part::Text { paragraphs: self.paragraphs(SENTENCES) },
            FieldKind::Account => Part::Text { paragraphs: self.paragraphs(9) },
            FieldKind::List => Part::List { ordered: false, items: self.values(many.min(12)) },
            FieldKind::Persons => self.table(&["No.", "Nama", "Jabatan", "Instansi", "Status"], many),
            FieldKind::Exhibits => self.table(&["No.", "Keterangan", "Jenis berkas", "Ukuran", "SHA-256"], many),
            FieldKind::Table => self.table(&["No.", "Uraian", "Keterangan"], many),
            FieldKind::Name | FieldKind::Line | FieldKind::Number | FieldKind::Date | FieldKind::Moment => {
                Part::Text { paragraphs: vec![self.value(kind)] }
            }
        })
    }

    fn values(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.value(FieldKind::Name)).collect()
    }

    fn paragraphs(&mut self, sentences: usize) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        if self.kind == Sample::Extreme {
            list.extend(self.values(6));
        }
        let sentence =
            |n: usize| format!("Kalimat {n}: terlapor diduga mengajak pegawai memilih calon dalam rapat di kantor.");
        let all: Vec<String> = (1..=sentences).map(sentence).collect();
        list.extend(all.chunks(5).map(|some| some.join(" ")));
        list
    }

    fn table(&mut self, head: &[&str], rows: usize) -> Part {
        let mut list: Vec<Vec<String>> = Vec::new();
        for n in 1..=rows {
            list.push(head.iter().map(|title| self.cell(title, n)).collect());
        }
        Part::Table { head: head.iter().map(|title| (*title).to_owned()).collect(), rows: list }
    }

    fn cell(&mut self, title: &str, n: usize) -> String {
        match title {
            "No." => n.to_string(),
            "SHA-256" => "04b97e64a3591427daa7a3aa3e58c3d22186f459e61eac16f05b9f12d2d497cb".to_owned(),
            "Jenis berkas" => "image/jpeg".to_owned(),
            "Ukuran" => "1.234.567 bita".to_owned(),
            _ => self.value(FieldKind::Name),
        }
    }
}

/// `tempat_tgl_lahir` as `Tempat tgl lahir`.
fn words(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_as_long_as_names_get() {
        let mut maker = Maker { kind: Sample::Extreme, drawn: 0 };
        for _ in 0..HOSTILE.len() {
            assert_eq!(maker.hostile().chars().count(), LONG_NAME);
        }
    }

    #[test]
    fn words_for_samples_are_read_back() {
        for kind in Sample::ALL {
            assert_eq!(Sample::from_id(kind.id()), Some(kind));
        }
        assert_eq!(Sample::from_id("x"), None);
        assert_eq!(words("tempat_tgl_lahir"), "Tempat tgl lahir");
    }
}
