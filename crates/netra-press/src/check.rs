//! Whether catalogue and templates fit together, told before anything is printed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use typst::syntax::ast::{Arg, Expr, FuncCall};
use typst::syntax::{SyntaxNode, parse};

use crate::catalogue::{Catalogue, Form};
use crate::templates::Templates;

/// Functions of the library that take a field's name.
const BY_NAME: [&str; 2] = ["f", "bila"];
/// Functions that show a section and may give its fields other labels.
const SHOWING: [&str; 2] = ["isi", "catatan"];

/// What a template names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Sections and fields that it asks for.
    pub(crate) fields: BTreeSet<String>,
    /// Fields that it gives a label.
    pub(crate) labels: BTreeSet<String>,
    /// Calls whose name can't be known beforehand.
    pub(crate) unknown: Vec<String>,
    /// What is not Typst in it.
    pub(crate) errors: Vec<String>,
}

impl Named {
    /// Reads a template.
    pub(crate) fn in_template(text: &str) -> Named {
        let root = parse(text);
        let (errors, _) = root.errors_and_warnings();
        let mut named = Named { errors: errors.iter().map(|e| e.message.to_string()).collect(), ..Named::default() };
        named.walk(&root);
        named
    }

    fn walk(&mut self, node: &SyntaxNode) {
        if let Some(call) = node.cast::<FuncCall<'_>>() {
            self.call(call);
        }
        for child in node.children() {
            self.walk(child);
        }
    }

    fn call(&mut self, call: FuncCall<'_>) {
        let Some(function) = called(call) else { return };
        if BY_NAME.contains(&function.as_str()) {
            match first_text(call) {
                Some(name) => {
                    self.fields.insert(name);
                }
                None => self.unknown.push(function),
            }
        } else if SHOWING.contains(&function.as_str()) {
            let Some(section) = shown(call) else { return };
            for arg in call.args().items() {
                if let Arg::Named(label) = arg {
                    self.labels.insert(format!("{section}.{}", label.name().as_str()));
                }
            }
        }
    }

    /// Whether a required field is printed: itself, or as a part of its section.
    fn prints(&self, field: &str) -> bool {
        let section = field.split('.').next().unwrap_or_default();
        self.fields.contains(field)
            || self.fields.contains(section)
            || (section == field && self.fields.iter().any(|f| f.split('.').next() == Some(section)))
    }
}

fn called(call: FuncCall<'_>) -> Option<String> {
    match call.callee() {
        Expr::Ident(ident) => Some(ident.as_str().to_owned()),
        _ => None,
    }
}

fn first(call: FuncCall<'_>) -> Option<Expr<'_>> {
    call.args().items().find_map(|arg| match arg {
        Arg::Pos(expr) => Some(expr),
        Arg::Named(_) | Arg::Spread(_) => None,
    })
}

fn first_text(call: FuncCall<'_>) -> Option<String> {
    match first(call)? {
        Expr::Str(text) => Some(text.get().to_string()),
        _ => None,
    }
}

/// The section that `isi(f("section"), …)` shows.
fn shown(call: FuncCall<'_>) -> Option<String> {
    match first(call)? {
        Expr::FuncCall(inner) if called(inner).as_deref() == Some("f") => first_text(inner),
        _ => None,
    }
}

/// Every fault of catalogue and templates, each naming its form and file.
pub(crate) fn faults(catalogue: &Catalogue, templates: &Templates) -> Vec<String> {
    let mut faults = Vec::new();
    for form in &catalogue.forms {
        let before = faults.len();
        dates(form, &mut faults);
        match templates.get(&form.template) {
            None => faults.push("the template is missing: add the file or mend its name".to_owned()),
            Some(text) => fields(form, &Named::in_template(text), &mut faults),
        }
        for fault in faults.iter_mut().skip(before) {
            *fault = format!("form {} ({}): {fault}", form.id, form.template);
        }
    }
    overlaps(catalogue, &mut faults);
    strays(catalogue, templates, &mut faults);
    faults
}

fn dates(form: &Form, faults: &mut Vec<String>) {
    if form.valid_to.is_some_and(|last| last < form.valid_from) {
        faults.push("valid_to is before valid_from".to_owned());
    }
    if form.regimes.is_empty() {
        faults.push("it names no regime".to_owned());
    }
}

fn fields(form: &Form, named: &Named, faults: &mut Vec<String>) {
    for error in &named.errors {
        faults.push(format!("the template can't be read: {error}"));
    }
    for function in &named.unknown {
        faults.push(format!("{function}(…) must be given the name of a field as a text in quotes"));
    }
    for name in named.fields.union(&named.labels) {
        if !form.lists(name) {
            faults.push(format!("it names '{name}', which is not among the fields in forms.toml"));
        }
    }
    for rule in form.fields.iter().filter(|rule| !named.prints(&rule.name)) {
        faults.push(format!("it does not print '{}', which forms.toml requires", rule.name));
    }
}

/// No two versions of one form on one day.
fn overlaps(catalogue: &Catalogue, faults: &mut Vec<String>) {
    let mut seen: BTreeMap<&str, Vec<&Form>> = BTreeMap::new();
    for form in &catalogue.forms {
        let others = seen.entry(form.id.as_str()).or_default();
        let end = |f: &Form| f.valid_to.unwrap_or(Date::MAX);
        if others.iter().any(|o| o.valid_from <= end(form) && form.valid_from <= end(o)) {
            faults.push(format!("form {}: two versions are valid on the same day", form.id));
        }
        others.push(form);
    }
}

/// No template that no form uses.
fn strays(catalogue: &Catalogue, templates: &Templates, faults: &mut Vec<String>) {
    for (path, _) in templates.typst() {
        let used = path.starts_with("lib/") || catalogue.forms.iter().any(|f| f.template == path);
        if !used {
            faults.push(format!("{path}: no form in forms.toml uses this template"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_out_of_a_template() {
        let named = Named::in_template(
            r#"#import "/lib/formulir.typ": *
#isi(f("pelapor"), nama: [a. Nama])
#isian([x], f("perkara.nomor"))
#bila("batas", b => isi(b))
A text with f("nothing") in it."#,
        );
        let set = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(named.fields, set(&["batas", "pelapor", "perkara.nomor"]));
        assert_eq!(named.labels, set(&["pelapor.nama"]));
        assert!(named.unknown.is_empty() && named.errors.is_empty());
        assert!(named.prints("pelapor.alamat") && named.prints("perkara") && !named.prints("saksi"));
    }

    #[test]
    fn a_name_that_is_not_written_out_is_a_fault() {
        assert_eq!(Named::in_template("#f(nama)").unknown, ["f"]);
        assert!(!Named::in_template("#isian(").errors.is_empty());
    }
}
