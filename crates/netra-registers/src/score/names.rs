//! How likely it is that a candidate bears a servant's name, and lives where the servant works, by chance.

use super::Scale;
use crate::compare::{Agreement, NameLevel, WordMatch};
use crate::pair::Pair;
use crate::person::Person;

/// A word's frequency in a region is mixed with that in the whole register as if so many more persons had been counted.
const MIXED: f64 = 5.0;
/// The least that is expected of a whole name, in persons.
const LEAST: f64 = 0.02;

/// Where a servant works, seen from where the candidate lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Near {
    /// One of the two is not known.
    Unknown,
    /// The same regency.
    Same,
    /// Another one of the province.
    Province,
    /// Elsewhere.
    Elsewhere,
}

/// Where a servant works, with the share of all servants that work as near or as far.
#[derive(Clone, Copy)]
pub(super) struct Nearness {
    pub(super) near: Near,
    share: f64,
    /// The candidate's province; 0 if it is not known.
    province: u8,
}

impl Scale<'_> {
    pub(super) fn nearness(&self, candidate: &Person, pair: &Pair) -> Nearness {
        let total = self.register.total();
        let province =
            if candidate.province == 0 { self.register.province_of(candidate.region) } else { candidate.province };
        let here = self.register.region(candidate.region).max(1.0);
        let around = if province == 0 { here } else { self.register.province(province).max(here) };
        let near = match pair.evidence.region {
            Agreement::Unknown => Near::Unknown,
            Agreement::Same => Near::Same,
            Agreement::Different if province != 0 && pair.province == province => Near::Province,
            Agreement::Different => Near::Elsewhere,
        };
        let share = match near {
            Near::Unknown => 1.0,
            Near::Same => here / total,
            Near::Province => (around - here).max(1.0) / total,
            Near::Elsewhere => (total - around).max(1.0) / total,
        };
        Nearness { near, share: share.min(1.0), province }
    }

    /// How likely a person's two records stand so near or so far.
    pub(super) fn near_rate(&self, near: Near) -> f64 {
        let rates = &self.model.region;
        match near {
            Near::Unknown => 1.0,
            Near::Same => rates.same,
            Near::Province => rates.province,
            Near::Elsewhere => rates.elsewhere,
        }
    }

    /// How likely a person's two names compare so.
    pub(super) fn name_rate(&self, level: NameLevel) -> f64 {
        let rates = &self.model.name;
        match level {
            NameLevel::Identical => rates.identical,
            NameLevel::Folded => rates.folded,
            NameLevel::Initials => rates.initials,
            NameLevel::Slips => rates.slips,
            NameLevel::Fewer => rates.fewer,
            NameLevel::OneOf => rates.one_of,
            NameLevel::FewerSlips => rates.fewer_slips,
            NameLevel::Shared => rates.shared,
            NameLevel::Different => rates.different,
        }
    }

    /// The share of servants of this sex, this near, whose names compare so with the candidate's.
    pub(super) fn name_chance(&self, candidate: &Person, pair: &Pair, place: Nearness) -> f64 {
        let chance = &self.model.chance;
        match pair.evidence.name.level {
            NameLevel::Identical => self.whole_name(candidate, pair, place) * chance.same_letters,
            NameLevel::Folded => self.whole_name(candidate, pair, place) * chance.other_letters,
            level => {
                let factor = match level {
                    NameLevel::Initials => chance.initials,
                    NameLevel::Slips => chance.slips,
                    NameLevel::Fewer => chance.fewer,
                    NameLevel::OneOf => chance.one_of,
                    NameLevel::FewerSlips => chance.fewer_slips,
                    NameLevel::Shared => chance.shared,
                    NameLevel::Identical | NameLevel::Folded | NameLevel::Different => 1.0,
                };
                let words = if level == NameLevel::Different {
                    1.0
                } else {
                    (self.words(candidate, pair, place) * factor).max(self.own_name(candidate, pair, place)).min(1.0)
                };
                let is_known = pair.evidence.sex != Agreement::Unknown;
                let sex = if is_known { self.register.sex(pair.sex).max(1.0) / self.register.total() } else { 1.0 };
                words * sex * place.share
            }
        }
    }

    /// The share of servants with the whole name, this near: counted, less what rare names owe to unseen ones.
    fn whole_name(&self, candidate: &Person, pair: &Pair, place: Nearness) -> f64 {
        let (register, sex, chance) = (self.register, pair.sex, &self.model.chance);
        let (mut all, mut around, mut here) = (0.0, 0.0, 0.0);
        let other = (candidate.name.key != pair.key).then_some(candidate.name.key);
        for key in std::iter::once(pair.key).chain(other) {
            all += f64::from(register.name(sex, key));
            around += if place.province == 0 { 0.0 } else { register.name_in_province(sex, place.province, key) };
            here += f64::from(register.name_in_region(sex, candidate.region, key));
        }
        let (count, unseen) = match place.near {
            Near::Unknown => (all, 0.0),
            Near::Same => (here, chance.unseen_region),
            Near::Province => (around - here, chance.unseen_province),
            Near::Elsewhere => (all - around.max(here), 0.0),
        };
        let discount = if place.near == Near::Unknown { register.names.discount } else { register.in_region.discount };
        let unseen = register.in_region.mass * unseen * (all - register.names.discount).max(0.05) * place.share;
        ((count - discount).max(0.0) + unseen).max(LEAST) / register.total()
    }

    /// The share of servants, among those of the sex this near, with the servant's whole name.
    fn own_name(&self, candidate: &Person, pair: &Pair, place: Nearness) -> f64 {
        let (register, sex) = (self.register, pair.sex);
        if place.near == Near::Same {
            let here = f64::from(register.name_in_region(sex, candidate.region, pair.key));
            here / register.sex_in_region(sex, candidate.region).max(1.0)
        } else {
            f64::from(register.name(sex, pair.key)) / register.sex(sex).max(1.0)
        }
    }

    /// The share of servants, among those of the sex this near, with the words that the two names share.
    fn words(&self, candidate: &Person, pair: &Pair, place: Nearness) -> f64 {
        let (register, sex, chance) = (self.register, pair.sex, &self.model.chance);
        let everybody = register.sex(sex).max(1.0);
        let mixed = |count: f64, of: f64, overall: f64| (count + MIXED * overall) / (of + MIXED);
        let mut product = 1.0;
        for (word, how) in pair.evidence.name.words {
            let overall = register.word(sex, word) / everybody;
            let share = match place.near {
                Near::Same => {
                    let of = register.sex_in_region(sex, candidate.region);
                    mixed(register.word_in_region(sex, candidate.region, word), of, overall)
                }
                Near::Province => {
                    let of = register.sex_in_province(sex, place.province);
                    mixed(register.word_in_province(sex, place.province, word), of, overall)
                }
                Near::Unknown | Near::Elsewhere => overall,
            };
            let share = share.max(1.0 / everybody);
            product *= match how {
                WordMatch::None => 1.0,
                WordMatch::Exact => share,
                WordMatch::Initial => share.max(chance.initial),
                WordMatch::Slip => share * chance.slip,
            };
        }
        product
    }
}
