//! What an address asks to see of a chat.

use std::collections::BTreeSet;

use netra_evidence::chat::{DateOrder, Options};
use netra_law::time::Zone;

use crate::form::FormData;

/// The longest text that is looked for.
const LONGEST: usize = 100;

/// Whether members are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Masking {
    /// They have numbers, but for those that were chosen.
    Masked,
    /// All are.
    Open,
}

/// What is to be shown, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// From 1.
    pub(super) page: u64,
    /// Text to look for; empty for none.
    pub(super) find: String,
    pub(super) order: Option<DateOrder>,
    pub(super) zone: Option<Zone>,
    pub(super) masking: Masking,
    /// Numbers of the members, from 1, who are named all the same.
    pub(super) shown: BTreeSet<usize>,
}

impl Asked {
    /// Reads an address or a form; what makes no sense counts as not given.
    pub(super) fn read(form: &FormData, may_unmask: bool) -> Asked {
        let open = may_unmask && form.get("samarkan") == "tidak";
        let shown = if may_unmask { form.all("tampil") } else { Vec::new() };
        Asked {
            page: form.get("hal").parse::<u64>().ok().filter(|page| *page > 0).unwrap_or(1),
            find: form.get("cari").chars().take(LONGEST).collect(),
            order: form.get("urutan").parse().ok(),
            zone: form.get("zona").parse().ok(),
            masking: if open { Masking::Open } else { Masking::Masked },
            shown: shown.iter().filter_map(|number| number.parse().ok()).collect(),
        }
    }

    /// How the export is to be read.
    pub(super) fn options(&self) -> Options {
        Options { order: self.order }
    }

    /// All that is asked but the page, as fields; what is not asked is left out.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut list = Vec::new();
        if !self.find.is_empty() {
            list.push(("cari", self.find.clone()));
        }
        list.extend(self.order.map(|order| ("urutan", order.id().to_owned())));
        list.extend(self.zone.map(|zone| ("zona", zone.abbreviation().to_owned())));
        if self.masking == Masking::Open {
            list.push(("samarkan", "tidak".to_owned()));
        }
        list.extend(self.shown.iter().map(|number| ("tampil", number.to_string())));
        list
    }

    /// The same without some fields, for a form that asks for them.
    pub(super) fn pairs_but(&self, names: &[&str]) -> Vec<(&'static str, String)> {
        self.pairs().into_iter().filter(|(name, _)| !names.contains(name)).collect()
    }

    /// The query of a page.
    pub(super) fn address(&self, page: u64) -> String {
        written(self.pairs(), page)
    }

    /// The query of a page of the whole conversation, without the search.
    pub(super) fn address_without_search(&self, page: u64) -> String {
        written(self.pairs_but(&["cari"]), page)
    }
}

fn written(mut pairs: Vec<(&'static str, String)>, page: u64) -> String {
    pairs.push(("hal", page.to_string()));
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str, may_unmask: bool) -> Asked {
        Asked::read(&FormData::parse(query.as_bytes()).unwrap(), may_unmask)
    }

    #[test]
    fn what_is_asked_comes_back_in_the_address() {
        let query = "cari=kaos+nomor&urutan=mdy&zona=WITA&samarkan=tidak&tampil=2&tampil=11&hal=3";
        assert_eq!(asked(query, true).address(3), query);
        assert_eq!(
            asked(query, true).address_without_search(1),
            query.replace("cari=kaos+nomor&", "").replace('3', "1")
        );
        assert_eq!(asked("", true).address(1), "hal=1");
    }

    #[test]
    fn names_are_asked_for_in_vain_by_who_may_not_see_them() {
        let found = asked("samarkan=tidak&tampil=2", false);
        assert_eq!((found.masking, found.shown.len()), (Masking::Masked, 0));
    }

    #[test]
    fn nonsense_counts_as_not_given() {
        let found = asked("hal=0&urutan=dym&zona=CET&samarkan=ya&tampil=x&tampil=-1", true);
        assert_eq!(found, asked("", true));
        assert_eq!(asked(&format!("cari={}", "x".repeat(400)), true).find.len(), LONGEST);
    }
}
