//! How much likelier the evidence about a pair is if it is one person than if it is not (Fellegi and Sunter), with the
//! frequency of the very name in the very region in the place of an average.
//!
//! For each candidate there are these stories: nobody in the register is meant; this servant is meant; somebody else is
//! meant who resembles this servant more than chance does (a namesake, a brother or sister, somebody born on the same day).
//! A pair's probability is its weight against the sum of all.

mod names;

pub(crate) use names::Near;

use crate::Sex;
use crate::compare::{AgeLevel, Agreement, BirthLevel, MarkLevel, NameLevel};
use crate::counts::{Frequencies, marks_key};
use crate::model::{Marks, Model};
use crate::name::Muhammad;
use crate::number::NikMatch;
use crate::pair::Pair;
use crate::person::{Job, Person};

/// Beyond this, a weight's logarithm makes no difference.
const LIMIT: f64 = 60.0;
/// From this share of empty cells on, a list does not have degrees or titles, and that a record has none says nothing.
const TOO_EMPTY: f64 = 0.9;

/// Which marks the candidates' list has at all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marked {
    /// Share of the candidates with degrees.
    pub(crate) degrees: f64,
    /// Share of the candidates with titles.
    pub(crate) titles: f64,
}

/// The weights of a pair's stories, and how many bear the servant's name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weight {
    /// That it is one person.
    pub(crate) person: f64,
    /// That it is somebody much alike.
    pub(crate) lookalike: f64,
    /// In the candidate's region; none where it is not known.
    pub(crate) namesakes_here: Option<u32>,
    /// In the whole register.
    pub(crate) namesakes: u32,
    /// Where the servant is, seen from the candidate.
    pub(crate) near: Near,
}

/// Weighs pairs.
pub(crate) struct Scale<'a> {
    pub(crate) model: &'a Model,
    pub(crate) register: &'a Frequencies,
    /// The day on which the candidates' ages hold.
    pub(crate) age_year: i16,
    pub(crate) marked: Marked,
}

/// A logarithm for one person, and one for somebody much alike.
#[derive(Clone, Copy, Default)]
struct Both {
    person: f64,
    lookalike: f64,
}

