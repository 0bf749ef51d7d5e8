//! Which election a text is about, and whether its candidates were determined by then.

use jiff::civil::Date;
use netra_law::Law;
use netra_law::pack::{Election, Regime, Stage};

use crate::named::Named;
use crate::scene::Scene;

/// The stage that separates prospective candidates from candidates.
const DETERMINED: &str = "candidates-determined";
/// An election further away than this says nothing of a day.
const FAR: i32 = 730;

/// The elections of the law packs.
#[derive(Debug)]
pub(crate) struct Elections(Vec<Election>);

impl Elections {
    pub(crate) fn new(law: &Law) -> Elections {
        Elections(law.elections().to_vec())
    }

    /// The kind of election, by its words and by what was held on the day.
    pub(crate) fn regime(&self, scene: &Scene<'_, '_>, day: Option<Date>) -> Option<Regime> {
        let named: &Named = scene.named();
        let plain = (0..scene.words.list.len()).filter(|place| is_plain_pemilu(scene, *place)).count();
        let mut pilkada = 2 * scene.count(named.pilkada);
        let mut pemilu = 2 * scene.count(named.pemilu) + plain;
        for election in self.held_on(day) {
            match election.regime {
                Regime::Pilkada => pilkada += 3,
                Regime::Pemilu => pemilu += 3,
                Regime::Discipline => {}
            }
        }
        match pilkada.cmp(&pemilu) {
            std::cmp::Ordering::Greater => Some(Regime::Pilkada),
            std::cmp::Ordering::Less => Some(Regime::Pemilu),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn held_on(&self, day: Option<Date>) -> impl Iterator<Item = &Election> {
        self.0.iter().filter(move |election| {
            let first = election.stage.iter().map(|stage| stage.from).min();
            let last = election.stage.iter().map(|stage| stage.to.unwrap_or(stage.from)).max();
            day.is_some_and(|day| first.is_some_and(|first| first <= day) && last.is_some_and(|last| day <= last))
        })
    }

    /// How likely the candidates were determined when it happened, from 0 to 1.
    pub(crate) fn determined(&self, scene: &Scene<'_, '_>, regime: Option<Regime>, day: Option<Date>) -> f64 {
        let named = scene.named();
        let (early, late) = (scene.count(named.prospective), scene.count(named.determined));
        let words = match early.cmp(&late) {
            std::cmp::Ordering::Greater => 0.15,
            std::cmp::Ordering::Less => 0.92,
            std::cmp::Ordering::Equal => 0.7,
        };
        let by_day = day.and_then(|day| self.is_determined(regime?, day));
        match by_day {
            Some(true) => (words + 2.85) / 3.85,
            Some(false) => words / 3.85,
            None => words,
        }
    }

    fn is_determined(&self, regime: Regime, day: Date) -> Option<bool> {
        let stages = self.0.iter().filter(|e| e.regime == regime).flat_map(|e| &e.stage);
        let distance = |from: Date| day.until(from).map_or(i32::MAX, |span| span.get_days().abs());
        let nearest = stages.filter(|s| s.kind == DETERMINED).map(|s| s.from).min_by_key(|from| distance(*from))?;
        (distance(nearest) <= FAR).then_some(day >= nearest)
    }

    /// The stage of the election on a day, the shortest where several run.
    pub(crate) fn stage_on(&self, regime: Regime, region: &str, day: Date) -> Option<&str> {
        let held = self
            .0
            .iter()
            .filter(|e| e.regime == regime && (e.regions.is_empty() || e.regions.iter().any(|r| r == region)));
        let stages = held.flat_map(|e| &e.stage).filter(|s| s.from <= day && day <= s.to.unwrap_or(s.from));
        let length = |s: &&Stage| s.from.until(s.to.unwrap_or(s.from)).map_or(i32::MAX, |span| span.get_days());
        stages.min_by_key(length).map(|stage| stage.name.as_str())
    }
}

/// *Pemilu*, but not in *pengawas pemilu*.
fn is_plain_pemilu(scene: &Scene<'_, '_>, place: usize) -> bool {
    const BEFORE: [&str; 5] = ["pengawas", "penyelenggara", "pengawasan", "uu", "sengketa"];
    let before = place.checked_sub(1).map_or("", |before| scene.words.at(before));
    scene.words.at(place) == "pemilu" && !BEFORE.contains(&before)
}
