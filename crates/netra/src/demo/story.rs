//! Stories as data: what `demo/` holds, read and made whole.
//!
//! A story writes exhibits as `{ no, file, description, from }` and refers to its own acts as
//! `@key` and to accounts as `@login:NAME`; here they become digests and ids.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use netra_docket::ids::OfficeId;
use netra_law::time::Moment;
use netra_store::{Office, Role};
use serde::Deserialize;
use serde_json::{Value, json};

use super::embedded::FILES;

/// An account of the demo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAccount {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub office: OfficeId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeList {
    office: Vec<Office>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountList {
    account: Vec<DemoAccount>,
}

/// A story: one or several matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub id: String,
    pub number: u8,
    pub title: String,
    #[expect(dead_code, reason = "for whoever reads the story's file")]
    pub summary: String,
    #[expect(dead_code, reason = "for whoever reads the story's file")]
    pub source: String,
    pub matter: Vec<StoryMatter>,
    /// Folder below `demo/stories/`.
    #[serde(skip)]
    pub folder: String,
}

/// A matter of a story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryMatter {
    pub key: String,
    pub home: OfficeId,
    pub act: Vec<StoryAct>,
    pub expect: Expect,
}

/// An act of a story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryAct {
    #[serde(default)]
    pub key: Option<String>,
    pub at: Moment,
    pub by: String,
    #[serde(default)]
    pub public: bool,
    pub what: Value,
}

/// What must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub stage: String,
    #[serde(default)]
    pub clocks: Vec<ExpectClock>,
    #[serde(default)]
    pub received: Option<String>,
    #[serde(default)]
    pub routes: Vec<ExpectRoute>,
    #[serde(default)]
    pub number: Option<String>,
    /// What the statistics count of it; nothing for a matter that they do not count.
    #[serde(default)]
    pub counted: BTreeMap<String, String>,
}

/// An expected clock.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
pub struct ExpectClock {
    pub clock: String,
    pub due: String,
    pub verdict: String,
}

/// An expected forwarding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectRoute {
    pub persons: Vec<u16>,
    pub kind: String,
    pub authority: String,
}

fn text(path: &str) -> anyhow::Result<&'static str> {
    let bytes = file(path)?;
    std::str::from_utf8(bytes).with_context(|| format!("demo/{path} is not UTF-8"))
}

fn file(path: &str) -> anyhow::Result<&'static [u8]> {
    let found = FILES.iter().find(|(name, _)| *name == path);
    found.map(|(_, bytes)| *bytes).with_context(|| format!("demo/{path} is not part of the program"))
}

/// The demo's offices, those above first.
pub fn offices() -> anyhow::Result<Vec<Office>> {
    let list: OfficeList = toml::from_str(text("offices.toml")?).context("reading demo/offices.toml")?;
    Ok(list.office)
}

/// The demo's accounts.
pub fn accounts() -> anyhow::Result<Vec<DemoAccount>> {
    let list: AccountList = toml::from_str(text("accounts.toml")?).context("reading demo/accounts.toml")?;
    Ok(list.account)
}

/// All stories, by number.
pub fn all() -> anyhow::Result<Vec<Story>> {
    let mut stories = Vec::new();
    for (path, _) in FILES {
        let Some(folder) = path.strip_prefix("stories/").and_then(|p| p.strip_suffix("/story.toml")) else { continue };
        let mut story: Story = toml::from_str(text(path)?).with_context(|| format!("reading demo/{path}"))?;
        folder.clone_into(&mut story.folder);
        stories.push(story);
    }
    stories.sort_by_key(|s| s.number);
    Ok(stories)
}

/// An exhibit's bytes, and how the docket names it.
pub struct StoryExhibit {
    pub bytes: &'static [u8],
    pub value: Value,
}

/// Makes an act's JSON whole: exhibits get their digests, `@` references their ids.
pub fn resolve(
    value: &mut Value,
    folder: &str,
    ids: &BTreeMap<String, String>,
    exhibits: &mut Vec<&'static [u8]>,
) -> anyhow::Result<()> {
    match value {
        Value::Object(map) if map.contains_key("file") => {
            let exhibit = exhibit(map, folder)?;
            exhibits.push(exhibit.bytes);
            *value = exhibit.value;
        }
        Value::Object(map) => {
            for inner in map.values_mut() {
                resolve(inner, folder, ids, exhibits)?;
            }
        }
        Value::Array(items) => {
            for inner in items {
                resolve(inner, folder, ids, exhibits)?;
            }
        }
        Value::String(text) if text.starts_with('@') => match ids.get(text.as_str()) {
            Some(id) => id.clone_into(text),
            None => bail!("nothing is called {text}"),
        },
        _ => {}
    }
    Ok(())
}

fn exhibit(map: &serde_json::Map<String, Value>, folder: &str) -> anyhow::Result<StoryExhibit> {
    let get = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
    let bytes = file(&format!("stories/{folder}/{}", get("file")))?;
    let taken = netra_evidence::take_in(get("file"), bytes, u64::MAX)
        .with_context(|| format!("taking in {} of {folder}", get("file")))?;
    let label = json!({ "file_name": taken.name.to_string(), "description": get("description"), "from": get("from") });
    let value = json!({
        "no": map.get("no").cloned().unwrap_or(Value::Null),
        "sha256": taken.digest.to_string(),
        "size": taken.size,
        "media_type": taken.media_type.essence(),
        "label": { "private": label },
    });
    Ok(StoryExhibit { bytes, value })
}
