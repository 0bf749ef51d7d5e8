//! Offices, and what decrees change in their calendars.

use jiff::civil::Date;
use netra_docket::ids::OfficeId;
use netra_law::calendar::{Amendment, Holiday, RegionalHoliday, Seat};
use netra_law::numbering::OfficeNumbering;
use netra_law::pack::HolidayKind;
use netra_law::time::Zone;
use serde::{Deserialize, Serialize};

/// An office: a supervisor, an authority or an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Id.
    pub id: OfficeId,
    /// Name on paper.
    pub name: String,
    /// What kind of office.
    pub kind: OfficeKind,
    /// Authority id of the law packs that this office embodies, for authorities.
    #[serde(default)]
    pub authority: Option<String>,
    /// The office above.
    #[serde(default)]
    pub parent: Option<OfficeId>,
    /// Its zone.
    pub zone: Zone,
    /// Home-affairs region code, e.g. `64.71`.
    pub region: String,
    /// Level token in numbers: `RI`, `Prov`, `Kab`, `Kota`, `Kec. Nama`.
    #[serde(default)]
    pub level: String,
    /// Bawaslu's own area code in numbers, e.g. `23.01`.
    #[serde(default)]
    pub area: String,
    /// Address on paper.
    #[serde(default)]
    pub address: String,
    /// Members of its plenary.
    #[serde(default)]
    pub members: u8,
    /// How it numbers, where it does not follow the packs.
    #[serde(default)]
    pub numbering: OfficeNumbering,
    /// What decrees have changed in its calendar, oldest first; filled in by the store when it is read.
    #[serde(skip)]
    pub calendar: Vec<CalendarChange>,
}

impl Office {
    /// Where its clocks run: zone, region, regional holidays, decrees that came after the packs.
    pub fn seat(&self) -> Seat {
        let mut seat = Seat::new(self.zone, self.region.clone());
        for change in &self.calendar {
            change.apply(&mut seat);
        }
        seat
    }
}

/// A change of the calendar by decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarChange {
    /// The day.
    pub date: Date,
    /// What it is from now on.
    pub kind: CalendarKind,
    /// Name of the holiday; empty where one is lifted.
    pub name: String,
    /// Title of the decree.
    pub decree: String,
    /// The only office that it concerns; none for the whole country.
    pub office: Option<OfficeId>,
}

/// What a decree makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarKind {
    /// A national holiday.
    National,
    /// Joint leave.
    Joint,
    /// A holiday of one region.
    Regional,
    /// A working day, although the packs or an earlier decree say otherwise.
    Lifted,
}

impl CalendarKind {
    /// All kinds.
    pub const ALL: [CalendarKind; 4] =
        [CalendarKind::National, CalendarKind::Joint, CalendarKind::Regional, CalendarKind::Lifted];

    /// The word in the store and in forms.
    pub fn id(self) -> &'static str {
        match self {
            CalendarKind::National => "national",
            CalendarKind::Joint => "joint",
            CalendarKind::Regional => "regional",
            CalendarKind::Lifted => "lifted",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            CalendarKind::National => "hari libur nasional",
            CalendarKind::Joint => "cuti bersama",
            CalendarKind::Regional => "hari libur daerah",
            CalendarKind::Lifted => "hari kerja (libur dicabut)",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<CalendarKind> {
        CalendarKind::ALL.into_iter().find(|k| k.id() == id)
    }
}

impl CalendarChange {
    fn apply(&self, seat: &mut Seat) {
        let added = |kind| {
            Amendment::Added(Holiday {
                date: self.date,
                kind,
                name: self.name.clone(),
                decree: self.decree.clone(),
                estimated: None,
            })
        };
        match self.kind {
            CalendarKind::National => seat.amendments.push(added(HolidayKind::National)),
            CalendarKind::Joint => seat.amendments.push(added(HolidayKind::Joint)),
            CalendarKind::Regional => {
                seat.holidays.push(RegionalHoliday { date: self.date, name: self.name.clone() });
            }
            CalendarKind::Lifted => {
                seat.holidays.retain(|h| h.date != self.date);
                seat.amendments.push(Amendment::Lifted { date: self.date, decree: self.decree.clone() });
            }
        }
    }

    /// What the day is now, in words.
    pub fn words(&self) -> String {
        match self.name.as_str() {
            "" => self.kind.indonesian().to_owned(),
            name => format!("{}: {name}", self.kind.indonesian()),
        }
    }
}

/// Kinds of offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// Bawaslu RI.
    National,
    /// Bawaslu Provinsi.
    Province,
    /// Bawaslu Kabupaten/Kota.
    Regency,
    /// Panwaslu Kecamatan.
    Subdistrict,
    /// KASN, BKN …
    Authority,
    /// The appointing official's personnel agency.
    #[doc(alias = "PPK")]
    Employer,
}

impl OfficeKind {
    /// Whether the office supervises elections.
    pub fn is_supervisor(self) -> bool {
        matches!(self, OfficeKind::National | OfficeKind::Province | OfficeKind::Regency | OfficeKind::Subdistrict)
    }
}
