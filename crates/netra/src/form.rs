//! `netra form`: official forms as PDF.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use jiff::civil::Date;
use netra_docket::entry::Entry;
use netra_docket::ids::MatterId;
use netra_docket::matter::Matter;
use netra_forms::paper;
use netra_law::Law;
use netra_press::{FieldRule, Form, Press, Sample, Templates, Unseen, sample};
use netra_store::{Docket, Office, Privacy, Scope, Store};
use serde::Serialize;

use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments};

#[derive(Args)]
pub struct FormArguments {
    /// The form: its code, e.g. B.1, or its word, e.g. KAJIAN-AWAL.
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    code: Option<String>,
    /// List all forms, and the codes whose forms were not seen.
    #[arg(long)]
    list: bool,
    /// Print JSON (with --list).
    #[arg(long, requires = "list")]
    json: bool,
    /// The matter whose form is printed.
    #[arg(long, value_name = "ID", conflicts_with = "sample")]
    matter: Option<MatterId>,
    /// The number of the act, where several acts of the matter have this form; without it the last one.
    #[arg(long, value_name = "N", requires = "matter")]
    act: Option<u32>,
    /// Print invented content: ordinary, minimal or extreme.
    #[arg(long, value_name = "KIND", num_args = 0..=1, default_missing_value = "ordinary", value_parser = sample_kind)]
    sample: Option<Sample>,
    /// The version of the form that is used on this day (with --sample); without it the latest.
    #[arg(long, requires = "sample")]
    date: Option<Date>,
    /// The PDF file to write.
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Address of the server, for a QR code that leads to the record: `https://` and its name (with --matter).
    #[arg(long, value_name = "URL", requires = "matter")]
    base_url: Option<String>,
    #[command(flatten)]
    place: PlaceArguments,
}

fn sample_kind(word: &str) -> Result<Sample, String> {
    Sample::from_id(word).ok_or_else(|| "write ordinary, minimal or extreme".to_owned())
}

/// The press over the shipped templates, or those of the folder that `NETRA_FORMS` names.
pub fn press() -> anyhow::Result<Press> {
    let templates = match std::env::var_os("NETRA_FORMS").filter(|folder| !folder.is_empty()) {
        None => Templates::embedded(),
        Some(folder) => {
            Templates::from_folder(Path::new(&folder)).context("reading the folder that NETRA_FORMS names")?
        }
    };
    Press::new(&templates).context("checking the forms")
}

pub fn run(arguments: &FormArguments) -> anyhow::Result<Outcome> {
    let press = press()?;
    let (Some(code), Some(out)) = (&arguments.code, &arguments.out) else {
        return list(&press, arguments.json);
    };
    let bytes = match (arguments.sample, arguments.matter) {
        (Some(kind), _) => of_sample(&press, code, arguments.date, kind)?,
        (None, Some(matter)) => serve::runtime()?.block_on(of_matter(&press, code, matter, arguments))?,
        (None, None) => bail!("name the matter with --matter ID, or ask for a sample with --sample"),
    };
    std::fs::write(out, &bytes).with_context(|| format!("writing {}", out.display()))?;
    output::line(format!("{}: formulir {code}, {} bita", out.display(), bytes.len()));
    Ok(Outcome::Holds)
}

fn of_sample(press: &Press, code: &str, date: Option<Date>, kind: Sample) -> anyhow::Result<Vec<u8>> {
    let form = press.catalogue().form(code, date).with_context(|| unknown(press, code))?;
    let (paper, meta) = sample(form, kind);
    press.render(form, &paper, &meta).with_context(|| format!("printing the {} sample of {code}", kind.id()))
}

/// That there is no such form, with those that there are.
fn unknown(press: &Press, code: &str) -> String {
    let mut ids: Vec<&str> = press.catalogue().forms.iter().map(|form| form.id.as_str()).collect();
    ids.dedup();
    format!("there is no form {code} on that day; the forms are {}", ids.join(", "))
}

async fn of_matter(press: &Press, code: &str, matter: MatterId, arguments: &FormArguments) -> anyhow::Result<Vec<u8>> {
    if press.catalogue().form(code, None).is_none() {
        bail!(unknown(press, code));
    }
    let place = arguments.place.existing()?;
    let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
    let store = Store::open_as_it_is(&place, law.clone()).await.context("opening the store to print a form")?;
    let offices = store.offices().await.context("reading the offices")?;
    let docket = docket_of(&store, &offices, matter).await?;
    let (form, entry, then) = act_for(press, code, &docket, &law, arguments.act)?;
    let head = netra_web::letterhead(maker(&offices, &docket, entry)?, &offices);
    let sheet = netra_forms::sheet_in(entry, &docket.entries, &then, &law, &head);
    let sheet = sheet.with_context(|| format!("act {} of matter {matter} leaves no paper", entry.n))?;
    let address = arguments.base_url.as_ref().map(|base| format!("{base}/meja/perkara/{matter}/lembar/{}", entry.n));
    let printed = paper::print(press, form, entry, &sheet, address.as_deref());
    Ok(printed.with_context(|| format!("printing act {} of matter {matter}", entry.n))?.bytes)
}