impl Scale<'_> {
    /// Weighs a pair.
    pub(crate) fn weigh(&self, candidate: &Person, pair: &Pair) -> Weight {
        let evidence = &pair.evidence;
        let place = self.nearness(candidate, pair);
        let by_chance = self.name_chance(candidate, pair, place);
        let rate = self.name_rate(evidence.name.level) * self.near_rate(place.near);
        let birth_chance = self.birth_chance(candidate, pair);
        let degrees = self.degrees(candidate, pair);
        let titles = self.titles(candidate, pair);
        let muhammad = self.muhammad(pair);
        let sum = (rate / by_chance).ln()
            + self.sex(evidence.sex)
            + self.birth(pair, birth_chance)
            + self.place(candidate, pair)
            + degrees.person
            + titles.person
            + muhammad
            + self.numbers(pair)
            + if candidate.job == Job::CivilService { self.model.job.civil_service.ln() } else { 0.0 };
        let alike = degrees.lookalike + titles.lookalike + muhammad.max(0.0) - by_chance.ln();
        let each = -self.register.total().ln();
        let namesakes_here =
            (candidate.region != 0).then(|| self.register.name_in_region(pair.sex, candidate.region, pair.key));
        Weight {
            person: weight((self.model.prior.in_register * self.model.prior.raised).ln() + each + sum),
            lookalike: self.lookalike(candidate, pair, place.near, alike + each, birth_chance),
            namesakes_here,
            namesakes: self.register.name(pair.sex, pair.key),
            near: place.near,
        }
    }

    fn sex(&self, sex: Agreement) -> f64 {
        match sex {
            Agreement::Unknown => 0.0,
            Agreement::Same => self.model.sex.same.ln(),
            Agreement::Different => self.model.sex.different.ln(),
        }
    }

    /// How likely a birth date or an age at this level is by chance.
    fn birth_chance(&self, candidate: &Person, pair: &Pair) -> f64 {
        let share = |year: i16| self.register.year(year);
        let evidence = &pair.evidence;
        if let Some(born) = candidate.birth
            && evidence.birth != BirthLevel::Unknown
        {
            let year = born.year();
            let (same, beside) = (share(year), share(year - 1) + share(year + 1));
            let chance = match evidence.birth {
                BirthLevel::Equal | BirthLevel::Turned => same / 365.25,
                BirthLevel::YearOff => beside / 365.25,
                BirthLevel::SameMonth => same / 12.0,
                BirthLevel::YearOffSameMonth => beside / 12.0,
                BirthLevel::OtherYear => 1.0 / 365.25,
                BirthLevel::SameDay => same / 30.0,
                BirthLevel::SameYear => same,
                BirthLevel::Different | BirthLevel::Unknown => 1.0,
            };
            return chance.max(1e-7);
        }
        // Somebody of an age was born in one of two years.
        let year = self.age_year - candidate.age.unwrap_or_default();
        let chance = match evidence.age {
            AgeLevel::Equal => (share(year) + share(year - 1)) / 2.0,
            AgeLevel::OneOff => (share(year + 1) + share(year) + share(year - 1) + share(year - 2)) / 2.0,
            AgeLevel::Near => 0.15,
            AgeLevel::Different => 0.8,
            AgeLevel::Unknown => 1.0,
        };
        chance.max(1e-4)
    }

    fn birth(&self, pair: &Pair, chance: f64) -> f64 {
        let (birth, age) = (&self.model.birth, &self.model.age);
        let rate = match (pair.evidence.birth, pair.evidence.age) {
            (BirthLevel::Unknown, AgeLevel::Unknown) => return 0.0,
            (BirthLevel::Unknown, AgeLevel::Equal) => age.equal,
            (BirthLevel::Unknown, AgeLevel::OneOff) => age.one_off,
            (BirthLevel::Unknown, AgeLevel::Near) => age.near,
            (BirthLevel::Unknown, AgeLevel::Different) => age.different,
            (BirthLevel::Equal, _) => birth.equal,
            (BirthLevel::Turned, _) => birth.turned,
            (BirthLevel::YearOff, _) => birth.year_off,
            (BirthLevel::SameMonth, _) => birth.same_month,
            (BirthLevel::YearOffSameMonth, _) => birth.year_off_same_month,
            (BirthLevel::OtherYear, _) => birth.other_year,
            (BirthLevel::SameDay, _) => birth.same_day,
            (BirthLevel::SameYear, _) => birth.same_year,
            (BirthLevel::Different, _) => birth.different,
        };
        (rate / chance).ln()
    }

    /// How likely the same place of birth is by chance: among those who work in the servant's region it is mostly that region.
    fn place_chance(&self, candidate: &Person, pair: &Pair) -> f64 {
        let everywhere = self.register.place(candidate.place) / self.register.total();
        if pair.region == 0 {
            return everywhere.clamp(1e-4, 0.98);
        }
        let here = self.register.place_in_region(pair.region, candidate.place);
        let share = (here + 3.0 * everywhere) / (self.register.region(pair.region) + 3.0);
        share.clamp(1e-4, 0.98)
    }

    fn place(&self, candidate: &Person, pair: &Pair) -> f64 {
        let (rates, chance) = (&self.model.place, self.place_chance(candidate, pair));
        match pair.evidence.place {
            Agreement::Unknown => 0.0,
            Agreement::Same => (rates.same / chance).ln(),
            Agreement::Different => (rates.different / (1.0 - chance)).ln(),
        }
    }

    fn degrees(&self, candidate: &Person, pair: &Pair) -> Both {
        let none = self.register.degrees(marks_key(0));
        let ours = self.register.degrees(marks_key(candidate.name.degrees));
        let theirs = self.register.degrees(pair.degrees);
        let told = self.marked.degrees;
        marks(
            pair.evidence.degrees,
            &self.model.degrees,
            self.model.lookalike.unlike,
            Shares { none, ours, theirs, told },
        )
    }

    fn titles(&self, candidate: &Person, pair: &Pair) -> Both {
        let none = self.register.titles(marks_key(0));
        let ours = self.register.titles(marks_key(candidate.name.titles.into()));
        let theirs = self.register.titles(pair.titles);
        let told = self.marked.titles;
        marks(
            pair.evidence.titles,
            &self.model.titles,
            self.model.lookalike.unlike,
            Shares { none, ours, theirs, told },
        )
    }

    fn muhammad(&self, pair: &Pair) -> f64 {
        if pair.sex != Sex::Man {
            return 0.0;
        }
        let (rates, share) = (&self.model.muhammad, self.register.muhammad().clamp(0.005, 0.9));
        let ratio = match pair.evidence.muhammad {
            (Muhammad::Present, Muhammad::Present) => rates.kept / share,
            (Muhammad::Absent, Muhammad::Present) => rates.left_out / (1.0 - share),
            (Muhammad::Present, Muhammad::Absent) => rates.added / share,
            (Muhammad::Absent, Muhammad::Absent) => 1.0 / (1.0 - share),
        };
        ratio.ln()
    }

    fn numbers(&self, pair: &Pair) -> f64 {
        let rates = &self.model.number;
        let same = (rates.same / rates.same_by_chance).ln();
        let nik = match pair.evidence.nik {
            NikMatch::Unknown => 0.0,
            NikMatch::Same => same,
            NikMatch::Agrees(digits) => f64::from(digits) * rates.digit.ln(),
            NikMatch::Differs => rates.differs.ln(),
        };
        let nip = if pair.evidence.nip == Agreement::Same { same } else { 0.0 };
        nik + nip
    }

    /// The weight that the candidate is not the servant but resembles it. `alike` holds what all kinds have in common.
    fn lookalike(&self, candidate: &Person, pair: &Pair, near: Near, alike: f64, birth_chance: f64) -> f64 {
        if near != Near::Same || pair.evidence.same_number() {
            return 0.0;
        }
        let (kinds, level) = (&self.model.lookalike, pair.evidence.name.level);
        let chance = self.place_chance(candidate, pair);
        let place = |same: f64| match pair.evidence.place {
            Agreement::Unknown => 0.0,
            Agreement::Same => (same / chance).ln(),
            Agreement::Different => ((1.0 - same).max(0.01) / (1.0 - chance)).ln(),
        };
        let namesake = match level {
            NameLevel::Identical => Some(kinds.namesake.identical),
            NameLevel::Folded => Some(kinds.namesake.folded),
            _ => None,
        };
        let sibling = match level {
            NameLevel::Shared => Some(kinds.sibling.shared),
            NameLevel::OneOf => Some(kinds.sibling.one_of),
            NameLevel::Fewer => Some(kinds.sibling.fewer),
            _ => None,
        };
        let is_apart =
            matches!(pair.evidence.birth, BirthLevel::Unknown | BirthLevel::Different | BirthLevel::OtherYear);
        let apart = if is_apart { 0.0 } else { kinds.sibling.close_birth.ln() };
        let is_same_day = pair.evidence.birth == BirthLevel::Equal || pair.evidence.age == AgeLevel::Equal;
        let birthday = is_same_day.then_some(match level {
            NameLevel::Different => kinds.birthday.different,
            NameLevel::Shared => kinds.birthday.shared,
            _ => kinds.birthday.nearer,
        });
        let parts = [
            namesake.map(|rate| (kinds.namesake.share * rate).ln() + place(kinds.namesake.same_place)),
            sibling.map(|rate| (kinds.sibling.share * rate).ln() + place(kinds.sibling.same_place) + apart),
            birthday
                .map(|rate| (kinds.birthday.share * rate).ln() + place(kinds.birthday.same_place) - birth_chance.ln()),
        ];
        parts.into_iter().flatten().map(|part| weight(part + alike)).sum()
    }
}

