//! Replaying stories into a store, and writing their dossiers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use netra_docket::act::Act;
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, MatterId, OfficeId};
use netra_law::time::Moment;
use netra_store::{NewAct, Privacy, PublicReceipt, Recording, Scope};
use netra_web::{App, FormToken, code_for};

use super::story::{Story, StoryAct, StoryMatter, resolve};

/// A matter as it was replayed.
pub struct Replayed {
    /// Story and key.
    pub name: String,
    /// Its id.
    pub matter: MatterId,
    /// Its home office.
    pub home: OfficeId,
    /// Moment of the last act.
    pub last: Moment,
}

/// A dossier on disk.
pub struct Dossier {
    /// Story and key.
    pub matter: String,
    /// Where.
    pub path: PathBuf,
}

/// The same story always gets the same ids, so that pages of the demo have lasting addresses.
fn stable_uuid(parts: &[&str]) -> uuid::Uuid {
    let digest = netra_evidence::Digest::of(format!("netra demo\0{}", parts.join("\0")).as_bytes());
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(digest.as_bytes()) {
        *to = *from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn name_of(story: &Story, matter: &StoryMatter) -> String {
    format!("{}-{}", story.id, matter.key)
}

/// The tracking code of a story that came through the public form.
fn token_of(app: &App, story: &Story, matter: &StoryMatter) -> anyhow::Result<FormToken> {
    let seed = format!("{}\0{}", netra_web::hex(&app.secret.0), name_of(story, matter));
    Ok(FormToken::from_uuid(stable_uuid(&["token", &seed])))
}

/// Titles and tracking codes of the stories that came through the public form.
pub fn public_codes(app: &App, stories: &[Story]) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for story in stories {
        for matter in story.matter.iter().filter(|m| m.act.iter().any(|a| a.public)) {
            if let Ok(token) = token_of(app, story, matter) {
                list.push((story.title.clone(), code_for(&app.secret, &token).to_string()));
            }
        }
    }
    list
}

/// Records all stories, or what of them lies before a moment.
pub async fn replay(app: &App, stories: &[Story], until: Option<Moment>) -> anyhow::Result<Vec<Replayed>> {
    let mut list = Vec::new();
    for story in stories {
        for matter in &story.matter {
            let replayed = replay_matter(app, story, matter, until)
                .await
                .with_context(|| format!("replaying {}", name_of(story, matter)))?;
            list.extend(replayed);
        }
    }
    Ok(list)
}

async fn replay_matter(
    app: &App,
    story: &Story,
    matter: &StoryMatter,
    until: Option<Moment>,
) -> anyhow::Result<Option<Replayed>> {
    let id = MatterId::new(stable_uuid(&["matter", &story.id, &matter.key]));
    let mut ids = logins(app).await?;
    let mut last = None;
    for (place, act) in matter.act.iter().enumerate() {
        if until.is_some_and(|until| act.at > until) {
            break;
        }
        let act_id = ActId::new(stable_uuid(&["act", &story.id, &matter.key, &place.to_string()]));
        if let Some(key) = &act.key {
            ids.insert(format!("@{key}"), act_id.to_string());
        }
        record(app, story, matter, act, &ids, Place { matter: id, act: act_id, n: place })
            .await
            .with_context(|| format!("act {} of {}", place + 1, act.at))?;
        last = Some(act.at);
    }
    Ok(last.map(|last| Replayed { name: name_of(story, matter), matter: id, home: matter.home.clone(), last }))
}

async fn logins(app: &App) -> anyhow::Result<BTreeMap<String, String>> {
    let mut ids = BTreeMap::new();
    for office in app.store.offices().await? {
        for account in app.store.accounts_of(&office.id).await? {
            ids.insert(format!("@login:{}", account.login), account.id.to_string());
        }
    }
    Ok(ids)
}

struct Place {
    matter: MatterId,
    act: ActId,
    n: usize,
}

async fn record(
    app: &App,
    story: &Story,
    matter: &StoryMatter,
    act: &StoryAct,
    ids: &BTreeMap<String, String>,
    place: Place,
) -> anyhow::Result<()> {
    let mut value = act.what.clone();
    let mut exhibits = Vec::new();
    resolve(&mut value, &story.folder, ids, &mut exhibits)?;
    for bytes in exhibits {
        app.store.put_blob(bytes).await?;
    }
    let what: Act = serde_json::from_value(value).context("reading the act")?;
    let receipt = match act.public {
        true => {
            let token = token_of(app, story, matter)?;
            Some(PublicReceipt { token_hash: token.hash(), code_hash: code_for(&app.secret, &token).hash() })
        }
        false => None,
    };
    let recording = Recording {
        matter: place.matter,
        home: matter.home.clone(),
        expected: u32::try_from(place.n)?,
        by: actor(app, &act.by).await?,
        recorded: act.at,
        acts: vec![NewAct { id: place.act, at: act.at, what }],
        receipt,
    };
    app.store.record(recording).await?;
    Ok(())
}

async fn actor(app: &App, by: &str) -> anyhow::Result<Actor> {
    match by {
        "public" => Ok(Actor::Public),
        "system" => Ok(Actor::System),
        login => match app.store.account_by_login(login).await? {
            Some(account) => Ok(Actor::Officer { account: account.id, office: account.office }),
            None => bail!("nobody logs in as {login}"),
        },
    }
}

/// Writes each matter's dossier below a folder.
pub async fn write_dossiers(app: &App, replayed: &[Replayed], out: &Path) -> anyhow::Result<Vec<Dossier>> {
    let mut list = Vec::new();
    for matter in replayed {
        let scope = Scope::new(matter.home.clone(), Privacy::Open);
        let bytes = netra_web::dossier(app, &scope, matter.matter, matter.last)
            .await
            .with_context(|| format!("making the dossier of {}", matter.name))?;
        netra_ledger::verify(&bytes, u64::MAX).with_context(|| format!("verifying the dossier of {}", matter.name))?;
        let folder = out.join(&matter.name);
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let path = folder.join("berkas.zip");
        std::fs::write(&path, &bytes).with_context(|| format!("writing {}", path.display()))?;
        write_forms(&bytes, &folder)?;
        list.push(Dossier { matter: matter.name.clone(), path });
    }
    Ok(list)
}

/// The forms once more as files of their own, for whoever just wants to read them.
fn write_forms(dossier: &[u8], folder: &Path) -> anyhow::Result<()> {
    for (name, bytes) in netra_ledger::unpack(dossier, u64::MAX)? {
        if name.as_str().starts_with("forms/") {
            let path = folder.join(name.as_str());
            std::fs::create_dir_all(folder.join("forms")).context("making the folder for forms")?;
            std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    Ok(())
}