/// The matter as the office sees it that handles it.
async fn docket_of(store: &Store, offices: &[Office], matter: MatterId) -> anyhow::Result<Docket> {
    for office in offices {
        let scope = Scope::new(office.id.clone(), Privacy::Open);
        let found = store.docket(&scope, matter).await.with_context(|| format!("reading matter {matter}"))?;
        if let Some(docket) = found.filter(|docket| docket.matter.office == office.id) {
            return Ok(docket);
        }
    }
    bail!("there is no matter {matter} in this store; its id is the last part of its page's address")
}

/// The act that is printed on this form, the version of the form for its day, and the matter as it stood then.
fn act_for<'a>(
    press: &'a Press,
    code: &str,
    docket: &'a Docket,
    law: &Law,
    n: Option<u32>,
) -> anyhow::Result<(&'a Form, &'a Entry, Matter)> {
    let versions: Vec<&Form> = press.catalogue().forms.iter().filter(|f| f.id.eq_ignore_ascii_case(code)).collect();
    for entry in docket.entries.iter().rev().filter(|entry| n.is_none_or(|n| entry.n == n)) {
        let until: Vec<Entry> = docket.entries.iter().take_while(|e| e.n <= entry.n).cloned().collect();
        let then = Matter::fold(&until, law).context("reading the docket up to the act")?;
        if let Some(form) = versions.iter().copied().find(|form| paper::prints(press, form, entry, &then)) {
            return Ok((form, entry, then));
        }
    }
    let which = n.map_or_else(|| "no act".to_owned(), |n| format!("act {n} is not there or not one that"));
    bail!("matter {}: {which} is printed on form {code}", docket.matter.id)
}

/// The office on whose letterhead an act stands.
fn maker<'a>(offices: &'a [Office], docket: &Docket, entry: &Entry) -> anyhow::Result<&'a Office> {
    let id = entry.by.office().unwrap_or(&entry.office);
    let found = offices.iter().find(|office| office.id == *id);
    let found = found.or_else(|| offices.iter().find(|office| office.id == docket.matter.office));
    found.with_context(|| format!("the office {id} is not in this store"))
}

#[derive(Serialize)]
struct ListJson<'a> {
    forms: Vec<FormJson<'a>>,
    unseen: &'a [Unseen],
}

#[derive(Serialize)]
struct FormJson<'a> {
    id: &'a str,
    code: Option<&'a str>,
    title: &'a str,
    regimes: &'a [String],
    valid_from: Date,
    valid_to: Option<Date>,
    layout: netra_press::FormLayout,
    template: &'a str,
    step: Option<&'a str>,
    variant: Option<&'a str>,
    cite: &'a str,
    certainty: &'a str,
    note: Option<&'a str>,
    fields: Vec<FieldJson<'a>>,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    name: &'a str,
    kind: &'static str,
    need: Need,
}

/// Whether a paper must bring a field.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Need {
    Required,
    Optional,
}

fn list(press: &Press, as_json: bool) -> anyhow::Result<Outcome> {
    let catalogue = press.catalogue();
    if as_json {
        let forms = catalogue.forms.iter().map(form_json).collect();
        output::json(&ListJson { forms, unseen: &catalogue.unseen })?;
        return Ok(Outcome::Holds);
    }
    let row = |form: &Form| {
        let until = form.valid_to.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let when = format!("{} – {until}", form.valid_from);
        vec![form.id.clone(), form.title.clone(), form.regimes.join(", "), when, form.certainty.clone()]
    };
    let rows: Vec<Vec<String>> = catalogue.forms.iter().map(row).collect();
    output::table(&["form", "judul", "tahapan", "berlaku", "kepastian"], &rows);
    output::line("\nKode yang formulirnya belum dilihat:");
    for unseen in &catalogue.unseen {
        output::line(format!("{} ({}): {}", unseen.codes, unseen.regime, unseen.note));
    }
    Ok(Outcome::Holds)
}

fn form_json(form: &Form) -> FormJson<'_> {
    let required = form.fields.iter().map(|rule| (rule, Need::Required));
    let optional = form.optional.iter().map(|rule| (rule, Need::Optional));
    FormJson {
        id: &form.id,
        code: form.code.as_deref(),
        title: &form.title,
        regimes: &form.regimes,
        valid_from: form.valid_from,
        valid_to: form.valid_to,
        layout: form.layout,
        template: &form.template,
        step: form.step.as_deref(),
        variant: form.variant.as_deref(),
        cite: &form.cite,
        certainty: &form.certainty,
        note: form.note.as_deref(),
        fields: required.chain(optional).map(field_json).collect(),
    }
}

fn field_json((rule, need): (&FieldRule, Need)) -> FieldJson<'_> {
    FieldJson { name: &rule.name, kind: rule.kind.id(), need }
}
