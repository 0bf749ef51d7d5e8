//! The press: from a form, a paper and its data to the bytes of a PDF.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::Offset;
use serde_json::{Map, Value, json};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::{FileId, Source};
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::catalogue::{Catalogue, Form, Scope};
use crate::check::{Named, faults};
use crate::error::PressError;
use crate::legible::{Letters, make_legible};
use crate::paper::{Leaf, Meta, Paper, Part, Section};
use crate::templates::Templates;
use crate::world::{Sheet, file_id};

/// The template of a whole file.
const WHOLE_FILE: &str = "lib/berkas.typ";

/// The catalogue, and the templates ready to be set.
#[derive(Debug)]
pub struct Press {
    catalogue: Catalogue,
    sources: HashMap<FileId, Source>,
    /// By the template's path: its id, and what it names.
    mains: BTreeMap<String, (FileId, Named)>,
}

/// Why a document was not made.
enum Stop {
    Template(Vec<String>),
    Export(Vec<String>),
}

impl Press {
    /// Reads and checks catalogue and templates.
    ///
    /// # Errors
    /// Every fault found, each naming its form and file.
    pub fn new(templates: &Templates) -> Result<Press, PressError> {
        let Some(text) = templates.get("forms.toml") else {
            return Err(PressError::Faults(vec!["forms.toml is missing".to_owned()]));
        };
        let catalogue: Catalogue =
            toml::from_str(text).map_err(|e| PressError::Faults(vec![format!("forms.toml: {e}")]))?;
        let faults = faults(&catalogue, templates);
        if !faults.is_empty() {
            return Err(PressError::Faults(faults));
        }
        let mut press = Press { catalogue, sources: HashMap::new(), mains: BTreeMap::new() };
        for (path, text) in templates.typst() {
            let Some(id) = file_id(path) else {
                return Err(PressError::Faults(vec![format!("{path}: is no path of a template")]));
            };
            press.sources.insert(id, Source::new(id, text.to_owned()));
            press.mains.insert(path.to_owned(), (id, Named::in_template(text)));
        }
        Ok(press)
    }

    /// The forms that it prints.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// A paper as PDF/A-2a. Takes tens of milliseconds of computing: call it where nobody waits for the thread.
    ///
    /// # Errors
    /// The paper lacks a required field, or template or exporter fail.
    pub fn render(&self, form: &Form, paper: &Paper, meta: &Meta) -> Result<Vec<u8>, PressError> {
        let Some((main, named)) = self.mains.get(&form.template) else {
            return Err(PressError::NoSuchForm(form.id.clone()));
        };
        let fields = by_name(&paper.sections);
        if let Some(rule) = form.fields.iter().find(|rule| !fields.contains_key(&rule.name)) {
            return Err(PressError::MissingField { form: form.id.clone(), field: rule.name.clone() });
        }
        let rest = match form.scope {
            Scope::Whole => rest(&paper.sections, named),
            Scope::Extract => Vec::new(),
        };
        let cite = if paper.cite.is_empty() { &form.cite } else { &paper.cite };
        let data = json!({
            "formulir": {
                "id": form.id, "kode": form.code, "judul": form.title, "dasar": cite, "susunan": form.layout_note(),
            },
            "dokumen": { "judul": meta.title, "kantor": meta.author },
            "kertas": paper,
            "isian": fields,
            "selebihnya": rest,
        });
        self.print(*main, &data, meta, &form.id)
    }

    /// All papers of a matter as one file with a table of contents, each section as it was recorded.
    ///
    /// # Errors
    /// Template or exporter fail.
    pub fn render_file(&self, matter: &str, leaves: &[Leaf], meta: &Meta) -> Result<Vec<u8>, PressError> {
        let Some((main, _)) = self.mains.get(WHOLE_FILE) else {
            return Err(PressError::NoSuchForm(WHOLE_FILE.to_owned()));
        };
        let sheet = |leaf: &Leaf| {
            let form = json!({ "kode": leaf.code, "judul": leaf.title, "dasar": leaf.paper.cite });
            json!({ "formulir": form, "kertas": leaf.paper, "bagian": leaf.paper.sections })
        };
        let data = json!({
            "dokumen": { "judul": meta.title, "kantor": meta.author },
            "perkara": matter,
            "lembar": leaves.iter().map(sheet).collect::<Vec<Value>>(),
        });
        self.print(*main, &data, meta, WHOLE_FILE)
    }

    /// A script may fail to be set in a face that has its letters; then only the text face is trusted.
    fn print(&self, main: FileId, data: &Value, meta: &Meta, form: &str) -> Result<Vec<u8>, PressError> {
        let made = match self.set(main, data.clone(), Letters::Any, meta)? {
            Err(Stop::Export(_)) => self.set(main, data.clone(), Letters::Text, meta)?,
            made => made,
        };
        made.map_err(|stop| match stop {
            Stop::Template(faults) => PressError::Template { form: form.to_owned(), faults },
            Stop::Export(faults) => PressError::Export { form: form.to_owned(), faults },
        })
    }

