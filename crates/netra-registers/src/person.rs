//! A row as a person: what is compared, in a fixed place, without the row's bytes.

use jiff::civil::Date;
use memchr::memrchr;

use crate::Sex;
use crate::date::{self, Written};
use crate::hash;
use crate::input::columns::{Columns, Field};
use crate::input::records::Records;
use crate::input::remarks::Remark;
use crate::name::{Name, NameCells, NameReader};
use crate::number::{Nik, Nip};
use crate::text::plain;

/// Whether the job on the identity card is one of the civil service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Job {
    /// Another one, or not known.
    #[default]
    Other,
    /// It is.
    CivilService,
}

/// What a row says about a person.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Person {
    pub(crate) name: Name,
    pub(crate) sex: Sex,
    /// From the column, else from a number.
    pub(crate) birth: Option<Date>,
    /// From a number, where it differs from the column.
    pub(crate) other_birth: Option<Date>,
    pub(crate) age: Option<i16>,
    /// The regency of work or residence; 0 if it is not known.
    pub(crate) region: u64,
    /// The first two digits of its code; 0 if they are not known.
    pub(crate) province: u8,
    /// The place of birth; 0 if it is not known.
    pub(crate) place: u64,
    pub(crate) nik: Nik,
    pub(crate) nip: Nip,
    pub(crate) job: Job,
}

impl Person {
    /// Both birth dates, if there are two.
    pub(crate) fn births(&self) -> impl Iterator<Item = Date> {
        self.birth.into_iter().chain(self.other_birth)
    }
}

/// Where the cells of a person stand.
#[derive(Clone, Copy, Default)]
struct Places {
    name: Option<usize>,
    titles: Option<usize>,
    degrees: Option<usize>,
    sex: Option<usize>,
    birth_place: Option<usize>,
    birth_date: Option<usize>,
    place_and_date: Option<usize>,
    age: Option<usize>,
    region: Option<usize>,
    region_code: Option<usize>,
    nik: Option<usize>,
    nip: Option<usize>,
    job: Option<usize>,
    id: Option<usize>,
}

/// Reads persons out of rows, with buffers that are used again for the next one.
pub(crate) struct PersonReader {
    places: Places,
    names: NameReader,
    text: Vec<u8>,
}

impl PersonReader {
    pub(crate) fn new(columns: &Columns) -> PersonReader {
        let places = Places {
            name: columns.place(Field::Name),
            titles: columns.place(Field::Titles),
            degrees: columns.place(Field::Degrees),
            sex: columns.place(Field::Sex),
            birth_place: columns.place(Field::BirthPlace),
            birth_date: columns.place(Field::BirthDate),
            place_and_date: columns.place(Field::BirthPlaceAndDate),
            age: columns.place(Field::Age),
            region: columns.place(Field::Region),
            region_code: columns.place(Field::RegionCode),
            nik: columns.place(Field::Nik),
            nip: columns.place(Field::Nip),
            job: columns.place(Field::Job),
            id: columns.place(Field::Id),
        };
        PersonReader { places, names: NameReader::default(), text: Vec::new() }
    }

    /// The cell by which the result names the row: the id, else the civil servant's number; empty if there is neither.
    pub(crate) fn id<'r>(&self, row: &'r Records) -> &'r [u8] {
        let id = row.cell(self.places.id);
        if id.is_empty() { row.cell(self.places.nip) } else { id }
    }

    /// The region as it is written.
    pub(crate) fn region_text<'r>(&self, row: &'r Records) -> &'r [u8] {
        row.cell(self.places.region)
    }

    /// The person of a row; none without a name. Remarks are added to the list.
    pub(crate) fn read(&mut self, row: &Records, remarks: &mut Vec<Remark>) -> Option<Person> {
        let at = self.places;
        let cells = NameCells { name: row.cell(at.name), titles: row.cell(at.titles), degrees: row.cell(at.degrees) };
        let Some(name) = self.names.read(&cells) else {
            remarks.push(Remark::NoName);
            return None;
        };
        let mut person = Person { name, ..Person::default() };
        person.nip = Nip::read(row.cell(at.nip));
        person.nik = Nik::read(row.cell(at.nik));
        person.sex = sex(row.cell(at.sex));
        let (place, written) = self.birth(row);
        person.place = place;
        settle(&mut person, written, remarks);
        person.age = age(row.cell(at.age));
        person.region = region(row.cell(at.region), &mut self.text);
        person.province = province(row.cell(at.region_code));
        person.job = job(row.cell(at.job), &mut self.text);
        Some(person)
    }

    /// Place and date of birth, out of two cells or one.
    fn birth(&mut self, row: &Records) -> (u64, Written) {
        let (mut place, mut date) = (row.cell(self.places.birth_place), row.cell(self.places.birth_date));
        let both = row.cell(self.places.place_and_date);
        if !both.is_empty() {
            let (before, after) = match memrchr(b',', both) {
                Some(comma) => (both.get(..comma), both.get(comma + 1..)),
                None => (None, Some(both)),
            };
            place = if place.is_empty() { before.unwrap_or_default() } else { place };
            date = if date.is_empty() { after.unwrap_or_default() } else { date };
        }
        (birth_place(place, &mut self.text), date::read(date))
    }
}

