//! The error model: how records of one person differ and how those of two persons agree, as data with a version.
//!
//! The weights of all comparisons come from here and from the register's own frequencies, never from the lists that are
//! being compared: with few true pairs among billions, learning from them finds another pattern.

use serde::Deserialize;

/// The model that is shipped.
const EMBEDDED: &str = include_str!("../model/error-model.toml");

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The text is no model.
    #[error("the error model does not parse")]
    Toml(#[from] toml::de::Error),
    /// A figure is none.
    #[error("the error model's figure {0} must be above zero")]
    Figure(&'static str),
}

/// Rates, each a share between zero and one unless it says otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Stands in every result.
    pub version: String,
    /// Before anything is compared.
    pub prior: Prior,
    /// Names of one person.
    pub name: Names,
    /// Birth dates of one person.
    pub birth: Births,
    /// Ages of one person.
    pub age: Ages,
    /// Regions of one person.
    pub region: Regions,
    /// Birth places of one person.
    pub place: SameOrNot,
    /// Sexes of one person.
    pub sex: SameOrNot,
    /// Degrees of one person.
    pub degrees: Marks,
    /// Titles of one person.
    pub titles: Marks,
    /// The name Muhammad of one man.
    pub muhammad: Muhammads,
    /// Identity numbers.
    pub number: Numbers,
    /// Jobs.
    pub job: Jobs,
    /// Names of two persons.
    pub chance: Chance,
    /// Two persons who are much alike.
    pub lookalike: Lookalikes,
    /// Classes.
    pub class: Classes,
}

/// Before anything is compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Share of the candidates who are in the register.
    pub in_register: f64,
    /// By how much the odds of each pair are raised, so that as many are true as is stated.
    pub raised: f64,
}

/// Names of one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Names {
    pub identical: f64,
    pub folded: f64,
    pub initials: f64,
    pub slips: f64,
    pub fewer: f64,
    pub one_of: f64,
    pub fewer_slips: f64,
    pub shared: f64,
    pub different: f64,
}

/// Birth dates of one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Births {
    pub equal: f64,
    pub turned: f64,
    pub year_off: f64,
    pub same_month: f64,
    pub year_off_same_month: f64,
    pub other_year: f64,
    pub same_day: f64,
    pub same_year: f64,
    pub different: f64,
}

/// Ages of one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Ages {
    pub equal: f64,
    pub one_off: f64,
    pub near: f64,
    pub different: f64,
}

/// Regions of one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Regions {
    pub same: f64,
    pub province: f64,
    pub elsewhere: f64,
}

/// Something of one person that is the same or not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct SameOrNot {
    pub same: f64,
    pub different: f64,
}

/// Degrees or titles of one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Marks {
    pub left_out: f64,
    pub added: f64,
    pub other: f64,
}

/// The name Muhammad of one man.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Muhammads {
    pub kept: f64,
    pub left_out: f64,
    pub added: f64,
}

/// Identity numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Numbers {
    pub same: f64,
    pub same_by_chance: f64,
    pub differs: f64,
    /// A factor.
    pub digit: f64,
}

/// Jobs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    /// A factor.
    pub civil_service: f64,
}

/// Names of two persons.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Chance {
    pub same_letters: f64,
    pub other_letters: f64,
    pub initial: f64,
    /// A factor, as all that follow but the last two.
    pub slip: f64,
    pub initials: f64,
    pub slips: f64,
    pub fewer: f64,
    pub one_of: f64,
    pub fewer_slips: f64,
    pub shared: f64,
    pub unseen_region: f64,
    pub unseen_province: f64,
}

/// Two persons who are much alike.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Lookalikes {
    pub unlike: f64,
    pub namesake: Namesake,
    pub sibling: Sibling,
    pub birthday: SameBirthday,
}

/// The same name in the same region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Namesake {
    pub share: f64,
    pub same_place: f64,
    pub identical: f64,
    pub folded: f64,
}

/// A part of the name, the same region, another birth date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct Sibling {
    pub share: f64,
    pub same_place: f64,
    pub shared: f64,
    pub one_of: f64,
    pub fewer: f64,
    pub close_birth: f64,
}

/// The same birth date in the same region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the figures are explained in the file")]
pub struct SameBirthday {
    pub share: f64,
    pub same_place: f64,
    pub different: f64,
    pub shared: f64,
    pub nearer: f64,
}

/// Classes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// From which probability a pair is sure.
    pub sure: f64,
    /// From which it is probable.
    pub probable: f64,
    /// How many in the region may bear a name that is called rare.
    pub rare: u32,
}

impl Model {
    /// The model that is shipped.
    ///
    /// # Errors
    /// It does not parse, or a figure is not above zero.
    pub fn embedded() -> Result<Model, ModelError> {
        Model::parse(EMBEDDED)
    }

    /// A model out of its text.
    ///
    /// # Errors
    /// It does not parse, or a figure is not above zero.
    pub fn parse(text: &str) -> Result<Model, ModelError> {
        let model: Model = toml::from_str(text)?;
        let fault = model.figures().into_iter().find(|(_, figure)| !(figure.is_finite() && *figure > 0.0));
        match fault {
            Some((name, _)) => Err(ModelError::Figure(name)),
            None => Ok(model),
        }
    }

