//! What a sheet is made from, and what all sheets have in common.

use netra_docket::act::Act;
use netra_docket::entry::Entry;
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::person::Person;
use netra_docket::steps::StepKind;
use netra_law::calendar::Seat;
use netra_law::clock::{self, Deadline};
use netra_law::event::Event;
use netra_law::pack::{Outcome, Regime, Requirement, Route, StepRule, ViolationKind};
use netra_law::time::{long_date, long_moment};
use netra_law::{Law, Pack};

use crate::build::{parts, tables};
use crate::letterhead::Letterhead;
use crate::sheet::{Block, Foot, Layout, Sheet, Signer};

/// What a sheet is made from.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    /// The act.
    pub(crate) entry: &'a Entry,
    /// The docket, if it is at hand.
    pub(crate) docket: &'a [Entry],
    /// The matter when the act was done.
    pub(crate) matter: &'a Matter,
    /// The matter whose numbers are printed.
    pub(crate) numbers: &'a Matter,
    /// The law.
    pub(crate) law: &'a Law,
    /// The office.
    pub(crate) letterhead: &'a Letterhead,
    /// The pack in force on the day of the act.
    pack: Option<&'a Pack>,
}

/// A form by its code and, if the law gives one, its title.
pub(crate) struct NamedForm {
    code: String,
    title: Option<String>,
}

/// What differs from sheet to sheet.
#[derive(Default)]
pub(crate) struct Body {
    title: Option<&'static str>,
    form: Option<NamedForm>,
    number: Option<String>,
    is_bare: bool,
    blocks: Vec<Block>,
    signers: Vec<Signer>,
}

impl Body {
    pub(crate) fn new(blocks: Vec<Block>) -> Body {
        Body { blocks, ..Body::default() }
    }

    /// With a number of its own; an empty one is to be filled in by hand.
    pub(crate) fn numbered(self, number: impl Into<String>) -> Body {
        Body { number: Some(number.into()), ..self }
    }

    /// With a title for packs that give none.
    pub(crate) fn titled(self, title: &'static str) -> Body {
        Body { title: Some(title), ..self }
    }

    /// On another form than that of the step.
    pub(crate) fn on_form(self, form: Option<NamedForm>) -> Body {
        Body { form, ..self }
    }

    /// Without the office on top.
    pub(crate) fn bare(self) -> Body {
        Body { is_bare: true, ..self }
    }

    /// With one more signature. An empty name is left to the pen.
    pub(crate) fn signed(mut self, role: &str, name: impl Into<String>) -> Body {
        self.signers.push(Signer { role: role.to_owned(), name: name.into() });
        self
    }

