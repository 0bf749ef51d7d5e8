//! The tables and word lists of `data/`, read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use netra_law::Law;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::calendar::Names;
use crate::lexicon::{Lexicon, Meaning};
use crate::named::Named;
use crate::noise::Noise;
use crate::regions::Regions;
use crate::rules::{Concepts, Rule};

/// Everything that is wrong with the data, each fault with its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataErrors(pub Vec<String>);

impl fmt::Display for DataErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for DataErrors {}

/// The files of the data as text.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// `concepts.toml`.
    pub concepts: &'a str,
    /// `persons.toml`.
    pub persons: &'a str,
    /// `acts.toml`.
    pub acts: &'a str,
    /// `stages.toml`.
    pub stages: &'a str,
    /// `agencies.toml`.
    pub agencies: &'a str,
    /// `channels.toml`.
    pub channels: &'a str,
    /// `time.toml`.
    pub time: &'a str,
    /// `noise.toml`.
    pub noise: &'a str,
    /// `roots.txt`.
    pub roots: &'a str,
    /// `regions.csv`.
    pub regions: &'a str,
    /// `region-aliases.csv`.
    pub aliases: &'a str,
    /// `districts.csv`.
    pub districts: &'a str,
}

/// The shipped data.
pub const EMBEDDED: Files<'static> = Files {
    concepts: include_str!("../data/concepts.toml"),
    persons: include_str!("../data/persons.toml"),
    acts: include_str!("../data/acts.toml"),
    stages: include_str!("../data/stages.toml"),
    agencies: include_str!("../data/agencies.toml"),
    channels: include_str!("../data/channels.toml"),
    time: include_str!("../data/time.toml"),
    noise: include_str!("../data/noise.toml"),
    roots: include_str!("../data/roots.txt"),
    regions: include_str!("../data/regions.csv"),
    aliases: include_str!("../data/region-aliases.csv"),
    districts: include_str!("../data/districts.csv"),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptFile {
    concept: Vec<ConceptEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptEntry {
    id: String,
    words: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonFile {
    post: Vec<Post>,
}

/// Whose neutrality a post falls under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Bound {
    Asn,
    Village,
    Other,
    Context,
}

/// A post, or another word for a kind of person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Post {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub bound: Bound,
    words: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    /// In regions, by the start of their code, the post is of another kind.
    #[serde(default, rename = "where")]
    pub elsewhere: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    act: Vec<ActEntry>,
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActEntry {
    id: String,
    name: String,
    rules: Vec<String>,
}

/// An act and the rules by which a text tells of it.
#[derive(Debug)]
pub(crate) struct Act {
    pub id: String,
    pub name: String,
    pub rules: Vec<Rule>,
}

/// Which types an act can be for a kind of person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    who: Vec<String>,
    act: String,
    #[serde(default)]
    election: Option<String>,
    #[serde(default)]
    pub any: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub after: Vec<String>,
}

