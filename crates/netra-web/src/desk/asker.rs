//! Asking and reading in one pass: a step describes each question once, and gets its answer.
//!
//! On opening a page there is no form yet: questions get their defaults and answers are discarded.
//! On sending, the same calls read what was typed and note what is wrong beside the field.

use jiff::civil::Date;
use netra_law::time::{Moment, Zone};

use crate::app::Limits;
use crate::form::{self, FormData};
use crate::page::Problems;

/// A question on the page.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name in the form.
    pub name: String,
    /// The question.
    pub label: String,
    /// Help under it.
    pub hint: String,
    /// How it is asked.
    pub kind: FieldKind,
    /// What is in it: several for checkboxes.
    pub values: Vec<String>,
}

impl Field {
    /// The only value (templates).
    pub fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// Whether an option is chosen (templates).
    pub fn chosen(&self, option: &str) -> bool {
        self.values.iter().any(|v| v == option)
    }

    /// Whether the options are too many to be shown at once (templates).
    pub fn is_long(&self) -> bool {
        matches!(self.kind, FieldKind::Checks(_)) && self.options().len() > 10
    }

    /// Whether anything is chosen or typed (templates).
    pub fn has_value(&self) -> bool {
        self.values.iter().any(|v| !v.is_empty())
    }

    /// Name of the kind (templates).
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            FieldKind::Line => "line",
            FieldKind::Text => "text",
            FieldKind::Date => "date",
            FieldKind::Moment => "moment",
            FieldKind::Number => "number",
            FieldKind::Choice(_) => "choice",
            FieldKind::Radio(_) => "radio",
            FieldKind::Checks(_) => "checks",
            FieldKind::Files => "files",
            FieldKind::Heading => "heading",
            FieldKind::Note => "note",
            FieldKind::Hidden => "hidden",
        }
    }

    /// The options of a choice (templates).
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            FieldKind::Choice(options) | FieldKind::Radio(options) | FieldKind::Checks(options) => options,
            _ => &[],
        }
    }
}

/// How a question is asked.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// One line.
    Line,
    /// A long text.
    Text,
    /// A day.
    Date,
    /// A local day and time.
    Moment,
    /// A small whole number.
    Number,
    /// One of a list, in a select.
    Choice(Vec<Choice>),
    /// One of a few, all to be seen.
    Radio(Vec<Choice>),
    /// Any of some.
    Checks(Vec<Choice>),
    /// Files.
    Files,
    /// No question: a heading over those that follow.
    Heading,
    /// No question: a note.
    Note,
    /// No question: remembered between sendings.
    Hidden,
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Choice {
        Choice { value: value.into(), text: text.into() }
    }
}

/// Whether a question must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Yes; the text says what is missing.
    Required(&'static str),
    /// No.
    Optional,
}

/// Asks the questions of one page.
pub struct Asker<'a> {
    form: Option<&'a FormData>,
    limits: Limits,
    zone: Zone,
    /// The questions so far.
    pub fields: Vec<Field>,
    /// What is wrong with the answers.
    pub problems: Problems,
}

impl<'a> Asker<'a> {
    /// Begins a page; without a form it is being opened.
    pub fn new(form: Option<&'a FormData>, limits: Limits, zone: Zone) -> Asker<'a> {
        Asker { form, limits, zone, fields: Vec::new(), problems: Problems::default() }
    }

    /// Whether answers are being read.
    pub fn is_reading(&self) -> bool {
        self.form.is_some()
    }

    /// What was sent, if something was.
    pub fn sent(&self) -> Option<&'a FormData> {
        self.form
    }

    fn push(&mut self, name: &str, label: &str, hint: &str, kind: FieldKind, values: Vec<String>) {
        self.fields.push(Field { name: name.to_owned(), label: label.to_owned(), hint: hint.to_owned(), kind, values });
    }

    fn typed(&self, name: &str, default: &str) -> String {
        self.form.map_or_else(|| default.to_owned(), |f| f.get(name))
    }

    fn need(&mut self, name: &str, value: &str, need: Need) {
        if let (true, Need::Required(ask)) = (self.is_reading() && value.is_empty(), need) {
            self.problems.add(name, ask);
        }
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) {
        self.push("", text, "", FieldKind::Heading, Vec::new());
    }

    /// A note.
    pub fn note(&mut self, text: &str) {
        self.push("", text, "", FieldKind::Note, Vec::new());
    }

    /// One line.
    pub fn line(&mut self, name: &str, label: &str, hint: &str, default: &str, need: Need) -> String {
        let value = self.typed(name, default).replace('\n', " ");
        self.need(name, &value, need);
        if self.is_reading() {
            form::check_text(&value, name, self.limits.line, &mut self.problems);
        }
        self.push(name, label, hint, FieldKind::Line, vec![value.clone()]);
        value
    }

    /// A person's name: two letters at least, two hundred at most.
    pub fn name(&mut self, name: &str, label: &str, hint: &str, default: &str, need: Need) -> String {
        let value = self.line(name, label, hint, default, need);
        if self.is_reading() && !value.is_empty() {
            check_name(name, &value, &mut self.problems);
        }
        value
    }

    /// A long text.
    pub fn text(&mut self, name: &str, label: &str, hint: &str, default: &str, need: Need) -> String {
        let value = self.typed(name, default);
        self.need(name, &value, need);
        if self.is_reading() {
            form::check_text(&value, name, self.limits.long_text, &mut self.problems);
        }
        self.push(name, label, hint, FieldKind::Text, vec![value.clone()]);
        value
    }

