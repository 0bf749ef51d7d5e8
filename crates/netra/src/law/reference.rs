//! Entries without clocks: sanctions, who imposes them, duties, organs, area codes, the working week, grounds for erasing.

use netra_law::Law;
use netra_law::pack::Basis;

use super::{Shown, basis};

fn shown(what: &'static str, mut rows: Vec<(&'static str, String)>, source: &Basis) -> Shown {
    rows.extend(basis(source));
    Shown { what, pack: None, rows }
}

/// The entries with an id.
pub(super) fn find(law: &Law, id: &str) -> Vec<Shown> {
    let reference = law.reference();
    let mut found = Vec::new();
    found.extend(reference.sanctions.sanction.iter().filter(|s| s.id == id).map(|s| {
        let day = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string()).unwrap_or_default();
        let rows = vec![
            ("level", s.level.id().to_owned()),
            ("text", s.text.clone()),
            ("in the place of", s.substitutes.clone().unwrap_or_default()),
            ("subjects", s.subjects.join(", ")),
            ("acts from", day(s.acts_from)),
            ("acts to", day(s.acts_to)),
        ];
        shown("sanction", rows, &s.basis)
    }));
    found.extend(reference.sanctions.punisher.iter().filter(|p| p.id == id).map(|p| {
        let rows = vec![("who", p.who.clone()), ("level", p.level.id().to_owned()), ("over", p.over.clone())];
        shown("punisher", rows, &p.basis)
    }));
    found.extend(reference.duties.duty.iter().filter(|d| d.id == id).map(|d| {
        let who = d.who.indonesian().to_owned();
        shown("duty", vec![("title", d.title.clone()), ("who", who), ("text", d.text.clone())], &d.basis)
    }));
    found.extend(
        reference
            .organs
            .organ
            .iter()
            .filter(|o| o.id == id)
            .map(|o| shown("organ", vec![("name", o.name.clone()), ("may", o.text.clone())], &o.basis)),
    );
    let places = &reference.places;
    let areas = places.area.iter().filter(|a| a.code == id);
    found.extend(areas.map(|a| shown("area code", vec![("name", a.name.clone())], &a.basis)));
    let rules = places.week_rule.iter().filter(|r| r.id == id);
    found.extend(rules.map(|r| shown("rule of the week", vec![("text", r.text.clone())], &r.basis)));
    let zones = places.zone.iter().filter(|z| z.zone.iana() == id);
    found.extend(zones.map(|z| shown("zone", vec![("provinces", z.provinces.join(", "))], &z.basis)));
    let grounds = law.erasure_grounds().iter().filter(|g| g.id == id);
    found.extend(grounds.map(|g| shown("ground for erasing", vec![("title", g.title.clone())], &g.basis)));
    found
}
