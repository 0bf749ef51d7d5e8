//! What columns mean: their usual Indonesian heads, and what the user says.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::records::Records;
use crate::LinkError;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// By which the result names a person.
    Id,
    /// The name.
    Name,
    /// Titles before the name.
    Titles,
    /// Degrees behind it.
    Degrees,
    /// Man or woman.
    Sex,
    /// Where somebody was born.
    BirthPlace,
    /// When.
    BirthDate,
    /// Both in one cell.
    #[doc(alias = "tempat, tanggal lahir")]
    BirthPlaceAndDate,
    /// Years.
    Age,
    /// The regency where somebody works or lives.
    Region,
    /// Its code.
    RegionCode,
    /// The resident's number.
    Nik,
    /// The civil servant's number.
    Nip,
    /// The job on the identity card.
    Job,
    /// The party that a candidate stands for. This field and those that follow are not compared: people read them.
    Party,
    /// The constituency.
    #[doc(alias = "daerah pemilihan")]
    Constituency,
    /// The place on the list.
    ListNumber,
    /// The agency of a servant.
    Agency,
    /// The post of a servant.
    Post,
}

/// Fields with their id and their usual heads, letters only. The first head of a row is the one to recommend.
const FIELDS: [(Field, &str, &[&str]); 19] = [
    (Field::Id, "id", &["id", "candidateid", "civilservantid", "idcalon", "idpegawai", "uuid", "no"]),
    (
        Field::Name,
        "nama",
        &[
            "nama",
            "namalengkap",
            "namacalon",
            "namapegawai",
            "namapns",
            "namaasn",
            "namacaleg",
            "namabakalcalon",
            "namaanggota",
            "namalengkapdengangelar",
            "name",
        ],
    ),
    (Field::Titles, "gelar_depan", &["gelardepan", "gelardpn", "gelarawal", "glrdepan"]),
    (Field::Degrees, "gelar_belakang", &["gelarbelakang", "gelarblkg", "gelarakhir", "glrbelakang", "gelar"]),
    (Field::Sex, "jenis_kelamin", &["jeniskelamin", "jk", "kelamin", "lp", "sex", "gender", "jnskelamin"]),
    (Field::BirthPlace, "tempat_lahir", &["tempatlahir", "tmplahir", "tmptlahir", "tempatkelahiran", "kotalahir"]),
    (
        Field::BirthDate,
        "tanggal_lahir",
        &["tanggallahir", "tgllahir", "tglahir", "tanggalkelahiran", "lahir", "birthdate", "dob"],
    ),
    (
        Field::BirthPlaceAndDate,
        "ttl",
        &["ttl", "tempattanggallahir", "tempattgllahir", "tempatdantanggallahir", "tempatdantgllahir", "tmptgllahir"],
    ),
    (Field::Age, "umur", &["umur", "usia", "age"]),
    (
        Field::Region,
        "wilayah",
        &[
            "wilayah",
            "kabupatenkota",
            "kabkota",
            "kabupaten",
            "kota",
            "tempattinggal",
            "kabkotatempattinggal",
            "domisili",
            "daerah",
            "unitwilayah",
            "lokasikerja",
            "alamatkabkota",
        ],
    ),
    (Field::RegionCode, "wilayah_kode", &["wilayahkode", "kodewilayah", "kodekabkota", "kodekab", "kodekabupaten"]),
    (Field::Nik, "nik", &["nik", "noktp", "nomorktp", "nomorindukkependudukan", "ktp", "nikktp"]),
    (Field::Nip, "nip", &["nip", "nipbaru", "nomorindukpegawai", "nippns", "nippppk", "nipasn", "nonip", "nipp"]),
    (Field::Job, "pekerjaan", &["pekerjaan", "pekerjaanktp", "job", "profesi"]),
    (Field::Party, "partai", &["partai", "partaipolitik", "namapartai", "parpol"]),
    (Field::Constituency, "dapil", &["dapil", "daerahpemilihan", "namadapil"]),
    (Field::ListNumber, "nomor_urut", &["nomorurut", "nourut", "nomorurutcalon", "nourutcalon"]),
    (Field::Agency, "instansi", &["instansi", "unitkerja", "opd", "skpd", "satuankerja", "perangkatdaerah"]),
    (Field::Post, "jabatan", &["jabatan", "namajabatan"]),
];

