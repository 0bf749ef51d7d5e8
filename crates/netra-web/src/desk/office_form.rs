//! The form of an office: its fields as typed, and the office that they make.

use netra_docket::ids::OfficeId;
use netra_law::Law;
use netra_law::numbering::OfficeNumbering;
use netra_law::time::Zone;
use netra_store::{Office, OfficeKind};

use super::Choice;
use crate::app::Limits;
use crate::form::{FormData, check_text};
use crate::page::Problems;

/// Kinds of offices: word in forms, words on screens.
const KINDS: [(OfficeKind, &str, &str); 6] = [
    (OfficeKind::National, "national", "Bawaslu RI"),
    (OfficeKind::Province, "province", "Bawaslu Provinsi"),
    (OfficeKind::Regency, "regency", "Bawaslu Kabupaten/Kota"),
    (OfficeKind::Subdistrict, "subdistrict", "Panwaslu Kecamatan"),
    (OfficeKind::Authority, "authority", "Instansi penerima (KASN, BKN, dan lain-lain)"),
    (OfficeKind::Employer, "employer", "Instansi kepegawaian (PPK)"),
];

/// What a kind of office is called.
pub(super) fn kind_words(kind: OfficeKind) -> &'static str {
    KINDS.iter().find(|(k, _, _)| *k == kind).map_or("", |(_, _, words)| words)
}

/// The fields as typed, and the lists to choose from.
#[derive(Clone, Debug, Default)]
pub(super) struct OfficeForm {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) level: String,
    pub(super) area: String,
    pub(super) address: String,
    pub(super) members: String,
    pub(super) kinds: Vec<Choice>,
    pub(super) zones: Vec<Choice>,
    pub(super) authorities: Vec<Choice>,
    pub(super) parents: Vec<Choice>,
    kind: String,
    zone: String,
    /// The zone of the region's province, if the law files know it.
    zone_there: Option<Zone>,
    authority: String,
    parent: String,
}

impl OfficeForm {
    /// Reads what was typed; `above` are the offices under which it may stand, none for the first office.
    pub(super) fn read(form: &FormData, law: &Law, above: &[Office]) -> OfficeForm {
        let mut read = OfficeForm {
            id: form.get("office_id").to_lowercase(),
            name: form.get("office_name"),
            region: form.get("region"),
            level: form.get("level"),
            area: form.get("area"),
            address: form.get("address"),
            members: form.get("members"),
            kind: form.get("kind"),
            zone: form.get("zone"),
            authority: form.get("authority"),
            parent: form.get("parent"),
            ..OfficeForm::default()
        };
        read.zone_there = law.reference().zone_of(&read.region);
        read.kinds = KINDS.iter().map(|(_, id, words)| Choice::new(*id, *words, &read.kind)).collect();
        read.zones = Zone::ALL.map(|zone| Choice::new(zone.iana(), zone_words(zone), &read.zone)).to_vec();
        read.authorities =
            law.authorities().iter().map(|a| Choice::new(a.id.as_str(), a.name.as_str(), &read.authority)).collect();
        read.parents = above.iter().map(|o| Choice::new(o.id.as_str(), o.name.as_str(), &read.parent)).collect();
        read
    }

    /// The office, unless something is wrong with the form.
    pub(super) fn check(&self, limits: &Limits, problems: &mut Problems) -> Option<Office> {
        let lines = [
            ("office_name", &self.name),
            ("region", &self.region),
            ("level", &self.level),
            ("area", &self.area),
            ("address", &self.address),
        ];
        for (field, text) in lines {
            check_text(text, field, limits.line, problems);
        }
        if self.name.is_empty() {
            problems.add("office_name", "Tulis nama kantor seperti di kepala surat.");
        }
        let id = self.checked_id(problems);
        let kind = self.checked_kind(problems);
        let zone = self.checked_zone(problems);
        self.check_region(problems);
        let members = self.checked_members(kind, problems);
        let authority = self.checked_authority(kind, problems);
        let parent = self.checked_parent(problems);
        if !problems.is_empty() {
            return None;
        }
        Some(Office {
            id: id?,
            name: self.name.clone(),
            kind: kind?,
            authority,
            parent,
            zone: zone?,
            region: self.region.clone(),
            level: self.level.clone(),
            area: self.area.clone(),
            address: self.address.clone(),
            members,
            numbering: OfficeNumbering::default(),
            calendar: Vec::new(),
        })
    }

    fn checked_id(&self, problems: &mut Problems) -> Option<OfficeId> {
        let id = self.id.parse().ok();
        if id.is_none() {
            problems.add(
                "office_id",
                "Pakai 2 sampai 60 huruf kecil, angka, dan tanda hubung di tengah. Contoh: bawaslu-balikpapan.",
            );
        }
        id
    }

    fn checked_kind(&self, problems: &mut Problems) -> Option<OfficeKind> {
        let kind = KINDS.iter().find(|(_, id, _)| *id == self.kind).map(|(kind, _, _)| *kind);
        if kind.is_none() {
            problems.add("kind", "Pilih jenis kantor.");
        }
        kind
    }