    /// A day.
    pub fn date(&mut self, name: &str, label: &str, hint: &str, default: Option<Date>, need: Need) -> Option<Date> {
        let value = self.typed(name, &default.map(|d| d.to_string()).unwrap_or_default());
        self.need(name, &value, need);
        let date = form::parse_date(&value);
        if self.is_reading() && date.is_none() && !value.is_empty() {
            self.problems.add(name, "Tulis tanggal seperti 19/1/2024.");
        }
        self.push(name, label, hint, FieldKind::Date, vec![value]);
        date
    }

    /// A local day and time.
    pub fn moment(
        &mut self,
        name: &str,
        label: &str,
        hint: &str,
        default: Option<Moment>,
        need: Need,
    ) -> Option<Moment> {
        let value = self.typed(name, &default.map(input_moment).unwrap_or_default());
        self.need(name, &value, need);
        let moment = form::parse_moment(&value, self.zone);
        if self.is_reading() && moment.is_none() && !value.is_empty() {
            self.problems.add(name, "Tulis tanggal dan jam seperti 19/1/2024 17.10.");
        }
        let hint = format!("{hint} Waktu {}.", self.zone);
        self.push(name, label, hint.trim_start(), FieldKind::Moment, vec![value]);
        moment
    }

    /// A small whole number.
    pub fn number(&mut self, name: &str, label: &str, hint: &str, default: u8) -> u8 {
        let value = self.typed(name, &default.to_string());
        let number = value.parse::<u8>();
        if self.is_reading() && number.is_err() {
            self.problems.add(name, "Isi dengan bilangan bulat, misalnya 3.");
        }
        self.push(name, label, hint, FieldKind::Number, vec![value]);
        number.unwrap_or(default)
    }

    /// One of a list; an answer that is not in the list is refused.
    pub fn choice(
        &mut self,
        name: &str,
        label: &str,
        hint: &str,
        options: Vec<Choice>,
        default: &str,
        need: Need,
    ) -> Option<String> {
        let value = self.typed(name, default);
        self.need(name, &value, need);
        let known = options.iter().any(|o| o.value == value);
        if self.is_reading() && !value.is_empty() && !known {
            self.problems.add(name, "Pilih salah satu dari daftar.");
        }
        let kind = if options.len() <= 4 { FieldKind::Radio(options) } else { FieldKind::Choice(options) };
        self.push(name, label, hint, kind, vec![value.clone()]);
        known.then_some(value)
    }

    /// Any of some; answers that are not in the list are dropped.
    pub fn checks(
        &mut self,
        name: &str,
        label: &str,
        hint: &str,
        options: Vec<Choice>,
        default: &[String],
        need: Need,
    ) -> Vec<String> {
        let values: Vec<String> = match self.form {
            Some(form) => form.all(name).into_iter().filter(|v| options.iter().any(|o| o.value == *v)).collect(),
            None => default.to_vec(),
        };
        self.need(name, values.first().map_or("", String::as_str), need);
        self.push(name, label, hint, FieldKind::Checks(options), values.clone());
        values
    }

    /// A question that appears only now, with its known answer in it; nothing is read yet.
    pub fn show(&mut self, name: &str, label: &str, value: &str) {
        let kind = if value.contains('\n') || value.chars().count() > 120 { FieldKind::Text } else { FieldKind::Line };
        self.push(name, label, "", kind, vec![value.to_owned()]);
    }

    /// As [`Asker::show`], for a day.
    pub fn show_date(&mut self, name: &str, label: &str, value: &str) {
        self.push(name, label, "", FieldKind::Date, vec![value.to_owned()]);
    }

    /// As [`Asker::show`], for a moment.
    pub fn show_moment(&mut self, name: &str, label: &str, value: Moment) {
        let hint = format!("Waktu {}.", self.zone);
        self.push(name, label, &hint, FieldKind::Moment, vec![input_moment(value.in_zone(self.zone))]);
    }

    /// As [`Asker::show`], for one of a list.
    pub fn show_choice(&mut self, name: &str, label: &str, options: Vec<Choice>, value: &str) {
        self.push(name, label, "", FieldKind::Choice(options), vec![value.to_owned()]);
    }

    /// Something that the page remembers without showing it.
    pub fn hidden(&mut self, name: &str, value: &str) {
        self.push(name, "", "", FieldKind::Hidden, vec![value.to_owned()]);
    }

    /// Files; they are read and stored by the page before the questions are asked.
    pub fn files(&mut self, label: &str, hint: &str) {
        self.push("files", label, hint, FieldKind::Files, Vec::new());
    }
}

/// Notes what is wrong with a name.
pub fn check_name(field: &str, name: &str, problems: &mut Problems) {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 {
        problems.add(field, "Nama terlalu pendek: tulis sekurang-kurangnya dua huruf.");
    }
    if name.chars().count() > 200 {
        problems.add(field, "Nama terlalu panjang: paling banyak 200 huruf.");
    }
}

/// A moment as `<input type=datetime-local>` wants it.
pub fn input_moment(moment: Moment) -> String {
    let w = moment.wall();
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", w.year(), w.month(), w.day(), w.hour(), w.minute())
}