impl Field {
    /// All of them, in the order in which people read them.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, ..)| *field)
    }

    /// Reads the stable word back.
    pub fn from_id(id: &str) -> Option<Field> {
        Field::all().find(|field| field.id() == id)
    }

    /// What people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Field::Id => "Nomor dalam daftar asal",
            Field::Name => "Nama",
            Field::Titles => "Gelar depan",
            Field::Degrees => "Gelar belakang",
            Field::Sex => "Jenis kelamin",
            Field::BirthPlace => "Tempat lahir",
            Field::BirthDate => "Tanggal lahir",
            Field::BirthPlaceAndDate => "Tempat dan tanggal lahir",
            Field::Age => "Umur",
            Field::Region => "Kabupaten/kota",
            Field::RegionCode => "Kode wilayah",
            Field::Nik => "NIK",
            Field::Nip => "NIP",
            Field::Job => "Pekerjaan",
            Field::Party => "Partai",
            Field::Constituency => "Daerah pemilihan",
            Field::ListNumber => "Nomor urut",
            Field::Agency => "Instansi",
            Field::Post => "Jabatan",
        }
    }

    /// The stable word for the command line.
    pub fn id(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, id, _)| *id)
    }

    /// All ids with commas between.
    fn ids() -> String {
        let ids: Vec<&str> = FIELDS.iter().map(|(_, id, _)| *id).collect();
        ids.join(", ")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What the user says about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What it holds.
    pub field: Field,
    /// Its head.
    pub head: String,
}

impl FromStr for Mapping {
    type Err = LinkError;

    /// `nama=Nama Pegawai`
    fn from_str(text: &str) -> Result<Mapping, LinkError> {
        let bad = || LinkError::BadMapping { text: text.to_owned(), fields: Field::ids() };
        let (field, head) = text.split_once('=').ok_or_else(bad)?;
        let wanted = field.trim().to_lowercase();
        let (field, ..) = FIELDS.iter().find(|(_, id, _)| *id == wanted).ok_or_else(bad)?;
        let head = head.trim();
        if letters(head.as_bytes()).is_empty() {
            Err(bad())
        } else {
            Ok(Mapping { field: *field, head: head.to_owned() })
        }
    }
}

/// Where the fields stand in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    places: Vec<(Field, usize)>,
    /// Which of the user's mappings were found.
    pub(crate) mapped: Vec<String>,
}

impl Columns {
    /// The columns of a row that could be a head.
    pub(crate) fn of(row: &Records, mappings: &[Mapping]) -> Columns {
        let heads: Vec<String> = (0..row.count()).map(|place| letters(row.cell(Some(place)))).collect();
        let mut columns = Columns::default();
        for mapping in mappings {
            let wanted = letters(mapping.head.as_bytes());
            if let Some(place) = heads.iter().position(|head| *head == wanted) {
                columns.places.push((mapping.field, place));
                columns.mapped.push(mapping.head.clone());
            }
        }
        for (field, _, names) in &FIELDS {
            if columns.place(*field).is_some() {
                continue;
            }
            // The heads are in the order of preference: `kabupaten/kota` says more than `kota`.
            let mut places = names.iter().filter_map(|name| heads.iter().position(|head| head == name));
            if let Some(place) = places.find(|place| columns.is_free(*place)) {
                columns.places.push((*field, place));
            }
        }
        columns
    }

    fn is_free(&self, place: usize) -> bool {
        self.places.iter().all(|(_, taken)| *taken != place)
    }

    /// Where a field stands.
    pub(crate) fn place(&self, field: Field) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == field).map(|(_, place)| *place)
    }

    /// The fields that are known with their places, in the order of [`Field::all`].
    pub(crate) fn known(&self) -> Vec<(Field, usize)> {
        Field::all().filter_map(|field| Some((field, self.place(field)?))).collect()
    }

    /// How many fields are known.
    pub(crate) fn count(&self) -> usize {
        self.places.len()
    }
}

/// The letters of a head, small.
fn letters(head: &[u8]) -> String {
    head.iter().filter(|byte| byte.is_ascii_alphabetic()).map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}