    /// What it says and under which number, as a part of another sheet.
    pub(crate) fn into_reading(self) -> Vec<Block> {
        let number = self.number.filter(|n| !n.is_empty());
        let mut blocks = Vec::from_iter(number.map(|n| parts::fields([("Nomor", n)])));
        blocks.extend(self.blocks);
        blocks
    }
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        entry: &'a Entry,
        docket: &'a [Entry],
        matter: &'a Matter,
        law: &'a Law,
        letterhead: &'a Letterhead,
    ) -> Page<'a> {
        let pack = law.pack_for(matter.regime, entry.at.date()).ok();
        Page { entry, docket, matter, numbers: matter, law, letterhead, pack }
    }

    /// The same matter, law and office with another act.
    pub(crate) fn with_entry<'b>(&self, entry: &'b Entry) -> Page<'b>
    where
        'a: 'b,
    {
        Page {
            entry,
            docket: self.docket,
            matter: self.matter,
            numbers: self.numbers,
            law: self.law,
            letterhead: self.letterhead,
            pack: self.law.pack_for(self.matter.regime, entry.at.date()).ok(),
        }
    }

    /// Puts the common parts around what differs.
    pub(crate) fn finish(&self, body: Body) -> Sheet {
        let kind = StepKind::of(&self.entry.what);
        let rule = self.rule(kind.id());
        let own_title = || body.title.unwrap_or_else(|| kind.done()).to_owned();
        let form_of = self.matter.form_of();
        let of_step = || rule.and_then(|r| r.form_for(form_of)).map(str::to_owned);
        let (code, title) = match body.form {
            Some(form) => (Some(form.code), form.title),
            None => (of_step(), None),
        };
        let title = title.or_else(|| rule?.form_title.clone()).unwrap_or_else(own_title);
        let day = long_date(self.entry.at.date());
        let place_and_date = match self.letterhead.town() {
            Some(town) => format!("{town}, {day}"),
            None => day,
        };
        let number = |n: &str| (!n.is_empty()).then(|| n.to_owned());
        let mut blocks = Vec::from_iter(self.correction_note());
        blocks.extend(body.blocks);
        Sheet {
            title,
            layout: Layout::Reconstructed,
            cite: rule.map(|r| r.basis.cite.clone()).unwrap_or_default(),
            number: body.number,
            letterhead: (!body.is_bare).then(|| self.letterhead.clone()),
            blocks,
            place_and_date,
            signers: body.signers,
            foot: Foot {
                matter_number: self.numbers.number().and_then(number).unwrap_or_else(|| self.matter.id.to_string()),
                form_code: match &code {
                    Some(code) => format!("Formulir {code}"),
                    None => "tanpa kode formulir".to_owned(),
                },
                recorded: long_moment(self.entry.recorded.in_zone(self.letterhead.seat.zone)),
            },
            code,
        }
    }

    /// Warns on the paper of an act that a later one corrects, if the docket is at hand.
    fn correction_note(&self) -> Option<Block> {
        let corrects = |e: &&Entry| matches!(&e.what, Act::Corrected(c) if c.of == self.entry.id);
        let n = self.docket.iter().rev().find(corrects)?.n;
        Some(Block::Notice(format!("Catatan ini sudah dibetulkan: lihat berita acara pembetulan, tindakan nomor {n}.")))
    }

    /// Form, title and article of a step on the day of the act.
    pub(crate) fn rule(&self, step: &str) -> Option<&'a StepRule> {
        self.pack?.step(step).or_else(|| self.discipline()?.step(step))
    }

    /// The rules of the authority and the employer on the day of the act.
    fn discipline(&self) -> Option<&'a Pack> {
        self.law.pack_for(Regime::Discipline, self.entry.at.date()).ok()
    }

    /// The pack of the day of the act.
    pub(crate) fn pack(&self) -> Option<&'a Pack> {
        self.pack
    }

    /// The packs of the matter's procedure, that of the day first: a matter may have begun under
    /// another one, whose words its acts use.
    fn packs(&self) -> impl Iterator<Item = &'a Pack> {
        let regime = self.matter.regime;
        let others = self.law.packs().iter().filter(move |p| p.head.regime == regime);
        self.pack.into_iter().chain(others)
    }

    pub(crate) fn requirement(&self, id: &str) -> Option<&'a Requirement> {
        self.packs().find_map(|p| p.requirement(id))
    }

    fn outcome(&self, id: &str) -> Option<&'a Outcome> {
        self.packs().find_map(|p| p.outcome(id))
    }

    /// An outcome of the initial study in words.
    pub(crate) fn outcome_text(&self, id: &str) -> String {
        self.outcome(id).map_or_else(|| id.to_owned(), |o| o.text.clone())
    }

    fn kind(&self, id: &str) -> Option<&'a ViolationKind> {
        self.packs().find_map(|p| p.kind(id))
    }

    /// A kind of violation in words.
    pub(crate) fn kind_text(&self, id: &str) -> String {
        self.kind(id).map_or_else(|| id.to_owned(), |k| k.text.clone())
    }

    /// A clock's title, of whatever pack.
    pub(crate) fn clock_title(&self, id: &str) -> String {
        let rule = self.law.packs().iter().find_map(|pack| pack.clock(id));
        rule.map_or_else(|| id.to_owned(), |clock| clock.title.clone())
    }

    /// Kinds of violation in words, one on each line.
    pub(crate) fn kinds_text(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.kind_text(id)).collect::<Vec<_>>().join("\n")
    }

    /// An authority's full name.
    pub(crate) fn authority(&self, id: &str) -> String {
        self.law.authority(id).map_or_else(|| id.to_owned(), |a| a.name.clone())
    }

    /// Articles that send these persons where they are sent, each once.
    pub(crate) fn route_cites(&self, kind: &str, persons: &[PersonNo]) -> Vec<String> {
        let mut cites: Vec<String> = Vec::new();
        for route in self.routes(kind, persons) {
            if !cites.contains(&route.basis.cite) {
                cites.push(route.basis.cite.clone());
            }
        }
        cites
    }

    /// The form that the law gives the route of these persons, if it gives one.
    pub(crate) fn route_form(&self, kind: &str, persons: &[PersonNo]) -> Option<NamedForm> {
        self.routes(kind, persons)
            .find_map(|route| Some(NamedForm { code: route.form.clone()?, title: route.form_title.clone() }))
    }

    fn routes(&self, kind: &str, persons: &[PersonNo]) -> impl Iterator<Item = &'a Route> {
        let known = persons.iter().filter_map(|no| self.matter.person(*no));
        known.filter_map(move |person| {
            let subject = person.subject.as_deref().unwrap_or_default();
            self.packs().find_map(|p| p.route(kind, subject))
        })
    }

    /// The pack whose clocks run in the matter.
    fn clock_pack(&self) -> Option<&'a Pack> {
        self.law.pack_for(self.matter.regime, self.matter.opened.date()).ok()
    }

    /// Where the office's clocks run.
    pub(crate) fn seat(&self) -> &Seat {
        &self.letterhead.seat
    }

    /// The deadline of a step that this event starts.
    pub(crate) fn step_due(&self, step: &str, event: Event) -> Option<Deadline<'a>> {
        let id = self.clock_pack()?.step(step)?.clock.as_deref()?;
        self.clock_due(id, event)
    }

    /// The deadline for sending a kind of violation that this event starts.
    pub(crate) fn sending_due(&self, kind: &str, event: Event) -> Option<Deadline<'a>> {
        let routes = &self.clock_pack()?.procedure.route;
        let id = routes.iter().filter(|r| r.kind == kind).find_map(|r| r.clock.as_deref())?;
        self.clock_due(id, event)
    }

    fn clock_due(&self, id: &str, event: Event) -> Option<Deadline<'a>> {
        let pack = self.clock_pack()?;
        let rule = pack.clock(id)?;
        clock::deadline(self.law, pack, rule, &[event], self.seat()).ok().flatten()
    }

    /// A person's name, or that it is secret, or that the matter knows nobody of that number.
    pub(crate) fn who(&self, no: PersonNo) -> String {
        self.matter.person(no).map_or_else(|| format!("orang nomor {no}"), tables::name)
    }

    /// The persons with these numbers; numbers that the matter does not know are left out.
    pub(crate) fn persons(&self, numbers: &[PersonNo]) -> Vec<&'a Person> {
        numbers.iter().filter_map(|no| self.matter.person(*no)).collect()
    }

    /// The report's number, or that there is none.
    pub(crate) fn report_number(&self) -> String {
        parts::given(self.numbers.report_number.as_deref().unwrap_or_default())
    }

    /// The number by which people call the matter, or that there is none.
    pub(crate) fn matter_number(&self) -> String {
        parts::given(self.numbers.number().unwrap_or_default())
    }
}