impl Answer {
    pub(crate) fn fits(&self, act: &str, kind: &str, election: Option<&str>) -> bool {
        let this_election = self.election.as_deref().is_none_or(|wanted| election == Some(wanted));
        (self.act == "*" || self.act == act) && this_election && self.who.iter().any(|who| who == kind)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageFile {
    stage: Vec<StageEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageEntry {
    id: String,
    rules: Vec<String>,
    #[serde(default)]
    near: Option<usize>,
    #[serde(default)]
    ordered: bool,
}

/// Whether the concepts of a rule must follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Any,
    AsWritten,
}

/// How a text tells of a stage of handling.
#[derive(Debug)]
pub(crate) struct StageRules {
    pub id: String,
    pub rules: Vec<Rule>,
    pub near: usize,
    pub order: Order,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyFile {
    agency: Vec<Agency>,
}

/// A body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agency {
    pub name: String,
    /// Whether a region that follows is part of its name.
    #[serde(default)]
    pub region: bool,
    words: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFile {
    channel: Vec<ChannelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelEntry {
    id: String,
    words: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

/// All tables.
#[derive(Debug)]
pub(crate) struct Tables {
    pub named: Named,
    pub posts: Vec<Post>,
    pub acts: Vec<Act>,
    pub answers: Vec<Answer>,
    pub stages: Vec<StageRules>,
    pub agencies: Vec<Agency>,
    pub channels: Vec<String>,
    pub names: Names,
    pub noise: Noise,
    pub regions: Regions,
}

/// Reads and checks everything.
pub(crate) fn load(files: &Files<'_>, law: &Law) -> Result<(Tables, Lexicon), DataErrors> {
    let mut loader = Loader::default();
    let concepts = loader.toml::<ConceptFile>("concepts.toml", files.concepts).map_or(Vec::new(), |f| f.concept);
    let posts = loader.toml::<PersonFile>("persons.toml", files.persons).map_or(Vec::new(), |f| f.post);
    let acts = loader.toml::<ActFile>("acts.toml", files.acts);
    let stages = loader.toml::<StageFile>("stages.toml", files.stages).map_or(Vec::new(), |f| f.stage);
    let agencies = loader.toml::<AgencyFile>("agencies.toml", files.agencies).map_or(Vec::new(), |f| f.agency);
    let channels = loader.toml::<ChannelFile>("channels.toml", files.channels).map_or(Vec::new(), |f| f.channel);
    let time = loader.toml("time.toml", files.time);
    let noise = loader.toml("noise.toml", files.noise);

    let mut lexicon = Lexicon::default();
    for root in files.roots.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        lexicon.add_root(root);
    }
    for (n, c) in concepts.iter().enumerate() {
        loader.words(&mut lexicon, "concepts.toml", &c.id, &c.words, &c.except, Meaning::Concept(n));
    }
    for (n, p) in posts.iter().enumerate() {
        loader.words(&mut lexicon, "persons.toml", &p.id, &p.words, &p.except, Meaning::Post(n));
    }
    for (n, a) in agencies.iter().enumerate() {
        loader.words(&mut lexicon, "agencies.toml", &a.name, &a.words, &a.except, Meaning::Agency(n));
    }
    for (n, c) in channels.iter().enumerate() {
        loader.words(&mut lexicon, "channels.toml", &c.id, &c.words, &c.except, Meaning::Channel(n));
    }

    let ids: Vec<String> = concepts.into_iter().map(|c| c.id).collect();
    loader.concept_ids(&ids);
    loader.post_kinds(&posts, law);
    let (acts, answers) = acts.map_or((Vec::new(), Vec::new()), |file| loader.acts(file, &ids, law));
    let stages = loader.stages(stages, &ids);
    let named = Named::new(&ids).unwrap_or_else(|fault| {
        loader.fault("concepts.toml", &fault);
        Named::default()
    });
    let names = time.and_then(|file| loader.checked("time.toml", Names::new(file)));
    let mut regions = loader.checked("regions.csv", Regions::new(files.regions));
    if let Some(regions) = &mut regions {
        loader.checked("region-aliases.csv", regions.add_aliases(files.aliases));
        loader.checked("districts.csv", regions.add_districts(files.districts));
    }
    match (loader.faults.is_empty(), names, noise, regions) {
        (true, Some(names), Some(noise), Some(regions)) => {
            let channels = channels.into_iter().map(|c| c.id).collect();
            let tables = Tables {
                named,
                posts,
                acts,
                answers,
                stages,
                agencies,
                channels,
                names,
                noise: Noise::new(noise),
                regions,
            };
            Ok((tables, lexicon))
        }
        _ => Err(DataErrors(loader.faults)),
    }
}

#[derive(Default)]
struct Loader {
    faults: Vec<String>,
}

impl Loader {
    fn fault(&mut self, file: &str, text: &str) {
        self.faults.push(format!("{file}: {text}"));
    }

    fn checked<T>(&mut self, file: &str, result: Result<T, String>) -> Option<T> {
        result.map_err(|fault| self.fault(file, &fault)).ok()
    }

    fn toml<T: DeserializeOwned>(&mut self, file: &str, text: &str) -> Option<T> {
        self.checked(file, toml::from_str(text).map_err(|e| e.to_string()))
    }

    fn words(
        &mut self,
        lexicon: &mut Lexicon,
        file: &str,
        entry: &str,
        words: &[String],
        except: &[String],
        meaning: Meaning,
    ) {
        if words.is_empty() {
            self.fault(file, &format!("{entry}: it has no words"));
        }
        let added = words.iter().map(|word| lexicon.add(word, meaning)).collect::<Vec<_>>();
        let excepted = except.iter().map(|word| lexicon.add_exception(word, meaning)).collect::<Vec<_>>();
        for fault in added.into_iter().chain(excepted).filter_map(Result::err) {
            self.fault(file, &format!("{entry}: {fault}"));
        }
    }

    fn concept_ids(&mut self, ids: &[String]) {
        if ids.len() > Concepts::MOST {
            self.fault("concepts.toml", &format!("{} concepts are more than {}", ids.len(), Concepts::MOST));
        }
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) || ["who", "side"].contains(&id.as_str()) {
                self.fault("concepts.toml", &format!("{id}: the id is already used"));
            }
        }
    }

    fn post_kinds(&mut self, posts: &[Post], law: &Law) {
        for post in posts {
            for kind in post.elsewhere.values().chain([&post.kind]) {
                if law.subject(kind).is_none() {
                    self.fault("persons.toml", &format!("{}: '{kind}' is no kind of law/subjects.toml", post.id));
                }
            }
        }
    }

    fn rules(&mut self, file: &str, entry: &str, rules: &[String], ids: &[String]) -> Vec<Rule> {
        let find = |name: &str| ids.iter().position(|id| id == name).map(Concepts::one);
        let lookup = |name: &str| match name {
            "who" => Some(Concepts::WHO),
            "side" => Some(find("candidate")? | find("party")?),
            _ => find(name),
        };
        let mut list = Vec::new();
        for rule in rules {
            match Rule::parse(rule, &lookup) {
                Ok(rule) => list.push(rule),
                Err(fault) => self.fault(file, &format!("{entry}: {fault}")),
            }
        }
        list
    }

    fn acts(&mut self, file: ActFile, ids: &[String], law: &Law) -> (Vec<Act>, Vec<Answer>) {
        let mut acts = Vec::new();
        for entry in file.act {
            let rules = self.rules("acts.toml", &entry.id, &entry.rules, ids);
            acts.push(Act { id: entry.id, name: entry.name, rules });
        }
        for answer in &file.answer {
            if answer.act != "*" && !acts.iter().any(|act| act.id == answer.act) {
                self.fault("acts.toml", &format!("an answer is for '{}', which is no act", answer.act));
            }
            if let Some(kind) = answer.who.iter().find(|kind| law.subject(kind).is_none()) {
                self.fault("acts.toml", &format!("{}: '{kind}' is no kind of law/subjects.toml", answer.act));
            }
            for id in answer.any.iter().chain(&answer.before).chain(&answer.after) {
                if !law.violations().iter().any(|v| v.id == *id) {
                    self.fault("acts.toml", &format!("{}: '{id}' is no type of law/violations.toml", answer.act));
                }
            }
        }
        (acts, file.answer)
    }

    fn stages(&mut self, entries: Vec<StageEntry>, ids: &[String]) -> Vec<StageRules> {
        let mut stages = Vec::new();
        for entry in entries {
            let rules = self.rules("stages.toml", &entry.id, &entry.rules, ids);
            if crate::stages::Stage::from_id(&entry.id).is_none() {
                self.fault("stages.toml", &format!("'{}' is no stage", entry.id));
            }
            let order = if entry.ordered { Order::AsWritten } else { Order::Any };
            let near = entry.near.unwrap_or(usize::MAX);
            stages.push(StageRules { id: entry.id, rules, near, order });
        }
        stages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(files: &Files<'_>) -> Vec<String> {
        let law = Law::embedded().expect("the shipped packs load");
        load(files, &law).map_or_else(|errors| errors.0, |_| Vec::new())
    }

    #[test]
    fn the_shipped_data_load() {
        assert_eq!(faults(&EMBEDDED), Vec::<String>::new());
    }

    #[test]
    fn every_fault_names_its_file_and_entry() {
        let acts = EMBEDDED.acts.replace("DIS-07", "DIS-99").replace("\"photo finger\"", "\"photo ekor\"");
        let persons = EMBEDDED.persons.replace("kind = \"rt-rw\"", "kind = \"raja\"");
        let stages = EMBEDDED.stages.replace("id = \"viral\"", "id = \"ramai\"");
        let broken = Files { acts: &acts, persons: &persons, stages: &stages, ..EMBEDDED };
        assert_eq!(
            faults(&broken),
            [
                "persons.toml: rt-rw: 'raja' is no kind of law/subjects.toml",
                "acts.toml: photo: 'photo ekor': no concept is called 'ekor'",
                "acts.toml: photo: 'DIS-99' is no type of law/violations.toml",
                "stages.toml: 'ramai' is no stage",
            ]
        );
        let broken = Files { concepts: "concept = 1", ..EMBEDDED };
        assert!(faults(&broken).iter().any(|fault| fault.starts_with("concepts.toml: ")));
        let broken = Files { regions: "code,kind,name,alone\n11,negara,Aceh,yes\n", ..EMBEDDED };
        assert_eq!(faults(&broken), ["regions.csv: line 2: 'negara' is none of provinsi, kabupaten, kota"]);
    }
}