/// Holds columns and numbers against one another. What the column says counts first.
fn settle(person: &mut Person, written: Written, remarks: &mut Vec<Remark>) {
    if person.nip == Nip::Damaged || person.nik == Nik::Damaged {
        remarks.push(Remark::DamagedNumber);
    }
    if person.nip == Nip::Impossible || person.nik == Nik::Impossible {
        remarks.push(Remark::ImpossibleNumber);
    }
    let told = person.nip.servant().map(|servant| (servant.birth, servant.sex)).or_else(|| person.nik.birth());
    match written {
        Written::Day(day) => person.birth = Some(day),
        Written::Damaged => remarks.push(Remark::ImpossibleDate),
        Written::Empty => {}
    }
    if let Some((birth, sex)) = told {
        match person.birth {
            None => person.birth = Some(birth),
            Some(day) if day != birth => {
                person.other_birth = Some(birth);
                remarks.push(Remark::OtherDate);
            }
            Some(_) => {}
        }
        match person.sex {
            Sex::Unknown => person.sex = sex,
            known if known != sex => remarks.push(Remark::OtherSex),
            _ => {}
        }
    }
    person.sex = person.sex.or(person.name.sex);
}

/// `L`, `P`, `Lk`, `Pr`, `Laki-laki`, `Wanita`, `Pria` …
fn sex(cell: &[u8]) -> Sex {
    match cell {
        [b'l' | b'L' | b'm' | b'M' | b'1', ..] | [b'p' | b'P', b'r' | b'R', b'i' | b'I', ..] => Sex::Man,
        [b'p' | b'P' | b'w' | b'W' | b'f' | b'F' | b'2', ..] => Sex::Woman,
        _ => Sex::Unknown,
    }
}

fn age(cell: &[u8]) -> Option<i16> {
    let digits = cell.iter().take_while(|byte| byte.is_ascii_digit());
    let (count, number) = digits.take(4).fold((0, 0i16), |(count, sum), digit| {
        (count + 1, sum.saturating_mul(10).saturating_add(i16::from(digit - b'0')))
    });
    (count > 0 && (15..=110).contains(&number)).then_some(number)
}

/// A regency's key: `KOTA ADM. JAKARTA TIMUR` and `Kota Jakarta Timur` are one, `Kabupaten Bandung` and `BANDUNG` are one,
/// `Kota Bandung` is another.
pub(crate) fn region(cell: &[u8], text: &mut Vec<u8>) -> u64 {
    key_of_words(cell, text, |word, place| match word {
        b"kabupaten" | b"kab" => place > 0,
        b"adm" | b"administrasi" => false,
        _ => true,
    })
}

/// A birth place's key, in which `Kota` and `Kabupaten` count for nothing.
fn birth_place(cell: &[u8], text: &mut Vec<u8>) -> u64 {
    key_of_words(cell, text, |word, place| match word {
        b"kabupaten" | b"kab" | b"kota" => place > 0,
        b"adm" | b"administrasi" => false,
        _ => true,
    })
}

/// The key of a cell's words without those that do not count; 0 if there are none.
fn key_of_words(cell: &[u8], text: &mut Vec<u8>, counts: impl Fn(&[u8], usize) -> bool) -> u64 {
    if cell.is_empty() {
        return 0;
    }
    plain(cell, text);
    let words = text.split(|letter| !letter.is_ascii_lowercase()).filter(|word| !word.is_empty());
    let kept = words.enumerate().filter(|(place, word)| counts(word, *place));
    kept.fold(0, |key, (_, word)| hash::of_parts(&[key, hash::of_bytes(word)]))
}

/// The province of a regency's code: `32.73` and `3273` are in 32.
fn province(code: &[u8]) -> u8 {
    match code {
        [tens @ b'1'..=b'9', ones @ b'0'..=b'9', ..] => (tens - b'0') * 10 + (ones - b'0'),
        _ => 0,
    }
}

fn job(cell: &[u8], text: &mut Vec<u8>) -> Job {
    if cell.is_empty() {
        return Job::Other;
    }
    plain(cell, text);
    let mut words = text.split(|letter| !letter.is_ascii_lowercase());
    let is_service = words.any(|word| matches!(word, b"pns" | b"asn" | b"pppk" | b"negeri"));
    if is_service { Job::CivilService } else { Job::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(cell: &str) -> u64 {
        region(cell.as_bytes(), &mut Vec::new())
    }

    #[test]
    fn regions_are_one_however_they_are_written() {
        assert_eq!(key("KOTA ADM. JAKARTA TIMUR"), key("Kota Jakarta Timur"));
        assert_eq!(key("Kabupaten Bandung"), key("BANDUNG"));
        assert_eq!(key("Kab. Bandung"), key("BANDUNG"));
        assert_ne!(key("Kota Bandung"), key("Bandung"));
        assert_eq!(key(""), 0);
        assert_eq!(key(" - "), 0);
        let place = |cell: &str| birth_place(cell.as_bytes(), &mut Vec::new());
        assert_eq!(place("Kota Bandung"), place("Bandung"));
        assert_ne!(place("Bandung"), place("Bandung Barat"));
    }

    #[test]
    fn small_cells() {
        let sexes = [
            ("L", Sex::Man),
            ("laki-laki", Sex::Man),
            ("Pria", Sex::Man),
            ("P", Sex::Woman),
            ("Pr", Sex::Woman),
            ("Perempuan", Sex::Woman),
            ("wanita", Sex::Woman),
            ("", Sex::Unknown),
            ("?", Sex::Unknown),
        ];
        for (cell, expected) in sexes {
            assert_eq!(sex(cell.as_bytes()), expected, "{cell}");
        }
        let ages = [("41", Some(41)), ("41 tahun", Some(41)), ("", None), ("7", None), ("999999", None), ("x", None)];
        for (cell, expected) in ages {
            assert_eq!(age(cell.as_bytes()), expected, "{cell}");
        }
        assert_eq!([province(b"3273"), province(b"32.73"), province(b""), province(b"x1")], [32, 32, 0, 0]);
        assert_eq!(job(b"Pegawai Negeri Sipil (PNS)", &mut Vec::new()), Job::CivilService);
        assert_eq!(job(b"Wiraswasta", &mut Vec::new()), Job::Other);
    }
}
