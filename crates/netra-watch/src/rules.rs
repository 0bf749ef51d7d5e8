//! Rules over concepts: which must occur together in a sentence, and which must not.

use std::ops::BitOr;

use crate::lexicon::Hit;

/// A set of concepts, by their places in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Concepts(u128);

impl Concepts {
    /// As many as fit beside the built-in ones.
    pub(crate) const MOST: usize = 126;
    /// A person whose neutrality the law asks for.
    pub(crate) const WHO: Concepts = Concepts(1 << 126);
    /// A civil servant among them.
    pub(crate) const CIVIL_SERVANT: Concepts = Concepts(1 << 127);

    pub(crate) fn one(place: usize) -> Concepts {
        u32::try_from(place).ok().and_then(|place| 1_u128.checked_shl(place)).map(Concepts).unwrap_or_default()
    }

    pub(crate) fn meets(self, other: Concepts) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Concepts) {
        self.0 |= other.0;
    }
}

impl BitOr for Concepts {
    type Output = Concepts;

    fn bitor(self, other: Concepts) -> Concepts {
        Concepts(self.0 | other.0)
    }
}

/// What a rule asks of a group of concepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demand {
    Needed,
    Barred,
    /// Barred before the first needed one.
    NotBefore,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    concepts: Concepts,
    demand: Demand,
}

/// A rule of the data.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    groups: Vec<Group>,
    /// How much it says, at most 1.
    pub weight: f64,
}

/// What a hit counts as in rules.
pub(crate) type Counted<'a> = &'a dyn Fn(&Hit) -> Concepts;

impl Rule {
    /// Reads a rule as the data write it; `lookup` knows the names of concepts.
    ///
    /// # Errors
    /// An unknown concept, a weight that is none, or a rule that asks for nothing.
    pub(crate) fn parse(text: &str, lookup: &dyn Fn(&str) -> Option<Concepts>) -> Result<Rule, String> {
        let mut rule = Rule { groups: Vec::new(), weight: 1.0 };
        for part in text.split_whitespace() {
            if let Some(weight) = part.strip_prefix('@') {
                rule.weight = weight.parse::<f64>().ok().filter(|w| *w > 0.0 && *w <= 1.0).ok_or_else(|| {
                    format!("'{text}': the weight '{part}' is not a number above 0 and up to 1, as in @0.5")
                })?;
                continue;
            }
            let (demand, names) = if let Some(names) = part.strip_prefix('!') {
                (Demand::Barred, names)
            } else if let Some(names) = part.strip_prefix('^') {
                (Demand::NotBefore, names)
            } else {
                (Demand::Needed, part)
            };
            let mut concepts = Concepts::default();
            for name in names.split('|') {
                concepts.add(lookup(name).ok_or_else(|| format!("'{text}': no concept is called '{name}'"))?);
            }
            rule.groups.push(Group { concepts, demand });
        }
        if rule.needed().next().is_none() {
            return Err(format!("'{text}': the rule asks for no concept"));
        }
        Ok(rule)
    }

    fn needed(&self) -> impl Iterator<Item = Concepts> {
        self.groups.iter().filter(|group| group.demand == Demand::Needed).map(|group| group.concepts)
    }

    /// Whether the concepts of a sentence can meet the rule: quick, and wrong only where one word would have
    /// to stand for two groups, or where places matter.
    pub(crate) fn may_hold(&self, sentence: Concepts) -> bool {
        self.groups.iter().all(|group| match group.demand {
            Demand::Needed => sentence.meets(group.concepts),
            Demand::Barred => !sentence.meets(group.concepts),
            Demand::NotBefore => true,
        })
    }

    /// The hits that meet the rule: for each needed group one, each of words of its own, the trigger first.
    /// The trigger starts at `first` or later among the hits.
    pub(crate) fn evidence(&self, hits: &[Hit], first: usize, counted: Counted<'_>) -> Option<Vec<Hit>> {
        let mut found: Vec<Hit> = Vec::new();
        for (n, wanted) in self.needed().enumerate() {
            let from = if n == 0 { first } else { 0 };
            let free = |hit: &&Hit| {
                counted(hit).meets(wanted) && !found.iter().any(|used| used.from < hit.to && hit.from < used.to)
            };
            // What stands nearest to the trigger tells most.
            let hit = match found.first() {
                None => hits.iter().skip(from).find(free),
                Some(trigger) => hits.iter().filter(free).min_by_key(|hit| hit.from.abs_diff(trigger.from)),
            };
            let hit = *hit?;
            found.push(hit);
        }
        let trigger = found.first()?.from;
        let barred_before = self.groups.iter().filter(|group| group.demand == Demand::NotBefore).any(|group| {
            hits.iter().take_while(|hit| hit.from < trigger).any(|hit| counted(hit).meets(group.concepts))
        });
        (!barred_before).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Meaning;

    fn lookup(name: &str) -> Option<Concepts> {
        ["a", "b", "c"].iter().position(|known| *known == name).map(Concepts::one)
    }

    fn counted(hit: &Hit) -> Concepts {
        match hit.meaning {
            Meaning::Concept(place) => Concepts::one(place),
            _ => Concepts::default(),
        }
    }

    fn hit(concept: usize, from: usize) -> Hit {
        Hit { meaning: Meaning::Concept(concept), from, to: from + 1 }
    }

    #[test]
    fn rules_are_read_and_refused() {
        let rule = Rule::parse("a b|c !c @0.5", &lookup).expect("a rule");
        assert!((rule.weight - 0.5).abs() < 1e-9);
        assert!(rule.may_hold(Concepts::one(0) | Concepts::one(1)));
        assert!(!rule.may_hold(Concepts::one(0) | Concepts::one(2)));
        for (text, message) in [
            ("a d", "'a d': no concept is called 'd'"),
            ("", "'': the rule asks for no concept"),
            ("!a", "'!a': the rule asks for no concept"),
            ("a @2", "'a @2': the weight '@2' is not a number above 0 and up to 1, as in @0.5"),
        ] {
            assert_eq!(Rule::parse(text, &lookup).map(|r| r.weight), Err(message.to_owned()));
        }
    }

    #[test]
    fn a_word_stands_for_one_group_only() {
        let rule = Rule::parse("a b", &lookup).expect("a rule");
        assert_eq!(rule.evidence(&[hit(0, 3), hit(1, 3)], 0, &counted), None);
        assert_eq!(rule.evidence(&[hit(0, 3), hit(1, 3), hit(1, 5)], 0, &counted), Some(vec![hit(0, 3), hit(1, 5)]));
    }

    #[test]
    fn some_concepts_are_barred_before_the_trigger_only() {
        let rule = Rule::parse("a ^c", &lookup).expect("a rule");
        assert!(rule.evidence(&[hit(2, 1), hit(0, 2)], 0, &counted).is_none());
        assert!(rule.evidence(&[hit(0, 2), hit(2, 4)], 0, &counted).is_some());
    }
}
