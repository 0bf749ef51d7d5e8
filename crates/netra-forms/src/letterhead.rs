//! The office at the top of a sheet.

use std::collections::BTreeMap;

use netra_docket::ids::OfficeId;
use netra_law::calendar::Seat;

/// An office as its papers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "kop surat")]
pub struct Letterhead {
    /// Name on paper.
    pub office: String,
    /// Address on paper; its last part after a comma is the town from which papers are dated.
    pub address: String,
    /// Where the office's clocks run: its zone, region and days off. Dates on paper are those of the desk.
    pub seat: Seat,
    /// Names of other offices, for papers that name one.
    pub names: BTreeMap<OfficeId, String>,
}

impl Letterhead {
    /// Another office's name; its id where the name is not known.
    pub fn name_of(&self, office: &OfficeId) -> String {
        self.names.get(office).cloned().unwrap_or_else(|| office.to_string())
    }

    /// The name in capitals.
    pub fn headline(&self) -> String {
        self.office.to_uppercase()
    }

    /// The town that papers are dated from. None if the address does not end with one.
    pub fn town(&self) -> Option<&str> {
        let (_, last) = self.address.rsplit_once(',')?;
        let last = last.trim();
        let is_town = !last.is_empty() && !last.chars().any(|c| c.is_ascii_digit());
        is_town.then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use netra_law::time::Zone;

    use super::*;

    #[test]
    fn the_town_is_the_end_of_the_address() {
        let town = |address: &str| {
            let head = Letterhead {
                office: String::new(),
                address: address.to_owned(),
                seat: Seat::new(Zone::Wita, "64.71"),
                names: BTreeMap::new(),
            };
            head.town().map(str::to_owned)
        };
        assert_eq!(town("Jalan Contoh Nomor 3, Balikpapan").as_deref(), Some("Balikpapan"));
        assert_eq!(town("Jalan Contoh Nomor 3, Balikpapan 76112"), None);
        assert_eq!(town("Balikpapan"), None);
        assert_eq!(town(""), None);
        assert_eq!(town("Jalan Contoh,"), None);
    }
}