    fn checked_zone(&self, problems: &mut Problems) -> Option<Zone> {
        let zone = Zone::ALL.into_iter().find(|zone| zone.iana() == self.zone);
        if zone.is_none() {
            problems.add("zone", "Pilih zona waktu. Semua batas waktu kantor ini dihitung menurut zona itu.");
        }
        if let (Some(chosen), Some(there)) = (zone, self.zone_there)
            && chosen != there
        {
            let words = zone_words(there);
            problems.add(
                "zone",
                format!("Provinsi dari kode wilayah itu memakai {words}. Periksa zona atau kode wilayah."),
            );
        }
        zone
    }

    /// The region decides whose election stages apply: a wrong form would silently match none.
    fn check_region(&self, problems: &mut Problems) {
        let shaped = self.region.split('.').all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
        if !shaped || self.region.len() > 8 {
            problems.add(
                "region",
                "Tulis kode wilayah Kementerian Dalam Negeri, seperti 64.71; untuk tingkat nasional 00.",
            );
        }
    }

    fn checked_members(&self, kind: Option<OfficeKind>, problems: &mut Problems) -> u8 {
        let supervisor = kind.is_some_and(OfficeKind::is_supervisor);
        if self.members.is_empty() && !supervisor {
            return 0;
        }
        let members = self.members.parse::<u8>().ok().filter(|n| (1..=15).contains(n) || (*n == 0 && !supervisor));
        if members.is_none() {
            problems.add("members", "Tulis jumlah anggota rapat pleno, seperti 3 atau 5.");
        }
        members.unwrap_or(0)
    }

    fn checked_authority(&self, kind: Option<OfficeKind>, problems: &mut Problems) -> Option<String> {
        if kind != Some(OfficeKind::Authority) {
            return None;
        }
        let known = self.authorities.iter().any(|a| a.value == self.authority);
        if !known {
            problems.add("authority", "Pilih instansi yang diwakili kantor ini.");
        }
        known.then(|| self.authority.clone())
    }

    fn checked_parent(&self, problems: &mut Problems) -> Option<OfficeId> {
        if self.parents.is_empty() {
            return None;
        }
        if !self.parents.iter().any(|p| p.value == self.parent) {
            problems.add("parent", "Pilih kantor yang membawahi kantor ini.");
        }
        self.parent.parse().ok()
    }
}

fn zone_words(zone: Zone) -> &'static str {
    match zone {
        Zone::Wib => "WIB (Jakarta)",
        Zone::Wita => "WITA (Makassar)",
        Zone::Wit => "WIT (Jayapura)",
    }
}

/// An office and all offices below it, the office itself first.
pub(super) fn with_below(all: &[Office], top: &OfficeId) -> Vec<Office> {
    let mut found: Vec<Office> = all.iter().filter(|o| o.id == *top).cloned().collect();
    let mut place = 0;
    while let Some(id) = found.get(place).map(|o| o.id.clone()) {
        let new = |o: &&Office| o.parent.as_ref() == Some(&id) && !found.iter().any(|f| f.id == o.id);
        let below: Vec<Office> = all.iter().filter(new).cloned().collect();
        found.extend(below);
        place += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (Option<Office>, Problems) {
        let law = Law::embedded().unwrap();
        let form = FormData::parse(body.as_bytes()).unwrap();
        let mut problems = Problems::default();
        let office = OfficeForm::read(&form, &law, &[]).check(&Limits::default(), &mut problems);
        (office, problems)
    }

    #[test]
    fn a_whole_form_makes_an_office() {
        let (office, problems) = read(
            "office_id=Bawaslu-Balikpapan&office_name=Bawaslu+Kota+Balikpapan&kind=regency&zone=Asia%2FMakassar\
             &region=64.71&level=Kota&area=23.01&address=Jalan+Contoh+3&members=5",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let office = office.unwrap();
        assert_eq!(office.id.as_str(), "bawaslu-balikpapan");
        assert_eq!((office.kind, office.zone, office.members), (OfficeKind::Regency, Zone::Wita, 5));
        assert_eq!((office.parent, office.authority), (None, None));
    }

    #[test]
    fn every_gap_is_named_at_its_field() {
        let (office, problems) = read("office_id=-a&region=Balikpapan&kind=regency");
        assert!(office.is_none());
        for field in ["office_id", "office_name", "zone", "region", "members"] {
            assert!(problems.has(field), "{field}");
        }
        assert!(read("kind=authority").1.has("authority"));
    }

    #[test]
    fn offices_below_are_found_and_circles_end() {
        let office = |id: &str, parent: Option<&str>| Office {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            kind: OfficeKind::Regency,
            authority: None,
            parent: parent.map(|p| p.parse().unwrap()),
            zone: Zone::Wib,
            region: "00".to_owned(),
            level: String::new(),
            area: String::new(),
            address: String::new(),
            members: 3,
            numbering: OfficeNumbering::default(),
            calendar: Vec::new(),
        };
        let all = [office("aa", Some("cc")), office("bb", Some("aa")), office("cc", Some("bb")), office("dd", None)];
        let ids = |top: &str| -> Vec<String> {
            with_below(&all, &top.parse().unwrap()).iter().map(|o| o.id.to_string()).collect()
        };
        assert_eq!(ids("aa"), ["aa", "bb", "cc"]);
        assert_eq!(ids("dd"), ["dd"]);
        assert!(ids("ee").is_empty());
    }
}