    /// The figures that are divided by or whose logarithm is taken.
    fn figures(&self) -> Vec<(&'static str, f64)> {
        let Model {
            name, birth, age, region, place, sex, degrees, titles, muhammad, number, chance, lookalike, ..
        } = self;
        vec![
            ("prior.in_register", self.prior.in_register),
            ("prior.raised", self.prior.raised),
            ("name.identical", name.identical),
            ("name.folded", name.folded),
            ("name.initials", name.initials),
            ("name.slips", name.slips),
            ("name.fewer", name.fewer),
            ("name.one_of", name.one_of),
            ("name.fewer_slips", name.fewer_slips),
            ("name.shared", name.shared),
            ("name.different", name.different),
            ("birth.equal", birth.equal),
            ("birth.turned", birth.turned),
            ("birth.year_off", birth.year_off),
            ("birth.same_month", birth.same_month),
            ("birth.year_off_same_month", birth.year_off_same_month),
            ("birth.other_year", birth.other_year),
            ("birth.same_day", birth.same_day),
            ("birth.same_year", birth.same_year),
            ("birth.different", birth.different),
            ("age.equal", age.equal),
            ("age.one_off", age.one_off),
            ("age.near", age.near),
            ("age.different", age.different),
            ("region.same", region.same),
            ("region.province", region.province),
            ("region.elsewhere", region.elsewhere),
            ("place.same", place.same),
            ("place.different", place.different),
            ("sex.same", sex.same),
            ("sex.different", sex.different),
            ("degrees.left_out", degrees.left_out),
            ("degrees.added", degrees.added),
            ("degrees.other", degrees.other),
            ("titles.left_out", titles.left_out),
            ("titles.added", titles.added),
            ("titles.other", titles.other),
            ("muhammad.kept", muhammad.kept),
            ("muhammad.left_out", muhammad.left_out),
            ("muhammad.added", muhammad.added),
            ("number.same", number.same),
            ("number.same_by_chance", number.same_by_chance),
            ("number.differs", number.differs),
            ("number.digit", number.digit),
            ("job.civil_service", self.job.civil_service),
            ("chance.same_letters", chance.same_letters),
            ("chance.other_letters", chance.other_letters),
            ("chance.initial", chance.initial),
            ("chance.slip", chance.slip),
            ("chance.initials", chance.initials),
            ("chance.slips", chance.slips),
            ("chance.fewer", chance.fewer),
            ("chance.one_of", chance.one_of),
            ("chance.fewer_slips", chance.fewer_slips),
            ("chance.shared", chance.shared),
            ("chance.unseen_region", chance.unseen_region),
            ("chance.unseen_province", chance.unseen_province),
            ("lookalike.unlike", lookalike.unlike),
            ("lookalike.namesake.share", lookalike.namesake.share),
            ("lookalike.namesake.same_place", lookalike.namesake.same_place),
            ("lookalike.namesake.identical", lookalike.namesake.identical),
            ("lookalike.namesake.folded", lookalike.namesake.folded),
            ("lookalike.sibling.share", lookalike.sibling.share),
            ("lookalike.sibling.same_place", lookalike.sibling.same_place),
            ("lookalike.sibling.shared", lookalike.sibling.shared),
            ("lookalike.sibling.one_of", lookalike.sibling.one_of),
            ("lookalike.sibling.fewer", lookalike.sibling.fewer),
            ("lookalike.sibling.close_birth", lookalike.sibling.close_birth),
            ("lookalike.birthday.share", lookalike.birthday.share),
            ("lookalike.birthday.same_place", lookalike.birthday.same_place),
            ("lookalike.birthday.different", lookalike.birthday.different),
            ("lookalike.birthday.shared", lookalike.birthday.shared),
            ("lookalike.birthday.nearer", lookalike.birthday.nearer),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_loads_and_its_shares_sum_to_about_one() {
        let model = Model::embedded().unwrap();
        let Names { identical, folded, initials, slips, fewer, one_of, fewer_slips, shared, different } = model.name;
        let names = [identical, folded, initials, slips, fewer, one_of, fewer_slips, shared, different];
        let regions = [model.region.same, model.region.province, model.region.elsewhere];
        let ages = [model.age.equal, model.age.one_off, model.age.near, model.age.different];
        for shares in [&names[..], &regions[..], &ages[..]] {
            let sum: f64 = shares.iter().sum();
            assert!((0.98..=1.02).contains(&sum), "{shares:?} sum to {sum}");
        }
    }

    #[test]
    fn a_figure_that_cannot_be_weighed_is_named() {
        let broken = EMBEDDED.replace("different = 0.0023", "different = 0.0");
        assert_eq!(
            Model::parse(&broken).unwrap_err().to_string(),
            "the error model's figure name.different must be above zero"
        );
        assert!(Model::parse("version = \"x\"").is_err());
    }
}