    fn set(
        &self,
        main: FileId,
        mut data: Value,
        letters: Letters,
        meta: &Meta,
    ) -> Result<Result<Vec<u8>, Stop>, PressError> {
        make_legible(&mut data, letters);
        let data = Bytes::new(serde_json::to_vec(&data)?);
        let sheet = Sheet { main, sources: &self.sources, data };
        let made = compile(&sheet, meta);
        // Typst remembers every document until it is told to forget; ours all differ.
        typst::comemo::evict(0);
        Ok(made)
    }
}

fn compile(sheet: &Sheet<'_>, meta: &Meta) -> Result<Vec<u8>, Stop> {
    let document = typst::compile::<PagedDocument>(sheet).output;
    let document = document.map_err(|errors| Stop::Template(errors.iter().map(|e| placed(sheet, e)).collect()))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a]);
    let standards = standards.map_err(|error| Stop::Export(vec![error.message().to_string()]))?;
    let options = PdfOptions {
        standards,
        timestamp: timestamp(meta),
        creator: Smart::Custom(Some("Netra".to_owned())),
        ..PdfOptions::default()
    };
    let said = |e: &SourceDiagnostic| unquoted(&e.message);
    typst_pdf::pdf(&document, &options).map_err(|errors| Stop::Export(errors.iter().map(said).collect()))
}

fn timestamp(meta: &Meta) -> Option<Timestamp> {
    let at = Offset::UTC.to_datetime(meta.at);
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    let at = Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    );
    at.map(Timestamp::new_utc)
}

/// `umum/surat.typ:12: message`.
fn placed(sheet: &Sheet<'_>, error: &SourceDiagnostic) -> String {
    let place = error.span.id().map(|id| {
        let path = id.get().vpath().get_without_slash();
        let line = sheet.range(error.span).and_then(|range| {
            let source = sheet.source(id).ok()?;
            source.lines().byte_to_line(range.start)
        });
        line.map_or_else(|| format!("{path}: "), |line| format!("{path}:{}: ", line + 1))
    });
    format!("{}{}", place.unwrap_or_default(), unquoted(&error.message))
}

/// A message without what stands in it between marks: that may come from a paper.
fn unquoted(message: &str) -> String {
    let parts = message.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 0 { part } else { "…" }).collect()
}

/// What templates ask for: `section` is a section's parts, `section.field` a value, the first of its name.
fn by_name(sections: &[Section]) -> Map<String, Value> {
    let mut fields = Map::new();
    for section in sections {
        let parts = json!(section.parts);
        fields.entry(section.name.clone()).or_insert(parts);
        for part in &section.parts {
            let Part::Fields { items } = part else { continue };
            for item in items {
                let name = format!("{}.{}", section.name, item.name);
                fields.entry(name).or_insert_with(|| Value::String(item.value.clone()));
            }
        }
    }
    fields
}

/// What a template does not name. Where it names some fields of a section, the others and all texts remain, but
/// not the fixed wording, which the template replaces.
fn rest(sections: &[Section], named: &Named) -> Vec<Section> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut list = Vec::new();
    for section in sections {
        if named.fields.contains(&section.name) && seen.insert(section.name.clone()) {
            continue;
        }
        let prefix = format!("{}.", section.name);
        let replaces = named.fields.iter().any(|name| name.starts_with(&prefix));
        let mut parts = Vec::new();
        for part in &section.parts {
            match part {
                Part::Prose { .. } if replaces => {}
                Part::Fields { items } => {
                    let mut unnamed = |name: &str| {
                        let name = format!("{prefix}{name}");
                        !(named.fields.contains(&name) && seen.insert(name))
                    };
                    let items: Vec<_> = items.iter().filter(|item| unnamed(&item.name)).cloned().collect();
                    if !items.is_empty() {
                        parts.push(Part::Fields { items });
                    }
                }
                other => parts.push(other.clone()),
            }
        }
        if !parts.is_empty() {
            list.push(Section { parts, ..section.clone() });
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Field;

    fn field(name: &str) -> Field {
        Field { name: name.to_owned(), label: name.to_owned(), value: "x".to_owned() }
    }

    fn section(name: &str, parts: Vec<Part>) -> Section {
        Section { name: name.to_owned(), heading: name.to_owned(), parts }
    }

    fn text() -> Part {
        Part::Text { paragraphs: vec!["t".to_owned()] }
    }

    fn prose() -> Part {
        Part::Prose { paragraphs: vec!["p".to_owned()] }
    }

    #[test]
    fn what_a_template_does_not_name_remains() {
        let fields = |names: &[&str]| Part::Fields { items: names.iter().map(|n| field(n)).collect() };
        let sections = [
            section("whole", vec![fields(&["a"]), text()]),
            section("part", vec![prose(), fields(&["a", "b"]), fields(&["a"]), text()]),
            section("none", vec![prose()]),
        ];
        let named = Named { fields: ["whole", "part.a"].iter().map(|n| (*n).to_owned()).collect(), ..Named::default() };
        let expected =
            vec![section("part", vec![fields(&["b"]), fields(&["a"]), text()]), section("none", vec![prose()])];
        assert_eq!(rest(&sections, &named), expected);
    }

    #[test]
    fn what_is_quoted_in_a_message_is_left_out() {
        assert_eq!(
            unquoted("the text `Nama` could not be displayed with `x`"),
            "the text … could not be displayed with …"
        );
        assert_eq!(unquoted("plain"), "plain");
    }
}