fn weight(logarithm: f64) -> f64 {
    logarithm.min(LIMIT).exp()
}

/// How frequent sets of degrees or titles are.
struct Shares {
    /// None at all, in the register.
    none: f64,
    /// The candidate's.
    ours: f64,
    /// The servant's.
    theirs: f64,
    /// Share of the candidates with any.
    told: f64,
}

/// Weighs degrees or titles. A candidate list shows some of what the register holds, and sometimes more.
fn marks(level: MarkLevel, rates: &Marks, unlike: f64, shares: Shares) -> Both {
    let Shares { none, ours, theirs, told } = shares;
    if none > TOO_EMPTY || told < 1.0 - TOO_EMPTY {
        return Both::default();
    }
    let least = |share: f64| share.max(1e-4);
    let kept = 1.0 - rates.left_out;
    // What the candidates' list would show of somebody drawn at random from the register.
    let shown = least(kept * ours);
    let empty = least(kept * none + rates.left_out);
    let (person, lookalike) = match level {
        MarkLevel::Equal => ((kept - rates.added - rates.other) / shown, kept / shown),
        MarkLevel::None => ((1.0 - rates.added - rates.other) / empty, 1.0 / empty),
        MarkLevel::LeftOut => (rates.left_out / empty, rates.left_out / empty),
        MarkLevel::Added => (rates.added / least(theirs), unlike),
        MarkLevel::New => (rates.added / none.max(0.02), unlike),
        MarkLevel::Other => (rates.other / 0.75, unlike),
    };
    Both { person: person.max(1e-6).ln(), lookalike: lookalike.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_without_degrees_say_nothing() {
        let model = Model::embedded().unwrap();
        let weigh = |none, told| {
            let shares = Shares { none, ours: 0.05, theirs: 0.05, told };
            marks(MarkLevel::Other, &model.degrees, model.lookalike.unlike, shares).person
        };
        assert!(weigh(0.95, 0.8).abs() < 1e-9);
        assert!(weigh(0.1, 0.02).abs() < 1e-9);
        assert!(weigh(0.1, 0.8) < -2.0);
    }

    #[test]
    fn the_same_rare_degree_proves_more_than_a_common_one() {
        let model = Model::embedded().unwrap();
        let weigh = |share| {
            let shares = Shares { none: 0.1, ours: share, theirs: share, told: 0.8 };
            marks(MarkLevel::Equal, &model.degrees, model.lookalike.unlike, shares).person
        };
        assert!(weigh(0.001) > weigh(0.1));
        assert!(weigh(0.1) > 0.0);
    }
}
